//! Markdown as a flat list of pieces: the parser's events without raw HTML, and the marks between them.

use crate::agreement::body::{MARKDOWN, is_mark};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};

/// A part of the text.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// What the parser says. No raw HTML; neighbouring texts are one.
    Event(Event<'a>),
    /// A mark, by its name.
    Mark(String),
    /// The number that the text gives the item of a list that follows.
    Number(u64),
}

/// Takes a text apart.
pub(super) fn pieces<'a>(
    markdown: &'a str,
    names_obligation: &dyn Fn(&str) -> bool,
) -> Vec<Piece<'a>> {
    let mark = |link: BrokenLink<'a>| -> Option<(CowStr<'a>, CowStr<'a>)> {
        let name = link.reference.as_ref();
        // A reference is what stands between the brackets with its spaces made one: those of a mark are its name alone.
        (link.link_type == LinkType::Shortcut && is_mark(name, names_obligation))
            .then(|| (link.reference.clone(), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(markdown, MARKDOWN, Some(mark));
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut text = String::new();
    let mut inside_mark = false;
    for (event, range) in parser.into_offset_iter() {
        if let Event::Text(more) = &event {
            if !inside_mark {
                text.push_str(more);
            }
            continue;
        }
        if is_raw_html(&event) {
            continue;
        }
        if !text.is_empty() {
            pieces.push(Piece::Event(Event::Text(std::mem::take(&mut text).into())));
        }
        match event {
            Event::Start(Tag::Link {
                link_type: LinkType::ShortcutUnknown,
                dest_url,
                ..
            }) => {
                inside_mark = true;
                pieces.push(Piece::Mark(dest_url.into_string()));
            }
            Event::End(TagEnd::Link) if inside_mark => inside_mark = false,
            _ if inside_mark => {}
            event => {
                let item = matches!(event, Event::Start(Tag::Item)).then(|| markdown.get(range));
                pieces.extend(item.flatten().and_then(number).map(Piece::Number));
                pieces.push(Piece::Event(event));
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Event(Event::Text(text.into())));
    }
    pieces
}

/// The number with which an item of a list begins: `9.`, `12)`.
fn number(item: &str) -> Option<u64> {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = item.split_at_checked(digits)?;
    rest.starts_with(['.', ')'])
        .then(|| number.parse().ok())
        .flatten()
}

fn is_raw_html(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock)
            | Event::End(TagEnd::HtmlBlock)
    )
}

/// The comments among the raw HTML, without their signs.
pub(super) fn comments(markdown: &str) -> Vec<String> {
    let mut raw = String::new();
    for event in Parser::new_ext(markdown, MARKDOWN) {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            raw.push_str(&html);
        }
    }
    raw.split("<!--")
        .skip(1)
        .map(|rest| {
            rest.split("-->")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect()
}

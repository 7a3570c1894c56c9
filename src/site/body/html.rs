//! Pieces as HTML.

use super::events::Piece;
use super::{Mark, Words};
use crate::site::text::{escaped, visible_characters};
use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// The deepest nesting of lists, quotations and emphasis that is kept; what lies deeper is shown at this depth.
const DEEPEST: usize = 60;

/// The most HTML that one text may come to.
const MOST_BYTES: usize = 8 << 20;

/// Writes the pieces; `hidden` are the blocks that are not shown.
pub(super) fn write(
    pieces: &[Piece<'_>],
    shown: &[Mark],
    hidden: &BTreeMap<usize, usize>,
    words: Words,
) -> String {
    let headings = Headings::of(pieces);
    let mut writer = Writer {
        html: String::new(),
        words,
        tables: 0,
        closing: Vec::new(),
        columns: Vec::new(),
        column: 0,
        in_head: false,
        pictures: 0,
        headings,
        heading: 0,
        numbers: Vec::new(),
        number: None,
    };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        if let (Some(&end), Piece::Event(Event::Start(tag))) = (hidden.get(&index), piece) {
            writer.withheld(tag);
            index = end + 1;
            continue;
        }
        match piece {
            Piece::Mark(_) => {
                if let (Some(Mark::Shown(html)), 0) = (shown.get(index), writer.pictures) {
                    // It stays with the words before it.
                    let words = writer.html.trim_end_matches([' ', '\n']).len();
                    let is_after_words = writer
                        .html
                        .get(..words)
                        .is_some_and(|html| !html.ends_with('>'));
                    if is_after_words && words < writer.html.len() {
                        writer.html.truncate(words);
                        writer.html.push('\u{a0}');
                    }
                    writer.html.push_str(html);
                }
            }
            Piece::Number(number) => writer.number = Some(*number),
            Piece::Event(event) => writer.event(event),
        }
        if writer.html.len() > MOST_BYTES {
            writer.cut();
            break;
        }
        index += 1;
    }
    writer.html
}

struct Writer {
    html: String,
    words: Words,
    /// How many tables were written.
    tables: usize,
    /// What closes each open tag; empty where the tag itself was left out.
    closing: Vec<String>,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    pictures: usize,
    headings: Headings,
    heading: usize,
    /// For each open list the number of the item that comes next; `None` of one without numbers.
    numbers: Vec<Option<u64>>,
    /// The number that the text gives the item that comes next.
    number: Option<u64>,
}

impl Writer {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => {
                let closing = self.closing.pop().unwrap_or_default();
                self.html.push_str(&closing);
                match tag {
                    pulldown_cmark::TagEnd::Image => self.pictures -= 1,
                    pulldown_cmark::TagEnd::TableHead => self.in_head = false,
                    pulldown_cmark::TagEnd::List(_) => {
                        self.numbers.pop();
                    }
                    _ => {}
                }
            }
            Event::Text(words) => {
                let words = escaped(&visible_characters(words));
                self.html.push_str(&words);
            }
            Event::Code(words) => {
                let words = escaped(&visible_characters(words));
                self.html.push_str("<code>");
                self.html.push_str(&words);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            // Raw HTML was left out before; footnotes, tasks and mathematics are not read.
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let too_deep = self.closing.len() >= DEEPEST;
        if let Tag::List(first) = tag {
            self.numbers.push(*first);
        }
        let (opening, closing) = match tag {
            Tag::Paragraph => ("<p>".into(), "</p>\n".into()),
            Tag::Heading { .. } => self.heading(),
            Tag::CodeBlock(_) => (
                "<pre tabindex=\"0\"><code>".into(),
                "</code></pre>\n".into(),
            ),
            Tag::Item if self.closing.last().is_some_and(|list| !list.is_empty()) => {
                (self.item(), "</li>\n".into())
            }
            Tag::Item => ("<br>".into(), String::new()),
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                self.tables += 1;
                let name = self.words.table(self.tables);
                (
                    format!(
                        "<section class=\"scroll\" aria-label=\"{name}\" tabindex=\"0\">\n<table>\n"
                    ),
                    "</tbody>\n</table>\n</section>\n".into(),
                )
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                ("<thead>\n<tr>".into(), "</tr>\n</thead>\n<tbody>\n".into())
            }
            Tag::TableRow => {
                self.column = 0;
                ("<tr>".into(), "</tr>\n".into())
            }
            Tag::TableCell => self.cell(),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => match self.target(*link_type, dest_url) {
                Some(attributes) => (format!("<a {attributes}>"), "</a>".into()),
                None => (String::new(), String::new()),
            },
            Tag::Image { .. } => {
                self.pictures += 1;
                (String::new(), String::new())
            }
            _ if too_deep => (String::new(), String::new()),
            Tag::BlockQuote(_) => ("<blockquote>\n".into(), "</blockquote>\n".into()),
            Tag::List(Some(1)) => ("<ol>\n".into(), "</ol>\n".into()),
            Tag::List(Some(first)) => (format!("<ol start=\"{first}\">\n"), "</ol>\n".into()),
            Tag::List(None) => ("<ul>\n".into(), "</ul>\n".into()),
            Tag::Emphasis => ("<em>".into(), "</em>".into()),
            Tag::Strong => ("<strong>".into(), "</strong>".into()),
            _ => (String::new(), String::new()),
        };
        self.html.push_str(&opening);
        self.closing.push(closing);
    }

    /// The tag of an item, with the number that the text gives it where a list would count otherwise: a letter numbers its
    /// clauses as it was signed.
    fn item(&mut self) -> String {
        let given = self.number.take();
        let Some(Some(next)) = self.numbers.last_mut() else {
            return "<li>".to_owned();
        };
        let number = given.unwrap_or(*next);
        let counts_on = number == *next;
        *next = number.saturating_add(1);
        if counts_on {
            "<li>".to_owned()
        } else {
            format!("<li value=\"{number}\">")
        }
    }

    fn heading(&mut self) -> (String, String) {
        let (level, id) = self
            .headings
            .list
            .get(self.heading)
            .cloned()
            .unwrap_or((6, String::new()));
        self.heading += 1;
        (
            format!("<h{level} id=\"text-{id}\">"),
            format!("</h{level}>\n"),
        )
    }

    fn cell(&mut self) -> (String, String) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.column += 1;
        if self.in_head {
            (format!("<th scope=\"col\"{class}>"), "</th>".into())
        } else {
            (format!("<td{class}>"), "</td>".into())
        }
    }

    /// The attributes of a link; `None` where its text stands alone: only web pages, telephone numbers and headings of
    /// the same text are linked.
    fn target(&self, kind: LinkType, target: &str) -> Option<String> {
        let lower = target.to_ascii_lowercase();
        let with_signs = lower.replace("%40", "@");
        if kind == LinkType::Email
            || self.pictures > 0
            || with_signs.contains('@')
            || target.chars().any(|c| c.is_control() || c.is_whitespace())
        {
            return None;
        }
        if let Some(name) = lower.strip_prefix('#') {
            let known = self.headings.list.iter().any(|(_, id)| id == name);
            return known.then(|| format!("href=\"#text-{}\"", escaped(name)));
        }
        let href = escaped(&visible_characters(target));
        if lower.starts_with("https://") || lower.starts_with("http://") {
            Some(format!("href=\"{href}\" rel=\"noreferrer\""))
        } else {
            lower
                .starts_with("tel:")
                .then(|| format!("href=\"{href}\""))
        }
    }

    fn withheld(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Item => {
                let item = self.item();
                self.html.push_str(&item);
                self.html.push_str(&self.words.withheld());
                self.html.push_str("</li>\n");
            }
            Tag::TableRow => {
                let row = format!(
                    "<tr><td colspan=\"{}\">{}</td></tr>\n",
                    self.columns.len().max(1),
                    self.words.withheld()
                );
                self.html.push_str(&row);
            }
            _ => {
                if matches!(tag, Tag::Heading { .. }) {
                    self.heading += 1;
                }
                self.html.push_str(&self.words.withheld());
                self.html.push('\n');
            }
        }
    }

    /// Ends a text that is too long, so that what was written stays well formed.
    fn cut(&mut self) {
        while let Some(closing) = self.closing.pop() {
            self.html.push_str(&closing);
        }
        self.html.push_str(&self.words.goes_on());
    }
}

/// The level and the name of each heading, in order.
struct Headings {
    list: Vec<(u8, String)>,
}

impl Headings {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut found: Vec<(HeadingLevel, String)> = Vec::new();
        let mut inside = false;
        for piece in pieces {
            match piece {
                Piece::Event(Event::Start(Tag::Heading { level, .. })) => {
                    inside = true;
                    found.push((*level, String::new()));
                }
                Piece::Event(Event::End(pulldown_cmark::TagEnd::Heading(_))) => inside = false,
                Piece::Event(Event::Text(words) | Event::Code(words)) if inside => {
                    if let Some((_, title)) = found.last_mut() {
                        title.push_str(words);
                    }
                }
                _ => {}
            }
        }
        let highest = found
            .iter()
            .map(|(level, _)| *level as u8)
            .min()
            .unwrap_or(1);
        let mut taken = BTreeSet::new();
        let list = found
            .into_iter()
            .map(|(level, title)| {
                let level = (level as u8 - highest + 3).min(6);
                let slug = slug(&title);
                let mut id = slug.clone();
                let mut count = 1;
                while !taken.insert(id.clone()) {
                    count += 1;
                    id = format!("{slug}-{count}");
                }
                (level, id)
            })
            .collect();
        Self { list }
    }
}

fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug.to_owned()
    }
}

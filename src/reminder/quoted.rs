//! The agreement's own words at an obligation's mark: the block of the body that bears it.

use crate::agreement::{Agreement, Visibility};
use crate::office::Office;
use pulldown_cmark::{Event, Parser, TagEnd};

/// A longer clause is cut at a word, with dots: the whole is on the agreement's page and in the signed paper.
const LONGEST: usize = 600;

/// The block of the body that bears the mark of `obligation`, as plain text without its marks. `None` where the body
/// never marks it, and where the block also bears the mark of something that `may_see` withholds.
pub(super) fn clause(
    office: &Office,
    agreement: &Agreement,
    obligation: &str,
    may_see: &dyn Fn(&Visibility) -> bool,
) -> Option<String> {
    let source = office.sources.get(agreement.body.file);
    let body = source.text.get(agreement.body.range())?;
    let mark = format!("[{obligation}]");
    let block = blocks(body)
        .into_iter()
        .find(|block| block.contains(&mark))?;
    let hidden = agreement
        .obligations
        .iter()
        .any(|o| !may_see(&o.visibility) && block.contains(&format!("[{}]", o.id)));
    if hidden {
        return None;
    }
    let text = without_marks(agreement, &block);
    (!text.is_empty()).then(|| shortened(&text))
}

/// The text of every paragraph, heading and item. Comments and raw HTML are the office's and are left out.
fn blocks(body: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block = String::new();
    for event in Parser::new(body) {
        match event {
            Event::Text(text) | Event::Code(text) => block.push_str(&text),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::Start(tag) if begins_block(&tag) => blocks.push(std::mem::take(&mut block)),
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::BlockQuote(_),
            ) => {
                blocks.push(std::mem::take(&mut block));
            }
            _ => {}
        }
    }
    blocks.push(block);
    blocks.retain(|b| !b.trim().is_empty());
    blocks
}

fn begins_block(tag: &pulldown_cmark::Tag<'_>) -> bool {
    use pulldown_cmark::Tag;
    matches!(
        tag,
        Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::Heading { .. } | Tag::BlockQuote(_)
    )
}

/// Takes out every mark. Other brackets are text.
fn without_marks(agreement: &Agreement, block: &str) -> String {
    let mut text = String::with_capacity(block.len());
    let mut rest = block;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        match after.split_once(']') {
            Some((name, behind)) if is_mark(agreement, name) => rest = behind,
            _ => {
                text.push('[');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" .", ".").replace(" ,", ",")
}

fn is_mark(agreement: &Agreement, name: &str) -> bool {
    crate::ids::is_snake_case(name) && (name.contains('_') || agreement.obligation(name).is_some())
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let short: String = text.chars().take(LONGEST).collect();
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(w, _)| w);
    format!("{whole} …")
}

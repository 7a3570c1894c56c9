//! The agreement's own words: the marks in them, and the check that marks and obligations match.

use super::{Agreement, Visibility};
use crate::agreement::declared::Declared;
use crate::diagnostic::Findings;
use crate::ids::{ObligationId, is_snake_case};
use crate::rules::{mark_names_nothing, obligation_not_marked};
use crate::source::Span;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use std::ops::Range;

/// The Markdown that agreements are written in.
pub const MARKDOWN: Options = Options::ENABLE_TABLES;

/// `[follow_up_meeting]` at the words that create the obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The name in it.
    pub obligation: ObligationId,
    /// Bytes of the text, brackets included.
    pub range: Range<usize>,
}

/// Whether the words of a shortcut link are a mark: a name in `snake_case` that has an underscore or is an obligation's.
pub fn is_mark(words: &str, is_obligation: impl Fn(&str) -> bool) -> bool {
    is_snake_case(words) && (words.contains('_') || is_obligation(words))
}

/// The marks in a Markdown text, in order. Code, comments, links that have a definition and `\[so\]` are none.
pub fn marks(text: &str, is_obligation: impl Fn(&str) -> bool) -> Vec<Mark> {
    let mut take_shortcuts = |link: BrokenLink<'_>| {
        let words = text.get(link.span.clone())?;
        (link.link_type == LinkType::Shortcut && words.starts_with('[')).then(|| {
            (
                CowStr::from(link.reference.to_string()),
                CowStr::Borrowed(""),
            )
        })
    };
    Parser::new_with_broken_link_callback(text, MARKDOWN, Some(&mut take_shortcuts))
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link {
                link_type: LinkType::ShortcutUnknown,
                ..
            }) => {
                let words = text
                    .get(range.clone())?
                    .strip_prefix('[')?
                    .strip_suffix(']')?;
                is_mark(words, &is_obligation).then(|| Mark {
                    obligation: ObligationId::new(words),
                    range,
                })
            }
            _ => None,
        })
        .collect()
}

/// Where the HTML comments stand in a Markdown text, in order: notes to the office.
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            continue;
        }
        let start = found
            .last()
            .map_or(range.start, |last| last.end.max(range.start));
        let html = text.get(start..).unwrap_or_default();
        let Some(begins) = html
            .find("<!--")
            .map(|at| start + at)
            .filter(|at| *at < range.end)
        else {
            continue;
        };
        let comment = text.get(begins..).unwrap_or_default();
        let length = comment
            .find("-->")
            .map_or(comment.len(), |at| at + "-->".len());
        found.push(begins..begins + length);
    }
    found
}

/// Reports marks that name no obligation, and obligations that no mark names.
pub fn check(agreement: &Agreement, declared: &Declared, text: &str, findings: &Findings) {
    let marks = marks(text, |name| declared.has_obligation(name));
    for mark in &marks {
        if !declared.has_obligation(mark.obligation.as_str()) {
            let start = agreement.body.start;
            let range = start + mark.range.start..start + mark.range.end;
            findings.report(mark_names_nothing::fault(
                Span::new(agreement.file, range),
                mark.obligation.as_str(),
                declared.obligation_ids(),
            ));
        }
    }
    for obligation in &agreement.obligations {
        let seen_by_others = !matches!(obligation.visibility, Visibility::Keeper(_));
        if seen_by_others && !marks.iter().any(|mark| mark.obligation == obligation.id) {
            findings.report(obligation_not_marked::fault(
                obligation.span,
                obligation.id.as_str(),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let marks = marks(text, |name| name == "training");
        let names: Vec<&str> = marks.iter().map(|mark| mark.obligation.as_str()).collect();
        assert_eq!(names, expected);
        for mark in &marks {
            let words = text.get(mark.range.clone()).unwrap();
            assert_eq!(words, format!("[{}]", mark.obligation));
        }
    }

    #[test]
    fn a_shortcut_link_in_snake_case_is_a_mark() {
        case(
            "1. Meetings ... [follow_up_meeting]",
            &["follow_up_meeting"],
        );
        case("| a |\n|--|\n| [in_table] |\n", &["in_table"]);
        case("[training] and [sic] and [a note]", &["training"]);
    }

    #[test]
    fn code_comments_escapes_and_other_links_are_no_marks() {
        case("`[a_b]` \\[c_d\\] [e_f](x) ![g_h] [i_j][k_l] [m_n][]", &[]);
        case("<!-- [a_b] -->\n\n    [c_d]\n", &[]);
        case("[a_b]\n\n[a_b]: https://one.example\n", &[]);
    }
}

//! Diagnostics for people: the line with the words underlined, and what to write instead.

use super::{Diagnostic, Label, Severity};
use crate::shown::visible_characters;
use crate::source::Sources;
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;

/// More text than this between the first and the last label is not drawn; the place is then named in words.
const MOST_DRAWN: usize = 16_000;

/// Draws one diagnostic, with a blank line after it. Colours are in it; [`Output`](crate::cli::Output) drops them where
/// nobody sees them.
pub fn drawing(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    // Messages quote what a file says; a terminal is not to obey it.
    let title = level
        .primary_title(visible_characters(&diagnostic.message))
        .id(diagnostic.rule.code);
    let primary = &diagnostic.primary;
    let source = sources.get(primary.span.file);
    let (here, elsewhere): (Vec<&Label>, Vec<&Label>) = diagnostic
        .secondary
        .iter()
        .partition(|label| label.span.file == primary.span.file);

    let mut group = if let Some(excerpt) = excerpt(&source.text, primary, &here) {
        title.element(excerpt.path(source.path.as_str()))
    } else {
        let position = source.position(primary.span.start);
        title.element(
            Origin::path(source.path.as_str())
                .line(position.line)
                .char_column(position.column),
        )
    };
    for label in elsewhere {
        let source = sources.get(label.span.file);
        if let Some(excerpt) = excerpt(&source.text, label, &[]) {
            group = group.element(excerpt.path(source.path.as_str()));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible_characters(help)));
    }
    let renderer = Renderer::styled().term_width(DEFAULT_TERM_WIDTH);
    format!("{}\n\n", renderer.render(&[group]))
}

/// The lines that the labels stand on; `None` where they are too long to be drawn.
fn excerpt<'a>(
    text: &'a str,
    primary: &'a Label,
    others: &[&'a Label],
) -> Option<Snippet<'a, Annotation<'a>>> {
    let spans = || {
        others
            .iter()
            .map(|label| label.span)
            .chain(std::iter::once(primary.span))
    };
    let first = spans().map(|span| span.start).min()?;
    let last = spans().map(|span| span.end).max()?;
    let from = text.get(..first)?.rfind('\n').map_or(0, |i| i + 1);
    let to = text
        .get(last..)?
        .find('\n')
        .map_or(text.len(), |i| last + i);
    if to - from > MOST_DRAWN {
        return None;
    }
    let line = text.get(..from)?.bytes().filter(|&b| b == b'\n').count() + 1;
    let within = |label: &Label| -> Range<usize> { label.span.start - from..label.span.end - from };
    let annotation = |kind: AnnotationKind, label: &'a Label| {
        let annotation = kind.span(within(label));
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(visible_characters(&label.text))
        }
    };
    Some(
        Snippet::source(without_returns(text.get(from..to)?))
            .line_start(line)
            .annotation(annotation(AnnotationKind::Primary, primary))
            .annotations(
                others
                    .iter()
                    .map(|label| annotation(AnnotationKind::Context, label)),
            ),
    )
}

/// A file from another system ends its lines with carriage returns too, which nobody wants to see. Blanks take their place, so
/// that every byte stays where it is.
fn without_returns(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace('\r', " ").into()
    } else {
        text.into()
    }
}

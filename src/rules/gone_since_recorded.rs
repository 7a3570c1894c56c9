//! `gone-since-recorded`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::disagreement::{Gone, How};
use crate::source::Span;
use crate::words;

/// The rule.
pub static RULE: Rule = Rule {
    code: "gone-since-recorded",
    severity: Severity::Warning,
    page: r#"## What it checks

Something that entries of the record speak of and that no file has any more: an agreement whose file was renamed, taken away or made a draft, or that is tentative again after something was done under it; an obligation or event whose id was changed or taken out; an occurrence that there is no more, because the words or the days that it was counted from have changed. An entry that was struck out speaks of nothing.

## Why it matters

A file's name is its agreement's id, and an id is what the record and the reminders know a promise by. What loses it is on no page and in no mail any more, and what was entered about it counts for nothing. A promise should not end because somebody tidied up a folder.

## Example

```toml
[[obligations]]
id = "figures"          # entries 2 and 3 speak of `report`, as it was called until then
title = "Yearly figures"
```

## Write instead

Give the file, the status or the id back as it was. `sideletter log` shows what was entered, and the finding names the SHA-256 of the file at that time.
What is over is not taken away: the agreement says when it ends (`expires`), a later one says so in its `[changes]`, or the parties do: `sideletter record ended`.
What is said of an occurrence that there is no more belongs to another, or to none: where another is meant, strike it out and enter it anew for that one.
What was never agreed on: put it back, strike out the entries about it, and take it away then.
"#,
};

/// The most entries that are named.
const NAMED: usize = 10;

/// Which entries speak of it, and what has become of it.
pub fn said(gone: &Gone) -> String {
    let mut numbers: Vec<String> = gone
        .entries
        .iter()
        .take(NAMED)
        .map(u64::to_string)
        .collect();
    if let Some(more @ 1..) = gone.entries.len().checked_sub(NAMED) {
        numbers.push(format!("{more} more"));
    }
    let (entries, speak, were) = match gone.entries.as_slice() {
        [_] => ("entry", "speaks", "was"),
        _ => ("entries", "speak", "were"),
    };
    let entries = format!("{entries} {}", words::list(numbers));
    let id = &gone.agreement;
    match &gone.how {
        How::NoFile { .. } => {
            format!("{entries} of the record {speak} of `{id}`, and no file of that name is there")
        }
        How::Draft => format!(
            "{entries} of the record {speak} of `{id}`, and it is a draft now, of which nothing is shown or mailed"
        ),
        How::Tentative => format!(
            "{entries} of the record {were} made about `{id}` when it was another text, and it is tentative now: nothing under it is due"
        ),
        How::NoSubject { id: subject, .. } => format!(
            "{entries} of the record {speak} of `{id}/{subject}`, and the agreement has no obligation or event of that id"
        ),
        How::NoOccurrence { id: subject } => format!(
            "{entries} of the record {speak} of an occurrence of `{id}/{subject}` that there is no more"
        ),
    }
}

/// `span` is where the file begins, or would.
pub fn fault(span: Span, gone: &Gone) -> Diagnostic {
    let id = &gone.agreement;
    let then: String = gone.text.chars().take(12).collect();
    let else_strike =
        "if it was never agreed on, put it back, strike those entries out, and take it away then";
    let help = match &gone.how {
        How::NoFile { there: Some(path) } => {
            format!("{path} has its very text: give it its name back, {id}.md")
        }
        How::NoFile { there: None } => format!(
            "put agreements/{id}.md back as it was (SHA-256 {then}...), or give the file its name back; {else_strike}"
        ),
        How::Draft | How::Tentative => format!(
            "write `status = \"in_force\"`, or leave `status` out, as when the record spoke of it (SHA-256 {then}...); what is over says so in `expires`"
        ),
        How::NoSubject {
            id: subject,
            near: Some(near),
        } => format!(
            "if that is `{near}` now, give it its id back: `{subject}`; else put it back as it was (SHA-256 {then}...)"
        ),
        How::NoOccurrence { id: subject } => format!(
            "what became of it counts for nothing as it stands: `{subject}` is owed on other days now (sideletter due --all), or no more; if another of them is meant, strike this out and enter it anew for that one"
        ),
        How::NoSubject { near: None, .. } => format!(
            "put it back as it was (SHA-256 {then}...), or give what it is called now its id back; {else_strike}"
        ),
    };
    Diagnostic::new(&RULE, span, said(gone)).help(help)
}

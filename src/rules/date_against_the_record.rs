//! `date-against-the-record`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::AgreementId;
use crate::source::Span;
use crate::words::{day as in_words, list};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "date-against-the-record",
    severity: Severity::Warning,
    page: r#"## What it checks

A day in an agreement's file (the date of an event, `signed`, `effective`, `expires`) where the record says that it was another.

## Why it matters

What hangs on it is counted from one of the two. Until the parties have settled which, the earlier is reminded of, and both are shown.

## Example

```toml
[events.implementation]
title = "Implementation"
date = 2014-03-03          # entry 3 of the record says 5 March 2014
```

## Write instead

The day of the record, where that is right. Where the file is right, a party enters its day, and the other strikes its own out or confirms it.
"#,
};

/// What the record says of the day.
#[derive(Debug)]
pub struct Recorded<'a> {
    /// The entry.
    pub number: u64,
    /// The day that it names.
    pub on: NaiveDate,
    /// Who says so.
    pub by: Option<&'a str>,
    /// Whether the parties have settled on it.
    pub is_confirmed: bool,
}

/// `span` is the day in the file, `recorded` every other day that the record has for it; never empty.
pub fn fault(
    span: Span,
    agreement: &AgreementId,
    subject: &str,
    day: NaiveDate,
    recorded: &[Recorded<'_>],
) -> Diagnostic {
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for other in recorded {
        let by = other.by.map(|by| format!(", by {by}")).unwrap_or_default();
        let confirmed = if other.is_confirmed {
            ", confirmed"
        } else {
            ""
        };
        let said = format!("entry {}{by}{confirmed}", other.number);
        days.entry(other.on).or_default().push(said);
    }
    let says = list(
        days.into_iter()
            .map(|(day, said)| format!("{} ({})", in_words(day), said.join("; "))),
    );
    let settled = recorded.iter().find(|other| other.is_confirmed);
    let help = match settled {
        Some(other) => format!("write {}, on which the parties have settled", other.on),
        None => format!(
            "write the day of the record, if that is right; else enter this one, so that the parties can settle it: sideletter record happened {agreement}/{subject} --on {day} --by PARTY"
        ),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!("the record has another day for `{subject}`: {says}"),
    )
    .label(format!("{} here", in_words(day)))
    .help(help)
}

//! `agreed-day-changed`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::AgreementId;
use crate::source::Span;
use crate::words::{day as in_words, list};
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "agreed-day-changed",
    severity: Severity::Note,
    page: r#"## What it checks

A later agreement that gives something another day, or puts another obligation in its place, after all parties had agreed on a day by the record: by `ended`, `renewed` or `moved`.

## Why it matters

Of what the parties agreed on the later holds, whether it is a letter or an entry: the day in the record no longer counts, and nothing else says so to whoever remembers it.

## Example

```toml
effective = 2016-04-10

[changes]
"mou_2013/expiration" = "March 31, 2017"    # entries 1 and 2 of March 2016: it ends on 15 December 2016
```

## Write instead

Nothing, where the letter is meant. Where the day of the record is, all parties record it once more when the letter is in effect, or the change is taken out of a letter that nobody has signed yet.
"#,
};

/// What all parties had agreed on.
#[derive(Debug)]
pub struct AgreedOn<'a> {
    /// The last day.
    pub day: NaiveDate,
    /// The entries by which they did.
    pub entries: &'a [u64],
    /// The command, without the program's name, with which they would say it anew.
    pub again: String,
}

/// `span` is the change that takes its place from `from` on; `day` is the one that it gives, where that is known.
pub fn fault(
    span: Span,
    agreement: &AgreementId,
    subject: &str,
    from: NaiveDate,
    day: Option<NaiveDate>,
    agreed: &AgreedOn<'_>,
) -> Diagnostic {
    let given = day.map(|day| format!(", {}", in_words(day)));
    let (entries, which) = match agreed.entries {
        [one] => ("entry", one.to_string()),
        several => ("entries", list(several.iter().map(u64::to_string))),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "from {} on this holds for `{agreement}/{subject}`{}, and no longer the day that all parties agreed on: {} ({entries} {which})",
            in_words(from),
            given.unwrap_or_default(),
            in_words(agreed.day)
        ),
    )
    .help(format!(
        "nothing, if this is meant; if that day is, each party records it once more after {}: sideletter {}",
        in_words(from),
        agreed.again
    ))
}

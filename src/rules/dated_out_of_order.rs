//! `dated-out-of-order`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::AgreementId;
use crate::source::Span;
use crate::words;

/// The rule.
pub static RULE: Rule = Rule {
    code: "dated-out-of-order",
    severity: Severity::Warning,
    page: r"## What it checks

Entries of the record that are dated ahead of today by more than a day, or before an entry that came earlier.

## Why it matters

Each entry is dated by the clock of whoever made it, and never before the one before it. One day that was mistyped (`--today 2027-11-20`), or a clock that went wrong, dates every later entry too, and a record of which the days are wrong convinces nobody. An entry dated before one that came earlier was altered: `sideletter log --verify` says more.

## Example

```console
$ sideletter record met sdr_phase_ii/follow_up_meeting --on 2026-11-19 --by dha --today 2027-11-20
```

## Write instead

Restore a backup that was made before it (`sideletter restore FILE --aside OTHER`), and enter anew what came since: the sooner, the less there is to enter.
Where there is none, write down what happened: `sideletter record noted sdr_phase_ii --note WORDS`.
",
};

/// The most entries that are named.
const NAMED: usize = 10;

/// `span` is where the agreement's file begins, `what` how the entries are dated.
pub fn fault(span: Span, agreement: &AgreementId, entries: &[u64], what: &str) -> Diagnostic {
    let mut numbers: Vec<String> = entries.iter().take(NAMED).map(u64::to_string).collect();
    if let Some(more @ 1..) = entries.len().checked_sub(NAMED) {
        numbers.push(format!("{more} more"));
    }
    let (entries, are) = match entries {
        [_] => ("entry", "is"),
        _ => ("entries", "are"),
    };
    let numbers = words::list(numbers);
    Diagnostic::new(
        &RULE,
        span,
        format!("{entries} {numbers} of the record {are} dated {what}"),
    )
    .help(format!(
        "see them: sideletter log {agreement}; if a day was mistyped, restore a backup that was made before it: sideletter restore FILE --aside OTHER"
    ))
}

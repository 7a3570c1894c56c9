//! `contradictory-limits`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::language::Refusal;
use crate::source::Span;
use crate::words::count;
use chrono::TimeDelta;

/// The rule.
pub static RULE: Rule = Rule {
    code: "contradictory-limits",
    severity: Severity::Error,
    page: r#"## What it checks

Limits in one phrase that cannot both be kept: a window that opens after it is due, a day in brackets that is another day than the one before it, a length that ends on another day than the one beside it.
Where only the days that the phrase hangs on show it, it is said once they are known, and the obligation keeps the day that the words outside the brackets come to.

## Why it matters

One of the two is a slip, and only the parties can say which.

## Example

```toml
due = "no earlier than 60 days before expiration and no later than 90 days before expiration"
```

## Write instead

```toml
due = "no earlier than 90 days before expiration and no later than 60 days before expiration"
```
"#,
};

/// What a phrase of so many bytes says twice without agreeing, by the days that it hangs on.
pub fn refusal(text: &str, length: usize) -> Refusal {
    Refusal {
        rule: &RULE,
        range: 0..length,
        message: text.to_owned(),
        help: Some(HELP.to_owned()),
    }
}

/// The same in a file.
pub fn by_its_days(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, text).help(HELP)
}

const HELP: &str = "correct the one that is wrong, or leave it out";

/// `difference` is from the day on which the phrase opens to its last day, which lies before it.
pub fn fault(span: Span, difference: TimeDelta) -> Diagnostic {
    let days = count(difference.num_days().unsigned_abs(), "day");
    Diagnostic::new(
        &RULE,
        span,
        format!("the limits cannot both be kept: the first day is {days} after the last"),
    )
    .help("exchange the two, or correct one of them")
}

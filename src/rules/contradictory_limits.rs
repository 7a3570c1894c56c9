//! `contradictory-limits`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::count;
use chrono::TimeDelta;

/// The rule.
pub static RULE: Rule = Rule {
    code: "contradictory-limits",
    severity: Severity::Error,
    page: r#"## What it checks

Limits in one phrase that cannot both be kept: a window that opens after it is due, a day in brackets that is another day than the one before it.

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

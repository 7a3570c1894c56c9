//! `renewal-ends-before-the-term`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "renewal-ends-before-the-term",
    severity: Severity::Error,
    page: r#"## What it checks

A renewal that may go on `until` a day before the first end.

## Why it matters

It could never be renewed; one of the two days is a slip.

## Example

```toml
expires = 2017-06-30

[renewal]
how = "automatic"
for = "1 year"
until = 2016-06-30
```

## Write instead

`until = 2027-06-30`: the last day to which it may go on, that day included.
"#,
};

/// Each day with the place where it is written.
pub fn fault(until: (Span, NaiveDate), end: (Span, NaiveDate)) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        until.0,
        "it may be renewed only until a day before its first end",
    )
    .label(format!("until {}", until.1))
    .and(end.0, format!("the first end is {}", end.1))
    .help("correct the year, or leave `until` out")
}

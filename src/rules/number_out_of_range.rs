//! `number-out-of-range`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use std::ops::RangeInclusive;

/// The rule.
pub static RULE: Rule = Rule {
    code: "number-out-of-range",
    severity: Severity::Error,
    page: r"## What it checks

A number that is smaller or larger than its key allows.

## Why it matters

`times = 0` or a thousand million reminders is a slip of the hand.

## Example

```toml
times = 0
```

## Write instead

A number within the limits that the message names.
",
};

/// `limits` are the least and the most.
pub fn fault(span: Span, key: &str, limits: &RangeInclusive<u32>) -> Diagnostic {
    let (least, most) = (limits.start(), limits.end());
    Diagnostic::new(
        &RULE,
        span,
        format!("`{key}` is no whole number from {least} to {most}"),
    )
    .help(format!("write a number from {least} to {most}"))
}

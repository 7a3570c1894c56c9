//! `malformed-lead-time`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-lead-time",
    severity: Severity::Error,
    page: r#"## What it checks

A time in `[remind]` or an obligation's `remind` that is not a number of days or weeks.

## Why it matters

Reminders go out so many days before a last day; words that are not understood would send none.

## Example

```toml
before = ["a month", "7 days"]
```

## Write instead

`before = ["30 days", "7 days"]`; days or weeks, in digits.
"#,
};

/// `most` is the largest number of days.
pub fn fault(span: Span, found: &str, most: u32) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{found}` is no number of days")).help(format!(
        "write days or weeks in digits, at most {most} days: \"30 days\", \"2 weeks\""
    ))
}

//! `renewal-in-a-phrase`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "renewal-in-a-phrase",
    severity: Severity::Error,
    page: r#"## What it checks

Words that renew: `from year to year`, `for successive one-year periods`, `on a day-to-day basis`.

## Why it matters

A renewal has its own keys, so that its notice window and each new end are worked out.

## Example

```toml
expires = "June 30, 2026, and from year to year thereafter"
```

## Write instead

```toml
expires = "June 30, 2026"

[renewal]
how = "automatic"
for = "1 year"
notice = "at least 60 days before expiration"
```
"#,
};

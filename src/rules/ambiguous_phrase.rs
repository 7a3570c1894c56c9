//! `ambiguous-phrase`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "ambiguous-phrase",
    severity: Severity::Warning,
    page: r#"## What it checks

A wording that has two lawful readings: `until`, `to`, `bimonthly`, `within 90 days of expiration`, `A or B`. One was taken, and the message says which.

## Why it matters

`until March 19` ends on March 18 before one authority and on March 19 before another.

## Example

```toml
lasts = "until March 28, 2025"
```

## Write instead

Say which is meant: `through March 28, 2025` or `before March 28, 2025`; `every 2 months` or `twice a month`; `the earlier of A and B`.
"#,
};

//! `no-such-date`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "no-such-date",
    severity: Severity::Error,
    page: r#"## What it checks

A day that no calendar has: `June 31, 2026`, `2026-13-01`, `February 29, 2027`.

## Why it matters

The day before or the day after would be a guess.

## Example

```toml
due = "by June 31, 2026"
```

## Write instead

```toml
due = "by June 30, 2026"
```
"#,
};

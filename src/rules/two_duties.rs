//! `two-duties`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "two-duties",
    severity: Severity::Error,
    page: r#"## What it checks

A phrase that holds the times of two duties.

## Why it matters

Each duty is owed, recorded and reminded of by itself.

## Example

```toml
due = "respond within 10 days of receipt; appeal within 5 days of response"
```

## Write instead

Two obligations, each with its own `due`.
"#,
};

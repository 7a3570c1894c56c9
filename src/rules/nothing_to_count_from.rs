//! `nothing-to-count-from`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "nothing-to-count-from",
    severity: Severity::Error,
    page: r#"## What it checks

A deadline that counts days and does not say from what: `within three work days`, `60 days' notice` of nothing.

## Why it matters

Only the length of a term is counted from the day on which the agreement takes effect; a deadline has its own beginning.

## Example

```toml
due = "within 10 days"
```

## Write instead

```toml
due = "within 10 days of receipt"
```
"#,
};

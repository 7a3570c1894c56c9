//! `unknown-event`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-event",
    severity: Severity::Error,
    page: r#"## What it checks

A time limit that hangs on something that is no event of the agreement, no obligation of it, and none of `signing`, `effective`, `expiration`, `ratification` and `notice`.

## Why it matters

A clock that nothing starts never runs, and nobody would notice.

## Example

```toml
due = "30 days after implementaton"
```

## Write instead

```toml
due = "30 days after implementation"

[events.implementation]
title = "Implementation of SDR Phase II"
```
"#,
};

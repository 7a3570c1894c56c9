//! `contradictory-limits`.

use crate::diagnostic::{Rule, Severity};

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

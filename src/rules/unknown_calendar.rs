//! `unknown-calendar`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-calendar",
    severity: Severity::Error,
    page: r#"## What it checks

A name in `days_off` that is neither a built-in calendar nor a file in `calendars/`.

## Why it matters

Days that should be off would be counted, and every date in working days would come too early.

## Example

```toml
days_off = ["weekend"]
```

## Write instead

`days_off = ["weekends"]`. The office's own calendars are files: `calendars/school_year.toml` is `school_year`.
"#,
};

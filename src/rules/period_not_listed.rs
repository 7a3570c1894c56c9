//! `period-not-listed`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "period-not-listed",
    severity: Severity::Warning,
    page: r#"## What it checks

A phrase that names a school year, a term or a pay period that the office's calendar does not list, or not yet.

## Why it matters

Until the calendar lists it, what hangs on it has no day and nobody is reminded of it.

## Example

```toml
due = "by the end of the 2028-29 school year"   # calendars/district.toml lists school years to 2026-27
```

## Write instead

List it in the calendar as soon as it is known:

```toml
[[school_years]]
first = 2028-08-14
last = 2029-06-01
```
"#,
};

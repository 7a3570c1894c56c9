//! `malformed-calendar`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-calendar",
    severity: Severity::Error,
    page: r#"## What it checks

A file in `calendars/` that cannot be read as a calendar, or that contradicts itself: pay periods that overlap or leave days out, school years that overlap, a last day before the first.
The whole calendar is left out.

## Why it matters

Agreements that name it are counted without its days off, and their pay periods and school years have no days.

## Example

```toml
# calendars/payroll.toml
[pay_periods]
every = "biweekly"
first = 2025-12-20
```

## Write instead

```toml
[pay_periods]
every = "2 weeks"
first = 2025-12-20
```

`docs/format.md` lists the keys of a calendar.
"#,
};

/// `said` is what is wrong with it, `help` what to write.
pub fn fault(span: Span, said: &str, help: Option<&str>) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("cannot read this calendar: {said}"))
        .help(help.unwrap_or("mend it; until then the office is read without this calendar"))
}

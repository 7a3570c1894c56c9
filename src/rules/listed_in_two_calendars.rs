//! `listed-in-two-calendars`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "listed-in-two-calendars",
    severity: Severity::Error,
    page: r#"## What it checks

Two calendars in `days_off` that both list pay periods, fiscal years or school years.

## Why it matters

The first full pay period after ratification would be another day by each of them.

## Example

```toml
days_off = ["weekends", "county_payroll", "court_payroll"]
```

## Write instead

Name the one that the agreement means:

```toml
days_off = ["weekends", "county_payroll"]
```
"#,
};

/// `both` is what they both list.
pub fn fault(span: Span, both: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, both)
        .help("name the one that the agreement means; until then the first is taken")
}

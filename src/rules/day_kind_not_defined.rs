//! `day-kind-not-defined`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "day-kind-not-defined",
    severity: Severity::Error,
    page: r#"## What it checks

A count of working, business, court, school or duty days where no calendar of the agreement's counting says which those are; and pay periods, pay dates, terms of a school year, or a holiday by its name, where none lists them.

## Why it matters

Whose working days: the employer's, the court's, the employee's? A count over the wrong ones gives a wrong day.

## Example

```toml
due = "within 10 working days of receipt"
```

## Write instead

Name the calendars, in the agreement or in one that it amends:

```toml
[counting]
days_off = ["weekends", "us_ca_state_employees"]
```

Pay periods and school years are listed in a calendar of the office, a file in `calendars/`: `docs/format.md` says how.
"#,
};

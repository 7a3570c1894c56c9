//! `term-ends-before-it-begins`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "term-ends-before-it-begins",
    severity: Severity::Error,
    page: r"## What it checks

An agreement whose `expires` is a day before its `effective`.

## Why it matters

Nothing could ever be owed under it; one of the two years is mistyped.

## Example

```toml
effective = 2026-03-01
expires = 2026-02-28
```

## Write instead

`effective = 2026-03-01` and `expires = 2027-02-28`.
",
};

/// `expires` and `effective` are where the two days stand.
pub fn fault(expires: (Span, NaiveDate), effective: (Span, NaiveDate)) -> Diagnostic {
    Diagnostic::new(&RULE, expires.0, "the term ends before it begins")
        .label(format!("expires on {}", expires.1))
        .and(effective.0, format!("takes effect on {}", effective.1))
        .help("correct the year of one of them")
}

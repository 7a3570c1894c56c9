//! `first-not-such-a-day`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "first-not-such-a-day",
    severity: Severity::Error,
    page: r#"## What it checks

A `first` that is not such a day as the phrase of `every` names.

## Why it matters

All later occurrences are counted from the first: a Wednesday under "the second Tuesday" would be wrong for years.

## Example

```toml
every = "monthly on the second Tuesday"
first = 2014-03-12
```

## Write instead

`first = 2014-03-11`, the second Tuesday of that month.
"#,
};

/// `near` is the first day on or after `first` that the phrase names.
pub fn fault(span: Span, first: NaiveDate, words: Span, near: Option<NaiveDate>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!(
            "{} is not such a day as the phrase names",
            first.format("%Y-%m-%d (%A)")
        ),
    )
    .and(words, "this phrase");
    match near {
        Some(near) => diagnostic.help(format!("write `first = {near}`, the next such day")),
        None => diagnostic.help("write a day that the phrase names"),
    }
}

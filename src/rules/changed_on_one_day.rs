//! `changed-on-one-day`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "changed-on-one-day",
    severity: Severity::Error,
    page: r#"## What it checks

Two changes of one thing that take effect on one day: of two agreements, or of one.

## Why it matters

The later in effect wins, and here none is later.
Neither is followed: what they change stays as it was.

## Example

In `letter_7.md` and in `letter_8.md`, both `effective = 2016-03-01`:

```toml
[changes]
"mou_2013/expiration" = "June 30, 2017"
```

## Write instead

The change in one of them, or `"letter_7" = "void"` in the one that holds.
"#,
};

/// Both change `target` from `day` on.
pub fn fault(one: Span, other: (Span, &str), target: &str, day: NaiveDate) -> Diagnostic {
    let (span, letter) = other;
    Diagnostic::new(
        &RULE,
        one,
        format!(
            "`{target}` is changed twice from {} on, and neither is followed",
            words::day(day)
        ),
    )
    .and(span, format!("the other change, in `{letter}`"))
    .help("leave the change in one of them, the one that holds")
}

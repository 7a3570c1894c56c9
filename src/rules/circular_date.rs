//! `circular-date`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "circular-date",
    severity: Severity::Error,
    page: r#"## What it checks

Dates that hang on one another in a circle.

## Why it matters

None of them can ever be worked out. Everything in the circle waits for ever.

## Example

```toml
[[obligations]]
id = "survey"
title = "Survey"
due = "30 days after report"

[[obligations]]
id = "report"
title = "Report"
due = "30 days after survey"
```

## Write instead

One of them hangs on something that is outside the circle, such as an event or a date.
"#,
};

/// `circle` are the names in it, each hanging on the next and the last on the first; `others` where the others stand.
pub fn fault(span: Span, circle: &[String], others: &[(Span, String)]) -> Diagnostic {
    let message = match circle {
        [alone] => format!("`{alone}` hangs on itself"),
        _ => format!(
            "these dates hang on one another: {}",
            circle
                .iter()
                .chain(circle.first())
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(" on ")
        ),
    };
    others
        .iter()
        .fold(
            Diagnostic::new(&RULE, span, message),
            |diagnostic, (span, name)| diagnostic.and(*span, format!("`{name}` hangs on this")),
        )
        .help("let one of them hang on a date, or on an event of its own")
}

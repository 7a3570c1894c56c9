//! `circular-date`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::list;

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
    let message = if let [alone] = circle {
        format!("`{alone}` hangs on itself")
    } else {
        let next = circle.iter().cycle().skip(1);
        let links = circle.iter().zip(next);
        let links = links.map(|(name, on)| format!("`{name}` on `{on}`"));
        format!("dates hang on one another in a circle: {}", list(links))
    };
    let found = Diagnostic::new(&RULE, span, message)
        .help("let one of them hang on a date, or on an event of its own");
    let found = match circle {
        [first, _, ..] => found.label(format!("the date of `{first}`")),
        _ => found,
    };
    others.iter().fold(found, |found, (span, name)| {
        found.and(*span, format!("the date of `{name}`"))
    })
}

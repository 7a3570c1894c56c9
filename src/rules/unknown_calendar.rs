//! `unknown-calendar`.

use crate::diagnostic::suggestion::instead;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

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

/// `known` are the calendars that there are.
pub fn fault<'a>(
    span: Span,
    calendar: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("there is no calendar `{calendar}`")).help(
        instead(calendar, known)
            .unwrap_or_else(|| format!("add calendars/{calendar}.toml, or name a built-in one")),
    )
}

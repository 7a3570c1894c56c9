//! `malformed-calendar`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-calendar",
    severity: Severity::Error,
    page: r#"## What it checks

A file in `calendars/` that cannot be read as a calendar. It is left out.

## Why it matters

Agreements that name it are counted without its days off.

## Example

```toml
# calendars/school_year.toml
closed = "sat"
```

## Write instead

See the built-in calendars for the form.
"#,
};

/// `said` is what is wrong with it, `help` what to write.
pub fn fault(span: Span, said: &str, help: Option<&str>) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("cannot read this calendar: {said}"))
        .help(help.unwrap_or("mend it; until then the office is read without this calendar"))
}

//! `not-built-yet`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-built-yet",
    severity: Severity::Warning,
    page: r#"## What it checks

A key that is read and checked, and whose effect this version of the program does not have yet.

## Why it matters

So that nobody believes that something is done which is not.

## Example

```toml
[office]
digest = "agents@upe.example"
```

## Write instead

Nothing, if you can wait; the message says what is done meanwhile.
"#,
};

/// `key` is what was written, `meanwhile` what is done in its place, as a sentence without a full stop.
pub fn fault(span: Span, key: &str, meanwhile: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{key}` has no effect in this version: {meanwhile}"),
    )
}

//! `unknown-value`.

use crate::diagnostic::suggestion::one_of;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::nearest;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-value",
    severity: Severity::Error,
    page: r#"## What it checks

A word that is none of those that a key may have, such as a `kind` or a `status`.

## Why it matters

Each of these words changes what the program does, so none is guessed.

## Example

```toml
kind = "sideletter"
```

## Write instead

`kind = "side_letter"`; the message lists the words that are possible.
"#,
};

/// `possible` are the words that the key may have.
pub fn fault(span: Span, key: &str, found: &str, possible: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("`{key}` cannot be `{found}`"));
    match nearest(found, possible.iter().copied()) {
        Some(near) => diagnostic
            .label(format!("did you mean `{near}`?"))
            .help(format!("write {}", one_of(possible))),
        None => diagnostic.help(format!("write {}", one_of(possible))),
    }
}

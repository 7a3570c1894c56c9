//! `empty-text`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-text",
    severity: Severity::Error,
    page: r#"## What it checks

A text with nothing in it.

## Why it matters

An empty title would be an empty line in a mail, and an empty phrase has no date.

## Example

```toml
title = ""
```

## Write instead

Words, or no such line at all.
"#,
};

/// `key` is the key whose text is empty.
pub fn fault(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{key}` is empty"))
        .help("write the words, or remove the line")
}

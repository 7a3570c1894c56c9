//! `not-utf8`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-utf8",
    severity: Severity::Error,
    page: r#"## What it checks

Bytes in a file that are not UTF-8 text. They are shown as U+FFFD.

## Why it matters

A file in another encoding shows wrong letters in names and clauses; a binary file is no agreement at all.

## Example

```toml
title = "Caf� hours"            # saved as Latin-1
```

## Write instead

Save the file as UTF-8. If it is no text, move it out of `agreements/`.
"#,
};

/// `count` is how many bytes are not UTF-8; `span` is the first of them.
pub fn fault(span: Span, count: usize) -> Diagnostic {
    let message = match count {
        1 => "a byte here is not UTF-8 text".to_owned(),
        _ => format!("{count} bytes of this file are not UTF-8 text"),
    };
    Diagnostic::new(&RULE, span, message)
        .label("the first is here")
        .help("save the file as UTF-8; if it is no text, move it out of the office's folder")
}

//! `hidden-character`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "hidden-character",
    severity: Severity::Warning,
    page: r#"## What it checks

A control character, or one that changes the direction in which text is shown.

## Why it matters

It can make a page or a mail show other words than the file has. It is shown as U+FFFD.

## Example

```toml
title = "Meeting\u202e 2014"
```

## Write instead

The text without the character.
"#,
};

/// `character` is the first one, `count` how many there are in the file.
pub fn fault(span: Span, character: char, count: usize) -> Diagnostic {
    let code = u32::from(character);
    let message = match count {
        1 => format!("a character here is not shown: U+{code:04X}"),
        _ => format!("{count} characters of this file are not shown, the first is U+{code:04X}"),
    };
    Diagnostic::new(&RULE, span, message)
        .help("remove it; pages and mails show U+FFFD in its place")
}

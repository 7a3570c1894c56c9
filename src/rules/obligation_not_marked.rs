//! `obligation-not-marked`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "obligation-not-marked",
    severity: Severity::Warning,
    page: r#"## What it checks

An obligation that no mark in the body names. What only the keeper may see needs none.

## Why it matters

A reader of the page cannot see which words create the duty, and nobody can check that the file says what the letter says.

## Example

```toml
[[obligations]]
id = "follow_up_meeting"
title = "Follow-up meeting"
```

## Write instead

`[follow_up_meeting]` in the body, after the words that create it.
"#,
};

/// `span` is the obligation's id.
pub fn fault(span: Span, id: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the body never marks `{id}`")).help(format!(
        "write `[{id}]` in the body, after the words that create it"
    ))
}

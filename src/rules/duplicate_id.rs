//! `duplicate-id`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-id",
    severity: Severity::Error,
    page: r#"## What it checks

Two obligations, or an obligation and an event, of one agreement with one id. The later is left out.

## Why it matters

The record, the reminders and the pages know an obligation by its id: with two of one name, what was said about the one would count for the other.

## Example

```toml
[[obligations]]
id = "meeting"
title = "First meeting"

[[obligations]]
id = "meeting"
title = "Second meeting"
```

## Write instead

`id = "first_meeting"` and `id = "second_meeting"`.
"#,
};

/// `span` is the later of the two, `first` the earlier.
pub fn fault(span: Span, first: Span, id: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the id `{id}` is given twice"))
        .label("and again here")
        .and(first, "given here")
        .help("give each its own id")
}

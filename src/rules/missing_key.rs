//! `missing-key`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    page: r#"## What it checks

A key that must be there: `title`, `kind` and `parties` of an agreement, `title` of an event, `id` and `title` of an obligation, `name`, `side` of a party, `name`, `email` of a contact.

## Why it matters

Without it the thing cannot be named, owed or reached.

## Example

```toml
[[obligations]]
id = "follow_up_meeting"
```

## Write instead

```toml
[[obligations]]
id = "follow_up_meeting"
title = "Follow-up meeting on SDR issues"
```
"#,
};

/// `span` is the table's header, `noun` what it describes.
pub fn fault(span: Span, key: &str, noun: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{noun} needs `{key}`"))
        .label(format!("`{key}` is missing here"))
        .help(format!("add a line `{key} = ...`"))
}

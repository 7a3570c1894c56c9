//! `wider-than-its-holder`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wider-than-its-holder",
    severity: Severity::Error,
    page: r#"## What it checks

A `visibility` that is wider than that of the agreement around it.

## Why it matters

A page that showed the obligation would show that the agreement exists.

## Example

```toml
visibility = "parties"            # of the agreement

[[obligations]]
id = "meeting"
title = "Meeting"
visibility = "members"
```

## Write instead

The agreement's own visibility, or a narrower one. Widest first: `public`, `members`, `parties`, the keeper's key.
"#,
};

/// `holder` is the word of the agreement's visibility.
pub fn fault(span: Span, found: &str, holder: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{found}` is wider than the agreement, which is seen by `{holder}`"),
    )
    .help(format!("write `{holder}` or something narrower; widest first: public, members, parties, the keeper's key"))
}

//! `reserved-id`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "reserved-id",
    severity: Severity::Error,
    page: r#"## What it checks

An obligation whose id is the name of one of the agreement's own dates or acts: `signing`, `ratification`, `effective`, `expiration`, `notice`, `renewal`.

## Why it matters

A phrase such as "30 days after notice", or an entry of the record about `letter/notice`, could mean either.

## Example

```toml
[[obligations]]
id = "notice"
title = "Notice of a new quota"
```

## Write instead

`id = "quota_notice"`.
"#,
};

/// `id` is the name that is taken.
pub fn fault(span: Span, id: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{id}` is the agreement's own, and cannot be the id of an obligation"),
    )
    .help("choose another name, such as what it is about")
}

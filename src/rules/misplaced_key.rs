//! `misplaced-key`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "misplaced-key",
    severity: Severity::Error,
    page: r#"## What it checks

A key that only has a meaning beside another one: `first`, `until` and `times` beside `every`, `[obligations.renewal]` beside `lasts`, `[renewal]` beside `expires`.

## Why it matters

It would do nothing, and its author meant it to do something.

## Example

```toml
due = "30 days after implementation"
times = 4
```

## Write instead

The key beside the one that it belongs to, or not at all.
"#,
};

/// `wanted` is the key that `key` belongs to.
pub fn fault(span: Span, key: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{key}` means nothing without `{wanted}`"),
    )
    .help(format!("add `{wanted} = ...`, or remove `{key}`"))
}

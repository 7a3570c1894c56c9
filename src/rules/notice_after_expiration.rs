//! `notice-after-expiration`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "notice-after-expiration",
    severity: Severity::Error,
    page: r#"## What it checks

A `window` or a `notice` of a renewal that ends after the term whose renewal it is.

## Why it matters

When it comes, there is nothing left to renew or to stop.

## Example

```toml
[renewal]
how = "automatic"
for = "1 year"
notice = "at least 30 days after expiration"
```

## Write instead

`notice = "at least 30 days before expiration"`.
"#,
};

/// `key` is `window` or `notice`.
pub fn fault(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the `{key}` ends after the term that it is about"),
    )
    .help("count it before expiration: \"at least 30 days before expiration\"")
}

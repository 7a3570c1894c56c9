//! `more-than-one-timing`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "more-than-one-timing",
    severity: Severity::Error,
    page: r#"## What it checks

An obligation with more than one of `due`, `every` and `lasts`.

## Why it matters

A deadline, a series and a term are followed in different ways. Two duties in one clause are two obligations.

## Example

```toml
due = "30 days after implementation"
every = "3 months"
```

## Write instead

Two obligations, each with its own id and its own time.
"#,
};

/// `span` is the later key, `first` the earlier.
pub fn fault(span: Span, key: &str, first: Span, first_key: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("an obligation cannot have both `{first_key}` and `{key}`"),
    )
    .label("a second time limit")
    .and(first, "the first")
    .help("make it two obligations, or remove one of the lines")
}

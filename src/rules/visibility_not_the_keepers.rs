//! `visibility-not-the-keepers`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "visibility-not-the-keepers",
    severity: Severity::Error,
    page: r#"## What it checks

A party's key as `visibility`, where that party is not the keeper of the office.

## Why it matters

What one side keeps to itself cannot stand in files that another side keeps, or that both do.

## Example

```toml
visibility = "dha"
```

## Write instead

`visibility = "parties"`; or, for what the keeper alone may see, the keeper's key.
"#,
};

/// `keeper` is the keeper's key, where the office has one.
pub fn fault(span: Span, party: &str, keeper: Option<&str>) -> Diagnostic {
    let help = match keeper {
        Some(keeper) => format!("write `public`, `members`, `parties` or `{keeper}`"),
        None => "write `public`, `members` or `parties`; this office has no keeper".to_owned(),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!("only the keeper may keep something to itself, and `{party}` is not the keeper"),
    )
    .help(help)
}

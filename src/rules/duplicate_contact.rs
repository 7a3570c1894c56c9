//! `duplicate-contact`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-contact",
    severity: Severity::Error,
    page: r#"## What it checks

Two contacts of one party with one address. The later is left out.

## Why it matters

The same person would get every reminder twice.

## Example

```toml
[[upe.contacts]]
name = "Agent"
email = "agents@upe.example"
[[upe.contacts]]
name = "Steward"
email = "agents@upe.example"
```

## Write instead

Each address once.
"#,
};

/// `span` is the later address, `first` the earlier.
pub fn fault(span: Span, first: Span, email: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{email}` is given twice"))
        .label("and again here")
        .and(first, "given here")
        .help("give each address once in a party")
}

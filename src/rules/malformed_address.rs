//! `malformed-address`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-address",
    severity: Severity::Error,
    page: r#"## What it checks

A mail address that is none.

## Why it matters

A reminder sent to it reaches nobody.

## Example

```toml
email = "agents.upe.example"
```

## Write instead

`email = "agents@upe.example"`. In `[mail] from` a name may stand before it: `Office <office@upe.example>`.
"#,
};

/// `found` is the address as it is written.
pub fn fault(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{found}` is no mail address"))
        .help("write one address: agents@upe.example")
}

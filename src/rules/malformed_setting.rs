//! `malformed-setting`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-setting",
    severity: Severity::Error,
    page: r#"## What it checks

A setting that cannot be used, such as a `store.url` that names no file.

## Why it matters

The default is used in its place, which may not be what the office wants.
A store has no other in its place, which would part the record in two: nothing that needs it is done until it is mended.

## Example

```toml
[store]
url = "store.db"
```

## Write instead

`url = "sqlite:.sideletter/store.db"`.
"#,
};

/// `wanted` is what to write.
pub fn fault(span: Span, key: &str, found: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{key}` cannot be `{found}`")).help(wanted)
}

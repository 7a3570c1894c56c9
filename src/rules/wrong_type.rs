//! `wrong-type`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    page: r#"## What it checks

A value of another type than its key has: a text where a list is wanted, a text where a date is wanted.

## Why it matters

A date in quotes is words, and a party without brackets is no list: guessing would now and then guess wrong.

## Example

```toml
signed = "2014-02-20"
parties = "upe"
```

## Write instead

`signed = 2014-02-20` and `parties = ["upe"]`.
"#,
};

/// `wanted` says what is expected, with an example; `found` is TOML's name of what stands there.
pub fn fault(span: Span, key: &str, wanted: &str, found: &str) -> Diagnostic {
    let found = match found {
        "string" => "a text in quotes",
        "integer" => "a whole number",
        "float" => "a number with a fraction",
        "boolean" => "`true` or `false`",
        "datetime" => "a date",
        "array" => "a list",
        _ => "a table",
    };
    Diagnostic::new(&RULE, span, format!("`{key}` is {found}"))
        .label(format!("expected {wanted}"))
        .help(format!("write {wanted}"))
}

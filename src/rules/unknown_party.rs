//! `unknown-party`.

use crate::diagnostic::suggestion::instead;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-party",
    severity: Severity::Error,
    page: r#"## What it checks

A party that `parties.toml` does not have.

## Why it matters

A duty owed by nobody reaches nobody.

## Example

```toml
parties = ["upe", "dhaa"]
```

## Write instead

The key of a party: `["upe", "dha"]`. A new one is a table in `parties.toml`: `[dha]` with `name` and `side`.
"#,
};

/// `known` are the keys of `parties.toml`.
pub fn fault<'a>(
    span: Span,
    party: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("there is no party `{party}`"));
    match instead(party, known) {
        Some(help) => diagnostic.help(format!("{help}; or add [{party}] to parties.toml")),
        None => diagnostic.help(format!(
            "add [{party}] to parties.toml, with `name` and `side`"
        )),
    }
}

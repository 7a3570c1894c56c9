//! `unknown-agreement`.

use crate::diagnostic::suggestion::instead;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-agreement",
    severity: Severity::Error,
    page: r#"## What it checks

The id of an agreement that the office does not have.

## Why it matters

A letter that amends nothing takes its counting and its contacts from nowhere, and what it changes goes on unchanged.

## Example

```toml
amends = ["mou_2031"]
```

## Write instead

The name of a file in `agreements/`, without `.md`: `amends = ["mou_2013"]`.
"#,
};

/// `known` are the agreements of the office.
pub fn fault<'a>(
    span: Span,
    agreement: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("there is no agreement `{agreement}`")).help(
        instead(agreement, known)
            .unwrap_or_else(|| "write the name of a file in agreements/, without `.md`".to_owned()),
    )
}

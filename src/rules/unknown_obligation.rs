//! `unknown-obligation`.

use crate::diagnostic::suggestion::instead;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-obligation",
    severity: Severity::Error,
    page: r#"## What it checks

An obligation that the agreement named before the slash does not have.

## Why it matters

What is meant to be replaced or changed would go on as it was.

## Example

```toml
replaces = "sdr_phase_ii/hold_harmles"
```

## Write instead

An agreement, a slash, and the id of one of its obligations: `replaces = "sdr_phase_ii/hold_harmless"`.
"#,
};

/// `known` are the obligations of `agreement`.
pub fn fault<'a>(
    span: Span,
    agreement: &str,
    obligation: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{agreement}` has no obligation `{obligation}`"),
    )
    .help(instead(obligation, known).unwrap_or_else(|| {
        "write AGREEMENT/OBLIGATION, both by their ids: \"sdr_phase_ii/hold_harmless\"".to_owned()
    }))
}

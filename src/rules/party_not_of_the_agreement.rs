//! `party-not-of-the-agreement`.

use crate::diagnostic::suggestion::one_of;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "party-not-of-the-agreement",
    severity: Severity::Warning,
    page: r#"## What it checks

A party that an obligation names and the agreement's `parties` do not.

## Why it matters

It may be right: a letter can bind somebody who did not make it. More often the wrong key was typed.

## Example

```toml
parties = ["upe", "dha"]

[[obligations]]
id = "training"
title = "Training"
owed_by = ["slusd"]
```

## Write instead

One of the agreement's parties, or add the party to `parties`.
"#,
};

/// `parties` are those of the agreement.
pub fn fault(span: Span, party: &str, parties: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("`{party}` is no party to this agreement"),
    );
    if parties.is_empty() {
        diagnostic.help(format!("add `{party}` to `parties`"))
    } else {
        diagnostic.help(format!(
            "write {}, or add `{party}` to `parties`",
            one_of(parties)
        ))
    }
}

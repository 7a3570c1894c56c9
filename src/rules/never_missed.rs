//! `never-missed`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::ObligationId;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "never-missed",
    severity: Severity::Error,
    page: r#"## What it checks

A day that is counted from the missing of what has no last day: a term, which runs out by itself, or a standing duty.

## Why it matters

Nothing is to be done by the end of a term, so nobody misses it, and the clock would never start.

## Example

```toml
[[obligations]]
id = "hold_harmless"
title = "Held harmless for errors"
lasts = "3 months from effective"

[[obligations]]
id = "review"
title = "Review of what happened"
due = "30 days after hold_harmless is missed"
```

## Write instead

`due = "30 days after hold_harmless"` counts from the end of the term.
What starts when it is not kept counts from an event of its own, under `[events]`: `due = "30 days after breach"`.
"#,
};

/// `phrase` counts from the missing of `of`.
pub fn fault(phrase: Span, of: &ObligationId, is_term: bool) -> Diagnostic {
    let (what, help) = if is_term {
        (
            "a term, which ends by itself",
            format!(
                "to count from its end, write `30 days after {of}`; to count from a breach, declare an event for that under [events]"
            ),
        )
    } else {
        (
            "a standing duty, which has no last day",
            format!(
                "declare an event for the breach of `{of}` under [events], and count from that"
            ),
        )
    };
    Diagnostic::new(
        &RULE,
        phrase,
        format!("`{of}` is {what}, so it is never missed"),
    )
    .help(help)
}

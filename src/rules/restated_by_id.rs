//! `restated-by-id`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "restated-by-id",
    severity: Severity::Note,
    page: r#"## What it checks

An obligation with the id of one in an agreement that this one amends, without `replaces`.

## Why it matters

It takes the place of the other from this agreement's effective day, because both have one name.
If both are owed, the earlier would be forgotten.

## Example

```toml
amends = ["sdr_phase_ii"]

[[obligations]]
id = "follow_up_meeting"
title = "Follow-up meeting"
```

## Write instead

`replaces = "sdr_phase_ii/follow_up_meeting"`, which says so; or another id, if both are owed.
"#,
};

/// `id` stands in this agreement and in `agreement`, which it amends.
pub fn note(span: Span, agreement: &str, id: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{id}` takes the place of `{agreement}/{id}`, which has the same id"),
    )
    .help(format!(
        "say so with `replaces = \"{agreement}/{id}\"`; if both are owed, give this one another id"
    ))
}

//! `same-duty-twice`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::{AgreementId, ObligationId};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "same-duty-twice",
    severity: Severity::Warning,
    page: r#"## What it checks

Two agreements in force between the same parties that have an obligation of the same title, owed by the same party, both still to be kept; or one with the same time limit, owed by the same parties to the same, whose titles have most of their words in common. An agreement and what it `amends` are not compared: they are meant to differ.

## Why it matters

If they are one duty, it is reminded of twice, perhaps with two dates, and recording one leaves the other open. If they are two, nobody can tell them apart in a mail.

## Example

```toml
# agreements/letter_7.md and agreements/letter_8.md
[[obligations]]
id = "training_plan"
title = "Training plan"
```

## Write instead

In the later of the two `replaces = "letter_7/training_plan"`, or `amends = ["letter_7"]` at its head. Where they are two duties, titles that tell them apart.
"#,
};

/// The later obligation and the earlier, each with where it stands, and their titles: the earlier's where it is another.
pub fn fault(
    (span, id, title): (Span, &ObligationId, &str),
    (earlier_span, earlier_of, earlier): (Span, &AgreementId, &ObligationId),
    earlier_title: Option<&str>,
) -> Diagnostic {
    let alike = match earlier_title {
        None => format!("both are called \"{title}\""),
        Some(other) => format!("have one time limit under the titles \"{title}\" and \"{other}\""),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!("`{id}` and `{earlier_of}/{earlier}` are both owed, and {alike}"),
    )
    .and(earlier_span, "the other one")
    .help(format!(
        "if they are one duty, add `replaces = \"{earlier_of}/{earlier}\"` to the later; if they are two, give them titles that tell them apart"
    ))
}

//! `mark-names-nothing`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::nearest;

/// The rule.
pub static RULE: Rule = Rule {
    code: "mark-names-nothing",
    severity: Severity::Error,
    page: r"## What it checks

A mark in the body, such as `[follow_up_meeting]`, that names no obligation of the agreement.

## Why it matters

The page would show the bare mark to members, and the obligation that was meant would show no date at its words.

## Example

```toml
1. Ongoing meetings shall commence ... [folow_up_meeting]
```

## Write instead

The id of an obligation: `[follow_up_meeting]`. Brackets that are the letter's own are written `\[so\]`.
",
};

/// `known` are the obligations of the agreement.
pub fn fault<'a>(
    span: Span,
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `[{near}]`?"),
        None => {
            "add an obligation of that id; brackets that are the letter's own are written \\[so\\]"
                .to_owned()
        }
    };
    Diagnostic::new(
        &RULE,
        span,
        format!("the mark `[{name}]` names no obligation of this agreement"),
    )
    .help(help)
}

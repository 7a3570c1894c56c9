//! `change-not-possible`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "change-not-possible",
    severity: Severity::Error,
    page: r#"## What it checks

A line of `[changes]` that asks for what an agreement cannot do to another: a day for a whole agreement, another day of something that happens, nothing in the place of an effective day, a last day of a duty that has none or has several.

## Why it matters

What is meant to be changed would go on as it was.

## Example

```toml
[changes]
"letter_8" = "June 30, 2017"
```

## Write instead

| what is meant | write |
| --- | --- |
| another end | `"letter_8/expiration" = "June 30, 2017"` |
| no end any more | `"letter_8/expiration" = "void"` |
| no further renewal | `"letter_8/renewal" = "void"` |
| another first day | `"letter_8/effective" = "July 1, 2016"` |
| the whole agreement no longer holds | `"letter_8" = "void"` |
| one obligation no longer holds | `"letter_8/training" = "void"` |
| another last day of an obligation, or of a series | `"letter_8/training" = "June 30, 2017"` |
| other words for an obligation | an obligation with `replaces = "letter_8/training"` |

What happens, such as a signing, a ratification or an event of the file, is recorded: `sideletter record happened letter_8/signing --on DATE`.
"#,
};

/// `target` is something that happens.
pub fn of_what_happens(span: Span, target: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{target}` happens, and is recorded, not changed"),
    )
    .help(format!(
        "once it is known: sideletter record happened {target} --on DATE"
    ))
}

/// `agreement` was given another day as a whole.
pub fn only_void(span: Span, agreement: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{agreement}` is a whole agreement, which has no day of its own"),
    )
    .help(format!(
        "write `\"{agreement}/expiration\" = ...` for another end, or `\"{agreement}\" = \"void\"`"
    ))
}

/// `target` is a renewal that was given a day.
pub fn only_no_more(span: Span, target: &str) -> Diagnostic {
    let agreement = target.split('/').next().unwrap_or_default();
    Diagnostic::new(&RULE, span, format!("`{target}` has no day of its own")).help(format!(
        "write `\"{target}\" = \"void\"` for no further renewal, or `\"{agreement}/expiration\" = ...` for another end"
    ))
}

/// The effective day of `agreement` was made void.
pub fn never_void(span: Span, agreement: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{agreement}/effective` cannot be void: an agreement takes effect on some day"),
    )
    .help(format!(
        "write `\"{agreement}\" = \"void\"` if none of it holds any more"
    ))
}

/// `target` is a duty without a last day (`what`: why), whose words stand at `duty`.
pub fn no_last_day(span: Span, target: &str, what: &str, duty: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{target}` has no last day: {what}"))
        .and(duty, "what is to be changed")
        .help(format!(
            "write it anew, as an obligation with `replaces = \"{target}\"`; or `\"void\"`"
        ))
}

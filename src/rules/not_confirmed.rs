//! `not-confirmed`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-confirmed",
    severity: Severity::Warning,
    page: r#"## What it checks

A value that `draft` proposed from a letter's text, or an obligation that `import` holds for what its sheet says of it, and that nobody has confirmed yet: the line `proposed` with the words still stands at it.
In a draft it is a warning.
Under any other status it is an error: such an obligation or event is left out, and where it is one of the agreement's own keys, in `[proposed]`, the whole agreement stays a draft.

## Why it matters

A program that reads a letter may be wrong, and nobody is to be reminded of what no person has read.

## Example

```toml
[[obligations]]
id = "follow_up_meeting"
title = "Meet with the Union"
due = "within 30 days of implementation"
proposed = "The County shall meet with the Union within 30 days of implementation."
```

## Write instead

Compare the obligation with the words, correct what is wrong, and take the line out:

```toml
[[obligations]]
id = "follow_up_meeting"
title = "Meet with the Union"
due = "within 30 days of implementation"
```
"#,
};

/// `what` is proposed by the line at `span`, in a file that is a draft or calls itself something else.
pub fn fault(span: Span, what: &str, is_draft: bool) -> Diagnostic {
    let mut fault = Diagnostic::new(
        &RULE,
        span,
        format!("{what} is proposed from the letter's text, and nobody has confirmed it"),
    )
    .help("compare it with the words, correct what is wrong, and take this line out");
    if !is_draft {
        fault.severity = Severity::Error;
        fault = fault.help(
            "compare it with the words, correct what is wrong, and take this line out; until then write `status = \"draft\"`",
        );
    }
    fault
}

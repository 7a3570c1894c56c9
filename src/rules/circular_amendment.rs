//! `circular-amendment`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::list;

/// The rule.
pub static RULE: Rule = Rule {
    code: "circular-amendment",
    severity: Severity::Error,
    page: r#"## What it checks

An agreement that amends or changes itself, and agreements that amend or void one another in a circle.

## Why it matters

Only a later agreement amends an earlier one.
Which is the later cannot be told, so none of what they do to one another is followed.

## Example

In `letter_7.md`:

```toml
amends = ["letter_8"]
```

In `letter_8.md`:

```toml
amends = ["letter_7"]
```

## Write instead

`amends` in the later of the two.
An agreement that is written anew as a whole is a file of its own.
"#,
};

/// `circle` are the agreements in it, each amending the next and the last the first; `others` where the others say so.
pub fn fault(span: Span, circle: &[String], others: &[(Span, String)]) -> Diagnostic {
    let (message, help) = if let [alone] = circle {
        (
            format!("`{alone}` amends itself"),
            "name an earlier agreement; write this one's own words as they are to be read",
        )
    } else {
        let next = circle.iter().cycle().skip(1);
        let links = circle.iter().zip(next);
        let links = links.map(|(name, on)| format!("`{name}` amends `{on}`"));
        (
            format!("agreements amend one another in a circle: {}", list(links)),
            "leave it in the later one alone",
        )
    };
    let found = Diagnostic::new(&RULE, span, message).help(help);
    others.iter().fold(found, |found, (span, name)| {
        found.and(*span, format!("`{name}` says so here"))
    })
}

//! `malformed-id`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::{LONGEST, snake_case};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-id",
    severity: Severity::Error,
    page: r#"## What it checks

An id that is not in snake_case: a lower-case letter, then lower-case letters, digits and single underscores, 100 characters at most. The id of an agreement is its file's name without `.md`.

## Why it matters

Ids are typed on the command line and stand in addresses of pages; one way of writing them leaves nothing to remember.

## Example

```toml
id = "Follow-up meeting"
```

## Write instead

`id = "follow_up_meeting"`.
"#,
};

/// `noun` is what the id is of.
pub fn fault(span: Span, id: &str, noun: &str) -> Diagnostic {
    if id.len() > LONGEST {
        let begin: String = id.chars().take(20).collect();
        let message = format!("`{begin}...` is too long to be the id of {noun}");
        return Diagnostic::new(&RULE, span, message)
            .label("too long")
            .help(format!("write at most {LONGEST} letters"));
    }
    let diagnostic = Diagnostic::new(&RULE, span, format!("`{id}` cannot be the id of {noun}"))
        .label("not snake_case");
    match snake_case(id) {
        Some(better) => diagnostic.help(format!("write `{better}`")),
        None => diagnostic.help("begin with a letter a-z; go on with a-z, 0-9 and single _"),
    }
}

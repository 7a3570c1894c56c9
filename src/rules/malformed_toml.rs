//! `malformed-toml`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-toml",
    severity: Severity::Error,
    page: r#"## What it checks

Front matter, settings or parties that are not well-formed TOML. Every fault of spelling in a file is reported.

## Why it matters

A line that cannot be read may be the one with the date. Rather than guess, the agreement is left out until it is mended.

## Example

```toml
title = SDR Phase II agreements
```

## Write instead

`title = "SDR Phase II agreements"`. Texts stand in quotes, dates without them, and a name stands once in a table.
"#,
};

/// `said` is the parser's own sentence.
pub fn fault(span: Span, said: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, said);
    match said {
        "duplicate key" => diagnostic.help("write each key once in a table"),
        _ if said.starts_with("invalid date") => {
            diagnostic.help("write a day that there is, as year-month-day: 2014-02-28")
        }
        _ if said.starts_with("string values must be quoted") => {
            diagnostic.help("put the words in quotes: key = \"words\"")
        }
        _ if said.starts_with("key with no value") => {
            diagnostic.help("write `key = value`, or begin the line with # to make it a remark")
        }
        _ => diagnostic.help("see https://toml.io for how TOML is written"),
    }
}

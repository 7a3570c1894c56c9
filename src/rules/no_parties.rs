//! `no-parties`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "no-parties",
    severity: Severity::Error,
    page: r#"## What it checks

An office that has agreements and no `parties.toml`.

## Why it matters

Who owes what to whom, and who is written to, stands there and nowhere else.

## Example

```toml
# parties.toml
[upe]
name = "United Public Employees"
side = "union"
```

## Write instead

A file `parties.toml` beside `agreements/`, with a table for each party; `sideletter init` writes one to begin with.
"#,
};

/// `span` is the place of the file that is not there.
pub fn fault(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "there is no parties.toml")
        .help("add the file, with a table for each party: [upe] with `name` and `side`; or begin with one: sideletter init")
}

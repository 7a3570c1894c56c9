//! `file-not-readable`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "file-not-readable",
    severity: Severity::Error,
    page: r"## What it checks

A file or a folder of the office that cannot be opened or read.

## Why it matters

What is not read is not computed: nobody would be reminded of what stands in it.

## Example

```toml
# agreements/letter.md is a link to a file that is gone
```

## Write instead

Give the program's user the right to read it, or move it out of `agreements/`.
",
};

/// `span` is the beginning of the file, as far as it could be read; `cause` is what the system said.
pub fn fault(span: Span, what: &str, cause: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("cannot read this {what}: {cause}"))
        .help("let the program's user read it, or move it out of the office's folder")
}

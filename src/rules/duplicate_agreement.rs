//! `duplicate-agreement`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-agreement",
    severity: Severity::Error,
    page: r"## What it checks

Two files, in different folders, with one name. The later in the order of paths is left out.

## Why it matters

The name is the agreement's id, and the record, the reminders and the pages know it by that.

## Example

```toml
# agreements/2013/letter.md and agreements/2014/letter.md
```

## Write instead

Rename one: `agreements/2014/letter_2014.md`.
",
};

/// `span` is the beginning of the later file, `first` of the earlier.
pub fn fault(span: Span, first: Span, id: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("another file is called `{id}` too"))
        .and(first, "this one")
        .help("give each file its own name: it is the agreement's id")
}

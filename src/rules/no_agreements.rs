//! `no-agreements`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "no-agreements",
    severity: Severity::Note,
    page: r"## What it checks

An office without any agreement.

## Why it matters

There is nothing to compute. Perhaps the program was started in another folder than the office's.

## Example

```toml
# agreements/ is empty
```

## Write instead

`sideletter new letter` starts `agreements/letter.md`; `-C DIR` names the office's folder.
",
};

/// `span` is the place of the folder.
pub fn fault(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "there is no agreement in agreements/")
        .help("start one: sideletter new NAME; or name the office's folder with -C DIR")
}

//! `too-many-faults`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "too-many-faults",
    severity: Severity::Note,
    page: r"## What it checks

A file with more than 200 findings. The others are counted and not shown.

## Why it matters

So many have one cause, and nobody reads thousands of lines.

## Example

```toml
# a file of another program in agreements/
```

## Write instead

Mend the first ones and check again.
",
};

/// `limit` is how many are shown, `more` how many are not.
pub fn fault(span: Span, limit: usize, more: usize) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "{more} more findings in this file are not shown; {limit} are the most for one file"
        ),
    )
    .help("mend the first ones and check again")
}

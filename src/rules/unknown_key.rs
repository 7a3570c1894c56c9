//! `unknown-key`.

use crate::diagnostic::suggestion::one_of;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words::did_you_mean;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    page: r"## What it checks

A key that this table does not have.

## Why it matters

A key that is misspelled would be ignored in silence: `expirs` leaves an agreement without an end, and nobody is told.

## Example

```toml
expirs = 2016-06-30
```

## Write instead

`expires = 2016-06-30`. Remarks for the office go into `notes`, or after a `#`.
",
};

/// `noun` is what the table describes, `known` the keys that it has.
pub fn fault(span: Span, key: &str, noun: &str, known: &BTreeSet<&'static str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("{noun} has no key `{key}`"));
    let known: Vec<&str> = known.iter().copied().collect();
    diagnostic.help(did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
        format!(
            "begin the line with # to make it a remark, or write {}",
            one_of(&known)
        )
    }))
}

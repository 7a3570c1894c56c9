//! `renewal-is-no-length`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "renewal-is-no-length",
    severity: Severity::Error,
    page: r#"## What it checks

The `for` of a renewal that names no length of time.

## Why it matters

The end of each new term is counted from it.

## Example

```toml
[renewal]
how = "automatic"
for = "through June 30, 2027"
```

## Write instead

```toml
[renewal]
how = "automatic"
for = "1 year"
until = 2027-06-30
```

Where the parties agree on the length each time (`how = "by_agreement"`), leave `for` out, and record the new last day: `sideletter record renewed AGREEMENT --to 2027-06-30`.
"#,
};

/// `span` is the phrase.
pub fn fault(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "the `for` of a renewal is no length of time")
        .help("write how long each renewal lasts, as in for = \"1 year\"; a day that it may not go beyond belongs in `until`")
}

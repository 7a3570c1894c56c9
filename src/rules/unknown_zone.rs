//! `unknown-zone`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-zone",
    severity: Severity::Error,
    page: r#"## What it checks

A time zone that is not in the IANA list.

## Why it matters

The zone says what "today" is, and when mail goes out.

## Example

```toml
zone = "Pacific"
```

## Write instead

`zone = "America/Los_Angeles"`.
"#,
};

/// `near` is the zone that was probably meant.
pub fn fault(span: Span, found: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write a name of the IANA list: America/Los_Angeles".to_owned(),
    };
    Diagnostic::new(&RULE, span, format!("there is no time zone `{found}`")).help(help)
}

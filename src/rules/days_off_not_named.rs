//! `days-off-not-named`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "days-off-not-named",
    severity: Severity::Warning,
    page: r#"## What it checks

A way of counting that moves a last day off a closed day, where no calendar says which days are closed.

## Why it matters

Nothing is moved: a last day on a Sunday stays there, although the agreement may say otherwise.

## Example

```toml
[counting]
preset = "california_contract"
```

## Write instead

`days_off = ["weekends", "us_ca_state"]` beside the preset; `sideletter check` lists the calendars where a name is not known.
"#,
};

/// `remark` says which days are not named, and what follows.
pub fn fault(span: Span, remark: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, remark)
        .help("add `days_off = [...]`, with the calendars that the agreement or the law names")
}

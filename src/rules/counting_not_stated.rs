//! `counting-not-stated`.

use crate::diagnostic::suggestion::one_of;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "counting-not-stated",
    severity: Severity::Warning,
    page: r#"## What it checks

An agreement that has time limits and does not say how its days are counted, and amends none that does.

## Why it matters

Whether a last day on a Sunday moves, and whether the first day counts, is for the agreement or the law to say. Every day is counted here and none is moved.

## Example

```toml
[counting]
authority = "MOU article 8.3"      # and no `preset`
```

## Write instead

`preset = "california_contract"`, or another preset; `preset = "plain"` where the agreement leaves it open.
"#,
};

/// `span` is the header of `[counting]`, or the beginning of the front matter; `presets` are those that there are.
pub fn fault(span: Span, presets: &[&str]) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        "the agreement does not say how its days are counted; every day is counted and none is moved",
    )
    .help(format!("add `[counting]` with `preset = ...`: {}", one_of(presets)))
}

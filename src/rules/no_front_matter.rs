//! `no-front-matter`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::front_matter::NoFrontMatter;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "no-front-matter",
    severity: Severity::Error,
    page: r#"## What it checks

An agreement's file that is empty, does not begin with a line `+++`, or has no second one.

## Why it matters

The front matter says who owes what by when. Without it nothing can be computed, and the agreement is left out.

## Example

```toml
## SDR agreements between County and UPE
```

## Write instead

```toml
+++
title = "SDR Phase II agreements"
kind = "side_letter"
parties = ["upe", "dha"]
+++
```
"#,
};

/// `what` is what is missing or found.
pub fn fault(span: Span, missing: &NoFrontMatter) -> Diagnostic {
    let (message, help) = match missing {
        NoFrontMatter::Empty => ("the file is empty", BEGIN),
        NoFrontMatter::NotOpened(_) => ("the file does not begin with front matter", BEGIN),
        NoFrontMatter::NotClosed(_) => (
            "the front matter has no end",
            "write a line `+++` between the front matter and the agreement's own words",
        ),
    };
    Diagnostic::new(&RULE, span, message).help(help)
}

const BEGIN: &str =
    "begin with a line `+++`, then `title`, `kind` and `parties`, then a line `+++`";

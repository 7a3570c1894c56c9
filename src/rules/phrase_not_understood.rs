//! `phrase-not-understood`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "phrase-not-understood",
    severity: Severity::Error,
    page: r#"## What it checks

Words of a time limit that the language of deadlines does not know. The underline is at the first of them.

## Why it matters

A wrong date is worse than none: the program does not guess what a phrase may have meant.

## Example

```toml
due = "30 dyas after implementation"
```

## Write instead

```toml
due = "30 days after implementation"
```

`docs/deadlines.md` lists the readings. What the agreement leaves open belongs in `reading`; a condition in words belongs in `when`.
"#,
};

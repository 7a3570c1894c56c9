//! `words-and-digits-differ`.

use crate::diagnostic::{Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "words-and-digits-differ",
    severity: Severity::Error,
    page: r#"## What it checks

A number written in words and in digits that do not agree: `thirty (60) days`.

## Why it matters

Courts read the words, people read the digits, and each party reads what suits it. Only the parties can say which was agreed.

## Example

```toml
due = "thirty (60) days after implementation"
```

## Write instead

Ask the other side, correct the agreement, and write the number that was agreed:

```toml
due = "thirty (30) days after implementation"
```
"#,
};

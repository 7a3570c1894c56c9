//! `still-tentative`.

use crate::agreement::Agreement;
use crate::diagnostic::{Diagnostic, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "still-tentative",
    severity: Severity::Warning,
    page: r#"## What it checks

An agreement whose file says that it is tentative, of which the record has the signing, the ratification and whatever else its effective day hangs on.

## Why it matters

What is tentative is on no page, and none of its dates runs: nobody is reminded of anything in it. That it is in force is said in its file, by whoever has the signed paper, and not by the record.

## Example

```toml
status = "tentative"       # entries 1 and 3 of the record say that it was signed and ratified
```

## Write instead

`status = "in_force"`, or no `status` at all, once the office has the signed paper. What was due before that day is shown, and counted from the days that are recorded.
"#,
};

/// Of an agreement that waits for nothing any more.
pub fn fault(agreement: &Agreement) -> Diagnostic {
    let id = &agreement.id;
    Diagnostic::new(
        &RULE,
        agreement.front_matter,
        format!("nothing is awaited before `{id}` is in force, and its file says that it is tentative"),
    )
    .help(format!(
        "once it is in force, write `status = \"in_force\"`, so that its dates run; what is recorded: sideletter log {id}"
    ))
}

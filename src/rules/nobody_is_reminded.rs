//! `nobody-is-reminded`.

use crate::agreement::Agreement;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::PartyId;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nobody-is-reminded",
    severity: Severity::Warning,
    page: r#"## What it checks

A party that owes something under an agreement, or is asked for the day of an event in it, and that has contacts, of which none receives reminders or the weekly overview of that agreement: their `receives` is `escalation` or `nothing`, or their `agreements` name others.

## Why it matters

Whoever has to do something is not told of it before it is too late, and nothing else says so. A party without any contact is no fault: the members of a unit may be one.

## Example

```toml
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"
agreements = ["mou_2013"]          # and DHA owes a report under letter_7
```

## Write instead

Add the agreement to a contact's `agreements` or leave the key out, or give the party another contact that `receives` `reminders` or `digest`. Where others are to be reminded on purpose, say so with `to` in `remind`.
"#,
};

/// `party` owes something in the agreement, or is asked for a day.
pub fn fault(agreement: &Agreement, party: &PartyId, called: &str) -> Diagnostic {
    let id = &agreement.id;
    Diagnostic::new(
        &RULE,
        agreement.front_matter,
        format!("{called} has something to do in `{id}`, and none of its contacts hears of that"),
    )
    .help(format!(
        "in parties.toml, give `{party}` a contact that `receives` reminders or the digest, with `{id}` among its `agreements` or without that key"
    ))
}

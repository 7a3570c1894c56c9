//! `not-delivered`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::store::refusal::Failure;
use crate::words::list;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-delivered",
    severity: Severity::Warning,
    page: r#"## What it checks

A message about an obligation that did not arrive and will not by itself: it was refused for good, or put off for three days and given up, by the relay or by a report that came back (`sideletter bounces import`). Its address still is one of the party's in `parties.toml`.

## Why it matters

A party was not told what it should know. The program goes on writing to the address, because silence would be worse; but somebody has to find out where the party can be reached.

## Example

```toml
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"       # this mailbox was closed: 550 5.1.1 no such user
```

## Write instead

Ask the party for its address, write it into `parties.toml`, and tell it by hand what it missed: `sideletter outbox show 7` prints it.
A message that was refused for what it is, because it is too large or against a policy, or that was given up, says nothing against the address, and the finding says so.
Where the address is right and takes mail again: `sideletter outbox retry 7` sends the same message once more. `sideletter outbox cancel 7` says that it is settled.
"#,
};

/// `span` is at the obligation or the event, `party` who was not told, `messages` the numbers in the outbox.
pub fn fault(span: Span, party: &str, why: Failure, messages: &[i64]) -> Diagnostic {
    let (were, first, them) = named(messages);
    let became = match why {
        Failure::Address => "refused for good",
        Failure::Message => "refused for good, but not for the address",
        Failure::Time => "given up, because each try was put off",
    };
    let remedy = match why {
        Failure::Address => format!(
            "correct the address in parties.toml, or send {them} once more: sideletter outbox retry {first}"
        ),
        Failure::Message | Failure::Time => format!(
            "tell the party by hand and say that it is settled: sideletter outbox cancel {first}; or send {them} once more: sideletter outbox retry {first}"
        ),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!("`{party}` was not told of this: {were} {became}"),
    )
    .help(format!("see why: sideletter outbox show {first}; {remedy}"))
}

/// `message 7 was`, its number, `it`.
fn named(messages: &[i64]) -> (String, i64, &'static str) {
    let first = messages.first().copied().unwrap_or_default();
    match messages {
        [_] => (format!("message {first} was"), first, "it"),
        _ => (format!("messages {} were", list(messages)), first, "them"),
    }
}

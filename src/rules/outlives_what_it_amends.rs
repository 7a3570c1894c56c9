//! `outlives-what-it-amends`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::AgreementId;
use crate::source::Span;
use crate::words::{count, day as in_words};
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    code: "outlives-what-it-amends",
    severity: Severity::Warning,
    page: r#"## What it checks

A letter in force under which something is owed after everything that it `amends` has ended. What `survives` is not counted, and an agreement that renews itself has not ended.

## Why it matters

A letter does not end with its contract unless one of the two says so (California PERB, Decision 2213E). Its dates go on, and either side may be surprised by that.

## Example

```toml
amends = ["mou_2013"]      # which expires on 30 June 2017
# and no `expires`
```

## Write instead

`expires = "expiration of mou_2013"`, where the letter says that it ends with the contract. Where it goes on under a later contract, that one too: `amends = ["mou_2017", "mou_2013"]`. Where single duties go on by their own words, `survives = true` on each.
"#,
};

/// `span` is where the letter says when it ends, or could; `of` ended last of what it amends, on `ended`; `owed` is how many
/// obligations are owed after that.
pub fn fault(
    span: Span,
    of: &AgreementId,
    ended: NaiveDate,
    own_end: Option<NaiveDate>,
    owed: usize,
) -> Diagnostic {
    let goes_on = match own_end {
        Some(end) => format!("goes on to {}", in_words(end)),
        None => "has no end of its own".to_owned(),
    };
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "`{of}`, which it amends, ends on {}; this letter {goes_on}, with {} owed after that day",
            in_words(ended),
            count(owed, "obligation")
        ),
    )
    .help(format!(
        "if it ends with it: `expires = \"expiration of {of}\"`; if it goes on under a later agreement, name that in `amends` too; what goes on by its own words: `survives = true`"
    ))
}

//! `changes-without-a-party`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;
use crate::words;

/// The rule.
pub static RULE: Rule = Rule {
    code: "changes-without-a-party",
    severity: Severity::Warning,
    page: r#"## What it checks

An agreement in force that changes, restates or voids something of another, to which that other's parties have not all agreed, or which not all of them may see.

## Why it matters

What three have agreed on is changed by three. It is followed as it is written, so that a party to the earlier agreement may find another day on its page than the one that it signed.

## Example

```toml
parties = ["upe", "dha"]          # mou_2013 is of UPE, DHA and SLTA

[changes]
"mou_2013/expiration" = "June 30, 2017"
```

## Write instead

The party that is missing in `parties`, if it signed this one too. If it did not, leave the change out until it has, or write what the two have agreed between themselves as a duty of their own, with another id.
An agreement that only the keeper may see changes nothing of what others may see: leave its `visibility` out, or leave the change to an agreement that all may see.
"#,
};

/// `target` is what is changed, `missing` the parties of its agreement that are none of the one that changes it.
pub fn fault(span: Span, target: &str, missing: &[&str]) -> Diagnostic {
    let (is, who) = match missing {
        [_] => ("is", "a party"),
        _ => ("are", "parties"),
    };
    let missing = words::list(missing.iter().map(|id| format!("`{id}`")));
    Diagnostic::new(
        &RULE,
        span,
        format!("this changes `{target}`, to which {missing} {is} {who}, and not to this agreement"),
    )
    .help(format!(
        "if {missing} signed this one, too, name it in `parties`; else the change is none of these parties' alone to make"
    ))
}

/// `unaware` are the parties of both agreements that may see what is changed and not by what.
pub fn unseen(span: Span, target: &str, unaware: &[&str]) -> Diagnostic {
    let unaware = words::list(unaware.iter().map(|id| format!("`{id}`")));
    Diagnostic::new(
        &RULE,
        span,
        format!("this changes `{target}`, and {unaware} may not see by what"),
    )
    .help("widen the `visibility` of this agreement, or leave the change to one that all may see")
}

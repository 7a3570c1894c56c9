//! `text-changed`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::ids::AgreementId;
use crate::record::Entry;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "text-changed",
    severity: Severity::Warning,
    page: r#"## What it checks

An agreement in force whose file has changed since an entry of the record was made about it. Every entry keeps the SHA-256 of the file as it then stood.

## Why it matters

What was entered was said about the text of that day. Nobody changes a signed agreement by editing a file, and the other side should not have to find out.

## Example

```toml
due = "no later than 45 days after implementation"    # it said 30 days when entry 3 was made
```

## Write instead

Put the text back as it was signed, and write what was agreed since as an amendment: a file of its own that `amends` this one.
Where the file was wrong and the signed paper is as the file is now, or only the office's own keys were changed, say so in a remark on the entry that is named: `sideletter record noted sdr_phase_ii --entry 3 --note "Corrected a slip in clause 1; the signed paper says 45 days."`
That remark is made about the file as it is now, which is the right text from then on; every other party is told of it, so it is kept from none that may see the entry. A remark that names no such entry changes nothing.
"#,
};

/// `span` is where the file begins, `digest` that of the file, `before` the newest entry about another text.
pub fn fault(span: Span, agreement: &AgreementId, digest: &str, before: &Entry) -> Diagnostic {
    let begin = |digest: &str| digest.chars().take(12).collect::<String>();
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "this is not the text that entry {} of the record was made about: SHA-256 {}... then, {}... now",
            before.number,
            begin(&before.text),
            begin(digest)
        ),
    )
    .help(format!(
        "put the signed text back, and write what was agreed since as an agreement that `amends` this one; if this only corrects the file: sideletter record noted {agreement} --entry {} --note \"what was corrected\"",
        before.number
    ))
}

//! `file-too-large`.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: "file-too-large",
    severity: Severity::Error,
    page: r"## What it checks

A file of more than 4 MB (4,194,304 bytes). It is not read.

## Why it matters

An agreement is a few pages of text. A larger file is most likely something else, and reading it would cost memory for nothing.

## Example

```toml
# agreements/letter.md holds a scanned document
```

## Write instead

Keep the transcription in the file, and the scan elsewhere.
",
};

/// `limit` is in bytes.
pub fn fault(span: Span, limit: u64) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "the file is larger than {} MB, the most that is read",
            limit / 1_048_576
        ),
    )
    .help("keep the transcription in the file, and scans elsewhere")
}

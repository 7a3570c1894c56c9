//! Diagnostics as data: what `check --format json` prints, and what `when` prints for a phrase that is refused.

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// One diagnostic; its fields are a contract.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault<'a> {
    /// The file, relative to the office.
    pub file: &'a str,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// `error`, `warning` or `note`.
    pub severity: Severity,
    /// The rule.
    pub code: &'static str,
    /// What is wrong.
    pub message: &'a str,
    /// What to write instead.
    pub help: Option<&'a str>,
}

/// One diagnostic as data.
pub fn fault<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Fault<'a> {
    let position = sources.position(diagnostic.primary.span);
    Fault {
        file: &sources.get(diagnostic.primary.span.file).path,
        line: position.line,
        column: position.column,
        severity: diagnostic.severity,
        code: diagnostic.rule.code,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
    }
}

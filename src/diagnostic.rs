//! A fault in a file that somebody wrote: where it is, what is wrong, what to write instead.
//!
//! Faults are collected and shown; they are never an `Err`. What the program itself could not do is
//! [`Error`](crate::error::Error).

mod findings;
mod json;
mod render;
pub mod suggestion;

pub use findings::Findings;
pub use json::{Fault, fault};
pub use render::drawing;

use crate::source::Span;

/// How much a diagnostic matters. Only errors are faults: warnings and notes never change an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is left out because of it.
    Error,
    /// Everything is computed, and somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One check: its code, how much it matters, and its page of the manual.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// In kebab-case; names the fault and never changes: `unknown-key`.
    pub code: &'static str,
    /// What its diagnostics are, unless one says otherwise.
    pub severity: Severity,
    /// The page that `check --explain CODE` prints, in Markdown: what it checks, why it matters, an example, what to
    /// write instead.
    pub page: &'static str,
}

/// Words in a file, and what is said of them.
#[derive(Clone, Debug)]
pub struct Label {
    /// The smallest piece of text that is wrong.
    pub span: Span,
    /// A few words beside the underline; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The check that found it.
    pub rule: &'static Rule,
    /// Usually the rule's own.
    pub severity: Severity,
    /// One phrase, lower case, no full stop; makes sense alone.
    pub message: String,
    /// The words that are wrong.
    pub primary: Label,
    /// What they disagree with.
    pub secondary: Vec<Label>,
    /// Something to type or to decide.
    pub help: Option<String>,
}

/// What is quoted of a file may have line breaks: they are shown as TOML writes them, so that each finding stays on its line.
fn on_one_line(text: String) -> String {
    if text.contains(['\n', '\r']) {
        text.replace('\r', "\\r").replace('\n', "\\n")
    } else {
        text
    }
}

impl Diagnostic {
    /// A finding of `rule` at `span`.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: on_one_line(message.into()),
            primary: Label {
                span,
                text: String::new(),
            },
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Says a few words beside the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = on_one_line(text.into());
        self
    }

    /// Points at what the finding disagrees with.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: on_one_line(text.into()),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(on_one_line(help.into()));
        self
    }

    /// Whether it is a fault.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

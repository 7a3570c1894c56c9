//! Where readers put what they find, so that none of them has to stop.

use super::Diagnostic;
use crate::source::SourceId;
use std::cell::{Cell, RefCell};

/// What was found so far.
#[derive(Debug, Default)]
pub struct Findings {
    diagnostics: RefCell<Vec<Diagnostic>>,
    errors: Cell<usize>,
}

impl Findings {
    /// Adds one.
    pub fn report(&self, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.errors.set(self.errors.get() + 1);
        }
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// How many errors there are: a reader that sees the number grow knows that what it read is faulty.
    pub fn errors(&self) -> usize {
        self.errors.get()
    }

    /// Where the findings in a file begin, as bytes of it.
    pub fn starts_in(&self, file: SourceId) -> Vec<usize> {
        self.diagnostics
            .borrow()
            .iter()
            .map(|diagnostic| diagnostic.primary.span)
            .filter(|span| span.file == file)
            .map(|span| span.start)
            .collect()
    }

    /// All of them, in the order of finding.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }
}

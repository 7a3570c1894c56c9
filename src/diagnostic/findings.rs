//! Where readers put what they find, so that none of them has to stop.

use super::Diagnostic;
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

    /// Adds what somebody else found.
    pub fn absorb(&self, other: Self) {
        for diagnostic in other.into_vec() {
            self.report(diagnostic);
        }
    }

    /// All of them, in the order of finding.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }
}

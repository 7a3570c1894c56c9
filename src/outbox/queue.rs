//! What waits, page by page: however long the queue is, little of it is in memory.

use crate::error::Result;
use crate::store::Store;
use crate::store::outbox::{MessageState, Pending};
use std::collections::VecDeque;

/// How many are read at once.
const PAGE: usize = 500;

/// The messages in some states, oldest first, each once.
pub(super) struct Queue {
    states: &'static [MessageState],
    after: i64,
    page: VecDeque<Pending>,
    ended: bool,
}

impl Queue {
    pub(super) fn of(states: &'static [MessageState]) -> Self {
        Self {
            states,
            after: i64::MIN,
            page: VecDeque::new(),
            ended: false,
        }
    }

    /// The next, or `None` after the last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn next(&mut self, store: &dyn Store) -> Result<Option<Pending>> {
        if self.page.is_empty() && !self.ended {
            self.page = store.pending(self.states, self.after, PAGE)?.into();
            self.ended = self.page.len() < PAGE;
            self.after = self.page.back().map_or(self.after, |last| last.id);
        }
        Ok(self.page.pop_front())
    }
}

//! The sessions of a run, each in a thread of its own, and what they tell the one that hands the messages out.

use crate::store::outbox::MessageRow;
use crate::transport::{Fate, Session, Way};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Scope;
use std::time::Duration;

/// What a session tells.
pub(super) enum Event {
    /// It can take a message.
    Ready(usize),
    /// What came of one, and the session, where it is ready for the next: told together, both are kept together.
    Done(Box<MessageRow>, Fate, Option<usize>),
}

/// The sessions.
pub(super) struct Sessions {
    jobs: Vec<Sender<Box<MessageRow>>>,
    events: Receiver<Event>,
}

impl Sessions {
    /// Begins them. They end when this is dropped.
    pub(super) fn begin<'scope>(scope: &'scope Scope<'scope, '_>, way: &'scope Way) -> Self {
        let (told, events) = channel();
        let count = way.sessions();
        let jobs = (0..count)
            .map(|number| {
                let (job, jobs) = channel();
                let told = told.clone();
                scope.spawn(move || work(way.session().as_mut(), number, &jobs, &told));
                job
            })
            .collect();
        Self { jobs, events }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.jobs.len()
    }

    /// Gives a message to a session that is ready; gives it back where the session has ended.
    pub(super) fn give(&self, session: usize, message: Box<MessageRow>) -> Option<Box<MessageRow>> {
        match self.jobs.get(session) {
            Some(jobs) => jobs.send(message).err().map(|not_taken| not_taken.0),
            None => Some(message),
        }
    }

    /// What was told, waiting for the first of it, and for no longer than `most`; `None` where every session has ended.
    pub(super) fn told(&self, most: Option<Duration>) -> Option<Vec<Event>> {
        let first = match most {
            None => Some(self.events.recv().ok()?),
            Some(most) => match self.events.recv_timeout(most) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return None,
            },
        };
        Some(first.into_iter().chain(self.events.try_iter()).collect())
    }
}

fn work(
    session: &mut dyn Session,
    number: usize,
    jobs: &Receiver<Box<MessageRow>>,
    told: &Sender<Event>,
) {
    let mut hears = told.send(Event::Ready(number)).is_ok();
    while hears && let Ok(message) = jobs.recv() {
        let fate = session.send(&message);
        let ends = matches!(fate, Fate::NotTried(_));
        let done = Event::Done(message, fate, (!ends).then_some(number));
        hears = told.send(done).is_ok() && !ends;
    }
    session.end();
}

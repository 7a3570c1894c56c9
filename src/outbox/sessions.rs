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
        let all = u32::try_from(count).unwrap_or(1);
        let jobs = (0..all)
            .zip(0..count)
            .map(|(nth, number)| {
                let (job, jobs) = channel();
                let told = told.clone();
                let pace = way.pace();
                // Each begins one pace after the one before, and all together keep the pace.
                let (before_the_first, between) = (pace * nth, pace * all);
                scope.spawn(move || {
                    work(
                        way.session().as_mut(),
                        number,
                        &jobs,
                        &told,
                        (before_the_first, between),
                    );
                });
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

    /// What was told, waiting for the first of it; nothing where every session has ended.
    pub(super) fn told(&self) -> Vec<Event> {
        self.events
            .recv()
            .into_iter()
            .chain(self.events.try_iter())
            .collect()
    }
}

fn work(
    session: &mut dyn Session,
    number: usize,
    jobs: &Receiver<Box<MessageRow>>,
    told: &Sender<Event>,
    (before_the_first, between): (Duration, Duration),
) {
    let mut pause = before_the_first;
    let mut is_told = false;
    loop {
        // Nothing is given to a session that has not said that it is ready: what ends the pause early is the end of the run.
        if !pause.is_zero()
            && jobs.recv_timeout(pause).err() == Some(RecvTimeoutError::Disconnected)
        {
            break;
        }
        pause = between;
        if !is_told && told.send(Event::Ready(number)).is_err() {
            break;
        }
        let Ok(message) = jobs.recv() else { break };
        let fate = session.send(&message);
        let ends = matches!(fate, Fate::NotTried(_));
        is_told = !ends && between.is_zero();
        let done = Event::Done(message, fate, is_told.then_some(number));
        if told.send(done).is_err() || ends {
            break;
        }
    }
    session.end();
}

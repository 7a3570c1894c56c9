//! Delivering: one hands out and keeps, the sessions send. What is kept and what is taken next go into the store together, so
//! that at no instant more messages are in hand than there are sessions.

use super::pace::Pace;
use super::queue::Queue;
use super::sessions::{Event, Sessions};
use super::{Day, Sent, SentMessage, fate, see_that_it_holds};
use crate::clock;
use crate::error::Result;
use crate::office::Transport;
use crate::record::Record;
use crate::record::seal;
use crate::reminder::StillOwed;
use crate::schedule::{self, Question, Schedule};
use crate::store::Store;
use crate::store::outbox::{Claim, MessageRow, MessageState, Pending};
use crate::store::refusal::names_the_address;
use crate::transport::{Fate, Trouble, Way};
use chrono::TimeDelta;
use std::time::{Duration, Instant};

/// After so many messages in a row that the relay refused, and not for an address that it named, it is neither the messages
/// nor their addresses that are wrong.
const REFUSED_IN_A_ROW: u32 = 3;

/// What leaves, once its time has come.
pub(super) const WAITING: &[MessageState] = &[
    MessageState::Queued,
    MessageState::Deferred,
    MessageState::Unknown,
];

/// The same where what another run left in hand may be put in its place again.
pub(super) const WAITING_OR_IN_HAND: &[MessageState] = &[
    MessageState::Sending,
    MessageState::Queued,
    MessageState::Deferred,
    MessageState::Unknown,
];

/// Delivers what waits, oldest first, up to the office's cap for one run. `alone`: no other run can be at work on the store.
pub(super) fn all(
    day: &Day<'_>,
    store: &mut dyn Store,
    alone: bool,
    sent: &mut Sent,
) -> Result<()> {
    let mut run = Run {
        day,
        by: seal::salt()?,
        alone,
        longest: TimeDelta::minutes(1),
        pace: Pace::new(Duration::ZERO),
        queue: Queue::of(WAITING),
        next: None,
        refused_in_a_row: 0,
        became: Vec::new(),
        sent,
    };
    let repeats_harmlessly = day.office.settings.mail.transport == Transport::Maildir;
    if repeats_harmlessly {
        run.queue = Queue::of(WAITING_OR_IN_HAND);
    } else {
        run.take_over(store)?;
    }
    if run.sent.trouble.is_none() {
        run.next = run.following(store)?;
    }
    if run.next.is_some() {
        match Way::of(day.office) {
            Ok(way) => {
                run.longest = way.longest();
                run.pace = Pace::new(way.pace());
                std::thread::scope(|scope| run.send(store, &Sessions::begin(scope, &way)))?;
            }
            Err(error) => {
                run.sent.trouble = Some(Trouble {
                    what: error.to_string(),
                    lasting: true,
                });
            }
        }
    }
    run.count_what_is_left(store)
}

struct Run<'a> {
    day: &'a Day<'a>,
    by: String,
    alone: bool,
    longest: TimeDelta,
    pace: Pace,
    queue: Queue,
    /// The first of the queue, where it was looked at already.
    next: Option<Pending>,
    refused_in_a_row: u32,
    /// What became of messages and is not kept yet.
    became: Vec<MessageRow>,
    sent: &'a mut Sent,
}

/// Why handing out has paused.
enum Pause {
    /// There is nothing more to hand out.
    Done,
    /// Somebody has entered something into the record.
    Recorded,
}

/// How the sessions stand.
struct Hands {
    ready: Vec<usize>,
    in_hand: usize,
    /// How many have not ended.
    left: usize,
    /// One alone begins; once it got through, all may.
    through: bool,
}

impl Run<'_> {
    fn claim(&self) -> Claim {
        let at = self.day.clock.again().now();
        Claim {
            by: self.by.clone(),
            at,
            until: at.checked_add_signed(self.longest).unwrap_or(at),
            alone: self.alone,
        }
    }

    /// Of what a killed run had in hand, nobody knows whether it left.
    fn take_over(&mut self, store: &mut dyn Store) -> Result<()> {
        let mut left = Queue::of(&[MessageState::Sending]);
        while let Some(message) = left.next(store)? {
            let claim = self.claim();
            if claim.may_take(&message) {
                for mut row in store.exchange(&[], &[message.id], &claim)? {
                    self.settle(&mut row, fate::of_a_killed_run(), &claim);
                    store.exchange(&[row], &[], &claim)?;
                }
            }
        }
        Ok(())
    }

    /// The next message whose time has come.
    fn following(&mut self, store: &dyn Store) -> Result<Option<Pending>> {
        if self.next.is_some() {
            return Ok(self.next.take());
        }
        let claim = self.claim();
        while let Some(message) = self.queue.next(store)? {
            if claim.may_take(&message) {
                return Ok(Some(message));
            }
        }
        Ok(None)
    }

    fn send(&mut self, store: &mut dyn Store, sessions: &Sessions) -> Result<()> {
        let mut hands = Hands {
            ready: Vec::new(),
            in_hand: 0,
            left: sessions.count(),
            through: false,
        };
        let mut read: Option<(Record, Schedule)> = None;
        let mut seen = self.day.record.entries.last().map_or(0, |last| last.number);
        loop {
            let (record, schedule) = match &read {
                Some((record, schedule)) => (record, schedule),
                None => (self.day.record, self.day.schedule),
            };
            let owed = StillOwed::new(self.day.office, record, schedule, self.day.clock.today());
            match self.hand_out(store, sessions, &mut hands, &owed, seen)? {
                Pause::Done => return Ok(()),
                Pause::Recorded => {
                    seen = store.newest()?;
                    let record = store.record()?;
                    let today = self.day.clock.today();
                    let schedule =
                        schedule::schedule(&Question::new(self.day.office, &record, today));
                    read = Some((record, schedule));
                }
            }
        }
    }

    /// Hands out as long as the record is the one that was read.
    fn hand_out(
        &mut self,
        store: &mut dyn Store,
        sessions: &Sessions,
        hands: &mut Hands,
        owed: &StillOwed<'_>,
        seen: u64,
    ) -> Result<Pause> {
        loop {
            if self.sent.trouble.is_none() && store.newest()? != seen {
                return Ok(Pause::Recorded);
            }
            let now = clock::moment();
            let wanted = self.wanted(store, hands, owed, now)?;
            let claim = self.claim();
            let became = std::mem::take(&mut self.became);
            let taken = store.exchange(&became, &wanted, &claim)?;
            let all_taken = taken.len() == wanted.len();
            for row in taken {
                let session = hands.ready.pop().unwrap_or_default();
                match sessions.give(session, Box::new(row)) {
                    None => {
                        hands.in_hand += 1;
                        self.pace.begun(now);
                    }
                    Some(not_given) => self.became.push(*not_given),
                }
            }
            if !all_taken || !self.became.is_empty() {
                continue;
            }
            if hands.in_hand == 0 && !self.may_hand_out(store, hands)? {
                return Ok(Pause::Done);
            }
            // Where a session is ready and has to wait for the pace, nothing may come of the others before.
            let wait = self.pace.wait(now);
            let most = (!wait.is_zero() && !hands.ready.is_empty()).then_some(wait);
            let Some(told) = sessions.told(most) else {
                return Ok(Pause::Done);
            };
            for event in told {
                match event {
                    Event::Ready(session) => hands.ready.push(session),
                    Event::Done(row, fate, ready) => {
                        hands.ready.extend(ready);
                        self.done(*row, fate, hands);
                    }
                }
            }
        }
    }

    /// Whether there is more for this run to do.
    fn may_hand_out(&mut self, store: &dyn Store, hands: &Hands) -> Result<bool> {
        if self.sent.trouble.is_some() || hands.left == 0 || self.room(hands) == 0 {
            return Ok(false);
        }
        self.next = self.following(store)?;
        Ok(self.next.is_some())
    }

    /// How many more the cap allows.
    fn room(&self, hands: &Hands) -> usize {
        self.cap().saturating_sub(self.sent.tried + hands.in_hand)
    }

    fn cap(&self) -> usize {
        usize::try_from(self.day.office.settings.most_per_run).unwrap_or(usize::MAX)
    }

    /// The messages to be taken next. What no longer holds is given up on the way.
    fn wanted(
        &mut self,
        store: &mut dyn Store,
        hands: &Hands,
        owed: &StillOwed<'_>,
        now: Instant,
    ) -> Result<Vec<i64>> {
        let mut wanted = Vec::new();
        if self.sent.trouble.is_some() {
            return Ok(wanted);
        }
        let at_once = if hands.through {
            hands.ready.len()
        } else {
            hands.ready.len().min(1_usize.saturating_sub(hands.in_hand))
        };
        let at_once = self.pace.most(at_once, now).min(self.room(hands));
        while wanted.len() < at_once {
            let Some(message) = self.following(store)? else {
                break;
            };
            // What another run left in hand may stand in its place already.
            let at = self.claim().at;
            if message.state == MessageState::Sending
                || see_that_it_holds(store, &message, owed, at, self.sent)?
            {
                wanted.push(message.id);
            }
        }
        Ok(wanted)
    }

    fn done(&mut self, mut row: MessageRow, fate: Fate, hands: &mut Hands) {
        hands.in_hand -= 1;
        let refused = matches!(&fate, Fate::Rejected { why, .. } if !names_the_address(why));
        self.refused_in_a_row = if refused {
            self.refused_in_a_row + 1
        } else {
            0
        };
        if let Fate::NotTried(trouble) = &fate {
            hands.left -= 1;
            // A relay that has no room for one session more is no trouble while others get through.
            if trouble.lasting || !hands.through || hands.left == 0 {
                self.sent.trouble.get_or_insert(trouble.clone());
            }
        } else {
            hands.through = true;
            self.sent.tried += 1;
        }
        if self.refused_in_a_row >= REFUSED_IN_A_ROW {
            self.sent.trouble.get_or_insert(Trouble {
                what: format!(
                    "the relay refused {REFUSED_IN_A_ROW} messages in a row; see why: sideletter outbox"
                ),
                lasting: true,
            });
        }
        let claim = self.claim();
        self.settle(&mut row, fate, &claim);
        self.became.push(row);
    }

    fn settle(&mut self, row: &mut MessageRow, fate: Fate, claim: &Claim) {
        let tried = !matches!(fate, Fate::NotTried(_));
        fate::settle(
            row,
            fate,
            claim.at,
            self.day.office.settings.mail.on_unknown,
        );
        if tried {
            self.sent.messages.push(SentMessage::new(row, row.state));
        }
    }

    /// What the next run finds.
    fn count_what_is_left(&mut self, store: &dyn Store) -> Result<()> {
        let claim = self.claim();
        (self.sent.left, self.sent.waiting) = (0, 0);
        let mut all = Queue::of(WAITING_OR_IN_HAND);
        while let Some(message) = all.next(store)? {
            let is_given_up = message.state == MessageState::Unknown && message.next_at.is_none();
            if is_given_up || self.sent.unread.contains(&message.id) {
                continue;
            }
            if claim.may_take(&message) {
                self.sent.left += 1;
            } else {
                self.sent.waiting += 1;
            }
        }
        self.sent.capped = self.sent.left > 0 && self.sent.tried >= self.cap();
        Ok(())
    }
}

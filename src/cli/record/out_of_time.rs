//! That something was done before it was owed, or came to be owed only after its last day.

use super::follows::Change;
use crate::schedule::{Occurrence, OccurrenceKind, Schedule, State};
use crate::words;
use std::fmt::Write as _;

impl Change<'_> {
    /// That the last day of something had passed when its condition came about, or when that was entered.
    pub(super) fn after_its_last_day(&self, is: &Schedule) -> String {
        let was_waiting = |o: &Occurrence| {
            let mut before = self.was.of_obligation(&o.agreement, &o.obligation);
            let before =
                before.find(|w| (w.occurrence, &w.for_words) == (o.occurrence, &o.for_words));
            before.and_then(|before| before.last_day().filter(|last| *last < self.today))
        };
        let is_of_it = |o: &&Occurrence| {
            Some(o.obligation.as_str()) == self.entry.subject.as_deref()
                && o.kind != OccurrenceKind::Recurrence
                && o.entries.contains(&self.entry.number)
        };
        let mut text = String::new();
        for o in is.of_agreement(&self.agreement.id).filter(is_of_it) {
            let Some(last) = was_waiting(o) else { continue };
            let last = words::day(last);
            // Writing to a string cannot fail.
            let _ = match (o.state, o.opens, o.due) {
                (State::Open, Some(from), None) => writeln!(
                    text,
                    "Its last day, {last}, had passed by then: it is owed from {} on, and no last day is left. All parties may agree on one: {} record moved {}/{} --to DATE",
                    words::day(from),
                    self.program,
                    o.agreement,
                    o.obligation
                ),
                (State::Overdue | State::NotStarted, ..) => writeln!(
                    text,
                    "Its last day, {last}, had passed when this was entered."
                ),
                _ => continue,
            };
        }
        text
    }

    /// That something was done before it could be owed.
    pub(super) fn early(&self, is: &Schedule) -> String {
        let done = is
            .of_agreement(&self.agreement.id)
            .find(|o| o.entries.contains(&self.entry.number));
        let Some((done, on)) = done.zip(self.entry.on) else {
            return String::new();
        };
        let why = if done.due.is_none() && done.opens.is_none() && !done.waiting_on.is_empty() {
            format!("{} has no date yet", words::list(&done.waiting_on))
        } else if let Some(opens) = done.opens.filter(|opens| on < *opens) {
            format!("it opens on {}", words::day(opens))
        } else {
            return String::new();
        };
        format!(
            "It says that this was done before it was owed: {why}. What hangs on it is counted from {} all the same; if the day is wrong, strike it out.\n",
            words::day(on)
        )
    }
}

//! Ends that all had agreed on before they agreed on others.

use super::Periods;
use crate::words::Sentence;
use chrono::NaiveDate;

/// An end that all had agreed on, in the place of which they agreed on another.
#[derive(Clone)]
pub(in crate::schedule) struct Overtaken {
    number: u32,
    pub(in crate::schedule) end: NaiveDate,
    /// What its period was called by.
    pub(in crate::schedule) called: NaiveDate,
    /// The office's days on which all had agreed on it, and on what took its place.
    pub(in crate::schedule) since: NaiveDate,
    pub(in crate::schedule) until: NaiveDate,
    /// Where it is written.
    pub(in crate::schedule) source: Sentence,
}

impl Periods<'_> {
    /// The end that all have agreed on, as long as nothing has taken its place.
    pub(super) fn agreed_to_end(&self) -> Option<Overtaken> {
        let (on, act) = self.ended.as_ref()?;
        let number = self.holding(*on);
        (self.end(number) == Some(*on)).then(|| Overtaken {
            number,
            end: *on,
            called: self.called(number, *on),
            since: act.entered,
            until: act.entered,
            source: act.source.clone(),
        })
    }

    /// Keeps an end that all had agreed on, where they agreed on another on a day: what had fallen due for it by then did.
    pub(super) fn overtake(&mut self, agreed: Overtaken, on: NaiveDate) {
        if self.end(agreed.number) == Some(agreed.end) {
            return;
        }
        let is_same = |of: &&mut Overtaken| (of.number, of.end) == (agreed.number, agreed.end);
        match self.overtaken.iter_mut().find(is_same) {
            Some(same) => same.until = on,
            None => self.overtaken.push(Overtaken {
                until: on,
                ..agreed
            }),
        }
    }

    /// The ends that a period had by the word of all before it had the one that it has.
    pub(in crate::schedule) fn overtaken(&self, number: u32) -> impl Iterator<Item = &Overtaken> {
        let end = self.end(number);
        let of_it = self.overtaken.iter().filter(move |of| of.number == number);
        of_it.filter(move |of| Some(of.end) != end)
    }
}

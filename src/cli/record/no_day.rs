//! That notice, or what all have agreed to, changes no day, and why.

use super::follows::Change;
use crate::agreement::RenewalKind;
use crate::record::answers::Stands;
use crate::record::entering;
use crate::record::{Entry, EntryKind};
use crate::schedule::{Occurrence, OccurrenceKind, Schedule, State};
use crate::words;
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Change<'_> {
    /// Said where nothing else follows from the entry; empty of what changes no day by its nature.
    pub(super) fn no_day(&self, is: &Schedule) -> String {
        let Some(about) = self.done() else {
            return String::new();
        };
        if let Some(end) = self.standing_until(about, is) {
            return format!(
                "It stands until {}, and is over after that.\n",
                words::day(end)
            );
        }
        let told = || self.told_since(is);
        let why = match about.kind {
            EntryKind::Notice => self.why_notice_stops_nothing(about).or_else(told),
            _ => told(),
        };
        let why = why.unwrap_or_else(|| self.see_why());
        format!("No day changes by it as things stand: {why}.\n")
    }

    /// The notice that the entry gives, or the act of all that it makes or completes. One about a day beyond those that are
    /// worked out may still change something.
    fn done(&self) -> Option<&Entry> {
        let about = match (self.entry.kind, self.entry.entry) {
            (EntryKind::Notice, _) => return Some(self.entry),
            (EntryKind::Confirmed, Some(number)) => self.after.entry(number)?,
            _ => self.entry,
        };
        let is_agreed = || {
            let standing = self.standing_of(about);
            standing.is_some_and(|standing| standing.stands == Stands::Agreed)
        };
        let is_near = self.question().until >= about.to.or(about.on).unwrap_or_default();
        (about.kind.is_act() && is_near && is_agreed()).then_some(about)
    }

    /// The day on which all agreed that a standing duty ends, where it stands until then: it has no day to change.
    fn standing_until(&self, about: &Entry, is: &Schedule) -> Option<NaiveDate> {
        let end = about.on.filter(|_| about.kind == EntryKind::Ended)?;
        let mut of_it = is.of_agreement(&self.agreement.id);
        let standing = of_it.any(|o| {
            o.obligation.as_str() == self.term()
                && o.kind == OccurrenceKind::Standing
                && o.state != State::Ended
        });
        (standing && end >= self.today).then_some(end)
    }

    /// What is told of the term since the entry, and was not before.
    fn told_since(&self, is: &Schedule) -> Option<String> {
        let told = |of: &Schedule| -> Vec<String> {
            let periods = of.of_agreement(&self.agreement.id);
            let periods = periods.filter(|o| o.obligation.as_str() == self.term());
            let steps = |o: &Occurrence| -> Vec<String> {
                o.steps.iter().map(|step| step.text.to_string()).collect()
            };
            periods.flat_map(steps).collect()
        };
        let before: BTreeSet<String> = told(&self.was).into_iter().collect();
        let mut since = told(is).into_iter();
        since.find(|text| !before.contains(text))
    }

    /// Why there was nothing to stop; `None` where the term tells what became of the notice.
    fn why_notice_stops_nothing(&self, notice: &Entry) -> Option<String> {
        let renewal = entering::renewal(self.agreement.obligation(self.term()), self.agreement);
        if !renewal.is_some_and(|renewal| renewal.how == RenewalKind::Automatic) {
            return Some(
                "it does not renew itself, so there is no renewal that notice would stop"
                    .to_owned(),
            );
        }
        let periods = self.was.of_agreement(&self.agreement.id);
        let of_case =
            |o: &&Occurrence| notice.for_words.is_none() || o.for_words == notice.for_words;
        let periods = periods
            .filter(|o| o.obligation.as_str() == self.term())
            .filter(of_case);
        let periods: Vec<&Occurrence> = periods.collect();
        let goes_on =
            |period: &&Occurrence| period.renewed_until.is_some() && period.due >= notice.on;
        if periods.iter().any(goes_on) {
            return None;
        }
        let why = &periods.last()?.steps.last()?.text;
        Some(format!("it was not to go on before either: {why}"))
    }

    fn see_why(&self) -> String {
        format!(
            "see {} why {}/{}",
            self.program,
            self.agreement.id,
            self.term()
        )
    }

    /// The obligation that the entry is about, or the agreement's own term.
    fn term(&self) -> &str {
        let subject = self.entry.subject.as_deref().unwrap_or_default();
        match self.agreement.obligation(subject) {
            Some(obligation) => obligation.id.as_str(),
            None => "expiration",
        }
    }
}

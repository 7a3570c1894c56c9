//! Which later agreement takes the place of an act: that all have agreed to something is not yet that it will hold.

use super::follows::Change;
use crate::agreement::Timing;
use crate::record::answers::{Standing, Stands};
use crate::record::{Entry, EntryKind};
use crate::schedule::{AmendedTo, Amendment, takes_the_place_of};
use crate::words;
use std::fmt::Write as _;

impl Change<'_> {
    /// Which later agreements give another day from today on, or from a day ahead, than the one that all have agreed to.
    pub(super) fn overtaken_later(&self, act: &Entry, standing: &Standing) -> String {
        let mut text = String::new();
        if standing.stands != Stands::Agreed || act.kind == EntryKind::Waived {
            return text;
        }
        for amendment in self.amendments(act) {
            let Some(from) = takes_the_place_of(amendment, self.today) else {
                continue;
            };
            let (by, first) = (&amendment.by, words::day(from));
            let day = match amendment.to {
                AmendedTo::Day(Some(day)) => words::day(day),
                AmendedTo::Day(None) => "one that is not known yet".to_owned(),
                AmendedTo::Void | AmendedTo::Replaced(..) => "none".to_owned(),
            };
            // Writing to a string cannot fail.
            let _ = if from == self.today {
                writeln!(
                    text,
                    "`{by}` takes effect on the same day, {first}, and its day holds: {day}."
                )
            } else {
                writeln!(
                    text,
                    "`{by}` takes its place from {first} on: its day is {day}."
                )
            };
        }
        text
    }

    /// What later agreements do to the day that an act is about. Of a series they give the last day, and no other to one of its
    /// days.
    fn amendments(&self, act: &Entry) -> Vec<&Amendment> {
        let subject = act.subject.as_deref().unwrap_or_default();
        let all = self.was.amendments(self.agreement, Some(subject)).iter();
        let Some(obligation) = self.agreement.obligation(subject) else {
            return all.collect();
        };
        let has_one_day = match &obligation.timing {
            Timing::Lasts { .. } => true,
            Timing::Due(_) => act.occurrence.is_none(),
            Timing::Every { .. } | Timing::Standing => false,
        };
        all.filter(|amendment| has_one_day && matches!(amendment.to, AmendedTo::Day(_)))
            .collect()
    }
}

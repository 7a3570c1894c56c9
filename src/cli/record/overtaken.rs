//! Which later agreement takes the place of an act: that all have agreed to something is not yet that it will hold.

use super::follows::Change;
use crate::agreement::Timing;
use crate::record::answers::{Standing, Stands};
use crate::record::{Entry, EntryKind};
use crate::schedule::{AmendedTo, Amendment, AmendmentStage};
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

impl Change<'_> {
    /// Which later agreements give another day from today on, or from a day ahead, than the one that all have agreed to.
    pub(super) fn overtaken_later(&self, act: &Entry, standing: &Standing) -> String {
        let mut text = String::new();
        if standing.stands != Stands::Agreed || act.kind == EntryKind::Waived {
            return text;
        }
        for amendment in self.amendments(act) {
            let Some(from) = self.takes_its_place_from(amendment) else {
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
        let Some(obligation) = self.agreement.obligation(subject) else {
            let days = self.was.agreements.get(&self.agreement.id);
            return days.map_or_else(Vec::new, |days| days.expires_amended.iter().collect());
        };
        let has_one_day = match &obligation.timing {
            Timing::Lasts { .. } => true,
            Timing::Due(_) => act.occurrence.is_none(),
            Timing::Every { .. } | Timing::Standing => false,
        };
        let mut of_it = self.was.of_obligation(&self.agreement.id, &obligation.id);
        let first = of_it.next().filter(|_| has_one_day);
        let all = first.into_iter().flat_map(|first| &first.amendments);
        all.filter(|amendment| matches!(amendment.to, AmendedTo::Day(_)))
            .collect()
    }

    /// From which day on a change holds instead of what is agreed on today: of both on one day the change does.
    fn takes_its_place_from(&self, amendment: &Amendment) -> Option<NaiveDate> {
        let from = amendment.from?;
        match amendment.stage {
            AmendmentStage::Ahead => Some(from),
            AmendmentStage::Holds => (from == self.today).then_some(from),
            _ => None,
        }
    }
}

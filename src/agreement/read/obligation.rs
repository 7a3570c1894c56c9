//! `[[obligations]]`: one thing that somebody owes somebody.

use super::{OWN_DATES, Reader, confirmation};
use crate::agreement::{Obligation, Timing};
use crate::ids::{ObligationId, PartyId, is_snake_case};

use crate::language::Trigger;
use crate::rules::{duplicate_id, malformed_id, never_missed, reserved_id};
use crate::source::Span;
use crate::table::{Table, Value};
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The sound obligations, in the order of the file. The ids of the others go to `left_out`.
    pub(super) fn obligations(
        &self,
        table: &Table<'_>,
        left_out: &mut Vec<String>,
    ) -> Vec<Obligation> {
        let mut sound = Vec::new();
        let mut taken = event_names(table);
        for (number, table) in (1..).zip(table.tables("obligations", "an obligation")) {
            let errors = self.findings.errors();
            let id = table.required_text("id");
            if let Some(id) = id {
                self.check_id(id, &mut taken);
            }
            let obligation = self.obligation(table, id);
            match obligation {
                Some(obligation) if self.findings.errors() == errors => sound.push(obligation),
                _ => left_out.push(
                    id.map_or_else(|| format!("obligation {number}"), |id| id.value.to_owned()),
                ),
            }
        }
        self.leave_out_what_is_never_missed(&mut sound, left_out);
        // There may be a million in an office.
        sound.shrink_to_fit();
        sound
    }

    /// Reports what counts from the missing of what has no last day, and takes it out.
    fn leave_out_what_is_never_missed(
        &self,
        obligations: &mut Vec<Obligation>,
        left_out: &mut Vec<String>,
    ) {
        let without_a_last_day: BTreeMap<ObligationId, bool> = obligations
            .iter()
            .filter_map(|obligation| match obligation.timing {
                Timing::Lasts { .. } => Some((obligation.id.clone(), true)),
                Timing::Standing => Some((obligation.id.clone(), false)),
                Timing::Due(_) | Timing::Every { .. } => None,
            })
            .collect();
        obligations.retain(|obligation| {
            let phrase = obligation.timing.phrase();
            let triggers = phrase.into_iter().flat_map(|phrase| phrase.tree.triggers());
            let never = triggers.into_iter().find_map(|trigger| match trigger {
                Trigger::Missed(id) => without_a_last_day.get(&id).map(|is_term| (id, *is_term)),
                _ => None,
            });
            if let (Some(phrase), Some((of, is_term))) = (phrase, &never) {
                self.findings
                    .report(never_missed::fault(phrase.span, of, *is_term));
                left_out.push(obligation.id.to_string());
            }
            never.is_none()
        });
    }

    fn check_id<'a>(&self, id: Value<&'a str>, taken: &mut BTreeMap<&'a str, Span>) {
        if !is_snake_case(id.value) {
            self.findings
                .report(malformed_id::fault(id.span, id.value, "an obligation"));
        }
        if OWN_DATES.contains(&id.value) {
            self.findings.report(reserved_id::fault(id.span, id.value));
        }
        if let Some(first) = taken.get(id.value) {
            self.findings
                .report(duplicate_id::fault(id.span, *first, id.value));
        } else {
            taken.insert(id.value, id.span);
        }
    }

    fn obligation(&self, table: Table<'_>, id: Option<Value<&str>>) -> Option<Obligation> {
        let title = table.required_text("title");
        self.check_confirmed(&table, id.map_or("", |id| id.value));
        let timing = self.timing(&table);
        let counting = table
            .has("counting")
            .then(|| self.counting(&table, &self.counting));
        if let Some(timing) = &timing {
            let counting = counting.as_ref().unwrap_or(&self.counting);
            if let Some(phrase) = timing.phrase() {
                self.check_counted(table.place(), phrase, counting);
            }
            if let Timing::Every { until, .. } = timing {
                self.check_when(table.place(), until.as_ref(), counting);
            }
            self.check_days(timing, table.peek_day("first"), counting);
        }
        let owed_by = self
            .some_parties(&table, "owed_by")
            .filter(|parties| !parties.is_empty())
            .unwrap_or_else(|| self.parties.clone());
        let owed_to = self
            .some_parties(&table, "owed_to")
            .unwrap_or_else(|| self.others(&owed_by));
        let words = |key| table.text(key).map(|text| text.value.to_owned());
        let listed = |key| {
            table.text_or_texts(key).map(|texts| {
                texts
                    .iter()
                    .map(|text| text.value.to_owned())
                    .collect::<Vec<_>>()
            })
        };
        let obligation = Obligation {
            id: ObligationId::new(id.map_or("", |id| id.value)),
            span: id.map_or(table.header(), |id| id.span),
            clause: words("clause"),
            title: title.map_or_else(String::new, |title| title.value.to_owned()),
            owed_by,
            owed_to,
            timing: timing?,
            when: words("when"),
            reading: words("reading"),
            afterwards: words("afterwards"),
            review_every: self.phrase(&table, "review_every").map(Box::new),
            who: listed("who").map(|who| who.join(", ")),
            purpose: words("purpose"),
            products: listed("products").unwrap_or_default(),
            replaces: self.replaces(&table),
            survives: table.truth("survives").unwrap_or(false),
            visibility: self.part_visibility(&table),
            counting,
            remind: self.remind(&table),
            confirmation: confirmation(&table),
            tracked_from: table.day("tracked_from").map(|day| day.value),
            notes: words("notes"),
        };
        table.finish();
        Some(obligation)
    }

    /// The agreement's parties that are not among `owed_by`.
    fn others(&self, owed_by: &[PartyId]) -> Vec<PartyId> {
        self.parties
            .iter()
            .filter(|party| !owed_by.contains(party))
            .cloned()
            .collect()
    }
}

fn event_names<'a>(table: &Table<'a>) -> BTreeMap<&'a str, Span> {
    table
        .peek_names("events")
        .into_iter()
        .map(|name| (name.value, name.span))
        .collect()
}

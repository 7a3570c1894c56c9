//! `[events.NAME]`: what starts a clock.

use super::Reader;
use crate::agreement::Event;
use crate::ids::{EventId, is_snake_case};
use crate::rules::malformed_id;
use crate::source::Span;
use crate::table::Table;

impl Reader<'_> {
    /// The events, in the order of the file. The names of faulty ones go to `left_out`.
    pub(super) fn events(&self, table: &Table<'_>, left_out: &mut Vec<String>) -> Vec<Event> {
        let Some(events) = table.table("events", "the table of events") else {
            return Vec::new();
        };
        let mut sound = Vec::new();
        for (name, event) in events.named_tables("an event") {
            let errors = self.findings.errors();
            if !is_snake_case(name.value) {
                self.findings
                    .report(malformed_id::fault(name.span, name.value, "an event"));
            }
            let event = self.event(event, name.value, name.span);
            if self.findings.errors() == errors {
                sound.push(event);
            } else {
                left_out.push(name.value.to_owned());
            }
        }
        sound
    }

    fn event(&self, table: Table<'_>, name: &str, span: Span) -> Event {
        self.check_confirmed(&table, name);
        let event = Event {
            id: EventId::new(name),
            span,
            title: table
                .required_text("title")
                .map_or_else(|| name.to_owned(), |title| title.value.to_owned()),
            date: table.day("date"),
            expected: table.day("expected").map(|day| day.value),
            told_by: self.some_parties(&table, "told_by").unwrap_or_default(),
            repeats: table.truth("repeats").unwrap_or(false),
            visibility: self.part_visibility(&table),
        };
        table.finish();
        event
    }
}

//! What an agreement is to others: the names that it declares, and how it counts days. It is collected from all files before any phrase is read, so
//! that a phrase may name what stands further down or in another file, and so that a faulty obligation makes no follow-up faults: its name
//! counts as declared.

use crate::counting::{Calendars, Counting};
use crate::ids::{AgreementId, EventId, ObligationId};
use toml::de::{DeTable, DeValue};

/// What one agreement is to others.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The agreement.
    pub id: AgreementId,
    /// Its events, by id and title.
    pub events: Vec<(EventId, String)>,
    /// Those of them that repeat.
    pub repeating: Vec<EventId>,
    /// Its obligations, by id and title; faulty ones too.
    pub obligations: Vec<(ObligationId, String)>,
    /// The agreements that it amends, as they are written.
    pub amends: Vec<String>,
    /// Its own `[counting]`, where it has one.
    pub counting: Option<Counting>,
}

impl Declared {
    /// Collects it from a front matter, in silence: what is wrong is found when the agreement is read.
    pub fn collect(id: AgreementId, front_matter: &DeTable<'_>, calendars: &Calendars) -> Self {
        let mut events = Vec::new();
        let mut repeating = Vec::new();
        for (name, event) in front_matter
            .get("events")
            .and_then(|events| events.get_ref().as_table())
            .into_iter()
            .flatten()
        {
            let id = EventId::new(name.get_ref().to_string());
            let event = event.get_ref();
            let repeats = event
                .as_table()
                .and_then(|event| event.get("repeats")?.get_ref().as_bool());
            if repeats == Some(true) {
                repeating.push(id.clone());
            }
            events.push((id, text(event, "title")));
        }
        let obligations = front_matter
            .get("obligations")
            .and_then(|obligations| obligations.get_ref().as_array())
            .into_iter()
            .flat_map(|obligations| obligations.iter())
            .filter_map(|obligation| {
                let id = text(obligation.get_ref(), "id");
                (!id.is_empty())
                    .then(|| (ObligationId::new(id), text(obligation.get_ref(), "title")))
            })
            .collect();
        let amends = front_matter
            .get("amends")
            .and_then(|amends| amends.get_ref().as_array())
            .into_iter()
            .flat_map(|amends| amends.iter())
            .filter_map(|name| Some(name.get_ref().as_str()?.to_owned()))
            .collect();
        let counting = front_matter
            .get("counting")
            .and_then(|counting| counting.get_ref().as_table())
            .map(|counting| Counting::plain().read(counting, calendars).0);
        Self {
            id,
            events,
            repeating,
            obligations,
            amends,
            counting,
        }
    }

    /// The ids of its obligations.
    pub fn obligation_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.obligations.iter().map(|(id, _)| id.as_str())
    }

    /// Whether it has such an obligation.
    pub fn has_obligation(&self, id: &str) -> bool {
        self.obligation_ids().any(|known| known == id)
    }

    /// Whether it has such an event.
    pub fn has_event(&self, id: &str) -> bool {
        self.events.iter().any(|(known, _)| known.as_str() == id)
    }
}

fn text(table: &DeValue<'_>, key: &str) -> String {
    table
        .as_table()
        .and_then(|table| table.get(key))
        .and_then(|value| value.get_ref().as_str())
        .unwrap_or_default()
        .to_owned()
}

//! The names that an agreement declares. They are collected from all files before any phrase is read, so that a phrase may
//! name what stands further down or in another file, and so that a faulty obligation makes no follow-up faults: its name
//! counts as declared.

use crate::ids::{AgreementId, EventId, ObligationId};
use toml::de::{DeTable, DeValue};

/// The names of one agreement.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The agreement.
    pub id: AgreementId,
    /// Its events, by id and title.
    pub events: Vec<(EventId, String)>,
    /// Its obligations, by id and title; faulty ones too.
    pub obligations: Vec<(ObligationId, String)>,
}

impl Declared {
    /// Collects the names in a front matter, in silence: what is wrong with them is found when it is read.
    pub fn collect(id: AgreementId, front_matter: &DeTable<'_>) -> Self {
        let events = front_matter
            .get("events")
            .and_then(|events| events.get_ref().as_table())
            .into_iter()
            .flatten()
            .map(|(name, event)| {
                let name = name.get_ref().to_string();
                (EventId::new(name), text(event.get_ref(), "title"))
            })
            .collect();
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
        Self {
            id,
            events,
            obligations,
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

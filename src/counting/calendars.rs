//! The calendars that an agreement may name: those built in, and the office's own.

use super::calendar::HolidayCalendar;
use std::sync::{Arc, LazyLock};

const BUILT_IN: [(&str, &str); 6] = [
    ("weekends", include_str!("calendars/weekends.toml")),
    ("us_federal", include_str!("calendars/us_federal.toml")),
    (
        "us_federal_closings",
        include_str!("calendars/us_federal_closings.toml"),
    ),
    ("us_ca_state", include_str!("calendars/us_ca_state.toml")),
    ("us_ca_courts", include_str!("calendars/us_ca_courts.toml")),
    (
        "us_ca_state_employees",
        include_str!("calendars/us_ca_state_employees.toml"),
    ),
];

static READ: LazyLock<Vec<Arc<HolidayCalendar>>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .filter_map(|(id, text)| HolidayCalendar::read(id, text).ok())
        .map(Arc::new)
        .collect()
});

/// Every calendar that may be named, built in first.
#[derive(Clone, Debug)]
pub struct Calendars(Vec<Arc<HolidayCalendar>>);

impl Calendars {
    /// Those that come with the program.
    pub fn built_in() -> Self {
        Self(READ.clone())
    }

    /// Adds one of the office's own. Under the id of a built-in one it takes that one's place.
    pub fn add(&mut self, calendar: HolidayCalendar) {
        self.0.retain(|other| other.id != calendar.id);
        self.0.push(Arc::new(calendar));
    }

    /// The calendar of that id.
    pub fn get(&self, id: &str) -> Option<Arc<HolidayCalendar>> {
        self.0.iter().find(|calendar| calendar.id == id).cloned()
    }

    /// What agreements may write.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|calendar| calendar.id.as_str())
    }
}

impl Default for Calendars {
    fn default() -> Self {
        Self::built_in()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_calendar_reads_without_a_fault() {
        for (id, text) in BUILT_IN {
            let read = HolidayCalendar::read(id, text);
            assert!(read.is_ok(), "{id}: {read:?}");
        }
        assert_eq!(Calendars::built_in().ids().count(), BUILT_IN.len());
    }
}

//! A fiscal year: the day on which it begins, and by which of its years it is called.

use chrono::{Datelike, NaiveDate};

/// When a fiscal year begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FiscalYear {
    pub(super) month: u32,
    /// 1 to 28, so that every year has it.
    pub(super) day: u32,
    pub(super) called_by: CalledBy,
    /// Where this is from, if not where the calendar is.
    pub(super) authority: Option<String>,
}

/// By which of its years `fiscal year 2026` is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CalledBy {
    /// The one in which it begins.
    FirstDay,
    /// The one in which it ends.
    #[default]
    LastDay,
}

impl FiscalYear {
    /// The year of which `year` is the number of the one in which it begins.
    pub(super) fn beginning_in(&self, year: i32) -> Option<(NaiveDate, NaiveDate)> {
        let begins = |year| NaiveDate::from_ymd_opt(year, self.month, self.day);
        Some((begins(year)?, begins(year.checked_add(1)?)?.pred_opt()?))
    }

    /// The year that holds a day.
    pub(super) fn holding(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        [day.year(), day.year() - 1]
            .into_iter()
            .filter_map(|year| self.beginning_in(year))
            .find(|(first, _)| *first <= day)
    }
}

/// `2025-26`, or `2026` where it is all in one.
pub(super) fn years_in_words(first: NaiveDate, last: NaiveDate) -> String {
    if first.year() == last.year() {
        first.year().to_string()
    } else {
        format!("{}-{:02}", first.year(), last.year().rem_euclid(100))
    }
}

//! The month calendar: what opens, is due or ends on each day, one page for each month, and the list of the months.

use super::feeds::{Days, Shown};
use super::looks::{Key, Look, key};
use super::text::shown;
use super::wording::Day;
use crate::words::Language;
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// The most entries of one month, shared out evenly among its days; the rest is counted and stands in the calendar file.
const MOST_OF_A_MONTH: usize = 80;

/// The days of the week, as calendars in the United States have them.
const WEEK: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

/// What the template of a month is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct MonthPage {
    /// `2014-03.html`.
    pub(super) file: String,
    /// `March 2014`.
    title: String,
    earlier: Option<Link>,
    later: Option<Link>,
    weekdays: Vec<&'static str>,
    weeks: Vec<Vec<Cell>>,
    any: bool,
    key: Vec<Key>,
}

/// A month that another leads to.
#[derive(Clone, Debug, serde::Serialize)]
struct Link {
    file: String,
    title: String,
}

/// One place of the table: a day of the month, or a place before its first or after its last day.
#[derive(Clone, Debug, Default, serde::Serialize)]
struct Cell {
    day: Option<Day>,
    number: u32,
    /// `Sunday 30 March 2014`.
    in_full: String,
    today: bool,
    entries: Vec<Entry>,
    more: usize,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Entry {
    agreement: String,
    agreement_title: String,
    /// Its place on the agreement's page; `None` of the agreement's own term.
    id: Option<String>,
    /// What the day is: `Due`.
    what: String,
    /// Of what: `Follow-up meeting`.
    title: String,
    /// The language of the titles, where the page is in another.
    its_lang: Option<&'static str>,
    look: Look,
    /// What its look says.
    stands: &'static str,
}

/// What the template of the list of months is given.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct MonthList {
    years: Vec<Year>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Year {
    year: i32,
    months: Vec<OneMonth>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct OneMonth {
    file: String,
    /// `March`.
    name: String,
    /// How many days' entries it has.
    number: usize,
    today: bool,
}

/// What is on each day, sorted once for all months.
pub(super) struct Calendar<'a> {
    language: Language,
    today: NaiveDate,
    months: BTreeMap<NaiveDate, Vec<(&'a Days<'a>, &'a Shown)>>,
}

impl<'a> Calendar<'a> {
    /// Sorts the days of all agreements. The month of today is there also when nothing is in it.
    pub(super) fn of(language: Language, days: &'a [Days<'a>], today: NaiveDate) -> Self {
        let mut months: BTreeMap<NaiveDate, Vec<_>> = BTreeMap::new();
        months.entry(first_of(today)).or_default();
        for days in days {
            for shown in &days.events {
                let month = months.entry(first_of(shown.event.day)).or_default();
                month.push((days, shown));
            }
        }
        for month in months.values_mut() {
            let place = |shown: &Shown| (shown.event.day, shown.event.uid.clone());
            month.sort_by_cached_key(|(_, shown)| place(shown));
        }
        Self {
            language,
            today,
            months,
        }
    }

    /// The first days of the months that have a page.
    pub(super) fn firsts(&self) -> BTreeSet<NaiveDate> {
        self.months.keys().copied().collect()
    }

    /// The list of the months.
    pub(super) fn list(&self) -> MonthList {
        let mut years: Vec<Year> = Vec::new();
        for (first, events) in &self.months {
            let month = OneMonth {
                file: file(*first),
                name: capitalized(self.language.month(first.month())),
                number: events.len(),
                today: *first == first_of(self.today),
            };
            match years.last_mut() {
                Some(year) if year.year == first.year() => year.months.push(month),
                _ => years.push(Year {
                    year: first.year(),
                    months: vec![month],
                }),
            }
        }
        MonthList { years }
    }

    /// The page of one month.
    pub(super) fn month(&self, first: NaiveDate) -> MonthPage {
        let events = self.months.get(&first).map_or(&[][..], Vec::as_slice);
        let link = |first: &NaiveDate| Link {
            file: file(*first),
            title: month_and_year(self.language, *first),
        };
        MonthPage {
            file: file(first),
            title: self.title(first),
            earlier: self.months.range(..first).next_back().map(|(f, _)| link(f)),
            later: self
                .months
                .range(first..)
                .map(|(f, _)| f)
                .find(|f| **f > first)
                .map(link),
            weekdays: WEEK.map(|day| self.language.weekday(day)).to_vec(),
            weeks: self.weeks(first, events),
            any: !events.is_empty(),
            key: key(self.language, events.iter().map(|(_, shown)| shown.look)),
        }
    }

    fn title(&self, first: NaiveDate) -> String {
        capitalized(&month_and_year(self.language, first))
    }

    fn weeks(&self, first: NaiveDate, events: &[(&Days<'_>, &Shown)]) -> Vec<Vec<Cell>> {
        let before = usize::try_from(first.weekday().num_days_from_sunday()).unwrap_or(0);
        let mut cells = vec![Cell::default(); before];
        let most = most_of_a_day(events);
        for day in first
            .iter_days()
            .take_while(|day| day.month() == first.month())
        {
            cells.push(self.cell(day, events, most));
        }
        while cells.len() % WEEK.len() > 0 {
            cells.push(Cell::default());
        }
        cells.chunks(WEEK.len()).map(<[Cell]>::to_vec).collect()
    }

    fn cell(&self, day: NaiveDate, events: &[(&Days<'_>, &Shown)], most: usize) -> Cell {
        let begin = events.partition_point(|(_, shown)| shown.event.day < day);
        let of_the_day = || {
            events
                .iter()
                .skip(begin)
                .take_while(|(_, shown)| shown.event.day == day)
        };
        Cell {
            day: Some(Day::new(self.language, day)),
            number: day.day(),
            in_full: self.language.weekday_and_day(day),
            today: day == self.today,
            more: of_the_day().count().saturating_sub(most),
            entries: of_the_day()
                .take(most)
                .map(|(days, Shown { event, look })| {
                    (days, event, look, event.title.split_once(": "))
                })
                .map(|(days, event, look, parts)| Entry {
                    agreement: event.agreement.to_string(),
                    agreement_title: shown(&days.of.agreement.title),
                    id: days
                        .of
                        .obligation(event.obligation.as_str())
                        .map(|o| o.id.to_string()),
                    what: parts.map_or_else(String::new, |(what, _)| what.to_owned()),
                    title: parts.map_or(event.title.as_str(), |(_, of)| of).to_owned(),
                    its_lang: days.of.lang_on(self.language),
                    look: *look,
                    stands: look.words(self.language),
                })
                .collect(),
        }
    }
}

/// The most entries of each day with which the month has no more than it may: at least one.
fn most_of_a_day(events: &[(&Days<'_>, &Shown)]) -> usize {
    let mut of_each: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (_, shown) in events {
        *of_each.entry(shown.event.day).or_default() += 1;
    }
    let total = |most: usize| {
        of_each
            .values()
            .map(|number| (*number).min(most))
            .sum::<usize>()
    };
    (1..=MOST_OF_A_MONTH)
        .take_while(|most| total(*most) <= MOST_OF_A_MONTH)
        .last()
        .unwrap_or(1)
}

/// `March 2014`, `marzo de 2014`.
fn month_and_year(language: Language, first: NaiveDate) -> String {
    let month = language.month(first.month());
    match language {
        Language::English => format!("{month} {}", first.year()),
        Language::Spanish => format!("{month} de {}", first.year()),
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn file(first: NaiveDate) -> String {
    first.format("%Y-%m.html").to_string()
}

fn capitalized(words: &str) -> String {
    crate::words::capitalized(words)
}

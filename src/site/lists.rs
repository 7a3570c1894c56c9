//! Lists of what is owed, as several pages have them: what is due next, what runs, what is recorded.

use super::letter::Letter;
use super::looks::Look;
use super::row::{OneDay, Row};
use super::wording::Said;
use chrono::NaiveDate;

/// The first entries of a list, and how many more there are.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub(super) struct List {
    entries: Vec<ListEntry>,
    more: usize,
    any: bool,
}

/// One entry: what, who owes it whom, and where it stands.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct ListEntry {
    agreement: String,
    agreement_title: String,
    /// The language of that title, where the page is in another.
    agreement_lang: Option<&'static str>,
    id: String,
    title: String,
    /// The same of this one.
    its_lang: Option<&'static str>,
    owed_by: String,
    owed_to: String,
    look: Look,
    said: Said,
}

/// What is dated first of several.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Next {
    agreement: String,
    id: String,
    title: String,
    /// The language of that title, where the page is in another.
    its_lang: Option<&'static str>,
    look: Look,
    said: Said,
}

/// How a list is sorted, by the last day of each.
#[derive(Clone, Copy)]
pub(super) enum Order {
    SoonestFirst,
    NewestFirst,
}

/// One occurrence, and what it is one of.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) letter: &'a Letter,
    pub(super) row: &'a Row,
    pub(super) day: &'a OneDay,
}

/// Every occurrence of an obligation.
pub(super) fn each<'a>(letter: &'a Letter, row: &'a Row) -> impl Iterator<Item = Listed<'a>> {
    row.each.iter().map(move |day| Listed { letter, row, day })
}

/// What comes next of every obligation that is no term that runs: the first whose last day is not past.
pub(super) fn next<'a>(all: &[(&'a Letter, &'a Row)], today: NaiveDate) -> Vec<Listed<'a>> {
    let ahead = |one: &Listed<'_>| {
        one.day.is_coming() && !one.day.runs && one.day.until.is_some_and(|day| day >= today)
    };
    all.iter()
        .filter_map(|(letter, row)| {
            each(letter, row)
                .filter(ahead)
                .min_by_key(|one| one.day.day)
        })
        .collect()
}

/// Lists what is asked for, at most so many of it.
pub(super) fn list<'a>(
    all: impl IntoIterator<Item = Listed<'a>>,
    which: impl Fn(&Listed<'_>) -> bool,
    order: Order,
    most: usize,
) -> List {
    let mut found: Vec<Listed<'_>> = all.into_iter().filter(which).collect();
    match order {
        // What has no day comes last in both.
        Order::SoonestFirst => found.sort_by_key(|one| one.day.day.unwrap_or(NaiveDate::MAX)),
        Order::NewestFirst => found.sort_by_key(|one| std::cmp::Reverse(one.day.day)),
    }
    List {
        any: !found.is_empty(),
        more: found.len().saturating_sub(most),
        entries: found
            .into_iter()
            .take(most)
            .map(|one| ListEntry {
                agreement: one.letter.id.clone(),
                agreement_title: one.letter.title.clone(),
                agreement_lang: one.letter.its_lang,
                id: one.row.id.clone(),
                title: one.row.title.clone(),
                its_lang: one.row.its_lang,
                owed_by: one.row.owed_by.clone(),
                owed_to: one.row.owed_to.clone(),
                look: one.day.look,
                said: one.day.said.clone(),
            })
            .collect(),
    }
}

/// What is dated first from today on; else what runs or may be done now.
pub(super) fn soonest<'a>(
    rows: impl Iterator<Item = (&'a Letter, &'a Row)>,
    today: NaiveDate,
) -> Option<Next> {
    rows.flat_map(|(letter, row)| each(letter, row))
        .filter(|one| one.day.is_coming())
        .filter_map(|one| Some((one.day.until? < today, one.day.day?, one)))
        .min_by_key(|(past, day, _)| (*past, *day))
        .map(|(_, _, one)| Next {
            agreement: one.letter.id.clone(),
            id: one.row.id.clone(),
            title: one.row.title.clone(),
            its_lang: one.row.its_lang,
            look: one.day.look,
            said: one.day.said.clone(),
        })
}

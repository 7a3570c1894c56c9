//! The first page: what is due next and what runs, by agreement and by party; what waits; what is recorded.

use super::letter::{Letter, Tally, side, tally};
use super::row::{OneDay, Row};
use super::text::shown;
use super::visible::{Visible, VisibleAgreement};
use super::wording::{Look, Said};
use crate::ids::PartyId;
use crate::words::{self, count};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The most entries of one list; the rest is counted and stands on the agreements' own pages.
const MOST: usize = 12;

/// What the template of the first page is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Overview {
    /// `6 agreements between 12 parties, with 84 obligations`.
    about: String,
    tally: Vec<Tally>,
    quiet: List,
    /// How many had their day before anything was recorded here.
    early: Option<String>,
    running: List,
    next: List,
    waiting: Vec<Waiting>,
    recorded: List,
    agreements: Vec<Summary>,
    parties: Vec<PartySummary>,
    left_out: Option<String>,
}

#[derive(Clone, Debug, Default, serde::Serialize)]
struct List {
    entries: Vec<ListEntry>,
    more: usize,
    any: bool,
}

#[derive(Clone, Debug, serde::Serialize)]
struct ListEntry {
    agreement: String,
    agreement_title: String,
    id: String,
    title: String,
    owed_by: String,
    owed_to: String,
    look: Look,
    said: Said,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Waiting {
    agreement: String,
    agreement_title: String,
    title: String,
    hanging: String,
    expected: Option<Said>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Summary {
    id: String,
    title: String,
    kind: &'static str,
    parties: String,
    obligations: usize,
    tally: Vec<Tally>,
    next: Option<Next>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct PartySummary {
    name: String,
    short: Option<String>,
    side: &'static str,
    agreements: usize,
    owes: usize,
    owed: usize,
    next: Option<Next>,
}

/// What is dated first of several.
#[derive(Clone, Debug, serde::Serialize)]
struct Next {
    agreement: String,
    id: String,
    title: String,
    look: Look,
    said: Said,
}

/// An agreement's page and where it comes from.
pub(super) struct Made<'a> {
    pub(super) of: &'a VisibleAgreement<'a>,
    pub(super) letter: Letter,
    pub(super) awaited: Vec<super::letter::Awaited>,
}

/// Makes the first page.
pub(super) fn overview(
    visible: &Visible<'_>,
    made: &[Made<'_>],
    left_out: usize,
    today: NaiveDate,
) -> Overview {
    let all: Vec<(&Letter, &Row)> = made
        .iter()
        .flat_map(|m| m.letter.rows.iter().map(move |row| (&m.letter, row)))
        .collect();
    let parties = visible.parties();
    let mut shares = shares(made);
    let listed: Vec<Listed<'_>> = all.iter().flat_map(|(l, row)| each(l, row)).collect();
    Overview {
        about: format!(
            "{} between {}, with {}",
            count(made.len(), "agreement"),
            count(parties.len(), "party"),
            count(all.len(), "obligation")
        ),
        tally: tally(all.iter().map(|(_, row)| row.look)),
        quiet: list(
            &listed,
            |one| one.day.look == Look::Quiet,
            Order::NewestFirst,
        ),
        early: early(all.iter().filter(|(_, row)| row.early).count()),
        running: list(&listed, |one| one.day.runs, Order::SoonestFirst),
        next: list(&next(&all, today), |_| true, Order::SoonestFirst),
        recorded: list(
            &listed,
            |one| matches!(one.day.look, Look::Done | Look::Said),
            Order::NewestFirst,
        ),
        waiting: made
            .iter()
            .flat_map(|m| {
                m.awaited.iter().map(|a| Waiting {
                    agreement: m.letter.id.clone(),
                    agreement_title: m.letter.title.clone(),
                    title: a.title.clone(),
                    hanging: a.hanging.clone(),
                    expected: a.expected.clone(),
                })
            })
            .collect(),
        agreements: made
            .iter()
            .map(|m| Summary {
                id: m.letter.id.clone(),
                title: m.letter.title.clone(),
                kind: m.letter.kind,
                parties: words::list(m.of.agreement.parties.iter().map(|p| visible.short(p))),
                obligations: m.letter.rows.len(),
                tally: m.letter.tally.clone(),
                next: soonest(m.letter.rows.iter().map(|row| (&m.letter, row)), today),
            })
            .collect(),
        parties: parties
            .iter()
            .map(|party| {
                let name = shown(&party.name);
                let short = shown(&party.short);
                let share = shares.remove(&party.id).unwrap_or_default();
                PartySummary {
                    short: (short != name).then_some(short),
                    name,
                    side: side(party.side),
                    agreements: share.agreements,
                    owes: share.owes.len(),
                    owed: share.owed,
                    next: soonest(share.owes.into_iter(), today),
                }
            })
            .collect(),
        left_out: (left_out > 0).then(|| {
            if left_out == 1 {
                "1 agreement could not be read and is not shown".to_owned()
            } else {
                format!("{left_out} agreements could not be read and are not shown")
            }
        }),
    }
}

fn early(number: usize) -> Option<String> {
    match number {
        0 => None,
        1 => Some("1 obligation had its day before a record was kept here".to_owned()),
        _ => Some(format!(
            "{number} obligations had their day before a record was kept here"
        )),
    }
}

/// What there is of one party.
#[derive(Default)]
struct Share<'a> {
    agreements: usize,
    owes: Vec<(&'a Letter, &'a Row)>,
    owed: usize,
}

fn shares<'a>(made: &'a [Made<'_>]) -> BTreeMap<&'a PartyId, Share<'a>> {
    let mut shares: BTreeMap<&PartyId, Share<'_>> = BTreeMap::new();
    for m in made {
        for party in &m.of.agreement.parties {
            shares.entry(party).or_default().agreements += 1;
        }
        for (obligation, row) in m.of.obligations.iter().zip(&m.letter.rows) {
            for party in &obligation.owed_by {
                let share = shares.entry(party).or_default();
                share.owes.push((&m.letter, row));
            }
            for party in &obligation.owed_to {
                shares.entry(party).or_default().owed += 1;
            }
        }
    }
    shares
}

#[derive(Clone, Copy)]
enum Order {
    SoonestFirst,
    NewestFirst,
}

/// One occurrence, and what it is one of.
struct Listed<'a> {
    letter: &'a Letter,
    row: &'a Row,
    day: &'a OneDay,
}

fn each<'a>(letter: &'a Letter, row: &'a Row) -> impl Iterator<Item = Listed<'a>> {
    row.each.iter().map(move |day| Listed { letter, row, day })
}

/// What comes next of every obligation that is no term that runs: the first whose last day is not past.
fn next<'a>(all: &[(&'a Letter, &'a Row)], today: NaiveDate) -> Vec<Listed<'a>> {
    let ahead = |one: &Listed<'_>| {
        one.day.is_coming() && !one.day.runs && one.day.day.is_some_and(|day| day >= today)
    };
    all.iter()
        .filter_map(|(letter, row)| {
            each(letter, row)
                .filter(ahead)
                .min_by_key(|one| one.day.day)
        })
        .collect()
}

fn list(all: &[Listed<'_>], which: impl Fn(&Listed<'_>) -> bool, order: Order) -> List {
    let mut found: Vec<&Listed<'_>> = all.iter().filter(|one| which(one)).collect();
    match order {
        // What has no day comes last in both.
        Order::SoonestFirst => found.sort_by_key(|one| one.day.day.unwrap_or(NaiveDate::MAX)),
        Order::NewestFirst => found.sort_by_key(|one| std::cmp::Reverse(one.day.day)),
    }
    List {
        any: !found.is_empty(),
        more: found.len().saturating_sub(MOST),
        entries: found
            .into_iter()
            .take(MOST)
            .map(|one| ListEntry {
                agreement: one.letter.id.clone(),
                agreement_title: one.letter.title.clone(),
                id: one.row.id.clone(),
                title: one.row.title.clone(),
                owed_by: one.row.owed_by.clone(),
                owed_to: one.row.owed_to.clone(),
                look: one.day.look,
                said: one.day.said.clone(),
            })
            .collect(),
    }
}

/// What is dated first from today on; else what runs or may be done now.
fn soonest<'a>(
    rows: impl Iterator<Item = (&'a Letter, &'a Row)>,
    today: NaiveDate,
) -> Option<Next> {
    rows.flat_map(|(letter, row)| each(letter, row))
        .filter(|one| one.day.is_coming())
        .filter_map(|one| one.day.day.map(|day| (day < today, day, one)))
        .min_by_key(|(past, day, _)| (*past, *day))
        .map(|(_, _, one)| Next {
            agreement: one.letter.id.clone(),
            id: one.row.id.clone(),
            title: one.row.title.clone(),
            look: one.day.look,
            said: one.day.said.clone(),
        })
}

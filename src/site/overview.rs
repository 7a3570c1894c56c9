//! The first page: what is due next and what runs, by agreement and by party; what waits; what is recorded.

use super::letter::{Letter, side};
use super::lists::{List, Listed, Next, Order, each, list, next, soonest};
use super::looks::{Look, Tally, tally};
use super::party::Shares;
use super::row::Row;
use super::text::shown;
use super::visible::{Visible, VisibleAgreement};
use super::wording::{Said, either};
use crate::words::Language::{self, English, Spanish};
use crate::words::Noun;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The most entries of one list; the rest is counted and stands on the agreements' own pages.
const MOST: usize = 8;

/// The most agreements, and the most parties, that the first page lists; the page of all agreements has the rest.
const MOST_OF_A_TABLE: usize = 12;

/// How many quarters are drawn.
const QUARTERS: usize = 8;

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
    more_waiting: usize,
    recorded: List,
    quarters: Vec<Quarter>,
    agreements: Vec<Summary>,
    more_agreements: usize,
    parties: Vec<PartySummary>,
    more_parties: usize,
    left_out: Option<String>,
}

/// What had its last day in one quarter.
#[derive(Clone, Debug, serde::Serialize)]
struct Quarter {
    /// `January to March 2014`.
    name: String,
    /// Recorded as done, reported, contested by a party, nothing recorded.
    bars: [Amount; 4],
}

/// A number, drawn.
#[derive(Clone, Debug, serde::Serialize)]
struct Amount {
    look: Look,
    /// The name of its column.
    label: &'static str,
    number: usize,
    /// In hundredths of the largest of all.
    width: usize,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Waiting {
    agreement: String,
    agreement_title: String,
    agreement_lang: Option<&'static str>,
    title: String,
    its_lang: Option<&'static str>,
    hanging: String,
    expected: Option<Said>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Summary {
    id: String,
    title: String,
    its_lang: Option<&'static str>,
    kind: &'static str,
    parties: String,
    obligations: usize,
    tally: Vec<Tally>,
    next: Option<Next>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct PartySummary {
    id: String,
    name: String,
    short: Option<String>,
    side: &'static str,
    agreements: usize,
    owes: usize,
    owed: usize,
    next: Option<Next>,
}

/// An agreement's page and where it comes from.
pub(super) struct Made<'a> {
    pub(super) of: &'a VisibleAgreement<'a>,
    pub(super) letter: Letter,
    pub(super) awaited: Vec<super::letter::Awaited>,
}

/// Makes the first page.
pub(super) fn overview(
    language: Language,
    visible: &Visible<'_>,
    made: &[Made<'_>],
    shares: &Shares<'_>,
    left_out: usize,
    today: NaiveDate,
) -> Overview {
    let all: Vec<(&Letter, &Row)> = made
        .iter()
        .flat_map(|m| m.letter.rows.iter().map(move |row| (&m.letter, row)))
        .collect();
    let own_terms = made
        .iter()
        .filter_map(|m| Some((&m.letter, m.letter.own_term.as_ref()?)));
    let with_terms: Vec<(&Letter, &Row)> = all.iter().copied().chain(own_terms).collect();
    let running = with_terms.iter().flat_map(|(l, row)| each(l, row));
    let parties = visible.parties();
    let listed: Vec<Listed<'_>> = all.iter().flat_map(|(l, row)| each(l, row)).collect();
    let listed = || listed.iter().copied();
    Overview {
        about: about(language, made.len(), parties.len(), all.len()),
        tally: tally(language, all.iter().map(|(_, row)| row.look)),
        quiet: list(
            listed(),
            |one| one.day.look == Look::Quiet,
            Order::NewestFirst,
            MOST,
        ),
        early: early(language, all.iter().filter(|(_, row)| row.early).count()),
        running: list(running, |one| one.day.runs, Order::SoonestFirst, MOST),
        next: list(
            next(&with_terms, today),
            |_| true,
            Order::SoonestFirst,
            MOST,
        ),
        recorded: list(listed(), |one| one.day.is_told, Order::NewestFirst, MOST),
        more_waiting: made
            .iter()
            .map(|m| m.awaited.len())
            .sum::<usize>()
            .saturating_sub(MOST),
        waiting: made
            .iter()
            .flat_map(|m| {
                m.awaited.iter().map(|a| Waiting {
                    agreement: m.letter.id.clone(),
                    agreement_title: m.letter.title.clone(),
                    agreement_lang: m.letter.its_lang,
                    title: a.title.clone(),
                    its_lang: a.its_lang,
                    hanging: a.hanging.clone(),
                    expected: a.expected.clone(),
                })
            })
            .take(MOST)
            .collect(),
        quarters: quarters(language, listed(), today),
        more_agreements: made.len().saturating_sub(MOST_OF_A_TABLE),
        more_parties: parties.len().saturating_sub(MOST_OF_A_TABLE),
        agreements: first_agreements(made, today)
            .into_iter()
            .map(|m| Summary {
                id: m.letter.id.clone(),
                title: m.letter.title.clone(),
                its_lang: m.letter.its_lang,
                kind: m.letter.kind,
                parties: language.list(m.of.agreement.parties.iter().map(|p| visible.short(p))),
                obligations: m.letter.rows.len(),
                tally: m.letter.tally.clone(),
                next: soonest(m.letter.listed(), today),
            })
            .collect(),
        parties: parties
            .iter()
            .take(MOST_OF_A_TABLE)
            .map(|party| {
                let name = shown(&party.name);
                let short = shown(&party.short);
                let share = shares.of(&party.id);
                PartySummary {
                    id: party.id.to_string(),
                    short: (short != name).then_some(short),
                    name,
                    side: side(language, party.side),
                    agreements: share.agreements.len(),
                    owes: share.owes.len(),
                    owed: share.owed.len(),
                    next: soonest(share.owes.iter().copied(), today),
                }
            })
            .collect(),
        left_out: not_shown(language, left_out),
    }
}

/// The agreements that the first page lists, in the order of their ids; of very many, those in which something comes next
/// soonest.
fn first_agreements<'a, 'b>(made: &'a [Made<'b>], today: NaiveDate) -> Vec<&'a Made<'b>> {
    let mut all: Vec<&Made<'_>> = made.iter().collect();
    if all.len() > MOST_OF_A_TABLE {
        all.sort_by_cached_key(|m| {
            let days = m.letter.listed().flat_map(|(_, row)| &row.each);
            days.filter(|day| day.is_coming() && day.until.is_some_and(|until| until >= today))
                .filter_map(|day| day.day)
                .min()
                .unwrap_or(NaiveDate::MAX)
        });
        all.truncate(MOST_OF_A_TABLE);
    }
    all
}

/// How what had its last day in each of the last quarters stands, the newest first.
fn quarters<'a>(
    language: Language,
    listed: impl Iterator<Item = Listed<'a>>,
    today: NaiveDate,
) -> Vec<Quarter> {
    const LOOKS: [(Look, &str, &str); 4] = [
        (Look::Done, "Recorded as done", "Registrado como hecho"),
        (Look::Said, "Reported", "Comunicado"),
        (Look::Differ, "Contested", "Objetado"),
        (Look::Quiet, "Nothing recorded", "Nada registrado"),
    ];
    let mut counts: BTreeMap<(i32, u32), [usize; 4]> = BTreeMap::new();
    for one in listed {
        let place = LOOKS.iter().position(|(look, ..)| *look == one.day.look);
        let day = one.day.day.filter(|day| *day <= today);
        if let (Some(place), Some(day)) = (place, day) {
            let of = counts.entry((day.year(), day.month0() / 3)).or_default();
            if let Some(count) = of.get_mut(place) {
                *count += 1;
            }
        }
    }
    let newest = counts.into_iter().rev().take(QUARTERS);
    let newest: Vec<_> = newest.collect();
    let largest = newest.iter().flat_map(|(_, of)| of).copied().max();
    newest
        .into_iter()
        .map(|((year, quarter), of)| {
            let (first, last) = (
                language.month(quarter * 3 + 1),
                language.month(quarter * 3 + 3),
            );
            let mut numbers = of.into_iter();
            Quarter {
                name: match language {
                    English => format!("{first} to {last} {year}"),
                    Spanish => format!("{first} a {last} de {year}"),
                },
                bars: LOOKS.map(|(look, english, spanish)| {
                    let number = numbers.next().unwrap_or(0);
                    Amount {
                        look,
                        label: either(language, english, spanish),
                        number,
                        width: number * 100 / largest.unwrap_or(1).max(1),
                    }
                }),
            }
        })
        .collect()
}

fn about(language: Language, agreements: usize, parties: usize, obligations: usize) -> String {
    let agreements = language.count(agreements, Noun::Agreement);
    let parties = language.count(parties, Noun::Party);
    let obligations = language.count(obligations, Noun::Obligation);
    match language {
        English => format!("{agreements} between {parties}, with {obligations}"),
        Spanish => format!("{agreements} entre {parties}, con {obligations}"),
    }
}

fn early(language: Language, number: usize) -> Option<String> {
    let early = match (number, language) {
        (0, _) => return None,
        (1, English) => "1 obligation had its day before a record was kept here".to_owned(),
        (1, Spanish) => {
            "La fecha de 1 obligación es anterior al registro que se lleva aquí".to_owned()
        }
        (_, English) => {
            format!("{number} obligations had their day before a record was kept here")
        }
        (_, Spanish) => {
            format!(
                "Las fechas de {number} obligaciones son anteriores al registro que se lleva aquí"
            )
        }
    };
    Some(early)
}

fn not_shown(language: Language, left_out: usize) -> Option<String> {
    let not_shown = match (left_out, language) {
        (0, _) => return None,
        (1, English) => "1 agreement could not be read and is not shown".to_owned(),
        (1, Spanish) => "1 acuerdo no pudo leerse y no se muestra".to_owned(),
        (_, English) => format!("{left_out} agreements could not be read and are not shown"),
        (_, Spanish) => format!("{left_out} acuerdos no pudieron leerse y no se muestran"),
    };
    Some(not_shown)
}

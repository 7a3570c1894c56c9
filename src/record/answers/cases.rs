//! Which entries about an event that repeats speak of one time of it.

use crate::ids::PartyId;
use crate::record::Entry;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The entries that say when an event that repeats took place, by the time of which they speak, the earliest first.
///
/// Those of one day and the same words speak of one. Words tell a case from the others, so where two parties name different
/// days for the same words, and neither has named the other's, they speak of one case and disagree about its day. One party
/// that names two days speaks of two, and so do two parties where the one had told of it before the day that the other names:
/// what had happened by then is not what happened after it. Without words, each day is a time of its own.
///
/// `entered`: the office's day on which an entry was made.
pub fn cases<'e>(
    happened: &[&'e Entry],
    entered: &dyn Fn(&Entry) -> NaiveDate,
) -> Vec<Vec<&'e Entry>> {
    // By words first: there may be thousands of cases, but few days for one.
    let mut by_words: BTreeMap<Option<&str>, BTreeMap<NaiveDate, Vec<&Entry>>> = BTreeMap::new();
    for entry in happened {
        if let Some(on) = entry.on {
            let of = by_words.entry(entry.for_words.as_deref()).or_default();
            of.entry(on).or_default().push(entry);
        }
    }
    let mut cases: Vec<Vec<&Entry>> = Vec::new();
    for (words, days) in by_words {
        match words {
            None => cases.extend(days.into_values()),
            Some(_) => cases.extend(of_the_same_words(days, entered)),
        }
    }
    cases.sort_by_key(|case| {
        (
            case.iter().filter_map(|entry| entry.on).min(),
            words_of(case),
        )
    });
    cases
}

fn words_of<'e>(case: &[&'e Entry]) -> Option<&'e str> {
    case.first()?.for_words.as_deref()
}

/// The cases among the days that were named for one and the same words.
fn of_the_same_words<'e>(
    days: BTreeMap<NaiveDate, Vec<&'e Entry>>,
    entered: &dyn Fn(&Entry) -> NaiveDate,
) -> Vec<Vec<&'e Entry>> {
    let was_told_before = |one: &Entry, other: &Entry| other.on > Some(entered(one));
    let is_another = |said: &[&Entry], case: &[&Entry]| {
        said.iter().any(|one| {
            case.iter()
                .any(|other| was_told_before(one, other) || was_told_before(other, one))
        })
    };
    let mut days: Vec<Vec<&Entry>> = days.into_values().collect();
    // What several parties say is known to be one time; a single word is held against that first.
    days.sort_by_key(|said| Reverse(parties(said).len()));
    let mut cases: Vec<Vec<&Entry>> = Vec::new();
    for said in days {
        let speak = parties(&said);
        let differs = |case: &&mut Vec<&Entry>| {
            let others = parties(case);
            let somebody_speaks = !speak.is_empty() && !others.is_empty();
            somebody_speaks
                && !speak.iter().any(|party| others.contains(party))
                && !is_another(&said, case)
        };
        match cases.iter_mut().find(differs) {
            Some(case) => case.extend(said),
            None => cases.push(said),
        }
    }
    for case in &mut cases {
        case.sort_by_key(|entry| entry.number);
    }
    cases
}

/// The parties that say something, each once.
fn parties<'e>(entries: &[&'e Entry]) -> Vec<&'e PartyId> {
    let mut parties: Vec<&PartyId> = entries.iter().filter_map(|e| e.by.as_ref()).collect();
    parties.sort();
    parties.dedup();
    parties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::EntryKind;
    use crate::reminder::fixture::entry;

    /// The cases of what parties said, each as `party day, party day`.
    fn of(said: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let entries: Vec<Entry> = (1..)
            .zip(said)
            .map(|(number, (party, day, words))| Entry {
                for_words: words.map(str::to_owned),
                ..entry(
                    number,
                    EntryKind::Happened,
                    "request",
                    &format!("2014-{day}"),
                    party,
                )
            })
            .collect();
        let told = |entry: &&Entry| {
            let party = entry.by.as_ref().map_or("", PartyId::as_str);
            format!("{party} {}", entry.on.unwrap().format("%m-%d"))
        };
        // Each entered on the last of these days.
        let entered = |_: &Entry| {
            said.iter()
                .map(|(_, day, _)| format!("2014-{day}").parse().unwrap())
                .max()
                .unwrap()
        };
        cases(&entries.iter().collect::<Vec<_>>(), &entered)
            .iter()
            .map(|case| case.iter().map(told).collect::<Vec<_>>().join(", "))
            .collect()
    }

    #[test]
    fn two_parties_that_name_different_days_for_the_same_words_speak_of_one_case() {
        let station = Some("Station 4");
        assert_eq!(
            of(&[("dha", "03-01", station), ("upe", "03-03", station)]),
            ["dha 03-01, upe 03-03"]
        );
        // One party that names two days speaks of two.
        assert_eq!(
            of(&[("dha", "03-01", station), ("dha", "06-01", station)]),
            ["dha 03-01", "dha 06-01"]
        );
        assert_eq!(
            of(&[
                ("dha", "03-01", station),
                ("dha", "06-01", station),
                ("upe", "03-01", station)
            ]),
            ["dha 03-01, upe 03-01", "dha 06-01"]
        );
        // A third party differs from what two say.
        assert_eq!(
            of(&[
                ("slta", "02-27", station),
                ("dha", "03-01", station),
                ("upe", "03-01", station)
            ]),
            ["slta 02-27, dha 03-01, upe 03-01"]
        );
        // Other words, or none, are another case.
        assert_eq!(
            of(&[
                ("dha", "03-01", station),
                ("upe", "03-03", Some("Station 5"))
            ]),
            ["dha 03-01", "upe 03-03"]
        );
        assert_eq!(
            of(&[("dha", "03-01", None), ("upe", "03-03", None)]),
            ["dha 03-01", "upe 03-03"]
        );
    }
}

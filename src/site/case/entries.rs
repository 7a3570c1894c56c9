//! What was recorded about the agreement, entry by entry.

use super::super::text::shown;
use super::Case;
use crate::agreement::Agreement;
use crate::reader;
use crate::record::answers::{Index, Rule, is_waiting, replaced_by, stands};
use crate::record::{Entry, Record, seal, told};
use crate::words;
use std::collections::{BTreeMap, BTreeSet};

/// One entry.
#[derive(serde::Serialize)]
pub(super) struct Recorded {
    number: u64,
    /// When it was entered, in the office's zone.
    at: String,
    /// What it says, in a sentence; what became of the text, where that was erased.
    what: String,
    /// Whether its text was erased.
    erased: bool,
    /// Who spoke, for which party, entered by whom.
    who: String,
    papers: Vec<Paper>,
    /// Where it stands with the parties.
    stands: Option<String>,
    struck_by: Option<u64>,
    /// The beginning of the digest of the text under which it was made.
    text: Option<String>,
    instant: String,
    digest: String,
    seal: String,
}

/// A paper that an entry rests on.
#[derive(serde::Serialize)]
struct Paper {
    name: String,
    sha256: String,
}

impl Recorded {
    /// The entry's number.
    pub(super) fn number(&self) -> u64 {
        self.number
    }
}

/// The entries that are shown.
pub(super) fn recorded(
    case: &Case<'_>,
    record: &Record,
    about: &[&Entry],
    of: Option<&Agreement>,
) -> Vec<Recorded> {
    let index = Index::new(record);
    let sealed: BTreeMap<u64, _> = case.sealed.iter().map(|e| (e.number, e)).collect();
    let mut recorded = Vec::new();
    for entry in about {
        let Some(kept) = sealed.get(&entry.number) else {
            continue;
        };
        let rule = of.map(|of| Rule::new(case.office, of, &record.asked, case.today));
        let struck_by = index.struck_by(entry.number);
        recorded.push(Recorded {
            number: entry.number,
            at: case.instant(entry.at),
            what: sentence(&shown(&told::sentence(case.office, entry))),
            erased: false,
            who: shown(&told::who(case.office, entry)),
            papers: papers(entry),
            stands: rule
                .and_then(|rule| stands_in_words(case, entry, record, &index, &rule))
                .map(|words| shown(&words)),
            struck_by,
            text: Some(entry.text.chars().take(12).collect()),
            instant: seal::instant(kept.at),
            digest: kept.digest.clone(),
            seal: kept.seal.clone(),
        });
    }
    recorded
}

/// Words as a sentence, with one full stop, whatever a remark ends with.
fn sentence(words: &str) -> String {
    let ends = words.ends_with(['.', '!', '?', '\u{2026}']);
    words::capitalized(words) + if ends { "" } else { "." }
}

/// Where an entry stands with the parties; of an answer, that its party has answered otherwise, too, or that it changes nothing;
/// of a strike, that it waits for those of others.
fn stands_in_words<'a>(
    case: &Case<'_>,
    entry: &'a Entry,
    record: &'a Record,
    index: &Index<'a>,
    rule: &Rule<'_>,
) -> Option<String> {
    if index.struck_by(entry.number).is_some() {
        return None;
    }
    if is_waiting(entry, record, index, rule) {
        return Some("waits for the strikes of all who agreed".to_owned());
    }
    let stands = match stands(entry, index, rule) {
        Some(standing) => told::stands(case.office, entry, &standing),
        None => told::of_an_answer(case.office, entry, index, Some(rule)),
    };
    let replaced = told::replaced(case.office, entry, replaced_by(entry, index, rule));
    let words: Vec<String> = stands.into_iter().chain(replaced).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// The entries about the agreement whose text is gone; only their strikes still say what they were about.
pub(super) fn erased(case: &Case<'_>, may_be_shown: &BTreeSet<u64>) -> Vec<Recorded> {
    let erased = reader::erased(&case.record.entries);
    let kept = |number: u64| case.sealed.iter().find(|kept| kept.number == number);
    let shown = erased
        .into_iter()
        .filter(|(_, strike)| may_be_shown.contains(&strike.number));
    shown
        .filter_map(|(number, strike)| {
            let kept = kept(number).filter(|kept| kept.text.is_none() && case.is_past(kept.at))?;
            let is_past = case.is_past(strike.at);
            Some(Recorded {
                number,
                at: case.instant(kept.at),
                what: format!(
                    "Its text was erased {}by entry {}, on {}; its digest and its seal stand.",
                    if is_past { "" } else { "later, " },
                    strike.number,
                    words::day(case.day(strike.at))
                ),
                erased: true,
                who: String::new(),
                papers: Vec::new(),
                stands: None,
                struck_by: is_past.then_some(strike.number),
                text: None,
                instant: seal::instant(kept.at),
                digest: kept.digest.clone(),
                seal: kept.seal.clone(),
            })
        })
        .collect()
}

fn papers(entry: &Entry) -> Vec<Paper> {
    let papers = entry.evidence.iter();
    papers
        .map(|paper| Paper {
            name: shown(&paper.name),
            sha256: paper.sha256.clone(),
        })
        .collect()
}

/// The words of an entry that the page shows by right, for whoever searches it for other people's words.
pub(super) fn own_words(entry: &Entry) -> String {
    let words = [&entry.note, &entry.speaker, &entry.for_words];
    let papers = entry.evidence.iter().map(|paper| paper.name.as_str());
    let words = words.into_iter().flatten().map(String::as_str);
    words.chain(papers).collect::<Vec<_>>().join(" \u{1} ")
}

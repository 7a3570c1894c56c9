//! What was recorded about the end of a term or of an agreement: that it goes on, that it ended, that notice was given.

use super::facts::OfAgreement;
use super::{Known, changes};
use crate::ids::PartyId;
use crate::record::answers::{self, Repeats, Rule, Stands};
use crate::record::{Entry, EntryKind};
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// What an agreement's own end is recorded under; the empty one is the agreement as a whole.
pub(super) const OF_AN_AGREEMENT: [&str; 4] = ["", "expiration", "renewal", "notice"];

/// Something that changes an end: all parties have agreed to it, or it is notice, which one gives alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// `Renewed`, `Moved`, `Ended` or `Notice`.
    pub(super) kind: EntryKind,
    /// The entry that made it hold; 0 where a later agreement did.
    pub(super) number: u64,
    /// The day that it speaks of.
    pub(super) on: Option<NaiveDate>,
    /// The new end.
    pub(super) to: Option<NaiveDate>,
    /// The period, by its end.
    pub(super) occurrence: Option<NaiveDate>,
    /// Where it is written: `entries 3 and 4 of the record, by UPE and DHA`.
    pub(super) source: Sentence,
    /// Whether a later agreement says so, and not the record.
    pub(super) is_of_an_agreement: bool,
    /// The day from which that agreement is itself void.
    pub(super) void_from: Option<NaiveDate>,
    /// Whether every party has agreed to it: a renewal may be at the option of one.
    pub(super) is_of_all: bool,
    /// The office's day on which the entry that made it hold was entered.
    pub(super) entered: NaiveDate,
    /// Where it stands: notice may be confirmed, disputed or neither, everything else is agreed.
    pub(super) stands: Stands,
    /// The office's day on which another party first said otherwise, where one does.
    pub(super) disputed_on: Option<NaiveDate>,
}

/// The acts about what is called by one of `subjects`, in order, and what later agreements say of its end among them.
/// `for_words`: of one time of an event that repeats.
pub(super) fn of(of: &OfAgreement<'_>, subjects: &[&str], for_words: Option<&str>) -> Vec<Act> {
    let mut acts = recorded(of, subjects, for_words);
    let part = match subjects {
        [obligation] => obligation,
        _ => "expiration",
    };
    if for_words.is_none() {
        changes::put_among_acts(of, part, &mut acts);
    }
    acts.into_iter().map(|(_, act)| act).collect()
}

/// The acts that were recorded, in order, each with the day on which it was.
pub(super) fn recorded(
    of: &OfAgreement<'_>,
    subjects: &[&str],
    for_words: Option<&str>,
) -> Vec<(NaiveDate, Act)> {
    let (known, agreement) = (of.known(), of.agreement());
    let mut about: Vec<&Entry> = subjects
        .iter()
        .flat_map(|subject| known.about(agreement, subject))
        .copied()
        .filter(|entry| entry.for_words.as_deref() == for_words)
        .collect();
    if about.is_empty() {
        return Vec::new();
    }
    about.sort_by_key(|entry| entry.number);
    let rule = known.rule(agreement);
    let entry = |number: u64| about.iter().copied().find(|entry| entry.number == number);
    let agreed = answers::acts(&about, &rule).into_iter().filter_map(|act| {
        let with = act.agreed_with()?;
        let first = act.entries.first().copied().and_then(entry)?;
        let mut entries = act.entries.clone();
        if !entries.contains(&with) {
            entries.push(with);
        }
        Some(Act {
            kind: act.kind,
            number: with,
            on: act.on.or_else(|| Some(rule.day_of(first))),
            to: act.to,
            occurrence: first.occurrence,
            source: entries_of_the_record(known, &entries, &act.agreed),
            is_of_an_agreement: false,
            void_from: None,
            is_of_all: rule
                .parties()
                .iter()
                .all(|party| act.agreed.contains(party)),
            entered: rule.day_of(entry(with)?),
            stands: Stands::Agreed,
            disputed_on: None,
        })
    });
    let notices = about
        .iter()
        .filter(|entry| entry.kind == EntryKind::Notice)
        .map(|entry| {
            let said = entries_of_the_record(known, &[entry.number], entry.by.as_slice());
            let standing = answers::standing(entry, &about, Repeats::Yes, &rule);
            let stands = standing.as_ref().map_or(Stands::Claimed, |standing| standing.stands);
            let disputed = standing.as_ref().filter(|_| stands == Stands::Disputed);
            Act {
                kind: EntryKind::Notice,
                number: entry.number,
                on: entry.on,
                to: None,
                occurrence: entry.occurrence,
                is_of_an_agreement: false,
                void_from: None,
                is_of_all: false,
                entered: rule.day_of(entry),
                stands: if had_all_confirmed(entry, &about, &rule) {
                    Stands::Confirmed
                } else {
                    stands
                },
                disputed_on: disputed.and_then(|standing| {
                    let says_otherwise = |answer: &&&Entry| {
                        answer.kind == EntryKind::Disputed
                            && answer.entry == Some(entry.number)
                            && answer.by.as_ref().is_some_and(|by| standing.against.contains(by))
                    };
                    about.iter().filter(says_otherwise).map(|answer| rule.day_of(answer)).min()
                }),
                source: disputed.map_or(said.clone(), |standing| {
                    let office = known.question.office;
                    let by = standing.against.iter().map(|party| office.short_name(party));
                    let by: Vec<&str> = by.collect();
                    Sentence::in_each(|language| {
                        let (said, by) = (said.of(language), language.list(&by));
                        match language {
                            English => format!(
                                "{said}; disputed by {by}: the parties have recorded different things about the notice"
                            ),
                            Spanish => format!(
                                "{said}; objetado por {by}: las partes han registrado cosas distintas sobre el aviso"
                            ),
                        }
                    })
                }),
            }
        });
    let mut acts: Vec<Act> = agreed
        .filter(|act| act.kind != EntryKind::Waived)
        .chain(notices)
        .collect();
    acts.sort_by_key(|act| act.number);
    let day = |act: Act| Some((rule.day_of(entry(act.number)?), act));
    acts.into_iter().filter_map(day).collect()
}

/// Whether every party had said so of notice before one of them came to say otherwise: no one's change of mind undoes alone what all
/// had gone by.
fn had_all_confirmed(notice: &Entry, about: &[&Entry], rule: &Rule<'_>) -> bool {
    let mut objections = about
        .iter()
        .filter(|answer| answer.kind == EntryKind::Disputed && answer.entry == Some(notice.number));
    objections.any(|objection| {
        let before = about.iter().copied();
        let before: Vec<&Entry> = before.filter(|e| e.number < objection.number).collect();
        let standing = answers::standing(notice, &before, Repeats::Yes, rule);
        standing.is_some_and(|standing| {
            let mut parties = rule.parties().iter();
            standing.stands == Stands::Confirmed
                && parties.all(|party| standing.said_by.contains(party))
        })
    })
}

/// The days of which the record speaks about what is called by one of `subjects`: each is in a period, or names it.
pub(super) fn days_spoken_of(of: &OfAgreement<'_>, subjects: &[&str]) -> Vec<NaiveDate> {
    let about = |subject: &&str| of.known().about(of.agreement(), subject);
    let entries = subjects.iter().flat_map(about);
    entries
        .filter_map(|entry| entry.occurrence.or(entry.on))
        .collect()
}

/// `entries 3 and 4 of the record, by UPE and DHA`.
pub(super) fn entries_of_the_record(
    known: &Known<'_>,
    entries: &[u64],
    by: &[PartyId],
) -> Sentence {
    let office = known.question.office;
    let said = entries
        .iter()
        .filter_map(|number| known.question.record.entry(*number));
    let in_name_only: Vec<&Entry> = said.filter(|entry| entry.is_in_name_only()).collect();
    Sentence::in_each(|language| {
        let numbers = language.list(entries);
        // What the keeper entered for a party without its own words is no word of that party's.
        let name = |party: &PartyId| {
            let name = office.short_name(party);
            let entered = in_name_only
                .iter()
                .find(|entry| entry.by.as_ref() == Some(party));
            match (
                entered.and_then(|entry| entry.entered_by.as_ref()),
                language,
            ) {
                (None, _) => name.to_owned(),
                (Some(keeper), English) => {
                    format!("{name} as entered by {}", office.short_name(keeper))
                }
                (Some(keeper), Spanish) => {
                    format!("{name} según anotó {}", office.short_name(keeper))
                }
            }
        };
        let parties = language.list(by.iter().map(name));
        let (which, by) = match (entries.len(), language) {
            (1, English) => (format!("entry {numbers} of the record"), ", by "),
            (_, English) => (format!("entries {numbers} of the record"), ", by "),
            (1, Spanish) => (format!("anotación {numbers} del registro"), ", "),
            (_, Spanish) => (format!("anotaciones {numbers} del registro"), ", "),
        };
        let parties = match language {
            Spanish if !parties.is_empty() => Language::de(&parties),
            _ => parties,
        };
        if parties.is_empty() {
            which
        } else {
            format!("{which}{by}{parties}")
        }
    })
}

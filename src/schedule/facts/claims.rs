//! The days that are claimed for an event, by whom, and each of its times where it repeats.

use super::OfAgreement;
use crate::agreement::When;
use crate::deadline::Fact;
use crate::ids::{EventId, PartyId};
use crate::language::Trigger;
use crate::record::answers::{
    self, Claim, Claims, InFile, claims, is_accepted_by_all, is_for_all, is_no_ones_alone,
};
use crate::record::{Entry, EntryKind};
use crate::schedule::Known;
use crate::schedule::answer::own;
use crate::schedule::own_term;
use crate::schedule::times::Time;
use crate::table::Value;
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fmt::Write as _;

impl OfAgreement<'_> {
    /// The day that somebody claims. Of several, the earlier is reminded of, until one is settled.
    pub(super) fn claimed(&self, id: &str) -> Option<Fact> {
        let claims = self.claims_in_effect(id);
        Some(Fact::Known {
            day: claims.first()?.day,
            source: self.source_of_claims(&claims)?,
        })
    }

    /// Who claims the day to go by, and who claims another.
    pub(in crate::schedule) fn source_of_claims(&self, claims: &Claims) -> Option<Sentence> {
        let source = self.source(claims.first()?);
        let others: Vec<(Sentence, NaiveDate)> = claims
            .others()
            .map(|other| (self.makers(other), other.day))
            .collect();
        if others.is_empty() {
            return Some(source);
        }
        Some(Sentence::in_each(|language| {
            let mut text = source.of(language).to_owned();
            for (by, day) in &others {
                let (by, day) = (by.of(language), language.day(*day));
                let other = match language {
                    English => format!("; {by} says {day}"),
                    Spanish => format!("; {by}: {day}"),
                };
                text.push_str(&other);
            }
            text
        }))
    }

    /// The days that are claimed for an event, by entries of the record or in the file.
    pub(in crate::schedule) fn claims(&self, id: &str) -> Claims {
        if let Some(by) = self.settled_by(&own(id)) {
            return Claims::settled(by.claim.clone());
        }
        let known = self.ledger.known;
        let in_file = match (self.agreement.event(id), id) {
            (Some(event), _) => event.date,
            (None, "signing") => self.agreement.signed,
            _ => None,
        };
        let keeper = known.question.office.settings.keeper.as_ref();
        let in_file = in_file.map(|day| InFile {
            day: day.value,
            by: keeper.filter(|keeper| self.agreement.parties.contains(keeper)),
        });
        let about = known.about(self.agreement, id);
        let happened = |entry: &Entry| entry.kind == EntryKind::Happened;
        claims(about, &happened, in_file, &known.rule(self.agreement))
    }

    /// Those that dates are worked out from: what is claimed against the first day that the file gives, or of its end, counts
    /// once every party has said so.
    pub(in crate::schedule) fn claims_in_effect(&self, id: &str) -> Claims {
        let claims = self.claims(id);
        if self.leaves_the_files(id, &claims) {
            Claims::default()
        } else {
            claims
        }
    }

    /// The claims that dates are not worked out from, as long as they stand.
    pub(in crate::schedule) fn other_claims(&self, id: &str) -> Vec<Claim> {
        let claims = self.claims(id);
        if self.leaves_the_files(id, &claims) {
            claims.all
        } else {
            claims.others().cloned().collect()
        }
    }

    /// The day of its end that is recorded, where nothing else gives that a day for certain: then it is its first. Where its
    /// words do, what is recorded is one more act about it.
    pub(in crate::schedule) fn end_by_the_record_alone(&self) -> Option<NaiveDate> {
        let day = self.claims_in_effect("expiration").first()?.day;
        let stated = self.in_the_file("expiration");
        (!matches!(stated, Fact::Known { .. })).then_some(day)
    }

    fn leaves_the_files(&self, id: &str, claims: &Claims) -> bool {
        self.settled_by(&own(id)).is_none()
            && !claims.all.is_empty()
            && is_no_ones_alone(self.agreement, id)
            && !self.is_for_all(id, claims.accepted())
            // Words that give no first day yet leave it to whoever tells one.
            && (id != "effective" || matches!(self.in_the_file(id), Fact::Known { .. }))
    }

    fn is_for_all(&self, id: &str, accepted: Option<&Claim>) -> bool {
        // A day that all agreed on stays, also where one side's word is enough for what happens.
        if id == "expiration" && own_term::is_agreed_on(self) {
            return accepted.is_some_and(|claim| is_accepted_by_all(self.agreement, claim));
        }
        let office = self.ledger.known.question.office;
        is_for_all(office, self.agreement, id, accepted)
    }

    /// The number of the entry that made its end, as it is recorded, hold for all; `None` where none is.
    pub(in crate::schedule) fn ended_with(&self) -> Option<u64> {
        let claims = self.claims_in_effect("expiration");
        if let Some(with) = claims.settled_with() {
            return Some(with);
        }
        let claim = claims.first()?;
        let says_so = |entry: &&&Entry| {
            let answers = || entry.entry.is_some_and(|n| claim.entries.contains(&n));
            claim.entries.contains(&entry.number) || entry.kind == EntryKind::Confirmed && answers()
        };
        let about = self.ledger.known.about(self.agreement, "expiration");
        about.iter().filter(says_so).map(|entry| entry.number).max()
    }

    /// Whether dates are worked out from the file's day, and another is claimed against it.
    pub(in crate::schedule) fn leaves_the_files_day(&self, id: &str) -> bool {
        self.leaves_the_files(id, &self.claims(id))
    }

    /// Whether a party says that the agreement did not take effect: every day that is claimed for what that hangs on is
    /// disputed. Two who name different days agree that it did.
    pub(in crate::schedule) fn is_denied(&self) -> bool {
        let mut hangs_on = vec![EventId::new("effective")];
        match &self.agreement.effective {
            None => hangs_on.push(EventId::new("signing")),
            Some(When::On(..)) => {}
            Some(When::Phrase(phrase)) => {
                hangs_on.extend(phrase.tree.triggers().into_iter().filter_map(own_event));
            }
        }
        let is_in_file = |event: &EventId| {
            event.as_str() == "signing" && self.agreement.signed.is_some()
                || is_no_ones_alone(self.agreement, event.as_str())
        };
        hangs_on.iter().any(|event| {
            let claims = self.claims(event.as_str());
            let is_denied = |claim: &Claim| {
                let mut by = claim.disputed_by.iter();
                by.any(|party| !self.had_confirmed(claim, event, party))
            };
            claims.first().is_some()
                && claims.accepted().is_none()
                && !is_in_file(event)
                && claims.all.iter().all(is_denied)
        })
    }

    /// Whether a party that disputes a day had confirmed it before: what others went by since is not undone by its change of
    /// mind.
    fn had_confirmed(&self, claim: &Claim, event: &EventId, party: &PartyId) -> bool {
        let about = self.ledger.known.about(self.agreement, event.as_str());
        about.iter().any(|answer| {
            answer.kind == EntryKind::Confirmed
                && answer.by.as_ref() == Some(party)
                && answer
                    .entry
                    .is_some_and(|number| claim.entries.contains(&number))
        })
    }

    /// Who claims a day: `entry 3 of the record, by UPE; confirmed by DHA`.
    pub(in crate::schedule) fn source(&self, claim: &Claim) -> Sentence {
        if claim.entries.is_empty() && claim.disputed_by.is_empty() && claim.by_silence.is_empty() {
            return the_file();
        }
        Sentence::in_each(|language| self.source_in(language, claim))
    }

    pub(super) fn source_in(&self, language: Language, claim: &Claim) -> String {
        let known = self.ledger.known;
        let office = known.question.office;
        let entry = |number: &u64| known.question.record.entry(*number);
        let makers: Vec<&PartyId> = claim
            .entries
            .iter()
            .filter_map(|number| entry(number)?.by.as_ref())
            .collect();
        let mut source = self.makers(claim).of(language).to_owned();
        let named = |parties: &[PartyId], is_so: &dyn Fn(&PartyId) -> bool| {
            let names = parties.iter().filter(|party| is_so(party));
            language.list(names.map(|party| office.short_name(party)))
        };
        // Of a day in the file itself nobody's entry says so.
        let has_come_to_it = |party: &PartyId| !makers.contains(&party) && !makers.is_empty();
        let (confirmed, disputed) = match language {
            English => ("confirmed by", "disputed by"),
            Spanish => ("confirmado por", "objetado por"),
        };
        // Writing to a string cannot fail.
        for (word, names) in [
            (confirmed, named(&claim.said_by, &has_come_to_it)),
            (disputed, named(&claim.disputed_by, &|_| true)),
        ] {
            if !names.is_empty() {
                let _ = write!(source, "; {word} {names}");
            }
        }
        for silence in &claim.by_silence {
            let _ = write!(source, "; {}", silence.in_words(office).of(language));
        }
        source
    }

    /// The entries that claim a day, or else the file.
    pub(super) fn makers(&self, claim: &Claim) -> Sentence {
        let known = self.ledger.known;
        let record = known.question.record;
        let entries = claim.entries.iter().filter_map(|n| record.entry(*n));
        let sources: Vec<Sentence> = entries.map(|entry| source_of(entry, known)).collect();
        if sources.is_empty() {
            the_file()
        } else {
            Sentence::in_each(|language| language.list(sources.iter().map(|s| s.of(language))))
        }
    }

    /// Each time of an event that repeats, the earliest first. Two parties that tell the same are one time, also once one
    /// of them has struck out its word, and so is what was struck out and entered anew.
    pub(in crate::schedule) fn times(&self, event: &Trigger) -> Vec<Time> {
        let Trigger::Event { event: id, .. } = event else {
            return Vec::new();
        };
        let known = self.ledger.known;
        let in_file = self.agreement.event(id.as_str()).and_then(|e| e.date);
        let happened: Vec<&Entry> = self.entries(id.as_str(), EntryKind::Happened).collect();
        let rule = known.rule(self.agreement);
        let mut cases = answers::cases(&happened, &|entry| rule.day_of(entry));
        let mut times: Vec<(NaiveDate, Time)> = Vec::new();
        let time = |day, source, case: &[&Entry], otherwise| {
            let time = Time {
                event: event.clone(),
                fact: Fact::Known { day, source },
                for_words: case.first().and_then(|entry| entry.for_words.clone()),
                begun_by: case.iter().map(|entry| entry.number).collect(),
                otherwise,
                denied: Vec::new(),
                elsewhere: Vec::new(),
                period: None,
                of_series: None,
            };
            (day, time)
        };
        if let Some(Value { value: day, .. }) = in_file {
            let is_of_file = |entry: &&Entry| entry.on == Some(day) && entry.for_words.is_none();
            let said = cases.iter().position(|case| case.iter().all(is_of_file));
            let said = said.map(|at| cases.remove(at)).unwrap_or_default();
            times.push(time(day, the_file(), &said, Vec::new()));
        }
        // Beside the claims at once, and not looked for anew for each case: there may be thousands.
        let mut answers: BTreeMap<u64, Vec<&Entry>> = BTreeMap::new();
        for entry in known.about(self.agreement, id.as_str()) {
            if let Some(answered) = entry.entry {
                answers.entry(answered).or_default().push(entry);
            }
        }
        let happened_then = |entry: &Entry| entry.kind == EntryKind::Happened;
        for case in &cases {
            let answers = case.iter().filter_map(|entry| answers.get(&entry.number));
            let mut about: Vec<&Entry> = case.iter().chain(answers.flatten()).copied().collect();
            about.sort_by_key(|entry| entry.number);
            let claims = claims(&about, &happened_then, None, &known.rule(self.agreement));
            if let (Some(first), Some(source)) = (claims.first(), self.source_of_claims(&claims)) {
                let otherwise = claims.others().cloned().collect();
                times.push(time(first.day, source, case, otherwise));
            }
        }
        times.sort_by(|(day, one), (other, two)| {
            (day, &one.for_words).cmp(&(other, &two.for_words))
        });
        let withdrawn = known.withdrawn(self.agreement, id.as_str());
        let before = entered_anew(&happened, withdrawn);
        let struck = withdrawn.iter().map(|(entry, _)| *entry);
        let mut all: Vec<&Entry> = happened.iter().copied().chain(struck).collect();
        all.sort_by_key(|entry| entry.number);
        let as_they_were = match withdrawn {
            [] => Vec::new(),
            _ => answers::cases(&all, &|entry| rule.day_of(entry)),
        };
        times
            .into_iter()
            .map(|(_, mut time)| {
                let earlier: Vec<u64> = before
                    .iter()
                    .filter(|(_, anew)| time.begun_by.contains(anew))
                    .map(|(struck, _)| *struck)
                    .collect();
                time.begun_by.extend(earlier);
                let is_known = |entry: &Entry| time.begun_by.contains(&entry.number);
                let as_it_was = as_they_were
                    .iter()
                    .find(|case| case.iter().any(|e| is_known(e)));
                let was_told_by = |entry: &&&Entry| {
                    withdrawn
                        .iter()
                        .any(|(struck, _)| struck.number == entry.number)
                };
                let told = as_it_was.into_iter().flatten().filter(was_told_by);
                let told: Vec<u64> = told.map(|entry| entry.number).collect();
                time.begun_by.extend(told);
                time.begun_by.sort_unstable();
                time.begun_by.dedup();
                time
            })
            .collect()
    }
}

/// The event of the agreement itself that a phrase counts from.
fn own_event(trigger: Trigger) -> Option<EventId> {
    match trigger {
        Trigger::Event {
            agreement: None,
            event,
        } => Some(event),
        _ => None,
    }
}

/// What was struck out and then entered anew by the same party, for the same words: the numbers of both. It is the same
/// time of the event, whose day was corrected.
pub(super) fn entered_anew(happened: &[&Entry], withdrawn: &[(&Entry, u64)]) -> Vec<(u64, u64)> {
    let mut pairs: Vec<(u64, u64)> = Vec::new();
    let mut struck: Vec<(&Entry, u64)> = withdrawn.to_vec();
    struck.sort_by_key(|(entry, _)| entry.number);
    // A correction may itself have been struck out and corrected: from the newest back, each finds what followed it.
    for (old, strike) in struck.iter().rev() {
        let is_anew = |entry: &Entry| {
            entry.number > *strike && entry.by == old.by && entry.for_words == old.for_words
        };
        let standing = happened.iter().filter(|e| is_anew(e)).map(|e| e.number);
        let corrected = struck.iter().filter(|(e, _)| is_anew(e));
        let corrected = corrected.map(|(e, _)| e.number);
        let followed: Vec<u64> = pairs.iter().map(|(_, anew)| *anew).collect();
        let next = standing
            .chain(corrected)
            .filter(|number| !followed.contains(number))
            .min();
        if let Some(next) = next {
            pairs.push((old.number, next));
        }
    }
    // To the one that stands.
    pairs
        .iter()
        .filter_map(|(old, next)| {
            let mut last = *next;
            while let Some((_, anew)) = pairs.iter().find(|(old, _)| *old == last) {
                last = *anew;
            }
            let stands = happened.iter().any(|entry| entry.number == last);
            stands.then_some((*old, last))
        })
        .collect()
}

pub(super) fn source_of(entry: &Entry, known: &Known<'_>) -> Sentence {
    crate::schedule::acts::entries_of_the_record(known, &[entry.number], entry.by.as_slice())
}

/// The agreement's own file, as a source.
pub(super) fn the_file() -> Sentence {
    Sentence::written(&["the agreement's file", "el archivo del acuerdo"])
}

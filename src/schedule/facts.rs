//! What is known about the days that phrases hang on: from the agreement's file and the record.

use super::answer::{self, own};
use super::chain::{self, Link};
use super::changes::{self, To};
use super::matter::{self, Matter};
use super::own_term::{self, ENDS_FOR_GOOD};
use super::times::{self, Time};
use super::{AgreementDay, Known, missed, renewed};
use crate::agreement::{Agreement, Obligation, Status, Timing, When};
use crate::counting::Step;
use crate::deadline::{self, Answer, Dates, Fact, Facts};
use crate::ids::{AgreementId, EventId, ObligationId, PartyId};
use crate::language::{Phrase, Trigger};
use crate::record::answers::{Claim, Claims, InFile, cases, claims, is_end_settled};
use crate::record::{Entry, EntryKind};
use crate::table::Value;
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Every fact of the office, each worked out once.
pub(super) struct Ledger<'a> {
    known: &'a Known<'a>,
    /// `None` while a day is being worked out: what hangs on itself is unknown. A rule reports it.
    days: RefCell<BTreeMap<Link, Option<Fact>>>,
    /// Whether a day is being worked out, and with it, in their order, those that it hangs on.
    in_order: Cell<bool>,
    /// How many days, each worked out from the next, are being told.
    deep: Cell<usize>,
}

/// How many days that are each worked out from the next are told with their steps; of those beyond, the day alone.
const MOST_DERIVED: usize = 4;

/// The ledger as the phrases of one agreement see it.
pub(super) struct OfAgreement<'a> {
    ledger: &'a Ledger<'a>,
    agreement: &'a Agreement,
    /// For each obligation, the event that repeats and that it hangs on; worked out when it is first asked for.
    repeating: OnceCell<BTreeMap<ObligationId, Trigger>>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self {
            known,
            days: RefCell::default(),
            in_order: Cell::new(false),
            deep: Cell::new(0),
        }
    }

    pub(super) fn of(&'a self, agreement: &'a Agreement) -> OfAgreement<'a> {
        OfAgreement {
            ledger: self,
            agreement,
            repeating: OnceCell::new(),
        }
    }
}

impl Facts for OfAgreement<'_> {
    fn day(&self, trigger: &Trigger) -> Fact {
        let key = (self.agreement.id.clone(), trigger.clone());
        if let Some(fact) = self.ledger.settled(&key) {
            return fact;
        }
        if !self.ledger.in_order.replace(true) {
            self.ledger.settle_what_it_hangs_on(&key);
            self.ledger.in_order.set(false);
        }
        self.ledger.days.borrow_mut().insert(key.clone(), None);
        let fact = self.work_out(trigger);
        self.ledger
            .days
            .borrow_mut()
            .insert(key, Some(fact.clone()));
        fact
    }

    fn steps(&self, trigger: &Trigger) -> Vec<Step> {
        let Trigger::Event { agreement, event } = trigger else {
            return Vec::new();
        };
        let of = match agreement {
            None => Some(self.agreement),
            Some(id) => self.ledger.known.question.office.agreement(id.as_str()),
        };
        let deep = self.ledger.deep.get();
        let Some(of) = of.filter(|_| deep < MOST_DERIVED) else {
            return Vec::new();
        };
        self.ledger.deep.set(deep + 1);
        let steps = self
            .ledger
            .of(of)
            .derivation(event.as_str(), &self.day(trigger));
        self.ledger.deep.set(deep);
        steps
    }
}

impl Ledger<'_> {
    fn settled(&self, link: &Link) -> Option<Fact> {
        let days = self.days.borrow();
        days.get(link)
            .map(|fact| fact.clone().unwrap_or(Fact::Unknown))
    }

    /// Works out every day that this one hangs on, the farthest first.
    fn settle_what_it_hangs_on(&self, link: &Link) {
        let order = chain::farthest_first(self.known, link.clone(), &|link| {
            self.days.borrow().contains_key(link)
        });
        for (agreement, trigger) in order.iter().filter(|of| *of != link) {
            if let Some(agreement) = self.known.question.office.agreement(agreement.as_str()) {
                self.of(agreement).day(trigger);
            }
        }
    }
}

impl<'a> OfAgreement<'a> {
    fn work_out(&self, trigger: &Trigger) -> Fact {
        match trigger {
            Trigger::Event {
                agreement: None,
                event,
            } => self.event(event.as_str()),
            Trigger::Event {
                agreement: Some(other),
                event,
            } => match self.ledger.known.question.office.agreement(other.as_str()) {
                Some(other) => self.of_another(other, event),
                None => Fact::Unknown,
            },
            Trigger::Obligation(id) => self.obligation(id.as_str(), self, None),
            Trigger::Missed(id) => self.missed(id.as_str(), self, None),
            // Each that is missed starts its own clock: one of them alone has no day.
            Trigger::AnyMissed => Fact::Unknown,
        }
    }

    /// A day of another agreement. Nothing is computed from a draft, and what is not settled is only expected.
    fn of_another(&self, other: &Agreement, event: &EventId) -> Fact {
        let theirs = self.ledger.of(other);
        let fact = theirs.day(&own(event.as_str()));
        let fact = match theirs.void_from() {
            // Its own days are what they were; to others it ends with the last day on which it was in force.
            Some(void) if event.as_str() == "expiration" => no_later_than_before(void, fact),
            _ => fact,
        };
        match (other.status, fact) {
            (Status::Draft, _) => Fact::Unknown,
            (Status::Tentative, Fact::Known { day, source }) => Fact::Expected {
                day,
                source: Sentence::in_each(|language| {
                    let (source, id) = (source.of(language), &other.id);
                    match language {
                        English => format!("{source}; `{id}` is tentative"),
                        Spanish => format!("{source}; `{id}` es provisional"),
                    }
                }),
            },
            (_, fact) => fact,
        }
    }

    /// When another agreement takes effect, as it seems from here.
    pub(super) fn effective_of(&self, other: &Agreement) -> Fact {
        self.of_another(other, &EventId::new("effective"))
    }

    pub(super) fn agreement(&self) -> &'a Agreement {
        self.agreement
    }

    pub(super) fn repeating(&self) -> &BTreeMap<ObligationId, Trigger> {
        self.repeating
            .get_or_init(|| times::repeating_of_each(self.ledger.known, self.agreement))
    }

    fn event(&self, id: &str) -> Fact {
        match id {
            "expiration" => return own_term::current_end(self),
            ENDS_FOR_GOOD => return own_term::last_end(self),
            changes::VOID => {
                return match &self.ledger.known.void {
                    Some(days) => days
                        .get(&self.agreement.id)
                        .cloned()
                        .unwrap_or(Fact::Unknown),
                    None => changes::void_from(self),
                };
            }
            "effective" => {
                if let Some(day) = self.changed_effective() {
                    return day;
                }
            }
            _ => {}
        }
        self.unchanged(id)
    }

    /// Another day on which it takes effect, by a later agreement; where an entry says that it took effect after that, this
    /// is so.
    fn changed_effective(&self) -> Option<Fact> {
        let day = changes::new_day(self, "effective")?;
        let recorded = self.claims("effective").first().map(|claim| claim.day);
        (recorded <= Some(day.from)).then_some(day.fact)
    }

    /// The day of an event as the record and the file have it, whatever a later agreement says.
    pub(super) fn unchanged(&self, id: &str) -> Fact {
        let agreement = self.agreement;
        if let Some(fact) = self.claimed(id) {
            return fact;
        }
        if let Some(event) = agreement.event(id) {
            return match event.expected {
                Some(day) => Fact::Expected {
                    day,
                    source: Sentence::written(&[
                        "expected, says the agreement's file",
                        "prevista, según el archivo del acuerdo",
                    ]),
                },
                None => Fact::Unknown,
            };
        }
        match id {
            "effective" => match &agreement.effective {
                Some(when) => self.when(when, &in_the_file(Own::Effective), self),
                None => self.event("signing"),
            },
            "expiration" => match &agreement.expires {
                Some(when) => self.when(when, &in_the_file(Own::End), self),
                None => Fact::Unknown,
            },
            _ => Fact::Unknown,
        }
    }

    /// The end of the agreement's first term: recorded, or as its file says. That it was moved since is for the acts.
    pub(super) fn first_end(&self) -> Fact {
        changes::end_in_its_place(self).unwrap_or_else(|| self.unchanged("expiration"))
    }

    /// The day that somebody claims. Of several, the earlier is reminded of, until one is settled.
    fn claimed(&self, id: &str) -> Option<Fact> {
        let claims = self.claims_in_effect(id);
        Some(Fact::Known {
            day: claims.first()?.day,
            source: self.source_of_claims(&claims)?,
        })
    }

    /// Who claims the day to go by, and who claims another.
    pub(super) fn source_of_claims(&self, claims: &Claims) -> Option<Sentence> {
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
    pub(super) fn claims(&self, id: &str) -> Claims {
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

    /// Those that dates are worked out from: what is claimed against the end that the file gives counts once it is settled.
    pub(super) fn claims_in_effect(&self, id: &str) -> Claims {
        let claims = self.claims(id);
        if self.leaves_the_files_end(id, &claims) {
            Claims::default()
        } else {
            claims
        }
    }

    /// The claims that dates are not worked out from, as long as they stand.
    pub(super) fn other_claims(&self, id: &str) -> Vec<Claim> {
        let claims = self.claims(id);
        if self.leaves_the_files_end(id, &claims) {
            claims.all
        } else {
            claims.others().cloned().collect()
        }
    }

    fn leaves_the_files_end(&self, id: &str, claims: &Claims) -> bool {
        let office = self.ledger.known.question.office;
        id == "expiration" && !is_end_settled(office, self.agreement, claims.accepted())
    }

    /// Who claims a day: `entry 3 of the record, by UPE; confirmed by DHA`.
    pub(super) fn source(&self, claim: &Claim) -> Sentence {
        if claim.entries.is_empty() && claim.disputed_by.is_empty() && claim.by_silence.is_empty() {
            return the_file();
        }
        Sentence::in_each(|language| self.source_in(language, claim))
    }

    fn source_in(&self, language: Language, claim: &Claim) -> String {
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
    fn makers(&self, claim: &Claim) -> Sentence {
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

    /// Each time of an event that repeats, the earliest first. Two parties that tell the same are one time, and so is what
    /// was struck out and entered anew.
    pub(super) fn times(&self, event: &Trigger) -> Vec<Time> {
        let Trigger::Event { event: id, .. } = event else {
            return Vec::new();
        };
        let known = self.ledger.known;
        let in_file = self.agreement.event(id.as_str()).and_then(|e| e.date);
        let happened: Vec<&Entry> = self.entries(id.as_str(), EntryKind::Happened).collect();
        let mut cases = cases(&happened);
        let mut times: Vec<(NaiveDate, Time)> = Vec::new();
        let time = |day, source, case: &[&Entry], otherwise| {
            let time = Time {
                event: event.clone(),
                fact: Fact::Known { day, source },
                for_words: case.first().and_then(|entry| entry.for_words.clone()),
                begun_by: case.iter().map(|entry| entry.number).collect(),
                otherwise,
                period: None,
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
        times
            .into_iter()
            .map(|(_, mut time)| {
                let earlier: Vec<u64> = before
                    .iter()
                    .filter(|(_, anew)| time.begun_by.contains(anew))
                    .map(|(struck, _)| *struck)
                    .collect();
                time.begun_by.extend(earlier);
                time
            })
            .collect()
    }

    /// The day of an obligation that hangs on one time of an event that repeats.
    pub(super) fn of_one_time(&self, trigger: &Trigger, facts: &dyn Facts, time: &Time) -> Fact {
        match trigger {
            Trigger::Obligation(id) => self.obligation(id.as_str(), facts, Some(time)),
            Trigger::Missed(id) => self.missed(id.as_str(), facts, Some(time)),
            Trigger::Event { .. } | Trigger::AnyMissed => Fact::Unknown,
        }
    }

    fn obligation(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        let Some((obligation, answer)) = self.answer(id, facts, time) else {
            return Fact::Unknown;
        };
        let is_term = matches!(obligation.timing, Timing::Lasts { .. });
        if let Some(fact) = self.in_its_place(obligation, &answer, is_term, facts, time) {
            return fact;
        }
        if is_term && let Some(fact) = renewed::end(self, obligation, &answer, facts, time) {
            return fact;
        }
        if !is_term && let Some(met) = self.met(id, &answer, time) {
            return met;
        }
        let today = self.ledger.known.question.today;
        let dates = answer
            .dates
            .iter()
            .find(|d| d.due.is_some_and(|due| due >= today));
        match dates.or(answer.dates.last()) {
            // A term ends by itself; a deadline is a trigger only once it is met.
            Some(Dates {
                nominal: Some(day),
                projected: false,
                ..
            }) if is_term => Fact::Known {
                day: *day,
                source: renewed::the_end_of(id),
            },
            Some(Dates {
                nominal: Some(day), ..
            }) => Fact::Expected {
                day: *day,
                source: as_long_as_it_is_not_met(id),
            },
            _ => Fact::Unknown,
        }
    }

    /// What hangs on something that a later agreement has taken over hangs on what stands in its place: what that obligation
    /// gives. What was done, or had ended, before stays; what is void ends with the day before.
    fn in_its_place(
        &self,
        obligation: &Obligation,
        answer: &Answer,
        is_term: bool,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> Option<Fact> {
        let later = changes::of(self, obligation.id.as_str());
        let (taken_by, from) = changes::superseding(&later)?;
        let before = if is_term {
            renewed::end(self, obligation, answer, facts, time)
                .filter(|end| matches!(end, Fact::Known { day, .. } if *day < from))
        } else {
            self.met(obligation.id.as_str(), answer, time)
                .filter(|met| matches!(met, Fact::Known { day, .. } if *day < from))
        };
        if before.is_some() {
            return before;
        }
        Some(match taken_by.to {
            To::Replaced(agreement, id) => {
                let there = self
                    .ledger
                    .known
                    .question
                    .office
                    .agreement(agreement.as_str())?;
                let there = self.ledger.of(there);
                let fact = there.day(&Trigger::Obligation(id.clone()));
                in_the_words_of_another(fact, agreement, id)
            }
            To::Void if is_term => Fact::Known {
                day: from.pred_opt()?,
                source: taken_by.source(),
            },
            To::Void | To::Day(_) => Fact::Unknown,
        })
    }

    /// The day on which an obligation was met: of a series, the latest that was done; where two days are claimed for it,
    /// the earlier.
    fn met(&self, id: &str, answer: &Answer, time: Option<&Time>) -> Option<Fact> {
        let known = self.ledger.known;
        let last = self
            .entries(id, EntryKind::Met)
            .filter(|entry| entry.on.is_some() && is_of(entry, time, answer))
            .max_by_key(|entry| (entry.occurrence, Reverse(entry.number)))?;
        let matter = Matter {
            name: last.occurrence,
            for_words: last.for_words.as_deref(),
            begun_by: time.map_or(&[], |time| &time.begun_by),
            recurs: answer.dates.len() > 1,
        };
        let about = matter::entries(known, self.agreement, id, matter);
        let claims = matter::met(known, self.agreement, &about);
        let first = claims.first()?;
        Some(Fact::Known {
            day: first.day,
            source: self.source(first),
        })
    }

    /// The last day of what passed, under the eyes of this office, without having been done by then.
    fn missed(&self, id: &str, facts: &dyn Facts, time: Option<&Time>) -> Fact {
        let Some((obligation, answer)) = self.answer(id, facts, time) else {
            return Fact::Unknown;
        };
        match missed::days(self, obligation, &answer, time).last() {
            Some(day) => Fact::Known {
                day: *day,
                source: missed::source(id),
            },
            None => self.missed_in_its_place(id).unwrap_or(Fact::Unknown),
        }
    }

    /// The same of what stands in its place.
    fn missed_in_its_place(&self, id: &str) -> Option<Fact> {
        let later = changes::of(self, id);
        let (taken_by, _) = changes::superseding(&later)?;
        let To::Replaced(agreement, id) = taken_by.to else {
            return None;
        };
        let there = self
            .ledger
            .known
            .question
            .office
            .agreement(agreement.as_str())?;
        Some(self.ledger.of(there).day(&Trigger::Missed(id.clone())))
    }

    /// An obligation and the days of its phrase, as far as `facts` go.
    pub(super) fn answer(
        &self,
        id: &str,
        facts: &dyn Facts,
        time: Option<&Time>,
    ) -> Option<(&Obligation, Answer)> {
        let obligation = self.agreement.obligation(id)?;
        let phrase = obligation.timing.phrase()?;
        let answer = answer::of(self, obligation, phrase, facts, time);
        Some((obligation, answer))
    }

    /// The day that a `when` of this agreement names, with such facts.
    pub(super) fn when(&self, when: &When, source: &Sentence, facts: &dyn Facts) -> Fact {
        match when {
            When::On(day, _) => Fact::Known {
                day: *day,
                source: source.clone(),
            },
            When::Phrase(phrase) => {
                let answer = self.evaluate(phrase, facts);
                let Some(dates) = answer.dates.first() else {
                    return Fact::Unknown;
                };
                let Some(day) = dates.nominal.or(dates.opens) else {
                    return Fact::Unknown;
                };
                let source = source.map(|source| format!("{source}: \"{}\"", phrase.words));
                if dates.projected {
                    Fact::Expected { day, source }
                } else {
                    Fact::Known { day, source }
                }
            }
        }
    }

    /// The day of `signing`, of `effective`, or of the end of the first term, with how it was reached.
    pub(super) fn own_day(&self, event: &str) -> Option<AgreementDay> {
        if event == "effective" && self.agreement.effective.is_none() {
            return self.own_day("signing");
        }
        let fact = match event {
            "expiration" => self.first_end(),
            _ => self.day(&own(event)),
        };
        let (day, projected, source) = match fact {
            Fact::Known { day, source } => (day, false, source),
            Fact::Expected { day, source } => (day, true, source),
            Fact::Unknown => return None,
        };
        let mut steps = self.in_words(event).map_or(Vec::new(), |dates| dates.steps);
        if steps.is_empty() {
            steps.push(Step {
                text: Sentence::in_each(|language| {
                    let day = language.weekday_and_day(day);
                    match (event, language) {
                        (event, English) => format!("{event} is {day}"),
                        ("signing", Spanish) => format!("la firma: {day}"),
                        ("effective", Spanish) => format!("la entrada en vigor: {day}"),
                        ("expiration", Spanish) => format!("el fin del acuerdo: {day}"),
                        (event, Spanish) => format!("{event}: {day}"),
                    }
                }),
                date: Some(day),
                source,
            });
        }
        Some(AgreementDay {
            day,
            projected,
            steps,
        })
    }

    /// How a day of this agreement was worked out from its own words, where that is the day that it has.
    fn derivation(&self, event: &str, fact: &Fact) -> Vec<Step> {
        let (Fact::Known { day, .. } | Fact::Expected { day, .. }) = fact else {
            return Vec::new();
        };
        self.in_words(event)
            .filter(|dates| dates.nominal.or(dates.opens) == Some(*day))
            .map_or(Vec::new(), |dates| dates.steps)
    }

    /// What the words for `effective` or for the end come to, unless an entry or a later agreement says another day.
    fn in_words(&self, event: &str) -> Option<Dates> {
        let said = match event {
            "effective" => self.agreement.effective.as_ref()?,
            "expiration" => self.agreement.expires.as_ref()?,
            _ => return None,
        };
        let When::Phrase(phrase) = said else {
            return None;
        };
        let is_changed = changes::deciding(&changes::of(self, event)).is_some();
        let in_its_words =
            self.claims_in_effect(event).all.is_empty() && !(is_changed && event == "effective");
        in_its_words
            .then(|| self.evaluate(phrase, self).dates.into_iter().next())
            .flatten()
    }

    /// The triggers whose day has to be told before that of `trigger` is known: itself, except that an agreement's own
    /// day hangs on what its phrase names.
    pub(super) fn to_be_told(&self, trigger: &Trigger) -> Vec<Trigger> {
        let mut found = Vec::new();
        let mut open = vec![trigger.clone()];
        let mut seen = Vec::new();
        while let Some(trigger) = open.pop() {
            if seen.contains(&trigger) || matches!(self.day(&trigger), Fact::Known { .. }) {
                continue;
            }
            if let Trigger::Event {
                agreement: None,
                event,
            } = &trigger
                && let Some(new) = changes::new_day(self, event.as_str())
            {
                // What its own words hang on is of no matter any more.
                found.extend(new.waits_for);
                seen.push(trigger);
                continue;
            }
            let said = match &trigger {
                Trigger::Event {
                    agreement: None,
                    event,
                } => match event.as_str() {
                    "effective" => self.agreement.effective.as_ref(),
                    "expiration" => self.agreement.expires.as_ref(),
                    _ => None,
                },
                _ => None,
            };
            match said {
                Some(When::Phrase(phrase)) => open.extend(phrase.tree.triggers()),
                _ => found.push(trigger.clone()),
            }
            seen.push(trigger);
        }
        found
    }

    /// What an agreement that is not settled waits for: the event that its effective day hangs on, or else the signing
    /// by all, or else, signed, the ratification.
    pub(super) fn settles(&self) -> Trigger {
        let named = self
            .to_be_told(&own("effective"))
            .into_iter()
            .find(|trigger| *trigger != own("effective"));
        let signed = || !self.claims("signing").all.is_empty();
        named.unwrap_or_else(|| own(if signed() { "ratification" } else { "signing" }))
    }

    fn evaluate(&self, phrase: &Phrase, facts: &dyn Facts) -> Answer {
        let question = self.ledger.known.question;
        deadline::evaluate(
            &phrase.tree,
            &deadline::Question {
                facts,
                counting: &self.agreement.counting,
                from: question.tracked_from(self.agreement, None),
                until: question.until,
                first: None,
                ending: deadline::Ending::Stays,
            },
        )
    }

    pub(super) fn known(&self) -> &'a Known<'a> {
        self.ledger.known
    }

    /// The same facts as another agreement sees them.
    pub(super) fn of_the(&self, other: &'a Agreement) -> OfAgreement<'a> {
        self.ledger.of(other)
    }

    pub(super) fn entries(&self, subject: &str, kind: EntryKind) -> impl Iterator<Item = &Entry> {
        self.ledger
            .known
            .about(self.agreement, subject)
            .iter()
            .copied()
            .filter(move |entry| entry.kind == kind)
    }
}

/// A day of an obligation as another agreement tells where it comes from.
fn in_the_words_of_another(fact: Fact, agreement: &AgreementId, id: &ObligationId) -> Fact {
    let here = format!("`{id}`");
    let there = format!("`{agreement}/{id}`");
    let named = |source: Sentence| source.map(|source| source.replace(&here, &there));
    match fact {
        Fact::Known { day, source } => Fact::Known {
            day,
            source: named(source),
        },
        Fact::Expected { day, source } => Fact::Expected {
            day,
            source: named(source),
        },
        Fact::Unknown => Fact::Unknown,
    }
}

/// The end of an agreement that is void from a day on.
fn no_later_than_before(void: NaiveDate, end: Fact) -> Fact {
    match (end, void.pred_opt()) {
        (Fact::Known { day, source }, Some(last)) if day <= last => Fact::Known { day, source },
        (_, Some(last)) => Fact::Known {
            day: last,
            source: Sentence::written(&[
                "the day before it is void as a whole, by a later agreement",
                "el día antes de que quede sin efecto en su totalidad, por un acuerdo posterior",
            ]),
        },
        (end, None) => end,
    }
}

/// What the expected day of what hangs on another obligation rests on.
pub(super) fn as_long_as_it_is_not_met(id: &str) -> Sentence {
    Sentence::in_each(|language| match language {
        English => format!("the last day of `{id}`, as long as it is not met"),
        Spanish => format!("el último día de `{id}`, mientras no se cumpla"),
    })
}

/// Whether an entry speaks of what hangs on this time of an event; where nothing repeats, every one does.
fn is_of(entry: &Entry, time: Option<&Time>, answer: &Answer) -> bool {
    let Some(time) = time else {
        return true;
    };
    let of_these = |entry: &Entry| {
        answer
            .dates
            .iter()
            .any(|dates| dates.called.or(dates.nominal) == entry.occurrence)
    };
    match entry.entry {
        Some(event) if !time.begun_by.is_empty() => time.begun_by.contains(&event),
        _ => entry.for_words == time.for_words && (entry.occurrence.is_none() || of_these(entry)),
    }
}

/// What was struck out and then entered anew by the same party, for the same words: the numbers of both. It is the same
/// time of the event, whose day was corrected.
fn entered_anew(happened: &[&Entry], withdrawn: &[(&Entry, u64)]) -> Vec<(u64, u64)> {
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

fn source_of(entry: &Entry, known: &Known<'_>) -> Sentence {
    super::acts::entries_of_the_record(known, &[entry.number], entry.by.as_slice())
}

/// The agreement's own file, as a source.
fn the_file() -> Sentence {
    Sentence::written(&["the agreement's file", "el archivo del acuerdo"])
}

/// A day of an agreement that its file names.
#[derive(Clone, Copy)]
pub(super) enum Own {
    Effective,
    End,
}

/// That the file names it.
pub(super) fn in_the_file(own: Own) -> Sentence {
    match own {
        Own::Effective => Sentence::written(&[
            "in effect, says the agreement's file",
            "en vigor, según el archivo del acuerdo",
        ]),
        Own::End => Sentence::written(&[
            "the end, says the agreement's file",
            "el fin, según el archivo del acuerdo",
        ]),
    }
}

//! What a fault in a file leaves open although it is read itself: the day of what hangs on something that is not, and who is asked
//! for it. Mail about it waits until the fault is mended.

use super::key::Key;
use super::stage::Stage;
use super::told::Told;
use crate::agreement::{Agreement, Obligation, Timing, When};
use crate::counting::Counting;
use crate::diagnostic::Diagnostic;
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::language::{Limit, Phrase, Trigger};
use crate::office::{LeftOut, Office};
use crate::record::Record;
use crate::rules::{file_not_readable, unknown_calendar};
use crate::schedule::{self, Question};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What the faults of an office leave open.
#[derive(Debug, Default)]
pub(super) struct LeftOpen {
    /// Obligations, own terms and events.
    subjects: BTreeSet<(AgreementId, String)>,
    /// Agreements of which it is not known whether they end: any day of theirs may be another.
    ends: BTreeSet<AgreementId>,
    /// Whether any day of any agreement may be another, because what may amend it is not known.
    any_may_move: bool,
    /// Agreements of which it is not known whether they are in force, or who may hear of them: nothing of them is told.
    whole: BTreeSet<AgreementId>,
    /// Agreements of which it is not known what follows if nobody answers.
    answers: BTreeSet<AgreementId>,
}

/// Days that are open themselves.
type Days = BTreeSet<(AgreementId, Trigger)>;

impl LeftOpen {
    pub(super) fn of(office: &Office, record: &Record, today: NaiveDate) -> Self {
        let mut open = Self::default();
        if !office.diagnostics.iter().any(Diagnostic::is_error) {
            return open;
        }
        let mut days = Days::new();
        open.any_may_move = may_hide_an_amendment(office);
        open.leave_out(office, &mut days);
        open.take_over(office, &mut days);
        open.count_otherwise(office, &mut days);
        for agreement in &office.agreements {
            for key in &agreement.in_doubt {
                open.doubt(office, agreement, key, &mut days);
            }
        }
        let question = Question::new(office, record, today);
        for (agreement, subject) in schedule::hanging_on(&question, &days) {
            open.add(&agreement, subject.as_str());
        }
        open
    }

    /// What is left out of agreements.
    fn leave_out(&mut self, office: &Office, days: &mut Days) {
        let named = office.left_out.iter();
        let named = named.filter_map(|out| Some((out.agreement.as_ref()?, out.what.as_deref()?)));
        for (id, what) in named {
            let Some(agreement) = office.agreement(id.as_str()) else {
                continue;
            };
            if what == "renewal" {
                self.ends.insert(id.clone());
                days.insert((id.clone(), event("expiration")));
                continue;
            }
            self.add(id, what);
            days.extend([event(what), obligation(what)].map(|day| (id.clone(), day)));
            // What was to take the place of another's leaves open what holds of that.
            for amended in &agreement.amends {
                self.add(amended, what);
                days.insert((amended.clone(), obligation(what)));
            }
        }
    }

    /// What may be taken over by an agreement that amends nobody knows which.
    fn take_over(&mut self, office: &Office, days: &mut Days) {
        for amending in amending_unknown(office) {
            self.any_may_move = true;
            for owed in &amending.obligations {
                let id = owed.id.as_str();
                let others = office.agreements.iter().filter(|of| of.id != amending.id);
                for other in others.filter(|of| of.obligation(id).is_some()) {
                    self.add(&other.id, id);
                    days.insert((other.id.clone(), obligation(id)));
                }
            }
        }
    }

    /// What is counted with days off that are not known.
    fn count_otherwise(&mut self, office: &Office, days: &mut Days) {
        let errors = || office.diagnostics.iter().filter(|found| found.is_error());
        let of_unknown = errors().filter(|found| found.rule == &unknown_calendar::RULE);
        let files: BTreeSet<SourceId> = of_unknown.map(|f| f.primary.span.file).collect();
        // A file may stand in the place of a calendar that is built in.
        let paths = errors().map(|f| office.sources.get(f.primary.span.file).path.as_str());
        let faulty = paths.filter_map(|path| path.strip_prefix("calendars/"));
        let faulty: BTreeSet<&str> = faulty
            .filter_map(|name| name.strip_suffix(".toml"))
            .collect();
        if files.is_empty() && faulty.is_empty() {
            return;
        }
        for agreement in &office.agreements {
            let by_faulty = |counting: &Counting| {
                counting
                    .days_off()
                    .any(|calendar| faulty.contains(calendar.id.as_str()))
            };
            if files.contains(&agreement.file) || by_faulty(&agreement.counting) {
                self.leave_days_open(agreement, |_| true, days);
            }
        }
    }

    /// Every day of an agreement, and those of some of its obligations.
    fn leave_days_open(
        &mut self,
        agreement: &Agreement,
        which: impl Fn(&Obligation) -> bool,
        days: &mut Days,
    ) {
        let owed = agreement.obligations.iter().chain([&*agreement.term]);
        for owed in owed.filter(|owed| which(owed)) {
            self.add(&agreement.id, owed.id.as_str());
            days.insert((agreement.id.clone(), obligation(owed.id.as_str())));
        }
        let own = ["effective", "expiration"].map(event);
        days.extend(own.map(|day| (agreement.id.clone(), day)));
    }

    /// What may be otherwise because it is not known what one of an agreement's own keys says.
    fn doubt(&mut self, office: &Office, of: &Agreement, key: &str, days: &mut Days) {
        let own = |day: &str| (of.id.clone(), event(day));
        match key {
            "status" | "parties" | "remind" | "events" | "obligations" => {
                self.whole.insert(of.id.clone());
            }
            // Others that amend it may count as it does.
            "counting" => {
                for counted in with_those_that_amend(office, of) {
                    self.leave_days_open(counted, |_| true, days);
                }
            }
            "signed" | "effective" => self.doubt_its_beginning(office, of, key, days),
            "expires" | "renewal" => {
                self.ends.insert(of.id.clone());
                days.insert(own("expiration"));
                if key == "renewal" {
                    return;
                }
                self.add(&of.id, of.term.id.as_str());
                for owed in of.obligations.iter().filter(|owed| ends_with_it(owed)) {
                    self.add(&of.id, owed.id.as_str());
                }
            }
            "amends" | "changes" => self.any_may_move = true,
            "confirmation" => {
                self.answers.insert(of.id.clone());
            }
            _ => {}
        }
    }

    /// What hangs on the day of an agreement's signing, or on that from which it holds. Its end is another thing, where its words do not
    /// count that from there.
    fn doubt_its_beginning(&mut self, office: &Office, of: &Agreement, key: &str, days: &mut Days) {
        let is_named = |named: &Trigger, day: &str| *named == event(day);
        let holds_from_signing = match &of.effective {
            None => true,
            Some(When::On(..)) => false,
            Some(When::Phrase(phrase)) => {
                let triggers = phrase.tree.triggers();
                triggers.iter().any(|named| is_named(named, "signing"))
            }
        };
        let open = match key {
            "signed" if holds_from_signing => &["signing", "effective"][..],
            "signed" => &["signing"],
            _ => &["effective"],
        };
        let names = |by: &Agreement, phrase: &Phrase| {
            let triggers = phrase.tree.triggers();
            triggers.iter().any(|named| match named {
                Trigger::Event {
                    agreement: Some(other),
                    event,
                } => *other == of.id && open.contains(&event.as_str()),
                _ => by.id == of.id && open.iter().any(|day| is_named(named, day)),
            })
        };
        for day in open {
            self.add(&of.id, day);
        }
        for other in &office.agreements {
            for owed in &other.obligations {
                let phrase = owed.timing.phrase();
                let counts_from_it = phrase.is_some_and(|phrase| names(other, phrase));
                let begins = other.id == of.id && open.contains(&"effective");
                if counts_from_it || (begins && begins_with_it(owed)) {
                    self.add(&other.id, owed.id.as_str());
                    days.insert((other.id.clone(), obligation(owed.id.as_str())));
                }
            }
            for (own, when) in [
                ("effective", &other.effective),
                ("expiration", &other.expires),
            ] {
                if let Some(When::Phrase(phrase)) = when
                    && names(other, phrase)
                {
                    days.insert((other.id.clone(), event(own)));
                }
            }
        }
        if open.contains(&"effective") {
            self.leave_open_what_it_amends(of, days);
        }
    }

    /// What an agreement takes over of others, from a day that is not known.
    fn leave_open_what_it_amends(&mut self, of: &Agreement, days: &mut Days) {
        let changed = of.changes.iter();
        for (agreement, part) in changed.map(|change| (&change.agreement, change.part.as_deref())) {
            if let Some(part) = part {
                self.add(agreement, part);
                let both = [event(part), obligation(part)];
                days.extend(both.map(|day| (agreement.clone(), day)));
            } else {
                self.ends.insert(agreement.clone());
                days.insert((agreement.clone(), event("expiration")));
            }
        }
    }

    fn add(&mut self, agreement: &AgreementId, subject: &str) {
        self.subjects
            .insert((agreement.clone(), subject.to_owned()));
    }

    /// Whether it is open on which day something is, or who hears of it.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.has_whole(&key.agreement)
            || (key.stage.tells_of_an_entry() && self.answers.contains(&key.agreement))
            || (is_of_a_day(key) && self.has_subject(&key.agreement, &key.subject))
    }

    /// The same of an obligation, an own term or an event.
    pub(super) fn has_subject(&self, agreement: &AgreementId, subject: &str) -> bool {
        self.has_whole(agreement)
            || (!self.subjects.is_empty()
                && self
                    .subjects
                    .contains(&(agreement.clone(), subject.to_owned())))
    }

    /// Whether it is open if an agreement is in force, or who may hear of it.
    pub(super) fn has_whole(&self, agreement: &AgreementId) -> bool {
        self.whole.contains(agreement)
    }

    /// Whether the day of something may be another than the one that is worked out.
    pub(super) fn may_move(&self, key: &Key) -> bool {
        is_of_a_day(key) && (self.any_may_move || self.ends.contains(&key.agreement))
    }

    /// Whether nobody is told of it meanwhile: what is open, and that a day is another than the one that was told.
    pub(super) fn keeps_back(&self, key: &Key, told: &Told) -> bool {
        let is_news = || {
            key.stage == Stage::Moved || told.last_day(key).is_some_and(|before| before != key.day)
        };
        self.has(key) || (self.may_move(key) && is_news())
    }
}

/// An agreement and those that amend it, at whatever remove.
fn with_those_that_amend<'a>(office: &'a Office, of: &'a Agreement) -> Vec<&'a Agreement> {
    let mut found = vec![of];
    let mut ids = BTreeSet::from([&of.id]);
    loop {
        let mut others = office
            .agreements
            .iter()
            .filter(|other| !ids.contains(&other.id));
        let Some(next) = others.find(|other| other.amends.iter().any(|id| ids.contains(id))) else {
            return found;
        };
        ids.insert(&next.id);
        found.push(next);
    }
}

/// Whether a day of it is counted from the day on which its agreement takes effect although its words do not say so.
fn begins_with_it(owed: &Obligation) -> bool {
    let has_a_first = matches!(owed.timing, Timing::Every { first: Some(_), .. });
    owed.timing.phrase().is_some_and(|phrase| {
        let limit = &phrase.tree.limit;
        let is_unanchored = matches!(limit, Limit::Recurs(series) if series.from.is_none());
        !has_a_first && (is_unanchored || limit.names_no_year())
    })
}

/// Whether it stops at the end of its agreement.
fn ends_with_it(owed: &Obligation) -> bool {
    !owed.survives && matches!(owed.timing, Timing::Every { .. } | Timing::Lasts { .. })
}

/// Whether a fault hides what amends an agreement: a file of which nothing could be read, or a line that says what is amended.
fn may_hide_an_amendment(office: &Office) -> bool {
    let mut left_out = office.left_out.iter();
    let is_hidden = |out: &LeftOut| {
        let what = out.what.as_deref().unwrap_or_default();
        out.agreement.is_none() || what.starts_with("changes (")
    };
    let mut errors = office.diagnostics.iter().filter(|found| found.is_error());
    left_out.any(is_hidden) || errors.any(|found| found.rule == &file_not_readable::RULE)
}

/// The agreements of which a fault leaves open which others they amend.
fn amending_unknown(office: &Office) -> Vec<&Agreement> {
    let errors = office.diagnostics.iter().filter(|found| found.is_error());
    let at: Vec<Span> = errors.map(|found| found.primary.span).collect();
    let mut amending: Vec<&Agreement> = office.agreements.iter().collect();
    amending.retain(|of| {
        let is_in = |line: Span| {
            let mut at = at.iter().filter(|at| at.file == line.file);
            at.any(|at| line.range().contains(&at.range().start))
        };
        of.amends_at.is_some_and(is_in)
    });
    amending
}

/// Whether it speaks of a day, or asks for one, rather than of what somebody said or of mail.
fn is_of_a_day(key: &Key) -> bool {
    !key.stage.tells_of_an_entry() && !matches!(key.stage, Stage::Undelivered | Stage::Digest)
}

fn event(id: &str) -> Trigger {
    Trigger::Event {
        agreement: None,
        event: EventId::new(id),
    }
}

fn obligation(id: &str) -> Trigger {
    Trigger::Obligation(ObligationId::new(id))
}

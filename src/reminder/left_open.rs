//! What a fault in a file leaves open although it is read itself: the day of what hangs on something that is not, and who is asked
//! for it. Mail about it waits until the fault is mended.

use super::key::Key;
use super::stage::Stage;
use super::told::Told;
use crate::agreement::Agreement;
use crate::counting::Counting;
use crate::diagnostic::Diagnostic;
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::language::Trigger;
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
            let owed = || agreement.obligations.iter().chain([&*agreement.term]);
            let by_faulty = |counting: &Counting| {
                counting
                    .days_off()
                    .any(|calendar| faulty.contains(calendar.id.as_str()))
            };
            if files.contains(&agreement.file) || by_faulty(&agreement.counting) {
                for owed in owed() {
                    self.add(&agreement.id, owed.id.as_str());
                    days.insert((agreement.id.clone(), obligation(owed.id.as_str())));
                }
                let own = ["effective", "expiration"].map(event);
                days.extend(own.map(|day| (agreement.id.clone(), day)));
            }
        }
    }

    fn add(&mut self, agreement: &AgreementId, subject: &str) {
        self.subjects
            .insert((agreement.clone(), subject.to_owned()));
    }

    /// Whether it is open on which day something is, or who hears of it.
    pub(super) fn has(&self, key: &Key) -> bool {
        is_of_a_day(key)
            && self
                .subjects
                .contains(&(key.agreement.clone(), key.subject.clone()))
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

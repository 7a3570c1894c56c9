//! A small office for tests: the SDR letter, two parties, and a schedule that is written down rather than worked out.

use crate::agreement::{
    Agreement, Confirmation, Event, Obligation, Remind, Status, Timing, Visibility,
};
use crate::counting::Step;
use crate::ids::{AgreementId, EventId, ObligationId, PartyId};
use crate::language::{self, DateOrder, KnownNames, Names, Phrase};
use crate::office::{Contact, Language, Mail, Office, Party, Receives, Settings, Side, Transport};
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{AwaitedEvent, Occurrence, OccurrenceKind, Schedule, State};
use crate::source::{Source, SourceId, Sources, Span};
use crate::store::Place;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeMap;

const BODY: &str = "\
## SDR agreements between County and UPE

1. Ongoing meetings to address issues with UPE shall commence with a *follow-up meeting* no later than 30 days after
   implementation. [follow_up_meeting] <!-- ask Kim about the room -->
2. Staff will be held harmless for three months. [hold_harmless]
";

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span() -> Span {
    Span::new(SourceId(0), 0..0)
}

pub(crate) fn phrase(words: &str) -> Phrase {
    let names = Names {
        known: KnownNames::default(),
        events: vec![(EventId::new("implementation"), "Implementation".to_owned())],
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: None,
    };
    language::parse(words, span(), &names).unwrap()
}

pub(crate) fn contact(name: &str, email: &str) -> Contact {
    Contact {
        name: name.to_owned(),
        email: email.to_owned(),
        role: None,
        receives: Receives::Reminders,
        language: Language::English,
        agreements: None,
        agreed: None,
    }
}

fn party(id: &str, name: &str, short: &str, contacts: Vec<Contact>) -> Party {
    Party {
        id: PartyId::new(id),
        name: name.to_owned(),
        short: short.to_owned(),
        side: Side::Other,
        contacts,
    }
}

pub(crate) fn obligation(id: &str, clause: &str, title: &str, timing: Timing) -> Obligation {
    Obligation {
        id: ObligationId::new(id),
        span: span(),
        clause: Some(clause.to_owned()),
        title: title.to_owned(),
        owed_by: vec![PartyId::new("dha")],
        owed_to: vec![PartyId::new("upe")],
        timing,
        when: None,
        reading: None,
        afterwards: None,
        review_every: None,
        who: None,
        purpose: None,
        products: Vec::new(),
        replaces: None,
        survives: false,
        visibility: Visibility::Members,
        counting: None,
        remind: Remind::default(),
        confirmation: None,
        tracked_from: None,
        notes: Some("SECRET: they were angry".to_owned()),
    }
}

/// Kept jointly by UPE and DHA, with the SDR letter.
pub(crate) fn office() -> Office {
    let mut sources = Sources::default();
    let file = sources.add(Source {
        path: "agreements/sdr_phase_ii.md".to_owned(),
        text: BODY.to_owned(),
    });
    let mut hold = obligation(
        "hold_harmless",
        "2",
        "Held harmless for errors and omissions",
        Timing::Lasts {
            phrase: phrase("3 months from implementation"),
            renewal: None,
        },
    );
    hold.afterwards = Some("Clause 2 no longer applies unless a further period was agreed.".into());
    let mut meeting = obligation(
        "follow_up_meeting",
        "1",
        "Follow-up meeting on SDR issues",
        Timing::Due(phrase("no later than 30 days after implementation")),
    );
    meeting.reading = Some("Read as calendar days.".to_owned());
    let mut plan = obligation(
        "training_plan",
        "9",
        "Training plan",
        Timing::Due(phrase("promptly")),
    );
    plan.review_every = Some(Box::new(phrase("2 weeks")));
    let agreement = Agreement {
        title: "SDR Phase II agreements".to_owned(),
        parties: vec![PartyId::new("upe"), PartyId::new("dha")],
        status: Status::InForce,
        events: vec![Event {
            id: EventId::new("implementation"),
            span: span(),
            title: "Implementation of SDR Phase II".to_owned(),
            date: None,
            expected: None,
            told_by: Vec::new(),
            repeats: false,
            visibility: Visibility::Members,
        }],
        obligations: vec![meeting, hold, plan],
        body: Span::new(file, 0..BODY.len()),
        notes: Some("SECRET: the whole letter".to_owned()),
        ..Agreement::empty(AgreementId::new("sdr_phase_ii"), file)
    };
    Office {
        root: std::path::PathBuf::new(),
        settings: settings(),
        parties: vec![
            party(
                "upe",
                "United Public Employees",
                "UPE",
                vec![contact("Business agent", "agents@upe.example")],
            ),
            party(
                "dha",
                "Department of Human Assistance",
                "DHA",
                vec![contact("Labor relations", "labor@dha.example")],
            ),
        ]
        .into(),
        agreements: vec![agreement],
        sources,
        diagnostics: Vec::new(),
        left_out: Vec::new(),
    }
}

fn settings() -> Settings {
    Settings {
        name: "UPE and DHA side letters".to_owned(),
        keeper: None,
        zone: chrono_tz::America::Los_Angeles,
        language: Language::English,
        date_order: DateOrder::MonthDayYear,
        confirmation: Confirmation::Required,
        digest: None,
        remind: Remind {
            before: Some(vec![30, 7, 1]),
            overdue_every: Some(7),
            overdue_times: Some(4),
            escalate_after: Some(14),
            to: None,
        },
        most_per_run: 200,
        mail: Mail {
            from: "Side letter office <office@letters.example>".to_owned(),
            bounces: None,
            reply_to: Some("answers@letters.example".to_owned()),
            transport: Transport::Maildir,
            sendmail_timeout: 600,
            on_unknown: crate::office::OnUnknown::ResendOnce,
            outbox: "outbox".to_owned(),
        },
        store: Place::fresh(),
        site_out: "site".to_owned(),
        site_url: Some("https://letters.example/".to_owned()),
        site_visibility: Visibility::Members,
    }
}

/// A record that tracks the letter from a day on, with nothing said.
pub(crate) fn tracked_from(first: &str) -> Record {
    let mut record = Record::default();
    record
        .tracking
        .insert(AgreementId::new("sdr_phase_ii"), day(first));
    record
}

pub(crate) fn entry(number: u64, kind: EntryKind, subject: &str, on: &str, by: &str) -> Entry {
    Entry {
        number,
        at: format!("{on}T18:00:00Z").parse().unwrap(),
        kind,
        agreement: AgreementId::new("sdr_phase_ii"),
        subject: Some(subject.to_owned()),
        on: Some(day(on)),
        to: None,
        occurrence: None,
        for_words: None,
        entry: None,
        by: Some(PartyId::new(by)),
        entered_by: None,
        speaker: None,
        note: None,
        evidence: Vec::new(),
        visibility: None,
        erase: false,
        proposed: false,
        text: String::new(),
        seal: format!("{number:064x}"),
    }
}

/// An occurrence of the follow-up meeting's obligation, in the state that its days give on `today`.
pub(crate) fn meeting(due: NaiveDate, today: NaiveDate) -> Occurrence {
    let agreement = AgreementId::new("sdr_phase_ii");
    let obligation = ObligationId::new("follow_up_meeting");
    Occurrence {
        state: if due < today {
            State::Overdue
        } else {
            State::Open
        },
        due: Some(due),
        nominal: Some(due),
        steps: vec![
            Step {
                text: Sentence::verbatim("Implementation of SDR Phase II took place"),
                date: due.checked_sub_days(chrono::Days::new(30)),
                source: Sentence::verbatim("entry 1 of the record, by DHA"),
            },
            Step {
                text: Sentence::verbatim("30 days after it"),
                date: Some(due),
                source: Sentence::verbatim("clause 1"),
            },
        ],
        ..Occurrence::without_days(&agreement, &obligation, OccurrenceKind::Deadline)
    }
}

/// The hold harmless, through `end`.
pub(crate) fn hold(end: NaiveDate, today: NaiveDate) -> Occurrence {
    Occurrence {
        obligation: ObligationId::new("hold_harmless"),
        kind: OccurrenceKind::Term,
        state: if end < today {
            State::Ended
        } else {
            State::Running
        },
        ..meeting(end, today)
    }
}

pub(crate) fn schedule(occurrences: Vec<Occurrence>) -> Schedule {
    Schedule {
        occurrences,
        awaited: Vec::new(),
        agreements: BTreeMap::new(),
    }
}

/// Nothing but the question when Phase II was implemented.
pub(crate) fn waiting() -> Schedule {
    Schedule {
        occurrences: Vec::new(),
        awaited: vec![AwaitedEvent {
            agreement: AgreementId::new("sdr_phase_ii"),
            event: EventId::new("implementation"),
            title: "Implementation of SDR Phase II".to_owned(),
            asked: vec![PartyId::new("upe"), PartyId::new("dha")],
            hanging: vec![
                ObligationId::new("follow_up_meeting"),
                ObligationId::new("hold_harmless"),
            ],
            to_ask: true,
        }],
        agreements: BTreeMap::new(),
    }
}

//! What holds of every schedule, whatever the day and whatever was recorded.

use crate::office::Office;
use crate::states::{agreement, owed};
use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::*;
use sideletter::ids::{AgreementId, PartyId};
use sideletter::office::Office as Agreements;
use sideletter::record::{Draft, Entry, EntryKind, Record};
use sideletter::schedule::{Occurrence, OccurrenceKind, Question, Schedule, State, schedule};

/// The repository's own agreements, and one with a thing of every kind.
fn everything() -> &'static Agreements {
    static OFFICE: std::sync::OnceLock<Agreements> = std::sync::OnceLock::new();
    OFFICE.get_or_init(|| {
        let all = [
            owed("meeting", "due = \"no later than 30 days after implementation\""),
            owed("report", "due = \"10 working days after meeting\""),
            owed("appeal", "due = \"15 days after meeting is missed\""),
            owed("answer", "due = \"within 10 days after request\""),
            owed("review", "due = \"15 days after answer\""),
            owed("committee", "every = \"every month\""),
            owed("audit", "every = \"each fiscal year\"\nuntil = \"5 years after effective\""),
            owed("pilot", "due = \"begin in April 2014\""),
            owed("talks", "due = \"no earlier than 10 days after implementation\""),
            owed("quota_notice", "when = \"DHA opts to\"\ndue = \"30 days before expiration\""),
            owed("trial", "lasts = \"3 months from implementation\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\ntimes = 4\nnotice = \"at least 30 days before expiration\""),
            owed("respect", ""),
            owed("plan", "due = \"promptly\""),
        ]
        .concat();
        let folder = Office::repository()
            .file(
                "agreements/letter.md",
                agreement(
                    "Letter",
                    &format!("effective = \"the first day of the month following ratification\"\nexpires = \"3 years after effective\"\n\n[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\", \"us_ca_state_employees\"]\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n\n[events.implementation]\ntitle = \"Implementation\"\n\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{all}"),
                ),
            );
        let office = Agreements::load(folder.root()).unwrap();
        assert!(office.left_out.is_empty(), "{:?}", office.diagnostics);
        office
    })
}

fn begin() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 1, 1).unwrap()
}

/// Subjects of the letter, what may be said of each, and by whom.
const SAID: [(&str, EntryKind); 16] = [
    ("implementation", EntryKind::Happened),
    ("ratification", EntryKind::Happened),
    ("request", EntryKind::Happened),
    ("quota_notice", EntryKind::Happened),
    ("meeting", EntryKind::Met),
    ("report", EntryKind::Met),
    ("answer", EntryKind::Met),
    ("committee", EntryKind::Met),
    ("trial", EntryKind::Noted),
    ("meeting", EntryKind::Moved),
    ("meeting", EntryKind::Waived),
    ("meeting", EntryKind::Confirmed),
    ("meeting", EntryKind::Disputed),
    ("implementation", EntryKind::Confirmed),
    ("respect", EntryKind::Disputed),
    ("committee", EntryKind::Moved),
];

prop_compose! {
    fn entry()(
        said in 0..SAID.len(),
        day in 0_u64..1500,
        occurrence in proptest::option::of(0_u64..1500),
        words in proptest::option::of("North|South"),
        by_dha in any::<bool>(),
        answered in 1_u64..8,
        to in 0_u64..1500,
    ) -> Draft {
        let (subject, kind) = SAID[said];
        let mut draft = Draft::new(kind, AgreementId::new("letter"), "");
        draft.subject = Some(subject.to_owned());
        draft.on = begin().checked_add_days(Days::new(day));
        draft.by = Some(PartyId::new(if by_dha { "dha" } else { "upe" }));
        match kind {
            EntryKind::Moved => draft.to = begin().checked_add_days(Days::new(to)),
            EntryKind::Confirmed => draft.entry = Some(answered),
            EntryKind::Disputed if subject == "meeting" => draft.entry = Some(answered),
            _ => {}
        }
        if kind == EntryKind::Met && subject != "meeting" && subject != "report" {
            draft.occurrence = occurrence.and_then(|days| begin().checked_add_days(Days::new(days)));
        }
        draft.for_words = words.filter(|_| subject == "request" || subject == "answer");
        draft
    }
}

prop_compose! {
    fn record()(drafts in proptest::collection::vec(entry(), 0..8)) -> Record {
        let entries = (1..)
            .zip(drafts)
            .map(|(number, draft)| draft.into_entry(number, DateTime::UNIX_EPOCH, String::new()))
            .collect::<Vec<Entry>>();
        let tracking = everything().agreements.iter().map(|a| (a.id.clone(), begin())).collect();
        Record { entries, tracking, ..Record::default() }
    }
}

/// A day that is likely to matter, or any at all.
fn today() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    let all = (last - first).num_days().unsigned_abs();
    prop_oneof![
        4 => (0_u64..2000).prop_map(|days| begin() + Days::new(days)),
        1 => (0..=all).prop_map(move |days| first + Days::new(days)),
        1 => Just(first),
        1 => Just(last),
    ]
}

fn on(record: &Record, today: NaiveDate) -> Schedule {
    schedule(&Question::new(everything(), record, today))
}

fn name(occurrence: &Occurrence) -> (String, String, Option<NaiveDate>, Option<String>) {
    (
        occurrence.agreement.to_string(),
        occurrence.obligation.to_string(),
        occurrence.occurrence,
        occurrence.for_words.clone(),
    )
}

#[track_caller]
fn is_sound(occurrence: &Occurrence, today: NaiveDate) {
    let last = occurrence.last_day();
    let passed = last.is_some_and(|last| last < today);
    match occurrence.state {
        State::Overdue | State::NotStarted | State::Renewed => assert!(passed),
        // What has no last day of its own ends with its agreement.
        State::Ended => assert!(passed || last.is_none()),
        State::Scheduled | State::Open | State::Running | State::Deciding => assert!(!passed),
        // That a standing duty was not kept names no day on which it was.
        State::Disputed if occurrence.kind == OccurrenceKind::Standing => {}
        State::Met | State::MetLate | State::Reported | State::Disputed => {
            assert!(occurrence.met_on.is_some());
        }
        State::Waiting | State::Standing | State::Undated | State::Unrecorded => {}
        State::Waived => assert!(
            occurrence
                .acts
                .iter()
                .any(|act| act.kind == EntryKind::Waived && act.agreed.len() == 2)
        ),
        // Only a later agreement leads to this.
        State::Superseded => panic!("{occurrence:?}"),
    }
    assert!(!occurrence.projected || !matches!(occurrence.state, State::Open | State::Overdue));
    assert!(
        occurrence
            .grace
            .is_none_or(|grace| Some(grace) > occurrence.due)
    );
    assert!(
        occurrence.due.is_none() || !occurrence.steps.is_empty(),
        "{occurrence:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_schedule_follows_from_the_office_the_record_and_the_day(record in record(), today in today()) {
        let schedule = on(&record, today);
        let again = on(&record, today);
        prop_assert_eq!(&schedule.occurrences, &again.occurrences);
        prop_assert_eq!(&schedule.awaited, &again.awaited);
        prop_assert_eq!(&schedule.agreements, &again.agreements);
        for occurrence in &schedule.occurrences {
            is_sound(occurrence, today);
        }
        let mut order: Vec<&AgreementId> = schedule.occurrences.iter().map(|o| &o.agreement).collect();
        order.dedup();
        prop_assert!(order.is_sorted(), "{:?}", order);
    }

    #[test]
    fn a_later_day_never_takes_back_what_somebody_said(record in record(), days in 0_u64..400) {
        let today = begin() + Days::new(1500);
        let said = |schedule: &Schedule| -> Vec<_> {
            schedule
                .occurrences
                .iter()
                .filter(|o| matches!(o.state, State::Met | State::MetLate | State::Reported | State::Disputed))
                .map(|o| (name(o), o.state))
                .collect()
        };
        let later = said(&on(&record, today + Days::new(days)));
        for before in said(&on(&record, today)) {
            prop_assert!(later.contains(&before), "{:?}", before);
        }
    }
}

#[test]
fn a_chain_of_dates_may_be_as_long_as_a_file_allows() {
    let links = 2500;
    let mut text = "+++\ntitle = \"A chain\"\nkind = \"plan\"\nparties = [\"upe\", \"dha\"]\nsigned = 2026-01-01\n\
                    [counting]\npreset = \"plain\"\n"
        .to_owned();
    // Each hangs on the one below it, so that the first cannot be worked out before the last.
    for link in 1..=links {
        let on = if link == links {
            "signing".to_owned()
        } else {
            format!("link_{}", link + 1)
        };
        text += &owed(
            &format!("link_{link}"),
            &format!("due = \"1 day after {on}\""),
        );
    }
    text.push_str("+++\n");
    let marks: Vec<String> = (1..=links).map(|link| format!("[link_{link}]")).collect();
    text += &marks.join(" ");
    let office = Office::fixture("offices/two_parties")
        .file("agreements/chain.md", text)
        .on("2026-01-02");
    let why = office.json("why chain/link_1");
    // 2,500 days after 1 January 2026.
    assert_eq!(why["due"], "2032-11-05");
}

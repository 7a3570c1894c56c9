//! Who is told what on which day.

use super::fixture::{contact, day, entry, hold, meeting, office, schedule, tracked_from, waiting};
use super::{Failures, Key, Release, Stage, Told, Vanished, plan};
use crate::agreement::{Status, Visibility};
use crate::ids::PartyId;
use crate::office::{Office, Receives};
use crate::record::{EntryKind, Record};
use crate::schedule::{Occurrence, Schedule, State};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// `upe before 30 days 2014-03-30`, one line for each reminder.
fn lines(
    office: &Office,
    record: &Record,
    schedule: &Schedule,
    told: &Told,
    today: &str,
) -> Vec<String> {
    plan(
        office,
        record,
        schedule,
        told,
        &Failures::default(),
        &Vanished::default(),
        day(today),
    )
    .iter()
    .flat_map(|m| {
        m.parts.iter().map(|p| {
            let mut line = format!("{} {} {}", m.recipient.party.id, p.key.stage, p.key.day);
            for skipped in &p.skipped {
                let _ = write!(line, ", not {}", skipped.stage);
            }
            if m.recipient.release == Release::Held {
                line.push_str(", held");
            }
            line
        })
    })
    .collect()
}

fn on(today: &str, make: impl Fn(NaiveDate) -> Occurrence, record: &Record) -> Vec<String> {
    let schedule = schedule(vec![make(day(today))]);
    lines(&office(), record, &schedule, &Told::default(), today)
}

fn due_30_march(today: NaiveDate) -> Occurrence {
    meeting(day("2014-03-30"), today)
}

#[test]
fn both_parties_are_told_on_the_day_of_a_stage() {
    let record = tracked_from("2014-01-01");
    assert_eq!(
        on("2014-02-28", due_30_march, &record),
        [
            "upe before 30 days 2014-03-30",
            "dha before 30 days 2014-03-30"
        ]
    );
    assert!(on("2014-02-27", due_30_march, &record).is_empty());
}

#[test]
fn after_a_gap_only_the_latest_stage_is_told_and_names_the_others() {
    let record = tracked_from("2014-01-01");
    let told = on("2014-03-29", due_30_march, &record);
    assert_eq!(
        told[0],
        "upe before 1 day 2014-03-30, not before 30 days, not before 7 days"
    );
    let told = on("2014-04-15", due_30_march, &record);
    assert_eq!(
        told[0],
        "upe overdue 2 2014-03-30, not before 30 days, not before 7 days, not before 1 day, not due, not overdue 1"
    );
}

#[test]
fn reminders_after_the_last_day_have_an_end() {
    let record = tracked_from("2014-01-01");
    assert!(on("2015-01-01", due_30_march, &record)[0].starts_with("upe overdue 4"));
}

#[test]
fn what_was_due_before_tracking_is_never_told() {
    assert!(on("2014-03-31", due_30_march, &tracked_from("2014-03-31")).is_empty());
    assert!(!on("2014-03-31", due_30_march, &tracked_from("2014-03-30")).is_empty());
    let term = |today| hold(day("2014-06-02"), today);
    assert!(on("2014-06-03", term, &tracked_from("2014-06-03")).is_empty());
    assert_eq!(
        on("2014-06-03", term, &tracked_from("2014-05-30"))[0],
        "upe ended 2014-06-02, not before 30 days, not before 7 days, not before 1 day"
    );
}

#[test]
fn nothing_is_told_of_what_is_done_given_up_or_only_expected() {
    let record = tracked_from("2014-01-01");
    for state in [
        State::Reported,
        State::Met,
        State::Waived,
        State::Superseded,
        State::Waiting,
    ] {
        let settled = |today| Occurrence {
            state,
            ..due_30_march(today)
        };
        assert!(on("2014-03-29", settled, &record).is_empty(), "{state:?}");
    }
    let projected = |today| Occurrence {
        projected: true,
        ..due_30_march(today)
    };
    assert!(on("2014-03-29", projected, &record).is_empty());
}

#[test]
fn something_to_begin_is_never_told_as_overdue() {
    let begin = |today| Occurrence {
        to_begin: true,
        state: State::NotStarted,
        ..due_30_march(today)
    };
    let told = on("2014-05-30", begin, &tracked_from("2014-01-01"));
    assert!(told[0].starts_with("upe due 2014-03-30"), "{told:?}");
}

#[test]
fn an_opening_without_end_is_told_once_where_it_began_under_our_eyes() {
    let opening = |today| Occurrence {
        kind: crate::schedule::OccurrenceKind::Opening,
        opens: Some(day("2014-03-10")),
        due: None,
        nominal: None,
        state: State::Open,
        ..due_30_march(today)
    };
    assert_eq!(
        on("2014-08-01", opening, &tracked_from("2014-03-01"))[0],
        "upe opens 2014-03-10"
    );
    assert!(on("2014-08-01", opening, &tracked_from("2014-03-11")).is_empty());
}

#[test]
fn of_a_series_nothing_is_told_before_the_one_before_is_due() {
    let today = day("2014-02-14");
    let one = |due: &str| Occurrence {
        occurrence: Some(day(due)),
        ..meeting(day(due), today)
    };
    let schedule = schedule(vec![one("2014-02-15"), one("2014-03-15")]);
    let record = tracked_from("2014-02-10");
    let told = lines(
        &office(),
        &record,
        &schedule,
        &Told::default(),
        "2014-02-14",
    );
    assert_eq!(
        told[0],
        "upe before 1 day 2014-02-15, not before 30 days, not before 7 days"
    );
    // 30 days before 15 March is 13 February, two days too early.
    assert_eq!(told.len(), 2);
}

#[test]
fn a_day_is_asked_for_when_tracking_begins_and_then_monthly() {
    let record = tracked_from("2014-01-31");
    let asked = |today| lines(&office(), &record, &waiting(), &Told::default(), today);
    assert_eq!(
        asked("2014-01-31"),
        ["upe asked 2014-01-31", "dha asked 2014-01-31"]
    );
    assert_eq!(asked("2014-02-28")[0], "upe asked 2014-02-28");
    let mut only_dha = waiting();
    only_dha.awaited[0].asked = vec![PartyId::new("dha")];
    assert_eq!(
        lines(
            &office(),
            &record,
            &only_dha,
            &Told::default(),
            "2014-01-31"
        ),
        ["dha asked 2014-01-31"]
    );
}

#[test]
fn a_draft_says_nothing_and_a_tentative_agreement_only_asks() {
    let record = tracked_from("2014-01-01");
    let mut all = waiting();
    all.occurrences.push(due_30_march(day("2014-03-29")));
    let mut office = office();
    office.agreements[0].status = Status::Draft;
    assert!(lines(&office, &record, &all, &Told::default(), "2014-03-29").is_empty());
    office.agreements[0].status = Status::Tentative;
    let told = lines(&office, &record, &all, &Told::default(), "2014-03-29");
    assert_eq!(told, ["upe asked 2014-03-01", "dha asked 2014-03-01"]);
}

#[test]
fn what_a_party_said_is_told_to_the_others_once() {
    let mut record = tracked_from("2014-01-01");
    record.entries.push(entry(
        1,
        EntryKind::Happened,
        "implementation",
        "2014-03-03",
        "dha",
    ));
    let none = schedule(Vec::new());
    let messages = plan(
        &office(),
        &record,
        &none,
        &Told::default(),
        &Failures::default(),
        &Vanished::default(),
        day("2014-03-04"),
    )
    .iter()
    .flat_map(|m| m.parts.iter().map(|p| p.key.to_string()))
    .collect::<Vec<_>>();
    assert_eq!(messages.len(), 1);
    assert!(messages[0].contains("agents@upe.example"));
    let told = Told::new(messages);
    assert!(lines(&office(), &record, &none, &told, "2014-03-05").is_empty());
    // Nor is a contact that comes later told of everything that was ever said.
    let mut later = office();
    later.parties[0]
        .contacts
        .push(contact("New agent", "new@upe.example"));
    assert!(lines(&later, &record, &none, &told, "2014-03-05").is_empty());
}

#[test]
fn what_the_keeper_entered_for_a_party_is_told_to_that_party_and_to_the_keepers_contacts() {
    let mut record = tracked_from("2014-01-01");
    let mut said = entry(1, EntryKind::Met, "follow_up_meeting", "2014-03-03", "dha");
    said.entered_by = Some(PartyId::new("upe"));
    record.entries.push(said);
    let told = lines(
        &office(),
        &record,
        &schedule(Vec::new()),
        &Told::default(),
        "2014-03-04",
    );
    assert_eq!(told, ["upe reported 2014-03-03", "dha reported 2014-03-03"]);
}

#[test]
fn a_day_that_moved_is_told_to_whom_was_told_another() {
    let record = tracked_from("2014-01-01");
    let before = Key {
        agreement: crate::ids::AgreementId::new("sdr_phase_ii"),
        subject: "follow_up_meeting".to_owned(),
        occurrence: None,
        about: String::new(),
        stage: Stage::Before(30),
        recipient: "labor@dha.example".to_owned(),
        day: day("2014-04-15"),
    };
    let told = Told::new([before.to_string()]);
    let now = schedule(vec![due_30_march(day("2014-03-01"))]);
    assert_eq!(
        lines(&office(), &record, &now, &told, "2014-03-01"),
        [
            "upe before 30 days 2014-03-30",
            "dha moved 2014-03-30",
            "dha before 30 days 2014-03-30"
        ]
    );
}

#[test]
fn with_a_keeper_other_parties_mail_is_held_until_they_agree() {
    let record = tracked_from("2014-01-01");
    let now = schedule(vec![due_30_march(day("2014-03-30"))]);
    let mut office = office();
    office.settings.keeper = Some(PartyId::new("upe"));
    let told = |office: &Office| lines(office, &record, &now, &Told::default(), "2014-03-30");
    assert!(!told(&office)[0].ends_with("held"));
    assert!(told(&office)[1].ends_with("held"));
    office.parties[1].contacts[0].agreed = Some(day("2014-03-30"));
    assert!(!told(&office)[1].ends_with("held"));
}

#[test]
fn escalation_goes_to_those_who_receive_it_and_never_unasked_to_another_party() {
    let record = tracked_from("2014-01-01");
    let mut office = office();
    for (party, address) in [(0, "head@upe.example"), (1, "head@dha.example")] {
        let mut head = contact("Head", address);
        head.receives = Receives::Escalation;
        office.parties[party].contacts = vec![head];
    }
    let told = |office: &Office, today: &str| {
        let now = schedule(vec![due_30_march(day(today))]);
        lines(office, &record, &now, &Told::default(), today)
    };
    assert!(told(&office, "2014-04-12").is_empty());
    assert_eq!(
        told(&office, "2014-04-13"),
        ["upe escalated 2014-03-30", "dha escalated 2014-03-30"]
    );
    office.settings.keeper = Some(PartyId::new("dha"));
    assert_eq!(told(&office, "2014-04-13"), ["dha escalated 2014-03-30"]);
}

#[test]
fn who_may_not_see_something_is_not_told_of_it() {
    let record = tracked_from("2014-01-01");
    let now = schedule(vec![due_30_march(day("2014-03-30"))]);
    let mut office = office();
    office.agreements[0].obligations[0].visibility = Visibility::Keeper(PartyId::new("upe"));
    let told = lines(&office, &record, &now, &Told::default(), "2014-03-30");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("upe"));
}

#[test]
fn two_contacts_with_one_address_get_one_message_and_nobody_gets_what_they_did_not_want() {
    let record = tracked_from("2014-01-01");
    let now = schedule(vec![due_30_march(day("2014-03-30"))]);
    let mut office = office();
    let contacts = &mut office.parties[0].contacts;
    contacts.push(contact("The same", "Agents@UPE.example"));
    for receives in [Receives::Digest, Receives::Nothing] {
        let mut quiet = contact("Quiet", "quiet@upe.example");
        quiet.receives = receives;
        contacts.push(quiet);
    }
    let mut elsewhere = contact("Elsewhere", "elsewhere@upe.example");
    elsewhere.agreements = Some(Vec::new());
    contacts.push(elsewhere);
    let told = lines(&office, &record, &now, &Told::default(), "2014-03-30");
    assert_eq!(told.len(), 2);
}

#[test]
fn a_clock_that_is_set_back_tells_no_stage_before_the_one_that_was_told() {
    let (office, record) = (office(), tracked_from("2014-01-01"));
    let mut told = Told::default();
    let mut on = |today: &str| {
        let now = schedule(vec![due_30_march(day(today))]);
        let vanished = Vanished::default();
        let failures = Failures::default();
        let messages = plan(
            &office,
            &record,
            &now,
            &told,
            &failures,
            &vanished,
            day(today),
        );
        let keys = messages
            .iter()
            .flat_map(|m| m.parts.iter().map(|p| p.key.clone()));
        let keys: Vec<Key> = keys.collect();
        for key in &keys {
            told.add(key.to_string());
        }
        let stages: BTreeSet<String> = keys.iter().map(|key| key.stage.to_string()).collect();
        stages.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(on("2014-03-29"), ["before 1 day"]);
    for back in ["2014-03-24", "2014-02-28"] {
        assert_eq!(on(back), [] as [&str; 0], "{back}");
    }
    assert_eq!(on("2014-04-21"), ["overdue 3"]);
    // Over the last day too.
    for back in ["2014-04-15", "2014-03-30", "2014-03-29"] {
        assert_eq!(on(back), [] as [&str; 0], "{back}");
    }
    assert_eq!(on("2014-04-27"), ["overdue 4"]);
}

#[test]
fn several_things_of_one_day_are_one_message() {
    let record = tracked_from("2014-01-01");
    let today = day("2014-03-30");
    let now = schedule(vec![due_30_march(today), hold(day("2014-03-31"), today)]);
    let office = office();
    let (failures, vanished) = (Failures::default(), Vanished::default());
    let messages = plan(
        &office,
        &record,
        &now,
        &Told::default(),
        &failures,
        &vanished,
        today,
    );
    assert_eq!(messages.len(), 2);
    assert!(messages.iter().all(|m| m.parts.len() == 2));
}

#[test]
fn how_something_without_a_date_stands_is_asked_every_so_often() {
    let review = |today| Occurrence {
        obligation: crate::ids::ObligationId::new("training_plan"),
        kind: crate::schedule::OccurrenceKind::Undated,
        state: State::Undated,
        due: None,
        nominal: None,
        ..due_30_march(today)
    };
    let record = tracked_from("2014-01-01");
    assert!(on("2014-01-14", review, &record).is_empty());
    assert_eq!(
        on("2014-01-15", review, &record)[0],
        "upe review 2014-01-15"
    );
    assert_eq!(
        on("2014-02-01", review, &record)[0],
        "upe review 2014-01-29"
    );
}

proptest! {
    /// On whatever days the program runs, and however often on one day: a key is decided at most once, nothing is told
    /// before its day, and after each run the latest stage whose day has come was told.
    #[test]
    fn each_stage_is_decided_once_on_whatever_days_it_runs(
        gaps in prop::collection::vec(0_u64..40, 1..25),
        lead in 0_u64..60,
    ) {
        let office = office();
        let first = day("2014-01-01");
        let due = first + Days::new(lead);
        let record = tracked_from("2014-01-01");
        let mut told = Told::default();
        let (failures, vanished) = (Failures::default(), Vanished::default());
        let mut decided: Vec<String> = Vec::new();
        let mut today = first;
        for gap in gaps {
            today = today + Days::new(gap);
            let now = schedule(vec![meeting(due, today), hold(due, today)]);
            let messages = plan(&office, &record, &now, &told, &failures, &vanished, today);
            let keys: Vec<Key> = messages
                .iter()
                .flat_map(|m| m.parts.iter().map(|p| p.key.clone()))
                .collect();
            // One message a recipient, and in it one stage of each thing.
            prop_assert!(messages.len() <= 2);
            prop_assert!(keys.len() <= 4);
            for key in keys {
                let text = key.to_string();
                prop_assert!(!decided.contains(&text), "twice: {text}");
                match key.stage {
                    Stage::Before(days) => prop_assert!(due - Days::new(days.into()) <= today),
                    Stage::Due => prop_assert!(due <= today),
                    _ => prop_assert!(due < today),
                }
                decided.push(text.clone());
                told.add(text);
            }
            let again = plan(&office, &record, &now, &told, &failures, &vanished, today);
            prop_assert!(again.is_empty(), "a second run of one day adds nothing");
            if today > due {
                for recipient in ["agents@upe.example", "labor@dha.example"] {
                    let ended = format!("\u{1f}ended\u{1f}{recipient}");
                    prop_assert!(decided.iter().any(|key| key.contains(&ended)));
                }
            }
        }
    }
}

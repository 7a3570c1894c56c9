//! Reminders from the command line: planned, sent, listed, held and released.

use crate::office::Office;
use crate::states::{agreement, owed};
use insta::assert_snapshot;
use serde_json::Value;
use std::fs;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Business agent"
email = "agents@upe.example"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"
"#;

const LETTER: &str = r#"+++
title = "Time clocks"
kind = "side_letter"
parties = ["upe", "dha"]

[counting]
preset = "plain"

[events.installation]
title = "Installation of the clocks"

[[obligations]]
id = "no_time_clock"
clause = "1"
title = "No time clock"
owed_by = ["dha"]
notes = "SECRET"
+++

1. No employee shall be required to use a time clock. [no_time_clock]
"#;

fn office(settings: &str) -> Office {
    let office = Office::empty()
        .file("sideletter.toml", settings)
        .file("parties.toml", PARTIES)
        .file("agreements/time_clocks.md", LETTER)
        .on("2014-03-12");
    let happened = "record happened time_clocks/installation --on 2014-03-10 --by upe";
    assert_eq!(office.types(happened).code, 0);
    office
}

#[test]
fn every_address_that_check_accepts_is_written_to() {
    for address in [
        "clerk@[192.0.2.7]",
        "'\"a b\"@dha.example'",
        "o'brien+x@dha.example",
    ] {
        let office = office("");
        let quoted = address.trim_matches('\'');
        let in_toml = if quoted == address {
            format!("\"{address}\"")
        } else {
            address.to_owned()
        };
        let parties = PARTIES.replace("\"labor@dha.example\"", &in_toml);
        let office = office.file("parties.toml", &parties);
        office.prints("check");
        let sent = office.prints("remind --send");
        assert!(sent.contains(quoted), "{sent}");
    }
}

fn json(office: &Office, line: &str) -> Value {
    serde_json::from_str(&office.prints(&format!("{line} --format json"))).unwrap()
}

#[test]
fn what_a_party_recorded_is_mailed_to_the_other_once() {
    let office = office("");
    let plan = json(&office, "remind");
    assert_eq!(plan[0]["id"], Value::Null);
    assert_eq!(plan[0]["stage"], "reported");
    assert_eq!(plan[0]["to"], "labor@dha.example");
    assert_eq!(plan[0]["state"], "queued");
    assert_eq!(plan[0]["reason"], "reported: entry 1 of the record");
    assert_eq!(json(&office, "outbox"), Value::Array(Vec::new()));

    let sent = json(&office, "remind --send");
    assert_eq!(sent[0]["state"], "sent");
    assert_eq!(sent[0]["message_id"], plan[0]["message_id"]);
    let mails: Vec<_> = fs::read_dir(office.root().join("outbox/new"))
        .unwrap()
        .collect();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        json(&office, "remind --send"),
        Value::Array(Vec::new()),
        "a second run writes nothing new"
    );

    let listed = json(&office, "outbox");
    for key in [
        "id",
        "agreement",
        "obligation",
        "occurrence",
        "stage",
        "to",
        "subject",
        "state",
        "tries",
        "next_at",
        "message_id",
        "parts",
    ] {
        assert!(listed[0].get(key).is_some(), "{key}: {listed}");
    }
    assert_eq!(listed[0]["tries"], 1);
    let shown = office.prints("outbox show 1");
    assert!(
        shown.contains("UPE says that this took place on Monday 10 March 2014."),
        "{shown}"
    );
    assert!(!shown.contains("SECRET"));
    assert_eq!(office.types("outbox show 2").code, 2);
}

#[test]
fn with_a_keeper_a_person_lets_another_partys_mail_leave() {
    let office = office("[office]\nkeeper = \"upe\"\n");
    assert_eq!(json(&office, "remind --send")[0]["state"], "held");
    assert!(!office.root().join("outbox/new").exists());
    assert_eq!(office.types("outbox retry 1").code, 2);
    office.prints("outbox release 1");
    assert_eq!(json(&office, "remind --send")[0]["state"], "sent");
    assert_eq!(
        office.types("outbox cancel 1").code,
        2,
        "what has left cannot be called back"
    );
}

#[test]
fn over_the_cap_the_rest_is_left_and_said() {
    let second = "[[dha.contacts]]\nname = \"Second\"\nemail = \"second@dha.example\"\n";
    let office =
        office("[remind]\nmost_per_run = 1\n").file("parties.toml", format!("{PARTIES}{second}"));
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 75, "{ran:?}");
    assert!(
        ran.stderr.contains("1 message left for the next run"),
        "{ran:?}"
    );
    let listed = json(&office, "outbox");
    assert_eq!(listed[0]["state"], "sent");
    assert_eq!(listed[1]["state"], "queued");
    assert_eq!(office.types("remind --send").code, 0);
    assert_eq!(json(&office, "outbox")[1]["state"], "sent");
}

#[test]
fn a_faulty_agreement_does_not_keep_the_others_mail() {
    let office = office("").file("agreements/broken.md", "+++\ntitle = \n+++\n");
    let ran = office.types("remind --send --format json");
    assert_eq!(ran.code, 1, "{ran:?}");
    let sent: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(sent[0]["agreement"], "time_clocks");
}

#[test]
fn a_feed_is_a_calendar_even_where_nothing_has_a_day() {
    let feed = office("").prints("feed time_clocks");
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\n"), "{feed}");
    assert!(feed.ends_with("END:VCALENDAR\r\n"), "{feed}");
    let unfolded = feed.replace("\r\n ", "");
    assert!(unfolded.contains("DESCRIPTION:A courtesy of "), "{feed}");
    assert!(unfolded.contains("the signed agreement governs."), "{feed}");
    assert_eq!(office("").types("feed no_such_letter").code, 2);
}

/// The addresses and stages of a plan, in its order.
fn told(office: &Office) -> Vec<String> {
    json(office, "remind --send")
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["agreement"] == "sdr_phase_ii")
        .flat_map(|m| {
            let to = m["to"].as_str().unwrap().split('@').next().unwrap();
            m["parts"].as_array().unwrap().iter().map(move |part| {
                let text = |key: &str| part[key].as_str().unwrap().to_owned();
                format!("{to}: {} {}", text("obligation"), text("stage"))
            })
        })
        .collect()
}

#[test]
fn the_sdr_letter_is_reminded_of_from_its_first_day_to_the_end_of_its_terms() {
    let office = Office::repository().on("2026-11-23");
    assert_eq!(
        told(&office),
        [
            "agents: implementation asked",
            "labor-relations: implementation asked"
        ]
    );
    let office = office.on("2026-11-24");
    assert_eq!(told(&office), [""; 0]);
    office.prints("record happened sdr_phase_ii/implementation --on 2026-11-20 --by dha");
    assert_eq!(
        told(&office),
        [
            "agents: implementation reported",
            "agents: follow_up_meeting before 30 days",
            "agents: training_survey before 30 days",
            "labor-relations: follow_up_meeting before 30 days",
            "labor-relations: training_survey before 30 days",
        ]
    );
    // Asleep until after the last day: the latest stage alone. What hangs on the survey is not asked about before it.
    let office = office.on("2026-12-22");
    assert_eq!(
        told(&office),
        [
            "agents: follow_up_meeting due",
            "agents: training_survey due",
            "labor-relations: follow_up_meeting due",
            "labor-relations: training_survey due",
        ]
    );
    // Until that day has come it is dated ahead of the clock, and `record` says so.
    let recorded = office.types("record met sdr_phase_ii/training_survey --on 2026-12-18 --by dha");
    assert_eq!(recorded.code, 0, "{recorded:?}");
    assert_eq!(told(&office), ["agents: training_survey reported"]);
    // Two weeks after the survey it is asked how the plan stands; the meeting has its second time.
    let office = office.on("2027-01-03");
    let stages = told(&office);
    assert!(
        stages.contains(&"agents: training_plan review".to_owned()),
        "{stages:?}"
    );
    assert!(
        stages.contains(&"agents: follow_up_meeting overdue 2".to_owned()),
        "{stages:?}"
    );
    assert!(
        !stages.iter().any(|s| s.contains("training_survey")),
        "{stages:?}"
    );
    let office = office.on("2027-02-21");
    let stages = told(&office);
    assert!(
        stages.contains(&"agents: hold_harmless ended".to_owned()),
        "{stages:?}"
    );
}

const CLOCKS: &str = r#"+++
title = "Time clocks and the committee that looks after them in every building"
kind = "side_letter"
parties = ["upe", "dha"]

[counting]
preset = "plain"

[events.installation]
title = "Installation of the clocks"

[[obligations]]
id = "first_meeting"
clause = "1"
title = "First meeting"
owed_by = ["dha"]
due = "30 days after installation"

[[obligations]]
id = "clock_report"
clause = "Reports"
title = "Report on the clocks, with everything that was said about them at the first meeting and since"
owed_by = ["dha"]
due = "10 days after first_meeting"

[[obligations]]
id = "monthly_count"
clause = "3"
title = "Count of the clocks"
owed_by = ["dha"]
every = "each calendar month"
reading = "A calendar month, whatever the day."
+++

1. A first meeting. [first_meeting]
2. A report 10 days after it. [clock_report]
3. Clocks are counted monthly. [monthly_count]
"#;

fn clocks() -> Office {
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/clocks.md", CLOCKS)
        .on("2026-03-02");
    for line in [
        "record happened clocks/installation --on 2026-03-02 --by upe",
        "remind --send",
    ] {
        assert_eq!(office.types(line).code, 0, "{line}");
    }
    office
}

/// What a party's contact is mailed on a day: its subject line and its text.
fn mailed(office: Office, day: &str, to: &str) -> (String, String) {
    let office = office.on(day);
    let sent = json(&office, "remind --send");
    let sent = sent.as_array().unwrap();
    let message = sent.iter().find(|m| m["to"] == to).unwrap();
    let shown = office.prints(&format!("outbox show {}", message["id"]));
    (message["subject"].as_str().unwrap().to_owned(), shown)
}

#[test]
fn a_subject_is_short_and_never_loses_the_day() {
    let (subject, _) = mailed(clocks(), "2026-03-25", "labor@dha.example");
    assert_eq!(
        subject,
        "Time clocks and the committee that looks after…: First meeting, due 1 April 2026, and 1 more"
    );
}

#[test]
fn a_time_limit_names_what_it_hangs_on_and_no_id() {
    let office = clocks().on("2026-03-20");
    office.prints("record met clocks/first_meeting --on 2026-03-20 --by upe");
    let (subject, text) = mailed(office, "2026-03-20", "agents@upe.example");
    let limit = "Time limit:\n“10 days after ‘First meeting’”";
    assert!(text.contains(limit), "{text}");
    assert!(text.contains("(Reports)"), "{text}");
    assert!(subject.contains("…, due 30 March 2026"), "{subject}");
    let (_, body) = text.split_once("\n\n").unwrap();
    let said = body.replace("clocks/clock_report", "");
    assert!(!said.contains("first_meeting"), "{text}");
}

#[test]
fn what_two_dates_of_one_obligation_rest_on_is_quoted_once() {
    let (_, text) = mailed(clocks(), "2026-04-01", "agents@upe.example");
    let contents = "- First meeting, due 1 April 2026: due today\n";
    assert!(text.contains(contents), "{text}");
    assert_eq!(text.matches("Count of the clocks (clause 3)").count(), 2);
    assert_eq!(text.matches("Clocks are counted monthly.").count(), 1);
    assert_eq!(text.matches("A calendar month, whatever").count(), 1);
    assert_eq!(
        text.matches("The words that it rests on stand above.")
            .count(),
        1
    );
    assert!(
        text.contains("If you know that it was done, reply to this message and say on which day."),
        "{text}"
    );
}

#[test]
fn a_mail_template_that_asks_for_a_name_that_is_not_there_is_refused() {
    for asked in [
        "{{#if recipt}}x{{/if}}",
        "{{#unless recipt}}x{{/unless}}",
        "{{recipt}}",
    ] {
        let office = office("").file("templates/mail/reminder/body.txt.hbs", asked);
        let said = office.fails(3, "remind --send");
        assert!(said.contains("templates/mail/reminder"), "{said}");
        assert!(said.contains("recipt"), "{said}");
        assert!(!office.root().join("outbox/new").exists());
    }
}

#[test]
fn what_would_be_withdrawn_is_shown_before_it_is() {
    let office = office("[remind]\nmost_per_run = 1\n");
    let letter = LETTER.replace(
        "[[obligations]]",
        "[[obligations]]\nid = \"training\"\ntitle = \"Training\"\nowed_by = [\"dha\"]\ndue = \"March 20, 2014\"\n[[obligations]]\nid = \"plan\"\ntitle = \"Plan\"\nowed_by = [\"dha\"]\ndue = \"March 21, 2014\"\n[[obligations]]",
    );
    let office = office
        .file("agreements/time_clocks.md", letter)
        .on("2014-03-13");
    // DHA's message leaves and UPE's waits, which tells of both.
    assert_eq!(office.types("remind --send").code, 75);
    let waiting = office.prints("outbox");
    assert!(waiting.contains("2  queued"), "{waiting}");
    office.prints("record met time_clocks/plan --on 2014-03-13 --by dha");
    let shown = office.prints("remind");
    assert!(
        shown.starts_with("1 message from an earlier run would be given up, because a part of what it says no longer holds; the rest is decided anew:\n  to agents@upe.example (UPE): "),
        "{shown}"
    );
    // What it shows is what the next run does.
    let planned: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("time_clocks/"))
        .map(str::trim)
        .collect();
    assert!(
        planned
            .iter()
            .any(|line| line.starts_with("time_clocks/training: before")),
        "{planned:?}"
    );
    let sent = office.types("remind --send");
    assert!(
        sent.stdout
            .contains("1 message from before given up and decided anew: a part of what it said no longer holds"),
        "{sent:?}"
    );
}

/// What became of each message: its number, to whom, and its state.
fn listed(office: &Office) -> Vec<(i64, String, String)> {
    let listed = json(office, "outbox");
    let of = |message: &Value, key: &str| message[key].as_str().unwrap().to_owned();
    let messages = listed.as_array().unwrap().iter();
    messages
        .map(|m| (m["id"].as_i64().unwrap(), of(m, "to"), of(m, "state")))
        .collect()
}

/// What became of the messages to an address.
fn became(office: &Office, address: &str) -> Vec<String> {
    let all = listed(office).into_iter();
    let to = all.filter(|(_, to, _)| to == address);
    to.map(|(.., state)| state).collect()
}

#[test]
fn what_waits_goes_to_nobody_who_may_no_longer_see_it() {
    let keeper = "[office]\nkeeper = \"upe\"\n";
    for (what, with) in [
        (
            "title = \"Time clocks\"",
            "title = \"Time clocks\"\nvisibility = \"upe\"",
        ),
        (
            "title = \"Installation of the clocks\"",
            "title = \"Installation of the clocks\"\nvisibility = \"upe\"",
        ),
    ] {
        let office = office(keeper);
        assert_eq!(json(&office, "remind --send")[0]["state"], "held");
        let office = office.file("agreements/time_clocks.md", LETTER.replace(what, with));
        assert_eq!(
            office.fails(2, "outbox release 1"),
            "sideletter: message 1 is held and would not leave: what it says no longer holds\n"
        );
        office.prints("remind --send");
        assert_eq!(listed(&office)[0].2, "cancelled", "{with}");
        assert!(!office.root().join("outbox/new").exists());
    }
}

#[test]
fn what_waits_goes_to_the_address_that_a_contact_has_now_and_waits_for_a_person_where_it_has_to() {
    let second = "[[dha.contacts]]\nname = \"Second\"\nemail = \"second@dha.example\"\n";
    let parties = format!("{PARTIES}{second}");
    let one = "[remind]\nmost_per_run = 1\n";
    let waits = || {
        let office = office(one).file("parties.toml", parties.clone());
        assert_eq!(office.types("remind --send").code, 75);
        assert_eq!(listed(&office)[1].1, "second@dha.example");
        office
    };
    // Another address.
    let office = waits().file("parties.toml", parties.replace("second@", "third@"));
    office.types("remind --send");
    let to_second = became(&office, "second@dha.example");
    assert!(to_second.contains(&"cancelled".to_owned()), "{to_second:?}");
    assert!(!to_second.contains(&"sent".to_owned()), "{to_second:?}");
    // A keeper since.
    let office = waits().file(
        "sideletter.toml",
        format!("[office]\nkeeper = \"upe\"\n{one}"),
    );
    office.types("remind --send");
    let to_second = became(&office, "second@dha.example");
    assert!(to_second.contains(&"held".to_owned()), "{to_second:?}");
    assert!(!to_second.contains(&"sent".to_owned()), "{to_second:?}");
}

#[test]
fn what_was_never_tried_is_written_anew_for_the_day_on_which_it_leaves() {
    let letter = LETTER.replace(
        "[[obligations]]",
        "[[obligations]]\nid = \"plan\"\ntitle = \"Plan\"\nowed_by = [\"dha\"]\ndue = \"March 13, 2014\"\n[[obligations]]",
    );
    let office = office("[remind]\nmost_per_run = 1\n")
        .file("agreements/time_clocks.md", letter)
        .on("2014-03-13");
    assert_eq!(office.types("remind --send").code, 75);
    let (id, to, state) = listed(&office).remove(1);
    assert_eq!(state, "queued");
    let written = office.prints(&format!("outbox show {id}"));
    assert!(written.contains("That is today."), "{written}");
    let office = office.on("2014-03-16");
    office.prints("remind --send");
    let last = listed(&office)
        .into_iter()
        .rfind(|(_, other, _)| *other == to)
        .unwrap();
    assert_eq!(last.2, "sent");
    let written = office.prints(&format!("outbox show {}", last.0));
    assert!(!written.contains("That is today."), "{written}");
}

#[test]
fn what_is_held_is_not_told_twice_where_a_later_stage_tells_a_part_of_it() {
    let letter = LETTER.replace(
        "[[obligations]]",
        "[[obligations]]\nid = \"plan\"\ntitle = \"Plan\"\nowed_by = [\"dha\"]\ndue = \"March 14, 2014\"\n[[obligations]]",
    );
    let office = office("[office]\nkeeper = \"upe\"\n")
        .file("agreements/time_clocks.md", letter)
        .on("2014-03-13");
    office.prints("remind --send");
    assert_eq!(became(&office, "labor@dha.example"), ["held"]);
    let parts = office.prints("outbox");
    assert!(parts.contains("reported, before 1 day"), "{parts}");
    let office = office.on("2014-03-14");
    let shown = office.prints("remind");
    assert!(
        shown.contains("would be given up, because a later message about a part of it is decided; the rest is decided anew:"),
        "{shown}"
    );
    office.prints("remind --send");
    assert_eq!(became(&office, "labor@dha.example"), ["cancelled", "held"]);
    let parts = office.prints("outbox");
    assert!(parts.contains("reported, due"), "{parts}");
}

#[test]
fn nobody_is_asked_for_a_date_of_what_ended_before_tracking_began() {
    let letter = |survives: &str| {
        let rest = format!(
            "signed = 2010-01-04\nexpires = 2012-12-31\n[events.implementation]\ntitle = \"Implementation\"\n{}",
            owed(
                "report",
                &format!("due = \"30 days after implementation\"\n{survives}")
            )
        );
        Office::empty()
            .file("parties.toml", crate::record_mails::PARTIES)
            .file("agreements/old.md", agreement("Old letter", &rest))
            .on("2026-03-02")
    };
    let office = letter("");
    office.prints("remind --send");
    assert_eq!(listed(&office), []);
    // What outlives its agreement may still be owed.
    let office = letter("survives = true");
    office.prints("remind --send");
    assert_eq!(listed(&office).len(), 2);
}

#[test]
fn what_is_held_for_a_contact_is_decided_anew_once_it_has_agreed() {
    let office = office("[office]\nkeeper = \"upe\"\n");
    assert_eq!(json(&office, "remind --send")[0]["state"], "held");
    let agreed = PARTIES.replace(
        "email = \"labor@dha.example\"",
        "email = \"labor@dha.example\"\nagreed = 2014-01-01",
    );
    let office = office.file("parties.toml", agreed);
    assert_eq!(json(&office, "remind --send")[0]["state"], "sent");
    let listed = json(&office, "outbox");
    assert_eq!(
        (&listed[0]["state"], &listed[1]["state"]),
        (&Value::from("cancelled"), &Value::from("sent"))
    );
    let shown = office.prints("outbox show 1");
    assert!(
        shown.contains("its reader has agreed to reminders since"),
        "{shown}"
    );
}

#[test]
fn what_a_person_releases_leaves_in_the_words_of_its_day() {
    let office = clocks_of_upe();
    office.prints("remind --send");
    let held = |office: &Office| -> Vec<i64> {
        let rows = json(office, "outbox");
        let rows = rows.as_array().unwrap().iter();
        rows.filter(|row| row["state"] == "held")
            .map(|row| row["id"].as_i64().unwrap())
            .collect()
    };
    let first = held(&office);
    let office = office.on("2014-04-12");
    for id in &first {
        office.prints(&format!("outbox release {id}"));
    }
    let planned = office.prints("remind");
    assert!(!planned.contains("held until you release it"), "{planned}");
    office.prints("remind --send");
    assert!(held(&office).is_empty(), "{}", office.prints("outbox"));
    let rows = json(&office, "outbox");
    let sent = rows
        .as_array()
        .unwrap()
        .iter()
        .rfind(|row| row["to"] == "labor@dha.example")
        .unwrap();
    assert_eq!(sent["state"], "sent");
    let shown = office.prints(&format!("outbox show {}", sent["id"]));
    assert!(shown.contains("That is in 8 days."), "{shown}");
}

#[test]
fn what_a_later_message_has_said_since_is_not_let_go_any_more() {
    let office = clocks_of_upe();
    office.prints("remind --send");
    let office = office.on("2014-04-13");
    office.prints("remind --send");
    assert_snapshot!(office.prints("outbox"), @"
    1  sent       2014-04-01  UPE  agents@upe.example  before 30 days  Time clocks: Title of report, due 20 April 2014
    2  cancelled  2014-04-01  DHA  labor@dha.example   before 30 days  Time clocks: Title of report, due 20 April 2014
    3  sent       2014-04-13  UPE  agents@upe.example  before 7 days   Time clocks: Title of report, due 20 April 2014
    4  held       2014-04-13  DHA  labor@dha.example   before 7 days   Time clocks: Title of report, due 20 April 2014
    ");
    assert_snapshot!(office.fails(2, "outbox retry 2"), @"sideletter: message 2 is cancelled and would not leave: message 4, which is held, says it now; see: sideletter outbox show 4");
    office.prints("outbox release 4");
    office.prints("remind --send");
    let office = office.on("2014-05-04");
    assert_snapshot!(office.fails(2, "outbox retry 2"), @"sideletter: message 2 is cancelled and would not leave: message 4 has said it since");
    assert_eq!(became(&office, "labor@dha.example"), ["cancelled", "sent"]);
}

/// Kept by UPE, with a report of DHA that is due on 20 April 2014.
fn clocks_of_upe() -> Office {
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"April 20, 2014\"")
        ),
    );
    Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", crate::record_mails::PARTIES)
        .file("agreements/time_clocks.md", letter)
        .on("2014-04-01")
}

#[test]
fn what_has_to_begin_by_a_day_is_told_so_and_a_day_of_grace_is_named() {
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\"]\n{}{}",
            owed(
                "training",
                "owed_by = [\"dha\"]\ndue = \"begin in March 2014\""
            ),
            owed("report", "owed_by = [\"dha\"]\ndue = \"March 1, 2014\""),
        ),
    );
    let office = Office::empty()
        .file("parties.toml", crate::record_mails::PARTIES)
        .file("agreements/time_clocks.md", letter)
        .on("2014-03-03");
    office.prints("remind --send");
    let rows = json(&office, "outbox");
    let to_dha = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["to"] == "labor@dha.example")
        .unwrap();
    let shown = office.prints(&format!("outbox show {}", to_dha["id"]));
    assert!(
        shown.contains("- Title of training, to begin by 31 March 2014: 28 days left to begin"),
        "{shown}"
    );
    assert!(
        shown.contains("When it has begun, reply to this message and say on which day."),
        "{shown}"
    );
    assert!(
        shown.contains("- Title of report, due 1 March 2014: it may still be done today"),
        "{shown}"
    );
    assert!(
        shown.contains("That was 2 days ago. It may still be done on Monday 3 March 2014."),
        "{shown}"
    );
    assert!(!shown.contains("its last day is past"), "{shown}");
}

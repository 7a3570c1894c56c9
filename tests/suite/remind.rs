//! Reminders from the command line: planned, sent, listed, held and released.

use crate::office::Office;
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
    office.prints("record met sdr_phase_ii/training_survey --on 2026-12-18 --by dha");
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

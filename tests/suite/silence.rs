//! Acceptance by silence: whom it binds, from which day, and what has to have been asked first.

use crate::office::Office;
use crate::record_mails::{HANDED_OVER, PARTIES, office};
use crate::relay::{Answer, Relay, Stage, Way};
use crate::smtp::at;
use insta::assert_snapshot;

/// DHA reported on 1 May 2014, with nobody asked yet.
fn reported(settings: &str) -> Office {
    let office = office(settings, PARTIES, "confirmation = \"silence\"");
    office.prints("record met time_clocks/report --on 2014-04-30 --by dha --today 2014-05-01");
    office
}

/// The state of the report on a day.
#[track_caller]
fn state(office: &Office, today: &str) -> String {
    // What was refused is said beside it, on stderr.
    let ran = office.types(&format!(
        "due --all --agreement time_clocks --today {today} --format json"
    ));
    let rows: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let row = rows.as_array().unwrap().iter();
    let report = row.clone().find(|row| row["obligation"] == "report");
    report.unwrap()["state"].as_str().unwrap().to_owned()
}

/// The day that the message of that number names, in its own words.
#[track_caller]
fn named(office: &Office, number: u32) -> String {
    let shown = office.prints(&format!("outbox show {number}"));
    let line = shown.lines().find(|line| line.contains("does not answer"));
    line.unwrap().to_owned()
}

/// Sends on a day.
#[track_caller]
fn send(office: &Office, today: &str) -> String {
    let ran = office.run(&["remind", "--send", "--today", today]);
    assert!(matches!(ran.code, 0 | 75), "{ran:?}");
    ran.stdout
}

#[test]
fn silence_accepts_from_the_day_that_a_message_named() {
    let office = reported(HANDED_OVER);
    send(&office, "2014-05-01");
    assert_snapshot!(named(&office, 1), @"- If UPE does not answer by Wednesday 14 May 2014, the record takes it as accepted by UPE from Thursday 15 May 2014 on. An objection after that is kept and changes nothing.");
    assert_eq!(state(&office, "2014-05-14"), "reported");
    assert_eq!(state(&office, "2014-05-15"), "met");
    // It is shown wherever it stands, with its day and its message.
    assert_snapshot!(office.prints("log --today 2014-05-20"), @"
    no.  entered           what                    day         by   remark
    1    2014-05-01 09:00  met time_clocks/report  2014-04-30  DHA  [accepted by UPE's silence from 15 May 2014 on, asked by message 1]
    ");
    assert_eq!(
        office.json("log --today 2014-05-20")[0]["standing"]["by_silence"],
        serde_json::json!([{ "party": "upe", "from": "2014-05-15", "message": 1 }])
    );
    assert_snapshot!(office.prints("why time_clocks/report --today 2014-05-20"), @r#"
    Title of report
    Time clocks, clause 4
    Owed by DHA

    The words: "May 30, 2014"

      1. the words name Friday 30 May 2014

    Last day: Friday 30 May 2014

    Recorded:
      entry 1, 2014-05-01: DHA says that "Title of report" was done on Wednesday 30 April 2014 [accepted by UPE's silence from 15 May 2014 on, asked by message 1]
    "#);
    office.prints("build --today 2014-05-20");
    let page = office.read("site/agreements/time_clocks.html");
    let (_, said) = page.split_once("<span>recorded as done").unwrap();
    assert_snapshot!(said.split_once("</span>").unwrap().0, @"");
    // Nobody is told that nobody spoke.
    send(&office, "2014-05-20");
    let outbox = office.prints("outbox --today 2014-05-20");
    assert_eq!(outbox.matches("reported").count(), 1, "{outbox}");
}

#[test]
fn an_objection_disputes_before_that_day_and_changes_nothing_from_it_on() {
    let objection = "record disputed time_clocks --entry 1 --by upe";
    let office = reported(HANDED_OVER);
    send(&office, "2014-05-01");
    office.prints(&format!("{objection} --today 2014-05-14"));
    assert_eq!(state(&office, "2014-05-20"), "disputed");

    let office = reported(HANDED_OVER);
    send(&office, "2014-05-01");
    // It needs no number: nothing else is there to object to.
    let unnamed =
        office.prints("record disputed time_clocks/report --by upe --dry-run --today 2014-05-15");
    assert!(unnamed.contains("UPE disputes entry 1"), "{unnamed}");
    assert_snapshot!(office.prints(&format!("{objection} --today 2014-05-15")), @"
    Entry 2: UPE disputes entry 1.
    To strike it out: sideletter record struck time_clocks --entry 2 --by upe
    Entry 1 is accepted by UPE's silence from 15 May 2014 on, asked by message 1. An objection after that is kept and changes nothing.
    ");
    assert_eq!(state(&office, "2014-05-20"), "met");
    assert_snapshot!(office.prints("log --today 2014-05-20"), @"
    no.  entered           what                                  day         by   remark
    1    2014-05-01 09:00  met time_clocks/report                2014-04-30  DHA  [accepted by UPE's silence from 15 May 2014 on, asked by message 1]
    2    2014-05-15 09:00  disputed entry 1, time_clocks/report              UPE
    ");
    // The other party hears of it all the same.
    send(&office, "2014-05-20");
    let told = office.prints("outbox show 3");
    assert!(
        told.contains("The record takes it as accepted by UPE from Thursday 15 May 2014 on"),
        "{told}"
    );
    // What a party says before that day is its answer.
    let office = reported(HANDED_OVER);
    send(&office, "2014-05-01");
    office.prints("record confirmed time_clocks --entry 1 --by upe --today 2014-05-10");
    assert_eq!(
        office.json("log --today 2014-05-20")[0]["standing"]["by_silence"],
        serde_json::json!([])
    );
}

#[test]
fn a_message_that_is_decided_late_names_a_later_day() {
    for (sent, from, before) in [
        ("2014-05-05", "2014-05-15", "2014-05-14"),
        ("2014-05-06", "2014-05-20", "2014-05-19"),
        ("2014-07-01", "2014-07-15", "2014-07-14"),
    ] {
        let office = reported(HANDED_OVER);
        send(&office, sent);
        assert_eq!(state(&office, before), "reported", "{sent}");
        assert_eq!(state(&office, from), "met", "{sent}");
    }
}

#[test]
fn a_message_that_is_sent_late_is_decided_anew_with_a_later_day() {
    let with_one_before_it = || {
        let office = office(
            &format!("[remind]\nmost_per_run = 1\n{HANDED_OVER}"),
            PARTIES,
            "confirmation = \"silence\"",
        );
        office.prints("record met time_clocks/report --on 2014-04-30 --by dha --today 2014-05-01");
        office
            .prints("record met time_clocks/training --on 2014-04-30 --by upe --today 2014-05-01");
        send(&office, "2014-05-01");
        // UPE's own contact comes first in the agreement; its message has left, and DHA's waits.
        office
    };
    let office = with_one_before_it();
    assert_snapshot!(office.prints("outbox"), @"
    1  sent    2014-05-01  UPE  agents@upe.example  reported, asked, renewal_opens  Time clocks: Title of report, due 30 May 2014, and 2 more
    2  queued  2014-05-01  DHA  labor@dha.example   reported, asked, renewal_opens  Time clocks: Title of training, and 2 more
    ");
    send(&office, "2014-05-05");
    assert_snapshot!(office.prints("outbox --today 2014-05-05"), @"
    1  sent       2014-05-01  UPE  agents@upe.example  reported, asked, renewal_opens  Time clocks: Title of report, due 30 May 2014, and 2 more
    2  cancelled  2014-05-01  DHA  labor@dha.example   reported, asked, renewal_opens  Time clocks: Title of training, and 2 more
    3  sent       2014-05-05  DHA  labor@dha.example   reported, asked, renewal_opens  Time clocks: Title of training, and 2 more
    ");

    let office = with_one_before_it();
    assert_snapshot!(office.types("remind --today 2014-05-09").stdout, @"
    1 message from an earlier run would be given up, because it was written for another day, and is decided anew:
      to labor@dha.example (DHA): Time clocks: Title of training, and 2 more
    1 message would be written:

      to labor@dha.example (DHA): Time clocks: Title of training, and 2 more
        time_clocks/training: reported: entry 2 of the record
        time_clocks/installation: asked: time 5 of at most 12, for 2014-05-01
        time_clocks/pilot of 2014-06-30: renewal_opens: its day is 2014-05-01

    To write them: sideletter remind --send
    ");
    send(&office, "2014-05-09");
    assert_snapshot!(office.prints("outbox"), @"
    1  sent       2014-05-01  UPE  agents@upe.example  reported, asked, renewal_opens  Time clocks: Title of report, due 30 May 2014, and 2 more
    2  cancelled  2014-05-01  DHA  labor@dha.example   reported, asked, renewal_opens  Time clocks: Title of training, and 2 more
    3  sent       2014-05-09  DHA  labor@dha.example   reported, asked, renewal_opens  Time clocks: Title of training, and 2 more
    ");
    assert_snapshot!(named(&office, 3), @"- If DHA does not answer by Thursday 22 May 2014, the record takes it as accepted by DHA from Friday 23 May 2014 on. An objection after that is kept and changes nothing.");
}

#[test]
fn a_message_that_was_replaced_as_too_late_is_not_sent_again_by_hand() {
    let office = office(
        &format!("[remind]\nmost_per_run = 1\n{HANDED_OVER}"),
        PARTIES,
        "confirmation = \"silence\"",
    );
    office.prints("record met time_clocks/report --on 2014-04-30 --by dha --today 2014-05-01");
    office.prints("record met time_clocks/training --on 2014-04-30 --by upe --today 2014-05-01");
    send(&office, "2014-05-01");
    let said = send(&office, "2014-05-09");
    assert!(
        said.contains("1 message from before given up and decided anew: a part of what it said no longer holds, it was written for another day"),
        "{said}"
    );
    let before = office.prints("outbox --today 2014-05-09");
    assert_snapshot!(office.fails(2, "outbox retry 2 --today 2014-05-10"), @"sideletter: message 2 is cancelled and would not leave: message 3 has said it since");
    send(&office, "2014-05-10");
    // It was replaced, and nobody is told a third time.
    assert_eq!(office.prints("outbox --today 2014-05-10"), before);
}

/// A report of which UPE's message met this answer of the relay on 1 May; the relay works after it.
fn met(answer: &Answer) -> (Office, Relay) {
    let relay = Relay::new(Way::Plain);
    let at_first = answer.clone();
    relay.answers(move |stage| match stage {
        Stage::Message(_) => at_first.clone(),
        _ => Answer::Fine,
    });
    let office = reported(&relay.settings(""));
    let ran = at(&office, "2014-05-01T09:00:00Z", "remind --send");
    assert_eq!(ran.code, 75, "{ran:?}");
    assert_eq!(state(&office, "2014-06-01"), "reported");
    relay.answers(|_| Answer::Fine);
    (office, relay)
}

/// How many messages to UPE the relay was handed whole.
fn handed(relay: &Relay) -> usize {
    let taken = relay.taken();
    let to_upe = taken.iter().filter(|taken| taken.to.contains("@upe."));
    to_upe.count()
}

#[test]
fn what_perhaps_came_twice_has_asked_once_the_relay_took_it() {
    let (office, relay) = met(&Answer::HangUp);
    let ran = at(&office, "2014-05-01T11:00:00Z", "remind --send");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(handed(&relay), 2);
    assert_eq!(state(&office, "2014-05-14"), "reported");
    assert_eq!(state(&office, "2014-05-15"), "met");
    let case = office.prints("log --case time_clocks --today 2014-05-20");
    assert!(case.contains("2014, 11:00 UTC, perhaps twice"), "{case}");
}

#[test]
fn what_a_relay_put_off_until_too_late_is_decided_anew_with_a_later_day() {
    for (answer, became) in [
        (Answer::Say("451 4.7.1 later"), "cancelled"),
        // It may have arrived, so that is not denied; and it does not arrive again.
        (Answer::HangUp, "unknown"),
    ] {
        let (office, relay) = met(&answer);
        let before = handed(&relay);
        let ran = at(&office, "2014-05-06T09:00:00Z", "remind --send");
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(handed(&relay), before + 1);
        let outbox = office.json("outbox");
        let messages = outbox.as_array().unwrap().iter();
        let to_upe: Vec<_> = messages
            .filter(|m| m["to"] == "agents@upe.example")
            .collect();
        assert_eq!(to_upe.len(), 2, "{outbox}");
        assert_eq!(to_upe[0]["state"], became);
        assert_eq!(to_upe[1]["state"], "sent");
        let why = office.prints(&format!("outbox show {}", to_upe[0]["id"]));
        assert!(
            why.contains("it left too little time to answer before the day that it names"),
            "{why}"
        );
        assert_eq!(state(&office, "2014-05-19"), "reported");
        assert_eq!(state(&office, "2014-05-20"), "met");
        let again = at(&office, "2014-05-06T12:00:00Z", "remind --send");
        assert_eq!(again.code, 0, "{again:?}");
        assert_eq!(handed(&relay), before + 1);
    }
}

#[test]
fn only_what_was_sent_has_asked() {
    let office = reported(HANDED_OVER);
    send(&office, "2014-05-01");
    let store = rusqlite::Connection::open(office.root().join(".sideletter/store.db")).unwrap();
    for (became, stands) in [
        ("queued", "reported"),
        ("sending", "reported"),
        ("deferred", "reported"),
        ("unknown", "reported"),
        ("rejected", "reported"),
        ("gave_up", "reported"),
        ("held", "reported"),
        ("cancelled", "reported"),
        ("sent", "met"),
    ] {
        store
            .execute("UPDATE messages SET state = ?1", [became])
            .unwrap();
        assert_eq!(state(&office, "2014-06-01"), stands, "{became}");
    }
    // One that left with too little time before the day that it named has asked nobody.
    let left = |day: &str| {
        store
            .execute(
                "UPDATE messages SET changed_at = 1000 * unixepoch(?1)",
                [format!("{day} 18:00")],
            )
            .unwrap();
        state(&office, "2014-06-01")
    };
    assert_eq!(left("2014-05-05"), "met");
    assert_eq!(left("2014-05-06"), "reported");
}

#[test]
fn silence_binds_who_keeps_the_office_jointly_or_has_agreed_and_nobody_else() {
    let kept_by_upe = &format!("[office]\nkeeper = \"upe\"\n{HANDED_OVER}");
    let says = |office: &Office, by: &str| {
        office.prints(&format!(
            "record met time_clocks/report --on 2014-04-30 --by {by} --today 2014-05-01"
        ));
        send(office, "2014-05-01");
        let ids: Vec<String> = office
            .json("outbox")
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["state"] == "held")
            .map(|row| row["id"].to_string())
            .collect();
        for id in ids {
            office.prints(&format!("outbox release {id}"));
            send(office, "2014-05-01");
        }
        state(office, "2014-06-01")
    };
    let silence = "confirmation = \"silence\"";
    assert_eq!(
        says(&office(kept_by_upe, PARTIES, silence), "upe"),
        "reported"
    );
    let agreed = format!("{PARTIES}agreed = 2014-01-01\n");
    assert_eq!(says(&office(kept_by_upe, &agreed, silence), "upe"), "met");
    // The keeper's own silence binds it no more than another's that has not agreed.
    assert_eq!(
        says(&office(kept_by_upe, &agreed, silence), "dha"),
        "reported"
    );
    // Nor does any under another rule.
    assert_eq!(
        says(
            &office(kept_by_upe, &agreed, "confirmation = \"required\""),
            "upe"
        ),
        "reported"
    );
}

#[test]
fn a_file_in_a_folder_has_asked_nobody() {
    let office = reported("");
    send(&office, "2014-05-01");
    let told = office.prints("outbox show 1");
    assert!(
        told.contains("For now UPE's silence accepts nothing: a message that names a day for that may still come."),
        "{told}"
    );
    assert_eq!(state(&office, "2014-07-01"), "reported");
    let doctor = office.types("doctor").stdout;
    assert!(
        doctor.contains(
            "silence accepts nothing now: mail is written into outbox/new and handed to nobody"
        ),
        "{doctor}"
    );

    // What was to be handed over and is written into a folder instead asks nothing any more.
    let relay = Relay::new(Way::Plain);
    relay.answers(|stage| match stage {
        Stage::Message(_) => Answer::Say("451 4.7.1 later"),
        _ => Answer::Fine,
    });
    let office = reported(&relay.settings(""));
    let ran = at(&office, "2014-05-01T09:00:00Z", "remind --send");
    assert_eq!(ran.code, 75, "{ran:?}");
    let office = office.file("sideletter.toml", "");
    send(&office, "2014-05-02");
    assert_eq!(state(&office, "2014-07-01"), "reported");
    let states: Vec<_> = office
        .json("outbox")
        .as_array()
        .unwrap()
        .iter()
        .map(|m| {
            format!(
                "{} {}",
                m["to"].as_str().unwrap(),
                m["state"].as_str().unwrap()
            )
        })
        .collect();
    assert!(
        states.contains(&"agents@upe.example sent".to_owned()),
        "{states:?}"
    );
}

#[test]
fn nobody_is_told_what_follows_from_silence_while_a_fault_hides_it() {
    for (key, misspelled) in [
        ("confirmation = \"silence\"", "confirmation = \"silense\""),
        ("confirmation = \"silence\"", "confirmatoin = \"silence\""),
    ] {
        let office = reported(HANDED_OVER);
        let letter = office.read("agreements/time_clocks.md");
        let path = "agreements/time_clocks.md";
        let stages = |office: &Office| {
            let rows = office.json("outbox");
            let rows = rows.as_array().unwrap().iter();
            rows.filter(|row| row["stage"] == "reported").count()
        };
        let office = office.file(path, letter.replace(key, misspelled));
        assert_eq!(office.types("remind --send --today 2014-05-01").code, 1);
        assert_eq!(stages(&office), 0);
        let office = office.file(path, letter);
        send(&office, "2014-05-01");
        assert_eq!(stages(&office), 1);
    }
}

//! An address that refuses mail for good: who hears of it, and how often.

use crate::office::Office;
use crate::states::{agreement, owed};
use insta::assert_snapshot;
use std::os::unix::fs::PermissionsExt;

const OTHER: &str = "[[dha.contacts]]\nname = \"Deputy\"\nemail = \"deputy@dha.example\"\n";

const NO_SUCH_MAILBOX: &str = "echo no such mailbox >&2; exit 67";

/// An office whose mail program refuses one address of DHA.
fn office(more: &str) -> Office {
    refusing(NO_SUCH_MAILBOX, more)
}

/// The mail program, which refuses one address in this way.
fn program(refuses: &str) -> String {
    format!("#!/bin/sh\ncat >/dev/null\ncase \"$*\" in *labor@*) {refuses};; esac\n")
}

fn refusing(refuses: &str, more: &str) -> Office {
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n{}{}",
            owed(
                "report",
                "clause = \"4\"\nowed_by = [\"dha\"]\ndue = \"May 30, 2014\""
            ),
            owed(
                "survey",
                "clause = \"5\"\nowed_by = [\"upe\"]\ndue = \"June 20, 2014\""
            ),
        ),
    );
    let office = Office::empty()
        .file("parties.toml", parties(more))
        .file("agreements/time_clocks.md", letter);
    answering(office, refuses)
}

fn parties(more: &str) -> String {
    format!(
        "[upe]\nname = \"United Public Employees\"\nshort = \"UPE\"\nside = \"union\"\n[[upe.contacts]]\nname = \"Agents\"\nemail = \"agents@upe.example\"\n[dha]\nname = \"Human Assistance\"\nshort = \"DHA\"\nside = \"employer\"\n[[dha.contacts]]\nname = \"Labor relations\"\nemail = \"labor@dha.example\"\n{more}"
    )
}

/// An office of one letter, `plans`, whose mail program answers for DHA's address with this.
pub(crate) fn handed_to(answer: &str, letter: &str) -> Office {
    let office = Office::empty()
        .file("parties.toml", parties(""))
        .file("agreements/plans.md", letter);
    answering(office, answer)
}

/// An office with a mail program that answers for DHA's address with this.
pub(crate) fn answering(office: Office, answer: &str) -> Office {
    let office = office.file("sendmail", program(answer));
    let path = office.root().join("sendmail");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let settings = format!(
        "[mail]\nfrom = \"office@upe.example\"\nreply_to = \"desk@upe.example\"\ntransport = \"sendmail\"\nsendmail = \"{}\"\n",
        path.display()
    );
    office.file("sideletter.toml", settings)
}

fn told(office: &Office) -> Vec<String> {
    let rows = office.json("outbox");
    rows.as_array()
        .unwrap()
        .iter()
        .filter(|row| row["stage"] == "undelivered")
        .map(|row| format!("{} {}", row["to"], row["state"]).replace('"', ""))
        .collect()
}

/// The text of the last mail about it to a recipient.
fn about_it(office: &Office, to: &str) -> String {
    let rows = office.json("outbox");
    let is_it = |row: &&serde_json::Value| row["stage"] == "undelivered" && row["to"] == to;
    let row = rows.as_array().unwrap().iter().rfind(is_it).unwrap();
    let shown = office.prints(&format!("outbox show {}", row["id"]));
    let (_, body) = shown.split_once("\n\n").unwrap();
    let mut before = body
        .split("\nTo answer")
        .flat_map(|text| text.split("\nPara contestar"));
    before.next().unwrap().to_owned()
}

#[test]
fn the_partys_other_contacts_hear_of_it_once_for_each_agreement() {
    let office = office(OTHER);
    office.types("remind --send --today 2014-04-30");
    assert!(told(&office).is_empty());
    for day in [
        "2014-05-01",
        "2014-05-02",
        "2014-05-23",
        "2014-05-30",
        "2014-06-20",
    ] {
        office.types(&format!("remind --send --today {day}"));
        assert_eq!(told(&office), ["deputy@dha.example sent"], "{day}");
    }
    let body = about_it(&office, "deputy@dha.example");
    assert!(!body.contains("labor@dha.example"), "{body}");
    assert_snapshot!(body);
}

#[test]
fn where_the_party_has_no_other_contact_the_office_hears_of_it() {
    let office = office("");
    office.types("remind --send --today 2014-04-30");
    office.types("remind --send --today 2014-05-23");
    office.types("remind --send --today 2014-05-30");
    assert_eq!(told(&office), ["desk@upe.example sent"]);
}

#[test]
fn it_stands_at_the_obligation_until_the_address_is_another_one() {
    let office = office("");
    office.types("remind --send --today 2014-04-30");
    let note = "DHA was not told: message 2 was refused for good; see: sideletter outbox show 2\n";
    let due = office.prints("due --today 2014-05-01");
    assert!(due.contains(note), "{due}");
    let parties = office
        .read("parties.toml")
        .replace("labor@dha", "relations@dha");
    let office = office.file("parties.toml", parties);
    let due = office.prints("due --today 2014-05-01");
    assert!(!due.contains("was not told"), "{due}");
}

/// What each command says of it.
fn said_everywhere(office: &Office) -> String {
    let said = [
        "check",
        "due --today 2014-05-01",
        "doctor --today 2014-05-01",
    ]
    .map(|line| {
        let ran = office.types(line);
        let about = ran.stdout.lines().filter(|line| line.contains("not told"));
        let about: Vec<&str> = about.map(str::trim).collect();
        format!("{line}\n{}\n", about.join("\n"))
    });
    said.concat().replace(office.root().to_str().unwrap(), "")
}

#[test]
fn findings_due_doctor_and_the_mail_agree_on_what_was_refused() {
    let spanish = "[[dha.contacts]]\nname = \"Suplente\"\nemail = \"suplente@dha.example\"\nlanguage = \"es\"\n";
    let office = refusing(
        "echo 552 5.3.4 message too large >&2; exit 65",
        &format!("{OTHER}{spanish}"),
    );
    office.types("remind --send --today 2014-04-30");
    assert_snapshot!("not_for_its_address", said_everywhere(&office));
    office.types("remind --send --today 2014-05-01");
    assert_snapshot!(
        "not_for_its_address_in_english",
        about_it(&office, "deputy@dha.example")
    );
    assert_snapshot!(
        "not_for_its_address_in_spanish",
        about_it(&office, "suplente@dha.example")
    );

    // That the address takes no mail at all is news, and said once too.
    let office = office.file("sendmail", program(NO_SUCH_MAILBOX));
    let path = office.root().join("sendmail");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    office.types("remind --send --today 2014-05-23");
    office.types("remind --send --today 2014-05-24");
    office.types("remind --send --today 2014-05-30");
    let deputy = told(&office)
        .iter()
        .filter(|to| to.starts_with("deputy"))
        .count();
    assert_eq!(deputy, 2);
    assert_snapshot!(
        "of_its_address_in_spanish",
        about_it(&office, "suplente@dha.example")
    );

    // Once it is settled by hand, nothing is left to say.
    let rows = office.json("outbox");
    let refused = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["state"] == "rejected");
    for row in refused {
        office.prints(&format!("outbox cancel {}", row["id"]));
    }
    assert!(!said_everywhere(&office).contains("refused"));
}

#[test]
fn what_was_given_up_after_days_is_a_finding_and_the_other_contacts_hear_of_it() {
    let spanish = "[[dha.contacts]]\nname = \"Suplente\"\nemail = \"suplente@dha.example\"\nlanguage = \"es\"\n";
    let office = refusing("echo later >&2; exit 75", &format!("{OTHER}{spanish}"));
    for day in ["2014-04-30", "2014-05-01", "2014-05-02"] {
        let ran = office.types(&format!("remind --send --today {day}"));
        assert_eq!(ran.code, 75, "{ran:?}");
        assert!(told(&office).is_empty());
    }
    office.types("remind --send --today 2014-05-04");
    assert_snapshot!("given_up", said_everywhere(&office));
    for day in ["2014-05-05", "2014-05-06"] {
        office.types(&format!("remind --send --today {day}"));
        assert_eq!(
            told(&office),
            ["deputy@dha.example sent", "suplente@dha.example sent"]
        );
    }
    assert_snapshot!(
        "given_up_in_english",
        about_it(&office, "deputy@dha.example")
    );
    assert_snapshot!(
        "given_up_in_spanish",
        about_it(&office, "suplente@dha.example")
    );
    // Nothing stops by it.
    let office = office.file("sendmail", program("true"));
    office.types("remind --send --today 2014-05-23");
    let rows = office.json("outbox");
    let sent = rows
        .as_array()
        .unwrap()
        .iter()
        .any(|row| row["to"] == "labor@dha.example" && row["state"] == "sent");
    assert!(sent, "{rows}");
    office.prints("outbox cancel 2");
    assert!(!said_everywhere(&office).contains("was not told"));
}

#[test]
fn the_office_is_told_what_to_correct_and_not_to_answer_itself() {
    let office = office("");
    office.types("remind --send --today 2014-04-30");
    office.types("remind --send --today 2014-05-23");
    let rows = office.json("outbox");
    let is_it = |row: &&serde_json::Value| row["to"] == "desk@upe.example";
    let id = rows.as_array().unwrap().iter().find(is_it).unwrap()["id"].clone();
    let shown = office.prints(&format!("outbox show {id}"));
    assert!(
        !shown.to_lowercase().contains("reply to this message"),
        "{shown}"
    );
    assert!(
        shown.contains("Ask DHA for the address that it reads, and write it into parties.toml."),
        "{shown}"
    );
}

#[test]
fn names_of_parties_and_contacts_stay_on_their_line_and_turn_nothing_around() {
    let office = office("");
    let parties = office
        .read("parties.toml")
        .replace("short = \"DHA\"", "short = \"DHA\\nBcc: x@y.example\"")
        .replace("\"Labor relations\"", "\"Labor\\u202Esnoitaler\\u2066\"");
    let office = office.file("parties.toml", parties);
    office.types("remind --send --today 2014-04-30");
    let said = office.prints("due --today 2014-05-01");
    assert!(
        said.contains("DHA Bcc: x@y.example: time_clocks/report"),
        "{said}"
    );
    let all = [
        said,
        office.prints("outbox"),
        office.prints("outbox show 1"),
        office.prints("outbox show 2"),
    ]
    .concat();
    assert!(!all.contains(['\u{202e}', '\u{2066}']), "{all}");
    assert!(!all.contains("\nBcc:"), "{all}");
}

#[test]
fn that_an_address_refuses_the_mail_about_another_is_told_too() {
    let office = office(OTHER);
    office.types("remind --send --today 2014-04-30");
    // The deputy, who is to hear of it, is no more there than the other.
    let both = program(NO_SUCH_MAILBOX).replace("*labor@*", "*@dha*");
    let office = office.file("sendmail", both);
    let path = office.root().join("sendmail");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    for day in ["2014-05-01", "2014-05-02", "2014-05-03"] {
        office.types(&format!("remind --send --today {day}"));
    }
    assert_eq!(
        told(&office),
        ["deputy@dha.example rejected", "desk@upe.example sent"]
    );
    let mail = about_it(&office, "desk@upe.example");
    assert!(
        mail.contains("What has not reached Deputy: that mail to another contact did not arrive."),
        "{mail}"
    );
    let due = office.prints("due --today 2014-05-03");
    assert!(
        due.ends_with("\nMail that did not arrive\n   DHA was not told: message 4 was refused for good; see: sideletter outbox show 4\n"),
        "{due}"
    );
}

#[test]
fn what_is_held_for_another_contact_stays_the_same_message() {
    let labor = "email = \"labor@dha.example\"\n";
    let office = office(OTHER);
    let settings = office.read("sideletter.toml");
    let agreed = office
        .read("parties.toml")
        .replace(labor, &format!("{labor}agreed = 2014-01-01\n"));
    let office = office
        .file(
            "sideletter.toml",
            format!("[office]\nkeeper = \"upe\"\n{settings}"),
        )
        .file("parties.toml", &agreed);
    for day in ["2014-04-30", "2014-05-01", "2014-05-02", "2014-05-03"] {
        office.types(&format!("remind --send --today {day}"));
    }
    assert_eq!(told(&office), ["deputy@dha.example held"]);
    // Once the reader has agreed, it is decided anew and leaves.
    let deputy = "email = \"deputy@dha.example\"\n";
    let agreed = agreed.replace(deputy, &format!("{deputy}agreed = 2014-05-04\n"));
    let office = office.file("parties.toml", agreed);
    office.types("remind --send --today 2014-05-04");
    assert_eq!(told(&office), ["deputy@dha.example cancelled"]);
    let rows = office.json("outbox");
    let last = rows.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["to"], &last["state"]),
        (&"deputy@dha.example".into(), &"sent".into())
    );
}

#[test]
fn what_was_written_and_not_sent_in_time_is_no_date_that_was_not_known() {
    let spanish = "[[dha.contacts]]\nname = \"Suplente\"\nemail = \"suplente@dha.example\"\nlanguage = \"es\"\n";
    let office = office(spanish);
    let settings = office.read("sideletter.toml");
    let office = office.file(
        "sideletter.toml",
        format!("[office]\nkeeper = \"upe\"\n{settings}"),
    );
    office.types("remind --send --today 2014-04-30");
    // In whichever message to a recipient it stands.
    let shown = |to: &str| {
        let rows = office.json("outbox");
        let of_it = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["to"] == to);
        let mut texts = of_it.map(|row| office.prints(&format!("outbox show {}", row["id"])));
        texts.find_map(|text| {
            let mut lines = text.lines();
            let line = lines
                .find(|line| line.contains(" 30 days before:") || line.contains(" 30 días antes:"));
            line.map(str::to_owned)
        })
    };
    let rows = office.json("outbox");
    for row in rows.as_array().unwrap() {
        if row["state"] == "held" {
            office.prints(&format!("outbox release {} --today 2014-05-01", row["id"]));
        }
    }
    office.types("remind --send --today 2014-05-23");
    assert_eq!(
        shown("labor@dha.example").as_deref(),
        Some(
            "No message reached you 30 days before: what was written then was not sent or not delivered."
        )
    );
    assert_eq!(
        shown("suplente@dha.example").as_deref(),
        Some(
            "No le llegó ningún mensaje 30 días antes: lo que se escribió entonces no se envió o no se entregó."
        )
    );
}

#[test]
fn what_a_later_message_has_told_since_is_not_said_to_be_missing() {
    let office = office("");
    office.types("remind --send --today 2014-04-30");
    assert!(said_everywhere(&office).contains("not told"));
    let office = answering(office, "exit 0");
    // Of the report the next stage gets through; nothing more is said of the first.
    office.types("remind --send --today 2014-05-23");
    for line in [
        "check",
        "due --today 2014-05-23",
        "doctor --today 2014-05-23",
    ] {
        let said = office.types(line);
        assert!(!said.stdout.contains("not told"), "{line}: {said:?}");
    }
    let doctor = office.types("doctor --today 2014-05-23");
    assert!(
        doctor
            .stdout
            .contains("none that is used has refused a message"),
        "{doctor:?}"
    );
}

#[test]
fn the_mail_about_it_names_everything_that_did_not_arrive() {
    let office = office("");
    let settings = office.read("sideletter.toml");
    // While nobody is named to answer, nobody can be told.
    let office = office.file(
        "sideletter.toml",
        settings.replace("reply_to = \"desk@upe.example\"\n", ""),
    );
    office.types("remind --send --today 2014-04-30");
    office.types("remind --send --today 2014-05-21");
    let office = office.file("sideletter.toml", settings);
    office.types("remind --send --today 2014-05-22");
    let body = about_it(&office, "desk@upe.example");
    assert!(
        body.contains("What has not reached Labor relations: Title of report, due 30 May 2014; Title of survey, due 20 June 2014."),
        "{body}"
    );
}

/// What each message to DHA's contacts tells of entries, with what became of it, but for those to the address that refuses mail.
fn told_dha_elsewhere(office: &Office) -> Vec<String> {
    let rows = office.json("outbox");
    let rows = rows.as_array().unwrap().iter();
    let to_dha = rows.filter(|row| {
        let to = row["to"].as_str().unwrap();
        to.ends_with("dha.example") && !to.starts_with("labor@")
    });
    let said = to_dha.map(|row| {
        let parts = row["parts"].as_array().unwrap().iter();
        let stages = parts.map(|part| part["stage"].as_str().unwrap());
        let of_entries = stages.filter(|stage| ["reported", "proposed"].contains(stage));
        format!(
            "{}: {}",
            row["state"],
            of_entries.collect::<Vec<_>>().join(", ")
        )
    });
    said.filter(|said| !said.ends_with(' ')).collect()
}

#[test]
fn what_a_party_said_is_told_at_the_address_that_is_corrected() {
    let office = office("").on("2014-06-10");
    office.prints("record met time_clocks/survey --on 2014-06-09 --by upe");
    office.prints("record moved time_clocks/report --to 2014-07-15 --by upe");
    office.run(&["remind", "--send"]);
    assert!(told_dha_elsewhere(&office).is_empty());
    let corrected = parties("").replace("labor@", "relations@");
    let office = office.file("parties.toml", corrected).on("2014-06-11");
    office.prints("remind --send");
    let told = ["\"sent\": reported, proposed"];
    assert_eq!(told_dha_elsewhere(&office), told);
    let refused = office.fails(2, "outbox retry 1");
    assert!(refused.contains("labor@dha.example is no address of DHA any more; its contacts are told of what still holds"), "{refused}");
    // Once, whoever comes later.
    let more = parties(OTHER).replace("labor@", "relations@");
    let office = office.file("parties.toml", more).on("2014-06-12");
    office.prints("remind --send");
    assert_eq!(told_dha_elsewhere(&office), told);
}

#[test]
fn what_waits_for_a_partys_word_is_told_to_whoever_it_names_later() {
    let nobody = parties("")
        .split("[[dha.contacts]]")
        .next()
        .unwrap()
        .to_owned();
    let named = |more: &str| {
        format!(
            "{}[seiu]\nname = \"Local 1021\"\nside = \"union\"\n{more}",
            parties("")
        )
    };
    let contact = "[[seiu.contacts]]\nname = \"Agent\"\nemail = \"agent@seiu.example\"\n";
    assert!(!nobody.contains("seiu"));
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n{}",
            owed(
                "survey",
                "clause = \"5\"\nowed_by = [\"upe\"]\ndue = \"June 20, 2014\""
            )
        ),
    )
    .replace("\"upe\", \"dha\"]", "\"upe\", \"dha\", \"seiu\"]");
    let office = handed_to("", &letter)
        .file("parties.toml", named(""))
        .on("2014-06-02");
    office.prints("record met plans/survey --on 2014-05-30 --by upe");
    office.prints("record moved plans/survey --to 2014-06-25 --by upe");
    office.run(&["remind", "--send"]);
    let office = office.file("parties.toml", named(contact)).on("2014-06-03");
    let plan = office.prints("remind");
    assert!(plan.contains("agent@seiu.example"), "{plan}");
    assert!(plan.contains("proposed: entry 2 of the record"), "{plan}");
}

#[test]
fn what_others_were_told_before_is_no_stage_that_was_left_out() {
    let office = office("");
    for day in ["2014-04-30", "2014-05-23", "2014-05-29"] {
        office.types(&format!("remind --send --today {day}"));
    }
    let corrected = parties("").replace("labor@", "relations@");
    let office = office.file("parties.toml", corrected);
    office.prints("remind --send --today 2014-05-30");
    let rows = office.json("outbox");
    let is_it = |row: &&serde_json::Value| row["to"] == "relations@dha.example";
    let row = rows.as_array().unwrap().iter().find(is_it).unwrap();
    let shown = office.prints(&format!("outbox show {}", row["id"]));
    assert!(shown.contains("Due Friday 30 May 2014"), "{shown}");
    assert!(!shown.contains("No message went out"), "{shown}");
}

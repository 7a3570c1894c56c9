//! An address that refuses mail for good: who hears of it, and how often.

use crate::office::Office;
use crate::states::{agreement, owed};
use insta::assert_snapshot;
use std::os::unix::fs::PermissionsExt;

const OTHER: &str = "[[dha.contacts]]\nname = \"Deputy\"\nemail = \"deputy@dha.example\"\n";

/// An office whose mail program refuses one address of DHA.
fn office(more: &str) -> Office {
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
        .file(
            "parties.toml",
            format!(
                "[upe]\nname = \"United Public Employees\"\nshort = \"UPE\"\nside = \"union\"\n[[upe.contacts]]\nname = \"Agents\"\nemail = \"agents@upe.example\"\n[dha]\nname = \"Human Assistance\"\nshort = \"DHA\"\nside = \"employer\"\n[[dha.contacts]]\nname = \"Labor relations\"\nemail = \"labor@dha.example\"\n{more}"
            ),
        )
        .file("agreements/time_clocks.md", letter)
        .file(
            "sendmail",
            "#!/bin/sh\ncat >/dev/null\ncase \"$*\" in *labor@*) echo no such mailbox >&2; exit 67;; esac\n",
        );
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
    let rows = office.json("outbox");
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["stage"] == "undelivered");
    let shown = office.prints(&format!("outbox show {}", row.unwrap()["id"]));
    assert!(!shown.contains("labor@dha.example"), "{shown}");
    let (_, body) = shown.split_once("\n\n").unwrap();
    let (body, _) = body.split_once("\nTo answer").unwrap();
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
    let due = office.prints("due --today 2014-05-01");
    let note = "DHA was not told: message 2 was refused for good; see: sideletter outbox show 2\n";
    assert!(due.contains(note), "{due}");
    let parties = office
        .read("parties.toml")
        .replace("labor@dha", "relations@dha");
    let office = office.file("parties.toml", parties);
    let due = office.prints("due --today 2014-05-01");
    assert!(!due.contains("was not told"), "{due}");
}

//! What a contact is mailed about a renewal: when it is decided, that the time for it ends soon, and what holds after it.

use crate::office::Office;
use crate::told_last::newest;
use insta::assert_snapshot;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Agents"
email = "agents@upe.example"
[[upe.contacts]]
name = "Rosa"
email = "rosa@upe.example"
language = "es"

[dha]
name = "Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"
"#;

/// A contract that renews itself by years, with a window for notice.
const EVERGREEN: &str = "effective = 2023-07-01\nexpires = 2026-06-30\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n";

/// A term that is renewed by agreement alone, to be agreed on by a last day.
const TRIAL: &str = "[[obligations]]\nid = \"trial\"\ntitle = \"Trial of the new schedule\"\nclause = \"4\"\nowed_by = [\"dha\"]\nlasts = \"3 months from January 31, 2026\"\nafterwards = \"The old schedule holds again.\"\n[obligations.renewal]\nhow = \"by_agreement\"\nfor = \"up to 3 months\"\nwindow = \"at least 1 month before expiration\"\n";

fn office(settings: &str, of_the_agreement: &str, obligations: &str) -> Office {
    let contract = format!(
        "+++\ntitle = \"Contract\"\nkind = \"contract\"\nparties = [\"upe\", \"dha\"]\ntracked_from = 2025-01-01\n{of_the_agreement}\n[counting]\npreset = \"plain\"\n\n{obligations}+++\n\n4. The schedule is on trial for three months. [trial]\n"
    );
    let contract = match obligations {
        "" => contract.replace(" [trial]", ""),
        _ => contract,
    };
    Office::empty()
        .file("sideletter.toml", settings)
        .file("parties.toml", PARTIES)
        .file("agreements/contract.md", contract)
}

/// What these days decided: the day, to whom, at which stages with the day that each speaks of, in which state.
fn decided(office: &Office, days: &[&str]) -> String {
    let mut lines = String::new();
    for day in days {
        let before = office.json("outbox").as_array().unwrap().len();
        office.types(&format!("remind --send --today {day}"));
        for row in office
            .json("outbox")
            .as_array()
            .unwrap()
            .iter()
            .skip(before)
        {
            let stages: Vec<String> = row["parts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| format!("{} {}", part["stage"], part["date"]))
                .collect();
            let line = format!(
                "{day} {}: {}; {}\n",
                row["to"],
                stages.join(", "),
                row["state"]
            );
            lines.push_str(&line.replace('"', ""));
        }
    }
    lines
}

/// The text of the last message to a recipient, from its title to what comes after the things.
fn last_to(office: &Office, recipient: &str) -> String {
    let rows = office.json("outbox");
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .rfind(|row| row["to"] == recipient);
    let shown = office.prints(&format!("outbox show {}", row.unwrap()["id"]));
    let (_, text) = shown.split_once("-----\n\n").unwrap();
    let (text, _) = text.split_once("\n-----").unwrap();
    text.to_owned()
}

/// The first line of the last message.
fn first_line(office: &Office) -> String {
    let last = office.json("outbox").as_array().unwrap().len();
    let shown = office.prints(&format!("outbox show {last}"));
    shown
        .lines()
        .find(|line| line.starts_with("To "))
        .map(str::to_owned)
        .unwrap()
}

#[test]
fn a_contract_that_renews_itself_tells_when_notice_may_be_given_and_that_it_ends_soon() {
    let office = office("", EVERGREEN, "");
    assert_snapshot!(
        "notice_opens",
        decided(&office, &["2026-03-31", "2026-04-01"])
    );
    assert_snapshot!("opens_in_english", last_to(&office, "agents@upe.example"));
    assert_snapshot!("opens_in_spanish", last_to(&office, "rosa@upe.example"));
    assert_snapshot!(
        "notice_closes",
        decided(
            &office,
            &[
                "2026-04-23",
                "2026-04-24",
                "2026-04-30",
                "2026-05-31",
                "2026-07-01"
            ]
        )
    );
    assert_snapshot!("closes_in_english", last_to(&office, "agents@upe.example"));
    assert_snapshot!("closes_in_spanish", last_to(&office, "rosa@upe.example"));
}

#[test]
fn notice_that_was_given_stops_them_and_the_end_is_told_instead() {
    let office = office("", EVERGREEN, "");
    decided(&office, &["2026-04-01"]);
    office.prints("record notice contract/renewal --on 2026-04-10 --by upe --today 2026-04-10");
    office.prints("remind --send --today 2026-04-10");
    let all = decided(&office, &["2026-04-24", "2026-05-31", "2026-07-01"]);
    assert_snapshot!("notice_was_given", all);
}

#[test]
fn a_term_to_be_renewed_by_agreement_says_that_it_ends_if_nothing_is_agreed() {
    let office = office("", "effective = 2026-01-01\n", TRIAL);
    assert_snapshot!(
        "term_opens",
        decided(&office, &["2026-02-27", "2026-02-28"])
    );
    assert_snapshot!("term_in_english", last_to(&office, "agents@upe.example"));
    assert_snapshot!("term_in_spanish", last_to(&office, "rosa@upe.example"));
    assert_snapshot!(
        "term_closes_and_ends",
        decided(&office, &["2026-03-23", "2026-05-01"])
    );
    assert_snapshot!("term_ended", last_to(&office, "rosa@upe.example"));
}

#[test]
fn before_the_end_an_option_is_told_as_what_it_is_until_its_day_and_after_it() {
    let option = |window: &str| {
        format!(
            "[[obligations]]\nid = \"trial\"\ntitle = \"Trial of the new schedule\"\nclause = \"4\"\nowed_by = [\"dha\"]\nlasts = \"2026-02-01 through 2026-04-30\"\n[obligations.renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"3 months\"\n{window}"
        )
    };
    let named = option("notice = \"at least 30 days before expiration\"\n");
    let trial = office("", "", &named);
    decided(
        &trial,
        &["2026-02-01", "2026-03-01", "2026-03-24", "2026-03-31"],
    );
    assert_snapshot!("option_in_english", last_to(&trial, "agents@upe.example"));
    decided(&trial, &["2026-04-23"]);
    assert_snapshot!(
        "option_passed_in_english",
        last_to(&trial, "agents@upe.example")
    );
    assert_snapshot!(
        "option_passed_in_spanish",
        last_to(&trial, "rosa@upe.example")
    );
    // Its words name no day.
    let trial = office("", "", &option(""));
    decided(&trial, &["2026-02-01", "2026-03-31"]);
    let mail = last_to(&trial, "agents@upe.example");
    assert!(
        mail.contains(
            "If it is to go on, UPE says so as the agreement asks; reply to this message"
        ),
        "{mail}"
    );
}

#[test]
fn with_a_keeper_it_is_the_keepers_alone_unless_the_settings_say_who() {
    let keeper = "[office]\nkeeper = \"upe\"\n";
    let alone = office(keeper, EVERGREEN, "");
    assert_snapshot!("the_keepers_alone", decided(&alone, &["2026-04-01"]));
    let told = office(
        &format!("{keeper}[remind]\nto = [\"upe\", \"dha\"]\n"),
        EVERGREEN,
        "",
    );
    assert_snapshot!("whom_the_settings_name", decided(&told, &["2026-04-01"]));
}

#[test]
fn after_a_sleep_the_latest_is_told_with_what_it_skips_and_nothing_before_tracking() {
    let slept = office("", EVERGREEN, "");
    assert_snapshot!("after_a_sleep", decided(&slept, &["2026-05-10"]));
    assert_snapshot!("closed_in_english", last_to(&slept, "agents@upe.example"));
    assert_snapshot!("closed_in_spanish", last_to(&slept, "rosa@upe.example"));
    assert_eq!(
        first_line(&slept),
        "To DHA, about “Contract”: it goes on: no notice is recorded."
    );
    let trial = office(
        "[remind]\nbefore = [\"7 days\"]\n",
        "effective = 2026-01-01\n",
        TRIAL,
    );
    decided(&trial, &["2026-04-10"]);
    assert_eq!(
        first_line(&trial),
        "To DHA, about “Contract”: no renewal is recorded."
    );
    assert!(
        last_to(&trial, "agents@upe.example")
            .contains("\n- As things are recorded, it ends on Thursday 30 April 2026.\n")
    );
    let late = office("", EVERGREEN, "");
    let contract = late
        .read("agreements/contract.md")
        .replace("2025-01-01", "2026-05-02");
    let late = late.file("agreements/contract.md", contract);
    assert_eq!(decided(&late, &["2026-05-02", "2026-05-10"]), "");
}

#[test]
fn a_closing_day_that_moves_after_it_was_told_is_told_with_the_old_one() {
    let office = office("", EVERGREEN, "");
    decided(&office, &["2026-04-01"]);
    let change = |office: Office, from: &str, to: &str| {
        let contract = office.read("agreements/contract.md").replace(from, to);
        office.file("agreements/contract.md", contract)
    };
    // The window alone, and then the end of the term with it.
    let office = change(office, "and 60 days", "and 50 days");
    assert_snapshot!(
        "another_window",
        decided(&office, &["2026-04-02", "2026-04-03"])
    );
    assert_snapshot!("moved_in_english", last_to(&office, "agents@upe.example"));
    assert_snapshot!("moved_in_spanish", last_to(&office, "rosa@upe.example"));
    let office = change(office, "2026-06-30", "2026-07-31");
    assert_snapshot!(
        "another_end",
        decided(
            &office,
            &["2026-04-06", "2026-04-07", "2026-05-02", "2026-06-04"]
        )
    );
    // The period after it is another one, and no day has moved.
    assert_snapshot!(
        "next_period",
        decided(&office, &["2027-05-03", "2027-05-04"])
    );
}

#[test]
fn a_window_that_begins_later_than_was_told_is_told() {
    let office = office("", "effective = 2026-01-01\n", TRIAL);
    decided(&office, &["2026-02-28"]);
    let contract = office.read("agreements/contract.md").replace(
        "\"at least 1 month before expiration\"",
        "\"from March 10, 2026 through March 31, 2026\"",
    );
    let office = office.file("agreements/contract.md", contract);
    assert_snapshot!(
        "later_window",
        decided(&office, &["2026-03-02", "2026-03-10", "2026-03-24"])
    );
    let window = "[[obligations]]\nid = \"review\"\ntitle = \"Review\"\nclause = \"5\"\nowed_by = [\"dha\"]\ndue = \"between March 1, 2026 and April 30, 2026\"\n";
    let letter = |window: &str| {
        format!(
            "+++\ntitle = \"Reviews\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\ntracked_from = 2025-01-01\neffective = 2026-01-01\n[counting]\npreset = \"plain\"\n{window}+++\n5. A review. [review]\n"
        )
    };
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/reviews.md", letter(window));
    decided(&office, &["2026-03-01"]);
    let office = office.file(
        "agreements/reviews.md",
        letter(&window.replace("March 1,", "March 20,")),
    );
    assert_snapshot!(
        "later_opening",
        decided(&office, &["2026-03-02", "2026-03-03", "2026-03-20"])
    );
    assert_snapshot!(
        "later_opening_in_english",
        last_to(&office, "agents@upe.example")
    );
}

#[test]
fn what_was_renewed_as_often_as_its_words_allow_is_offered_to_nobody() {
    let once = |how: &str| {
        format!(
            "[[obligations]]\nid = \"trial\"\ntitle = \"Trial of the new schedule\"\nclause = \"4\"\nowed_by = [\"dha\"]\nlasts = \"2026-02-01 through 2026-04-30\"\n[obligations.renewal]\n{how}for = \"3 months\"\ntimes = 1\n"
        )
    };
    let option = once("how = \"at_option\"\nby = [\"upe\"]\n");
    let trial = office("", "", &option);
    decided(&trial, &["2026-02-01"]);
    trial.prints("record renewed contract/trial --by upe --today 2026-04-02");
    decided(&trial, &["2026-04-02", "2026-06-30"]);
    assert_snapshot!("used_up_in_english", last_to(&trial, "agents@upe.example"));
    assert_snapshot!("used_up_in_spanish", last_to(&trial, "rosa@upe.example"));
    let trial = office("", "", &once("how = \"by_agreement\"\n"));
    decided(&trial, &["2026-02-01"]);
    trial.prints("record renewed contract/trial --by upe --today 2026-04-02");
    trial.prints("record confirmed contract --entry 1 --by dha --today 2026-04-02");
    decided(&trial, &["2026-04-02", "2026-06-30"]);
    let mail = last_to(&trial, "agents@upe.example");
    assert!(
        mail.contains("It was renewed as often as its words allow, and ends then.")
            && !mail.contains("may be renewed"),
        "{mail}"
    );
}

#[test]
fn an_end_that_a_renewal_puts_off_is_told_as_moved_with_what_hangs_on_it() {
    let trial = |how: &str| {
        format!(
            "[[obligations]]\nid = \"trial\"\ntitle = \"Trial of the new schedule\"\nclause = \"4\"\nowed_by = [\"dha\"]\nlasts = \"2026-02-01 through 2026-04-30\"\n[obligations.renewal]\nfor = \"3 months\"\n{how}"
        )
    };
    let option = trial("how = \"at_option\"\nby = [\"upe\"]\n");
    let by_both = trial("how = \"by_agreement\"\n");
    for (how, parties) in [(&option, &["upe"][..]), (&by_both, &["upe", "dha"])] {
        let office = office("", "", how);
        decided(&office, &["2026-02-01", "2026-03-31"]);
        for party in parties {
            office.prints(&format!(
                "record renewed contract/trial --by {party} --today 2026-04-02"
            ));
        }
        let told = decided(&office, &["2026-04-02"]);
        for to in [
            "agents@upe.example",
            "rosa@upe.example",
            "labor@dha.example",
        ] {
            let line = told
                .lines()
                .find(|line| line.contains(to))
                .unwrap_or_default();
            assert!(line.contains("moved 2026-07-30"), "{told}");
        }
        let mail = newest(&office);
        assert!(
            mail.contains("The day has changed: earlier messages said Thursday 30 April 2026."),
            "{mail}"
        );
        assert_eq!(decided(&office, &["2026-04-03", "2026-05-01"]), "");
        // Where it is taken back, by all whom it took, the first end is told again.
        for party in parties {
            office.prints(&format!(
                "record struck contract --entry 1 --by {party} --today 2026-04-04"
            ));
        }
        let told = decided(&office, &["2026-04-04"]);
        assert!(told.contains("moved 2026-04-30"), "{told}");
    }
    // Of the agreement itself, with what is counted from its end.
    let own = "effective = 2026-01-01\nexpires = 2026-04-30\n\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"3 months\"\ntimes = 1\n";
    let wrap = "[[obligations]]\nid = \"trial\"\ntitle = \"Report on the trial\"\nowed_by = [\"dha\"]\ndue = \"10 days after expiration\"\n";
    let office = office("", own, wrap);
    decided(&office, &["2026-03-31", "2026-04-10"]);
    office.prints("record renewed contract/renewal --by upe --today 2026-04-12");
    let told = decided(&office, &["2026-04-12"]);
    assert_snapshot!("an_own_end_put_off", told);
    assert_snapshot!(
        "an_own_end_put_off_in_english",
        last_to(&office, "agents@upe.example")
    );
    assert_eq!(decided(&office, &["2026-04-13"]), "");
}

#[test]
fn what_renews_itself_after_a_notice_is_struck_out_is_told_once() {
    let trial = "[[obligations]]\nid = \"trial\"\ntitle = \"Trial of the new schedule\"\nclause = \"4\"\nowed_by = [\"dha\"]\nlasts = \"2026-02-01 through 2026-04-30\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 20 days before expiration\"\n";
    let office = office("", "", trial);
    office.prints("record notice contract/trial --on 2026-03-30 --by upe --today 2026-03-30");
    decided(&office, &["2026-03-31"]);
    office.prints("record struck contract --entry 1 --by upe --today 2026-04-02");
    let told = decided(&office, &["2026-04-02"]);
    assert!(told.contains("moved 2026-07-30"), "{told}");
    let later = decided(&office, &["2026-04-03", "2026-04-05"]);
    assert!(!later.contains("moved"), "{later}");
}

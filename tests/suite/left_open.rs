//! What a fault in a file leaves open: nobody is told of it, what waits stays as it is, and the rest goes on.

use crate::office::Office;
use crate::record_mails::PARTIES;
use crate::states::{agreement, owed};
use crate::told_last::told;
use crate::undelivered::{answering, handed_to};
use crate::vanished::letter;

#[test]
fn what_a_fault_hides_is_neither_gone_nor_given_up() {
    let office = handed_to("exit 75", &letter(&["report", "survey"]));
    office.types("remind --send --today 2014-02-08");
    let states = |office: &Office| -> Vec<String> {
        let outbox = office.json("outbox");
        outbox
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", row["to"], row["state"]).replace('"', ""))
            .collect()
    };
    let put_off = states(&office);
    assert_eq!(
        put_off,
        ["agents@upe.example sent", "labor@dha.example deferred"]
    );
    let office = answering(office, "exit 0");
    for broken in [
        // The front matter cannot be read at all.
        letter(&["report", "survey"]).replacen("+++", "+ +", 1),
        // Neither obligation can be.
        letter(&["report", "survey"]).replace("March 10, 2014", "Marchember 10"),
        // Who is a party to it is not known.
        letter(&["report", "survey"]).replace("[\"upe\", \"dha\"]", "[\"upee\", \"dhaa\"]"),
    ] {
        let office = &office;
        std::fs::write(office.root().join("agreements/plans.md"), broken).unwrap();
        let ran = office.types("remind --send --today 2014-02-08");
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(
            ran.stderr
                .contains("1 message to wait until a fault in the files is mended"),
            "{ran:?}"
        );
        assert_eq!(states(office), put_off);
    }
    let office = office.file("agreements/plans.md", letter(&["report", "survey"]));
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(states(&office).iter().all(|state| state.ends_with("sent")));
}

#[test]
fn what_only_the_keeper_may_see_is_told_to_nobody_else_while_a_fault_hides_who_may() {
    let of = |due: &str| {
        agreement(
            "Plans",
            &format!(
                "tracked_from = 2014-01-01\n{}{}",
                owed("report", "owed_by = [\"dha\"]\ndue = \"March 10, 2014\""),
                owed(
                    "strike_fund",
                    &format!("owed_by = [\"upe\"]\nvisibility = \"upe\"\ndue = \"{due}\"")
                )
            ),
        )
        .replace(" [strike_fund]", "")
    };
    let agreed = PARTIES.replace(
        "labor@dha.example\"",
        "labor@dha.example\"\nagreed = 2014-01-01",
    );
    let office = Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", agreed)
        .file("agreements/plans.md", of("March 20, 2014"));
    office.prints("record met plans/strike_fund --on 2014-02-07 --by upe --today 2014-02-08");
    office.prints("remind --send --today 2014-02-08");
    let before = office.prints("outbox");
    let faulty = of("Marchember 20");
    for file in [faulty.as_str(), &letter(&["report"])] {
        std::fs::write(office.root().join("agreements/plans.md"), file).unwrap();
        office.types("remind --send --today 2014-02-09");
        assert_eq!(office.prints("outbox"), before);
    }
}

/// Sends what is owed while a letter has a fault, in its own way, and again when it is mended: nobody is told anything.
#[track_caller]
fn says_nothing_while(office: &Office, (file, whole): (&str, &str), faulty: &str) {
    assert_ne!(whole, faulty);
    let before = office.prints("outbox");
    for (text, code) in [(faulty, 1), (whole, 0)] {
        std::fs::write(office.root().join(file), text).unwrap();
        let ran = office.types("remind --send --today 2014-02-09");
        assert_eq!(ran.code, code, "{ran:?}");
        assert_eq!(office.prints("outbox"), before, "{faulty}");
    }
}

#[test]
fn nobody_is_asked_for_an_event_that_only_the_keeper_may_see_while_it_has_a_fault() {
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.strike_vote]\ntitle = \"Strike vote\"\nvisibility = \"upe\"\ntold_by = [\"upe\"]\n{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"30 days after strike_vote\""
            )
        ),
    );
    let agreed = PARTIES.replace(
        "labor@dha.example\"",
        "labor@dha.example\"\nagreed = 2014-01-01",
    );
    let office = Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", agreed)
        .file("agreements/plans.md", &letter);
    office.prints("remind --send --today 2014-02-08");
    let faulty = letter.replace("told_by = [\"upe\"]", "told_by = [\"upee\"]");
    says_nothing_while(&office, ("agreements/plans.md", &letter), &faulty);
}

#[test]
fn what_hangs_on_an_event_with_a_fault_is_neither_taken_back_nor_asked_about() {
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\ntold_by = [\"dha\"]\ndate = 2014-02-01\n{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"30 days after launch\""
            )
        ),
    );
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", &letter);
    assert_eq!(told(&office, "2014-02-08").len(), 1);
    for (whole, faulty) in [
        ("date = 2014-02-01", "date = \"yesterday\""),
        ("told_by = [\"dha\"]", "told_by = [\"dhaa\"]"),
        ("title = \"Launch\"\n", ""),
    ] {
        let faulty = letter.replace(whole, faulty);
        says_nothing_while(&office, ("agreements/plans.md", &letter), &faulty);
    }
}

#[test]
fn what_waits_and_hangs_on_an_event_with_a_fault_stays_as_it_is() {
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\ndate = 2014-02-01\n{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"30 days after launch\""
            )
        ),
    );
    let office = handed_to("exit 75", &letter);
    office.types("remind --send --today 2014-02-08");
    let states = |office: &Office| -> Vec<String> {
        let outbox = office.json("outbox");
        let rows = outbox.as_array().unwrap().iter();
        rows.map(|row| row["state"].to_string()).collect()
    };
    let put_off = states(&office);
    let office = answering(office, "exit 0");
    let faulty = letter.replace("2014-02-01", "\"yesterday\"");
    let office = office.file("agreements/plans.md", faulty);
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(states(&office), put_off);
    let office = office.file("agreements/plans.md", letter);
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(states(&office).iter().all(|state| state == "\"sent\""));
}

#[test]
fn nobody_is_told_that_an_agreement_ends_while_its_renewal_has_a_fault() {
    let letter = agreement(
        "Plans",
        &format!(
            "signed = 2013-03-01\ntracked_from = 2014-01-01\nexpires = \"February 28, 2014\"\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"at least 50 days before expiration\"\n{}{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"March 1, 2014\""),
            owed("survey", "owed_by = [\"dha\"]\ndue = \"March 5, 2014\"")
        ),
    );
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", &letter);
    told(&office, "2014-02-08");
    let faulty = letter.replace("notice = ", "notise = ");
    says_nothing_while(&office, ("agreements/plans.md", &letter), &faulty);
}

/// A letter whose report is due on a day, and a later one.
fn amended(report: &str, later: &str) -> (Office, String) {
    let report = owed("report", &format!("owed_by = [\"dha\"]\n{report}"));
    let plans = agreement(
        "Plans",
        &format!("signed = 2013-12-01\ntracked_from = 2014-01-01\n{report}"),
    );
    let later = agreement(
        "Later",
        &format!("signed = 2014-01-02\ntracked_from = 2014-01-01\namends = [\"plans\"]\n{later}"),
    );
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", plans)
        .file("agreements/later.md", &later);
    assert_eq!(told(&office, "2014-02-08").len(), 1);
    (office, later)
}

#[test]
fn no_day_is_told_as_another_while_a_fault_hides_what_amends_it() {
    let (office, later) = amended(
        "due = \"March 5, 2014\"",
        "[changes]\n\"plans/report\" = \"March 10, 2014\"\n",
    );
    for faulty in [
        later.replacen("+++", "+ +", 1),
        later.replace("March 10", "Marchember 10"),
        later.replace("plans/report", "plans/reprot"),
    ] {
        says_nothing_while(&office, ("agreements/later.md", &later), &faulty);
    }
    let (office, later) = amended(
        "due = \"March 5, 2014\"",
        &owed("report", "owed_by = [\"dha\"]\ndue = \"March 10, 2014\""),
    );
    for faulty in [
        later.replace("[\"plans\"]", "[\"planns\"]"),
        later.replace("March 10", "Marchember 10"),
    ] {
        says_nothing_while(&office, ("agreements/later.md", &later), &faulty);
    }
}

#[test]
fn nothing_is_told_that_is_counted_with_a_calendar_with_a_fault() {
    let calendar = "title = \"Ours\"\nauthority = \"MOU 8\"\nreviewed_to = 2028\nnames = [\"working\"]\n[[holidays]]\nname = \"Founders Day\"\nday = \"March 10\"\n";
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[counting]\npreset = \"us_federal\"\ndays_off = [\"ours\"]\n{}{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"30 days after February 8, 2014\""
            ),
            owed(
                "survey",
                "owed_by = [\"dha\"]\ndue = \"5 days after March 6, 2014\""
            )
        ),
    );
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("calendars/ours.toml", calendar)
        .file("agreements/plans.md", letter);
    assert_eq!(
        told(&office, "2014-02-09"),
        [
            "before 30 days report 2014-03-11",
            "before 30 days survey 2014-03-11"
        ]
    );
    let faulty = calendar.replace("March 10", "Marchh 10");
    says_nothing_while(&office, ("calendars/ours.toml", calendar), &faulty);
}

#[test]
fn a_message_of_which_a_fault_hides_a_part_stays_as_it_is() {
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\ndate = 2014-02-01\n{}{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"30 days after launch\""
            ),
            owed("survey", "owed_by = [\"upe\"]\ndue = \"March 3, 2014\"")
        ),
    );
    let office = handed_to("exit 75", &letter);
    office.types("remind --send --today 2014-02-08");
    let states = |office: &Office| -> Vec<String> {
        let outbox = office.json("outbox");
        let rows = outbox.as_array().unwrap().iter();
        rows.map(|row| {
            format!(
                "{} {}",
                row["state"],
                row["parts"].as_array().unwrap().len()
            )
        })
        .collect()
    };
    let put_off = states(&office);
    assert_eq!(put_off, ["\"sent\" 2", "\"deferred\" 2"]);
    let office = answering(office, "exit 0");
    let office = office.file(
        "agreements/plans.md",
        letter.replace("2014-02-01", "\"yesterday\""),
    );
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stderr
            .contains("1 message to wait until a fault in the files is mended"),
        "{ran:?}"
    );
    assert_eq!(states(&office), put_off);
    let office = office.file("agreements/plans.md", letter);
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(states(&office), ["\"sent\" 2", "\"sent\" 2"]);
}

/// A letter whose obligations hang on its own days in one way each.
fn hanging(own: &str, counting: &str) -> String {
    let all: String = [
        ("on_a_day", "due = \"March 20, 2014\""),
        ("each_year", "every = \"annually by March 20\""),
        ("each_week", "every = \"every 2 weeks from March 20, 2014\""),
        ("from_signing", "due = \"60 days after signing\""),
        ("after_the_end", "due = \"10 days after expiration\""),
    ]
    .map(|(id, due)| owed(id, &format!("owed_by = [\"dha\"]\n{due}")))
    .concat();
    agreement(
        "Plans",
        &format!("tracked_from = 2014-01-01\n{own}\n[counting]\npreset = \"{counting}\"\n{all}"),
    )
}

#[test]
fn what_may_be_wrong_for_a_fault_in_an_agreements_own_keys_waits_and_nothing_else() {
    let own = "signed = 2014-01-19\nexpires = 2014-03-25";
    for (faulty, counting, are_told) in [
        (
            own,
            "plain",
            &[
                "on_a_day",
                "each_year",
                "each_week",
                "from_signing",
                "after_the_end",
                "expiration",
            ][..],
        ),
        (own, "plane", &[]),
        (
            "signed = 2014-01-19\nexpires = \"the furst day\"",
            "plain",
            &["on_a_day", "from_signing"],
        ),
        (
            "signed = 2014-01-19\nexpirs = 2014-03-25",
            "plain",
            &["on_a_day", "from_signing"],
        ),
        (
            "signed = \"soon\"\nexpires = 2014-03-25",
            "plain",
            &["on_a_day", "each_week", "after_the_end", "expiration"],
        ),
        (
            "signd = 2014-01-19\nexpires = 2014-03-25",
            "plain",
            &["on_a_day", "each_week", "after_the_end", "expiration"],
        ),
        (
            "signed = 2014-01-19\nexpires = 2014-03-25\nstatuss = \"draft\"",
            "plain",
            &[],
        ),
        (
            "signed = 2014-01-19\nexpires = 2014-03-25\ncolour = \"red\"",
            "plain",
            &[
                "on_a_day",
                "each_year",
                "each_week",
                "from_signing",
                "after_the_end",
                "expiration",
            ],
        ),
    ] {
        let office = Office::empty()
            .file("parties.toml", PARTIES)
            .file("agreements/plans.md", hanging(own, "plain"));
        told(&office, "2014-02-10");
        let office = office.file("agreements/plans.md", hanging(faulty, counting));
        let ran = office.types("remind --send --today 2014-03-15");
        assert_eq!(
            ran.code,
            i32::from((faulty, counting) != (own, "plain")),
            "{ran:?}"
        );
        let rows = office.json("outbox");
        let to_dha = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["to"] == "labor@dha.example");
        let parts = to_dha.flat_map(|row| row["parts"].as_array().unwrap());
        let mut now: Vec<&str> = parts
            .map(|part| part["obligation"].as_str().unwrap())
            .collect();
        now.sort_unstable();
        let mut expected = are_told.to_vec();
        expected.sort_unstable();
        assert_eq!(now, expected, "{faulty} {counting}");
        // Once it is mended the rest is told.
        let office = office.file("agreements/plans.md", hanging(own, "plain"));
        told(&office, "2014-03-15");
        assert_eq!(
            office
                .json("outbox")
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|row| row["parts"].as_array().unwrap())
                .count(),
            12,
            "{faulty} {counting}"
        );
    }
}

#[test]
fn what_is_done_keeps_the_rest_of_its_message_waiting_for_no_other_file() {
    let letter = letter(&["report", "survey"]);
    let office = handed_to("exit 75", &letter);
    office.types("remind --send --today 2014-02-08");
    office.prints("record met plans/survey --on 2014-02-08 --by dha --today 2014-02-08");
    let office = answering(office, "exit 0").file("agreements/other.md", "+ +\n");
    let ran = office.types("remind --send --now 2014-02-08T15:00:00-08:00");
    assert_eq!(ran.code, 1, "{ran:?}");
    let rows = office.json("outbox");
    let to_dha = rows.as_array().unwrap().iter();
    let to_dha: Vec<String> = to_dha
        .filter(|row| row["to"] == "labor@dha.example")
        .map(|row| {
            format!(
                "{} {}",
                row["state"],
                row["parts"].as_array().unwrap().len()
            )
        })
        .collect();
    assert_eq!(to_dha, ["\"cancelled\" 2", "\"sent\" 1"]);
}

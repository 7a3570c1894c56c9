//! What was told of and stands in no file any more: an obligation or a whole agreement. What a fault hides is not gone.

use crate::office::Office;
use crate::record_mails::PARTIES;
use crate::states::{agreement, owed};
use crate::told_last::{newest, newest_calendar, told};
use crate::undelivered::{answering, handed_to};
use insta::assert_snapshot;

fn letter(obligations: &[&str]) -> String {
    let all: String = obligations
        .iter()
        .map(|id| owed(id, "owed_by = [\"dha\"]\ndue = \"March 10, 2014\""))
        .collect();
    agreement("Plans", &format!("tracked_from = 2014-01-01\n{all}"))
}

/// Everybody was told of the days of a letter's obligations.
fn told_of(obligations: &[&str]) -> Office {
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", letter(obligations))
        .file(
            "agreements/other.md",
            letter(&["minutes"]).replace("Plans", "Other"),
        );
    told(&office, "2014-02-08");
    office
}

#[test]
fn an_obligation_that_leaves_the_file_is_taken_back_once_and_told_when_it_returns() {
    let office = told_of(&["report", "staff_survey"]);
    let office = office.file("agreements/plans.md", letter(&["report"]));
    assert_eq!(
        told(&office, "2014-02-10"),
        ["moved staff_survey 2014-03-10"]
    );
    assert_snapshot!(newest(&office));
    assert!(told(&office, "2014-02-11").is_empty());
    let office = office.file("agreements/plans.md", letter(&["report", "staff_survey"]));
    assert_eq!(
        told(&office, "2014-02-12"),
        ["moved staff_survey 2014-03-10"]
    );
    assert!(
        newest(&office).contains("earlier messages said that its day stood no more")
            || !newest(&office).contains("stands no more")
    );
}

#[test]
fn an_agreement_whose_file_is_gone_is_taken_back_once() {
    let office = told_of(&["report"]);
    office.prints("record met other/minutes --on 2014-02-09 --by dha --today 2014-02-09");
    told(&office, "2014-02-09");
    let office = office.without("agreements/plans.md");
    assert_eq!(told(&office, "2014-02-10"), ["moved report 2014-03-10"]);
    assert_snapshot!(newest(&office));
    assert!(told(&office, "2014-02-11").is_empty());
    // What was done keeps the day that it had, and what is past is not news.
    let office = office
        .without("agreements/other.md")
        .file("agreements/plans.md", letter(&["report"]));
    let ran = office.types("remind --send --today 2014-02-12");
    assert_eq!(ran.code, 0, "{ran:?}");
    let outbox = office.json("outbox");
    let of_other = outbox
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["agreement"] == "other");
    assert!(
        !of_other
            .map(|row| row["stage"].to_string())
            .any(|stage| stage.contains("moved"))
    );
    let office = office
        .without("agreements/plans.md")
        .file("agreements/third.md", letter(&["third"]));
    let of_plans = || {
        office
            .prints("outbox")
            .matches("Plans: Title of report")
            .count()
    };
    let before = of_plans();
    office.types("remind --send --today 2014-04-20");
    assert_eq!(of_plans(), before, "{}", office.prints("outbox"));
}

#[test]
fn an_agreement_that_becomes_a_draft_is_taken_back_under_its_title_alone() {
    let office = told_of(&["report"]);
    let draft =
        letter(&["report"]).replace("title = \"Plans\"", "title = \"Plans\"\nstatus = \"draft\"");
    let draft = draft.replace("Title of report", "Words of a draft");
    let office = office.file("agreements/plans.md", draft);
    assert_eq!(told(&office, "2014-02-10"), ["moved report 2014-03-10"]);
    let said = newest(&office);
    assert!(
        said.contains("now keeps that agreement as a draft"),
        "{said}"
    );
    assert!(!said.contains("Words of a draft"), "{said}");
}

#[test]
fn many_obligations_that_leave_a_file_wait_for_a_person() {
    let ids: Vec<String> = (1..=11).map(|n| format!("plan_{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let office = told_of(&ids).file("agreements/plans.md", letter(&[]));
    let sent = office.prints("remind --send --today 2014-02-10");
    assert!(
        sent.contains("more than 10 days moved at once by a change of a file"),
        "{sent}"
    );
    office.prints("outbox release 5 6");
    let sent = office.prints("remind --send --today 2014-02-10");
    assert!(sent.contains("2 messages written"), "{sent}");
}

#[test]
fn what_a_person_has_not_released_of_what_is_gone_never_leaves_and_takes_nothing_back() {
    let office = Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", letter(&["report", "survey"]));
    office.prints("remind --send --today 2014-02-08");
    let office = office.file("agreements/plans.md", letter(&["report"]));
    office.prints("remind --send --today 2014-02-10");
    let outbox = office.json("outbox");
    let to_dha = outbox
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["to"] == "labor@dha.example");
    let of_each: Vec<String> = to_dha
        .map(|row| format!("{} {}", row["state"], row["stage"]))
        .collect();
    assert_eq!(
        of_each,
        [
            "\"cancelled\" \"before 30 days\"",
            "\"held\" \"before 30 days\""
        ]
    );
    assert_eq!(
        office.json("outbox")[3]["parts"].as_array().unwrap().len(),
        1
    );
}

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
fn a_contact_of_both_sides_hears_of_what_the_keeper_is_told_at_once() {
    let shared = format!(
        "{PARTIES}\n[[dha.contacts]]\nname = \"The same\"\nemail = \"agents@upe.example\"\n"
    );
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\ntold_by = [\"dha\"]\n{}{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"March 10, 2014\""),
            owed(
                "survey",
                "owed_by = [\"dha\"]\ndue = \"30 days after launch\""
            )
        ),
    );
    let office = Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", shared)
        .file("agreements/plans.md", letter);
    office.prints("remind --send --today 2014-02-08");
    let outbox = office.json("outbox");
    let of_each: Vec<String> = outbox
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["to"].as_str().unwrap(),
                row["state"].as_str().unwrap(),
                row["parts"].as_array().unwrap().len()
            )
        })
        .collect();
    assert_eq!(
        of_each,
        ["labor@dha.example held 2", "agents@upe.example sent 2"]
    );
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
fn what_is_gone_is_told_also_where_a_person_lets_it_go_after_its_day() {
    let series = |rest: &str| {
        let survey = format!("owed_by = [\"dha\"]\nevery = \"annually by March 10\"\n{rest}");
        agreement(
            "Plans",
            &format!("tracked_from = 2014-01-01\n{}", owed("survey", &survey)),
        )
    };
    for (before, after) in [
        (letter(&["survey"]), letter(&[])),
        (series(""), series("until = 2014-03-01\n")),
    ] {
        let office = Office::empty()
            .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
            .file("parties.toml", PARTIES)
            .file("agreements/plans.md", before);
        office.prints("remind --send --today 2014-02-08");
        office.prints("outbox release 2 --today 2014-02-08");
        office.prints("remind --send --today 2014-02-08");
        let office = office.file("agreements/plans.md", after);
        office.prints("remind --send --today 2014-02-10");
        let rows = office.json("outbox");
        let held = rows.as_array().unwrap().last().unwrap();
        assert_eq!(
            (&held["state"], &held["stage"]),
            (&"held".into(), &"moved".into())
        );
        office.prints(&format!("outbox release {} --today 2014-03-12", held["id"]));
        office.prints("remind --send --today 2014-03-12");
        let rows = office.json("outbox");
        let last = rows.as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["state"], &last["stage"], &last["to"]),
            (&"sent".into(), &"moved".into(), &"labor@dha.example".into()),
            "{rows}"
        );
        assert!(told(&office, "2014-03-13").is_empty());
    }
}

#[test]
fn a_calendar_takes_out_what_stands_in_no_file_any_more() {
    let event = |office: &Office| {
        let calendar = newest_calendar(office);
        let lines = ["UID:", "DTSTART;", "SEQUENCE:", "STATUS:"].map(|key| {
            let mut lines = calendar.lines();
            lines
                .find(|line| line.starts_with(key))
                .unwrap_or("none")
                .to_owned()
        });
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{calendar}");
        lines
    };
    let [uid, day, sequence, status] = event(&told_of(&["report"]));
    assert_eq!((sequence.as_str(), status.as_str()), ("SEQUENCE:0", "none"));
    for gone in ["an obligation", "a draft", "a file"] {
        let office = told_of(&["report"]);
        let draft = letter(&["report"]).replace("kind =", "status = \"draft\"\nkind =");
        let office = match gone {
            "an obligation" => office.file("agreements/plans.md", letter(&[])),
            "a draft" => office.file("agreements/plans.md", draft),
            _ => office.without("agreements/plans.md"),
        };
        assert_eq!(told(&office, "2014-02-10"), ["moved report 2014-03-10"]);
        let expected = [&uid, &day, "SEQUENCE:1", "STATUS:CANCELLED"];
        assert_eq!(event(&office), expected, "{gone}");
        let mail = newest(&office);
        assert!(mail.contains("stands no more"), "{mail}");
    }
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

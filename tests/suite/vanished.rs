//! What was told of and stands in no file any more: an obligation or a whole agreement.

use crate::office::Office;
use crate::record_mails::PARTIES;
use crate::states::{agreement, owed};
use crate::told_last::{newest, newest_calendar, told};
use insta::assert_snapshot;

pub(crate) fn letter(obligations: &[&str]) -> String {
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

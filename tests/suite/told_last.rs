//! What a recipient was told last ends up being what holds: a day that comes back, and one that falls away.

use crate::office::Office;
use crate::record_mails::PARTIES;
use crate::states::{agreement, owed};
use insta::assert_snapshot;

fn letter(rest: &str) -> String {
    agreement("Plans", &format!("tracked_from = 2014-01-01\n{rest}"))
}

fn office(rest: &str) -> Office {
    Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", letter(rest))
}

/// Sends what is owed on a day; every reminder to UPE that was decided by it: stage, what it is of, and the day that it names.
pub(crate) fn told(office: &Office, today: &str) -> Vec<String> {
    let before = parts(office).len();
    office.prints(&format!("remind --send --today {today}"));
    parts(office).split_off(before)
}

fn parts(office: &Office) -> Vec<String> {
    let rows = office.json("outbox");
    let to_upe = rows.as_array().unwrap().iter();
    let to_upe = to_upe.filter(|row| row["to"] == "agents@upe.example");
    let parts = to_upe.flat_map(|row| row["parts"].as_array().unwrap().clone());
    let words = |part: serde_json::Value| {
        let words =
            ["stage", "obligation", "date"].map(|key| part[key].as_str().unwrap_or("-").to_owned());
        words.join(" ")
    };
    parts.map(words).collect()
}

/// The newest message to UPE, without what every message bears.
#[track_caller]
pub(crate) fn newest(office: &Office) -> String {
    let rows = office.json("outbox");
    let rows = rows.as_array().unwrap();
    let last = rows
        .iter()
        .rfind(|row| row["to"] == "agents@upe.example")
        .unwrap();
    let shown = office.prints(&format!("outbox show {}", last["id"]));
    let (head, rest) = shown.split_once("\n\n").unwrap();
    let subject = head
        .lines()
        .find(|line| line.starts_with("Subject: "))
        .unwrap();
    let (body, _) = rest.split_once("\nTo answer, reply").unwrap();
    format!("{subject}\n\n{body}")
}

#[test]
fn a_day_that_moves_there_and_back_and_there_is_told_each_time() {
    let of = |day: &str| {
        owed(
            "report",
            &format!("owed_by = [\"dha\"]\ndue = \"March {day}, 2014\""),
        )
    };
    let mut office = office(&of("10"));
    told(&office, "2014-02-08");
    let mut all = Vec::new();
    for (today, day) in [
        ("02-10", "20"),
        ("02-11", "10"),
        ("02-12", "20"),
        ("02-13", "10"),
        ("02-14", "20"),
    ] {
        office = office.file("agreements/plans.md", letter(&of(day)));
        all.push(format!(
            "{today}: {}",
            told(&office, &format!("2014-{today}")).join(", ")
        ));
        assert!(told(&office, &format!("2014-{today}")).is_empty());
    }
    assert_snapshot!(all.join("\n"), @"
    02-10: moved report 2014-03-20
    02-11: moved report 2014-03-10
    02-12: moved report 2014-03-20
    02-13: moved report 2014-03-10
    02-14: moved report 2014-03-20
    ");
    let newest = newest(&office);
    assert!(
        newest.contains("earlier messages said Monday 10 March 2014"),
        "{newest}"
    );
}

const MEETING: &str = "[events.launch]\ntitle = \"Launch of the clocks\"\n";

fn meeting() -> Office {
    office(&format!(
        "{MEETING}{}",
        owed("meeting", "clause = \"2\"\ndue = \"30 days after launch\"")
    ))
}

#[test]
fn a_day_whose_event_is_struck_out_is_taken_back_once_and_told_when_it_returns() {
    let office = meeting();
    told(&office, "2014-02-01");
    office.prints("record happened plans/launch --on 2014-02-02 --by upe --today 2014-02-03");
    told(&office, "2014-02-03");
    told(&office, "2014-02-25");
    office.prints("record struck plans --entry 1 --by upe --today 2014-02-26");
    assert_eq!(told(&office, "2014-02-26"), ["moved meeting 2014-03-04"]);
    assert_snapshot!(newest(&office));
    for today in ["2014-02-27", "2014-03-03", "2014-03-05"] {
        let again = told(&office, today);
        assert!(
            !again.iter().any(|told| told.contains("meeting")),
            "{again:?}"
        );
    }
    // It is said again, and again taken back.
    office.prints("record happened plans/launch --on 2014-02-04 --by dha --today 2014-03-06");
    assert_eq!(
        told(&office, "2014-03-06"),
        [
            "reported launch 2014-02-04",
            "moved meeting 2014-03-06",
            "due meeting 2014-03-06"
        ]
    );
    office.prints("record struck plans --entry 3 --by dha --today 2014-03-07");
    let again = told(&office, "2014-03-07");
    assert!(
        again.contains(&"moved meeting 2014-03-06".to_owned()),
        "{again:?}"
    );
    office.prints("record happened plans/launch --on 2014-02-04 --by dha --today 2014-03-08");
    let again = told(&office, "2014-03-08");
    assert!(
        again.contains(&"moved meeting 2014-03-06".to_owned()),
        "{again:?}"
    );
}

#[test]
fn a_meeting_after_the_end_that_was_agreed_on_is_taken_back() {
    let office = office(&format!(
        "effective = 2014-01-01\nexpires = \"1 year after effective\"\n{}",
        owed("committee", "every = \"monthly on the second Tuesday\"")
    ));
    told(&office, "2014-02-04");
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record ended plans --on 2014-02-08 --by {party} --today 2014-02-05"
        ));
    }
    let now = told(&office, "2014-02-05");
    assert!(
        now.contains(&"moved committee 2014-02-11".to_owned()),
        "{now:?}"
    );
    let newest = newest(&office);
    assert!(
        newest.contains("The agreement ends before it, on Saturday 8 February 2014."),
        "{newest}"
    );
}

#[test]
fn a_condition_that_is_struck_out_takes_its_day_back() {
    let office = office(&owed(
        "quota",
        "owed_by = [\"dha\"]\nwhen = \"DHA sets a quota\"\ndue = \"March 20, 2014\"",
    ));
    told(&office, "2014-02-01");
    office.prints("record happened plans/quota --on 2014-02-19 --by upe --today 2014-02-19");
    told(&office, "2014-02-19");
    // The condition in its own words, and no word of anything done.
    let rows = office.json("outbox");
    let to_dha = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["to"] == "labor@dha.example")
        .unwrap();
    let shown = office.prints(&format!("outbox show {}", to_dha["id"]));
    assert!(shown.contains("UPE says that its condition came about on Wednesday 19 February 2014 (“DHA sets a quota”)."), "{shown}");
    assert!(
        shown.contains("- Title of quota, due 20 March 2014."),
        "{shown}"
    );
    assert!(
        newest(&office).contains("It is owed under a condition: “DHA sets a quota”."),
        "{}",
        newest(&office)
    );
    office.prints("record struck plans --entry 1 --by upe --today 2014-02-20");
    assert_eq!(told(&office, "2014-02-20"), ["moved quota 2014-03-20"]);
    let newest = newest(&office);
    assert!(
        newest.contains("Nothing is recorded now of its condition having come about."),
        "{newest}"
    );
}

#[test]
fn many_days_that_a_change_of_a_file_takes_back_wait_for_a_person() {
    let letter_of = |due: &str| {
        let all: String = (1..=11)
            .map(|n| owed(&format!("plan_{n}"), &format!("due = \"{due}\"")))
            .collect();
        format!("{MEETING}{all}")
    };
    let office = office(&letter_of("April 20, 2014"));
    told(&office, "2014-04-05");
    let office = office.file(
        "agreements/plans.md",
        letter(&letter_of("30 days after launch")),
    );
    let sent = office.prints("remind --send --today 2014-04-07");
    assert!(
        sent.contains("more than 10 days moved at once by a change of a file"),
        "{sent}"
    );
}

#[test]
fn what_one_party_reports_and_another_denies_is_reminded_of_until_it_is_settled() {
    let office = office(&owed("report", "owed_by = [\"dha\"]\ndue = \"March 10, 2014\""))
        .file("parties.toml", format!("{PARTIES}\n[[dha.contacts]]\nname = \"Director\"\nemail = \"director@dha.example\"\nreceives = \"escalation\"\n"));
    told(&office, "2014-02-08");
    office.prints("record met plans/report --on 2014-02-10 --by dha --today 2014-02-10");
    told(&office, "2014-02-10");
    assert!(told(&office, "2014-03-03").is_empty());
    office.prints("record disputed plans --entry 1 --by upe --today 2014-03-03");
    let all: Vec<String> = [
        "03-03", "03-09", "03-10", "03-17", "03-24", "03-31", "04-07", "04-14",
    ]
    .into_iter()
    .flat_map(|today| told(&office, &format!("2014-{today}")))
    .collect();
    assert_snapshot!(all.join("\n"), @"
    before 7 days report 2014-03-10
    before 1 day report 2014-03-10
    due report 2014-03-10
    overdue 1 report 2014-03-10
    overdue 2 report 2014-03-10
    overdue 3 report 2014-03-10
    overdue 4 report 2014-03-10
    ");
    let newest = newest(&office);
    assert!(
        newest.contains("reported as done, and disputed"),
        "{newest}"
    );
    assert!(!newest.contains("othing recorded"), "{newest}");
    let rows = office.json("outbox");
    let escalated = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["stage"] == "escalated")
        .unwrap();
    let escalated = office.prints(&format!("outbox show {}", escalated["id"]));
    assert!(
        escalated.contains("it is still disputed whether it was done"),
        "{escalated}"
    );
}

#[test]
fn what_both_report_of_different_days_is_reminded_of_no_more() {
    let office = office(&owed(
        "report",
        "owed_by = [\"dha\"]\ndue = \"March 10, 2014\"",
    ));
    told(&office, "2014-02-08");
    office.prints("record met plans/report --on 2014-02-10 --by dha --today 2014-02-12");
    office.prints("record met plans/report --on 2014-02-12 --by upe --today 2014-02-12");
    told(&office, "2014-02-12");
    for today in ["2014-03-03", "2014-03-10", "2014-03-17"] {
        assert!(told(&office, today).is_empty());
    }
}

fn report_of(every: &str) -> String {
    letter(&owed(
        "report",
        &format!("clause = \"3\"\nowed_by = [\"dha\"]\n{every}"),
    ))
}

#[test]
fn a_series_whose_days_are_others_now_is_told_with_the_new_one() {
    let (march, april) = (
        "every = \"annually by March 10\"",
        "every = \"annually by April 20\"",
    );
    let office = office("").file("agreements/plans.md", report_of(march));
    assert_eq!(
        told(&office, "2014-02-08"),
        ["before 30 days report 2014-03-10"]
    );
    let office = office.file("agreements/plans.md", report_of(april));
    assert_eq!(
        told(&office, "2014-02-10"),
        ["moved report 2014-04-20", "moved report 2014-03-10"]
    );
    assert_snapshot!("a_series_moved", newest(&office));
    assert!(told(&office, "2014-02-11").is_empty());
    assert_eq!(
        told(&office, "2014-03-21"),
        ["before 30 days report 2014-04-20"]
    );
    let office = office.file("agreements/plans.md", report_of(march));
    assert_eq!(
        told(&office, "2014-03-22"),
        [
            "moved report 2014-03-10",
            "moved report 2014-04-20",
            "overdue 1 report 2014-03-10"
        ]
    );
}

#[test]
fn a_series_that_is_left_without_one_of_its_days_is_told_with_its_next() {
    let from = |day: &str| report_of(&format!("every = \"every week from March {day}, 2014\""));
    let office = office("").file("agreements/plans.md", from("7"));
    told(&office, "2014-02-08");
    assert_eq!(
        told(&office, "2014-03-07"),
        ["due report 2014-03-07", "before 7 days report 2014-03-14"]
    );
    let office = office.file("agreements/plans.md", from("14"));
    assert_eq!(told(&office, "2014-03-07"), ["moved report 2014-03-07"]);
    let newest = newest(&office);
    assert!(
        newest.contains("Earlier messages said Friday 7 March 2014: that stands no more.\nIt is due next on Friday 14 March 2014."),
        "{newest}"
    );
}

#[test]
fn a_day_that_moves_to_before_tracking_began_is_told_and_then_left() {
    let due = |day: &str| report_of(&format!("due = \"{day}\""));
    let office = office("").file("agreements/plans.md", due("March 10, 2014"));
    told(&office, "2014-02-08");
    let office = office.file("agreements/plans.md", due("December 20, 2013"));
    assert_eq!(told(&office, "2014-02-10"), ["moved report 2013-12-20"]);
    let newest = newest(&office);
    assert!(
        newest.contains("The day has changed: earlier messages said Monday 10 March 2014."),
        "{newest}"
    );
    for today in ["2014-02-11", "2014-03-03", "2014-03-17"] {
        assert!(told(&office, today).is_empty(), "{today}");
    }
    let office = office.file("agreements/plans.md", due("April 20, 2014"));
    assert_eq!(
        told(&office, "2014-03-21"),
        [
            "moved report 2014-04-20",
            "before 30 days report 2014-04-20"
        ]
    );
}

#[test]
fn a_day_that_the_record_moves_to_before_tracking_began_is_told() {
    let office = meeting();
    told(&office, "2014-01-01");
    office.prints("record happened plans/launch --on 2014-01-02 --by dha --today 2014-01-03");
    told(&office, "2014-01-03");
    office.prints("record struck plans --entry 1 --by dha --today 2014-01-04");
    office.prints("record happened plans/launch --on 2013-11-20 --by dha --today 2014-01-04");
    let told = told(&office, "2014-01-04");
    assert!(
        told.contains(&"moved meeting 2013-12-20".to_owned()),
        "{told:?}"
    );
}

/// The newest message to UPE as it leaves.
fn newest_bytes(office: &Office) -> Vec<u8> {
    let rows = office.json("outbox");
    let mut rows = rows.as_array().unwrap().iter();
    let last = rows.rfind(|row| row["to"] == "agents@upe.example");
    let id = last.unwrap()["message_id"].as_str().unwrap();
    let name = id.trim_matches(['<', '>']).replace('@', ".");
    std::fs::read(office.root().join("outbox/new").join(name)).unwrap()
}

/// The calendar file of the newest message to UPE.
#[track_caller]
pub(crate) fn newest_calendar(office: &Office) -> String {
    let bytes = newest_bytes(office);
    let mail = mail_parser::MessageParser::default();
    let mail = mail.parse(&bytes).unwrap();
    let file = mail.attachment(0).unwrap();
    String::from_utf8(file.contents().to_vec()).unwrap()
}

#[test]
fn messages_about_one_thing_name_those_before_them_and_the_calendar_takes_a_day_back() {
    let parse = |bytes: &[u8]| {
        let mail = mail_parser::MessageParser::default();
        let mail = mail.parse(bytes).unwrap();
        let calendar = mail
            .attachment(0)
            .map(|file| String::from_utf8(file.contents().to_vec()).unwrap());
        let ids = mail.references().as_text_list().unwrap_or_default();
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        (
            mail.message_id().unwrap().to_owned(),
            ids,
            calendar.unwrap(),
        )
    };
    let line = |calendar: &str, key: &str| {
        let mut lines = calendar.lines();
        let line = lines.find(|line| line.starts_with(key)).unwrap();
        line.trim_end().to_owned()
    };
    let from = |day: &str| report_of(&format!("every = \"every week from March {day}, 2014\""));
    let office = office("").file("agreements/plans.md", from("7"));
    told(&office, "2014-02-08");
    let (first, root, told_day) = parse(&newest_bytes(&office));
    assert_eq!(root.len(), 1);
    told(&office, "2014-02-28");
    let (second, names, _) = parse(&newest_bytes(&office));
    assert_eq!(names, [root[0].clone(), first.clone()]);
    assert!(!told_day.contains("STATUS"), "{told_day}");
    told(&office, "2014-03-07");
    let office = office.file("agreements/plans.md", from("14"));
    assert_eq!(told(&office, "2014-03-07"), ["moved report 2014-03-07"]);
    let (_, names, gone) = parse(&newest_bytes(&office));
    assert_eq!(names, [root[0].clone(), first, second]);
    for key in ["UID:", "DTSTART;"] {
        assert_eq!(line(&gone, key), line(&told_day, key));
    }
    assert_eq!(line(&gone, "STATUS:"), "STATUS:CANCELLED");
    assert_eq!(gone.matches("BEGIN:VEVENT").count(), 1, "{gone}");
    let number = |calendar: &str| -> u32 {
        let line = line(calendar, "SEQUENCE:");
        line.trim_start_matches("SEQUENCE:").parse().unwrap()
    };
    assert!(number(&gone) > number(&told_day));
}

#[test]
fn one_of_a_series_that_falls_away_becomes_none_that_nobody_was_told_of() {
    let meetings = |head: &str, rest: &str| {
        let meeting = owed(
            "meeting",
            &format!("every = \"3 months from January 15, 2014\"\n{rest}"),
        );
        agreement(
            "Plans",
            &format!("tracked_from = 2014-03-01\n{head}{meeting}"),
        )
    };
    for (head, rest) in [
        ("", "until = 2014-04-01\n"),
        ("expires = \"April 12, 2014\"\n", ""),
    ] {
        let office = Office::empty()
            .file("parties.toml", PARTIES)
            .file("agreements/plans.md", meetings("", ""));
        assert_eq!(
            told(&office, "2014-03-16"),
            ["before 30 days meeting 2014-04-15"]
        );
        let office = office.file("agreements/plans.md", meetings(head, rest));
        let now = told(&office, "2014-04-10");
        assert!(
            now.contains(&"moved meeting 2014-04-15".to_owned())
                && !now.iter().any(|part| part.contains("2014-01-15")),
            "{now:?}"
        );
        let mail = newest(&office);
        assert!(
            mail.contains("Earlier messages said Tuesday 15 April 2014: that stands no more.")
                && !mail.contains("15 January 2014"),
            "{mail}"
        );
    }
}

#[test]
fn a_day_of_a_series_that_is_past_and_moves_is_told_with_the_new_one() {
    let annually = |day: &str| report_of(&format!("every = \"annually by {day}\""));
    for (now, after) in [
        (
            "April 20",
            [
                "moved report 2014-04-20",
                "moved report 2014-03-10",
                "before 30 days report 2014-04-20",
            ],
        ),
        (
            "March 4",
            [
                "moved report 2014-03-04",
                "moved report 2014-03-10",
                "overdue 2 report 2014-03-04",
            ],
        ),
    ] {
        let office = office("").file("agreements/plans.md", annually("March 10"));
        told(&office, "2014-02-08");
        assert_eq!(told(&office, "2014-03-10"), ["due report 2014-03-10"]);
        let office = office.file("agreements/plans.md", annually(now));
        assert_eq!(told(&office, "2014-03-24"), after);
        let mail = newest(&office);
        assert!(
            mail.contains("The day has changed: earlier messages said Monday 10 March 2014."),
            "{mail}"
        );
        assert!(!mail.contains("stands no more"), "{mail}");
        assert!(told(&office, "2014-03-24").is_empty());
    }
    // What was done keeps the day that it had.
    let office = office("").file("agreements/plans.md", annually("March 10"));
    told(&office, "2014-03-10");
    office.prints("record met plans/report --on 2014-03-10 --by dha --today 2014-03-11");
    told(&office, "2014-03-11");
    let office = office.file("agreements/plans.md", annually("April 20"));
    let now = told(&office, "2014-03-24");
    assert!(!now.iter().any(|part| part.contains("moved")), "{now:?}");
}

#[test]
fn of_a_series_that_nobody_has_kept_up_with_only_what_is_reminded_of_moves() {
    let from = |day: &str| report_of(&format!("every = \"every week from January {day}, 2014\""));
    let office = office("").file("agreements/plans.md", from("3"));
    for today in ["01-03", "01-10", "01-17", "01-24", "01-31"] {
        told(&office, &format!("2014-{today}"));
    }
    let office = office.file("agreements/plans.md", from("6"));
    assert_eq!(
        told(&office, "2014-02-01"),
        [
            "moved report 2014-01-27",
            "moved report 2014-01-24",
            "moved report 2014-02-03",
            "moved report 2014-01-31",
            "moved report 2014-02-10",
            "moved report 2014-02-07",
            "due report 2014-01-27",
            "before 7 days report 2014-02-03",
        ]
    );
}

#[test]
fn what_is_said_of_one_worksite_stands_in_the_thread_of_its_days() {
    let office = office(&format!(
        "[events.move]\ntitle = \"A move\"\nrepeats = true\n{}",
        owed("meeting", "due = \"30 days after move\"")
    ));
    let root = || {
        let bytes = newest_bytes(&office);
        let mail = mail_parser::MessageParser::default();
        let mail = mail.parse(&bytes).unwrap();
        let names = mail.references().as_text_list().unwrap();
        names[0].to_string()
    };
    let mut roots = std::collections::BTreeSet::new();
    for (site, day, later) in [
        ("North", "2014-02-01", "2014-02-26"),
        ("South", "2014-02-27", "2014-03-24"),
    ] {
        office.prints(&format!(
            "record happened plans/move --on {day} --for {site} --by dha --today {day}"
        ));
        told(&office, day);
        assert!(!told(&office, later).is_empty());
        roots.insert(root());
        office.prints(&format!(
            "record met plans/meeting --for {site} --on {later} --by dha --today {later}"
        ));
        assert_eq!(told(&office, later).len(), 1);
        roots.insert(root());
    }
    assert_eq!(roots.len(), 2);
}

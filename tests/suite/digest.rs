//! The weekly overview: once a week, by agreement, for who wants it, and nothing in it that its reader may not see.

use crate::office::Office;
use crate::states::{agreement, owed};
use insta::assert_snapshot;

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
receives = "digest"
agreed = 2014-01-01
[[dha.contacts]]
name = "Rosa Díaz"
email = "rosa@dha.example"
receives = "digest"
language = "es"
agreed = 2014-01-01
agreements = ["time_clocks"]
"#;

fn office() -> Office {
    let clocks = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n[events.installation]\ntitle = \"Installation of the clocks\"\n{}{}{}{}{}",
            owed(
                "training",
                "clause = \"3\"\nowed_by = [\"dha\"]\ndue = \"30 days after installation\""
            ),
            owed(
                "report",
                "clause = \"4\"\nowed_by = [\"dha\"]\ndue = \"May 30, 2014\""
            ),
            owed(
                "survey",
                "clause = \"5\"\nowed_by = [\"upe\"]\ndue = \"May 2, 2014\""
            ),
            owed(
                "pilot",
                "clause = \"6\"\nlasts = \"from January 1, 2014 through December 31, 2014\""
            ),
            owed(
                "tactics",
                "owed_by = [\"upe\"]\ndue = \"May 20, 2014\"\nvisibility = \"upe\""
            ),
        ),
    );
    let parking = agreement(
        "Parking",
        &format!(
            "tracked_from = 2014-01-01\n{}",
            owed(
                "passes",
                "clause = \"1\"\nowed_by = [\"dha\"]\ndue = \"May 15, 2014\""
            ),
        ),
    );
    Office::empty()
        .file(
            "sideletter.toml",
            "[office]\nname = \"UPE and DHA\"\nkeeper = \"upe\"\ndigest = \"office@upe.example\"\n[mail]\nfrom = \"office@upe.example\"\nreply_to = \"Agents <agents@upe.example>\"\n",
        )
        .file("parties.toml", PARTIES)
        .file("agreements/time_clocks.md", clocks)
        .file("agreements/parking.md", parking)
}

/// What overviews were written, to whom, for which Monday.
fn overviews(office: &Office) -> Vec<String> {
    let rows = office.json("outbox");
    rows.as_array()
        .unwrap()
        .iter()
        .filter(|row| row["stage"] == "digest")
        .map(|row| {
            assert!(
                row["agreement"].is_null() && row["obligation"].is_null(),
                "{row}"
            );
            format!("{} {} {}", row["to"], row["parts"][0]["date"], row["state"]).replace('"', "")
        })
        .collect()
}

/// Without what differs from run to run.
fn without_seal(shown: &str) -> String {
    let lines = shown.lines().map(|line| {
        let (head, _) = line.split_once(": 1:").unwrap_or((line, ""));
        format!("{head}\n")
    });
    lines.collect()
}

#[test]
fn there_is_one_a_week_on_monday_or_by_the_first_run_after() {
    let office = office();
    // A Thursday.
    office.prints("remind --send --today 2014-05-08");
    assert_eq!(overviews(&office).len(), 3, "{:?}", overviews(&office));
    office.prints("remind --send --today 2014-05-09");
    office.prints("remind --send --today 2014-05-11");
    assert_eq!(overviews(&office).len(), 3);
    office.prints("remind --send --today 2014-05-12");
    assert_eq!(overviews(&office).len(), 6);
    // After a sleep of three weeks there is one.
    office.prints("remind --send --today 2014-06-04");
    assert_snapshot!(overviews(&office).join("\n"), @r"
    office@upe.example 2014-05-05 sent
    labor@dha.example 2014-05-05 sent
    rosa@dha.example 2014-05-05 sent
    office@upe.example 2014-05-12 sent
    labor@dha.example 2014-05-12 sent
    rosa@dha.example 2014-05-12 sent
    office@upe.example 2014-06-02 sent
    labor@dha.example 2014-06-02 sent
    rosa@dha.example 2014-06-02 sent
    ");
    // Who gets it gets no reminders.
    let rows = office.json("outbox");
    let to_dha = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["to"] == "labor@dha.example");
    assert!(to_dha.into_iter().all(|row| row["stage"] == "digest"));
}

#[test]
fn each_reader_reads_what_it_may_see_in_its_own_language() {
    let office = office();
    office.prints("record met time_clocks/report --on 2014-05-07 --by upe --today 2014-05-07");
    let plan = office.prints("remind --today 2014-05-12");
    assert!(
        plan.contains("all agreements: digest: the week of 2014-05-12"),
        "{plan}"
    );
    office.prints("remind --send --today 2014-05-12");
    let rows = office.json("outbox");
    let shown: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["stage"] == "digest")
        .map(|row| office.prints(&format!("outbox show {}", row["id"])))
        .map(|shown| without_seal(&shown))
        .collect();
    assert!(shown[0].contains("tactics"), "{}", shown[0]);
    for dhas in &shown[1..] {
        assert!(!dhas.contains("tactics"), "{dhas}");
        let (_, body) = dhas
            .split_once(
                "

",
            )
            .unwrap();
        assert!(!body.contains("@upe.example"), "{dhas}");
    }
    assert!(!shown[2].contains("Parking"), "{}", shown[2]);
    assert_snapshot!(shown.join("\n========\n"));
}

#[test]
fn it_bears_the_headers_of_a_list_and_reminders_do_not() {
    let office = office();
    office.prints("remind --send --today 2014-05-12");
    let mut lists = 0;
    for file in std::fs::read_dir(office.root().join("outbox/new")).unwrap() {
        let mail = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let is_overview = head.contains("the week of") || head.contains("semana");
        assert_eq!(
            head.contains("List-Id: <digest.upe.example>"),
            is_overview,
            "{head}"
        );
        assert_eq!(
            head.contains("List-Unsubscribe: <mailto:agents@upe.example?subject="),
            is_overview,
            "{head}"
        );
        lists += usize::from(is_overview);
    }
    assert_eq!(lists, 3);
}

#[test]
fn with_nothing_to_say_nobody_is_written_to() {
    let office = office().without("agreements/time_clocks.md").file(
        "parties.toml",
        PARTIES.replace("agreements = [\"time_clocks\"]", ""),
    );
    office.prints("remind --send --today 2014-03-03");
    assert!(overviews(&office).is_empty());
    // Something to say in the middle of a week is said then.
    office.prints("remind --send --today 2014-04-16");
    assert_eq!(
        overviews(&office),
        [
            "office@upe.example 2014-04-14 sent",
            "labor@dha.example 2014-04-14 sent",
            "rosa@dha.example 2014-04-14 sent",
        ]
    );
}

#[test]
fn a_window_for_notice_that_is_open_is_listed() {
    let office = crate::record_mails::office(
        "[office]\ndigest = \"office@upe.example\"\n",
        crate::record_mails::PARTIES,
        "",
    );
    let overview = |today: &str| {
        office.prints(&format!("remind --send --today {today}"));
        let rows = office.json("outbox");
        let rows = rows.as_array().unwrap();
        let last = rows.iter().rfind(|row| row["stage"] == "digest").unwrap();
        office.prints(&format!("outbox show {}", last["id"]))
    };
    assert!(!overview("2014-04-07").contains("Title of pilot, through 30 June 2014: Notice"));
    let told = overview("2014-05-05");
    assert!(
        told.contains("Title of pilot, through 30 June 2014: Notice"),
        "{told}"
    );
    assert!(told.contains("31 May 2014"), "{told}");
}

#[test]
fn what_another_party_has_said_is_listed_until_it_is_answered() {
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n{}{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"July 30, 2014\""),
            owed("no_layoffs", "owed_by = [\"dha\"]"),
        ),
    );
    let parties = crate::record_mails::PARTIES.replace(
        "email = \"labor@dha.example\"",
        "email = \"labor@dha.example\"\nreceives = \"digest\"",
    );
    let office = Office::empty()
        .file("parties.toml", parties)
        .file("agreements/time_clocks.md", letter);
    let overview = |today: &str| {
        office.prints(&format!("remind --send --today {today}"));
        let rows = office.json("outbox");
        let rows = rows.as_array().unwrap();
        let newest = rows.iter().rfind(|row| row["stage"] == "digest");
        let last = newest.map_or(String::new(), |row| {
            office.prints(&format!("outbox show {}", row["id"]))
        });
        let groups = last.split_once("\nTime clocks\n");
        let (groups, _) = groups
            .and_then(|(_, rest)| rest.split_once("\n-----"))
            .unwrap();
        groups.trim().to_owned()
    };
    office.prints("record moved time_clocks/report --to 2014-08-10 --by upe --today 2014-05-06");
    office.prints(
        "record disputed time_clocks/no_layoffs --on 2014-05-01 --by upe --today 2014-05-06",
    );
    assert_snapshot!(overview("2014-05-12"));
    // What is answered is heard of no more, and what is not, each week.
    office.prints("record confirmed time_clocks --entry 2 --by dha --today 2014-05-13");
    let told = overview("2014-05-19");
    assert!(
        told.starts_with("For you to answer:\n- Title of report, due 30 July 2014: UPE proposes"),
        "{told}"
    );
    assert!(
        !told.contains("not kept") && !told.contains("Different things"),
        "{told}"
    );
    // What needs no answer is told once.
    office.prints("record struck time_clocks --entry 1 --by upe --today 2014-05-20");
    let told = overview("2014-05-26");
    assert!(
        told.starts_with("Said since the last overview:\n- Title of report"),
        "{told}"
    );
    office.prints("record met time_clocks/report --on 2014-05-27 --by dha --today 2014-05-27");
    let told = overview("2014-06-02");
    assert_eq!(
        told,
        "One party says that it was done:\n- Title of report, due 30 July 2014 (owed by DHA)"
    );
}

#[test]
fn what_was_said_stands_in_one_overview() {
    let office = office();
    let at = |time: &str, line: &str| office.prints(&format!("{line} --now 2014-05-{time}-07:00"));
    let say = |time: &str, what: &str, by: &str| at(time, &format!("record {what} --by {by}"));
    // On a Monday before the overview, and after it.
    say("12T08:00:00", "met parking/passes --on 2014-05-03", "dha");
    say("12T08:01:00", "confirmed parking --entry 1", "upe");
    at("12T09:00:00", "remind --send");
    say(
        "12T10:00:00",
        "happened time_clocks/installation --on 2014-05-09",
        "dha",
    );
    say("12T10:01:00", "confirmed time_clocks --entry 3", "upe");
    at("19T09:00:00", "remind --send");
    at("26T09:00:00", "remind --send");
    let rows = office.json("outbox");
    let to_the_office = rows.as_array().unwrap().iter();
    let to_the_office =
        to_the_office.filter(|row| row["to"] == "office@upe.example" && row["stage"] == "digest");
    let said: Vec<Vec<String>> = to_the_office
        .map(|row| {
            let shown = office.prints(&format!("outbox show {}", row["id"]));
            let all = shown.split("Said since the last overview:\n").skip(1);
            let lines = all.flat_map(|rest| rest.lines().take_while(|line| line.starts_with("- ")));
            lines.map(str::to_owned).collect()
        })
        .collect();
    insta::assert_debug_snapshot!(said);
}

#[test]
fn no_line_of_its_head_is_too_long_for_a_header() {
    let office = office();
    let settings = office.read("sideletter.toml");
    let office = office.file(
        "sideletter.toml",
        settings.replace(
            "reply_to = \"Agents <agents@upe.example>\"",
            "reply_to = \"business.agents@employees.example\"",
        ),
    );
    office.prints("remind --send --today 2014-05-12");
    let mut lists = 0;
    for file in office.files() {
        if !file.starts_with("outbox/new") {
            continue;
        }
        let mail = office.read(&file);
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(head.split("\r\n").all(|line| line.len() <= 78), "{head}");
        lists += usize::from(head.contains("List-Unsubscribe: \r\n <mailto:business.agents@"));
        assert_eq!(
            head.contains("List-Unsubscribe"),
            head.contains("\r\n <mailto:")
        );
    }
    assert_eq!(lists, 3);
}

#[test]
fn what_hangs_on_something_with_a_fault_is_not_listed() {
    let office = office();
    let listed = |office: &Office, today: &str| {
        office.types(&format!("remind --send --today {today}"));
        let rows = office.json("outbox");
        let rows = rows.as_array().unwrap();
        let newest = rows.iter().rfind(|row| row["to"] == "office@upe.example");
        office.prints(&format!("outbox show {}", newest.unwrap()["id"]))
    };
    assert!(listed(&office, "2014-05-05").contains("Title of report"));
    let letter = office.read("agreements/time_clocks.md");
    let office = office.file(
        "agreements/time_clocks.md",
        letter.replace("preset = \"plain\"", "preset = \"plane\""),
    );
    let overview = listed(&office, "2014-05-12");
    assert!(overview.contains("Title of passes"), "{overview}");
    assert!(!overview.contains("Title of report"), "{overview}");
    let office = office.file("agreements/time_clocks.md", letter);
    assert!(listed(&office, "2014-05-19").contains("Title of report"));
}

#[test]
fn what_the_keeper_entered_for_a_party_stands_in_its_overview() {
    let office = office().file("consent.eml", "We agree.");
    let to_labor = |office: &Office| {
        let rows = office.json("outbox");
        let mut rows = rows.as_array().unwrap().iter();
        let last = rows.rfind(|row| row["to"] == "labor@dha.example");
        office.prints(&format!("outbox show {}", last.unwrap()["id"]))
    };
    office.prints("record moved parking/passes --to 2014-06-20 --by upe --today 2014-05-06");
    office.prints("remind --send --today 2014-05-12");
    assert!(to_labor(&office).contains("For you to answer"));
    office.prints(
        "record confirmed parking --entry 1 --by dha --evidence consent.eml --today 2014-05-13",
    );
    office.prints("remind --send --today 2014-05-19");
    let told = to_labor(&office);
    assert!(told.contains("Said since the last overview"), "{told}");
    assert!(told.contains("20 June 2014"), "{told}");
}

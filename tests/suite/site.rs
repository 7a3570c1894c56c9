//! The pages as browsers and other people's readers see them: Chromium with the rules of accessibility, a validator of HTML, and
//! readers of calendars, feeds and JSON that are not ours.
//!
//! `tests/run` installs them and names them in `SIDELETTER_TEST_BROWSER` and `SIDELETTER_TEST_PYTHON`; then a test fails where it
//! cannot ask. Without that it says that it did not.

use crate::office::Office;
use crate::pages::without_its_style;
use std::process::Command;

/// The repository's agreements with something recorded, and pages of them.
fn site() -> Office {
    let office = Office::repository().on("2014-06-20");
    for line in [
        "--today 2014-03-04 record happened sdr_phase_ii/implementation --on 2014-03-03 --by dha",
        "--today 2014-03-28 record met sdr_phase_ii/follow_up_meeting --on 2014-03-27 --by upe",
        "--today 2014-03-29 record confirmed sdr_phase_ii --entry 2 --by dha",
        "--today 2014-03-30 record moved sdr_phase_ii/training_survey --to 2014-07-15 --by dha",
    ] {
        office.prints(line);
    }
    office.prints("build");
    office
}

/// What a test runs, by the variable that names it; `None` where nothing does.
#[expect(
    clippy::disallowed_methods,
    reason = "where the tools of the tests are is no matter of an office"
)]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the test by hand has to know"
)]
pub(crate) fn named_in(variable: &str) -> Option<String> {
    let named = std::env::var(variable).ok();
    if named.is_none() {
        eprintln!("not asked: {variable} names nothing; tests/run does");
    }
    named
}

/// Runs what looks at a site, and fails with what it finds.
#[track_caller]
#[expect(
    clippy::print_stdout,
    reason = "how much was looked at belongs to the result"
)]
pub(crate) fn finds_nothing(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{error}");
    println!("{said}");
}

/// An agreement with more columns, and longer lines, than any page or sheet is wide.
fn wide_table() -> String {
    let cells = |word: &str| {
        let each = (1..=18).map(|n| format!("{word}{n}"));
        format!("| {} ", each.collect::<Vec<_>>().join(" | "))
    };
    format!(
        "+++\ntitle = \"Schedule of allowances, differentials and everythingthatisnamedinonelongwordwithoutaspace\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nsigned = 2014-02-01\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"pay_table\"\ntitle = \"Table of allowances\"\ndue = \"30 days after signing\"\n+++\nThe table is sent. [pay_table]\n\n{}|\n{}|\n{}|\n\n    {}\n",
        cells("Allowance"),
        "|---".repeat(18),
        cells("amount"),
        "words ".repeat(60)
    )
}

#[test]
fn a_browser_and_a_validator_find_no_fault_in_any_kind_of_page() {
    let Some(folder) = named_in("SIDELETTER_TEST_BROWSER") else {
        return;
    };
    let office = site().file("agreements/wide_table.md", wide_table());
    office.prints("build");
    let folder = std::path::absolute(folder).unwrap();
    finds_nothing(
        Command::new("node")
            .arg(folder.join("check.mjs"))
            .arg(office.root().join("site")),
    );
}

#[test]
fn other_readers_understand_the_calendars_the_news_and_the_data() {
    let Some(python) = named_in("SIDELETTER_TEST_PYTHON") else {
        return;
    };
    let office = site();
    finds_nothing(
        Command::new(python)
            .arg(crate::office::repository().join("tests/oracle/site.py"))
            .arg(office.root().join("site")),
    );
}

#[test]
fn two_builds_of_one_day_give_the_same_bytes() {
    let office = site();
    let read = |office: &Office| -> Vec<(String, String)> {
        let files = office.files();
        let of_site = files.into_iter().filter(|path| path.starts_with("site/"));
        of_site
            .map(|path| (path.clone(), office.read(&path)))
            .collect()
    };
    let first = read(&office);
    std::fs::remove_dir_all(office.root().join("site")).unwrap();
    office.prints("build");
    assert!(first == read(&office));
}

#[test]
fn the_page_of_a_party_says_what_it_owes_and_is_owed() {
    let office = site();
    insta::assert_snapshot!(
        "party_page",
        without_its_style(&office.read("site/parties/dha.html"))
    );
    insta::assert_snapshot!(
        "party_page_es",
        without_its_style(&office.read("site/es/parties/dha.html"))
    );
}

#[test]
fn a_month_shows_what_is_due_on_its_days() {
    let office = site();
    insta::assert_snapshot!(
        "month_page",
        without_its_style(&office.read("site/calendar/2014-07.html"))
    );
    insta::assert_snapshot!(
        "month_list",
        without_its_style(&office.read("site/calendar/index.html"))
    );
}

#[test]
fn the_news_say_what_was_recorded_and_never_a_remark() {
    let office = site();
    let noted = office.run(&[
        "--today",
        "2014-04-01",
        "record",
        "noted",
        "sdr_phase_ii",
        "--by",
        "upe",
        "--note",
        "the steward was asked twice",
    ]);
    assert_eq!(noted.code, 0, "{}", noted.stderr);
    office.prints("build");
    let news = office.read("site/feed.atom");
    assert!(!news.contains("steward"), "{news}");
    insta::assert_snapshot!("news", news);
    insta::assert_snapshot!("news_es", office.read("site/es/feed.atom"));
}

#[test]
fn the_data_are_those_of_due() {
    let office = site();
    let data: serde_json::Value = serde_json::from_str(&office.read("site/data.json")).unwrap();
    let due = office.json("due --all");
    let due = due.as_array().unwrap();
    let mut compared = 0;
    for agreement in data["agreements"].as_array().unwrap() {
        for obligation in agreement["obligations"].as_array().unwrap() {
            for occurrence in obligation["occurrences"].as_array().unwrap() {
                let found = due.iter().find(|row| {
                    row["agreement"] == agreement["id"]
                        && row["obligation"] == obligation["id"]
                        && row["occurrence"] == occurrence["occurrence"]
                });
                let Some(row) = found else { continue };
                for field in [
                    "kind",
                    "opens",
                    "due",
                    "grace",
                    "nominal",
                    "state",
                    "projected",
                ] {
                    assert_eq!(row[field], occurrence[field], "{row}");
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn other_readings_are_told_in_the_language_of_the_page() {
    let letter = r#"+++
title = "Notices"
kind = "side_letter"
parties = ["upe", "dha"]
effective = 2026-01-05
tracked_from = 2026-01-05

[counting]
preset = "california_contract"
days_off = ["weekends", "us_ca_state_employees"]

[events.hearing]
title = "Hearing"
date = 2026-03-10

[events.launch]
title = "Launch"

[[obligations]]
id = "early_notice"
title = "Notice"
due = "at least 2 days before hearing"

[[obligations]]
id = "biweekly_list"
title = "List"
every = "biweekly"
until = 2026-03-01

[[obligations]]
id = "an_answer"
title = "Answer"
due = "within 10 days after launch"
+++
A notice, [early_notice] a list [biweekly_list] and an answer. [an_answer]
"#;
    let office = Office::empty()
        .file(
            "parties.toml",
            "[upe]\nname = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n",
        )
        .file("agreements/notices.md", letter)
        .on("2026-02-01");
    office.prints("record happened notices/launch --on 2026-01-20 --by upe");
    office.prints("record happened notices/launch --on 2026-01-22 --by dha");
    office.prints("build");
    let page = office.read("site/es/agreements/notices.html");
    for said in [
        "contado hacia atrás hasta un día inhábil",
        "leído como “twice a week”; no se adopta, porque “biweekly” se lee como cada dos semanas",
        "la otra acepción de los diccionarios",
        "si ‘Launch’ fue el 22 de enero de 2026",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("not taken"), "{page}");
    let english = office.read("site/agreements/notices.html");
    assert!(english.contains("read as “twice a week”; not taken, because"));
}

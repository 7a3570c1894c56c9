//! Every rule: its fixture, its snapshot, its page; and that no file, whatever is in it, stops the reading.
//!
//! A fixture is a folder `tests/fixtures/faults/CODE` that is laid over the office of `tests/fixtures/offices/two_parties`.

use crate::bounces::{about, message_id, report};
use crate::office::{Office, fixtures, repository};
use proptest::prelude::*;
use sideletter::rules;
use std::collections::BTreeSet;
use std::fs;

/// The office in which a rule finds its fault.
fn faulty(code: &str) -> Office {
    let fixture = fixtures().join("faults").join(code);
    let office = Office::fixture("offices/two_parties").with(&fixture);
    match code {
        // A file of 4 MB has no place in the repository.
        "file-too-large" => {
            let letter = office.read("agreements/letter.md") + &"Words. ".repeat(600_000);
            office.file("agreements/letter.md", letter)
        }
        "no-parties" => office.without("parties.toml"),
        "dated-out-of-order" => {
            // By no other day than that of the machine can it be ahead.
            let now = rusqlite::Connection::open_in_memory().unwrap();
            let ahead: String = now
                .query_row("SELECT date('now', '+30 days')", [], |row| row.get(0))
                .unwrap();
            let noted = format!("record noted letter --note Settled --by upe --today {ahead}");
            assert_eq!(office.types(&noted).code, 0);
            office
        }
        "still-tentative" => {
            office.prints("record happened letter/ratification --on 2014-03-05 --by dha");
            office
        }
        "agreed-day-changed" => {
            for party in ["upe", "dha"] {
                office.prints(&format!(
                    "record ended letter_6 --on 2016-09-30 --by {party} --today 2016-03-01"
                ));
            }
            office
        }
        "date-against-the-record" => {
            office.prints("record happened letter/implementation --on 2014-03-05 --by dha");
            office
        }
        "not-delivered" => {
            office.prints("remind --send --today 2014-03-12");
            let id = message_id(&office, 1);
            let mail = report("office@upe.example", &id, "failed", "5.1.1");
            let office = office.file("bounce.eml", about("agents@upe.example", &mail));
            office.prints("bounces import bounce.eml");
            office.without("bounce.eml")
        }
        "gone-since-recorded" => {
            let signed = office.read("agreements/letter_of_2014.md");
            let office = office.file("agreements/letter.md", signed);
            office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
            office.without("agreements/letter.md")
        }
        "text-changed" => {
            let changed = office.read("agreements/letter.md");
            let signed = changed.replace("45 days", "30 days");
            let office = office.file("agreements/letter.md", signed);
            office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
            office.file("agreements/letter.md", changed)
        }
        _ => office,
    }
}

#[test]
fn every_rule_finds_its_fault_and_says_what_to_write() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/faults");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let mut not_found = Vec::new();
        for rule in rules::ALL {
            let office = faulty(rule.code);
            let text = office.run(&["check"]);
            let json = office.run(&["check", "--format", "json"]);
            let found: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).unwrap();
            if !found.iter().any(|fault| fault["code"] == rule.code) {
                not_found.push(format!("{}:\n{}", rule.code, text.stdout));
                continue;
            }
            let errors = found.iter().any(|fault| fault["severity"] == "error");
            assert_eq!(text.code, i32::from(errors), "{}", rule.code);
            assert_eq!(json.code, text.code, "{}", rule.code);
            assert_eq!(text.stderr, "", "{}", rule.code);
            insta::assert_snapshot!(rule.code, last_lines(&text.stdout));
        }
        assert!(
            not_found.is_empty(),
            "no such fault: {}",
            not_found.join("\n")
        );
    });
}

/// Of a long output the last lines: the rule of too many faults needs no more of them.
fn last_lines(text: &str) -> String {
    const MOST: usize = 120;
    let lines: Vec<&str> = text.lines().collect();
    let skipped = if lines.len() > MOST {
        lines.len() - 12
    } else {
        0
    };
    lines
        .into_iter()
        .skip(skipped)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_rule_has_a_file_a_fixture_a_snapshot_and_a_page() {
    let codes: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(codes.len(), rules::ALL.len(), "a code is given twice");
    let names = |folder: &str, ending: &str| -> BTreeSet<String> {
        fs::read_dir(repository().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.strip_suffix(ending)?.replace('_', "-")))
            .collect()
    };
    assert_eq!(names("tests/fixtures/faults", ""), codes);
    assert_eq!(names("tests/suite/snapshots/faults", ".snap"), codes);
    assert_eq!(names("src/rules", ".rs"), codes);
    for rule in rules::ALL {
        for part in [
            "What it checks",
            "Why it matters",
            "Example",
            "Write instead",
        ] {
            let heading = format!("## {part}\n");
            assert!(rule.page.contains(&heading), "{}: {part}", rule.code);
        }
    }
}

#[test]
fn the_manual_of_rules_is_the_pages_of_the_rules() {
    let written = fs::read_to_string(repository().join("docs/rules.md")).unwrap_or_default();
    let manual = Office::empty().run(&["check", "--explain", "all"]).stdout;
    assert!(
        written == manual,
        "docs/rules.md is out of date: cargo run -- check --explain all > docs/rules.md"
    );
}

const SOUND: &str = "+++\n\
    title = \"A sound letter\"\n\
    kind = \"side_letter\"\n\
    parties = [\"upe\", \"dha\"]\n\
    signed = 2014-02-20\n\
    [counting]\n\
    preset = \"plain\"\n\
    [events.implementation]\n\
    title = \"Implementation\"\n\
    [[obligations]]\n\
    id = \"follow_up_meeting\"\n\
    title = \"Follow-up meeting\"\n\
    due = \"no later than 30 days after implementation\"\n\
    +++\n\
    Meetings to address issues shall commence. [follow_up_meeting]\n";

#[test]
fn a_sound_office_has_no_faults() {
    let office = Office::fixture("offices/two_parties").file("agreements/sound.md", SOUND);
    let outcome = office.run(&["check"]);
    insta::assert_snapshot!(outcome.stdout, @"1 agreement read; no faults");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
}

#[test]
fn faulty_files_leave_sound_ones_unharmed() {
    let office = Office::fixture("offices/two_parties")
        .file("agreements/sound.md", SOUND)
        .file("agreements/deep/empty.md", "")
        .file("agreements/binary.md", b"\0\xff\xfe\x07PNG")
        .file("agreements/fences.md", "+++\n+++\n+++\n")
        .file("agreements/.hidden.md", "not read")
        .file("agreements/notes.txt", "not read");
    let read = sideletter::office::Office::load(office.root()).unwrap();
    let ids: Vec<&str> = read.agreements.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["fences", "sound"]);
    let sound = read.agreement("sound").unwrap();
    assert_eq!(sound.obligations.len(), 1);
    let left_out: Vec<&str> = read.left_out.iter().map(|l| l.file.as_str()).collect();
    assert_eq!(
        left_out,
        ["agreements/binary.md", "agreements/deep/empty.md"]
    );
    let outcome = office.run(&["check", "agreements/sound.md"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
}

#[test]
fn a_file_that_is_no_part_of_the_office_is_wrong_usage() {
    let office = Office::fixture("offices/two_parties").file("agreements/sound.md", SOUND);
    let outcome = office.run(&["check", "agreements/sounds.md"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(
        outcome.stderr,
        @"sideletter: agreements/sounds.md is no file of this office; did you mean `agreements/sound.md`?"
    );
    let outcome = office.run(&["check", "--explain", "unknown-keys"]);
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(
        outcome.stderr,
        @"sideletter: there is no rule `unknown-keys`; did you mean `unknown-key`?"
    );
}

#[test]
fn a_folder_that_is_not_there_is_a_failure() {
    let outcome = Office::empty().run(&["-C", "elsewhere", "check"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (3, ""));
    assert!(outcome.stderr.contains("elsewhere"), "{}", outcome.stderr);
}

/// Reads an office with this agreement; every finding must point at whole characters of its file.
#[track_caller]
fn reads_without_panic(file: &[u8]) {
    let office = Office::fixture("offices/two_parties").file("agreements/letter.md", file);
    let read = sideletter::office::Office::load(office.root()).unwrap();
    for diagnostic in &read.diagnostics {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        for label in labels {
            let text = &read.sources.get(label.span.file).text;
            assert!(
                text.get(label.span.range()).is_some(),
                "{:?} of {text:?}",
                label.span
            );
        }
        assert!(!sideletter::diagnostic::drawing(diagnostic, &read.sources).is_empty());
    }
}

#[test]
fn files_of_any_shape_are_read() {
    let long_line = "x".repeat(3_000_000);
    let deep = "[".repeat(10_000);
    let dotted = "a.".repeat(10_000);
    for file in [
        String::new(),
        "+++".to_owned(),
        "+++\n+++".to_owned(),
        "\u{feff}+++\r\ntitle = \"é\"\r\n+++\r\n".to_owned(),
        "\0".repeat(100),
        long_line.clone(),
        format!("+++\ntitle = \"{long_line}\"\n+++\n"),
        format!("+++\na = {deep}\n+++\n"),
        format!("+++\n{dotted}a = 1\n+++\n"),
        format!("+++\n+++\n{deep}"),
        format!("+++\n+++\n{}", "*a_".repeat(20_000)),
        SOUND.replace("2014-02-20", "9999-12-31"),
        SOUND.replace("2014-02-20", "0000-01-01"),
        SOUND.replace("30 days", "99999999999999999999 days"),
    ] {
        reads_without_panic(file.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn arbitrary_bytes_are_read(file in proptest::collection::vec(any::<u8>(), 0..200)) {
        reads_without_panic(&file);
    }

    #[test]
    fn a_sound_file_with_a_slip_is_read(
        at in 0..SOUND.len(),
        taken in 0..12_usize,
        put in "[\"'=\\[\\]\n\\\\ é+0-9a-z_#{}.,\u{202e}-]{0,6}",
    ) {
        let mut file = SOUND.as_bytes().to_vec();
        let end = (at + taken).min(file.len());
        file.splice(at..end, put.bytes());
        reads_without_panic(&file);
    }
}

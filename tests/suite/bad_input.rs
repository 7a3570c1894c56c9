//! What bad input gets: a fault at its place, and no harm to anything else.

use crate::office::Office;

const SOUND: &str = r#"+++
title = "Follow-up"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2014-02-20
[counting]
preset = "plain"
[[obligations]]
id = "follow_up_meeting"
title = "Follow-up meeting"
owed_by = ["dha"]
due = "30 days after signing"
+++
The parties meet. [follow_up_meeting]
"#;

fn office() -> Office {
    Office::fixture("offices/two_parties")
        .file("agreements/sound.md", SOUND)
        .on("2014-03-01")
}

#[test]
fn a_name_that_is_too_long_for_its_page_is_a_fault_of_its_file() {
    let name = "x".repeat(251);
    let office = office().file(&format!("agreements/{name}.md"), SOUND);
    let outcome = office.run(&["run"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("is too long to be the id of an agreement"),
        "{outcome:?}"
    );
    assert!(
        office
            .read("site/agreements/sound.html")
            .contains("Follow-up")
    );
}

#[test]
fn a_long_note_that_repeats_itself_does_not_stop_the_build() {
    let words = "held until the board has met ".repeat(2_000);
    let note = format!("notes = \"{}\"\n[counting]", words.trim());
    let office = office().file("agreements/sound.md", SOUND.replace("[counting]", &note));
    office.prints("build");
}

#[test]
fn reminders_that_cannot_be_read_leave_the_usual_ones() {
    let office = office().file("sideletter.toml", "[remind]\nbefore = [\"30 dayz\"]\n");
    assert_eq!(office.run(&["run"]).code, 1);
    assert_eq!(
        office
            .files()
            .iter()
            .filter(|f| f.starts_with("outbox/new/"))
            .count(),
        2
    );
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let office = office().file(
        "sideletter.toml",
        "[store]\nurl = \"postgres://office:secret@db.example/office\"\n",
    );
    let said = office.run(&["due"]).stderr;
    assert!(said.contains("postgres://..."), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

#[test]
fn runs_at_the_same_time_write_each_message_once() {
    let mut office = office();
    for number in 0..8 {
        office = office.file(&format!("agreements/sound_{number}.md"), SOUND);
    }
    let runs: Vec<_> = (0..3)
        .map(|_| {
            let mut run = office.command(&["run"]);
            run.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(
        office
            .files()
            .iter()
            .filter(|f| f.starts_with("outbox/new/"))
            .count(),
        18
    );
    let listed = office.json("outbox");
    let states = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["state"].as_str().unwrap());
    assert!(states.into_iter().all(|state| state == "sent"), "{listed}");
}

#[test]
fn one_malformed_line_is_one_fault() {
    for (path, content) in [
        ("parties.toml", "[upe\nname = \"UPE\"\n"),
        ("sideletter.toml", "\u{1}\n"),
        ("agreements/sound.md", &*SOUND.replace("signed", "= signed")),
        ("agreements/sound.md", &*SOUND.replace("\"plain\"", "7")),
    ] {
        let outcome = office().file(path, content).types("check --format json");
        let found: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
        let errors: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .filter(|fault| fault["severity"] == "error")
            .collect();
        assert_eq!(errors.len(), 1, "{path}: {errors:?}");
        assert!(errors[0]["help"].is_string(), "{path}: {errors:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_said() {
    use std::os::unix::ffi::OsStrExt;
    let office = office();
    let name = std::ffi::OsStr::from_bytes(b"b\xffd.md");
    std::fs::write(office.root().join("agreements").join(name), SOUND).unwrap();
    let outcome = office.run(&["due"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(
        outcome.stderr.contains("its name is not UTF-8 text"),
        "{outcome:?}"
    );
}

#[test]
fn the_clock_has_years_of_four_digits() {
    let office = Office::fixture("offices/two_parties");
    for now in ["9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00Z"] {
        let said = office.fails(2, &format!("due --now {now}"));
        assert!(said.contains("the years 1 to 9999"), "{said}");
    }
}

#[test]
fn no_title_gives_the_terminal_an_order() {
    let title = "Meeting \\u001b]0;owned\\u0007\\u001b[8m \\u202Egnitee\\u202C";
    let office = Office::fixture("offices/two_parties")
        .file(
            "agreements/letter.md",
            format!(
                "+++\ntitle = \"{title}\"\nkind = \"plan\"\nparties = [\"upe\", \"dha\"]\n[counting]\npreset = \"plain\"\n\
                 [[obligations]]\nid = \"the_meeting\"\ntitle = \"{title}\"\ndue = \"2026-12-16\"\n\
                 [[obligations]]\nid = \"the_other\"\ntitle = \"Other\"\ndue = \"30 \\u001b[31mdyas after\"\n\
                 +++\n[the_meeting] [the_other]\n"
            ),
        )
        .on("2026-12-01");
    for command in [
        "run",
        "due --all",
        "why letter/the_meeting",
        "remind",
        "outbox",
        "outbox show 1",
        "check",
        "feed",
        "log",
    ] {
        let ran = office.types(command);
        for (place, text) in [("output", &ran.stdout), ("errors", &ran.stderr)] {
            let order = text.chars().find(|c| {
                (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
                    || ('\u{202a}'..='\u{202e}').contains(c)
            });
            assert_eq!(order, None, "{command}: {place}: {text:?}");
        }
    }
}

#[test]
fn a_file_that_is_asked_about_answers_for_itself_alone() {
    let office = Office::repository().file("agreements/broken.md", "+++\ntitle = \n+++\n");
    let sound = office.types("check agreements/sdr_phase_ii.md");
    assert_eq!(sound.code, 0, "{sound:?}");
    assert!(!sound.stdout.contains("broken"), "{}", sound.stdout);
    assert_eq!(office.types("check agreements/broken.md").code, 1);
    assert_eq!(office.types("why sdr_phase_ii/follow_up_meeting").code, 0);
    assert_eq!(office.types("feed sdr_phase_ii").code, 0);
    assert_eq!(office.types("due").code, 1);
}

#[test]
fn a_day_that_lies_too_long_ago_for_any_promise_is_refused() {
    let office =
        crate::record_mails::office("", crate::record_mails::PARTIES, "signed = 2014-01-02")
            .on("2014-05-01");
    for (on, said) in [
        (
            "0000-01-01",
            "--on 0000-01-01 lies before 1900, so it is a slip; type the day again, as --on YYYY-MM-DD",
        ),
        (
            "1899-12-31",
            "--on 1899-12-31 lies before 1900, so it is a slip; type the day again, as --on YYYY-MM-DD",
        ),
        (
            "1914-04-30",
            "--on 1914-04-30 lies more than 50 years before 2 January 2014, on which `time_clocks` was signed, so it is a slip; type the day again, as --on YYYY-MM-DD",
        ),
    ] {
        let refused = office.fails(
            2,
            &format!("record happened time_clocks/installation --on {on} --by dha"),
        );
        assert_eq!(refused, format!("sideletter: {said}\n"));
    }
    office.prints("record happened time_clocks/installation --on 1964-01-02 --by dha");
}

#[test]
fn a_line_break_in_an_address_breaks_no_line_of_what_is_said_and_no_header() {
    let broken = |key: &str| format!("{key} = \"office@upe.example\\nBcc: others@upe.example\"\n");
    let parties = "[upe]\nname = \"UPE\"\nside = \"union\"\n[[upe.contacts]]\nname = \"Agents\"\nemail = \"agents@upe.example\"\n[[upe.contacts]]\nname = \"Broken\"\n";
    let office = office()
        .file("parties.toml", format!("{parties}{}", broken("email")))
        .file(
            "sideletter.toml",
            format!(
                "[office]\n{}[mail]\n{}{}",
                broken("digest"),
                broken("from"),
                broken("reply_to")
            ),
        );
    let ran = office.run(&["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let messages = found.as_array().unwrap().iter();
    let messages: Vec<&str> = messages
        .filter(|found| found["code"] == "malformed-address")
        .map(|found| found["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        messages,
        [r"`office@upe.example\nBcc: others@upe.example` is no mail address"; 4]
    );
    let said = office.types("due").stderr;
    let lines = said.lines().filter(|line| line.contains("Bcc"));
    assert!(
        lines.clone().count() == 4 && lines.clone().all(|line| line.contains("error[")),
        "{said}"
    );
    office.types("remind --send");
    for file in office.files() {
        if file.starts_with("outbox/new") {
            assert!(!office.read(&file).contains("\nBcc"), "{file}");
        }
    }
}

//! Mail by a program of this machine that takes it.

use crate::office::Office;
use crate::smtp::{office, states};

/// An office whose program is this script; it finds its own folder in `$here`.
fn with(script: &str, more: &str) -> Office {
    use std::os::unix::fs::PermissionsExt;
    let office = office("", 1);
    let here = office.root().display().to_string();
    let path = office.root().join("sendmail");
    let office = office
        .file("sendmail", format!("#!/bin/sh\nhere={here}\n{script}\n"))
        .file(
            "sideletter.toml",
            format!(
                "[mail]\nfrom = \"Office <office@upe.example>\"\ntransport = \"sendmail\"\nsendmail = \"{}\"\n{more}",
                path.display()
            ),
        );
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    office
}

#[test]
fn a_program_takes_the_message_with_its_envelope_on_the_command_line() {
    let office = with(
        "printf '%s\\n' \"$@\" >$here/arguments; cat >$here/mail",
        "",
    );
    let said = office.prints("remind --send");
    assert!(said.starts_with("1 message handed to sendmail:"), "{said}");
    assert_eq!(
        office.read("arguments"),
        "-i\n-f\noffice@upe.example\n--\nc1@dha.example\n"
    );
    let mail = office.read("mail");
    assert!(
        mail.starts_with("From: Office <office@upe.example>\n"),
        "{mail}"
    );
    assert!(!mail.contains('\r'));
    assert_eq!(states(&office), [(1, "sent".to_owned(), 1)]);
}

#[test]
fn the_exit_code_says_what_becomes_of_the_message() {
    for (script, state, tries, code) in [
        ("cat >/dev/null", "sent", 1, 0),
        // One that reads nothing.
        ("exit 0", "sent", 1, 0),
        ("cat >/dev/null; exit 75", "deferred", 1, 75),
        (
            "cat >/dev/null; printf 'caf\\351 later' >&2; exit 75",
            "deferred",
            1,
            75,
        ),
        ("exit 65", "rejected", 1, 0),
        ("exit 67", "rejected", 1, 0),
        ("exit 68", "rejected", 1, 0),
        ("exit 78", "queued", 0, 3),
        ("exit 127", "queued", 0, 3),
        ("kill -9 $$", "unknown", 1, 75),
    ] {
        let office = with(script, "");
        let ran = office.types("remind --send");
        assert_eq!(ran.code, code, "{script}: {ran:?}");
        assert_eq!(states(&office), [(1, state.to_owned(), tries)], "{script}");
        assert!(!ran.stderr.contains('@'), "{script}: {ran:?}");
    }
}

#[test]
fn a_program_that_leaves_another_behind_keeps_nobody_waiting() {
    let office = with("cat >/dev/null; sleep 20 &", "");
    office.prints("remind --send");
    assert_eq!(states(&office)[0].1, "sent");
}

#[test]
fn a_program_that_is_not_there_is_said_and_nothing_becomes_of_the_message() {
    let office = with("exit 0", "").without("sendmail");
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.stderr.contains("cannot run") && ran.stderr.contains("`sendmail` in [mail]"),
        "{ran:?}"
    );
    assert_eq!(states(&office), [(1, "queued".to_owned(), 0)]);
}

#[test]
fn a_program_that_hangs_is_ended_and_its_message_is_in_doubt() {
    let office = with(
        "echo $$ >$here/pid; cat >/dev/null; exec sleep 60",
        "sendmail_timeout = 1\n",
    );
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 75, "{ran:?}");
    assert!(
        ran.stdout
            .contains("the program did not end within the 1 s of `sendmail_timeout` and was ended"),
        "{ran:?}"
    );
    assert!(
        ran.stdout
            .starts_with("It is not known whether anybody was written to.\n"),
        "{ran:?}"
    );
    assert_eq!(states(&office), [(1, "unknown".to_owned(), 1)]);
    let pid = office.read("pid");
    let is_there = std::path::Path::new("/proc").join(pid.trim()).exists();
    assert!(!is_there, "it still runs");
}

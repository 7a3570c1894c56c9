//! That the record is kept: whoever is killed, whoever writes at the same time, whoever may not write, whoever alters it.

use crate::office::{Office, Outcome};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

const PARTIES: &str = "[upe]\nname = \"United Public Employees\"\nshort = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n";

const LETTER: &str = "+++\ntitle = \"Letter\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"meeting\"\ntitle = \"Meeting\"\ndue = \"April 1, 2014\"\n+++\nMeet [meeting].\n";

pub(crate) fn office() -> Office {
    Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/letter.md", LETTER)
        .on("2014-04-02")
}

/// The remarks of the record, and that its seals hold.
#[track_caller]
pub(crate) fn notes(office: &Office) -> Vec<String> {
    let log = office.json("log");
    let entries = log.as_array().unwrap();
    let numbers: Vec<u64> = entries
        .iter()
        .filter_map(|e| e["number"].as_u64())
        .collect();
    assert_eq!(numbers, (1..=entries.len() as u64).collect::<Vec<_>>());
    let verified = office.prints("log --verify");
    assert!(
        verified.contains("each sealed to the one before") || entries.is_empty(),
        "{verified}"
    );
    entries
        .iter()
        .map(|entry| entry["note"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_writer_that_is_killed_loses_nothing_that_it_said_to_have_entered() {
    kill_writers(&office(), 54);
}

/// Kills so many writers, each at another instant, and lets three more end; every entry that was acknowledged is there.
#[track_caller]
pub(crate) fn kill_writers(office: &Office, killed: u64) {
    let mut acknowledged = BTreeSet::new();
    for round in 0..killed + 3 {
        let note = format!("note-{round}");
        let mut writer = office
            .command(&["record", "noted", "letter", "--note", &note])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Later in each round, so that some are killed early, some in the middle and some too late; the last three never are.
        if round < killed {
            std::thread::sleep(Duration::from_micros(40_000 * round / killed));
            writer.kill().unwrap();
        }
        let output = writer.wait_with_output().unwrap();
        if String::from_utf8_lossy(&output.stdout).starts_with("Entry ") {
            acknowledged.insert(note);
        }
    }
    let kept: BTreeSet<String> = notes(office).into_iter().collect();
    assert!(acknowledged.len() >= 3);
    assert!(
        acknowledged.is_subset(&kept),
        "lost: {:?}",
        acknowledged.difference(&kept).collect::<Vec<_>>()
    );
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let office = office();
    std::thread::scope(|scope| {
        for writer in ["upe", "dha"] {
            let office = &office;
            scope.spawn(move || {
                for n in 0..20 {
                    office.prints(&format!(
                        "record noted letter --by {writer} --note {writer}-{n}"
                    ));
                }
            });
        }
    });
    let notes = notes(&office);
    assert_eq!(notes.len(), 40);
    // Each writer's own are in the order in which it wrote them.
    for writer in ["upe", "dha"] {
        let own: Vec<&String> = notes
            .iter()
            .filter(|note| note.starts_with(writer))
            .collect();
        let expected: Vec<String> = (0..20).map(|n| format!("{writer}-{n}")).collect();
        assert!(own.into_iter().eq(&expected));
    }
}

#[test]
fn of_many_who_say_the_same_at_once_one_is_taken() {
    let office = office();
    let writers: Vec<_> = (0..6)
        .map(|_| {
            office
                .command(&[
                    "record",
                    "met",
                    "letter/meeting",
                    "--on",
                    "2014-04-01",
                    "--by",
                    "upe",
                ])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut codes: Vec<Option<i32>> = writers
        .into_iter()
        .map(|mut writer| writer.wait().unwrap().code())
        .collect();
    codes.sort();
    assert_eq!(
        codes,
        [Some(0), Some(2), Some(2), Some(2), Some(2), Some(2)]
    );
    assert_eq!(office.json("log").as_array().unwrap().len(), 1);
}

#[test]
fn an_instant_that_no_clock_tells_is_named_as_an_alteration() {
    for at in [-99_999_999_999_999_999_i64, i64::MAX, i64::MIN] {
        let office = office();
        for n in 1..=3 {
            office.prints(&format!("record noted letter --note remark-{n}"));
        }
        let store = rusqlite::Connection::open(office.root().join(".sideletter/store.db")).unwrap();
        store
            .execute_batch(&format!(
                "DROP TRIGGER entries_never_change; UPDATE entries SET at = {at} WHERE number = 2;"
            ))
            .unwrap();
        let ran = office.types("log --verify");
        assert_eq!(ran.code, 1, "{at}: {ran:?}");
        assert!(
            ran.stdout.contains("entry 2: its seal does not follow"),
            "{ran:?}"
        );
        // Everything else is still said.
        for command in ["log", "due --all", "check", "why letter/meeting", "build"] {
            let ran = office.types(command);
            assert_eq!(ran.code, 0, "{command}: {ran:?}");
        }
    }
}

#[test]
fn what_was_altered_is_named_and_exits_with_1() {
    let office = office();
    for n in 1..=4 {
        office.prints(&format!("record noted letter --note remark-{n}"));
    }
    let store = rusqlite::Connection::open(office.root().join(".sideletter/store.db")).unwrap();
    store
        .execute_batch(
            "DROP TRIGGER entries_never_change; DROP TRIGGER entries_never_go;
             UPDATE entries SET text = replace(text, 'remark-2', 'remark-9') WHERE number = 2;
             DELETE FROM entries WHERE number = 3;",
        )
        .unwrap();
    let ran = office.types("log --verify");
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.stdout, @r#"
    entry 2: its text is not the one that was sealed
    entry 3: it is missing
    entry 4: its seal does not follow from the entry before it; one of the two, its number, its instant or its digest was changed
    3 entries, 3 faults; compare with a backup, and with the seals in reminders that were sent
    "#);
    let json = office.types("log --verify --format json");
    assert_eq!(json.code, 1);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    insta::assert_json_snapshot!(value, {".newest_seal" => "SEAL"}, @r#"
    {
      "entries": 3,
      "faults": [
        {
          "entry": 2,
          "what": "text_changed"
        },
        {
          "entry": 3,
          "what": "missing"
        },
        {
          "entry": 4,
          "what": "seal_broken"
        }
      ],
      "newest_seal": "SEAL",
      "not_shown": 0,
      "receipts": []
    }
    "#);
}

#[test]
fn a_text_that_is_gone_without_a_strike_is_an_alteration() {
    let office = office();
    for n in 1..=4 {
        office.prints(&format!("record noted letter --note remark-{n}"));
    }
    office.prints("record struck letter --entry 1 --by upe");
    office.prints("record struck letter --entry 1 --erase --by dha");
    let export = office.prints("log --export");
    let office = office.file("earlier.jsonl", export);
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch("UPDATE entries SET text = NULL WHERE number = 2")
        .unwrap();
    let ran = office.types("log --verify --receipt earlier.jsonl");
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!(ran.stdout, @r#"
    entry 2: its text is gone, and no strike erased it
    6 entries, 1 fault; compare with a backup, and with the seals in reminders that were sent
    receipt earlier.jsonl: entry 2: its text is gone, and no strike erased it
    The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup.
    "#);
    let json = office.types("log --verify --format json --receipt earlier.jsonl");
    assert_eq!(json.code, 1);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    insta::assert_json_snapshot!(value, {".newest_seal" => "SEAL"}, @r#"
    {
      "entries": 6,
      "faults": [
        {
          "entry": 2,
          "what": "text_gone"
        }
      ],
      "newest_seal": "SEAL",
      "not_shown": 2,
      "receipts": [
        {
          "after": 0,
          "entry": 6,
          "faults": [
            {
              "entry": 2,
              "fields": [],
              "now": 2,
              "what": "text_gone"
            }
          ],
          "receipt": "earlier.jsonl"
        }
      ]
    }
    "#);
    insta::assert_snapshot!(office.prints("log"), @r#"
    no.  entered           what                                        day  by   remark
    1    2014-04-02 09:00  text erased                                           [struck out by entry 6]
    2    2014-04-02 09:00  text gone                                             [no strike erased it]
    3    2014-04-02 09:00  noted letter                                          remark-3
    4    2014-04-02 09:00  noted letter                                          remark-4
    5    2014-04-02 09:00  struck entry 1, letter                           UPE
    6    2014-04-02 09:00  struck entry 1 and erased its text, letter       DHA
    "#);
    insta::assert_snapshot!(office.prints("log letter"), @r#"
    no.  entered           what                                        day  by   remark
    1    2014-04-02 09:00  text erased                                           [struck out by entry 6]
    3    2014-04-02 09:00  noted letter                                          remark-3
    4    2014-04-02 09:00  noted letter                                          remark-4
    5    2014-04-02 09:00  struck entry 1, letter                           UPE
    6    2014-04-02 09:00  struck entry 1 and erased its text, letter       DHA
    "#);
    assert_eq!(office.types("log --export").code, 1);
    assert_eq!(office.types("log --case letter").code, 1);
    assert_eq!(office.types("backup backup.db").code, 1);
    let restored = office.types("restore backup.db");
    assert_eq!(restored.code, 1, "{restored:?}");
}

#[test]
fn the_recipe_in_the_manual_verifies_the_record_without_the_program() {
    if Command::new("python3").arg("--version").output().is_err() {
        // `tests/run` installs Python; without it there is nobody to follow the recipe.
        return;
    }
    let manual = include_str!("../../docs/record.md");
    let checking = "## Checking the store without this program";
    let script = manual
        .split(checking)
        .nth(1)
        .unwrap()
        .split("```python\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let office = office().file("verify.py", script);
    for n in 1..=3 {
        office.prints(&format!("record noted letter --note remark-{n}"));
    }
    let verify = || {
        let output = Command::new("python3")
            .args(["verify.py", ".sideletter/store.db"])
            .current_dir(office.root())
            .output()
            .unwrap();
        Outcome::of(output)
    };
    let sound = verify();
    assert_eq!(sound.code, 0, "{sound:?}");
    let newest = office.json("log")[2]["seal"].as_str().unwrap().to_owned();
    assert_eq!(
        sound.stdout,
        format!("0 texts erased; newest seal {newest}\n")
    );
    office.prints("record struck letter --entry 1 --by upe");
    office.prints("record struck letter --entry 1 --erase --by dha");
    let erased = verify();
    assert!(
        erased.stdout.starts_with("1 texts erased; newest seal "),
        "{erased:?}"
    );
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch("UPDATE entries SET text = NULL WHERE number = 3")
        .unwrap();
    let gone = verify();
    assert_eq!(gone.code, 1, "{gone:?}");
    assert_eq!(
        gone.stdout,
        "the text of entry 3 is gone, and no strike erased it\n"
    );

    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch(
            "DROP TRIGGER entries_never_change; UPDATE entries SET text = text || ' ' WHERE number = 2",
        )
        .unwrap();
    let altered = verify();
    assert_eq!(altered.code, 1, "{altered:?}");
    assert!(
        altered
            .stdout
            .starts_with("entry 2 is not as it was written\n"),
        "{altered:?}"
    );
}

/// As somebody who may read and not write: another user, or, where the test itself is no administrator, itself.
#[cfg(unix)]
fn as_another_user(office: &Office, line: &str) -> Outcome {
    let program = office.root().join("program");
    if !program.exists() {
        // The build folder may lie where the other user may not look.
        std::fs::copy(env!("CARGO_BIN_EXE_sideletter"), &program).unwrap();
    }
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let output = command
        .current_dir(office.root())
        .args(["--today", "2014-04-02"])
        .args(line.split_whitespace())
        .output()
        .unwrap();
    Outcome::of(output)
}

#[cfg(unix)]
fn set_mode(office: &Office, path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(office.root().join(path), permissions).unwrap();
}

#[cfg(unix)]
#[test]
fn who_may_only_read_reads_and_is_told_why_nothing_is_entered() {
    let office = office();
    office.prints("record noted letter --note one");
    set_mode(&office, "", 0o755);
    let cases = [
        ("folder and file", 0o555, 0o444),
        ("the file alone", 0o777, 0o444),
        ("the folder alone", 0o555, 0o666),
    ];
    for (what, folder, file) in cases {
        set_mode(&office, ".sideletter/store.db", file);
        set_mode(&office, ".sideletter", folder);
        let log = as_another_user(&office, "log --format json");
        assert_eq!(log.code, 0, "{what}: {log:?}");
        let log: serde_json::Value = serde_json::from_str(&log.stdout).unwrap();
        assert_eq!(log[0]["note"], "one", "{what}");

        let ran = as_another_user(&office, "record noted letter --note two");
        assert_eq!(ran.code, 3, "{what}: {ran:?}");
        assert_eq!(ran.stdout, "", "{what}");
        assert!(
            ran.stderr.contains("cannot write the store") && ran.stderr.contains("right to"),
            "{what}: {ran:?}"
        );
        set_mode(&office, ".sideletter", 0o755);
        assert_eq!(notes(&office), ["one"], "{what}");
    }
    // One who may not even look.
    set_mode(&office, ".sideletter", 0o000);
    let ran = as_another_user(&office, "log");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("cannot read the store"), "{ran:?}");
    set_mode(&office, ".sideletter", 0o755);
    // Where no store can be made.
    std::fs::remove_dir_all(office.root().join(".sideletter")).unwrap();
    set_mode(&office, "", 0o555);
    let ran = as_another_user(&office, "record noted letter --note two");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("read-only"), "{ran:?}");
    set_mode(&office, "", 0o755);
}

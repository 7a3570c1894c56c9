//! The schemas that editors use have the keys and the words that `check` knows, and take whatever it takes.

use crate::office::{Office, fixtures, repository};
use crate::site::named_in;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A key that nobody would mean by any other.
const STRANGE: &str = "zzzzzzzzzzzz";

fn schema(name: &str) -> Value {
    let text = fs::read_to_string(repository().join(format!("schema/{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What `check` says of one file that is laid over a sound office.
fn findings(path: &str, text: &str) -> Vec<Value> {
    let office = Office::fixture("offices/every_key").file(path, text);
    let ran = office.run(&["check", path, "--format", "json"]);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The words between backticks in the help of the finding that a strange key or word makes.
fn offered(path: &str, text: &str) -> BTreeSet<String> {
    let found = findings(path, text);
    let strange = found
        .iter()
        .find(|finding| finding["message"].as_str().unwrap().contains(STRANGE))
        .unwrap_or_else(|| panic!("{text}\nsays nothing of it: {found:?}"));
    let help = strange["help"].as_str().unwrap();
    match help.split_once("the keys here are ") {
        Some((_, keys)) => keys
            .split([',', ' '])
            .filter(|word| !word.is_empty() && *word != "and")
            .map(str::to_owned)
            .collect(),
        None => help
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect(),
    }
}

/// A table of a file: where its schema is, and the file with `LINE` where a line of the table may stand.
struct Place {
    schema: Value,
    path: &'static str,
    text: &'static str,
}

/// Every table of every file.
fn places() -> Vec<Place> {
    const LETTER: &str = "agreements/letter.md";
    let (agreement, parties, settings) =
        (schema("agreement"), schema("parties"), schema("settings"));
    let definition = |name: &str| agreement["definitions"][name].clone();
    let head = |name: &str| settings["properties"][name].clone();
    let place = |schema, path, text| Place { schema, path, text };
    vec![
        place(
            agreement.clone(),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\nLINE\n+++\n",
        ),
        place(
            definition("event"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\n[events.a]\ntitle = \"A\"\nLINE\n+++\n",
        ),
        place(
            definition("obligation"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\n[[obligations]]\nid = \"a\"\ntitle = \"A\"\nLINE\n+++\n",
        ),
        place(
            definition("proposed"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\n[proposed]\nLINE\n+++\n",
        ),
        place(
            definition("renewal"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\nexpires = 2026-01-01\n[renewal]\nhow = \"by_agreement\"\nLINE\n+++\n",
        ),
        place(
            definition("remind"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\n[remind]\nLINE\n+++\n",
        ),
        place(
            definition("counting"),
            LETTER,
            "+++\ntitle = \"A\"\nkind = \"plan\"\nparties = [\"upe\"]\n[counting]\nLINE\n+++\n",
        ),
        place(
            parties["definitions"]["party"].clone(),
            "parties.toml",
            "[upe]\nname = \"U\"\nside = \"union\"\nLINE\n",
        ),
        place(
            parties["definitions"]["contact"].clone(),
            "parties.toml",
            "[upe]\nname = \"U\"\nside = \"union\"\n[[upe.contacts]]\nname = \"A\"\nemail = \"a@upe.example\"\nLINE\n",
        ),
        place(settings.clone(), "sideletter.toml", "LINE\n"),
        place(head("office"), "sideletter.toml", "[office]\nLINE\n"),
        place(head("remind"), "sideletter.toml", "[remind]\nLINE\n"),
        place(head("mail"), "sideletter.toml", "[mail]\nLINE\n"),
        place(
            settings["properties"]["mail"]["properties"]["smtp"].clone(),
            "sideletter.toml",
            "[mail.smtp]\nhost = \"localhost\"\nLINE\n",
        ),
        place(head("store"), "sideletter.toml", "[store]\nLINE\n"),
        place(head("site"), "sideletter.toml", "[site]\nLINE\n"),
    ]
}

fn properties(schema: &Value) -> &Map<String, Value> {
    schema["properties"].as_object().unwrap()
}

#[test]
fn the_schemas_have_the_keys_that_check_knows() {
    for place in places() {
        let known = offered(
            place.path,
            &place.text.replace("LINE", &format!("{STRANGE} = 1")),
        );
        let in_schema: BTreeSet<String> = properties(&place.schema).keys().cloned().collect();
        assert_eq!(in_schema, known, "{}", place.text);
    }
}

#[test]
fn the_schemas_have_the_words_that_check_knows() {
    let mut compared = 0;
    for place in places() {
        for (key, value) in properties(&place.schema) {
            let Some(words) = value["enum"].as_array() else {
                continue;
            };
            let words: BTreeSet<String> = words
                .iter()
                .map(|w| w.as_str().unwrap().to_owned())
                .collect();
            // A key that stands in the text already gives way to the strange one.
            let text: String = place
                .text
                .lines()
                .filter(|line| !line.starts_with(&format!("{key} = ")) || line.contains("LINE"))
                .map(|line| line.replace("LINE", &format!("{key} = \"{STRANGE}\"")) + "\n")
                .collect();
            let found = findings(place.path, &text);
            let help: String = found
                .iter()
                .filter_map(|finding| finding["help"].as_str())
                .collect::<Vec<_>>()
                .join(" ");
            for word in &words {
                assert!(
                    help.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                        .any(|w| w == word),
                    "{key}: `{word}` is not in: {help}"
                );
            }
            let listed: BTreeSet<String> = help
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect();
            if key != "preset" {
                assert_eq!(words, listed, "{key}: {help}");
            }
            compared += 1;
        }
    }
    assert!(compared >= 24, "only {compared}");
}

/// What a validator that is not ours has against each file by our schemas; `None` where there is none.
fn validated(files: &[String]) -> Option<BTreeMap<String, Vec<String>>> {
    let output = Command::new(named_in("SIDELETTER_TEST_PYTHON")?)
        .arg("-B")
        .arg(repository().join("tests/oracle/schema.py"))
        .arg(repository().join("schema"))
        .args(files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The files of an office that schemas are about.
fn files(office: &Office) -> Vec<String> {
    let files = office.files().into_iter();
    files
        .filter(|path| {
            path.starts_with("agreements/")
                && Path::new(path).extension().is_some_and(|e| e == "md")
                || path == "parties.toml"
                || path == "sideletter.toml"
        })
        .collect()
}

#[test]
fn another_validator_takes_every_file_that_is_sound() {
    let mut offices = vec![Office::repository()];
    for name in ["every_key", "two_parties", "amended"] {
        offices.push(Office::fixture(&format!("offices/{name}")));
    }
    let begun = Office::empty();
    begun.prints("init --sample");
    for kind in [
        "side_letter",
        "memorandum",
        "contract",
        "ground_rules",
        "plan",
        "commitment",
    ] {
        begun.prints(&format!("new my_{kind} --kind {kind}"));
    }
    offices.push(begun);
    for fault in fs::read_dir(fixtures().join("faults")).unwrap() {
        offices.push(Office::fixture("offices/two_parties").with(&fault.unwrap().path()));
    }
    let mut sound = Vec::new();
    for office in &offices {
        let said = office.run(&["check", "--format", "json"]).stdout;
        let faulty: BTreeSet<String> = serde_json::from_str::<Vec<Value>>(&said)
            .unwrap()
            .into_iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| finding["file"].as_str().unwrap().to_owned())
            .collect();
        sound.extend(
            files(office)
                .into_iter()
                .filter(|path| !faulty.contains(path))
                .map(|path| office.root().join(path).to_str().unwrap().to_owned()),
        );
    }
    assert!(sound.len() > 100, "only {}", sound.len());
    let Some(said) = validated(&sound) else {
        return;
    };
    let refused: Vec<_> = said
        .iter()
        .filter(|(_, faults)| !faults.is_empty())
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
    assert_eq!(said.len(), sound.len());
}

#[test]
fn another_validator_sees_what_needs_no_more_than_the_file() {
    let mut files = Vec::new();
    for code in [
        "misplaced-key",
        "missing-key",
        "more-than-one-timing",
        "number-out-of-range",
        "reserved-id",
        "unknown-key",
        "unknown-value",
        "wrong-type",
    ] {
        let office = fixtures().join("faults").join(code);
        for entry in walkdir::WalkDir::new(office) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                files.push(entry.path().to_str().unwrap().to_owned());
            }
        }
    }
    let Some(said) = validated(&files) else {
        return;
    };
    let taken: Vec<_> = said
        .iter()
        .filter(|(_, faults)| faults.is_empty())
        .collect();
    assert!(taken.is_empty(), "{taken:#?}");
}

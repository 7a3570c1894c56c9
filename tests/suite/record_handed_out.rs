//! The record handed out: it verifies without the program, and shows a party nothing that is not for it.

use crate::office::{Office, Outcome};
use crate::record_kept::office;
use serde_json::Value;
use std::process::Command;

/// Runs the recipe of the manual on an export.
fn recipe(export: &str) -> Outcome {
    let manual = include_str!("../../docs/record.md");
    let handing_out = manual.split("## Handing it out").nth(1).unwrap();
    let script = handing_out.split("```python\n").nth(1).unwrap();
    let office = Office::empty()
        .file("verify.py", script.split("```").next().unwrap())
        .file("export.jsonl", export);
    let output = Command::new("python3")
        .args(["verify.py", "export.jsonl"])
        .current_dir(office.root())
        .output()
        .expect("python3, which tests/run installs");
    Outcome::of(output)
}

fn lines(export: &str) -> Vec<Value> {
    let lines = export.lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn keys(line: &Value) -> Vec<&str> {
    line.as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn an_export_has_an_entry_a_line_with_what_seals_it() {
    let office = office().file("minutes.pdf", "minutes");
    office.prints("record met letter/meeting --on 2014-04-01 --by upe --speaker Agent --note Held --evidence minutes.pdf");
    let export = office.prints("log --export");
    assert_eq!(export.lines().count(), 1);
    let line = &lines(&export)[0];
    insta::assert_json_snapshot!(line, {
        ".seal" => "SEAL", ".digest" => "DIGEST", ".text" => "TEXT", ".sealed" => "SEALED",
    });
    let sealed = line["sealed"].as_str().unwrap();
    assert!(sealed.starts_with("kind: met\nagreement: letter\nsubject: meeting\n"));
    // Its fields are those of `log`.
    let log = office.json("log");
    for (key, value) in log[0].as_object().unwrap() {
        if !["at", "standing", "struck_by"].contains(&key.as_str()) {
            assert_eq!(&line[key], value, "{key}");
        }
    }
    assert_eq!(line["at"], "2014-04-02T09:00:00.000Z");
}

#[test]
fn an_export_verifies_without_the_program_also_where_texts_are_withheld_or_erased() {
    let office = office()
        .file("minutes.pdf", "minutes")
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n");
    assert_eq!(
        recipe(&office.prints("log --export")).stdout,
        "0 entries, 0 not shown; newest seal 0:0000000000000000000000000000000000000000000000000000000000000000\n"
    );
    office.prints("record met letter/meeting --on 2014-04-01 --by dha --evidence minutes.pdf --evidence agreements/letter.md");
    office.run(&[
        "record",
        "noted",
        "letter",
        "--note",
        "a: b \u{2014} \"\u{f1}\" \u{1f600} \\n <b>",
    ]);
    office.prints("record noted letter --note secret --visibility upe");
    office.prints("record noted letter --note named");
    office.prints("record struck letter --entry 4 --erase");
    office.prints("record confirmed letter/meeting --by upe");
    let newest = |export: &str| {
        let last = lines(export).pop().unwrap();
        format!(
            "newest seal {}:{}\n",
            last["number"],
            last["seal"].as_str().unwrap()
        )
    };
    let all = office.prints("log --export");
    let told = recipe(&all);
    assert_eq!(
        (told.code, told.stdout),
        (0, format!("6 entries, 1 not shown; {}", newest(&all)))
    );
    let for_dha = office.prints("log --export --for dha");
    let told = recipe(&for_dha);
    assert_eq!(
        (told.code, told.stdout),
        (0, format!("6 entries, 2 not shown; {}", newest(&all)))
    );
    for hidden in [3, 4] {
        assert_eq!(
            keys(&lines(&for_dha)[hidden - 1]),
            ["at", "digest", "number", "seal"]
        );
    }
    // What was handed out is a receipt.
    let office = office.file("for_dha.jsonl", &for_dha);
    assert!(
        office
            .prints("log --verify --receipt for_dha.jsonl")
            .contains("the seal of entry 6")
    );

    // Whatever is tampered with is found, without the program and by it.
    let mut tampered = Vec::new();
    for (index, line) in lines(&all).into_iter().enumerate() {
        let is_first = index == 0;
        let fields = line.as_object().unwrap().iter();
        for (key, value) in fields.filter(|(key, _)| is_first || *key == "seal" || *key == "sealed")
        {
            let mut other = lines(&all);
            other[index][key] = match value {
                Value::Null => "more".into(),
                Value::Bool(yes) => (!yes).into(),
                Value::Number(n) => (n.as_u64().unwrap() + 1).into(),
                Value::String(text) => format!("{text}x").into(),
                _ => serde_json::json!([{"name": "other.pdf", "sha256": "ab"}]),
            };
            tampered.push((format!("{key} of {}", index + 1), other));
        }
        let mut other = lines(&all);
        other[index]["verdict"] = "more".into();
        if is_first {
            tampered.push((format!("more in {}", index + 1), other));
        }
        let mut other = lines(&all);
        if other.len() > index + 1 {
            other.swap(index, index + 1);
            tampered.push((format!("{} and the next", index + 1), other));
            let mut other = lines(&all);
            other.remove(index);
            tampered.push((format!("without {}", index + 1), other));
        }
    }
    assert!(tampered.len() > 40);
    for (what, entries) in tampered {
        let text: String = entries.iter().map(|line| format!("{line}\n")).collect();
        let told = recipe(&text);
        assert_eq!(told.code, 1, "{what}: {told:?}");
        std::fs::write(office.root().join("tampered.jsonl"), text).unwrap();
        let ran = office.types("log --verify --receipt tampered.jsonl");
        assert_eq!(ran.code, 2, "{what}: {ran:?}");
    }
}

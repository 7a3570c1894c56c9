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
        "0 entries; erased: none; not shown: none; newest seal 0:0000000000000000000000000000000000000000000000000000000000000000\n"
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
        (
            0,
            format!("6 entries; erased: 4; not shown: none; {}", newest(&all))
        )
    );
    let for_dha = office.prints("log --export --for dha");
    let told = recipe(&for_dha);
    assert_eq!(
        (told.code, told.stdout),
        (
            0,
            format!("6 entries; erased: 4; not shown: 3; {}", newest(&all))
        )
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
        let text: String = entries.iter().map(|line| line.to_string() + "\n").collect();
        let told = recipe(&text);
        assert_eq!(told.code, 1, "{what}: {told:?}");
        // The program's own reading has tests of its own; here, that it refuses alike.
        if what.starts_with("no") || what.starts_with("without") {
            std::fs::write(office.root().join("tampered.jsonl"), text).unwrap();
            let ran = office.types("log --verify --receipt tampered.jsonl");
            assert_eq!(ran.code, 2, "{what}: {ran:?}");
        }
    }
}

const PARTIES: &str = "[upe]\nname = \"United Public Employees\"\nshort = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n[slta]\nname = \"SLTA\"\nside = \"union\"\n";

const LETTER: &str = r#"+++
title = "Letter on phone hours"
kind = "side_letter"
parties = ["upe", "dha"]
[counting]
preset = "plain"
[events.launch]
title = "Launch of the phone hours"
[events.headcount_audit]
title = "Count of the Quillfeather desks"
visibility = "upe"
[[obligations]]
id = "first_meeting"
title = "Meeting about the phone hours"
due = "2014-04-01"
[[obligations]]
id = "zebra_plan"
title = "Plan for the Ostrander strike"
owed_by = ["upe"]
due = "2014-04-01"
visibility = "upe"
+++
Meet [first_meeting].
"#;

/// Parts that DHA may not know of: another's agreement, one that is the keeper's alone, and a draft.
const OTHERS: [(&str, &str); 3] = [
    (
        "wexford_pact",
        "+++\ntitle = \"Pact about the Wexford office\"\nkind = \"side_letter\"\nparties = [\"upe\", \"slta\"]\nvisibility = \"parties\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"keep_still\"\ntitle = \"Keep the lanterns lit\"\ndue = \"2014-04-01\"\n+++\n[keep_still]\n",
    ),
    (
        "strike_fund",
        "+++\ntitle = \"Money for the long winter\"\nkind = \"plan\"\nparties = [\"upe\", \"dha\"]\nvisibility = \"upe\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"raise_money\"\ntitle = \"Raise the marigold\"\ndue = \"2014-04-01\"\n+++\n[raise_money]\n",
    ),
    (
        "open_deal",
        "+++\ntitle = \"Deal about the corridor\"\nkind = \"side_letter\"\nparties = [\"upe\", \"slta\"]\nstatus = \"tentative\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"raise_pay\"\ntitle = \"Raise of corridor pay\"\ndue = \"2014-04-01\"\n+++\n[raise_pay]\n",
    ),
];

pub(crate) fn office_with_secrets() -> Office {
    let office = Office::empty()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("parties.toml", PARTIES)
        .file("agreements/letter.md", LETTER);
    let office = OTHERS.iter().fold(office, |office, (id, text)| {
        office.file(&format!("agreements/{id}.md"), text)
    });
    office.on("2014-04-02")
}

/// What DHA may not read anywhere, in lower case.
const SECRETS: &str = "quillfeather|headcount_audit|headcount audit|ostrander|zebra_plan|zebra plan|wexford|keep_still|\
    keep still|lanterns|long winter|strike_fund|strike fund|marigold|raise_money|raise money|corridor|\
    open_deal|open deal|raise_pay|raise pay|sunflower";

/// What an entry's words may name of it.
const NAMES: &str = "Count of the Quillfeather desks|headcount_audit|PLAN for the Ostrander strike|zebra plan|\
    Pact about the Wexford office|wexford_pact|Keep the lanterns lit|keep_still|\
    money for the LONG WINTER|strike_fund|Raise the marigold|Deal about the corridor|open_deal|raise_pay";

#[test]
fn nothing_narrower_leaks_from_any_field_of_what_a_party_is_handed() {
    let office = office_with_secrets();
    // `~` is a space within a word of the command line.
    let enter = |line: &str| {
        let words: Vec<String> = line.split(' ').map(|w| w.replace('~', " ")).collect();
        let mut arguments = vec!["record"];
        arguments.extend(words.iter().map(String::as_str));
        let ran = office.run(&arguments);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
    };
    // What is for DHA: the first two and the last.
    enter("happened letter/launch --on 2014-03-03 --note plain~words");
    enter("met letter/first_meeting --on 2014-04-01 --by dha");
    // What is said for DHA is told to DHA, so its words name nothing of it.
    let refused = office.fails(2, "record noted letter --by dha --note strike_fund");
    assert!(
        refused.contains("this names something that DHA may not see"),
        "{refused}"
    );
    // About what is hidden.
    for about in [
        "letter/zebra_plan",
        "wexford_pact/keep_still",
        "strike_fund/raise_money",
        "strike_fund",
    ] {
        enter(&format!(
            "noted {about} --note sunflower --speaker Sunflower --by upe"
        ));
    }
    enter("happened letter/headcount_audit --on 2014-03-03 --note sunflower");
    enter("noted open_deal --note sunflower");
    // Narrower itself; what speaks of it; its strike, which erases it.
    enter("noted letter --note sunflower --visibility upe");
    let narrow = office.json("log").as_array().unwrap().len().to_string();
    enter(&format!(
        "noted letter --entry {narrow} --note sunflower~again"
    ));
    enter(&format!(
        "struck letter --entry {narrow} --note the~sunflower~was~wrong --erase"
    ));
    // Words that name it, in every field that takes words.
    for name in NAMES.split('|') {
        let name = name.replace(' ', "~");
        enter(&format!("noted letter --by upe --note see~({name})"));
    }
    std::fs::write(office.root().join("Raise the marigold.pdf"), "paper").unwrap();
    enter("noted letter --evidence Raise~the~marigold.pdf");
    enter("noted letter --note x --speaker Of~the~Pact~about~the~Wexford~office --by upe");
    enter("confirmed letter --entry 2 --by upe");

    let export = office.types("log --export --for dha");
    assert_eq!((export.code, export.stderr.as_str()), (0, ""));
    let lower = export.stdout.to_lowercase();
    for secret in SECRETS.split('|') {
        assert!(!lower.contains(secret), "{secret}");
    }
    let lines = lines(&export.stdout);
    let shown: Vec<u64> = lines
        .iter()
        .filter(|line| line.get("sealed").is_some())
        .filter_map(|line| line["number"].as_u64())
        .collect();
    let last = lines.len() as u64;
    assert_eq!(shown, [1, 2, last]);
    for line in lines.iter().filter(|line| line.get("sealed").is_none()) {
        assert_eq!(keys(line), ["at", "digest", "number", "seal"]);
    }
    let hidden: Vec<String> = (3..last).map(|number| number.to_string()).collect();
    assert!(recipe(&export.stdout).stdout.starts_with(&format!(
        "{last} entries; erased: none; not shown: {}; newest seal ",
        hidden.join(" ")
    )));
    // The keeper sees what is its own, and nobody sees what is erased.
    let for_keeper = office.prints("log --export --for upe");
    assert_eq!(for_keeper.matches("\"sealed\"").count(), lines.len() - 1);
}

#[test]
fn a_remark_on_what_is_withheld_stays_withheld_once_that_is_erased() {
    let office = office_with_secrets();
    office.prints("record noted letter/zebra_plan --note sunflower");
    office.prints("record noted letter --entry 1 --note plan-about-nine");
    // Words that name what DHA may not know of, under a name that it may.
    office.prints("record noted letter --note see-wexford_pact");
    office.prints("record noted letter --entry 3 --note plan-about-ten");
    office.prints("record noted letter --note plain");
    let withheld = |when: &str| {
        for handed_out in ["--export", "--case letter"] {
            let handed_out = office.prints(&format!("log {handed_out} --for dha"));
            assert!(handed_out.contains("plain"), "{when}");
            assert!(!handed_out.contains("plan-about"), "{when}");
        }
    };
    withheld("before");
    for entry in [1, 3] {
        office.prints(&format!("record struck letter --entry {entry} --erase"));
    }
    withheld("after");
    assert_eq!(office.json("log")[1]["visibility"], "upe");
}

#[test]
fn a_party_sees_what_it_said_itself_in_whatever_words() {
    let office = office().file(
        "agreements/wexford_pact.md",
        OTHERS[0].1.replace("slta", "dha"),
    );
    let office = office.file(
        "agreements/long_quiet.md",
        OTHERS[0].1.replace(r#""upe", "slta""#, r#""dha""#),
    );
    office.prints("record noted letter --by upe --note See-wexford_pact-or-long_quiet");
    office.prints("record noted letter --by dha --note See-long_quiet");
    office.prints("record noted letter --by upe --note See-wexford_pact");
    let shown = |party: &str| {
        let export = office.prints(&format!("log --export --for {party}"));
        let lines = lines(&export);
        let shown = lines.iter().filter(|l| l.get("sealed").is_some());
        shown
            .map(|l| l["number"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("upe"), [1, 3]);
    assert_eq!(shown("dha"), [1, 2, 3]);
}

#[test]
fn an_export_of_one_agreement_withholds_the_others_and_still_verifies() {
    let office = office_with_secrets();
    office.prints("record noted letter --note one");
    office.prints("record noted wexford_pact --note two");
    office.prints("record noted letter --note three");
    let export = office.prints("log letter --export");
    assert_eq!(
        lines(&export)
            .iter()
            .map(|l| l["note"].as_str())
            .collect::<Vec<_>>(),
        [Some("one"), None, Some("three")]
    );
    assert_eq!(keys(&lines(&export)[1]), ["at", "digest", "number", "seal"]);
    assert!(
        recipe(&export)
            .stdout
            .starts_with("3 entries; erased: none; not shown: 2; newest seal 3:")
    );
    let none = office.prints("log wexford_pact --export --for dha");
    assert!(
        recipe(&none)
            .stdout
            .starts_with("3 entries; erased: none; not shown: 1 2 3; ")
    );
    assert!(
        office
            .fails(2, "log lettre --export")
            .contains("did you mean `letter`?")
    );
    assert!(
        office
            .fails(2, "log --export --for dah")
            .contains("did you mean `dha`?")
    );

    // Of what is in no file any more nobody can tell who may see it.
    let office = office.without("agreements/letter.md");
    let ran = office.types("log --export --for dha");
    assert!(!ran.stdout.contains("sealed"));
    assert_eq!(
        ran.stderr,
        "what is recorded about letter is not shown: its file is not among those that could be read, and nothing else says who may see it\n"
    );
    assert!(office.prints("log letter --export").contains("three"));
}

#[test]
fn a_record_that_was_altered_is_handed_out_and_said_to_be() {
    let office = office();
    office.prints("record noted letter --note one");
    office.prints("record noted letter --note two");
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch("DROP TRIGGER entries_never_change; UPDATE entries SET text = 'mood: good' WHERE number = 1;")
        .unwrap();
    let ran = office.types("log --export");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("mood: good"));
    insta::assert_snapshot!(ran.stderr, @"the record is not as it was written (1 fault), and what was printed does not verify; see: sideletter log --verify");
    assert_eq!(recipe(&ran.stdout).code, 1);
}

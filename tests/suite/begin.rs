//! A new office and a new agreement: they work as they stand, overwrite nothing, and say what to do next.

use crate::office::{Office, repository};
use insta::assert_snapshot;
use std::fs;

const KINDS: [&str; 6] = [
    "side_letter",
    "memorandum",
    "contract",
    "ground_rules",
    "plan",
    "commitment",
];

#[test]
fn a_new_office_works_as_it_stands() {
    let office = Office::empty().on("2026-11-23");
    assert_snapshot!("init", office.prints("init"));
    assert_eq!(
        office.files(),
        [
            ".gitignore",
            "parties.toml",
            "schema/agreement.json",
            "schema/parties.json",
            "schema/settings.json",
            "sideletter.toml"
        ]
    );
    assert_snapshot!("init_check", office.prints("check"));
    assert_snapshot!("init_run", office.prints("run"));
    office.prints("build");
    office.prints("due --all");
    office.prints("doctor");
}

#[test]
fn the_sample_is_due_and_mailed_and_on_a_page() {
    let office = Office::empty().on("2026-11-23");
    assert_snapshot!("init_sample", office.prints("init letters --sample"));
    assert_snapshot!("init_sample_check", office.prints("-C letters check"));
    assert_snapshot!("init_sample_run", office.prints("-C letters run"));
    office.prints("-C letters build");
    let files = office.files();
    let mails = files
        .iter()
        .filter(|f| f.starts_with("letters/outbox/new/"));
    assert_eq!(mails.count(), 2);
    assert!(files.contains(&"letters/site/agreements/san_leandro_wellness.html".to_owned()));
}

#[test]
fn the_samples_parties_are_those_of_the_repository() {
    let ours = fs::read_to_string(repository().join("parties.toml")).unwrap();
    let sample = repository().join("src/begin/office/sample_parties.toml");
    let sample = fs::read_to_string(sample).unwrap();
    let (_, tables) = sample.split_once("[slta]").unwrap();
    assert!(ours.contains(tables.trim_end()), "{tables}");
}

#[test]
fn what_is_there_is_never_overwritten() {
    let office = Office::empty()
        .file("sideletter.toml", "# ours\n")
        .file(".gitignore", "/scratch\n");
    assert_snapshot!("init_beside", office.prints("init"));
    assert_eq!(office.read("sideletter.toml"), "# ours\n");
    assert_eq!(office.read(".gitignore"), "/scratch\n");
    let before: Vec<String> = office.files().iter().map(|f| office.read(f)).collect();
    assert_snapshot!("init_again", office.prints("init"));
    let after: Vec<String> = office.files().iter().map(|f| office.read(f)).collect();
    assert_eq!(before, after);

    // A sample whose parties cannot be added is not written in part.
    assert_snapshot!("init_sample_refused", office.fails(2, "init --sample"));
    assert!(
        !office
            .root()
            .join("agreements/san_leandro_wellness.md")
            .exists()
    );
    // Where they are there already, the letter is added.
    let repository = Office::repository().without("agreements/san_leandro_wellness.md");
    repository.prints("init --sample");
    assert!(
        repository
            .root()
            .join("agreements/san_leandro_wellness.md")
            .exists()
    );
}

#[test]
fn an_office_that_cannot_be_made_is_said() {
    let office = Office::empty().file("taken", "a file");
    let said = office.fails(3, "init taken");
    assert!(
        said.starts_with("sideletter: cannot make the folder taken/agreements; "),
        "{said}"
    );
}

#[test]
fn each_kind_begins_as_a_draft_without_a_finding() {
    let office = Office::empty().on("2026-11-23");
    office.prints("init");
    for kind in KINDS {
        let said = office.prints(&format!("new my_{kind} --kind {kind}"));
        if kind == "side_letter" {
            assert_snapshot!("new", said);
        }
        assert_snapshot!(
            format!("new_{kind}"),
            office.read(&format!("agreements/my_{kind}.md"))
        );
    }
    assert_eq!(office.prints("check"), "6 agreements read; no faults\n");
    office.prints("run");
    // Once it is signed its dates are worked out, and nothing in it is misread.
    for kind in KINDS {
        let path = format!("agreements/my_{kind}.md");
        let signed = office
            .read(&path)
            .replace("status = \"draft\"\n", "")
            .replace("# signed = ", "signed = ");
        fs::write(office.root().join(&path), signed).unwrap();
    }
    assert_eq!(office.prints("check"), "6 agreements read; no faults\n");
    assert_snapshot!("new_due", office.prints("due --all --within 400d"));
}

#[test]
fn every_remark_that_is_a_key_can_be_taken_up() {
    let office = Office::empty().on("2026-11-23");
    office.prints("init");
    for kind in KINDS {
        office.prints(&format!("new my_{kind} --kind {kind}"));
        let path = format!("agreements/my_{kind}.md");
        let taken_up: Vec<String> = office
            .read(&path)
            .lines()
            .filter(|line| !line.starts_with("# amends = "))
            .map(|line| {
                let key = line.strip_prefix("# ").filter(|rest| {
                    rest.split_once(" = ").is_some_and(|(key, _)| {
                        key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                    })
                });
                key.unwrap_or(line).to_owned()
            })
            .collect();
        let taken_up = taken_up.join("\n") + "\n";
        fs::write(office.root().join(&path), taken_up).unwrap();
    }
    assert_eq!(office.prints("check"), "6 agreements read; no faults\n");
}

#[test]
fn the_parties_of_the_office_are_offered() {
    let office = Office::repository();
    office.prints("new pay_notice_2026");
    let text = office.read("agreements/pay_notice_2026.md");
    assert!(text.contains("parties = [\"upe\", \"dha\"]"), "{text}");
    assert!(
        text.contains("#   slusd: San Leandro Unified School District"),
        "{text}"
    );
    assert!(text.contains("title = \"Pay notice 2026\""), "{text}");
    // Where somebody keeps the office, it is one of the two.
    let kept = Office::repository().file("sideletter.toml", "[office]\nkeeper = \"slusd\"\n");
    kept.prints("new letter");
    let text = kept.read("agreements/letter.md");
    assert!(text.contains("parties = [\"slusd\", \"upe\"]"), "{text}");
    // A name may hold anything and remains a remark.
    let odd = Office::empty().file(
        "parties.toml",
        "[upe]\nname = \"\"\"Odd\n+++\ntitle = 3\u{7}\"\"\"\nside = \"union\"\n",
    );
    odd.prints("new letter");
    let text = odd.read("agreements/letter.md");
    assert!(
        text.contains("\n#   upe: Odd +++ title = 3\u{fffd}\n"),
        "{text}"
    );
}

#[test]
fn an_office_without_parties_gets_an_agreement_that_asks_for_them() {
    let office = Office::empty().file("parties.toml", "");
    office.prints("new letter");
    let check = office.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.stdout.contains("error[unknown-party]"),
        "{}",
        check.stdout
    );
}

#[test]
fn a_bad_id_a_taken_one_and_a_place_without_an_office_are_refused() {
    let office = Office::empty();
    let nowhere = office.fails(2, "new letter");
    office.prints("init --sample");
    let refused = |arguments: &[&str]| {
        let ran = office.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        ran.stderr
    };
    let all = [
        nowhere,
        refused(&["new", "Pay notice 2026"]),
        refused(&["new", "letter.md"]),
        refused(&["new", "../letter"]),
        refused(&["new", "2026"]),
        refused(&["new", ""]),
        refused(&["new", "san_leandro_wellness"]),
        refused(&["new", "letter", "--kind", "sideletter"]),
        refused(&["new"]),
    ];
    assert_snapshot!("new_refused", all.join("---\n"));
    // Also one that cannot be read, and one in a folder of its own.
    let office = office
        .file("agreements/2025/old.md", "no front matter")
        .file(
            "agreements/2025/older.md",
            "+++\ntitle = \"Older\"\nkind = \"plan\"\nparties = [\"union\"]\n+++\n",
        );
    for id in ["old", "older"] {
        let said = office.fails(2, &format!("new {id}"));
        assert!(
            said.contains(&format!("agreements/2025/{id}.md is there already")),
            "{said}"
        );
    }
    assert_eq!(
        office
            .files()
            .iter()
            .filter(|f| f.starts_with("agreements"))
            .count(),
        3
    );
}

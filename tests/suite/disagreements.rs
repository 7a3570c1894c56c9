//! What no file shows alone: files against the record, and agreements against one another.

use crate::office::Office;

const LETTER: &str = "+++\n\
    title = \"A letter\"\n\
    kind = \"side_letter\"\n\
    parties = [\"upe\", \"dha\"]\n\
    signed = 2014-02-20\n\
    [counting]\n\
    preset = \"plain\"\n\
    [events.implementation]\n\
    title = \"Implementation\"\n\
    date = 2014-03-03\n\
    [[obligations]]\n\
    id = \"training_plan\"\n\
    title = \"Training plan\"\n\
    owed_by = [\"dha\"]\n\
    due = \"30 days after implementation\"\n\
    +++\n\
    DHA makes a training plan. [training_plan]\n";

fn office() -> Office {
    Office::fixture("offices/two_parties")
        .file("agreements/letter.md", LETTER)
        .on("2014-03-10")
}

/// The findings of `check`, each as its code and its message.
fn findings(office: &Office) -> Vec<String> {
    let found = office.json("check");
    let found = found.as_array().unwrap().iter();
    found
        .filter(|finding| finding["severity"] != "note")
        .map(|finding| {
            assert_eq!(finding["severity"], "warning", "{finding}");
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!("{}: {}", text("code"), text("message"))
        })
        .collect()
}

#[test]
fn a_text_that_changes_is_said_until_it_is_put_back_or_somebody_says_why() {
    let office = office();
    office.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    assert_eq!(findings(&office), Vec::<String>::new());

    let changed = LETTER.replace("30 days", "45 days");
    let office = office.file("agreements/letter.md", &changed);
    let found = findings(&office);
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("text-changed: this is not the text that entry 1 ")),
        "{found:?}"
    );
    // Another entry does not make it right, and says so.
    insta::assert_snapshot!(office.prints("record confirmed letter/training_plan --by upe"), @r"
    Entry 2: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    The file has changed since entry 1; see: sideletter check agreements/letter.md
    Entry 1 is confirmed.

    What follows from it:
      Training plan: 17 April 2014 (met)
    ");
    assert_eq!(findings(&office), found);

    let office = office.file("agreements/letter.md", LETTER);
    assert_eq!(findings(&office), Vec::<String>::new());

    let office = office.file("agreements/letter.md", &changed);
    // A remark on something else does not either.
    office.prints("record noted letter --note Parking. --by upe");
    assert_eq!(findings(&office).len(), 1);
    let noted = office.run(&[
        "record",
        "noted",
        "letter",
        "--entry",
        "1",
        "--note",
        "The paper says 45.",
        "--by",
        "upe",
    ]);
    insta::assert_snapshot!(noted.stdout, @r#"
    Entry 4: a remark on "A letter", by UPE: The paper says 45.
    To strike it out: sideletter record struck letter --entry 4 --by upe
    The file has changed since entry 1; with this remark its text as it is now is taken for the right one.
    "#);
    assert_eq!(findings(&office), Vec::<String>::new());
    let plan = office.prints("remind");
    assert!(plan.contains("reported: entry 4 of the record"), "{plan}");

    // From then on the text of before is another one, and without the remark it is the right one again.
    let office = office.file("agreements/letter.md", LETTER);
    assert_eq!(findings(&office).len(), 1);
    office.prints("record struck letter --entry 4 --by upe");
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn no_remark_that_others_may_not_see_makes_a_text_right() {
    let kept = office().file(
        "sideletter.toml",
        "[office]\nkeeper = \"dha\"\nzone = \"America/Los_Angeles\"\n",
    );
    kept.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    let office = kept.file("agreements/letter.md", LETTER.replace("30 days", "45 days"));
    let found = findings(&office);
    let refused = office.fails(
        2,
        "record noted letter --entry 1 --note Corrected. --visibility dha",
    );
    insta::assert_snapshot!(refused, @"sideletter: the file has changed since entry 1, and a remark on that says which text is the right one, which is kept from nobody who may see the entry; leave --visibility out, or, for a remark about something else, --entry");
    assert_eq!(findings(&office), found);
    office.prints("record noted letter --note Aside. --visibility dha");
    assert_eq!(findings(&office), found);
    office.prints("record noted letter --entry 1 --note Corrected. --visibility parties");
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn a_text_that_is_not_signed_yet_may_change() {
    let tentative = LETTER.replace("signed = 2014-02-20", "status = \"tentative\"");
    let office = office().file("agreements/letter.md", &tentative);
    office.prints("record noted letter/training_plan --note Settled. --by upe");
    let office = office.file(
        "agreements/letter.md",
        tentative.replace("30 days", "45 days"),
    );
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn a_day_in_a_file_is_held_against_the_record() {
    let office = office();
    office.prints("record happened letter/implementation --on 2014-03-03 --by upe");
    assert_eq!(findings(&office), Vec::<String>::new());
    office.prints("record happened letter/implementation --on 2014-03-05 --by dha");
    office.prints("record happened letter/signing --on 2014-02-21 --by dha");
    assert_eq!(
        findings(&office),
        [
            "date-against-the-record: the record has another day for `signing`: 21 February 2014 (entry 3, by DHA)",
            "date-against-the-record: the record has another day for `implementation`: 5 March 2014 (entry 2, by DHA)",
        ]
    );

    // One party comes to the other's day: settled, for the file or against it.
    office.prints("record confirmed letter/implementation --entry 1 --by dha");
    assert_eq!(findings(&office).len(), 1);
    office.prints("record struck letter --entry 4 --by dha");
    office.prints("record confirmed letter/implementation --entry 2 --by upe");
    let checked = office.prints("check");
    insta::assert_snapshot!(checked, @r"
    warning[date-against-the-record]: the record has another day for `signing`: 21 February 2014 (entry 3, by DHA)
     --> agreements/letter.md:5:10
      |
    5 | signed = 2014-02-20
      |          ^^^^^^^^^^ 20 February 2014 here
      |
      = help: write the day of the record, if that is right; else enter this one, so that the parties can settle it: sideletter record happened letter/signing --on 2014-02-20 --by PARTY

    warning[date-against-the-record]: the record has another day for `implementation`: 5 March 2014 (entry 2, by DHA, confirmed)
      --> agreements/letter.md:10:8
       |
    10 | date = 2014-03-03
       |        ^^^^^^^^^^ 3 March 2014 here
       |
       = help: write 2014-03-05, on which the parties have settled

    1 agreement read; no faults, 2 warnings
    ");
}

/// The fault lies in the words where the file gives the days; what came as the record tells is no slip of theirs.
#[test]
fn a_window_that_opens_after_it_is_due_is_a_fault_of_the_file_alone() {
    let due = "no earlier than implementation and no later than March 1, 2014";
    let impossible = LETTER.replace("30 days after implementation", due);
    let office = office().file("agreements/letter.md", &impossible);
    let said =
        "the limits cannot both be kept: it opens on 3 March 2014 and is due on 1 March 2014";
    let checked = office.types("check");
    assert_eq!(checked.code, 1, "{checked:?}");
    let fault = format!("error[contradictory-limits]: {said}");
    assert!(checked.stdout.contains(&fault), "{checked:?}");

    let not_known = impossible.replace("date = 2014-03-03\n", "");
    let office = office.file("agreements/letter.md", not_known);
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    assert_eq!(findings(&office), Vec::<String>::new());
    let why = office.prints("why letter/training_plan");
    assert!(why.contains(said), "{why}");
}

#[test]
fn one_duty_under_two_titles_is_found_by_its_time_limit_and_its_words() {
    let second = LETTER.replace("A letter", "Another letter");
    let titled = |title: &str| {
        let other = second.replace("Training plan", title);
        findings(&office().file("agreements/letter_2.md", &other))
    };
    assert_eq!(
        titled("Plans for training of staff"),
        [
            "same-duty-twice: `training_plan` and `letter/training_plan` are both owed, and have one time limit under the titles \"Plans for training of staff\" and \"Training plan\""
        ]
    );
    // One word in common is none that tells.
    for title in ["Plan", "Training report", "Plan for overtime", "Training"] {
        assert_eq!(titled(title), Vec::<String>::new(), "{title}");
    }
    let other = second
        .replace("Training plan", "Plan for training")
        .replace("owed_by = [\"dha\"]", "owed_by = [\"dha\", \"upe\"]");
    let office = office().file("agreements/letter_2.md", &other);
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn one_duty_in_two_letters_is_said_while_both_are_owed() {
    let second = LETTER
        .replace("A letter", "Another letter")
        .replace("30 days", "60 days");
    let office = office().file("agreements/letter_2.md", &second);
    assert_eq!(
        findings(&office),
        [
            "same-duty-twice: `training_plan` and `letter/training_plan` are both owed, and both are called \"Training plan\""
        ]
    );
    // An amendment is meant to differ; other parties and other debtors have duties of their own; a draft is nothing yet.
    for other in [
        second.replace("signed =", "amends = [\"letter\"]\nsigned ="),
        second.replace("owed_by = [\"dha\"]", "owed_by = [\"upe\"]"),
        second.replace("signed =", "status = \"draft\"\nsigned ="),
        second.replace("Training plan", "Training plan of clause 9"),
    ] {
        let office = self::office().file("agreements/letter_2.md", &other);
        assert_eq!(findings(&office), Vec::<String>::new(), "{other}");
    }
    // What is done is not owed twice.
    office.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    office.prints("record confirmed letter/training_plan --by upe");
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn without_the_record_the_files_are_checked_and_that_is_said() {
    let office = office()
        .file("agreements/faulty.md", "no front matter")
        .file(".sideletter/store.db", "this is no store");
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, 3);
    assert!(checked.stdout.contains("error[no-front-matter]"));
    assert!(
        checked
            .stdout
            .ends_with("1 agreement read; 1 fault; left out: agreements/faulty.md\n"),
        "{}",
        checked.stdout
    );
    insta::assert_snapshot!(checked.stderr, @"
    The files were checked alone, without the record.
    sideletter: ./.sideletter/store.db is no store of sideletter; move it away, put a backup in its place, or name another file as `url` under [store] in sideletter.toml
    ");
}

#[test]
fn a_letter_that_outlives_its_contract_is_said_until_it_says_why() {
    const CONTRACT: &str = "+++\n\
        title = \"A contract\"\n\
        kind = \"contract\"\n\
        parties = [\"upe\", \"dha\"]\n\
        signed = 2013-07-01\n\
        expires = 2017-06-30\n\
        +++\n\
        The contract.\n";
    let letter = LETTER
        .replace("signed =", "amends = [\"contract\"]\nsigned =")
        .replace(
            "due = \"30 days after implementation\"",
            "every = \"6 months\"",
        );
    let with = |contract: &str, letter: &str| {
        office()
            .file("agreements/contract.md", contract)
            .file("agreements/letter.md", letter)
    };
    assert_eq!(
        findings(&with(CONTRACT, &letter)),
        [
            "outlives-what-it-amends: `contract`, which it amends, ends on 30 June 2017; this letter has no end of its own, with 1 obligation owed after that day"
        ]
    );
    let longer = letter.replace("signed =", "expires = 2018-01-31\nsigned =");
    assert_eq!(
        findings(&with(CONTRACT, &longer)),
        [
            "outlives-what-it-amends: `contract`, which it amends, ends on 30 June 2017; this letter goes on to 31 January 2018, with 1 obligation owed after that day"
        ]
    );
    // It ends with the contract; what is owed goes on by its own words; the contract renews itself or has no end.
    for (contract, letter) in [
        (
            CONTRACT.to_owned(),
            letter.replace("signed =", "expires = \"expiration of contract\"\nsigned ="),
        ),
        (
            CONTRACT.to_owned(),
            letter.replace("every =", "survives = true\nevery ="),
        ),
        (
            CONTRACT.replace(
                "+++\nThe",
                "[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n+++\nThe",
            ),
            letter.clone(),
        ),
        (
            CONTRACT.replace("expires = 2017-06-30\n", ""),
            letter.clone(),
        ),
        (
            CONTRACT.to_owned(),
            letter.replace(
                "every = \"6 months\"",
                "due = \"30 days after implementation\"",
            ),
        ),
    ] {
        assert_eq!(
            findings(&with(&contract, &letter)),
            Vec::<String>::new(),
            "{contract}{letter}"
        );
    }
}

/// What is said on standard error of what is gone, by each command that does not show it.
fn told_of_what_is_gone(office: &Office) -> Vec<String> {
    let commands = ["due", "status", "build", "remind", "remind --send", "run"];
    commands
        .into_iter()
        .map(|command| {
            let ran = office.types(command);
            assert_eq!(ran.code, 0, "{command}: {ran:?}");
            assert!(
                ran.stderr.contains("gone-since-recorded"),
                "{command}: {ran:?}"
            );
            ran.stderr
        })
        .collect()
}

#[test]
fn an_agreement_that_the_record_speaks_of_and_whose_file_is_gone_is_not_lost_in_silence() {
    let office = office();
    office.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    let office = office.without("agreements/letter.md");
    assert_eq!(
        findings(&office),
        [
            "gone-since-recorded: entry 1 of the record speaks of `letter`, and no file of that name is there"
        ]
    );
    let told = told_of_what_is_gone(&office);
    insta::assert_snapshot!(told[0], @"warning[gone-since-recorded]: entry 1 of the record speaks of `letter`, and no file of that name is there. See: sideletter check");
    assert!(told.iter().all(|said| *said == told[0]), "{told:?}");
    assert!(
        office
            .types("doctor")
            .stdout
            .contains("entry 1 of the record speaks of")
    );

    // Another name for the very text is told.
    let office = office.file("agreements/sub/letter_of_2014.md", LETTER);
    let checked = office.prints("check");
    assert!(
        checked.contains(
            "agreements/sub/letter_of_2014.md has its very text: give it its name back, letter.md"
        ),
        "{checked}"
    );
    let office = office.without("agreements/sub/letter_of_2014.md");

    // A file with a fault is there.
    let office = office.file("agreements/letter.md", "no front matter");
    let checked = office.types("check").stdout;
    assert!(!checked.contains("gone-since-recorded"), "{checked}");

    // Struck out, it speaks of nothing.
    let office = office.file("agreements/letter.md", LETTER);
    assert_eq!(findings(&office), Vec::<String>::new());
    office.prints("record struck letter --entry 1 --by dha");
    let office = office.without("agreements/letter.md");
    assert_eq!(findings(&office), Vec::<String>::new());
}

#[test]
fn an_agreement_that_is_taken_out_of_force_is_not_lost_in_silence() {
    let office = office();
    office.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    let with =
        |status: &str| LETTER.replace("signed =", &format!("status = \"{status}\"\nsigned ="));
    let office = office.file("agreements/letter.md", with("draft"));
    assert_eq!(
        findings(&office),
        [
            "gone-since-recorded: entry 1 of the record speaks of `letter`, and it is a draft now, of which nothing is shown or mailed"
        ]
    );
    told_of_what_is_gone(&office);
    let office = office.file("agreements/letter.md", with("tentative"));
    assert_eq!(
        findings(&office),
        [
            "gone-since-recorded: entry 1 of the record was made about `letter` when it was another text, and it is tentative now: nothing under it is due"
        ]
    );
    told_of_what_is_gone(&office);
}

#[test]
fn an_id_that_the_record_speaks_of_and_that_is_gone_is_not_lost_in_silence() {
    let office = office();
    office.prints("record met letter/training_plan --on 2014-03-05 --by dha");
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    let office = office.file(
        "agreements/letter.md",
        LETTER.replace("training_plan", "training_plans"),
    );
    // That the text has changed may be said to be right: the entry is about nothing all the same.
    office.types("record noted letter --entry 2 --note Corrected --by upe");
    let gone = "gone-since-recorded: entry 1 of the record speaks of `letter/training_plan`, and the agreement has no obligation or event of that id";
    assert_eq!(findings(&office), [gone]);
    let checked = office.prints("check");
    assert!(
        checked.contains("if that is `training_plans` now, give it its id back: `training_plan`"),
        "{checked}"
    );
    told_of_what_is_gone(&office);

    // One that has a fault is there.
    let office = office.file(
        "agreements/letter.md",
        LETTER.replace("30 days after", "30 dayz after"),
    );
    let checked = office.types("check").stdout;
    assert!(!checked.contains("gone-since-recorded"), "{checked}");
}

#[test]
fn what_is_said_of_an_occurrence_that_there_is_no_more_is_named() {
    let repeats = "[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n[[obligations]]\nid = \"answer\"\n\
        title = \"Answer\"\nowed_by = [\"dha\"]\ndue = \"15 days after grievance\"\n+++";
    let letter = LETTER
        .replace("+++\nDHA", &format!("{repeats}\nDHA"))
        .replace("[training_plan]\n", "[training_plan] [answer]\n");
    let office = office().file("agreements/letter.md", letter);
    office.prints("record happened letter/grievance --on 2014-03-01 --for Seven --by upe");
    office.prints("record met letter/answer --on 2014-03-03 --by dha");
    assert_eq!(findings(&office), Vec::<String>::new());
    // Its own party takes the event back, and another speaks of another case.
    office.prints("record struck letter --entry 1 --by upe");
    office.prints("record happened letter/grievance --on 2014-03-02 --for Eight --by dha");
    assert_eq!(
        findings(&office),
        [
            "gone-since-recorded: entry 2 of the record speaks of an occurrence of `letter/answer` that there is no more"
        ]
    );
    office.prints("record struck letter --entry 2 --by dha");
    office.prints("record met letter/answer --on 2014-03-03 --by dha");
    assert_eq!(findings(&office), Vec::<String>::new());
}

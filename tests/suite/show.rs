//! `show`: an agreement's text, with each obligation's date and state at its words.

use crate::office::Office;

const LETTER: &str = "+++\n\
    title = \"A letter\"\n\
    kind = \"side_letter\"\n\
    parties = [\"upe\", \"dha\"]\n\
    effective = 2014-01-15\n\
    [counting]\n\
    preset = \"plain\"\n\
    [events.implementation]\n\
    title = \"Implementation\"\n\
    [[obligations]]\n\
    id = \"follow_up_meeting\"\n\
    title = \"Follow-up meeting\"\n\
    due = \"30 days after implementation\"\n\
    [[obligations]]\n\
    id = \"committee\"\n\
    title = \"Meeting of the committee\"\n\
    every = \"3 months\"\n\
    times = 4\n\
    [[obligations]]\n\
    id = \"time_clock\"\n\
    title = \"No time clock\"\n\
    owed_by = [\"dha\"]\n\
    +++\n\
    \n\
    # A letter\n\
    \n\
    They meet within 30 days [follow_up_meeting], <!-- says\n\
    who? --> and a committee [committee] meets as `[committee]` says. [sic]\n\
    \n\
    | what | when |\n\
    |---|---|\n\
    | committee | [committee] |\n";

#[test]
fn each_date_and_state_stands_at_its_words() {
    let office = Office::fixture("offices/two_parties")
        .file("agreements/letter.md", LETTER)
        .on("2014-03-10");
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    insta::assert_snapshot!(office.prints("show letter"), @r"
    A letter
    between UPE and DHA; as of Monday 10 March 2014

    # A letter

    They meet within 30 days [Follow-up meeting: 2014-04-02, in 23 days; open],  and a committee [Meeting of the committee: 2014-04-15, in 36 days; scheduled; 3 more] meets as `[committee]` says. [sic]

    | what | when |
    |---|---|
    | committee | [Meeting of the committee: 2014-04-15, in 36 days; scheduled; 3 more] |

    Without words of their own in the text

    No date of its own
       no date  No time clock
                DHA: letter/time_clock
    ");
    let shown = office.json("show letter");
    assert_eq!(shown["agreement"], "letter");
    assert_eq!(shown["occurrences"][0]["obligation"], "committee");
    assert!(
        shown["text"]
            .as_str()
            .unwrap()
            .contains("[follow_up_meeting]")
    );
}

#[test]
fn an_agreement_that_there_is_not_is_refused_with_the_nearest() {
    let office = Office::fixture("offices/two_parties").file("agreements/letter.md", LETTER);
    insta::assert_snapshot!(office.fails(2, "show leter"), @"sideletter: no agreement `leter`; did you mean `letter`?");
}

#[test]
fn nothing_in_a_text_moves_the_terminal() {
    let office = Office::fixture("offices/two_parties").file(
        "agreements/letter.md",
        format!("{LETTER}\n\x1b[2J red \u{202e}turned <!-- never closed"),
    );
    let shown = office.run(&["show", "letter"]).stdout;
    assert!(!shown.contains(['\x1b', '\u{202e}']), "{shown}");
}

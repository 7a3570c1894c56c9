//! What one party's word does not do against what stands in the file, or against what all agreed on: docs/record.md.

use crate::office::Office;
use crate::states::{letter, listed, owed};

/// A letter in effect from a day, with a limit, a series and an end that hang on that.
fn lasting() -> Office {
    let limit = owed("report", "due = \"60 days after effective\"");
    let series = owed("talk", "every = \"every 6 months\"\ntimes = 2");
    letter(&format!(
        "effective = 2014-01-15\nexpires = \"2 years after effective\"\ntracked_from = 2014-01-01\n{limit}{series}"
    ))
}

/// Every occurrence in a line, in the order of the lines.
fn days(office: &Office, today: &str) -> Vec<String> {
    let all = listed(office, &format!("due --all --today {today}"));
    let mut lines: Vec<String> = all.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn one_sides_word_moves_no_first_day_that_the_file_gives() {
    let before = days(&lasting(), "2014-02-20");
    // A later day is shown and changes nothing, also where it is disputed.
    let office = lasting();
    let said = office
        .prints("record happened letter/effective --on 2014-02-15 --by dha --today 2014-02-20");
    assert!(
        said.contains("The first day in the file holds until every other party confirms this day."),
        "{said}"
    );
    assert_eq!(days(&office, "2014-02-20"), before);
    let why = office.prints("why letter/report --today 2014-02-20");
    assert!(
        why.contains("Another reading would give Wednesday 16 April 2014: if it took effect on 15 February 2014 (entry 1 of the record, by DHA)"),
        "{why}"
    );
    let why = office.prints("why letter/expiration --today 2014-02-20");
    assert!(
        why.contains("Another reading would give Monday 15 February 2016: if it took effect on 15 February 2014"),
        "{why}"
    );
    office.prints("record disputed letter/effective --by upe --today 2014-02-20");
    assert_eq!(days(&office, "2014-02-20"), before);
    // Once all have said so it holds.
    office.prints("record confirmed letter/effective --by upe --today 2014-02-21");
    assert!(
        listed(&office, "due --all --today 2014-02-21").contains("report scheduled due 2014-04-16")
    );
}

#[test]
fn of_a_first_day_that_is_claimed_earlier_only_limits_are_reminded_of_earlier() {
    let before = days(&lasting(), "2014-02-20");
    let office = lasting();
    office.prints("record happened letter/effective --on 2014-01-05 --by dha --today 2014-02-20");
    let after = days(&office, "2014-02-20");
    let changed: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    assert_eq!(changed, ["report open due 2014-03-06"]);
    let why = office.prints("why letter/report --today 2014-02-20");
    assert!(
        why.contains("Another reading would give Sunday 16 March 2014: if it took effect on 15 January 2014 (in effect, says the agreement's file)"),
        "{why}"
    );
    // A day so early that nobody would be reminded any more takes no reminder away.
    let office = lasting();
    office.prints("record happened letter/effective --on 2013-01-05 --by dha --today 2014-02-20");
    assert_eq!(days(&office, "2014-02-20"), before);
}

#[test]
fn a_signing_that_one_side_names_does_not_end_what_its_file_says_is_signed() {
    let office = letter(
        "signed = 2014-01-15\nexpires = \"2 years after effective\"\ntracked_from = 2014-01-01\n",
    );
    let before = days(&office, "2014-02-20");
    office.prints("record happened letter/signing --on 2013-01-15 --by dha --today 2014-02-20");
    assert_eq!(days(&office, "2014-02-20"), before);
    office.prints("record confirmed letter/signing --by upe --today 2014-02-20");
    assert!(days(&office, "2014-02-20")[0].ends_with("due 2015-01-15"));
}

#[test]
fn one_sides_word_puts_no_amendment_into_effect_before_its_day() {
    let board = owed("boards", "");
    let office = letter(&format!("effective = 2013-07-01\ntracked_from = 2013-07-01\n{board}")).file(
        "agreements/later.md",
        crate::states::agreement(
            "Later",
            "signed = 2014-02-20\neffective = \"the first day of the month following signing\"\namends = [\"letter\"]\n[changes]\n\"letter/boards\" = \"void\"\n",
        ),
    );
    office.prints("record happened later/effective --on 2014-02-21 --by dha --today 2014-02-22");
    assert_eq!(
        listed(&office, "due --all --today 2014-02-23"),
        "boards standing"
    );
    assert_eq!(
        listed(&office, "due --all --today 2014-03-01"),
        "boards superseded"
    );
}

#[test]
fn a_condition_that_is_disputed_is_shown_so_and_starts_nothing() {
    let keys = "owed_by = [\"dha\"]\nwhen = \"DHA sets a quota\"\ndue = \"2014-03-10\"";
    let appeal = owed("appeal", "due = \"15 days after notice_given is missed\"");
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{}{appeal}",
        owed("notice_given", keys)
    ));
    office
        .prints("record happened letter/notice_given --on 2014-03-01 --by upe --today 2014-03-02");
    assert!(listed(&office, "due --all --today 2014-03-12").contains("appeal open due 2014-03-25"));
    office.prints("record disputed letter/notice_given --by dha --today 2014-03-03");
    let due = office.types("due --all --today 2014-03-12 --format json");
    let rows: serde_json::Value = serde_json::from_str(&due.stdout).unwrap();
    assert_eq!(rows[0]["state"], "disputed");
    assert_eq!(rows[1]["state"], "waiting");
    let due = office.prints("due --today 2014-03-12");
    assert!(
        due.contains("whether its condition came about is disputed"),
        "{due}"
    );
    let why = office.prints("why letter/notice_given --today 2014-03-12");
    assert!(
        why.contains("whether its condition has come about is disputed"),
        "{why}"
    );
    office.prints("record struck letter --entry 2 --by dha --today 2014-03-13");
    assert!(listed(&office, "due --all --today 2014-03-13").contains("notice_given overdue"));
}

#[test]
fn what_is_signed_and_ratified_is_asked_for_no_more_and_its_file_is_named() {
    let report = owed("report", "due = \"10 days after ratification\"");
    let parties = "[upe]\nname = \"UPE\"\nside = \"union\"\n[[upe.contacts]]\nname = \"A\"\nemail = \"a@upe.example\"\n\
        [dha]\nname = \"DHA\"\nside = \"employer\"\n[[dha.contacts]]\nname = \"B\"\nemail = \"b@dha.example\"\n";
    let office = letter(&format!(
        "status = \"tentative\"\ntracked_from = 2014-01-01\n{report}"
    ))
    .file("parties.toml", parties);
    office.prints("record happened letter/signing --on 2014-02-01 --by upe --today 2014-02-02");
    assert!(
        !office
            .prints("check --today 2014-02-02")
            .contains("still-tentative")
    );
    let said = office
        .prints("record happened letter/ratification --on 2014-02-03 --by dha --today 2014-02-04");
    assert!(
        said.contains("write `status = \"in_force\"` in agreements/letter.md"),
        "{said}"
    );
    assert_eq!(
        listed(&office, "due --all --today 2014-02-05"),
        "report waiting due 2014-02-13 projected"
    );
    assert!(
        office
            .prints("check --today 2014-02-05")
            .contains("warning[still-tentative]")
    );
    let run = office.prints("run --today 2014-02-05");
    assert!(
        run.contains("write `status = \"in_force\"` in agreements/letter.md"),
        "{run}"
    );
    assert!(!run.contains("Waiting for a date"), "{run}");
    let mails: String = office
        .files()
        .iter()
        .filter(|file| file.starts_with("outbox/"))
        .map(|file| office.read(file))
        .collect();
    assert!(!mails.contains("is not recorded"), "{mails}");
    assert!(
        mails.contains("In this office's file the agreement still"),
        "{mails}"
    );
}

#[test]
fn a_breach_is_disputed_until_every_other_party_confirms_it() {
    let office = letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{}",
        owed("boards", "owed_by = [\"dha\"]")
    ));
    let text = office
        .read("agreements/letter.md")
        .replace("[\"upe\", \"dha\"]", "[\"upe\", \"dha\", \"slta\"]");
    let parties = office.read("parties.toml") + "\n[slta]\nname = \"SLTA\"\nside = \"union\"\n";
    let office = office
        .file("agreements/letter.md", text)
        .file("parties.toml", parties)
        .on("2014-03-01");
    office.prints("record disputed letter/boards --on 2014-02-20 --by upe");
    office.prints("record confirmed letter --entry 1 --by slta");
    assert_eq!(listed(&office, "due --all"), "boards disputed");
    office.prints("record confirmed letter --entry 1 --by dha");
    assert_eq!(listed(&office, "due --all"), "boards standing");
    // Before it took effect there was nothing to keep.
    let refused = office.fails(2, "record disputed letter/boards --on 2013-12-20 --by upe");
    assert!(
        refused.contains("`boards` begins on 1 January 2014"),
        "{refused}"
    );
}

#[test]
fn the_keeper_hides_nothing_that_it_enters_for_another_party_nor_voids_what_a_third_has_confirmed()
{
    let office = letter("effective = 2014-01-01\n[events.launch]\ntitle = \"Launch\"\n")
        .file(
            "sideletter.toml",
            "[office]\nkeeper = \"upe\"\nconfirmation = \"required\"\n",
        )
        .file("paper.txt", "SLTA confirms.");
    let text = office
        .read("agreements/letter.md")
        .replace("[\"upe\", \"dha\"]", "[\"upe\", \"dha\", \"slta\"]");
    let parties = office.read("parties.toml") + "\n[slta]\nname = \"SLTA\"\nside = \"union\"\n";
    let office = office
        .file("agreements/letter.md", text)
        .file("parties.toml", parties)
        .on("2014-03-01");
    let refused = office.fails(
        2,
        "record noted letter --by dha --note Said. --visibility upe",
    );
    assert!(
        refused.contains("what is said for DHA is not kept from that party"),
        "{refused}"
    );
    office.prints("record happened letter/launch --on 2014-02-20 --by dha");
    office.prints("record confirmed letter --entry 1 --by slta --evidence paper.txt");
    let strike = office.prints("record struck letter --entry 1 --by dha");
    assert!(strike.contains("is to be struck out"), "{strike}");
    assert!(office.prints("log").contains("happened letter/launch"));
}

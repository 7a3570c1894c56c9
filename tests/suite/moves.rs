//! Days that move: those who were told are told, unless so many move by a change of a file that somebody should look first.

use crate::office::Office;
use crate::record_mails::PARTIES;
use crate::states::{agreement, owed};
use insta::assert_snapshot;

/// A letter of so many deadlines on one phrase, with another that never moves.
fn letter(deadlines: usize, due: &str) -> String {
    let deadlines: String = (1..=deadlines)
        .map(|n| owed(&format!("plan_{n}"), &format!("due = \"{due}\"")))
        .collect();
    agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n[events.implementation]\ntitle = \"Implementation\"\n{deadlines}{}",
            owed("report", "due = \"April 8, 2014\"")
        ),
    )
}

/// Everybody is told of the days of so many deadlines on 5 April 2014.
fn told(deadlines: usize, due: &str) -> Office {
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", letter(deadlines, due));
    if due.contains("implementation") {
        office.prints(
            "record happened plans/implementation --on 2014-03-20 --by upe --today 2014-04-05",
        );
    }
    office.prints("remind --send --today 2014-04-05");
    office.on("2014-04-07")
}

/// The messages of the second day: number, state and stages.
fn messages(office: &Office) -> Vec<String> {
    let outbox = office.prints("outbox");
    let of_the_day = outbox.lines().filter(|line| line.contains("2014-04-07"));
    of_the_day
        .map(|line| {
            line.split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn many_days_that_a_change_of_a_file_moves_wait_for_a_person() {
    let office = told(11, "April 20, 2014");
    let office = office.file("agreements/plans.md", letter(11, "May 20, 2014"));
    // What has not moved leaves.
    let planned = office.prints("remind");
    assert_eq!(
        planned.matches(", held until you release it").count(),
        2,
        "{planned}"
    );
    assert_snapshot!(office.prints("remind --send"), @r"
    2 messages written, into outbox/new:
       UPE  agents@upe.example  Plans: Title of report, due 8 April 2014
       DHA  labor@dha.example   Plans: Title of report, due 8 April 2014
    2 messages held: more than 10 days moved at once by a change of a file. See whether they are meant: sideletter outbox show 3; then let them go: sideletter outbox release 3 5
    ");
    assert_eq!(messages(&office), ["3 held", "4 sent", "5 held", "6 sent"]);
    assert!(
        office
            .prints("outbox show 3")
            .contains("more than 10 days moved at once by a change of a file")
    );
    assert!(!office.prints("outbox show 4").contains("plan_"));
    // Once is enough, and whoever has looked lets them go.
    assert_snapshot!(office.prints("remind --send"), @"Nobody was written to: nothing new is owed.");
    office.prints("outbox release 3 5");
    office.prints("remind --send");
    assert_eq!(messages(&office), ["3 sent", "4 sent", "5 sent", "6 sent"]);
}

#[test]
fn what_is_held_is_given_up_once_the_file_is_put_back() {
    let office = told(11, "April 20, 2014");
    let office = office.file("agreements/plans.md", letter(11, "May 20, 2014"));
    assert!(
        office
            .prints("run")
            .contains("2 messages held: more than 10 days moved")
    );
    let office = office.file("agreements/plans.md", letter(11, "April 20, 2014"));
    office.prints("remind --send");
    assert_eq!(
        messages(&office),
        ["3 cancelled", "4 sent", "5 cancelled", "6 sent"]
    );
}

#[test]
fn ten_days_that_a_change_of_a_file_moves_are_told_at_once() {
    let office = told(10, "April 20, 2014");
    let office = office.file("agreements/plans.md", letter(10, "May 20, 2014"));
    office.prints("remind --send");
    assert_eq!(messages(&office), ["3 sent", "4 sent"]);
}

#[test]
fn many_days_that_the_record_moves_are_told_at_once() {
    let office = told(11, "30 days after implementation");
    office.prints("record struck plans --entry 1 --by upe");
    office.prints("record happened plans/implementation --on 2014-03-30 --by upe");
    office.prints("remind --send");
    let messages = messages(&office);
    assert!(
        !messages.is_empty() && messages.iter().all(|m| m.ends_with("sent")),
        "{messages:?}"
    );
    assert!(office.prints("outbox").contains("moved"));
}

#[test]
fn what_overtakes_a_day_that_is_held_tells_it_and_the_old_one() {
    let office = told(11, "April 20, 2014");
    let office = office.file("agreements/plans.md", letter(11, "May 20, 2014"));
    office.prints("remind --send");
    let office = office.on("2014-04-20");
    office.prints("remind --send");
    let said = office.prints("outbox show 7");
    let changed = "The day has changed: earlier messages said Sunday 20 April 2014.";
    assert_eq!(said.matches(changed).count(), 11, "{said}");
    // Nobody lets go of it any more, and it is no news a second time.
    assert_eq!(messages(&office)[0], "3 cancelled");
    assert!(office.fails(2, "outbox release 3").contains("cancelled"));
    let office = office.on("2014-05-13");
    office.prints("remind --send");
    let said = office.prints("outbox show 9");
    assert!(!said.contains("has changed"), "{said}");
    let outbox = office.prints("outbox");
    assert_eq!(outbox.matches("moved").count(), 22, "{outbox}");
}

#[test]
fn a_held_message_of_which_a_part_is_overtaken_stays_held() {
    let office = told(11, "April 20, 2014");
    let early = letter(11, "May 20, 2014").replacen("May 20, 2014", "May 10, 2014", 1);
    let office = office.file("agreements/plans.md", early);
    office.prints("remind --send");
    let office = office.on("2014-04-10");
    office.prints("remind --send");
    assert_eq!(messages(&office)[0], "3 held");
    let said = office.prints("outbox show 7");
    assert!(
        said.contains("The day has changed: earlier messages said Sunday 20 April 2014."),
        "{said}"
    );
    let office = office.on("2014-04-20");
    office.prints("remind --send");
    assert_eq!(messages(&office)[0], "3 cancelled");
}

#[test]
fn what_is_skipped_after_it_was_moved_keeps_its_new_day() {
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/plans.md", letter(1, "May 30, 2014"));
    for line in [
        "remind --send --today 2014-05-01",
        "record moved plans/plan_1 --to 2014-06-20 --by upe --today 2014-05-02",
        "record confirmed plans --entry 1 --by dha --today 2014-05-02",
        "record waived plans/plan_1 --by upe --today 2014-05-05",
        "record confirmed plans --entry 3 --by dha --today 2014-05-05",
        "remind --send --today 2014-05-06",
    ] {
        office.prints(line);
    }
    let outbox = office.prints("outbox");
    let last = outbox.lines().last().unwrap();
    assert!(
        last.contains("Plans: Title of plan_1, due 20 June 2014"),
        "{outbox}"
    );
}

#[test]
fn both_days_are_told_where_the_parties_claim_two() {
    let office = Office::empty().file("parties.toml", PARTIES).file(
        "agreements/plans.md",
        letter(1, "30 days after implementation"),
    );
    for line in [
        "record happened plans/implementation --on 2014-05-10 --by upe --today 2014-05-20",
        "record happened plans/implementation --on 2014-05-15 --by dha --today 2014-05-20",
        "remind --send --today 2014-05-20",
    ] {
        office.prints(line);
    }
    let shown = office.prints("outbox show 1");
    let text: Vec<&str> = shown.split_whitespace().collect();
    let said = "Another day is claimed: if ‘Implementation’ was on 15 May 2014 (entry 2 of the record, by DHA), it is Saturday 14 June 2014 (two days are claimed; the earlier is used until one is confirmed or struck out).";
    assert!(text.join(" ").contains(said), "{shown}");
}

//! Acts of all sides, notice, strikes and what only some may see: docs/record.md, "Acts of all sides".

use crate::office::Office;
use crate::states::{letter, listed, owed};
use insta::assert_snapshot;

fn office() -> Office {
    letter(&format!(
        "signed = 2014-01-01\neffective = 2014-01-01\nexpires = 2014-12-31\ntracked_from = 2014-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}{}{}{}{}{}",
        owed("meeting", "due = \"May 2, 2014\""),
        owed("minutes", "due = \"10 days after meeting\""),
        owed("committee", "every = \"every month\"\nfirst = 2014-03-15\ntimes = 3"),
        owed("training", "due = \"as soon as administratively possible\""),
        owed("no_quota", ""),
        owed("harmless", "lasts = \"from April 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"by_agreement\""),
    ))
    .on("2014-04-10")
}

#[track_caller]
fn says(office: &Office, line: &str) -> String {
    let said = office.prints(line);
    said.lines()
        .filter(|line| !line.starts_with("To strike it out"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn stand(office: &Office, obligation: &str) -> String {
    let all = listed(office, "due --all");
    let lines: Vec<&str> = all
        .lines()
        .filter(|line| line.starts_with(obligation))
        .collect();
    lines.join("\n")
}

#[test]
fn a_move_is_proposed_until_all_have_agreed_and_then_carries_what_hangs_on_it() {
    let office = office();
    assert_snapshot!(says(&office, "record moved letter/meeting --to 2014-05-20 --by upe"), @r#"
    Entry 1: UPE agrees to move "Title of meeting" to Tuesday 20 May 2014.
    It is proposed and waits for DHA; until all have agreed, the old date runs.
    DHA may answer: sideletter record confirmed letter --entry 1 --by dha, or `disputed` in its place
    "#);
    // Until then the old date runs.
    assert_snapshot!(stand(&office, "m"), @"
    meeting open due 2014-05-02
    minutes waiting due 2014-05-12 projected waits for meeting
    ");
    assert_snapshot!(says(&office, "record confirmed letter/meeting --by dha"), @"
    Entry 2: DHA confirms entry 1.
    All parties have agreed.

    What follows from it:
      Title of meeting: 2 May 2014 -> 20 May 2014 (scheduled)
      Title of minutes: 12 May 2014 -> 30 May 2014 (expected, waiting)
    ");
    assert_snapshot!(stand(&office, "m"), @"
    meeting scheduled due 2014-05-20
    minutes waiting due 2014-05-30 projected waits for meeting
    ");
    assert_snapshot!(office.prints("why letter/meeting"), @r#"
    Title of meeting
    Letter
    Owed by UPE and DHA

    The words: "May 2, 2014"

      1. the words name Friday 2 May 2014
      2. moved from Friday 2 May 2014 to Tuesday 20 May 2014, as all parties agreed
         [entries 1 and 2 of the record, by UPE and DHA]

    Last day: Tuesday 20 May 2014

    Recorded:
      entry 1, 2014-04-10: UPE agrees to move "Title of meeting" to Tuesday 20 May 2014 [agreed: UPE and DHA]
      entry 2, 2014-04-10: DHA confirms entry 1
    "#);
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                 day  by   remark
    1    2014-04-10 09:00  moved letter/meeting, to 2014-05-20       UPE  [agreed: UPE and DHA]
    2    2014-04-10 09:00  confirmed entry 1, letter/meeting         DHA
    ");
}

#[test]
fn the_same_act_by_the_other_party_agrees_and_another_day_is_another_proposal() {
    let office = office();
    office.prints("record moved letter/meeting --to 2014-05-20 --by upe");
    office.prints("record moved letter/meeting --to 2014-05-27 --by dha");
    assert_eq!(stand(&office, "meeting"), "meeting open due 2014-05-02");
    assert_snapshot!(office.fails(2, "record confirmed letter/meeting --by upe --entry 1"), @"sideletter: entry 1 is UPE's own, and another party answers it: --by dha; to take it back: sideletter record struck letter --entry 1 --by upe");
    assert_snapshot!(office.fails(2, "record moved letter/meeting --to 2014-05-30 --by upe"), @"sideletter: entry 1 proposes to move it to 20 May 2014 already, about letter/meeting; to propose something else, strike it out first: sideletter record struck letter --entry 1 --by upe");
    office.prints("record struck letter --entry 2 --by dha");
    assert_snapshot!(says(&office, "record moved letter/meeting --to 2014-05-20 --by dha"), @r#"
    Entry 4: DHA agrees to move "Title of meeting" to Tuesday 20 May 2014.
    All parties have agreed to it.

    What follows from it:
      Title of meeting: 2 May 2014 -> 20 May 2014 (scheduled)
      Title of minutes: 12 May 2014 -> 30 May 2014 (expected, waiting)
    "#);
    assert_eq!(
        stand(&office, "meeting"),
        "meeting scheduled due 2014-05-20"
    );
    assert_snapshot!(office.fails(2, "record moved letter/meeting --to 2014-05-20 --by dha"), @"sideletter: the last day of `meeting` is 20 May 2014 already; name another as --to");
    // Moved again: the last that all agreed to holds, and what was open then is overtaken.
    office.prints("record moved letter/meeting --to 2014-06-01 --by upe");
    office.prints("record moved letter/meeting --to 2014-06-02 --by dha");
    office.prints("record confirmed letter --entry 6 --by upe");
    assert_eq!(
        stand(&office, "meeting"),
        "meeting scheduled due 2014-06-02"
    );
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                 day  by   remark
    1    2014-04-10 09:00  moved letter/meeting, to 2014-05-20       UPE  [agreed: UPE and DHA; overtaken by entry 7]
    2    2014-04-10 09:00  moved letter/meeting, to 2014-05-27       DHA  [struck out by entry 3]
    3    2014-04-10 09:00  struck entry 2, letter/meeting            DHA
    4    2014-04-10 09:00  moved letter/meeting, to 2014-05-20       DHA  [agreed: UPE and DHA; overtaken by entry 7]
    5    2014-04-10 09:00  moved letter/meeting, to 2014-06-01       UPE  [overtaken by entry 7]
    6    2014-04-10 09:00  moved letter/meeting, to 2014-06-02       DHA  [agreed: DHA and UPE]
    7    2014-04-10 09:00  confirmed entry 6, letter/meeting         UPE
    ");
    assert_snapshot!(office.fails(2, "record confirmed letter --entry 5 --by dha"), @"sideletter: something else was agreed on since entry 5, which is no longer open: sideletter log letter");
    assert_snapshot!(office.fails(2, "record disputed letter --entry 6 --by upe"), @"sideletter: all parties have agreed to entry 6; to change what was agreed, propose something else: sideletter record moved letter/meeting --to DATE");
}

#[test]
fn a_proposal_that_the_other_side_does_not_agree_to_stays_one() {
    let office = office();
    office.prints("record waived letter/meeting --by upe");
    assert_snapshot!(says(&office, "record disputed letter/meeting --by dha"), @"
    Entry 2: DHA disputes entry 1.
    Entry 1 is proposed and waits for DHA; until all have agreed, the old date runs.
    ");
    assert_eq!(stand(&office, "meeting"), "meeting open due 2014-05-02");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day  by   remark
    1    2014-04-10 09:00  waived letter/meeting                  UPE  [proposed by UPE; waits for DHA; not agreed to by DHA]
    2    2014-04-10 09:00  disputed entry 1, letter/meeting       DHA
    ");
    office.prints("record confirmed letter/meeting --by dha");
    assert_eq!(stand(&office, "meeting"), "meeting waived due 2014-05-02");
}

#[test]
fn one_of_a_series_is_moved_or_skipped_and_keeps_its_name() {
    let office = office();
    assert_snapshot!(office.fails(2, "record waived letter/committee --by upe --occurrence 2014-03-16"), @"sideletter: `committee` has no occurrence on 2014-03-16; there are: 2014-03-15 (overdue), 2014-04-15 (open), 2014-05-15 (scheduled)");
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record waived letter/committee --by {party} --occurrence 2014-03-15"
        ));
        office.prints(&format!(
            "record moved letter/committee --to 2014-04-22 --by {party} --occurrence 2014-04-15"
        ));
    }
    assert_snapshot!(stand(&office, "committee"), @"
    committee waived due 2014-03-15
    committee open due 2014-04-22
    committee scheduled due 2014-05-15
    ");
    assert_eq!(
        office.json("due --all --agreement letter")[1]["occurrence"],
        "2014-04-15"
    );
    office.prints("record met letter/committee --on 2014-04-10 --by dha --occurrence 2014-04-22");
    assert_eq!(office.json("log")[4]["occurrence"], "2014-04-15");
}

#[test]
fn what_has_no_day_gets_the_one_that_all_agree_on() {
    let office = office();
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record moved letter/training --to 2014-06-01 --by {party}"
        ));
    }
    assert_eq!(
        stand(&office, "training"),
        "training scheduled due 2014-06-01"
    );
}

#[test]
fn what_all_agreed_to_is_struck_out_by_all() {
    let office = office();
    office.prints("record moved letter/meeting --to 2014-05-20 --by upe");
    office.prints("record confirmed letter/meeting --by dha");
    // Neither alone takes it back, whichever entry it is.
    assert_snapshot!(says(&office, "record struck letter --entry 2 --by dha"), @"
    Entry 3: entry 2 is to be struck out, by DHA.
    All parties agreed to entry 2, so it stands until each of them has struck it out: sideletter record struck letter --entry 2 --by PARTY
    ");
    assert_snapshot!(says(&office, "record struck letter --entry 1 --by upe"), @"
    Entry 4: entry 1 is to be struck out, by UPE.
    All parties agreed to entry 1, so it stands until each of them has struck it out: sideletter record struck letter --entry 1 --by PARTY
    ");
    assert_eq!(
        stand(&office, "meeting"),
        "meeting scheduled due 2014-05-20"
    );
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by upe"), @"sideletter: entry 4 strikes it out already, and waits for the others who agreed to it");
    assert_snapshot!(office.fails(2, "record confirmed letter --entry 4 --by dha"), @"sideletter: entry 4 strikes out entry 1, which takes every party's own strike: sideletter record struck letter --entry 1");
    assert_snapshot!(says(&office, "record struck letter --entry 1 --by dha"), @"
    Entry 5: entry 1 is struck out, by DHA.
    With that entry 2 is void, too: entry 3 had struck it out, and waits for nobody any more.

    What follows from it:
      Title of meeting: 20 May 2014 -> 2 May 2014 (open)
      Title of minutes: 30 May 2014 -> 12 May 2014 (expected, waiting)
    ");
    assert_eq!(stand(&office, "meeting"), "meeting open due 2014-05-02");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                 day  by   remark
    1    2014-04-10 09:00  moved letter/meeting, to 2014-05-20       UPE  [struck out by entry 5]
    2    2014-04-10 09:00  confirmed entry 1, letter/meeting         DHA  [struck out by entry 3]
    3    2014-04-10 09:00  struck entry 2, letter/meeting            DHA
    4    2014-04-10 09:00  struck entry 1, letter/meeting            UPE
    5    2014-04-10 09:00  struck entry 1, letter/meeting            DHA
    ");
}

#[test]
fn an_act_must_fit_what_it_is_about() {
    let office = office();
    let refused = |line: &str| office.fails(2, line);
    assert_snapshot!(refused("record moved letter/meeting --by upe"), @"sideletter: to which day? Say the new last day as --to YYYY-MM-DD");
    assert_snapshot!(refused("record moved letter/meeting --to 2014-05-02 --by upe"), @"sideletter: the last day of `meeting` is 2 May 2014 already; name another as --to");
    assert_snapshot!(refused("record moved letter/meeting --on 2014-04-02 --to 2014-05-03 --by upe"), @"sideletter: `moved` takes no --on; which of several is said as --occurrence DATE, and a new last day as --to DATE");
    assert_snapshot!(refused("record moved letter/request --to 2014-05-02 --by upe"), @"sideletter: `request` is an event, which happens when it does; what hangs on it may be moved; if the day is another: sideletter record happened letter/request --on DATE");
    assert_snapshot!(refused("record moved letter/expiration --to 2015-05-02 --by upe"), @"sideletter: the end of an agreement is put off or brought forward as `renewed` or `ended`: sideletter record renewed letter --to DATE");
    assert_snapshot!(refused("record moved letter --to 2015-05-02 --by upe"), @"sideletter: what is moved? Type letter/OBLIGATION, where OBLIGATION is meeting, minutes, committee or training");
    assert_snapshot!(refused("record moved letter/harmless --to 2014-08-01 --by upe"), @"sideletter: `harmless` is a term; if it ends on another day: sideletter record ended letter/harmless --on DATE, or record renewed letter/harmless --to DATE");
    assert_snapshot!(refused("record waived letter/no_quota --by upe"), @"sideletter: `no_quota` is a standing duty, which has no day to be waived; if it ends: sideletter record ended letter/no_quota --on DATE");
    assert_snapshot!(refused("record waived letter/meeting"), @"sideletter: which party says so? Type --by upe or --by dha");
    assert_snapshot!(refused("record waived letter/meeting --to 2014-05-03 --by upe"), @"sideletter: --to is a new last day, which only `moved` and `renewed` have; type it without, or one of these");
    assert_snapshot!(refused("record met letter/meeting --on 2014-04-02 --to 2014-05-03 --by upe"), @"sideletter: --to is a new last day, which only `moved` and `renewed` have; type it without, or one of these");
    assert_snapshot!(refused("record waived letter/meeting --entry 1 --by upe"), @"sideletter: `waived` answers no entry; to agree to one: record confirmed, with --entry N");
    assert_snapshot!(refused("record met letter/meeting --on 2014-04-02 --entry 1 --by upe"), @"sideletter: `met` answers no entry; leave --entry out");
    assert_snapshot!(refused("record noted letter --note x --erase"), @"sideletter: --erase goes with `struck`, and removes the text of what is struck out");
    assert_snapshot!(refused("record renewed letter/meeting --to 2014-08-01 --by upe"), @"sideletter: `meeting` names no renewal, so there is nothing to renew; an agreement of all sides that it goes on is an amendment: a file of its own, with [changes]");
    assert_snapshot!(refused("record renewed letter/harmless --by upe"), @"sideletter: `harmless` does not say for how long it is renewed; say the new last day as --to YYYY-MM-DD");
    assert_snapshot!(refused("record renewed letter/harmless --to 2014-06-30 --by upe"), @"sideletter: `harmless` lasts through 30 June 2014 as it stands; a renewal ends later: name a later day as --to");
    assert_snapshot!(refused("record renewed letter/harmless --to 2014-09-30 --occurrence 2014-06-30 --by upe"), @"sideletter: `renewed` is about all that is still to come; leave --occurrence out");
    assert_snapshot!(refused("record ended letter/meeting --on 2014-04-02 --by upe"), @"sideletter: `meeting` is owed once, so it cannot be ended; if it is skipped: sideletter record waived letter/meeting");
    assert_snapshot!(refused("record ended letter/harmless --by upe"), @"sideletter: on which day? Say it as --on YYYY-MM-DD; for today: --on 2014-04-10");
    assert_snapshot!(refused("record notice letter/harmless --on 2014-04-02 --by upe"), @"sideletter: no notice is asked for about the renewal of `harmless`: it goes on only where that is agreed, or chosen; to say so: record renewed; to keep a remark: record noted");
    assert_snapshot!(refused("record notice letter/meeting --on 2014-04-02 --by upe"), @r#"sideletter: `meeting` has no renewal that notice could stop; to keep a remark: sideletter record noted letter --note "...""#);
    assert_snapshot!(refused("record notice letter/notice --on 2014-04-02 --by upe"), @"sideletter: type `record notice letter/renewal` for notice that stops a renewal; where a time limit hangs on notice: sideletter record happened letter/notice --on DATE");
    assert_snapshot!(refused("record notice letter --on 2014-04-11 --by upe"), @"sideletter: 11 April 2014 has not come yet: today is 10 April 2014; record what happened once it has");
    assert_snapshot!(refused("record notice letter --by upe"), @"sideletter: on which day? Say it as --on YYYY-MM-DD; for today: --on 2014-04-10");
    office.prints("record met letter/meeting --on 2014-04-02 --by upe");
    office.prints("record met letter/meeting --on 2014-04-02 --by dha");
    assert_snapshot!(refused("record waived letter/meeting --by upe"), @"sideletter: `meeting` is recorded as done, so there is nothing to skip; if that is wrong, strike it out or dispute it first: sideletter log letter");
    assert_snapshot!(refused("record met letter/meeting --on 2014-04-03 --by upe"), @"sideletter: entry 1 says so already (2 April 2014); if it is wrong, strike it out first: sideletter record struck letter --entry 1 --by upe");
    assert_eq!(office.json("log").as_array().unwrap().len(), 2);
}

#[test]
fn notice_is_recorded_outside_its_window_too_and_flagged() {
    let office = office();
    assert_snapshot!(says(&office, "record notice letter --on 2014-04-09 --by upe"), @r#"
    Entry 1: UPE says that notice about the renewal of "Letter" was given on Wednesday 9 April 2014.
    DHA may answer: sideletter record confirmed letter --entry 1 --by dha, or `disputed` in its place
    Notice may be given from Thursday 2 October 2014: this is 176 days early.
    No day changes by it as things stand: notice was given on Wednesday 9 April 2014, 176 days before its window opens on 2 October 2014, so it goes on.
    "#);
    assert_snapshot!(office.fails(2, "record notice letter/renewal --on 2014-04-09 --by upe"), @"sideletter: entry 1 says so already (9 April 2014, about letter/renewal); if it is wrong, strike it out first: sideletter record struck letter --entry 1 --by upe");
    let office = office.on("2014-11-10");
    assert_snapshot!(says(&office, "record notice letter/renewal --on 2014-10-15 --by upe"), @r#"
    Entry 2: UPE says that notice about the renewal of "Letter" was given on Wednesday 15 October 2014.
    DHA may answer: sideletter record confirmed letter --entry 2 --by dha, or `disputed` in its place
    It is entered 9 days after the last day for notice, Saturday 1 November 2014: it counts as long as nobody disputes it; once the term has gone on, only when it is accepted.

    What follows from it:
      Expiration of the agreement: 31 December 2014 (running), and does not go on after that
    "#);
    assert_snapshot!(says(&office, "record notice letter/renewal --on 2014-11-10 --by upe"), @r#"
    Entry 3: UPE says that notice about the renewal of "Letter" was given on Monday 10 November 2014.
    DHA may answer: sideletter record confirmed letter --entry 3 --by dha, or `disputed` in its place
    The last day for notice was Saturday 1 November 2014: this is 9 days late.
    No day changes by it as things stand: it was not to go on before either: notice was given on Wednesday 15 October 2014, inside its window: it is not renewed.
    "#);
}

#[test]
fn words_that_say_nothing_are_refused() {
    let office = office();
    let empty = |flag: &str, kind: &[&str]| {
        let mut arguments = vec!["record"];
        arguments.extend(kind);
        arguments.extend(["--by", "upe", flag, " "]);
        let ran = office.run(&arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        ran.stderr
    };
    let met = ["met", "letter/meeting", "--on", "2014-04-02"];
    assert_snapshot!(empty("--speaker", &met), @"sideletter: --speaker is empty; write something after it, or leave it out");
    assert_snapshot!(empty("--for", &met), @"sideletter: --for is empty; write something after it, or leave it out");
    assert_snapshot!(empty("--note", &met), @"sideletter: --note is empty; write something after it, or leave it out");
}

#[test]
fn who_may_see_an_entry_is_never_more_than_may_see_what_it_is_about() {
    let office = office().file("sideletter.toml", "[office]\nkeeper = \"upe\"\n");
    assert_snapshot!(office.fails(2, "record noted letter --note x --visibility public"), @"sideletter: --visibility public is wider than what it is about, which is for `members`; type that, or leave --visibility out");
    assert_snapshot!(office.fails(2, "record noted letter --note x --visibility dha"), @"sideletter: --visibility is public, members, parties or upe, not `dha`");
    assert_snapshot!(office.fails(2, "record met letter/meeting --on 2014-04-02 --visibility upe"), @"sideletter: `met` changes where things stand, so every party may see it; only a remark may be for upe alone: record noted");
    office.prints("record noted letter --note x --visibility upe");
    office.prints("record met letter/meeting --on 2014-04-02 --visibility parties");
    let entries = office.json("log");
    assert_eq!(
        (&entries[0]["visibility"], &entries[1]["visibility"]),
        (&"upe".into(), &"parties".into())
    );
}

#[test]
fn a_text_that_is_erased_is_gone_and_the_record_verifies() {
    let office = office();
    office.prints("record noted letter --note a-person --by upe");
    assert_snapshot!(says(&office, "record struck letter --entry 1 --erase --by upe"), @"Entry 2: entry 1 is struck out and its text is erased, by UPE.");
    assert_snapshot!(office.prints("log"), @r#"
    no.  entered           what                                        day  by   remark
    1    2014-04-10 09:00  text erased                                           [struck out by entry 2]
    2    2014-04-10 09:00  struck entry 1 and erased its text, letter       UPE
    "#);
    assert!(
        office
            .prints("log --verify")
            .starts_with("2 entries (1 erased, whose digests stand)")
    );
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by upe"), @"sideletter: entry 1 was struck out before, by entry 2; there is nothing left to strike");
    let store = std::fs::read(office.root().join(".sideletter/store.db")).unwrap();
    assert!(
        !store.windows(8).any(|bytes| bytes == b"a-person"),
        "the text is still in the file"
    );
    office.prints("record noted letter --note after --by upe");
}

#[test]
fn a_dry_run_of_an_act_says_what_would_follow() {
    let office = office();
    office.prints("record moved letter/meeting --to 2014-05-20 --by upe");
    assert_snapshot!(office.prints("record confirmed letter/meeting --by dha --dry-run"), @"
    Entry 2 would say: DHA confirms entry 1.
    Nothing was entered. Without --dry-run, it is.
    All parties have agreed.

    What follows from it:
      Title of meeting: 2 May 2014 -> 20 May 2014 (scheduled)
      Title of minutes: 12 May 2014 -> 30 May 2014 (expected, waiting)
    ");
    assert_eq!(stand(&office, "meeting"), "meeting open due 2014-05-02");
    assert_eq!(office.json("log").as_array().unwrap().len(), 1);
}

#[test]
fn three_parties_must_all_agree() {
    let office = office();
    let text = std::fs::read_to_string(office.root().join("agreements/letter.md")).unwrap();
    let parties = std::fs::read_to_string(office.root().join("parties.toml")).unwrap();
    let office = office
        .file(
            "agreements/letter.md",
            text.replace("[\"upe\", \"dha\"]", "[\"upe\", \"dha\", \"slta\"]"),
        )
        .file(
            "parties.toml",
            format!("{parties}\n[slta]\nname = \"SLTA\"\nside = \"union\"\n"),
        );
    office.prints("record moved letter/meeting --to 2014-05-20 --by upe");
    assert_snapshot!(says(&office, "record confirmed letter/meeting --by slta"), @"
    Entry 2: SLTA confirms entry 1.
    Entry 1 is proposed and waits for DHA; until all have agreed, the old date runs.
    ");
    assert_eq!(stand(&office, "meeting"), "meeting open due 2014-05-02");
    office.prints("record confirmed letter/meeting --by dha");
    assert_eq!(
        stand(&office, "meeting"),
        "meeting scheduled due 2014-05-20"
    );
    // Of a claim, one other party's word is enough, where nobody says otherwise.
    office.prints("record met letter/meeting --on 2014-04-02 --by upe");
    office.prints("record met letter/meeting --on 2014-04-03 --by dha");
    office.prints("record confirmed letter --entry 4 --by slta");
    assert_eq!(stand(&office, "meeting"), "meeting disputed due 2014-05-20");
    office.prints("record confirmed letter --entry 4 --by dha");
    assert_eq!(stand(&office, "meeting"), "meeting met due 2014-05-20");
}

//! What a party takes back, answers otherwise, or has erased: docs/record.md, "Striking out" and "Claims and answers".

use crate::office::Office;
use crate::states::{agreement, letter, listed, owed};
use insta::assert_snapshot;

fn office() -> Office {
    letter(&format!(
        "effective = 2014-01-01\ntracked_from = 2014-01-01\n{}{}",
        owed("report", "due = \"May 2, 2014\""),
        owed("no_quota", ""),
    ))
    .on("2014-05-01")
}

fn kept_by_upe() -> Office {
    office()
        .file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
        .file("letter.pdf", "Strike it out.")
}

#[track_caller]
fn report(office: &Office) -> String {
    let all = listed(office, "due --all");
    all.lines().next().unwrap().to_owned()
}

#[test]
fn the_keeper_erases_another_partys_words_on_its_own_words_alone() {
    let office = kept_by_upe();
    office.prints("record noted letter --note Named --by dha");
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --erase --by dha"), @"sideletter: entry 1 is DHA's word, and its text is erased on DHA's own words alone; name the paper that has them: --evidence FILE");
    // What it entered by mistake it strikes out, and what is its own it erases.
    office.prints("record struck letter --entry 1 --by dha --dry-run");
    office.prints("record struck letter --entry 1 --erase --by dha --evidence letter.pdf");
    office.prints("record noted letter --note Named");
    office.prints("record struck letter --entry 3 --erase");
}

#[test]
fn a_claim_that_another_party_has_confirmed_is_not_for_its_maker_to_take_back_alone() {
    let office = office();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter/report --by upe");
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by dha --erase"), @"sideletter: DHA and UPE stand by entry 1, so its text goes only with the last of their strikes; strike it out without --erase");
    assert_snapshot!(office.prints("record struck letter --entry 1 --by dha"), @"
    Entry 3: entry 1 is to be struck out, by DHA.
    To strike it out: sideletter record struck letter --entry 3 --by dha
    Another party has confirmed entry 1, so it stands until that party too has struck it out: sideletter record struck letter --entry 1 --by PARTY
    ");
    assert_eq!(report(&office), "report met due 2014-05-02");
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by dha"), @"sideletter: entry 3 strikes it out already, and waits for the others who agreed to it");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by   remark
    1    2014-05-01 09:00  met letter/report                 2014-04-30  DHA  [confirmed: DHA and UPE]
    2    2014-05-01 09:00  confirmed entry 1, letter/report              UPE
    3    2014-05-01 09:00  struck entry 1, letter/report                 DHA  [waits for the strikes of all who agreed]
    ");
    assert_snapshot!(office.prints("record struck letter --entry 1 --by upe"), @"
    Entry 4: entry 1 is struck out, by UPE.

    What follows from it:
      Title of report: 2 May 2014 (open)
    ");
    assert_eq!(report(&office), "report open due 2014-05-02");
}

#[test]
fn a_strike_takes_effect_once_the_word_that_it_waited_for_is_gone() {
    let office = office();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter/report --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    assert_snapshot!(office.prints("record struck letter --entry 2 --by upe"), @"
    Entry 4: entry 2 is struck out, by UPE.
    With that entry 1 is void, too: entry 3 had struck it out, and waits for nobody any more.

    What follows from it:
      Title of report: 2 May 2014 (open)
    ");
    assert_eq!(report(&office), "report open due 2014-05-02");
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by dha"), @"sideletter: entry 1 was struck out before, by entry 3; there is nothing left to strike
");
    assert_snapshot!(office.fails(2, "record struck letter --entry 3 --by dha"), @"sideletter: entry 3 is itself a strike, which stays; enter anew what it struck out
");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by   remark
    1    2014-05-01 09:00  met letter/report                 2014-04-30  DHA  [struck out by entry 3]
    2    2014-05-01 09:00  confirmed entry 1, letter/report              UPE  [struck out by entry 4]
    3    2014-05-01 09:00  struck entry 1, letter/report                 DHA
    4    2014-05-01 09:00  struck entry 2, letter/report                 UPE
    ");
}

#[test]
fn a_strike_takes_effect_where_who_had_confirmed_comes_to_say_otherwise() {
    let office = office();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter/report --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    office.prints("record disputed letter --entry 1 --by upe");
    assert_eq!(report(&office), "report open due 2014-05-02");
    // What it says otherwise to is void, and stays so when that is taken back.
    office.prints("record struck letter --entry 4 --by upe");
    assert_eq!(report(&office), "report open due 2014-05-02");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by   remark
    1    2014-05-01 09:00  met letter/report                 2014-04-30  DHA  [struck out by entry 3]
    2    2014-05-01 09:00  confirmed entry 1, letter/report              UPE
    3    2014-05-01 09:00  struck entry 1, letter/report                 DHA
    4    2014-05-01 09:00  disputed entry 1, letter/report               UPE  [struck out by entry 5]
    5    2014-05-01 09:00  struck entry 4, letter/report                 UPE
    ");
}

#[test]
fn a_strike_that_was_struck_out_waits_for_nobody() {
    let office = office();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter/report --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    office.prints("record struck letter --entry 3 --by dha");
    office.prints("record struck letter --entry 2 --by upe");
    assert_eq!(report(&office), "report reported due 2014-05-02");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by   remark
    1    2014-05-01 09:00  met letter/report                 2014-04-30  DHA
    2    2014-05-01 09:00  confirmed entry 1, letter/report              UPE  [struck out by entry 5]
    3    2014-05-01 09:00  struck entry 1, letter/report                 DHA  [struck out by entry 4]
    4    2014-05-01 09:00  struck entry 3, letter/report                 DHA
    5    2014-05-01 09:00  struck entry 2, letter/report                 UPE
    ");
}

#[test]
fn a_strike_of_an_answer_waits_no_longer_once_what_it_answers_is_void() {
    let office = office();
    office.prints("record moved letter/report --to 2014-06-02 --by upe");
    office.prints("record confirmed letter/report --by dha");
    office.prints("record struck letter --entry 2 --by dha");
    office.prints("record struck letter --entry 1 --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                day  by   remark
    1    2014-05-01 09:00  moved letter/report, to 2014-06-02       UPE  [struck out by entry 5]
    2    2014-05-01 09:00  confirmed entry 1, letter/report         DHA  [struck out by entry 3]
    3    2014-05-01 09:00  struck entry 2, letter/report            DHA
    4    2014-05-01 09:00  struck entry 1, letter/report            UPE
    5    2014-05-01 09:00  struck entry 1, letter/report            DHA
    ");
}

#[test]
fn an_answer_that_says_otherwise_than_the_one_before_is_told_with_that() {
    let office = office();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter --entry 1 --by upe");
    assert_snapshot!(office.fails(2, "record confirmed letter --entry 1 --by upe"), @"sideletter: entry 2 says so already; if it is wrong, strike it out: sideletter record struck letter --entry 2 --by upe");
    assert_snapshot!(office.prints("record disputed letter --entry 1 --by upe"), @"
    Entry 3: UPE disputes entry 1.
    To strike it out: sideletter record struck letter --entry 3 --by upe
    Entry 1 is disputed: UPE says otherwise. It stays so until one side confirms the other's word or strikes out its own.
    UPE had confirmed it with entry 2; of its answers the last counts.

    What follows from it:
      Title of report: 2 May 2014 (disputed)
    ");
    assert_snapshot!(office.fails(2, "record disputed letter --entry 1 --by upe"), @"sideletter: entry 3 says so already; if it is wrong, strike it out: sideletter record struck letter --entry 3 --by upe");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                              day         by   remark
    1    2014-05-01 09:00  met letter/report                 2014-04-30  DHA  [disputed by UPE]
    2    2014-05-01 09:00  confirmed entry 1, letter/report              UPE  [UPE has disputed it with entry 3 since]
    3    2014-05-01 09:00  disputed entry 1, letter/report               UPE  [UPE had confirmed it with entry 2]
    ");
    assert_snapshot!(office.prints("record confirmed letter --entry 1 --by upe"), @"
    Entry 4: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 4 --by upe
    Entry 1 is confirmed.
    UPE had disputed it with entry 3; of its answers the last counts.

    What follows from it:
      Title of report: 2 May 2014 (met)
    ");
    assert_eq!(report(&office), "report met due 2014-05-02");
    let page = office.prints("log --case letter");
    assert!(
        page.contains("UPE has disputed it with entry 3 since"),
        "{page}"
    );
    assert!(page.contains("UPE had disputed it with entry 3"), "{page}");
}

#[test]
fn the_keeper_answers_otherwise_for_another_party_on_its_own_words_alone() {
    let office = kept_by_upe();
    office.prints("record met letter/report --on 2014-04-30");
    office.prints("record confirmed letter --entry 1 --by dha --evidence letter.pdf");
    assert_snapshot!(office.fails(2, "record disputed letter --entry 1 --by dha"), @"sideletter: DHA has confirmed entry 1 with entry 2, and answers otherwise on DHA's own words alone; name the paper that has them: --evidence FILE");
    office.prints("record disputed letter --entry 1 --by dha --evidence letter.pdf");
}

#[test]
fn what_is_void_was_not_broken_from_then_on() {
    let office = office().file(
        "agreements/later.md",
        agreement(
            "Later",
            "signed = 2014-03-01\namends = [\"letter\"]\n[changes]\n\"letter/no_quota\" = \"void\"\n",
        ),
    );
    office.prints("record disputed letter/no_quota --on 2014-02-28 --by upe");
    assert_snapshot!(office.fails(2, "record disputed letter/no_quota --on 2014-03-01 --by upe"), @r#"sideletter: `no_quota` is owed no more from 1 March 2014 on, by `later`; to keep a remark: sideletter record noted letter/no_quota --note "...""#);
}

#[test]
fn what_the_keeper_enters_in_another_partys_name_confirms_nothing_and_does_not_bind_it() {
    let office = kept_by_upe();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record confirmed letter/report --by upe");
    assert_eq!(report(&office), "report reported due 2014-05-02");
    // The party strikes it out, says otherwise or names its own day, whoever relies on it.
    office.prints("record disputed letter --entry 1 --by dha --dry-run");
    office.prints("record struck letter --entry 1 --by dha --dry-run");
    office.prints(
        "record met letter/report --on 2014-04-28 --by dha --evidence letter.pdf --dry-run",
    );
    office.prints("record confirmed letter/report --by dha --evidence letter.pdf");
    assert_eq!(report(&office), "report met due 2014-05-02");
}

#[test]
fn what_a_party_has_said_itself_stays_whatever_is_entered_in_its_name() {
    let office = kept_by_upe();
    office.prints("record met letter/report --on 2014-04-30");
    office.prints("record confirmed letter/report --by dha --evidence letter.pdf");
    office.run(&[
        "record",
        "met",
        "letter/report",
        "--on",
        "2014-04-01",
        "--by",
        "dha",
    ]);
    assert_eq!(report(&office), "report met due 2014-05-02");
}

#[test]
fn a_day_of_its_own_stands_in_the_place_of_one_that_was_entered_in_a_partys_name() {
    let office = kept_by_upe();
    office.prints("record met letter/report --on 2014-04-30 --by dha");
    office.prints("record met letter/report --on 2014-04-28 --by dha --evidence letter.pdf");
    assert_eq!(report(&office), "report reported due 2014-05-02");
    office.prints("record confirmed letter --entry 2 --by upe");
    assert_eq!(report(&office), "report met due 2014-05-02");
}

#[test]
fn what_no_party_said_is_for_all_to_strike_out() {
    let office = office();
    office.prints("record noted letter --note Anybody");
    office.fails(2, "record struck letter --entry 1");
    assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by upe --erase"), @"sideletter: no party made entry 1, so its text goes only with the last of the strikes of UPE and DHA; strike it out without --erase");
    assert_snapshot!(office.prints("record struck letter --entry 1 --by upe"), @"
    Entry 2: entry 1 is to be struck out, by UPE.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    No party made entry 1, so it stands until each of them has struck it out: sideletter record struck letter --entry 1 --by PARTY
    ");
    office.prints("record struck letter --entry 1 --by dha --erase");
}

/// A letter of three parties that UPE may renew once, in May.
fn of_three_with_an_option() -> Office {
    let parties = "[upe]\nname = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n[cna]\nname = \"CNA\"\nside = \"union\"\n";
    let letter = agreement(
        "Letter",
        "effective = 2024-07-01\nexpires = 2025-06-30\ntracked_from = 2024-07-01\n\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"1 year\"\nwindow = \"between 60 and 30 days before expiration\"\n",
    )
    .replace("\"dha\"]", "\"dha\", \"cna\"]");
    Office::empty()
        .file("parties.toml", parties)
        .file("agreements/letter.md", letter)
}

#[test]
fn an_option_that_was_used_by_confirming_what_another_proposed_is_its_holders_to_take_back() {
    let office = of_three_with_an_option();
    office.prints("record renewed letter --by dha --today 2025-05-10");
    let said = office.prints("record confirmed letter --by upe --today 2025-05-12");
    assert!(
        said.contains("Entry 1 holds: the agreement leaves it to the option of UPE.\n"),
        "{said}"
    );
    assert_snapshot!(office.fails(2, "record confirmed letter --entry 1 --by cna --today 2025-05-13"), @r#"sideletter: entry 1 holds: the agreement leaves it to the option of UPE, and asks for no other party's word; to keep a remark: sideletter record noted letter --entry 1 --note "..."
"#);
    // Who proposed it does not take the holder's word back with it.
    let proposal = office.prints("record struck letter --entry 1 --by dha --today 2025-05-14");
    assert!(
        proposal.contains(
            "By entry 1 the option of UPE was used, so it stands until UPE, too, has struck it out"
        ),
        "{proposal}"
    );
    office.prints("record struck letter --entry 2 --by upe --today 2025-05-15");
    let rows = listed(&office, "due --all --today 2025-05-16");
    assert_eq!(rows, "expiration deciding due 2025-06-30");
}

#[test]
fn an_option_that_was_used_by_confirming_is_every_partys_once_its_period_has_begun() {
    let office = of_three_with_an_option();
    office.prints("record renewed letter --by dha --today 2025-05-10");
    office.prints("record confirmed letter --by upe --today 2025-05-12");
    let struck = office.prints("record struck letter --entry 2 --by upe --today 2025-07-02");
    assert!(
        struck.contains("What entry 2 renewed has begun, so it stands until each party"),
        "{struck}"
    );
    let rows = listed(&office, "due --all --today 2025-07-03");
    assert!(rows.contains("expiration running due 2026-06-30"), "{rows}");
}

#[test]
fn what_its_author_struck_out_is_not_agreed_to_once_the_others_word_is_gone() {
    let office = letter(&format!(
        "effective = 2014-01-01\n{}",
        owed("report", "due = \"May 2, 2014\"")
    ));
    office.prints("record waived letter/report --by upe --today 2014-01-10");
    office.prints("record waived letter/report --by dha --today 2014-01-11");
    office.prints("record struck letter --entry 2 --by dha --today 2014-01-12");
    office.prints("record struck letter --entry 1 --by upe --today 2014-01-13");
    assert_snapshot!(office.prints("record struck letter --entry 1 --by dha --today 2014-01-14"), @"
    Entry 5: entry 1 is struck out, by DHA.
    With that entry 2 is void, too: entry 3 had struck it out, and waits for nobody any more.

    What follows from it:
      Title of report: 2 May 2014 (scheduled)
    ");
    assert_snapshot!(office.fails(2, "record confirmed letter/report --entry 2 --by upe --today 2014-01-20"), @"sideletter: entry 2 was struck out by entry 3, so there is nothing to answer; `sideletter log letter` lists what stands
");
    // The act of one alone is one more proposal.
    office.prints("record waived letter/report --by upe --today 2014-01-20");
    assert_eq!(
        listed(&office, "due --all --today 2014-01-20"),
        "report scheduled due 2014-05-02"
    );
    office.prints("record waived letter/report --by dha --today 2014-01-21");
    assert_eq!(
        listed(&office, "due --all --today 2014-01-23"),
        "report waived due 2014-05-02"
    );
}

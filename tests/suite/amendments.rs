//! What later agreements do to earlier ones: another last day, void, other words in their place.
//!
//! The office `amended` has a memorandum, two letters that change it, the second the first as well, and a third that is not
//! settled yet.

use crate::office::Office;
use crate::states::{agreement, letter, listed, owed, stands};
use insta::assert_snapshot;

/// The office; letter 7 was ratified on 10 February 2016.
fn amended() -> Office {
    let office = Office::fixture("offices/amended");
    let ratified =
        "record happened letter_7/ratification --on 2016-02-10 --by upe --today 2016-02-12";
    assert_eq!(office.types(ratified).code, 0);
    office
}

/// Where everything stands, without the quarters that nobody recorded.
fn of(office: &Office, today: &str) -> String {
    let all = stands(office, today);
    let lines: Vec<&str> = all.lines().filter(|l| !l.contains("unrecorded")).collect();
    lines.join("\n")
}

#[test]
fn a_change_holds_from_the_later_letters_own_day() {
    let office = amended();
    assert_snapshot!(of(&office, "2016-02-29"), @"
    labor_committee overdue opens 2015-10-01 due 2015-12-31
    labor_committee open opens 2016-01-01 due 2016-03-31
    successor_talks scheduled due 2016-04-01
    training_report scheduled due 2016-06-01
    labor_committee scheduled opens 2016-04-01 due 2016-06-30
    shift_differential running opens 2013-07-01 due 2016-06-30
    expiration running due 2016-06-30
    answer_to_report waiting due 2016-07-01 projected waits for training_report
    training_report scheduled due 2016-09-01
    figures scheduled due 2016-10-15
    bulletin_boards standing
    ");
    assert_snapshot!(of(&office, "2016-03-01"), @"
    labor_committee overdue opens 2015-10-01 due 2015-12-31
    labor_committee open opens 2016-01-01 due 2016-03-31
    training_report superseded due 2016-06-01
    labor_committee scheduled opens 2016-04-01 due 2016-06-30
    shift_differential running opens 2013-07-01 due 2016-06-30
    training_report scheduled due 2016-09-01
    labor_committee scheduled opens 2016-07-01 due 2016-09-30
    answer_to_report waiting due 2016-10-01 projected waits for training_report
    figures scheduled due 2016-10-15
    labor_committee scheduled opens 2016-10-01 due 2016-12-31
    successor_talks scheduled due 2017-04-01
    expiration running due 2017-06-30
    bulletin_boards superseded
    ");
    assert_snapshot!(of(&office, "2016-05-02"), @"
    training_report superseded due 2016-06-01
    labor_committee superseded opens 2016-04-01 due 2016-06-30
    training_report superseded due 2016-09-01
    figures scheduled due 2016-10-15
    answer_to_report waiting due 2016-11-14 projected waits for training_report
    shift_differential running opens 2013-07-01 due 2016-12-31
    successor_talks scheduled due 2017-04-01
    expiration running due 2017-06-30
    bulletin_boards superseded
    ");
}

#[test]
fn why_shows_the_chain_to_what_is_owed_now() {
    let office = amended();
    assert_snapshot!(office.prints("why mou_2013/training_report --today 2016-05-05"), @r#"
    Report on training
    Memorandum of understanding 2013
    Owed by DHA

    The words: "by June 1, 2016"

      1. the words name Wednesday 1 June 2016
      2. replaced from Tuesday 1 March 2016, by a later agreement
         [`letter_7/training_report`, in effect from 1 March 2016 ("the first day of the month following ratification"; ratification: entry 1 of the record, by UPE)]
      3. what took its place is itself replaced from Monday 2 May 2016
         [`letter_8/figures`, in effect from 2 May 2016 (the agreement's file)]

    Last day: Wednesday 1 June 2016
    "#);
    assert_snapshot!(office.prints("why mou_2013/answer_to_report --today 2016-05-05"), @r#"
    Answer to the report on training
    Memorandum of understanding 2013
    Owed by UPE

    The words: "within 30 days after training_report"

      1. training report is expected on Saturday 15 October 2016
         [the last day of `letter_8/figures`, as long as it is not met]
      2. 30 days after 15 October 2016 (the day itself is not counted): Monday 14 November 2016

    Waits for: training_report
    Last day: Monday 14 November 2016, as far as expected now
    "#);
    assert_snapshot!(office.prints("why mou_2013/expiration --today 2016-05-05"), @r#"
    Expiration of the agreement
    Memorandum of understanding 2013
    Owed by UPE and DHA

    The words: "June 30, 2016"

      1. the words name Thursday 30 June 2016
      2. moved to Friday 30 June 2017
         [`letter_7`: "1 year after expiration of mou_2013", in effect from 1 March 2016 ("the first day of the month following ratification"; ratification: entry 1 of the record, by UPE)]

    Begins: Monday 1 July 2013
    Last day: Friday 30 June 2017
    Another reading would give Sunday 30 June 2019: once it is in effect, expected on Monday 1 August 2016, by a later agreement
         [`letter_9`: "June 30, 2019", in effect from 1 August 2016 (the agreement's file; `letter_9` is tentative)]
    "#);
    assert_snapshot!(office.prints("why mou_2013/shift_differential --today 2016-05-05"), @r#"
    Shift differential
    Memorandum of understanding 2013
    Owed by DHA

    The words: "from July 1, 2013 through June 30, 2016"

      1. it begins: the words name Monday 1 July 2013
      2. last day: the words name Thursday 30 June 2016
      3. moved to Saturday 31 December 2016
         [`letter_8`: "2016-12-31", in effect from 2 May 2016 (the agreement's file)]

    Begins: Monday 1 July 2013
    Last day: Saturday 31 December 2016
    "#);
    assert_snapshot!(office.prints("why mou_2013/bulletin_boards --today 2016-05-05"), @r#"
    Bulletin boards
    Memorandum of understanding 2013
    Owed by DHA

      1. void from Tuesday 1 March 2016, by a later agreement
         [`letter_7`: "void", in effect from 1 March 2016 ("the first day of the month following ratification"; ratification: entry 1 of the record, by UPE)]

    It has no date.
    "#);
}

#[test]
fn what_is_not_in_effect_yet_changes_nothing_and_is_told_of() {
    let office = amended();
    assert_snapshot!(office.prints("why mou_2013/expiration --today 2016-02-20"), @r#"
    Expiration of the agreement
    Memorandum of understanding 2013
    Owed by UPE and DHA

    The words: "June 30, 2016"

      1. the words name Thursday 30 June 2016

    Begins: Monday 1 July 2013
    Last day: Thursday 30 June 2016
    Another reading would give Friday 30 June 2017: from Tuesday 1 March 2016 on, by a later agreement
         [`letter_7`: "1 year after expiration of mou_2013", in effect from 1 March 2016 ("the first day of the month following ratification"; ratification: entry 1 of the record, by UPE)]
    Another reading would give Sunday 30 June 2019: once it is in effect, expected on Monday 1 August 2016, by a later agreement
         [`letter_9`: "June 30, 2019", in effect from 1 August 2016 (the agreement's file; `letter_9` is tentative)]
    "#);
    assert_snapshot!(office.prints("why mou_2013/training_report --today 2016-02-20"), @r#"
    Report on training
    Memorandum of understanding 2013
    Owed by DHA

    The words: "by June 1, 2016"

      1. the words name Wednesday 1 June 2016

    Last day: Wednesday 1 June 2016
    Note: a later agreement replaces it, from Tuesday 1 March 2016 on (`letter_7/training_report`, in effect from 1 March 2016 ("the first day of the month following ratification"; ratification: entry 1 of the record, by UPE))
    "#);
    // Struck out, the letter waits for its ratification again.
    assert_eq!(
        office
            .types("record struck letter_7 --entry 1 --by upe --today 2016-02-20")
            .code,
        0
    );
    assert_snapshot!(listed(&office, "due --all --agreement mou_2013 --today 2016-05-05").lines().filter(|l| !l.contains("unrecorded")).collect::<Vec<_>>().join("\n"), @"
    successor_talks overdue due 2016-04-01
    training_report open due 2016-06-01
    labor_committee superseded opens 2016-04-01 due 2016-06-30
    shift_differential running opens 2013-07-01 due 2016-06-30
    expiration running due 2016-06-30
    answer_to_report waiting due 2016-07-01 projected waits for training_report
    bulletin_boards standing
    ");
}

#[test]
fn a_letter_that_is_void_undoes_what_it_did() {
    let office = amended();
    let ninth = office.read("agreements/letter_9.md");
    let office = office.file(
        "agreements/letter_9.md",
        ninth.replace("status = \"tentative\"", ""),
    );
    assert_snapshot!(of(&office, "2016-08-01"), @"
    training_report superseded due 2016-06-01
    labor_committee superseded opens 2016-04-01 due 2016-06-30
    shift_differential ended opens 2013-07-01 due 2016-07-31
    training_report scheduled due 2016-09-01
    labor_committee open opens 2016-07-01 due 2016-09-30
    answer_to_report waiting due 2016-10-01 projected waits for training_report
    figures superseded due 2016-10-15
    labor_committee scheduled opens 2016-10-01 due 2016-12-31
    labor_committee scheduled opens 2017-01-01 due 2017-03-31
    labor_committee scheduled opens 2017-04-01 due 2017-06-30
    successor_talks scheduled due 2019-04-01
    expiration running due 2019-06-30
    bulletin_boards superseded
    ");
}

#[test]
fn the_pages_of_both_say_so_and_link() {
    let office = amended();
    office.prints("build --today 2016-05-05");
    let lines = |page: &str| {
        let text = office.read(&format!("site/agreements/{page}.html"));
        let linked = regex::Regex::new(r#"<a href="([^"]*)">([^<]*)</a>"#).unwrap();
        let tags = regex::Regex::new("<[^>]*>").unwrap();
        let plain = linked.replace_all(&text, "[$2]($1)");
        let plain = tags.replace_all(&plain, "");
        let said = |line: &&str| {
            let of = [
                "later agreement",
                "place of",
                "changed by",
                "made void",
                "replaced by",
            ];
            of.iter().any(|words| line.contains(words))
        };
        let lines = plain.lines().filter(said);
        lines
            .map(|line| line.replace("&quot;", "'"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_snapshot!(lines("mou_2013"), @"
    Ends“June 30, 2016”; by a later agreement 30 June 2017
    Added to or changed by[Letter 7: training](letter_7.html), in effect from 1 March 2016; [Letter 8: committee](letter_8.html), in effect from 2 May 2016
    11 Talks on a successor begin due 1 April 2017 22 The labor-management committee meets made void by a later agreement, from 2 May 2016 33 Shift differential runs until 31 December 2016; that day is by a later agreement 44 Report on training replaced by a later agreement, from 1 March 2016 55 Answer to the report on training waiting for the date of “Report on training”; expected by 14 November 2016 66 Bulletin boards made void by a later agreement, from 1 March 2016
    Term of the agreement: runs until 30 June 2017; that day is by a later agreement
    Shift differential: runs until 31 December 2016; that day is by a later agreement
    The labor-management committee meets: made void by a later agreement, from 2 May 2016
    Report on training: replaced by a later agreement, from 1 March 2016
    made void by a later agreement, from 2 May 2016See [Letter 8: committee](letter_8.html)
    made void by a later agreement, from 2 May 2016
    void from Monday 2 May 2016, by a later agreement ‘Letter 8: committee’: 'void', in effect from 2 May 2016 (the agreement&#x27;s file)
    runs until 31 December 2016; that day is by a later agreement
    replaced by a later agreement, from 1 March 2016See [Report on training, with figures](letter_7.html#training_report) in Letter 7: training
    replaced from Tuesday 1 March 2016, by a later agreement ‘Report on training, with figures (Letter 7: training)’, in effect from 1 March 2016 ('the first day of the month following ratification'; ratification: entry 1 of the record, by UPE)
    made void by a later agreement, from 1 March 2016See [Letter 7: training](letter_7.html)
    void from Tuesday 1 March 2016, by a later agreement ‘Letter 7: training’: 'void', in effect from 1 March 2016 ('the first day of the month following ratification'; ratification: entry 1 of the record, by UPE)
    ");
    assert_snapshot!(lines("letter_7"), @"
    Adds to or changes[Memorandum of understanding 2013](mou_2013.html)Added to or changed by[Letter 8: committee](letter_8.html), in effect from 2 May 2016
    [Bulletin boards](mou_2013.html#bulletin_boards) in Memorandum of understanding 2013: made void
    [Report on training](mou_2013.html#training_report) in Memorandum of understanding 2013: replaced by “Report on training, with figures”
    11 Report on training, with figures replaced by a later agreement, from 2 May 2016
    Report on training, with figures: replaced by a later agreement, from 2 May 2016
    replaced by a later agreement, from 2 May 2016See [Figures on training](letter_8.html#figures) in Letter 8: committeeIn the place of [Report on training](mou_2013.html#training_report) in Memorandum of understanding 2013
    replaced from Monday 2 May 2016, by a later agreement ‘Figures on training (Letter 8: committee)’, in effect from 2 May 2016 (the agreement&#x27;s file)
    ");
    assert_snapshot!(lines("letter_8"), @"
    [The labor-management committee meets](mou_2013.html#labor_committee) in Memorandum of understanding 2013: made void
    [Report on training, with figures](letter_7.html#training_report) in Letter 7: training: replaced by “Figures on training”
    due 15 October 2016In the place of [Report on training, with figures](letter_7.html#training_report) in Letter 7: training
    ");
    let all = [
        "index.html",
        "data.json",
        "feed.atom",
        "all.ics",
        "agreements/mou_2013.html",
    ];
    for page in all
        .iter()
        .filter(|page| office.root().join("site").join(page).exists())
    {
        let text = office.read(&format!("site/{page}"));
        assert!(
            !text.contains("Letter 9") && !text.contains("letter_9"),
            "{page}"
        );
    }
}

#[test]
fn a_letter_that_is_not_shown_leaves_no_trace_but_what_it_changes() {
    let office = amended();
    for (letter, title) in [("letter_7", "Letter 7"), ("letter_8", "Letter 8")] {
        let text = office.read(&format!("agreements/{letter}.md"));
        let text = text.replace("kind =", "visibility = \"parties\"\nkind =");
        std::fs::write(office.root().join(format!("agreements/{letter}.md")), text).unwrap();
        office.prints("build --today 2016-05-05");
        let page = office.read("site/agreements/mou_2013.html");
        assert!(!page.contains(title) && !page.contains(letter), "{page}");
        assert!(page.contains("replaced by a later agreement"));
    }
    // The ids of one word are hidden as well.
    let text = office.read("agreements/letter_8.md");
    let office = office
        .without("agreements/letter_8.md")
        .without("agreements/letter_9.md")
        .file("agreements/pact.md", text);
    office.prints("build --today 2016-05-05");
    let page = office.read("site/agreements/mou_2013.html");
    assert!(!page.contains("pact"), "{page}");
}

#[test]
fn what_was_done_before_stays_done() {
    let office = amended();
    for line in [
        "record met mou_2013/training_report --on 2016-02-12 --by dha --evidence parties.toml --today 2016-02-12",
        "record met mou_2013/labor_committee --occurrence 2016-03-31 --on 2016-02-12 --by upe --today 2016-02-12",
    ] {
        let said = office.types(line);
        assert_eq!(said.code, 0, "{said:?}");
    }
    assert_snapshot!(of(&office, "2016-05-05"), @"
    answer_to_report overdue due 2016-03-13
    labor_committee reported opens 2016-01-01 due 2016-03-31
    training_report reported due 2016-06-01
    labor_committee superseded opens 2016-04-01 due 2016-06-30
    training_report superseded due 2016-09-01
    figures scheduled due 2016-10-15
    shift_differential running opens 2013-07-01 due 2016-12-31
    successor_talks scheduled due 2017-04-01
    expiration running due 2017-06-30
    bulletin_boards superseded
    ");
    assert_snapshot!(office.prints("why mou_2013/answer_to_report --today 2016-05-05"), @r#"
    Answer to the report on training
    Memorandum of understanding 2013
    Owed by UPE

    The words: "within 30 days after training_report"

      1. training report is Friday 12 February 2016
         [entry 2 of the record, by DHA]
      2. 30 days after 12 February 2016 (the day itself is not counted): Sunday 13 March 2016

    Last day: Sunday 13 March 2016
    "#);
}

#[test]
fn what_was_replaced_is_not_done_from_then_on() {
    let office = amended();
    let said = office.types("record met mou_2013/training_report --on 2016-03-02 --by dha --evidence parties.toml --today 2016-03-05");
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.stderr
            .contains("sideletter record met letter_7/training_report --on 2016-03-02"),
        "{said:?}"
    );
    office.types(
        "record disputed mou_2013/bulletin_boards --on 2016-03-02 --by upe --today 2016-03-05",
    );
    assert_snapshot!(of(&office, "2016-03-05"), @"
    labor_committee overdue opens 2015-10-01 due 2015-12-31
    labor_committee open opens 2016-01-01 due 2016-03-31
    training_report superseded due 2016-06-01
    labor_committee scheduled opens 2016-04-01 due 2016-06-30
    shift_differential running opens 2013-07-01 due 2016-06-30
    training_report scheduled due 2016-09-01
    labor_committee scheduled opens 2016-07-01 due 2016-09-30
    answer_to_report waiting due 2016-10-01 projected waits for training_report
    figures scheduled due 2016-10-15
    labor_committee scheduled opens 2016-10-01 due 2016-12-31
    successor_talks scheduled due 2017-04-01
    expiration running due 2017-06-30
    bulletin_boards superseded
    ");
}

/// An evergreen contract, `contract`, and other agreements.
fn evergreen(letters: &[(&str, &str)]) -> Office {
    let contract = agreement(
        "Contract",
        "effective = 2013-07-01\nexpires = 2014-06-30\ntracked_from = 2013-07-01\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n",
    );
    let office = letter("").without("agreements/letter.md");
    letters.iter().fold(
        office.file("agreements/contract.md", contract),
        |office, (id, rest)| office.file(&format!("agreements/{id}.md"), agreement(id, rest)),
    )
}

#[test]
fn another_end_of_an_evergreen_is_that_of_the_period_in_which_it_is_changed() {
    let office = evergreen(&[(
        "letter_1",
        "signed = 2016-03-01\namends = [\"contract\"]\n\n[changes]\n\"contract/expiration\" = \"December 31, 2016\"\n",
    )]);
    assert_snapshot!(stands(&office, "2016-02-29"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration running due 2016-06-30
    ");
    assert_snapshot!(stands(&office, "2016-03-01"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration running due 2016-12-31
    ");
    let no_more = evergreen(&[(
        "letter_1",
        "signed = 2016-03-01\namends = [\"contract\"]\n\n[changes]\n\"contract/renewal\" = \"void\"\n",
    )]);
    assert_snapshot!(stands(&no_more, "2016-04-15"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration running due 2016-06-30
    ");
    assert_snapshot!(stands(&no_more, "2016-07-15"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration ended due 2016-06-30
    ");
    let for_ever = evergreen(&[(
        "letter_1",
        "signed = 2016-03-01\namends = [\"contract\"]\n\n[changes]\n\"contract/expiration\" = \"void\"\n",
    )]);
    assert_snapshot!(stands(&for_ever, "2016-07-15"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration superseded due 2016-06-30
    ");
}

#[test]
fn the_later_in_effect_wins_and_two_of_one_day_are_not_followed() {
    let one = "signed = 2016-03-01\n\n[changes]\n\"contract/expiration\" = 2018-06-30\n";
    let two = "signed = 2016-04-01\n\n[changes]\n\"contract/expiration\" = 2017-12-31\n";
    let office = evergreen(&[("letter_1", one), ("letter_2", two)]);
    assert_snapshot!(listed(&office, "due --agreement contract --today 2016-03-15"), @"expiration running due 2018-06-30");
    assert_snapshot!(listed(&office, "due --agreement contract --today 2016-04-15"), @"expiration running due 2017-12-31");
    // Only the record tells that both take effect on one day.
    let two = "\n[changes]\n\"contract/expiration\" = 2017-12-31\n";
    let office = evergreen(&[("letter_1", one), ("letter_2", two)]);
    let signed = office
        .types("record happened letter_2/signing --on 2016-03-01 --by upe --today 2016-03-02");
    assert_eq!(signed.code, 0);
    assert_snapshot!(office.prints("why contract/expiration --today 2016-04-15"), @r#"
    Expiration of the agreement
    Contract
    Owed by UPE and DHA

    The words: "2014-06-30"

      1. the first term ends on 30 June 2014; each renewal is 1 year, and this is the 2nd
         [it renews itself unless notice is given]
      2. 2 years after 30 June 2014 (the day itself is not counted): Thursday 30 June 2016

    Begins: Wednesday 1 July 2015
    Last day: Thursday 30 June 2016
    Goes on through: Friday 30 June 2017, unless notice is given
    Note: two later agreements change it from one day on, and neither is followed (`letter_1`: "2018-06-30", in effect from 1 March 2016 (the agreement's file))
    Note: two later agreements change it from one day on, and neither is followed (`letter_2`: "2017-12-31", in effect from 1 March 2016 (entry 1 of the record, by UPE))

    Notice that it is not renewed, in the words: "between 90 and 60 days before expiration"

      1. expiration is Thursday 30 June 2016
         [the end that may be put off]
      2. it opens: 90 days before 30 June 2016 (the day itself is not counted): Friday 1 April 2016
      3. last day: 60 days before 30 June 2016 (the day itself is not counted): Sunday 1 May 2016

    From: Friday 1 April 2016
    Last day: Sunday 1 May 2016
    Another reading would give Saturday 30 April 2016: clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them; it would open on 31 March 2016
         [Interpretation Act (Canada), section 27(1)]
    Another reading would give Monday 2 May 2016: the named day itself is counted; not taken, because the words do not include it; it would open on 2 April 2016
         [the NLRB, for `preceding and including`]
    "#);
}

#[test]
fn void_and_then_restated() {
    let office = letter(&format!(
        "signed = 2015-01-05\n{}",
        owed("meeting", "due = \"by June 1, 2016\"")
    ))
    .file(
        "agreements/second.md",
        agreement(
            "Second",
            "signed = 2016-02-01\n\n[changes]\n\"letter/meeting\" = \"void\"\n",
        ),
    )
    .file(
        "agreements/third.md",
        agreement(
            "Third",
            &format!(
                "signed = 2016-04-01\namends = [\"letter\"]\n{}",
                owed(
                    "meeting",
                    "due = \"by August 1, 2016\"\nreplaces = \"letter/meeting\""
                )
            ),
        ),
    )
    .file(
        "agreements/fourth.md",
        agreement(
            "Fourth",
            "signed = 2016-05-01\n\n[changes]\n\"letter/meeting\" = 2016-12-01\n",
        ),
    );
    assert_snapshot!(stands(&office, "2016-01-31"), @"
    meeting scheduled due 2016-06-01
    meeting scheduled due 2016-08-01
    ");
    assert_snapshot!(stands(&office, "2016-02-01"), @"
    meeting superseded due 2016-06-01
    meeting scheduled due 2016-08-01
    ");
    assert_snapshot!(stands(&office, "2016-04-01"), @"
    meeting superseded due 2016-06-01
    meeting scheduled due 2016-08-01
    ");
    // The fourth gives the first its day again: what the third put in its place goes with that.
    assert_snapshot!(stands(&office, "2016-05-01"), @"
    meeting superseded due 2016-08-01
    meeting scheduled due 2016-12-01
    ");
    assert_snapshot!(office.prints("why letter/meeting --today 2016-05-01"), @r#"
    Title of meeting
    Letter
    Owed by UPE and DHA

    The words: "by June 1, 2016"

      1. the words name Wednesday 1 June 2016
      2. moved from Wednesday 1 June 2016 to Thursday 1 December 2016, by a later agreement
         [`fourth`: "2016-12-01", in effect from 1 May 2016 (the agreement's file)]
      3. from Monday 1 February 2016 a later agreement made it void; a still later one decides
         [`second`: "void", in effect from 1 February 2016 (the agreement's file)]
      4. from Friday 1 April 2016 a later agreement replaced it; a still later one decides
         [`third/meeting`, in effect from 1 April 2016 (the agreement's file)]

    Last day: Thursday 1 December 2016
    "#);
    assert_snapshot!(office.prints("why third/meeting --today 2016-05-01"), @r#"
    Title of meeting
    Third
    Owed by UPE and DHA

    The words: "by August 1, 2016"

      1. the words name Monday 1 August 2016
      2. replaced from Sunday 1 May 2016, by a later agreement
         [`fourth`: "2016-12-01", in effect from 1 May 2016 (the agreement's file)]

    Last day: Monday 1 August 2016
    "#);
}

#[test]
fn a_parents_end_does_not_end_the_letter() {
    let office = evergreen(&[
        (
            "letter_1",
            &format!(
                "signed = 2016-03-01\namends = [\"contract\"]\n{}",
                owed("report", "every = \"each calendar year\"")
            ),
        ),
        (
            "letter_2",
            "signed = 2016-05-01\n\n[changes]\n\"contract\" = \"void\"\n",
        ),
    ]);
    assert_snapshot!(stands(&office, "2016-07-15"), @"
    expiration renewed due 2014-06-30
    expiration renewed due 2015-06-30
    expiration superseded due 2016-06-30
    report open opens 2016-03-01 due 2016-12-31
    ");
}

/// A letter with a report, which a second one restates from 20 May 2016; both parties have a contact.
fn mailed(settings: &str) -> Office {
    let owed_by_dha = "owed_by = [\"dha\"]";
    Office::fixture("offices/two_parties")
        .file("sideletter.toml", settings)
        .file(
            "agreements/letter.md",
            agreement(
                "Letter",
                &format!(
                    "signed = 2015-01-05\ntracked_from = 2016-01-01\n{}{}",
                    owed(
                        "report",
                        &format!("due = \"by June 1, 2016\"\n{owed_by_dha}")
                    ),
                    owed("visit", "every = \"monthly on the 10th\"\nuntil = 2016-12-31")
                ),
            ),
        )
        .file(
            "agreements/second.md",
            agreement(
                "Second",
                &format!(
                    "signed = 2016-05-20\namends = [\"letter\"]\n\n[changes]\n\"letter/visit\" = \"void\"\n{}",
                    owed(
                        "report",
                        &format!(
                            "due = \"by September 1, 2016\"\nreplaces = \"letter/report\"\n{owed_by_dha}"
                        )
                    )
                ),
            ),
        )
}

/// What `remind` would send, or sent, in a line each.
fn mails(office: &Office, line: &str) -> String {
    let rows = office.json(line);
    let rows = rows.as_array().unwrap().iter();
    let lines = rows.map(|row| {
        let parts: Vec<String> = row["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| {
                let said = ["obligation", "occurrence", "stage"];
                let said = said.iter().filter_map(|key| part[*key].as_str());
                said.collect::<Vec<_>>().join(" ")
            })
            .collect();
        format!(
            "{} {}: {}",
            row["to"].as_str().unwrap(),
            row["state"].as_str().unwrap(),
            parts.join(", ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn who_was_told_of_what_is_replaced_since_is_told_once_and_reminded_no_more() {
    let office = mailed("");
    assert_snapshot!(mails(&office, "remind --send --today 2016-05-09"), @"
    agents@upe.example sent: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    labor@dha.example sent: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    ");
    assert_snapshot!(mails(&office, "remind --send --today 2016-05-20"), @"
    agents@upe.example sent: report moved
    labor@dha.example sent: report moved
    ");
    assert_snapshot!(mails(&office, "remind --send --today 2016-05-21"), @"");
    assert_snapshot!(mails(&office, "remind --send --today 2016-07-20"), @"");
    let shown = office.prints("outbox show 3 --today 2016-07-20");
    let text = shown.split("\n\n").filter(|part| {
        part.contains("eplaced") || part.contains("void") || part.contains("Earlier")
    });
    assert_snapshot!(text.collect::<Vec<_>>().join("\n\n"), @"
    This is owed to UPE by DHA.
    Replaced by a later agreement, from Friday 20 May 2016.
    Earlier messages said Wednesday 1 June 2016.

    How the day was reached:
    - the words name Wednesday 1 June 2016 (the words of the agreement)
    - replaced from Friday 20 May 2016, by a later agreement (‘Title of report (Second)’, in effect from 20 May 2016 (the agreement's file))
    ");
}

#[test]
fn a_message_that_waits_for_a_person_is_not_sent_for_what_was_replaced() {
    let office = mailed("[office]\nkeeper = \"upe\"\n");
    assert_snapshot!(mails(&office, "remind --send --today 2016-05-09"), @"
    agents@upe.example sent: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    labor@dha.example held: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    ");
    // DHA was told no day, so that none has moved for it.
    office.types("outbox release 2 --today 2016-05-20");
    assert_snapshot!(mails(&office, "remind --send --today 2016-05-20"), @"
    agents@upe.example sent: report moved
    ");
    assert_snapshot!(mails(&office, "outbox --today 2016-05-20"), @"
    agents@upe.example sent: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    labor@dha.example cancelled: report before 30 days, visit 2016-04-10 overdue 4, visit 2016-05-10 before 1 day
    agents@upe.example sent: report moved
    ");
}

#[test]
fn contacts_come_from_the_first_that_is_amended_and_has_them() {
    let parties = Office::fixture("offices/two_parties").read("parties.toml");
    let named = |id: &str, address: &str| {
        format!(
            "[[dha.contacts]]\nname = \"Of one\"\nemail = \"{address}\"\nagreements = [\"{id}\"]\n"
        )
    };
    let to = |office: &Office| {
        let rows = office.json("remind --today 2016-05-21");
        let rows = rows.as_array().unwrap().iter();
        let mut to: Vec<String> = rows
            .filter(|row| row["agreement"] == "third")
            .map(|row| row["to"].as_str().unwrap().to_owned())
            .collect();
        to.sort();
        to.join(" ")
    };
    let third = agreement(
        "Third",
        &format!(
            "signed = 2016-05-01\namends = [\"second\"]\ntracked_from = 2016-01-01\n{}",
            owed("answer", "due = \"by May 28, 2016\"")
        ),
    );
    let office = mailed("").file("agreements/third.md", third).file(
        "parties.toml",
        format!("{parties}{}", named("letter", "letter@dha.example")),
    );
    assert_snapshot!(to(&office), @"agents@upe.example labor@dha.example letter@dha.example");
    let own = format!(
        "{parties}{}{}",
        named("letter", "letter@dha.example"),
        named("third", "third@dha.example")
    );
    assert_snapshot!(to(&office.file("parties.toml", own)), @"agents@upe.example labor@dha.example third@dha.example");
}

#[test]
fn the_manuals_example_stands_as_its_table_says() {
    let manual =
        std::fs::read_to_string(crate::office::repository().join("docs/amendments.md")).unwrap();
    let mut office = Office::fixture("offices/two_parties");
    for (before, rest) in manual
        .split("```markdown\n")
        .zip(manual.split("```markdown\n").skip(1))
    {
        let path = before.rsplit("`agreements/").next().unwrap();
        let path = format!("agreements/{}", path.split('`').next().unwrap());
        office = office.file(&path, rest.split("```").next().unwrap());
    }
    office.prints("check");
    let rows = manual
        .lines()
        .filter(|line| line.starts_with("| `") || line.starts_with("| of |"));
    let rows: Vec<Vec<&str>> = rows
        .map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let days = &rows[0][1..];
    let mut seen = 0;
    for row in rows.iter().filter(|row| row.len() == 4).skip(1) {
        for (day, expected) in days.iter().zip(&row[1..]) {
            let day = day.trim_start_matches("on ");
            let listed = office.json(&format!("due --all --today {day}"));
            let of = row[0].trim_matches('`');
            let found = listed.as_array().unwrap().iter().find(|o| {
                of == format!(
                    "{}/{}",
                    o["agreement"].as_str().unwrap(),
                    o["obligation"].as_str().unwrap()
                )
            });
            let found = found.unwrap();
            let is = format!(
                "{} {}",
                found["state"].as_str().unwrap(),
                found["due"].as_str().unwrap_or_default()
            );
            assert_eq!(is.trim(), *expected, "{of} on {day}");
            seen += 1;
        }
    }
    assert_eq!(seen, 18);
}

#[test]
fn a_circle_is_found_and_an_end_is_given_to_what_has_none() {
    let file = |title: &str, rest: &str| agreement(title, rest);
    let extended =
        "effective = \"upon expiration of mou\"\n\n[changes]\n\"mou/expiration\" = 2017-06-30\n";
    let office = letter("")
        .without("agreements/letter.md")
        .file(
            "agreements/mou.md",
            file("Mou", "signed = 2013-01-01\nexpires = 2016-06-30\n"),
        )
        .file("agreements/later.md", file("Later", extended));
    let found = office.types("check");
    assert_eq!(found.code, 1);
    assert_snapshot!(found.stdout, @r#"
    error[circular-date]: dates hang on one another in a circle: `effective` on `mou/expiration` and `mou/expiration` on `effective`
      --> agreements/later.md:10:1
       |
    10 | "mou/expiration" = 2017-06-30
       | ^^^^^^^^^^^^^^^^ the date of `effective`
       |
       = help: let one of them hang on a date, or on an event of its own

    2 agreements read; 1 fault; left out: later/changes (mou/expiration)
    "#);
    let circle = office.types("due --all --format json --today 2016-07-01");
    assert!(circle.stdout.contains("2016-06-30"), "{circle:?}");

    let until = "signed = 2015-06-01\n\n[changes]\n\"letter/expiration\" = \"December 31, 2015\"\n";
    let office = letter(&format!(
        "signed = 2015-01-01\ntracked_from = 2015-01-01\n{}",
        owed("count", "every = \"each calendar year\"")
    ))
    .file("agreements/later.md", file("Later", until));
    assert_snapshot!(stands(&office, "2015-05-31"), @"count open opens 2015-01-01 due 2015-12-31");
    assert_snapshot!(stands(&office, "2015-06-01"), @"
    count open opens 2015-01-01 due 2015-12-31
    expiration running due 2015-12-31
    ");
    assert_snapshot!(stands(&office, "2016-01-01"), @"
    count overdue opens 2015-01-01 due 2015-12-31
    expiration ended due 2015-12-31
    ");
}

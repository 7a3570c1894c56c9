//! Terms and agreements that are renewed: each period with its end, its window and where it stands.

use crate::office::Office;
use crate::states::{agreement, letter, listed, owed, stands, tracked};
use chrono::{DateTime, NaiveDate};
use insta::assert_snapshot;
use serde_json::Value;
use sideletter::ids::{AgreementId, PartyId};
use sideletter::office::Office as Agreements;
use sideletter::record::{Draft, EntryKind, Record};
use sideletter::schedule::{Occurrence, Question, schedule};

/// A contract of three years that renews itself by years, with a window for notice.
const CONTRACT: &str = "effective = 2013-07-01\nexpires = 2016-06-30\ntracked_from = 2013-07-01\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n";

/// A term by quarters, from the last day of a month, with a month's notice.
const QUARTERLY: &str = "lasts = \"3 months from implementation\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 1 month before expiration\"";

const IMPLEMENTED: &str =
    "\n[events.implementation]\ntitle = \"Implementation\"\ndate = 2014-01-31\n";

/// Something that was recorded: its kind, its day, and whatever else is set.
fn said(
    kind: EntryKind,
    subject: &str,
    on: &str,
    by: &str,
    more: impl FnOnce(&mut Draft),
) -> Draft {
    let mut draft = Draft::new(kind, AgreementId::new("letter"), "");
    draft.subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
    draft.on = Some(day(on));
    draft.by = Some(PartyId::new(by));
    more(&mut draft);
    draft
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What was said, as entries in this order.
fn record(drafts: Vec<Draft>) -> Record {
    let at = DateTime::UNIX_EPOCH;
    let entries = (1..)
        .zip(drafts)
        .map(|(number, draft)| draft.into_entry(number, at, String::new()));
    Record {
        entries: entries.collect(),
        ..Record::default()
    }
}

/// Every occurrence of one thing in a line: what it is called by, its days, its state, its window, the end that follows.
fn periods(office: &Office, of: &str, record: &Record, today: &str) -> String {
    let agreements = Agreements::load(office.root()).unwrap();
    assert!(
        agreements.left_out.is_empty(),
        "{:?}",
        agreements.diagnostics
    );
    let question = Question::new(&agreements, record, day(today));
    let schedule = schedule(&question);
    let of = schedule
        .occurrences
        .iter()
        .filter(|o| o.obligation.as_str() == of);
    of.map(line).collect::<Vec<_>>().join("\n")
}

fn line(o: &Occurrence) -> String {
    let shown = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let window = o.renewal.as_ref().map_or_else(
        || "no window".to_owned(),
        |days| format!("window {} to {}", shown(days.opens), shown(days.closes)),
    );
    format!(
        "{}: {} to {} {}; {window}; then {}",
        shown(o.occurrence),
        shown(o.opens.or(o.begins)),
        shown(o.due),
        o.state.as_str(),
        shown(o.renewed_until),
    )
}

/// The steps of the occurrence that ends on a day.
fn steps(office: &Office, of: &str, record: &Record, today: &str, end: &str) -> String {
    let agreements = Agreements::load(office.root()).unwrap();
    let schedule = schedule(&Question::new(&agreements, record, day(today)));
    let found = schedule
        .occurrences
        .iter()
        .find(|o| o.obligation.as_str() == of && o.due == Some(day(end)))
        .unwrap();
    let steps = found.steps.iter();
    steps
        .map(|step| format!("{} [{}]", step.text, step.source))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_evergreen_contract_has_a_period_a_year_each_with_its_window() {
    let office = letter(CONTRACT);
    let nothing = Record::default();
    assert_snapshot!(periods(&office, "expiration", &nothing, "2016-03-31"), @"
    2016-06-30: 2013-07-01 to 2016-06-30 running; window 2016-04-01 to 2016-05-01; then 2017-06-30
    2017-06-30: 2016-07-01 to 2017-06-30 scheduled; window 2017-04-01 to 2017-05-01; then 2018-06-30
    ");
    assert_snapshot!(periods(&office, "expiration", &nothing, "2018-04-01"), @"
    2016-06-30: 2013-07-01 to 2016-06-30 renewed; window 2016-04-01 to 2016-05-01; then 2017-06-30
    2017-06-30: 2016-07-01 to 2017-06-30 renewed; window 2017-04-01 to 2017-05-01; then 2018-06-30
    2018-06-30: 2017-07-01 to 2018-06-30 deciding; window 2018-04-01 to 2018-05-01; then 2019-06-30
    2019-06-30: 2018-07-01 to 2019-06-30 scheduled; window 2019-04-01 to 2019-05-01; then 2020-06-30
    ");
    assert_snapshot!(turns_of(&office, "expiration", &["2016-03-31", "2016-04-01", "2016-05-01", "2016-05-02", "2016-06-30", "2016-07-01", "2017-03-31", "2017-04-01"]), @"
    2016-03-31 running
    2016-04-01 deciding
    2016-05-02 running
    2017-04-01 deciding
    ");
}

/// Those of the days on which the state of the period that holds today changes.
fn turns_of(office: &Office, of: &str, days: &[&str]) -> String {
    let mut before = String::new();
    let mut lines = Vec::new();
    for today in days {
        let rows = office.json(&format!("due --today {today}"));
        let row = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["obligation"] == of);
        let state = row.map_or("none", |row| row["state"].as_str().unwrap());
        if state != before {
            lines.push(format!("{today} {state}"));
            state.clone_into(&mut before);
        }
    }
    lines.join("\n")
}

#[test]
fn the_end_of_a_month_is_kept_through_every_renewal() {
    let office = tracked(&format!("{IMPLEMENTED}{}", owed("trial", QUARTERLY)));
    assert_snapshot!(periods(&office, "trial", &Record::default(), "2014-09-15"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 renewed; window - to 2014-03-30; then 2014-07-31
    2014-07-31: 2014-05-01 to 2014-07-31 renewed; window - to 2014-06-30; then 2014-10-31
    2014-10-31: 2014-08-01 to 2014-10-31 deciding; window - to 2014-09-30; then 2015-01-31
    2015-01-31: 2014-11-01 to 2015-01-31 scheduled; window - to 2014-12-31; then 2015-04-30
    2015-04-30: 2015-02-01 to 2015-04-30 scheduled; window - to 2015-03-30; then 2015-07-31
    2015-07-31: 2015-05-01 to 2015-07-31 scheduled; window - to 2015-06-30; then 2015-10-31
    ");
    assert_snapshot!(office.prints("why letter/trial --on 2014-07-31 --today 2014-03-01"), @r#"
    Title of trial
    Letter
    Owed by UPE and DHA

    The words: "3 months from implementation"

      1. the first term ends on 30 April 2014; each renewal is 3 months, and this is the 1st
         [it renews itself unless notice is given]
      2. implementation is Friday 31 January 2014
         [the agreement's file]
      3. 6 months after 31 January 2014 (the day itself is not counted): Thursday 31 July 2014

    Begins: Thursday 1 May 2014
    Last day: Thursday 31 July 2014
    Goes on through: Friday 31 October 2014, unless notice is given

    Notice that it is not renewed, in the words: "at least 1 month before expiration"

      1. expiration is Thursday 31 July 2014
         [the end that may be put off]
      2. 1 month before 31 July 2014 (the day itself is not counted): Monday 30 June 2014
      3. no 31 June: 30 June 2014

    Last day: Monday 30 June 2014
    "#);
}

#[test]
fn two_renewals_of_three_months_are_no_six_months_of_the_words() {
    let keys = format!("{QUARTERLY}\n[obligations.counting]\npreset = \"california_statute\"");
    let office = tracked(&format!("{IMPLEMENTED}{}", owed("trial", &keys)));
    // 182 days after 31 January 2014 are 1 August.
    assert!(
        periods(&office, "trial", &Record::default(), "2014-09-15")
            .contains("\n2014-07-31: 2014-05-01 to 2014-07-31 ")
    );
    let keys = "lasts = \"through January 30, 2014\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\n[obligations.counting]\npreset = \"california_statute\"";
    let office = tracked(&owed("trial", keys));
    assert!(periods(&office, "trial", &Record::default(), "2014-09-15").contains("\n2014-07-30: "));
}

#[test]
fn what_is_counted_from_a_named_end_keeps_its_number_and_shows_the_other_reading() {
    let keys = "lasts = \"from January 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"6 months\"";
    let office = tracked(&owed("trial", keys));
    let why = office.json("why letter/trial --on 2014-12-30 --today 2014-03-01");
    assert_eq!(why["opens"], "2014-07-01");
    assert_eq!(why["other_readings"][0]["date"], "2014-12-31");
    assert!(periods(&office, "trial", &Record::default(), "2014-03-01").contains("\n2014-12-30: "));
}

#[test]
fn a_last_day_for_notice_is_decided_on_from_its_first_reminder_and_times_stop_it() {
    let keys = "lasts = \"from January 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 1 month before expiration\"\ntimes = 1";
    let office = tracked(&owed("trial", keys));
    let nothing = Record::default();
    assert_snapshot!(periods(&office, "trial", &nothing, "2014-04-29"), @"
    2014-06-30: 2014-01-01 to 2014-06-30 running; window - to 2014-05-30; then 2014-09-30
    2014-09-30: 2014-07-01 to 2014-09-30 scheduled; no window; then -
    ");
    assert_snapshot!(turns_of(&office, "trial", &["2014-04-29", "2014-04-30", "2014-05-30", "2014-05-31", "2014-09-30", "2014-10-01"]), @"
    2014-04-29 running
    2014-04-30 deciding
    2014-05-31 running
    2014-10-01 none
    ");
    assert_snapshot!(stands(&office, "2014-10-01"), @"
    trial renewed opens 2014-01-01 due 2014-06-30
    trial ended opens 2014-07-01 due 2014-09-30
    ");
    assert_snapshot!(steps(&office, "trial", &nothing, "2014-10-01", "2014-09-30"), @"
    the first term ends on 30 June 2014; each renewal is 3 months, and this is the 1st [it renews itself unless notice is given]
    3 months after 30 June 2014 (the day itself is not counted): Tuesday 30 September 2014 [the words of the agreement]
    1 renewal, and this is the last [the agreement's file]
    ");
}

#[test]
fn until_and_the_agreements_end_shorten_the_last_period_unless_the_term_survives() {
    let nothing = Record::default();
    let with = |own: &str, keys: &str| {
        tracked(&format!(
            "effective = 2014-01-01\n{own}{IMPLEMENTED}{}",
            owed("trial", &format!("{keys}{QUARTERLY}"))
        ))
    };
    let office = with("", "until = 2014-09-15\n");
    assert_snapshot!(periods(&office, "trial", &nothing, "2014-03-01"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 deciding; window - to 2014-03-30; then 2014-07-31
    2014-07-31: 2014-05-01 to 2014-07-31 scheduled; window - to 2014-06-30; then 2014-09-15
    2014-09-15: 2014-08-01 to 2014-09-15 scheduled; no window; then -
    ");
    let office = with("expires = 2014-06-30\n", "");
    assert_snapshot!(periods(&office, "trial", &nothing, "2014-07-01"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 renewed; window - to 2014-03-30; then 2014-06-30
    2014-06-30: 2014-05-01 to 2014-06-30 ended; no window; then -
    ");
    let office = with("expires = 2014-06-30\n", "survives = true\n");
    assert!(
        periods(&office, "trial", &nothing, "2014-07-01")
            .contains("2014-07-31: 2014-05-01 to 2014-07-31 running")
    );
    // What begins after its agreement's end does not end with it.
    let office = with("expires = 2014-01-15\n", "");
    assert!(
        periods(&office, "trial", &nothing, "2014-03-01")
            .contains("2014-04-30: 2014-01-31 to 2014-04-30")
    );
}

#[test]
fn notice_inside_its_window_ends_an_evergreen_and_outside_it_does_not() {
    let office = letter(CONTRACT);
    let notice = |on: &str| record(vec![said(EntryKind::Notice, "renewal", on, "upe", |_| {})]);
    let first_and_last = notice("2016-04-01");
    assert_snapshot!(periods(&office, "expiration", &first_and_last, "2016-04-20"), @"
    2016-06-30: 2013-07-01 to 2016-06-30 running; window 2016-04-01 to 2016-05-01; then -
    ");
    assert_eq!(
        periods(&office, "expiration", &notice("2016-05-01"), "2016-07-01"),
        "2016-06-30: 2013-07-01 to 2016-06-30 ended; window 2016-04-01 to 2016-05-01; then -"
    );
    assert_snapshot!(steps(&office, "expiration", &first_and_last, "2016-04-20", "2016-06-30"), @"
    expiration is Thursday 30 June 2016 [the end, says the agreement's file]
    notice was given on Friday 1 April 2016, inside its window: it is not renewed [entry 1 of the record, by UPE]
    ");
    for (on, said) in [
        ("2016-03-31", "before its window opens on 1 April 2016"),
        ("2016-05-02", "after its last day, 1 May 2016"),
    ] {
        let outside = notice(on);
        assert!(
            periods(&office, "expiration", &outside, "2016-07-01")
                .contains("2017-06-30: 2016-07-01 to 2017-06-30 running")
        );
        let steps = steps(&office, "expiration", &outside, "2016-07-01", "2016-06-30");
        assert!(
            steps.contains(&format!(
                "{said}, so it goes on [entry 1 of the record, by UPE]"
            )),
            "{steps}"
        );
    }
    // Notice in a later period's window ends that one.
    assert_snapshot!(periods(&office, "expiration", &notice("2017-04-15"), "2017-05-01"), @"
    2016-06-30: 2013-07-01 to 2016-06-30 renewed; window 2016-04-01 to 2016-05-01; then 2017-06-30
    2017-06-30: 2016-07-01 to 2017-06-30 running; window 2017-04-01 to 2017-05-01; then -
    ");
}

#[test]
fn notice_that_was_struck_out_or_followed_by_a_renewal_of_all_stops_nothing() {
    let office = letter(CONTRACT);
    let notice = said(EntryKind::Notice, "renewal", "2016-04-15", "upe", |_| {});
    let strike = said(EntryKind::Struck, "renewal", "2016-04-16", "upe", |draft| {
        draft.entry = Some(1);
    });
    let goes_on = "2017-06-30: 2016-07-01 to 2017-06-30 running";
    assert!(
        periods(
            &office,
            "expiration",
            &record(vec![notice.clone(), strike]),
            "2016-07-01"
        )
        .contains(goes_on)
    );
    let renewed = |by| said(EntryKind::Renewed, "renewal", "2016-05-20", by, |_| {});
    let one_side = record(vec![notice.clone(), renewed("upe")]);
    assert!(!periods(&office, "expiration", &one_side, "2016-07-01").contains(goes_on));
    let both = record(vec![notice, renewed("upe"), renewed("dha")]);
    assert!(periods(&office, "expiration", &both, "2016-07-01").contains(goes_on));
}

#[test]
fn a_term_that_is_renewed_by_agreement_ends_unless_all_agreed() {
    let keys = "lasts = \"3 months from implementation\"\n[obligations.renewal]\nhow = \"by_agreement\"\nby = [\"upe\"]\nfor = \"up to 3 months\"\ntimes = 1";
    let office = tracked(&format!("{IMPLEMENTED}{}", owed("hold_harmless", keys)));
    let renewed = |by: &str| {
        said(
            EntryKind::Renewed,
            "hold_harmless",
            "2014-04-20",
            by,
            |_| {},
        )
    };
    let nothing = Record::default();
    let harmless = |record: &Record, today| periods(&office, "hold_harmless", record, today);
    assert_snapshot!(harmless(&nothing, "2014-04-30"), @"-: 2014-01-31 to 2014-04-30 running; no window; then -");
    assert_snapshot!(harmless(&nothing, "2014-05-01"), @"-: 2014-01-31 to 2014-04-30 ended; no window; then -");
    let asked_for = record(vec![renewed("upe")]);
    assert_snapshot!(harmless(&asked_for, "2014-05-01"), @"-: 2014-01-31 to 2014-04-30 ended; no window; then -");
    let agreed = record(vec![renewed("upe"), renewed("dha")]);
    assert_snapshot!(harmless(&agreed, "2014-05-01"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 renewed; no window; then 2014-07-31
    2014-07-31: 2014-05-01 to 2014-07-31 running; no window; then -
    ");
    let until = |by| {
        said(
            EntryKind::Renewed,
            "hold_harmless",
            "2014-04-20",
            by,
            |draft| draft.to = Some(day("2014-06-15")),
        )
    };
    let shorter = record(vec![until("upe"), until("dha")]);
    assert_snapshot!(harmless(&shorter, "2014-05-01"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 renewed; no window; then 2014-06-15
    2014-06-15: 2014-05-01 to 2014-06-15 running; no window; then -
    ");
    assert_snapshot!(steps(&office, "hold_harmless", &shorter, "2014-05-01", "2014-06-15"), @"renewed through Sunday 15 June 2014 [entries 1 and 2 of the record, by UPE and DHA]");
}

#[test]
fn all_may_end_a_term_early_and_it_keeps_its_name() {
    let office = tracked(&format!("{IMPLEMENTED}{}", owed("trial", QUARTERLY)));
    let ended = |by| {
        said(EntryKind::Ended, "trial", "2014-06-15", by, |draft| {
            draft.occurrence = Some(day("2014-07-31"));
        })
    };
    let both = record(vec![ended("dha"), ended("upe")]);
    assert_snapshot!(periods(&office, "trial", &both, "2014-06-20"), @"
    2014-04-30: 2014-01-31 to 2014-04-30 renewed; no window; then 2014-06-15
    2014-07-31: 2014-05-01 to 2014-06-15 ended; no window; then -
    ");
}

#[test]
fn what_hangs_on_the_expiration_of_an_evergreen_is_owed_for_each_period() {
    let keys = [
        owed("proposals", "due = \"at least 90 days before expiration\""),
        owed("list", "due = \"10 days after proposals\""),
        owed("report", "due = \"30 days after expiration\""),
    ]
    .concat();
    let reopener = "due = \"at least 120 days before expiration of mou_2013\"";
    let office = letter(&format!("{CONTRACT}{keys}"))
        .file("agreements/mou_2013.md", agreement("MOU", CONTRACT))
        .file(
            "agreements/other.md",
            agreement(
                "Other",
                &format!("tracked_from = 2013-07-01\n{}", owed("reopener", reopener)),
            ),
        );
    assert_snapshot!(stands(&office, "2016-04-10"), @"
    reopener overdue due 2016-03-02
    proposals overdue due 2016-04-01
    list waiting due 2016-04-11 projected waits for proposals
    expiration deciding due 2016-06-30
    expiration deciding due 2016-06-30
    report waiting due 2016-07-30 projected waits for expiration
    reopener scheduled due 2017-03-02
    proposals scheduled due 2017-04-01
    list waiting due 2017-04-11 projected waits for proposals
    expiration scheduled due 2017-06-30
    expiration scheduled due 2017-06-30
    ");
    office.prints("record met letter/proposals --on 2016-03-30 --by upe --today 2016-04-10");
    assert_snapshot!(stands(&office, "2017-04-10"), @"
    reopener unrecorded due 2016-03-02
    proposals reported due 2016-04-01
    list overdue due 2016-04-09
    expiration renewed due 2016-06-30
    expiration renewed due 2016-06-30
    reopener overdue due 2017-03-02
    proposals overdue due 2017-04-01
    list waiting due 2017-04-11 projected waits for proposals
    expiration deciding due 2017-06-30
    expiration deciding due 2017-06-30
    report waiting due 2017-07-30 projected waits for expiration
    reopener scheduled due 2018-03-02
    proposals scheduled due 2018-04-01
    list waiting due 2018-04-11 projected waits for proposals
    expiration scheduled due 2018-06-30
    expiration scheduled due 2018-06-30
    ");
    let why = office.prints("why letter/proposals --on 2017-04-01 --today 2017-04-10");
    assert_snapshot!(why, @r#"
    Title of proposals
    Letter
    Owed by UPE and DHA

    The words: "at least 90 days before expiration"

      1. expiration is Friday 30 June 2017
         [the end of its 1st renewal; the first term ends on 30 June 2016 (the end, says the agreement's file)]
      2. 90 days before 30 June 2017 (the day itself is not counted): Saturday 1 April 2017

    Last day: Saturday 1 April 2017
    Another reading would give Friday 31 March 2017: clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them
         [Interpretation Act (Canada), section 27(1)]
    Another reading would give Sunday 2 April 2017: the named day itself is counted; not taken, because the words do not include it
         [the NLRB, for `preceding and including`]
    "#);
}

#[test]
fn an_agreement_that_ends_is_listed_with_its_end() {
    let office = letter("signed = 2014-01-10\nexpires = \"2 years after ratification\"\n");
    assert_snapshot!(stands(&office, "2014-02-01"), @"expiration waiting waits for ratification");
    office.prints("record happened letter/ratification --on 2014-02-01 --today 2014-02-01");
    assert_snapshot!(office.prints("due --today 2014-02-01"), @"
    Running
       2014-01-10 to 2016-02-01, in 730 days  Expiration of the agreement
                                              UPE and DHA: letter/expiration
    ");
    assert_snapshot!(stands(&office, "2016-02-01"), @"expiration running due 2016-02-01");
    assert_snapshot!(stands(&office, "2016-02-02"), @"expiration ended due 2016-02-01");
    let refused = office.fails(2, "why letter/renewal --today 2014-02-01");
    assert_snapshot!(refused, @"sideletter: letter has no renewal: its file, letter.md, has no [renewal]");
}

/// One renewal for each sort of term of a generated office, with the ends and the last days for notice that follow: an
/// independent count of the same.
#[test]
fn ends_and_last_days_for_notice_agree_with_an_independent_count() {
    for (implementation, months, ends) in [
        (
            "2026-03-05",
            3,
            ["2026-06-05", "2026-09-05", "2026-12-05", "2027-03-05"],
        ),
        (
            "2025-08-28",
            6,
            ["2026-02-28", "2026-08-28", "2027-02-28", "2027-08-28"],
        ),
        (
            "2024-11-25",
            12,
            ["2025-11-25", "2026-11-25", "2027-11-25", "2028-11-25"],
        ),
    ] {
        let keys = format!(
            "lasts = \"{months} months from implementation\"\nuntil = 2030-11-13\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"{months} months\"\nnotice = \"at least 1 month before expiration\""
        );
        let office = letter(&format!(
            "expires = 2030-11-13\n[events.implementation]\ntitle = \"Implementation\"\ndate = {implementation}\n{}",
            owed("term", &keys)
        ));
        let rows = office.json("due --all --within 2029-01-01 --today 2026-12-01");
        let found: Vec<&str> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["obligation"] == "term")
            .filter_map(|row| row["due"].as_str())
            .take(ends.len())
            .collect();
        assert_eq!(found, ends);
        for end in ends {
            let why = office.json(&format!("why letter/term --on {end} --today 2026-12-01"));
            let before = day(end).checked_sub_months(chrono::Months::new(1)).unwrap();
            let last = why["steps"]
                .as_array()
                .and_then(|steps| steps.last())
                .unwrap();
            assert_eq!(last["date"], Value::from(before.to_string()), "{why}");
        }
    }
}

#[test]
fn the_manuals_example_is_worked_out_as_its_table_says() {
    let manual =
        std::fs::read_to_string(crate::office::repository().join("docs/renewals.md")).unwrap();
    let file = manual
        .split("```markdown\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let office = Office::fixture("offices/two_parties").file("agreements/contract.md", file);
    let rows: Vec<Vec<&str>> = manual
        .lines()
        .filter(|line| line.starts_with("| `contract/"))
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 6);
    let agreements = Agreements::load(office.root()).unwrap();
    let record = Record::default();
    let question =
        Question::new(&agreements, &record, day("2026-04-01")).reaching(day("2029-01-01"));
    let schedule = schedule(&question);
    let given = |cell: &str| (!cell.is_empty()).then(|| day(cell));
    for row in rows {
        let [of, _, from, ends, opens, closes] = row.as_slice() else {
            panic!("{row:?} has not six cells");
        };
        let found = schedule
            .occurrences
            .iter()
            .find(|o| format!("{}/{}", o.agreement, o.obligation) == *of && o.due == given(ends))
            .unwrap();
        assert_eq!(found.begins, given(from), "{row:?}");
        let window = found.renewal.as_ref().unwrap();
        assert_eq!(
            (window.opens, window.closes),
            (given(opens), given(closes)),
            "{row:?}"
        );
    }
}

#[test]
fn one_sides_word_does_not_end_an_agreement_whose_file_says_when() {
    let office = letter(CONTRACT).on("2015-02-02");
    assert_snapshot!(office.prints("record happened letter/expiration --on 2015-01-31 --by dha"), @r#"
    Entry 1: DHA says that the expiration of "Letter" happened on Saturday 31 January 2015.
    To strike it out: sideletter record struck letter --entry 1 --by dha
    The end in the file holds until every other party confirms this day.
    UPE may answer: sideletter record confirmed letter --entry 1 --by upe, or `disputed` in its place
    "#);
    // The file's term runs.
    assert_snapshot!(listed(&office, "due --all"), @"expiration running due 2016-06-30");
    assert_snapshot!(office.prints("why letter/expiration"), @r#"
    Expiration of the agreement
    Letter
    Owed by UPE and DHA

    The words: "2016-06-30"

      1. expiration is Thursday 30 June 2016
         [the end, says the agreement's file]

    Begins: Monday 1 July 2013
    Last day: Thursday 30 June 2016
    Goes on through: Friday 30 June 2017, unless notice is given
    Another reading would give Saturday 31 January 2015: if it ended on 31 January 2015 (entry 1 of the record, by DHA)
         [the end that the file gives holds until every other party has confirmed another]

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

    Recorded:
      entry 1, 2015-02-02: DHA says that the expiration of "Letter" happened on Saturday 31 January 2015 [claimed; the end in the file holds until every other party confirms this day]
    "#);
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                        day         by   remark
    1    2015-02-02 09:00  happened letter/expiration  2015-01-31  DHA  [claimed; the end in the file holds until every other party confirms this day]
    ");
    assert_snapshot!(office.prints("record confirmed letter/expiration --by upe"), @"
    Entry 2: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    Entry 1 is confirmed.

    What follows from it:
      Expiration of the agreement: 30 June 2016 -> 31 January 2015 (ended)
    ");
    assert_snapshot!(listed(&office, "due --all"), @"expiration ended due 2015-01-31");
}

#[test]
fn one_sides_word_ends_what_needs_no_confirmation_alone() {
    let lasting = owed("no_quota", "");
    let office = letter(&format!(
        "effective = 2013-07-01\ntracked_from = 2013-07-01\n{lasting}"
    ));
    let office = office.on("2015-02-02");
    office.prints("record happened letter/expiration --on 2015-01-31 --by dha");
    assert_snapshot!(listed(&office, "due --all"), @"
    no_quota standing
    expiration waiting waits for expiration
    ");
    office.prints("record confirmed letter/expiration --by upe");
    assert_snapshot!(listed(&office, "due --all"), @"
    expiration ended due 2015-01-31
    no_quota ended
    ");
    let office = letter(&format!("confirmation = \"none\"\n{CONTRACT}")).on("2015-02-02");
    office.prints("record happened letter/expiration --on 2015-01-31 --by dha");
    assert_snapshot!(listed(&office, "due --all"), @"expiration ended due 2015-01-31");
}

#[test]
fn a_disputed_notice_still_ends_an_evergreen_and_why_says_that_it_is_disputed() {
    let office = letter(CONTRACT).on("2016-04-20");
    office.prints("record notice letter/renewal --on 2016-04-15 --by dha");
    office.prints("record disputed letter/renewal --by upe");
    assert_snapshot!(office.prints("why letter/expiration"), @r#"
    Expiration of the agreement
    Letter
    Owed by UPE and DHA

    The words: "2016-06-30"

      1. expiration is Thursday 30 June 2016
         [the end, says the agreement's file]
      2. notice was given on Friday 15 April 2016, inside its window: it is not renewed
         [entry 1 of the record, by DHA; disputed by UPE: the parties have recorded different things about the notice]

    Begins: Monday 1 July 2013
    Last day: Thursday 30 June 2016

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

    Recorded:
      entry 1, 2016-04-20: DHA says that notice about the renewal of "Letter" was given on Friday 15 April 2016 [disputed by UPE]
      entry 2, 2016-04-20: UPE disputes entry 1
    "#);
}

#[test]
fn a_disputed_notice_is_told_wherever_due_points_and_no_more_once_all_agreed_on_the_end() {
    let office = letter(CONTRACT);
    office.prints("record notice letter/renewal --on 2016-05-10 --by dha --today 2016-05-10");
    office.prints("record disputed letter/renewal --by upe --today 2016-05-11");
    let recorded = |office: &Office, today: &str| {
        let why = office.prints(&format!("why letter/expiration --today {today}"));
        let recorded = why.split_once("\nRecorded:\n");
        recorded.map_or_else(String::new, |(_, recorded)| recorded.to_owned())
    };
    assert_snapshot!(recorded(&office, "2016-05-12"), @r#"
    entry 1, 2016-05-10: DHA says that notice about the renewal of "Letter" was given on Tuesday 10 May 2016 [disputed by UPE]
    entry 2, 2016-05-11: UPE disputes entry 1
    "#);
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record ended letter --on 2016-06-15 --by {party} --today 2016-05-13"
        ));
    }
    assert_snapshot!(office.prints("due --today 2016-05-14"), @"
    Running
       2013-07-01 to 2016-06-15, in 32 days  Expiration of the agreement
                                             UPE and DHA: letter/expiration
    ");
    assert_snapshot!(recorded(&office, "2016-05-14"), @r#"
    entry 1, 2016-05-10: DHA says that notice about the renewal of "Letter" was given on Tuesday 10 May 2016 [disputed by UPE]
    entry 2, 2016-05-11: UPE disputes entry 1
    entry 3, 2016-05-13: UPE agrees to end "Letter" on Wednesday 15 June 2016 [agreed: UPE and DHA]
    entry 4, 2016-05-13: DHA agrees to end "Letter" on Wednesday 15 June 2016 [agreed: UPE and DHA]
    "#);
}

#[test]
fn an_option_that_is_used_up_is_for_all_to_agree_on() {
    let term = "lasts = \"from April 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"at_option\"\nfor = \"3 months\"\ntimes = 1";
    let top = "effective = 2014-01-01\ntracked_from = 2014-01-01\n";
    let office = letter(&format!("{top}{}", owed("pilot", term))).on("2014-06-01");
    office.prints("record renewed letter/pilot --to 2014-09-30 --by dha");
    assert_snapshot!(office.prints("record renewed letter/pilot --to 2014-12-31 --by dha"), @r#"
    Entry 2: DHA agrees to renew "Title of pilot" to Wednesday 31 December 2014.
    To strike it out: sideletter record struck letter --entry 2 --by dha
    It is proposed and waits for UPE; until all have agreed, the old date runs.
    It was renewed as often as its words leave to one party; once more is for all to agree on.
    UPE may answer: sideletter record confirmed letter --entry 2 --by upe, or `disputed` in its place
    "#);
    assert_snapshot!(office.prints("record confirmed letter/pilot --by upe"), @"
    Entry 3: UPE confirms entry 2.
    To strike it out: sideletter record struck letter --entry 3 --by upe
    All parties have agreed.

    What follows from it:
      Title of pilot: 1 October 2014 to 31 December 2014 (scheduled)
    ");
}

#[test]
fn a_renewal_to_a_later_day_than_its_option_gives_is_for_all_to_agree_on() {
    let option = |how: &str| {
        let term = format!(
            "lasts = \"from April 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"at_option\"\nfor = \"up to 3 months\"\ntimes = 2\n{how}"
        );
        let top = "effective = 2014-01-01\ntracked_from = 2014-01-01\n";
        letter(&format!("{top}{}", owed("pilot", &term))).on("2014-06-01")
    };
    // The last day that the option gives is one party's to choose, and so is an earlier one.
    for day in ["2014-09-30", "2014-08-31"] {
        let office = option("by = [\"dha\"]");
        office.prints(&format!("record renewed letter/pilot --to {day} --by dha"));
        assert_eq!(office.json("log")[0]["standing"]["stands"], "agreed");
    }
    let office = option("by = [\"dha\"]");
    assert_snapshot!(office.prints("record renewed letter/pilot --to 2014-10-01 --by dha"), @r#"
    Entry 1: DHA agrees to renew "Title of pilot" to Wednesday 1 October 2014.
    To strike it out: sideletter record struck letter --entry 1 --by dha
    It is proposed and waits for UPE; until all have agreed, the old date runs.
    Its words leave "up to 3 months" to one party; a later day is for all to agree on.
    UPE may answer: sideletter record confirmed letter --entry 1 --by upe, or `disputed` in its place
    "#);
    assert_snapshot!(listed(&office, "due --all"), @"pilot running opens 2014-04-01 due 2014-06-30");
    assert_snapshot!(office.prints("record confirmed letter/pilot --by upe"), @"
    Entry 2: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    All parties have agreed.

    What follows from it:
      Title of pilot: 1 April 2014 to 30 June 2014 (running)
      Title of pilot: 1 July 2014 to 1 October 2014 (scheduled)
    ");
    // So is what the party that has no option proposes, and the other's word alone does not make it so.
    let office = option("by = [\"dha\"]");
    office.prints("record renewed letter/pilot --to 2014-12-31 --by upe");
    assert_eq!(
        office.json("log")[0]["standing"]["waits_for"],
        serde_json::json!(["dha"])
    );
    // Two renewals at once are more than one gives; one after the other they are two options.
    let office = option("");
    office.prints("record renewed letter/pilot --to 2014-12-31 --by dha");
    assert_eq!(office.json("log")[0]["standing"]["stands"], "proposed");
    let office = option("");
    office.prints("record renewed letter/pilot --to 2014-09-30 --by dha");
    office.prints("record renewed letter/pilot --to 2014-12-31 --by upe");
    assert_eq!(office.json("log")[1]["standing"]["stands"], "agreed");
    // Its `until` bounds it too.
    let office = option("until = 2014-09-15");
    office.prints("record renewed letter/pilot --to 2014-09-30 --by dha");
    assert_eq!(office.json("log")[0]["standing"]["stands"], "proposed");
}

#[test]
fn an_end_that_is_claimed_waits_for_every_party() {
    let office = letter(CONTRACT);
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
        )
        .on("2015-02-02");
    office.prints("record happened letter/expiration --on 2015-01-31 --by dha");
    assert_snapshot!(office.prints("record confirmed letter/expiration --by upe"), @"
    Entry 2: UPE confirms entry 1.
    To strike it out: sideletter record struck letter --entry 2 --by upe
    The end in the file holds until every other party confirms this day.
    ");
    assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                  day         by   remark
    1    2015-02-02 09:00  happened letter/expiration            2015-01-31  DHA  [claimed by DHA and UPE; waits for SLTA; the end in the file holds until every other party confirms this day]
    2    2015-02-02 09:00  confirmed entry 1, letter/expiration              UPE
    ");
    assert_snapshot!(office.prints("record confirmed letter/expiration --by slta"), @"
    Entry 3: SLTA confirms entry 1.
    To strike it out: sideletter record struck letter --entry 3 --by slta
    Entry 1 is confirmed.

    What follows from it:
      Expiration of the agreement: 30 June 2016 -> 31 January 2015 (ended)
    ");
    assert_eq!(office.json("log")[0]["standing"]["stands"], "confirmed");
}

/// What is said of a term, by both parties each time, on a day.
fn both(office: &Office, line: &str, today: &str) {
    for party in ["upe", "dha"] {
        office.prints(&format!("record {line} --by {party} --today {today}"));
    }
}

fn pilot(keys: &str) -> Office {
    let term = format!("lasts = \"3 months from effective\"\n[obligations.renewal]\n{keys}");
    let top = "effective = 2014-01-31\ntracked_from = 2014-01-31\nconfirmation = \"required\"\n";
    letter(&format!("{top}{}", owed("pilot", &term)))
}

const EVERGREEN: &str =
    "how = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 1 month before expiration\"";

/// The ends of its periods up to a day, each with its state.
fn ends(office: &Office, today: &str) -> String {
    // What is disputed is said beside the rows.
    let due = office.types(&format!("due --all --today {today} --format json"));
    let rows: Value = serde_json::from_str(&due.stdout).unwrap();
    let of = rows.as_array().unwrap().iter();
    let mut ends: Vec<String> = of
        .map(|row| {
            format!(
                "{} {}",
                row["due"].as_str().unwrap(),
                row["state"].as_str().unwrap()
            )
        })
        .collect();
    ends.sort();
    ends.join(", ")
}

#[test]
fn what_all_agreed_on_last_holds() {
    let office = letter(CONTRACT);
    both(&office, "ended letter --on 2014-06-30", "2014-02-01");
    both(&office, "ended letter --on 2014-09-30", "2014-02-02");
    assert_snapshot!(ends(&office, "2014-02-03"), @"2014-09-30 running");
    both(&office, "ended letter --on 2014-08-31", "2014-02-04");
    assert_snapshot!(ends(&office, "2014-02-05"), @"2014-08-31 running");
    let office = pilot("how = \"by_agreement\"");
    both(&office, "ended letter/pilot --on 2014-03-15", "2014-02-10");
    assert_snapshot!(ends(&office, "2014-02-11"), @"2014-03-15 running");
    both(
        &office,
        "renewed letter/pilot --to 2014-04-10",
        "2014-02-11",
    );
    assert_snapshot!(ends(&office, "2014-02-12"), @"2014-04-10 running");
    both(
        &office,
        "renewed letter/pilot --to 2014-12-31",
        "2014-02-12",
    );
    assert_snapshot!(ends(&office, "2014-02-13"), @"2014-04-30 running, 2014-12-31 scheduled");
    // What has no renewal may be ended later than all had agreed.
    let office =
        letter("effective = 2014-01-01\nexpires = 2014-12-31\ntracked_from = 2014-01-01\n");
    both(&office, "ended letter --on 2014-06-30", "2014-02-01");
    both(&office, "ended letter --on 2014-09-30", "2014-02-02");
    assert_snapshot!(ends(&office, "2014-02-03"), @"2014-09-30 running");
    let refused = office.fails(
        2,
        "record ended letter --on 2013-09-30 --by upe --today 2014-02-03",
    );
    assert!(
        refused.contains("`letter` begins on 1 January 2014"),
        "{refused}"
    );
}

#[test]
fn all_may_go_on_after_notice_also_once_the_old_end_has_passed() {
    for (line, then) in [
        (
            "renewed letter/pilot --to 2014-07-31",
            "2014-04-30 renewed, 2014-07-31 running",
        ),
        (
            "renewed letter/pilot",
            "2014-04-30 renewed, 2014-07-31 running",
        ),
    ] {
        let office = pilot(EVERGREEN);
        office.prints("record notice letter/pilot --on 2014-03-20 --by dha --today 2014-03-20");
        assert_eq!(ends(&office, "2014-05-05"), "2014-04-30 ended");
        both(&office, line, "2014-05-05");
        assert!(
            ends(&office, "2014-05-06").starts_with(then),
            "{line}: {}",
            ends(&office, "2014-05-06")
        );
    }
}

#[test]
fn notice_that_is_told_of_after_it_had_gone_on_takes_the_other_sides_word() {
    let office = pilot(EVERGREEN);
    let said =
        office.prints("record notice letter/pilot --on 2014-03-20 --by dha --today 2014-07-01");
    assert!(
        said.contains("It is entered 93 days after the last day for notice"),
        "{said}"
    );
    let goes_on = "2014-04-30 renewed, 2014-07-31 running";
    assert!(ends(&office, "2014-07-01").starts_with(goes_on));
    office.prints("record disputed letter --entry 1 --by upe --today 2014-07-02");
    assert!(ends(&office, "2014-07-02").starts_with(goes_on));
    let due = office.prints("due --today 2014-07-02");
    assert_eq!(due.matches("the notice is disputed").count(), 1, "{due}");
    let why = office.prints("why letter/pilot --today 2014-07-02");
    assert!(why.contains("it counts once it is accepted"), "{why}");
    office.prints("record confirmed letter --entry 1 --by upe --today 2014-07-03");
    assert_eq!(ends(&office, "2014-07-03"), "2014-04-30 ended");
    // A few days late it counts as long as nobody disputes it.
    let office = pilot(EVERGREEN);
    office.prints("record notice letter/pilot --on 2014-03-20 --by dha --today 2014-04-02");
    assert_eq!(ends(&office, "2014-04-03"), "2014-04-30 running");
    office.prints("record disputed letter --entry 1 --by upe --today 2014-04-04");
    assert!(ends(&office, "2014-04-05").starts_with("2014-04-30 running, 2014-07-31 scheduled"));
}

#[test]
fn an_option_ends_where_its_words_end_it() {
    let option = |keys: &str| pilot(&format!("how = \"at_option\"\nby = [\"upe\"]\n{keys}"));
    let renew = |office: &Office, to: &str, today: &str| {
        office.prints(&format!(
            "record renewed letter/pilot{to} --by upe --today {today}"
        ))
    };
    // `until` bounds what one party does, and not what all agree on.
    let office = option("for = \"up to 3 months\"\ntimes = 2\nuntil = 2014-10-15");
    renew(&office, " --to 2014-07-31", "2014-04-20");
    renew(&office, "", "2014-07-20");
    assert_eq!(
        ends(&office, "2014-07-21"),
        "2014-04-30 renewed, 2014-07-31 running, 2014-10-15 scheduled"
    );
    // A renewal that was beyond the option stays so, whatever its party takes back.
    let office = option("for = \"up to 3 months\"\ntimes = 1");
    renew(&office, " --to 2014-07-31", "2014-04-20");
    assert!(
        renew(&office, " --to 2014-10-31", "2014-04-21").contains("as often as its words leave")
    );
    office.prints("record struck letter --entry 1 --by upe --today 2014-04-22");
    assert_eq!(ends(&office, "2014-04-22"), "2014-04-30 running");
    // A window and an end bound it.
    let office =
        option("for = \"3 months\"\nwindow = \"between 30 and 10 days before expiration\"");
    let early = renew(&office, "", "2014-02-10");
    assert!(early.contains("Its option may be used from 31 March 2014; outside of that a renewal is for all to agree on."), "{early}");
    office.prints("record struck letter --entry 1 --by upe --today 2014-02-10");
    let late = renew(&office, "", "2014-06-24");
    assert!(late.contains("It ended on 30 April 2014"), "{late}");
    office.prints("record struck letter --entry 3 --by upe --today 2014-06-24");
    assert_eq!(ends(&office, "2014-06-24"), "2014-04-30 ended");
    // Exactly so long is no choice of another day.
    let office = option("for = \"3 months\"");
    let shorter = renew(&office, " --to 2014-06-15", "2014-04-20");
    assert!(
        shorter.contains(
            "Its words leave \"3 months\" to one party; another day is for all to agree on."
        ),
        "{shorter}"
    );
    // What all agreed to end is no party's option any more.
    let office = option("for = \"3 months\"");
    both(&office, "ended letter/pilot --on 2014-03-31", "2014-02-10");
    assert!(renew(&office, "", "2014-02-11").contains("It is proposed and waits for DHA"));
}

#[test]
fn an_option_is_used_once_more_when_what_it_gave_has_begun() {
    let office = pilot("how = \"at_option\"\nby = [\"upe\"]\nfor = \"3 months\"");
    office.prints("record renewed letter/pilot --by upe --today 2014-04-20");
    assert_snapshot!(office.fails(2, "record renewed letter/pilot --by upe --today 2014-04-21"), @"sideletter: entry 1 renews it through 31 July 2014 already; once that has begun, on 1 May 2014, it may be renewed once more in the same words; to go further today, name the day: --to YYYY-MM-DD");
    office.prints("record renewed letter/pilot --by upe --today 2014-05-02");
    assert_eq!(
        ends(&office, "2014-05-03"),
        "2014-04-30 renewed, 2014-07-31 running, 2014-10-31 scheduled"
    );
}

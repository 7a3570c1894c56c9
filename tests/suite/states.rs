//! Where each obligation stands as days pass and things are recorded: `due --all --format json`, in few words.

use crate::office::Office;
use insta::assert_snapshot;
use serde_json::Value;

/// The parties of a letter: a union and an employer, without contacts.
pub(crate) const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
"#;

/// An office with one agreement, `letter`, whose front matter ends with `rest`; every obligation is marked in its body.
pub(crate) fn letter(rest: &str) -> Office {
    Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/letter.md", agreement("Letter", rest))
}

pub(crate) fn agreement(title: &str, rest: &str) -> String {
    let marks: Vec<String> = rest
        .lines()
        .filter_map(|line| line.strip_prefix("id = \""))
        .map(|id| format!("[{}]", id.trim_end_matches('"')))
        .collect();
    let marks = marks.join(" ");
    let counting = if rest.contains("[counting]") {
        ""
    } else {
        "[counting]\npreset = \"plain\"\n"
    };
    let (own, tables) = rest.split_once("\n[").unwrap_or((rest, ""));
    let tables = if tables.is_empty() {
        String::new()
    } else {
        format!("[{tables}")
    };
    format!(
        "+++\ntitle = \"{title}\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n{own}\n{counting}{tables}\n+++\n{marks}\n"
    )
}

/// One obligation, as a table of the front matter.
pub(crate) fn owed(id: &str, keys: &str) -> String {
    format!("\n[[obligations]]\nid = \"{id}\"\ntitle = \"Title of {id}\"\n{keys}\n")
}

/// Every occurrence in a line: its obligation, its state, its days.
pub(crate) fn stands(office: &Office, today: &str) -> String {
    listed(office, &format!("due --all --today {today}"))
}

/// The same for whatever `due` is asked.
pub(crate) fn listed(office: &Office, due: &str) -> String {
    let rows = office.json(due);
    let lines: Vec<String> = rows.as_array().unwrap().iter().map(line).collect();
    lines.join("\n")
}

/// One of them.
pub(crate) fn line(row: &Value) -> String {
    let mut words: Vec<&str> = ["obligation", "state"]
        .iter()
        .filter_map(|key| row[key].as_str())
        .collect();
    for key in ["opens", "due", "grace", "for"] {
        if let Some(value) = row[key].as_str() {
            words.extend([key, value]);
        }
    }
    if row["projected"] == true {
        words.push("projected");
    }
    let waiting: Vec<&str> = row["waiting_on"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let waiting = waiting.join(", ");
    if !waiting.is_empty() {
        words.extend(["waits for", &waiting]);
    }
    words.join(" ")
}

/// The state of the only row, that of the agreement's own end left out.
#[track_caller]
pub(crate) fn state(office: &Office, today: &str) -> String {
    let rows = office.json(&format!("due --all --today {today}"));
    let rows: Vec<&Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["obligation"] != "expiration")
        .collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows[0]["state"].as_str().unwrap().to_owned()
}

/// Those of the days on which the state of the only row is another than on the one before.
pub(crate) fn turns(office: &Office, days: &[&str]) -> String {
    let states = days.iter().map(|day| (*day, state(office, day)));
    let mut turns: Vec<(&str, String)> = states.collect();
    turns.dedup_by(|later, before| later.1 == before.1);
    let lines: Vec<String> = turns
        .iter()
        .map(|(day, state)| format!("{day} {state}"))
        .collect();
    lines.join("\n")
}

pub(crate) fn tracked(rest: &str) -> Office {
    letter(&format!("tracked_from = 2014-01-01\n{rest}"))
}

#[test]
fn a_deadline_waits_lies_ahead_opens_with_its_first_reminder_and_passes() {
    let office = tracked(&format!(
        "\n[events.implementation]\ntitle = \"Implementation\"\n{}",
        owed("meeting", "due = \"60 days after implementation\"")
    ));
    assert_snapshot!(stands(&office, "2014-03-03"), @"meeting waiting waits for implementation");
    office.prints("record happened letter/implementation --on 2014-03-03 --today 2014-03-03");
    // The first reminder is 30 days before the last day, 2 May.
    assert_snapshot!(turns(&office, &["2014-03-03", "2014-04-01", "2014-04-02", "2014-05-02", "2014-05-03"]), @r"
    2014-03-03 scheduled
    2014-04-02 open
    2014-05-03 overdue
    ");
}

#[test]
fn a_window_opens_on_its_own_day_and_its_agreements_lead_time_does_not_matter() {
    let office = tracked(&owed(
        "survey",
        "due = \"between May 1, 2014 and May 31, 2014\"",
    ));
    assert_snapshot!(turns(&office, &["2014-04-30", "2014-05-01", "2014-05-31", "2014-06-01"]), @r"
    2014-04-30 scheduled
    2014-05-01 open
    2014-06-01 overdue
    ");
}

#[test]
fn the_first_reminder_is_the_obligations_own_where_it_has_one() {
    let own = "due = \"May 31, 2014\"\n[obligations.remind]\nbefore = [\"3 days\"]";
    let office = tracked(&owed("survey", own));
    assert_snapshot!(turns(&office, &["2014-05-27", "2014-05-28"]), @r"
    2014-05-27 scheduled
    2014-05-28 open
    ");
}

#[test]
fn an_opening_without_end_is_never_overdue() {
    let office = tracked(&owed("talks", "due = \"no earlier than May 1, 2014\""));
    assert_snapshot!(turns(&office, &["2014-04-30", "2014-05-01", "2024-05-01"]), @r"
    2014-04-30 scheduled
    2014-05-01 open
    ");
}

#[test]
fn what_has_to_begin_in_a_window_is_not_started_after_it() {
    let office = tracked(&owed("pilot", "due = \"begin in April 2014\""));
    assert_snapshot!(turns(&office, &["2014-03-31", "2014-04-01", "2014-04-30", "2014-05-01"]), @r"
    2014-03-31 scheduled
    2014-04-01 open
    2014-05-01 not_started
    ");
}

#[test]
fn one_sides_word_reports_and_the_others_same_word_confirms() {
    let office = tracked(&owed("meeting", "due = \"May 2, 2014\""));
    office.prints("record met letter/meeting --on 2014-05-02 --by dha --today 2014-05-02");
    assert_eq!(state(&office, "2014-06-01"), "reported");
    office.prints("record met letter/meeting --on 2014-05-02 --by upe --today 2014-05-03");
    assert_snapshot!(turns(&office, &["2014-05-03", "2014-06-01", "2034-06-01"]), @"2014-05-03 met");
}

#[test]
fn what_was_done_after_its_last_day_is_met_late() {
    let office = tracked(&format!(
        "confirmation = \"none\"\n{}",
        owed("meeting", "due = \"May 2, 2014\"")
    ));
    office.prints("record met letter/meeting --on 2014-05-03 --by dha --today 2014-05-03");
    assert_eq!(state(&office, "2014-05-03"), "met_late");
}

#[test]
fn what_was_done_on_a_day_of_grace_is_in_time() {
    // 3 May 2014 is a Saturday; a contract's act may be done on the Monday.
    let office = tracked(&format!(
        "confirmation = \"none\"\n\n[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\"]\n{}",
        owed("meeting", "due = \"May 3, 2014\"")
    ));
    assert_snapshot!(stands(&office, "2014-05-05"), @"meeting open due 2014-05-03 grace 2014-05-05");
    assert_eq!(state(&office, "2014-05-06"), "overdue");
    office.prints("record met letter/meeting --on 2014-05-05 --by dha --today 2014-05-06");
    assert_eq!(state(&office, "2014-05-06"), "met");
}

#[test]
fn two_days_claimed_for_one_act_are_disputed() {
    let office = tracked(&owed("meeting", "due = \"May 2, 2014\""));
    office.prints("record met letter/meeting --on 2014-05-01 --by dha --today 2014-05-02");
    office.prints("record met letter/meeting --on 2014-04-30 --by upe --today 2014-05-02");
    assert_eq!(state(&office, "2014-05-02"), "disputed");
    office.prints("record struck letter --entry 1 --by dha --today 2014-05-02");
    assert_eq!(state(&office, "2014-05-02"), "reported");
}

#[test]
fn what_was_due_before_tracking_began_is_unrecorded() {
    let deadline = owed("meeting", "due = \"May 2, 2014\"");
    // Nothing has begun it: today counts as its first day.
    assert_eq!(state(&letter(&deadline), "2014-05-02"), "open");
    assert_eq!(state(&letter(&deadline), "2014-05-03"), "unrecorded");
    // A run began it.
    let office = letter(&deadline);
    office.prints("run --today 2014-05-02");
    assert_eq!(state(&office, "2014-05-03"), "overdue");
    let own = format!("{deadline}tracked_from = 2014-05-03\n");
    assert_eq!(state(&tracked(&own), "2014-06-01"), "unrecorded");
}

#[test]
fn an_older_one_of_a_series_is_unrecorded_once_the_next_has_passed() {
    let series = "every = \"every month\"\nfirst = 2014-01-15\ntimes = 3";
    let office = tracked(&owed("committee", series));
    office.prints("record met letter/committee --on 2014-01-14 --by upe --occurrence 2014-01-15 --today 2014-02-01");
    assert_snapshot!(stands(&office, "2014-03-15"), @r"
    committee reported due 2014-01-15
    committee overdue due 2014-02-15
    committee open due 2014-03-15
    ");
    assert_snapshot!(stands(&office, "2014-03-16"), @r"
    committee reported due 2014-01-15
    committee unrecorded due 2014-02-15
    committee overdue due 2014-03-15
    ");
}

#[test]
fn a_condition_waits_until_it_comes_about() {
    let keys = "when = \"DHA opts to set a quota\"\ndue = \"May 2, 2014\"";
    let office = tracked(&owed("quota_notice", keys));
    assert_snapshot!(turns(&office, &["2014-03-01", "2014-05-02", "2014-05-03"]), @r"
    2014-03-01 waiting
    2014-05-03 unrecorded
    ");
    office.prints("record happened letter/quota_notice --on 2014-03-05 --today 2014-03-05");
    assert_snapshot!(turns(&office, &["2014-03-05", "2014-04-02", "2014-05-03"]), @r"
    2014-03-05 scheduled
    2014-04-02 open
    2014-05-03 overdue
    ");
}

#[test]
fn a_term_runs_and_ends() {
    let keys = "lasts = \"3 months beginning on May 1, 2014\"";
    let office = tracked(&owed("harmless", keys));
    assert_snapshot!(turns(&office, &["2014-04-30", "2014-05-01", "2014-07-31", "2014-08-01"]), @r"
    2014-04-30 scheduled
    2014-05-01 running
    2014-08-01 ended
    ");
}

#[test]
fn the_end_of_a_term_never_rolls() {
    // 30 August 2014 is a Saturday, and Monday 1 September Labor Day.
    let keys = "lasts = \"3 months from effective\"";
    let office = tracked(&format!(
        "effective = 2014-05-30\n[counting]\npreset = \"us_federal\"\n{}",
        owed("harmless", keys)
    ));
    assert_snapshot!(stands(&office, "2014-06-01"), @"harmless running due 2014-08-30");
}

#[test]
fn a_term_is_decided_on_while_its_renewal_window_is_open() {
    let keys = "lasts = \"from January 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"at_option\"\nfor = \"3 months\"\nwindow = \"between 60 and 30 days before expiration\"";
    let office = tracked(&owed("trial", keys));
    assert_snapshot!(turns(&office, &["2014-04-30", "2014-05-01", "2014-05-31", "2014-06-01", "2014-07-01"]), @r"
    2014-04-30 running
    2014-05-01 deciding
    2014-06-01 running
    2014-07-01 ended
    ");
    assert_snapshot!(office.prints("why letter/trial --today 2014-05-01"), @r#"
    Title of trial
    Letter
    Owed by UPE and DHA

    The words: "from January 1, 2014 through June 30, 2014"

      1. it begins: the words name Wednesday 1 January 2014
      2. last day: the words name Monday 30 June 2014

    Begins: Wednesday 1 January 2014
    Last day: Monday 30 June 2014

    Renewal, in the words: "between 60 and 30 days before expiration"

      1. expiration is Monday 30 June 2014
         [the end that may be put off]
      2. it opens: 60 days before 30 June 2014 (the day itself is not counted): Thursday 1 May 2014
      3. last day: 30 days before 30 June 2014 (the day itself is not counted): Saturday 31 May 2014

    From: Thursday 1 May 2014
    Last day: Saturday 31 May 2014
    Another reading would give Friday 30 May 2014: clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them; it would open on 30 April 2014
         [Interpretation Act (Canada), section 27(1)]
    Another reading would give Sunday 1 June 2014: the named day itself is counted; not taken, because the words do not include it; it would open on 2 May 2014
         [the NLRB, for `preceding and including`]
    "#);
}

#[test]
fn standing_duties_and_terms_stop_with_their_agreement_unless_they_survive() {
    let all = [
        owed("respect", ""),
        owed("secrecy", "survives = true"),
        owed("allowance", "lasts = \"2 years from effective\""),
        owed(
            "pension",
            "lasts = \"2 years from effective\"\nsurvives = true",
        ),
        owed(
            "committee",
            "every = \"every 6 months\"\nfirst = 2014-04-01",
        ),
    ]
    .concat();
    let office = tracked(&format!(
        "effective = 2014-01-01\nexpires = 2014-12-31\n{all}"
    ));
    assert_snapshot!(stands(&office, "2014-12-31"), @"
    committee unrecorded due 2014-04-01
    committee overdue due 2014-10-01
    allowance running due 2014-12-31
    expiration running due 2014-12-31
    pension running due 2016-01-01
    respect standing
    secrecy standing
    ");
    assert_snapshot!(stands(&office, "2015-01-01"), @"
    committee unrecorded due 2014-04-01
    committee overdue due 2014-10-01
    allowance ended due 2014-12-31
    expiration ended due 2014-12-31
    pension running due 2016-01-01
    respect ended
    secrecy standing
    ");
}

#[test]
fn an_agreement_that_renews_itself_ends_nothing_before_its_last_renewal() {
    let with = |bound: &str| {
        tracked(&format!(
            "effective = 2014-01-01\nexpires = 2014-12-31\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\n{bound}{}",
            owed("respect", "")
        ))
    };
    assert_eq!(state(&with(""), "2030-01-01"), "standing");
    let once = with("times = 1\n");
    assert_eq!(state(&once, "2015-12-31"), "standing");
    assert_eq!(state(&once, "2016-01-01"), "ended");
    let until = with("until = 2017-06-30\n");
    assert_eq!(state(&until, "2017-06-30"), "standing");
    assert_eq!(state(&until, "2017-07-01"), "ended");
}

#[test]
fn what_has_no_date_is_undated_and_what_has_no_time_limit_is_standing() {
    let office = tracked(&format!(
        "{}{}",
        owed("respect", ""),
        owed("plan", "due = \"as soon as administratively possible\"")
    ));
    assert_snapshot!(stands(&office, "2020-01-01"), @"
    respect standing
    plan undated
    ");
}

#[test]
fn what_is_tentative_is_projected_and_never_open_and_what_is_a_draft_is_nowhere() {
    let all = [
        owed("meeting", "due = \"May 2, 2014\""),
        owed("harmless", "lasts = \"3 months from effective\""),
        owed("respect", ""),
    ]
    .concat();
    let settled = format!("signed = 2014-04-01\n{all}");
    let office = tracked(&format!("status = \"tentative\"\n{settled}"))
        .file(
            "agreements/plan.md",
            agreement("Plan", &format!("status = \"draft\"\n{settled}")),
        )
        .file(
            "agreements/other.md",
            agreement(
                "Other",
                &owed("report", "due = \"10 days after effective date of letter\""),
            ),
        );
    assert_snapshot!(stands(&office, "2014-05-10"), @"
    report waiting due 2014-04-11 projected waits for letter/effective
    meeting waiting due 2014-05-02 projected waits for ratification
    harmless waiting due 2014-07-01 projected waits for ratification
    respect standing
    ");
    assert!(office.prints("check").ends_with("no faults\n"));
    // Each party is asked for the day it waits for.
    let run = office.prints("run --today 2014-05-10");
    assert!(run.contains("letter/ratification"), "{run}");
    assert!(!office.root().join("site/agreements/letter.html").exists());
}

#[test]
fn a_later_day_never_turns_back_what_was_met() {
    let office = tracked(&format!(
        "confirmation = \"none\"\n\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}{}{}",
        owed("meeting", "due = \"May 2, 2014\""),
        owed(
            "committee",
            "every = \"every month\"\nfirst = 2014-01-15\ntimes = 3"
        ),
        owed("answer", "due = \"10 days after request\""),
    ));
    for line in [
        "record happened letter/request --on 2014-02-01 --for North",
        "record met letter/meeting --on 2014-03-02 --by dha",
        "record met letter/committee --on 2014-02-20 --by dha --occurrence 2014-02-15",
        "record met letter/answer --on 2014-02-03 --by dha --for North",
    ] {
        office.prints(&format!("{line} --today 2014-03-10"));
    }
    let done = |today: &str| -> String {
        let all = stands(&office, today);
        let met = all.lines().filter(|line| line.contains(" met"));
        met.collect::<Vec<_>>().join("\n")
    };
    let first = done("2014-03-10");
    assert_snapshot!(first, @r"
    answer met due 2014-02-11 for North
    committee met_late due 2014-02-15
    meeting met due 2014-05-02
    ");
    for today in ["2014-03-11", "2014-05-03", "2014-12-31", "2099-01-01"] {
        assert_eq!(done(today), first, "{today}");
    }
}

#[test]
fn a_series_has_no_day_after_its_agreements_end() {
    let dates = "effective = 2026-02-01\nexpires = 2026-12-31";
    for timing in [
        "every = \"quarterly\"",
        "due = \"on 2026-02-25, and quarterly thereafter\"",
        "every = \"quarterly\"\nsurvives = true",
    ] {
        let office = letter(&format!("{dates}\n{}", owed("meeting", timing)));
        let rows = office.json("due --all --today 2026-11-23");
        let last = rows
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row["due"].as_str())
            .max()
            .unwrap();
        assert_eq!(
            last <= "2026-12-31",
            !timing.contains("survives"),
            "{timing}: {last}"
        );
    }
}

#[test]
fn one_of_a_series_that_all_put_off_beyond_the_next_is_owed_on_its_new_day() {
    let office = tracked(&format!(
        "signed = 2014-01-01\n{}",
        owed("report", "every = \"monthly on the 2nd\"")
    ));
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record moved letter/report --occurrence 2014-02-02 --to 2014-03-03 --by {party} --today 2014-01-20"
        ));
    }
    let moved = |today: &str| {
        let all = stands(&office, today);
        let line = all.lines().find(|line| line.contains("due 2014-03-03"));
        line.unwrap().to_owned()
    };
    assert_eq!(moved("2014-03-03"), "report open due 2014-03-03");
    assert_eq!(moved("2014-03-04"), "report overdue due 2014-03-03");
    assert_eq!(moved("2014-04-03"), "report unrecorded due 2014-03-03");
}

#[test]
fn days_before_every_day_that_is_claimed_for_a_condition_were_not_owed() {
    let office = tracked(&format!(
        "signed = 2014-01-01\nconfirmation = \"required\"\n{}",
        owed(
            "report",
            "owed_by = [\"dha\"]\nwhen = \"a layoff is announced\"\nevery = \"monthly on the 1st\""
        )
    ));
    office.prints("record happened letter/report --on 2014-02-05 --by upe --today 2014-02-06");
    office.prints("record disputed letter/report --by dha --today 2014-02-07");
    let due = office.types("due --all --today 2014-03-02 --format json");
    let rows: Vec<Value> = serde_json::from_str(&due.stdout).unwrap();
    let past: Vec<String> = rows.iter().take(3).map(line).collect();
    assert_eq!(
        past,
        [
            "report unrecorded due 2014-01-01",
            "report unrecorded due 2014-02-01",
            "report disputed due 2014-03-01",
        ]
    );
    // Said once, and not for each of its days.
    assert_eq!(
        due.stderr,
        "letter/report: whether its condition came about is disputed; see: sideletter why letter/report\n"
    );
}

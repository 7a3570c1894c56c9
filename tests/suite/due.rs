//! `due`: which rows it gives, in which order, and what each says; and dates that hang on other dates.

use crate::office::Office;
use crate::states::{agreement, letter, owed, stands};
use insta::{assert_json_snapshot, assert_snapshot};

/// The SDR letter on the day on which Phase II's implementation was recorded.
fn implemented() -> Office {
    let office = Office::repository();
    office.prints("record happened sdr_phase_ii/implementation --on 2014-03-03 --today 2014-03-10");
    office
}

#[test]
fn the_letter_of_sdr_gets_its_dates_from_its_implementation() {
    let office = implemented();
    assert_snapshot!(office.prints("due --agreement sdr_phase_ii --today 2014-03-10"), @"
    Open now
       2014-04-02, in 23 days  Follow-up meeting on SDR issues
                               DHA and UPE: sdr_phase_ii/follow_up_meeting
       2014-04-02, in 23 days  Survey of Cal-Works continuing workers on their training
                               DHA: sdr_phase_ii/training_survey

    Running
       2014-03-03 to 2014-06-03, in 85 days   Held harmless for errors and omissions
                                              DHA: sdr_phase_ii/hold_harmless
       2014-03-03 to 2014-06-03, in 85 days   Schedules of individual workers honored
                                              DHA: sdr_phase_ii/schedules_honored
       2014-03-03 to 2015-03-03, in 358 days  Consideration to the learning curve in evaluations
                                              DHA: sdr_phase_ii/learning_curve

    Waiting for a date
       2014-04-02, expected          Rotation plan and end of shift call handling as a topic of the follow-up meeting
                                     DHA and UPE: sdr_phase_ii/rotation_plan
       if its condition comes about  Advance notice to UPE if a quota or production standard is set later
                                     DHA: sdr_phase_ii/quota_notice

    No date of its own
       no date  Results of the survey shared with UPE
                DHA: sdr_phase_ii/survey_results
       no date  Training plan to address worker needs
                DHA: sdr_phase_ii/training_plan
    ");
}

#[test]
fn what_hangs_on_the_meeting_follows_the_meeting() {
    let office = implemented();
    let sdr = |today: &str| -> String {
        let line = format!("due --all --agreement sdr_phase_ii --today {today}");
        let printed = office.prints(&line);
        let dated = printed.lines().filter(|line| !line.contains("no date"));
        dated.collect::<Vec<_>>().join("\n")
    };
    office.prints(
        "record met sdr_phase_ii/follow_up_meeting --on 2014-04-04 --by dha --today 2014-04-05",
    );
    office.prints(
        "record met sdr_phase_ii/follow_up_meeting --on 2014-04-04 --by upe --today 2014-04-05",
    );
    office.prints(
        "record met sdr_phase_ii/training_survey --on 2014-04-01 --by upe --today 2014-04-05",
    );
    assert_snapshot!(sdr("2014-04-05"), @"
    Past the last day, nothing recorded
       2014-04-04, 1 day ago  Rotation plan and end of shift call handling as a topic of the follow-up meeting
                              DHA and UPE: sdr_phase_ii/rotation_plan

    Running
       2014-03-03 to 2014-06-03, in 59 days   Held harmless for errors and omissions
                                              DHA: sdr_phase_ii/hold_harmless
       2014-03-03 to 2014-06-03, in 59 days   Schedules of individual workers honored
                                              DHA: sdr_phase_ii/schedules_honored
       2014-03-03 to 2015-03-03, in 332 days  Consideration to the learning curve in evaluations
                                              DHA: sdr_phase_ii/learning_curve

    Reported by one side, or not agreed on
       2014-04-02, done 2014-04-01  Survey of Cal-Works continuing workers on their training
                                    DHA: sdr_phase_ii/training_survey

    Waiting for a date
       if its condition comes about  Advance notice to UPE if a quota or production standard is set later
                                     DHA: sdr_phase_ii/quota_notice

    No date of its own
                DHA: sdr_phase_ii/no_psw_referral
                DHA: sdr_phase_ii/no_quota
                DHA: sdr_phase_ii/no_time_clock
                UPE and DHA: sdr_phase_ii/log_on_and_off
                DHA: sdr_phase_ii/yearly_evaluations
                DHA: sdr_phase_ii/survey_results
                DHA: sdr_phase_ii/training_plan
                DHA: sdr_phase_ii/training_hours

    Done, or over
       2014-04-02, done 2014-04-04  Follow-up meeting on SDR issues
                                    DHA and UPE: sdr_phase_ii/follow_up_meeting
    ");
    assert_snapshot!(sdr("2015-03-04"), @"
    Past the last day, nothing recorded
       2014-04-04, 334 days ago  Rotation plan and end of shift call handling as a topic of the follow-up meeting
                                 DHA and UPE: sdr_phase_ii/rotation_plan

    Reported by one side, or not agreed on
       2014-04-02, done 2014-04-01  Survey of Cal-Works continuing workers on their training
                                    DHA: sdr_phase_ii/training_survey

    Waiting for a date
       if its condition comes about  Advance notice to UPE if a quota or production standard is set later
                                     DHA: sdr_phase_ii/quota_notice

    No date of its own
                DHA: sdr_phase_ii/no_psw_referral
                DHA: sdr_phase_ii/no_quota
                DHA: sdr_phase_ii/no_time_clock
                UPE and DHA: sdr_phase_ii/log_on_and_off
                DHA: sdr_phase_ii/yearly_evaluations
                DHA: sdr_phase_ii/survey_results
                DHA: sdr_phase_ii/training_plan
                DHA: sdr_phase_ii/training_hours

    Done, or over
       2014-04-02, done 2014-04-04  Follow-up meeting on SDR issues
                                    DHA and UPE: sdr_phase_ii/follow_up_meeting
       2014-06-03, 274 days ago     Held harmless for errors and omissions
                                    DHA: sdr_phase_ii/hold_harmless
       2014-06-03, 274 days ago     Schedules of individual workers honored
                                    DHA: sdr_phase_ii/schedules_honored
       2015-03-03, 1 day ago        Consideration to the learning curve in evaluations
                                    DHA: sdr_phase_ii/learning_curve
    ");
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let office = implemented();
    let rows = office.json("due --agreement sdr_phase_ii --today 2014-03-10");
    assert_json_snapshot!(rows[0], @r#"
    {
      "agreement": "sdr_phase_ii",
      "clause": "1",
      "days_left": 23,
      "due": "2014-04-02",
      "for": null,
      "grace": null,
      "kind": "deadline",
      "nominal": "2014-04-02",
      "obligation": "follow_up_meeting",
      "occurrence": null,
      "opens": null,
      "owed_by": [
        "dha",
        "upe"
      ],
      "owed_to": [],
      "projected": false,
      "state": "open",
      "title": "Follow-up meeting on SDR issues",
      "waiting_on": [],
      "words": "no later than 30 days after implementation"
    }
    "#);
    assert_json_snapshot!(rows[2], @r#"
    {
      "agreement": "sdr_phase_ii",
      "clause": "9",
      "days_left": 23,
      "due": "2014-04-02",
      "for": null,
      "grace": null,
      "kind": "deadline",
      "nominal": "2014-04-02",
      "obligation": "training_survey",
      "occurrence": null,
      "opens": null,
      "owed_by": [
        "dha"
      ],
      "owed_to": [
        "upe"
      ],
      "projected": false,
      "state": "open",
      "title": "Survey of Cal-Works continuing workers on their training",
      "waiting_on": [],
      "words": "30 days after implementation"
    }
    "#);
}

/// An office with something in every group.
fn mixed() -> Office {
    let all = [
        owed("respect", ""),
        owed("far", "due = \"December 31, 2014\""),
        owed("soon", "due = \"May 31, 2014\"\nowed_by = [\"dha\"]"),
        owed("past", "due = \"April 1, 2014\"\nowed_by = [\"upe\"]"),
        owed("before", "due = \"December 31, 2013\""),
        owed(
            "trial",
            "lasts = \"from January 1, 2014 through June 30, 2014\"",
        ),
        owed(
            "over",
            "lasts = \"from January 1, 2014 through March 31, 2014\"",
        ),
        owed("survey", "due = \"10 days after implementation\""),
        owed("plan", "due = \"promptly\""),
        owed("asked", "due = \"promptly\"\nreview_every = \"2 weeks\""),
    ]
    .concat();
    letter(&format!(
        "tracked_from = 2014-01-01\n\n[events.implementation]\ntitle = \"Implementation\"\n{all}"
    ))
    .file(
        "agreements/a_plan.md",
        agreement("Plan", &owed("report", "due = \"May 31, 2014\"")),
    )
    .on("2014-04-15")
}

/// The obligations that a command line lists, in its order.
fn lists(office: &Office, line: &str) -> String {
    let rows = office.json(line);
    let ids: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["obligation"].as_str().unwrap().to_owned())
        .collect();
    ids.join(" ")
}

#[test]
fn what_is_not_finished_comes_soonest_first() {
    let office = mixed();
    assert_snapshot!(lists(&office, "due"), @"past report soon trial survey asked");
    assert_snapshot!(lists(&office, "due --all"), @"before over past report soon trial far respect survey plan asked");
    assert_snapshot!(lists(&office, "due --within 30d"), @"past trial survey asked");
    assert_snapshot!(lists(&office, "due --within 45d"), @"past trial survey asked");
    assert_snapshot!(lists(&office, "due --within 2014-12-31"), @"past report soon trial far survey asked");
    assert_snapshot!(lists(&office, "due --overdue"), @"past");
    assert_snapshot!(lists(&office, "due --waiting"), @"survey");
    assert_snapshot!(lists(&office, "due --overdue --waiting"), @"past survey");
    assert_snapshot!(lists(&office, "due --agreement a_plan"), @"report");
    assert_snapshot!(lists(&office, "due --party upe --overdue"), @"past");
    assert_snapshot!(lists(&office, "due --party dha --overdue"), @"past");
}

#[test]
fn the_text_puts_first_what_somebody_should_look_at() {
    assert_snapshot!(mixed().prints("due"), @"
    Past the last day, nothing recorded
       2014-04-01, 14 days ago  Title of past
                                UPE: letter/past

    Running
       2014-01-01 to 2014-06-30, in 76 days  Title of trial
                                             UPE and DHA: letter/trial

    Ahead
       2014-05-31, in 46 days  Title of report
                               UPE and DHA: a_plan/report
       2014-05-31, in 46 days  Title of soon
                               DHA: letter/soon

    Waiting for a date
       waits for implementation  Title of survey
                                 UPE and DHA: letter/survey

    No date of its own
       no date  Title of asked
                UPE and DHA: letter/asked
    ");
}

#[test]
fn days_left_count_down_to_the_last_day_and_below() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n{}",
        owed("meeting", "due = \"May 2, 2014\"")
    ));
    for (today, left) in [("2014-05-01", 1), ("2014-05-02", 0), ("2014-05-12", -10)] {
        let rows = office.json(&format!("due --today {today}"));
        assert_eq!(rows[0]["days_left"], left, "{today}");
    }
}

#[test]
fn names_that_are_not_known_are_refused() {
    let office = mixed();
    assert_snapshot!(office.fails(2, "due --agreement leter"), @"sideletter: no agreement `leter`; did you mean `letter`?");
    assert_snapshot!(office.fails(2, "due --party uep"), @"sideletter: no party `uep`; did you mean `upe`?");
}

#[test]
fn an_event_that_is_expected_gives_projected_dates_until_it_has_a_day() {
    let with = |day: &str| {
        letter(&format!(
            "tracked_from = 2014-01-01\n\n[events.implementation]\ntitle = \"Implementation\"\n{day}\n{}{}{}",
            owed("meeting", "due = \"30 days after implementation\""),
            owed("report", "due = \"10 days after meeting\""),
            owed("talk", "due = \"at meeting\""),
        ))
    };
    assert_snapshot!(stands(&with("expected = 2014-03-03"), "2014-03-10"), @"
    meeting waiting due 2014-04-02 projected waits for implementation
    talk waiting due 2014-04-02 projected waits for meeting
    report waiting due 2014-04-12 projected waits for meeting
    ");
    assert_snapshot!(stands(&with("date = 2014-03-03"), "2014-03-10"), @"
    meeting open due 2014-04-02
    talk waiting due 2014-04-02 projected waits for meeting
    report waiting due 2014-04-12 projected waits for meeting
    ");
}

#[test]
fn a_term_is_a_trigger_by_its_end() {
    let office = letter(&format!(
        "{}{}",
        owed("harmless", "lasts = \"3 months beginning on May 1, 2014\""),
        owed("review", "due = \"30 days after harmless\"")
    ));
    assert_snapshot!(stands(&office, "2014-05-10"), @"
    harmless running opens 2014-05-01 due 2014-07-31
    review scheduled due 2014-08-30
    ");
}

#[test]
fn what_is_missed_starts_a_clock_that_is_withdrawn_once_it_is_accepted_that_it_was_done_in_time() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n{}{}",
        owed("meeting", "due = \"May 2, 2014\""),
        owed("appeal", "due = \"15 days after meeting is missed\"")
    ));
    assert_snapshot!(stands(&office, "2014-05-02"), @"
    meeting open due 2014-05-02
    appeal waiting waits for meeting
    ");
    assert_snapshot!(stands(&office, "2014-05-03"), @"
    meeting overdue due 2014-05-02
    appeal open due 2014-05-17
    ");
    // Done, but late: it was missed all the same.
    office.prints("record met letter/meeting --on 2014-05-05 --by dha --today 2014-05-06");
    assert_snapshot!(stands(&office, "2014-05-06"), @"
    meeting reported due 2014-05-02
    appeal open due 2014-05-17
    ");
    office.prints("record struck letter --entry 1 --by dha --today 2014-05-06");
    // Said late by one party alone, it withdraws nothing yet.
    office.prints("record met letter/meeting --on 2014-05-02 --by dha --today 2014-05-06");
    let due = office.types("due --all --today 2014-05-06").stdout;
    assert!(due.contains("2014-05-17"), "{due}");
    office.prints("record confirmed letter/meeting --by upe --today 2014-05-07");
    assert_snapshot!(stands(&office, "2014-05-07"), @"
    meeting met due 2014-05-02
    appeal waiting waits for meeting
    ");
}

#[test]
fn nothing_is_missed_that_fell_due_before_tracking_began() {
    let office = letter(&format!(
        "tracked_from = 2014-06-01\n{}{}",
        owed("meeting", "due = \"May 2, 2014\""),
        owed("appeal", "due = \"60 days after meeting is missed\"")
    ));
    assert_snapshot!(stands(&office, "2014-06-10"), @"
    meeting unrecorded due 2014-05-02
    appeal waiting waits for meeting
    ");
}

#[test]
fn an_agreements_own_days_may_hang_on_an_event() {
    let office = letter(&format!(
        "effective = \"the first day of the month following ratification\"\nexpires = \"1 year after effective\"\n{}{}",
        owed("notice_to_end", "due = \"at least 90 days before expiration\""),
        owed("committee", "every = \"every 4 months\"")
    ))
    .file(
        "agreements/mou_2013.md",
        agreement("MOU", "effective = \"January 1, 2013\"\nexpires = \"18 months after effective\"\n"),
    )
    .file(
        "agreements/other.md",
        agreement("Other", &owed("reopener", "due = \"between 120 and 90 days before expiration of mou_2013\"")),
    );
    assert_snapshot!(stands(&office, "2014-01-10"), @"
    reopener scheduled opens 2014-03-03 due 2014-04-02
    expiration running due 2014-07-01
    notice_to_end waiting waits for expiration
    committee waiting waits for effective
    expiration waiting waits for ratification
    ");
    let run = office.prints("run --today 2014-01-10");
    // What is asked for is the day that the others follow from.
    assert!(
        run.contains("letter/ratification") && !run.contains("letter/effective"),
        "{run}"
    );
    office.prints("record happened letter/ratification --on 2014-01-09 --today 2014-01-10");
    assert_snapshot!(stands(&office, "2014-01-10"), @"
    committee open due 2014-02-01
    reopener scheduled opens 2014-03-03 due 2014-04-02
    committee scheduled due 2014-06-01
    expiration running due 2014-07-01
    committee scheduled due 2014-10-01
    notice_to_end scheduled due 2014-11-03
    expiration scheduled due 2015-02-01
    ");
    office.prints("build --today 2014-01-10");
    let page = office.read("site/agreements/letter.html");
    assert!(
        page.contains("1 February 2014") && page.contains("1 February 2015"),
        "{page}"
    );
}

#[test]
fn a_series_is_bounded_by_its_first_its_number_its_last_day_and_its_agreement() {
    let series = |keys: &str, own: &str| {
        let office = letter(&format!(
            "effective = 2014-01-31\ntracked_from = 2014-01-01\n{own}{}",
            owed("committee", &format!("every = \"every month\"\n{keys}"))
        ));
        let rows = office.json("due --all --within 2014-12-31 --today 2014-01-10");
        let days: Vec<&str> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row["occurrence"].as_str())
            .collect();
        assert!(days.len() < 5 || days.len() > 10, "{days:?}");
        days.get(..5.min(days.len())).unwrap().join(" ")
    };
    // Counted from the anchor each time, never from the one before.
    assert_snapshot!(series("", ""), @"2014-01-31 2014-02-28 2014-03-31 2014-04-30 2014-05-31");
    assert_snapshot!(series("first = 2014-03-15\ntimes = 2", ""), @"2014-03-15 2014-04-15");
    assert_snapshot!(series("until = 2014-03-31", ""), @"2014-01-31 2014-02-28 2014-03-31");
    assert_snapshot!(series("until = \"30 days after effective\"", ""), @"2014-01-31 2014-02-28");
    // A day without a year is the first after the series begins.
    assert_snapshot!(series("first = 2014-02-15\nuntil = \"February 10\"", ""), @"2014-02-15 2014-03-15 2014-04-15 2014-05-15 2014-06-15");
    assert_snapshot!(series("", "expires = 2014-04-01\n"), @"2014-01-31 2014-02-28 2014-03-31");
    assert_snapshot!(series("survives = true", "expires = 2014-04-01\n"), @"2014-01-31 2014-02-28 2014-03-31 2014-04-30 2014-05-31");
}

#[test]
fn the_last_of_a_series_is_what_the_agreements_time_holds_of_it() {
    let days = |own: &str, every: &str| {
        let rest = format!("effective = 2014-07-01\ntracked_from = 2014-07-01\n{own}\n");
        let office = letter(&format!(
            "{rest}{}",
            owed("committee", &format!("every = \"{every}\""))
        ));
        let rows = office.json("due --all --within 2016-12-31 --today 2014-07-10");
        let rows = rows.as_array().unwrap().iter();
        let days: Vec<&str> = rows
            .filter(|row| row["obligation"] == "committee")
            .filter_map(|row| row["due"].as_str())
            .collect();
        days.join(" ")
    };
    // A year after 1 July is 1 July; four quarters of a year have passed by then, and not one day of a fifth is owed.
    let year = "expires = \"1 year after effective\"";
    assert_snapshot!(days(year, "quarterly"), @"2014-09-30 2014-12-31 2015-03-31 2015-06-30");
    assert_snapshot!(days(year, "annually"), @"2015-06-30");
    assert_snapshot!(days("expires = 2014-08-15", "monthly"), @"2014-07-31 2014-08-15");
    // A month of the calendar has begun on its first day.
    assert_snapshot!(days("expires = 2014-09-01", "once each calendar month"), @"2014-07-31 2014-08-31 2014-09-01");
    // What falls into it may move beyond it, as any last day may: Saturday 30 August, Monday Labor Day.
    let rolling = "expires = 2014-08-31\n[counting]\npreset = \"california_statute\"";
    assert_snapshot!(days(rolling, "monthly on the 30th"), @"2014-07-30 2014-09-02");
}

#[test]
fn the_end_of_a_series_is_one_day_and_no_series_itself() {
    let office = letter(&format!(
        "effective = 2014-01-31\n{}",
        owed(
            "committee",
            "every = \"every month\"\nuntil = \"every June 30\""
        )
    ));
    let ended = office.run(&["--format", "json", "check"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended
            .stdout
            .contains("`until` is one day, and this names several"),
        "{}",
        ended.stdout
    );
}

#[test]
fn a_series_that_begins_far_ahead_shows_its_first_day_and_one_that_ended_before_it_began_is_over() {
    let office = letter(&format!(
        "effective = 2014-01-01\nexpires = 2040-12-31\n{}{}{}",
        owed("audit", "every = \"every year\"\nfirst = 2020-06-30"),
        owed("census", "every = \"every 10 years\"\nfirst = 2041-01-01"),
        owed(
            "committee",
            "every = \"every month\"\nfirst = 2014-03-01\nuntil = 2014-02-01"
        ),
    ));
    assert_snapshot!(stands(&office, "2014-01-10"), @"
    audit scheduled due 2020-06-30
    expiration running due 2040-12-31
    census ended
    committee ended
    ");
}

#[test]
fn each_time_of_an_event_carries_what_hangs_on_it() {
    let office = letter(&format!(
        "tracked_from = 2014-01-01\n\n[events.request]\ntitle = \"Request\"\nrepeats = true\n{}{}{}",
        owed("answer", "due = \"10 days after request\""),
        owed("appeal", "due = \"15 days after answer\""),
        owed("arbitration", "due = \"20 days after appeal is missed\""),
    ));
    assert_snapshot!(stands(&office, "2014-02-01"), @"
    answer waiting waits for request
    appeal waiting waits for answer
    arbitration waiting waits for appeal
    ");
    for line in [
        "record happened letter/request --on 2014-02-01 --for North",
        // Another party that tells the same tells of no other time.
        "record happened letter/request --on 2014-02-01 --for North --by dha",
        "record happened letter/request --on 2014-02-03",
    ] {
        office.prints(&format!("{line} --today 2014-02-03"));
    }
    office
        .prints("record met letter/answer --on 2014-02-07 --by dha --for North --today 2014-02-07");
    assert_snapshot!(stands(&office, "2014-02-07"), @"
    answer reported due 2014-02-11 for North
    answer open due 2014-02-13
    appeal open due 2014-02-22 for North
    appeal waiting due 2014-02-28 projected waits for answer
    arbitration waiting for North waits for appeal
    arbitration waiting waits for appeal
    ");
    // The older answer is owed as well as the newer: these are no series.
    assert_snapshot!(stands(&office, "2014-03-01"), @"
    answer reported due 2014-02-11 for North
    answer overdue due 2014-02-13
    appeal overdue due 2014-02-22 for North
    appeal waiting due 2014-02-28 projected waits for answer
    arbitration open due 2014-03-14 for North
    arbitration waiting waits for appeal
    ");
    let rows = office.json("due --all --today 2014-02-07");
    assert_json_snapshot!(rows[0], @r#"
    {
      "agreement": "letter",
      "clause": null,
      "days_left": 4,
      "due": "2014-02-11",
      "for": "North",
      "grace": null,
      "kind": "deadline",
      "nominal": "2014-02-11",
      "obligation": "answer",
      "occurrence": "2014-02-11",
      "opens": null,
      "owed_by": [
        "upe",
        "dha"
      ],
      "owed_to": [],
      "projected": false,
      "state": "reported",
      "title": "Title of answer",
      "waiting_on": [],
      "words": "10 days after request"
    }
    "#);
}

#[test]
fn a_closed_last_day_moves_or_has_a_day_of_grace_as_the_counting_says() {
    // 3 May 2014 is a Saturday.
    let with = |counting: &str, own: &str| {
        letter(&format!(
            "tracked_from = 2014-01-01\n\n[counting]\n{counting}\n{}{}",
            owed(
                "meeting",
                &format!("due = \"10 days after 2014-04-23\"\n{own}")
            ),
            owed("report", "due = \"2 days after meeting\""),
        ))
        .file("calendars/office.toml", CALENDAR)
    };
    let contract = "preset = \"california_contract\"\ndays_off = [\"weekends\"]";
    assert_snapshot!(stands(&with(contract, ""), "2014-04-25"), @"
    meeting open due 2014-05-03 grace 2014-05-05
    report waiting due 2014-05-05 projected waits for meeting
    ");
    assert_snapshot!(stands(&with("preset = \"us_federal\"", ""), "2014-04-25"), @"
    meeting open due 2014-05-05
    report waiting due 2014-05-05 projected waits for meeting
    ");
    assert_snapshot!(stands(&with("preset = \"us_federal\"\ndays_off = [\"office\"]", ""), "2014-04-25"), @"
    meeting open due 2014-05-06
    report waiting due 2014-05-06 projected waits for meeting
    ");
    // An obligation's own counting overrides its agreement's.
    let own = "[obligations.counting]\npreset = \"us_federal\"";
    assert_snapshot!(stands(&with(contract, own), "2014-04-25"), @"
    meeting open due 2014-05-05
    report waiting due 2014-05-05 projected waits for meeting
    ");
}

const CALENDAR: &str = r#"
title = "The office's own days off"
authority = "the office's order of 1 April 2014"
reviewed_to = 2030
[[exceptions]]
day = 2014-05-05
name = "Moving day"
"#;

#[test]
fn every_may_be_the_first_word_of_its_phrase() {
    let letter = |every: &str| {
        let letter = format!(
            "+++\ntitle = \"A letter\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\neffective = 2014-01-31\n\
             [counting]\npreset = \"plain\"\n[[obligations]]\nid = \"committee_meeting\"\ntitle = \"Meeting\"\n\
             every = \"{every}\"\n+++\nThey meet. [committee_meeting]\n"
        );
        Office::fixture("offices/two_parties")
            .file("agreements/letter.md", letter)
            .on("2014-01-31")
    };
    let days = |every: &str| -> Vec<String> {
        let due = letter(every).json("due --all --within 2014-12-31");
        let due = due.as_array().unwrap().iter();
        due.map(|o| o["due"].as_str().unwrap().to_owned())
            .filter(|day| day.as_str() < "2015")
            .collect()
    };
    for [short, long] in [
        ["3 months", "every 3 months"],
        ["two (2) weeks", "every two (2) weeks"],
        ["other month", "every other month"],
        ["March 15", "every March 15"],
    ] {
        assert_eq!(days(short), days(long), "{short}");
        assert!(!days(long).is_empty(), "{long}");
    }
    assert_eq!(
        days("3 months"),
        ["2014-01-31", "2014-04-30", "2014-07-31", "2014-10-31"]
    );
    insta::assert_snapshot!(letter("by July 1, 2014").run(&["check"]).stdout, @r#"
    error[phrase-not-understood]: `every` recurs, and this names one time alone
      --> agreements/letter.md:11:10
       |
    11 | every = "by July 1, 2014"
       |          ^^^^^^^^^^^^^^^
       |
       = help: write how often, such as `every 3 months` or `quarterly`, or `due` in the place of `every`

    1 agreement read; 1 fault; left out: letter/committee_meeting
    "#);
}

#[test]
fn that_a_notice_is_disputed_is_said_beside_the_days() {
    let office = crate::record_mails::office("", crate::record_mails::PARTIES, "").on("2014-05-20");
    office.prints("record notice time_clocks/pilot --on 2014-05-20 --by upe");
    assert!(!office.prints("due").contains("disputed"));
    office.prints("record disputed time_clocks --entry 1 --by dha");
    let due = office.prints("due");
    assert!(
        due.contains("the notice is disputed: the parties have recorded different things about it; see: sideletter why time_clocks/pilot"),
        "{due}"
    );
    assert!(
        office
            .types("due --format json")
            .stderr
            .contains("the notice is disputed")
    );
}

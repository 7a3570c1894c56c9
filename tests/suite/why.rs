//! `why`: how a date was reached, for people and for programs.

use crate::office::Office;
use crate::states::{letter, owed};
use insta::{assert_json_snapshot, assert_snapshot};

#[test]
fn a_date_is_explained_step_by_step_with_its_sources() {
    let office = Office::repository().on("2014-03-10");
    office.prints("record happened sdr_phase_ii/implementation --on 2014-03-03 --by dha");
    assert_snapshot!(office.prints("why sdr_phase_ii/follow_up_meeting"), @r#"
    Follow-up meeting on SDR issues
    SDR Phase II agreements, clause 1
    Owed by DHA and UPE

    The words: "no later than 30 days after implementation"
    The office's reading: The 30 days are for the first meeting, and run from the implementation of Phase II. The meetings after it are held as needed and have no date.

      1. implementation is Monday 3 March 2014
         [entry 1 of the record, by DHA]
      2. 30 days after 3 March 2014 (the day itself is not counted): Wednesday 2 April 2014

    Last day: Wednesday 2 April 2014
    "#);
    assert_snapshot!(office.prints("why sdr_phase_ii/rotation_plan"), @r#"
    Rotation plan and end of shift call handling as a topic of the follow-up meeting
    SDR Phase II agreements, clause 7
    Owed by DHA and UPE

    The words: "at follow_up_meeting"

      1. follow up meeting is expected on Wednesday 2 April 2014
         [the last day of `follow_up_meeting`, as long as it is not met]

    Waits for: follow_up_meeting
    Last day: Wednesday 2 April 2014, as far as expected now
    "#);
    assert_json_snapshot!(office.json("why sdr_phase_ii/hold_harmless"), @r#"
    {
      "agreement": "sdr_phase_ii",
      "due": "2014-06-03",
      "grace": null,
      "nominal": "2014-06-03",
      "obligation": "hold_harmless",
      "occurrence": null,
      "opens": null,
      "other_readings": [
        {
          "date": "2014-06-02",
          "source": "the custom by which a year from July 1 ends on June 30",
          "text": "the first day is counted, as in `beginning on`; not taken, because a time `from` or `after` a day does not count that day"
        }
      ],
      "steps": [
        {
          "date": "2014-03-03",
          "source": "entry 1 of the record, by DHA",
          "text": "implementation is Monday 3 March 2014"
        },
        {
          "date": "2014-06-03",
          "source": "the words of the agreement",
          "text": "3 months after 3 March 2014 (the day itself is not counted): Tuesday 3 June 2014"
        },
        {
          "date": null,
          "source": "what the file says of its renewal",
          "text": "it goes on after that only by agreement, for \"up to 3 months\", at most 1 time; what is agreed on is entered in the record"
        }
      ],
      "words": "three (3) months from implementation"
    }
    "#);
}

#[test]
fn what_waits_says_what_for_and_what_has_no_date_says_so() {
    let office = Office::repository().on("2014-03-10");
    assert_snapshot!(office.prints("why sdr_phase_ii/follow_up_meeting"), @r#"
    Follow-up meeting on SDR issues
    SDR Phase II agreements, clause 1
    Owed by DHA and UPE

    The words: "no later than 30 days after implementation"
    The office's reading: The 30 days are for the first meeting, and run from the implementation of Phase II. The meetings after it are held as needed and have no date.

    Waits for: implementation
    "#);
    assert_snapshot!(office.prints("why sdr_phase_ii/no_quota"), @"
    No task completion or phone call quota or production standard
    SDR Phase II agreements, clause 3
    Owed by DHA
    The office's reading: The clause speaks of the time of implementation and gives no last day; read as standing for as long as DHA has not opted to set one.

    A standing duty: it has no date.
    ");
    assert_json_snapshot!(office.json("why sdr_phase_ii/no_quota"), @r#"
    {
      "agreement": "sdr_phase_ii",
      "due": null,
      "grace": null,
      "nominal": null,
      "obligation": "no_quota",
      "occurrence": null,
      "opens": null,
      "other_readings": [],
      "steps": [],
      "words": null
    }
    "#);
}

#[test]
fn two_days_claimed_for_one_event_are_both_shown() {
    let office = letter(&format!(
        "\n[events.implementation]\ntitle = \"Implementation\"\n{}",
        owed("meeting", "due = \"30 days after implementation\"")
    ))
    .on("2014-03-20");
    office.prints("record happened letter/implementation --on 2014-03-10 --by upe");
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    assert_snapshot!(office.prints("why letter/meeting"), @r#"
    Title of meeting
    Letter
    Owed by UPE and DHA

    The words: "30 days after implementation"

      1. implementation is Monday 3 March 2014
         [entry 2 of the record, by DHA; entry 1 of the record, by UPE says 10 March 2014]
      2. 30 days after 3 March 2014 (the day itself is not counted): Wednesday 2 April 2014

    Last day: Wednesday 2 April 2014
    Another reading would give Wednesday 9 April 2014: if `implementation` was on 10 March 2014 (entry 1 of the record, by UPE)
         [two days are claimed; the earlier is used until one is confirmed or struck out]
    "#);
    assert_json_snapshot!(office.json("why letter/meeting"), @r#"
    {
      "agreement": "letter",
      "due": "2014-04-02",
      "grace": null,
      "nominal": "2014-04-02",
      "obligation": "meeting",
      "occurrence": null,
      "opens": null,
      "other_readings": [
        {
          "date": "2014-04-09",
          "source": "two days are claimed; the earlier is used until one is confirmed or struck out",
          "text": "if `implementation` was on 10 March 2014 (entry 1 of the record, by UPE)"
        }
      ],
      "steps": [
        {
          "date": "2014-03-03",
          "source": "entry 2 of the record, by DHA; entry 1 of the record, by UPE says 10 March 2014",
          "text": "implementation is Monday 3 March 2014"
        },
        {
          "date": "2014-04-02",
          "source": "the words of the agreement",
          "text": "30 days after 3 March 2014 (the day itself is not counted): Wednesday 2 April 2014"
        }
      ],
      "words": "30 days after implementation"
    }
    "#);
    office.prints("record struck letter --entry 2 --by dha");
    let why = office.json("why letter/meeting");
    assert_eq!(
        (&why["due"], &why["other_readings"]),
        (&"2014-04-09".into(), &serde_json::json!([]))
    );
}

#[test]
fn one_of_a_series_is_asked_for_by_its_day() {
    let office = letter(&owed(
        "committee",
        "every = \"every month\"\nfirst = 2014-01-31\ntimes = 4",
    ));
    let due = |line: &str| office.json(line)["due"].as_str().unwrap().to_owned();
    // The one that comes next; else the last.
    assert_eq!(due("why letter/committee --today 2014-03-10"), "2014-03-31");
    assert_eq!(due("why letter/committee --today 2020-01-01"), "2014-04-30");
    assert_eq!(
        due("why letter/committee --on 2014-02-28 --today 2014-03-10"),
        "2014-02-28"
    );
    assert_snapshot!(office.fails(2, "why letter/committee --on 2014-02-27 --today 2014-03-10"), @"sideletter: `letter/committee` has no occurrence on that day; there are 2014-01-31, 2014-02-28, 2014-03-31, 2014-04-30");
}

#[test]
fn names_that_are_not_known_are_refused() {
    let office = letter(&owed("meeting", "due = \"May 2, 2014\""));
    assert_snapshot!(office.fails(2, "why letter"), @"sideletter: `letter` names no obligation; write AGREEMENT/OBLIGATION, as in sdr_phase_ii/follow_up_meeting");
    assert_snapshot!(office.fails(2, "why leter/meeting"), @"sideletter: no agreement `leter`; did you mean `letter`?");
    assert_snapshot!(office.fails(2, "why letter/meting"), @"sideletter: no obligation in letter `meting`; did you mean `meeting`?");
}

#[test]
fn a_day_that_was_shortened_by_the_agreements_end_says_so() {
    let office = letter(&format!(
        "effective = 2014-01-01\nexpires = \"December 31, 2014\"\n{}",
        owed("allowance", "lasts = \"2 years from effective\"")
    ));
    assert_snapshot!(office.prints("why letter/allowance --today 2014-03-10"), @r#"
    Title of allowance
    Letter
    Owed by UPE and DHA

    The words: "2 years from effective"

      1. the effective date is Wednesday 1 January 2014
         [in effect, says the agreement's file]
      2. 2 years after 1 January 2014 (the day itself is not counted): Friday 1 January 2016
      3. the agreement itself ends on Wednesday 31 December 2014, and the term with it
         [nothing says that it outlives its agreement]

    Begins: Wednesday 1 January 2014
    Last day: Wednesday 31 December 2014
    "#);
}

#[test]
fn a_day_of_the_agreement_that_was_worked_out_is_told_with_its_arithmetic() {
    let office = letter(&format!(
        "signed = 2026-01-15\neffective = \"the first day of the month following signing\"\nexpires = \"3 years after effective\"\n{}",
        owed(
            "notice_of_change",
            "due = \"at least 90 days before expiration, unless otherwise agreed\""
        )
    ));
    assert_snapshot!(office.prints("why letter/notice_of_change --today 2026-03-10"), @r#"
    Title of notice_of_change
    Letter
    Owed by UPE and DHA

    The words: "at least 90 days before expiration, unless otherwise agreed"

      1. signing is Thursday 15 January 2026
         [the agreement's file]
      2. the calendar month following signing: Sunday 1 February 2026 to Saturday 28 February 2026
      3. the 1st day of the calendar month following signing: Sunday 1 February 2026
      4. the effective date is Sunday 1 February 2026
         [in effect, says the agreement's file: "the first day of the month following signing"]
      5. 3 years after 1 February 2026 (the day itself is not counted): Thursday 1 February 2029
      6. expiration is Thursday 1 February 2029
         [the end, says the agreement's file: "3 years after effective"]
      7. 90 days before 1 February 2029 (the day itself is not counted): Friday 3 November 2028
      8. `unless otherwise agreed` is a condition and changes no day: what becomes of it is for the record

    Last day: Friday 3 November 2028
    Another reading would give Thursday 2 November 2028: clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them
         [Interpretation Act (Canada), section 27(1)]
    Another reading would give Saturday 4 November 2028: the named day itself is counted; not taken, because the words do not include it
         [the NLRB, for `preceding and including`]
    "#);
}

#[test]
fn a_count_back_onto_a_closed_day_under_a_contract_tells_all_that_may_be_claimed() {
    let office = letter(&format!(
        "signed = 2026-01-15\nexpires = 2026-06-29\n[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\"]\n{}",
        owed("notice_of_change", "due = \"30 days before expiration\"")
    ));
    assert_snapshot!(office.prints("why letter/notice_of_change --today 2026-03-10"), @r#"
    Title of notice_of_change
    Letter
    Owed by UPE and DHA

    The words: "30 days before expiration"

      1. expiration is Monday 29 June 2026
         [the end, says the agreement's file]
      2. 30 days before 29 June 2026 (the day itself is not counted): Saturday 30 May 2026
         [California Civil Code 10]
      3. Saturday 30 May 2026 is off
         [weekends]
      4. moved to the open day before: Friday 29 May 2026
         [the reading that is never late]

    Last day: Friday 29 May 2026
    Another reading would give Saturday 30 May 2026: counted back onto a closed day, the day stays as the words give it; not taken, because only the earlier day is never late
         [the words of the agreement: no rule is known that moves it]
    Another reading would give Monday 1 June 2026: counted back onto a closed day, it extends to the next open day; not taken, because only the earlier day is never late
         [Code of Civil Procedure 12a(a), as some practitioners read it]
    "#);
}

#[test]
fn a_fault_of_another_obligation_is_pointed_to_in_one_line() {
    let office = letter(&format!(
        "signed = 2026-01-15\n{}{}",
        owed("report", "due = \"30 days after signing\""),
        owed("visit", "due = \"by Wednesday\"")
    ));
    let ran = office.run(&["why", "letter/report", "--today", "2026-01-20"]);
    assert_snapshot!(ran.stderr, @"1 fault elsewhere in letter, none in what is asked about. See: sideletter check agreements/letter.md");
}

#[test]
fn the_day_of_an_event_that_is_off_stays_and_says_so() {
    let office = letter(&format!(
        "expires = 2014-06-29\n[counting]\npreset = \"california_statute\"\n{}",
        owed("report", "due = \"by expiration\"")
    ));
    let why = office.on("2014-03-10").prints("why letter/report");
    assert!(
        why.contains("Sunday 29 June 2014 is off; the day of an event stays"),
        "{why}"
    );
}

#[test]
fn the_end_of_a_term_that_is_off_stays_and_says_why() {
    let office = letter(&format!(
        "[counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\"]\n{}",
        owed(
            "pilot",
            "lasts = \"from March 3, 2014 through June 29, 2014\""
        )
    ));
    let why = office.on("2014-03-10").prints("why letter/pilot");
    assert!(
        why.contains(
            "Sunday 29 June 2014 is off; the end of a term and an effective date stay, for only the time of an act moves\n     \
             [weekends; California Code of Civil Procedure 12, 12a; Federal Rule of Civil Procedure 6(a)]"
        ),
        "{why}"
    );
    assert!(!why.contains("grace"), "{why}");
}

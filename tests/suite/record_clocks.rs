//! Which clock starts for what, from which day, and what stops it: of what was missed, and of what is owed under a condition.

use crate::office::Office;
use crate::states::{agreement, letter, line, owed};
use serde_json::Value;

/// A memorandum in effect through the year, and letters that change it.
pub(crate) fn memorandum(rest: &str, letters: &[(&str, &str)]) -> Office {
    let office = letter("").without("agreements/letter.md").file(
        "agreements/mou.md",
        agreement(
            "MOU",
            &format!(
                "effective = 2026-01-01\nexpires = 2026-12-31\ntracked_from = 2026-01-01\n{rest}"
            ),
        ),
    );
    letters.iter().fold(office, |office, (id, rest)| {
        office.file(&format!("agreements/{id}.md"), agreement(id, rest))
    })
}

/// The lines of `due --all` on a day that speak of one obligation, whatever is remarked beside them.
pub(crate) fn of(office: &Office, obligation: &str, today: &str) -> Vec<String> {
    let due = format!("due --all --agreement mou --today {today} --format json");
    let rows: Value = serde_json::from_str(&office.types(&due).stdout).unwrap();
    let rows = rows.as_array().unwrap().iter();
    rows.filter(|row| row["obligation"] == obligation)
        .map(line)
        .collect()
}

#[test]
fn what_was_not_owed_on_its_last_day_was_not_missed() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}",
            owed(
                "meeting",
                "owed_by = [\"dha\"]\nevery = \"monthly on the 10th\""
            ),
            owed(
                "claim",
                "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
            ),
        ),
        &[
            (
                "l1",
                &format!(
                    "signed = 2026-04-01\namends = [\"mou\"]\n{}",
                    owed(
                        "meeting_anew",
                        "owed_by = [\"dha\"]\nevery = \"every 2 months on the 20th\"\nreplaces = \"mou/meeting\""
                    )
                ),
            ),
            (
                "l2",
                "signed = 2026-09-01\namends = [\"l1\"]\n\n[changes]\n\"l1\" = \"void\"\n",
            ),
        ],
    );
    // Those of January to March were owed, those of April to August were not.
    assert_eq!(
        of(&office, "claim", "2026-09-02"),
        [
            "claim overdue due 2026-01-25 for meeting",
            "claim overdue due 2026-02-25 for meeting",
            "claim overdue due 2026-03-25 for meeting",
        ]
    );
}

#[test]
fn a_term_that_ran_out_is_no_missed_commitment() {
    let office = memorandum(
        &format!(
            "{}{}{}",
            owed(
                "hold",
                "owed_by = [\"dha\"]\nlasts = \"3 months from effective\""
            ),
            owed("report", "owed_by = [\"dha\"]\ndue = \"by March 1, 2026\""),
            owed(
                "claim",
                "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
            ),
        ),
        &[],
    );
    assert_eq!(
        of(&office, "claim", "2026-04-05"),
        ["claim overdue due 2026-03-16 for report"]
    );
    // Nor where it was not kept on a day: that is disputed, and no last day has passed.
    office.prints("record disputed mou/hold --on 2026-03-20 --by upe --today 2026-03-21");
    assert_eq!(
        of(&office, "claim", "2026-04-05"),
        ["claim overdue due 2026-03-16 for report"]
    );
}

/// A report due on 1 March 2026, a penalty and a claim where it is missed.
fn report(confirmation: &str) -> Office {
    memorandum(
        &format!(
            "confirmation = \"{confirmation}\"\n{}{}{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"by March 1, 2026\""),
            owed(
                "penalty",
                "owed_by = [\"dha\"]\ndue = \"15 days after report is missed\""
            ),
            owed(
                "claim",
                "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\""
            ),
        ),
        &[],
    )
}

/// Where the penalty and the claim stand.
fn clocks(office: &Office, today: &str) -> Vec<String> {
    let of_each = ["claim", "penalty"].map(|id| of(office, id, today));
    let states = of_each.iter().flatten().map(|line| {
        let words: Vec<&str> = line.split(' ').take(2).collect();
        words.join(" ")
    });
    states.collect()
}

#[test]
fn a_clock_that_has_started_is_withdrawn_only_by_a_word_that_binds() {
    let office = report("required").file(
        "parties.toml",
        "[upe]\nname = \"UPE\"\nside = \"union\"\n[[upe.contacts]]\nname = \"Agent\"\nemail = \"a@upe.example\"\nagreed = 2026-01-01\n\n[dha]\nname = \"DHA\"\nside = \"employer\"\n[[dha.contacts]]\nname = \"Analyst\"\nemail = \"a@dha.example\"\nagreed = 2026-01-01\n",
    );
    office.prints("run --today 2026-02-01");
    let open = ["claim open", "penalty open"];
    assert_eq!(clocks(&office, "2026-03-09"), open);
    office.prints("record met mou/report --on 2026-02-27 --by dha --today 2026-03-10");
    // The late word of who owed it binds nobody.
    assert_eq!(clocks(&office, "2026-03-10"), open);
    let due = office.prints("due --today 2026-03-10");
    assert!(
        due.contains("what it is counted from is said to have been done in time, which is not accepted yet; see: sideletter why mou/penalty"),
        "{due}"
    );
    for id in ["penalty", "claim"] {
        let why = office.prints(&format!("why mou/{id} --today 2026-03-10"));
        assert!(
            why.contains("[the last day of `report`; that it was done by then is not accepted (entry 1 of the record, by DHA)]")
                && why.contains("Note: once it is accepted that `report` was done on 27 February 2026 (entry 1 of the record, by DHA), this is withdrawn"),
            "{why}"
        );
    }
    office.prints("run --today 2026-03-10");
    let list: Vec<Value> =
        serde_json::from_value(office.json("outbox --today 2026-03-10")).unwrap();
    let reported = list
        .iter()
        .find(|message| message["stage"] == "reported" && message["to"] == "a@upe.example")
        .unwrap();
    let mail = office.prints(&format!("outbox show {}", reported["id"]));
    let mail = mail.replace("=\n", "").replace('\n', " ");
    assert!(
        mail.contains(
            "This runs on, and is withdrawn once it is accepted that it was done by then."
        ) && mail.contains("Title of penalty, due 16 March 2026")
            && mail.contains("Title of claim: report, due 16 March 2026"),
        "{mail}"
    );
    // Disputed, it was running all the while; confirmed, it never ran.
    office.prints("record disputed mou/report --by upe --today 2026-03-12");
    assert_eq!(clocks(&office, "2026-03-12"), open);
    office.prints("record confirmed mou/report --by upe --today 2026-03-14");
    assert_eq!(
        clocks(&office, "2026-03-14"),
        ["claim waiting", "penalty waiting"]
    );
}

#[test]
fn what_was_entered_by_its_last_day_starts_no_clock_while_nobody_disputes_it() {
    let office = report("required");
    office.prints("record met mou/report --on 2026-02-27 --by dha --today 2026-03-01");
    let waiting = ["claim waiting", "penalty waiting"];
    assert_eq!(clocks(&office, "2026-03-10"), waiting);
    office.prints("record disputed mou/report --by upe --today 2026-03-11");
    assert_eq!(
        clocks(&office, "2026-03-11"),
        ["claim open", "penalty open"]
    );
    office.prints("record confirmed mou/report --by upe --today 2026-03-12");
    assert_eq!(clocks(&office, "2026-03-12"), waiting);
    // Where one side's word is enough, it withdraws the clock at once.
    let office = report("none");
    assert_eq!(
        clocks(&office, "2026-03-09"),
        ["claim open", "penalty open"]
    );
    office.prints("record met mou/report --on 2026-02-27 --by dha --today 2026-03-10");
    assert_eq!(clocks(&office, "2026-03-10"), waiting);
}

/// A memorandum whose duties are owed under a condition.
fn conditional() -> Office {
    memorandum(
        &format!(
            "confirmation = \"required\"\n[events.audit]\ntitle = \"Audit\"\nrepeats = true\n{}{}{}",
            owed(
                "funded",
                "owed_by = [\"dha\"]\nwhen = \"the state funds it\"\nevery = \"monthly on the 10th\""
            ),
            owed(
                "answer",
                "owed_by = [\"dha\"]\nwhen = \"the audit finds a fault\"\ndue = \"10 days after audit\""
            ),
            owed(
                "claim",
                "owed_by = [\"upe\"]\ndue = \"10 days after answer is missed\""
            ),
        ),
        &[],
    )
}

#[test]
fn the_condition_of_each_case_comes_about_by_itself() {
    let office = conditional();
    let refused = office.fails(
        2,
        "record happened mou/answer --on 2026-03-30 --by upe --today 2026-04-01",
    );
    assert!(
        refused.contains("record happened mou/audit --on DATE --for WORDS"),
        "{refused}"
    );
    office
        .prints("record happened mou/audit --on 2026-04-01 --for One --by upe --today 2026-04-02");
    office
        .prints("record happened mou/audit --on 2026-04-02 --for Two --by upe --today 2026-04-02");
    let refused = office.fails(
        2,
        "record happened mou/answer --on 2026-04-06 --by upe --today 2026-04-06",
    );
    assert!(
        refused.contains("say for which the condition came about, as --for WORDS or --occurrence DATE: 2026-04-11 (for One, waiting), 2026-04-12 (for Two, waiting)"),
        "{refused}"
    );
    let refused = office.fails(
        2,
        "record happened mou/answer --on 2026-04-06 --for Three --by upe --today 2026-04-06",
    );
    assert!(
        refused.contains("has no occurrence for \"Three\""),
        "{refused}"
    );
    office
        .prints("record happened mou/answer --on 2026-04-06 --for Two --by upe --today 2026-04-06");
    assert_eq!(
        of(&office, "answer", "2026-04-20"),
        [
            "answer unrecorded due 2026-04-11 for One",
            "answer overdue due 2026-04-12 for Two"
        ]
    );
    assert_eq!(
        of(&office, "claim", "2026-04-20"),
        [
            "claim open due 2026-04-22 for Two",
            "claim waiting for One waits for answer"
        ]
    );
    // The other case is another thing to say, and to dispute.
    office
        .prints("record happened mou/answer --on 2026-04-07 --for One --by upe --today 2026-04-07");
    office.prints("record disputed mou/answer --entry 4 --by dha --today 2026-04-08");
    assert_eq!(
        of(&office, "answer", "2026-04-20"),
        [
            "answer disputed due 2026-04-11 for One",
            "answer overdue due 2026-04-12 for Two"
        ]
    );
    assert_eq!(
        of(&office, "claim", "2026-04-20"),
        [
            "claim open due 2026-04-22 for Two",
            "claim waiting for One waits for answer"
        ]
    );
    let again = office.fails(
        2,
        "record happened mou/answer --on 2026-04-07 --for Two --by upe --today 2026-04-08",
    );
    assert!(again.contains("entry 3 says so already"), "{again}");
}

#[test]
fn of_one_case_the_condition_needs_no_words() {
    let office = conditional();
    office
        .prints("record happened mou/audit --on 2026-04-01 --for One --by upe --today 2026-04-02");
    office.prints("record happened mou/answer --on 2026-04-06 --by upe --today 2026-04-06");
    // It is that case's, and none of those that come later.
    office
        .prints("record happened mou/audit --on 2026-04-08 --for Two --by upe --today 2026-04-08");
    assert_eq!(
        of(&office, "answer", "2026-04-10"),
        [
            "answer open due 2026-04-11 for One",
            "answer waiting due 2026-04-18 for Two"
        ]
    );
}

#[test]
fn what_fell_due_before_its_condition_came_about_is_never_overdue() {
    let office = conditional();
    office.prints("record happened mou/funded --on 2026-04-15 --by upe --today 2026-04-15");
    let funded: Vec<String> = of(&office, "funded", "2026-05-11")
        .into_iter()
        .take(5)
        .collect();
    assert_eq!(
        funded,
        [
            "funded unrecorded due 2026-01-10",
            "funded unrecorded due 2026-02-10",
            "funded unrecorded due 2026-03-10",
            "funded unrecorded due 2026-04-10",
            "funded overdue due 2026-05-10"
        ]
    );
    assert!(
        of(&office, "funded", "2026-04-16")
            .contains(&"funded unrecorded due 2026-04-10".to_owned())
    );
}

#[test]
fn each_of_a_series_that_is_missed_starts_a_clock_of_its_own() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}{}",
            owed(
                "meeting",
                "owed_by = [\"dha\"]\nevery = \"every 2 weeks\"\nfirst = 2026-01-12\nuntil = 2026-02-09"
            ),
            owed(
                "cure",
                "owed_by = [\"dha\"]\ndue = \"5 days after meeting is missed\""
            ),
            owed(
                "demand",
                "owed_by = [\"upe\"]\ndue = \"10 days after cure\""
            ),
        ),
        &[],
    );
    assert_eq!(
        of(&office, "cure", "2026-01-12"),
        ["cure waiting waits for meeting"]
    );
    office.prints("record met mou/meeting --occurrence 2026-01-26 --on 2026-01-26 --by dha --today 2026-01-27");
    assert_eq!(
        of(&office, "cure", "2026-02-10"),
        [
            "cure overdue due 2026-01-17 for 2026-01-12",
            "cure open due 2026-02-14 for 2026-02-09",
        ]
    );
    office.prints(
        "record met mou/cure --occurrence 2026-01-17 --on 2026-01-20 --by dha --today 2026-02-10",
    );
    assert_eq!(
        of(&office, "cure", "2026-02-16"),
        [
            "cure met_late due 2026-01-17 for 2026-01-12",
            "cure overdue due 2026-02-14 for 2026-02-09",
        ]
    );
    assert_eq!(
        of(&office, "demand", "2026-02-16"),
        [
            "demand overdue due 2026-01-30 for 2026-01-12",
            "demand waiting due 2026-02-24 for 2026-02-09 projected waits for cure",
        ]
    );
}

#[test]
fn what_fell_due_while_nobody_knew_that_the_agreement_goes_on_was_not_owed_then() {
    let office = memorandum(
        &format!(
            "\n[renewal]\nhow = \"by_agreement\"\nfor = \"1 year\"\n{}{}",
            owed(
                "rounds",
                "owed_by = [\"dha\"]\nevery = \"monthly on the 15th\""
            ),
            owed(
                "talk",
                "owed_by = [\"upe\"]\ndue = \"within 5 days after a missed commitment\""
            ),
        ),
        &[],
    );
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record ended mou --on 2026-03-20 --by {party} --today 2026-03-18"
        ));
    }
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record renewed mou --to 2026-07-31 --by {party} --today 2026-05-22"
        ));
    }
    assert_eq!(
        of(&office, "rounds", "2026-06-16")[2..6],
        [
            "rounds unrecorded due 2026-03-15",
            "rounds unrecorded due 2026-04-15",
            "rounds unrecorded due 2026-05-15",
            "rounds overdue due 2026-06-15",
        ]
    );
    assert_eq!(
        of(&office, "rounds", "2026-05-23")[3..5],
        [
            "rounds unrecorded due 2026-04-15",
            "rounds unrecorded due 2026-05-15",
        ]
    );
    let clocks = of(&office, "talk", "2026-06-16");
    let of_rounds: Vec<&String> = clocks
        .iter()
        .filter(|line| line.contains("rounds"))
        .collect();
    assert_eq!(
        of_rounds,
        [
            "talk overdue due 2026-01-20 for rounds",
            "talk overdue due 2026-02-20 for rounds",
            "talk overdue due 2026-03-20 for rounds",
            "talk open due 2026-06-20 for rounds",
        ]
    );
}

#[test]
fn a_condition_that_both_say_came_about_goes_by_the_earlier_day_until_that_is_settled() {
    let office = memorandum(
        &format!(
            "{}{}",
            owed(
                "offer",
                "owed_by = [\"dha\"]\ndue = \"by February 1, 2026\"\nwhen = \"DHA buys new software\""
            ),
            owed(
                "appeal",
                "owed_by = [\"upe\"]\ndue = \"10 days after offer is missed\""
            ),
        ),
        &[],
    );
    let record = |line: &str| office.prints(&format!("record {line}"));
    record("happened mou/offer --on 2026-01-20 --by upe --today 2026-01-21");
    let missed = || {
        [
            of(&office, "offer", "2026-02-07"),
            of(&office, "appeal", "2026-02-07"),
        ]
        .concat()
    };
    let owed = ["offer overdue due 2026-02-01", "appeal open due 2026-02-11"];
    assert_eq!(missed(), owed);
    record("happened mou/offer --on 2026-02-03 --by dha --today 2026-02-05");
    assert_eq!(missed(), owed);
    // That it disputes the other day takes nothing away: it says itself that it came about.
    record("disputed mou --entry 1 --by dha --today 2026-02-05");
    assert_eq!(missed(), owed);
}

#[test]
fn what_is_overdue_stays_so_as_long_as_the_next_is_only_expected() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n\n[renewal]\nhow = \"at_option\"\nby = [\"dha\"]\nfor = \"1 year\"\n{}{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"at least 90 days before expiration\""
            ),
            owed(
                "reply",
                "owed_by = [\"upe\"]\ndue = \"10 days after report\""
            ),
        ),
        &[],
    );
    office.prints("record met mou/report --on 2026-10-01 --by dha --today 2026-10-01");
    office.prints("record renewed mou --by dha --today 2026-11-20");
    let first = |today| of(&office, "reply", today).remove(0);
    assert_eq!(first("2027-10-20"), "reply overdue due 2026-10-11");
    // Later than this machine's clock may be, of which a line is said then.
    let late = office.types(
        "record met mou/report --on 2027-10-02 --by dha --occurrence 2027-10-02 --today 2027-10-02",
    );
    assert_eq!(late.code, 0, "{late:?}");
    assert_eq!(first("2027-10-12"), "reply overdue due 2026-10-11");
    assert_eq!(first("2027-10-13"), "reply unrecorded due 2026-10-11");
}

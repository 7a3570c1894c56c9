//! What is owed once for each period of what may be renewed, and what was missed for one: docs/renewals.md.

use crate::office::Office;
use crate::record_clocks::{memorandum, of};
use crate::states::owed;

#[test]
fn what_one_party_missed_stays_when_it_uses_its_option() {
    let office = memorandum(
        &format!(
            "confirmation = \"none\"\n\n[renewal]\nhow = \"at_option\"\nby = [\"dha\"]\nfor = \"1 year\"\n{}{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"at least 60 days before expiration\""
            ),
            owed(
                "remedy",
                "owed_by = [\"dha\"]\ndue = \"10 days after report is missed\""
            ),
        ),
        &[],
    );
    let missed = [
        "report overdue due 2026-11-01",
        "remedy overdue due 2026-11-11",
    ];
    let both = |today| [of(&office, "report", today), of(&office, "remedy", today)].concat();
    assert_eq!(both("2026-11-20"), missed);
    office.prints("record renewed mou --by dha --today 2026-11-20");
    let [report, remedy] = missed;
    assert_eq!(
        both("2026-11-21"),
        [
            report,
            "report scheduled due 2027-11-01",
            remedy,
            "remedy waiting waits for report"
        ]
    );
    // What is done for one end does not count for the next.
    office.prints(
        "record met mou/report --on 2026-11-22 --occurrence 2026-11-01 --by dha --today 2026-11-22",
    );
    assert_eq!(
        of(&office, "report", "2026-11-23"),
        [
            "report met_late due 2026-11-01",
            "report scheduled due 2027-11-01",
        ]
    );
}

/// A trial that may go on, and what is owed before it ends.
fn trial(renewal: &str) -> Office {
    memorandum(
        &format!(
            "confirmation = \"none\"\n{}{}{}{}",
            owed(
                "trial",
                &format!(
                    "owed_by = [\"dha\"]\nlasts = \"from January 1, 2026 through June 30, 2026\"\n[obligations.renewal]\nfor = \"3 months\"\n{renewal}"
                )
            ),
            owed(
                "review",
                "owed_by = [\"dha\"]\ndue = \"at least 60 days before trial ends\""
            ),
            owed(
                "remedy",
                "owed_by = [\"dha\"]\ndue = \"10 days after review is missed\""
            ),
            owed(
                "findings",
                "owed_by = [\"dha\"]\ndue = \"30 days after trial ends\""
            ),
        ),
        &[],
    )
}

#[test]
fn what_was_missed_before_a_term_ended_stays_however_that_is_renewed() {
    let all = |office: &Office, today| {
        ["review", "remedy", "findings"]
            .map(|of_it| of(office, of_it, today))
            .concat()
    };
    let at_option = trial("how = \"at_option\"\nby = [\"dha\"]");
    let missed = [
        "review overdue due 2026-05-01",
        "remedy overdue due 2026-05-11",
        "findings scheduled due 2026-07-30",
    ];
    assert_eq!(all(&at_option, "2026-05-20"), missed);
    at_option.prints("record renewed mou/trial --by dha --today 2026-05-20");
    let goes_on = [
        "review overdue due 2026-05-01",
        "review scheduled due 2026-08-01",
        "remedy overdue due 2026-05-11",
        "remedy waiting waits for review",
        "findings scheduled due 2026-10-30",
    ];
    assert_eq!(all(&at_option, "2026-05-21"), goes_on);
    let by_agreement = trial("how = \"by_agreement\"");
    for party in ["dha", "upe"] {
        by_agreement.prints(&format!(
            "record renewed mou/trial --by {party} --today 2026-05-20"
        ));
    }
    assert_eq!(all(&by_agreement, "2026-05-21"), goes_on);
    // What is done for one end does not count for the next.
    by_agreement.prints(
        "record met mou/review --on 2026-05-22 --occurrence 2026-05-01 --by dha --today 2026-05-22",
    );
    assert_eq!(
        of(&by_agreement, "review", "2026-05-23"),
        [
            "review met_late due 2026-05-01",
            "review scheduled due 2026-08-01",
        ]
    );
    // An end that all agree on in the place of another keeps what was said of it.
    for party in ["dha", "upe"] {
        by_agreement.prints(&format!(
            "record ended mou/trial --on 2026-09-15 --by {party} --today 2026-05-24"
        ));
    }
    assert_eq!(
        of(&by_agreement, "review", "2026-05-25"),
        [
            "review met_late due 2026-05-01",
            "review scheduled due 2026-07-17",
        ]
    );
}

/// What renews itself for a year at a time, and what is owed before each end.
fn evergreen() -> Office {
    memorandum(
        &format!(
            "confirmation = \"none\"\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n{}{}",
            owed(
                "report",
                "owed_by = [\"dha\"]\ndue = \"at least 45 days before expiration\""
            ),
            owed(
                "remedy",
                "owed_by = [\"dha\"]\ndue = \"10 days after report is missed\""
            ),
        ),
        &[],
    )
}

/// What all agree to, each party for itself.
fn all_agree(office: &Office, act: &str, today: &str) {
    for party in ["dha", "upe"] {
        office.prints(&format!("record {act} --by {party} --today {today}"));
    }
}

#[test]
fn what_was_missed_before_an_end_that_all_agreed_on_stays_whatever_they_agree_on_since() {
    let both = |office: &Office, today| {
        [of(office, "report", today), of(office, "remedy", today)].concat()
    };
    let ended = || {
        let office = evergreen();
        all_agree(&office, "ended mou --on 2026-09-30", "2026-07-10");
        assert_eq!(
            both(&office, "2026-09-01"),
            [
                "report overdue due 2026-08-16",
                "remedy overdue due 2026-08-26"
            ]
        );
        office
    };
    let goes_on = |report: &'static str| {
        [
            "report overdue due 2026-08-16",
            report,
            "remedy overdue due 2026-08-26",
            "remedy waiting waits for report",
        ]
    };
    for (act, report) in [
        ("renewed mou", "report scheduled due 2026-11-16"),
        (
            "renewed mou --to 2026-12-31",
            "report scheduled due 2026-11-16",
        ),
        (
            "ended mou --on 2026-12-20",
            "report scheduled due 2026-11-05",
        ),
    ] {
        let office = ended();
        all_agree(&office, act, "2026-09-05");
        assert_eq!(both(&office, "2026-09-06"), goes_on(report), "{act}");
    }
    // A word that binds withdraws it, and what is said of the one says nothing of the other.
    let office = ended();
    all_agree(&office, "renewed mou", "2026-09-05");
    office.prints(
        "record met mou/report --on 2026-08-10 --occurrence 2026-08-16 --by dha --today 2026-09-07",
    );
    assert_eq!(
        both(&office, "2026-09-08"),
        [
            "report met due 2026-08-16",
            "report scheduled due 2026-11-16",
            "remedy waiting waits for report",
        ]
    );
    // What had not fallen due by then is owed for the new end alone, and so is what had been done.
    let office = evergreen();
    all_agree(&office, "ended mou --on 2026-09-30", "2026-07-10");
    all_agree(&office, "renewed mou", "2026-08-10");
    assert_eq!(
        both(&office, "2026-09-01"),
        [
            "report scheduled due 2026-11-16",
            "remedy waiting waits for report"
        ]
    );
    let office = evergreen();
    all_agree(&office, "ended mou --on 2026-09-30", "2026-07-10");
    office.prints("record met mou/report --on 2026-08-10 --by dha --today 2026-08-10");
    all_agree(&office, "renewed mou", "2026-09-05");
    assert_eq!(
        both(&office, "2026-09-06"),
        [
            "report met due 2026-11-16",
            "remedy waiting waits for report"
        ]
    );
}

#[test]
fn what_all_had_ended_goes_on_as_far_as_they_say_and_notice_may_stop_it_then() {
    for act in ["renewed mou", "renewed mou --to 2026-12-31"] {
        let office = evergreen();
        all_agree(&office, "ended mou --on 2026-09-30", "2026-07-10");
        all_agree(&office, act, "2026-09-05");
        assert_eq!(
            of(&office, "expiration", "2026-09-06"),
            ["expiration running due 2026-12-31"],
            "{act}"
        );
        let given = office.prints("record notice mou --on 2026-10-15 --by upe --today 2026-10-15");
        assert!(
            !given.contains("early") && !given.contains("No day changes"),
            "{given}"
        );
        assert_eq!(
            of(&office, "expiration", "2027-01-02"),
            ["expiration ended due 2026-12-31"],
            "{act}"
        );
    }
}

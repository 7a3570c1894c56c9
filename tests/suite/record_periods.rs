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

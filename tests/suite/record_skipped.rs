//! What all parties agreed to skip, what hangs on that, and what one party says of it since: docs/record.md, "Acts of all sides".

use crate::office::Office;
use crate::record_clocks::{memorandum, of};
use crate::states::owed;
use insta::assert_snapshot;

/// A report, and what follows from it, from its being missed, and from what follows.
fn reports() -> Office {
    memorandum(
        &[
            owed("report", "owed_by = [\"dha\"]\ndue = \"March 2, 2026\""),
            owed(
                "reply",
                "owed_by = [\"upe\"]\ndue = \"10 days after report\"",
            ),
            owed(
                "remedy",
                "owed_by = [\"dha\"]\ndue = \"10 days after report is missed\"",
            ),
            owed("talk", "due = \"5 days after reply\""),
        ]
        .concat(),
        &[],
    )
}

fn skip(office: &Office, what: &str, today: &str) {
    for party in ["upe", "dha"] {
        office.prints(&format!(
            "record waived {what} --by {party} --today {today}"
        ));
    }
}

#[test]
fn what_hangs_on_something_that_all_agreed_to_skip_is_not_owed_and_says_so() {
    let office = reports();
    skip(&office, "mou/report", "2026-02-20");
    for today in ["2026-02-21", "2026-04-20"] {
        assert_eq!(
            ["reply", "remedy", "talk"].map(|id| of(&office, id, today).concat()),
            [
                "reply waiting waits for report",
                "remedy waiting waits for report",
                "talk waiting waits for reply"
            ]
        );
    }
    assert_snapshot!(office.prints("due --waiting --today 2026-04-20"), @"
    Waiting for a date
       not owed: all agreed to skip report  Title of reply
                                            UPE: mou/reply
       not owed: all agreed to skip report  Title of remedy
                                            DHA: mou/remedy
       waits for reply                      Title of talk
                                            UPE and DHA: mou/talk
    ");
    assert_snapshot!(office.prints("why mou/reply --today 2026-04-20"), @r#"
    Title of reply
    MOU
    Owed by UPE

    The words: "10 days after report"

    Not owed: it follows from report, which all parties agreed to skip
    "#);
    assert_snapshot!(office.prints("show mou --today 2026-04-20"), @"
    MOU
    between UPE and DHA; as of Monday 20 April 2026

    [Title of report: 2026-03-02, 49 days ago; waived] [Title of reply: not owed: all agreed to skip report; waiting] [Title of remedy: not owed: all agreed to skip report; waiting] [Title of talk: waits for reply; waiting]

    Without words of their own in the text

    Running
       2026-01-01 to 2026-12-31, in 255 days  Expiration of the agreement
                                              UPE and DHA: mou/expiration
    ");
    office.prints("build --today 2026-04-20");
    let page = office.read("site/agreements/mou.html");
    assert!(
        page.contains("not owed: all agreed to skip \u{201c}Title of report\u{201d}"),
        "{page}"
    );
    let page = office.read("site/es/agreements/mou.html");
    assert!(
        page.contains(
            "no se debe: todas las partes acordaron omitir \u{201c}Title of report\u{201d}"
        ),
        "{page}"
    );
    // One side's word starts nothing; once all accept that it was done, it does.
    office.prints("record met mou/report --on 2026-03-02 --by dha --today 2026-04-21");
    assert_eq!(
        of(&office, "reply", "2026-04-21"),
        ["reply waiting waits for report"]
    );
    office.prints("record confirmed mou/report --by upe --today 2026-04-22");
    assert_eq!(
        of(&office, "reply", "2026-04-22"),
        ["reply overdue due 2026-03-12"]
    );
}

#[test]
fn what_one_side_says_of_something_that_all_agreed_to_skip_is_told_beside_that() {
    let office = reports();
    skip(&office, "mou/report", "2026-02-20");
    assert_snapshot!(office.prints("record met mou/report --on 2026-03-02 --by dha --today 2026-03-02"), @r#"
    Entry 3: DHA says that "Title of report" was done on Monday 2 March 2026.
    To strike it out: sideletter record struck mou --entry 3 --by dha
    UPE may answer: sideletter record confirmed mou --entry 3 --by upe, or `disputed` in its place
    All parties agreed to skip it, which holds until it is accepted that it was done on 2 March 2026, as DHA says.

    What follows from it:
      Title of report: 2 March 2026 (waived)
    "#);
    assert_snapshot!(office.prints("why mou/report --today 2026-03-02"), @r#"
    Title of report
    MOU
    Owed by DHA

    The words: "March 2, 2026"

      1. the words name Monday 2 March 2026

    Last day: Monday 2 March 2026
    Skipped this time, by agreement
    Note: all parties agreed to skip it, which holds until it is accepted that it was done on 2 March 2026, as DHA says

    Recorded:
      entry 1, 2026-02-20: UPE agrees to skip "Title of report" this time [agreed: UPE and DHA]
      entry 2, 2026-02-20: DHA agrees to skip "Title of report" this time [agreed: UPE and DHA]
      entry 3, 2026-03-02: DHA says that "Title of report" was done on Monday 2 March 2026
    "#);
    let other = reports();
    other.prints("record met mou/report --on 2026-03-02 --by dha --today 2026-03-02");
    other.prints("record waived mou/report --by upe --today 2026-03-03");
    assert_snapshot!(other.prints("record waived mou/report --by dha --today 2026-03-03"), @r#"
    Entry 3: DHA agrees to skip "Title of report" this time.
    To strike it out: sideletter record struck mou --entry 3 --by dha
    All parties have agreed to it.
    All parties agreed to skip it, which holds until it is accepted that it was done on 2 March 2026, as DHA says.

    What follows from it:
      Title of report: 2 March 2026 (waived)
      Title of reply: 12 March 2026 -> no day (waiting)
      Title of talk: 17 March 2026 -> no day (waiting)
    "#);
    assert_snapshot!(other.prints("why mou/report --today 2026-03-03"), @r#"
    Title of report
    MOU
    Owed by DHA

    The words: "March 2, 2026"

      1. the words name Monday 2 March 2026

    Last day: Monday 2 March 2026
    Skipped this time, by agreement
    Note: all parties agreed to skip it, which holds until it is accepted that it was done on 2 March 2026, as DHA says

    Recorded:
      entry 1, 2026-03-02: DHA says that "Title of report" was done on Monday 2 March 2026
      entry 2, 2026-03-03: UPE agrees to skip "Title of report" this time [agreed: UPE and DHA]
      entry 3, 2026-03-03: DHA agrees to skip "Title of report" this time [agreed: UPE and DHA]
    "#);
}

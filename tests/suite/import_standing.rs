//! `import`: what the sheet says of how an agreement or a task stands. Nothing that is not understood is in force.

use crate::import::{office, shown, written};
use crate::office::Office;

/// The sheet of that name, imported; what is written beside it.
fn imported(sheet: &str) -> Office {
    let office = office().file("sheet.csv", sheet);
    office.prints("import sheet.csv");
    office
}

const HEADINGS: &str = "Agreement,Parties,Signed,Task,Responsible,Due,Status\n";

#[test]
fn a_status_beside_a_task_is_the_agreements_or_the_task_is_held() {
    let sheet = format!(
        "{HEADINGS}\
        Expired letter,UPE/DHA,2026-01-05,Report,DHA,2027-01-10,Expired\n\
        Draft letter,UPE/DHA,2026-01-05,Report,DHA,2027-01-10,Draft\n\
        Old letter,UPE/DHA,2026-01-05,Report,DHA,2027-01-10,Superseded by the 2025 MOU\n\
        Tentative letter,UPE/DHA,,Report,DHA,2027-01-10,Tentative\n\
        Time clocks,UPE/DHA,2026-01-05,Install,DHA,2027-01-10,Completed 11/20/2026\n\
        Time clocks,UPE/DHA,2026-01-05,Train,DHA,2026-02-10,Done\n\
        Time clocks,UPE/DHA,2026-01-05,Send the draft,DHA,2027-01-10,Waiting on HR to answer\n\
        Time clocks,UPE/DHA,2026-01-05,Mend,DHA,2027-01-10,Cancelled\n\
        Time clocks,UPE/DHA,2026-01-05,Meet,DHA,2027-01-10,In progress\n"
    );
    let mut office = office().file("sheet.csv", sheet);
    let said = shown(&office, "import sheet.csv --dry-run");
    office.prints("import sheet.csv");
    insta::assert_snapshot!("standing", format!("{said}\n{}", written(&office)));
    // Of all of these one task alone is spoken of.
    let due = office.types("due --within 900d --format json").stdout;
    let due: serde_json::Value = serde_json::from_str(&due).unwrap();
    let due: Vec<&str> = due
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["projected"] == false && row["state"] != "unrecorded")
        .map(|row| row["obligation"].as_str().unwrap())
        .collect();
    assert_eq!(due, ["meet"]);
    for day in ["2026-11-28", "2026-12-11", "2027-01-10", "2027-01-20"] {
        office = office.on(day);
        office.types("remind --send");
        let mails = office.types("outbox --format json").stdout;
        let mails: serde_json::Value = serde_json::from_str(&mails).unwrap();
        for mail in mails.as_array().unwrap() {
            assert!(
                mail["agreement"] == "tentative_letter" || mail["obligation"] == "meet",
                "{mail}"
            );
        }
    }
}

#[test]
fn what_was_done_is_recorded_once_it_is_confirmed() {
    let office = imported(&format!(
        "{HEADINGS}Time clocks,UPE/DHA,2026-01-05,Install,DHA,2027-01-10,Completed 11/20/2026\n"
    ));
    let checked = office.types("check").stdout;
    assert!(
        checked.contains("error[not-confirmed]: `install`"),
        "{checked}"
    );
    let path = "agreements/time_clocks.md";
    let text = office.read(path);
    let confirmed: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("proposed = "))
        .collect();
    let office = office.file(path, confirmed.join("\n"));
    office.prints("record met time_clocks/install --on 2026-11-20 --by dha");
    assert_eq!(office.json("due --all")[0]["state"], "reported");
}

#[test]
fn a_status_of_an_agreement_alone_that_is_not_understood_leaves_it_a_draft() {
    let office = imported(
        "Agreement,Parties,Signed,Status\n\
        Pending letter,UPE/DHA,2026-01-05,Pending\n\
        Closed letter,UPE/DHA,2026-01-05,Closed\n\
        Odd letter,UPE/DHA,2026-01-05,See Maria\n\
        Unsigned letter,UPE/DHA,pending,\n\
        Sound letter,UPE/DHA,2026-01-05,Active\n",
    );
    let status = |name: &str| {
        let text = office.read(&format!("agreements/{name}_letter.md"));
        text.lines()
            .find_map(|line| line.strip_prefix("status = ").map(str::to_owned))
    };
    for (name, expected) in [
        ("pending", Some("\"draft\"")),
        ("closed", Some("\"draft\"")),
        ("odd", Some("\"draft\"")),
        ("unsigned", Some("\"tentative\"")),
        ("sound", None),
    ] {
        assert_eq!(status(name).as_deref(), expected, "{name}");
    }
}

#[test]
fn cells_that_are_no_day_say_what_to_write() {
    let sheet = "Agreement,Parties,Signed,Expires,Task,Responsible,Due\n\
        One,UPE/DHA,46113,Jun-27,Install,DHA,pending\n\
        Two,UPE/DHA,5 de enero de 2026,30 de junio de 2027,Install,DHA,27-Jun\n\
        Three,UPE/DHA,04-ene-26,evergreen,Install,DHA,30 de junio de 2027\n";
    let office = office().file("sheet.csv", sheet);
    insta::assert_snapshot!("no_days", shown(&office, "import sheet.csv --dry-run"));
}

#[test]
fn what_renews_itself_is_written_so_where_the_sheet_says_for_how_long() {
    let sheet = "Agreement,Parties,Signed,Expires,Auto-renews\n\
        One,UPE/DHA,2026-01-05,2027-06-30,Yes\n\
        Two,UPE/DHA,2026-01-05,2027-06-30,annually\n\
        Three,UPE/DHA,2026-01-05,,1 year\n\
        Four,UPE/DHA,2026-01-05,2027-06-30,no\n\
        Five,UPE/DHA,2026-01-05,2027-06-30,maybe\n\
        Six,UPE/DHA,2026-01-05,2027-06-30,\"Yes, 2 years\"\n";
    let office = office().file("sheet.csv", sheet);
    let said = shown(&office, "import sheet.csv --skip");
    insta::assert_snapshot!("renews", format!("{said}\n{}", written(&office)));
}

#[test]
fn a_second_table_is_not_read_by_the_headings_of_the_first() {
    let sheet = "Agreement,Parties,Signed,Task,Responsible,Due\n\
        Time clocks,UPE/DHA,2026-01-05,Install,DHA,2027-01-10\n\
        Due date,Task,Agreement,Parties,Responsible,Signed\n\
        2027-03-01,Report,Pay notice,UPE/DHA,UPE,2026-02-02\n\
        2027-04-01,Meet,Pay notice,UPE/DHA,UPE,2026-02-02\n";
    let office = office().file("sheet.csv", sheet);
    insta::assert_snapshot!("second_table", shown(&office, "import sheet.csv"));
    // The same headings again begin nothing new.
    let again = "Agreement,Parties,Signed,Task,Responsible,Due\n\
        Time clocks,UPE/DHA,2026-01-05,Install,DHA,2027-01-10\n\
        Side letter,Parties,Date signed,Task,Responsible,Deadline\n\
        Pay notice,UPE/DHA,2026-02-02,Report,UPE,2027-03-01\n";
    let office = office.file("sheet.csv", again);
    let said = office.prints("import sheet.csv --dry-run");
    assert!(
        said.contains("Would be written: 2 agreements with 2"),
        "{said}"
    );
}

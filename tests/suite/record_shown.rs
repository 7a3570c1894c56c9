//! What the record says where it is shown, years later too: which end holds, what took the place of what was said, what can be
//! typed.

use crate::office::Office;
use crate::record_mails::{HANDED_OVER, PARTIES};
use crate::states::{letter, owed};

/// A letter of half a year with what hangs on its end.
fn half_a_year(confirmation: &str, renewal: &str) -> Office {
    letter(&format!(
        "signed = 2025-12-01\neffective = 2026-01-01\nexpires = 2026-06-30\ntracked_from = 2026-01-01\nconfirmation = \"{confirmation}\"\n{}{renewal}",
        owed(
            "accounts",
            "owed_by = [\"dha\"]\ndue = \"30 days after expiration\""
        ),
    ))
}

const EVERGREEN: &str = "\n[renewal]\nhow = \"automatic\"\nfor = \"6 months\"\nnotice = \"at least 30 days before expiration\"\n";
const AT_OPTION: &str =
    "\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"up to 6 months\"\ntimes = 2\n";

/// Both parties record the same.
fn both(office: &Office, act: &str, today: &str) {
    for by in ["upe", "dha"] {
        office.prints(&format!("record {act} --by {by} --today {today}"));
    }
}

#[track_caller]
fn says(said: &str, words: &str) {
    assert!(said.contains(words), "{words}\n---\n{said}");
}

#[test]
fn an_end_that_all_agreed_on_is_told_as_what_it_is() {
    let office = half_a_year("required", EVERGREEN);
    both(&office, "ended letter --on 2026-04-30", "2026-02-10");
    let why = office.prints("why letter/accounts --today 2026-03-01");
    says(
        &why,
        "1. expiration is Thursday 30 April 2026\n     [entries 1 and 2 of the record, by UPE and DHA]",
    );
    // There is no notice to be given any more.
    let why = office.prints("why letter/expiration --today 2026-03-01");
    says(&why, "Last day: Thursday 30 April 2026");
    assert!(!why.contains("Notice that it is not renewed"), "{why}");
    let claim = "record happened letter/expiration --on 2026-03-15 --by dha --today 2026-03-20";
    says(
        &office.prints(claim),
        "The end that all parties agreed on holds until every other party confirms this day.",
    );
    let why = office.prints("why letter/expiration --today 2026-03-20");
    says(
        &why,
        "[the end that all parties agreed on holds until every other party has confirmed another]",
    );
    let log = office.prints("log --today 2026-03-20");
    says(
        &log,
        "[claimed; the end that all parties agreed on holds until every other party confirms this day]",
    );
}

#[test]
fn where_one_word_is_enough_it_confirms_no_other_end_than_all_agreed_on() {
    let office = half_a_year("none", "");
    both(&office, "ended letter --on 2026-05-31", "2026-02-03");
    office.prints("record happened letter/expiration --on 2026-02-15 --by dha --today 2026-02-16");
    let log = office.prints("log --today 2026-02-16");
    says(
        &log,
        "[claimed; the end that all parties agreed on holds until every other party confirms this day]",
    );
}

#[test]
fn an_end_that_a_later_letter_gives_is_not_told_as_that_of_the_file() {
    let second = crate::states::agreement(
        "Second",
        "effective = 2026-02-01\namends = [\"letter\"]\n\n[changes]\n\"letter/expiration\" = \"August 31, 2026\"\n",
    );
    let office = half_a_year("required", "").file("agreements/second.md", second);
    let claim = "record happened letter/expiration --on 2026-03-15 --by dha --today 2026-03-20";
    says(&office.prints(claim), "The end as it stands holds until");
    let why = office.prints("why letter/expiration --today 2026-03-20");
    says(&why, "[the end that a later agreement gives holds until");
}

#[test]
fn an_end_that_one_party_claims_is_marked_wherever_ends_stand() {
    let none = letter(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\nconfirmation = \"required\"\nvisibility = \"public\"\n",
    );
    none.prints("record happened letter/expiration --on 2026-03-05 --by dha --today 2026-03-15");
    let claimed = "it is said to have ended on 5 March 2026; not every party has confirmed that";
    for command in ["due", "show letter"] {
        says(
            &none.prints(&format!("{command} --today 2026-03-15")),
            claimed,
        );
    }
    let rows = none.json("due --today 2026-03-15");
    assert_eq!(rows[0]["also_claimed"], serde_json::json!(["2026-03-05"]));
    none.prints("build --today 2026-03-15");
    let page = none.read("site/agreements/letter.html");
    says(
        &page,
        &format!("<dd id=\"expiration\">no end stated; {claimed}<"),
    );
    let page = none.read("site/es/agreements/letter.html");
    says(
        &page,
        "se afirma que terminó el 5 de marzo de 2026; no todas las partes lo han confirmado",
    );
    // What hangs on an end that renews itself is marked too, and the file's own day is no other.
    let office = half_a_year("required", EVERGREEN);
    office.prints("record happened letter/expiration --on 2026-03-15 --by dha --today 2026-03-20");
    let due = office.prints("due --all --today 2026-03-20");
    says(
        &due,
        "two days are claimed: 14 April 2026 and 30 July 2026, the later is shown",
    );
    let office = half_a_year("required", "");
    office.prints("record happened letter/expiration --on 2026-06-30 --by dha --today 2026-07-01");
    let why = office.prints("why letter/expiration --today 2026-07-01");
    assert!(!why.contains("Another reading"), "{why}");
}

#[test]
fn the_head_of_a_page_marks_a_first_day_that_is_claimed_otherwise() {
    let office = half_a_year("required", "");
    office.prints("record happened letter/effective --on 2026-01-20 --by upe --today 2026-02-01");
    office.prints("build --today 2026-02-01");
    says(
        &office.read("site/agreements/letter.html"),
        "1 January 2026</time>; two days are claimed: 1 January 2026 and 20 January 2026, the earlier is shown</dd>",
    );
}

#[test]
fn a_claim_that_its_party_gave_up_names_what_replaced_it() {
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\nconfirmation = \"required\"\n{}\n[events.launch]\ntitle = \"Launch\"\n",
        owed("report", "due = \"10 days after launch\"")
    ))
    .on("2026-03-12");
    office.prints("record happened letter/launch --on 2026-03-01 --by upe");
    office.prints("record happened letter/launch --on 2026-03-05 --by dha");
    office.prints("record confirmed letter --entry 2 --by upe");
    let log = office.prints("log");
    says(&log, "UPE  [replaced by entry 3, a later word of UPE]\n");
    let entries = office.json("log");
    assert_eq!(entries[0]["replaced_by"], 3);
    assert_eq!(entries[1].get("replaced_by"), None);
    // Also where it comes to say otherwise of that, too.
    office.prints("record disputed letter --entry 2 --by upe");
    says(
        &office.prints("log"),
        "UPE  [replaced by entry 3, a later word of UPE]\n",
    );
    office.prints("record struck letter --entry 4 --by upe");
    // Once that is struck out, it is its party's word again.
    office.prints("record struck letter --entry 3 --by upe");
    assert!(!office.prints("log").contains("replaced by"));
}

/// The text of every message, the newest last.
fn mails(office: &Office, today: &str) -> String {
    office.prints(&format!("remind --send --today {today}"));
    let messages = office.json("outbox").as_array().unwrap().len();
    let shown = (1..=messages).map(|number| office.prints(&format!("outbox show {number}")));
    shown.collect::<Vec<_>>().join("\n").replace("=\n", "")
}

#[test]
fn a_mail_of_what_was_overtaken_does_not_say_that_it_holds() {
    let office = half_a_year("required", AT_OPTION)
        .file("sideletter.toml", HANDED_OVER)
        .file("parties.toml", PARTIES);
    office.prints("remind --send --today 2026-02-01");
    // An option that was used, and an end on which all agreed after that.
    office.prints("record renewed letter --by upe --today 2026-04-02");
    both(&office, "ended letter --on 2026-08-31", "2026-04-03");
    let told = mails(&office, "2026-04-05");
    says(
        &told,
        "All parties agreed since that it ends on Monday 31 August 2026.",
    );
    assert!(
        !told.contains("leaves this to one party's choice"),
        "{told}"
    );
    says(&told, "Every party has agreed, so it holds.");
    // An end that another took the place of.
    both(&office, "ended letter --on 2026-07-31", "2026-04-06");
    both(&office, "renewed letter --to 2026-12-31", "2026-04-07");
    let told = mails(&office, "2026-04-08");
    says(
        &told,
        "It was agreed on, and something else has taken its place since.",
    );
}

#[test]
fn a_mail_of_an_end_that_one_party_claims_says_what_holds_until_all_confirm_it() {
    let office = half_a_year("none", "")
        .file("sideletter.toml", HANDED_OVER)
        .file(
            "parties.toml",
            PARTIES.replace(
                "labor@dha.example\"",
                "labor@dha.example\"\nlanguage = \"es\"",
            ),
        );
    office.prints("remind --send --today 2026-02-01");
    both(&office, "ended letter --on 2026-05-31", "2026-02-03");
    let claim = "record happened letter/expiration --today 2026-02-16 --on";
    office.prints(&format!("{claim} 2026-02-13 --by upe"));
    office.prints(&format!("{claim} 2026-02-14 --by dha"));
    let told = mails(&office, "2026-02-16");
    says(
        &told,
        "The end that all parties agreed on holds until every other party confirms this day.",
    );
    says(
        &told,
        "Rige el fin que acordaron todas las partes hasta que todas las demás partes confirmen este día.",
    );
    assert!(
        !told.contains("No answer is needed") && !told.contains("the earlier is reminded of"),
        "{told}"
    );
}

#[test]
fn a_refusal_of_words_names_what_can_be_typed() {
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\n{}{}\n[events.launch]\ntitle = \"Launch\"\n\n[events.grievance]\ntitle = \"Grievance\"\nrepeats = true\n",
        owed("report", "due = \"10 days after launch\""),
        owed("answer", "due = \"15 days after grievance\"")
    ))
    .on("2026-03-15");
    let refused = |line: &str, words: &str| {
        let arguments = line.split_whitespace().chain(["--for", words]);
        let outcome = office.run(&arguments.collect::<Vec<_>>());
        assert_eq!(outcome.code, 2, "{outcome:?}");
        outcome.stderr
    };
    let commands = |id: &str| {
        [
            format!("why letter/{id}"),
            format!("record met letter/{id} --on 2026-03-15 --by dha"),
        ]
    };
    for line in commands("report") {
        assert_eq!(
            refused(&line, "station 4"),
            "sideletter: `report` is not owed for one case and another, so there is no --for; leave it out\n"
        );
    }
    for line in commands("answer") {
        assert_eq!(
            refused(&line, "station 4"),
            "sideletter: `answer` follows from each time of \"Grievance\", and none is recorded yet; record that first: sideletter record happened letter/grievance --on DATE --for WORDS\n"
        );
    }
    for words in ["Station 5", "North yard"] {
        let line = "record happened letter/grievance --on 2026-03-10 --by upe --for";
        let arguments = line.split_whitespace().chain([words]);
        assert_eq!(office.run(&arguments.collect::<Vec<_>>()).code, 0);
    }
    for line in commands("answer") {
        assert_eq!(
            refused(&line, "station 5"),
            "sideletter: `answer` has no occurrence for \"station 5\"; did you mean --for \"Station 5\"?\n"
        );
        // Another number is another case.
        says(
            &refused(&line, "Station 4"),
            "there are: --for \"North yard\", --for \"Station 5\". Another case",
        );
        assert_eq!(
            refused(&line, "Payroll"),
            "sideletter: `answer` has no occurrence for \"Payroll\"; there are: --for \"North yard\", --for \"Station 5\". Another case is recorded first: sideletter record happened letter/grievance --on DATE --for \"Payroll\"\n"
        );
    }
}

#[test]
fn what_is_over_is_not_told_as_if_it_went_on() {
    let office = letter(&format!(
        "visibility = \"public\"\nsigned = 2025-12-01\neffective = 2026-01-01\nexpires = 2026-06-30\ntracked_from = 2026-01-01\n{}{EVERGREEN}",
        owed("boards", "owed_by = [\"dha\"]"),
    ));
    // Once the last day for notice is past, none is given any more.
    says(
        &office.prints("why letter/expiration --today 2026-05-20"),
        "Goes on through: Wednesday 30 December 2026, unless notice is given\n",
    );
    says(
        &office.prints("why letter/expiration --today 2026-06-20"),
        "Goes on through: Wednesday 30 December 2026\n",
    );
    office.prints("record notice letter/renewal --on 2026-11-15 --by upe --today 2026-11-15");
    let why = office.prints("why letter/boards --today 2027-01-20");
    says(
        &why,
        "1. the agreement itself ends on Wednesday 30 December 2026, and the duty with it\n",
    );
    says(&why, "A standing duty: it has ended.\n");
    office.prints("build --today 2027-01-20");
    let page = office.read("site/agreements/letter.html");
    says(&page, "; renewed, last until <time");
    says(&page, "ended with the agreement, on <time");
    let page = office.read("site/es/agreements/letter.html");
    says(&page, "terminó con el acuerdo, el <time");
}

#[test]
fn what_is_skipped_by_agreement_says_so() {
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\n{}",
        owed("report", "due = \"May 1, 2026\"")
    ));
    both(&office, "waived letter/report", "2026-02-01");
    says(
        &office.prints("why letter/report --today 2026-05-20"),
        "Last day: Friday 1 May 2026\nSkipped this time, by agreement\n",
    );
}

#[test]
fn the_head_of_a_page_says_the_end_that_all_agreed_on() {
    let office = half_a_year("required", "");
    both(&office, "ended letter --on 2026-04-30", "2026-02-10");
    office.prints("build --today 2026-03-01");
    says(
        &office.read("site/agreements/letter.html"),
        "30 June 2026</time>; by the record, <time datetime=\"2026-04-30\">30 April 2026</time>",
    );
    says(
        &office.read("site/es/agreements/letter.html"),
        "; según el registro, <time datetime=\"2026-04-30\">30 de abril de 2026</time>",
    );
}

#[test]
fn pages_and_mails_say_that_the_notice_by_which_something_ends_is_disputed() {
    let office = letter(&format!(
        "effective = 2026-01-01\ntracked_from = 2026-01-01\nconfirmation = \"required\"\n{}",
        owed(
            "term",
            "lasts = \"3 months from effective\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"3 months\"\nnotice = \"at least 10 days before expiration\"",
        )
    ))
    .file("sideletter.toml", HANDED_OVER)
    .file("parties.toml", PARTIES);
    office.prints("remind --send --today 2026-02-01");
    office.prints("record notice letter/term --on 2026-03-15 --by dha --today 2026-03-15");
    office.prints("record disputed letter --entry 1 --by upe --today 2026-03-18");
    office.prints("build --today 2026-04-25");
    says(
        &office.read("site/agreements/letter.html"),
        "1 April 2026</time>; the parties have recorded different things about the notice",
    );
    let told = mails(&office, "2026-04-25");
    says(
        &told,
        "The parties have recorded different things about the notice.",
    );
    // Where no other day is named, none is spoken of.
    assert!(!told.contains("Where two days are named"), "{told}");
}

//! The case file of an agreement: what stands in it, as of which day, and what never does.

use crate::office::{Office, Outcome};
use crate::record_receipts::reseal;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Ximena Quill"
email = "ximena.quill@upe.example"
role = "business agent"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor desk"
email = "labor@dha.example"
agreed = 2026-01-01

[slta]
name = "San Leandro Teachers Association"
short = "SLTA"
side = "union"
"#;

const LETTER: &str = r#"+++
title = "Phone <hours> & more"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2026-02-02
expires = "1 year after signing"
notes = "Ask the zebra committee before the end of May"

[counting]
preset = "plain"
authority = "MOU article 8.3"

[events.launch]
title = "Launch of the phone hours"

[[obligations]]
id = "first_meeting"
clause = "1"
title = "Meeting about the phone hours"
owed_by = ["dha"]
due = "30 days after launch"
reading = "The 30 days run from the launch itself."
notes = "Bring the zebra file"

[[obligations]]
id = "report"
clause = "2"
title = "Monthly report"
owed_by = ["dha"]
every = "monthly on the second Tuesday"
first = 2026-02-10

[[obligations]]
id = "strike_fund"
title = "Plan for the Ostrander strike"
owed_by = ["upe"]
due = "2026-03-20"
visibility = "upe"
+++

## Phone hours

1. A meeting is held 30 days after launch. [first_meeting]

2. DHA reports each month. [report]

3. UPE prepares for the worst. [strike_fund]

<!-- the zebra clause was struck on the last day -->

Questions go to ximena.quill@upe.example. <script>alert(1)</script>
"#;

fn office() -> Office {
    Office::empty()
        .file(
            "sideletter.toml",
            "[office]\nname = \"Test office\"\nkeeper = \"upe\"\nzone = \"America/Los_Angeles\"\n",
        )
        .file("parties.toml", PARTIES)
        .file("agreements/phone_hours.md", LETTER)
        .file("minutes.pdf", "minutes")
        .on("2026-04-10")
}

/// Runs a command line on another day than the office's own.
#[track_caller]
fn on(office: &Office, day: &str, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sideletter"));
    command.current_dir(office.root()).args(["--today", day]);
    let ran = Outcome::of(command.args(arguments).output().unwrap());
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (0, ""),
        "{arguments:?}: {ran:?}"
    );
    ran.stdout
}

/// Enters something on a day; `~` is a space within a word of the command line.
#[track_caller]
fn enter(office: &Office, day: &str, line: &str) {
    let words: Vec<String> = line.split(' ').map(|word| word.replace('~', " ")).collect();
    let mut arguments = vec!["record"];
    arguments.extend(words.iter().map(String::as_str));
    on(office, day, &arguments);
}

#[track_caller]
fn mail(office: &Office, day: &str) {
    on(office, day, &["remind", "--send"]);
}

/// An office in which something of everything has happened.
fn with_a_history() -> Office {
    let office = office();
    mail(&office, "2026-02-03");
    enter(
        &office,
        "2026-02-20",
        "happened phone_hours/launch --on 2026-02-16 --by dha --speaker Labor~<desk>",
    );
    enter(
        &office,
        "2026-02-21",
        "confirmed phone_hours --entry 1 --by upe --speaker Ximena~Quill",
    );
    mail(&office, "2026-02-21");
    enter(
        &office,
        "2026-03-11",
        "met phone_hours/report --on 2026-03-10 --occurrence 2026-03-10 --by dha --evidence minutes.pdf",
    );
    enter(
        &office,
        "2026-03-12",
        "noted phone_hours --note Our~own~zebra~remark~for~ourselves --visibility upe",
    );
    enter(
        &office,
        "2026-03-12",
        "met phone_hours/strike_fund --on 2026-03-11",
    );
    enter(
        &office,
        "2026-03-13",
        "noted phone_hours --note Somebody~was~named~here --by dha",
    );
    enter(
        &office,
        "2026-03-14",
        "struck phone_hours --entry 6 --erase --by dha --evidence minutes.pdf",
    );
    enter(
        &office,
        "2026-03-20",
        "met phone_hours/first_meeting --on 2026-03-19 --by dha --note Held~</article><b>in~the~board~room</b>,~says~labor@dha.example~\u{1f600}~\u{645}\u{631}",
    );
    enter(
        &office,
        "2026-03-21",
        "disputed phone_hours --entry 8 --by upe",
    );
    mail(&office, "2026-03-25");
    enter(
        &office,
        "2026-04-20",
        "noted phone_hours --note Later~words",
    );
    office
}

/// The page without its style, and with its digests and seals by their length alone.
fn page(office: &Office, arguments: &str) -> String {
    let page = office.prints(&format!("log --case {arguments}"));
    let (_, style) = page.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    assert!(!style.contains("url(") && !style.contains("@import"));
    let hexadecimal = regex::Regex::new("[0-9a-f]{64}").unwrap();
    crate::pages::without_its_style(&hexadecimal.replace_all(&page, "DIGEST"))
}

#[test]
fn a_case_file_has_all_that_was_agreed_due_said_and_mailed() {
    let office = with_a_history();
    let page = page(&office, "phone_hours");
    insta::assert_snapshot!(page);
    assert_eq!(page.matches("<h1").count(), 1);
    for never in [
        "<script",
        "onerror",
        "src=",
        "<link",
        "<img",
        "http:",
        "https:",
        "style=\"",
        "javascript",
    ] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn no_case_file_shows_a_contact_a_note_or_what_is_the_keepers() {
    let office = with_a_history();
    for arguments in ["phone_hours", "phone_hours --for dha"] {
        let page = page(&office, arguments).to_lowercase();
        for secret in [
            "@",
            "labor@dha",
            "upe.example",
            "zebra",
            "ostrander",
            "strike_fund",
            "strike fund",
            "prepares for the worst",
            "somebody was named",
            "later words",
            "labor desk",
        ] {
            assert!(!page.contains(secret), "{arguments}: {secret}");
        }
        // A name is shown where somebody spoke under it, and nowhere else.
        assert_eq!(page.matches("quill").count(), 1, "{arguments}");
        assert!(page.contains("upe (ximena quill)"));
        assert!(page.contains("business agent, upe"));
        assert!(page.contains("a contact of dha"));
    }
    // The keeper sees its own obligation, and nobody its private remark.
    let own = page(&office, "phone_hours --for upe");
    assert!(
        own.contains("Plan for the Ostrander strike")
            && own.contains("prepared for United Public Employees")
    );
    assert!(!own.contains("zebra"));
    insta::assert_snapshot!(office.fails(2, "log --case phone_hours --for slta"), @"sideletter: SLTA is no party to phone_hours, so there is no case file for it");
}

#[test]
fn a_case_file_is_as_of_its_day() {
    let office = with_a_history();
    let at = |day: &str| on(&office, day, &["log", "--case", "phone_hours"]);
    let before = at("2026-02-10");
    assert!(before.contains("Nothing about this agreement was recorded by this day"));
    assert!(before.contains("As of <time datetime=\"2026-02-10\">"));
    assert!(
        before.contains("Nothing was recorded in this office by this day, so there is no seal.")
    );
    assert!(before.contains("Message 1, to"));
    assert!(before.contains("waiting for the date of “Launch of the phone hours”"));
    let day_of_launch = at("2026-02-20");
    assert!(day_of_launch.contains("id=\"entry-1\"") && !day_of_launch.contains("id=\"entry-2\""));
    assert!(
        day_of_launch
            .contains("Launch of the phone hours&quot; happened on Monday 16 February 2026.")
    );
    assert!(
        day_of_launch
            .contains("The whole record had 1 entry by this day, each sealed to the one before")
    );
    // What was erased since is gone, and the page says so.
    let erased = at("2026-03-13");
    assert!(erased.contains("Its text was erased later, by entry 7, on 14 March 2026"));
    assert!(!erased.contains("id=\"entry-7\""));
    assert!(at("2026-04-20").contains("Later words"));
    // Each is as it was, whenever it is asked for.
    assert_eq!(before, at("2026-02-10"));
}

#[test]
fn what_a_relay_said_and_what_was_not_sent_is_told() {
    let office = with_a_history();
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch(
            "UPDATE messages SET state = 'rejected', detail = '550 5.1.1 <labor@dha.example>: no such user' WHERE id = 1;
             UPDATE messages SET state = 'unknown', changed_at = changed_at + 1000000000000 WHERE id = 2;",
        )
        .unwrap();
    let page = page(&office, "phone_hours");
    assert!(page.contains("<dd>refused for good on "));
    assert!(page.contains("<dd>550 5.1.1 &lt;[address withheld]&gt;: no such user</dd>"));
    assert!(page.contains("decided; what became of it was recorded after this day"));
}

#[test]
fn a_text_that_has_changed_since_is_told() {
    let office = with_a_history();
    let now = page(&office, "phone_hours");
    assert!(now.contains("<span>yes</span>") || now.contains(">yes</td>"));
    let office = office.file(
        "agreements/phone_hours.md",
        LETTER.replace("the worst", "all"),
    );
    let changed = page(&office, "phone_hours");
    assert!(changed.contains("no: the file has changed since"));
    assert!(changed.contains(">none</span></td><td data-label=\"The text above?\">yes"));
}

#[test]
fn a_case_file_of_what_has_no_file_has_its_entries_and_mails() {
    let office = with_a_history().without("agreements/phone_hours.md");
    let ran = office.types("log --case phone_hours");
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!(ran.stderr, @"the file of phone_hours is not among those that could be read: the page has its entries and mails alone, and nothing says what of them only the keeper may see");
    assert!(
        ran.stdout
            .contains("The agreement’s file is not in this office, or cannot be read")
    );
    assert!(ran.stdout.contains("id=\"entry-8\""));
    assert!(
        ran.stdout.contains("no: the file has changed since")
            || ran.stdout.contains("Is it the text above?")
    );
    assert!(!ran.stdout.contains("zebra"));
    insta::assert_snapshot!(office.fails(2, "log --case phone_hours --for dha"), @"sideletter: the file of phone_hours is not among those that could be read, so nothing says what DHA may see of it; leave --for out, and read the page before you hand it out");
    assert!(
        office
            .fails(2, "log --case phone_hour")
            .contains("no agreement `phone_hour`")
    );
    let office = office.file("agreements/phone_hours.md", "+++\ntitle = [\n+++\n");
    let unread = office.types("log --case phone_hours");
    assert!(unread.stdout.contains("id=\"entry-8\""), "{unread:?}");
}

#[test]
fn a_case_file_without_entries_is_a_page_too() {
    let office = office();
    let page = page(&office, "phone_hours");
    assert!(page.contains(
        "Nothing about this agreement was recorded by this day, or nothing that is shown here."
    ));
    assert!(page.contains("Nothing about this agreement was mailed by this day."));
    assert!(
        !office.root().join(".sideletter").exists(),
        "reading makes no store"
    );
    assert!(
        office
            .fails(2, "log --case phone_hours --format json")
            .contains("a case file is a page")
    );
    assert!(
        office
            .fails(2, "log phone_hours --case phone_hours")
            .contains("cannot be used with")
    );
}

#[test]
fn what_is_the_keepers_alone_has_a_case_file_for_the_keeper_alone() {
    let office = with_a_history().file(
        "agreements/fund.md",
        "+++\ntitle = \"Money for winter\"\nkind = \"plan\"\nparties = [\"upe\", \"dha\"]\nvisibility = \"upe\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"raise_money\"\ntitle = \"Raise it\"\ndue = \"2026-05-01\"\n+++\n[raise_money]\n",
    );
    enter(&office, "2026-04-21", "noted fund --note Begun");
    let office = office.on("2026-04-21");
    let page = page(&office, "fund");
    assert!(page.contains("prepared for United Public Employees"));
    assert!(page.contains("Raise it") && page.contains("Begun"));
    insta::assert_snapshot!(office.fails(2, "log --case fund --for dha"), @"sideletter: DHA may not see fund, so there is no case file for it");
    // No other page names it.
    let other = self::page(&office, "phone_hours").to_lowercase();
    assert!(!other.contains("money for winter") && !other.contains("begun"));
}

#[test]
fn a_case_file_of_an_altered_record_says_so() {
    let office = with_a_history();
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch("DROP TRIGGER entries_never_change; UPDATE entries SET text = replace(text, '2026-02-16', '2026-02-26') WHERE number = 1;")
        .unwrap();
    let ran = office.types("log --case phone_hours");
    assert_eq!(ran.code, 1, "{ran:?}");
    insta::assert_snapshot!(ran.stderr, @"the record is not as it was written; see: sideletter log --verify");
    assert!(
        ran.stdout
            .contains("<strong>The record is not as it was written.</strong>")
    );
    assert!(
        ran.stdout
            .contains("<li>entry 1: its text is not the one that was sealed</li>")
    );
    assert!(ran.stdout.contains("<strong>does not verify</strong>"));
    // One that cannot be read any more is missing from the page, and named on it.
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .execute_batch("UPDATE entries SET text = 'mood: good' WHERE number = 1;")
        .unwrap();
    let ran = office.types("log --case phone_hours");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stdout
            .contains("<li>entry 1: its text is not the one that was sealed</li>")
    );
    // Sealed anew it verifies, and the receipt of an earlier page shows that it is another.
    let office = with_a_history();
    let page = office.prints("log --case phone_hours");
    let receipt = page
        .split("--receipt ")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(
        office
            .prints(&format!("log --verify --receipt {receipt}"))
            .contains("the seal of entry 9")
    );
    reseal(
        &office,
        "UPDATE entries SET text = replace(text, '2026-02-16', '2026-02-26') WHERE number = 1;",
    );
    assert_eq!(office.types("log --case phone_hours").code, 0);
    assert_eq!(
        office
            .types(&format!("log --verify --receipt {receipt}"))
            .code,
        1
    );
}

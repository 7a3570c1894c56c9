//! That pages and mails tell members what is recorded and nothing else: who said what, what is open and what is past.

use crate::office::Office;
use std::path::Path;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Agents"
email = "agents@upe.example"
[[upe.contacts]]
name = "Rosa"
email = "rosa@upe.example"
language = "es"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"
"#;

const LETTER: &str = r#"+++
title = "Phone hours"
kind = "side_letter"
parties = ["upe", "dha"]
effective = 2024-01-05
expires = 2025-01-04
tracked_from = 2024-10-05

[renewal]
how = "automatic"
for = "1 year"
notice = "at least 60 days before expiration"

[counting]
preset = "plain"

[events.phase_i_completion]
title = "Completion of Phase I"

[[obligations]]
id = "no_time_clock"
title = "No time clock"
owed_by = ["dha"]

[[obligations]]
id = "hold_harmless"
title = "Held harmless"
owed_by = ["dha"]
lasts = "5 months from October 1, 2024"

[[obligations]]
id = "first_report"
title = "First report"
owed_by = ["dha"]
due = "2024-12-16"

[[obligations]]
id = "second_report"
title = "Second report"
due = "30 days after phase_i_completion"

[[obligations]]
id = "quarterly_meeting"
title = "Quarterly meeting"
every = "each calendar quarter"

[[obligations]]
id = "monthly_list"
title = "Monthly list"
owed_by = ["dha"]
every = "each calendar month"
first = 2024-01-31
until = 2024-09-30

[[obligations]]
id = "better_forms"
title = "Better forms"
owed_by = ["dha"]
due = "as soon as possible"
review_every = "2 weeks"
+++
No clock [no_time_clock], none is blamed [hold_harmless], reports [first_report] [second_report], meetings [quarterly_meeting],
lists [monthly_list] and forms [better_forms].
"#;

/// An office, and the day on which it is asked.
struct Asked {
    office: Office,
    today: &'static str,
}

impl Asked {
    fn prints(&self, line: &str) -> String {
        self.office
            .prints(&format!("{line} --today {}", self.today))
    }

    /// The reminders of a day, sent.
    fn sends_on(&self, day: &str) {
        let sent = self.office.types(&format!("remind --send --today {day}"));
        assert_eq!(sent.code, 0, "{sent:?}");
    }

    /// What a page of the site says: its words, each run of spaces as one.
    fn page(&self, path: &str) -> String {
        let html = self.html(path);
        let (_, html) = html.split_once("<main").unwrap();
        let mut text = String::new();
        for piece in html.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn html(&self, path: &str) -> String {
        self.prints("build");
        self.office.read(&format!("site/{path}"))
    }

    fn letter(&self) -> String {
        self.page("agreements/phone_hours.html")
    }

    /// The texts of the messages to a recipient.
    fn mails_to(&self, recipient: &str) -> String {
        let rows = self.office.json("outbox");
        let of_it = rows.as_array().unwrap().iter();
        of_it
            .filter(|row| row["to"] == recipient)
            .map(|row| self.office.prints(&format!("outbox show {}", row["id"])))
            .collect()
    }
}

/// The office with these entries, on that day.
fn office(letter: &str, today: &'static str, entries: &[&str]) -> Asked {
    let asked = Asked {
        office: Office::empty()
            .file("parties.toml", PARTIES)
            .file("agreements/phone_hours.md", letter),
        today,
    };
    for entry in entries {
        asked.prints(&format!("record {entry}"));
    }
    asked
}

#[track_caller]
fn says(page: &str, words: &str) {
    assert!(page.contains(words), "{words}: {page}");
}

#[track_caller]
fn says_not(page: &str, words: &str) {
    assert!(!page.contains(words), "{words}: {page}");
}

#[test]
fn one_partys_word_is_told_as_that_partys() {
    let office = office(
        LETTER,
        "2025-02-18",
        &["disputed phone_hours/no_time_clock --on 2025-02-10 --by upe"],
    );
    let english = office.letter();
    let said = "UPE says it was not kept on 10 February 2025; DHA has not answered";
    says(&english, said);
    says_not(&english, "differ");
    says(&english, "1 contested by a party");
    says(&office.page("index.html"), said);
    let spanish = office.page("es/agreements/phone_hours.html");
    says(
        &spanish,
        "UPE indica que no se cumplió el 10 de febrero de 2025; DHA no ha respondido",
    );
    office.prints("record disputed phone_hours --entry 1 --by dha");
    says(
        &office.letter(),
        "UPE says it was not kept on 10 February 2025; DHA says otherwise",
    );
}

#[test]
fn what_is_contested_has_a_mark_of_its_own() {
    let office = office(
        LETTER,
        "2025-02-18",
        &["disputed phone_hours/no_time_clock --on 2025-02-10 --by upe"],
    );
    let html = office.html("agreements/phone_hours.html");
    let (_, row) = html.split_once("<tr id=\"no_time_clock\">").unwrap();
    let (row, _) = row.split_once("</tr>").unwrap();
    assert!(row.contains("#shape-differ"), "{row}");
    assert!(html.contains("<symbol id=\"shape-differ\""));
}

#[test]
fn that_a_term_was_not_kept_is_told_while_it_runs_and_after_it_ended() {
    for (today, stands) in [
        ("2024-12-02", "runs until 1 March 2025"),
        ("2025-03-18", "its stated term ended on 1 March 2025"),
    ] {
        let office = office(
            LETTER,
            today,
            &["disputed phone_hours/hold_harmless --on 2024-11-25 --by upe"],
        );
        let said =
            format!("{stands}; UPE says it was not kept on 25 November 2024; DHA has not answered");
        says(&office.letter(), &said);
        let overview = office.page("index.html");
        let (_, recorded) = overview.split_once("Recorded so far").unwrap();
        says(recorded, &said);
    }
}

#[test]
fn a_renewal_whose_last_day_for_notice_is_past_is_not_told_as_open() {
    let office = office(LETTER, "2024-11-23", &[]);
    let told = "renewed then: no notice is recorded, and its last day was 5 November 2024";
    says(&office.letter(), told);
    says_not(&office.letter(), "unless notice is given");
    let open = self::office(LETTER, "2024-10-20", &[]);
    says(
        &open.letter(),
        "renewed then, unless notice is given by 5 November 2024",
    );
}

#[test]
fn what_is_written_in_the_files_own_way_is_not_quoted_as_the_letters_words() {
    let office = office(LETTER, "2024-10-20", &[]);
    let html = office.html("agreements/phone_hours.html");
    assert!(!html.contains("2024-12-16</q>"), "{html}");
    assert!(html.contains("<span>16 December 2024</span>"), "{html}");
    office.sends_on("2024-12-09");
    let mails = office.mails_to("agents@upe.example");
    says(&mails, "First report");
    says_not(&mails, "“2024-12-16”");
}

#[test]
fn a_first_day_that_the_agreement_does_not_state_is_not_told_as_its_words() {
    let letter = LETTER
        .replace("effective = 2024-01-05\n", "")
        .replace("expires = 2025-01-04\n", "")
        .replace(
            "[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"at least 60 days before expiration\"\n",
            "",
        );
    let office = office(&letter, "2024-10-20", &[]);
    says(
        &office.letter(),
        "the first is the one that holds 5 October 2024 the words of the agreement; they state no first day, so it is followed here from that day on",
    );
}

#[test]
fn an_agreement_that_has_ended_says_so_and_nobody_is_asked_any_more() {
    let pilot = LETTER.replace(
        "how = \"automatic\"\nfor = \"1 year\"\nnotice = \"at least 60 days before expiration\"\n",
        "how = \"by_agreement\"\n",
    );
    let office = office(&pilot, "2025-02-18", &[]);
    let told = office.letter();
    says(&told, "Ended4 January 2025");
    says(
        &told,
        "The stated term of this agreement ended on 4 January 2025.",
    );
    says(
        &told,
        "no date stated; its agreement ended on 4 January 2025",
    );
    let planned = |day: &str| office.office.prints(&format!("remind --today {day}"));
    says_not(&planned("2025-02-18"), "review");
    says(&planned("2024-12-18"), "review");
    // What survives its agreement is asked about as before.
    let surviving = pilot.replace(
        "review_every = \"2 weeks\"",
        "review_every = \"2 weeks\"\nsurvives = true",
    );
    let office = self::office(&surviving, "2025-02-18", &[]);
    says(&office.prints("remind"), "review");
}

#[test]
fn a_standing_duty_is_asked_about_as_often_as_it_says() {
    let asked = LETTER.replace("\ndue = \"as soon as possible\"", "");
    assert_ne!(asked, LETTER);
    let office = office(&asked, "2024-12-18", &[]);
    says(&office.prints("remind"), "review");
    office.sends_on("2024-12-18");
    let mail = office.prints("outbox show 1");
    says(&mail, "It has no date of its own");
    says(&mail, "say how it stands; if it was not kept, on which day");
    says_not(&mail, "record met phone_hours/better_forms");
    // Nothing is asked of what is owed only in a certain case.
    let in_a_case = asked.replace("review_every", "when = \"a form is lost\"\nreview_every");
    let office = self::office(&in_a_case, "2024-12-18", &[]);
    says_not(&office.prints("remind"), "review");
}

#[test]
fn what_had_its_day_before_the_record_is_not_counted_as_not_recorded() {
    let office = office(LETTER, "2024-11-23", &[]);
    let told = office.letter();
    says(&told, "9 from before a record was kept");
    says_not(&told, "0 of 9");
}

#[test]
fn a_day_that_was_moved_says_from_which() {
    let office = office(
        LETTER,
        "2024-11-25",
        &[
            "moved phone_hours/first_report --to 2025-01-15 --by upe",
            "confirmed phone_hours --entry 1 --by dha",
        ],
    );
    says(
        &office.letter(),
        "due 15 January 2025, moved by agreement from 16 December 2024",
    );
    says(
        &office.page("es/agreements/phone_hours.html"),
        "vence el 15 de enero de 2025, trasladado por acuerdo desde el 16 de diciembre de 2024",
    );
}

#[test]
fn what_is_waited_for_is_named_by_its_title() {
    let office = office(LETTER, "2024-11-25", &[]);
    let told = office.letter();
    says(&told, "waiting for the date of “Completion of Phase I”");
    says_not(&told, "phase i completion");
    office.prints("record happened phone_hours/phase_i_completion --on 2024-11-20 --by dha");
    let told = office.letter();
    says(
        &told,
        "‘Completion of Phase I’ is Wednesday 20 November 2024",
    );
    says_not(&told, "phase_i_completion");
}

#[test]
fn after_notice_no_mail_says_that_a_term_renews_itself() {
    let term = LETTER.replace(
        "lasts = \"5 months from October 1, 2024\"\n",
        "lasts = \"3 months from October 1, 2024\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"1 month\"\nnotice = \"at least 30 days before expiration\"\n",
    );
    let office = office(
        &term,
        "2024-11-20",
        &["notice phone_hours/hold_harmless --on 2024-11-20 --by upe"],
    );
    office.sends_on("2024-12-19");
    let told = office.mails_to("labor@dha.example");
    says(&told, "notice was given on Wednesday 20 November 2024");
    says_not(&told, "It renews itself unless notice is given");
    says_not(&told, "Notice may be given");
    says(&told, "The last day to give notice was");
}

#[test]
fn who_named_another_day_is_told_how_that_is_settled() {
    let office = office(
        LETTER,
        "2024-11-25",
        &[
            "happened phone_hours/phase_i_completion --on 2024-11-18 --by upe",
            "happened phone_hours/phase_i_completion --on 2024-11-16 --by dha",
        ],
    );
    office.sends_on(office.today);
    let told = office.mails_to("agents@upe.example");
    says(
        &told,
        "UPE named Monday 18 November 2024. If what DHA says is right, reply to this message and say so; if not, it stays open.",
    );
    says_not(&told, "Nothing is asked of UPE now");
    let spanish = office.mails_to("rosa@upe.example");
    says(&spanish, "UPE indicó el lunes 18 de noviembre de 2024.");
}

#[test]
fn the_first_line_and_the_list_of_a_mail_tell_what_is_new() {
    let office = office(
        LETTER,
        "2024-12-09",
        &[
            "happened phone_hours/phase_i_completion --on 2024-12-08 --by dha",
            "noted phone_hours --by dha --note Read",
        ],
    );
    office.sends_on(office.today);
    let told = office.mails_to("agents@upe.example");
    says(
        &told,
        "- First report, due 16 December 2024: due in 7 days\n",
    );
    says(
        &told,
        "- Date of \"Completion of Phase I\": DHA says it took place; to answer\n",
    );
}

#[test]
fn a_notice_about_an_agreement_is_called_by_its_term() {
    let office = office(
        LETTER,
        "2024-10-20",
        &["notice phone_hours/renewal --on 2024-10-19 --by upe"],
    );
    office.sends_on(office.today);
    let rows = office.office.json("outbox");
    let subjects: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["to"] == "labor@dha.example")
        .filter_map(|row| row["subject"].as_str())
        .collect();
    let named = subjects
        .iter()
        .any(|subject| subject.contains("Term of the agreement, through 4 January 2025"));
    assert!(named, "{subjects:?}");
}

#[test]
fn a_page_is_shown_by_one_request_and_is_small() {
    // The repository's own office; the agreements' own text is not counted.
    let office = Office::repository().on("2024-11-23");
    office.prints("build");
    let is_page = |path: &String| {
        let kind = Path::new(path).extension();
        path.starts_with("site/") && kind.is_some_and(|kind| kind == "html")
    };
    for path in office.files().into_iter().filter(is_page) {
        let html = office.read(&path);
        assert!(!html.contains("rel=\"stylesheet\""), "{path}");
        for script in html.split("<script").skip(1) {
            let (attributes, _) = script.split_once('>').unwrap();
            assert!(attributes.contains("defer"), "{path}: {attributes}");
        }
        let text = html
            .split_once("<div class=\"body\"")
            .map_or(0, |(_, after)| {
                after.split_once("\n</div>\n</section>").unwrap().0.len()
            });
        let without_text = html.len() - text;
        assert!(without_text < 60_000, "{path}: {without_text}");
    }
}

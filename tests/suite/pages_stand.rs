//! Where things stand on the pages: what has nothing recorded, what begins and ends when, what a later letter will change, what
//! came about; the same on page, calendar and feed.

use crate::office::Office;
use crate::states::PARTIES;

/// An agreement with that head and those obligations.
fn letter(head: &str, obligations: &str) -> String {
    let marks: Vec<String> = obligations
        .lines()
        .filter_map(|line| line.strip_prefix("id = \""))
        .map(|id| format!("[{}]", id.trim_end_matches('"')))
        .collect();
    format!(
        "+++\ntitle = \"Schedules\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n{head}\n[counting]\npreset = \"plain\"\n{obligations}\n+++\nIt is agreed: {}.\n",
        marks.join(" ")
    )
}

fn office(letter: &str) -> Office {
    Office::empty()
        .file("sideletter.toml", "[office]\nconfirmation = \"required\"\n")
        .file("parties.toml", PARTIES)
        .file("agreements/schedules.md", letter)
        .on("2026-11-29")
}

/// The words of a page of the site, each run of spaces as one.
fn page(office: &Office, path: &str) -> String {
    let built = office.types("build");
    assert_eq!(built.code, 0, "{built:?}");
    words(&office.read(&format!("site/{path}")))
}

fn words(html: &str) -> String {
    let (_, html) = html.split_once("<main").unwrap();
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter_page(office: &Office) -> String {
    page(office, "agreements/schedules.html")
}

/// The calendar file of the letter, its lines made whole.
fn calendar(office: &Office) -> String {
    office
        .read("site/agreements/schedules.ics")
        .replace("\r\n ", "")
        .replace("\\,", ",")
        .replace("\\;", ";")
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
fn what_had_nothing_recorded_while_a_record_was_kept_is_told_as_that() {
    let office = office(&letter(
        "signed = 2026-01-01\ntracked_from = 2026-06-01",
        "[[obligations]]\nid = \"meeting\"\ntitle = \"Meeting\"\nevery = \"every month on the 15th\"\n[[obligations]]\nid = \"survey\"\ntitle = \"Survey\"\nwhen = \"asked for\"\ndue = \"2026-09-01\"",
    ));
    let overview = page(&office, "index.html");
    says(&overview, "July to September 2026 0 0 0 3");
    says(&overview, "was due 15 September 2026; nothing recorded");
    let month = page(&office, "calendar/2026-09.html");
    says(
        &month,
        "Due: Meeting, whose day has come, nothing recorded yet",
    );
    says_not(&month, "from before a record was kept");
    let early = page(&office, "calendar/2026-05.html");
    says(&early, "Due: Meeting, from before a record was kept");
    says(
        &letter_page(&office),
        "0 of 6 recorded so far; 5 from before a record was kept",
    );
    // Of what is owed only in a certain case nobody knows whether it was ever owed.
    says_not(&overview, "was due 1 September 2026");
}

#[test]
fn what_ended_with_nothing_recorded_stays_counted() {
    let office = office(&letter(
        "signed = 2026-06-01\ntracked_from = 2026-06-01\nexpires = 2026-10-31",
        "[[obligations]]\nid = \"meeting\"\ntitle = \"Meeting\"\nevery = \"every month on the 15th\"",
    ));
    let overview = page(&office, "index.html");
    says(&overview, "July to September 2026 0 0 0 3");
    says_not(&overview, "before a record was kept");
}

#[test]
fn a_least_term_runs_from_the_day_from_which_it_is_counted() {
    let office = office(&letter(
        "signed = 2026-01-01\neffective = 2026-01-01",
        "[[obligations]]\nid = \"pilot\"\ntitle = \"Pilot\"\nlasts = \"no less than one year\"\n[[obligations]]\nid = \"trial\"\ntitle = \"Trial\"\nlasts = \"six to eleven months\"",
    ));
    let told = letter_page(&office);
    says(
        &told,
        "runs since 1 January 2026; no last day stated; it may end from 1 January 2027 on",
    );
    says(
        &told,
        "runs until 1 December 2026; it may end from 1 July 2026 on",
    );
    says(&told, "earliest end: 6 months after 1 January 2026");
    let overview = page(&office, "index.html");
    says_not(&overview, "No term is running");
    says(
        &page(&office, "es/agreements/schedules.html"),
        "puede terminar desde el 1 de enero de 2027",
    );
    says(&calendar(&office), "SUMMARY:May end from today: Pilot");
    let listed = office.prints("due --all");
    says(&listed, "Running");
}

#[test]
fn a_least_term_ends_with_its_agreement() {
    let office = office(&letter(
        "signed = 2025-06-01\neffective = 2025-06-01\nexpires = 2026-06-30",
        "[[obligations]]\nid = \"pilot\"\ntitle = \"Pilot\"\nlasts = \"no less than one year\"",
    ));
    says(
        &letter_page(&office),
        "its stated term ended on 30 June 2026",
    );
}

#[test]
fn what_a_later_letter_will_change_is_told_beside_it() {
    let first = letter(
        "signed = 2026-01-01\ntracked_from = 2026-11-01\n",
        "[[obligations]]\nid = \"report\"\ntitle = \"Monthly report\"\nevery = \"every month on the 10th\"\n[[obligations]]\nid = \"lockers\"\ntitle = \"Use of the lockers\"\nlasts = \"from January 1, 2026 through December 15, 2026\"\n[[obligations]]\nid = \"pilot\"\ntitle = \"Pilot\"\nlasts = \"from January 1, 2026 through January 31, 2027\"",
    );
    let later = "+++\ntitle = \"Extension\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nsigned = 2026-11-01\neffective = 2026-12-01\namends = [\"schedules\"]\n[changes]\n\"schedules/lockers\" = \"void\"\n\"schedules/pilot\" = \"June 30, 2027\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"quarterly\"\ntitle = \"Quarterly report\"\nevery = \"every 3 months on the 10th\"\nreplaces = \"schedules/report\"\n+++\n[quarterly]\n";
    let office = office(&first).file("agreements/extension.md", later);
    let told = letter_page(&office);
    says(
        &told,
        "due 10 December 2026; replaced by a later agreement from 1 December 2026 on",
    );
    says(
        &told,
        "runs until 15 December 2026; made void by a later agreement from 1 December 2026 on",
    );
    says(
        &told,
        "runs until 31 January 2027; from 1 December 2026 on its last day is 30 June 2027, by a later agreement",
    );
    says(
        &page(&office, "index.html"),
        "made void by a later agreement from 1 December 2026 on",
    );
    says(
        &page(&office, "es/agreements/schedules.html"),
        "corre hasta el 15 de diciembre de 2026; queda sin efecto por un acuerdo posterior a partir del 1 de diciembre de 2026",
    );
    says(
        &calendar(&office),
        "Made void by a later agreement from 1 December 2026 on.",
    );
    says(
        &office.prints("show schedules"),
        "made void by a later agreement from 1 December 2026 on",
    );
    let data: serde_json::Value = serde_json::from_str(&office.read("site/data.json")).unwrap();
    let lockers = &data["agreements"][1]["obligations"][1]["occurrences"][0];
    assert_eq!(
        lockers["changes_ahead"],
        serde_json::json!([{"from": "2026-12-01", "becomes": "void", "day": null}])
    );
    // Once it holds, the day says whose it is.
    let office = office.on("2026-12-02");
    office.prints("build");
    says(
        &words(&office.read("site/agreements/schedules.html")),
        "runs until 30 June 2027; that day is by a later agreement",
    );
    // A letter that has no page changes nothing ahead of its day, as far as the pages tell.
    let hidden = later.replace("amends =", "visibility = \"parties\"\namends =");
    let office = self::office(&first).file("agreements/extension.md", hidden);
    says_not(&letter_page(&office), "later agreement");
    says_not(&calendar(&office), "later agreement");
}

#[test]
fn an_agreement_that_waits_for_its_first_day_does_not_run() {
    let office = office(&letter(
        "effective = \"ratification\"\nexpires = 2027-01-31",
        "[[obligations]]\nid = \"report\"\ntitle = \"Report\"\ndue = \"30 days after effective\"",
    ));
    let told = letter_page(&office);
    says(
        &told,
        "waiting for the date of the ratification; runs until 31 January 2027",
    );
    says_not(&told, "going on now");
    says_not(&told, "is earlier than all of these");
    says_not(&told, "0 obligations");
    let svg = office.read("site/agreements/schedules.html");
    assert!(svg.contains(">today<"), "{svg}");
    let state = &office.json("due --all")[0];
    assert_eq!(state["obligation"], "expiration");
    assert_eq!(state["state"], "waiting");
    assert_eq!(state["waiting_on"][0], "ratification");
    office.prints("record happened schedules/ratification --on 2026-11-20 --by upe");
    says(&letter_page(&office), "runs until 31 January 2027");
}

#[test]
fn a_condition_that_came_about_is_told() {
    let office = office(&letter(
        "signed = 2026-01-01",
        "[[obligations]]\nid = \"quota_notice\"\ntitle = \"Notice of a quota\"\nowed_by = [\"dha\"]\nwhen = \"DHA sets a quota\"",
    ));
    says(&letter_page(&office), "owed only in a certain case");
    office.prints("record happened schedules/quota_notice --on 2026-11-16 --by upe");
    let told = letter_page(&office);
    says(
        &told,
        "has no date; its case came about on 16 November 2026, UPE says",
    );
    let feed = office.read("site/feed.atom");
    says(
        &feed,
        "Notice of a quota: UPE says that its case came about on 16 November 2026",
    );
    let spanish = page(&office, "es/agreements/schedules.html");
    says(
        &spanish,
        "no tiene fecha; su caso se dio el 16 de noviembre de 2026, según UPE",
    );
}

#[test]
fn a_notice_that_is_contested_is_told_as_that_in_the_calendar() {
    let office = office(&letter(
        "signed = 2026-01-01\neffective = 2026-01-01\nexpires = 2026-12-31\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"at least 30 days before expiration\"\n",
        "",
    ));
    office.prints("record notice schedules/renewal --on 2026-11-04 --by dha");
    office.prints("record disputed schedules --entry 1 --by upe");
    letter_page(&office);
    says(
        &calendar(&office),
        "The parties have recorded different things about the notice.",
    );
}

#[test]
fn what_is_decided_is_no_more_to_be_decided_on_a_day_ahead() {
    let office = office(&letter(
        "signed = 2026-01-01\neffective = 2026-01-01",
        "[[obligations]]\nid = \"rate\"\ntitle = \"Special rate\"\nlasts = \"from January 1, 2026 through December 15, 2026\"\n[obligations.renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"3 months\"\ntimes = 1\nwindow = \"between 60 and 15 days before expiration\"",
    ));
    letter_page(&office);
    says(
        &calendar(&office),
        "SUMMARY:Last day to renew: Special rate",
    );
    office.prints("record renewed schedules/rate --by upe");
    letter_page(&office);
    let decided = calendar(&office);
    says_not(&decided, "Last day to renew");
    says(&decided, "SUMMARY:Goes on: Special rate");
    says_not(&decided, "Ends or is renewed");
}

#[test]
fn what_is_past_its_last_day_and_not_its_day_of_grace_is_still_due_next() {
    let office = office(
        &letter(
            "signed = 2026-01-01\ntracked_from = 2026-06-01",
            "[[obligations]]\nid = \"report\"\ntitle = \"Report\"\ndue = \"within 30 days after October 28, 2026\"\n[[obligations]]\nid = \"parking\"\ntitle = \"Free parking\"\ndue = \"on or after November 1, 2026\"",
        )
        .replace(
            "preset = \"plain\"",
            "preset = \"california_contract\"\ndays_off = [\"weekends\", \"us_ca_state_employees\"]",
        ),
    )
    .on("2026-11-28");
    let overview = page(&office, "index.html");
    let (next, rest) = overview.split_once("Running now").unwrap();
    says(next, "Report due 27 November 2026 (or 30 November 2026)");
    let (running, _) = rest.split_once("Recorded so far").unwrap();
    says(running, "Free parking from 1 November 2026 on");
    says(
        &page(&office, "es/index.html"),
        "vence el 27 de noviembre de 2026 (o el 30 de noviembre de 2026)",
    );
}

#[test]
fn until_when_notice_may_be_given_is_among_what_comes_next() {
    let office = office(&letter(
        "signed = 2024-01-01\neffective = \"the first day of the month following signing\"\nexpires = \"3 years after effective\"\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"at least 60 days before expiration\"\n",
        "",
    ));
    let overview = page(&office, "index.html");
    let (next, rest) = overview.split_once("Running now").unwrap();
    says(
        next,
        "Term of the agreement last day for notice: 3 December 2026",
    );
    let (running, _) = rest.split_once("Recorded so far").unwrap();
    says(
        running,
        "Term of the agreement runs until 1 February 2027; renewed then, unless notice is given by 3 December 2026",
    );
    let party = page(&office, "parties/upe.html");
    says(
        &party,
        "Term of the agreement last day for notice: 3 December 2026",
    );
    says(
        &page(&office, "es/index.html"),
        "último día para dar aviso: el 3 de diciembre de 2026",
    );
    // How each of these days was counted.
    let told = letter_page(&office);
    says(
        &told,
        "In effect“the first day of the month following signing”: 1 February 2024 How this date was counted",
    );
    says(&told, "3 years after 1 February 2024");
    says(&told, "When its renewal is decided:");
    says(&told, "60 days before 1 February 2027");
}

#[test]
fn clauses_keep_the_numbers_of_the_letter() {
    let text = letter("signed = 2026-01-01", "");
    let text = text.replace("It is agreed: .", "1. One.\n2. Two.\n9. Nine.\n10. Ten.\n");
    let office = office(&text);
    office.prints("build");
    let html = office.read("site/agreements/schedules.html");
    says(
        &html,
        "<li>Two.</li>\n<li value=\"9\">Nine.</li>\n<li>Ten.</li>",
    );
}

#[test]
fn a_letter_that_is_not_settled_leaves_no_trace_on_the_pages() {
    let tentative = "+++\ntitle = \"Extension\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nstatus = \"tentative\"\namends = [\"schedules\"]\n[changes]\n\"schedules/pilot\" = \"void\"\n[counting]\npreset = \"plain\"\n+++\nText.\n";
    let office = office(&letter(
        "signed = 2026-01-01",
        "[[obligations]]\nid = \"pilot\"\ntitle = \"Pilot\"\nlasts = \"from January 1, 2026 through January 31, 2027\"",
    ))
    .file("agreements/extension.md", tentative);
    let told = letter_page(&office);
    says(&told, "runs until 31 January 2027");
    says_not(&told, "not shown here");
}

#[test]
fn each_mark_of_the_time_line_has_the_shape_that_its_key_has() {
    let office = office(&letter(
        "signed = 2026-01-01\ntracked_from = 2026-06-01",
        "[[obligations]]\nid = \"meeting\"\ntitle = \"Meeting\"\nevery = \"every month on the 15th\"\n[[obligations]]\nid = \"pilot\"\ntitle = \"Pilot\"\nlasts = \"from January 1, 2026 through January 31, 2027\"",
    ));
    office.prints("build");
    let html = office.read("site/agreements/schedules.html");
    let (_, svg) = html.split_once("role=\"img\"").unwrap();
    let (svg, after) = svg.split_once("</svg>").unwrap();
    let (_, key) = after.split_once("<ul class=\"key\">").unwrap();
    let (key, _) = key.split_once("</ul>").unwrap();
    for look in ["quiet", "early", "now", "ahead"] {
        let shape = format!("href=\"#shape-{look}\"");
        assert!(
            svg.contains(&shape) && key.contains(&shape),
            "{look}: {svg}"
        );
    }
    // No two looks have one shape.
    let shapes = regex::Regex::new("<symbol id=\"shape-([a-z]+)\"[^>]*>(.*?)</symbol>").unwrap();
    let drawn: std::collections::BTreeSet<&str> = shapes
        .captures_iter(&html)
        .filter_map(|found| Some(found.get(2)?.as_str()))
        .collect();
    assert_eq!(drawn.len(), shapes.captures_iter(&html).count());
}

//! What is narrower than the pages' readers is seen nowhere on them: not by its words, its id, its day, its number nor by what
//! follows from it.

use crate::office::Office;
use crate::states::PARTIES;
use std::path::Path;

const LETTER: &str = r#"+++
title = "Parking"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2026-06-01
tracked_from = 2026-06-01

[counting]
preset = "plain"

[events.open_event]
title = "Opening of the garage"

[events.layoffs]
title = "Decision on the Florin layoffs"
visibility = "parties"

[[obligations]]
id = "lot"
title = "Lot B opened"
due = "2026-11-20"

[[obligations]]
id = "passes"
title = "Garage passes"
due = "30 days after open_event"

[[obligations]]
id = "garage"
title = "Garage swept"
due = "2026-12-10"

[[obligations]]
id = "talks"
title = "Talks about parking"
due = "10 days after layoffs"

[[obligations]]
id = "minutes"
title = "Minutes of the talks"
due = "5 days after talks"
+++
Lots [lot], passes [passes], sweeping [garage], talks [talks] and minutes [minutes].
"#;

const ACCORD: &str = r#"+++
title = "Ocelot accord"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2026-01-01
expires = 2027-03-31
visibility = "parties"

[counting]
preset = "plain"

[[obligations]]
id = "pay"
title = "Ocelot pay"
due = "2026-12-25"
+++
[pay]
"#;

fn office(letter: &str) -> Office {
    Office::empty()
        .file(
            "sideletter.toml",
            "[office]\nconfirmation = \"none\"\n[site]\nurl = \"https://letters.upe.example/\"\n",
        )
        .file("parties.toml", PARTIES)
        .file("agreements/parking.md", letter)
        .on("2026-11-29")
}

/// Every file of the site, but for what is the same on every one.
fn site(office: &Office) -> Vec<(String, String)> {
    let built = office.types("build");
    assert!(built.code <= 1, "{built:?}");
    let of_the_site = office.files().into_iter();
    of_the_site
        .filter(|path| path.starts_with("site/") && !Path::new(path).ends_with(".sideletter-site"))
        .map(|path| {
            // An iCalendar file's lines made whole.
            let text = office.read(&path).replace("\r\n ", "");
            (path, text)
        })
        .collect()
}

/// That no file of the site, and not the calendar of the terminal, has any of these words.
#[track_caller]
fn nowhere(office: &Office, words: &[&str]) {
    let mut all = site(office);
    all.push((
        "feed".to_owned(),
        office.types("feed").stdout.replace("\r\n ", ""),
    ));
    // A month has all of its days.
    let day_of_a_month = regex::Regex::new("<p class=\"day\">.*?</p>").unwrap();
    for (path, text) in all {
        let text = day_of_a_month.replace_all(&text, "");
        for words in words {
            assert!(!text.contains(words), "{path}: {words}");
        }
    }
}

#[test]
fn an_entry_that_is_narrower_than_the_pages_moves_nothing_on_them() {
    let office = office(LETTER);
    for line in [
        "record met parking/lot --on 2026-11-14 --by dha --visibility parties",
        "record happened parking/open_event --on 2026-11-10 --by upe --visibility parties",
        "record moved parking/garage --to 2027-03-03 --by upe --visibility parties",
        "record confirmed parking --entry 3 --by dha",
        "record noted parking/lot --note Swept --by dha --visibility parties",
    ] {
        office.prints(line);
    }
    nowhere(
        &office,
        &[
            "2026-11-14",
            "14 November 2026",
            "20261114",
            "2026-11-10",
            "10 November 2026",
            "20261110",
            "2027-03-03",
            "3 March 2027",
            "20270303",
            "entry 1",
            "entry/",
        ],
    );
    let page = office.read("site/agreements/parking.html");
    assert!(page.contains("waiting for the date of \u{201c}Opening of the garage\u{201d}"));
    assert!(
        page.contains(
            "<time datetime=\"2026-11-20\">20 November 2026</time>; nothing recorded yet"
        )
    );
    // The same, for all: then all of it is told.
    let wide = self::office(LETTER);
    for line in [
        "record met parking/lot --on 2026-11-14 --by dha",
        "record happened parking/open_event --on 2026-11-10 --by upe",
    ] {
        wide.prints(line);
    }
    wide.prints("build");
    let page = wide.read("site/agreements/parking.html");
    assert!(page.contains("recorded as done on <time datetime=\"2026-11-14\">"));
    assert!(page.contains("due <time datetime=\"2026-12-10\">"));
}

#[test]
fn a_strike_that_is_for_fewer_voids_for_all() {
    let office = office(LETTER);
    office.prints("record met parking/lot --on 2026-11-14 --by dha");
    office.prints("record struck parking --entry 1 --by dha --visibility parties");
    nowhere(&office, &["14 November 2026"]);
}

#[test]
fn what_hangs_on_something_hidden_shows_neither_its_id_nor_its_day() {
    let office = office(LETTER);
    office.prints("record happened parking/layoffs --on 2026-11-15 --by upe");
    let words = [
        "layoffs",
        "15 November 2026",
        "2026-11-15",
        "20261115",
        "entry 1",
    ];
    nowhere(&office, &words);
    let page = office.read("site/agreements/parking.html");
    // What is not hidden itself keeps its day.
    assert!(page.contains("due <time datetime=\"2026-11-25\">25 November 2026</time>"));
    assert!(page.contains("<td data-label=\"Time limit\"><span>not shown here</span></td>"));
    let data: serde_json::Value = serde_json::from_str(&office.read("site/data.json")).unwrap();
    let obligations = data["agreements"][0]["obligations"].as_array().unwrap();
    let talks = obligations.iter().find(|o| o["id"] == "talks").unwrap();
    assert_eq!(talks["words"], serde_json::Value::Null);
}

#[test]
fn what_hangs_on_an_agreement_that_has_no_page_shows_neither_its_id_nor_its_day() {
    let letter = LETTER.replace(
        "due = \"10 days after layoffs\"",
        "due = \"30 days before expiration of zanzibar\"",
    );
    let office = office(&letter).file("agreements/zanzibar.md", ACCORD);
    let words = [
        "zanzibar",
        "Zanzibar",
        "31 March 2027",
        "2027-03-31",
        "20270331",
    ];
    nowhere(&office, &words);
    let page = office.read("site/agreements/parking.html");
    assert!(page.contains("<time datetime=\"2027-03-01\">1 March 2027</time>"));
    // Where it has no day, neither the page nor the data name what is waited for.
    let open = ACCORD.replace("expires = 2027-03-31\n", "");
    let office = self::office(&letter).file("agreements/zanzibar.md", open);
    nowhere(&office, &["zanzibar", "Zanzibar"]);
}

#[test]
fn what_could_not_be_read_is_counted_only_where_it_is_for_all() {
    let unread = LETTER
        .replace("due = \"2026-11-20\"", "due = \"sometime soonish maybe\"")
        .replace(
            "due = \"2026-12-10\"",
            "due = \"now and then perhaps\"\nvisibility = \"parties\"",
        );
    let office = office(&unread);
    site(&office);
    let page = office.read("site/agreements/parking.html");
    assert!(page.contains("Besides, 1 obligation could not be read and stands on no list here."));
    let spanish = office.read("site/es/agreements/parking.html");
    assert!(
        spanish.contains("Además, 1 obligación no pudo leerse y no figura aquí en ninguna lista.")
    );
    let hidden = unread.replace("due = \"sometime soonish maybe\"", "due = \"2026-11-20\"");
    let office = self::office(&hidden).file(
        "agreements/zanzibar.md",
        ACCORD.replace("signed = 2026-01-01", "signed = 2026-01-0"),
    );
    site(&office);
    assert!(
        !office
            .read("site/agreements/parking.html")
            .contains("could not be read")
    );
    assert!(!office.read("site/index.html").contains("could not be read"));
}

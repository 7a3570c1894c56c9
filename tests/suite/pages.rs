//! The members' pages: what they show, what they never show, and what becomes of the old ones when something fails.

use crate::office::Office;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Ximena Quill"
email = "ximena.quill@upe.example"
role = "steward at large"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Meeting"
email = "meeting@dha.example"
"#;

const LETTER: &str = r#"+++
title = "Phone hours"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2026-02-02
notes = "Ask the zebra committee before the end of May"

[counting]
preset = "plain"

[events.launch]
title = "Launch of the phone hours"

[events.audit]
title = "Confidential headcount audit"
visibility = "parties"

[[obligations]]
id = "first_meeting"
clause = "1"
title = "Meeting about the phone hours"
owed_by = ["dha"]
due = "30 days after launch"
notes = "Bring the zebra file"

[[obligations]]
id = "settlement"
clause = "2"
title = "Settlement of the Ostrander claim"
owed_by = ["dha"]
due = "2026-06-01"
visibility = "parties"

[[obligations]]
id = "no_quota"
clause = "3"
title = "No quota"
owed_by = ["dha"]
+++

## Phone hours

1. A meeting is held 30 days after launch. [first_meeting]

2. DHA pays 4,000 for each claim. [settlement]

3. No quota is set. [no_quota]

<!-- the zebra clause was struck on the last day -->

Questions go to ximena.quill@upe.example.
"#;

fn office() -> Office {
    Office::empty()
        .file("sideletter.toml", "[office]\nname = \"Test office\"\n")
        .file("parties.toml", PARTIES)
        .file("agreements/phone_hours.md", LETTER)
        .on("2026-03-01")
}

fn is_a(kind: &str, path: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == kind)
}

/// A page without the style that stands in it, and its digest.
pub(crate) fn without_its_style(page: &str) -> String {
    let style = regex::Regex::new("(?s)<style>.*</style>").unwrap();
    let digest = regex::Regex::new("sha256-[^']*").unwrap();
    let page = style.replace(page, "<style>...</style>");
    digest.replace(&page, "sha256-...").into_owned()
}

fn pages(office: &Office) -> Vec<(String, String)> {
    office
        .files()
        .into_iter()
        .filter(|path| path.starts_with("site/"))
        .map(|path| {
            let text = office.read(&path);
            (path, text)
        })
        .collect()
}

#[test]
fn an_agreement_has_a_page_and_a_calendar() {
    let office = office();
    let built = office.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    insta::assert_snapshot!(built.stdout);
    let paths: Vec<String> = pages(&office)
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| !path.starts_with("site/es/") && !path.starts_with("site/search/"))
        .collect();
    assert_eq!(
        paths,
        [
            "site/.sideletter-site",
            "site/agreements/phone_hours.html",
            "site/agreements/phone_hours.ics",
            "site/all.ics",
            "site/calendar/2026-03.html",
            "site/calendar/index.html",
            "site/data.json",
            "site/data.schema.json",
            "site/feed.atom",
            "site/index.html",
            "site/parties/dha.html",
            "site/parties/dha.ics",
            "site/parties/upe.html",
            "site/parties/upe.ics",
            "site/search.html",
            "site/search.js",
            "site/style.css",
        ]
    );
    // The same in Spanish, but for what is for programs.
    for path in &paths {
        let own = path.trim_start_matches("site/");
        let is_for_readers = ["html", "ics", "atom"].iter().any(|kind| is_a(kind, own));
        assert_eq!(
            office.files().contains(&format!("site/es/{own}")),
            is_for_readers,
            "{path}"
        );
    }
    insta::assert_snapshot!(
        "agreement_page",
        without_its_style(&office.read("site/agreements/phone_hours.html"))
    );
}

#[test]
fn every_page_says_what_it_is_and_when_it_was_made() {
    let office = Office::repository().on("2014-03-10");
    office.run(&["build"]);
    let html: Vec<_> = pages(&office)
        .into_iter()
        .filter(|(path, _)| is_a("html", path))
        .collect();
    assert!(html.len() >= 7);
    for (path, page) in html {
        let (courtesy, made) = if path.starts_with("site/es/") {
            (
                "Un servicio de cortesía de Joint side letter office. No es una notificación conforme al acuerdo, no añade ninguna obligación ni implica renuncia a nada, y el hecho de que no haya llegado ningún mensaje no excusa nada. Esto es una transcripción: rige el acuerdo firmado.",
                "10 de marzo de 2014",
            )
        } else {
            (
                "A courtesy of Joint side letter office. It is no notice under the agreement, adds no duty and waives nothing, and that none came excuses nothing. This is a transcription: the signed agreement governs.",
                "10 March 2014",
            )
        };
        assert!(page.contains(courtesy), "{path}");
        assert!(
            page.contains(&format!("<time datetime=\"2014-03-10\">{made}</time>")),
            "{path}"
        );
        assert!(
            page.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{path}"
        );
        assert!(page.contains("default-src 'none'"), "{path}");
        // The page of all agreements has the one script, from a file of the site.
        let is_search = path.ends_with("/search.html");
        assert_eq!(
            page.matches("<script").count(),
            usize::from(is_search),
            "{path}"
        );
        // The style stands in the page, which names its digest.
        assert!(!page.contains("style=\""), "{path}");
        assert_eq!(page.matches("<style").count(), 1, "{path}");
        assert!(page.contains("style-src 'sha256-"), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        for name in [
            "overdue",
            "not_started",
            "met_late",
            "unrecorded",
            "superseded",
        ] {
            assert!(!page.contains(name), "{path}: {name}");
        }
    }
}

#[test]
fn no_page_shows_a_contact_a_note_a_comment_or_anything_narrower() {
    let office = office()
        .file(
            "agreements/hidden_pact.md",
            "+++\ntitle = \"Pact about the Wexford office\"\nkind = \"commitment\"\nparties = [\"upe\", \"dha\"]\nvisibility = \"parties\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"keep_still\"\ntitle = \"Keep still\"\n+++\nKeep still. [keep_still]\n",
        )
        .file(
            "agreements/tentative_deal.md",
            "+++\ntitle = \"Deal that awaits ratification\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nstatus = \"tentative\"\n[counting]\npreset = \"plain\"\n[[obligations]]\nid = \"raise_pay\"\ntitle = \"Raise of pay\"\n+++\nPay is raised. [raise_pay]\n",
        );
    let built = office.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let secrets = [
        "ximena",
        "quill",
        "meeting@dha.example",
        "steward at large",
        "zebra",
        "headcount",
        "ostrander",
        "4,000",
        "settlement",
        "hidden_pact",
        "wexford",
        "keep_still",
        "keep still",
        "tentative_deal",
        "ratification",
        "raise_pay",
        "@",
    ];
    for (path, page) in pages(&office) {
        // The one sign that may stand is that of a calendar entry's own name.
        let lower = page.to_lowercase().replace("@sideletter", "");
        let lower = if is_a("ics", &path) {
            lower
        } else {
            lower.replace("@page", "").replace("@media", "")
        };
        for secret in secrets {
            let calendar_name = secret == "@" && is_a("ics", &path);
            assert!(calendar_name || !lower.contains(secret), "{path}: {secret}");
        }
    }
    let page = office.read("site/agreements/phone_hours.html");
    assert!(page.contains("<p class=\"withheld\">A passage is not shown here.</p>"));
    assert!(page.contains("Questions go to [address withheld]."));
    assert!(
        page.contains("2 obligations"),
        "the hidden one is not counted"
    );
    assert!(
        office
            .read("site/index.html")
            .contains("1 agreement between 2 parties, with 2 obligations")
    );
}

/// Builds once, then again with a file added, and sees that it fails and that the old pages are what they were.
#[track_caller]
fn fails_and_keeps_the_old_pages(path: &str, content: &str) -> String {
    let office = office();
    assert_eq!(office.run(&["build"]).code, 0);
    let before = pages(&office);
    let office = office.file(path, content);
    let built = office.run(&["build"]);
    assert_eq!(built.code, 3, "{}{}", built.stdout, built.stderr);
    assert_eq!(pages(&office), before);
    let left: Vec<String> = office
        .files()
        .into_iter()
        .filter(|p| p.contains("building"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    built.stderr
}

#[test]
fn what_a_template_lets_out_stops_the_build() {
    let template =
        |secret: &str| format!("<time datetime=\"{{{{iso}}}}\">{{{{text}}}}</time> {secret}\n");
    for (secret, what) in [
        ("<b>Ximena</b> QUILL", "a contact&#x27;s name"),
        ("<!-- Ximena Quill -->", "a contact's name"),
        (
            "<i title=\"ximena.quill&#64;upe.example\"></i>",
            "an e-mail address",
        ),
        ("xxximena.quill@upe.examplexx", "an e-mail address"),
        ("steward at large", "a contact's role"),
        ("Ask the zebra committee before the end of May", "a note"),
        ("Bring the zebra file", "a note"),
        (
            "the zebra clause was struck\non the last day",
            "a comment of a text",
        ),
        (
            "Settlement of the Ostrander claim",
            "the title of an obligation that is not shown",
        ),
        (
            "Confidential headcount audit",
            "the title of an event that is not shown",
        ),
    ] {
        let said = fails_and_keeps_the_old_pages("templates/site/day.hbs", &template(secret));
        let what = what.replace("&#x27;", "'");
        assert!(
            said.contains(&format!("agreements/phone_hours.html would show {what}")),
            "{said}"
        );
        assert!(
            !said.to_lowercase().contains("ximena") && !said.contains("zebra"),
            "{said}"
        );
    }
}

#[test]
fn the_title_of_something_hidden_in_the_letters_own_words_stops_the_build() {
    let letter = LETTER.replace(
        "No quota is set.",
        "No quota is set before the settlement of the Ostrander claim.",
    );
    let said = fails_and_keeps_the_old_pages("agreements/phone_hours.md", &letter);
    assert!(
        said.contains("the title of an obligation that is not shown"),
        "{said}"
    );
}

#[test]
fn a_contact_whose_name_is_a_word_of_the_letter_stops_nothing() {
    // DHA's contact is called `Meeting`, and the letter speaks of a meeting.
    assert_eq!(office().run(&["build"]).code, 0);
}

#[test]
fn a_template_with_a_fault_is_named_with_its_line_and_column() {
    let said =
        fails_and_keeps_the_old_pages("templates/site/day.hbs", "<time>\n{{#if iso}}\n</time>\n");
    assert!(said.contains("templates/site/day.hbs:"), "{said}");
    let said =
        fails_and_keeps_the_old_pages("templates/site/day.hbs", "<time>\n  {{when}}</time>\n");
    assert!(said.contains("templates/site/day.hbs:2:"), "{said}");
    assert!(said.contains("when"), "{said}");
    let said = fails_and_keeps_the_old_pages("templates/site/day.hbs", "\n{{#if later}}x{{/if}}");
    assert!(said.contains("templates/site/day.hbs:2:"), "{said}");
    assert!(said.contains("later"), "{said}");
    let said = fails_and_keeps_the_old_pages("templates/site/mark.hbs", "{{shout row.title}}");
    assert!(said.contains("templates/site/mark.hbs:1:"), "{said}");
}

#[test]
fn a_name_that_is_not_there_is_named_in_every_template() {
    let office = office();
    for line in [
        "record happened phone_hours/launch --on 2026-01-01 --by dha",
        "record met phone_hours/first_meeting --on 2026-01-20 --by dha",
        "build",
    ] {
        office.prints(line);
    }
    let before = pages(&office);
    let folder = crate::office::repository().join("templates/site");
    for template in [
        "party",
        "month",
        "months",
        "search",
        "quarters",
        "feed",
        "list",
        "index",
        "agreement",
        "page",
    ] {
        let path = format!("templates/site/{template}.hbs");
        let text = fs::read_to_string(folder.join(format!("{template}.hbs"))).unwrap();
        for missing in [
            "{{no_such}}",
            "{{#if no_such}}x{{/if}}",
            "{{shout @root.office}}",
            "{{@root.w.no_such}}",
        ] {
            // On the second line, behind a blank.
            let (first, rest) = text.split_once('\n').unwrap();
            let mistaken = format!("{first}\n {missing}\n{rest}");
            fs::create_dir_all(office.root().join("templates/site")).unwrap();
            fs::write(office.root().join(&path), mistaken).unwrap();
            let built = office.run(&["build"]);
            assert_eq!(built.code, 3, "{path} {missing}");
            let name = if missing.contains("shout") {
                "shout"
            } else {
                "no_such"
            };
            assert!(
                built.stderr.contains(&format!("{path}:2:2: ")) && built.stderr.contains(name),
                "{missing}: {}",
                built.stderr
            );
            assert!(pages(&office) == before, "{path}");
        }
        fs::remove_file(office.root().join(&path)).unwrap();
    }
    office.prints("build");
}

#[test]
fn an_office_replaces_one_template_and_keeps_the_others() {
    let office = office()
        .file("templates/site/day.hbs", "<b>{{text}}</b>")
        .file("templates/site/style.css", "body { color: green }\n");
    assert_eq!(office.run(&["build"]).code, 0);
    assert!(
        office
            .read("site/index.html")
            .contains("As of <b>1 March 2026</b>")
    );
    assert_eq!(office.read("site/style.css"), "body { color: green }\n");
    assert!(
        office
            .read("site/es/index.html")
            .contains("<style>body { color: green }\n</style>")
    );
}

#[test]
fn the_repositorys_templates_are_the_built_in_ones() {
    let own = Office::repository().on("2014-03-10");
    let built_in = Office::repository().on("2014-03-10");
    fs::remove_dir_all(built_in.root().join("templates/site")).unwrap();
    own.run(&["build"]);
    built_in.run(&["build"]);
    assert_eq!(pages(&own), pages(&built_in));
}

#[test]
fn two_builds_of_one_day_are_the_same() {
    let office = Office::repository().on("2014-03-10");
    office.run(&["build"]);
    let first = pages(&office);
    assert!(!first.is_empty());
    fs::remove_dir_all(office.root().join("site")).unwrap();
    office.run(&["build"]);
    assert_eq!(pages(&office), first);
}

#[test]
fn pages_that_would_be_the_same_are_left_alone() {
    let office = office();
    let made = "pages: 1 agreement, with an overview and calendar feeds; open site/index.html\n";
    let left = "pages: 1 agreement, with an overview and calendar feeds, unchanged; open site/index.html\n";
    assert_eq!(office.prints("build"), made);
    let first = pages(&office);
    let written = |path: &str| {
        let file = fs::metadata(office.root().join(path)).unwrap();
        file.modified().unwrap()
    };
    let at = written("site/index.html");
    assert_eq!(office.prints("build"), left);
    assert_eq!(written("site/index.html"), at);

    // Whatever is not as it was made is noticed: another text of the same length, something that is gone, something else.
    let page = office.root().join("site/agreements/phone_hours.html");
    fs::write(
        &page,
        fs::read_to_string(&page).unwrap().replace("quota", "quote"),
    )
    .unwrap();
    assert_eq!(office.prints("build"), made);
    assert_eq!(pages(&office), first);
    fs::remove_file(office.root().join("site/es/all.ics")).unwrap();
    assert_eq!(office.prints("build"), made);
    fs::write(office.root().join("site/parties/stray.html"), "").unwrap();
    assert_eq!(office.prints("build"), made);
    assert_eq!(pages(&office), first);
    assert_eq!(office.prints("build"), left);

    // Of two passes of a day the first says that reminders have run.
    assert!(!office.prints("run").contains("unchanged"));
    let second = office.prints("run");
    assert!(second.contains(&left.replace("pages", "Pages")), "{second}");
}

#[test]
fn whatever_pages_are_made_from_makes_them_anew() {
    let office = office();
    let built = |office: &Office| office.run(&["build"]).stdout.contains("unchanged");
    assert!(!built(&office));
    let is_made_anew = |office: Office, what: &str| {
        assert!(!built(&office), "{what}");
        assert!(built(&office), "{what}");
        office
    };
    let letter = LETTER.replace("No quota is set", "No quote is set");
    let office = is_made_anew(
        office.file("agreements/phone_hours.md", letter),
        "the letter",
    );
    let parties = PARTIES.replace("Human Assistance", "Human Services");
    let office = is_made_anew(office.file("parties.toml", parties), "the parties");
    let settings = "[office]\nname = \"Best office\"\n";
    let office = is_made_anew(office.file("sideletter.toml", settings), "the settings");
    let office = is_made_anew(
        office.file("templates/site/style.css", "p { color: red }"),
        "the style",
    );
    office.prints("record happened phone_hours/launch --on 2026-02-20 --by dha");
    let office = is_made_anew(office, "an entry");
    office.prints("remind --send");
    let office = is_made_anew(office, "that reminders ran");
    is_made_anew(office.on("2026-03-02"), "the day");
}

#[test]
fn every_link_leads_somewhere_within_the_site() {
    let office = Office::repository().on("2014-03-10");
    office.run(&["build"]);
    let site = office.root().join("site");
    let mut links = 0;
    for (path, page) in pages(&office).iter().filter(|(p, _)| is_a("html", p)) {
        let folder = Path::new(path.strip_prefix("site/").unwrap())
            .parent()
            .unwrap();
        let ids: Vec<&str> = values(page, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
        for href in values(page, " href=\"") {
            if href.starts_with("http") || href.starts_with("tel:") {
                continue;
            }
            links += 1;
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() {
                office.root().join(path)
            } else {
                site.join(folder).join(file)
            };
            let text = fs::read_to_string(&target).unwrap_or_else(|_| panic!("{path}: {href}"));
            assert!(
                fragment.is_empty() || text.contains(&format!(" id=\"{fragment}\"")),
                "{path}: {href}"
            );
        }
    }
    assert!(links > 100);
}

fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(attribute)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn an_attack_in_a_text_or_a_title_does_nothing() {
    let office = office().file(
        "agreements/attack.md",
        r#"+++
title = "</title><script>alert('title')</script>{{office}}"
kind = "side_letter"
parties = ["upe", "dha"]
[counting]
preset = "plain"
[[obligations]]
id = "an_attack"
title = "\"><img src=x onerror=alert(1)>"
reading = "<svg onload=alert(2)> {{#each x}}"
+++
<script>alert('block')</script>

Inline <img src="https://evil.example/x.png" onerror="alert(3)"> [an_attack]

[a](javascript:alert(4)) [b](JAVASCRIPT:alert(5)) [c](&#106;avascript:alert(6)) [d](data:text/html;base64,PHNjcmlwdD4=)
[e](vbscript:x) [f](//evil.example/) [g](file:///etc/passwd) ![h](https://evil.example/pixel.png) ![i](data:image/png;base64,AA==)

<style>body { display: none }</style>

<iframe src="https://evil.example/"></iframe>

[j]: javascript:alert(7)

[j] {{{body}}} {{> page}}

    <b>code</b>
"#,
    );
    let built = office.run(&["build"]);
    assert!(built.code <= 1, "{}", built.stderr);
    let page = office.read("site/agreements/attack.html");
    let page = without_its_style(&page).replace("<style>...</style>", "");
    for bad in [
        "<script",
        "<img",
        "onerror=\"",
        "<svg onload",
        "<iframe",
        "<style",
        "javascript:",
        "JAVASCRIPT:",
        "vbscript:",
        "data:text",
        "data:image",
        "href=\"//",
        "file:///",
        "evil.example",
    ] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;script&gt;alert(&#x27;title&#x27;)&lt;/script&gt;{{office}}"));
    assert!(page.contains("&lt;b&gt;code&lt;/b&gt;"));
}

#[test]
fn the_foot_of_every_page_says_when_reminders_last_ran() {
    let foot_of = |office: &Office, page: &str| {
        let page = office.read(&format!("site/{page}"));
        readable(page.split_once("<footer").unwrap().1)
    };
    let office = office().on("2026-03-01");
    office.prints("build");
    let foot = foot_of(&office, "index.html");
    let said = "recorded until then. No run of reminders is on record.";
    assert!(foot.contains(said), "{foot}");
    let office = office.on("2026-03-03");
    office.prints("run");
    let office = office.on("2026-03-05");
    office.prints("build");
    for page in [
        "index.html",
        "search.html",
        "calendar/index.html",
        "agreements/phone_hours.html",
        "parties/dha.html",
    ] {
        let said = "Made on 5 March 2026, from what was recorded until then. Reminders last ran on 3 March 2026.";
        let foot = foot_of(&office, page);
        assert!(foot.contains(said), "{page}: {foot}");
    }
    let foot = foot_of(&office, "es/index.html");
    let said = "Los recordatorios corrieron por última vez el 3 de marzo de 2026.";
    assert!(foot.contains(said), "{foot}");
    // A run that lies after the day of the pages is none of theirs.
    let office = office.on("2026-03-01");
    office.prints("build");
    let foot = foot_of(&office, "index.html");
    assert!(
        foot.contains("until then.") && !foot.contains("eminders"),
        "{foot}"
    );
}

#[test]
fn a_folder_with_other_things_in_it_is_left_alone() {
    let office = office().file("site/thesis.txt", "years of work");
    let built = office.run(&["build"]);
    assert_eq!(built.code, 3);
    assert!(
        built
            .stderr
            .contains("holds files that this program did not write"),
        "{}",
        built.stderr
    );
    assert!(built.stderr.contains("--out"), "{}", built.stderr);
    assert_eq!(office.read("site/thesis.txt"), "years of work");
    let elsewhere = office.run(&["build", "--out", "public/pages"]);
    assert_eq!(elsewhere.code, 0, "{}", elsewhere.stderr);
    assert!(office.read("public/pages/index.html").contains("<h1>"));
}

#[test]
fn faulty_agreements_are_left_out_and_the_overview_says_so() {
    let office = office()
        .file(
            "agreements/broken.md",
            "+++\ntitle = \"Broken secret\nkind = 3\n+++\ntext\n",
        )
        .file("agreements/empty.md", "");
    let built = office.run(&["build"]);
    assert_eq!(built.code, 1);
    assert!(
        built.stdout.contains("not shown: 2 agreements"),
        "{}",
        built.stdout
    );
    let index = office.read("site/index.html");
    assert!(index.contains("2 agreements could not be read and are not shown"));
    assert!(!index.contains("Broken secret") && !index.contains("broken"));
    assert!(index.contains("Phone hours"));
}

#[test]
fn a_misspelled_visibility_shows_nothing() {
    for misspelled in ["visibility = \"partys\"", "visibilty = \"parties\""] {
        let signed = "signed = 2026-02-02";
        let letter = LETTER.replace(signed, &format!("{signed}\n{misspelled}"));
        let office = office().file("agreements/phone_hours.md", letter);
        assert_eq!(office.run(&["build"]).code, 1);
        assert!(office.read("site/index.html").contains("0 agreements"));
        assert!(!office.root().join("site/agreements").exists());
    }
}

#[test]
fn a_hidden_obligation_with_a_fault_stays_hidden() {
    let letter = LETTER.replace("due = \"2026-06-01\"", "due = \"sometime soonish maybe\"");
    let office = office().file("agreements/phone_hours.md", letter);
    let built = office.run(&["build"]);
    assert_eq!(built.code, 1, "{}", built.stderr);
    let page = office.read("site/agreements/phone_hours.html");
    assert!(page.contains("A passage is not shown here."));
    assert!(!page.contains("4,000") && !page.contains("Ostrander"));
}

#[test]
fn of_something_that_recurs_the_overview_lists_what_comes_next_and_what_was_recorded() {
    let letter = r#"+++
title = "Rounds"
kind = "side_letter"
parties = ["upe", "dha"]
tracked_from = 2026-01-01

[counting]
preset = "plain"

[[obligations]]
id = "monthly_round"
title = "Monthly round"
owed_by = ["dha"]
every = "each calendar month"
first = 2026-01-31
+++

A round a month. [monthly_round]
"#;
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/rounds.md", letter)
        .on("2026-03-10");
    let met = "record met rounds/monthly_round --occurrence 2026-01-31 --on 2026-01-20 --by dha";
    assert_eq!(office.types(met).code, 0);
    office.prints("build");
    let page = office.read("site/index.html");
    let under = |heading: &str| {
        let (_, after) = page.split_once(heading).unwrap();
        readable(after.split_once("</section>").unwrap().0)
    };
    let next = under("id=\"next\"");
    assert!(next.contains("1 March 2026 and 31 March 2026"), "{next}");
    assert_eq!(next.matches("Monthly round").count(), 1, "{next}");
    let quiet = under("id=\"quiet\"");
    assert!(
        quiet.contains("28 February 2026; nothing recorded yet"),
        "{quiet}"
    );
    let recorded = under("id=\"recorded\"");
    assert!(recorded.contains("20 January 2026 by DHA"), "{recorded}");
    let letter = readable(&office.read("site/agreements/rounds.html"));
    assert!(letter.contains("Next:"), "{letter}");
}

/// What a page says, without its tags.
/// An agreement with a day that is disputed, one that another is proposed for, and a disputed notice.
const UNSETTLED: &str = r#"+++
title = "Memorandum"
kind = "memorandum"
parties = ["upe", "dha"]
effective = 2013-07-01
tracked_from = 2013-07-01
expires = 2016-06-30

[counting]
preset = "plain"

[renewal]
how = "automatic"
for = "1 year"
notice = "between 90 and 60 days before expiration"

[events.launch]
title = "Launch"

[events.request]
title = "Request"
repeats = true

[[obligations]]
id = "report"
title = "Report"
due = "30 days after launch"

[[obligations]]
id = "minutes"
title = "Minutes"
due = "May 2, 2016"

[[obligations]]
id = "answer"
title = "Answer"
due = "within 10 days after request"
+++
A report [report], minutes [minutes], an answer [answer].
"#;

#[test]
fn what_the_parties_do_not_agree_on_is_shown_as_such() {
    let office = Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/memorandum.md", UNSETTLED)
        .on("2016-04-20");
    for line in [
        "happened memorandum/launch --on 2016-04-01 --by dha",
        "happened memorandum/launch --on 2016-04-05 --by upe",
        "moved memorandum/minutes --to 2016-05-20 --by upe",
        "notice memorandum/renewal --on 2016-04-15 --by dha",
        "disputed memorandum/renewal --entry 4 --by upe",
        "happened memorandum/request --on 2016-04-15 --for Station-4 --by dha",
        "happened memorandum/request --on 2016-04-18 --for Station-4 --by upe",
    ] {
        office.prints(&format!("record {line}"));
    }
    office.prints("build");
    let page = office.root().join("site/agreements/memorandum.html");
    let page = readable(&fs::read_to_string(page).unwrap());
    for said in [
        "30 June 2016; not renewed then, by a notice about which the parties have recorded different things",
        // The earlier is used, and the other shown.
        "Launch: 1 April 2016; another day is claimed: 5 April 2016",
        "if ‘Launch’ was on 5 April 2016 (entry 2 of the record, by UPE): 5 May 2016",
        "due 2 May 2016; another day is proposed: 20 May 2016, not agreed by all yet",
        "if ‘Request’ was on 18 April 2016 (entry 7 of the record, by UPE): 28 April 2016",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // The words of a case are on no page.
    assert!(!page.contains("Station-4"), "{page}");
}

fn readable(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text
}

#[test]
fn an_ordinary_word_that_an_entry_is_for_stops_no_build() {
    let letter = "+++\ntitle = \"Cases\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n[counting]\npreset = \"plain\"\n[events.case_filed]\ntitle = \"A case is filed\"\nrepeats = true\n[[obligations]]\nid = \"answer\"\ntitle = \"Answer\"\ndue = \"10 days after case_filed\"\n+++\nTo a case an [answer] is given.\n";
    let office = crate::record_kept::office().file("agreements/cases.md", letter);
    for words in ["old", "Table", "no wrap", "table cell old", "Station 4"] {
        let ran = office.run(&[
            "record",
            "happened",
            "cases/case_filed",
            "--on",
            "2014-04-01",
            "--for",
            words,
            "--by",
            "upe",
        ]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let built = office.types("build");
    assert_eq!(built.code, 0, "{built:?}");
}

#[test]
fn a_short_remark_stops_no_build() {
    let office = office();
    for remark in ["Monday", "16 December 2026", "Done on Monday", "due"] {
        let noted = office.run(&[
            "record",
            "noted",
            "phone_hours",
            "--by",
            "upe",
            "--note",
            remark,
        ]);
        assert_eq!(noted.code, 0, "{noted:?}");
    }
    let built = office.run(&["build"]);
    assert_eq!((built.code, built.stderr.as_str()), (0, ""));
}

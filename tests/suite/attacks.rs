//! Agreements that attack their readers: whatever stands in a text, a title, a name or a phrase does nothing but stand there.

use crate::office::{Office, repository};
use crate::site::{finds_nothing, named_in};
use std::fmt::Write as _;
use std::process::Command;

/// What would run, where anything did.
const RUN: [&str; 14] = [
    "<script>window.pwned=1</script>",
    "</title></style></script><script>window.pwned=2</script>",
    "\"><img src=x onerror=window.pwned=3>",
    "' onmouseover='window.pwned=4' x='",
    "<svg onload=window.pwned=5><animate onbegin=window.pwned=6 attributeName=x dur=1s>",
    "<details open ontoggle=window.pwned=7><summary>x</summary></details>",
    "<iframe srcdoc=\"<script>parent.pwned=8</script>\"></iframe>",
    "<style>@import url(https://evil.example/a.css); body{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/b.css>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "<base href=https://evil.example/>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=9>",
    "<!--><img src=x onerror=window.pwned=10>-->",
    "{{{office}}} {{> page}} {{#each x}} ]]><script>window.pwned=11</script>",
];

/// Where a link would lead that does more than lead somewhere.
const LEAD: [&str; 22] = [
    "javascript:window.pwned=20",
    "JaVaScRiPt:window.pwned=21",
    "&#106;avascript:window.pwned=22",
    "&#x6A;&#x61;vascript&colon;window.pwned=23",
    "java&Tab;script:window.pwned=24",
    "java&NewLine;script:window.pwned=25",
    "&#1;javascript:window.pwned=26",
    "%6aavascript:window.pwned=27",
    "\u{a0}javascript:window.pwned=28",
    "javascript\u{ff1a}window.pwned=29",
    "\u{200b}javascript:window.pwned=30",
    "vbscript:window.pwned=31",
    "livescript:window.pwned=32",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MzM8L3NjcmlwdD4=",
    "DATA:image/svg+xml,<svg/onload=window.pwned=34>",
    "blob:https://evil.example/1",
    "file:///etc/passwd",
    "filesystem:http://evil.example/1",
    "//evil.example/",
    "\\\\evil.example\\share",
    "view-source:https://evil.example/",
    "x\" onclick=\"window.pwned=35",
];

/// Characters that turn words around, hide, or are none.
const ODD: &str = "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} z\u{200b}e\u{200d}r\u{feff}o \u{7}bell \u{1b}[31m red \u{ffff} \u{fdd0} e\u{301}\u{301}\u{301}\u{301} \u{1f468}\u{200d}\u{1f469} \u{e0001}\u{e0041}";

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// An agreement with a text, and with a word of attack wherever the file may hold words.
fn agreement(attack: &str, text: &str) -> String {
    let q = quoted(attack);
    format!(
        "+++\ntitle = {q}\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nsigned = 2026-01-05\n[counting]\npreset = \"plain\"\nauthority = {q}\n\
         [events.launch]\ntitle = {q}\n\
         [[obligations]]\nid = \"an_attack\"\nclause = {q}\ntitle = {q}\ndue = \"within 10 days after launch\"\nreading = {q}\nafterwards = {q}\npurpose = {q}\nwho = [{q}]\nproducts = [{q}]\n\
         [[obligations]]\nid = \"in_case\"\ntitle = {q}\nwhen = {q}\ndue = \"2026-05-01\"\n\
         [[obligations]]\nid = \"a_phrase\"\ntitle = \"A phrase\"\ndue = {q}\n\
         +++\nIt begins. [an_attack]\n\n{text}\n\n[in_case] [a_phrase]\n\nHere the letter ends.\n"
    )
}

/// An office of nothing else.
fn office() -> Office {
    let run = RUN.join("\n\n");
    let inline = RUN.join(" and ");
    let mut links = String::new();
    for (number, lead) in LEAD.iter().enumerate() {
        let _ = write!(
            links,
            "[inline {number}]({lead}) [pointed {number}](<{lead}>) ![picture {number}]({lead}) [referred {number}][r{number}] <{lead}>\n\n[r{number}]: {lead}\n\n"
        );
    }
    let table = |rows: usize| {
        let mut table = "| a | b |\n| - | - |\n".to_owned();
        for row in 0..rows {
            let _ = writeln!(table, "| {row} | <b onclick=window.pwned=40>x</b> |");
        }
        table
    };
    let deep = format!(
        "{}\n\n{}\n\n{}text{}\n\n{}\n\n{}",
        format_args!("{} quoted", "> ".repeat(500)),
        (0..200).fold(String::new(), |list, depth| list
            + &"  ".repeat(depth)
            + "- deeper\n"),
        "[".repeat(3_000),
        "](x)".repeat(3_000),
        "*a **b ".repeat(3_000),
        "`".repeat(5_000),
    );
    let party = |key: &str, n: usize| {
        let name = quoted(&RUN.get(n..n + 3).unwrap_or_default().join(" "));
        format!(
            "[{key}]\nname = {name}\nshort = {}\nside = \"union\"\n",
            quoted(&format!("{key} {ODD} <img src=x onerror=window.pwned=50>"))
        )
    };
    let mut office = Office::empty()
        .file("sideletter.toml", format!("[office]\nname = {}\n", quoted(&format!("{inline} {ODD}"))))
        .file("parties.toml", party("upe", 0) + &party("dha", 3))
        .file("agreements/html.md", agreement(RUN[0], &format!("{run}\n\n{inline}\n\n    {inline}\n\n```\n{run}\n```\n\n# {inline}\n\n> {inline}")))
        .file("agreements/links.md", agreement("[x](javascript:window.pwned=60) <javascript:window.pwned=61>", &links))
        .file("agreements/unicode.md", agreement(ODD, &format!("{ODD}\n\n# {ODD}\n\n[{ODD}](https://law.example/{ODD})")))
        .file("agreements/deep.md", agreement(&"<b>".repeat(200), &deep))
        .file("agreements/table.md", agreement("| x | <b> |", &table(2_000)))
        .on("2026-03-01");
    for (number, attack) in RUN.iter().enumerate() {
        office = office.file(
            &format!("agreements/attack_{number}.md"),
            agreement(attack, attack),
        );
    }
    office
}

#[test]
fn nothing_in_an_agreement_runs_or_is_fetched_in_a_browser() {
    let office = office();
    office.run(&[
        "record",
        "happened",
        "html/launch",
        "--on",
        "2026-02-20",
        "--by",
        "dha",
    ]);
    let met = [
        "record",
        "met",
        "html/an_attack",
        "--on",
        "2026-02-24",
        "--by",
        "dha",
        "--speaker",
        RUN[0],
        "--note",
        RUN[2],
    ];
    office.run(&met);
    let built = office.run(&["build"]);
    // The phrases are none, which is a fault of each agreement.
    assert_eq!(built.code, 1, "{}", built.stderr);
    let data = office.read("site/data.json");
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert!(data.to_string().contains("window.pwned"));
    for page in ["html", "links", "unicode", "deep", "table"] {
        let page = office.read(&format!("site/agreements/{page}.html"));
        assert!(page.contains("Here the letter ends."));
        for odd in ['\u{202e}', '\u{2066}', '\u{7}', '\u{1b}', '\u{ffff}'] {
            assert!(!page.contains(odd), "{odd:?}");
        }
    }
    if let Some(python) = named_in("SIDELETTER_TEST_PYTHON") {
        let reads = repository().join("tests/oracle/site.py");
        finds_nothing(
            Command::new(python)
                .arg(reads)
                .arg(office.root().join("site")),
        );
    }
    let Some(folder) = named_in("SIDELETTER_TEST_BROWSER") else {
        return;
    };
    let folder = std::path::absolute(folder).unwrap();
    finds_nothing(
        Command::new("node")
            .arg(folder.join("attacks.mjs"))
            .arg(office.root().join("site")),
    );
}

#[test]
fn what_is_too_large_or_no_text_is_refused_and_the_rest_is_shown() {
    let mut table = "| a | b |\n| - | - |\n".to_owned();
    while table.len() < 3_900_000 {
        table.push_str("| one cell of very many | <b>and another</b> |\n");
    }
    let mut broken = agreement("Broken", "text").into_bytes();
    broken.extend(b"\xff\xfe<script>window.pwned=70</script>\xc3(");
    let office = Office::empty()
        .file(
            "parties.toml",
            "[upe]\nname = \"UPE\"\n[dha]\nname = \"DHA\"\n",
        )
        .file("agreements/large.md", agreement("Large", &table))
        .file(
            "agreements/larger.md",
            agreement("Larger", &table.repeat(3)),
        )
        .file("agreements/broken.md", broken)
        .on("2026-03-01");
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, 1);
    for code in ["error[file-too-large]", "error[not-utf8]"] {
        assert!(checked.stdout.contains(code), "{code}");
    }
    assert_eq!(office.run(&["build"]).code, 1);
    let page = office.read("site/agreements/large.html");
    assert!(page.contains("Here the letter ends."));
    assert!(!page.contains("<b>"));
    assert!(!office.root().join("site/agreements/larger.html").exists());
    let broken = office.root().join("site/agreements/broken.html");
    if let Ok(page) = std::fs::read_to_string(broken) {
        assert!(!page.contains("<script"), "{page}");
    }
}

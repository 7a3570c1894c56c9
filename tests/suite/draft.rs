//! `draft`: what is proposed of letters, what is not, that no word is lost, and that nothing unconfirmed is dated or mailed.

use crate::office::{Office, Outcome, repository};
use insta::assert_snapshot;
use proptest::prelude::*;
use sideletter::draft::{Form, Known, Letter, propose, read, written};
use sideletter::language::DateOrder;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PARTIES: &str = "[county]\nname = \"Alder County\"\nshort = \"County\"\nside = \"employer\"\n\n\
    [clerks]\nname = \"Alder County Clerks Association\"\nshort = \"ACCA\"\nside = \"union\"\n\
    [[clerks.contacts]]\nname = \"Business agent\"\nemail = \"agent@acca.example\"\n";

fn office() -> Office {
    Office::empty()
        .on("2026-01-05")
        .file("parties.toml", PARTIES)
}

fn letter(name: &str) -> Vec<u8> {
    fs::read(repository().join("tests/data/draft").join(name)).unwrap()
}

#[test]
fn a_letter_becomes_a_draft_with_its_words() {
    let office = office().file("overtime_pilot.txt", letter("overtime_pilot.txt"));
    assert_snapshot!(
        "draft_dry_run",
        office.prints("draft overtime_pilot.txt --dry-run")
    );
    assert_eq!(office.files(), ["overtime_pilot.txt", "parties.toml"]);
    office.prints("draft overtime_pilot.txt");
    assert_snapshot!("draft_file", office.read("agreements/overtime_pilot.md"));
    // Everything that is proposed waits for a person, and nothing else is wrong.
    let found = office.json("check");
    let found = found.as_array().unwrap();
    assert!(found.len() > 10);
    for finding in found {
        assert_ne!(finding["severity"], "error", "{finding}");
    }
    let unconfirmed = found
        .iter()
        .filter(|finding| finding["code"] == "not-confirmed");
    assert!(unconfirmed.count() > 10);
}

#[test]
fn duties_are_found_however_they_are_worded() {
    let name = "how_duties_are_worded.txt";
    let office = office().file(name, letter(name));
    assert_snapshot!("duties_dry_run", office.prints(&format!("draft {name}")));
    let file = office.read("agreements/how_duties_are_worded.md");
    assert!(
        file.contains("# Can be counted once it says after what"),
        "{file}"
    );
    assert!(
        file.contains("# Can be counted once there is such a calendar"),
        "{file}"
    );
    assert!(office.prints("check").contains("; no faults"));
}

const CLINICS: &str = "SIDE LETTER OF AGREEMENT\n\nAlder County and the Alder County Clerks Association agree as follows:\n\n\
    1. For purposes of this letter, \"working days\" means Monday through Friday, excluding County holidays.\n\n\
    2. The Association shall give its comments within ten (10) working days of receipt of the draft report.\n\n\
    3. The County shall either restore the stipend by June 1, 2026, or, at its option, pay the differential by July 1, 2026.\n\n\
    4. The County shall pay $500 by May 1, 2026 and $250 by August 1, 2026.\n\n\
    5. Employees who have completed probation before March 1, 2026 shall receive a floating holiday by June 30, 2026.\n\n\
    6. a) The County shall train all leads by February 15, 2026.\n   b) The County shall report to the Association monthly.\n\n\
    7. The Association shall appoint two members.(1)\n\n\
    (1) Appointments shall be made by December 15, 2025.\n\n\
    8. This letter expires on December 31, 2026.\n\n\
    For the County: ____________  Date: November 20, 2025\n\
    For the Association: ____________  Date: ____________\n";

#[test]
fn choices_further_limits_notes_and_definitions_are_read_for_what_they_are() {
    let office = office().file("letter.txt", CLINICS);
    assert_snapshot!("draft_choices", office.prints("draft letter.txt --dry-run"));
}

#[test]
fn what_is_proposed_is_given_as_data_too() {
    let office = office().file("letter.txt", CLINICS);
    let dry = office.json("draft letter.txt --dry-run");
    assert_eq!(dry["state"], "proposed");
    assert_eq!(office.files(), ["letter.txt", "parties.toml"]);
    let data = office.json("draft letter.txt");
    assert_snapshot!("draft_json", serde_json::to_string_pretty(&data).unwrap());
    assert_eq!(office.files()[0], "agreements/letter.md");
    let refused = office.fails(2, "draft letter.txt --id other --print --format json");
    assert!(refused.contains("leave --print out"), "{refused}");
}

#[test]
fn no_limit_is_cut_out_of_words_that_say_another() {
    let letter = "SIDE LETTER\n\nAlder County and the Alder County Clerks Association agree:\n\n\
        1. The County shall report by June 31, 2027.\n\n\
        2. The County shall pay no later than Monday, March 3, 2028.\n\n\
        3. The County shall reply by June 15, 20 27.\n\n\
        4. The County shall meet by June 30, 2027.\n\n\
        5. The County shall provide training for six months from the employee's first day.\n\n\
        6. The County shall notify the Association upon ratification of the successor MOU.\n";
    let office = office().file("letter.txt", letter);
    office.prints("draft letter.txt");
    let file = office.read("agreements/letter.md");
    let due: Vec<&str> = file
        .lines()
        .map(|line| line.trim_start_matches("# "))
        .filter(|line| line.starts_with("due = ") || line.starts_with("lasts = "))
        .collect();
    assert_eq!(due, ["due = \"by June 30, 2027\""], "{file}");
}

#[test]
fn what_nobody_has_confirmed_is_neither_dated_nor_mailed() {
    let office = office().file("letter.txt", letter("overtime_pilot.txt"));
    office.prints("draft letter.txt");
    assert_eq!(
        office.prints("due --all"),
        office.prints("due --all --agreement letter")
    );
    assert!(
        office.prints("remind").contains("nothing"),
        "{}",
        office.prints("remind")
    );
    // The status is changed too soon: the agreement's own keys are still proposed, and it stays a draft.
    let text = office
        .read("agreements/letter.md")
        .replace("status = \"draft\"\n", "");
    let office = office.file("agreements/letter.md", &text);
    let said = office.run(&["check"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.stdout.contains("error[not-confirmed]"), "{said:?}");
    let due = office.run(&["due", "--all", "--format", "json"]).stdout;
    assert_eq!(due, "[]\n");
    // Its own keys are confirmed, and one obligation: that one alone is dated.
    let (head, rest) = text.split_once("\n[proposed]\n").unwrap();
    let (_, rest) = rest.split_once("\n\n").unwrap();
    let confirmed = format!("{head}\n{rest}");
    let (before, after) = confirmed.split_once("title = \"Provide a report").unwrap();
    let (kept, after) = after.split_once("proposed = ").unwrap();
    let (_, after) = after.split_once('\n').unwrap();
    let office = office.file(
        "agreements/letter.md",
        format!("{before}title = \"Provide a report{kept}{after}"),
    );
    let due = office.run(&["due", "--all", "--format", "json"]);
    let due: serde_json::Value = serde_json::from_str(&due.stdout).unwrap();
    let titles: Vec<&str> = due
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["title"].as_str().unwrap())
        .collect();
    assert!(
        titles
            .iter()
            .all(|title| title.starts_with("Provide a report")
                || title.contains("Memorandum")
                || title.contains("MEMORANDUM")
                || *title == "Expiration of the agreement"),
        "{titles:?}"
    );
    assert!(
        titles
            .iter()
            .any(|title| title.starts_with("Provide a report")),
        "{titles:?}"
    );
}

#[test]
fn nothing_is_overwritten_and_names_are_made() {
    let office = office().file(
        "7 Overtime, signed.TXT",
        "The County shall report by January 15, 2026.\n",
    );
    let said = office.run(&["draft", "7 Overtime, signed.TXT"]);
    assert_eq!(said.code, 0, "{said:?}");
    let path = "agreements/letter_7_overtime_signed.md";
    let before = office.read(path);
    let again = office.run(&["draft", "7 Overtime, signed.TXT"]);
    assert_eq!((again.code, again.stdout.as_str()), (2, ""));
    assert!(
        again
            .stderr
            .contains("letter_7_overtime_signed.md is there already, and is left as it is"),
        "{again:?}"
    );
    assert_eq!(office.read(path), before);
    assert!(
        office
            .fails(2, "draft letter.txt --id Über")
            .contains("write it in snake_case")
    );
    assert!(
        office
            .fails(3, "draft missing.txt")
            .contains("cannot read missing.txt")
    );
    assert!(
        office
            .fails(2, "draft parties.toml")
            .contains("has to end with .docx, .pdf, .txt or .md")
    );
}

#[test]
fn a_letter_comes_by_standard_input_and_its_file_goes_out() {
    let office = office();
    let script = format!(
        "printf 'The County shall report by January 15, 2026.' | {} draft - --print 2>/dev/null",
        env!("CARGO_BIN_EXE_sideletter")
    );
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(office.root());
    let said = Outcome::of(bash.output().unwrap());
    assert!(said.stdout.starts_with("+++\n"), "{said:?}");
    assert!(
        said.stdout
            .ends_with("The County shall report by January 15, 2026. [report_january_15_2026]\n"),
        "{said:?}"
    );
    assert_eq!(office.files(), ["parties.toml"]);
}

#[test]
fn markdown_stays_markdown_and_is_safe() {
    let office = office().file("schedules.md", letter("schedules.md"));
    let said = office.run(&["draft", "schedules.md", "--print"]).stdout;
    let (_, body) = said
        .split_once(
            "
+++
",
        )
        .unwrap();
    assert_snapshot!("draft_markdown", body);
}

/// A .docx of these files.
fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    )
}

fn paragraph(properties: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

fn numbered(level: u32, text: &str) -> String {
    paragraph(
        &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>"),
        text,
    )
}

#[test]
fn a_note_behind_the_signatures_is_read_and_is_of_no_clause() {
    let body = paragraph("", "SIDE LETTER")
        + &paragraph(
            "",
            "Alder County and the Alder County Clerks Association agree:",
        )
        + &numbered(0, "The County shall train all leads by March 6, 2026.").replace(
            "</w:r></w:p>",
            "</w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
        )
        + &paragraph("", "For the County: ______________")
        + &paragraph("", "Date: ______________");
    let footnotes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>The County shall post the dates by February 6, 2026. Classes began on January 5, 2026.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = docx(&[
        ("word/document.xml", &document(&body)),
        ("word/footnotes.xml", footnotes),
        ("word/numbering.xml", NUMBERING),
    ]);
    let office = office().file("letter.docx", bytes);
    let said = office.prints("draft letter.docx --dry-run");
    assert!(
        said.contains("Post the dates\n    due by February 6, 2026"),
        "{said}"
    );
    assert!(said.contains("clause 3, due by March 6, 2026"), "{said}");
    let seen = said.split("Seen and not proposed").nth(1).unwrap();
    assert!(
        seen.contains("\n  Classes began on January 5, 2026."),
        "{said}"
    );
}

const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl>\
    </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

#[test]
fn words_own_numbers_tables_notes_and_changes_are_read() {
    let body = [
        paragraph("<w:pStyle w:val=\"Title\"/>", "Side Letter: Overtime"),
        numbered(0, "The County shall report by January 15, 2026."),
        numbered(1, "The Association may ask &amp; answer&#33;"),
        numbered(1, "Nothing else."),
        numbered(0, "The County will meet quarterly with the Association.").replace("</w:r></w:p>", "</w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"),
        "<w:p><w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del><w:ins><w:r><w:t>always</w:t></w:r></w:ins></w:p>".to_owned(),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("", "who"), paragraph("", "what"), paragraph("", "a|b"), paragraph("", "c")),
    ]
    .concat();
    let footnotes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>Or by telephone.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = docx(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", footnotes),
        ("word/comments.xml", "<w:comments/>"),
        (
            "word/footer1.xml",
            "<w:ftr xmlns:w=\"w\"><w:p><w:r><w:t>Page of the county</w:t></w:r></w:p></w:ftr>",
        ),
    ]);
    let office = office().file("overtime.docx", bytes);
    assert_snapshot!("draft_docx", office.prints("draft overtime.docx"));
    let text = office.read("agreements/overtime.md");
    assert_snapshot!("draft_docx_body", text.rsplit_once("+++\n").unwrap().1);
}

#[test]
fn what_is_no_letter_is_refused_with_what_to_do() {
    let bomb = docx(&[("word/document.xml", &document(&" ".repeat(17 * 1_048_576)))]);
    assert!(
        bomb.len() < 1_048_576,
        "the test's own bomb is {} bytes",
        bomb.len()
    );
    let deep = document(&("<w:p>".repeat(600) + &"</w:p>".repeat(600)));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty.txt", Vec::new()),
        ("blank.txt", b" \n\n\t".to_vec()),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("long.txt", vec![b'a'; 10 * 1_048_576]),
        ("no.docx", b"PK\x03\x04 broken".to_vec()),
        ("no_document.docx", docx(&[("xl/workbook.xml", "<a/>")])),
        ("bomb.docx", bomb),
        ("deep.docx", docx(&[("word/document.xml", &deep)])),
        (
            "broken.docx",
            docx(&[("word/document.xml", "<w:document><w:p>")]),
        ),
        (
            "doctype.docx",
            docx(&[(
                "word/document.xml",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            )]),
        ),
        (
            "entity.docx",
            docx(&[(
                "word/document.xml",
                &document("<w:p><w:r><w:t>&xxe;</w:t></w:r></w:p>"),
            )]),
        ),
        (
            "without_words.docx",
            docx(&[("word/document.xml", &document("<w:p/>"))]),
        ),
    ];
    let mut said = String::new();
    for (name, bytes) in cases {
        let office = office().file(name, bytes);
        said.push_str(&office.fails(2, &format!("draft {name}")));
    }
    assert_snapshot!("draft_refused", said);
}

#[test]
fn a_pdf_is_read_by_another_program_where_that_is_there() {
    let office = office().file(
        "letter.pdf",
        pdf("The County shall report by January 15, 2026."),
    );
    let mut command = office.command(&["draft", "letter.pdf", "--dry-run"]);
    let said = Outcome::of(command.env("PATH", office.root()).output().unwrap());
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(
        said.stderr,
        "sideletter: letter.pdf is a PDF, which is read by `pdftotext`, and that is not installed; install it: apt-get install poppler-utils; or save the letter as .docx or .txt\n"
    );
    if Command::new("pdftotext").arg("-v").output().is_err() {
        return;
    }
    let said = office.prints("draft letter.pdf --dry-run");
    assert!(said.contains("due by January 15, 2026"), "{said}");
    let office = office.file("letter.pdf", "%PDF-1.4 broken");
    assert!(
        office
            .fails(2, "draft letter.pdf")
            .contains("pdftotext says"),
        "a broken file"
    );
}

/// A page with a line of text.
fn pdf(line: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let table = text.len();
    let _ = write!(text, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = write!(
        text,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        places.len() + 1
    );
    text.into_bytes()
}

fn drafted(letter: &Letter) -> String {
    let known = Known {
        parties: &[],
        agreements: &[],
        date_order: DateOrder::MonthDayYear,
    };
    written(letter, &propose(letter, known))
}

/// The runs of letters and digits in a text.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn stand_in_order(wanted: &[String], text: &[String]) {
    let mut text = text.iter();
    for word in wanted {
        assert!(
            text.any(|one| one == word),
            "`{word}` of {wanted:?} is lost"
        );
    }
}

/// The words that a page shows of an agreement's body.
fn shown(body: &str) -> String {
    let mut text = String::new();
    for event in pulldown_cmark::Parser::new_ext(body, sideletter::agreement::body::MARKDOWN) {
        match event {
            pulldown_cmark::Event::Text(words) | pulldown_cmark::Event::Code(words) => {
                text.push_str(&words);
            }
            pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_) => {
                panic!("HTML in {body}")
            }
            _ => text.push(' '),
        }
    }
    text
}

proptest! {
    #[test]
    fn no_word_of_a_letter_is_lost(
        lines in prop::collection::vec(
            prop_oneof![
                "[A-Za-z0-9 .,;:!?()\\[\\]<>&*_`#+|~=\"'/\\\\$%-]{0,70}",
                "(1\\.|2\\.|\\(a\\)|IV\\.|Section 3\\.2|-|•) (The County shall|Each clerk will) (meet|pay) (within 30 days of|by) (June 1, 2026|receipt of [a-z]{1,8})[.;]?",
                Just(String::new()),
                Just("+++".to_owned()),
                Just("---".to_owned()),
                Just("Page 2 of 3".to_owned()),
            ],
            1..24,
        ),
    ) {
        let text = lines.join("\n");
        if let Ok(letter) = read(text.as_bytes(), Form::Text) {
            let file = drafted(&letter);
            let parts = sideletter::front_matter::split(&file).unwrap();
            let body = file.get(parts.body).unwrap();
            stand_in_order(&words(&text), &words(body));
            // A page counts the numbers of lists by itself.
            let letters = |text: &str| words(text).into_iter().filter(|word| !word.chars().all(|c| c.is_ascii_digit())).collect::<Vec<_>>();
            stand_in_order(&letters(&text), &letters(&shown(body)));
        }
        if let Ok(letter) = read(text.as_bytes(), Form::Markdown) {
            shown(drafted(&letter).rsplit_once("\n+++\n\n").unwrap().1);
        }
    }

    #[test]
    fn any_bytes_as_a_letter_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), form in 0..3) {
        let form = [Form::Text, Form::Markdown, Form::Docx][usize::try_from(form).unwrap()];
        if let Ok(letter) = read(&bytes, form) {
            drafted(&letter);
        }
    }
}

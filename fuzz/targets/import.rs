//! Any bytes as a spreadsheet: text, a workbook, or (where they begin with `<`) the XML of a sheet within one. What is
//! understood has no fault for `check` but what is held for a person, and every finding names a cell that may be.

#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use sideletter::agreement::AgreementKind;
use sideletter::ids::is_snake_case;
use sideletter::import::{Fate, Wishes, read};
use sideletter::office::{Office, Proposal};
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    let workbook = bytes.starts_with(b"<").then(|| workbook(bytes));
    let office = &OFFICE.1;
    let Ok(import) = read(workbook.as_deref().unwrap_or(bytes), &WISHES, office) else {
        return;
    };
    let written: Vec<Proposal> = import
        .letters
        .iter()
        .filter(|proposed| proposed.fate == Fate::New)
        .map(|proposed| {
            assert!(is_snake_case(&proposed.letter.id), "{}", proposed.path);
            Proposal {
                path: proposed.path.clone(),
                text: proposed.text.clone(),
            }
        })
        .collect();
    let with = Office::load_with(&office.root, &written).expect("the folder is read");
    for diagnostic in &with.diagnostics {
        let file = &with.sources.get(diagnostic.primary.span.file);
        assert!(
            // What is held for a person is said until one has seen to it.
            !(diagnostic.is_error()
                && diagnostic.rule.code != "not-confirmed"
                && file.path.starts_with("agreements/")),
            "{}: {}\n{}",
            file.path,
            diagnostic.message,
            file.text
        );
    }
    let rows: Vec<u32> = import.sheet.rows.iter().map(|row| row.number).collect();
    for finding in import.findings.iter().chain(&import.remarks) {
        assert!(rows.contains(&finding.place.row), "{finding:?}");
    }
});

static WISHES: LazyLock<Wishes> = LazyLock::new(|| Wishes {
    sheet: None,
    columns: Vec::new(),
    kind: AgreementKind::SideLetter,
    parties: Vec::new(),
    counting: None,
    days_off: Vec::new(),
    today: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
});

static OFFICE: LazyLock<(TempDir, Office)> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    let parties = include_str!("../../parties.toml");
    std::fs::write(folder.path().join("parties.toml"), parties).expect("the parties");
    let office = Office::load(folder.path()).expect("the folder is read");
    (folder, office)
});

/// A workbook whose one sheet is that XML.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let strings: String = [
        "Agreement",
        "Parties",
        "Signed",
        "Task",
        "Due",
        "Time clocks",
        "UPE, DHA",
        "30 days after go-live",
    ]
    .iter()
    .map(|text| format!("<si><t>{text}</t></si>"))
    .collect();
    let parts = [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{package}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{of}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"{of}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns=\"{main}\">{strings}</sst>"),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in parts.chain([("xl/worksheets/sheet1.xml", sheet)]) {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a workbook").into_inner()
}

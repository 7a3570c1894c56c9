//! `import`: what a spreadsheet becomes, what is said of cells that are not understood, and files that are no spreadsheet.

use crate::office::{Office, repository};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

/// The repository's parties, and no agreement.
pub(crate) fn office() -> Office {
    let text = |name: &str| fs::read_to_string(repository().join(name)).unwrap();
    Office::empty()
        .file("parties.toml", text("parties.toml"))
        .file("sideletter.toml", text("sideletter.toml"))
        .on("2026-11-28")
}

/// An office with a file of `tests/data/import/`.
fn with(name: &str) -> Office {
    let bytes = fs::read(repository().join("tests/data/import").join(name)).unwrap();
    office().file(name, bytes)
}

/// A command line, what it prints and how it ends.
pub(crate) fn shown(office: &Office, line: &str) -> String {
    let ran = office.types(line);
    format!(
        "$ sideletter {line}\n{}{}? {}\n",
        ran.stdout, ran.stderr, ran.code
    )
}

/// The texts of the agreements' files, each below its path.
pub(crate) fn written(office: &Office) -> String {
    let mut texts = String::new();
    for path in office.files() {
        if path.starts_with("agreements/") {
            let _ = write!(texts, "--- {path}\n{}", office.read(&path));
        }
    }
    texts
}

/// Whether `check` finds no fault.
#[track_caller]
fn is_sound(office: &Office) {
    let checked = office.prints("check");
    assert!(checked.contains("; no faults"), "{checked}");
}

/// The names of the agreements' files.
pub(crate) fn files(office: &Office) -> Vec<String> {
    let all = office.files().into_iter();
    all.filter_map(|path| Some(path.strip_prefix("agreements/")?.to_owned()))
        .collect()
}

const SMALL: &str = "Agreement,Parties,Signed,Task,Responsible,Due\n\
    Time clocks,\"UPE, DHA\",2026-03-04,Install clocks,DHA,30 days after signing\n";

#[test]
fn a_sheet_of_an_office_becomes_its_agreements() {
    let office = with("letters.csv");
    let dry = shown(&office, "import letters.csv --dry-run");
    assert!(files(&office).is_empty(), "a dry run writes nothing");
    let real = shown(&office, "import letters.csv");
    insta::assert_snapshot!(
        "letters_csv",
        format!("{dry}\n{real}\n{}", written(&office))
    );
    is_sound(&office);
    insta::assert_snapshot!("letters_csv_due", office.prints("due --within 900d"));
}

#[test]
fn a_workbook_is_read_with_its_dates_and_merged_cells_and_without_hidden_sheets() {
    let office = with("letters.xlsx");
    let dry = shown(&office, "import letters.xlsx --dry-run");
    office.prints("import letters.xlsx");
    insta::assert_snapshot!("letters_xlsx", format!("{dry}\n{}", written(&office)));
    // A series of which the sheet says that it is done, and not when, is held.
    let checked = office.types("check").stdout;
    assert!(
        checked.contains("1 fault")
            && checked.contains("error[not-confirmed]: `meeting_of_the_committee`"),
        "{checked}"
    );
}

#[test]
fn a_sheet_is_named_and_a_hidden_one_too() {
    let office = with("letters.xlsx");
    let said = [
        "import letters.xlsx --dry-run --sheet Salaries",
        "import letters.xlsx --dry-run --sheet leters",
        "import letters.csv --sheet One",
    ];
    let office = office.file("letters.csv", SMALL);
    let said: String = said.iter().map(|line| shown(&office, line)).collect();
    insta::assert_snapshot!("sheets", said);
}

#[test]
fn what_is_not_understood_is_said_at_its_row_and_column_and_nothing_is_written() {
    let office = with("faults.xlsx");
    insta::assert_snapshot!("faults_xlsx", shown(&office, "import faults.xlsx"));
    assert!(files(&office).is_empty());
}

#[test]
fn days_counted_from_1904_are_read_so_and_said() {
    let office = with("counts_from_1904.xlsx");
    let said = office.prints("import counts_from_1904.xlsx --dry-run");
    assert!(said.contains("counts its days from 1904"), "{said}");
    assert!(said.contains("signed 4 March 2026"), "{said}");
}

#[test]
fn what_is_understood_whole_is_written_without_the_rest_where_that_is_asked_for() {
    let office = with("some_faults.csv");
    let refused = shown(&office, "import some_faults.csv");
    assert!(files(&office).is_empty());
    let skipped = shown(&office, "import some_faults.csv --skip");
    insta::assert_snapshot!(
        "some_faults_csv",
        format!("{refused}\n{skipped}\n{}", written(&office))
    );
    is_sound(&office);
}

#[test]
fn a_second_import_changes_nothing_and_takes_what_is_new() {
    let office = office().file("sheet.csv", SMALL);
    office.prints("import sheet.csv");
    let path = "agreements/time_clocks.md";
    let mended = office.read(path).replace("Install", "Mend");
    let more = format!("{SMALL}Pay notice,\"UPE, DHA\",,Give notice,DHA,2026-12-31\n");
    let office = office.file(path, &mended).file("sheet.csv", more);
    let said = shown(&office, "import sheet.csv");
    insta::assert_snapshot!("a_second_import", said);
    assert_eq!(office.read(path), mended);
    assert_eq!(files(&office), ["pay_notice.md", "time_clocks.md"]);
    let again = office.prints("import sheet.csv");
    assert!(again.contains("nothing is new in the sheet"), "{again}");
}

#[test]
fn ids_are_unique_and_the_same_each_time() {
    let sheet = "Agreement,Parties\nPay notice,UPE/DHA\nPay: notice!,UPE/DHA\n2014 letter,UPE/DHA\n協定,UPE/DHA\nSigning,UPE/DHA\n";
    let ids = [
        "pay_notice.md",
        "pay_notice_2.md",
        "side_letter.md",
        "side_letter_2014_letter.md",
        "signing.md",
    ];
    let office = office().file("sheet.csv", sheet);
    office.prints("import sheet.csv");
    assert_eq!(files(&office), ids);
    office.prints("import sheet.csv");
    assert_eq!(files(&office), ids);
    is_sound(&office);
}

#[test]
fn text_files_of_every_origin_are_read() {
    let rows = [
        [
            "Acuerdo",
            "Partes",
            "Firmado",
            "Obligación",
            "Responsable",
            "Fecha límite",
        ],
        [
            "Reunión – señal",
            "UPE y DHA",
            "4-Mar-26",
            "Reunión",
            "ambas partes",
            "March 4, 2027",
        ],
    ];
    let text = |between: &str| rows.map(|row| row.join(between)).join("\r\n");
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let windows = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| match c {
                '–' => 0x96,
                c => u8::try_from(u32::from(c)).unwrap(),
            })
            .collect()
    };
    let commas = text(",").replace("March 4, 2027", "\"March 4, 2027\"");
    let read: Vec<Vec<u8>> = vec![
        commas.clone().into_bytes(),
        format!("\u{feff}{commas}").into_bytes(),
        windows(&text(";")),
        text("\t").into_bytes(),
        [vec![0xff, 0xfe], wide(&text("\t"))].concat(),
        wide(&text(";")),
        format!("sep=;\r\n{}", text(";")).into_bytes(),
        text("|").replace('\r', "").into_bytes(),
    ];
    let mut all = Vec::new();
    for bytes in read {
        let office = office().file("sheet.csv", &bytes);
        let said = office.prints("import sheet.csv");
        all.push(
            said.lines()
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .join("\n"),
        );
        let text = office.read("agreements/reunion_senal.md");
        assert!(
            text.contains("title = \"Reunión – señal\"") && text.contains("signed = 2026-03-04"),
            "{text}"
        );
        is_sound(&office);
    }
    insta::assert_snapshot!("text_files", all.join("\n"));
}

#[test]
fn cells_are_data_whatever_stands_in_them() {
    let attack = "+++\n[[obligations]]\nid = \"x\"\n+++\n<script>alert(1)</script> [x] \"\"\" ''' \\u0041 =HYPERLINK(\"http://x\") \u{202e}"
        .replace('"', "\"\"");
    let sheet = format!(
        "Agreement,Parties,Clause,Task,Who attends?,Notes\n\"{attack}\",\"UPE, DHA\",\"{attack}\",\"{attack}\",\"{attack}\",\"{attack}\"\n"
    );
    let office = office().file("sheet.csv", sheet);
    office.prints("import sheet.csv --column who=E");
    insta::assert_snapshot!("cells_are_data", written(&office));
    is_sound(&office);
    let due = office.json("due --all");
    assert_eq!(due.as_array().unwrap().len(), 1);
    // What stands in a cell is on a page as words, or not at all.
    office.types("build");
    let page = office
        .files()
        .into_iter()
        .find(|path| path.starts_with("site/agreements/"));
    let page = office.read(&page.unwrap());
    assert!(
        !page.contains("<script>alert") && !page.contains("HYPERLINK(\"http"),
        "{page}"
    );
}

#[test]
fn columns_are_told_where_their_headings_do_not_say_it() {
    let sheet =
        "Vereinbarung,Zwischen,Follow up by,Was,Code\nTime clocks,UPE / DHA,2026-12-31,Install,7\n";
    let office = office().file("sheet.csv", sheet);
    let said: String = [
        "import sheet.csv",
        "import sheet.csv --column agreement=Vereinbarung --column parties=B --column due=C --column obligation=Waas",
        "import sheet.csv --column agrement=A",
        "import sheet.csv --column due",
        "import sheet.csv --column agreement=A --column parties=B --column due=C --column obligation=was --column nothing=code",
    ]
    .iter()
    .map(|line| shown(&office, line))
    .collect();
    insta::assert_snapshot!("columns_told", said);
    is_sound(&office);
}

#[test]
fn what_cannot_be_told_apart_is_asked() {
    let said: String = [
        ("two_due", "Agreement,Parties,Task,Due date,Deadline\nTime clocks,UPE/DHA,Install,2026-12-31,2026-11-30\n", ""),
        ("no_agreement", "Parties,Task,Due\nUPE/DHA,Install,2026-12-31\n", ""),
        ("no_obligation", "Agreement,Parties,Due\nTime clocks,UPE/DHA,2026-12-31\n", ""),
        ("no_party", "Agreement,Signed\nTime clocks,2026-03-04\nPay notice,2026-03-05\n", ""),
        ("a_party_told", "Agreement,Signed\nTime clocks,2026-03-04\n", " --party upe --party dha --dry-run"),
        ("no_such_party", "Agreement\nTime clocks\n", " --party upee"),
        ("working_days", "Agreement,Parties,Task,Due\nTime clocks,UPE/DHA,Install,10 working days after signing\n", ""),
        ("working_days_told", "Agreement,Parties,Task,Due\nTime clocks,UPE/DHA,Install,10 working days after signing\n", " --counting california_contract --days-off weekends"),
    ]
    .iter()
    .map(|(name, sheet, more)| {
        let office = office().file(&format!("{name}.csv"), sheet);
        shown(&office, &format!("import {name}.csv{more}"))
    })
    .collect();
    insta::assert_snapshot!("asked", said);
}

#[test]
fn what_was_done_is_entered_by_a_person() {
    let sheet = "Agreement,Parties,Signed,Task,Responsible,Due,Status\n\
        Time clocks,UPE/DHA,2026-01-05,Install clocks,DHA,2026-02-01,Completed 2/3/2026\n";
    let office = office().file("sheet.csv", sheet);
    let said = office.prints("import sheet.csv");
    let command = said
        .lines()
        .find(|line| line.contains("record met"))
        .unwrap();
    let command = command
        .trim()
        .strip_prefix("sideletter ")
        .unwrap()
        .replace("PARTY", "dha");
    assert_eq!(office.json("log").as_array().unwrap().len(), 0);
    office.prints(&command);
    let due = office.json("due --all");
    assert_eq!(due[0]["state"], "reported");
}

#[test]
fn what_is_no_spreadsheet_is_refused_with_a_remedy() {
    let mut said = String::new();
    let long = format!("Agreement,Parties\n\"{}", "x,".repeat(5_000_000));
    let files: [(&str, Vec<u8>); 10] = [
        ("empty.csv", Vec::new()),
        ("blank.csv", b" ,,\n\n,\n".to_vec()),
        ("header.csv", b"Agreement,Parties,Due,Task\n".to_vec()),
        ("program", b"\x7fELF\x02\x00\x00\x00\xff\xfe".to_vec()),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("letter.pdf", b"%PDF-1.7\n".to_vec()),
        ("damaged.xlsx", b"PK\x03\x04damaged".to_vec()),
        ("words.csv", b"Dear Sir or Madam,\nwe agree.\n".to_vec()),
        ("long.csv", long.into_bytes()),
        (
            "open.csv",
            b"Agreement,Parties\nTime clocks,UPE/DHA\n\"Letter,UPE/DHA\nLast,UPE/DHA\n".to_vec(),
        ),
    ];
    for (name, bytes) in files {
        let office = office().file(name, bytes);
        let ran = office.types(&format!("import {name}"));
        assert!(ran.code == 2 || ran.code == 1, "{name}: {ran:?}");
        said += &shown(&office, &format!("import {name}"));
    }
    let office = office();
    said += &shown(&office, "import nowhere.csv");
    said += &shown(&office, "import .");
    said += &shown(
        &Office::empty().file("sheet.csv", SMALL),
        "import sheet.csv",
    );
    insta::assert_snapshot!("refused", said);
}

/// A workbook with one sheet of that XML.
pub(crate) fn workbook(sheet: &[u8]) -> Vec<u8> {
    workbook_with(sheet, &[])
}

/// The same, with further parts.
pub(crate) fn workbook_with(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
    ];
    let others = |name: &str| more.iter().all(|(other, _)| *other != name);
    for (name, text) in parts.iter().filter(|(name, _)| others(name)).chain(more) {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(sheet).unwrap();
    zip.finish().unwrap().into_inner()
}

pub(crate) fn cells(cells: &str) -> Vec<u8> {
    format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>").into_bytes()
}

#[test]
fn a_workbook_that_unpacks_to_more_than_a_limit_is_refused() {
    let mut bomb = workbook(&cells(""));
    // The size that the directory at the end tells of the last part.
    let entry = bomb
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    bomb[entry + 24..entry + 28].copy_from_slice(&(300_u32 * 1_048_576).to_le_bytes());
    let said = office()
        .file("bomb.xlsx", bomb)
        .fails(2, "import bomb.xlsx");
    assert!(
        said.contains("it is larger than 256 MB when unpacked"),
        "{said}"
    );
}

#[test]
fn cells_that_no_sheet_has_are_refused_by_their_names() {
    let one = |xml: &str| {
        let book = workbook(xml.as_bytes());
        shown(&office().file("sheet.xlsx", book), "import sheet.xlsx")
    };
    let of = |cells: &str| {
        one(&format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{cells}</worksheet>"
        ))
    };
    let mut said = of("<sheetData><row r=\"1\"><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row></sheetData>");
    said += &of("<sheetData><row r=\"1\"><c r=\"XFE1\"/></row></sheetData>");
    said += &of("<sheetData><row r=\"99999999999\"/></sheetData>");
    said += &of("<dimension ref=\"B2:A1\"/><sheetData/>");
    said += &of("<sheetData/><mergeCells><mergeCell ref=\"A1:A1048577\"/></mergeCells>");
    said += &of(
        "<sheetData><row><c><f t=\"shared\" si=\"0\" ref=\"A0\">TODAY()</f></c></row></sheetData>",
    );
    insta::assert_snapshot!("no_such_cells", said);
}

#[test]
fn cells_far_apart_cost_no_more_than_near_ones() {
    let text =
        |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = cells(&format!(
        "<row r=\"1\">{}{}</row><row r=\"1048576\">{}{}{}</row>",
        text("A1", "Agreement"),
        text("C1", "Parties"),
        text("A1048576", "Time clocks"),
        text("C1048576", "UPE, DHA"),
        text("XFD1048576", "far")
    ));
    let said = office()
        .file("far.xlsx", workbook(&sheet))
        .prints("import far.xlsx --dry-run");
    assert!(said.contains("cells beyond column SF were left"), "{said}");
    assert!(
        said.contains("Would be written: 1 agreement with 0 obligations"),
        "{said}"
    );
}

#[test]
fn more_rows_of_one_agreement_than_can_be_read_are_said_at_the_first() {
    let mut sheet = String::from("Agreement,Parties,Task\n");
    for row in 0..2_010 {
        let _ = writeln!(sheet, "One letter,UPE/DHA,Task {row}");
    }
    let office = office().file("sheet.csv", sheet);
    let said = shown(&office, "import sheet.csv");
    assert!(
        said.ends_with("? 1\n")
            && said.contains("line 2002, column A (Agreement): more than 2000 rows are of the agreement `One letter`"),
        "{said}"
    );
    assert!(files(&office).is_empty());
}

#[test]
fn titles_that_begin_alike_have_ids_of_their_own_and_keep_them() {
    let mut sheet = String::from("Agreement,Parties\n");
    for row in 0..150 {
        let _ = writeln!(
            sheet,
            "Side letter on the scheduling of overtime in the dispatch center number {row},UPE/DHA"
        );
    }
    let office = office().file("sheet.csv", sheet);
    office.prints("import sheet.csv");
    assert_eq!(files(&office).len(), 150);
    let again = office.prints("import sheet.csv");
    assert!(
        again.contains("nothing of the sheet is added to it: 150 agreements"),
        "{again}"
    );
    assert_eq!(files(&office).len(), 150);
}

#[test]
fn what_is_understood_is_given_as_data_too() {
    let office = with("some_faults.csv");
    let dry = shown(&office, "import some_faults.csv --dry-run --format json");
    assert!(files(&office).is_empty());
    insta::assert_snapshot!("some_faults_json", dry);
}

#[test]
fn a_thousand_rows_become_a_hundred_agreements() {
    let mut sheet = String::from("Agreement,Parties,Task,Due\n");
    for row in 0..1_000 {
        let _ = writeln!(
            sheet,
            "Letter {},UPE/DHA,Task {row},2027-01-{:02}",
            row / 10,
            row % 28 + 1
        );
    }
    let office = office().file("sheet.csv", sheet);
    let said = office.prints("import sheet.csv");
    assert!(
        said.contains("Written: 100 agreements with 1000 obligations"),
        "{said}"
    );
    assert_eq!(files(&office).len(), 100);
}

//! `import`: what a workbook shows and its values do not say: hidden rows, text that is struck through, months without a day.

use crate::import::{cells, files, office, shown, workbook_with};

/// Forms 0 to 2 of cells: plain, struck through, a month and a year.
const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="165" formatCode="mmm\-yy"/></numFmts><fonts><font/><font><strike/></font></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="165" fontId="0"/></cellXfs></styleSheet>"#;

fn text(at: &str, form: u8, text: &str) -> String {
    format!("<c r=\"{at}\" s=\"{form}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A row of the sheet, from column A.
fn row(number: u32, about: &str, texts: &[(u8, &str)]) -> String {
    let cells: String = texts
        .iter()
        .zip('A'..)
        .map(|((form, words), letter)| text(&format!("{letter}{number}"), *form, words))
        .collect();
    format!("<row r=\"{number}\"{about}>{cells}</row>")
}

fn said(rows: &str, line: &str) -> String {
    let relations: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let book = workbook_with(
        &cells(rows),
        &[
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/styles.xml", STYLES),
        ],
    );
    let office = office().file("sheet.xlsx", book);
    let said = shown(&office, line);
    format!("{said}{:?}\n", files(&office))
}

fn plain<'a>(texts: &[&'a str]) -> Vec<(u8, &'a str)> {
    texts.iter().map(|text| (0, *text)).collect()
}

#[test]
fn hidden_and_struck_rows_are_left_and_said() {
    let headings = row(1, "", &plain(&["Agreement", "Parties", "Task", "Due"]));
    let sound = row(
        2,
        "",
        &plain(&["Time clocks", "UPE, DHA", "Install", "2027-01-10"]),
    );
    let hidden = row(
        3,
        " hidden=\"1\"",
        &plain(&["Old letter", "UPE, DHA", "Install", "2027-01-10"]),
    );
    let struck: Vec<(u8, &str)> = ["Gone letter", "UPE, DHA", "Install", "2027-01-10"]
        .iter()
        .map(|text| (1, *text))
        .collect();
    let rows = format!("{headings}{sound}{hidden}{}", row(4, "", &struck));
    insta::assert_snapshot!("hidden_and_struck", said(&rows, "import sheet.xlsx"));
}

#[test]
fn a_cell_that_is_struck_and_a_month_without_its_day_are_for_a_person() {
    let headings = row(1, "", &plain(&["Agreement", "Parties", "Task", "Due"]));
    let mut struck = plain(&["Time clocks", "UPE, DHA", "Install", "2027-01-10"]);
    struck[3].0 = 1;
    let month = format!(
        "<row r=\"3\">{}{}{}<c r=\"D3\" s=\"2\"><v>46539</v></c></row>",
        text("A3", 0, "Pay notice"),
        text("B3", 0, "UPE, DHA"),
        text("C3", 0, "Report")
    );
    let rows = format!("{headings}{}{month}", row(2, "", &struck));
    insta::assert_snapshot!("struck_cell_and_month", said(&rows, "import sheet.xlsx"));
}

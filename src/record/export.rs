//! The record handed out: one entry a line, as JSON, with what is needed to verify it without this program.
//!
//! An entry that its reader may not see, and one whose text was erased, is its number, its instant, its digest and its seal.
//! `docs/record.md` describes the form and how to verify it.

use super::entering::text::cannot_be_seen;
use super::{Draft, Sealed, canonical, seal};
use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// The longest line that is read back: a remark of the longest, and twenty papers, written out twice.
const LONGEST_LINE: usize = 1 << 20;

/// One line. Its fields are the entry's, with the sealed text and its digest.
#[derive(serde::Serialize)]
struct Line<'a> {
    number: u64,
    at: String,
    #[serde(flatten)]
    said: Option<Draft>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<&'a str>,
    digest: &'a str,
    seal: &'a str,
}

/// An entry in a line of JSON, without the line feed; without what it says unless it is `shown`.
pub fn line(entry: &Sealed, shown: bool) -> String {
    let sealed = entry.text.as_deref().filter(|_| shown);
    let line = Line {
        number: entry.number,
        at: seal::instant(entry.at),
        // A text that is none an entry has is handed out as it is.
        said: sealed.and_then(|text| canonical::read(text).ok()),
        sealed,
        digest: &entry.digest,
        seal: &entry.seal,
    };
    // Writing these types to memory cannot fail.
    visible(&serde_json::to_string(&line).unwrap_or_default())
}

/// JSON in which every character that cannot be seen is written by its number: a terminal obeys none, and none is lost.
fn visible(json: &str) -> String {
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return json.to_owned();
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if cannot_be_seen(c) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// Reads an export back, and sees that it verifies in itself.
///
/// # Errors
/// The first line that is none of an export, or that does not follow from the one before.
pub fn read(text: &str) -> Result<Vec<Sealed>, String> {
    let mut entries = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        entries.push(read_line(line).map_err(|why| format!("line {number}: {why}"))?);
    }
    match seal::verify_handed_out(&entries).first() {
        Some(fault) => Err(fault.to_string()),
        None if entries.is_empty() => Err("it has no entry".to_owned()),
        None => Ok(entries),
    }
}

fn read_line(line: &str) -> Result<Sealed, String> {
    if line.len() > LONGEST_LINE {
        return Err("it is longer than any entry".to_owned());
    }
    let value: serde_json::Value =
        serde_json::from_str(line).map_err(|_| "it is no JSON".to_owned())?;
    let text = |key: &str| value.get(key).and_then(serde_json::Value::as_str);
    let missing = |key: &str| format!("it has no `{key}` of an entry");
    let at = text("at").and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let entry = Sealed {
        number: value
            .get("number")
            .and_then(serde_json::Value::as_u64)
            .ok_or_else(|| missing("number"))?,
        at: at.ok_or_else(|| missing("at"))?.with_timezone(&Utc),
        text: text("sealed").map(str::to_owned),
        digest: text("digest").ok_or_else(|| missing("digest"))?.to_owned(),
        seal: text("seal").ok_or_else(|| missing("seal"))?.to_owned(),
    };
    // What people read in the fields is what was sealed.
    let again: Option<serde_json::Value> = serde_json::from_str(&self::line(&entry, true)).ok();
    if again.as_ref() != Some(&value) {
        return Err("its fields do not say what was sealed".to_owned());
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AgreementId;
    use crate::record::EntryKind;

    fn chain() -> Vec<Sealed> {
        let mut entries: Vec<Sealed> = Vec::new();
        for number in 1..=3_u32 {
            let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("letter"), "00");
            draft.note = Some(format!("\"remark\" {number} \u{1f600}"));
            let before = entries
                .last()
                .map_or(seal::BEFORE_THE_FIRST, |e| e.seal.as_str())
                .to_owned();
            entries.push(Sealed::new(
                number.into(),
                DateTime::from_timestamp(i64::from(number), 0).unwrap(),
                canonical::text(&draft, &format!("salt{number}")),
                &before,
            ));
        }
        entries
    }

    fn written(entries: &[Sealed]) -> String {
        let lines = entries.iter().map(|e| line(e, e.number != 2) + "\n");
        lines.collect()
    }

    #[test]
    fn what_is_handed_out_reads_back() {
        let mut expected = chain();
        let text = written(&expected);
        expected[1].text = None;
        assert_eq!(read(&text).unwrap(), expected);
        assert_eq!(
            read(&format!("{text}\n\n")).unwrap().len(),
            3,
            "blank lines are none"
        );
    }

    #[test]
    fn what_is_no_export_is_refused_with_its_line() {
        let text = written(&chain());
        for (bad, expected) in [
            (String::new(), "it has no entry"),
            ("what?".to_owned(), "line 1: it is no JSON"),
            ("[1]".to_owned(), "line 1: it has no `number` of an entry"),
            (
                text.replacen("\\\"remark\\\" 1", "\\\"remark\\\" 9", 1),
                "line 1: its fields do not say what was sealed",
            ),
            (
                text.replace("remark\\\" 3", "remark\\\" 9"),
                "entry 3: its text is not the one that was sealed",
            ),
            (
                text.lines().skip(1).collect::<Vec<_>>().join("\n"),
                "entry 1: it is missing",
            ),
        ] {
            assert_eq!(read(&bad).unwrap_err(), expected);
        }
    }
}

//! The canonical form: an entry as readable text, the same whatever the database. It is what a digest is made of.
//!
//! One `key: value` a line, in a fixed order, each line ended by a line feed; keys that an entry does not use are left
//! out; `evidence` may come several times. `docs/record.md` describes it for whoever checks an entry without this program.

use super::{Draft, EntryKind, Evidence};
use crate::agreement::Visibility;
use crate::ids::{AgreementId, PartyId};
use chrono::NaiveDate;
use std::fmt::Write;

/// The keys in their order.
const KEYS: [&str; 18] = [
    "kind",
    "agreement",
    "subject",
    "on",
    "to",
    "occurrence",
    "for",
    "entry",
    "by",
    "entered_by",
    "speaker",
    "note",
    EVIDENCE,
    "visibility",
    "erase",
    "proposed",
    "text",
    "salt",
];

/// The one key that may come several times.
const EVIDENCE: &str = "evidence";

/// The text of an entry. `salt` is what keeps a digest from telling a text that was withheld or erased.
pub fn text(draft: &Draft, salt: &str) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            // A value never breaks its line: what would is a space here, whoever let it through.
            let value = value.replace(char::is_control, " ");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{key}: {value}");
        }
    };
    line("kind", Some(draft.kind.as_str()));
    line("agreement", Some(draft.agreement.as_str()));
    line("subject", draft.subject.as_deref());
    // A day prints as YYYY-MM-DD.
    line("on", draft.on.map(|day| day.to_string()).as_deref());
    line("to", draft.to.map(|day| day.to_string()).as_deref());
    line(
        "occurrence",
        draft.occurrence.map(|day| day.to_string()).as_deref(),
    );
    line("for", draft.for_words.as_deref());
    line("entry", draft.entry.map(|n| n.to_string()).as_deref());
    line("by", draft.by.as_ref().map(PartyId::as_str));
    line("entered_by", draft.entered_by.as_ref().map(PartyId::as_str));
    line("speaker", draft.speaker.as_deref());
    line("note", draft.note.as_deref());
    for paper in &draft.evidence {
        line(EVIDENCE, Some(&format!("{} {}", paper.sha256, paper.name)));
    }
    line(
        "visibility",
        draft.visibility.as_ref().map(Visibility::as_str),
    );
    line("erase", draft.erase.then_some("yes"));
    line("proposed", draft.proposed.then_some("yes"));
    line("text", Some(&draft.text));
    line("salt", Some(salt));
    text
}

/// Reads the text of an entry back.
///
/// # Errors
/// The first line that no entry has, or that none has in that place: an entry has one text and not several that say the same.
pub fn read(text: &str) -> Result<Draft, String> {
    let mut draft = Draft::new(EntryKind::Noted, AgreementId::new(""), "");
    let mut kind = None;
    let mut may_follow = KEYS.as_slice();
    for line in text.split_terminator('\n') {
        let unreadable = || format!("the line `{line}` is none of an entry's");
        let (key, value) = line.split_once(": ").ok_or_else(unreadable)?;
        if value.contains(char::is_control) {
            return Err(unreadable());
        }
        let place = may_follow.iter().position(|known| *known == key);
        let place = place.ok_or_else(unreadable)? + usize::from(key != EVIDENCE);
        may_follow = may_follow.get(place..).unwrap_or_default();
        let day = || day(value).ok_or_else(unreadable);
        let words = || Some(value.to_owned());
        match key {
            "kind" => kind = Some(EntryKind::from_word(value).ok_or_else(unreadable)?),
            "agreement" => draft.agreement = AgreementId::new(value),
            "subject" => draft.subject = words(),
            "on" => draft.on = Some(day()?),
            "to" => draft.to = Some(day()?),
            "occurrence" => draft.occurrence = Some(day()?),
            "for" => draft.for_words = words(),
            "entry" => draft.entry = Some(value.parse().map_err(|_| unreadable())?),
            "by" => draft.by = Some(PartyId::new(value)),
            "entered_by" => draft.entered_by = Some(PartyId::new(value)),
            "speaker" => draft.speaker = words(),
            "note" => draft.note = words(),
            EVIDENCE => {
                let (sha256, name) = value.split_once(' ').ok_or_else(unreadable)?;
                draft.evidence.push(Evidence {
                    name: name.to_owned(),
                    sha256: sha256.to_owned(),
                });
            }
            "visibility" => draft.visibility = Some(Visibility::from_word(value)),
            "erase" if value == "yes" => draft.erase = true,
            "proposed" if value == "yes" => draft.proposed = true,
            "text" => value.clone_into(&mut draft.text),
            "salt" => {}
            _ => return Err(unreadable()),
        }
    }
    draft.kind = kind.ok_or("it does not say of what kind it is")?;
    if draft.agreement.as_str().is_empty() {
        return Err("it does not say which agreement it is about".to_owned());
    }
    Ok(draft)
}

/// A day in the one form that it is written in.
fn day(value: &str) -> Option<NaiveDate> {
    (value.len() == 10)
        .then(|| NaiveDate::parse_from_str(value, "%Y-%m-%d").ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full() -> Draft {
        let day = NaiveDate::from_ymd_opt(2014, 3, 3);
        Draft {
            subject: Some("implementation".to_owned()),
            on: day,
            to: day,
            occurrence: day,
            for_words: Some("Station 4: nights".to_owned()),
            entry: Some(2),
            by: Some(PartyId::new("dha")),
            entered_by: Some(PartyId::new("upe")),
            speaker: Some("Labor Relations".to_owned()),
            note: Some("Said so in the meeting.".to_owned()),
            evidence: vec![Evidence {
                name: "letter of 3 March.pdf".to_owned(),
                sha256: "ab".repeat(32),
            }],
            visibility: Some(Visibility::Parties),
            erase: true,
            proposed: true,
            ..Draft::new(
                EntryKind::Happened,
                AgreementId::new("sdr_phase_ii"),
                "cd".repeat(32),
            )
        }
    }

    #[test]
    fn an_entry_is_readable_text() {
        insta::assert_snapshot!(text(&full(), "00112233445566778899aabbccddeeff"), @"
        kind: happened
        agreement: sdr_phase_ii
        subject: implementation
        on: 2014-03-03
        to: 2014-03-03
        occurrence: 2014-03-03
        for: Station 4: nights
        entry: 2
        by: dha
        entered_by: upe
        speaker: Labor Relations
        note: Said so in the meeting.
        evidence: abababababababababababababababababababababababababababababababab letter of 3 March.pdf
        visibility: parties
        erase: yes
        proposed: yes
        text: cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        salt: 00112233445566778899aabbccddeeff
        ");
    }

    #[test]
    fn what_no_entry_says_is_not_read() {
        for bad in [
            "",
            "kind: happened\n",
            "kind: promised\nagreement: a\n",
            "kind: noted\nagreement: a\non: 3 March\n",
            "kind: noted\nagreement: a\nmood: good\n",
            "kind: noted\nagreement: a\nerase: perhaps\n",
            "kind: noted\nagreement: a\n\n",
            "agreement: a\nkind: noted\n",
            "kind: noted\nagreement: a\nnote: one\nnote: two\n",
            "kind: noted\nagreement: a\nnote: one\r\n",
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_reads_back(note in "\\PC*", name in "\\PC+", on in any::<bool>()) {
            let mut draft = full();
            draft.note = Some(note);
            draft.evidence[0].name = name;
            if !on { draft.on = None; }
            prop_assert_eq!(read(&text(&draft, "00")).unwrap(), draft);
        }

        #[test]
        fn no_value_can_forge_a_line(note in ".*", speaker in "(?s).*") {
            let mut draft = full();
            draft.note = Some(note);
            draft.speaker = Some(speaker);
            let read = read(&text(&draft, "00")).unwrap();
            prop_assert_eq!(read.by, draft.by);
            prop_assert_eq!(read.text, draft.text);
        }

        #[test]
        fn reading_never_panics(text in "(?s).*") {
            let _ = read(&text);
        }
    }
}

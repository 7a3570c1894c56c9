//! The lines of a calendar file.

use super::DayEvent;
use crate::words::Language;

/// The most octets of a line, its end not counted (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// A calendar file of these days, by the office of that name. It is published, never a request: nobody is asked to accept
/// a day of a contract. What it is and is not stands in the file itself, also where it has no day.
pub fn calendar<'a>(
    name: &str,
    office: &str,
    events: impl IntoIterator<Item = &'a DayEvent>,
    language: Language,
) -> String {
    let courtesy = language.courtesy(office);
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        &format!(
            "PRODID:-//sideletter//sideletter//{}",
            language.code().to_uppercase()
        ),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        &format!("NAME:{}", text(name)),
        &format!("X-WR-CALNAME:{}", text(name)),
        &format!("DESCRIPTION:{}", text(&courtesy)),
        &format!("X-WR-CALDESC:{}", text(&courtesy)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ] {
        fold(&mut out, line);
    }
    for event in events {
        write_event(&mut out, event);
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

fn write_event(out: &mut String, event: &DayEvent) {
    fold(out, "BEGIN:VEVENT");
    fold(out, &format!("UID:{}", text(&event.uid)));
    fold(
        out,
        &format!("DTSTAMP:{}", event.stamp.format("%Y%m%dT%H%M%SZ")),
    );
    fold(
        out,
        &format!("DTSTART;VALUE=DATE:{}", event.day.format("%Y%m%d")),
    );
    fold(out, &format!("SEQUENCE:{}", event.sequence));
    fold(out, &format!("SUMMARY:{}", text(&event.title)));
    fold(out, &format!("DESCRIPTION:{}", text(&event.description)));
    if let Some(url) = &event.url {
        let url: String = url.chars().filter(|c| !c.is_control()).collect();
        fold(out, &format!("URL:{url}"));
    }
    fold(out, "TRANSP:TRANSPARENT");
    fold(out, "END:VEVENT");
}

/// Escapes TEXT (section 3.3.11). A line feed becomes `\n`; every other control character goes, since some readers take
/// a bare carriage return for the end of a line.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded between characters.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgreementId, ObligationId};
    use crate::schedule::State;
    use icalendar::{Calendar, Component};
    use proptest::prelude::*;

    fn event(title: &str, description: &str) -> DayEvent {
        DayEvent {
            uid: "0123456789abcdef@letters.upe.example".to_owned(),
            day: "2014-03-30".parse().unwrap(),
            agreement: AgreementId::new("sdr_phase_ii"),
            obligation: ObligationId::new("follow_up_meeting"),
            state: State::Scheduled,
            title: title.to_owned(),
            description: description.to_owned(),
            url: None,
            stamp: "2014-03-03T17:00:00Z".parse().unwrap(),
            sequence: 1,
        }
    }

    #[test]
    fn a_day_is_written_so() {
        insta::assert_snapshot!(
            calendar(
                "UPE; DHA",
                "UPE",
                &[event("Due: Follow-up, meeting", "One\nTwo")],
                Language::English,
            )
            .replace('\r', "")
        );
    }

    #[test]
    fn a_title_cannot_begin_a_property() {
        let file = calendar(
            "x",
            "y",
            &[event("a\r\nATTENDEE:mailto:b@c.example\rX", "y")],
            Language::English,
        );
        assert!(!file.contains("\r\nATTENDEE"));
        assert_eq!(file.matches('\r').count(), file.matches("\r\n").count());
    }

    proptest! {
        #[test]
        fn another_reader_gets_the_same_words_back(title in "\\PC{1,200}", description in "[a-zé😀,;\\\\\n ]{0,300}") {
            let file = calendar("name", "office", &[event(&title, &description)], Language::English);
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE, "{line:?}");
            }
            let read: Calendar = file.parse().unwrap();
            let events: Vec<_> = read.components.iter().filter_map(|c| c.as_event()).collect();
            prop_assert_eq!(events.len(), 1);
            prop_assert_eq!(events[0].get_summary().unwrap().trim(), title.trim());
            prop_assert_eq!(events[0].get_description().unwrap_or_default().trim(), description.trim());
        }
    }
}

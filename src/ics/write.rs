//! The lines of a calendar file.

use super::DayEvent;
use crate::words::Language;
use std::sync::Arc;

/// The most octets of a line, its end not counted (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// A day as it stands in a calendar file: written once, whatever number of files has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub Arc<str>);

/// Writes a day.
pub fn written(event: &DayEvent) -> Written {
    let mut out = String::with_capacity(event.description.len() * 5 / 4 + 400);
    write_event(&mut out, event);
    Written(out.into())
}

/// A calendar file of these days, by the office of that name.
pub fn calendar<'a>(
    name: &str,
    office: &str,
    days: impl IntoIterator<Item = &'a Written>,
    language: Language,
) -> String {
    let [mut out, after] = frame(name, office, language);
    let days: Vec<&Written> = days.into_iter().collect();
    out.reserve(after.len() + days.iter().map(|day| day.0.len()).sum::<usize>());
    for Written(day) in days {
        out.push_str(day);
    }
    out + &after
}

/// What stands before the days of a calendar file, and after them. It is published, never a request: nobody is asked to
/// accept a day of a contract. What it is and is not stands in the file itself, also where it has no day.
pub fn frame(name: &str, office: &str, language: Language) -> [String; 2] {
    let courtesy = language.courtesy(office);
    let mut before = String::new();
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
        fold(&mut before, line);
    }
    let mut after = String::new();
    fold(&mut after, "END:VCALENDAR");
    [before, after]
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
    if event.is_cancelled {
        fold(out, "STATUS:CANCELLED");
    }
    fold(out, "TRANSP:TRANSPARENT");
    fold(out, "END:VEVENT");
}

/// Escapes TEXT (section 3.3.11). A line feed becomes `\n`; every other control character goes, since some readers take
/// a bare carriage return for the end of a line.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + value.len() / 16);
    for run in value.split_inclusive(|c: char| matches!(c, '\\' | ';' | ',') || c.is_control()) {
        let Some((last, c)) = run.char_indices().next_back() else {
            continue;
        };
        let (plain, _) = run.split_at_checked(last).unwrap_or((run, ""));
        match c {
            '\\' | ';' | ',' => {
                out.push_str(plain);
                out.push('\\');
                out.push(c);
            }
            '\n' => {
                out.push_str(plain);
                out.push_str("\\n");
            }
            c if c.is_control() => out.push_str(plain),
            _ => out.push_str(run),
        }
    }
    out
}

/// Writes a line, folded between characters.
fn fold(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LONGEST_LINE;
    while rest.len() > room {
        let Some((first, more)) = rest.split_at_checked(rest.floor_char_boundary(room)) else {
            break;
        };
        out.push_str(first);
        out.push_str("\r\n ");
        rest = more;
        // The space counts.
        room = LONGEST_LINE - 1;
    }
    out.push_str(rest);
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
            is_cancelled: false,
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
                &[written(&event("Due: Follow-up, meeting", "One\nTwo"))],
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
            &[written(&event("a\r\nATTENDEE:mailto:b@c.example\rX", "y"))],
            Language::English,
        );
        assert!(!file.contains("\r\nATTENDEE"));
        assert_eq!(file.matches('\r').count(), file.matches("\r\n").count());
    }

    proptest! {
        #[test]
        fn another_reader_gets_the_same_words_back(title in "\\PC{1,200}", description in "[a-zé😀,;\\\\\n ]{0,300}") {
            let file = calendar("name", "office", &[written(&event(&title, &description))], Language::English);
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

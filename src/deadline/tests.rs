//! The data files: how many of their cases agree, and the cases that do not.

mod every_tree;

use super::{Answer, Dates, Ending, Fact, Facts, Kind, Question, explain};
use crate::counting::{Calendars, Counting, HolidayCalendar};
use crate::ids::{EventId, ObligationId};
use crate::language::{DateOrder, KnownNames, Names, Phrase, Trigger, built_in, parse};
use crate::source::{SourceId, Span};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeMap;

const PHRASES: &str = include_str!("../../tests/data/phrases.tsv");
const WORDINGS: &str = include_str!("../../tests/data/wordings.tsv");
const CASES: &str = include_str!("../../tests/data/time_cases.tsv");
const COUNTING: &str = include_str!("../../tests/data/counting.tsv");

const CALENDAR_PHRASES: &str = include_str!("../../tests/data/calendar_phrases.tsv");
/// The calendars of an office that the rows of `calendar_phrases.tsv` name.
const OFFICES: [(&str, &str); 5] = [
    (
        "clackamas_payroll",
        include_str!("../../tests/data/calendars/clackamas_payroll.toml"),
    ),
    (
        "washington_payroll",
        include_str!("../../tests/data/calendars/washington_payroll.toml"),
    ),
    (
        "deschutes_payroll",
        include_str!("../../tests/data/calendars/deschutes_payroll.toml"),
    ),
    (
        "district",
        include_str!("../../tests/data/calendars/district.toml"),
    ),
    (
        "district_of_old",
        include_str!("../../tests/data/calendars/district_of_old.toml"),
    ),
];

fn calendars() -> Calendars {
    let mut calendars = Calendars::built_in();
    for (id, text) in OFFICES {
        calendars.add(HolidayCalendar::read(id, text).unwrap());
    }
    calendars
}

struct Days(BTreeMap<String, NaiveDate>);

impl Facts for Days {
    fn day(&self, trigger: &Trigger) -> Fact {
        let name = match trigger {
            Trigger::Event { event, .. } => event.as_str().to_owned(),
            other => other.to_string(),
        };
        match self.0.get(&name) {
            Some(day) => Fact::Known {
                day: *day,
                source: Sentence::verbatim("given"),
            },
            None => Fact::Unknown,
        }
    }
}

struct Case<'a> {
    id: &'a str,
    phrase: &'a str,
    expect: &'a str,
    names: Names,
    days: Days,
    counting: Counting,
    until: NaiveDate,
}

fn cases(file: &'static str) -> Vec<Case<'static>> {
    file.lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, preset, days_off, events, phrase, until, expect, ..] = columns.as_slice()
            else {
                panic!("a short line: {line}");
            };
            let mut names = Names {
                known: KnownNames::default(),
                events: Vec::new(),
                repeating: Vec::new(),
                obligations: Vec::<(ObligationId, String)>::new(),
                agreements: Vec::new(),
                date_order: DateOrder::MonthDayYear,
                near: None,
            };
            let mut days = BTreeMap::new();
            for event in events.split(';').filter(|event| !event.is_empty()) {
                let (name, day) = event.rsplit_once('=').unwrap();
                let id = built_in(name).unwrap_or_else(|| EventId::new(name));
                days.insert(id.as_str().to_owned(), day.parse::<NaiveDate>().unwrap());
                if id.as_str() == name {
                    names.events.push((id, name.to_owned()));
                }
            }
            names.near = days.get("effective").copied();
            let mut counting = counting(preset);
            let calendars = calendars();
            for calendar in days_off.split(',').filter(|c| !c.is_empty()) {
                counting.add_days_off(calendars.get(calendar).unwrap());
            }
            let anchor = days.values().max().copied().unwrap_or_default();
            Case {
                id,
                phrase,
                expect,
                names,
                days: Days(days),
                counting,
                until: until
                    .parse()
                    .unwrap_or_else(|_| anchor + chrono::Months::new(12)),
            }
        })
        .collect()
}

/// `california_contract`, or with keys of its own: `plain; before = "clear"; roll_forward = "grace"`.
fn counting(column: &str) -> Counting {
    let (preset, keys) = column.split_once(';').unwrap_or((column, ""));
    let text = keys.replace(';', "\n");
    let table = toml::de::DeTable::parse(&text).unwrap();
    let (counting, faults) = Counting::preset(preset)
        .unwrap()
        .read(table.get_ref(), &Calendars::built_in());
    assert!(faults.is_empty(), "{column}: {faults:?}");
    counting
}

fn span() -> Span {
    Span::new(SourceId(0), 0..0)
}

fn answer(case: &Case<'_>, phrase: &Phrase) -> Answer {
    explain(
        phrase,
        &Question {
            facts: &case.days,
            counting: &case.counting,
            from: case.until,
            until: case.until,
            first: None,
            ending: Ending::MayRoll,
        },
    )
}

/// What a case gives, in the words of the column `expect`.
fn given(case: &Case<'_>) -> (String, bool) {
    let phrase = match parse(case.phrase, span(), &case.names) {
        Ok(phrase) => phrase,
        Err(refusals) => {
            let first = &refusals[0];
            return (format!("fault [{} {:?}]", first.message, first.help), false);
        }
    };
    if let Some(fault) = crate::language::check_counting(&phrase, &case.counting).first() {
        return (format!("fault [{}]", fault.message), false);
    }
    let answer = answer(case, &phrase);
    if let Some(text) = &answer.not_listed {
        return (format!("fault [{text}]"), true);
    }
    if let Some(text) = answer.contradictions.first() {
        return (format!("fault [{text}]"), true);
    }
    let warns = !phrase.remarks.is_empty() || !answer.warnings.is_empty();
    let text = match answer.kind {
        Kind::Undated => "undated".to_owned(),
        Kind::Waiting => format!("waiting={}", answer.waiting_on[0]),
        Kind::Recurrence => {
            let all: Vec<String> = answer.dates.iter().map(one).collect();
            format!("dates={}", all.join(","))
        }
        _ => match answer.dates.as_slice() {
            [
                Dates {
                    opens, due, grace, ..
                },
            ] => [("opens", opens), ("due", due), ("grace", grace)]
                .iter()
                .filter_map(|(name, day)| day.map(|day| format!("{name}={day}")))
                .collect::<Vec<_>>()
                .join(";"),
            other => format!("{} dates, {:?}", other.len(), answer.warnings),
        },
    };
    (text, warns)
}

fn one(dates: &Dates) -> String {
    match (dates.opens, dates.due) {
        (Some(opens), Some(due)) => format!("{opens}..{due}"),
        (opens, due) => due.or(opens).map(|day| day.to_string()).unwrap_or_default(),
    }
}

fn agrees(case: &Case<'_>) -> Result<(), String> {
    let (text, warns) = given(case);
    let (expect, must_warn) = match case.expect.strip_suffix(";warn") {
        Some(rest) => (rest, true),
        None => (case.expect, false),
    };
    let same = if expect == "fault" {
        text.starts_with("fault")
    } else {
        text == expect
    };
    if same && (warns || !must_warn) {
        Ok(())
    } else {
        Err(format!(
            "{} `{}`: expected {}, got {text}{}",
            case.id,
            case.phrase,
            case.expect,
            if warns { ";warn" } else { "" }
        ))
    }
}

#[track_caller]
fn at_least(file: &'static str, name: &str, floor: usize) {
    let cases = cases(file);
    let failures: Vec<String> = cases.iter().filter_map(|case| agrees(case).err()).collect();
    let agree = cases.len() - failures.len();
    let report = format!(
        "{name}: {agree} of {} agree\n{}",
        cases.len(),
        failures.join("\n")
    );
    assert!(agree >= floor, "{report}");
    // Shown with `--nocapture`.
    #[expect(clippy::print_stdout, reason = "the count is what this test is for")]
    {
        println!("{report}");
    }
}

#[test]
fn phrases_of_real_letters_give_their_days() {
    at_least(PHRASES, "phrases.tsv", 226);
}

#[test]
fn a_bracket_that_names_another_day_is_a_fault() {
    let contradictions = |words: &str| {
        let row = format!("B\tplain\t\tratification=2026-02-05\t{words}\t\t\t\t");
        let rows: &'static str = Box::leak(format!("head\n{row}").into_boxed_str());
        let case = cases(rows).remove(0);
        let phrase = parse(case.phrase, span(), &case.names).unwrap();
        answer(&case, &phrase).contradictions
    };
    let said = contradictions("within 30 days after ratification (by March 8, 2026)");
    assert!(said[0].contains("names another day"), "{said:?}");
    for same in [
        "within 30 days after ratification (i.e., March 7, 2026)",
        "within 30 days after ratification (February 5, 2026)",
        "within 30 days after ratification (see Article 10)",
    ] {
        assert_eq!(contradictions(same), Vec::<Sentence>::new(), "{same}");
    }
}

#[test]
fn wordings_that_were_once_read_wrongly_give_their_days() {
    at_least(WORDINGS, "wordings.tsv", cases(WORDINGS).len());
}

#[test]
fn phrases_of_an_offices_own_calendars_give_their_days() {
    let all = cases(CALENDAR_PHRASES).len();
    at_least(CALENDAR_PHRASES, "calendar_phrases.tsv", all);
}

#[test]
fn worked_cases_give_their_days() {
    at_least(CASES, "time_cases.tsv", 209);
}

#[test]
fn what_rules_and_opinions_say_of_counting_gives_its_days() {
    at_least(COUNTING, "counting.tsv", cases(COUNTING).len());
}

/// The numbers in digits of some words.
fn numbers(words: &str) -> Vec<&str> {
    let digits = words.split(|c: char| !c.is_ascii_digit());
    digits
        .map(|number| number.trim_start_matches('0'))
        .filter(|number| !number.is_empty())
        .collect()
}

/// Where a number is said in other words: a date in figures, `two times a year`, a length that its own ends say again, how
/// often the days come that are named.
fn said_otherwise(words: &str) -> bool {
    let figures = words.as_bytes().windows(3).any(|three| {
        matches!(three, [a, b'-' | b'/' | b'.' | b',', c] if a.is_ascii_digit() && c.is_ascii_digit())
    });
    let ends = ["from", "beginning", "for", "ending"];
    let twice = ends.iter().filter(|word| words.contains(*word)).count() > 1;
    let named = words.contains("every") && words.contains(" on ") && words.contains(" and ");
    let other = ["times", "half", "\u{bd}", "hours", " - "];
    figures || twice || named || other.iter().any(|word| words.contains(word))
}

#[test]
fn every_number_of_a_phrase_stands_in_its_reading() {
    let mut lost = Vec::new();
    for file in [PHRASES, CASES, WORDINGS, CALENDAR_PHRASES, COUNTING] {
        for case in cases(file) {
            let Ok(phrase) = parse(case.phrase, span(), &case.names) else {
                continue;
            };
            let told = phrase.remarks.iter().map(|remark| remark.message.as_str());
            let mut shown = told.fold(phrase.tree.to_string(), |all, one| all + " " + one);
            // What is compared with the end beside it, and told where the two do not agree.
            for (length, _) in &phrase.said_twice {
                shown = format!("{shown} {length}");
            }
            let shown = numbers(&shown);
            let missing = |number: &&&str| {
                !shown.contains(number)
                    && !shown
                        .iter()
                        .any(|year| year.len() == 4 && year.ends_with(**number))
            };
            if numbers(case.phrase).iter().any(|number| missing(&number))
                && !said_otherwise(case.phrase)
            {
                lost.push(format!(
                    "{} `{}` as `{}`",
                    case.id, case.phrase, phrase.tree
                ));
            }
        }
    }
    assert!(
        lost.is_empty(),
        "{} have lost a number:\n{}",
        lost.len(),
        lost.join("\n")
    );
}

#[test]
fn every_phrase_prints_in_a_form_that_reads_back() {
    let mut wrong = Vec::new();
    for case in cases(PHRASES)
        .iter()
        .chain(&cases(CASES))
        .chain(&cases(WORDINGS))
        .chain(&cases(CALENDAR_PHRASES))
        .chain(&cases(COUNTING))
    {
        let Ok(phrase) = parse(case.phrase, span(), &case.names) else {
            continue;
        };
        let printed = phrase.tree.to_string();
        match parse(&printed, span(), &case.names) {
            Ok(again) if again.tree == phrase.tree => {}
            Ok(again) => wrong.push(format!(
                "{} `{}`\n  prints `{printed}`\n  {:?}\n  {:?}",
                case.id, case.phrase, phrase.tree, again.tree
            )),
            Err(refusals) => wrong.push(format!(
                "{} `{}`\n  prints `{printed}`\n  {}",
                case.id, case.phrase, refusals[0].message
            )),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} do not read back:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

//! Any words as a phrase: it is read without a panic; what is read prints in a form that reads back to the same tree, and has
//! days that are in order, under every preset.

#![no_main]

use chrono::{Months, NaiveDate};
use libfuzzer_sys::fuzz_target;
use sideletter::counting::{Calendars, Counting};
use sideletter::deadline::{Ending, Fact, Facts, Kind, Question, evaluate};
use sideletter::ids::{AgreementId, EventId, ObligationId};
use sideletter::language::{DateOrder, KnownNames, Names, Tree, Trigger, parse};
use sideletter::source::{SourceId, Span};
use std::sync::LazyLock;

fuzz_target!(|bytes: &[u8]| {
    let words = String::from_utf8_lossy(bytes);
    let span = || Span::new(SourceId(0), 0..0);
    match parse(&words, span(), &NAMES) {
        Ok(phrase) => {
            reads_back(&phrase.tree, span());
            has_days(&phrase.tree, bytes.len());
        }
        Err(refusals) => {
            for refusal in refusals {
                assert!(words.get(refusal.range.clone()).is_some(), "{refusal:?}");
                assert!(
                    !refusal
                        .message
                        .starts_with("a time limit is tried in at most"),
                    "too much work: {words}"
                );
            }
        }
    }
});

fn reads_back(tree: &Tree, span: Span) {
    let printed = tree.to_string();
    match parse(&printed, span, &NAMES) {
        Ok(again) => assert_eq!(again.tree, *tree, "`{printed}`"),
        // Many short days can print longer than a phrase may be.
        Err(refusals) => assert!(
            printed.chars().count() > 1000,
            "`{printed}`: {}",
            refusals[0].message
        ),
    }
}

/// Works the days out, under a preset that the length of the input chooses.
fn has_days(tree: &Tree, choice: usize) {
    let facts = Known {
        unknown: choice.is_multiple_of(5),
    };
    let signed = DAY + Months::new(u32::try_from(choice % 37).unwrap_or_default());
    let answer = evaluate(
        tree,
        &Question {
            facts: &facts,
            counting: &COUNTINGS[choice % COUNTINGS.len()],
            from: signed,
            until: signed + Months::new(24),
            first: choice.is_multiple_of(3).then_some(signed),
            ending: Ending::MayRoll,
        },
    );
    // No window that no day is in goes by in silence: it is a fault, or a warning where a day may still change.
    let is_told = !(answer.warnings.is_empty() && answer.contradictions.is_empty());
    for dates in &answer.dates {
        if let (Some(opens), Some(due)) = (dates.opens, dates.due) {
            assert!(opens <= due || is_told, "{opens} {due} {tree}");
        }
    }
    if answer.kind == Kind::Recurrence {
        let days: Vec<_> = answer
            .dates
            .iter()
            .map(|dates| dates.nominal.or(dates.opens))
            .collect();
        assert!(days.is_sorted(), "{tree}: {days:?}");
    }
}

struct Known {
    unknown: bool,
}

impl Facts for Known {
    fn day(&self, trigger: &Trigger) -> Fact {
        let later = u32::try_from(trigger.to_string().len()).unwrap_or_default();
        let day = DAY + Months::new(later);
        let source = sideletter::words::Sentence::verbatim(String::new());
        match trigger {
            Trigger::Missed(_) | Trigger::AnyMissed if self.unknown => Fact::Unknown,
            Trigger::Obligation(_) => Fact::Expected { day, source },
            _ => Fact::Known { day, source },
        }
    }
}

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap();

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    known: KnownNames::default(),
    events: vec![
        (
            EventId::new("implementation"),
            "Implementation of SDR Phase II".to_owned(),
        ),
        (
            EventId::new("grievance"),
            "Receipt of the grievance".to_owned(),
        ),
    ],
    repeating: Vec::new(),
    obligations: vec![(
        ObligationId::new("follow_up_meeting"),
        "Follow-up meeting".to_owned(),
    )],
    agreements: vec![AgreementId::new("mou_2013")],
    date_order: DateOrder::MonthDayYear,
    near: Some(DAY),
});

static COUNTINGS: LazyLock<Vec<Counting>> = LazyLock::new(|| {
    let calendars = Calendars::built_in();
    Counting::presets()
        .iter()
        .filter_map(|name| Counting::preset(name))
        .flat_map(|counting| {
            let mut closed = counting.clone();
            for calendar in ["weekends", "us_ca_courts"] {
                closed.add_days_off(calendars.get(calendar).expect("a built-in calendar"));
            }
            [counting, closed]
        })
        .collect()
});

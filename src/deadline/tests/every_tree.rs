//! That any tree at all has an answer, whatever is known, however it is counted, on any day of the years 1 to 9999.

use super::super::{Answer, Ending, Fact, Facts, Kind, Question, evaluate};
use super::span;
use crate::counting::{Calendars, Counting};
use crate::language::tests::trees;
use crate::language::{DateOrder, Every, KnownNames, Limit, Names, Tree, Trigger, parse};
use crate::words::{Language, Sentence};
use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;

/// What is known of triggers: each has one of these days, by its name.
#[derive(Clone, Debug)]
struct Known(Vec<(u8, NaiveDate)>);

impl Facts for Known {
    fn day(&self, trigger: &Trigger) -> Fact {
        let name = trigger.to_string().len();
        let source = Sentence::verbatim("a test");
        match self.0.get(name % self.0.len().max(1)) {
            Some((0, _)) | None => Fact::Unknown,
            Some((1, day)) => Fact::Expected { day: *day, source },
            Some((_, day)) => Fact::Known { day: *day, source },
        }
    }
}

/// Days that people deal with, and any other that can be written.
fn day() -> BoxedStrategy<NaiveDate> {
    let days = |from, to| {
        let number = |year, month, day| {
            NaiveDate::from_ymd_opt(year, month, day)
                .unwrap()
                .num_days_from_ce()
        };
        (number(from, 1, 1)..=number(to, 12, 31))
            .prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
    };
    let ends = [
        NaiveDate::from_ymd_opt(1, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(9999, 12, 31).unwrap(),
    ];
    prop_oneof![20 => days(2000, 2035), 2 => days(1, 9999), 1 => select(ends.to_vec())].boxed()
}

fn counting() -> BoxedStrategy<Counting> {
    const CALENDARS: [&str; 4] = [
        "weekends",
        "us_ca_courts",
        "us_federal",
        "us_ca_state_employees",
    ];
    let chosen = prop::collection::vec(select(&CALENDARS[..]), 0..3);
    (select(Counting::presets()), chosen)
        .prop_map(|(preset, chosen)| {
            let mut counting = Counting::preset(preset).unwrap();
            let calendars = Calendars::built_in();
            for calendar in chosen {
                counting.add_days_off(calendars.get(calendar).unwrap());
            }
            counting
        })
        .boxed()
}

/// The longest that a series is worked out at once, and a tree holds a few of them.
const MOST: usize = 4 * 3660;

fn is_said_in_spanish_too(said: &Sentence) -> bool {
    said.of(Language::English) != said.of(Language::Spanish)
}

fn check(tree: &Tree, answer: &Answer) -> Result<(), TestCaseError> {
    prop_assert!(answer.dates.len() <= MOST, "{} dates", answer.dates.len());
    prop_assert!(
        !answer.dates.is_empty()
            || !answer.waiting_on.is_empty()
            || !answer.warnings.is_empty()
            || matches!(answer.kind, Kind::Undated | Kind::Recurrence),
        "neither days nor a reason why not: {answer:?}"
    );
    for warning in answer.warnings.iter().chain(&answer.contradictions) {
        prop_assert!(is_said_in_spanish_too(warning), "{warning}");
    }
    for dates in &answer.dates {
        prop_assert!(dates.steps.len() <= 2000, "{} steps", dates.steps.len());
        for said in dates.steps.iter().map(|step| &step.text) {
            prop_assert!(is_said_in_spanish_too(said), "{said}");
        }
        if let (Some(opens), Some(due)) = (dates.opens, dates.due)
            && answer.warnings.is_empty()
            && answer.contradictions.is_empty()
        {
            prop_assert!(opens <= due, "opens {opens}, due {due}");
        }
        if let (Some(due), Some(grace)) = (dates.due, dates.grace) {
            prop_assert!(due <= grace, "due {due}, grace {grace}");
        }
    }
    let days: Vec<_> = answer
        .dates
        .iter()
        .filter_map(|dates| dates.nominal.or(dates.opens))
        .collect();
    match &tree.limit {
        Limit::Recurs(recurrence)
            if !matches!(
                recurrence.every,
                Every::Yearly { .. } | Every::Around { .. }
            ) =>
        {
            prop_assert!(days.is_sorted_by(|a, b| a < b), "{days:?}");
        }
        Limit::Recurs(_) => prop_assert!(days.is_sorted(), "{days:?}"),
        _ => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_tree_has_an_answer(
        limit in trees::limit(),
        facts in prop::collection::vec((0..5_u8, day()), 1..5),
        counting in counting(),
        from in day(),
        days in 0..3660_u64,
        ending in select(&[Ending::MayRoll, Ending::Stays][..]),
        first in proptest::option::weighted(0.3, day()),
    ) {
        let tree = Tree { limit, asides: Vec::new(), condition: None };
        let until = from.checked_add_days(chrono::Days::new(days)).unwrap_or(from);
        let answer = evaluate(&tree, &Question { facts: &Known(facts), counting: &counting, from, until, first, ending });
        check(&tree, &answer)?;
    }
}

#[test]
fn a_series_of_open_days_costs_what_it_holds() {
    let days = |words: &str, years: u32| {
        let names = Names {
            known: KnownNames::default(),
            events: Vec::new(),
            repeating: Vec::new(),
            obligations: Vec::new(),
            agreements: Vec::new(),
            date_order: DateOrder::MonthDayYear,
            near: None,
        };
        let tree = parse(words, span(), &names).unwrap().tree;
        let mut counting = Counting::preset("california_contract").unwrap();
        counting.add_days_off(Calendars::built_in().get("us_ca_courts").unwrap());
        let from = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let facts = Known(vec![(2, from)]);
        let until = from + chrono::Months::new(12 * years);
        evaluate(
            &tree,
            &Question {
                facts: &facts,
                counting: &counting,
                from,
                until,
                first: None,
                ending: Ending::MayRoll,
            },
        )
    };
    // What each day is must not hang on how it was counted.
    let all = days("every 3 court days from signing", 1);
    for (k, dates) in all.dates.iter().enumerate().skip(1) {
        let words = format!("on the {}th court day after signing", 3 * k);
        assert_eq!(dates.nominal, days(&words, 1).dates[0].nominal);
    }
    assert_eq!(all.dates.len(), 83);
    let ten_years = days("every court day from signing", 10);
    assert!(
        ten_years
            .warnings
            .iter()
            .all(|warning| !warning.contains("open days"))
    );
    let endless = days("every month and 20 court days from signing", 250);
    assert_eq!(
        endless.warnings,
        ["this counts more than 500000 open days; name a later day to begin from, or fewer days"]
    );
}

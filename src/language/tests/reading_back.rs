//! That what is printed reads back to the same tree, and that the same words by another hand say the same.

use super::wordings::{phrase, phrase_by_two_hands};
use super::{names, span, trees};
use crate::language::named_days::ALL;
use crate::language::{Limit, Refusal, Sort, Stretch, parse};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn every_tree_prints_in_a_form_that_reads_back(tree in trees::tree()) {
        let printed = tree.to_string();
        let again = parse(&printed, span(), &names()).map(|again| again.tree);
        prop_assert_eq!(again.as_ref(), Ok(&tree), "prints `{}`", printed);
    }

    #[test]
    fn what_is_read_prints_in_a_form_that_reads_back(words in phrase()) {
        let phrase = parse(&words, span(), &names());
        // A window thrown together may open after it is due.
        let impossible = |refusals: &Vec<Refusal>| refusals[0].rule.code == "contradictory-limits";
        prop_assume!(!phrase.as_ref().is_err_and(impossible));
        prop_assert!(phrase.is_ok(), "`{}` is refused: {}", words, phrase.unwrap_err()[0].message);
        let tree = phrase.unwrap().tree;
        let printed = tree.to_string();
        let again = parse(&printed, span(), &names()).map(|again| again.tree);
        prop_assert_eq!(again.as_ref(), Ok(&tree), "`{}` prints `{}`", words, printed);
        prop_assert!(!printed.contains('<'), "`{}` prints `{}`", words, printed);
    }

    #[test]
    fn the_same_words_by_another_hand_say_the_same((plain, otherwise) in phrase_by_two_hands()) {
        let limit = |words: &str| match parse(words, span(), &names()) {
            Ok(phrase) => Ok(phrase.tree.limit),
            Err(refusals) => Err(refusals[0].rule.code),
        };
        prop_assert_eq!(limit(&plain), limit(&otherwise), "`{}` and `{}`", plain, otherwise);
    }
}

#[test]
fn every_holiday_and_break_reads_back_by_its_own_name() {
    for named in &ALL {
        let printed = format!("<window in <named {} 2026>>", named.name);
        let tree = parse(&printed, span(), &names()).unwrap().tree;
        let expected = Limit::During {
            span: Stretch::Named {
                name: named.name,
                year: Some(2026),
            },
            sort: Sort::Act,
        };
        assert_eq!(tree.limit, expected, "{printed}");
        let again = parse(&tree.to_string(), span(), &names()).unwrap().tree;
        assert_eq!(again, tree, "{tree}");
    }
}

#[test]
fn angle_brackets_keep_together_what_belongs_together() {
    let cases = [
        (
            "30 days after <the later of <the earlier of signing and July 1, 2026> and ratification>",
            "no later than 30 days after the later of ratification and the earlier of signing and July 1, 2026",
        ),
        (
            "the later of <the earlier of signing and July 1, 2026> and <the earlier of expiration and July 1, 2027>",
            "<on <later <the earlier of signing and July 1, 2026> <the earlier of expiration and July 1, 2027>>>",
        ),
    ];
    for (words, printed) in cases {
        let tree = parse(words, span(), &names()).unwrap().tree;
        assert_eq!(tree.to_string(), printed);
    }
}

#[test]
fn a_bracket_inside_a_condition_is_the_conditions_own() {
    let words = "no later than July 1, 2026, unless extended (in writing) by both";
    let tree = parse(words, span(), &names()).unwrap().tree;
    assert_eq!(tree.to_string(), words);
}

#[test]
fn a_half_month_is_told_from_a_half_year() {
    let cases = [
        ("a year and a half", "for a period of 1 year and 6 months"),
        (
            "a year and a half month",
            "for a period of 1 year and half a month",
        ),
        ("a month and a half", "for a period of 1 month and a half"),
    ];
    for (words, printed) in cases {
        let tree = parse(words, span(), &names()).unwrap().tree;
        assert_eq!(tree.to_string(), printed);
    }
}

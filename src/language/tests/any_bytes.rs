//! That no words, however thrown together, make it panic or work without end.

use super::{names, span};
use crate::language::parse::{LONGEST, searches, work};
use crate::language::{Refusal, parse};
use proptest::prelude::*;

/// Words of the language and what stands between them, as the fuzzer has them.
fn vocabulary() -> Vec<&'static str> {
    include_str!("../../../fuzz/phrase.dict")
        .lines()
        .filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'))
        .filter(|word| !word.contains('\\'))
        .chain([
            "–",
            "’s",
            "\u{202e}",
            "e\u{301}",
            "\0",
            "\u{1f600}",
            "\u{a0}",
        ])
        .collect()
}

fn some_words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vocabulary()), count)
        .prop_map(|words| words.join(" "))
}

/// Words over and over, to the longest that is read.
fn over_and_over(words: &str) -> String {
    let longest = LONGEST - words.chars().count().min(LONGEST);
    words
        .chars()
        .chain([' '])
        .cycle()
        .take(longest)
        .chain(words.chars())
        .collect()
}

#[track_caller]
fn works_in_proportion(words: &str) {
    let (tries, length) = work(words, &names());
    assert!(
        tries <= 500 * length + 2_000,
        "{tries} readings for {length} words: {words}"
    );
}

proptest! {
#![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

#[test]
fn no_text_makes_it_panic(words in "\\PC{0,120}") {
    let _ = parse(&words, span(), &names());
}

#[test]
fn a_refusal_lies_inside_the_phrase(words in some_words(0..14)) {
    for refusal in parse(&words, span(), &names()).err().unwrap_or_default() {
        prop_assert!(words.get(refusal.range.clone()).is_some(), "{:?}", refusal);
    }
}}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn work_grows_with_the_number_of_words(words in some_words(1..6), thrown in some_words(20..120)) {
        works_in_proportion(&over_and_over(&words));
        works_in_proportion(&thrown.chars().take(LONGEST).collect::<String>());
    }
}

#[test]
fn wordings_that_nest_do_not_multiply_the_work() {
    for words in [
        "the earlier of",
        "the earlier of signing and",
        "30 days after",
        "the day before",
        "day before",
        "the first Monday after",
        "the last day of the month of",
        "the Friday closest to",
        "within 30 days of the last day of the month following",
        "daily paid",
        "annually",
        "monthly the month",
        "each year of that year",
        "January-March",
        "signing and",
        "and",
        "of",
        "(",
        "<",
        "<later",
        "{",
        "1 year and",
        "July 1 or",
        "2026 and",
        "May fifteenth",
    ] {
        works_in_proportion(&over_and_over(words));
        works_in_proportion(
            &(over_and_over(words).chars().take(900).collect::<String>() + " signing"),
        );
    }
}

#[test]
fn names_are_searched_for_a_near_one_once_for_each_word() {
    for words in [
        "within 30 days of ratifcation, signng, expirtion or",
        "promptly ratifcation",
        "as needed signng or",
        "upon request expirtion,",
        "ratifcation",
        "or ratifcation",
    ] {
        let (searched, length) = searches(&over_and_over(words), &names());
        assert!(searched <= length, "{searched} for {length} words: {words}");
    }
}

fn refusals(words: &str) -> Vec<Refusal> {
    parse(words, span(), &names()).unwrap_err()
}

#[test]
fn a_limit_that_is_reached_is_named() {
    let deep = "30 days after ".repeat(30) + "signing";
    assert_eq!(
        refusals(&deep)[0].message,
        "a time limit nests at most 24 readings deep"
    );
    for long in [
        "a".repeat(1_000_000),
        "9".repeat(10_000),
        "e\u{301}".repeat(5_000),
        "(".repeat(2_000),
    ] {
        assert_eq!(
            refusals(&long)[0].message,
            "a time limit has at most 1000 characters"
        );
    }
}

#[test]
fn words_that_lead_to_nothing_do_not_lead_back_to_the_beginning() {
    let refusal = refusals("daily paid").remove(0);
    assert_eq!("daily paid".get(refusal.range), Some("paid"));
}

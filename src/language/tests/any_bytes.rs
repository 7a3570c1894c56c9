//! That no words, however thrown together, make it panic or work without end.

use super::{names, span};
use crate::language::parse;
use proptest::prelude::*;

/// Words of the language, to be thrown together.
const WORDS: &[&str] = &[
    "the",
    "a",
    "no",
    "not",
    "later",
    "earlier",
    "than",
    "within",
    "by",
    "on",
    "or",
    "before",
    "after",
    "of",
    "from",
    "through",
    "until",
    "between",
    "and",
    "30",
    "thirty",
    "(30)",
    "first",
    "second",
    "last",
    "days",
    "day",
    "working",
    "months",
    "month",
    "year",
    "week",
    "implementation",
    "signing",
    "expiration",
    "follow_up_meeting",
    "July",
    "1",
    "2026",
    "July 1, 2026",
    "June 30",
    "12/9/99",
    "each",
    "every",
    "quarterly",
    "monthly",
    "whichever",
    "is",
    "at least",
    "notice",
    "beginning",
    "end",
    "February",
    "early",
    "for",
    "a period of",
    ",",
    ";",
    "-",
    "–",
    "(",
    ")",
    "as soon as possible",
    "unless agreed",
    "thereafter",
    "preceding",
    "Friday",
    "closest",
    "to",
    "in",
    "during",
    "excluding weekends",
    "calendar",
    "fiscal",
    "school",
    "pay period",
    "twice",
    "once",
    "with",
    "upon",
    "effective",
    "is missed",
    "odd-numbered",
    "\u{1f600}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(words in "\\PC{0,120}") {
        let _ = parse(&words, span(), &names());
    }

    #[test]
    fn a_refusal_lies_inside_the_phrase(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        let words = words.join(" ");
        for refusal in parse(&words, span(), &names()).err().unwrap_or_default() {
            prop_assert!(words.get(refusal.range.clone()).is_some(), "{:?}", refusal);
        }
    }
}

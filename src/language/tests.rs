//! That the language reads back what it prints, and survives whatever it is given.

use super::{DateOrder, KnownNames, Names, Trigger, built_in, parse};
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::source::{SourceId, Span};
use proptest::prelude::*;

fn names() -> Names {
    Names {
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
        obligations: vec![(
            ObligationId::new("follow_up_meeting"),
            "Follow-up meeting on SDR issues".to_owned(),
        )],
        agreements: vec![AgreementId::new("mou_2013")],
        date_order: DateOrder::MonthDayYear,
        near: None,
    }
}

fn span() -> Span {
    Span::new(SourceId(0), 0..0)
}

#[track_caller]
fn refused(words: &str) -> (&'static str, String, String) {
    let refusals = parse(words, span(), &names()).unwrap_err();
    let first = &refusals[0];
    (
        first.rule.code,
        words.get(first.range.clone()).unwrap().to_owned(),
        first.help.clone().unwrap_or_default(),
    )
}

#[test]
fn a_refusal_underlines_the_first_word_not_understood() {
    let cases = [
        (
            "30 days after implementaton",
            "unknown-event",
            "implementaton",
        ),
        (
            "within 3 flurbs of implementation",
            "phrase-not-understood",
            "flurbs",
        ),
        (
            "no later than thirty (60) days after signing",
            "words-and-digits-differ",
            "thirty (60)",
        ),
        ("by June 31, 2026", "no-such-date", "June 31, 2026"),
        ("on 2026-13-01", "no-such-date", "2026-13-01"),
        ("within 10 days", "nothing-to-count-from", "within 10 days"),
        (
            "60 days' notice",
            "nothing-to-count-from",
            "60 days' notice",
        ),
        (
            "from year to year",
            "renewal-in-a-phrase",
            "from year to year",
        ),
        (
            "by June 30, 2026 (July 1, 2026)",
            "contradictory-limits",
            "(July 1, 2026)",
        ),
    ];
    for (words, code, underlined) in cases {
        let (found, at, _) = refused(words);
        assert_eq!((found, at.as_str()), (code, underlined), "{words}");
    }
}

#[test]
fn a_near_miss_is_underlined_and_what_was_meant_is_offered() {
    let cases = [
        (
            "30 days after implementaton",
            "implementaton",
            "implementation",
        ),
        ("30 dyas after implementation", "dyas", "days"),
        ("30 days affter implementation", "affter", "after"),
        ("witin 30 days of implementation", "witin", "within"),
        (
            "no later then 30 days after signing",
            "no later then",
            "no later than",
        ),
        (
            "no latter than 30 days after signing",
            "no latter than",
            "no later than",
        ),
        (
            "not later 30 days after signing",
            "not later",
            "no later than",
        ),
        ("90 days prior expiration", "prior", "prior to"),
        (
            "at least 90 days before expration",
            "expration",
            "expiration",
        ),
        ("10 bussiness days after signing", "bussiness", "business"),
        ("quaterly", "quaterly", "quarterly"),
        ("the second Teusday of each month", "Teusday", "Tuesday"),
        ("by the end of Janury 2026", "Janury", "January"),
        ("as soon as posible", "posible", "possible"),
        (
            "90 days before expiration of mou_2103",
            "mou_2103",
            "mou_2013",
        ),
        (
            "90 days before expiration of mou_2103 unless extended",
            "mou_2103",
            "mou_2013",
        ),
        (
            "30 days after folow_up_meeting",
            "folow_up_meeting",
            "follow_up_meeting",
        ),
    ];
    for (words, underlined, meant) in cases {
        let (_, at, help) = refused(words);
        assert_eq!(at, underlined, "{words}");
        let offered = format!("did you mean `{meant}`?");
        assert!(help.starts_with(&offered), "{words}: {help}");
    }
}

#[test]
fn one_wrong_date_is_refused_once() {
    for words in [
        "from February 30, 2026 through March 3, 2026",
        "the earlier of February 30, 2026 and signing",
        "no later than February 30, 2026 and February 30, 2026",
        "by the 31st of June 2026",
    ] {
        let refusals = parse(words, span(), &names()).unwrap_err();
        let mut codes: Vec<_> = refusals
            .iter()
            .map(|refusal| (refusal.range.start, refusal.rule.code))
            .collect();
        codes.dedup();
        assert_eq!(codes.len(), refusals.len(), "{words}: {refusals:?}");
        assert!(
            codes.iter().all(|(_, code)| *code == "no-such-date"),
            "{words}"
        );
    }
}

#[test]
fn may_is_the_month_unless_a_verb_follows() {
    let reading = |words: &str| parse(words, span(), &names()).unwrap().tree.to_string();
    assert_eq!(reading("May 2, 2014"), reading("2014-05-02"));
    assert_eq!(reading("May 2014"), reading("in the month of May 2014"));
    assert_eq!(
        reading("may be no later than May 2, 2014"),
        reading("no later than 2014-05-02")
    );
}

#[test]
fn an_event_is_found_by_id_title_and_other_words() {
    let event = |id: &str| Trigger::event(EventId::new(id));
    let cases = [
        ("implementation", event("implementation")),
        (
            "the implementation of SDR phase II",
            event("implementation"),
        ),
        ("the date of receipt of the grievance", event("grievance")),
        ("the date of execution", event("signing")),
        ("this letter being signed", event("signing")),
        ("the effective date of this MOU", event("effective")),
        ("the end of this agreement", event("expiration")),
        ("the termination date", event("expiration")),
        (
            "the ratification of this agreement by both parties",
            event("ratification"),
        ),
        (
            "the follow-up meeting on SDR issues",
            Trigger::Obligation(ObligationId::new("follow_up_meeting")),
        ),
        (
            "expiration of mou_2013",
            Trigger::Event {
                agreement: Some(AgreementId::new("mou_2013")),
                event: EventId::new("expiration"),
            },
        ),
    ];
    for (words, trigger) in cases {
        let phrase = parse(&format!("30 days after {words}"), span(), &names()).unwrap();
        assert_eq!(phrase.tree.triggers(), [trigger], "{words}");
    }
    assert_eq!(built_in("date of execution"), Some(EventId::new("signing")));
    assert_eq!(built_in("receipt"), None);
}

#[test]
fn a_phrase_has_a_named_longest_length() {
    let (code, _, help) = refused(&"and ".repeat(400));
    assert_eq!(code, "phrase-not-understood");
    assert_eq!(help, "write the time words alone");
}

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

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

fn length() -> impl Strategy<Value = String> {
    one_of(&[
        "30 days",
        "thirty (30) calendar days",
        "10 working days",
        "a month",
        "3 months",
        "1 year and 6 months",
        "a month and a half",
        "two weeks",
        "72 hours",
        "(24) twenty-four hours",
        "one hundred and twenty days",
        "7 clear days",
    ])
}

const DAYS: &[&str] = &[
    "July 1, 2026",
    "2026-07-01",
    "the 1st day of July 2026",
    "7/1/26",
    "July 1",
    "implementation",
    "the date of execution",
    "expiration of mou_2013",
    "receipt of the grievance",
    "follow_up_meeting",
    "the last day of the month in which implementation occurs",
    "the end of January 2027",
    "the first working day in January",
    "the Friday closest to October 15, 2026",
    "January 1 preceding expiration",
    "the first Monday after signing",
    "the end of the calendar quarter",
    "the first day of the month following signing",
];

fn day() -> impl Strategy<Value = String> {
    one_of(DAYS).prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            (
                length(),
                one_of(&["after", "before", "from"]),
                inner.clone()
            )
                .prop_map(|(length, way, day)| format!("{length} {way} {day}")),
            (one_of(&["earlier", "later"]), one_of(DAYS), inner)
                .prop_map(|(which, a, b)| format!("the {which} of {a} and {b}")),
        ]
    })
}

fn phrase() -> impl Strategy<Value = String> {
    let bound = || {
        one_of(&[
            "no later than",
            "within",
            "at least",
            "not more than",
            "no sooner than",
            "more than",
            "up to",
        ])
    };
    let limit = prop_oneof![
        (
            one_of(&[
                "on",
                "by",
                "before",
                "no later than",
                "no earlier than",
                "after",
                "through",
                "until"
            ]),
            day()
        )
            .prop_map(|(word, day)| format!("{word} {day}")),
        (
            bound(),
            length(),
            one_of(&["after", "before", "prior to", "following"]),
            day()
        )
            .prop_map(|(bound, length, way, day)| format!("{bound} {length} {way} {day}")),
        (length(), day()).prop_map(|(length, day)| format!("{length} beginning on {day}")),
        length().prop_map(|length| format!("for a period of {length}")),
        (day(), day()).prop_map(|(a, b)| format!("from {a} through {b}")),
        (length(), day()).prop_map(|(length, day)| format!("every {length} from {day}")),
        one_of(&[
            "quarterly",
            "twice a year",
            "each calendar quarter",
            "monthly on the second Tuesday",
            "every March 15",
            "the last Friday of each month",
            "annually by June 30",
            "in April and October of each year",
            "every other Friday",
            "between August 1 and August 31 of each even-numbered year",
            "on the 1st and 15th of each month",
            "early February 2000",
            "on or about March 1",
            "begin in April 2000",
            "12/9/99 & 1/13/00",
            "promptly",
            "as soon as possible after implementation",
            "between 120 and 90 days before expiration",
            "not less than 60 nor more than 90 days prior to June 30, 2008 or June 30 of any year thereafter",
        ]),
    ];
    (
        limit,
        one_of(&[
            "",
            "",
            ", unless extended by mutual agreement",
            " or as mutually agreed",
        ]),
    )
        .prop_map(|(limit, tail)| limit + &tail)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(words in "\\PC{0,120}") {
        let _ = parse(&words, span(), &names());
    }

    #[test]
    fn what_is_read_prints_in_a_form_that_reads_back(words in phrase()) {
        let phrase = parse(&words, span(), &names());
        // A window thrown together may open after it is due.
        let impossible = |refusals: &Vec<super::Refusal>| refusals[0].rule.code == "contradictory-limits";
        prop_assume!(!phrase.as_ref().is_err_and(impossible));
        prop_assert!(phrase.is_ok(), "`{}` is refused: {}", words, phrase.unwrap_err()[0].message);
        let tree = phrase.unwrap().tree;
        let printed = tree.to_string();
        let again = parse(&printed, span(), &names()).map(|again| again.tree);
        prop_assert_eq!(again.as_ref(), Ok(&tree), "`{}` prints `{}`", words, printed);
    }

    #[test]
    fn a_refusal_lies_inside_the_phrase(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        let words = words.join(" ");
        for refusal in parse(&words, span(), &names()).err().unwrap_or_default() {
            prop_assert!(words.get(refusal.range.clone()).is_some(), "{:?}", refusal);
        }
    }
}

/// Phrases as people get them wrong.
const MALFORMED: &str = include_str!("../../tests/data/malformed.txt");

/// What a help names in backticks that is no phrase: keys, files, words that go before something.
fn is_no_phrase(offered: &str) -> bool {
    const NAMES: [&str; 24] = [
        "when",
        "reading",
        "title",
        "clause",
        "docs/deadlines.md",
        "[events]",
        "[renewal]",
        "on",
        "from",
        "every",
        "through",
        "before",
        "no later than",
        "not before",
        "working days",
        "by the end of",
        "on or about",
        "every 2 weeks from",
        "each pay period",
        "whichever",
        "within",
        "signing",
        "0",
        "and",
    ];
    NAMES.contains(&offered) || offered.contains("...") || offered.contains('=')
}

#[test]
fn whatever_a_refusal_offers_can_be_written() {
    for words in MALFORMED.lines() {
        let Err(refusals) = parse(words, span(), &names()) else {
            continue;
        };
        for refusal in refusals {
            let help = refusal.help.unwrap_or_default();
            if help.contains("`[events]`") {
                continue;
            }
            for offered in help.split('`').skip(1).step_by(2) {
                if is_no_phrase(offered) {
                    continue;
                }
                // In the place of what was underlined it leads further; or it is a phrase by itself.
                let before = words.get(..refusal.range.start).unwrap_or_default();
                let after = words.get(refusal.range.end..).unwrap_or_default();
                let instead = format!("{before}{offered}{after}");
                let further = |refusals: Vec<super::Refusal>| {
                    refusals
                        .first()
                        .is_some_and(|next| next.range.start > refusal.range.start)
                };
                let leads = parse(offered, span(), &names()).is_ok()
                    || parse(&instead, span(), &names()).map_or_else(further, |_| true);
                assert!(leads, "`{words}`: {help}: `{offered}` is refused as well");
            }
        }
    }
}

#[test]
fn every_malformed_phrase_is_refused_inside_it_and_says_what_to_write() {
    for words in MALFORMED.lines() {
        for refusal in parse(words, span(), &names()).err().into_iter().flatten() {
            assert!(
                words
                    .get(refusal.range.clone())
                    .is_some_and(|said| !said.is_empty()),
                "`{words}`: {:?}",
                refusal.range
            );
            assert!(refusal.help.is_some(), "`{words}`: {}", refusal.message);
        }
    }
}

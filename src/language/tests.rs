//! That the language reads back what it prints, and survives whatever it is given.

use super::{DateOrder, Names, Trigger, built_in, parse};
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::source::{SourceId, Span};
use proptest::prelude::*;

fn names() -> Names {
    Names {
        events: vec![
            (
                EventId::new("implementation"),
                "Implementation of SDR Phase II".to_owned(),
            ),
            (EventId::new("grievance"), "Receipt of the grievance".to_owned()),
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
        words[first.range.clone()].to_owned(),
        first.help.clone().unwrap_or_default(),
    )
}

#[test]
fn a_refusal_underlines_the_first_word_not_understood() {
    let cases = [
        ("30 days after implementaton", "unknown-event", "implementaton"),
        ("within 3 flurbs of implementation", "phrase-not-understood", "flurbs"),
        ("no later than thirty (60) days after signing", "words-and-digits-differ", "thirty (60)"),
        ("by June 31, 2026", "no-such-date", "June 31, 2026"),
        ("on 2026-13-01", "no-such-date", "2026-13-01"),
        ("within 10 days", "nothing-to-count-from", "within 10 days"),
        ("60 days' notice", "nothing-to-count-from", "60 days' notice"),
        ("from year to year", "renewal-in-a-phrase", "from year to year"),
        ("by June 30, 2026 (July 1, 2026)", "contradictory-limits", "(July 1, 2026)"),
    ];
    for (words, code, underlined) in cases {
        let (found, at, _) = refused(words);
        assert_eq!((found, at.as_str()), (code, underlined), "{words}");
    }
}

#[test]
fn a_near_miss_is_offered() {
    let (_, _, help) = refused("30 days after implementaton");
    assert_eq!(help, "did you mean `implementation`?");
    let (_, _, help) = refused("30 dyas after implementation");
    assert_eq!(help, "did you mean `days`?");
}

#[test]
fn an_event_is_found_by_id_title_and_other_words() {
    let event = |id: &str| Trigger::event(EventId::new(id));
    let cases = [
        ("implementation", event("implementation")),
        ("the implementation of SDR phase II", event("implementation")),
        ("the date of receipt of the grievance", event("grievance")),
        ("the date of execution", event("signing")),
        ("this letter being signed", event("signing")),
        ("the effective date of this MOU", event("effective")),
        ("the end of this agreement", event("expiration")),
        ("the termination date", event("expiration")),
        ("the ratification of this agreement by both parties", event("ratification")),
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
    "the", "a", "no", "not", "later", "earlier", "than", "within", "by", "on", "or", "before", "after", "of", "from",
    "through", "until", "between", "and", "30", "thirty", "(30)", "first", "second", "last", "days", "day", "working",
    "months", "month", "year", "week", "implementation", "signing", "expiration", "follow_up_meeting", "July", "1", "2026",
    "July 1, 2026", "June 30", "12/9/99", "each", "every", "quarterly", "monthly", "whichever", "is", "at least", "notice",
    "beginning", "end", "February", "early", "for", "a period of", ",", ";", "-", "–", "(", ")", "as soon as possible",
    "unless agreed", "thereafter", "preceding", "Friday", "closest", "to", "in", "during", "excluding weekends", "calendar",
    "fiscal", "school", "pay period", "twice", "once", "with", "upon", "effective", "is missed", "odd-numbered", "\u{1f600}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(words in "\\PC{0,120}") {
        let _ = parse(&words, span(), &names());
    }

    #[test]
    fn what_is_read_prints_in_a_form_that_reads_back(words in prop::collection::vec(prop::sample::select(WORDS), 1..14)) {
        let words = words.join(" ");
        if let Ok(phrase) = parse(&words, span(), &names()) {
            let printed = phrase.tree.to_string();
            let again = parse(&printed, span(), &names());
            let again = again.map(|again| again.tree);
            prop_assert_eq!(again.as_ref(), Ok(&phrase.tree), "`{}` prints `{}`", words, printed);
        }
    }

    #[test]
    fn a_refusal_lies_inside_the_phrase(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        let words = words.join(" ");
        for refusal in parse(&words, span(), &names()).err().unwrap_or_default() {
            prop_assert!(words.get(refusal.range.clone()).is_some(), "{:?}", refusal);
        }
    }
}

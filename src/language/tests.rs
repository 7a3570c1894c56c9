//! That the language reads back what it prints, and survives whatever it is given.

mod any_bytes;
mod nothing_swallowed;
mod offers;
mod reading_back;
pub(crate) mod trees;
mod wordings;

use super::{DateOrder, KnownNames, Names, Trigger, built_in, parse};
use crate::ids::{AgreementId, EventId, ObligationId};
use crate::source::{SourceId, Span};

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
        repeating: Vec::new(),
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
fn an_agreement_may_be_called_letter() {
    let mut names = names();
    names.agreements.push(AgreementId::new("letter"));
    names.known = KnownNames::default();
    let says = |words: &str| parse(words, span(), &names).unwrap().tree.triggers();
    let expiration = |agreement: Option<&str>| {
        vec![Trigger::Event {
            agreement: agreement.map(AgreementId::new),
            event: EventId::new("expiration"),
        }]
    };
    assert_eq!(
        says("30 days after expiration of letter"),
        expiration(Some("letter"))
    );
    assert_eq!(
        says("30 days after the expiration of this letter"),
        expiration(None)
    );
}

#[test]
fn an_obligation_may_be_called_missed() {
    let mut names = names();
    names
        .obligations
        .push((ObligationId::new("missed"), "Missed days".to_owned()));
    names.known = KnownNames::default();
    let says = |words: &str| parse(words, span(), &names).unwrap().tree.triggers();
    assert_eq!(
        says("within 15 working days after a missed commitment"),
        vec![Trigger::AnyMissed]
    );
    assert_eq!(
        says("within 15 days after missed"),
        vec![Trigger::Obligation(ObligationId::new("missed"))]
    );
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

#[test]
fn words_of_time_are_not_set_aside_with_a_duty() {
    let slip = "effecti the date of signing by all Parties and will remain in effect for the duration of the current Agreement";
    let (_, place, _) = refused(slip);
    assert_eq!(place, "effecti");
}

#[test]
fn a_duty_that_is_set_aside_reads_back_in_its_brackets() {
    for words in [
        "the Union or the County shall respond within 10 days of implementation",
        "the Union shall, within 10 days of implementation, notify the County",
    ] {
        let phrase = parse(words, span(), &names()).unwrap();
        let printed = phrase.tree.to_string();
        let again = parse(&printed, span(), &names()).map(|again| again.tree);
        assert_eq!(
            again.as_ref(),
            Ok(&phrase.tree),
            "`{words}` prints `{printed}`"
        );
    }
}

//! What a refusal offers, on phrases as people get them wrong.

use super::super::parse;
use super::{names, span};

/// Phrases as people get them wrong.
const MALFORMED: &str = include_str!("../../../tests/data/malformed.txt");

/// What a help names in backticks that is no phrase: keys, files, words that go before something.
fn is_no_phrase(offered: &str) -> bool {
    const NAMES: [&str; 25] = [
        "when",
        "reading",
        "title",
        "clause",
        "docs/deadlines.md",
        "[events]",
        "[renewal]",
        "[obligations.counting]",
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
                let further = |refusals: Vec<super::super::Refusal>| {
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

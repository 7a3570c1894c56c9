//! That two limits joined by anything either both stand in the reading or are refused: no number is lost between them.

use super::{names, span};
use crate::ids::EventId;
use crate::language::{KnownNames, Names, Tree, parse};
use proptest::prelude::*;

/// Limits with a number of their own: `#` is a day of a month, `@` a length, `&` the end of a year.
const LIMITS: [&str; 48] = [
    "@ days after receipt",
    "within @ days after receipt",
    "no later than @ days before expiration",
    "at least @ days",
    "@ days",
    "at @ days after receipt",
    "for @ days",
    "for a period of @ days",
    "every @ days",
    "@ days' notice",
    "@ working days",
    "no later than @ days",
    "after @ days",
    "on the @th day after receipt",
    "by July #, 2026",
    "before July #, 2026",
    "July #",
    "on July #, 2026",
    "the #th of each month",
    "effective July #, 2026",
    "from July #, 2026",
    "through July #, 2027",
    "until July #, 2027",
    "beginning July #, 2026",
    "not before July #, 2026",
    "annually by July #",
    "each July #",
    "on or about July #, 2026",
    "quarterly on the #th",
    "every two years by July #",
    "the first Monday in July 20&",
    "FY 20&",
    "in July 20&",
    "July 20&",
    "the end of July 20&",
    "the first half of July 20&",
    "at @ days",
    "the next @ days",
    "an additional @ days",
    "within @ days thereafter",
    "every @ days thereafter",
    "once every @ days",
    "during the first @ days of employment",
    "upon @ days' notice",
    "up to @ days",
    "not to exceed @ days",
    "@ days or more after receipt",
    "the @th day of employment",
];

/// What may stand between them.
const JOINTS: [&str; 34] = [
    " and ",
    " or ",
    ", ",
    ", and ",
    " but ",
    ", but ",
    ", but in no event ",
    "; ",
    " and at ",
    " and for ",
    " and again ",
    " then ",
    ", and ",
    ", or if later, ",
    ", provided that it is ",
    " as well as ",
    " plus ",
    " to ",
    " through ",
    " (",
    " (or ",
    " (but ",
    " except ",
    " including ",
    " excluding ",
    " unless ",
    " if ",
    " by ",
    " before ",
    " after ",
    " within ",
    " beginning ",
    " until ",
    " ",
];

/// The limit with the first numbers, or with the second ones; and the number that it has.
fn filled(limit: &str, second: usize) -> (String, String) {
    for (sign, numbers) in [
        ('@', ["41", "74"]),
        ('#', ["11", "24"]),
        ('&', ["31", "33"]),
    ] {
        if limit.contains(sign) {
            return (
                limit.replace(sign, numbers[second]),
                numbers[second].to_owned(),
            );
        }
    }
    panic!("`{limit}` has no number");
}

fn declared() -> Names {
    let mut names = names();
    for event in ["receipt", "employment"] {
        names.events.push((EventId::new(event), event.to_owned()));
    }
    names.known = KnownNames::default();
    names
}

/// The limit without what stands beside it: a bracket that is kept there is not read.
fn alone(tree: &Tree) -> Tree {
    Tree {
        limit: tree.limit.clone(),
        asides: Vec::new(),
        condition: None,
    }
}

/// Which numbers of an accepted phrase its reading does not show.
fn lost(first: &str, joint: &str, second: &str) -> Option<(String, String)> {
    let ((first, a), (second, b)) = (filled(first, 0), filled(second, 1));
    let close = if joint.contains('(') { ")" } else { "" };
    let words = format!("{first}{joint}{second}{close}");
    let phrase = parse(&words, span(), &declared()).ok()?;
    let told = phrase.remarks.iter().map(|remark| remark.message.clone());
    // A day in a bracket is compared with the one that the rest comes to.
    let compared = phrase.bracketed.iter().map(|(words, _)| words.clone());
    // So is a length with the end beside it.
    let lengths = phrase
        .said_twice
        .iter()
        .map(|(length, _)| length.to_string());
    let beside = told
        .chain(compared)
        .chain(lengths)
        .chain(phrase.tree.condition.clone());
    let said = format!("{} {}", alone(&phrase.tree), beside.collect::<String>());
    let shown = |number: &str| said.contains(number);
    (!shown(&a) || !shown(&b)).then_some((words, said))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn no_number_is_lost_between_two_limits(
        first in prop::sample::select(&LIMITS[..]),
        joint in prop::sample::select(&JOINTS[..]),
        second in prop::sample::select(&LIMITS[..]),
    ) {
        prop_assert_eq!(lost(first, joint, second), None);
    }
}

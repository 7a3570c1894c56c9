//! Phrases put together from the language's own wordings, and the same phrases as another hand would write them.

use proptest::prelude::*;

/// Phrases that are read.
pub(super) fn phrase() -> impl Strategy<Value = String> {
    template().prop_map(|template| plainly(&template))
}

/// The same phrase twice: plainly, and with its numbers in words, articles, brackets, other white space and other letter case.
pub(super) fn phrase_by_two_hands() -> impl Strategy<Value = (String, String)> {
    (template(), prop::collection::vec(any::<u8>(), 1..40))
        .prop_map(|(template, hand)| (plainly(&template), otherwise(&template, &hand)))
}

fn plainly(template: &str) -> String {
    template.replace(['#', '~'], "")
}

/// As another hand would write it; `choices` decide, over and over.
fn otherwise(template: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut choose = |many: u8| choices.next().unwrap_or_default() % many;
    let mut words = String::new();
    for (at, piece) in template.split('#').enumerate() {
        if at % 2 == 0 {
            words.push_str(piece);
            continue;
        }
        let number = in_words(piece.parse().unwrap());
        let written = match choose(5) {
            0 => piece.to_owned(),
            1 => number,
            2 => format!("{number} ({piece})"),
            3 => format!("({piece}) {number}"),
            _ => format!("{number} [{piece}]"),
        };
        words.push_str(&written);
    }
    let mut noisy = String::new();
    let case = choose(3);
    for c in words.chars() {
        match c {
            '~' => {
                noisy.push_str(["", "", "(as defined above) ", "[sic] "][usize::from(choose(4))]);
            }
            ' ' => noisy.push_str([" ", "  ", "\t", "\n", " \u{a0}"][usize::from(choose(5))]),
            c if case == 0 => noisy.extend(c.to_uppercase()),
            c if case == 1 && choose(2) == 0 => noisy.extend(c.to_uppercase()),
            c => noisy.push(c),
        }
    }
    noisy
}

/// A number below 1,000, in words.
fn in_words(number: usize) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    match number {
        0..=19 => SMALL[number].to_owned(),
        20..=99 if number.is_multiple_of(10) => TENS[number / 10].to_owned(),
        20..=99 => format!("{}-{}", TENS[number / 10], SMALL[number % 10]),
        _ if number.is_multiple_of(100) => format!("{} hundred", SMALL[number / 100]),
        _ => format!(
            "{} hundred and {}",
            SMALL[number / 100],
            in_words(number % 100)
        ),
    }
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

fn length() -> impl Strategy<Value = String> {
    one_of(&[
        "#30# days",
        "#30# calendar days",
        "#10# working days",
        "a month",
        "#3# months",
        "#1# year and #6# months",
        "a month and a half",
        "#2# weeks",
        "#72# hours",
        "#24# hours",
        "#120# days",
        "#365# days",
        "#7# clear days",
    ])
}

const DAYS: &[&str] = &[
    "~July 1, 2026",
    "~2026-07-01",
    "~the 1st day of July 2026",
    "~7/1/26",
    "~July 1",
    "~implementation",
    "~the date of execution",
    "~expiration of mou_2013",
    "~receipt of the grievance",
    "~follow_up_meeting",
    "~the last day of the month in which implementation occurs",
    "~the end of January 2027",
    "~the first working day in January",
    "~the Friday closest to October 15, 2026",
    "~January 1 preceding expiration",
    "~the first Monday after signing",
    "~the end of the calendar quarter",
    "~the first day of the month following signing",
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

/// Phrases as templates: `#30#` is a number, `~` a place where articles and brackets may stand.
pub(super) fn template() -> impl Strategy<Value = String> {
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
            "between #120# and #90# days before expiration",
            "not less than #60# nor more than #90# days prior to June 30, 2008 or June 30 of any year thereafter",
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

//! What the presets make of limits, named days, windows and series: the nominal day, the due day and the day of grace.

use super::draw::Draw;
use super::{Ask, ask, ask_for, counting, direction, in_words};
use chrono::{Months, NaiveDate};
use serde_json::json;
use sideletter::counting::Counting;
use sideletter::deadline::Dates;

/// California's lists.
pub(super) const CALIFORNIAN: [&str; 3] = ["us_ca_state", "us_ca_courts", "us_ca_state_employees"];

const PRESETS: [&str; 8] = [
    "plain",
    "california_contract",
    "california_statute",
    "california_perb",
    "us_federal",
    "us_nlrb",
    "eu",
    "canada",
];

/// Calendars besides those of the preset, as we and as they call them.
const ALSO: [(&[&str], &[&str]); 6] = [
    (&[], &[]),
    (&["weekends"], &["weekends"]),
    (&["weekends", "us_federal"], &["weekends", "federal"]),
    (&["us_ca_courts"], &["us_ca_courts"]),
    (&["us_ca_state"], &["us_ca_state"]),
    (
        &["weekends", "us_ca_state_employees"],
        &["weekends", "us_ca_state_employees"],
    ),
];

struct Drawn {
    preset: &'static str,
    also: &'static [&'static str],
    counting: Counting,
    /// Years that all lists were checked for.
    from: NaiveDate,
}

fn drawn(draw: &mut Draw) -> Drawn {
    let preset = draw.one_of(&PRESETS);
    let (days_off, also) = draw.one_of(&ALSO);
    Drawn {
        preset,
        also,
        counting: counting(preset, "", days_off),
        from: draw.day(2004, 2026),
    }
}

fn told(dates: &Dates) -> String {
    let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
    format!(
        "{} {} {}",
        day(dates.nominal),
        day(dates.due),
        day(dates.grace)
    )
}

/// A length of one unit or of two.
fn parts(draw: &mut Draw) -> Vec<(u32, &'static str)> {
    match draw.number(0, 6) {
        0 => vec![(draw.number(1, 10), "days")],
        1 => vec![(draw.number(1, 200), "days")],
        2 => vec![(draw.number(1, 20), "weeks")],
        3 => vec![(6, "months")],
        4 => vec![(draw.number(1, 24), "months")],
        5 => vec![(draw.number(1, 3), "years")],
        _ => vec![(draw.number(1, 11), "months"), (draw.number(1, 40), "days")],
    }
}

pub(super) fn limit(draw: &mut Draw) -> Ask {
    let drawn = drawn(draw);
    let (way, step) = direction(draw);
    let bounds: &[_] = if step > 0 {
        &[("within", "limit"), ("no later than", "limit")]
    } else {
        &[("no later than", "limit"), ("at least", "minimum")]
    };
    let (mut words, mut bound) = draw.one_of(bounds);
    let can_step = drawn
        .counting
        .can_count(sideletter::counting::DayKind::Working);
    let (parts, length) = match draw.number(0, 5) {
        0 if can_step.is_ok() => {
            let number = draw.number(1, 90);
            let length = in_words(&[(number, "working days")]);
            (vec![(number, "open")], length)
        }
        1 => {
            (words, bound) = ("", "clear");
            let number = draw.number(2, 60);
            (vec![(number, "days")], format!("{number} clear days"))
        }
        _ => {
            let parts = parts(draw);
            let length = in_words(&parts);
            (parts, length)
        }
    };
    ask_for(
        format!("{words} {length} {way} the event").trim(),
        drawn.from,
        drawn.from,
        &drawn.counting,
        json!({"ask": "limit", "preset": drawn.preset, "also": drawn.also, "parts": parts, "step": step, "bound": bound}),
        &told,
    )
}

pub(super) fn named(draw: &mut Draw) -> Ask {
    let drawn = drawn(draw);
    let bound = draw.one_of(&["by", "on or before", "no later than"]);
    ask_for(
        &format!("{bound} {}", drawn.from.format("%B %-d, %Y")),
        drawn.from,
        drawn.from,
        &drawn.counting,
        json!({"ask": "named", "preset": drawn.preset, "also": drawn.also}),
        &told,
    )
}

pub(super) fn window(draw: &mut Draw) -> Ask {
    let drawn = drawn(draw);
    let last = draw.number(7, 90);
    let first = last + draw.number(1, 60);
    ask(
        &format!("between {first} and {last} days before the event"),
        drawn.from,
        drawn.from,
        &drawn.counting,
        json!({"ask": "window", "preset": drawn.preset, "also": drawn.also, "opens": [(first, "days")], "parts": [(last, "days")]}),
    )
}

pub(super) fn named_series(draw: &mut Draw) -> Ask {
    let drawn = drawn(draw);
    let months = draw.number(2, 6);
    let times = draw.number(2, 6);
    let last = drawn.from + Months::new(months * (times - 1));
    ask(
        &format!("every {months} months from the event"),
        drawn.from,
        last,
        &drawn.counting,
        json!({"ask": "named_series", "preset": drawn.preset, "also": drawn.also, "months": months, "times": times}),
    )
}

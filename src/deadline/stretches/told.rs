//! A stretch in a step: which days its words name, and by whose reading.

use super::FoundStretch;
use crate::counting::{Step, THE_WORDS};
use crate::language::{Part, Stretch};
use crate::words;

/// What UCP 600 says of `early`, `mid`, `late`, the halves of a month, and `on or about`.
const UCP: &str = "UCP 600, article 3";

/// The step that says from which day to which a stretch runs.
pub(super) fn step(span: &Stretch, found: &FoundStretch) -> Step {
    let days = format!(
        "{} to {}",
        words::weekday_and_day(found.first),
        words::weekday_and_day(found.last)
    );
    let name = crate::language::print_stretch(span);
    let (text, source) = match span {
        Stretch::About(_) => (format!("{name} is five days either side: {days}"), UCP),
        Stretch::Month {
            part: Part::Whole, ..
        } => (format!("{name}: {days}"), THE_WORDS),
        Stretch::Month { .. } => (format!("{name}: {days}"), UCP),
        _ => (format!("{name}: {days}"), THE_WORDS),
    };
    Step {
        text,
        date: Some(found.last),
        source: source.to_owned(),
    }
}

/// Whether everybody knows the days of a stretch by its name.
pub(super) fn goes_without_saying(span: &Stretch) -> bool {
    matches!(
        span,
        Stretch::Month {
            part: Part::Whole,
            year: Some(_),
            ..
        }
    )
}

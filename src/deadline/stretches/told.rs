//! A stretch in a step: which days its words name, and by whose reading.

use super::FoundStretch;
use crate::counting::{Step, the_words};
use crate::language::{Part, Stretch};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;

/// What UCP 600 says of `early`, `mid`, `late`, the halves of a month, and `on or about`.
const UCP: &str = "UCP 600, article 3";

/// The step that says from which day to which a stretch runs.
pub(super) fn step(span: &Stretch, found: &FoundStretch) -> Step {
    let (first, last) = (found.first, found.last);
    let span_read = span.clone();
    let text = Sentence::when_read(move |language| {
        let name = crate::language::print_stretch(&span_read);
        let days = match language {
            English => format!(
                "{} to {}",
                language.weekday_and_day(first),
                language.weekday_and_day(last)
            ),
            Spanish => language.weekdays_and_days(first, last),
        };
        match (&span_read, language) {
            (Stretch::About(_), English) => format!("{name} is five days either side: {days}"),
            (Stretch::About(_), Spanish) => {
                format!("“{name}” abarca cinco días antes y cinco después: {days}")
            }
            (_, English) => format!("{name}: {days}"),
            (_, Spanish) => format!("“{name}”: {days}"),
        }
    });
    let is_read_by_ucp = match span {
        Stretch::About(_) => true,
        Stretch::Month { part, .. } => *part != Part::Whole,
        _ => false,
    };
    Step {
        text,
        date: Some(found.last),
        source: if is_read_by_ucp {
            Sentence::verbatim(UCP)
        } else {
            the_words()
        },
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

//! How the end of a period is counted.

use super::super::acts::Act;
use super::{Periods, step};
use crate::counting::rules::TriggerDay;
use crate::counting::{Bound, Counted, Direction, Length, Step, Unit};
use crate::deadline::{self, OtherReading};
use crate::language::{Edge, Limit, Point, Tree};
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

/// A period's end, and how it was reached.
pub(super) struct Reached {
    pub(super) end: NaiveDate,
    pub(super) steps: Vec<Step>,
    pub(super) other_readings: Vec<OtherReading>,
}

impl<'a> Periods<'a> {
    /// How that end is counted, with the steps of the count alone.
    pub(super) fn count(&self, number: u32) -> Option<Reached> {
        let stretch = self.stretch(number)?;
        let so_many = number - stretch.first;
        if so_many == 0 {
            return Some(Reached {
                end: stretch.end,
                steps: stretch.agreed.iter().map(agreed_to).collect(),
                other_readings: Vec::new(),
            });
        }
        let length = self.length()?;
        let words = self.of.words.filter(|_| stretch.agreed.is_none());
        let longer = words.and_then(|words| lengthened(words, length, so_many));
        match longer {
            Some(tree) => self.count_on(&tree),
            None => self.count_from(stretch.end, &times(length, so_many)?),
        }
    }

    /// The same, and which renewal it is.
    pub(super) fn reach(&self, number: u32) -> Option<Reached> {
        let mut reached = self.count(number)?;
        let stretch = self.stretch(number)?;
        let so_many = number - stretch.first;
        if let Some(length) = self.length().filter(|_| so_many > 0) {
            let is_first = stretch.agreed.is_none();
            let is_automatic = self.is_automatic();
            let source = Sentence::when_read(move |language| {
                match (is_automatic, language) {
                    (true, English) => "it renews itself unless notice is given",
                    (true, Spanish) => "se renueva automáticamente salvo que se dé aviso",
                    (false, English) => "the record says that it was renewed",
                    (false, Spanish) => "el registro indica que se renovó",
                }
                .to_owned()
            });
            let (end, length) = (stretch.end, length.clone());
            let text = Sentence::when_read(move |language| {
                let end = language.day(end);
                let from = match (is_first, language) {
                    (true, English) => format!("the first term ends on {end}"),
                    (true, Spanish) => format!("el primer período termina el {end}"),
                    (false, English) => format!("it was renewed through {end}"),
                    (false, Spanish) => format!("se renovó hasta el {end} inclusive"),
                };
                let which = language.ordinal_feminine(so_many);
                let length = length.in_words(language);
                match language {
                    English => {
                        format!("{from}; each renewal is {length}, and this is the {which}")
                    }
                    Spanish => {
                        format!("{from}; cada renovación es de {length}, y esta es la {which}")
                    }
                }
            });
            reached.steps.insert(0, step(text, source));
        }
        Some(reached)
    }

    /// The length of a renewal.
    pub(super) fn length(&self) -> Option<&'a Length> {
        self.of.renewal?.length.as_ref()?.tree.bare_length()
    }

    /// The words of the first term, with so much more in them.
    fn count_on(&self, tree: &Tree) -> Option<Reached> {
        let question = deadline::Question {
            facts: self.of.facts,
            counting: &self.of.counting.of_lengths_put_together(),
            from: self.of.end,
            until: self.of.end,
            first: None,
            ending: deadline::Ending::Stays,
        };
        let dates = deadline::evaluate(tree, &question)
            .dates
            .into_iter()
            .next()?;
        Some(Reached {
            end: dates.nominal?,
            steps: dates.steps,
            other_readings: dates.other_readings,
        })
    }

    /// So much after an end that was named.
    fn count_from(&self, end: NaiveDate, length: &Length) -> Option<Reached> {
        let counting = self.of.counting.of_lengths_put_together();
        let day_after = || counting.count_including_first(end.succ_opt()?, length).ok();
        let Counted { nominal, steps, .. } = match counting.rules.trigger_day {
            TriggerDay::Excluded => counting
                .count(end, length, Direction::Forward, Bound::Limit)
                .ok()?,
            // What counts its first day counts that of the renewal.
            TriggerDay::Counted => day_after()?,
        };
        let mut other_readings = Vec::new();
        if let Some(whole) = day_after().filter(|whole| whole.nominal != nominal) {
            other_readings.push(OtherReading {
                text: Sentence::written(&["counted in whole months from the day after the end; not taken, because a month's last day does not stay the last", "contado en meses enteros desde el día siguiente al fin; no se adopta, porque el último día de un mes no sigue siendo el último"]),
                date: Some(whole.nominal),
                source: Sentence::written(&["BGB 187(2) and 188(2), for a period that begins with a day", "BGB 187(2) y 188(2), para un período que empieza con un día"]),
                is_claimed: false,
                claimed_by: Vec::new(),
            });
        }
        Some(Reached {
            end: nominal,
            steps,
            other_readings,
        })
    }
}

fn agreed_to(act: &Act) -> Step {
    let (kind, to) = (act.kind, act.to);
    let text = Sentence::when_read(move |language| {
        let to = to.map(|to| language.weekday_and_day(to));
        let to = to.unwrap_or_default();
        match (kind, language) {
            (EntryKind::Moved, English) => format!("moved to {to}"),
            (EntryKind::Moved, Spanish) => format!("trasladado al {to}"),
            (_, English) => format!("renewed through {to}"),
            (_, Spanish) => format!("renovado hasta el {to} inclusive"),
        }
    });
    Step {
        date: act.to,
        ..step(text, act.source.clone())
    }
}

/// So many times a length.
fn times(length: &Length, number: u32) -> Option<Length> {
    let parts = length
        .0
        .iter()
        .map(|(part, unit)| Some((part.checked_mul(number)?, *unit)));
    parts.collect::<Option<_>>().map(Length)
}

/// The words of a term with so many renewals in their length; `None` where the two are not counted in the same way, as
/// months and days are not: then a renewal is counted from the first end.
fn lengthened(tree: &Tree, renewal: &Length, number: u32) -> Option<Tree> {
    let mut tree = tree.clone();
    let Limit::Window {
        due:
            Some(Edge::On(Point::Offset {
                length,
                direction: Direction::Forward,
                ..
            })),
        ..
    } = &mut tree.limit
    else {
        return None;
    };
    if !in_months(length) || !in_months(renewal) {
        return None;
    }
    for (more, unit) in times(renewal, number)?.0 {
        match length.0.iter_mut().find(|(_, of)| *of == unit) {
            Some((part, _)) => *part = part.checked_add(more)?,
            None => length.0.push((more, unit)),
        }
    }
    Some(tree)
}

fn in_months(length: &Length) -> bool {
    length
        .0
        .iter()
        .all(|(_, unit)| matches!(unit, Unit::Month | Unit::Quarter | Unit::Year))
}

//! What is limited anew by each day of another series, or in each year.

use super::{MOST, Start};
use crate::counting::Act;
use crate::deadline::Dates;
use crate::deadline::found::{Context, Missing};
use crate::deadline::limits::Evaluation;
use crate::deadline::periods::add_days;
use crate::language::{Limit, Point, Recurrence, Stretch, Years};
use crate::words::Sentence;
use chrono::{Datelike, NaiveDate};

/// How far past the days asked about another series is worked out, for what is counted back from it, in days.
const LONGEST_BEFORE: i64 = 1100;

impl Evaluation<'_> {
    /// What is counted from each day of another series; a day that lies before the series begins is none of it.
    pub(super) fn around(
        &mut self,
        start: &Start,
        until: NaiveDate,
        each: &[Limit],
        of: &Recurrence,
    ) -> Result<Vec<Dates>, Missing> {
        // What is counted back from a day is due before it.
        let ahead = add_days(until, LONGEST_BEFORE).unwrap_or(until);
        let mut all = Vec::new();
        let mut missing = None;
        let of_a_period = each.iter().any(speaks_of_its_period);
        for occasion in self.series_up_to(of, ahead)? {
            let Some(day) = occasion.nominal.or(occasion.opens) else {
                continue;
            };
            let context = Context {
                occasion: Some(day),
                ..Context::default()
            };
            for limit in each {
                let found = self.limit(limit, context, Act::Occurrence);
                // What lies before the first that is listed may be long past.
                let asked = day <= until && !all.is_empty();
                for mut dates in where_listed(found, asked, &mut missing)? {
                    let reached = dates.nominal.or(dates.opens);
                    if reached.is_some_and(|day| day >= start.day && day <= until) {
                        start.holds_back(&mut dates);
                        let counted = std::mem::take(&mut dates.steps);
                        // Where the period itself is meant, its last day is only what it is found by.
                        let known = if of_a_period {
                            &start.steps
                        } else {
                            &occasion.steps
                        };
                        dates.steps.clone_from(known);
                        dates.steps.extend(counted);
                        dates.projected |= occasion.projected;
                        all.push(dates);
                    }
                }
            }
        }
        self.in_order(all, missing)
    }

    /// What is said of a year, in each year: those after the anchor.
    pub(super) fn yearly(
        &mut self,
        start: &Start,
        until: NaiveDate,
        each: &[Limit],
        years: Years,
    ) -> Result<Vec<Dates>, Missing> {
        let from = match years {
            Years::From(year) => year,
            _ => start.day.year() - 1,
        };
        let to = (until.year().saturating_add(2)).min(from.saturating_add(400));
        let mut all = Vec::new();
        let mut missing = None;
        for year in from..=to {
            let counts = match years {
                Years::Odd => year % 2 != 0,
                Years::Even => year % 2 == 0,
                Years::All | Years::From(_) => true,
            };
            if !counts {
                continue;
            }
            let context = Context {
                year: Some(year),
                ..Context::default()
            };
            let asked = (start.day.year()..until.year()).contains(&year);
            for limit in each {
                let found = self.limit(limit, context, Act::Occurrence);
                for mut dates in where_listed(found, asked, &mut missing)? {
                    let Some(day) = dates.nominal.or(dates.opens) else {
                        continue;
                    };
                    let follows = matches!(years, Years::From(_))
                        || day > start.day
                        || (start.including && day == start.day);
                    if follows && day <= until {
                        if !matches!(years, Years::From(_)) {
                            start.holds_back(&mut dates);
                        }
                        dates.projected |= start.projected;
                        dates.steps.splice(0..0, start.steps.iter().cloned());
                        all.push(dates);
                    }
                }
            }
        }
        self.in_order(all, missing)
    }

    /// The dates of a series by their days; where an office's calendar lists none of them, that is said instead.
    fn in_order(
        &mut self,
        mut all: Vec<Dates>,
        missing: Option<(Sentence, bool)>,
    ) -> Result<Vec<Dates>, Missing> {
        match missing {
            Some((text, _)) if all.is_empty() => return Err(Missing::NotListed(text)),
            Some((text, true)) => self.warn(text),
            _ => {}
        }
        all.sort_by_key(|dates| dates.nominal.or(dates.opens));
        all.truncate(MOST);
        Ok(all)
    }
}

/// Whether a limit speaks of the period that holds the day of another series, and not of the day.
fn speaks_of_its_period(limit: &Limit) -> bool {
    let mut found = false;
    limit.visit_spans(&mut |span| {
        found |= matches!(
            span,
            Stretch::Holding {
                shift: 0,
                of: Point::Occasion,
                ..
            }
        );
    });
    found
}

/// The dates that were found; what an office's calendar does not list is kept as `missing`, with whether it was asked about.
fn where_listed(
    found: Result<Vec<Dates>, Missing>,
    asked: bool,
    missing: &mut Option<(Sentence, bool)>,
) -> Result<Vec<Dates>, Missing> {
    match found {
        Err(Missing::NotListed(text)) => {
            let known = missing.take().filter(|(_, told)| *told);
            *missing = known.or(Some((text, asked)));
            Ok(Vec::new())
        }
        found => found,
    }
}

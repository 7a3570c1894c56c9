//! A limit to its dates: first days, last days, rolls.

use super::found::{Context, Found, Missing};
use super::{Answer, Dates, Ending, Kind, Question};
use crate::counting::{Act, Direction, Step, TurnedOn, the_words};
use crate::language::{Edge, Limit, Point, Sort, Trigger};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use std::collections::BTreeSet;

/// One question being answered.
pub(super) struct Evaluation<'a> {
    pub(super) question: &'a Question<'a>,
    waiting_on: Vec<Trigger>,
    warnings: Vec<Sentence>,
    contradictions: Vec<Sentence>,
    /// The rules of counting that a result turned on.
    turned_on: BTreeSet<TurnedOn>,
    /// How many open days were counted.
    pub(super) open_days: u64,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(question: &'a Question<'a>) -> Self {
        Self {
            question,
            waiting_on: Vec::new(),
            warnings: Vec::new(),
            contradictions: Vec::new(),
            turned_on: BTreeSet::new(),
            open_days: 0,
        }
    }

    pub(super) fn answer(mut self, limit: &Limit) -> (Answer, BTreeSet<TurnedOn>) {
        let mut not_listed = None;
        let dates = match self.limit(limit, Context::default(), Act::Act) {
            Ok(dates) => dates,
            Err(Missing::Waiting) => Vec::new(),
            Err(Missing::Fault(text)) => {
                self.warn(text);
                Vec::new()
            }
            Err(Missing::NotListed(text)) => {
                self.warn(text.clone());
                not_listed = Some(text);
                Vec::new()
            }
        };
        for day in dates.iter().filter_map(|d| d.grace.or(d.due).or(d.opens)) {
            if let Some(text) = self.question.counting.provisional(day)
                && (self.warnings.is_empty() || !self.warnings.contains(&text))
                && self.warnings.len() < 8
            {
                self.warnings.push(text);
            }
        }
        let kind = if dates.is_empty() && !self.waiting_on.is_empty() {
            Kind::Waiting
        } else {
            kind(limit)
        };
        let answer = Answer {
            kind,
            dates,
            waiting_on: self.waiting_on,
            warnings: self.warnings,
            contradictions: self.contradictions,
            not_listed,
        };
        (answer, self.turned_on)
    }

    pub(super) fn turns_on(&mut self, rules: &[TurnedOn]) {
        self.turned_on.extend(rules);
    }

    pub(super) fn wait(&mut self, trigger: &Trigger) {
        if !self.waiting_on.contains(trigger) {
            self.waiting_on.push(trigger.clone());
        }
    }

    /// What was waited for was not needed after all.
    pub(super) fn forget_waiting(&mut self) {
        self.waiting_on.clear();
    }

    pub(super) fn warn(&mut self, text: Sentence) {
        if !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// The dates of a limit; `act` is what it is where it is no day certain.
    pub(super) fn limit(
        &mut self,
        limit: &Limit,
        context: Context,
        act: Act,
    ) -> Result<Vec<Dates>, Missing> {
        match limit {
            Limit::On(point) => {
                let found = self.point(point, context)?;
                let rolls = !found.event;
                Ok(vec![self.last_day(
                    None,
                    Some(found),
                    Sort::Act,
                    act,
                    rolls,
                )])
            }
            Limit::Window { opens, due, sort } => {
                let edges = [opens, due];
                let opens = match opens {
                    Some(edge) => Some(self.edge(edge, context, End::First)?),
                    None => None,
                };
                let context = Context {
                    after: opens.as_ref().map(|found| found.day),
                    ..context
                };
                let due = match due {
                    Some(edge) => Some(self.edge(
                        edge,
                        Context {
                            year: yearly(edge, context),
                            ..context
                        },
                        End::Last,
                    )?),
                    None => None,
                };
                if let (Some(opens), Some(due)) = (&opens, &due)
                    && opens.day > due.day
                {
                    let said = Sentence::in_each(|language| {
                        let (opens, due) = (language.day(opens.day), language.day(due.day));
                        match language {
                            English => format!(
                                "the limits cannot both be kept: it opens on {opens} and is due on {due}"
                            ),
                            Spanish => format!(
                                "los dos límites no pueden respetarse a la vez: se abre el {opens} y vence el {due}"
                            ),
                        }
                    });
                    // What is only expected may still come on another day, and what came as it did is no slip of the words.
                    let mut points = edges.into_iter().flatten().map(Edge::point);
                    if opens.projected
                        || due.projected
                        || points.any(|point| self.hangs_on_the_record(point))
                    {
                        self.warn(said);
                    } else if !self.contradictions.contains(&said) {
                        self.contradictions.push(said);
                    }
                }
                let rolls = *sort != Sort::Term;
                Ok(vec![self.last_day(opens, due, *sort, act, rolls)])
            }
            Limit::During { span, sort } => {
                let stretch = self.stretch(span, context)?.told_as_window(span);
                let last = Found {
                    steps: stretch.steps,
                    projected: stretch.projected,
                    ..Found::certain(stretch.last)
                };
                let opens = Found::certain(stretch.first);
                Ok(vec![self.last_day(
                    Some(opens),
                    Some(last),
                    *sort,
                    act,
                    *sort == Sort::Act,
                )])
            }
            Limit::Several(limits) => {
                let mut all = Vec::new();
                for limit in limits {
                    all.extend(self.limit(limit, context, act)?);
                }
                all.sort_by_key(|dates| dates.due.or(dates.opens));
                Ok(all)
            }
            Limit::Recurs(recurrence) => self.series(recurrence),
            Limit::Undated { .. } => Ok(Vec::new()),
        }
    }

    /// Whether a day hangs on one that the record tells.
    fn hangs_on_the_record(&self, point: &Point) -> bool {
        let mut recorded = false;
        point.visit(&mut |point| {
            let trigger = match point {
                Point::At(trigger) => trigger.clone(),
                Point::Anchor => Trigger::effective(),
                _ => return,
            };
            recorded |= self.question.facts.is_recorded(&trigger);
        });
        recorded
    }

    fn edge(&mut self, edge: &Edge, context: Context, end: End) -> Result<Found, Missing> {
        let mut found = self.point(edge.point(), context)?;
        if let (Edge::Until(_), End::Last) = (edge, end) {
            found = self.until(found);
        } else if let Edge::Beyond(_) = edge {
            let day = match end {
                End::First => found.day.succ_opt(),
                End::Last => found.day.pred_opt(),
            };
            let day = day.ok_or_else(super::found::out_of_range)?;
            found.day = day;
            found.event = false;
            found.before = matches!(end, End::Last);
            found.step(
                Sentence::when_read(move |language| {
                    let day = language.weekday_and_day(day);
                    match (end, language) {
                        (End::First, English) => {
                            format!("that day is not included: the day after, {day}")
                        }
                        (End::First, Spanish) => {
                            format!("ese día no se incluye: el día siguiente, {day}")
                        }
                        (End::Last, English) => {
                            format!("that day is not included: the day before, {day}")
                        }
                        (End::Last, Spanish) => {
                            format!("ese día no se incluye: el día anterior, {day}")
                        }
                    }
                }),
                the_words(),
            );
        }
        Ok(found)
    }

    /// The last day of `until D`, as the counting reads it.
    pub(super) fn until(&mut self, mut found: Found) -> Found {
        let until = self.question.counting.until(found.day);
        self.turns_on(&until.turned_on);
        found.event &= until.nominal == found.day;
        found.day = until.nominal;
        found.steps.extend(until.steps);
        found
    }

    /// Puts the dates of one occurrence together, and rolls the last day where that is done.
    pub(super) fn last_day(
        &mut self,
        opens: Option<Found>,
        due: Option<Found>,
        sort: Sort,
        act: Act,
        rolls: bool,
    ) -> Dates {
        let mut dates = Dates {
            opens: opens.as_ref().map(|found| found.day),
            nominal: due.as_ref().map(|found| found.day),
            projected: opens.as_ref().is_some_and(|f| f.projected)
                || due.as_ref().is_some_and(|f| f.projected),
            to_begin: sort == Sort::ToBegin,
            ..Dates::without_days()
        };
        // A least length, or a range of lengths: what lasts so long begins where they are counted from, and opens at the
        // earliest end.
        let begins = opens.as_ref().and_then(|opens| {
            let is_length = |found: &Found| found.counted == Some(Direction::Forward);
            let is_of_lengths = match &due {
                None => opens.is_least,
                Some(due) => is_length(due) && due.from == opens.from,
            };
            opens.from.filter(|_| is_length(opens) && is_of_lengths)
        });
        dates.begins = begins;
        if let Some(opens) = opens {
            dates.steps.extend(opens.steps);
        }
        let Some(mut due) = due else { return dates };
        let first = match (sort, begins) {
            (Sort::Term, None) => First::Begins,
            (Sort::Term, Some(_)) => First::MayEnd,
            (Sort::Act | Sort::ToBegin, _) => First::Opens,
        };
        label_ends(&mut dates.steps, &mut due.steps, first);
        if dates.opens.is_none() && due.counted == Some(Direction::Forward) {
            dates.begins = due.from;
        }
        for step in due.steps {
            if !dates.steps.contains(&step) {
                dates.steps.push(step);
            }
        }
        dates.due = Some(due.day);
        if rolls && !due.event && self.question.ending == Ending::MayRoll {
            let act = match (act, due.counted) {
                // What is counted from a day is a time in which to act, though it comes again every year.
                (_, Some(_)) => Act::Act,
                (Act::Act, None) => Act::DateCertain,
                (act, None) => act,
            };
            let direction = due.counted.unwrap_or(Direction::Forward);
            let counting = self.question.counting;
            let mut rolled = counting.roll(due.day, direction, act);
            // What has to be done before a day never moves onto it.
            if due.before && rolled.due > due.day {
                rolled = counting.roll(due.day, Direction::Backward, act);
            }
            if let Some(opens) = dates.opens.filter(|opens| rolled.due < *opens) {
                dates.steps.push(Step {
                    text: Sentence::when_read(move |language| {
                        let rolled = language.weekday_and_day(rolled.due);
                        let opens = language.day(opens);
                        match language {
                            English => {
                                format!("not moved to {rolled}: the window opens on {opens}")
                            }
                            Spanish => {
                                format!("no se traslada al {rolled}: el plazo se abre el {opens}")
                            }
                        }
                    }),
                    date: Some(due.day),
                    source: the_words(),
                });
            } else {
                dates.due = Some(rolled.due);
                dates.grace = rolled.grace;
                dates.steps.extend(rolled.steps);
            }
            self.turns_on(&rolled.turned_on);
        } else if rolls && due.event {
            dates
                .steps
                .extend(self.question.counting.event_stays(due.day));
        } else if !due.event && sort != Sort::ToBegin {
            dates
                .steps
                .extend(self.question.counting.end_stays(due.day));
        }
        if let Some(authority) = &self.question.counting.authority
            && due.counted.is_some()
        {
            dates.steps.push(Step {
                text: self.question.counting.in_words(),
                date: None,
                source: Sentence::verbatim(authority),
            });
        }
        dates
    }
}

/// Says of the two days of a window which is which, where each was found for itself.
fn label_ends(opens: &mut [Step], due: &mut [Step], what: First) {
    let (Some(first), Some(last)) = (opens.last().cloned(), due.last().cloned()) else {
        return;
    };
    if due.contains(&first) || opens.contains(&last) {
        return;
    }
    for (step, end) in [(opens.last_mut(), End::First), (due.last_mut(), End::Last)] {
        if let Some(step) = step {
            let label = move |language| match (end, what, language) {
                (End::First, First::Begins, English) => "it begins",
                (End::First, First::Begins, Spanish) => "comienza",
                (End::First, First::MayEnd, English) => "earliest end",
                (End::First, First::MayEnd, Spanish) => "fin más temprano",
                (End::First, First::Opens, English) => "it opens",
                (End::First, First::Opens, Spanish) => "se abre",
                (End::Last, _, English) => "last day",
                (End::Last, _, Spanish) => "último día",
            };
            let text = step.text.clone();
            step.text = Sentence::when_read(move |language| {
                format!("{}: {}", label(language), text.of(language))
            });
        }
    }
}

/// What the first day of a window is.
#[derive(Clone, Copy)]
enum First {
    Opens,
    Begins,
    /// Of what lasts, the earliest end.
    MayEnd,
}

/// Which end of a window.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// The year of a series holds for the last day of a window too, unless that day without a year lies before the first:
/// then it is the first after it (`September 1 through the last day of February`).
fn yearly(edge: &Edge, context: Context) -> Option<i32> {
    use chrono::{Datelike, NaiveDate};
    let (year, after) = (context.year?, context.after);
    let Some(after) = after else {
        return Some(year);
    };
    match edge.point() {
        Point::Yearless { month, day } => {
            let here = NaiveDate::from_ymd_opt(year, *month, (*day).min(28));
            if here
                .is_some_and(|here| here < after && after.year() == year && after.month() > *month)
            {
                return None;
            }
            Some(year)
        }
        _ => Some(year),
    }
}

#[expect(
    clippy::match_same_arms,
    reason = "a window and a stretch are two things that are called the same"
)]
fn kind(limit: &Limit) -> Kind {
    match limit {
        Limit::On(point) if point.is_certain() => Kind::Date,
        Limit::On(_) => Kind::Deadline,
        Limit::Window {
            sort: Sort::Term,
            due,
            ..
        } if due.is_some() => Kind::Term,
        Limit::Window { opens: Some(_), .. } => Kind::Window,
        Limit::Window { .. } => Kind::Deadline,
        Limit::During {
            sort: Sort::Term, ..
        } => Kind::Term,
        Limit::During { .. } => Kind::Window,
        Limit::Several(_) | Limit::Recurs(_) => Kind::Recurrence,
        Limit::Undated { .. } => Kind::Undated,
    }
}

//! The successive periods of what may be renewed: a term, or an agreement itself.
//!
//! The end of each is counted from where the first is counted from, and never from the end before it, so that the day of
//! the month stays: 31 January, 30 April, 31 July.

use super::acts::Act;
use super::renewals::{self, RenewalDays};
use crate::agreement::{Renewal, RenewalKind};
use crate::counting::rules::TriggerDay;
use crate::counting::{Bound, Counted, Counting, Direction, Length, Step, Unit};
use crate::deadline::{self, Facts, OtherReading};
use crate::language::{Edge, Limit, Point, Tree};
use crate::record::EntryKind;
use crate::words;
use chrono::NaiveDate;

/// How many periods before the one that holds today are listed: five years of quarters.
const PAST: u32 = 20;

/// How many periods ahead notice is looked up in: a window may open that many before the end that it is about.
const AHEAD: u32 = 60;

/// More periods than there are days in the years 1 to 9999 there cannot be.
const MOST: u32 = 3_700_000;

/// Something that may be renewed, and what is known about it.
pub(super) struct Renewable<'a> {
    /// How; `None` where its words do not say that it may be. The parties may still agree to it.
    pub(super) renewal: Option<&'a Renewal>,
    pub(super) counting: &'a Counting,
    pub(super) facts: &'a dyn Facts,
    /// The words that its first end was counted by; `None` where that is a day that was named or recorded.
    pub(super) words: Option<&'a Tree>,
    /// Its first day, where it is known.
    pub(super) begins: Option<NaiveDate>,
    /// Its first end.
    pub(super) end: NaiveDate,
    /// The last day to which it may renew itself, by its `until`.
    pub(super) until: Option<NaiveDate>,
    /// The end of the agreement that it stands in, where it does not outlive that.
    pub(super) agreements_end: Option<NaiveDate>,
    /// Whether its first end is one that all agreed on in the place of the one that the words give.
    pub(super) is_moved: bool,
    /// What was recorded about its end, in order.
    pub(super) acts: &'a [Act],
}

/// One period.
#[derive(Clone, Debug)]
pub(super) struct Period {
    /// 0 is the first, that of the words.
    pub(super) number: u32,
    /// The day after the end before; `None` for the first where no day is known.
    pub(super) begins: Option<NaiveDate>,
    pub(super) end: NaiveDate,
    /// What it is called by: its end, before the parties ended it early.
    pub(super) called: NaiveDate,
    /// How its end was reached; of the first, what is added to the steps of its words.
    pub(super) steps: Vec<Step>,
    pub(super) other_readings: Vec<OtherReading>,
    /// When it is decided whether another follows; `None` where none may, or where nothing says when.
    pub(super) window: Option<RenewalDays>,
    /// The end of the one that follows, as things stand.
    pub(super) next: Option<NaiveDate>,
}

/// Every period, as far as the record and the agreement go.
pub(super) struct Periods<'a> {
    of: Renewable<'a>,
    /// Where ends were agreed on: what follows is counted from there. The first is that of the words.
    stretches: Vec<Stretch>,
    /// The last period; `None` where nothing ends them.
    last: Option<Last>,
    /// What was recorded and changes nothing, by the period in which it was.
    remarks: Vec<(u32, Step)>,
}

/// Periods whose ends are counted from one day.
struct Stretch {
    first: u32,
    end: NaiveDate,
    /// What all agreed to, where the first end is not that of the words.
    agreed: Option<Act>,
    /// What the first is called by: its end, before it was moved.
    called: NaiveDate,
}

/// The last period, and why none follows.
struct Last {
    number: u32,
    end: NaiveDate,
    /// The end that it had before the parties ended it early.
    called: NaiveDate,
    why: Option<Step>,
}

/// A period's end, and how it was reached.
struct Reached {
    end: NaiveDate,
    steps: Vec<Step>,
    other_readings: Vec<OtherReading>,
}

impl<'a> Periods<'a> {
    pub(super) fn of(of: Renewable<'a>) -> Self {
        let mut periods = Self {
            stretches: vec![Stretch {
                first: 0,
                end: of.end,
                called: of.end,
                agreed: None,
            }],
            of,
            last: None,
            remarks: Vec::new(),
        };
        periods.renew();
        periods.bound();
        periods.take_notice();
        periods.end_early();
        periods
    }

    /// Whether it renews itself unless notice is given.
    fn is_automatic(&self) -> bool {
        self.of
            .renewal
            .is_some_and(|renewal| renewal.how == RenewalKind::Automatic)
    }

    /// Whether nothing more is to be decided: this is the last period.
    pub(super) fn is_last(&self, number: u32) -> bool {
        self.last.as_ref().is_some_and(|last| last.number <= number)
    }

    /// The last day of the last period; `None` where nothing ends them.
    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        self.last.as_ref().map(|last| last.end)
    }

    /// The end of a period; `None` where there is no such period.
    pub(super) fn end(&self, number: u32) -> Option<NaiveDate> {
        match &self.last {
            Some(last) if number > last.number => None,
            Some(last) if number == last.number => Some(last.end),
            _ => self.count(number).map(|reached| reached.end),
        }
    }

    /// The period that holds a day: the first that ends on it or later, else the last.
    pub(super) fn holding(&self, day: NaiveDate) -> u32 {
        let is_over = |number: u32| self.end(number).is_some_and(|end| end < day);
        let is_there = |number: u32| self.end(number).is_some();
        let mut step = 1;
        while step < MOST && is_over(step) {
            step *= 2;
        }
        // The first of those that are not over; those that are not there lie after all others.
        let (mut low, mut high) = (0, step);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_over(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if is_there(low) {
            low
        } else {
            low.saturating_sub(1)
        }
    }

    /// The first day of a period.
    fn begins(&self, number: u32) -> Option<NaiveDate> {
        match number.checked_sub(1) {
            None => self.of.begins,
            Some(before) => self.end(before)?.succ_opt(),
        }
    }

    /// The periods around `today`, and those that end by `until`.
    pub(super) fn around(&self, today: NaiveDate, until: NaiveDate) -> Vec<Period> {
        let current = self.holding(today);
        let mut periods = Vec::new();
        for number in current.saturating_sub(PAST)..MOST {
            match self.end(number) {
                Some(end) if number <= current || end <= until => {
                    periods.extend(self.period(number));
                }
                _ => break,
            }
        }
        periods
    }

    /// The periods around `today` with their ends: those before it, and up to the first that ends after `until`.
    pub(super) fn ends(
        &self,
        today: NaiveDate,
        until: NaiveDate,
    ) -> impl Iterator<Item = (u32, NaiveDate)> {
        let current = self.holding(today);
        let mut is_beyond = false;
        (current.saturating_sub(PAST)..MOST)
            .map_while(|number| Some((number, self.end(number)?)))
            .take_while(move |(number, end)| {
                let taken = *number <= current || !is_beyond;
                is_beyond |= *end > until;
                taken
            })
    }

    /// One period, with everything about it.
    pub(super) fn period(&self, number: u32) -> Option<Period> {
        let end = self.end(number)?;
        let reached = self.reach(number)?;
        let begins = self.begins(number);
        let mut steps = reached.steps;
        let remarks = self.remarks.iter().filter(|(of, _)| *of == number);
        steps.extend(remarks.map(|(_, step)| step.clone()));
        if let Some(last) = self.last.as_ref().filter(|last| last.number == number) {
            steps.extend(last.why.clone());
        }
        let may_go_on = !self.is_exhausted(number);
        Some(Period {
            number,
            begins,
            end,
            called: self.called(number, end),
            steps,
            other_readings: if reached.end == end {
                reached.other_readings
            } else {
                Vec::new()
            },
            window: may_go_on.then(|| self.window(number, end)).flatten(),
            next: number.checked_add(1).and_then(|next| self.end(next)),
        })
    }

    /// What a period that ends on `end` is called by: the end that it had before the parties agreed on another.
    fn called(&self, number: u32, end: NaiveDate) -> NaiveDate {
        let last = self.last.as_ref().filter(|last| last.number == number);
        let moved = self.stretch(number).filter(|of| of.first == number);
        match (moved, last) {
            (Some(stretch), _) if stretch.agreed.is_some() => stretch.called,
            (_, Some(last)) => last.called,
            _ => end,
        }
    }

    /// Whether the agreement lets no period follow on this one, whatever anybody says.
    fn is_exhausted(&self, number: u32) -> bool {
        let Some(renewal) = self.of.renewal else {
            return true;
        };
        let bound = |day: Option<NaiveDate>| day.is_some_and(|day| self.end(number) >= Some(day));
        renewal.times.is_some_and(|times| number >= times)
            || bound(self.of.until)
            || bound(self.of.agreements_end)
    }

    fn window(&self, number: u32, end: NaiveDate) -> Option<RenewalDays> {
        let before = number.checked_sub(1).and_then(|before| self.end(before));
        renewals::days(
            self.of.renewal?,
            end,
            before,
            self.of.counting,
            self.of.facts,
        )
    }

    /// The stretch that a period is of.
    fn stretch(&self, number: u32) -> Option<&Stretch> {
        let begun = |stretch: &&Stretch| stretch.first <= number;
        self.stretches.iter().rev().find(begun)
    }

    /// The end of a period as it is counted, whatever ends it early, with the steps of the count alone.
    fn count(&self, number: u32) -> Option<Reached> {
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
    fn reach(&self, number: u32) -> Option<Reached> {
        let mut reached = self.count(number)?;
        let stretch = self.stretch(number)?;
        let so_many = number - stretch.first;
        if let Some(length) = self.length().filter(|_| so_many > 0) {
            let end = words::day(stretch.end);
            let from = match &stretch.agreed {
                None => format!("the first term ends on {end}"),
                Some(_) => format!("it was renewed through {end}"),
            };
            let which = words::ordinal(so_many);
            let source = if self.is_automatic() {
                "it renews itself unless notice is given"
            } else {
                "the record says that it was renewed"
            };
            let text = format!("{from}; each renewal is {length}, and this is the {which}");
            reached.steps.insert(0, step(&text, source));
        }
        Some(reached)
    }

    /// The length of a renewal.
    fn length(&self) -> Option<&'a Length> {
        self.of.renewal?.length.as_ref()?.tree.bare_length()
    }

    /// The words of the first term, with so much more in them.
    fn count_on(&self, tree: &Tree) -> Option<Reached> {
        let question = deadline::Question {
            facts: self.of.facts,
            counting: self.of.counting,
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
        let counting = self.of.counting;
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
                text: "counted in whole months from the day after the end; not taken, because a month's last day does not stay the last".to_owned(),
                date: Some(whole.nominal),
                source: "BGB 187(2) and 188(2), for a period that begins with a day".to_owned(),
            });
        }
        Some(Reached {
            end: nominal,
            steps,
            other_readings,
        })
    }

    /// Takes the renewals in that the parties agreed on, and the ends that they moved.
    fn renew(&mut self) {
        let automatic = self.is_automatic();
        let mut renewed = 0;
        for act in self.of.acts {
            let Some(number) = self.spoken_of(act, renewed) else {
                continue;
            };
            let next = number.saturating_add(1);
            match (act.kind, act.to) {
                (EntryKind::Renewed, Some(to)) if self.end(number).is_some_and(|end| to > end) => {
                    self.agree(next, to, to, act);
                    renewed = renewed.max(next);
                }
                (EntryKind::Renewed, None) if automatic => {
                    let text = "all parties agreed that it goes on";
                    self.remarks.push((number, step(text, &act.source)));
                }
                (EntryKind::Renewed, None) => renewed = renewed.max(next),
                (EntryKind::Moved, Some(to)) => {
                    if let Some(called) = self.end(number) {
                        self.agree(number, to, called, act);
                    }
                }
                _ => {}
            }
        }
        if !automatic {
            // Without a length nobody knows until when; the entry stands, and the old end with it.
            while renewed > 0 && self.count(renewed).is_none() {
                renewed -= 1;
            }
            self.end_at(renewed, None);
        }
    }

    /// The period that an act is about: the one that it names, else the one of its day, or the last of what is only
    /// renewed by acts. `None` where it names none that there is, and where the day of the only one was moved before.
    fn spoken_of(&self, act: &Act, renewed: u32) -> Option<u32> {
        match act.occurrence {
            Some(called) => {
                let number = self.holding(called);
                let is_called = |number: u32| {
                    let end = self.end(number);
                    end.is_some_and(|end| self.called(number, end) == called)
                };
                let near = number.saturating_sub(1)..=number.saturating_add(1);
                near.into_iter().find(|number| is_called(*number))
            }
            None if act.kind == EntryKind::Moved && self.of.is_moved => None,
            None if self.is_automatic() => act.on.map(|on| self.holding(on)),
            None => Some(renewed),
        }
    }

    /// Puts an end that all agreed on in the place of the counted one; those after it are counted from it.
    fn agree(&mut self, number: u32, end: NaiveDate, called: NaiveDate, act: &Act) {
        self.stretches.retain(|stretch| stretch.first < number);
        self.stretches.push(Stretch {
            first: number,
            end,
            agreed: Some(act.clone()),
            called,
        });
    }

    /// Stops after so many times, at `until`, and at the agreement's end.
    fn bound(&mut self) {
        if self.is_automatic()
            && let Some(renewal) = self.of.renewal
        {
            match renewal.times {
                Some(times) => {
                    let why = step(
                        &format!("{}, and this is the last", words::count(times, "renewal")),
                        "`times` in the agreement's file",
                    );
                    self.end_at(times, Some(why).filter(|_| times > 0));
                }
                None if self.length().is_none() => self.end_at(0, None),
                None => {}
            }
        }
        // What all agreed to may go further than the file lets it go by itself.
        let agreed = self.stretches.last().is_some_and(|s| s.agreed.is_some());
        let until = self.of.until.filter(|_| self.is_automatic() || !agreed);
        let until = until.filter(|until| *until >= self.of.end);
        if let Some(until) = until {
            let why = format!(
                "it goes on no longer than {}",
                words::weekday_and_day(until)
            );
            let why = step(&why, "`until` in the agreement's file");
            self.cut(until, Called::ByItsNewEnd, why);
        }
        if let Some(end) = self.of.agreements_end {
            let text = format!(
                "the agreement itself ends on {}, and the term with it",
                words::weekday_and_day(end)
            );
            self.cut(
                end,
                Called::ByItsNewEnd,
                Step {
                    date: Some(end),
                    ..step(&text, "nothing says that it outlives its agreement")
                },
            );
        }
    }

    /// Notice in its window ends what renews itself; outside it is remarked on.
    fn take_notice(&mut self) {
        if !self.is_automatic() {
            return;
        }
        let acts: Vec<Act> = self.acts_of(EntryKind::Notice).cloned().collect();
        for act in acts {
            let Some(on) = act.on else { continue };
            let holding = self.holding(on);
            match self.in_window(on, holding) {
                Given::InTime(number) if self.was_renewed_after(number, &act) => {}
                Given::InTime(number) => {
                    let text = format!(
                        "notice was given on {}, inside its window: it is not renewed",
                        words::weekday_and_day(on)
                    );
                    self.end_at(number, Some(step(&text, &act.source)));
                    return;
                }
                Given::Outside(text) => self.remarks.push((holding, step(&text, &act.source))),
            }
        }
    }

    /// In which period's window notice lies.
    fn in_window(&self, on: NaiveDate, holding: u32) -> Given {
        let mut outside = None;
        for number in holding..holding.saturating_add(AHEAD) {
            let Some(end) = self.end(number) else { break };
            let Some(window) = self.window(number, end) else {
                let renewal = self.of.renewal;
                let says = renewal.is_some_and(|r| r.notice.is_some() || r.window.is_some());
                // Where nothing says when, any day before the end is in time.
                return if says {
                    Given::Outside(format!(
                        "notice was given on {}; whether that is in time cannot be worked out, so it goes on",
                        words::weekday_and_day(on)
                    ))
                } else {
                    Given::InTime(number)
                };
            };
            let opens = window.opens.or(self.begins(number));
            let is_early = opens.filter(|opens| on < *opens);
            let is_late = window.closes.filter(|closes| on > *closes);
            if is_early.is_none() && is_late.is_none() {
                return Given::InTime(number);
            }
            let given = format!("notice was given on {}", words::weekday_and_day(on));
            outside.get_or_insert_with(|| match (is_early, is_late) {
                (Some(opens), _) => format!(
                    "{given}, {} before its window opens on {}: too early, so it goes on",
                    words::count((opens - on).num_days().unsigned_abs(), "day"),
                    words::day(opens)
                ),
                (None, Some(closes)) => format!(
                    "{given}, {} after its last day, {}: too late, so it goes on",
                    words::count((on - closes).num_days().unsigned_abs(), "day"),
                    words::day(closes)
                ),
                (None, None) => given,
            });
            if is_early.is_some() {
                break;
            }
        }
        Given::Outside(outside.unwrap_or_else(|| {
            format!(
                "notice was given on {}, after its end",
                words::weekday_and_day(on)
            )
        }))
    }

    /// Whether the parties agreed to go on after notice had been given.
    fn was_renewed_after(&self, number: u32, notice: &Act) -> bool {
        self.acts_of(EntryKind::Renewed)
            .any(|act| act.number > notice.number && self.spoken_of(act, number) == Some(number))
    }

    /// Ends it on the day that all agreed on.
    fn end_early(&mut self) {
        let acts: Vec<Act> = self.acts_of(EntryKind::Ended).cloned().collect();
        let agreed = acts
            .iter()
            .filter_map(|act| Some((act.on?, act)))
            .min_by_key(|(on, _)| *on);
        if let Some((on, act)) = agreed {
            let text = format!("ended on {}", words::weekday_and_day(on));
            self.cut(
                on,
                Called::AsBefore,
                Step {
                    date: Some(on),
                    ..step(&text, &act.source)
                },
            );
        }
    }

    fn acts_of(&self, kind: EntryKind) -> impl Iterator<Item = &'a Act> {
        self.of.acts.iter().filter(move |act| act.kind == kind)
    }

    /// Makes a period the last, where it is not beyond the last.
    fn end_at(&mut self, number: u32, why: Option<Step>) {
        if let Some(end) = self.end(number) {
            self.last = Some(Last {
                number,
                end,
                called: end,
                why,
            });
        }
    }

    /// Ends the period that holds a day on that day.
    fn cut(&mut self, on: NaiveDate, called: Called, why: Step) {
        let number = self.holding(on);
        let Some(end) = self.end(number).filter(|end| on <= *end) else {
            return;
        };
        // Where it ends on that day anyway, nothing needs to be said of the first.
        let why = (on < end || number > 0).then_some(why);
        self.last = Some(Last {
            number,
            end: on,
            called: match called {
                Called::ByItsNewEnd => on,
                Called::AsBefore => end,
            },
            why,
        });
    }
}

/// What a period that ends earlier than counted is called by.
#[derive(Clone, Copy)]
enum Called {
    /// Its words never gave it another end.
    ByItsNewEnd,
    /// It has been spoken of under the old one.
    AsBefore,
}

/// When notice was given.
enum Given {
    /// Inside the window of this period.
    InTime(u32),
    /// Outside of any, as these words say.
    Outside(String),
}

fn step(text: &str, source: &str) -> Step {
    Step {
        text: text.to_owned(),
        date: None,
        source: source.to_owned(),
    }
}

fn agreed_to(act: &Act) -> Step {
    let to = act.to.map(words::weekday_and_day).unwrap_or_default();
    let verb = match act.kind {
        EntryKind::Moved => "moved to",
        _ => "renewed through",
    };
    Step {
        date: act.to,
        ..step(&format!("{verb} {to}"), &act.source)
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

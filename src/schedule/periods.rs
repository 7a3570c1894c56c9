//! The successive periods of what may be renewed: a term, or an agreement itself.
//!
//! The end of each is counted from where the first is counted from, and never from the end before it, so that the day of
//! the month stays: 31 January, 30 April, 31 July.

mod changes;
mod count;
mod notice;
mod overtaken;

pub(super) use overtaken::Overtaken;

use super::Question;
use super::acts::Act;
use super::occurrence::NextPeriod;
use super::renewals::{self, RenewalDays};
use crate::agreement::{Renewal, RenewalKind};
use crate::counting::{Counting, Step};
use crate::deadline::{Facts, OtherReading};
use crate::language::Tree;
use crate::words::Sentence;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many periods before the one that holds today are listed: five years of quarters.
const MOST_PAST_PERIODS: u32 = 20;

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
    /// Whether one may.
    pub(super) may_follow: NextPeriod,
}

/// Every period, as far as the record and the agreement go.
pub(super) struct Periods<'a> {
    of: Renewable<'a>,
    /// Where ends were agreed on: what follows is counted from there. The first is that of the words.
    stretches: Vec<Stretch>,
    /// The last period; `None` where nothing ends them.
    last: Option<Last>,
    /// Whether another period may follow by its words: a later agreement may have ended that.
    may_be_renewed: bool,
    /// How often what is only renewed by acts was renewed.
    renewed: u32,
    /// Whether all parties agreed to the last renewal: what the file says bounds only what happens without that.
    is_renewed_by_all: bool,
    /// The periods after which all parties agreed that it goes on: one of them alone gives no notice for these any more.
    goes_on_by_all: BTreeSet<u32>,
    /// The notice that stops what renews itself.
    stopped: Option<notice::Stopped>,
    /// The day on which all agreed that it ends, where nothing that they agreed on since takes its place.
    ended: Option<(NaiveDate, Act)>,
    /// From this period on it hangs on a notice about which the parties say different things.
    disputed: Option<u32>,
    /// What was recorded and changes nothing, by the period in which it was.
    remarks: Vec<(u32, Step)>,
    /// Notice that was told of only once it had gone on.
    late: Vec<notice::Late>,
    /// The ends after which it was agreed only later that it goes on, each with the day on which that was.
    lapses: Vec<(NaiveDate, NaiveDate)>,
    /// The ends that all had agreed on before they agreed on another.
    overtaken: Vec<Overtaken>,
    /// The ends that were counted, each asked for many times; empty whenever a stretch is added.
    counted: RefCell<BTreeMap<u32, Option<NaiveDate>>>,
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
            may_be_renewed: true,
            renewed: 0,
            is_renewed_by_all: false,
            goes_on_by_all: BTreeSet::new(),
            stopped: None,
            ended: None,
            disputed: None,
            remarks: Vec::new(),
            late: Vec::new(),
            lapses: Vec::new(),
            overtaken: Vec::new(),
            counted: RefCell::default(),
        };
        periods.settle();
        // Each is taken as things stood when it came: what all agreed on last holds.
        for act in periods.of.acts {
            let before = periods.last_day();
            let agreed = periods.agreed_to_end();
            periods.take(act);
            periods.settle();
            let goes_on = |end: &NaiveDate| periods.last_day().is_none_or(|last| *end < last);
            let had_ended = before.filter(|end| *end < act.entered).filter(goes_on);
            periods
                .lapses
                .extend(had_ended.map(|end| (end, act.entered)));
            if let Some(agreed) = agreed {
                periods.overtake(agreed, act.entered);
            }
        }
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

    /// Whether it had ended before a day, and was agreed to go on only after that.
    pub(super) fn had_lapsed_on(&self, day: NaiveDate) -> bool {
        let mut lapses = self.lapses.iter();
        lapses.any(|(end, agreed)| *end < day && day < *agreed)
    }

    /// The end of a period; `None` where there is no such period.
    pub(super) fn end(&self, number: u32) -> Option<NaiveDate> {
        match &self.last {
            Some(last) if number > last.number => None,
            Some(last) if number == last.number => Some(last.end),
            _ => self.counted_end(number),
        }
    }

    /// What all parties agreed to, where that gave a period the end that it has.
    pub(super) fn agreed_end(&self, number: u32) -> Option<&Act> {
        let is_last = |last: &&Last| last.number == number;
        let last = self.last.as_ref().filter(is_last);
        if let Some((on, act)) = &self.ended
            && last.is_some_and(|last| last.end == *on)
        {
            return Some(act);
        }
        let stretch = self.stretch(number).filter(|of| of.first == number)?;
        let is_kept = last.is_none_or(|last| last.end == stretch.end);
        stretch.agreed.as_ref().filter(|_| is_kept)
    }

    /// The end of a period as it is counted, whatever ends it early.
    fn counted_end(&self, number: u32) -> Option<NaiveDate> {
        if let Some(end) = self.counted.borrow().get(&number) {
            return *end;
        }
        let end = self.count(number).map(|reached| reached.end);
        self.counted.borrow_mut().insert(number, end);
        end
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

    /// The last period that is known to come: that which holds a day, or one after it where what follows is agreed on, or can
    /// be stopped by notice no more.
    pub(super) fn known_to_come(&self, today: NaiveDate) -> u32 {
        let current = self.holding(today);
        let goes_on = |number: &u32| {
            let follows = number.checked_add(1).and_then(|next| self.end(next));
            follows.is_some()
                && (!self.is_automatic()
                    || self.goes_on_by_all.contains(number)
                    || self.is_ended_by_all(*number)
                    || self.last_day_for_notice(*number) < Some(today))
        };
        let ahead = (current..current.saturating_add(notice::AHEAD)).take_while(goes_on);
        ahead
            .last()
            .map_or(current, |number| number.saturating_add(1))
    }

    /// The first day of a period.
    fn begins(&self, number: u32) -> Option<NaiveDate> {
        match number.checked_sub(1) {
            None => self.of.begins,
            Some(before) => self.end(before)?.succ_opt(),
        }
    }

    /// The first of the periods that are listed: some before the one that holds today, and those that are asked about.
    pub(super) fn first_listed(&self, question: &Question<'_>) -> u32 {
        let current = self.holding(question.today);
        let asked = self.holding(question.since);
        current.saturating_sub(MOST_PAST_PERIODS).min(asked)
    }

    /// The periods that are listed: those around today and those that are known to come, those that end, or are decided on, by the last day that is asked about,
    /// and before them those that hold a day of which the record speaks.
    pub(super) fn listed(&self, question: &Question<'_>, spoken_of: &[NaiveDate]) -> Vec<Period> {
        let known = self.known_to_come(question.today);
        let first = self.first_listed(question);
        let spoken_of = spoken_of.iter().map(|day| self.holding(*day));
        let older: BTreeSet<u32> = spoken_of.filter(|number| *number < first).collect();
        older
            .into_iter()
            .chain(first..MOST)
            .map_while(|number| self.period(number))
            .take_while(|period| {
                let decided = period.window.as_ref().and_then(|w| w.opens.or(w.closes));
                period.number <= known
                    || period.end <= question.until
                    || decided.is_some_and(|day| day <= question.until)
            })
            .collect()
    }

    /// The periods with their ends: from the one that holds `since`, or the first that is listed, up to the first that ends
    /// after what is asked about.
    pub(super) fn ends(
        &self,
        question: &Question<'_>,
        since: Option<NaiveDate>,
    ) -> impl Iterator<Item = (u32, NaiveDate)> {
        let current = self.holding(question.today);
        let listed = self.first_listed(question);
        let first = since.map_or(listed, |since| self.holding(since).min(listed));
        let until = question.until;
        let mut is_beyond = false;
        (first..MOST)
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
        let late = self.late.iter().filter(|late| late.from <= number);
        steps.extend(late.clone().map(|late| late.step.clone()));
        // Once all have agreed that it goes on there is nothing to decide, and no notice to give.
        let is_decided = self.is_automatic() && self.goes_on_by_all.contains(&number);
        // Nothing hangs on a notice any more once all have agreed on the day of the end.
        let is_open = self.ended.is_none();
        let may_follow = self.may_follow(number);
        let may_go_on = may_follow == NextPeriod::MayFollow && !is_decided;
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
            window: may_go_on
                .then(|| self.window(number, end))
                .flatten()
                .map(|window| RenewalDays {
                    is_disputed: is_open && self.disputed.is_some_and(|from| from <= number),
                    waits_for_a_word: is_open && late.clone().any(|late| late.waits),
                    ..window
                }),
            next: number.checked_add(1).and_then(|next| self.end(next)),
            may_follow,
        })
    }

    /// Whether all have agreed on the day of its end, this one's or a later one's, so that nothing is left to be decided after it.
    /// Of one whose last day for notice had passed by then it stays told when that was.
    fn is_ended_by_all(&self, number: u32) -> bool {
        let passed = |act: &Act| self.last_day_for_notice(number) < Some(act.entered);
        let ended = self.ended.as_ref();
        ended.is_some_and(|(_, act)| !self.is_automatic() || self.is_last(number) || !passed(act))
    }

    /// What a period that ends on `end` is called by: the end that it had before the parties agreed on another.
    pub(super) fn called(&self, number: u32, end: NaiveDate) -> NaiveDate {
        let last = self.last.as_ref().filter(|last| last.number == number);
        let moved = self.stretch(number).filter(|of| of.first == number);
        match (moved, last) {
            (Some(stretch), _) if stretch.agreed.is_some() => stretch.called,
            (_, Some(last)) => last.called,
            _ => end,
        }
    }

    fn may_follow(&self, number: u32) -> NextPeriod {
        if !self.is_exhausted(number) && !self.is_ended_by_all(number) {
            NextPeriod::MayFollow
        } else if number > 0 && !self.is_ended_by_all(number) && self.is_used_up(number) {
            NextPeriod::IsUsedUp
        } else {
            NextPeriod::MayNotFollow
        }
    }

    /// Whether a period is the last that the words of its renewal allow.
    fn is_used_up(&self, number: u32) -> bool {
        let times = self.of.renewal.and_then(|renewal| renewal.times);
        let reaches = |until| self.end(number) >= Some(until);
        times.is_some_and(|times| number >= times) || self.of.until.is_some_and(reaches)
    }

    /// Whether the agreement lets no period follow on this one, whatever anybody says.
    fn is_exhausted(&self, number: u32) -> bool {
        if self.of.renewal.is_none() {
            return true;
        }
        if !self.may_be_renewed && self.is_last(number) {
            return true;
        }
        let bound = |day: NaiveDate| self.end(number) >= Some(day);
        self.is_used_up(number) || self.of.agreements_end.is_some_and(bound)
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

fn step(text: Sentence, source: Sentence) -> Step {
    Step {
        text,
        date: None,
        source,
    }
}

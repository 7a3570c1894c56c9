//! What changes the periods: what the parties agreed on, and what bounds them.

use super::super::acts::Act;
use super::super::answer::{EndsWithIt, ends_with_the_agreement};
use super::super::occurrences::in_the_file;
use super::{Called, Periods, Stretch, step};
use crate::counting::Step;
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::NaiveDate;

impl Periods<'_> {
    /// Takes one more act in.
    pub(super) fn take(&mut self, act: &Act) {
        match (act.void_from, act.kind) {
            (Some(void), _) => self.take_what_stays(act, void),
            (None, EntryKind::Renewed) => self.renew(act),
            (None, EntryKind::Moved) => self.move_end(act),
            (None, EntryKind::Notice) => self.take_notice(act),
            (None, EntryKind::Ended) => self.end_on(act),
            _ => {}
        }
    }

    /// Of a later agreement that is itself void since, what it did up to that day: what had ended by then is not renewed after
    /// all, and what would have ended by then ended on the day before.
    fn take_what_stays(&mut self, act: &Act, void: NaiveDate) {
        let number = match act.kind {
            EntryKind::Notice => act.on.map(|on| self.holding(on)),
            _ => self.spoken_of(act, self.renewed),
        };
        let had_ended = |number: &u32| self.end(*number).is_some_and(|end| end < void);
        let Some(number) = number.filter(had_ended) else {
            return;
        };
        let stays = Act {
            void_from: None,
            ..act.clone()
        };
        match act.kind {
            EntryKind::Notice => self.take_notice(&stays),
            _ if self.is_last(number) => self.move_end(&Act {
                to: void.pred_opt(),
                ..stays
            }),
            _ => {}
        }
    }

    /// Says which period is the last, after the acts that were taken so far.
    pub(super) fn settle(&mut self) {
        self.last = None;
        if !self.is_automatic() {
            // Without a length nobody knows until when; the entry stands, and the old end with it.
            while self.renewed > 0 && self.counted_end(self.renewed).is_none() {
                self.renewed -= 1;
            }
            self.end_at(self.renewed, None);
        }
        self.bound();
        self.stop();
        self.end_as_agreed();
    }

    /// A renewal that the parties agreed on, or to which one has the option. It goes on after all where notice had stopped it,
    /// or all had agreed that it ends.
    fn renew(&mut self, act: &Act) {
        let Some(number) = self.spoken_of(act, self.renewed) else {
            return;
        };
        let next = number.saturating_add(1);
        let is_late_enough =
            |end: Option<NaiveDate>| act.to.is_none_or(|to| end.is_some_and(|end| to > end));
        if !is_late_enough(self.end(number)) {
            return;
        }
        // What all say to have ended is no one's alone to go on with.
        if self.ended.is_some() && !act.is_of_all {
            return;
        }
        self.is_renewed_by_all = act.is_of_all;
        // Where all had agreed on an end within it, they let it go on as far as it goes, and say nothing of what follows.
        let within = |(on, _): &(NaiveDate, Act)| {
            let whole = self.counted_end(number);
            let is_beyond = |day: &NaiveDate| whole.is_none_or(|whole| *day > whole);
            Some(*on) < whole && !act.to.as_ref().is_some_and(is_beyond)
        };
        let is_of_the_rest = self.is_automatic() && self.ended.as_ref().is_some_and(within);
        if act.is_of_all && !is_of_the_rest {
            self.goes_on_by_all.insert(number);
        }
        self.ended = None;
        self.go_on_after_notice(number, act);
        self.settle();
        match act.to {
            Some(to) if is_late_enough(self.end(number)) => {
                self.keep_end(number);
                self.agree(next, to, to, act);
                self.renewed = self.renewed.max(next);
            }
            // It had ended before its words do, and goes on for a part of that; what renews itself goes on from there.
            Some(to) if self.is_automatic() => {
                if let Some(called) = self.counted_end(number).filter(|end| *end != to) {
                    self.agree(number, to, called, act);
                }
            }
            Some(to) => self.ended = Some((to, act.clone())),
            None if !self.is_automatic() => self.renewed = self.renewed.max(next),
            None => self.go_on_by_itself(number, act),
        }
    }

    /// All agreed that what renews itself goes on. As often as its words let it do so by itself, once more is what they
    /// agreed on; before that, nothing but a word for the reader.
    fn go_on_by_itself(&mut self, number: u32, act: &Act) {
        let next = number.saturating_add(1);
        if let Some(end) = self.counted_end(next).filter(|_| self.is_last(number)) {
            let act = Act {
                to: Some(end),
                ..act.clone()
            };
            self.agree(next, end, end, &act);
        } else {
            let text = Sentence::written(&[
                "all parties agreed that it goes on",
                "todas las partes acordaron que continúe",
            ]);
            self.remarks.push((number, step(text, act.source.clone())));
        }
    }

    /// Another end, in the place of that of a period.
    fn move_end(&mut self, act: &Act) {
        let Some(number) = self.spoken_of(act, self.renewed) else {
            return;
        };
        if let (Some(to), Some(called)) = (act.to, self.counted_end(number)) {
            self.ended = None;
            self.stopped = self.stopped.take().filter(|s| s.is_of_an_agreement);
            self.agree(number, to, called, act);
        }
    }

    /// All agreed on the day on which it ends, whatever they had agreed on before; where that is after the end that notice
    /// gave it, it lasts until then.
    fn end_on(&mut self, act: &Act) {
        let Some(on) = act.on else { return };
        if self.last_day().is_none_or(|last| on > last) {
            self.stopped = self
                .stopped
                .take()
                .filter(|stopped| stopped.is_of_an_agreement);
        }
        self.ended = Some((on, act.clone()));
    }

    /// The period that an act is about: the one that it names, else the one of its day, or the last of what is only
    /// renewed by acts. `None` where it names none that there is, and where the day of the only one was moved before.
    pub(super) fn spoken_of(&self, act: &Act, renewed: u32) -> Option<u32> {
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
            None if act.is_of_an_agreement => {
                let holding = |on| self.holding(on);
                Some(if self.is_automatic() {
                    act.on.map_or(renewed, holding)
                } else {
                    renewed
                })
            }
            None if act.kind == EntryKind::Moved && self.of.is_moved => None,
            None if self.is_automatic() => act.on.map(|on| self.holding(on)),
            None => Some(renewed),
        }
    }

    /// Puts an end that all agreed on in the place of the counted one; those after it are counted from it.
    fn agree(&mut self, number: u32, end: NaiveDate, called: NaiveDate, act: &Act) {
        self.counted.take();
        self.stretches.retain(|stretch| stretch.first < number);
        self.stretches.push(Stretch {
            first: number,
            end,
            agreed: Some(act.clone()),
            called,
        });
    }

    /// What ended a period before its words do holds for that one, also where all agreed on the end of the next.
    fn keep_end(&mut self, number: u32) {
        let Some(end) = self.end(number) else { return };
        if self.counted_end(number) == Some(end) {
            return;
        }
        self.counted.take();
        self.stretches.retain(|stretch| stretch.first < number);
        self.stretches.push(Stretch {
            first: number,
            end,
            agreed: None,
            called: end,
        });
    }

    /// Stops after so many times, at `until`, and at the agreement's end. What all agreed to may go further than the file lets
    /// it go by itself.
    fn bound(&mut self) {
        let agreed = self.stretches.last().filter(|s| s.agreed.is_some());
        let agreed = agreed.map(|stretch| (stretch.first, stretch.end));
        if self.is_automatic()
            && let Some(renewal) = self.of.renewal
        {
            match renewal.times {
                Some(times) => {
                    let why = step(
                        Sentence::in_each(|language| {
                            let renewals = language.count(times, Noun::Renewal);
                            match language {
                                English => format!("{renewals}, and this is the last"),
                                Spanish => format!("{renewals}, y esta es la última"),
                            }
                        }),
                        in_the_file(),
                    );
                    match agreed.filter(|(first, _)| *first > times) {
                        Some((first, _)) => self.end_at(first, None),
                        None => self.end_at(times, Some(why).filter(|_| times > 0)),
                    }
                }
                None if self.length().is_none() => {
                    self.end_at(agreed.map_or(0, |(first, _)| first), None);
                }
                None => {}
            }
        }
        let until = self.of.until.filter(|until| *until >= self.of.end);
        let is_beyond = |until: &NaiveDate| match agreed {
            Some((_, end)) if self.is_automatic() => end > *until,
            _ => !self.is_automatic() && self.is_renewed_by_all,
        };
        match until {
            Some(until) if is_beyond(&until) => {
                if let Some((first, _)) = agreed.filter(|_| self.is_automatic()) {
                    self.end_at(first, None);
                }
            }
            Some(until) => {
                let why = Sentence::in_each(|language| {
                    let until = language.weekday_and_day(until);
                    match language {
                        English => format!("it goes on no longer than {until}"),
                        Spanish => format!("continúa a lo sumo hasta el {until}"),
                    }
                });
                let why = step(why, in_the_file());
                self.cut(until, Called::ByItsNewEnd, why);
            }
            None => {}
        }
        if let Some(end) = self.of.agreements_end {
            let why = ends_with_the_agreement(end, EndsWithIt::Term);
            self.cut(end, Called::ByItsNewEnd, why);
        }
    }

    /// Ends it on the day that all agreed on; where what it is counted from has come earlier than they thought, it lasts until
    /// then all the same.
    fn end_as_agreed(&mut self) {
        let Some((on, act)) = self.ended.clone() else {
            return;
        };
        let is_renewal = act.kind == EntryKind::Renewed;
        let text = Sentence::in_each(|language| {
            let on = language.weekday_and_day(on);
            match (is_renewal, language) {
                (false, English) => format!("ended on {on}"),
                (false, Spanish) => format!("terminado el {on}"),
                (true, English) => format!("renewed through {on}"),
                (true, Spanish) => format!("renovado hasta el {on} inclusive"),
            }
        });
        let why = Step {
            date: Some(on),
            ..step(text, act.source)
        };
        let at_most = self.of.agreements_end.map_or(on, |end| end.min(on));
        match &mut self.last {
            Some(last) if last.end < at_most => {
                last.end = at_most;
                last.why = Some(why);
            }
            _ => self.cut(on, Called::AsBefore, why),
        }
    }
}

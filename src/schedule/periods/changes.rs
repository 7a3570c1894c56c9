//! What changes the periods: what the parties agreed on, and what bounds them.

use super::super::acts::Act;
use super::super::answer::ends_with_the_agreement;
use super::super::occurrences::in_the_file;
use super::{Called, Periods, Stretch, step};
use crate::counting::Step;
use crate::record::EntryKind;
use crate::words::Language::{English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::NaiveDate;

impl Periods<'_> {
    /// Takes the renewals in that the parties agreed on, and the ends that they moved.
    pub(super) fn renew(&mut self) {
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
                    let text = Sentence::written(&[
                        "all parties agreed that it goes on",
                        "todas las partes acordaron que continúe",
                    ]);
                    self.remarks.push((number, step(text, act.source.clone())));
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
            while renewed > 0 && self.counted_end(renewed).is_none() {
                renewed -= 1;
            }
            self.end_at(renewed, None);
        }
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

    /// Stops after so many times, at `until`, and at the agreement's end.
    pub(super) fn bound(&mut self) {
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
        if let Some(end) = self.of.agreements_end {
            let why = ends_with_the_agreement(end, false);
            self.cut(end, Called::ByItsNewEnd, why);
        }
    }

    /// Ends it on the day that all agreed on.
    pub(super) fn end_early(&mut self) {
        let acts: Vec<Act> = self.acts_of(EntryKind::Ended).cloned().collect();
        let agreed = acts
            .iter()
            .filter_map(|act| Some((act.on?, act)))
            .min_by_key(|(on, _)| *on);
        if let Some((on, act)) = agreed {
            let text = Sentence::in_each(|language| {
                let on = language.weekday_and_day(on);
                match language {
                    English => format!("ended on {on}"),
                    Spanish => format!("terminado el {on}"),
                }
            });
            self.cut(
                on,
                Called::AsBefore,
                Step {
                    date: Some(on),
                    ..step(text, act.source.clone())
                },
            );
        }
    }
}

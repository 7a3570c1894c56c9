//! Notice: inside its window it ends what renews itself, outside it changes nothing.

use super::super::acts::Act;
use super::{Periods, step};
use crate::counting::Step;
use crate::record::answers::Stands;
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::NaiveDate;

/// How many periods ahead notice is looked up in: a window may open, or be over, that many before the end that it is about.
pub(super) const AHEAD: u32 = 60;

/// A notice that stops what renews itself.
pub(super) struct Stopped {
    /// The period after which it does not go on.
    number: u32,
    why: Step,
    /// Whether a later agreement says so, and not the record.
    pub(super) is_of_an_agreement: bool,
}

/// Notice in the window of a period that was over when it was entered, and that counts for nothing as it stands.
pub(super) struct Late {
    /// The first of the later periods at which it is told: that in which it was entered.
    pub(super) from: u32,
    pub(super) step: Step,
    /// Whether the word of another party is all that it waits for.
    pub(super) waits: bool,
}

impl Periods<'_> {
    /// Notice in its window ends what renews itself; outside it is remarked on.
    pub(super) fn take_notice(&mut self, act: &Act) {
        let Some(on) = act.on else { return };
        if act.is_of_an_agreement {
            let why = Sentence::written(&[
                "not renewed any more, by a later agreement",
                "ya no se renueva, por un acuerdo posterior",
            ]);
            self.stopped = Some(Stopped {
                number: self.holding(on),
                why: step(why, act.source.clone()),
                is_of_an_agreement: true,
            });
            self.may_be_renewed = false;
            return;
        }
        if !self.is_automatic() {
            return;
        }
        let holding = self.holding(on);
        if let Some((last, _)) = self.ended {
            let text = Sentence::in_each(|language| {
                let (given, last) = (given_on(language, on), language.day(last));
                match language {
                    English => format!(
                        "{given}, says an entry that was made once it was settled that its last day is {last}: that stays"
                    ),
                    Spanish => format!(
                        "{given}, según una anotación hecha cuando ya era firme que su último día es el {last}: así queda"
                    ),
                }
            });
            self.remarks.push((holding, step(text, act.source.clone())));
            return;
        }
        match self.in_window(on, holding) {
            Given::InTime(number) if !self.counts(act, number) => {
                let text = self.entered_late(act, on, number);
                let step = step(text, act.source.clone());
                let then = self.holding(act.entered);
                if then != number {
                    self.late.push(Late {
                        from: then,
                        step: step.clone(),
                        waits: act.stands == Stands::Claimed,
                    });
                }
                self.remarks.push((number, step));
                if act.stands == Stands::Disputed {
                    self.disputed.get_or_insert(number);
                }
            }
            Given::InTime(number) if self.goes_on_by_all.contains(&number) => {
                let text = Sentence::in_each(|language| {
                    let given = given_on(language, on);
                    match language {
                        English => format!(
                            "{given}, after all parties had agreed that it goes on: it goes on"
                        ),
                        Spanish => format!(
                            "{given}, después de que todas las partes acordaran que continúa: continúa"
                        ),
                    }
                });
                self.remarks.push((number, step(text, act.source.clone())));
            }
            Given::InTime(number) => {
                let before = self.stopped.as_ref().filter(|s| !s.is_of_an_agreement);
                let before = before.map(|stopped| stopped.number);
                // Another that is disputed adds nothing to one for the same period.
                let adds_nothing = |before: u32| {
                    before < number || (before == number && act.stands == Stands::Disputed)
                };
                if before.is_some_and(adds_nothing) {
                    return;
                }
                self.disputed = (act.stands == Stands::Disputed).then_some(number);
                let text = Sentence::in_each(|language| {
                    let given = given_on(language, on);
                    match language {
                        English => format!("{given}, inside its window: it is not renewed"),
                        Spanish => format!("{given}, dentro de su plazo: no se renueva"),
                    }
                });
                if self.may_be_renewed {
                    self.stopped = Some(Stopped {
                        number,
                        why: step(text, act.source.clone()),
                        is_of_an_agreement: false,
                    });
                }
            }
            Given::Outside(text) => {
                self.remarks.push((holding, step(text, act.source.clone())));
            }
        }
    }

    /// Makes the period that notice ended the last.
    pub(super) fn stop(&mut self) {
        let stopped = self.stopped.as_ref().map(|s| (s.number, s.why.clone()));
        if let Some((number, why)) = stopped {
            self.end_at(number, Some(why));
        }
    }

    /// That the parties agreed to go on after a period takes back the notice that had ended it there; what a later agreement
    /// has ended goes on for as long as they said alone.
    pub(super) fn go_on_after_notice(&mut self, number: u32, renewal: &Act) {
        let beyond = |stopped: u32| {
            stopped == number
                || renewal
                    .to
                    .is_some_and(|to| self.end(stopped).is_some_and(|end| to > end))
        };
        if !self
            .stopped
            .as_ref()
            .is_some_and(|stopped| beyond(stopped.number))
        {
            return;
        }
        self.disputed = None;
        match &mut self.stopped {
            Some(stopped) if stopped.is_of_an_agreement => {
                stopped.number = number.saturating_add(1);
            }
            stopped => *stopped = None,
        }
    }

    /// Whether notice that lies in the window of a period counts. What was entered when that was over is one side's word about
    /// the past: it counts as long as nobody disputes it before the period ends, and once that has ended, and another has
    /// followed, only when it is accepted.
    fn counts(&self, act: &Act, number: u32) -> bool {
        let had_gone_on = self.end(number).is_some_and(|end| end < act.entered);
        let is_late = self.last_day_for_notice(number) < Some(act.entered);
        let in_time = |on: NaiveDate| self.end(number).is_none_or(|end| on <= end);
        match act.stands {
            Stands::Confirmed | Stands::Agreed => true,
            Stands::Disputed if act.disputed_on.is_none_or(in_time) => !is_late,
            _ => !is_late || !had_gone_on,
        }
    }

    pub(super) fn last_day_for_notice(&self, number: u32) -> Option<NaiveDate> {
        let end = self.end(number)?;
        let window = self.window(number, end);
        Some(window.and_then(|window| window.closes).unwrap_or(end))
    }

    fn entered_late(&self, act: &Act, on: NaiveDate, number: u32) -> Sentence {
        let closes = self.last_day_for_notice(number).unwrap_or(on);
        Sentence::in_each(|language| {
            let given = given_on(language, on);
            let late = language.count((act.entered - closes).num_days().unsigned_abs(), Noun::Day);
            let closes = language.day(closes);
            match language {
                English => format!(
                    "{given}, says an entry that was made {late} after the last day for it, {closes}: it counts once it is accepted, and until then it goes on"
                ),
                Spanish => format!(
                    "{given}, según una anotación hecha {late} después del último día para darlo, el {closes}: cuenta cuando se acepte, y hasta entonces continúa"
                ),
            }
        })
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
                    Given::Outside(Sentence::in_each(|language| {
                        let given = given_on(language, on);
                        match language {
                            English => format!(
                                "{given}; whether that is in time cannot be worked out, so it goes on"
                            ),
                            Spanish => format!(
                                "{given}; no puede calcularse si fue a tiempo, de modo que continúa"
                            ),
                        }
                    }))
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
            outside.get_or_insert_with(|| {
                Sentence::in_each(|language| {
                    let given = given_on(language, on);
                    let days = |from: NaiveDate| {
                        language.count((from - on).num_days().unsigned_abs(), Noun::Day)
                    };
                    match (is_early, is_late, language) {
                        (Some(opens), _, English) => format!(
                            "{given}, {} before its window opens on {}, so it goes on",
                            days(opens),
                            language.day(opens)
                        ),
                        (Some(opens), _, Spanish) => format!(
                            "{given}, {} antes de que su plazo se abra el {}, de modo que continúa",
                            days(opens),
                            language.day(opens)
                        ),
                        (None, Some(closes), English) => format!(
                            "{given}, {} after its last day, {}, so it goes on",
                            days(closes),
                            language.day(closes)
                        ),
                        (None, Some(closes), Spanish) => format!(
                            "{given}, {} después de su último día, {}, de modo que continúa",
                            days(closes),
                            language.day(closes)
                        ),
                        (None, None, _) => given,
                    }
                })
            });
            if is_early.is_some() {
                break;
            }
        }
        Given::Outside(outside.unwrap_or_else(|| {
            Sentence::in_each(|language| {
                let given = given_on(language, on);
                match language {
                    English => format!("{given}, after its end"),
                    Spanish => format!("{given}, después de su fin"),
                }
            })
        }))
    }
}

/// When notice was given.
enum Given {
    /// Inside the window of this period.
    InTime(u32),
    /// Outside of any, as these words say.
    Outside(Sentence),
}

fn given_on(language: Language, on: NaiveDate) -> String {
    let on = language.weekday_and_day(on);
    match language {
        English => format!("notice was given on {on}"),
        Spanish => format!("se dio aviso el {on}"),
    }
}

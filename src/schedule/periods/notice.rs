//! Notice: inside its window it ends what renews itself, outside it changes nothing.

use super::super::acts::Act;
use super::{Periods, step};
use crate::record::EntryKind;
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::NaiveDate;

/// How many periods ahead notice is looked up in: a window may open that many before the end that it is about.
const AHEAD: u32 = 60;

impl Periods<'_> {
    /// Notice in its window ends what renews itself; outside it is remarked on.
    pub(super) fn take_notice(&mut self) {
        let by_agreement = self
            .acts_of(EntryKind::Notice)
            .find(|act| act.is_of_an_agreement);
        if let Some((on, act)) = by_agreement.and_then(|act| Some((act.on?, act.clone()))) {
            let why = Sentence::written(&[
                "not renewed any more, by a later agreement",
                "ya no se renueva, por un acuerdo posterior",
            ]);
            let why = step(why, act.source.clone());
            self.end_at(self.holding(on), Some(why));
            self.may_be_renewed = false;
        }
        if !self.is_automatic() {
            return;
        }
        let acts: Vec<Act> = self.acts_of(EntryKind::Notice).cloned().collect();
        for act in acts.into_iter().filter(|act| !act.is_of_an_agreement) {
            let Some(on) = act.on else { continue };
            let holding = self.holding(on);
            match self.in_window(on, holding) {
                Given::InTime(number) if self.was_renewed_after(number, &act) => {}
                Given::InTime(number) => {
                    let text = Sentence::in_each(|language| {
                        let given = given_on(language, on);
                        match language {
                            English => format!("{given}, inside its window: it is not renewed"),
                            Spanish => format!("{given}, dentro de su plazo: no se renueva"),
                        }
                    });
                    self.end_at(number, Some(step(text, act.source.clone())));
                    self.disputed = act.is_disputed.then_some(number);
                    return;
                }
                Given::Outside(text) => {
                    self.remarks.push((holding, step(text, act.source.clone())));
                }
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
                            "{given}, {} before its window opens on {}: too early, so it goes on",
                            days(opens),
                            language.day(opens)
                        ),
                        (Some(opens), _, Spanish) => format!(
                            "{given}, {} antes de que su plazo se abra el {}: demasiado pronto, de modo que continúa",
                            days(opens),
                            language.day(opens)
                        ),
                        (None, Some(closes), English) => format!(
                            "{given}, {} after its last day, {}: too late, so it goes on",
                            days(closes),
                            language.day(closes)
                        ),
                        (None, Some(closes), Spanish) => format!(
                            "{given}, {} después de su último día, {}: demasiado tarde, de modo que continúa",
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

    /// Whether the parties agreed to go on after notice had been given, or a later agreement names another end.
    fn was_renewed_after(&self, number: u32, notice: &Act) -> bool {
        let acts = self.of.acts.iter();
        let mut after = acts.skip_while(|act| *act != notice).skip(1);
        after.any(|act| match act.kind {
            EntryKind::Renewed => self.spoken_of(act, number) == Some(number),
            EntryKind::Moved if act.is_of_an_agreement => {
                self.spoken_of(act, number) >= Some(number)
            }
            _ => false,
        })
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

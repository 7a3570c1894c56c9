//! An agreement's own days: signing, the day on which it takes effect, its first end; stated, or worked out from words.

use super::OfAgreement;
use crate::agreement::When;
use crate::counting::Step;
use crate::deadline::{self, Answer, Dates, Fact, Facts};
use crate::language::Phrase;
use crate::schedule::AgreementDay;
use crate::schedule::answer::own;
use crate::schedule::changes::{self};
use crate::schedule::own_term;
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;

impl OfAgreement<'_> {
    /// The day that a `when` of this agreement names, with such facts.
    pub(in crate::schedule) fn when(
        &self,
        when: &When,
        source: &Sentence,
        facts: &dyn Facts,
    ) -> Fact {
        match when {
            When::On(day, _) => Fact::Known {
                day: *day,
                source: source.clone(),
            },
            When::Phrase(phrase) => {
                let answer = self.evaluate(phrase, facts);
                let Some(dates) = answer.dates.first() else {
                    return Fact::Unknown;
                };
                let Some(day) = dates.nominal.or(dates.opens) else {
                    return Fact::Unknown;
                };
                let source = source.map(|source| format!("{source}: \"{}\"", phrase.words));
                if dates.projected {
                    Fact::Expected { day, source }
                } else {
                    Fact::Known { day, source }
                }
            }
        }
    }

    /// The day of `signing`, of `effective`, or of the end of the first term, with how it was reached.
    pub(in crate::schedule) fn own_day(&self, event: &str) -> Option<AgreementDay> {
        let fact = match event {
            "expiration" => self.first_end(),
            _ => self.day(&own(event)),
        };
        let event = match event {
            "effective" if self.agreement.effective.is_none() => "signing",
            event => event,
        };
        let (day, projected, source) = match fact {
            Fact::Known { day, source } => (day, false, source),
            Fact::Expected { day, source } => (day, true, source),
            Fact::Unknown => return None,
        };
        let mut steps = self.steps_in_words(event, day);
        if steps.is_empty() {
            steps.push(Step {
                text: Sentence::in_each(|language| {
                    let day = language.weekday_and_day(day);
                    match (event, language) {
                        (event, English) => format!("{event} is {day}"),
                        ("signing", Spanish) => format!("la firma: {day}"),
                        ("effective", Spanish) => format!("la entrada en vigor: {day}"),
                        ("expiration", Spanish) => format!("el fin del acuerdo: {day}"),
                        (event, Spanish) => format!("{event}: {day}"),
                    }
                }),
                date: Some(day),
                source,
            });
        }
        Some(AgreementDay {
            day,
            projected,
            steps,
        })
    }

    /// How a day of this agreement was worked out from its own words, where that is the day that it has.
    pub(super) fn derivation(&self, event: &str, fact: &Fact) -> Vec<Step> {
        let (Fact::Known { day, .. } | Fact::Expected { day, .. }) = fact else {
            return Vec::new();
        };
        self.steps_in_words(event, *day)
    }

    fn steps_in_words(&self, event: &str, day: NaiveDate) -> Vec<Step> {
        self.in_words(event)
            .filter(|dates| dates.nominal.or(dates.opens) == Some(day))
            .map_or(Vec::new(), |dates| dates.steps)
    }

    /// What the words for `effective` or for the end come to, unless an entry or a later agreement says another day.
    pub(super) fn in_words(&self, event: &str) -> Option<Dates> {
        let said = match event {
            "effective" => self.agreement.effective.as_ref()?,
            "expiration" => self.agreement.expires.as_ref()?,
            _ => return None,
        };
        let When::Phrase(phrase) = said else {
            return None;
        };
        let is_changed = changes::deciding(&changes::of(self, event)).is_some();
        let in_its_words = match event {
            "expiration" => self.end_by_the_record_alone().is_none(),
            _ => self.claims_in_effect(event).all.is_empty() && !is_changed,
        };
        in_its_words
            .then(|| self.evaluate(phrase, self).dates.into_iter().next())
            .flatten()
    }

    pub(super) fn evaluate(&self, phrase: &Phrase, facts: &dyn Facts) -> Answer {
        let question = self.ledger.known.question;
        deadline::evaluate(
            &phrase.tree,
            &deadline::Question {
                facts,
                counting: &self.agreement.counting,
                from: question.tracked_from(self.agreement, None),
                until: question.until,
                first: None,
                ending: deadline::Ending::Stays,
            },
        )
    }

    /// The end of the agreement's first term: recorded, or as its file says. That it was moved since is for the acts; where
    /// nothing else gives it a day for certain, it is the one on which all agreed that it ends.
    pub(in crate::schedule) fn first_end(&self) -> Fact {
        let stated =
            changes::end_in_its_place(self).unwrap_or_else(|| self.unchanged("expiration"));
        match stated {
            Fact::Known { .. } => stated,
            open => own_term::agreed_end(self).unwrap_or(open),
        }
    }
}

/// A day of an agreement that its file names.
#[derive(Clone, Copy)]
pub(in crate::schedule) enum Own {
    Effective,
    End,
}

/// That the file names it.
pub(in crate::schedule) fn in_the_file(own: Own) -> Sentence {
    match own {
        Own::Effective => Sentence::written(&[
            "in effect, says the agreement's file",
            "en vigor, según el archivo del acuerdo",
        ]),
        Own::End => Sentence::written(&[
            "the end, says the agreement's file",
            "el fin, según el archivo del acuerdo",
        ]),
    }
}

//! Triggers: an event by its id, its title, or the field's other words; an obligation; another agreement's own dates.

use super::catalogue::without_lead;
use super::core::Parser;
use crate::ids::{AgreementId, EventId};
use crate::language::Trigger;
use crate::language::pattern::Pattern;
use crate::language::token::Kind;

impl Parser<'_> {
    /// An event that is declared, or an obligation, by its id or its title.
    pub(super) fn declared_trigger(&mut self) -> Option<Trigger> {
        let direct = self.longest_name(0);
        let rest: Vec<Kind> = self
            .tokens
            .get(self.at..)
            .unwrap_or_default()
            .iter()
            .take(6)
            .map(|token| token.kind.clone())
            .collect();
        // `the employee's anniversary date` is the event, whosever it is.
        let is_whose = |kind: Option<&Kind>| matches!(kind, Some(Kind::Word(word)) if word.ends_with("'s") || word.ends_with("s'"));
        let lead = match rest.first() {
            whose if is_whose(whose) => 1,
            // `either party's request`.
            _ if is_whose(rest.get(1)) && self.sees(words!("either|each|any|other|one")) => 2,
            _ => match rest.len() - without_lead(&rest).len() {
                // `the day the demotion takes effect`.
                0 => usize::from(self.sees(words!("day"))),
                lead => lead,
            },
        };
        let (used, trigger) = match (direct, self.longest_name(lead)) {
            (Some((a, _)), Some((b, trigger))) if b + lead > a => (b + lead, trigger),
            (Some(direct), _) => direct,
            (None, Some((used, trigger))) => (used + lead, trigger),
            (None, None) => return None,
        };
        self.advance(used);
        let trigger = match trigger {
            Trigger::Obligation(id) if self.eat(words!("is|was missed")) => Trigger::Missed(id),
            other => other,
        };
        Some(trigger)
    }

    /// What may follow a trigger and says no other: that it comes about, whose act it is.
    fn tail_of_trigger(&mut self) {
        loop {
            let going_on = self.eat_any(&[
                words!("actually? occurs|occurred|happens|happened|ends|ended"),
                words!("takes|took place"),
                words!("is|was|are|were|has|have been? actually? held|met|done|complete|completed|given|made|received|sent|served|delivered|provided|final|issued"),
                words!("in writing"),
                words!("set|stated|specified|noted|provided forth? above|below|herein"),
                words!("by mail|email"),
                words!("thereof|hereof|hereto|herein|hereunder|below|above"),
            ]) || self.by_whom()
                || self
                    .attempt(|p| {
                        p.eat(words!("of|to")).then_some(())?;
                        p.document()
                    })
                    .is_some();
            if !going_on {
                break;
            }
        }
    }

    fn longest_name(&self, ahead: usize) -> Option<(usize, Trigger)> {
        let rest = self.tokens.get(self.at + ahead..)?;
        self.catalogue.longest_name(rest)
    }

    /// A declared name, unless one of the agreement's own dates is the longer reading: `expiration` may be declared, and
    /// `the expiration of this agreement` is still that.
    pub(super) fn named_trigger(&mut self) -> Option<Trigger> {
        // An obligation may be called `missed`; `a missed commitment` is still any of them.
        if self.sees(words!("missed commitment"))
            && self.longest_name(0).is_none_or(|(used, _)| used < 2)
        {
            self.advance(2);
            return Some(Trigger::AnyMissed);
        }
        let start = self.at;
        let declared = self.attempt(Self::declared_trigger)?;
        let end = self.at;
        self.at = start;
        let built_in = self.attempt(Self::built_in);
        if built_in.is_some() && self.at > end {
            return built_in;
        }
        self.at = end;
        self.eat(words!("date"));
        self.tail_of_trigger();
        Some(declared)
    }

    /// Any trigger; where none is found, the place is kept for the refusal.
    pub(super) fn trigger(&mut self) -> Option<Trigger> {
        let start = self.at;
        let trigger = self.any_trigger()?;
        self.warn_of_each(start, &trigger);
        Some(trigger)
    }

    fn any_trigger(&mut self) -> Option<Trigger> {
        if let Some(trigger) = self.named_trigger() {
            return Some(trigger);
        }
        let start = self.at;
        let built_in = self
            .attempt(Self::built_in)
            .or_else(|| self.attempt(Self::built_in_of_all));
        let end = self.at;
        self.at = start;
        // `the notice is received` is rather the declared receipt of the notice than notice alone.
        if let Some(trigger) = self.attempt(Self::trigger_in_other_words)
            && self.at > end
        {
            self.tail_of_trigger();
            return Some(trigger);
        }
        self.at = end;
        if built_in.is_some() {
            return built_in;
        }
        self.found_no_trigger();
        None
    }

    fn found_no_trigger(&mut self) {
        if self.no_trigger.is_none_or(|at| at <= self.at) {
            self.no_trigger = Some(self.at);
        }
    }

    /// One of the agreement's own dates, in any of the field's words.
    fn built_in(&mut self) -> Option<Trigger> {
        let start = self.at;
        self.eat_any(&[
            words!("date|day on|upon? which"),
            words!("date|day|time that|when"),
            words!("date|day|time of"),
            words!("time|date"),
            words!("when|once"),
        ]);
        if let Some(trigger) = self.attempt(|p| p.date_of_the_document(start)) {
            return Some(trigger);
        }
        // `this agreement's expiration date`.
        let _: Option<()> = self.attempt(|p| (p.document_or_whose()? == Whose::Its).then_some(()));
        self.eat(words!("its|their|such|said|this|final|full|last"));
        let event = self.built_in_event()?;
        let mut agreement = None;
        loop {
            if self.eat(words!("thereof|hereof|hereto|herein|below|above|date|day")) {
                continue;
            }
            let found = self.attempt(|p| {
                if !p.eat(words!("of|to|for|in")) {
                    return None;
                }
                if let Some(id) = p.agreement() {
                    agreement = Some(id);
                    return Some(());
                }
                p.found_no_trigger();
                p.document()
            });
            if found.is_none() && !self.by_whom() {
                break;
            }
        }
        self.tail_of_trigger();
        Some(Trigger::Event {
            agreement,
            event: EventId::new(event),
        })
    }

    /// `the parties' ratification of this agreement`.
    fn built_in_of_all(&mut self) -> Option<Trigger> {
        self.eat(words!("both? parties|sides")).then_some(())?;
        self.sees(words!("signing|execution|signature|ratification"))
            .then(|| self.built_in())?
    }

    /// `the date of this letter`, `the date hereof`, `the date first written above`.
    fn date_of_the_document(&mut self, start: usize) -> Option<Trigger> {
        self.at = start;
        self.eat(words!("date|day")).then_some(())?;
        let named = self.eat(words!("hereof"))
            || self
                .attempt(|p| {
                    p.eat_ordinal(1);
                    p.eat(words!("written|appearing|set forth? above|below?"))
                        .then_some(())
                })
                .is_some()
            || self
                .attempt(|p| {
                    p.eat(words!("of")).then_some(())?;
                    p.sees(words!("this")).then_some(())?;
                    p.document()
                })
                .is_some();
        named.then_some(())?;
        self.warn(
            start,
            "the date of a document is read as the day on which it was signed",
            "write `signing` or `effective`",
        );
        Some(Trigger::event(EventId::new("signing")))
    }

    fn built_in_event(&mut self) -> Option<&'static str> {
        const NOUNS: [(&Pattern, &str); 13] = [
            (words!("effective date|day"), "effective"),
            (words!("effectiveness|effective"), "effective"),
            (
                words!("full|final? signing|execution|signature|signatures date?"),
                "signing",
            ),
            (words!("being? fully? signed|executed"), "signing"),
            (words!("last signature date?"), "signing"),
            (words!("expiration|expiry date?"), "expiration"),
            (words!("termination date"), "expiration"),
            (words!("ratification date?"), "ratification"),
            (words!("being? ratified"), "ratification"),
            (words!("written|such|said? notice"), "notice"),
            (words!("end of term"), "expiration"),
            (
                words!("scheduled|stated expiration|expiry date?"),
                "expiration",
            ),
            (words!("anniversary date of expiration"), "expiration"),
        ];
        const STATES: [(&Pattern, &str); 7] = [
            (
                words!("is|being|was|are|has? been? fully? signed|executed"),
                "signing",
            ),
            (words!("is|being|was|has? been? ratified"), "ratification"),
            (words!("becomes|becoming effective"), "effective"),
            (words!("takes|taking effect"), "effective"),
            (words!("goes into effect"), "effective"),
            (words!("expires|terminates|ends|expiring"), "expiration"),
            (words!("comes to end"), "expiration"),
        ];
        if let Some(event) = self.attempt(|p| {
            p.eat(words!(
                "end|termination|ending|expiration|expiry|conclusion of"
            ))
            .then_some(())?;
            // An agreement of the office may be called `letter`.
            if !p.sees(words!("this")) && p.attempt(Self::agreement).is_some() {
                return None;
            }
            p.document()?;
            Some("expiration")
        }) {
            return Some(event);
        }
        // `both parties have signed`.
        if let Some(event) = self.attempt(|p| {
            p.party()?;
            if p.eat(words!("has|have")) {
                if p.eat(words!("fully? signed|executed this|it?")) {
                    return Some("signing");
                }
                return p.eat(words!("ratified this|it?")).then_some("ratification");
            }
            let event = if p.eat(words!("sign|signs|execute|executes")) {
                "signing"
            } else {
                p.eat(words!("ratify|ratifies")).then_some("ratification")?
            };
            p.attempt(Self::document);
            Some(event)
        }) {
            return Some(event);
        }
        if let Some(event) = self.attempt(|p| {
            p.document()?;
            STATES
                .iter()
                .find_map(|(words, event)| p.eat(words).then_some(*event))
        }) {
            return Some(event);
        }
        NOUNS
            .iter()
            .find_map(|(words, event)| self.eat(words).then_some(*event))
    }

    /// The name of an agreement of the office.
    pub(super) fn agreement_name(&mut self) -> Option<AgreementId> {
        self.agreement()
    }

    fn agreement(&mut self) -> Option<AgreementId> {
        let rest = self.tokens.get(self.at..)?;
        let (used, id) = self.catalogue.longest_agreement(rest)?;
        self.advance(used);
        Some(id)
    }

    /// The document that the phrase stands in, by its common names: `this Memorandum of Understanding`.
    pub(super) fn document(&mut self) -> Option<()> {
        (self.document_or_whose()? == Whose::Itself).then_some(())
    }

    /// A document, or what is its: `this agreement`, `this agreement's`.
    fn document_or_whose(&mut self) -> Option<Whose> {
        self.eat(words!(
            "this|its|said|such|their|our|current|present|entire|above"
        ));
        let mut found = false;
        loop {
            if matches!(
                self.word(0),
                "agreement"
                    | "agreements"
                    | "contract"
                    | "memorandum"
                    | "mou"
                    | "moa"
                    | "loa"
                    | "lou"
                    | "cba"
                    | "letter"
                    | "sideletter"
                    | "addendum"
                    | "amendment"
                    | "appendix"
                    | "document"
                    | "understanding"
                    | "instrument"
                    | "term"
                    | "extension"
                    | "parties"
            ) {
                self.advance(1);
                found = true;
            } else if self.word(0).strip_suffix("'s").is_some_and(is_document) {
                self.advance(1);
                return Some(Whose::Its);
            } else if matches!(
                self.word(0),
                "side" | "collective" | "bargaining" | "labor" | "master" | "tentative" | "entire"
            ) || (found && matches!(self.word(0), "of") && is_document(self.word(1)))
                || (found
                    && self.word(0) == "of"
                    && matches!(self.word(1), "this" | "said" | "such")
                    && is_document(self.word(2)))
                || (found && self.word(0) == "this" && is_document(self.word(1)))
            {
                self.advance(1);
            } else {
                break;
            }
        }
        found.then_some(Whose::Itself)
    }
}

/// Whether a document is named, or what is its.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Itself,
    Its,
}

fn is_document(word: &str) -> bool {
    matches!(
        word,
        "agreement"
            | "understanding"
            | "contract"
            | "memorandum"
            | "letter"
            | "mou"
            | "moa"
            | "cba"
            | "addendum"
            | "side"
    )
}

//! Wordings that name no date: `as soon as administratively possible`, `promptly`, `as needed`.

use super::core::Parser;
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::Undated;

impl Parser<'_> {
    /// A wording without a date, and what it hangs on. One that has a hard limit beside it (`as early as possible, but no
    /// later than D`) is that limit, and is not read here.
    pub(super) fn undated(&mut self) -> Option<(Undated, Option<Trigger>)> {
        let wording = self.undated_words()?;
        let after = self.attempt(|p| {
            p.eat("after|following|upon|of|from|once").then_some(())?;
            p.trigger()
        });
        if after.is_none() {
            self.let_go_of_the_rest();
        }
        Some((wording, after))
    }

    /// The same words before a hard limit say nothing: the limit decides.
    pub(super) fn soft_lead(&mut self) -> Option<()> {
        let start = self.at;
        self.undated_words()?;
        let _: Option<()> = self.attempt(|p| {
            p.eat("after|following|upon|once").then_some(())?;
            p.point().map(|_| ())
        });
        // What may be done as soon as that comes opens nothing.
        self.say_in_other_words(start);
        self.comma();
        self.eat("but|and");
        self.comma();
        self.eat("in any event|case");
        let limited = self.sees("no|not later|more than")
            || self.sees("by no|not later")
            || self.sees("no|not earlier|sooner")
            || self.sees("not before|after|exceeding")
            || self.sees("not to exceed")
            || self.sees("at most|latest")
            || self.sees("up to")
            || self.sees("in no event|case")
            || self.sees("within|before|by")
            || self.sees("on or before")
            || self.sees("prior to");
        limited.then_some(())
    }

    /// A wording that names no date.
    pub(super) fn undated_words(&mut self) -> Option<Undated> {
        // `in effect unless modified`: the condition keeps its own words.
        if let Some(ongoing) = self.attempt(|p| {
            p.eat("remain|remains|continue|continues");
            p.eat("in full? force? and? effect").then_some(())?;
            p.sees("unless").then_some(Undated::Ongoing)
        }) {
            return Some(ongoing);
        }
        if let Some(ongoing) = self.attempt(Self::until_changed) {
            return Some(ongoing);
        }
        self.eat("on|in|at");
        if self.eat("as soon|early|quickly|promptly|expeditiously as is|it? is?") {
            self.eat("administratively|reasonably|practically|operationally|legally|otherwise");
            self.eat("and");
            self.eat("administratively|reasonably|practically|operationally|legally");
            if self.eat("possible|practicable|practical|feasible|reasonable|able|available|can|may")
            {
                return Some(Undated::AsSoonAsPossible);
            }
            return None;
        }
        if let Some((_, wording)) = WORDINGS.iter().find(|(words, _)| self.eat(words)) {
            return Some(*wording);
        }
        self.immediately()
    }

    /// `until superseded`, `until the parties agree otherwise`: it goes on, and the words are its condition. What is declared
    /// has a day, and is not read here.
    fn until_changed(&mut self) -> Option<Undated> {
        let start = self.at;
        self.eat("until|unless|till such? time? as|that?")
            .then_some(())?;
        let declared = self.attempt(|p| {
            p.eat("of");
            p.trigger()
        });
        if declared.is_some() {
            return None;
        }
        self.document();
        self.party();
        self.eat("is|are|be|has|have been?");
        self.eat("mutually|otherwise");
        self.eat("superseded|superceded|modified|amended|replaced|terminated|rescinded|revoked|cancelled|canceled|changed|renegotiated|agreed|agree|decide|determine|determined|withdrawn|altered|vacated")
            .then_some(())?;
        self.at = start;
        Some(Undated::Ongoing)
    }

    /// `immediately` by itself; with a trigger after `effective` it is that day, and `immediately after X` is undated.
    fn immediately(&mut self) -> Option<Undated> {
        if self.sees("immediately prior|preceding|before|following") && self.at > 0 {
            return None;
        }
        let effective = self.attempt(|p| {
            p.eat("effective immediately").then_some(())?;
            (p.done() || matches!(p.kind(0), Some(Kind::Comma | Kind::Semicolon))).then_some(())
        });
        (effective.is_some() || self.eat("immediately|instantly")).then_some(Undated::Immediately)
    }
}

/// The wordings, longer ones before those that they begin with.
const WORDINGS: [(&str, Undated); 40] = [
    ("no time stated|specified|given", Undated::NoTimeStated),
    (
        "earliest possible|practicable|available|convenient|feasible time|date|opportunity|convenience",
        Undated::AsSoonAsPossible,
    ),
    (
        "earliest opportunity|convenience",
        Undated::AsSoonAsPossible,
    ),
    ("first opportunity", Undated::AsSoonAsPossible),
    ("promptly|expeditiously|speedily", Undated::Promptly),
    (
        "prompt|expeditious|timely manner|basis|fashion",
        Undated::Promptly,
    ),
    (
        "without undue|unreasonable|unnecessary? delay",
        Undated::Promptly,
    ),
    ("with all? due? dispatch|diligence", Undated::Promptly),
    ("shall|will immediately", Undated::Immediately),
    ("forthwith", Undated::Immediately),
    ("at once", Undated::Immediately),
    ("once immediately", Undated::Immediately),
    (
        "if|when|where|as and? if|when? needed|necessary|required|requested|appropriate|warranted|applicable",
        Undated::AsNeeded,
    ),
    (
        "if|when|where|as needed|necessary|required|appropriate|warranted|applicable",
        Undated::AsNeeded,
    ),
    ("as needed|required basis?", Undated::AsNeeded),
    ("needed|required basis", Undated::AsNeeded),
    ("if|when|as requested", Undated::UponRequest),
    (
        "whenever needed|necessary|requested|required",
        Undated::AsNeeded,
    ),
    (
        "upon written|reasonable|oral? request",
        Undated::UponRequest,
    ),
    ("request", Undated::UponRequest),
    ("case by case basis?", Undated::AsNeeded),
    ("ongoing basis?", Undated::Ongoing),
    ("continuing|continuous|continual basis?", Undated::Ongoing),
    (
        "continuously|continually|indefinitely|always|perpetually",
        Undated::Ongoing,
    ),
    ("until further notice", Undated::Ongoing),
    ("at all times", Undated::Ongoing),
    ("all times", Undated::Ongoing),
    (
        "within reasonable time|period|timeframe|amount of? time?",
        Undated::WithinAReasonableTime,
    ),
    ("reasonable time|times", Undated::WithinAReasonableTime),
    (
        "regularly|periodically|routinely|occasionally scheduled?",
        Undated::Periodically,
    ),
    (
        "regular|periodic|routine basis|intervals",
        Undated::Periodically,
    ),
    ("from time to time", Undated::Periodically),
    ("time to time", Undated::Periodically),
    (
        "mutually agreeable|agreed|convenient|acceptable upon? time|times|date|dates|schedule",
        Undated::AtATimeToBeAgreed,
    ),
    (
        "time|times|date|dates mutually agreeable|agreed|convenient|acceptable",
        Undated::AtATimeToBeAgreed,
    ),
    (
        "schedule|time|date to be mutually? agreed|determined|set|established",
        Undated::AtATimeToBeAgreed,
    ),
    (
        "to be mutually? agreed|determined|decided|scheduled|announced",
        Undated::AtATimeToBeAgreed,
    ),
    ("tbd|tba", Undated::AtATimeToBeAgreed),
    ("as mutually? agreed|determined", Undated::AtATimeToBeAgreed),
    ("by mutual agreement|consent", Undated::AtATimeToBeAgreed),
];

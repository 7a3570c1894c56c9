//! Wordings that name no date: `as soon as administratively possible`, `promptly`, `as needed`.

use super::core::Parser;
use crate::language::Trigger;
use crate::language::pattern::Pattern;
use crate::language::token::Kind;
use crate::language::tree::Undated;

impl Parser<'_> {
    /// A wording without a date, and what it hangs on. One that has a hard limit beside it (`as early as possible, but no
    /// later than D`) is that limit, and is not read here.
    pub(super) fn undated(&mut self) -> Option<(Undated, Option<Trigger>)> {
        let wording = self.undated_words()?;
        let after = self.attempt(|p| {
            p.eat(words!("after|following|upon|of|from|once"))
                .then_some(())?;
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
        let after = self.attempt(|p| {
            p.eat(words!("after|following|upon|once")).then_some(())?;
            p.point()
        });
        // What may be done as soon as that comes opens nothing.
        self.say_in_other_words(start);
        self.comma();
        self.eat(words!("but|and"));
        self.comma();
        self.eat(words!("in any event|case"));
        let limited = self.sees(words!("no|not later|more than"))
            || self.sees(words!("by no|not later"))
            || self.sees(words!("no|not earlier|sooner"))
            || self.sees(words!("not before|after|exceeding"))
            || self.sees(words!("not to exceed"))
            || self.sees(words!("at most|latest"))
            || self.sees(words!("up to"))
            || self.sees(words!("in no event|case"))
            || self.sees(words!("within|before|by"))
            || self.sees(words!("on or before"))
            || self.sees(words!("prior to"));
        // It opens on the later of the two, which the limit alone would not say.
        let opens =
            self.sees(words!("no|not earlier|sooner")) || self.sees(words!("not before|until"));
        (limited && !(after.is_some() && opens)).then_some(())
    }

    /// A wording that names no date.
    pub(super) fn undated_words(&mut self) -> Option<Undated> {
        // `in effect unless modified`: the condition keeps its own words.
        if let Some(ongoing) = self.attempt(|p| {
            p.eat(words!("remain|remains|continue|continues"));
            p.eat(words!("in full? force? and? effect")).then_some(())?;
            p.sees(words!("unless")).then_some(Undated::Ongoing)
        }) {
            return Some(ongoing);
        }
        if let Some(ongoing) = self.attempt(Self::until_changed) {
            return Some(ongoing);
        }
        self.eat(words!("on|in|at"));
        if self.eat(words!(
            "as soon|early|quickly|promptly|expeditiously as is|it? is?"
        )) {
            self.eat(words!(
                "administratively|reasonably|practically|operationally|legally|otherwise"
            ));
            self.eat(words!("and"));
            self.eat(words!(
                "administratively|reasonably|practically|operationally|legally"
            ));
            if self.eat(words!(
                "possible|practicable|practical|feasible|reasonable|able|available|can|may"
            )) {
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
        self.eat(words!("until|unless|till such? time? as|that?"))
            .then_some(())?;
        let declared = self.attempt(|p| {
            p.eat(words!("of"));
            p.trigger()
        });
        if declared.is_some() {
            return None;
        }
        self.document();
        self.party();
        self.eat(words!("is|are|be|has|have been?"));
        self.eat(words!("mutually|otherwise"));
        self.eat(words!("superseded|superceded|modified|amended|replaced|terminated|rescinded|revoked|cancelled|canceled|changed|renegotiated|agreed|agree|decide|determine|determined|withdrawn|altered|vacated"))
            .then_some(())?;
        self.at = start;
        Some(Undated::Ongoing)
    }

    /// `immediately` by itself; with a trigger after `effective` it is that day, and `immediately after X` is undated.
    fn immediately(&mut self) -> Option<Undated> {
        if self.sees(words!("immediately prior|preceding|before|following")) && self.at > 0 {
            return None;
        }
        let effective = self.attempt(|p| {
            p.eat(words!("effective immediately")).then_some(())?;
            (p.done() || matches!(p.kind(0), Some(Kind::Comma | Kind::Semicolon))).then_some(())
        });
        (effective.is_some() || self.eat(words!("immediately|instantly")))
            .then_some(Undated::Immediately)
    }
}

/// The wordings, longer ones before those that they begin with.
const WORDINGS: [(&Pattern, Undated); 40] = [
    (
        words!("no time stated|specified|given"),
        Undated::NoTimeStated,
    ),
    (
        words!(
            "earliest possible|practicable|available|convenient|feasible time|date|opportunity|convenience"
        ),
        Undated::AsSoonAsPossible,
    ),
    (
        words!("earliest opportunity|convenience"),
        Undated::AsSoonAsPossible,
    ),
    (words!("first opportunity"), Undated::AsSoonAsPossible),
    (words!("promptly|expeditiously|speedily"), Undated::Promptly),
    (
        words!("prompt|expeditious|timely manner|basis|fashion"),
        Undated::Promptly,
    ),
    (
        words!("without undue|unreasonable|unnecessary? delay"),
        Undated::Promptly,
    ),
    (
        words!("with all? due? dispatch|diligence"),
        Undated::Promptly,
    ),
    (words!("shall|will immediately"), Undated::Immediately),
    (words!("forthwith"), Undated::Immediately),
    (words!("at once"), Undated::Immediately),
    (words!("once immediately"), Undated::Immediately),
    (
        words!(
            "if|when|where|as and? if|when? needed|necessary|required|requested|appropriate|warranted|applicable"
        ),
        Undated::AsNeeded,
    ),
    (
        words!("if|when|where|as needed|necessary|required|appropriate|warranted|applicable"),
        Undated::AsNeeded,
    ),
    (words!("as needed|required basis?"), Undated::AsNeeded),
    (words!("needed|required basis"), Undated::AsNeeded),
    (words!("if|when|as requested"), Undated::UponRequest),
    (
        words!("whenever needed|necessary|requested|required"),
        Undated::AsNeeded,
    ),
    (
        words!("upon written|reasonable|oral? request"),
        Undated::UponRequest,
    ),
    (words!("request"), Undated::UponRequest),
    (words!("case by case basis?"), Undated::AsNeeded),
    (words!("ongoing basis?"), Undated::Ongoing),
    (
        words!("continuing|continuous|continual basis?"),
        Undated::Ongoing,
    ),
    (
        words!("continuously|continually|indefinitely|always|perpetually"),
        Undated::Ongoing,
    ),
    (words!("until further notice"), Undated::Ongoing),
    (words!("at all times"), Undated::Ongoing),
    (words!("all times"), Undated::Ongoing),
    (
        words!("within reasonable time|period|timeframe|amount of? time?"),
        Undated::WithinAReasonableTime,
    ),
    (
        words!("reasonable time|times"),
        Undated::WithinAReasonableTime,
    ),
    (
        words!("regularly|periodically|routinely|occasionally scheduled?"),
        Undated::Periodically,
    ),
    (
        words!("regular|periodic|routine basis|intervals"),
        Undated::Periodically,
    ),
    (words!("from time to time"), Undated::Periodically),
    (words!("time to time"), Undated::Periodically),
    (
        words!(
            "mutually agreeable|agreed|convenient|acceptable upon? time|times|date|dates|schedule"
        ),
        Undated::AtATimeToBeAgreed,
    ),
    (
        words!("time|times|date|dates mutually agreeable|agreed|convenient|acceptable"),
        Undated::AtATimeToBeAgreed,
    ),
    (
        words!("schedule|time|date to be mutually? agreed|determined|set|established"),
        Undated::AtATimeToBeAgreed,
    ),
    (
        words!("to be mutually? agreed|determined|decided|scheduled|announced"),
        Undated::AtATimeToBeAgreed,
    ),
    (words!("tbd|tba"), Undated::AtATimeToBeAgreed),
    (
        words!("as mutually? agreed|determined"),
        Undated::AtATimeToBeAgreed,
    ),
    (
        words!("by mutual agreement|consent"),
        Undated::AtATimeToBeAgreed,
    ),
];

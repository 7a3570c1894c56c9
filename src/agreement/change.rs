//! What an agreement does to others.

use super::When;
use crate::ids::{AgreementId, ObligationId};
use crate::language::Trigger;
use crate::source::Span;

/// What an agreement does to another from its own effective day: a line of its `[changes]`, or an obligation of its own
/// that takes the place of one.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where it is said.
    pub span: Span,
    /// The agreement that is changed.
    pub agreement: AgreementId,
    /// What of it: an obligation, or its own `effective`, `expiration` or `renewal`; `None`: the whole of it.
    pub part: Option<String>,
    /// What holds in its place.
    pub to: ChangedTo,
}

/// What holds in the place of something that is changed.
#[derive(Clone, Debug)]
pub enum ChangedTo {
    /// Nothing.
    Void,
    /// Another last day; of `effective`, another day.
    Day(When),
    /// An obligation of the agreement that changes it.
    Restated(ObligationId),
}

impl Change {
    /// Whether it changes this part of that agreement, by itself or with the whole.
    pub fn concerns(&self, agreement: &AgreementId, part: &str) -> bool {
        self.agreement == *agreement && self.part.as_deref().is_none_or(|own| own == part)
    }

    /// What it changes, as it is written: `mou_2013/expiration`.
    pub fn target(&self) -> String {
        match &self.part {
            Some(part) => format!("{}/{part}", self.agreement),
            None => self.agreement.to_string(),
        }
    }

    /// What it is called where it is left out for a fault.
    pub fn left_out(&self) -> String {
        format!("changes ({})", self.target())
    }

    /// Whether a trigger in its words is the very day that it changes: that is the day as it was before.
    pub fn is_what_it_changes(&self, trigger: &Trigger) -> bool {
        matches!(trigger, Trigger::Event { agreement: Some(agreement), event }
            if *agreement == self.agreement && self.part.as_deref() == Some(event.as_str()))
    }

    /// Its words.
    pub fn words(&self) -> String {
        match &self.to {
            ChangedTo::Void => "void".to_owned(),
            ChangedTo::Day(When::On(day, _)) => day.to_string(),
            ChangedTo::Day(When::Phrase(phrase)) => phrase.words.clone(),
            ChangedTo::Restated(obligation) => obligation.to_string(),
        }
    }
}

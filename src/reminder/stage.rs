//! The stages at which something is told; their words are those of `docs/mail.md`, of `remind` and of the store.

use std::fmt;
use std::str::FromStr;

/// Why a contact is told about something on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The day of an event is asked for.
    Asked,
    /// A window, or an opening without end, begins.
    Opens,
    /// So many days before the last day.
    Before(u32),
    /// The last day.
    Due,
    /// The nth time after the last day, from 1.
    Overdue(u32),
    /// The contacts for escalations hear of it.
    Escalated,
    /// How something without a date stands.
    Review,
    /// From now on a term may be renewed, or notice given.
    RenewalOpens,
    /// The time for that ends soon.
    RenewalCloses,
    /// A term has ended.
    Ended,
    /// A day that was spoken of is another one now.
    Moved,
    /// A party has said that something is so, or has struck out what was said.
    Reported,
    /// A party proposes what all must agree to.
    Proposed,
    /// A party says the same as another, or agrees.
    Confirmed,
    /// A party says otherwise, or does not agree.
    Disputed,
    /// An address refused mail for good.
    Undelivered,
    /// The weekly overview.
    Digest,
}

impl Stage {
    /// Whether it tells of an entry of the record.
    pub fn tells_of_an_entry(self) -> bool {
        matches!(
            self,
            Self::Reported | Self::Proposed | Self::Confirmed | Self::Disputed
        )
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("asked"),
            Self::Opens => f.write_str("opens"),
            Self::Before(1) => f.write_str("before 1 day"),
            Self::Before(days) => write!(f, "before {days} days"),
            Self::Due => f.write_str("due"),
            Self::Overdue(time) => write!(f, "overdue {time}"),
            Self::Escalated => f.write_str("escalated"),
            Self::Review => f.write_str("review"),
            Self::RenewalOpens => f.write_str("renewal_opens"),
            Self::RenewalCloses => f.write_str("renewal_closes"),
            Self::Ended => f.write_str("ended"),
            Self::Moved => f.write_str("moved"),
            Self::Reported => f.write_str("reported"),
            Self::Proposed => f.write_str("proposed"),
            Self::Confirmed => f.write_str("confirmed"),
            Self::Disputed => f.write_str("disputed"),
            Self::Undelivered => f.write_str("undelivered"),
            Self::Digest => f.write_str("digest"),
        }
    }
}

/// A stage that this version does not know, as a newer one may have written it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStage;

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Self, UnknownStage> {
        let mut words = text.split(' ');
        let stage = match words.next().unwrap_or_default() {
            "asked" => Self::Asked,
            "opens" => Self::Opens,
            "before" => Self::Before(number(words.next())?),
            "due" => Self::Due,
            "overdue" => Self::Overdue(number(words.next())?),
            "escalated" => Self::Escalated,
            "review" => Self::Review,
            "renewal_opens" => Self::RenewalOpens,
            "renewal_closes" => Self::RenewalCloses,
            "ended" => Self::Ended,
            "moved" => Self::Moved,
            "reported" => Self::Reported,
            "proposed" => Self::Proposed,
            "confirmed" => Self::Confirmed,
            "disputed" => Self::Disputed,
            "undelivered" => Self::Undelivered,
            "digest" => Self::Digest,
            _ => return Err(UnknownStage),
        };
        Ok(stage)
    }
}

fn number(word: Option<&str>) -> Result<u32, UnknownStage> {
    word.and_then(|w| w.parse().ok()).ok_or(UnknownStage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_reads_back_from_its_words() {
        for stage in [
            Stage::Asked,
            Stage::Opens,
            Stage::Before(1),
            Stage::Before(30),
            Stage::Due,
            Stage::Overdue(4),
            Stage::Escalated,
            Stage::Review,
            Stage::RenewalOpens,
            Stage::RenewalCloses,
            Stage::Ended,
            Stage::Moved,
            Stage::Reported,
            Stage::Proposed,
            Stage::Confirmed,
            Stage::Disputed,
            Stage::Undelivered,
            Stage::Digest,
        ] {
            assert_eq!(stage.to_string().parse(), Ok(stage));
        }
        assert_eq!("before some days".parse::<Stage>(), Err(UnknownStage));
    }
}

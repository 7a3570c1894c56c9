//! What is decided once: the key of a reminder.

use super::stage::Stage;
use super::told::ToldDay;
use crate::ids::AgreementId;
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// One reminder to one recipient. Deciding it again adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The agreement; empty for a weekly overview, which is about all.
    pub agreement: AgreementId,
    /// The obligation or event; may be empty.
    pub subject: String,
    /// Which occurrence, by its nominal last day; `None` where there is only one.
    pub occurrence: Option<NaiveDate>,
    /// What else tells it apart: the `for` words of an event that repeats, the entry that is told of (`entry 12`), or the
    /// address that refused mail. Before the words, of a day that has moved: how many times that was told, from the second on,
    /// and which day it is where it is not the last: [`Named`]. Empty otherwise.
    pub about: String,
    /// Why it is sent.
    pub stage: Stage,
    /// The address, in lower case.
    pub recipient: String,
    /// The day that it speaks of: when that moves, there is something new to say. Of what it asks, the day from which silence
    /// is an answer.
    pub day: NaiveDate,
}

/// A day of a thing that is not the last on which it is owed, and may move as that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// On which it is decided whether a term goes on.
    Renewal,
    /// From which something may be done or decided.
    Opening,
    /// That was the last, and has no other in its place.
    Gone,
}

impl Named {
    fn before(self, words: &str) -> String {
        format!("{}{words}", self.mark())
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Renewal => "its renewal: ",
            Self::Opening => "its opening: ",
            Self::Gone => "no day: ",
        }
    }
}

/// What stands before the number of times that the same day was told, with this one.
const TIME: &str = "time ";

impl Key {
    /// The same where the day that has moved is another than the last.
    #[must_use]
    pub fn of(mut self, named: Named) -> Self {
        self.about = named.before(&self.about);
        self
    }

    /// The same where it was told before that the day is this one, and another has been told since.
    pub(super) fn once_more(&self, time: usize) -> Self {
        Self {
            about: format!("{TIME}{time}: {}", self.about),
            ..self.clone()
        }
    }

    /// Which day it speaks of; `None`: the last.
    pub fn named(&self) -> Option<Named> {
        match self.stage {
            Stage::RenewalOpens | Stage::RenewalCloses => Some(Named::Renewal),
            Stage::Moved => [Named::Renewal, Named::Opening, Named::Gone]
                .into_iter()
                .find(|named| self.whenever().starts_with(named.mark())),
            _ => None,
        }
    }

    /// What else tells the thing apart that it is about, whichever day of it this speaks of, and however often.
    pub fn which(&self) -> &str {
        let about = self.whenever();
        let mark = self.named().map_or("", Named::mark);
        about.strip_prefix(mark).unwrap_or(about)
    }

    /// The day that it names, as it was told.
    pub(super) fn as_told(&self) -> ToldDay<'_> {
        ToldDay {
            which: self.which(),
            recipient: &self.recipient,
            occurrence: self.occurrence,
            day: self.day,
        }
    }

    /// What else tells it apart, however often it was told.
    fn whenever(&self) -> &str {
        let timed = self.about.strip_prefix(TIME);
        let timed = timed.filter(|_| self.stage == Stage::Moved);
        match timed.and_then(|timed| timed.split_once(": ")) {
            Some((time, about)) if time.parse::<usize>().is_ok() => about,
            _ => &self.about,
        }
    }
}

impl fmt::Display for Key {
    /// One canonical line, for hashing and for the store. The parts are kept apart by a control character, which no
    /// part contains.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let occurrence = self.occurrence.map(|d| d.to_string()).unwrap_or_default();
        write!(
            f,
            "{}\u{1f}{}\u{1f}{occurrence}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}",
            self.agreement,
            self.subject,
            field(&self.about),
            self.stage,
            field(&self.recipient),
            self.day
        )
    }
}

/// A key that is none of this version's, as a newer one may have written it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey;

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let fields: Vec<&str> = text.split('\u{1f}').collect();
        let [agreement, subject, occurrence, about, stage, recipient, day] = fields.as_slice()
        else {
            return Err(UnknownKey);
        };
        let occurrence = match *occurrence {
            "" => None,
            day => Some(day.parse().map_err(|_| UnknownKey)?),
        };
        Ok(Self {
            agreement: AgreementId::new(*agreement),
            subject: (*subject).to_owned(),
            occurrence,
            about: (*about).to_owned(),
            stage: stage.parse().map_err(|_| UnknownKey)?,
            recipient: (*recipient).to_owned(),
            day: day.parse().map_err(|_| UnknownKey)?,
        })
    }
}

/// Words that people wrote, without what keeps the fields apart.
fn field(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::reminder) fn key(stage: Stage, day: &str) -> Key {
        Key {
            agreement: AgreementId::new("sdr_phase_ii"),
            subject: "follow_up_meeting".to_owned(),
            occurrence: None,
            about: String::new(),
            stage,
            recipient: "agents@upe.example".to_owned(),
            day: day.parse().unwrap(),
        }
    }

    #[test]
    fn a_key_reads_back_from_its_line() {
        let mut one = key(Stage::Before(30), "2014-03-30");
        assert_eq!(one.to_string().parse(), Ok(one.clone()));
        one.occurrence = Some(one.day);
        one.about = "the north office".to_owned();
        assert_eq!(one.to_string().parse(), Ok(one.clone()));
        assert_eq!("something else".parse::<Key>(), Err(UnknownKey));
    }
}

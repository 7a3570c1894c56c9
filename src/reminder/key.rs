//! What is decided once: the key of a reminder, and the keys that were decided before.

use super::stage::Stage;
use crate::ids::AgreementId;
use crate::store::outbox::withdrawn;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
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
    /// address that refused mail. Before the words, of a day that has moved, which it is where it is not the last: [`Named`].
    /// Empty otherwise.
    pub about: String,
    /// Why it is sent.
    pub stage: Stage,
    /// The address, in lower case.
    pub recipient: String,
    /// The day that it speaks of: when that moves, there is something new to say. Of what it asks, the day from which silence
    /// is an answer.
    pub day: NaiveDate,
}

/// A day of a thing that is not its last, and may move as that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// On which it is decided whether a term goes on.
    Renewal,
    /// From which something may be done or decided.
    Opening,
}

impl Named {
    fn before(self, words: &str) -> String {
        format!("{}{words}", self.mark())
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Renewal => "its renewal: ",
            Self::Opening => "its opening: ",
        }
    }
}

impl Key {
    /// The same where the day that has moved is another than the last.
    #[must_use]
    pub fn of(mut self, named: Named) -> Self {
        self.about = named.before(&self.about);
        self
    }

    /// Which day it speaks of; `None`: the last.
    pub fn named(&self) -> Option<Named> {
        match self.stage {
            Stage::RenewalOpens | Stage::RenewalCloses => Some(Named::Renewal),
            Stage::Moved => [Named::Renewal, Named::Opening]
                .into_iter()
                .find(|named| self.about.starts_with(named.mark())),
            _ => None,
        }
    }

    /// What else tells the thing apart that it is about, whichever day of it this speaks of.
    pub fn which(&self) -> &str {
        let mark = self.named().map_or("", Named::mark);
        self.about.strip_prefix(mark).unwrap_or(&self.about)
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

/// One thing as one recipient is told of it: agreement, obligation or event, what else tells it apart, and the address.
type Thread = (AgreementId, String, String, String);

/// The days that were last told in a thread.
#[derive(Clone, Debug, Default)]
struct Days {
    /// Of each occurrence, by the nominal last day that it is called by.
    of: BTreeMap<Option<NaiveDate>, Day>,
    /// Of which one was told last of all.
    last: Option<NaiveDate>,
}

/// The day that was last told, and the one before it, where that was another.
#[derive(Clone, Copy, Debug)]
struct Day {
    day: NaiveDate,
    before: Option<NaiveDate>,
}

/// The `for` words, and the occurrence.
type Which = (String, Option<NaiveDate>);

/// What was decided before: which keys, and which day each recipient was last told for something.
#[derive(Clone, Debug, Default)]
pub struct Told {
    keys: BTreeSet<String>,
    last_day: BTreeMap<Thread, Days>,
    /// By what is owed, and then by what else tells it apart: the day that was last told, to whomever, and how often it has
    /// become another one.
    moves: BTreeMap<(AgreementId, String), BTreeMap<Which, (NaiveDate, usize)>>,
    /// Entries that were told of, and addresses that refused mail.
    entries: BTreeSet<(AgreementId, String)>,
    /// Of days that have moved, what waits for a person.
    held: BTreeSet<String>,
    /// What has to be told again, to whom.
    again: BTreeMap<(AgreementId, String), BTreeSet<String>>,
}

impl Told {
    /// The keys in their canonical form, in the order in which they were decided.
    pub fn new(keys: impl IntoIterator<Item = String>) -> Self {
        let mut told = Self::default();
        for key in keys {
            told.add(key);
        }
        told
    }

    /// Adds a key that is decided after all others. One that a newer version wrote counts as decided and says no more.
    pub fn add(&mut self, text: String) {
        if let Ok(key) = text.parse() {
            self.learn(key);
        } else if let Some(key) = withdrawn(&text) {
            // Its message never left. Others were told of an entry perhaps, so that this recipient is named.
            self.tell_again(key);
        }
        self.keys.insert(text);
    }

    fn learn(&mut self, key: Key) {
        match key.stage {
            stage if stage.tells_of_an_entry() || stage == Stage::Undelivered => {
                let entry = (key.agreement, key.about);
                if let Some(again) = self.again.get_mut(&entry) {
                    again.remove(&key.recipient);
                }
                self.entries.insert(entry);
            }
            _ if speaks_of_a_day(&key) => {
                let days = self.last_day.entry(thread(&key)).or_default();
                let told = days.of.entry(key.occurrence).or_insert(Day {
                    day: key.day,
                    before: None,
                });
                if told.day != key.day {
                    told.before = Some(told.day);
                    told.day = key.day;
                }
                days.last = key.occurrence;
                if key.named().is_none() {
                    let thing = (key.agreement, key.subject);
                    let of = self.moves.entry(thing).or_default();
                    let which = (key.about, key.occurrence);
                    let (day, times) = of.entry(which).or_insert((key.day, 0));
                    *times += usize::from(*day != key.day);
                    *day = key.day;
                }
            }
            _ => {}
        }
    }

    /// Takes back that a key was decided: its message has not left, and what it says about its day is no longer so. What was
    /// decided anew since is not told once more.
    pub fn forget(&mut self, text: &str) {
        self.keys.remove(text);
        if self.was_decided_with_another_day(text) {
            return;
        }
        self.tell_again(text);
    }

    fn tell_again(&mut self, text: &str) {
        if let Ok(key) = text.parse::<Key>()
            && key.stage.tells_of_an_entry()
        {
            let Key {
                agreement,
                about,
                recipient,
                ..
            } = key;
            let again = self.again.entry((agreement, about)).or_default();
            again.insert(recipient);
        }
    }

    /// Whether the same was decided for another day: the day is the last field of a key.
    fn was_decided_with_another_day(&self, text: &str) -> bool {
        let same = text.rsplit_once('\u{1f}').map_or(text, |(same, _)| same);
        let beginning = format!("{same}\u{1f}");
        let mut after = self.keys.range(beginning.clone()..);
        after.next().is_some_and(|key| key.starts_with(&beginning))
    }

    /// Whether the key was decided.
    pub fn contains(&self, key: &Key) -> bool {
        self.keys.contains(&key.to_string())
    }

    /// The day that the recipient of `key` was last told for the same occurrence.
    pub fn last_day(&self, key: &Key) -> Option<NaiveDate> {
        let days = self.last_day.get(&thread(key))?;
        days.of.get(&key.occurrence).map(|told| told.day)
    }

    /// Takes note that a message waits for a person which tells of a day that has moved.
    pub fn hold(&mut self, text: &str) {
        self.held.insert(text.to_owned());
    }

    /// Where what `key` tells of a day that has moved waits for a person: the day that its recipient knows until then.
    pub fn known_until_released(&self, key: &Key) -> Option<NaiveDate> {
        if !self.held.contains(&key.to_string()) {
            return None;
        }
        let days = self.last_day.get(&thread(key))?;
        days.of.get(&key.occurrence)?.before
    }

    /// The occurrence of which that recipient was told last, by what it is called, and its day as it was told.
    pub fn last_occurrence(&self, key: &Key) -> Option<(NaiveDate, NaiveDate)> {
        let days = self.last_day.get(&thread(key))?;
        let called = days.last?;
        Some((called, days.of.get(&days.last)?.day))
    }

    /// How often days of what `key` is about have become others since somebody was first told of them, with this time. It
    /// never grows less.
    pub fn moves(&self, key: &Key) -> usize {
        let thing = (key.agreement.clone(), key.subject.clone());
        let Some(of) = self.moves.get(&thing) else {
            return 0;
        };
        let which = (key.about.clone(), key.occurrence);
        let known = of
            .get(&which)
            .filter(|_| speaks_of_a_day(key) && key.named().is_none());
        let now = known.is_some_and(|(day, _)| *day != key.day);
        of.values().map(|(_, times)| times).sum::<usize>() + usize::from(now)
    }

    /// Whether anybody was told of an entry, or of an address that refused mail. A contact who comes later is not told of everything that was ever said.
    pub fn entry_was_told(&self, agreement: &AgreementId, entry: &str) -> bool {
        self.entries
            .contains(&(agreement.clone(), entry.to_owned()))
    }

    /// Who has to be told of an entry again: those recipients and no other.
    pub fn again(&self, agreement: &AgreementId, entry: &str) -> Option<&BTreeSet<String>> {
        self.again.get(&(agreement.clone(), entry.to_owned()))
    }
}

/// Whether a key names the last day of something, or that on which its renewal is decided.
fn speaks_of_a_day(key: &Key) -> bool {
    let of_another = matches!(
        key.stage,
        Stage::Asked | Stage::Review | Stage::Digest | Stage::Undelivered
    );
    !of_another && !key.stage.tells_of_an_entry() && key.named() != Some(Named::Opening)
}

/// A renewal's day is told apart from the end of the term.
fn thread(key: &Key) -> Thread {
    let which = key.which();
    let named = key.named();
    (
        key.agreement.clone(),
        key.subject.clone(),
        named.map_or_else(|| which.to_owned(), |named| named.before(which)),
        key.recipient.clone(),
    )
}

/// Words that people wrote, without what keeps the fields apart.
fn field(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(stage: Stage, day: &str) -> Key {
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

    #[test]
    fn the_last_day_told_is_that_of_the_last_decision() {
        let told = Told::new([
            key(Stage::Due, "2014-03-30").to_string(),
            key(Stage::Moved, "2014-03-02").to_string(),
        ]);
        let asked = key(Stage::Due, "2014-04-30");
        assert_eq!(told.last_day(&asked), "2014-03-02".parse().ok());
    }

    #[test]
    fn a_day_that_comes_back_has_moved_twice() {
        let days = ["2014-03-30", "2014-03-30", "2014-03-02"];
        let told = Told::new(days.map(|day| key(Stage::Due, day).to_string()));
        assert_eq!(told.moves(&key(Stage::Due, "2014-03-02")), 1);
        assert_eq!(told.moves(&key(Stage::Due, "2014-03-30")), 2);
        // What a party has said of it names another day, and the calendar goes with it all the same.
        assert_eq!(told.moves(&key(Stage::Reported, "2014-03-30")), 1);
        assert_eq!(Told::default().moves(&key(Stage::Due, "2014-03-30")), 0);
    }
}

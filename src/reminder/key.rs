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
    /// address that refused mail. Empty otherwise.
    pub about: String,
    /// Why it is sent.
    pub stage: Stage,
    /// The address, in lower case.
    pub recipient: String,
    /// The day that it speaks of: when that moves, there is something new to say. Of what it asks, the day from which silence
    /// is an answer.
    pub day: NaiveDate,
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

/// What was decided before: which keys, and which day each recipient was last told for something that has one day only.
#[derive(Clone, Debug, Default)]
pub struct Told {
    keys: BTreeSet<String>,
    last_day: BTreeMap<(AgreementId, String, String, String), NaiveDate>,
    /// By what is owed, and then by what else tells it apart: the day that was last told of something that has one day only,
    /// to whomever, and how often it has become another one.
    moves: BTreeMap<(AgreementId, String), BTreeMap<String, (NaiveDate, usize)>>,
    /// Entries that were told of, and addresses that refused mail.
    entries: BTreeSet<(AgreementId, String)>,
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
            _ if speaks_of_its_one_day(&key) => {
                self.last_day.insert(thread(&key), key.day);
                let thing = (key.agreement, key.subject);
                let of = self.moves.entry(thing).or_default();
                let (day, times) = of.entry(key.about).or_insert((key.day, 0));
                *times += usize::from(*day != key.day);
                *day = key.day;
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

    /// The day that the recipient of `key` was last told for the same thing. `None` for one of a series: a series that
    /// moves has other occurrences.
    pub fn last_day(&self, key: &Key) -> Option<NaiveDate> {
        if key.occurrence.is_some() {
            return None;
        }
        self.last_day.get(&thread(key)).copied()
    }

    /// How often days of what `key` is about have become others since somebody was first told of them, with this time. It
    /// never grows less.
    pub fn moves(&self, key: &Key) -> usize {
        let thing = (key.agreement.clone(), key.subject.clone());
        let Some(of) = self.moves.get(&thing) else {
            return 0;
        };
        let known = of.get(&key.about).filter(|_| speaks_of_its_one_day(key));
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

/// Whether a key names the day of something that has one day only. A renewal's is another day than the end of the term.
fn speaks_of_its_one_day(key: &Key) -> bool {
    let of_another = matches!(
        key.stage,
        Stage::Asked
            | Stage::Review
            | Stage::Digest
            | Stage::Undelivered
            | Stage::RenewalOpens
            | Stage::RenewalCloses
    );
    key.occurrence.is_none() && !of_another && !key.stage.tells_of_an_entry()
}

fn thread(key: &Key) -> (AgreementId, String, String, String) {
    (
        key.agreement.clone(),
        key.subject.clone(),
        key.about.clone(),
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

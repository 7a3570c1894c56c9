//! What was decided before: the keys, and the days that each recipient was told.

use super::key::{Key, Named};
use super::stage::Stage;
use crate::ids::{AgreementId, PartyId};
use crate::store::outbox::withdrawn;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// One thing as one recipient is told of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Thread {
    agreement: AgreementId,
    /// The obligation or event.
    subject: String,
    /// What else tells the thing apart.
    which: String,
    recipient: String,
    /// A renewal's day, and that of an opening, are told apart from the last day.
    named: Option<Named>,
}

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
    is: NaiveDate,
    before: Option<NaiveDate>,
    /// Whether it was told last that it stands no more.
    is_gone: bool,
}

/// A last day as it was told to somebody, and not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldDay<'a> {
    /// What else tells the thing apart.
    pub which: &'a str,
    /// To whom.
    pub recipient: &'a str,
    /// Of which occurrence, by what it is called.
    pub occurrence: Option<NaiveDate>,
    /// The day.
    pub day: NaiveDate,
}

/// The `for` words, and the occurrence.
type Which = (String, Option<NaiveDate>);

/// The day that was last told, `None` where it stands no more, and how often it has become another one.
type Moves = (Option<NaiveDate>, usize);

/// What was decided before: which keys, and which day each recipient was last told for something.
#[derive(Clone, Debug, Default)]
pub struct Told {
    keys: BTreeSet<String>,
    last_day: BTreeMap<Thread, Days>,
    /// By what is owed, and then by what else tells it apart: what was told to whomever.
    moves: BTreeMap<(AgreementId, String), BTreeMap<Which, Moves>>,
    /// Entries that were told of, and addresses that refused mail; to whom.
    entries: BTreeMap<(AgreementId, String), BTreeSet<String>>,
    /// For each recipient of weekly overviews, the key of the last.
    overviews: BTreeMap<String, String>,
    /// The same: when it was decided.
    overview_at: BTreeMap<String, DateTime<Utc>>,
    /// Of days that have moved, what waits for a person.
    held: BTreeSet<(Thread, Option<NaiveDate>, NaiveDate)>,
    /// Of which obligations a message was written that a day stands no more, and has not left.
    taken_back: BTreeMap<AgreementId, BTreeSet<String>>,
    /// What has to be told again, to whom.
    again: BTreeMap<(AgreementId, String), BTreeSet<String>>,
    /// The parties that a message about an entry did not reach, at an address that is theirs no more.
    lost: BTreeMap<(AgreementId, String), BTreeSet<PartyId>>,
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
            if let Ok(key) = key.parse::<Key>()
                && key.named() == Some(Named::Gone)
            {
                let of = self.taken_back.entry(key.agreement).or_default();
                of.insert(key.subject);
            }
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
                self.entries.entry(entry).or_default().insert(key.recipient);
            }
            Stage::Digest => {
                let text = key.to_string();
                self.overviews.insert(key.recipient, text);
            }
            _ if speaks_of_a_day(&key) => {
                let days = self.last_day.entry(thread(&key)).or_default();
                let told = days.of.entry(key.occurrence).or_insert(Day {
                    is: key.day,
                    before: None,
                    is_gone: false,
                });
                if told.is != key.day {
                    told.before = Some(told.is);
                    told.is = key.day;
                }
                told.is_gone = key.named() == Some(Named::Gone);
                days.last = key.occurrence;
                if is_of_the_last_day(&key) {
                    let now = stands(&key);
                    let which = (key.which().to_owned(), key.occurrence);
                    let thing = (key.agreement, key.subject);
                    let of = self.moves.entry(thing).or_default();
                    let (day, times) = of.entry(which).or_insert((now, 0));
                    *times += usize::from(*day != now);
                    *day = now;
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

    /// Whether a message was written that a day of an obligation stands no more, to whomever, which has not left.
    pub fn may_take_back(&self, agreement: &AgreementId, obligation: &str) -> bool {
        let of = self.taken_back.get(agreement);
        of.is_some_and(|of| of.contains(obligation))
    }

    /// Whether a message was written under the key that has not left, or was refused, and was taken back since.
    pub fn was_withdrawn(&self, key: &Key) -> bool {
        let key = key.to_string();
        let mut after = self.keys.range(key.clone()..);
        let of_it = after.by_ref().take_while(|text| text.starts_with(&key));
        of_it.filter_map(|text| withdrawn(text)).any(|of| of == key)
    }

    /// Whether the same was decided for anybody, and not withdrawn.
    pub fn was_told_to_anybody(&self, key: &Key) -> bool {
        let text = key.to_string();
        // The recipient and the day are the last fields; a key that was withdrawn has more behind them.
        let mut fields = text.rsplitn(3, '\u{1f}').skip(2);
        let beginning = format!("{}\u{1f}", fields.next().unwrap_or_default());
        let end = format!("\u{1f}{}", key.day);
        let of_it = self.keys.range(beginning.clone()..);
        let mut of_it = of_it.take_while(|text| text.starts_with(&beginning));
        of_it.any(|text| text.ends_with(&end))
    }

    /// The key under which a day that has moved is told: where the same was told before, and another day since, one more time.
    pub fn anew(&self, key: Key) -> Key {
        if !self.contains(&key) {
            return key;
        }
        let mut times = (2..).map(|time| key.once_more(time));
        let free = times.find(|key| !self.contains(key));
        free.unwrap_or(key)
    }

    /// The day that the recipient of `key` was last told for the same occurrence, also where it was taken back since.
    pub fn last_day(&self, key: &Key) -> Option<NaiveDate> {
        self.last(key).map(|told| told.is)
    }

    /// Whether the recipient of `key` was told last that the day of the same occurrence stands no more.
    pub fn is_gone(&self, key: &Key) -> bool {
        self.last(key).is_some_and(|told| told.is_gone)
    }

    fn last(&self, key: &Key) -> Option<&Day> {
        self.last_day.get(&thread(key))?.of.get(&key.occurrence)
    }

    /// The last days of an obligation as they were told, to whomever, and not taken back.
    pub fn days_of(
        &self,
        agreement: &AgreementId,
        obligation: &str,
    ) -> impl Iterator<Item = ToldDay<'_>> {
        let first = Thread {
            agreement: agreement.clone(),
            subject: obligation.to_owned(),
            which: String::new(),
            recipient: String::new(),
            named: None,
        };
        let (agreement, subject) = (agreement.clone(), obligation.to_owned());
        self.last_day
            .range(first..)
            .take_while(move |(of, _)| (&of.agreement, &of.subject) == (&agreement, &subject))
            .flat_map(standing)
    }

    /// The same of everything, with the agreement and the obligation; what is of one stands together.
    pub fn days(&self) -> impl Iterator<Item = (&AgreementId, &str, ToldDay<'_>)> {
        self.last_day.iter().flat_map(|told| {
            let (agreement, subject) = (&told.0.agreement, told.0.subject.as_str());
            standing(told).map(move |day| (agreement, subject, day))
        })
    }

    /// One of the keys under which a day was told as it is now, where there is one.
    pub fn key_of(
        &self,
        agreement: &AgreementId,
        obligation: &str,
        told: &ToldDay<'_>,
    ) -> Option<&str> {
        let occurrence = told
            .occurrence
            .map(|day| day.to_string())
            .unwrap_or_default();
        let which = told.which;
        let beginning =
            format!("{agreement}\u{1f}{obligation}\u{1f}{occurrence}\u{1f}{which}\u{1f}");
        let end = format!("\u{1f}{}\u{1f}{}", told.recipient, told.day);
        let of_it = self.keys.range(beginning.clone()..);
        of_it
            .take_while(|key| key.starts_with(&beginning))
            .find(|key| key.ends_with(&end))
            .map(String::as_str)
    }

    /// Takes note that a message waits for a person which tells of a day that has moved.
    pub fn hold(&mut self, text: &str) {
        if let Ok(key) = text.parse::<Key>()
            && key.stage == Stage::Moved
        {
            self.held.insert((thread(&key), key.occurrence, key.day));
        }
    }

    /// Where what `key` tells of a day that has moved waits for a person: the day that its recipient knows until then.
    pub fn known_until_released(&self, key: &Key) -> Option<NaiveDate> {
        let of = (thread(key), key.occurrence, key.day);
        if !self.held.contains(&of) {
            return None;
        }
        self.last(key)?.before
    }

    /// The occurrence of which that recipient was told last, by what it is called, and its day as it was told.
    pub fn last_occurrence(&self, key: &Key) -> Option<(Option<NaiveDate>, NaiveDate)> {
        let days = self.last_day.get(&thread(key))?;
        let told = days.of.get(&days.last).filter(|told| !told.is_gone)?;
        Some((days.last, told.is))
    }

    /// The last overview of each recipient: to whom, and its key.
    pub fn overviews(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.overviews.iter();
        all.map(|(recipient, key)| (recipient.as_str(), key.as_str()))
    }

    /// Takes note of when the last overview of each recipient was decided.
    pub fn were_decided(&mut self, overviews: BTreeMap<String, DateTime<Utc>>) {
        self.overview_at = overviews;
    }

    /// When the last overview was decided that a recipient was given.
    pub fn last_overview(&self, recipient: &str) -> Option<DateTime<Utc>> {
        self.overview_at.get(recipient).copied()
    }

    /// How often days of what `key` is about have become others since somebody was first told of them, with this time. It
    /// never grows less.
    pub fn moves(&self, key: &Key) -> usize {
        let thing = (key.agreement.clone(), key.subject.clone());
        let Some(of) = self.moves.get(&thing) else {
            return 0;
        };
        let which = (key.which().to_owned(), key.occurrence);
        let known = of
            .get(&which)
            .filter(|_| speaks_of_a_day(key) && is_of_the_last_day(key));
        let now = known.is_some_and(|(day, _)| *day != stands(key));
        of.values().map(|(_, times)| times).sum::<usize>() + usize::from(now)
    }

    /// Whether anybody was told of an entry, or of an address that refused mail. A contact who comes later is not told of everything that was ever said.
    pub fn entry_was_told(&self, agreement: &AgreementId, entry: &str) -> bool {
        self.told_of_entry(agreement, entry).is_some()
    }

    /// Whether that recipient was.
    pub fn entry_was_told_to(&self, agreement: &AgreementId, entry: &str, recipient: &str) -> bool {
        let to = self.told_of_entry(agreement, entry);
        to.is_some_and(|to| to.contains(recipient))
    }

    /// The recipients that were told of an entry, or will be; `None` where nobody was.
    pub fn told_of_entry(&self, agreement: &AgreementId, entry: &str) -> Option<&BTreeSet<String>> {
        self.entries.get(&(agreement.clone(), entry.to_owned()))
    }

    /// Takes note that what was decided under a key did not arrive, and that the party has another address since.
    pub fn was_lost(&mut self, key: Key, party: &PartyId) {
        if key.stage.tells_of_an_entry() {
            let of = self.lost.entry((key.agreement, key.about)).or_default();
            of.insert(party.clone());
        }
    }

    /// The parties of which that is known about an entry.
    pub fn lost(&self, agreement: &AgreementId, entry: &str) -> Option<&BTreeSet<PartyId>> {
        self.lost.get(&(agreement.clone(), entry.to_owned()))
    }

    /// Who has to be told of an entry again: those recipients and no other.
    pub fn again(&self, agreement: &AgreementId, entry: &str) -> Option<&BTreeSet<String>> {
        self.again.get(&(agreement.clone(), entry.to_owned()))
    }
}

/// The last days that were told in a thread and not taken back.
fn standing<'t>((of, days): (&'t Thread, &'t Days)) -> impl Iterator<Item = ToldDay<'t>> {
    let is_told = move |told: &Day| of.named.is_none() && !told.is_gone;
    let days = days.of.iter().filter(move |(_, told)| is_told(told));
    days.map(move |(occurrence, told)| ToldDay {
        which: &of.which,
        recipient: &of.recipient,
        occurrence: *occurrence,
        day: told.is,
    })
}

/// Whether a key names a day of something that may move: its last, that on which its renewal is decided, or that from which.
fn speaks_of_a_day(key: &Key) -> bool {
    let of_another = matches!(
        key.stage,
        Stage::Asked | Stage::Review | Stage::Digest | Stage::Undelivered
    );
    !of_another && !key.stage.tells_of_an_entry()
}

/// Whether a key that names a day names the last, or says that it stands no more.
fn is_of_the_last_day(key: &Key) -> bool {
    matches!(key.named(), None | Some(Named::Gone))
}

/// The day that there is, as a key tells it.
fn stands(key: &Key) -> Option<NaiveDate> {
    (key.named() != Some(Named::Gone)).then_some(key.day)
}

/// That a day is gone is told where the day was.
fn thread(key: &Key) -> Thread {
    Thread {
        agreement: key.agreement.clone(),
        subject: key.subject.clone(),
        which: key.which().to_owned(),
        recipient: key.recipient.clone(),
        named: key.named().filter(|named| *named != Named::Gone),
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::tests::key;
    use super::*;

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
    fn a_day_that_comes_back_is_told_under_another_key() {
        let moved = key(Stage::Moved, "2014-03-30");
        let told = Told::new([moved.to_string()]);
        let second = told.anew(moved.clone());
        assert_eq!(second.about, "time 2: ");
        let told = Told::new([&moved, &second].map(Key::to_string));
        assert_eq!(told.anew(moved.clone()).about, "time 3: ");
        assert_eq!(Told::default().anew(moved.clone()), moved);
        // It is about the same all the same.
        assert_eq!((second.which(), second.named()), ("", None));
        let gone = moved.of(Named::Gone).once_more(2);
        assert_eq!((gone.which(), gone.named()), ("", Some(Named::Gone)));
        let of_a_site = Key {
            about: "time 2: the north office".to_owned(),
            ..key(Stage::Due, "2014-03-30")
        };
        assert_eq!(of_a_site.which(), "time 2: the north office");
    }

    #[test]
    fn a_day_that_is_gone_was_told_and_stands_no_more() {
        let due = key(Stage::Due, "2014-03-30");
        let gone = key(Stage::Moved, "2014-03-30").of(Named::Gone);
        let days = |told: &Told| told.days_of(&due.agreement, &due.subject).count();
        assert_eq!(days(&Told::new([due.to_string()])), 1);
        let told = Told::new([&due, &gone].map(Key::to_string));
        assert_eq!((days(&told), told.is_gone(&due)), (0, true));
        assert_eq!(told.last_day(&due), Some(due.day));
        let told = Told::new([&due, &gone, &due.clone()].map(Key::to_string));
        assert_eq!((days(&told), told.is_gone(&due)), (1, false));
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

//! What an agreement keeps from a reader: the words by which a line would give it away.

use crate::agreement::{Agreement, Visibility};
use crate::language::{Phrase, Trigger};
use crate::office::Office;
use crate::reader::Reader;
use aho_corasick::AhoCorasick;

/// The titles and ids that a reader may not see, and what finds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Withheld(Option<AhoCorasick>);

impl Withheld {
    /// Of one agreement, for a reader who may see what `may_read` admits.
    pub(crate) fn from(agreement: &Agreement, may_read: impl Fn(&Visibility) -> bool) -> Self {
        let mut words = Words::default();
        words.of_parts(agreement, &may_read);
        words.into()
    }

    /// Of a whole office.
    pub(crate) fn of_office(office: &Office, reader: &Reader<'_>) -> Self {
        let mut words = Words::default();
        for agreement in &office.agreements {
            let names = reader.may_name(office, agreement);
            if !names {
                words.add(agreement.id.as_str(), &agreement.title);
            }
            words.of_parts(agreement, &|visibility| {
                names && reader.admits_of(office, agreement, visibility)
            });
        }
        words.into()
    }

    /// Whether a line names any of it.
    pub(crate) fn is_named_in(&self, line: &str) -> bool {
        let found = |words: &AhoCorasick| words.is_match(&line.to_lowercase());
        self.0.as_ref().is_some_and(found)
    }
}

/// What is looked for, in lower case.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    /// The obligations and events of an agreement that may not be seen.
    fn of_parts(&mut self, agreement: &Agreement, may_read: &dyn Fn(&Visibility) -> bool) {
        let obligations = agreement.obligations.iter();
        let events = agreement.events.iter();
        let kept_back = obligations
            .map(|o| (&o.visibility, o.id.as_str(), o.title.as_str()))
            .chain(events.map(|e| (&e.visibility, e.id.as_str(), e.title.as_str())))
            .filter(|(visibility, _, _)| !may_read(visibility));
        for (_, id, title) in kept_back {
            self.add(id, title);
        }
    }

    fn add(&mut self, id: &str, title: &str) {
        self.0.push(title.to_lowercase());
        // An id of one word (`survey`) is an ordinary word of many letters.
        if id.contains('_') {
            self.0.push(id.to_owned());
            self.0.push(id.replace('_', " "));
        }
    }
}

impl From<Words> for Withheld {
    fn from(Words(mut words): Words) -> Self {
        words.retain(|words| !words.trim().is_empty());
        // It fails only for more words than an office can hold: a thousand times a thousand files of the largest.
        let find = || AhoCorasick::new(&words).ok();
        Self((!words.is_empty()).then(find).flatten())
    }
}

/// Whether a line names, between backticks, an agreement that its reader may not see, or an obligation of one: the
/// source of a step may (`letter_7/training`).
pub(crate) fn names_hidden_agreement(
    office: &Office,
    line: &str,
    may_read: impl Fn(&Agreement, Option<&str>) -> bool,
) -> bool {
    line.split('`').skip(1).step_by(2).any(|name| {
        let (agreement, part) = match name.split_once('/') {
            Some((agreement, part)) => (agreement, Some(part)),
            None => (name, None),
        };
        office
            .agreement(agreement)
            .is_some_and(|agreement| !may_read(agreement, part))
    })
}

/// Whether a time limit of an agreement hangs on what its reader may not see: an event or an obligation of its own, or
/// something of another agreement. `may_read` is asked about an agreement, and a part of it.
pub(crate) fn hangs_on_hidden(
    office: &Office,
    of: &Agreement,
    limit: &Phrase,
    may_read: impl Fn(&Agreement, Option<&str>) -> bool,
) -> bool {
    limit.tree.triggers().iter().any(|trigger| match trigger {
        Trigger::Event {
            agreement: Some(other),
            event,
        } => office
            .agreement(other.as_str())
            .is_some_and(|other| !may_read(other, Some(event.as_str()))),
        Trigger::Event {
            agreement: None,
            event,
        } => !may_read(of, Some(event.as_str())),
        Trigger::Obligation(id) | Trigger::Missed(id) => !may_read(of, Some(id.as_str())),
        Trigger::AnyMissed => false,
    })
}

#[cfg(test)]
mod tests {
    use super::Withheld;
    use crate::agreement::Visibility;
    use crate::reminder::fixture::office;

    #[test]
    fn neither_the_title_nor_the_id_of_what_is_hidden_gets_into_a_line() {
        let mut office = office();
        let agreement = &mut office.agreements[0];
        agreement.obligations[0].visibility = Visibility::Parties;
        let id = agreement.obligations[0].id.to_string();
        let title = agreement.obligations[0].title.clone();
        let members = |v: &Visibility| *v <= Visibility::Members;
        let withheld = Withheld::from(agreement, members);
        for line in [
            format!("10 days after {id}"),
            format!("{} is 3 March 2014", id.replace('_', " ")),
            title.to_uppercase(),
        ] {
            assert!(withheld.is_named_in(&line), "{line}");
        }
        assert!(!withheld.is_named_in("implementation is 3 March 2014"));
        assert!(!Withheld::from(agreement, |_| true).is_named_in(&title));
    }
}

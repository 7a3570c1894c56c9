//! The news feed (Atom): what was recorded, and what has had its last day, newest first.

use super::feeds::Days;
use super::row::Material;
use super::text::shown;
use crate::ics;
use crate::office::Office;
use crate::record::{Entry, EntryKind};
use crate::schedule::Occurrence;
use crate::words;
use crate::words::Language::{self, English, Spanish};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};

/// The most entries of the feed.
const MOST: usize = 60;

/// For how long something that had its last day is news, in days.
const NEWS_FOR: i64 = 92;

/// What the template of the feed is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct News {
    /// The same for good.
    id: String,
    updated: String,
    /// The address of the pages in this language, where it is known.
    address: Option<String>,
    entries: Vec<Item>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Item {
    id: String,
    title: String,
    summary: String,
    href: String,
    updated: String,
    #[serde(skip)]
    at: DateTime<Utc>,
}

/// Makes the feed.
pub(super) fn news(
    office: &Office,
    material: &Material<'_>,
    days: &[Days<'_>],
    today: NaiveDate,
) -> News {
    let maker = Maker {
        office,
        material,
        language: material.language,
        host: ics::host(office),
    };
    let mut entries: Vec<Item> = material
        .entries
        .values()
        .filter_map(|entry| maker.recorded(entry))
        .collect();
    entries.extend(maker.came(days, today));
    entries.sort_by(|a, b| (b.at, &a.id).cmp(&(a.at, &b.id)));
    entries.truncate(MOST);
    let updated = entries.first().map_or_else(|| midnight(today), |e| e.at);
    News {
        id: format!(
            "tag:{},2000:sideletter/{}",
            maker.host,
            maker.language.code()
        ),
        updated: stamp(updated),
        address: maker.address(),
        entries,
    }
}

struct Maker<'a> {
    office: &'a Office,
    material: &'a Material<'a>,
    language: Language,
    host: String,
}

impl Maker<'_> {
    fn address(&self) -> Option<String> {
        let site = self.office.settings.site_url.as_ref()?;
        Some(format!("{site}{}", self.language.folder()))
    }

    fn href(&self, agreement: &str, id: Option<&str>) -> String {
        let address = self.address().unwrap_or_default();
        let place = id.map(|id| format!("#{id}")).unwrap_or_default();
        format!("{address}agreements/{agreement}.html{place}")
    }

    /// An entry of the record: what it says of what, and never a remark, a name or a paper.
    fn recorded(&self, entry: &Entry) -> Option<Item> {
        let of = self.material.visible.agreement(entry.agreement.as_str())?;
        // An answer is about what it answers.
        let about = match entry.kind {
            EntryKind::Confirmed | EntryKind::Disputed if entry.entry.is_some() => {
                self.material.entries.get(&entry.entry?).copied()?
            }
            _ => entry,
        };
        let subject = about.subject.as_deref();
        if subject.is_some_and(|subject| of.hides(subject)) {
            return None;
        }
        let obligation = subject.and_then(|subject| of.obligation(subject));
        let event = subject.and_then(|subject| of.events.iter().find(|e| e.id.as_str() == subject));
        let title = match (obligation, event) {
            (Some(obligation), _) => &obligation.title,
            (None, Some(event)) => &event.title,
            (None, None) => &of.agreement.title,
        };
        let by = entry.by.as_ref().map(|by| self.material.visible.short(by));
        let says = match (entry.kind, obligation) {
            (EntryKind::Happened, Some(_)) => {
                case_came_about(self.language, entry, by.as_deref()?)?
            }
            _ => says(self.language, entry, by.as_deref()?)?,
        };
        let title = format!("{}: {says}", shown(title));
        let year = entry.at.format("%Y");
        (!(self.material.betrays)(&title)).then(|| Item {
            id: format!("tag:{},{year}:sideletter/entry/{}", self.host, entry.number),
            title,
            summary: shown(&of.agreement.title),
            href: self.href(
                entry.agreement.as_str(),
                obligation.map(|obligation| obligation.id.as_str()),
            ),
            updated: stamp(entry.at),
            at: entry.at,
        })
    }

    /// What had its last day lately, with where it stands.
    fn came(&self, days: &[Days<'_>], today: NaiveDate) -> Vec<Item> {
        let mut found = Vec::new();
        for of in days.iter().map(|days| days.of) {
            for obligation in &of.obligations {
                let occurrences = self
                    .material
                    .occurrences
                    .get(of.agreement.id.as_str(), obligation.id.as_str());
                for occurrence in occurrences {
                    let is_news =
                        |due: &NaiveDate| *due <= today && (today - *due).num_days() <= NEWS_FOR;
                    let due = occurrence.due.filter(is_news);
                    let Some(due) = due.filter(|_| !occurrence.projected) else {
                        continue;
                    };
                    let changed = self.changed(occurrence);
                    let at = changed.map_or_else(|| midnight(due), |at| at.max(midnight(due)));
                    let said = self.material.one_day(of, obligation, occurrence).plain();
                    let title = format!("{}: {said}", shown(&obligation.title));
                    if (self.material.betrays)(&title) {
                        continue;
                    }
                    found.push(Item {
                        id: format!(
                            "tag:{},{}:sideletter/due/{}/{}/{due}",
                            self.host,
                            due.format("%Y"),
                            of.agreement.id,
                            obligation.id
                        ),
                        title,
                        summary: shown(&of.agreement.title),
                        href: self.href(of.agreement.id.as_str(), Some(obligation.id.as_str())),
                        updated: stamp(at),
                        at,
                    });
                }
            }
        }
        // Several of one day, of an event that repeats, are told once.
        found.sort_by(|a, b| (&a.id, b.at).cmp(&(&b.id, a.at)));
        found.dedup_by(|a, b| a.id == b.id);
        found
    }

    /// When what is said of an occurrence last changed.
    fn changed(&self, occurrence: &Occurrence) -> Option<DateTime<Utc>> {
        let entries = occurrence.entries.iter();
        entries
            .filter_map(|number| self.material.entries.get(number))
            .map(|entry| entry.at)
            .max()
    }
}

/// That the case in which something is owed came about.
fn case_came_about(language: Language, entry: &Entry, by: &str) -> Option<String> {
    let on = language.day(entry.on?);
    Some(match language {
        English => format!(
            "{by} {} that its case came about on {on}",
            words::verb(by, "says", "say")
        ),
        Spanish => format!(
            "{by} {} que su caso se dio el {on}",
            words::verb(by, "dice", "dicen")
        ),
    })
}

/// What an entry says, in a few words; `None` of what is no news for readers.
fn says(language: Language, entry: &Entry, by: &str) -> Option<String> {
    let on = entry.on.map(|day| language.day(day));
    let to = entry.to.map(|day| language.day(day));
    let is_answer = entry.entry.is_some();
    let says = match (entry.kind, language) {
        (EntryKind::Happened, English) => format!(
            "{by} {} that it happened on {}",
            words::verb(by, "says", "say"),
            on?
        ),
        (EntryKind::Happened, Spanish) => format!(
            "{by} {} que ocurrió el {}",
            words::verb(by, "dice", "dicen"),
            on?
        ),
        (EntryKind::Met, English) => match on {
            Some(on) => format!(
                "{by} {} that it was done on {on}",
                words::verb(by, "says", "say")
            ),
            None => format!("{by} {} that it was done", words::verb(by, "says", "say")),
        },
        (EntryKind::Met, Spanish) => match on {
            Some(on) => format!(
                "{by} {} que se hizo el {on}",
                words::verb(by, "dice", "dicen")
            ),
            None => format!("{by} {} que se hizo", words::verb(by, "dice", "dicen")),
        },
        (EntryKind::Confirmed, English) => format!("confirmed by {by}"),
        (EntryKind::Confirmed, Spanish) => format!("confirmado por {by}"),
        (EntryKind::Disputed, English) if is_answer => {
            format!("{by} {} otherwise", words::verb(by, "says", "say"))
        }
        (EntryKind::Disputed, Spanish) if is_answer => {
            format!("{by} {} otra cosa", words::verb(by, "dice", "dicen"))
        }
        (EntryKind::Disputed, English) => format!(
            "{by} {} that it was not kept",
            words::verb(by, "says", "say")
        ),
        (EntryKind::Disputed, Spanish) => format!(
            "{by} {} que no se cumplió",
            words::verb(by, "dice", "dicen")
        ),
        (EntryKind::Waived, English) => format!(
            "{by} {} to skip it this time",
            words::verb(by, "agrees", "agree")
        ),
        (EntryKind::Waived, Spanish) => format!(
            "{by} {} omitirlo esta vez",
            words::verb(by, "acepta", "aceptan")
        ),
        (EntryKind::Moved, English) => format!(
            "{by} {} to move it to {}",
            words::verb(by, "agrees", "agree"),
            to?
        ),
        (EntryKind::Moved, Spanish) => format!(
            "{by} {} pasarlo al {}",
            words::verb(by, "acepta", "aceptan"),
            to?
        ),
        (EntryKind::Renewed, English) => {
            format!("{by} {} to renew it", words::verb(by, "agrees", "agree"))
        }
        (EntryKind::Renewed, Spanish) => {
            format!("{by} {} renovarlo", words::verb(by, "acepta", "aceptan"))
        }
        (EntryKind::Ended, English) => format!(
            "{by} {} that it ends on {}",
            words::verb(by, "agrees", "agree"),
            on?
        ),
        (EntryKind::Ended, Spanish) => format!(
            "{by} {} que termine el {}",
            words::verb(by, "acepta", "aceptan"),
            on?
        ),
        (EntryKind::Notice, English) => format!(
            "{by} {} that notice was given on {}",
            words::verb(by, "says", "say"),
            on?
        ),
        (EntryKind::Notice, Spanish) => format!(
            "{by} {} que se dio aviso el {}",
            words::verb(by, "dice", "dicen"),
            on?
        ),
        (EntryKind::Noted | EntryKind::Struck, _) => return None,
    };
    Some(says)
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

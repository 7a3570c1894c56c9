//! From occurrences to days in a calendar.

use super::DayEvent;
use crate::agreement::{Agreement, Obligation, Status, Visibility};
use crate::coming;
use crate::ids::{AgreementId, PartyId};
use crate::office::Office;
use crate::reader::Reader;
use crate::record::Record;
use crate::schedule::{Occurrence, OccurrenceKind, RenewalAct, RenewalDays, State};
use crate::shown::shown;
use crate::titles;
use crate::withheld::{Withheld, hangs_on_hidden, names_hidden_agreement};
use crate::words;
use crate::words::Language::{self, English, Spanish};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Who reads a calendar.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// Whoever reads the pages: what is narrower than this is left out, and so are the words that say which worksite or
    /// case an occurrence is about.
    Pages(&'a Visibility),
    /// A contact of this party, who got a letter about them.
    Letter(&'a PartyId),
}

impl Audience<'_> {
    fn may_read(self, visibility: &Visibility) -> bool {
        match self {
            Self::Pages(widest) => visibility <= widest,
            Self::Letter(party) => visibility.admits(party),
        }
    }
}

/// How often the record of each agreement has changed, and when it did last.
#[derive(Clone, Debug, Default)]
pub struct Changes(BTreeMap<AgreementId, (usize, DateTime<Utc>)>);

impl Changes {
    /// Goes through a record once, for all calendars.
    pub fn of(record: &Record) -> Self {
        let mut changes = BTreeMap::new();
        for entry in &record.entries {
            let (count, last) = changes
                .entry(entry.agreement.clone())
                .or_insert((0, entry.at));
            *count += 1;
            *last = entry.at;
        }
        Self(changes)
    }
}

/// The days of occurrences: the last day of each, and the first where it is a window. Days that are only expected are
/// left out, and so is what was given up or taken over. `language`: the reader's.
pub fn events<'a>(
    office: &Office,
    changes: &Changes,
    occurrences: impl IntoIterator<Item = &'a Occurrence>,
    audience: Audience<'_>,
    language: Language,
) -> Vec<DayEvent> {
    let mut events = Vec::new();
    let mut withheld = None;
    for occurrence in occurrences {
        let Some(agreement) = office.agreement(occurrence.agreement.as_str()) else {
            continue;
        };
        let Some(obligation) = agreement.owed(occurrence.obligation.as_str()) else {
            continue;
        };
        let gone = matches!(occurrence.state, State::Waived | State::Superseded);
        let hidden =
            !audience.may_read(&agreement.visibility) || !audience.may_read(&obligation.visibility);
        if occurrence.projected || gone || hidden {
            continue;
        }
        // An agreement's occurrences come one after another.
        let known = withheld.take_if(|(of, _): &mut (&AgreementId, _)| **of == agreement.id);
        let (_, withheld) = withheld.insert(known.unwrap_or_else(|| {
            let withheld = Withheld::from(agreement, |visibility| audience.may_read(visibility));
            (&agreement.id, withheld)
        }));
        let about = About {
            office,
            withheld,
            change: changes.0.get(&agreement.id).copied(),
            agreement,
            obligation,
            occurrence,
            audience,
            language,
        };
        let opens = occurrence
            .opens
            .filter(|opens| occurrence.due.is_none_or(|due| *opens < due));
        if let Some(opens) = opens {
            let is_an_end = occurrence.kind == OccurrenceKind::Term
                && occurrence.begins.is_some_and(|begins| begins < opens);
            let what = if is_an_end { Day::MayEnd } else { Day::Opens };
            events.push(about.event(what, opens));
        }
        // Who reads the pages sees what is still to be decided; who was told a day in a mail keeps it.
        let is_decided = matches!(audience, Audience::Pages(_))
            && occurrence.renewal.is_some()
            && occurrence.undecided_renewal().is_none();
        if let Some(due) = occurrence.due {
            let what = match (occurrence.kind, occurrence.renewed_until) {
                (OccurrenceKind::Term, None) => Day::Ends,
                (OccurrenceKind::Term, Some(_)) if is_decided => Day::IsRenewed,
                (OccurrenceKind::Term, Some(_)) => Day::EndsOrIsRenewed,
                _ => Day::Due,
            };
            events.push(about.event(what, due));
        }
        if let Some(window) = occurrence.renewal.as_ref().filter(|_| !is_decided) {
            for (what, day) in [
                (Day::WindowOpens(window.what), window.opens),
                (Day::WindowCloses(window.what), window.closes),
            ] {
                events.extend(day.map(|day| about.event(what, day)));
            }
        }
    }
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    events
}

/// What a day in a calendar is.
#[derive(Clone, Copy)]
enum Day {
    Opens,
    /// The earliest end of what lasts no less than so long.
    MayEnd,
    Due,
    Ends,
    EndsOrIsRenewed,
    /// The end of a period after which it is settled that another follows.
    IsRenewed,
    WindowOpens(RenewalAct),
    WindowCloses(RenewalAct),
}

impl Day {
    /// What tells the days of one occurrence apart, for good.
    fn name(self) -> &'static str {
        match self {
            Self::Opens | Self::MayEnd => "opens",
            Self::Due | Self::Ends | Self::EndsOrIsRenewed | Self::IsRenewed => "due",
            Self::WindowOpens(_) => "renewal_opens",
            Self::WindowCloses(_) => "renewal_closes",
        }
    }

    fn in_words(self, language: Language) -> &'static str {
        use RenewalAct::{Notice, Request};
        match (self, language) {
            (Self::Opens, English) => "Opens",
            (Self::Opens, Spanish) => "Se abre",
            (Self::MayEnd, English) => "May end from today",
            (Self::MayEnd, Spanish) => "Puede terminar desde hoy",
            (Self::IsRenewed, English) => "Goes on",
            (Self::IsRenewed, Spanish) => "Continúa",
            (Self::Due, English) => "Due",
            (Self::Due, Spanish) => "Vence",
            (Self::Ends, English) => "Ends",
            (Self::Ends, Spanish) => "Termina",
            (Self::EndsOrIsRenewed, English) => "Ends or is renewed",
            (Self::EndsOrIsRenewed, Spanish) => "Termina o se renueva",
            (Self::WindowOpens(Notice), English) => "Notice may be given from today",
            (Self::WindowOpens(Notice), Spanish) => "Puede darse aviso desde hoy",
            (Self::WindowCloses(Notice), English) => "Last day for notice",
            (Self::WindowCloses(Notice), Spanish) => "Último día para dar aviso",
            (Self::WindowOpens(Request), English) => "May be renewed from today",
            (Self::WindowOpens(Request), Spanish) => "Puede renovarse desde hoy",
            (Self::WindowCloses(Request), English) => "Last day to renew",
            (Self::WindowCloses(Request), Spanish) => "Último día para renovar",
        }
    }
}

struct About<'a> {
    office: &'a Office,
    /// What the reader may not see of the agreement.
    withheld: &'a Withheld,
    change: Option<(usize, DateTime<Utc>)>,
    agreement: &'a Agreement,
    obligation: &'a Obligation,
    occurrence: &'a Occurrence,
    audience: Audience<'a>,
    language: Language,
}

impl About<'_> {
    fn event(&self, what: Day, day: NaiveDate) -> DayEvent {
        let word = what.in_words(self.language);
        let which = match (self.audience, &self.occurrence.for_words) {
            (Audience::Letter(_), Some(words)) => format!(" ({words})"),
            _ => String::new(),
        };
        DayEvent {
            uid: uid(self.office, self.occurrence, what),
            day,
            agreement: self.agreement.id.clone(),
            obligation: self.obligation.id.clone(),
            state: self.occurrence.state,
            is_cancelled: false,
            title: shown(&format!("{word}: {}{which}", self.what())),
            description: shown(&self.description()),
            url: self.url(),
            stamp: self.stamp(day),
            sequence: self.change.map_or(0, |(count, _)| count),
        }
    }

    /// What is owed; of an agreement's own term, the agreement.
    fn what(&self) -> &str {
        if self.agreement.is_own_term(self.obligation) {
            &self.agreement.title
        } else {
            &self.obligation.title
        }
    }

    fn description(&self) -> String {
        let language = self.language;
        let names = |ids: &[PartyId]| {
            language.list(ids.iter().map(|id| self.office.short_name(id).to_owned()))
        };
        let mut lines = vec![self.agreement.title.clone()];
        let owers = names(&self.obligation.owed_by);
        lines.push(match language {
            English => format!("Owed by {owers}."),
            Spanish => format!("A cargo {}.", Language::de(&owers)),
        });
        if let Some(phrase) = self.obligation.timing.words() {
            let clause = self.obligation.clause.as_ref();
            let clause = clause.map_or_else(String::new, |c| format!(" ({})", language.clause(c)));
            if titles::is_of_the_letter(phrase) && !self.hides_limit() {
                lines.push(format!("“{}”{clause}", self.agreement.with_titles(phrase)));
            }
        }
        for step in &self.occurrence.steps {
            let own = step.text.of(language);
            let text = titles::in_words(|_| None, self.agreement, own);
            // From a step about something hidden on, each would tell its day: the steps after it count from there.
            let may_read = |of: &Agreement, part: Option<&str>| self.may_read(of, part);
            if self.hides_limit()
                || self.withheld.is_named_in(own)
                || self.withheld.is_named_in(&text)
                || names_hidden_agreement(self.office, own, may_read)
            {
                break;
            }
            lines.push(match step.date {
                Some(date) if !language.names_day(&text, date) => {
                    format!("{text}: {}", language.day(date))
                }
                _ => text,
            });
        }
        let is_disputed = |window: &RenewalDays| window.is_disputed;
        if self.occurrence.renewal.as_ref().is_some_and(is_disputed) {
            let said = match language {
                English => "The parties have recorded different things about the notice.",
                Spanish => "Las partes han registrado cosas distintas sobre el aviso.",
            };
            lines.push(said.to_owned());
        }
        let coming = coming::of(self.occurrence, |by| {
            let by = self.office.agreement(by.as_str());
            by.is_some_and(|by| self.may_read(by, None))
        });
        for change in coming {
            let said = words::capitalized(&coming::in_words(language, change));
            lines.push(format!("{said}."));
        }
        if let Some(claimed) = self.occurrence.two_days_claimed() {
            lines.push(claimed.of(language).to_owned());
        }
        if let Some(reading) = &self.obligation.reading {
            lines.push(match language {
                English => format!("The office's reading: {reading}"),
                Spanish => format!("La interpretación de la oficina: {reading}"),
            });
        }
        lines.retain(|line| !self.withheld.is_named_in(line));
        lines.push(language.courtesy(&self.office.settings.name));
        lines.join("\n")
    }

    /// Whether the time limit names what the reader may not see.
    fn hides_limit(&self) -> bool {
        let limit = self.obligation.timing.phrase();
        limit.is_some_and(|limit| {
            hangs_on_hidden(self.office, self.agreement, limit, |of, part| {
                self.may_read(of, part)
            })
        })
    }

    /// Whether the reader may see an agreement, or a part of it.
    fn may_read(&self, of: &Agreement, part: Option<&str>) -> bool {
        let own = part.and_then(|part| {
            let obligation = of.owed(part).map(|o| &o.visibility);
            obligation.or_else(|| of.event(part).map(|e| &e.visibility))
        });
        match self.audience {
            Audience::Pages(widest) => {
                let is_shown = of.status == Status::InForce && of.visibility <= *widest;
                is_shown && own.is_none_or(|own| own <= widest)
            }
            Audience::Letter(party) => {
                let reader = Reader::Party(party);
                reader.may_name(self.office, of)
                    && own.is_none_or(|own| reader.admits_of(self.office, of, own))
            }
        }
    }

    fn url(&self) -> Option<String> {
        let site = self.office.settings.site_url.as_ref()?;
        (self.agreement.visibility <= self.office.settings.site_visibility).then(|| {
            let folder = self.language.folder();
            format!("{site}{folder}agreements/{}.html", self.agreement.id)
        })
    }

    /// When the newest entry about the agreement was written; before there is one, midnight of the day itself: a stamp
    /// must not follow the clock, or every reader of the feed sees a change that is none.
    fn stamp(&self, day: NaiveDate) -> DateTime<Utc> {
        self.change
            .map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |(_, last)| last)
    }
}

/// What a calendar calls a day of an occurrence.
fn uid(office: &Office, occurrence: &Occurrence, what: Day) -> String {
    let called = occurrence.occurrence.map(|d| d.to_string());
    let mut hash = Sha256::new();
    for field in [
        "sl-uid-1",
        occurrence.agreement.as_str(),
        occurrence.obligation.as_str(),
        called.as_deref().unwrap_or_default(),
        occurrence.for_words.as_deref().unwrap_or_default(),
        what.name(),
    ] {
        hash.update(field.as_bytes());
        hash.update([0]);
    }
    let digits = hash.finalize();
    let digits: String = digits
        .iter()
        .take(16)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect();
    format!("{digits}@{}", host(office))
}

/// The last day of something that stands in no file any more, as a calendar takes it out: nothing but its title is known of it.
pub fn gone(
    office: &Office,
    changes: &Changes,
    occurrence: &Occurrence,
    title: &str,
    language: Language,
) -> Option<DayEvent> {
    let day = occurrence.due?;
    let change = changes.0.get(&occurrence.agreement);
    Some(DayEvent {
        uid: uid(office, occurrence, Day::Due),
        day,
        agreement: occurrence.agreement.clone(),
        obligation: occurrence.obligation.clone(),
        state: occurrence.state,
        is_cancelled: true,
        title: shown(&format!("{}: {title}", Day::Due.in_words(language))),
        description: shown(&language.courtesy(&office.settings.name)),
        url: None,
        stamp: change.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |(_, last)| *last),
        sequence: change.map_or(0, |(count, _)| *count),
    })
}

/// Whose events they are: the host of the pages, else that of the office's mail.
pub fn host(office: &Office) -> String {
    let of_site = office
        .settings
        .site_url
        .as_deref()
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split(['/', ':']).next());
    let of_mail = office
        .settings
        .mail
        .from
        .rsplit_once('@')
        .map(|(_, host)| host.trim_end_matches('>').trim());
    of_site
        .filter(|host| !host.is_empty())
        .or(of_mail)
        .unwrap_or("sideletter.invalid")
        .to_owned()
}

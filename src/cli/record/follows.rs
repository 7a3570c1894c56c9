//! What follows from an entry: where it stands, who may answer it and how, and which days it changed.

use crate::agreement::Agreement;
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::answers::{Index, Rule, Stands, is_claim, stands};
use crate::record::entering::how_to_answer;
use crate::record::told;
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{self, Occurrence, Question, Schedule};
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// How many changed occurrences are shown.
const MOST: usize = 15;

/// How things stood before an entry, and the record with it, on a day.
pub(super) struct Change<'a> {
    pub(super) office: &'a Office,
    pub(super) agreement: &'a Agreement,
    pub(super) was: Schedule,
    pub(super) after: &'a Record,
    pub(super) entry: &'a Entry,
    pub(super) today: NaiveDate,
    /// How the program is called again.
    pub(super) program: &'a str,
}

impl Change<'_> {
    /// Where the entry stands, or the one that it answers, and who may answer it.
    pub(super) fn standing(&self) -> String {
        if self.entry.kind == EntryKind::Struck {
            return self.missing_strikes();
        }
        let about = match (self.entry.kind, self.entry.entry) {
            (EntryKind::Confirmed | EntryKind::Disputed, Some(number)) => {
                self.after.entry(number).unwrap_or(self.entry)
            }
            _ => self.entry,
        };
        let rule = Rule::new(self.office, self.agreement, &self.after.asked, self.today);
        let index = Index::new(self.after);
        let Some(standing) = stands(about, &index, &rule) else {
            return String::new();
        };
        let it = if about.number == self.entry.number {
            "It".to_owned()
        } else {
            format!("Entry {}", about.number)
        };
        let mut text = match standing.stands {
            Stands::Proposed => format!(
                "{it} is proposed and waits for {}; until all have agreed, the old date runs.\n",
                self.names(&standing.waits_for)
            ),
            Stands::Agreed => format!(
                "All parties have agreed{}.\n",
                if it == "It" { " to it" } else { "" }
            ),
            Stands::Confirmed if !standing.by_silence.is_empty() => {
                let silences = standing.by_silence.iter();
                let how = words::list(silences.map(|silence| silence.in_words(self.office)));
                let too_late = if self.entry.kind == EntryKind::Disputed {
                    " An objection after that is kept and changes nothing."
                } else {
                    ""
                };
                format!("{it} is {how}.{too_late}\n")
            }
            Stands::Confirmed if about.number != self.entry.number => {
                format!("{it} is confirmed.\n")
            }
            Stands::Disputed if standing.against.is_empty() => format!(
                "{it} is disputed: another day is claimed, too. It stays so until one of them is confirmed or struck out.\n"
            ),
            Stands::Disputed => format!(
                "{it} is disputed: {} {} otherwise. It stays so until one side confirms the other's word or strikes out its own.\n",
                self.names(&standing.against),
                if standing.against.len() == 1 {
                    "says"
                } else {
                    "say"
                }
            ),
            _ => String::new(),
        };
        if let Some(otherwise) =
            told::answered_otherwise(self.office, self.entry, index.about(self.entry))
        {
            let _ = writeln!(text, "{otherwise}; of its answers the last counts.");
        }
        if standing.stands == Stands::Proposed && rule.is_beyond_its_option(about) {
            text.push_str(
                "It was renewed as often as its words leave to one party; once more is for all to agree on.\n",
            );
        }
        if standing.stands == Stands::Proposed
            && let Some(option) = rule.shorter_option(about)
        {
            let _ = writeln!(
                text,
                "Its words leave \"{option}\" to one party; a later day is for all to agree on."
            );
        }
        if told::leaves_the_files_end(self.office, about, &standing) {
            text.push_str(
                "The end in the agreement's file holds until every other party has confirmed another.\n",
            );
        }
        if about.number == self.entry.number {
            for party in &standing.waits_for {
                let _ = writeln!(
                    text,
                    "{} may answer: {} {}, or `disputed` in its place",
                    self.office.short_name(party),
                    self.program,
                    how_to_answer(EntryKind::Confirmed, about, party, self.office)
                );
            }
        }
        text
    }

    fn missing_strikes(&self) -> String {
        let Some(number) = self.entry.entry.filter(|_| self.entry.proposed) else {
            return String::new();
        };
        let why = match self.after.entry(number) {
            Some(entry) if entry.by.is_none() && entry.entered_by.is_none() => {
                format!("No party made entry {number}, so it stands until each of them")
            }
            Some(claim) if is_claim(claim) => {
                format!(
                    "Another party has confirmed entry {number}, so it stands until that party too"
                )
            }
            _ => format!("All parties agreed to entry {number}, so it stands until each of them"),
        };
        format!(
            "{why} has struck it out: {} record struck {} --entry {number} --by PARTY\n",
            self.program, self.agreement.id
        )
    }

    fn names(&self, parties: &[PartyId]) -> String {
        words::list(parties.iter().map(|party| self.office.short_name(party)))
    }

    /// The occurrences whose dates or state the entry changed, and whether notice came in its time.
    pub(super) fn days(&self) -> String {
        if self.entry.kind == EntryKind::Noted {
            return String::new();
        }
        let is = schedule::schedule(&Question::new(self.office, self.after, self.today));
        let mut text = String::new();
        if self.entry.kind == EntryKind::Notice
            && let Some(flag) = self.notice()
        {
            text.push_str(&flag);
        }
        let lines = self.changed(&is);
        if lines.is_empty() {
            return text;
        }
        text.push_str("\nWhat follows from it:\n");
        for line in lines.iter().take(MOST) {
            let _ = writeln!(text, "  {line}");
        }
        if lines.len() > MOST {
            let _ = writeln!(
                text,
                "  ... and {} more; see: {} due --all --agreement {}",
                lines.len() - MOST,
                self.program,
                self.agreement.id
            );
        }
        text
    }

    fn changed(&self, is: &Schedule) -> Vec<String> {
        let facts = |o: &Occurrence| (o.opens, o.due, o.state, o.projected, o.met_on);
        is.occurrences
            .iter()
            .filter_map(|o| {
                let before = self
                    .was
                    .of_obligation(&o.agreement, &o.obligation)
                    .find(|w| (w.occurrence, &w.for_words) == (o.occurrence, &o.for_words));
                let changed = before.is_none_or(|before| facts(before) != facts(o));
                changed.then(|| line(self.office, o, before))
            })
            .collect()
    }

    /// Whether notice lies in its window.
    fn notice(&self) -> Option<String> {
        let on = self.entry.on?;
        let subject = self.entry.subject.as_deref();
        let window = self.was.notice_window(&self.agreement.id, subject)?;
        let days = |from: NaiveDate, to: NaiveDate| words::count((to - from).num_days(), "day");
        let flag = match (window.opens, window.closes) {
            (_, Some(closes)) if on > closes => format!(
                "The last day for notice was {}: this is {} late.\n",
                words::weekday_and_day(closes),
                days(closes, on)
            ),
            (Some(opens), _) if on < opens => format!(
                "Notice may be given from {}: this is {} early.\n",
                words::weekday_and_day(opens),
                days(on, opens)
            ),
            _ => return None,
        };
        Some(flag)
    }
}

fn line(office: &Office, o: &Occurrence, before: Option<&Occurrence>) -> String {
    let title = office
        .agreement(o.agreement.as_str())
        .and_then(|a| a.owed(o.obligation.as_str()))
        .map_or(o.obligation.as_str(), |b| b.title.as_str());
    let of = o.for_words.as_ref().map(|words| format!(" ({words})"));
    let of = of.unwrap_or_default();
    let expected = if o.projected { "expected, " } else { "" };
    let state = o.state.as_str();
    let old = before
        .filter(|before| (before.opens, before.due) != (o.opens, o.due))
        .and_then(days)
        .map(|days| format!("{days} -> "))
        .unwrap_or_default();
    match days(o) {
        Some(days) => format!("{title}{of}: {old}{days} ({expected}{state})"),
        None => format!("{title}{of}: {state}"),
    }
}

fn days(o: &Occurrence) -> Option<String> {
    match (o.opens, o.due) {
        (Some(opens), Some(due)) => Some(format!("{} to {}", words::day(opens), words::day(due))),
        (None, Some(due)) => Some(words::day(due)),
        (Some(opens), None) => Some(format!("from {}", words::day(opens))),
        (None, None) => None,
    }
}

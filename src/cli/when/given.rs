//! What the command line says besides the phrase: the events and their days, and how days are counted.

mod missed;

use crate::counting::Counting;
use crate::deadline::{Fact, Facts};
use crate::error::{Error, Result};
use crate::ids::{EventId, ObligationId};
use crate::language::{self, DateOrder, KnownNames, Names, Tree, Trigger};
use crate::office;
use crate::words;
use crate::words::Sentence;
use chrono::{Months, NaiveDate};
use std::path::Path;

/// Where the days come from, in the steps.
const SOURCE: &str = "given with --event";

/// `--event NAME=DATE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EventGiven {
    name: String,
    /// `None`: it is declared and has no day yet.
    day: Option<NaiveDate>,
}

/// Reads `NAME=DATE`, or `NAME=` for an event that has no day yet.
pub(super) fn parse_event(text: &str) -> std::result::Result<EventGiven, String> {
    let written = "an event is written NAME=DATE: implementation=2014-03-03";
    let (name, day) = text.rsplit_once('=').ok_or(written)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(written.to_owned());
    }
    let day = match day.trim() {
        "" => None,
        day => Some(super::parse_day(day)?),
    };
    Ok(EventGiven { name, day })
}

/// The preset that is named, with the calendars that are named: built in, or of the office in a folder, if it is one.
pub(in crate::cli) fn counting(
    preset: Option<&str>,
    days_off: &[String],
    root: &Path,
) -> Result<Counting> {
    let mut counting = match preset {
        None => Counting::plain(),
        Some(name) => Counting::preset(name).ok_or_else(|| {
            let presets = Counting::presets();
            let near = words::did_you_mean(name, presets.iter().copied())
                .unwrap_or_else(|| format!("the presets are {}", words::list(presets)));
            Error::refused(format!("there is no preset `{name}`; {near}"))
        })?,
    };
    if days_off.is_empty() {
        return Ok(counting);
    }
    let (calendars, faulty) = office::calendars(root);
    for id in days_off.iter().map(|id| id.trim()) {
        if let Some(fault) = faulty.get(id) {
            return Err(Error::faulty(format!(
                "the calendar `{id}` cannot be read; run `sideletter check`\n  {fault}"
            )));
        }
        let calendar = calendars.get(id).ok_or_else(|| {
            let near = words::did_you_mean(id, calendars.ids())
                .unwrap_or_else(|| format!("the calendars are {}", words::list(calendars.ids())));
            Error::refused(format!("there is no calendar `{id}`; {near}"))
        })?;
        counting.add_days_off(calendar);
    }
    if let Some(both) = counting.contradiction() {
        return Err(Error::refused(format!(
            "{both}; name the one that is meant"
        )));
    }
    Ok(counting)
}

/// The events of the command line.
pub(super) struct Given {
    names: Names,
    days: Vec<(Trigger, Option<NaiveDate>)>,
}

impl Given {
    /// Takes the events in, and the obligation that `phrase` says may be missed. An event that is called by another name of
    /// a built-in one (`date of execution`) is that one; every other is declared under its own words.
    ///
    /// # Errors
    /// When one event is given twice.
    pub(super) fn new(
        events: &[EventGiven],
        phrase: &str,
        date_order: DateOrder,
        today: NaiveDate,
    ) -> Result<Self> {
        let mut given = Self {
            names: Names {
                known: KnownNames::default(),
                events: Vec::new(),
                repeating: Vec::new(),
                obligations: Vec::new(),
                agreements: Vec::new(),
                date_order,
                near: None,
            },
            days: Vec::new(),
        };
        let may_be_missed = missed::named_in(phrase);
        for event in events {
            let trigger = given.declare(&event.name, may_be_missed.as_deref());
            if given.days.iter().any(|(known, _)| *known == trigger) {
                return Err(Error::refused(format!(
                    "the event `{}` is given twice; leave one of them out",
                    event.name
                )));
            }
            given.days.push((trigger, event.day));
        }
        // What may be missed is an obligation, whether or not a day of it is given; a slip of a name that is given is not.
        if let Some(name) = may_be_missed
            && words::nearest(&name, events.iter().map(|event| event.name.as_str())).is_none()
        {
            given.obligation(&name);
        }
        given.names.near = ["effective", "signing", "expiration"]
            .iter()
            .find_map(|id| given.day_of(id))
            .or_else(|| given.days.iter().find_map(|(_, day)| *day))
            .or(Some(today));
        Ok(given)
    }

    fn declare(&mut self, name: &str, may_be_missed: Option<&str>) -> Trigger {
        if missed::is_any(name) {
            return Trigger::AnyMissed;
        }
        if let Some(of) = missed::of(name) {
            return Trigger::Missed(self.obligation(of));
        }
        if may_be_missed.is_some_and(|missed| missed.eq_ignore_ascii_case(name)) {
            return Trigger::Obligation(self.obligation(name));
        }
        Trigger::event(language::built_in(name).unwrap_or_else(|| {
            let id = EventId::new(name.to_lowercase());
            self.names.events.push((id.clone(), name.to_owned()));
            id
        }))
    }

    fn obligation(&mut self, name: &str) -> ObligationId {
        let id = ObligationId::new(name.to_lowercase());
        let known = &mut self.names.obligations;
        if known.iter().all(|(other, _)| *other != id) {
            known.push((id.clone(), name.to_owned()));
        }
        id
    }

    /// What a phrase may name.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// One year after the later of today and the days that a phrase hangs on.
    pub(super) fn a_year_ahead(&self, tree: &Tree, today: NaiveDate) -> NaiveDate {
        // What recurs begins no earlier than the agreement takes effect, whether or not its words say so.
        let anchor = tree.recurs().then(Trigger::effective);
        let latest = tree
            .triggers()
            .iter()
            .chain(&anchor)
            .filter_map(|trigger| match self.day(trigger) {
                Fact::Known { day, .. } | Fact::Expected { day, .. } => Some(day),
                Fact::Unknown => None,
            })
            .fold(today, NaiveDate::max);
        latest
            .checked_add_months(Months::new(12))
            .unwrap_or(NaiveDate::MAX)
    }

    fn day_of(&self, id: &str) -> Option<NaiveDate> {
        self.day_given(&Trigger::event(EventId::new(id)))
    }

    fn day_given(&self, trigger: &Trigger) -> Option<NaiveDate> {
        self.days
            .iter()
            .find(|(known, _)| known == trigger)
            .and_then(|(_, day)| *day)
    }
}

impl Facts for Given {
    fn day(&self, trigger: &Trigger) -> Fact {
        if let Some(day) = self.day_given(trigger) {
            return Fact::Known {
                day,
                source: Sentence::verbatim(SOURCE),
            };
        }
        // An agreement that says nothing of its effective day takes effect when it is signed.
        match self.day_of("signing") {
            Some(day) if *trigger == Trigger::effective() => Fact::Known {
                day,
                source: Sentence::verbatim("signing, as no effective day is given"),
            },
            _ => Fact::Unknown,
        }
    }
}

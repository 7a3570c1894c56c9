//! How days are counted: which are off, where a count begins, and what happens when it ends on a closed day.
//!
//! Data, not program: presets are in `counting/presets`, days off in `counting/calendars`. The parameters are [`rules`];
//! [`Counting::count`] goes from a trigger to a last day, [`Counting::roll`] from there to the day on which it is due.

mod calendar;
mod calendars;
mod civil;
mod count;
mod days_off;
mod length;
mod other_rules;
mod own_calendars;
mod passed;
mod preset;
mod roll;
pub mod rules;
mod setting;
#[cfg(test)]
mod tests;
mod until;

pub use calendar::{
    CalendarFault, DayOff, DayOffKind, HolidayCalendar, Level, OwnPeriod, OwnUnit, Season, TermKind,
};
pub use calendars::Calendars;
pub use count::{Bound, Counted, CountingFault};
pub use length::{DayKind, Direction, Length, Unit};
pub use other_rules::{OtherRules, TurnedOn};
pub use own_calendars::NamedDay;
pub use roll::{Act, Rolled};
pub use setting::{SettingFault, SettingPart};

use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use preset::Preset;
use rules::Rules;
use setting::Setting;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// The source of what the words alone say: no rule of law stands behind it.
pub const THE_WORDS: &str = "the words of the agreement";

/// [`THE_WORDS`], for a step.
pub fn the_words() -> Sentence {
    Sentence::written(&[THE_WORDS, "el texto del acuerdo"])
}

/// One step of how a date was reached, for people.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Step {
    /// What was done, in a short sentence without a full stop.
    pub text: Sentence,
    /// The day that it led to.
    pub date: Option<NaiveDate>,
    /// Where that comes from: a clause, an entry of the record, a calendar, a rule of law.
    pub source: Sentence,
}

impl PartialEq for Step {
    /// The day first: most steps differ in it, and no words have to be written to see that.
    fn eq(&self, other: &Self) -> bool {
        (self.date, &self.source, &self.text) == (other.date, &other.source, &other.text)
    }
}

impl Eq for Step {}

impl Step {
    /// Its source, where that says more than the step itself: the words alone are no authority.
    pub fn authority(&self) -> Option<&str> {
        let source: &str = &self.source;
        (!source.is_empty() && source != THE_WORDS && !self.text.contains(source)).then_some(source)
    }
}

/// The rules by which an agreement's days are counted.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The preset that they began from; `None`: the agreement names none, and `plain` is used.
    pub preset: Option<String>,
    /// The agreement's own authority for them: `MOU article 8.3`.
    pub authority: Option<String>,
    /// The parameters that hold: the preset's, with those that the agreement sets.
    pub rules: Rules,
    /// The days off that hold: the preset's calendars, then those of `days_off`.
    calendars: Vec<Arc<HolidayCalendar>>,
    /// What the agreement itself sets, at most once each.
    own: Vec<Setting>,
    /// Whether the parts of a length are counted in the order written, as another reading has it.
    as_written: bool,
}

impl Counting {
    /// The keys of `[counting]`.
    pub const KEYS: &'static [&'static str] = &setting::KEYS;

    /// Every day counts, nothing rolls; no preset was named.
    pub fn plain() -> Self {
        Self {
            preset: None,
            authority: None,
            rules: Rules::PLAIN,
            calendars: Vec::new(),
            own: Vec::new(),
            as_written: false,
        }
    }

    /// The preset of that name.
    pub fn preset(name: &str) -> Option<Self> {
        let preset = Preset::named(name)?;
        let mut counting = Self::plain();
        counting.put(Setting::Preset(preset));
        Some(counting)
    }

    /// The names of all presets, `plain` first.
    pub fn presets() -> &'static [&'static str] {
        Preset::names()
    }

    /// What a preset is, in a phrase, and the law that it follows.
    pub fn about_preset(name: &str) -> Option<(&'static str, &'static str)> {
        Preset::named(name).map(|preset| (preset.title.as_str(), preset.authority.as_str()))
    }

    /// Reads a `[counting]` table over `self`: key by key, so that an obligation's table keeps what it does not name.
    /// Keys that are wrong are left out, each with its fault, in the order of the table.
    #[must_use]
    pub fn read(
        &self,
        table: &DeTable<'_>,
        calendars: &Calendars,
    ) -> (Self, Vec<(String, SettingFault)>) {
        let mut counting = self.clone();
        let mut faults = Vec::new();
        for (key, value) in table {
            let key = key.get_ref();
            if let Err(fault) = counting.set(key, value.get_ref(), calendars) {
                faults.push((key.to_string(), fault));
            }
        }
        (counting, faults)
    }

    /// Sets one key of [`Counting::KEYS`], in any order; `calendars` are those that `days_off` may name.
    ///
    /// # Errors
    /// What was expected, where the key or its value is none that there is.
    pub fn set(
        &mut self,
        key: &str,
        value: &DeValue<'_>,
        calendars: &Calendars,
    ) -> Result<(), SettingFault> {
        if key == "days_off" {
            // One that there is not leaves the others: fewer days off would be worse.
            let (sound, fault) = setting::days_off(value, calendars);
            self.put(Setting::DaysOff(sound));
            return fault.map_or(Ok(()), Err);
        }
        self.put(Setting::read(key, value, calendars)?);
        Ok(())
    }

    /// Adds a calendar to the days off.
    pub fn add_days_off(&mut self, calendar: Arc<HolidayCalendar>) {
        let mut all = self.own_days_off().to_vec();
        all.push(calendar);
        self.put(Setting::DaysOff(all));
    }

    /// The calendars whose days are off, the preset's first.
    pub fn days_off(&self) -> impl Iterator<Item = &HolidayCalendar> {
        self.calendars.iter().map(Arc::as_ref)
    }

    /// What to know about these rules whatever they are asked, each a phrase for a warning.
    pub fn remarks(&self) -> Vec<String> {
        let rolls = self.rules.roll_forward != rules::RollForward::None
            || self.rules.roll_backward != rules::RollBackward::None;
        let mut all = Vec::new();
        if rolls && self.calendars.is_empty() {
            all.push(format!(
                "{} asks which days are off, and `days_off` names none: no day is moved and none has grace",
                self.preset.as_deref().unwrap_or("the counting")
            ));
        }
        all
    }

    /// What these rules do as a whole, in a sentence about the agreement's days.
    pub fn in_words(&self) -> Sentence {
        Sentence::in_each(|language| self.words_in(language))
    }

    fn words_in(&self, language: Language) -> String {
        let own = self
            .own
            .iter()
            .filter(|own| !matches!(own.key(), "preset" | "authority" | "days_off"))
            .map(|own| format!("`{}`", own.key()));
        let own = language.list(own);
        let changed = match language {
            _ if own.is_empty() => String::new(),
            English => format!("; the agreement sets {own} itself"),
            Spanish => format!("; el propio acuerdo fija {own}"),
        };
        match (self.began_from(), language) {
            (Some(preset), English) => format!(
                "the agreement's days are counted as `{}` has it: {}{changed}",
                preset.name, preset.title
            ),
            (Some(preset), Spanish) => format!(
                "los días del acuerdo se cuentan según `{}`: “{}”{changed}",
                preset.name, preset.title
            ),
            (None, English) => format!(
                "the agreement's days are counted by its words alone: every day counts, and none is moved{changed}"
            ),
            (None, Spanish) => format!(
                "los días del acuerdo se cuentan solo según su texto: cuentan todos los días y ninguno se traslada{changed}"
            ),
        }
    }

    /// Where the rule under a key comes from: what the preset neither sets nor cites is the words' own.
    fn source(&self, key: &str) -> Sentence {
        let own = self.own.iter().any(|setting| setting.key() == key);
        let preset = self.began_from();
        let law = (!own).then_some(preset).flatten().and_then(|p| p.law(key));
        match (&self.authority, law) {
            (Some(authority), Some(law)) => Sentence::verbatim(format!("{authority}; {law}")),
            (Some(authority), None) => Sentence::verbatim(authority),
            (None, Some(law)) => Sentence::verbatim(law),
            (None, None) if own => Sentence::in_each(|language| match language {
                English => format!("the agreement's own `counting.{key}`"),
                Spanish => format!("`counting.{key}` del propio acuerdo"),
            }),
            (None, None) => the_words(),
        }
    }

    fn began_from(&self) -> Option<&'static Preset> {
        self.preset.as_deref().and_then(Preset::named)
    }

    fn own_days_off(&self) -> &[Arc<HolidayCalendar>] {
        self.own
            .iter()
            .find_map(|setting| match setting {
                Setting::DaysOff(calendars) => Some(calendars.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Takes a setting in, then works everything out anew, so that the order of the keys is of no account.
    fn put(&mut self, setting: Setting) {
        self.own.retain(|own| own.key() != setting.key());
        self.own.push(setting);
        self.rules = Rules::PLAIN;
        self.calendars.clear();
        let own = std::mem::take(&mut self.own);
        for setting in &own {
            if let Setting::Preset(preset) = setting {
                self.preset = Some(preset.name.to_owned());
                for setting in &preset.settings {
                    self.apply(setting);
                }
            }
        }
        for setting in &own {
            self.apply(setting);
        }
        self.own = own;
    }

    fn apply(&mut self, setting: &Setting) {
        setting.put(&mut self.rules);
        match setting {
            Setting::Authority(authority) => self.authority = Some(authority.clone()),
            Setting::DaysOff(calendars) => {
                for calendar in calendars {
                    if self.calendars.iter().all(|known| known.id != calendar.id) {
                        self.calendars.push(Arc::clone(calendar));
                    }
                }
            }
            _ => {}
        }
    }
}

//! One key of `[counting]` with its value, read and checked.

use super::calendar::HolidayCalendar;
use super::calendars::Calendars;
use super::preset::Preset;
use super::rules::{
    AtLeast, Before, Months, RollApplies, RollBackward, RollForward, Rules, ShortPeriod, SixMonths,
    TriggerDay, Until, Year,
};
use crate::words;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeValue;

/// The keys of `[counting]`.
pub(super) const KEYS: [&str; 15] = [
    "preset",
    "days_off",
    "authority",
    "trigger_day",
    "before",
    "at_least",
    "until",
    "roll_forward",
    "roll_backward",
    "roll_applies",
    "state_holidays_backward",
    "short_period",
    "months",
    "six_months",
    "year",
];

/// Keys that a later version will read, refused so that nobody believes that they have an effect; and what to write meanwhile.
const NOT_BUILT_YET: [(&str, &str); 4] = [
    (
        "service",
        "leave it out, and write the days that service adds into the time limit: \"within 25 days after\"",
    ),
    ("extend_order", "leave it out: it would have no effect"),
    (
        "tolled",
        "leave it out, and add those days to the time limit, with the words in `reading`",
    ),
    (
        "closed",
        "leave it out, and list the day under [[exceptions]] in a calendar of the office's own that `days_off` names",
    ),
];

/// What is wrong with a key of `[counting]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// Whether the key or the value is wrong.
    pub what: SettingPart,
    /// The bytes that are wrong, where they are smaller than the whole value: one name in a list.
    pub range: Option<Range<usize>>,
    /// One phrase.
    pub message: String,
    /// What to write.
    pub help: Option<String>,
}

/// The part of a setting that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingPart {
    /// There is no such key, or it is not built yet.
    Key,
    /// The value is not one that the key may have.
    Value,
}

/// One key with its value.
#[derive(Clone, Debug)]
pub(super) enum Setting {
    Preset(&'static Preset),
    DaysOff(Vec<Arc<HolidayCalendar>>),
    Authority(String),
    TriggerDay(TriggerDay),
    Before(Before),
    AtLeast(AtLeast),
    Until(Until),
    RollForward(RollForward),
    RollBackward(RollBackward),
    RollApplies(RollApplies),
    StateHolidaysBackward(bool),
    ShortPeriod(ShortPeriod),
    Months(Months),
    SixMonths(SixMonths),
    Year(Year),
}

impl Setting {
    /// Reads the value of a key.
    pub(super) fn read(
        key: &str,
        value: &DeValue<'_>,
        calendars: &Calendars,
    ) -> Result<Self, SettingFault> {
        Ok(match key {
            "preset" => Self::Preset(preset(value)?),
            "days_off" => match days_off(value, calendars) {
                (all, None) => Self::DaysOff(all),
                (_, Some(fault)) => return Err(fault),
            },
            "authority" => Self::Authority(text(value)?),
            "trigger_day" => Self::TriggerDay(choice(
                value,
                &[
                    ("excluded", TriggerDay::Excluded),
                    ("counted", TriggerDay::Counted),
                ],
            )?),
            "before" => Self::Before(choice(
                value,
                &[
                    ("plain", Before::Plain),
                    ("inclusive", Before::Inclusive),
                    ("clear", Before::Clear),
                ],
            )?),
            "at_least" => Self::AtLeast(choice(
                value,
                &[("plain", AtLeast::Plain), ("clear", AtLeast::Clear)],
            )?),
            "until" => Self::Until(choice(
                value,
                &[("through", Until::Through), ("before", Until::Before)],
            )?),
            "roll_forward" => Self::RollForward(choice(
                value,
                &[
                    ("none", RollForward::None),
                    ("next_open", RollForward::NextOpen),
                    ("grace", RollForward::Grace),
                ],
            )?),
            "roll_backward" => Self::RollBackward(choice(
                value,
                &[
                    ("none", RollBackward::None),
                    ("earlier", RollBackward::Earlier),
                    ("later", RollBackward::Later),
                ],
            )?),
            "roll_applies" => Self::RollApplies(roll_applies(value)?),
            "state_holidays_backward" => match value {
                DeValue::Boolean(flag) => Self::StateHolidaysBackward(*flag),
                _ => return Err(fault("expected true or false")),
            },
            "short_period" => Self::ShortPeriod(short_period(value)?),
            "months" => Self::Months(choice(
                value,
                &[("clamp", Months::Clamp), ("spill", Months::Spill)],
            )?),
            "six_months" => Self::SixMonths(choice(
                value,
                &[
                    ("calendar", SixMonths::Calendar),
                    ("longer_of_182_days", SixMonths::LongerOf182Days),
                ],
            )?),
            "year" => Self::Year(choice(
                value,
                &[
                    ("anniversary", Year::Anniversary),
                    ("folded_365", Year::Folded365),
                ],
            )?),
            _ => return Err(unknown(key)),
        })
    }

    /// The key it was read from.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::Preset(_) => "preset",
            Self::DaysOff(_) => "days_off",
            Self::Authority(_) => "authority",
            Self::TriggerDay(_) => "trigger_day",
            Self::Before(_) => "before",
            Self::AtLeast(_) => "at_least",
            Self::Until(_) => "until",
            Self::RollForward(_) => "roll_forward",
            Self::RollBackward(_) => "roll_backward",
            Self::RollApplies(_) => "roll_applies",
            Self::StateHolidaysBackward(_) => "state_holidays_backward",
            Self::ShortPeriod(_) => "short_period",
            Self::Months(_) => "months",
            Self::SixMonths(_) => "six_months",
            Self::Year(_) => "year",
        }
    }

    /// Puts the value in its place; what is no parameter has its place elsewhere.
    pub(super) fn put(&self, rules: &mut Rules) {
        match self {
            Self::Preset(_) | Self::DaysOff(_) | Self::Authority(_) => {}
            Self::TriggerDay(value) => rules.trigger_day = *value,
            Self::Before(value) => rules.before = *value,
            Self::AtLeast(value) => rules.at_least = *value,
            Self::Until(value) => rules.until = *value,
            Self::RollForward(value) => rules.roll_forward = *value,
            Self::RollBackward(value) => rules.roll_backward = *value,
            Self::RollApplies(value) => rules.roll_applies = *value,
            Self::StateHolidaysBackward(value) => rules.state_holidays_backward = *value,
            Self::ShortPeriod(value) => rules.short_period = *value,
            Self::Months(value) => rules.months = *value,
            Self::SixMonths(value) => rules.six_months = *value,
            Self::Year(value) => rules.year = *value,
        }
    }
}

fn preset(value: &DeValue<'_>) -> Result<&'static Preset, SettingFault> {
    let name = text(value)?;
    Preset::named(&name).ok_or_else(|| SettingFault {
        help: Some(
            words::did_you_mean(&name, Preset::names().iter().copied())
                .unwrap_or_else(|| format!("the presets are {}", words::list(Preset::names()))),
        ),
        ..fault(format!("there is no preset `{name}`"))
    })
}

/// The calendars of a list, without those that there are not, and the first fault in it.
pub(super) fn days_off(
    value: &DeValue<'_>,
    calendars: &Calendars,
) -> (Vec<Arc<HolidayCalendar>>, Option<SettingFault>) {
    let items = match list(value, "calendars: [\"weekends\"]") {
        Ok(items) => items,
        Err(fault) => return (Vec::new(), Some(fault)),
    };
    let mut all = Vec::new();
    let mut first = None;
    for item in items {
        match calendar(item.get_ref(), calendars) {
            Ok(calendar) => all.push(calendar),
            Err(fault) => {
                first.get_or_insert(SettingFault {
                    range: Some(item.span()),
                    ..fault
                });
            }
        }
    }
    (all, first)
}

fn calendar(
    value: &DeValue<'_>,
    calendars: &Calendars,
) -> Result<Arc<HolidayCalendar>, SettingFault> {
    let id = text(value)?;
    calendars.get(&id).ok_or_else(|| SettingFault {
        help: Some(
            words::did_you_mean(&id, calendars.ids())
                .unwrap_or_else(|| format!("the calendars are {}", words::list(calendars.ids()))),
        ),
        ..fault(format!("there is no calendar `{id}`"))
    })
}

fn roll_applies(value: &DeValue<'_>) -> Result<RollApplies, SettingFault> {
    let mut applies = RollApplies {
        act: false,
        date_certain: false,
    };
    for item in list(value, "what rolls: [\"act\", \"date_certain\"]")? {
        let within = |fault: SettingFault| SettingFault {
            range: Some(item.span()),
            ..fault
        };
        match item.get_ref().as_str() {
            Some("act") => applies.act = true,
            Some("date_certain") => applies.date_certain = true,
            Some(word @ ("filing" | "notice")) => {
                return Err(within(SettingFault {
                    help: Some("write `act`: it includes filings and notices".to_owned()),
                    ..fault(format!("`{word}` is not built yet"))
                }));
            }
            _ => return Err(within(fault("expected `act` or `date_certain`"))),
        }
    }
    Ok(applies)
}

fn short_period(value: &DeValue<'_>) -> Result<ShortPeriod, SettingFault> {
    // A year of days is no short period; the limit also bounds what a count costs.
    const MOST: i64 = 366;
    let expected = "expected { under = 7 } or { working_days = 2 }";
    let table = value.as_table().ok_or_else(|| fault(expected))?;
    let mut short = Rules::PLAIN.short_period;
    for (key, value) in table {
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| (0..=MOST).contains(number))
            .and_then(|number| u32::try_from(number).ok())
            .ok_or_else(|| SettingFault {
                range: Some(value.span()),
                ..fault(format!("expected a number of days, at most {MOST}"))
            })?;
        match key.get_ref().as_ref() {
            "under" => short.under = number,
            "working_days" => short.working_days = number,
            _ => {
                return Err(SettingFault {
                    range: Some(key.span()),
                    ..fault(expected)
                });
            }
        }
    }
    Ok(short)
}

fn choice<T: Copy>(value: &DeValue<'_>, choices: &[(&str, T)]) -> Result<T, SettingFault> {
    let word = value.as_str().unwrap_or_default();
    choices
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, choice)| *choice)
        .ok_or_else(|| SettingFault {
            help: words::did_you_mean(word, choices.iter().map(|(name, _)| *name)),
            ..fault(format!(
                "expected {}",
                words::either(choices.iter().map(|(name, _)| format!("`{name}`")))
            ))
        })
}

fn text(value: &DeValue<'_>) -> Result<String, SettingFault> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| fault("expected words in quotes"))
}

fn list<'v, 'i>(
    value: &'v DeValue<'i>,
    what: &str,
) -> Result<impl Iterator<Item = &'v Spanned<DeValue<'i>>>, SettingFault> {
    value
        .as_array()
        .map(|items| items.iter())
        .ok_or_else(|| fault(format!("expected a list of {what}")))
}

fn unknown(key: &str) -> SettingFault {
    if let Some((_, instead)) = NOT_BUILT_YET.iter().find(|(name, _)| *name == key) {
        return SettingFault {
            what: SettingPart::Key,
            help: Some((*instead).to_owned()),
            ..fault(format!("`{key}` is not built yet"))
        };
    }
    SettingFault {
        what: SettingPart::Key,
        help: Some(
            words::did_you_mean(key, KEYS)
                .unwrap_or_else(|| format!("the keys here are {}", words::list(KEYS))),
        ),
        ..fault(format!("there is no key `{key}` here"))
    }
}

fn fault(message: impl Into<String>) -> SettingFault {
    SettingFault {
        what: SettingPart::Value,
        range: None,
        message: message.into(),
        help: None,
    }
}

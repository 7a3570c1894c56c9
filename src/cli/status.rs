//! `status`: whether reminders have run, for whatever watches over it.

use super::outbox::instant;
use super::{Context, Format, Outcome, faults, json};
use crate::disagreement;
use crate::error::Result;
use crate::store::Access;
use crate::words;
use chrono::{DateTime, TimeDelta, Utc};

/// How old the last run may be.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// End with 1 where reminders have not run completely for longer: 26h, 90m, 4d
    #[arg(long, value_name = "TIME", value_parser = parse_age)]
    max_age: Option<TimeDelta>,
}

/// How far a run may lie ahead of this clock, which is not quite that of the host that ran it.
pub(super) const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Its fields are a contract: `docs/commands.md`. Ages are in seconds.
#[derive(serde::Serialize)]
struct Status {
    last_run: Option<String>,
    age: Option<i64>,
    max_age: Option<i64>,
    in_time: bool,
}

fn parse_age(text: &str) -> std::result::Result<TimeDelta, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.strip_prefix(digits).unwrap_or_default();
    let number = digits.parse::<i64>().ok().filter(|&n| n > 0);
    let length = match (number, unit) {
        (Some(n), "m" | "min" | "minute" | "minutes") => TimeDelta::try_minutes(n),
        (Some(n), "h" | "hour" | "hours") => TimeDelta::try_hours(n),
        (Some(n), "d" | "day" | "days") => TimeDelta::try_days(n),
        (Some(n), "w" | "week" | "weeks") => TimeDelta::try_weeks(n),
        _ => None,
    };
    length
        .filter(|length| *length <= TimeDelta::days(36_600))
        .ok_or_else(|| {
            "a time is written 90m, 26h, 4d or 1w, as a whole number and its unit (100 years at most)".to_owned()
        })
}

/// Says when reminders last ran completely.
///
/// # Errors
/// When the office or its store cannot be read.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let now = context.clock(office.settings.zone).now();
    let store = context.store(&office, Access::Read)?;
    let last = store.last_run()?;
    let record = context.as_known(&office, store.record()?);
    let in_time = match (last, arguments.max_age) {
        (_, None) => true,
        (None, Some(_)) => false,
        // A run that lies ahead was made while a clock was wrong, and would say for long that all is well.
        (Some(last), Some(max_age)) => last - now <= AHEAD && now - last <= max_age,
    };
    match context.format {
        Format::Json => {
            let status = Status {
                last_run: last.map(instant),
                age: last.map(|last| (now - last).num_seconds()),
                max_age: arguments.max_age.map(|max_age| max_age.num_seconds()),
                in_time,
            };
            context.output.print(&json(&status)?)?;
        }
        Format::Text => context
            .output
            .print(&format!("{}\n", words(last, now, &context.program)))?,
    }
    faults::tell_of_what_is_gone(&disagreement::gone(&office, &record), context);
    Ok(Outcome::faults_if(!in_time))
}

/// When reminders last ran, in words.
pub(super) fn words(last: Option<DateTime<Utc>>, now: DateTime<Utc>, program: &str) -> String {
    let Some(last) = last else {
        return format!("Reminders have never run completely here; by hand: {program} run");
    };
    let at = instant(last);
    if last - now > AHEAD {
        return format!(
            "Reminders last ran at {at}, which lies ahead: a clock was wrong; by hand: {program} run"
        );
    }
    let age = now - last;
    let ago = match (age.num_minutes(), age.num_hours()) {
        (..1, _) => "just now".to_owned(),
        (minutes, ..1) => format!("{} ago", words::count(minutes, "minute")),
        (_, hours @ ..72) => format!("{} ago", words::count(hours, "hour")),
        _ => format!("{} ago", words::count(age.num_days(), "day")),
    };
    format!("Reminders last ran completely at {at}, {ago}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_its_unit() {
        for (text, minutes) in [
            ("90m", 90),
            ("26h", 1_560),
            ("4d", 5_760),
            ("1week", 10_080),
        ] {
            assert_eq!(parse_age(text), Ok(TimeDelta::minutes(minutes)), "{text}");
        }
        for bad in [
            "",
            "26",
            "h",
            "0h",
            "-1h",
            "1.5h",
            "26 h",
            "26h30m",
            "99999999999999999999h",
            "9999999d",
            "1é",
        ] {
            assert!(parse_age(bad).is_err(), "{bad}");
        }
    }
}

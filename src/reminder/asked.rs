//! Asking for the day of an event that nobody has recorded: when tracking begins, then monthly.

use super::key::Key;
use super::recipients::Recipient;
use super::stage::Stage;
use super::{Desk, Matter, Part};
use crate::ids::ObligationId;
use crate::schedule::AwaitedEvent;
use chrono::{Months, NaiveDate};

/// How often an event is asked for, at most. Who has not answered by then will not.
const MOST_TIMES: u32 = 12;

/// One question for each event, not for each obligation that waits for it.
pub(super) fn owed<'a>(desk: &Desk<'a, '_>) -> Vec<(Recipient<'a>, Part<'a>)> {
    let Some((time, day)) = latest_day(desk.tracked_from(None), desk.today) else {
        return Vec::new();
    };
    let mut owed = Vec::new();
    let awaited = desk.awaited.iter().copied();
    for event in awaited.filter(|e| e.to_ask && is_of_its_time(desk, e)) {
        for recipient in desk.hearers().of_event(desk.agreement, event) {
            let key = Key {
                agreement: desk.agreement.id.clone(),
                subject: event.event.to_string(),
                occurrence: None,
                about: String::new(),
                stage: Stage::Asked,
                recipient: recipient.address(),
                day,
            };
            if !desk.told.contains(&key) {
                let part = Part {
                    key,
                    matter: Matter::Event(event),
                    told_in: None,
                    skipped: Vec::new(),
                    before: None,
                    standing: None,
                    asks: None,
                    reason: format!("asked: time {time} of at most {MOST_TIMES}, for {day}"),
                };
                owed.push((recipient, part));
            }
        }
    }
    owed
}

/// Whether anything that hangs on an event may be owed since tracking began: what ended with its agreement before, was not.
fn is_of_its_time(desk: &Desk<'_, '_>, event: &AwaitedEvent) -> bool {
    let outlives = |id: &ObligationId| {
        let obligation = desk.agreement.obligation(id.as_str());
        obligation.is_none_or(|obligation| obligation.survives)
    };
    desk.ended_on
        .is_none_or(|end| end >= desk.tracked_from(None) || event.hanging.iter().any(outlives))
}

/// The latest of the days on which it is asked: the first day of tracking and the same day number of the months after
/// it, clamped to the month's end.
fn latest_day(first: NaiveDate, today: NaiveDate) -> Option<(u32, NaiveDate)> {
    (0..MOST_TIMES)
        .filter_map(|k| Some((k + 1, first.checked_add_months(Months::new(k))?)))
        .take_while(|(_, day)| *day <= today)
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_same_day_of_each_month_is_clamped_and_never_drifts() {
        let asked = |today| latest_day(day("2026-01-31"), day(today)).map(|(_, day)| day);
        assert_eq!(asked("2026-01-30"), None);
        assert_eq!(asked("2026-02-27"), Some(day("2026-01-31")));
        assert_eq!(asked("2026-02-28"), Some(day("2026-02-28")));
        assert_eq!(asked("2026-03-31"), Some(day("2026-03-31")));
        assert_eq!(asked("2030-01-01"), Some(day("2026-12-31")));
    }
}

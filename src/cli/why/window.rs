//! The window in which it is decided whether a term goes on: its days, and how they were reached.

use super::{Account, other_readings, steps};
use crate::agreement::Agreement;
use crate::counting::Step;
use crate::schedule::{Occurrence, RenewalAct, RenewalDays};
use crate::words;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// What JSON says of the window for itself.
pub(super) fn account<'a>(agreement: &'a Agreement, of: &'a Occurrence) -> Option<Account<'a>> {
    let window = of.renewal.as_ref()?;
    Some(Account {
        agreement: agreement.id.as_str(),
        obligation: "renewal",
        occurrence: of.occurrence,
        nominal: window.nominal,
        due: window.closes,
        grace: None,
        opens: window.opens,
        steps: window.steps.iter().collect(),
        other_readings: &window.other_readings,
        words: Some(&window.words),
    })
}

/// The window of an agreement's renewal, explained for itself.
pub(super) fn text(agreement: &Agreement, of: &Occurrence, window: &RenewalDays) -> String {
    let mut text = format!("Renewal of the agreement\n{}\n", agreement.title);
    if let Some(end) = of.due {
        let _ = writeln!(text, "Its term ends on {}", words::weekday_and_day(end));
    }
    text.push('\n');
    text.push_str(&below(of, window));
    text
}

/// The same, below what is said of the term's end.
pub(super) fn below(of: &Occurrence, window: &RenewalDays) -> String {
    let mut text = format!("{}, in the words: \"{}\"\n\n", what(window), window.words);
    text.push_str(&steps(&window.steps));
    let _ = writeln!(text, "\n{}", days(of, window));
    text.push_str(&other_readings(&window.other_readings));
    text
}

/// The steps of a term's end, and those of the window that hangs on it.
pub(super) fn all_steps(of: &Occurrence) -> Vec<&Step> {
    let window = of.renewal.iter().flat_map(|window| &window.steps);
    of.steps.iter().chain(window).collect()
}

fn what(window: &RenewalDays) -> &'static str {
    match window.what {
        RenewalAct::Request => "Renewal",
        RenewalAct::Notice => "Notice that it is not renewed",
    }
}

fn days(of: &Occurrence, window: &RenewalDays) -> String {
    let expected = if of.projected {
        ", as far as expected now"
    } else {
        ""
    };
    let day = |word: &str, day: Option<NaiveDate>| {
        day.map(|day| format!("{word}: {}{expected}", words::weekday_and_day(day)))
    };
    let lines: Vec<String> = [day("From", window.opens), day("Last day", window.closes)]
        .into_iter()
        .flatten()
        .collect();
    lines.join("\n")
}

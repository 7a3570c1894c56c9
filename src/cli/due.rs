//! `due`: what is not finished, soonest first.

use super::{Context, Format, Outcome, faults, find, json};
use crate::agreement::{Agreement, Obligation};
use crate::disagreement;
use crate::error::Result;
use crate::ids::PartyId;
use crate::office::Office;
use crate::outbox;
use crate::record::Extent;
use crate::schedule::{self, AmendedTo, Occurrence, OccurrenceKind, Question, RenewalAct, State};
use crate::store::Access;
use crate::store::outbox::{NotDelivered, PartRow};
use crate::store::refusal::Failure;
use crate::words;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What to list.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How far to look ahead: 60d, 8w, 2026-12-31
    #[arg(long, value_name = "TIME", default_value = "60d", value_parser = parse_reach)]
    within: Reach,
    /// Only what is past its last day with nothing recorded
    #[arg(long)]
    overdue: bool,
    /// Only what waits for a date
    #[arg(long)]
    waiting: bool,
    /// Only what this party owes or is owed
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// Only this agreement
    #[arg(long, value_name = "AGREEMENT")]
    agreement: Option<String>,
    /// What is finished, standing, unrecorded or further ahead, too
    #[arg(long)]
    all: bool,
}

/// How far ahead to look.
#[derive(Clone, Copy, Debug)]
enum Reach {
    Days(u64),
    Until(NaiveDate),
}

fn parse_reach(text: &str) -> std::result::Result<Reach, String> {
    if let Ok(day) = super::parse_day(text) {
        return Ok(Reach::Until(day));
    }
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    let days = match (digits.parse::<u64>(), unit) {
        (Ok(n), "" | "d" | "day" | "days") => Some(n),
        (Ok(n), "w" | "week" | "weeks") => n.checked_mul(7),
        _ => None,
    };
    days.filter(|days| *days <= 36_600)
        .map(Reach::Days)
        .ok_or_else(|| {
            "a time is written 60d, 8w or as a day: 2026-12-31 (100 years at most)".to_owned()
        })
}

/// One row of the list; its fields are a contract: `docs/commands.md`.
#[derive(serde::Serialize)]
pub(super) struct Row<'a> {
    agreement: &'a str,
    obligation: &'a str,
    occurrence: Option<NaiveDate>,
    #[serde(rename = "for")]
    for_words: Option<&'a str>,
    title: &'a str,
    clause: Option<&'a str>,
    kind: OccurrenceKind,
    owed_by: &'a [PartyId],
    owed_to: &'a [PartyId],
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
    grace: Option<NaiveDate>,
    nominal: Option<NaiveDate>,
    state: State,
    days_left: Option<i64>,
    waiting_on: &'a [String],
    projected: bool,
    words: Option<&'a str>,
    /// Where more than one day is claimed, the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_claimed: Vec<NaiveDate>,
}

/// Lists what is not finished.
///
/// # Errors
/// When the office or its store cannot be read, or a name on the command line is not known.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let office = context.office()?;
    let agreement = arguments
        .agreement
        .as_deref()
        .map(|id| find::agreement(&office, id))
        .transpose()?;
    let party = arguments
        .party
        .as_deref()
        .map(|id| find::party(&office, id))
        .transpose()?;
    let today = context.clock(office.settings.zone).today();
    let reach = match arguments.within {
        Reach::Days(days) => today
            .checked_add_days(Days::new(days))
            .unwrap_or(NaiveDate::MAX),
        Reach::Until(day) => day,
    };
    let store = context.store(&office, Access::Read)?;
    let extent = agreement.map_or(Extent::Whole, |a| schedule::needed(&office, &a.id));
    let record = context.as_known(&office, store.record_of(&extent)?);
    let mut undelivered = outbox::undelivered(&office, &*store)?;
    if let Some(agreement) = agreement {
        undelivered.retain(|message| message.parts.iter().any(|p| p.agreement == agreement.id));
    }
    let question = Question::new(&office, &record, today).reaching(reach);
    let is_shown = |of: &Agreement, o: &Occurrence| {
        let Some(b) = of.owed(o.obligation.as_str()) else {
            return false;
        };
        agreement.is_none_or(|a| o.agreement == a.id)
            && party.is_none_or(|p| b.owed_by.contains(&p.id) || b.owed_to.contains(&p.id))
            && is_asked_for(arguments, o, b, reach)
    };
    // Of a large office what is shown is little.
    let shown: Vec<Vec<Occurrence>> = schedule::of_each(&question, |of, schedule| {
        let all = schedule.occurrences.into_iter();
        let shown = all.filter(|o| is_shown(of, o));
        let mut shown: Vec<_> = shown.map(Occurrence::days_alone).collect();
        // It was collected in the place of all of them.
        shown.shrink_to_fit();
        shown
    });
    let rows = listed(&office, shown.iter().flatten());

    match context.format {
        Format::Json => {
            let listed: Vec<Row<'_>> = rows.iter().map(|(o, b)| row(o, b, today)).collect();
            context.output.print(&json(&listed)?)?;
            let not_told = NotTold::of(&undelivered);
            // Its fields are a contract. What is so of each day of a series is said once.
            let mut said = BTreeSet::new();
            for (o, _) in &rows {
                for remark in remarks(&office, &not_told, o) {
                    let line = format!("{}/{}: {remark}\n", o.agreement, o.obligation);
                    if !said.contains(&line) {
                        context.output.complain(&line);
                        said.insert(line);
                    }
                }
            }
            for message in at_no_obligation(&office, &undelivered) {
                let remark = not_delivered(&office, message);
                context.output.complain(&format!("{remark}\n"));
            }
        }
        Format::Text => {
            context
                .output
                .print(&text(&office, &rows, &undelivered, today))?;
        }
    }
    faults::tell_of_what_is_gone(&disagreement::gone(&office, &record), context);
    Ok(faults::tell(&office, context))
}

/// An occurrence and its obligation.
pub(super) type Listed<'a> = (&'a Occurrence, &'a Obligation);

/// Every occurrence, soonest first; those without a day last.
pub(super) fn listed<'a>(
    office: &'a Office,
    occurrences: impl IntoIterator<Item = &'a Occurrence>,
) -> Vec<Listed<'a>> {
    let mut rows: Vec<Listed<'_>> = occurrences
        .into_iter()
        .filter_map(|o| {
            Some((
                o,
                office
                    .agreement(o.agreement.as_str())?
                    .owed(o.obligation.as_str())?,
            ))
        })
        .collect();
    let place = |o: &'a Occurrence| {
        let day = o.due.or(o.opens);
        (day.is_none(), day, &o.agreement)
    };
    rows.sort_by_key(|(o, _)| place(o));
    rows
}

fn is_asked_for(
    arguments: &Arguments,
    o: &Occurrence,
    obligation: &Obligation,
    reach: NaiveDate,
) -> bool {
    if arguments.overdue || arguments.waiting {
        return (arguments.overdue && matches!(o.state, State::Overdue | State::NotStarted))
            || (arguments.waiting && o.state == State::Waiting);
    }
    arguments.all || is_unfinished(o, obligation, reach)
}

/// What is not finished: past, open, running, waiting, and what is due up to `reach`.
pub(super) fn is_unfinished(o: &Occurrence, obligation: &Obligation, reach: NaiveDate) -> bool {
    match o.state {
        State::Overdue
        | State::NotStarted
        | State::Open
        | State::Running
        | State::Deciding
        | State::Reported
        | State::Disputed
        | State::Waiting => true,
        State::Undated => obligation.review_every.is_some(),
        State::Scheduled => o.due.or(o.opens).is_some_and(|day| day <= reach),
        State::Standing
        | State::Met
        | State::MetLate
        | State::Waived
        | State::Superseded
        | State::Renewed
        | State::Ended
        | State::Unrecorded => false,
    }
}

/// An occurrence as JSON has it.
pub(super) fn row<'a>(o: &'a Occurrence, obligation: &'a Obligation, today: NaiveDate) -> Row<'a> {
    Row {
        agreement: o.agreement.as_str(),
        obligation: o.obligation.as_str(),
        occurrence: o.occurrence,
        for_words: o.for_words.as_deref(),
        title: &obligation.title,
        clause: obligation.clause.as_deref(),
        kind: o.kind,
        owed_by: &obligation.owed_by,
        owed_to: &obligation.owed_to,
        opens: o.opens,
        due: o.due,
        grace: o.grace,
        nominal: o.nominal,
        state: o.state,
        days_left: o.days_left(today),
        waiting_on: &o.waiting_on,
        projected: o.projected,
        words: obligation.timing.words(),
        also_claimed: o.also_claimed(),
    }
}

/// What somebody has to look at beside the days of an occurrence: who was not told of it, and what is not agreed on.
fn remarks(office: &Office, not_told: &NotTold<'_>, o: &Occurrence) -> Vec<String> {
    let mut remarks: Vec<String> = not_told
        .about(o)
        .iter()
        .map(|message| not_delivered(office, message))
        .collect();
    // Of later periods it is not said once more.
    if o.renewal.as_ref().is_some_and(|days| days.is_disputed)
        && !matches!(o.state, State::Scheduled | State::Renewed)
    {
        remarks.push(format!(
            "the notice is disputed: the parties have recorded different things about it; see: sideletter why {}/{}",
            o.agreement, o.obligation
        ));
    }
    if o.renewal.as_ref().is_some_and(|days| days.waits_for_a_word)
        && matches!(o.state, State::Running | State::Deciding)
    {
        remarks.push(format!(
            "notice for an earlier period was entered once that had gone on, and is not accepted yet; see: sideletter why {}/{}",
            o.agreement, o.obligation
        ));
    }
    if !o.withdrawn_by.is_empty() {
        remarks.push(format!(
            "what it is counted from is said to have been done in time, which is not accepted yet; see: sideletter why {}/{}",
            o.agreement, o.obligation
        ));
    }
    if o.is_condition_disputed {
        remarks.push(format!(
            "whether its condition came about is disputed; see: sideletter why {}/{}",
            o.agreement, o.obligation
        ));
    }
    remarks
}

/// The messages that did not arrive, by the occurrence that each is about: agreement, obligation, and which.
struct NotTold<'a>(BTreeMap<(&'a str, &'a str, Option<NaiveDate>), Vec<&'a NotDelivered>>);

impl<'a> NotTold<'a> {
    fn of(undelivered: &'a [NotDelivered]) -> Self {
        let mut sorted: BTreeMap<_, Vec<&NotDelivered>> = BTreeMap::new();
        for message in undelivered {
            for part in &message.parts {
                let Some(obligation) = part.obligation.as_deref() else {
                    continue;
                };
                let about = (part.agreement.as_str(), obligation, part.occurrence);
                let of_it = sorted.entry(about).or_default();
                // Its parts come one after another.
                if of_it.last().is_none_or(|last| last.id != message.id) {
                    of_it.push(message);
                }
            }
        }
        Self(sorted)
    }

    fn about<'o>(&'o self, o: &'o Occurrence) -> &'o [&'o NotDelivered] {
        let about = (o.agreement.as_str(), o.obligation.as_str(), o.occurrence);
        self.0.get(&about).map_or(&[], Vec::as_slice)
    }
}

fn not_delivered(office: &Office, message: &NotDelivered) -> String {
    let why = match message.failure {
        Failure::Address => "refused for good",
        Failure::Message => "refused for good, but not for the address",
        Failure::Time => "given up, because each try was put off",
    };
    format!(
        "{} was not told: message {} was {why}; see: sideletter outbox show {}",
        office.short_name(&message.party),
        message.id,
        message.id
    )
}

/// The messages that did not arrive and are about nothing that is owed: the question for a date, an overview, what tells of other mail.
fn at_no_obligation<'a>(
    office: &'a Office,
    undelivered: &'a [NotDelivered],
) -> impl Iterator<Item = &'a NotDelivered> {
    let is_owed = |part: &PartRow| {
        let agreement = office.agreement(part.agreement.as_str());
        let id = part.obligation.as_deref().unwrap_or_default();
        agreement.is_some_and(|agreement| agreement.owed(id).is_some())
    };
    undelivered
        .iter()
        .filter(move |message| !message.parts.iter().any(is_owed))
}

/// The rows for people, in groups.
pub(super) fn text(
    office: &Office,
    rows: &[Listed<'_>],
    undelivered: &[NotDelivered],
    today: NaiveDate,
) -> String {
    let mut text = String::new();
    let not_told = NotTold::of(undelivered);
    if rows.is_empty() {
        text = format!("Nothing on {}.\n", words::weekday_and_day(today));
    }
    for (heading, states) in HEADINGS {
        let group: Vec<_> = rows
            .iter()
            .filter(|(o, _)| states.contains(&o.state))
            .collect();
        if group.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}{heading}", if text.is_empty() { "" } else { "\n" });
        let mut table = super::table();
        for (o, obligation) in group {
            let parties: Vec<&str> = obligation
                .owed_by
                .iter()
                .map(|p| office.short_name(p))
                .collect();
            let of = o.for_words.as_ref().map(|words| format!(" ({words})"));
            let mut what = format!(
                "{}{}\n{}: {}/{}",
                obligation.title,
                of.unwrap_or_default(),
                words::list(parties),
                o.agreement,
                o.obligation
            );
            let claimed = o.two_days_claimed().map(|claimed| claimed.to_string());
            for remark in claimed.into_iter().chain(remarks(office, &not_told, o)) {
                let _ = write!(what, "\n{remark}");
            }
            table.add_row([format!("  {}", when(o, today)), what]);
        }
        text.push_str(&super::lines(&table));
    }
    let mut not_delivered = at_no_obligation(office, undelivered)
        .map(|message| not_delivered(office, message))
        .peekable();
    if not_delivered.peek().is_some() {
        text.push_str("\nMail that did not arrive\n");
    }
    for remark in not_delivered {
        let _ = writeln!(text, "   {remark}");
    }
    text
}

/// The groups of the text, in the order in which somebody should look at them.
const HEADINGS: [(&str, &[State]); 9] = [
    (
        "Past the last day, nothing recorded",
        &[State::Overdue, State::NotStarted],
    ),
    ("Open now", &[State::Open, State::Deciding]),
    ("Running", &[State::Running]),
    (
        "Reported by one side, or not agreed on",
        &[State::Reported, State::Disputed],
    ),
    ("Ahead", &[State::Scheduled]),
    ("Waiting for a date", &[State::Waiting]),
    ("No date of its own", &[State::Undated, State::Standing]),
    (
        "Done, or over",
        &[
            State::Met,
            State::MetLate,
            State::Waived,
            State::Superseded,
            State::Renewed,
            State::Ended,
        ],
    ),
    (
        "Due before tracking began, or an older one of a series, with nothing recorded",
        &[State::Unrecorded],
    ),
];

/// The days of an occurrence, and how far off they are: `2026-12-16, in 23 days`.
pub(super) fn when(o: &Occurrence, today: NaiveDate) -> String {
    let expected = if o.projected { ", expected" } else { "" };
    if let Some(taken_over) = taken_over(o) {
        let day = o.due.or(o.opens).map(|day| format!("{day}, "));
        return format!("{}{taken_over}", day.unwrap_or_default());
    }
    match (o.opens, o.due) {
        (_, Some(due)) => {
            let grace = o.grace.map(|g| format!(" (or {g})")).unwrap_or_default();
            let from = match (o.opens, o.begins, o.state) {
                (Some(opens), _, _) => format!("{opens} to "),
                (None, Some(begins), State::Running) => format!("{begins} to "),
                _ => String::new(),
            };
            let left = o
                .days_left(today)
                .filter(|_| !o.projected && o.met_on.is_none());
            let left = left
                .map(|days| format!(", {}", days_from_now(days)))
                .unwrap_or_default();
            let done = o
                .met_on
                .map(|day| format!(", done {day}"))
                .unwrap_or_default();
            let decide = o.renewal.as_ref().filter(|_| o.state == State::Deciding);
            let decide = decide
                .and_then(|days| Some((days.what, days.closes?)))
                .map(|(what, closes)| match what {
                    RenewalAct::Notice => format!("; notice by {closes}"),
                    RenewalAct::Request => format!("; renewal by {closes}"),
                })
                .unwrap_or_default();
            format!("{from}{due}{grace}{expected}{left}{done}{decide}")
        }
        (Some(opens), None) => format!("from {opens}{expected}"),
        (None, None) if o.follows_from_what_is_skipped() => {
            format!("not owed: all agreed to skip {}", words::list(&o.skipped))
        }
        (None, None) if !o.waiting_on.is_empty() => {
            format!("waits for {}", words::list(&o.waiting_on))
        }
        (None, None) if o.state == State::Waiting => "if its condition comes about".to_owned(),
        (None, None) => "no date".to_owned(),
    }
}

/// What a later agreement has done to what it has taken over.
fn taken_over(o: &Occurrence) -> Option<String> {
    let by = o.amended().filter(|_| o.state == State::Superseded)?;
    let what = match by.to {
        AmendedTo::Void => "void",
        AmendedTo::Replaced(..) | AmendedTo::Day(_) => "replaced",
    };
    Some(format!("{what} from {}", by.from?))
}

fn days_from_now(days: i64) -> String {
    match (days, days.unsigned_abs()) {
        (0, _) => "today".to_owned(),
        (1.., n) => format!("in {}", words::count(n, "day")),
        (_, n) => format!("{} ago", words::count(n, "day")),
    }
}

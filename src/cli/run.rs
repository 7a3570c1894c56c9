//! `run`: one pass, for a timer: check, remind --send, build; and a summary for whoever typed it.

use super::progress::Progress;
use super::{Context, Outcome, build, due, faults, sent, shown};
use crate::error::Result;
use crate::office::{Office, Transport};
use crate::outbox::{self, Sent, SentMessage};
use crate::schedule::{self, Question, Schedule, State};
use crate::site::Built;
use crate::store::Access;
use crate::store::outbox::NotDelivered;
use crate::words;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// It takes none.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// How many days ahead the summary looks.
const AHEAD: u64 = 60;
/// How many things of a kind the summary names; `due` and `outbox` list all.
const NAMED: usize = 20;

/// Reads everything, mails what is owed, writes the pages, and says so. One agreement's faults do not stop the others.
///
/// # Errors
/// When the office or its store cannot be read or written, or the pages would show what may stand on none.
pub fn run(_arguments: &Arguments, context: &Context) -> Result<Outcome> {
    let progress = Progress::of(4);
    progress.at("reading the agreements");
    let office = context.office()?;
    let clock = context.clock(office.settings.zone);
    let today = clock.today();

    let mut store = context.store(&office, Access::Write)?;
    progress.at("mailing what is owed");
    let sent = outbox::send(&office, &mut *store, &clock)?;
    progress.at("working out the dates");
    let record = store.record()?;
    let schedule = schedule::schedule(&Question::new(&office, &record, today));
    progress.at("writing the pages");
    let out = office.root.join(&office.settings.site_out);
    let last_run = store.last_run()?;
    let ground = build::Ground::new(&office, &record, last_run, &clock)?;
    let built = ground.publish(&out, || &schedule)?;
    drop(progress);

    let mut text = format!(
        "{}, {}\n\n",
        office.settings.name,
        words::weekday_and_day(today)
    );
    text.push_str(&read(&context.program, &office));
    let undelivered = outbox::undelivered(&office, &*store)?;
    let due = (&schedule, undelivered.as_slice());
    text.push_str(&dates(&context.program, &office, due, today));
    text.push_str(&awaited(&context.program, &office, &schedule));
    text.push_str(&still_tentative(&office, &schedule));
    text.push_str(&mailed(&context.program, &office, &sent));
    text.push_str(&pages(built, &out));
    text.push_str(&next(&office, &schedule, &context.program));
    context.output.print(&text)?;
    Ok(faults::tell(&office, context).and(sent::said(&sent, context)))
}

fn read(program: &str, office: &Office) -> String {
    if office.agreements.is_empty() && office.left_out.is_empty() {
        return format!(
            "There is no agreement here. Is this the office's folder? Another is named with -C DIR. To start one: {program} new NAME\n"
        );
    }
    let obligations: usize = office.agreements.iter().map(|a| a.obligations.len()).sum();
    let errors = office.diagnostics.iter().filter(|d| d.is_error()).count();
    let faults = match errors {
        0 => "no faults".to_owned(),
        n => format!("{}, listed at the end", words::count(n, "fault")),
    };
    format!(
        "Read: {} with {}; {faults}.\n",
        words::count(office.agreements.len(), "agreement"),
        words::count(obligations, "obligation"),
    )
}

fn dates(
    program: &str,
    office: &Office,
    (schedule, undelivered): (&Schedule, &[NotDelivered]),
    today: NaiveDate,
) -> String {
    let reach = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let rows: Vec<due::Listed<'_>> = due::listed(office, &schedule.occurrences)
        .into_iter()
        // What waits is told by its event below; what has no date is told by `due`.
        .filter(|(o, b)| {
            due::is_unfinished(o, b, reach) && !matches!(o.state, State::Waiting | State::Undated)
        })
        .collect();
    if rows.is_empty() {
        return format!("\nNothing is due in the next {AHEAD} days.\n");
    }
    let named = rows.get(..NAMED).unwrap_or(&rows);
    let mut text = format!("\n{}", due::text(office, named, undelivered, today));
    text.push_str(&more(rows.len(), &format!("{program} due")));
    text
}

/// Agreements that wait for nothing but that their file says so.
fn still_tentative(office: &Office, schedule: &Schedule) -> String {
    let mut text = String::new();
    for (id, _) in schedule
        .agreements
        .iter()
        .filter(|(_, days)| days.is_settled)
    {
        if let Some(agreement) = office.agreement(id.as_str()) {
            let file = &office.sources.get(agreement.file).path;
            let _ = writeln!(
                text,
                "\n{id}: nothing is awaited any more, and no date of it runs, because its file says that it is tentative. Once it is in force, write `status = \"in_force\"` in {file}."
            );
        }
    }
    text
}

fn awaited(program: &str, office: &Office, schedule: &Schedule) -> String {
    let waiting: Vec<_> = schedule
        .awaited
        .iter()
        .filter(|event| event.to_ask)
        .collect();
    if waiting.is_empty() {
        return String::new();
    }
    let mut text = "\nWaiting for a date\n".to_owned();
    for event in waiting.iter().take(NAMED) {
        let asked: Vec<&str> = event
            .asked
            .iter()
            .map(|party| office.short_name(party))
            .collect();
        let _ = writeln!(
            text,
            "  {}: {} for it; asked of {}\n    {}/{}",
            event.title,
            waits(event.hanging.len()),
            words::list(asked),
            event.agreement,
            event.event
        );
    }
    text.push_str(&more(waiting.len(), &format!("{program} due --waiting")));
    text
}

/// That there is more than the summary names, and what lists it.
fn more(all: usize, command: &str) -> String {
    match all.checked_sub(NAMED) {
        None | Some(0) => String::new(),
        Some(rest) => format!("  and {rest} more: {command}\n"),
    }
}

fn waits(dates: usize) -> String {
    match dates {
        1 => "1 date waits".to_owned(),
        n => format!("{n} dates wait"),
    }
}

fn mailed(program: &str, office: &Office, sent: &Sent) -> String {
    let mut text = String::new();
    let left = sent::left(sent);
    let count = words::count(left.len(), "message");
    if left.is_empty() {
        text.push_str("\nMail: nothing new to write today.\n");
    } else {
        let _ = match office.settings.mail.transport {
            Transport::Maildir | Transport::Faulty => writeln!(
                text,
                "\nMail: {count} written to {}/new, one recipient each; nothing has left this machine",
                shown(&office.root.join(&office.settings.mail.outbox))
            ),
            Transport::Smtp(_) | Transport::Sendmail(_) => writeln!(
                text,
                "\nMail: {count} {}, one recipient each",
                sent::went(office)
            ),
        };
        let groups = by_agreement(office, &left);
        for (agreement, messages) in groups.iter().take(NAMED) {
            let to: Vec<String> = messages
                .iter()
                .map(|message| format!("{} ({})", office.short_name(&message.party), message.to))
                .collect();
            let _ = writeln!(text, "  {agreement}\n    to {}", words::list(to));
        }
        text.push_str(&more(groups.len(), &format!("{program} outbox")));
    }
    text.push_str(&sent::rest(office, sent));
    text.push_str(&sent::held(sent, program));
    if sent.left > 0 {
        let _ = writeln!(
            text,
            "Left for the next run: {}.",
            words::count(sent.left, "message")
        );
    }
    for party in &sent.no_address {
        let _ = writeln!(
            text,
            "Not written to, for want of an address: {}.",
            office.short_name(party)
        );
    }
    text
}

/// The messages by the title of their agreement, in the order in which they were decided.
fn by_agreement<'a>(
    office: &'a Office,
    messages: &[&'a SentMessage],
) -> Vec<(&'a str, Vec<&'a SentMessage>)> {
    let mut groups: Vec<(&str, Vec<&SentMessage>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for message in messages {
        let agreement = message
            .agreement
            .as_ref()
            .and_then(|id| office.agreement(id.as_str()));
        let title = agreement.map_or(message.subject.as_str(), |a| a.title.as_str());
        let place = *places.entry(title).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(message),
            None => groups.push((title, vec![message])),
        }
    }
    groups
}

fn pages(built: Built, out: &Path) -> String {
    format!(
        "\nPages: {}",
        build::summary(built, out).trim_start_matches("pages: ")
    )
}

/// What to type next, with the office's own names in it.
fn next(office: &Office, schedule: &Schedule, program: &str) -> String {
    let mut commands = vec![(format!("{program} due"), "what is due, soonest first")];
    let listed = due::listed(office, &schedule.occurrences);
    let soonest = listed.iter().find(|(o, _)| {
        let pending = matches!(
            o.state,
            State::Overdue | State::Open | State::Running | State::Scheduled
        );
        pending && o.due.is_some()
    });
    if let Some((o, _)) = soonest {
        commands.push((
            format!("{program} why {}/{}", o.agreement, o.obligation),
            "how a date was reached",
        ));
    }
    let awaited = schedule.awaited.iter().filter(|event| event.to_ask);
    if let Some(event) = awaited.max_by_key(|event| event.hanging.len()) {
        commands.push((
            format!(
                "{program} record happened {}/{} --on YYYY-MM-DD",
                event.agreement, event.event
            ),
            "enter the day of an event",
        ));
    }
    if let Some((o, obligation)) = soonest
        && let Some(party) = obligation.owed_by.first()
    {
        commands.push((
            format!(
                "{program} record met {}/{} --on YYYY-MM-DD --by {party}",
                o.agreement, o.obligation
            ),
            "enter that something was done",
        ));
    }
    commands
        .into_iter()
        .fold("\nNext\n".to_owned(), |mut text, (command, what)| {
            let _ = writeln!(text, "  {what}:\n    {command}");
            text
        })
}

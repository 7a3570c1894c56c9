//! The sections of a message, each about one thing.

use super::super::quoted;
use super::super::stage::Stage;
use super::super::wording::{self, Stand, gone, news};
use super::super::{InItsPlace, Key, Matter, Named, Part};
use super::{
    LONGEST_TITLE, Reader, Section, Step, clean, entries, renewals, same_thing, undelivered,
};
use crate::agreement::{Obligation, Renewal, RenewalKind, Status, Timing};
use crate::counting;
use crate::language::Trigger;
use crate::schedule::{AwaitedEvent, NextPeriod, Occurrence, OccurrenceKind, State};
use crate::titles;
use crate::words::{Language, capitalized};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One section for each thing, however many stages of it the message carries.
pub(super) fn write(reader: &Reader<'_>, parts: &[Part<'_>]) -> Vec<Section> {
    let mut rest: Vec<&Part<'_>> = parts.iter().collect();
    let mut sections = Vec::new();
    let mut quoted = BTreeSet::new();
    while let Some(first) = rest.first().copied() {
        let (parts, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|part| same_thing(first, part));
        // What tells that a day has become another stands with that one.
        let matters = || parts.iter().map(|part| part.matter);
        let of_an_occurrence = matters().find(|matter| matches!(matter, Matter::Occurrence(_)));
        sections.push(match of_an_occurrence.unwrap_or(first.matter) {
            Matter::Occurrence(occurrence) => {
                let mut section = owed(reader, occurrence, &parts);
                if !quoted.insert(&occurrence.obligation) {
                    leave_out_what_stands_above(reader.language, &mut section);
                }
                section
            }
            Matter::FallenAway(obligation, now) => fallen_away(reader, obligation, now, first),
            Matter::Event(event) => asked(reader, event),
            Matter::Entry(entry) => entries::told(reader, entry, first),
            Matter::Undelivered(refused) => undelivered::tell(reader, refused),
        });
        rest = others;
    }
    for section in &mut sections {
        section.arguments = section.commands.iter().map(|c| arguments(c)).collect();
    }
    sections
}

/// A command's arguments; words in quotation marks are one.
fn arguments(command: &str) -> Vec<String> {
    let mut quote: Option<char> = None;
    let mut arguments = vec![String::new()];
    for c in command.chars() {
        quote = match quote {
            Some(open) => Some(open).filter(|open| *open != c),
            None => Some(c).filter(|c| matches!(c, '\'' | '"')),
        };
        match arguments.last_mut() {
            Some(last) if c != ' ' || quote.is_some() => last.push(c),
            _ => arguments.push(String::new()),
        }
    }
    arguments
}

/// What something is called in one line: what it is, and when.
pub(super) struct Called {
    pub(super) title: String,
    /// `, due 30 March 2014`; may be empty.
    pub(super) day: String,
}

impl Called {
    /// For a subject line: the day is never what is cut off.
    pub(super) fn short(&self) -> String {
        format!("{}{}", clean::short(&self.title, LONGEST_TITLE), self.day)
    }

    pub(super) fn whole(&self) -> String {
        format!("{}{}", self.title, self.day)
    }
}

/// What an occurrence is called in a line; the stage is no part of it.
pub(super) fn called(reader: &Reader<'_>, occurrence: &Occurrence) -> Called {
    let agreement = reader.facts.office.agreement(occurrence.agreement.as_str());
    let title = agreement
        .and_then(|agreement| agreement.owed(occurrence.obligation.as_str()))
        .map_or_else(|| occurrence.obligation.to_string(), |o| title(reader, o));
    let title = of_which(title, occurrence.for_words.as_deref());
    let day = match (occurrence.kind, occurrence.opens, occurrence.due) {
        (_, _, _) if occurrence.projected => String::new(),
        (OccurrenceKind::Term, _, Some(end)) => wording::through(reader.language, end),
        (_, _, Some(due)) if occurrence.to_begin => wording::to_begin(reader.language, due),
        (_, _, Some(due)) => wording::due(reader.language, due),
        (_, Some(opens), None) => wording::from(reader.language, opens),
        (_, None, None) => String::new(),
    };
    Called { title, day }
}

/// What something was called when its day was told, which stands no more.
pub(super) fn called_before(reader: &Reader<'_>, obligation: &Obligation, key: &Key) -> Called {
    let title = title(reader, obligation);
    let title = of_which(title, Some(key.which()).filter(|which| !which.is_empty()));
    let day = match obligation.timing {
        _ if reader.agreement.is_own_term(obligation) => wording::through(reader.language, key.day),
        Timing::Lasts { .. } => wording::through(reader.language, key.day),
        _ => wording::due(reader.language, key.day),
    };
    Called { title, day }
}

/// A title, and which of an event that repeats.
pub(super) fn of_which(title: String, for_words: Option<&str>) -> String {
    match for_words {
        Some(which) => format!("{title}: {}", clean::line(which)),
        None => title,
    }
}

fn title(reader: &Reader<'_>, obligation: &Obligation) -> String {
    if reader.agreement.is_own_term(obligation) {
        return titles::own_term(reader.language).to_owned();
    }
    clean::line(&obligation.title)
}

fn owed(reader: &Reader<'_>, occurrence: &Occurrence, parts: &[&Part<'_>]) -> Section {
    let Some(obligation) = obligation(reader, occurrence.obligation.as_str()) else {
        return Section::default();
    };
    let language = reader.language;
    let stand = stand(reader, obligation);
    let stages: Vec<Stage> = parts.iter().map(|p| p.key.stage).collect();
    let mut named = parts.iter().map(|part| part.key.named());
    let is_of_a_renewal = named.any(|named| named == Some(Named::Renewal));
    let whose = if occurrence.kind == OccurrenceKind::Term {
        wording::whose_term
    } else {
        wording::who
    };
    // What an agreement itself lasts is nobody's to do.
    let who = if reader.agreement.is_own_term(obligation) {
        String::new()
    } else {
        whose(
            language,
            stand,
            &clean::line(reader.short),
            &reader.names(&obligation.owed_by),
            &reader.names(&obligation.owed_to),
        )
    };
    let said = said(reader, occurrence);
    let has_said = !said.is_empty();
    let mut lines: Vec<String> = Vec::new();
    let is_taken_over = occurrence.state == State::Superseded;
    let is_disputed = occurrence.state == State::Disputed;
    let since = occurrence.days_left(reader.facts.today).unwrap_or_default();
    lines.extend(parts.iter().map(|p| match p.before {
        Some(before) if is_taken_over => wording::said_before(language, before),
        _ => wording::stage(
            language,
            (p.key.stage, p.key.named()),
            p.before,
            (since, is_disputed),
        ),
    }));
    // That one day has become another, the parts of both say.
    lines.dedup();
    lines.extend(
        parts
            .iter()
            .flat_map(|p| wording::skipped(language, &p.skipped, has_said)),
    );
    lines.extend(
        occurrence
            .warnings
            .iter()
            .map(|w| reader.told(w.of(language))),
    );
    if hangs_on_what_is_missing(obligation) {
        lines.push(wording::falls_away_if_done(language));
    }
    lines.extend(claimed_otherwise(reader, occurrence));
    if occurrence
        .renewal
        .as_ref()
        .is_some_and(|days| days.is_disputed)
    {
        lines.push(wording::notice_is_disputed(language));
    }
    lines.push(condition(reader, obligation));
    lines.retain(|line| !line.is_empty());
    let mut section = Section {
        called: called(reader, occurrence).whole(),
        news: stages.first().map_or_else(String::new, |stage| {
            news::of_occurrence(language, *stage, occurrence, has_said, reader.facts.today)
        }),
        title: title(reader, obligation),
        clause: clause(reader, obligation),
        for_words: clean::line(occurrence.for_words.as_deref().unwrap_or_default()),
        who,
        fact: wording::when(language, occurrence, has_said, reader.facts.today),
        lines,
        words: words(reader, obligation),
        quote: quote(reader, obligation),
        steps: steps(reader, &occurrence.steps),
        reading: reader.line(obligation.reading.as_deref().unwrap_or_default()),
        afterwards: afterwards(reader, obligation, occurrence, &stages),
        next: wording::next(
            language,
            occurrence,
            &stages,
            stand,
            reader.facts.today,
            &reader.names(&obligation.owed_by),
        ),
        commands: command(reader, occurrence),
        said,
        follows: Vec::new(),
        arguments: Vec::new(),
    };
    if is_of_a_renewal {
        renewals::tell(reader, obligation, occurrence, &mut section);
    } else if stages.iter().any(|stage| matches!(stage, Stage::Before(_))) {
        renewals::tell_before_the_end(reader, obligation, occurrence, &mut section);
    }
    section
}

/// Whether a day is counted from one by which nothing was recorded as done.
fn hangs_on_what_is_missing(obligation: &Obligation) -> bool {
    let phrase = obligation.timing.phrase();
    let triggers = phrase.map(|phrase| phrase.tree.triggers());
    triggers
        .unwrap_or_default()
        .iter()
        .any(|trigger| matches!(trigger, Trigger::Missed(_) | Trigger::AnyMissed))
}

/// The days that another claim than the one that is reckoned with would give.
fn claimed_otherwise(reader: &Reader<'_>, occurrence: &Occurrence) -> Vec<String> {
    let language = reader.language;
    let readings = occurrence.other_readings.iter();
    readings
        .filter(|reading| reading.is_claimed)
        .filter_map(|claim| {
            let claimed = reader.told(claim.text.of(language));
            let why = claim.source.of(language);
            Some(wording::claimed_otherwise(
                language,
                &claimed,
                claim.date?,
                why,
            ))
        })
        .collect()
}

/// Two occurrences of one obligation rest on the same words: they are quoted once.
fn leave_out_what_stands_above(language: Language, section: &mut Section) {
    if section.quote.is_empty() && section.reading.is_empty() {
        return;
    }
    section.words.clear();
    section.quote.clear();
    section.reading.clear();
    section.lines.push(wording::quoted_above(language));
}

/// That the day of something stands no more, which the reader was told, and why.
fn fallen_away(
    reader: &Reader<'_>,
    obligation: &Obligation,
    in_its_place: InItsPlace<'_>,
    part: &Part<'_>,
) -> Section {
    let language = reader.language;
    let named = |names: &[String]| {
        let names = names.iter().map(|name| {
            let told = reader.told(&format!("`{name}`"));
            let own = told
                .strip_prefix('`')
                .and_then(|told| told.strip_suffix('`'));
            own.map_or(told.clone(), |own| titles::built_in(language, own))
        });
        language.list(names)
    };
    let days = &reader.facts.schedule.agreements;
    let end = days
        .get(&part.key.agreement)
        .and_then(|days| days.expires.as_ref());
    let end = end.filter(|end| !end.projected && end.day < part.key.day);
    let kept = reader.facts.office.agreement(part.key.agreement.as_str());
    let (now, next) = match in_its_place {
        InItsPlace::NoDay(now) => (now, None),
        InItsPlace::Another(next) | InItsPlace::Next(next) => (None, next.due),
    };
    let why = match (now, end) {
        _ if kept.is_none() => gone::is_kept_no_more(language),
        _ if kept.is_some_and(|of| of.status == Status::Draft) => gone::is_a_draft(language),
        _ if kept.is_some_and(|of| of.owed(&part.key.subject).is_none()) => {
            gone::is_in_the_text_no_more(language)
        }
        _ if hangs_on_what_is_missing(obligation) => gone::is_not_missing(language),
        (Some(now), _) if !now.waiting_on.is_empty() => {
            gone::waits_for(language, &named(&now.waiting_on))
        }
        (Some(now), _) if now.state == State::Waiting && obligation.when.is_some() => {
            gone::waits_for_its_condition(language)
        }
        (None, Some(end)) => gone::ends_before(language, end.day),
        _ => next.map_or_else(
            || gone::as_it_stands(language),
            |next| gone::next_day(language, next),
        ),
    };
    let told_in = part.told_in.as_deref().map(clean::line);
    let told_in = told_in.map_or_else(String::new, |line| gone::told_in(language, &line));
    Section {
        called: called_before(reader, obligation, &part.key).whole(),
        news: gone::news(language),
        title: title(reader, obligation),
        clause: clause(reader, obligation),
        for_words: clean::line(part.key.which()),
        fact: gone::fact(language, part.key.day, next.is_some()),
        lines: [why, told_in, condition(reader, obligation)]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect(),
        words: words(reader, obligation),
        quote: quote(reader, obligation),
        reading: reader.line(obligation.reading.as_deref().unwrap_or_default()),
        next: gone::next(language),
        ..Section::default()
    }
}

/// Under which condition something is owed; empty where it is owed without one.
fn condition(reader: &Reader<'_>, obligation: &Obligation) -> String {
    let when = obligation.when.as_deref().map(|when| reader.line(when));
    when.map_or_else(String::new, |when| {
        wording::owed_when(reader.language, &when)
    })
}

fn asked(reader: &Reader<'_>, event: &AwaitedEvent) -> Section {
    let hanging: Vec<String> = event
        .hanging
        .iter()
        .filter_map(|id| obligation(reader, id.as_str()))
        .filter(|o| reader.may_see(&o.visibility))
        .map(|o| clean::line(&o.title))
        .collect();
    let title = clean::line(&event.title);
    Section {
        called: capitalized(&wording::date_of(reader.language, &title)),
        news: news::of_event(reader.language),
        fact: wording::asked(reader.language, &title, &hanging),
        next: wording::asked_next(reader.language),
        commands: record_command(reader, "happened", event.event.as_str(), None, None),
        title,
        ..Section::default()
    }
}

fn stand(reader: &Reader<'_>, obligation: &Obligation) -> Stand {
    if obligation.owed_by.contains(reader.party) {
        Stand::Owes
    } else if obligation.owed_to.contains(reader.party) {
        Stand::IsOwed
    } else {
        Stand::Looks
    }
}

pub(super) fn clause(reader: &Reader<'_>, obligation: &Obligation) -> String {
    let clause = obligation.clause.as_deref().map(clean::line);
    clause.map_or_else(String::new, |clause| {
        wording::clause(reader.language, &clause)
    })
}

pub(super) fn words(reader: &Reader<'_>, obligation: &Obligation) -> String {
    limit(reader, obligation.timing.words().unwrap_or_default())
}

/// A time limit, where it is the letter's own words.
pub(super) fn limit(reader: &Reader<'_>, phrase: &str) -> String {
    if titles::is_of_the_letter(phrase) {
        reader.told(phrase)
    } else {
        String::new()
    }
}

pub(super) fn quote(reader: &Reader<'_>, obligation: &Obligation) -> String {
    quoted::clause(
        reader.facts.office,
        reader.agreement,
        obligation.id.as_str(),
        &|visibility| reader.may_see(visibility),
    )
    .map_or_else(String::new, |text| clean::line(&text))
}

pub(super) fn steps(reader: &Reader<'_>, steps: &[counting::Step]) -> Vec<Step> {
    let language = reader.language;
    steps
        .iter()
        .map(|step| Step {
            text: reader.told(step.text.of(language)),
            // Most steps say their day themselves.
            day: step
                .date
                .filter(|date| !language.names_day(step.text.of(language), *date))
                .map(|date| language.weekday_and_day(date))
                .unwrap_or_default(),
            source: reader.told(step.source.of(language)),
        })
        .collect()
}

fn afterwards(
    reader: &Reader<'_>,
    obligation: &Obligation,
    occurrence: &Occurrence,
    stages: &[Stage],
) -> String {
    let Timing::Lasts { renewal, .. } = &obligation.timing else {
        return String::new();
    };
    let mut text = clean::line(obligation.afterwards.as_deref().unwrap_or_default());
    if let Some(renewal) = renewal
        .as_deref()
        .filter(|_| !stages.contains(&Stage::Ended))
        .filter(|renewal| is_open(renewal, occurrence))
    {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&clean::line(&wording::renewal(
            reader.language,
            renewal,
            &reader.names(&renewal.by),
        )));
    }
    text
}

/// Whether it is still open if a term goes on after this period: what renews itself does so unless notice was given or its
/// last renewal is used up, and what is renewed by an act goes on once.
fn is_open(renewal: &Renewal, period: &Occurrence) -> bool {
    if period.next_period != NextPeriod::MayFollow {
        return false;
    }
    match renewal.how {
        RenewalKind::Automatic => period.renewed_until.is_some(),
        RenewalKind::ByAgreement | RenewalKind::AtOption => period.renewed_until.is_none(),
    }
}

/// Who has said what about this occurrence so far.
fn said(reader: &Reader<'_>, occurrence: &Occurrence) -> Vec<String> {
    occurrence
        .entries
        .iter()
        .filter_map(|number| reader.facts.record.entry(*number))
        .filter(|e| e.visibility.as_ref().is_none_or(|v| reader.may_see(v)))
        .map(|e| entries::in_a_list(reader, e, occurrence))
        .collect()
}

fn command(reader: &Reader<'_>, occurrence: &Occurrence) -> Vec<String> {
    if occurrence.kind == OccurrenceKind::Term || occurrence.state == State::Superseded {
        return Vec::new();
    }
    // A standing duty is never done: what can be said of it is that it was not kept.
    let kind = match occurrence.kind {
        OccurrenceKind::Standing => "disputed",
        _ => "met",
    };
    record_command(
        reader,
        kind,
        occurrence.obligation.as_str(),
        occurrence.occurrence,
        occurrence.for_words.as_deref(),
    )
}

fn record_command(
    reader: &Reader<'_>,
    kind: &str,
    subject: &str,
    occurrence: Option<NaiveDate>,
    for_words: Option<&str>,
) -> Vec<String> {
    if !reader.keeps_the_record() {
        return Vec::new();
    }
    let agreement = &reader.agreement.id;
    let which = occurrence.map_or_else(String::new, |d| format!(" --occurrence {d}"));
    let of = for_words.map_or_else(String::new, |words| format!(" --for {}", argument(words)));
    vec![format!(
        "sideletter record {kind} {agreement}/{subject}{which}{of} --on YYYY-MM-DD --by {}",
        reader.party
    )]
}

/// Words as one argument of a shell; those that it would not take as they stand, or that a mail withholds, are left to whoever types
/// the command.
fn argument(words: &str) -> String {
    let has = |odd: &[char]| words.contains(odd);
    match words {
        _ if clean::line(words) != words => "WORDS".to_owned(),
        _ if !has(&['"', '$', '`', '\\', '!']) => format!("\"{words}\""),
        _ if !has(&['\'']) => format!("'{words}'"),
        _ => "WORDS".to_owned(),
    }
}

pub(super) fn obligation<'a>(reader: &Reader<'a>, id: &str) -> Option<&'a Obligation> {
    reader.agreement.owed(id)
}

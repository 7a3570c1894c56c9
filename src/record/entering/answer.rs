//! Another party's answer: to the entry that it names, or to the one open claim about what it names.

use super::subject::Subject;
use super::{
    Circumstances, Request, about, act, as_narrow_as, earlier, how_to_strike, option,
    see_that_it_is_owed, text,
};
use crate::agreement::{Obligation, Status, Timing};
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::answers::{Index, Standing, Stands, is_claim, stands};
use crate::record::{Draft, Entry, EntryKind};
use crate::schedule::{self, AmendedTo, Occurrence, OccurrenceKind, Question, Schedule};
use crate::words;
use chrono::NaiveDate;

/// How many entries a refusal lists.
const MOST_LISTED: usize = 12;

pub(super) fn decide(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    if let Some(on) = request.on {
        return not_kept(draft, subject, request, given).map_err(|refusal| {
            refusal.unwrap_or_else(|| {
                Error::refused(format!(
                    "--on says on which day a standing duty or a running term was not kept; to dispute an entry, type --entry N without it; to name another day, record that one: --on {on}, as the entry did"
                ))
            })
        });
    }
    let by = draft.by.clone();
    let answered = match request.entry {
        Some(number) => {
            let entry = earlier(number, given)?;
            if subject.is_some_and(|s| entry.subject.as_deref() != Some(s.id())) {
                return Err(Error::refused(format!(
                    "entry {number} is about {}; leave the other name out: sideletter record {} {} --entry {number}",
                    about(entry),
                    draft.kind.as_str(),
                    given.agreement.id
                )));
            }
            entry
        }
        None => the_only_one(&draft, subject, request, given)?,
    };
    see_that_it_may_be_answered(&draft, answered, by.as_ref(), given)?;
    draft.entry = Some(answered.number);
    draft.subject.clone_from(&answered.subject);
    draft.occurrence = answered.occurrence;
    draft.for_words.clone_from(&answered.for_words);
    as_narrow_as(&mut draft, answered, given.agreement);
    Ok(draft)
}

/// The command, without the program's name, with which `party` confirms an entry, or disputes it.
pub fn how_to_answer(answer: EntryKind, entry: &Entry, party: &PartyId, office: &Office) -> String {
    let keeper = office.settings.keeper.as_ref();
    let by = match keeper {
        Some(keeper) if keeper == party => String::new(),
        Some(_) => format!(" --by {party} --evidence FILE"),
        None => format!(" --by {party}"),
    };
    format!(
        "record {} {} --entry {}{by}",
        answer.as_str(),
        entry.agreement,
        entry.number
    )
}

/// That a standing duty or a running term was not kept on a day: a claim of its own. `None`: it is about neither.
fn not_kept(
    draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> std::result::Result<Draft, Option<Error>> {
    let lasts = |obligation: &Obligation| {
        matches!(obligation.timing, Timing::Standing | Timing::Lasts { .. })
    };
    match subject {
        Some(Subject::Obligation(obligation)) if lasts(obligation) && request.entry.is_none() => {}
        _ => return Err(None),
    }
    let said_before = given.record.standing().find(|entry| {
        entry.kind == EntryKind::Disputed
            && entry.agreement == draft.agreement
            && entry.subject == draft.subject
            && entry.entry.is_none()
            && (&entry.by, entry.on) == (&draft.by, draft.on)
    });
    if let Some(earlier) = said_before {
        return Err(Some(Error::refused(format!(
            "entry {} says so already; if it is wrong, strike it out: sideletter {}",
            earlier.number,
            how_to_strike(earlier, given.office)
        ))));
    }
    see_that_it_stood(subject, request, given).map_err(Some)?;
    Ok(draft)
}

/// What a later agreement has taken over, or made void, was no duty any more from then on.
fn see_that_it_stood(
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    let Some(Subject::Obligation(obligation)) = subject else {
        return Ok(());
    };
    if given.agreement.status == Status::Tentative {
        return Err(Error::refused(format!(
            "`{0}` is tentative, so nothing is owed under it yet; to keep a remark: sideletter record noted {0}/{1} --note \"...\"",
            given.agreement.id, obligation.id
        )));
    }
    let question = Question::new(given.office, given.record, given.today);
    let schedule = schedule::schedule(&question.reaching(request.on.unwrap_or(given.today)));
    if let Some(on) = request.on {
        see_that_it_had_begun(&schedule, obligation, on, given)?;
    }
    let taken_over = schedule
        .of_obligation(&given.agreement.id, &obligation.id)
        .filter_map(Occurrence::amended)
        .find(|amendment| !matches!(amendment.to, AmendedTo::Day(_)));
    see_that_it_is_owed(taken_over, obligation, request, given)
}

/// Nothing was to be kept before it began, nor after it ended.
fn see_that_it_had_begun(
    schedule: &Schedule,
    obligation: &Obligation,
    on: NaiveDate,
    given: &Circumstances<'_>,
) -> Result<()> {
    let id = &obligation.id;
    let refused = |why: String| {
        Err(Error::refused(format!(
            "{why}, so there was nothing to keep on {}; type the day again, or keep a remark: sideletter record noted {}/{id} --note \"...\"",
            words::day(on),
            given.agreement.id
        )))
    };
    let days = schedule.agreements.get(&given.agreement.id);
    let effective = days.and_then(|days| days.effective.as_ref());
    let ended = days.and_then(|days| days.ended_on(given.today));
    let periods: Vec<&Occurrence> = schedule
        .of_obligation(&given.agreement.id, id)
        .filter(|o| o.kind == OccurrenceKind::Term && !o.projected && o.due.is_some())
        .collect();
    let begins = match periods.first() {
        Some(first) => first.opens.or(first.begins),
        None => effective.filter(|day| !day.projected).map(|day| day.day),
    };
    let ends = if let Some(last) = periods.last() {
        last.due
    } else {
        let of_it_all = ended.filter(|_| !obligation.survives);
        let agreed = act::agreed_end(obligation, given);
        of_it_all.into_iter().chain(agreed).min()
    };
    match (begins, ends) {
        (Some(begins), _) if on < begins => {
            refused(format!("`{id}` begins on {}", words::day(begins)))
        }
        (_, Some(ends)) if on > ends => refused(format!("`{id}` ended on {}", words::day(ends))),
        _ => Ok(()),
    }
}

/// The one entry about what is named that this party may still answer so.
fn the_only_one<'a>(
    draft: &Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'a>,
) -> Result<&'a Entry> {
    let what = match subject {
        Some(subject) => format!("{}/{}", given.agreement.id, subject.id()),
        None => given.agreement.id.to_string(),
    };
    let index = Index::new(given.record);
    let rule = given.rule();
    let mut open: Vec<&Entry> = Vec::new();
    let mut seen: Vec<(Standing, &Entry)> = Vec::new();
    // What others have confirmed is open to one more word, where nothing else is.
    let mut confirmed: Vec<&Entry> = Vec::new();
    let mut agreed: Option<&Entry> = None;
    for entry in given.record.standing() {
        let is_named = entry.agreement == given.agreement.id
            && subject.is_none_or(|s| is_about(entry, s))
            && (request.occurrence.is_none() || request.occurrence == entry.occurrence)
            && (request.for_words.is_none() || draft.for_words == entry.for_words);
        if !is_named || is_own(entry, draft.by.as_ref()) {
            continue;
        }
        let Some(standing) = stands(entry, &index, &rule) else {
            continue;
        };
        if !is_open(&standing, draft) {
            if standing.stands == Stands::Agreed && standing.overtaken_by.is_none() {
                agreed = Some(entry);
            }
            if is_one_more_word(&standing, draft) || is_late(&standing, draft) {
                confirmed.push(entry);
            }
            continue;
        }
        // Two that say the same are one thing to answer.
        let is_same = |(other, first): &(Standing, &Entry)| {
            *other == standing
                && (
                    first.kind,
                    &first.subject,
                    first.occurrence,
                    first.on,
                    first.to,
                ) == (
                    entry.kind,
                    &entry.subject,
                    entry.occurrence,
                    entry.on,
                    entry.to,
                )
        };
        if !seen.iter().any(is_same) {
            seen.push((standing, entry));
            open.push(entry);
        }
    }
    if open.is_empty() {
        open = confirmed;
    }
    match open.as_slice() {
        [only] => Ok(only),
        [] if let Some(agreed) = agreed.filter(|_| subject.is_some()) => {
            Err(agreed_already(agreed))
        }
        [] => Err(Error::refused(format!(
            "nothing is claimed or proposed about {what} that {} could answer; `sideletter log {}` lists what is recorded",
            draft
                .by
                .as_ref()
                .map_or("a party", |by| given.office.short_name(by)),
            given.agreement.id
        ))),
        several => {
            let listed: Vec<String> = several
                .iter()
                .take(MOST_LISTED)
                .map(|entry| {
                    let day = entry.to.or(entry.on).map(|day| format!(", {day}"));
                    format!(
                        "{} ({} {}{})",
                        entry.number,
                        entry.kind.as_str(),
                        about(entry),
                        day.unwrap_or_default()
                    )
                })
                .collect();
            Err(Error::refused(format!(
                "there is more than one entry about {what} to answer; say which, as --entry N: {}",
                listed.join(", ")
            )))
        }
    }
}

/// Whether it is the party's own word: what the keeper entered in its name without that, it may answer.
fn is_own(entry: &Entry, by: Option<&PartyId>) -> bool {
    entry.by.is_some() && entry.by.as_ref() == by && !entry.is_in_name_only()
}

fn is_about(entry: &Entry, subject: Subject<'_>) -> bool {
    match subject {
        // What is recorded about the agreement's own end is recorded under one of two names.
        Subject::OwnDay("renewal" | "expiration") => {
            matches!(entry.subject.as_deref(), Some("renewal" | "expiration"))
        }
        _ => entry.subject.as_deref() == Some(subject.id()),
    }
}

/// Whether a party's answer would still say something.
fn is_open(standing: &Standing, draft: &Draft) -> bool {
    let says = |parties: &[PartyId]| draft.by.as_ref().is_some_and(|by| parties.contains(by));
    match standing.stands {
        Stands::Agreed | Stands::Overtaken => false,
        // One that has not spoken may still say otherwise of what others have confirmed.
        Stands::Confirmed => {
            draft.kind == EntryKind::Disputed
                && standing.by_silence.is_empty()
                && !says(&standing.said_by)
                && !says(&standing.against)
        }
        Stands::Claimed | Stands::Disputed | Stands::Proposed => match draft.kind {
            EntryKind::Confirmed => !says(&standing.said_by),
            _ => !says(&standing.against),
        },
    }
}

/// Whether a party may confirm what others have confirmed, and has not spoken of it.
fn is_one_more_word(standing: &Standing, draft: &Draft) -> bool {
    let says = |parties: &[PartyId]| draft.by.as_ref().is_some_and(|by| parties.contains(by));
    draft.kind == EntryKind::Confirmed
        && standing.stands == Stands::Confirmed
        && !says(&standing.said_by)
        && !says(&standing.against)
}

/// Whether a party objects to what its silence has accepted: that is kept, and changes nothing.
fn is_late(standing: &Standing, draft: &Draft) -> bool {
    let is_own = |party: &PartyId| draft.by.as_ref() == Some(party);
    draft.kind == EntryKind::Disputed
        && standing.stands == Stands::Confirmed
        && standing
            .by_silence
            .iter()
            .any(|silence| is_own(&silence.party))
}

fn see_that_it_may_be_answered(
    draft: &Draft,
    answered: &Entry,
    by: Option<&PartyId>,
    given: &Circumstances<'_>,
) -> Result<()> {
    let number = answered.number;
    let index = Index::new(given.record);
    if let Some(strike) = index.struck_by(number) {
        return Err(Error::refused(format!(
            "entry {number} was struck out by entry {strike}, so there is nothing to answer; `sideletter log {}` lists what stands",
            given.agreement.id
        )));
    }
    if !answered.kind.is_act() && !is_claim(answered) {
        return Err(Error::refused(match answered.kind {
            EntryKind::Struck if answered.proposed => format!(
                "entry {number} strikes out entry {}, which takes every party's own strike: sideletter record struck {} --entry {}",
                answered.entry.unwrap_or_default(),
                given.agreement.id,
                answered.entry.unwrap_or_default()
            ),
            kind => format!(
                "entry {number} is `{}`, which claims nothing and proposes nothing; answer the entry that does: sideletter log {}",
                kind.as_str(),
                given.agreement.id
            ),
        }));
    }
    if is_own(answered, by) {
        let others = given.agreement.parties.iter().filter(|p| Some(*p) != by);
        return Err(Error::refused(format!(
            "entry {number} is {}'s own, and another party answers it: {}; to take it back: sideletter {}",
            by.map_or("that party", |by| given.office.short_name(by)),
            words::either(others.map(|party| format!("--by {party}"))),
            how_to_strike(answered, given.office)
        )));
    }
    let all: Vec<&Entry> = given.record.standing().collect();
    let own = all.iter().rev().find(|entry| {
        entry.kind == draft.kind && entry.by == draft.by && entry.entry == Some(number)
    });
    let Some(standing) = stands(answered, &index, &given.rule()) else {
        return Ok(());
    };
    match standing.stands {
        Stands::Agreed => {
            let holders = option::used_by(answered, &standing.said_by, given.agreement);
            if holders.is_empty() {
                return Err(agreed_already(answered));
            }
            let holders = holders.into_iter().map(|by| given.office.short_name(by));
            Err(Error::refused(format!(
                "entry {number} holds: the agreement leaves it to the option of {}, and asks for no other party's word; to keep a remark: sideletter record noted {} --entry {number} --note \"...\"",
                words::list(holders),
                given.agreement.id
            )))
        }
        Stands::Overtaken => Err(Error::refused(format!(
            "something else was agreed on since entry {number}, which is no longer open: sideletter log {}",
            given.agreement.id
        ))),
        _ => match own {
            Some(own) if !is_changed_since(own, &all, draft) => Err(Error::refused(format!(
                "entry {} says so already; if it is wrong, strike it out: sideletter {}",
                own.number,
                how_to_strike(own, given.office)
            ))),
            _ => own_words(draft, answered, &all, given),
        },
    }
}

/// That all have agreed to an act, and what may be proposed in its place.
fn agreed_already(act: &Entry) -> Error {
    let about = match act.subject.as_deref() {
        Some("expiration" | "renewal") => act.agreement.to_string(),
        _ => about(act),
    };
    let instead = match act.kind {
        EntryKind::Ended | EntryKind::Renewed => {
            format!("record ended {about} --on DATE, or record renewed {about} --to DATE")
        }
        _ => {
            let which = act.occurrence.map(|day| format!(" --occurrence {day}"));
            let words = act.for_words.as_deref().map(text::shown);
            let words = words.map(|words| format!(" --for \"{words}\""));
            format!(
                "record moved {about}{}{} --to DATE",
                which.unwrap_or_default(),
                words.unwrap_or_default()
            )
        }
    };
    Error::refused(format!(
        "all parties have agreed to entry {}; to change what was agreed, propose something else: sideletter {instead}",
        act.number
    ))
}

/// What a party has answered on its own words, the keeper does not answer otherwise in its name.
fn own_words(
    draft: &Draft,
    answered: &Entry,
    all: &[&Entry],
    given: &Circumstances<'_>,
) -> Result<()> {
    let (Some(_), Some(by)) = (&draft.entered_by, &draft.by) else {
        return Ok(());
    };
    let confirmed = all.iter().rev().find(|entry| {
        entry.entry == Some(answered.number) && entry.by == draft.by && entry.kind != draft.kind
    });
    match confirmed {
        Some(confirmed) if draft.evidence.is_empty() => Err(Error::refused(format!(
            "{0} has confirmed entry {1} with entry {2}, and answers otherwise on {0}'s own words alone; name the paper that has them: --evidence FILE",
            given.office.short_name(by),
            answered.number,
            confirmed.number
        ))),
        _ => Ok(()),
    }
}

/// Whether the party has said something else to the same since.
fn is_changed_since(own: &Entry, all: &[&Entry], draft: &Draft) -> bool {
    all.iter().any(|entry| {
        entry.number > own.number
            && entry.by == own.by
            && entry.kind != draft.kind
            && (entry.entry == own.entry || (entry.subject == own.subject && is_claim(entry)))
    })
}

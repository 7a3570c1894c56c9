//! An entry in words: what it says, and where it stands with the parties.

use super::answers::{self, Index, OfAll, Rule, Standing, Stands, is_no_ones_alone, other_answers};
use super::entering::{self, text::shown};
use super::{Entry, EntryKind};
use crate::agreement::Agreement;
use crate::ids::PartyId;
use crate::office::Office;
use crate::words;
use crate::words::Sentence;

/// An entry in one sentence, without its full stop: `UPE says that "Implementation of SDR Phase II" happened on 3 March 2014`.
pub fn sentence(office: &Office, entry: &Entry) -> String {
    let title = shown(&title(office, entry));
    let on = entry
        .on
        .map(|day| format!(" on {}", words::weekday_and_day(day)))
        .unwrap_or_default();
    let to = entry
        .to
        .map(|day| format!(" to {}", words::weekday_and_day(day)))
        .unwrap_or_default();
    let for_words = entry
        .for_words
        .as_ref()
        .map(|words| format!(" ({})", shown(words)))
        .unwrap_or_default();
    let which = entry
        .occurrence
        .map(|day| format!(", that of {},", words::day(day)))
        .unwrap_or_default();
    let what = match entry.kind {
        EntryKind::Happened if is_obligation(office, entry) => {
            format!("the condition of \"{title}\"{which} came about{on}")
        }
        EntryKind::Happened => match own_day(office, entry) {
            Some(own_day) => format!("{own_day}{on}"),
            None => format!("\"{title}\"{for_words} happened{on}"),
        },
        EntryKind::Met => format!("\"{title}\"{for_words}{which} was done{on}"),
        EntryKind::Confirmed => format!("confirms {}", answered(entry)),
        EntryKind::Disputed if entry.entry.is_none() => {
            format!("\"{title}\"{for_words} was not kept{on}")
        }
        EntryKind::Disputed => format!("disputes {}", answered(entry)),
        EntryKind::Waived => format!("agrees to skip \"{title}\"{for_words}{which} this time"),
        EntryKind::Moved => format!("agrees to move \"{title}\"{for_words}{which}{to}"),
        EntryKind::Renewed => format!("agrees to renew \"{title}\"{for_words}{to}"),
        EntryKind::Ended => format!("agrees to end \"{title}\"{for_words}{on}"),
        EntryKind::Notice => {
            format!("notice about the renewal of \"{title}\"{for_words} was given{on}")
        }
        EntryKind::Noted => format!("a remark on \"{title}\"{for_words}{which}{on}"),
        EntryKind::Struck if entry.proposed => format!("{} is to be struck out", answered(entry)),
        EntryKind::Struck if entry.erase => {
            format!("{} is struck out and its text is erased", answered(entry))
        }
        EntryKind::Struck => format!("{} is struck out", answered(entry)),
    };
    // Which one it is stands between commas.
    let what = what.trim_end_matches(',');
    let note = entry
        .note
        .as_ref()
        .map(|note| format!(": {}", shown(note)))
        .unwrap_or_default();
    match (&entry.by, entry.kind) {
        (Some(by), EntryKind::Noted | EntryKind::Struck) => {
            format!("{what}, by {}{note}", office.short_name(by))
        }
        (Some(by), _) if is_done_by_saying_it(entry) => {
            format!("{} {what}{note}", office.short_name(by))
        }
        (Some(by), _) => format!("{} says that {what}{note}", office.short_name(by)),
        (None, _) => format!("{what}{note}"),
    }
}

/// Whether a party does something by the entry, and does not only say that something is so.
fn is_done_by_saying_it(entry: &Entry) -> bool {
    let is_answer = entry.kind == EntryKind::Disputed && entry.entry.is_some();
    entry.kind.is_act() || entry.kind == EntryKind::Confirmed || is_answer
}

/// The entry that an entry answers or strikes: `entry 3`.
fn answered(entry: &Entry) -> String {
    let number = entry.entry.map(|number| number.to_string());
    format!("entry {}", number.as_deref().unwrap_or("?"))
}

fn is_obligation(office: &Office, entry: &Entry) -> bool {
    let agreement = office.agreement(entry.agreement.as_str());
    let subject = entry.subject.as_deref().unwrap_or_default();
    agreement.is_some_and(|a| a.obligation(subject).is_some())
}

/// That one of the agreement's own days came, in words; `None` of a declared event.
fn own_day(office: &Office, entry: &Entry) -> Option<String> {
    let agreement = office.agreement(entry.agreement.as_str())?;
    let subject = entry.subject.as_deref()?;
    if agreement.event(subject).is_some() {
        return None;
    }
    let title = shown(&agreement.title);
    match subject {
        "signing" | "ratification" | "expiration" => {
            Some(format!("the {subject} of \"{title}\" happened"))
        }
        "effective" => Some(format!("\"{title}\" took effect")),
        "notice" => Some(format!("notice under \"{title}\" was given")),
        _ => None,
    }
}

fn title(office: &Office, entry: &Entry) -> String {
    let agreement = office.agreement(entry.agreement.as_str());
    let Some(subject) = entry.subject.as_deref() else {
        return agreement.map_or_else(|| entry.agreement.to_string(), |a| a.title.clone());
    };
    agreement
        .and_then(|a| {
            a.obligation(subject)
                .map(|o| o.title.clone())
                .or_else(|| a.event(subject).map(|e| e.title.clone()))
                .or_else(|| matches!(subject, "renewal" | "expiration").then(|| a.title.clone()))
        })
        .unwrap_or_else(|| entering::about(entry))
}

/// Who said it: `DHA, entered by UPE (Labor Relations)`. Empty where nobody did in particular.
pub fn who(office: &Office, entry: &Entry) -> String {
    let party = entry.by.as_ref().map(|by| office.short_name(by));
    let keeper = entry.entered_by.as_ref().map(|by| office.short_name(by));
    let who = match (party, keeper) {
        (Some(party), Some(keeper)) => format!("{party}, entered by {keeper}"),
        (None, Some(keeper)) => format!("entered by {keeper}"),
        (Some(party), None) => party.to_owned(),
        (None, None) => String::new(),
    };
    match &entry.speaker {
        Some(speaker) => format!("{who} ({})", shown(speaker)),
        None => who,
    }
}

/// Where an entry stands with the parties: `proposed by UPE; waits for DHA`. `None` where it is one side's word alone.
pub fn stands(office: &Office, entry: &Entry, standing: &Standing) -> Option<String> {
    let is_own = |by: &PartyId| entry.by.as_ref() == Some(by);
    let stands = match standing.said_by.as_slice() {
        // No other party has confirmed it.
        [only]
            if standing.stands == Stands::Confirmed
                && standing.by_silence.is_empty()
                && is_own(only) =>
        {
            Some("holds on one side's word".to_owned())
        }
        _ => in_a_word(office, standing),
    };
    let Some(holds) = holds_meanwhile(office, entry, standing) else {
        return stands;
    };
    let stands = stands.unwrap_or_else(|| {
        let names = |parties: &[PartyId]| words::list(parties.iter().map(|p| office.short_name(p)));
        let word = standing.stands.as_str();
        match standing.said_by.as_slice() {
            [] | [_] => word.to_owned(),
            several => format!(
                "{word} by {}; waits for {}",
                names(several),
                names(&standing.waits_for)
            ),
        }
    });
    Some(format!(
        "{stands}; {holds} until every other party confirms this day"
    ))
}

/// That the party of an answer had answered otherwise, or has since: `DHA had confirmed it with entry 2`. `about` are the
/// entries about the same that were not struck out.
pub fn answered_otherwise(office: &Office, answer: &Entry, about: &[&Entry]) -> Option<String> {
    let party = office.short_name(answer.by.as_ref()?);
    let said = |other: &Entry| match other.kind {
        EntryKind::Confirmed => format!("confirmed it with entry {}", other.number),
        _ => format!("disputed it with entry {}", other.number),
    };
    match other_answers(answer, about) {
        (_, Some(since)) => Some(format!("{party} has {} since", said(since))),
        (Some(before), None) => Some(format!("{party} had {}", said(before))),
        (None, None) => None,
    }
}

/// The entry with which it was settled for every party what an objection disputes, where that came before it: it is kept, and
/// changes nothing.
pub fn settled_before(objection: &Entry, index: &Index<'_>, rule: &Rule<'_>) -> Option<u64> {
    let mut about = index.about(objection).iter();
    let claim = about.find(|entry| Some(entry.number) == objection.entry)?;
    let settled_with = answers::stands(claim, index, rule)?.settled_with;
    settled_with.filter(|with| objection.kind == EntryKind::Disputed && *with < objection.number)
}

/// What is to be known of an answer: that its party had answered otherwise, or has since, and that it changes nothing.
pub fn of_an_answer(
    office: &Office,
    answer: &Entry,
    index: &Index<'_>,
    rule: Option<&Rule<'_>>,
) -> Option<String> {
    let otherwise = answered_otherwise(office, answer, index.about(answer));
    let settled = rule.and_then(|rule| settled_before(answer, index, rule));
    let settled = settled.map(|with| {
        format!("kept, and changes nothing: with entry {with} it was settled for all parties")
    });
    let told: Vec<String> = otherwise.into_iter().chain(settled).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// That the party of a claim has come to stand by another day since: `replaced by entry 3, a later word of UPE`.
pub fn replaced(office: &Office, claim: &Entry, by: Option<u64>) -> Option<String> {
    let party = office.short_name(claim.by.as_ref()?);
    by.map(|by| format!("replaced by entry {by}, a later word of {party}"))
}

/// What holds until all have confirmed a day that an entry claims for the agreement itself, where that takes all of them and
/// they have not: `the first day in the file holds`.
pub fn holds_meanwhile(office: &Office, entry: &Entry, standing: &Standing) -> Option<Sentence> {
    let subject = entry.subject.as_deref().unwrap_or_default();
    let agreement = office.agreement(entry.agreement.as_str())?;
    // One that all confirm is confirmed, and no other.
    let is_left = standing.stands != Stands::Confirmed
        && entry.kind == EntryKind::Happened
        && is_no_ones_alone(agreement, subject);
    let words: &'static [&'static str; 2] = match (subject, standing.holds) {
        ("effective", _) => &[
            "the first day in the file holds",
            "rige el primer día que da el archivo",
        ],
        // What another does to it, and since when, is not for the record to say.
        _ if is_changed_by_another(office, agreement) => {
            &["the end as it stands holds", "rige el fin tal como está"]
        }
        (_, Some(OfAll::Confirmed)) => &[
            "the end that all parties have confirmed holds",
            "rige el fin que han confirmado todas las partes",
        ],
        (_, Some(OfAll::Ended)) => &[
            "the end that all parties agreed on holds",
            "rige el fin que acordaron todas las partes",
        ],
        (_, Some(OfAll::Renewed)) => &[
            "the end to which it was renewed holds",
            "rige el fin hasta el que se renovó",
        ],
        _ if agreement.expires.is_some() => {
            &["the end in the file holds", "rige el fin que da el archivo"]
        }
        _ => &["the agreement goes on", "el acuerdo continúa"],
    };
    is_left.then(|| Sentence::written(words))
}

/// Whether another agreement names an end for one, or takes it away.
fn is_changed_by_another(office: &Office, agreement: &Agreement) -> bool {
    let others = office
        .agreements
        .iter()
        .filter(|other| other.id != agreement.id);
    let mut changes = others.flat_map(|other| &other.changes);
    changes.any(|change| change.concerns(&agreement.id, "expiration"))
}

fn in_a_word(office: &Office, standing: &Standing) -> Option<String> {
    let names = |parties: &[PartyId]| words::list(parties.iter().map(|p| office.short_name(p)));
    let word = standing.stands.as_str();
    let against = if standing.against.is_empty() {
        String::new()
    } else {
        format!("; not agreed to by {}", names(&standing.against))
    };
    match standing.stands {
        Stands::Claimed => None,
        Stands::Proposed => Some(format!(
            "{word} by {}; waits for {}{against}",
            names(&standing.said_by),
            names(&standing.waits_for)
        )),
        Stands::Confirmed if !standing.by_silence.is_empty() => {
            let silences = standing.by_silence.iter();
            Some(words::list(
                silences.map(|silence| silence.in_words(office)),
            ))
        }
        Stands::Confirmed if standing.said_by.is_empty() => Some(word.to_owned()),
        Stands::Disputed if standing.against.is_empty() => Some(word.to_owned()),
        Stands::Agreed if let Some(by) = standing.overtaken_by => Some(format!(
            "{word}: {}; overtaken by entry {by}",
            names(&standing.said_by)
        )),
        Stands::Confirmed | Stands::Agreed => Some(format!("{word}: {}", names(&standing.said_by))),
        Stands::Disputed => Some(format!("{word} by {}", names(&standing.against))),
        Stands::Overtaken => Some(match standing.overtaken_by {
            Some(by) => format!("overtaken by entry {by}"),
            None => "overtaken by another act".to_owned(),
        }),
    }
}

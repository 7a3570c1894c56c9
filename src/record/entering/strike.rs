//! Striking an earlier entry out.

use super::super::answers::{Act, Repeats, acts, claims, confirmed_by, is_claim, standing};
use super::super::{Draft, Entry, EntryKind};
use super::{Circumstances, Request, about, as_narrow_as, earlier, how_to_answer, notice, option};
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::office::Office;
use crate::words;

/// A strike names an entry that stands, and comes from the party that made it.
pub(super) fn decide(
    mut draft: Draft,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    let number = request.entry.ok_or_else(|| {
        Error::refused(format!(
            "which entry is to be struck out? Say its number: sideletter record struck {} --entry N; `sideletter log {}` lists them",
            given.agreement.id, given.agreement.id
        ))
    })?;
    // Looked for first: the text of what was struck out may be gone.
    let strikes = given.record.strikes();
    if let Some(strike) = strikes.of_entry(number) {
        return Err(Error::refused(format!(
            "entry {number} was struck out before, by entry {}; there is nothing left to strike",
            strike.by
        )));
    }
    let earlier = earlier(number, given)?;
    if earlier.kind == EntryKind::Struck && strikes.has_taken_effect(earlier) {
        return Err(Error::refused(format!(
            "entry {number} is itself a strike, which stays; enter anew what it struck out"
        )));
    }
    if draft.subject.is_some() && draft.subject != earlier.subject {
        return Err(Error::refused(format!(
            "entry {number} is about {}; if it is that one: sideletter {}",
            about(earlier),
            how_to_strike(earlier, given.office)
        )));
    }
    let agreed = if option::is_in_use(earlier, given) || notice::has_ended_it(earlier, given) {
        given.agreement.parties.clone()
    } else {
        agreed_by(earlier, given)
    };
    let agreed = if agreed.is_empty() && has_settled_an_end(earlier, given) {
        given.agreement.parties.clone()
    } else {
        agreed
    };
    let is_act = !agreed.is_empty();
    let bound = if is_act {
        agreed
    } else if earlier.is_in_name_only() && earlier.by == draft.by && !draft.evidence.is_empty() {
        // It never was that party's word, as it says itself, whoever has come to rely on it.
        Vec::new()
    } else if earlier.by.is_none() {
        made_by_nobody(&draft, earlier, given)?
    } else {
        stood_by(earlier, given)
    };
    let is_of_all = draft.by.as_ref().is_some_and(|by| bound.contains(by));
    if earlier.by != draft.by && earlier.by.is_some() && !is_of_all {
        let by = earlier.by.as_ref().map_or("", PartyId::as_str);
        return Err(Error::refused(format!(
            "entry {number} was made by {by}, and only who made it may strike it out; if {by} does: sideletter {}",
            how_to_strike(earlier, given.office)
        )));
    }
    own_words(&draft, earlier, is_act, given)?;
    if !bound.is_empty() {
        draft.proposed = is_proposed(&draft, earlier, &bound, given)?;
    }
    draft.subject.clone_from(&earlier.subject);
    as_narrow_as(&mut draft, earlier, given.agreement);
    Ok(draft)
}

/// Who agreed to the act that an entry made, or confirmed, where that was enough: it is no longer one party's to take back. Of an
/// option that was used, those whose it is.
fn agreed_by(earlier: &Entry, given: &Circumstances<'_>) -> Vec<PartyId> {
    let about = given.about_the_end(earlier.subject.as_deref());
    let is_of = |number: u64, act: &Act| act.entries.contains(&number);
    acts(&about, &given.rule())
        .into_iter()
        .filter(|act| act.agreed_with().is_some())
        .find(|act| {
            is_of(earlier.number, act)
                || earlier.kind == EntryKind::Confirmed
                    && earlier.entry.is_some_and(|number| is_of(number, act))
        })
        .map(|act| {
            let first = act
                .entries
                .first()
                .and_then(|number| given.record.entry(*number));
            let holders = first.map(|first| option::used_by(first, &act.agreed, given.agreement));
            match holders.filter(|holders| !holders.is_empty()) {
                Some(holders) => holders.into_iter().cloned().collect(),
                None => act.agreed,
            }
        })
        .unwrap_or_default()
}

/// Whether a party's own word is part of that of all that the agreement ended on a day.
pub fn has_settled_an_end(earlier: &Entry, given: &Circumstances<'_>) -> bool {
    if earlier.subject.as_deref() != Some("expiration") || earlier.own_word().is_none() {
        return false;
    }
    let about = given.about(Some("expiration"));
    let happened = |entry: &Entry| entry.kind == EntryKind::Happened;
    let claims = claims(&about, &happened, None, &given.rule());
    let settled = claims
        .accepted()
        .filter(|_| claims.settled_with().is_some());
    let said = match earlier.kind {
        EntryKind::Happened => Some(earlier.number),
        EntryKind::Confirmed => earlier.entry,
        _ => None,
    };
    settled.is_some_and(|claim| said.is_some_and(|number| claim.entries.contains(&number)))
}

/// Who stands by a claim that another party has confirmed, or accepted by its silence: with it that party's word would be void, so it is no longer for
/// who made it to take back alone.
fn stood_by(earlier: &Entry, given: &Circumstances<'_>) -> Vec<PartyId> {
    if !is_claim(earlier) {
        return Vec::new();
    }
    let answers: Vec<&Entry> = given.record.standing().collect();
    let silences = standing(earlier, &answers, Repeats::Yes, &given.rule())
        .map(|standing| standing.by_silence)
        .unwrap_or_default();
    let accepted = silences.iter().map(|silence| &silence.party);
    let confirmed = confirmed_by(earlier, &answers);
    let others: Vec<&PartyId> = confirmed.into_iter().chain(accepted).collect();
    if others.is_empty() {
        return Vec::new();
    }
    earlier
        .own_word()
        .into_iter()
        .chain(others)
        .cloned()
        .collect()
}

/// Who has to strike out what no party said in particular: the keeper, who entered it, with those who have confirmed it;
/// in an office that is kept jointly, where nobody knows who did, every party.
fn made_by_nobody(
    draft: &Draft,
    earlier: &Entry,
    given: &Circumstances<'_>,
) -> Result<Vec<PartyId>> {
    let Some(keeper) = &earlier.entered_by else {
        return Ok(given.agreement.parties.clone());
    };
    let stood_by = stood_by(earlier, given);
    let by = draft.by.as_ref();
    if by.is_none_or(|by| by == keeper || stood_by.contains(by)) {
        return Ok(stood_by);
    }
    Err(Error::refused(format!(
        "entry {} was entered by {}, and only who made it may strike it out; to say otherwise: sideletter {}",
        earlier.number,
        given.office.short_name(keeper),
        match by.filter(|_| is_claim(earlier)) {
            Some(by) => how_to_answer(EntryKind::Disputed, earlier, by, given.office),
            None => format!("record noted {} --note \"...\"", earlier.agreement),
        }
    )))
}

/// Whether the word of others is missing before what they agreed to, or confirmed, is void.
fn is_proposed(
    draft: &Draft,
    earlier: &Entry,
    agreed: &[PartyId],
    given: &Circumstances<'_>,
) -> Result<bool> {
    let number = earlier.number;
    let so_far: Vec<&Entry> = given
        .record
        .standing_strikes()
        .filter(|strike| strike.entry == Some(number))
        .collect();
    if let Some(own) = so_far.iter().find(|strike| strike.by == draft.by) {
        return Err(Error::refused(format!(
            "entry {} strikes it out already, and waits for the others who agreed to it",
            own.number
        )));
    }
    let is_missing = |party: &&PartyId| {
        draft.by.as_ref() != Some(*party)
            && !so_far
                .iter()
                .any(|strike| strike.by.as_ref() == Some(*party))
    };
    let missing: Vec<&PartyId> = agreed.iter().filter(is_missing).collect();
    if draft.erase && !missing.is_empty() {
        if earlier.by.is_none() && earlier.entered_by.is_none() {
            return Err(Error::refused(format!(
                "no party made entry {number}, so its text goes only with the last of the strikes of {}; strike it out without --erase",
                words::list(agreed.iter().map(|party| given.office.short_name(party)))
            )));
        }
        return Err(Error::refused(format!(
            "{} by entry {number}, so its text goes only with the last of their strikes; strike it out without --erase",
            who_stand(agreed, given.office)
        )));
    }
    Ok(!missing.is_empty())
}

/// `UPE and DHA stand`.
fn who_stand(parties: &[PartyId], office: &Office) -> String {
    let names = words::list(parties.iter().map(|party| office.short_name(party)));
    format!(
        "{names} {}",
        if parties.len() == 1 {
            "stands"
        } else {
            "stand"
        }
    )
}

/// What binds another party or is its answer, and what rests on its own words, is taken back on its own words alone.
fn own_words(
    draft: &Draft,
    earlier: &Entry,
    is_agreed: bool,
    given: &Circumstances<'_>,
) -> Result<()> {
    let (Some(_), Some(by)) = (&draft.entered_by, &draft.by) else {
        return Ok(());
    };
    let party = given.office.short_name(by);
    let is_answer = matches!(earlier.kind, EntryKind::Confirmed | EntryKind::Disputed);
    let what = if !earlier.evidence.is_empty() {
        format!("rests on a paper of {party}'s, and is struck out")
    } else if is_agreed {
        "is part of what all parties agreed to, and is struck out".to_owned()
    } else if is_answer {
        format!("is {party}'s answer, and is struck out")
    } else if earlier.by.as_ref() != Some(by) {
        let answers: Vec<&Entry> = given.record.standing().collect();
        if confirmed_by(earlier, &answers).contains(&by) {
            format!("was confirmed by {party}, and is struck out")
        } else {
            format!("was accepted by {party}'s silence, and is struck out")
        }
    } else if draft.erase {
        format!("is {party}'s word, and its text is erased")
    } else {
        return Ok(());
    };
    if !draft.evidence.is_empty() {
        return Ok(());
    }
    Err(Error::refused(format!(
        "entry {} {what} on {party}'s own words alone; name the paper that has them: --evidence FILE",
        earlier.number
    )))
}

/// The command, without the program's name, that strikes an entry out.
pub fn how_to_strike(entry: &Entry, office: &Office) -> String {
    let keeper = office.settings.keeper.as_ref();
    let by = match &entry.by {
        Some(by) if Some(by) != keeper => format!(" --by {by}"),
        // Nobody knows who made it, so each party strikes it out.
        None if entry.entered_by.is_none() => " --by PARTY".to_owned(),
        _ => String::new(),
    };
    format!(
        "record struck {} --entry {}{by}",
        entry.agreement, entry.number
    )
}

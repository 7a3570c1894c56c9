//! Who speaks, for which party, and who may read it.

use super::subject::Subject;
use super::{Circumstances, Request, text};
use crate::agreement::Visibility;
use crate::error::{Error, Result};
use crate::ids::PartyId;
use crate::reader::Reader;
use crate::record::{Draft, EntryKind};
use crate::withheld::Withheld;
use crate::words;

/// Says for which party the draft speaks, and that the keeper entered it where it speaks for another.
pub(super) fn speaks(
    draft: &mut Draft,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<()> {
    draft.by = party(request, given)?;
    draft.entered_by = given
        .office
        .settings
        .keeper
        .clone()
        .filter(|keeper| draft.by.as_ref() != Some(keeper));
    draft.speaker = text::line("--speaker", request.speaker.as_deref(), text::LONGEST_NAME)?;
    if draft.speaker.is_some() && draft.by.is_none() {
        return Err(Error::refused(format!(
            "--speaker speaks for a party; say for which: {}",
            by_which(given)
        )));
    }
    own_words(draft, given)?;
    may_hear_them(draft, given)
}

/// What the keeper enters for a party is told to it, so its words name nothing that the party may not see.
fn may_hear_them(draft: &Draft, given: &Circumstances<'_>) -> Result<()> {
    let (Some(keeper), Some(by)) = (&draft.entered_by, &draft.by) else {
        return Ok(());
    };
    let withheld = Withheld::of_office(given.office, &Reader::Party(by));
    if !draft.words().any(|words| withheld.is_named_in(words)) {
        return Ok(());
    }
    let (keeper, party) = (given.office.short_name(keeper), given.office.short_name(by));
    Err(Error::refused(format!(
        "this names something that {party} may not see, and what is said for {party} is never kept from that party; leave that out, or enter it as a remark of {keeper}'s own"
    )))
}

/// What binds a party rests on its own words, not on the keeper's.
fn own_words(draft: &Draft, given: &Circumstances<'_>) -> Result<()> {
    let binds =
        draft.kind.is_act() || matches!(draft.kind, EntryKind::Confirmed | EntryKind::Notice);
    let (Some(keeper), Some(by)) = (&draft.entered_by, &draft.by) else {
        return Ok(());
    };
    if !binds || !draft.evidence.is_empty() {
        return Ok(());
    }
    let does = match draft.kind {
        EntryKind::Confirmed => "confirm",
        EntryKind::Waived => "waive",
        EntryKind::Notice => "give notice",
        _ => "agree",
    };
    let (keeper, party) = (given.office.short_name(keeper), given.office.short_name(by));
    Err(Error::refused(format!(
        "{keeper} keeps this office and cannot {does} for {party} without {party}'s own words; name the paper that has them: --evidence FILE"
    )))
}

/// The party that speaks: the one that is named, else the keeper where it is a party.
fn party(request: &Request, given: &Circumstances<'_>) -> Result<Option<PartyId>> {
    let parties = &given.agreement.parties;
    if let Some(name) = &request.by {
        if let Some(party) = parties.iter().find(|party| party.as_str() == name) {
            return Ok(Some(party.clone()));
        }
        let remedy = words::did_you_mean(name, parties.iter().map(PartyId::as_str))
            .unwrap_or_else(|| format!("type {}", by_which(given)));
        return Err(Error::refused(format!(
            "`{}` is no party to {}; {remedy}",
            text::shown(name),
            given.agreement.id,
        )));
    }
    let keeper = given
        .office
        .settings
        .keeper
        .as_ref()
        .filter(|keeper| parties.contains(keeper));
    let made_by_nobody = request.kind == EntryKind::Struck
        && request
            .entry
            .and_then(|number| given.record.entry(number))
            .is_some_and(|entry| entry.by.is_none() && entry.entered_by.is_some());
    match (keeper, request.kind) {
        // What the keeper entered for nobody in particular is struck out as it was entered.
        (_, EntryKind::Struck) if made_by_nobody => Ok(None),
        (Some(keeper), _) => Ok(Some(keeper.clone())),
        (None, EntryKind::Happened | EntryKind::Noted) => Ok(None),
        (None, _) => Err(Error::refused(format!(
            "which party says so? Type {}",
            by_which(given)
        ))),
    }
}

/// `--by upe or --by dha`.
fn by_which(given: &Circumstances<'_>) -> String {
    words::either(
        given
            .agreement
            .parties
            .iter()
            .map(|party| format!("--by {party}")),
    )
}

/// Who may see the entry: never more than may see what it is about. What changes where things stand is no party's secret.
pub(super) fn visibility(
    by: Option<&PartyId>,
    request: &Request,
    subject: Option<Subject<'_>>,
    given: &Circumstances<'_>,
) -> Result<Option<Visibility>> {
    let Some(word) = &request.visibility else {
        return Ok(None);
    };
    let keeper = given.office.settings.keeper.as_ref();
    let asked = Visibility::from_word(word);
    if let Visibility::Keeper(party) = &asked
        && Some(party) != keeper
    {
        let possible = ["public", "members", "parties"]
            .into_iter()
            .chain(keeper.map(PartyId::as_str));
        return Err(Error::refused(format!(
            "--visibility is {}, not `{}`",
            words::either(possible),
            text::shown(word)
        )));
    }
    let holder = match subject {
        Some(Subject::Obligation(obligation)) => &obligation.visibility,
        Some(Subject::Event(event)) => &event.visibility,
        _ => &given.agreement.visibility,
    };
    if asked < *holder {
        return Err(Error::refused(format!(
            "--visibility {} is wider than what it is about, which is for `{}`; type that, or leave --visibility out",
            asked.as_str(),
            holder.as_str()
        )));
    }
    if let (Visibility::Keeper(keeper), Some(by)) = (&asked, by)
        && by != keeper
        && asked > *holder
    {
        return Err(Error::refused(format!(
            "what is said for {} is not kept from that party; leave --visibility out, or enter it as a remark of {}'s own: --by {keeper}",
            given.office.short_name(by),
            given.office.short_name(keeper)
        )));
    }
    let is_aside = matches!(request.kind, EntryKind::Noted | EntryKind::Struck);
    if matches!(asked, Visibility::Keeper(_)) && asked > *holder && !is_aside {
        return Err(Error::refused(format!(
            "`{}` changes where things stand, so every party may see it; only a remark may be for {} alone: record noted",
            request.kind.as_str(),
            asked.as_str()
        )));
    }
    Ok(Some(asked))
}

//! The sentences about what a party has said: what it said, and where that is written.

use crate::record::answers::is_claim;
use crate::record::{Entry, EntryKind};
use crate::words;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// An entry, and by whom.
#[derive(Clone, Copy)]
pub(in super::super) struct By<'a> {
    pub(in super::super) entry: &'a Entry,
    pub(in super::super) party: Option<&'a str>,
    /// The condition that it says came about, in the agreement's words.
    pub(in super::super) condition: Option<&'a str>,
}

/// What a party has said, as the others are told. `earlier` is what it answers or strikes out, where that can be read.
pub(in super::super) fn said(
    language: Language,
    this: By<'_>,
    earlier: Option<By<'_>>,
    proposes: bool,
) -> String {
    let entry = this.entry;
    let party = this.party.unwrap_or(somebody(language));
    match (entry.kind, language) {
        _ if is_claim(entry) => {
            let claim = claim(language, this);
            match (this.party, language) {
                (Some(party), English) => format!(
                    "{party} {verb} that {claim}.",
                    verb = words::verb(party, "says", "say")
                ),
                (Some(party), Spanish) => format!(
                    "{party} {verb} que {claim}.",
                    verb = words::verb(party, "indica", "indican")
                ),
                (None, English) => format!("It was recorded that {claim}."),
                (None, Spanish) => format!("Se registró que {claim}."),
            }
        }
        (EntryKind::Confirmed | EntryKind::Disputed, _) => {
            answered(language, party, entry, earlier)
        }
        (EntryKind::Struck, _) => strikes(language, party, entry, earlier),
        (EntryKind::Noted, _) => {
            let on = on(language, entry);
            match (this.party, language) {
                (Some(party), English) => format!("{party} made a remark{on}."),
                (Some(party), Spanish) => format!(
                    "{party} {verb} una observación{on}.",
                    verb = words::verb(party, "hizo", "hicieron")
                ),
                (None, English) => format!("A remark was made{on}."),
                (None, Spanish) => format!("Se hizo una observación{on}."),
            }
        }
        (_, English) => {
            let verb = if proposes {
                words::verb(party, "proposes", "propose")
            } else {
                words::verb(party, "agrees", "agree")
            };
            format!("{party} {verb} {}.", act(language, entry))
        }
        (_, Spanish) => {
            let verb = if proposes {
                words::verb(party, "propone", "proponen")
            } else {
                words::verb(party, "está de acuerdo en", "están de acuerdo en")
            };
            format!("{party} {verb} {}.", act(language, entry))
        }
    }
}

/// A party's answer to what another has said or proposed.
fn answered(language: Language, party: &str, entry: &Entry, earlier: Option<By<'_>>) -> String {
    let number = entry.entry.unwrap_or_default();
    let l = language;
    match (entry.kind, earlier, language) {
        (EntryKind::Confirmed, Some(earlier), English) if earlier.entry.kind.is_act() => {
            format!(
                "{party} {verb} {} (entry {number}).",
                proposal(l, earlier),
                verb = words::verb(party, "agrees", "agree")
            )
        }
        (EntryKind::Confirmed, Some(earlier), Spanish) if earlier.entry.kind.is_act() => format!(
            "{party} {verb} de acuerdo en {} (anotación {number}).",
            proposal(l, earlier),
            verb = words::verb(party, "está", "están")
        ),
        (EntryKind::Confirmed, Some(earlier), English) => {
            format!(
                "{party} {verb} {} (entry {number}).",
                word(l, earlier),
                verb = words::verb(party, "confirms", "confirm")
            )
        }
        (EntryKind::Confirmed, Some(earlier), Spanish) => {
            format!(
                "{party} {verb} {} (anotación {number}).",
                word(l, earlier),
                verb = words::verb(party, "confirma", "confirman")
            )
        }
        (EntryKind::Confirmed, None, English) => {
            format!(
                "{party} {verb} entry {number} of the record.",
                verb = words::verb(party, "confirms", "confirm")
            )
        }
        (EntryKind::Confirmed, None, Spanish) => {
            format!(
                "{party} {verb} la anotación {number} del registro.",
                verb = words::verb(party, "confirma", "confirman")
            )
        }
        (EntryKind::Disputed, Some(earlier), English) if earlier.entry.kind.is_act() => format!(
            "{party} {verb} not agree {} (entry {number}).",
            proposal(l, earlier),
            verb = words::verb(party, "does", "do")
        ),
        (EntryKind::Disputed, Some(earlier), Spanish) if earlier.entry.kind.is_act() => format!(
            "{party} no {verb} de acuerdo en {} (anotación {number}).",
            proposal(l, earlier),
            verb = words::verb(party, "está", "están")
        ),
        (EntryKind::Disputed, Some(earlier), English) => format!(
            "{party} {verb} not agree with {} (entry {number}).",
            word(l, earlier),
            verb = words::verb(party, "does", "do")
        ),
        (EntryKind::Disputed, Some(earlier), Spanish) => format!(
            "{party} no {verb} de acuerdo con {} (anotación {number}).",
            word(l, earlier),
            verb = words::verb(party, "está", "están")
        ),
        (_, _, English) => format!(
            "{party} {verb} not agree with entry {number} of the record.",
            verb = words::verb(party, "does", "do")
        ),
        (_, _, Spanish) => {
            format!(
                "{party} no {verb} de acuerdo con la anotación {number} del registro.",
                verb = words::verb(party, "está", "están")
            )
        }
    }
}

/// What a party strikes out, or wants struck out.
fn strikes(language: Language, party: &str, entry: &Entry, earlier: Option<By<'_>>) -> String {
    let number = entry.entry.unwrap_or_default();
    let what = earlier.map(|earlier| struck_out(language, earlier));
    let what = what.unwrap_or_default();
    match (entry.proposed, language) {
        (true, English) => {
            format!(
                "{party} {verb} entry {number} of the record struck out{what}.",
                verb = words::verb(party, "wants", "want")
            )
        }
        (true, Spanish) => {
            format!(
                "{party} {verb} tachar la anotación {number} del registro{what}.",
                verb = words::verb(party, "pide", "piden")
            )
        }
        (false, English) => {
            format!("{party} struck out entry {number} of the record{what}.")
        }
        (false, Spanish) => {
            format!(
                "{party} {verb} la anotación {number} del registro{what}.",
                verb = words::verb(party, "tachó", "tacharon")
            )
        }
    }
}

/// Who has said something, where no party's name is known.
fn somebody(language: Language) -> &'static str {
    match language {
        English => "A party",
        Spanish => "Una de las partes",
    }
}

/// What was claimed, and by whom: `what UPE said: this was done on Friday 28 March 2014`.
fn word(language: Language, claimed: By<'_>) -> String {
    let claim = claim(language, claimed);
    match (claimed.party, language) {
        (Some(party), English) => format!("what {party} said: {claim}"),
        (Some(party), Spanish) => format!("lo que dijo {party}: {claim}"),
        (None, English) => format!("what was recorded: {claim}"),
        (None, Spanish) => format!("lo que se registró: {claim}"),
    }
}

/// What another proposed, after `agrees` or `does not agree`.
fn proposal(language: Language, proposed: By<'_>) -> String {
    let act = act(language, proposed.entry);
    match language {
        English => format!("{act}, as {} proposed", proposed.party.unwrap_or("a party")),
        Spanish => format!(
            "{act}, como propuso {}",
            proposed.party.unwrap_or("una de las partes")
        ),
    }
}

fn struck_out(language: Language, earlier: By<'_>) -> String {
    let party = earlier.party.unwrap_or(somebody(language));
    let entry = earlier.entry;
    match (entry.kind, language) {
        (kind, English) if kind.is_act() => {
            format!(": {party} had agreed {}", act(language, entry))
        }
        (kind, Spanish) if kind.is_act() => {
            format!(
                ": {party} había estado de acuerdo en {}",
                act(language, entry)
            )
        }
        (EntryKind::Confirmed, English) => format!(": {party} had confirmed or agreed"),
        (EntryKind::Confirmed, Spanish) => {
            format!(": {party} lo había confirmado o había estado de acuerdo")
        }
        _ if is_claim(entry) => {
            let claim = claim(language, earlier);
            match (earlier.party, language) {
                (Some(party), English) => format!(": {party} had said that {claim}"),
                (Some(party), Spanish) => format!(": {party} había dicho que {claim}"),
                (None, English) => format!(": it had said that {claim}"),
                (None, Spanish) => format!(": decía que {claim}"),
            }
        }
        (EntryKind::Disputed, English) => format!(": {party} had not agreed"),
        (EntryKind::Disputed, Spanish) => format!(": {party} no había estado de acuerdo"),
        _ => String::new(),
    }
}

fn on(language: Language, entry: &Entry) -> String {
    let on = entry.on.map(|on| language.weekday_and_day(on));
    on.map_or_else(String::new, |on| match language {
        English => format!(" on {on}"),
        Spanish => format!(" el {on}"),
    })
}

/// What an entry claims, as a clause.
fn claim(language: Language, this: By<'_>) -> String {
    let entry = this.entry;
    let on = on(language, entry);
    if let Some(when) = this.condition {
        return match language {
            English => format!("its condition came about{on} (“{when}”)"),
            Spanish => format!("su condición se cumplió{on} (“{when}”)"),
        };
    }
    match (entry.kind, language) {
        (EntryKind::Happened, English) => format!("this took place{on}"),
        (EntryKind::Happened, Spanish) => format!("esto tuvo lugar{on}"),
        (EntryKind::Met, English) => format!("this was done{on}"),
        (EntryKind::Met, Spanish) => format!("esto se cumplió{on}"),
        (EntryKind::Notice, English) => format!("notice was given{on}"),
        (EntryKind::Notice, Spanish) => format!("se dio aviso{on}"),
        (_, English) => format!("this was not kept{on}"),
        (_, Spanish) => format!("esto no se respetó{on}"),
    }
}

/// What an act does, after `agrees` or `proposes`.
fn act(language: Language, entry: &Entry) -> String {
    let to = entry.to.map(|to| language.weekday_and_day(to));
    let to = |word: &str| {
        to.as_ref()
            .map_or_else(String::new, |to| format!(" {word} {to}"))
    };
    match (entry.kind, language) {
        (EntryKind::Waived, English) => "to skip this".to_owned(),
        (EntryKind::Waived, Spanish) => "omitir esto por esta vez".to_owned(),
        (EntryKind::Moved, English) => format!("to move its last day{}", to("to")),
        (EntryKind::Moved, Spanish) => format!("trasladar su último día{}", to("al")),
        (EntryKind::Renewed, English) => format!("that this goes on{}", to("through")),
        (EntryKind::Renewed, Spanish) => format!("que esto continúe{}", to("hasta el")),
        (_, English) => format!("that this ends{}", on(language, entry)),
        (_, Spanish) => format!("que esto termine{}", on(language, entry)),
    }
}

/// Where an entry stands in the record.
pub(in super::super) fn entry(
    language: Language,
    entry: &Entry,
    written: NaiveDate,
    entered: Option<&str>,
) -> String {
    let (number, day) = (entry.number, language.day(written));
    let (mut text, by, speaker, paper) = match language {
        English => (
            format!("entry {number} of the record, {day}"),
            ", entered by ",
            ", said by ",
            "; with the paper ",
        ),
        Spanish => (
            format!("anotación {number} del registro, {day}"),
            ", hecha por ",
            ", dicha por ",
            "; con el documento ",
        ),
    };
    let papers = entry
        .evidence
        .iter()
        .map(|found| (paper, found.name.as_str()));
    let entered = entered.map(|entered| (by, entered));
    let said = entry.speaker.as_deref().map(|said| (speaker, said));
    for (word, what) in entered.into_iter().chain(said).chain(papers) {
        text.push_str(word);
        text.push_str(what);
    }
    text
}

pub(in super::super) fn recorded_as(
    language: Language,
    recorded: &Entry,
    written: NaiveDate,
    entered: Option<&str>,
) -> String {
    let entry = entry(language, recorded, written, entered);
    match language {
        English => format!("This is {entry}."),
        Spanish => format!("Es la {entry}."),
    }
}

pub(in super::super) fn one_for_another(language: Language, one: &str, another: &str) -> String {
    match language {
        English => format!("{one} for {another}"),
        Spanish => format!("{one} en nombre de {another}"),
    }
}

pub(in super::super) fn remark(language: Language, note: &str) -> String {
    match language {
        English => format!("Their remark: “{note}”"),
        Spanish => format!("Su observación: “{note}”"),
    }
}

/// That a remark takes a changed file for the right text. `about`: the entry that was made about another.
pub(in super::super) fn corrects(language: Language, about: u64) -> String {
    match language {
        English => format!(
            "The agreement's file was changed since entry {about} was made about it, and this remark takes the file as it is now for the right text."
        ),
        Spanish => format!(
            "El archivo del acuerdo se modificó desde que se hizo la anotación {about}, y esta observación da por correcto el texto tal como está ahora."
        ),
    }
}

/// The occurrence that it is about.
pub(in super::super) fn is_about(language: Language, what: &str) -> String {
    match language {
        English => format!("It is about: {what}."),
        Spanish => format!("Se refiere a: {what}."),
    }
}

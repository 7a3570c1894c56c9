//! `log --case`: the case file of an agreement, as one page.

use crate::agreement::{Agreement, Visibility};
use crate::cli::{Context, Format, Outcome, faults};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::office::{Office, Party};
use crate::reader::Reader;
use crate::record::{Extent, Record, verify};
use crate::site::{Case, Theme, case_file};
use crate::store::Store;

/// Prints the page.
pub(super) fn run(
    id: &str,
    party: Option<&Party>,
    office: &Office,
    store: &dyn Store,
    context: &Context,
) -> Result<Outcome> {
    if context.format == Format::Json {
        return Err(Error::refused(format!(
            "a case file is a page; for the entries as JSON: {} log {id} --format json",
            context.program
        )));
    }
    let sealed = store.sealed()?;
    // What cannot be read is said on the page, as every other alteration is.
    let record = Record {
        extent: Extent::Whole,
        entries: super::export::readable(&sealed),
        tracking: store.tracking()?,
        asked: store.asked(&Extent::Whole)?,
    };
    super::known(office, &record.entries, Some(id))?;
    let agreement = office.agreement(id);
    let reader = reader(id, party, agreement)?;
    let id = AgreementId::new(id);
    let mut mails = Vec::new();
    for message in store.messages_about(&id)? {
        let told = store.parts(message.id)?;
        mails.push((message, told));
    }
    let case = Case {
        office,
        agreement: &id,
        reader,
        record: &record,
        sealed: &sealed,
        mails: &mails,
        today: context.clock(office.settings.zone).today(),
    };
    let page = case_file(&case, &Theme::of_office(&office.root)?)?;
    context.output.print_as_is(&page)?;
    let is_sound = verify(&sealed).is_empty();
    if !is_sound {
        context.output.complain(&format!(
            "the record is not as it was written; see: {} log --verify\n",
            context.program
        ));
    }
    let Some(agreement) = agreement else {
        context.output.complain(&format!(
            "the file of {id} is not among those that could be read: the page has its entries and mails alone, and nothing says what of them only the keeper may see\n"
        ));
        return Ok(Outcome::faults_if(!is_sound));
    };
    let of_file = faults::of_agreement(office, agreement, context);
    Ok(Outcome::faults_if(!is_sound).and(of_file))
}

/// For whom the page is made: the party that is named, else all of the agreement's.
fn reader<'a>(
    id: &str,
    party: Option<&'a Party>,
    agreement: Option<&'a Agreement>,
) -> Result<Reader<'a>> {
    let Some(party) = party else {
        return Ok(match agreement.map(|agreement| &agreement.visibility) {
            // What only the keeper may see has no other reader.
            Some(Visibility::Keeper(keeper)) => Reader::Party(keeper),
            _ => Reader::Parties,
        });
    };
    let agreement = agreement.ok_or_else(|| {
        Error::refused(format!(
            "the file of {id} is not among those that could be read, so nothing says what {} may see of it; leave --for out, and read the page before you hand it out",
            party.short
        ))
    })?;
    let reader = Reader::Party(&party.id);
    if reader.sees(agreement) {
        return Ok(reader);
    }
    let why = if agreement.parties.contains(&party.id) {
        "may not see"
    } else {
        "is no party to"
    };
    Err(Error::refused(format!(
        "{} {why} {id}, so there is no case file for it",
        party.short
    )))
}

//! `log --case`: the case file of an agreement, as one page.

use crate::agreement::Visibility;
use crate::cli::{Context, Format, Outcome, faults};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::office::{Office, Party};
use crate::reader::Reader;
use crate::record::verify;
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
    let record = store.record()?;
    super::known(office, &record.entries, Some(id))?;
    let agreement = office.agreement(id);
    let reader = match (party, agreement.map(|agreement| &agreement.visibility)) {
        (Some(party), _) => Reader::Party(&party.id),
        // What only the keeper may see has no other reader.
        (None, Some(Visibility::Keeper(keeper))) => Reader::Party(keeper),
        (None, _) => Reader::Parties,
    };
    if let Some(party) = party {
        let agreement = agreement.ok_or_else(|| {
            Error::refused(format!(
                "the file of {id} is not among those that could be read, so nothing says what {} may see of it; leave --for out, and read the page before you hand it out",
                party.short
            ))
        })?;
        if !reader.sees(agreement) {
            let why = if agreement.parties.contains(&party.id) {
                "may not see"
            } else {
                "is no party to"
            };
            return Err(Error::refused(format!(
                "{} {why} {id}, so there is no case file for it",
                party.short
            )));
        }
    }
    let id = AgreementId::new(id);
    let mut mails = Vec::new();
    for message in store.messages_about(&id)? {
        let parts = store.parts(message.id)?;
        mails.push((message, parts));
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
    let of_file = match agreement {
        Some(agreement) => faults::of_agreement(office, agreement, context),
        None => {
            context.output.complain(&format!(
                "the file of {id} is not among those that could be read: the page has its entries and mails alone, and nothing says what of them only the keeper may see\n"
            ));
            Outcome::Fine
        }
    };
    Ok(Outcome::faults_if(!is_sound).and(of_file))
}

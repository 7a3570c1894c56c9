//! What a command says of faults that are not its own business: where they are and what was left out for them.

use super::{Context, Outcome};
use crate::agreement::{Agreement, Obligation};
use crate::diagnostic::Diagnostic;
use crate::disagreement::Gone;
use crate::error::Error;
use crate::ids::AgreementId;
use crate::office::Office;
use crate::rules::gone_since_recorded;
use crate::words;
use std::fmt::Write as _;

/// Says on standard error that there are faults in the office, and what is left out for them.
pub(super) fn tell(office: &Office, context: &Context) -> Outcome {
    let errors: Vec<&Diagnostic> = office.diagnostics.iter().filter(|d| d.is_error()).collect();
    say(office, &errors, None, context)
}

/// The same for one agreement.
pub(super) fn of_agreement(office: &Office, agreement: &Agreement, context: &Context) -> Outcome {
    say(
        office,
        &errors_of(office, agreement),
        Some(&agreement.id),
        context,
    )
}

/// The same for one obligation: of what lies in others of its agreement, how many faults there are and where to see them.
pub(super) fn of_obligation(
    office: &Office,
    agreement: &Agreement,
    obligation: &Obligation,
    context: &Context,
) -> Outcome {
    let text = &office.sources.get(agreement.file).text;
    let own = table_of(text, obligation.span.start);
    let (here, elsewhere): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        errors_of(office, agreement).into_iter().partition(|error| {
            let table = table_of(text, error.primary.span.start);
            table.is_none() || table == own
        });
    if here.is_empty() && !elsewhere.is_empty() {
        context.output.complain(&format!(
            "{} elsewhere in {agreement}, none in what is asked about. See: {} check {}\n",
            words::count(elsewhere.len(), "fault"),
            context.program,
            office.sources.get(agreement.file).path,
            agreement = agreement.id,
        ));
        return Outcome::Faults;
    }
    say(office, &here, Some(&agreement.id), context)
}

fn errors_of<'a>(office: &'a Office, agreement: &Agreement) -> Vec<&'a Diagnostic> {
    office
        .diagnostics
        .iter()
        .filter(|d| d.is_error() && d.primary.span.file == agreement.file)
        .collect()
}

/// Which table of `[[obligations]]` a place of a file is in, by where that begins; `None` before the first.
fn table_of(text: &str, at: usize) -> Option<usize> {
    text.get(..at)?.rfind("[[obligations]]")
}

/// Why an obligation or event of `agreement` is not there, where a fault is the reason.
pub(super) fn left_out(office: &Office, agreement: &Agreement, id: &str) -> Option<Error> {
    let left = office.left_out.iter().find(|left| {
        left.agreement.as_ref() == Some(&agreement.id) && left.what.as_deref() == Some(id)
    })?;
    Some(Error::faulty(format!(
        "`{}/{id}` has a fault and was left out; see: sideletter check {}",
        agreement.id, left.file
    )))
}

/// Says on standard error what the record speaks of and no file has any more, which is in nothing that a command shows.
pub(super) fn tell_of_what_is_gone(gone: &[Gone], context: &Context) {
    for gone in gone {
        context.output.complain(&format!(
            "warning[{}]: {}. See: {} check\n",
            gone_since_recorded::RULE.code,
            gone.said(),
            context.program
        ));
    }
}

/// `only`: what other agreements have left out is not said.
fn say(
    office: &Office,
    errors: &[&Diagnostic],
    only: Option<&AgreementId>,
    context: &Context,
) -> Outcome {
    if errors.is_empty() {
        return Outcome::Fine;
    }
    let mut text = String::new();
    for error in errors.iter().take(10) {
        let place = office.sources.position(error.primary.span);
        let file = &office.sources.get(error.primary.span.file).path;
        let _ = writeln!(
            text,
            "{file}:{}:{}: error[{}]: {}",
            place.line, place.column, error.rule.code, error.message
        );
    }
    if errors.len() > 10 {
        let _ = writeln!(text, "... and {} more", errors.len() - 10);
    }
    let asked_about = office
        .left_out
        .iter()
        .filter(|left| only.is_none_or(|only| left.agreement.as_ref() == Some(only)));
    for left in asked_about {
        let what = match (&left.agreement, &left.what) {
            (Some(agreement), Some(what)) => format!("{agreement}/{what}"),
            (Some(agreement), None) => agreement.to_string(),
            (None, _) => left.file.clone(),
        };
        let _ = writeln!(text, "left out: {what}");
    }
    let _ = writeln!(
        text,
        "{}; everything sound was worked out. See: {} check",
        words::count(errors.len(), "fault"),
        context.program
    );
    context.output.complain(&text);
    Outcome::Faults
}

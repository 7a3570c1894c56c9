//! The same as data: `data.json`, for programs, with the schema of it.

use super::row::Material;
use super::text::shown;
use super::visible::VisibleAgreement;
use crate::agreement::{AgreementKind, When};
use crate::error::{Error, Result};
use crate::ids::{AgreementId, PartyId};
use crate::office::{Office, Side};
use crate::schedule::{AmendedTo, Occurrence, OccurrenceKind, State};
use crate::words;
use chrono::NaiveDate;
use rayon::prelude::*;

/// The schema, which stands beside the data.
pub(super) const SCHEMA: &str = include_str!("../../templates/site/data.schema.json");

/// Where the data and its schema stand.
pub(super) const PATHS: [&str; 2] = ["data.json", "data.schema.json"];

#[derive(serde::Serialize)]
struct Data<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    office: String,
    courtesy: String,
    made: NaiveDate,
    parties: Vec<Party<'a>>,
    agreements: Vec<Agreement<'a>>,
}

#[derive(serde::Serialize)]
struct Party<'a> {
    id: &'a str,
    name: String,
    short: String,
    side: Side,
}

#[derive(serde::Serialize)]
struct Agreement<'a> {
    id: &'a str,
    title: String,
    kind: AgreementKind,
    parties: &'a [PartyId],
    signed: Option<NaiveDate>,
    effective: Option<NaiveDate>,
    expires: Option<NaiveDate>,
    amends: Vec<&'a str>,
    page: String,
    obligations: Vec<Obligation<'a>>,
}

#[derive(serde::Serialize)]
struct Obligation<'a> {
    id: &'a str,
    clause: Option<String>,
    title: String,
    owed_by: &'a [PartyId],
    owed_to: &'a [PartyId],
    words: Option<String>,
    when: Option<String>,
    reading: Option<String>,
    occurrences: Vec<OneOccurrence>,
}

/// One occurrence, with the fields of `due --format json` that are for everybody.
#[derive(serde::Serialize)]
struct OneOccurrence {
    occurrence: Option<NaiveDate>,
    kind: OccurrenceKind,
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
    grace: Option<NaiveDate>,
    nominal: Option<NaiveDate>,
    state: State,
    waiting_on: Vec<String>,
    projected: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_claimed: Vec<NaiveDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes_ahead: Vec<ChangeAhead>,
}

/// What a later agreement will do to it, from a day that lies ahead.
#[derive(serde::Serialize)]
struct ChangeAhead {
    from: Option<NaiveDate>,
    /// `void`, `replaced` or `day`.
    becomes: &'static str,
    /// The last day that it is given.
    day: Option<NaiveDate>,
}

/// Writes the data.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn data(office: &Office, material: &Material<'_>, today: NaiveDate) -> Result<String> {
    let [_, schema] = PATHS;
    let parties = material.visible.parties();
    let agreements = material.visible.agreements.par_iter();
    let data = Data {
        schema,
        office: shown(&office.settings.name),
        courtesy: words::courtesy(&shown(&office.settings.name)),
        made: today,
        parties: parties
            .into_iter()
            .map(|party| Party {
                id: party.id.as_str(),
                name: shown(&party.name),
                short: shown(&party.short),
                side: party.side,
            })
            .collect(),
        agreements: agreements.map(|of| agreement(of, material)).collect(),
    };
    let mut text = serde_json::to_string(&data)
        .map_err(|error| Error::failed("the pages' data cannot be written").because(error))?;
    text.push('\n');
    Ok(text)
}

fn agreement<'a>(of: &'a VisibleAgreement<'_>, material: &Material<'_>) -> Agreement<'a> {
    let agreement = of.agreement;
    let days = material.days.get(&agreement.id);
    let stated = |when: &Option<When>| match when {
        Some(When::On(day, _)) => Some(*day),
        _ => None,
    };
    Agreement {
        id: agreement.id.as_str(),
        title: shown(&agreement.title),
        kind: agreement.kind,
        parties: &agreement.parties,
        signed: agreement.signed.map(|day| day.value),
        effective: days
            .and_then(|days| days.effective.as_ref())
            .filter(|day| !day.projected)
            .map(|day| day.day)
            .or(stated(&agreement.effective)),
        expires: days
            .and_then(|days| days.expires.as_ref())
            .filter(|day| !day.projected)
            .map(|day| day.day)
            .or(stated(&agreement.expires)),
        amends: agreement
            .amends
            .iter()
            .filter(|id| material.visible.agreement(id.as_str()).is_some())
            .map(AgreementId::as_str)
            .collect(),
        page: format!("agreements/{}.html", agreement.id),
        obligations: of
            .obligations
            .iter()
            .map(|o| Obligation {
                id: o.id.as_str(),
                clause: o.clause.as_deref().map(shown),
                title: shown(&o.title),
                owed_by: &o.owed_by,
                owed_to: &o.owed_to,
                words: o
                    .timing
                    .phrase()
                    .filter(|limit| !material.hides_limit(of, limit))
                    .map(|limit| shown(&agreement.with_titles(&limit.words))),
                when: o.when.as_deref().map(shown),
                reading: o.reading.as_deref().map(shown),
                occurrences: material
                    .occurrences
                    .get(agreement.id.as_str(), o.id.as_str())
                    .iter()
                    .map(|occurrence| one(of, occurrence, material))
                    .collect(),
            })
            .collect(),
    }
}

fn one(of: &VisibleAgreement<'_>, o: &Occurrence, material: &Material<'_>) -> OneOccurrence {
    OneOccurrence {
        occurrence: o.occurrence,
        kind: o.kind,
        opens: o.opens,
        due: o.due,
        grace: o.grace,
        nominal: o.nominal,
        state: o.state,
        waiting_on: o
            .waiting_on
            .iter()
            .filter(|name| material.named(of, name).is_some() && !(material.betrays)(name))
            .map(|name| shown(name))
            .collect(),
        projected: o.projected,
        also_claimed: o.also_claimed(),
        changes_ahead: material
            .coming(o)
            .into_iter()
            .map(|change| ChangeAhead {
                from: change.from,
                becomes: match change.to {
                    AmendedTo::Void => "void",
                    AmendedTo::Replaced(..) => "replaced",
                    AmendedTo::Day(_) => "day",
                },
                day: match change.to {
                    AmendedTo::Day(day) => day,
                    AmendedTo::Void | AmendedTo::Replaced(..) => None,
                },
            })
            .collect(),
    }
}

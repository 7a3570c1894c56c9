//! An agreement's own term, as something that is owed.

use crate::agreement::{Obligation, Remind, Renewal, Timing, Visibility, When};
use crate::ids::{ObligationId, PartyId};
use crate::language::Phrase;
use crate::source::Span;

/// The term of an agreement. One that states no end stands, until the record or a later agreement ends it; `span` is what there
/// is of it then.
pub fn of(
    parties: &[PartyId],
    visibility: &Visibility,
    ends: Option<(&When, Option<&Renewal>)>,
    span: Span,
) -> Box<Obligation> {
    let timing = ends.map_or(Timing::Standing, |(when, renewal)| Timing::Lasts {
        phrase: match when {
            When::On(day, span) => Phrase::of_day(*day, *span),
            When::Phrase(phrase) => (**phrase).clone(),
        },
        renewal: renewal.map(|renewal| Box::new(renewal.clone())),
    });
    Box::new(Obligation {
        id: ObligationId::new("expiration"),
        span: timing.phrase().map_or(span, |phrase| phrase.span),
        clause: None,
        title: "Expiration of the agreement".to_owned(),
        owed_by: parties.to_vec(),
        owed_to: Vec::new(),
        timing,
        when: None,
        reading: None,
        afterwards: None,
        review_every: None,
        who: None,
        purpose: None,
        products: Vec::new(),
        replaces: None,
        // It ends when it ends, and not with anything else.
        survives: true,
        visibility: visibility.clone(),
        counting: None,
        remind: Remind::default(),
        confirmation: None,
        tracked_from: None,
        notes: None,
    })
}

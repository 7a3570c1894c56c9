//! Keys that mean the same wherever they stand: parties, visibility, confirmation.

use super::Reader;
use crate::agreement::surroundings::Surroundings;
use crate::agreement::{Confirmation, Visibility};
use crate::diagnostic::Findings;
use crate::ids::PartyId;
use crate::rules::{
    party_not_of_the_agreement, unknown_party, unknown_value, visibility_not_the_keepers,
    wider_than_its_holder,
};
use crate::table::{Table, Value};

/// `confirmation`.
pub fn confirmation(table: &Table<'_>) -> Option<Confirmation> {
    table.choice(
        "confirmation",
        &[
            ("none", Confirmation::None),
            ("silence", Confirmation::Silence),
            ("required", Confirmation::Required),
        ],
    )
}

/// The agreement's `parties`: those that are known.
pub(super) fn agreement_parties(
    table: &Table<'_>,
    around: Surroundings<'_>,
    findings: &Findings,
) -> Vec<PartyId> {
    table.require("parties");
    let mut parties = Vec::new();
    for party in table.texts("parties").unwrap_or_default() {
        if let Some(id) = known_party(party, around, findings)
            && !parties.contains(&id)
        {
            parties.push(id);
        }
    }
    parties
}

/// `visibility`; where it is left out, the holder's, or else `members`. Where it cannot be read nobody is shown what may have been
/// meant for few: it is the narrowest that there is.
pub(super) fn visibility(
    table: &Table<'_>,
    around: Surroundings<'_>,
    findings: &Findings,
    holder: Option<&Visibility>,
) -> Visibility {
    let narrowest = || match around.keeper {
        Some(keeper) => Visibility::Keeper(keeper.clone()),
        None => Visibility::Parties,
    };
    if !table.has("visibility") {
        if table.misspells("visibility") {
            return narrowest();
        }
        return holder.cloned().unwrap_or(Visibility::Members);
    }
    let Some(word) = table.text("visibility") else {
        return narrowest();
    };
    let Some(found) = visibility_word(word, around, findings) else {
        return narrowest();
    };
    match holder {
        Some(holder) if found < *holder => {
            findings.report(wider_than_its_holder::fault(
                word.span,
                word.value,
                holder.as_str(),
            ));
            holder.clone()
        }
        _ => found,
    }
}

/// What a word of `visibility` means; `None`: it is reported.
pub fn visibility_word(
    word: Value<&str>,
    around: Surroundings<'_>,
    findings: &Findings,
) -> Option<Visibility> {
    match Visibility::from_word(word.value) {
        Visibility::Keeper(key) => {
            let key = key.as_str();
            let keeper = around.keeper.map(PartyId::as_str);
            if keeper == Some(key) {
                return Some(Visibility::Keeper(PartyId::new(key)));
            }
            findings.report(if around.party_ids().any(|party| party == key) {
                visibility_not_the_keepers::fault(word.span, key, keeper)
            } else {
                let mut possible = vec!["public", "members", "parties"];
                possible.extend(keeper);
                unknown_value::fault(word.span, "visibility", key, &possible)
            });
            None
        }
        wider => Some(wider),
    }
}

fn known_party(
    party: Value<&str>,
    around: Surroundings<'_>,
    findings: &Findings,
) -> Option<PartyId> {
    if !around.has_party(party.value) {
        findings.report(unknown_party::fault(
            party.span,
            party.value,
            around.party_ids(),
        ));
        return None;
    }
    Some(PartyId::new(party.value))
}

impl Reader<'_> {
    /// A list of parties. `None` where the key is not there.
    pub(super) fn some_parties(
        &self,
        table: &Table<'_>,
        key: &'static str,
    ) -> Option<Vec<PartyId>> {
        let mut parties = Vec::new();
        for party in table.texts(key)? {
            let Some(id) = known_party(party, self.around, self.findings) else {
                continue;
            };
            if !self.parties.contains(&id) {
                let own: Vec<&str> = self.parties.iter().map(PartyId::as_str).collect();
                self.findings.report(party_not_of_the_agreement::fault(
                    party.span,
                    party.value,
                    &own,
                ));
            }
            if !parties.contains(&id) {
                parties.push(id);
            }
        }
        Some(parties)
    }

    /// `visibility` of a part of the agreement.
    pub(super) fn part_visibility(&self, table: &Table<'_>) -> Visibility {
        visibility(table, self.around, self.findings, Some(&self.visibility))
    }
}

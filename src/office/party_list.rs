//! The parties, in the order of their file and found by their keys: an office of a thousand agreements names some two
//! thousand of them, each in every line about it.

use super::Party;
use crate::ids::PartyId;
use std::collections::BTreeMap;
use std::ops::Deref;

/// `parties.toml`, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    list: Vec<Party>,
    places: BTreeMap<PartyId, usize>,
}

impl Parties {
    /// The party of that key.
    pub fn get(&self, id: &str) -> Option<&Party> {
        self.list.get(*self.places.get(id)?)
    }
}

impl From<Vec<Party>> for Parties {
    fn from(list: Vec<Party>) -> Self {
        let places = list.iter().enumerate();
        Self {
            places: places.map(|(place, p)| (p.id.clone(), place)).collect(),
            list,
        }
    }
}

impl Deref for Parties {
    type Target = [Party];

    fn deref(&self) -> &[Party] {
        &self.list
    }
}

#[cfg(test)]
impl std::ops::DerefMut for Parties {
    fn deref_mut(&mut self) -> &mut [Party] {
        &mut self.list
    }
}

//! The presets: a set of parameters under a name, as data, each with the rule of law that it comes from.

use super::calendars::Calendars;
use super::setting::Setting;
use crate::words::Sentence;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use toml::de::{DeTable, DeValue};

const TEXTS: [(&str, &str); 8] = [
    ("plain", include_str!("presets/plain.toml")),
    (
        "california_contract",
        include_str!("presets/california_contract.toml"),
    ),
    (
        "california_statute",
        include_str!("presets/california_statute.toml"),
    ),
    (
        "california_perb",
        include_str!("presets/california_perb.toml"),
    ),
    ("us_federal", include_str!("presets/us_federal.toml")),
    ("us_nlrb", include_str!("presets/us_nlrb.toml")),
    ("eu", include_str!("presets/eu.toml")),
    ("canada", include_str!("presets/canada.toml")),
];

const NAMES: [&str; 8] = [
    "plain",
    "california_contract",
    "california_statute",
    "california_perb",
    "us_federal",
    "us_nlrb",
    "eu",
    "canada",
];

static READ: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    TEXTS
        .iter()
        .filter_map(|(name, text)| Preset::read(name, text).ok())
        .collect()
});

/// A set of parameters under a name.
#[derive(Debug)]
pub(super) struct Preset {
    pub(super) name: &'static str,
    /// What it is, in a phrase.
    pub(super) title: String,
    /// Where it comes from as a whole.
    pub(super) authority: String,
    pub(super) settings: Vec<Setting>,
    /// Where single keys come from.
    pub(super) sources: BTreeMap<String, String>,
    pub(super) also_read: Vec<AlsoRead>,
}

/// A lawful reading that the preset does not take.
#[derive(Clone, Debug)]
pub(super) struct AlsoRead {
    /// What would be set otherwise.
    pub(super) setting: Setting,
    /// The reading, and why it is not taken.
    pub(super) text: Sentence,
    /// Who reads it so.
    pub(super) source: Sentence,
}

impl Preset {
    /// The names of all, `plain` first.
    pub(super) fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// The preset of that name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        READ.iter().find(|preset| preset.name == name)
    }

    /// The law behind a key that it sets or cites: its authority is no source of what it is silent on.
    pub(super) fn law(&self, key: &str) -> Option<&String> {
        let sets = self.settings.iter().any(|setting| setting.key() == key);
        self.sources
            .get(key)
            .or_else(|| sets.then_some(&self.authority))
    }

    /// Reads a preset's file: the keys of `[counting]`, and besides `title`, `[sources]` and `[[also_read]]`.
    fn read(name: &'static str, text: &str) -> Result<Self, String> {
        let document = DeTable::parse(text).map_err(|error| error.to_string())?;
        let calendars = Calendars::built_in();
        let mut preset = Self {
            name,
            title: String::new(),
            authority: String::new(),
            settings: Vec::new(),
            sources: BTreeMap::new(),
            also_read: Vec::new(),
        };
        for (key, value) in document.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("title", DeValue::String(title)) => preset.title = title.to_string(),
                ("authority", DeValue::String(authority)) => {
                    preset.authority = authority.to_string();
                }
                ("sources", DeValue::Table(sources)) => {
                    for (key, source) in sources {
                        let source = source.get_ref().as_str().ok_or("a source is words")?;
                        preset
                            .sources
                            .insert(key.get_ref().to_string(), source.to_owned());
                    }
                }
                ("also_read", DeValue::Array(items)) => {
                    for item in items {
                        let table = item.get_ref().as_table().ok_or("`also_read` is tables")?;
                        preset.also_read.push(AlsoRead::read(table, &calendars)?);
                    }
                }
                (key, value) => preset.settings.push(
                    Setting::read(key, value, &calendars)
                        .map_err(|fault| format!("{key}: {}", fault.message))?,
                ),
            }
        }
        Ok(preset)
    }
}

impl AlsoRead {
    fn read(table: &DeTable<'_>, calendars: &Calendars) -> Result<Self, String> {
        let words = |key: &str| {
            table
                .get(key)
                .and_then(|value| value.get_ref().as_str())
                .map(str::to_owned)
                .ok_or_else(|| format!("`also_read` has `{key}`"))
        };
        let value = table.get("value").ok_or("`also_read` has `value`")?;
        Ok(Self {
            setting: Setting::read(&words("key")?, value.get_ref(), calendars)
                .map_err(|fault| fault.message)?,
            text: Sentence::of_both(words("text")?, words("text_es")?),
            // A citation is the same in every language; its file says where a source is more than that.
            source: match words("source_es") {
                Ok(spanish) => Sentence::of_both(words("source")?, spanish),
                Err(_) => Sentence::verbatim(words("source")?),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_reads_and_names_its_authority() {
        for ((name, text), listed) in TEXTS.into_iter().zip(NAMES) {
            assert_eq!(name, listed);
            let preset = Preset::read(name, text).unwrap();
            assert!(!preset.title.is_empty(), "{name}");
            assert!(!preset.authority.is_empty(), "{name}");
        }
    }
}

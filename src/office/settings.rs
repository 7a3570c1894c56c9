//! `sideletter.toml`: every key has a default, and a faulty one falls back to it.

use super::address::is_address;
use super::mail::{self, Mail};
use super::{LANGUAGES, Settings};
use crate::agreement::{
    Confirmation, Remind, Surroundings, Visibility, confirmation, remind, visibility_word,
};
use crate::diagnostic::Findings;
use crate::ids::PartyId;
use crate::language::DateOrder;
use crate::rules::{malformed_address, malformed_setting, unknown_party, unknown_zone};
use crate::secret::Secret;
use crate::store::{Address, Place};
use crate::table::{Table, Value};
use crate::words::nearest;
use chrono_tz::Tz;

/// The settings, and what can only be judged when the parties are known.
#[derive(Debug)]
pub(super) struct Read<'a> {
    settings: Settings,
    keeper: Option<Value<&'a str>>,
    visibility: Option<Value<&'a str>>,
    remind_to: Vec<Value<&'a str>>,
}

impl Settings {
    /// What holds in an office without `sideletter.toml`.
    pub fn fresh() -> Self {
        Self {
            name: "Side letter office".to_owned(),
            keeper: None,
            zone: Tz::UTC,
            language: super::Language::English,
            date_order: DateOrder::MonthDayYear,
            confirmation: Confirmation::Silence,
            digest: None,
            remind: Remind {
                before: Some(vec![30, 7, 1]),
                overdue_every: Some(7),
                overdue_times: Some(4),
                escalate_after: Some(14),
                to: None,
            },
            most_per_run: 200,
            mail: Mail::fresh(),
            store: Place::fresh(),
            site_out: "site".to_owned(),
            site_url: None,
            site_visibility: Visibility::Members,
        }
    }
}

/// Reads the settings.
pub(super) fn read<'a>(table: Table<'a>, findings: &Findings) -> Read<'a> {
    let mut read = Read::fresh();
    if let Some(office) = table.table("office", "the table of the office") {
        read.office(office, findings);
    }
    if let Some(inner) = table.table("remind", "the table of reminders") {
        read.remind(inner, findings);
    }
    if let Some(mail) = table.table("mail", "the table of mail") {
        read.settings.mail = mail::read(mail, findings);
    }
    if let Some(store) = table.table("store", "the table of the store") {
        read.store(store, findings);
    }
    if let Some(site) = table.table("site", "the table of the pages") {
        read.site(site, findings);
    }
    table.finish();
    read
}

impl Read<'_> {
    /// What holds where there is no file.
    pub(super) fn fresh() -> Self {
        Self {
            settings: Settings::fresh(),
            keeper: None,
            visibility: None,
            remind_to: Vec::new(),
        }
    }

    /// The language that a contact is written to in where it says none.
    pub(super) fn language(&self) -> super::Language {
        self.settings.language
    }

    /// The settings, now that the parties are known.
    pub(super) fn settle(self, around: Surroundings<'_>, findings: &Findings) -> Settings {
        let mut settings = self.settings;
        let known = |party: Value<&str>| {
            let known = around.has_party(party.value);
            if !known {
                findings.report(unknown_party::fault(
                    party.span,
                    party.value,
                    around.party_ids(),
                ));
            }
            known.then(|| PartyId::new(party.value))
        };
        // A keeper who is no party is reported and stays: without one, mail to the other parties would not be held.
        settings.keeper = self.keeper.map(|keeper| {
            known(keeper);
            PartyId::new(keeper.value)
        });
        if !self.remind_to.is_empty() {
            settings.remind.to = Some(self.remind_to.into_iter().filter_map(known).collect());
        }
        let around = Surroundings {
            keeper: settings.keeper.as_ref(),
            ..around
        };
        if let Some(word) = self.visibility {
            // Pages for nobody in particular show the least.
            settings.site_visibility =
                visibility_word(word, around, findings).unwrap_or(Visibility::Public);
        }
        settings
    }
}

impl<'a> Read<'a> {
    fn office(&mut self, table: Table<'a>, findings: &Findings) {
        let settings = &mut self.settings;
        set(&mut settings.name, text(&table, "name"));
        self.keeper = table.text("keeper");
        if let Some(zone) = table.text("zone") {
            match zone.value.parse() {
                Ok(found) => settings.zone = found,
                Err(_) => findings.report(unknown_zone::fault(
                    zone.span,
                    zone.value,
                    near_zone(zone.value),
                )),
            }
        }
        set(&mut settings.language, table.choice("language", LANGUAGES));
        set(
            &mut settings.date_order,
            table.choice(
                "date_order",
                &[
                    ("mdy", DateOrder::MonthDayYear),
                    ("dmy", DateOrder::DayMonthYear),
                    ("ymd", DateOrder::YearMonthDay),
                ],
            ),
        );
        if self.keeper.is_some() {
            settings.confirmation = Confirmation::Required;
        }
        set(&mut settings.confirmation, confirmation(&table));
        settings.digest = table
            .text("digest")
            .filter(|digest| addressed(*digest, is_address, findings))
            .map(|digest| digest.value.to_owned());
        table.finish();
    }

    fn remind(&mut self, table: Table<'a>, findings: &Findings) {
        let settings = &mut self.settings;
        settings.remind = remind(&table, findings).or(&settings.remind);
        self.remind_to = table.texts("to").unwrap_or_default();
        set(
            &mut settings.most_per_run,
            table.number("most_per_run", 1..=1_000_000).map(|n| n.value),
        );
        table.finish();
    }

    fn store(&mut self, table: Table<'a>, findings: &Findings) {
        if let Some(url) = table.text("url") {
            if let Err(wanted) = Address::parse(url.value) {
                let shown = Address::shown(url.value);
                findings.report(malformed_setting::fault(url.span, "url", &shown, &wanted));
            }
            // Kept all the same: another store in its place would part the record in two.
            url.value.clone_into(&mut self.settings.store.url);
        }
        self.settings.store.password = secret(&table, findings);
        table.finish();
    }

    fn site(&mut self, table: Table<'a>, findings: &Findings) {
        let settings = &mut self.settings;
        set(&mut settings.site_out, text(&table, "out"));
        if let Some(url) = table.text("url") {
            if is_web_address(url.value) {
                settings.site_url = Some(format!("{}/", url.value.trim_end_matches('/')));
            } else {
                findings.report(malformed_setting::fault(
                    url.span,
                    "url",
                    url.value,
                    "write the address of the pages: \"https://letters.upe.example/\"",
                ));
            }
        }
        self.visibility = table.text("visibility");
        table.finish();
    }
}

/// Where a password comes from: one of `password_file`, `password_command` and `password_credential`.
pub(super) fn secret(table: &Table<'_>, findings: &Findings) -> Option<Secret> {
    let mut found: Option<Secret> = None;
    for key in ["password_file", "password_command", "password_credential"] {
        let Some(text) = table.text(key) else {
            continue;
        };
        if found.is_some() {
            findings.report(malformed_setting::fault(
                text.span,
                key,
                text.value,
                "write one of `password_file`, `password_command` and `password_credential`",
            ));
        }
        let value = text.value.to_owned();
        found.get_or_insert(match key {
            "password_file" => Secret::File(value.into()),
            "password_command" => Secret::Command(value),
            _ => Secret::Credential(value),
        });
    }
    found
}

pub(super) fn set<T>(setting: &mut T, found: Option<T>) {
    if let Some(found) = found {
        *setting = found;
    }
}

fn text(table: &Table<'_>, key: &'static str) -> Option<String> {
    table.text(key).map(|text| text.value.to_owned())
}

pub(super) fn addressed(
    found: Value<&str>,
    is_right: impl Fn(&str) -> bool,
    findings: &Findings,
) -> bool {
    let right = is_right(found.value);
    if !right {
        findings.report(malformed_address::fault(found.span, found.value));
    }
    right
}

fn is_web_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        url.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    }) && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>".contains(c))
}

fn near_zone(found: &str) -> Option<&'static str> {
    let names = || chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    // People write the city alone, or with a blank.
    let city = found.replace(' ', "_");
    names()
        .find(|name| name.rsplit('/').next() == Some(city.as_str()))
        .or_else(|| nearest(found, names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_zone_is_found() {
        assert_eq!(near_zone("Los Angeles"), Some("America/Los_Angeles"));
        assert_eq!(
            near_zone("America/Los_Angelos"),
            Some("America/Los_Angeles")
        );
        assert_eq!(near_zone("Nowhere in particular"), None);
    }
}

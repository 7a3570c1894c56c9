//! Every check, one file each: its page of the manual, and how what it finds is said.
//!
//! A rule's file, its fixture in `tests/fixtures/faults/`, its snapshot and its part of `docs/rules.md` share its code as
//! their name; a test fails where one is missing.

use crate::diagnostic::{Rule, Severity};

pub mod agreed_day_changed;
pub mod ambiguous_phrase;
pub mod change_not_possible;
pub mod changed_on_one_day;
pub mod changes_without_a_party;
pub mod circular_amendment;
pub mod circular_date;
pub mod contradictory_limits;
pub mod counting_not_stated;
pub mod date_against_the_record;
pub mod dated_out_of_order;
pub mod day_kind_not_defined;
pub mod days_off_not_named;
pub mod duplicate_agreement;
pub mod duplicate_contact;
pub mod duplicate_id;
pub mod empty_text;
pub mod file_not_readable;
pub mod file_too_large;
pub mod first_not_such_a_day;
pub mod gone_since_recorded;
pub mod hidden_character;
pub mod listed_in_two_calendars;
pub mod malformed_address;
pub mod malformed_calendar;
pub mod malformed_id;
pub mod malformed_lead_time;
pub mod malformed_setting;
pub mod malformed_toml;
pub mod mark_names_nothing;
pub mod misplaced_key;
pub mod missing_key;
pub mod more_than_one_timing;
pub mod never_missed;
pub mod no_agreements;
pub mod no_front_matter;
pub mod no_parties;
pub mod no_such_date;
pub mod nobody_is_reminded;
pub mod not_confirmed;
pub mod not_delivered;
pub mod not_utf8;
pub mod nothing_to_count_from;
pub mod notice_after_expiration;
pub mod number_out_of_range;
pub mod obligation_not_marked;
pub mod outlives_what_it_amends;
pub mod party_not_of_the_agreement;
pub mod period_not_listed;
pub mod phrase_not_understood;
pub mod renewal_ends_before_the_term;
pub mod renewal_in_a_phrase;
pub mod renewal_is_no_length;
pub mod reserved_id;
pub mod restated_by_id;
pub mod same_duty_twice;
pub mod still_tentative;
pub mod term_ends_before_it_begins;
pub mod text_changed;
pub mod too_many_faults;
pub mod two_duties;
pub mod unknown_agreement;
pub mod unknown_calendar;
pub mod unknown_event;
pub mod unknown_key;
pub mod unknown_obligation;
pub mod unknown_party;
pub mod unknown_value;
pub mod unknown_zone;
pub mod visibility_not_the_keepers;
pub mod wider_than_its_holder;
pub mod words_and_digits_differ;
pub mod wrong_type;

/// The rules, by code.
pub static ALL: &[&Rule] = &[
    &agreed_day_changed::RULE,
    &ambiguous_phrase::RULE,
    &change_not_possible::RULE,
    &changed_on_one_day::RULE,
    &changes_without_a_party::RULE,
    &circular_amendment::RULE,
    &circular_date::RULE,
    &contradictory_limits::RULE,
    &counting_not_stated::RULE,
    &date_against_the_record::RULE,
    &dated_out_of_order::RULE,
    &days_off_not_named::RULE,
    &day_kind_not_defined::RULE,
    &duplicate_agreement::RULE,
    &duplicate_contact::RULE,
    &duplicate_id::RULE,
    &empty_text::RULE,
    &file_not_readable::RULE,
    &file_too_large::RULE,
    &first_not_such_a_day::RULE,
    &gone_since_recorded::RULE,
    &hidden_character::RULE,
    &listed_in_two_calendars::RULE,
    &malformed_address::RULE,
    &malformed_calendar::RULE,
    &malformed_id::RULE,
    &malformed_lead_time::RULE,
    &malformed_setting::RULE,
    &malformed_toml::RULE,
    &mark_names_nothing::RULE,
    &misplaced_key::RULE,
    &missing_key::RULE,
    &more_than_one_timing::RULE,
    &never_missed::RULE,
    &no_agreements::RULE,
    &no_front_matter::RULE,
    &no_parties::RULE,
    &no_such_date::RULE,
    &nobody_is_reminded::RULE,
    &not_confirmed::RULE,
    &not_delivered::RULE,
    &not_utf8::RULE,
    &nothing_to_count_from::RULE,
    &notice_after_expiration::RULE,
    &number_out_of_range::RULE,
    &obligation_not_marked::RULE,
    &outlives_what_it_amends::RULE,
    &party_not_of_the_agreement::RULE,
    &period_not_listed::RULE,
    &phrase_not_understood::RULE,
    &renewal_ends_before_the_term::RULE,
    &renewal_in_a_phrase::RULE,
    &renewal_is_no_length::RULE,
    &reserved_id::RULE,
    &restated_by_id::RULE,
    &same_duty_twice::RULE,
    &still_tentative::RULE,
    &term_ends_before_it_begins::RULE,
    &text_changed::RULE,
    &too_many_faults::RULE,
    &two_duties::RULE,
    &unknown_agreement::RULE,
    &unknown_calendar::RULE,
    &unknown_event::RULE,
    &unknown_key::RULE,
    &unknown_obligation::RULE,
    &unknown_party::RULE,
    &unknown_value::RULE,
    &unknown_zone::RULE,
    &visibility_not_the_keepers::RULE,
    &wider_than_its_holder::RULE,
    &words_and_digits_differ::RULE,
    &wrong_type::RULE,
];

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// A rule's page of the manual, in Markdown.
pub fn page(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "An error",
        Severity::Warning => "A warning",
        Severity::Note => "A note",
    };
    format!("# {}\n\n{severity}.\n\n{}", rule.code, rule.page)
}

/// All pages in one, as `docs/rules.md` has them.
pub fn manual() -> String {
    let mut manual = "# Rules\n\n\
        What `sideletter check` finds.\n\
        This page is printed by `sideletter check --explain all`.\n"
        .to_owned();
    for rule in ALL {
        // Its headings go one level down; the remarks in its examples begin with a # too, and stay.
        let page = page(rule).replace("\n## ", "\n### ");
        manual = format!("{manual}\n#{page}");
    }
    manual
}

//! The checks, one file each.

pub mod ambiguous_phrase;
pub mod contradictory_limits;
pub mod day_kind_not_defined;
pub mod no_such_date;
pub mod nothing_to_count_from;
pub mod phrase_not_understood;
pub mod renewal_in_a_phrase;
pub mod two_duties;
pub mod unknown_event;
pub mod words_and_digits_differ;

//! The one test binary: whole offices in, the program's output, files and exit code out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod amendments;
mod attacks;
mod bad_input;
mod begin;
mod bounces;
mod case_file;
#[expect(dead_code, reason = "the unit tests use the rest")]
#[path = "../cluster.rs"]
mod cluster;
mod counting;
mod deadlines;
mod digest;
mod disagreements;
mod doctor;
mod documents;
mod draft;
mod due;
mod explain;
mod extents;
mod faults;
mod import;
mod import_looks;
mod import_standing;
mod moves;
mod office;
mod oracle;
mod own_calendars;
mod pages;
mod readers;
mod reading;
mod real_agreements;
mod real_relay;
mod record;
mod record_acts;
mod record_answers;
mod record_as_of;
mod record_cases;
mod record_handed_out;
mod record_kept;
mod record_mails;
mod record_one_word;
mod record_receipts;
mod record_taken_back;
mod record_undone;
#[path = "../relay.rs"]
mod relay;
mod remind;
mod renewal_mails;
mod renewals;
mod run;
mod schedule;
mod schema;
mod sendmail;
mod serve;
mod shell;
mod show;
mod silence;
mod site;
mod smtp;
mod smtp_hostile;
mod smtp_killed;
mod smtp_retries;
mod smtp_runs;
mod smtp_settings;
mod spanish;
mod states;
mod stores;
mod told_last;
mod undelivered;
mod units;
mod when;
mod why;

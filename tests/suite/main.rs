//! The one test binary: whole offices in, the program's output, files and exit code out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_input;
mod deadlines;
mod documents;
mod due;
mod faults;
mod office;
mod oracle;
mod pages;
mod reading;
mod real_agreements;
mod record;
mod record_kept;
mod remind;
mod renewals;
mod run;
mod schedule;
mod states;
mod when;
mod why;

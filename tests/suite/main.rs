//! The whole program, as a user meets it: an office goes in, a command is typed, and what it prints, writes and returns is
//! looked at.

#![expect(
    clippy::unwrap_used,
    reason = "what a helper of a test cannot do fails the test"
)]

mod office;
mod record;
mod record_kept;

//! Any bytes as a mail that came back: it is read, and what is kept of it is one plain line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sideletter::bounce::{Mail, read};

fuzz_target!(|bytes: &[u8]| {
    if let Mail::Report(report) = read(bytes) {
        assert!(report.tokens.iter().all(|token| token.len() == 32));
        let said = report.said.unwrap_or_default();
        assert!(!said.chars().any(char::is_control) && said.chars().count() <= 500);
    }
});

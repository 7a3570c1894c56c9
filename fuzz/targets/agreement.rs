//! Any bytes as an agreement's file: the office is read, every fault of it drawn, and what is sound is scheduled.

#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use sideletter::diagnostic::drawing;
use sideletter::office::Office;
use sideletter::record::Record;
use sideletter::schedule::{Question, schedule};
use std::sync::LazyLock;
use tempfile::TempDir;

fuzz_target!(|bytes: &[u8]| {
    let office = OFFICE.path();
    std::fs::write(office.join("agreements/letter.md"), bytes).expect("the file is written");
    let read = Office::load(office).expect("the folder is read");
    for diagnostic in &read.diagnostics {
        assert!(!drawing(diagnostic, &read.sources).is_empty());
    }
    let record = Record::default();
    schedule(&Question::new(&read, &record, TODAY));
});

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

static OFFICE: LazyLock<TempDir> = LazyLock::new(|| {
    // In memory, where the machine has such a place: nothing of it is kept.
    let memory = std::path::Path::new("/dev/shm");
    let office = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    let office = office.expect("a folder");
    std::fs::create_dir(office.path().join("agreements")).expect("a folder in it");
    std::fs::write(
        office.path().join("parties.toml"),
        include_str!("../../parties.toml"),
    )
    .expect("the parties");
    office
});

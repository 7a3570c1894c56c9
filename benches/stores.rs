//! How long the record takes where it is long: a hundred thousand entries about the agreements of this repository.
//!
//! `cargo bench --bench stores`. The store is made anew each time, in the folder for temporary files; where that is in
//! memory, `TMPDIR` names one on a disk, so that a commit waits for it.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on has failed"
)]

use chrono::{DateTime, NaiveDate, Utc};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sideletter::ids::PartyId;
use sideletter::office::Office;
use sideletter::record::{Draft, EntryKind, Record, Sealed, canonical, seal, verify};
use sideletter::schedule::{Question, schedule};
use sideletter::store::{Access, Place, Store, backup, open};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, OnceLock};

const ENTRIES: u64 = 100_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    FOLDER.set(folder.path().to_owned()).unwrap();
    divan::main();
}

/// Goes with the program, as what belongs to nobody would not.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn instant(number: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_396_458_000 + number.cast_signed(), 0).unwrap()
}

static OFFICE: LazyLock<Office> =
    LazyLock::new(|| Office::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());

/// The folder, with a long store in it.
static LONG: LazyLock<&Path> = LazyLock::new(|| {
    let folder = FOLDER.get().unwrap();
    drop(store(folder, Access::Write));
    let mut connection = rusqlite::Connection::open(folder.join(".sideletter/store.db")).unwrap();
    let transaction = connection.transaction().unwrap();
    for entry in chain() {
        transaction
            .prepare_cached(
                "INSERT INTO entries (number, at, text, digest, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .unwrap()
            .execute(rusqlite::params![
                entry.number.cast_signed(),
                entry.at.timestamp_millis(),
                entry.text,
                entry.digest,
                entry.seal
            ])
            .unwrap();
    }
    transaction.commit().unwrap();
    folder
});

fn store(folder: &Path, access: Access) -> Box<dyn Store> {
    open(folder, &Place::fresh(), access).unwrap()
}

/// Remarks, reports, strikes and events, about every agreement in turn.
fn chain() -> Vec<Sealed> {
    let mut chain: Vec<Sealed> = Vec::new();
    for number in 1..=ENTRIES {
        let before = chain
            .last()
            .map_or(seal::BEFORE_THE_FIRST, |last| last.seal.as_str());
        let text = canonical::text(&draft(number), &format!("{number:032x}"));
        let entry = Sealed::new(number, instant(number), text, before);
        chain.push(entry);
    }
    chain
}

fn draft(number: u64) -> Draft {
    let nth = |length: usize| usize::try_from(number / 10).unwrap() % length;
    let agreement = &OFFICE.agreements[nth(OFFICE.agreements.len())];
    let obligation = &agreement.obligations[nth(agreement.obligations.len())];
    let kind = match number % 10 {
        1..=5 => EntryKind::Noted,
        6..=8 => EntryKind::Met,
        9 => EntryKind::Struck,
        _ => EntryKind::Happened,
    };
    let mut draft = Draft::new(kind, agreement.id.clone(), "0".repeat(64));
    let day = NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + chrono::Days::new(number % 4000);
    draft.by = Some(PartyId::new(agreement.parties[0].as_str()));
    draft.subject = Some(obligation.id.to_string());
    match kind {
        EntryKind::Noted => {
            draft.note = Some(format!("Remark {number}: said so in the meeting."));
        }
        EntryKind::Struck => draft.entry = Some(number - 1),
        _ => draft.on = Some(day),
    }
    if let (EntryKind::Happened, Some(event)) = (kind, agreement.events.first()) {
        draft.subject = Some(event.id.to_string());
    }
    draft
}

/// Reading the store once.
#[divan::bench(sample_count = 10)]
fn read(bencher: Bencher) {
    let store = store(&LONG, Access::Read);
    bencher
        .counter(ItemsCount::new(ENTRIES))
        .bench_local(|| store.record().unwrap());
}

/// `log --verify`, beyond reading.
#[divan::bench(sample_count = 10)]
fn verify_seals(bencher: Bencher) {
    let sealed = store(&LONG, Access::Read).sealed().unwrap();
    bencher
        .counter(ItemsCount::new(ENTRIES))
        .bench_local(|| assert_eq!(verify(black_box(&sealed)), []));
}

/// `log --verify`, reading and all.
#[divan::bench(sample_count = 10)]
fn read_and_verify(bencher: Bencher) {
    let store = store(&LONG, Access::Read);
    bencher
        .counter(ItemsCount::new(ENTRIES))
        .bench_local(|| verify(&store.sealed().unwrap()));
}

/// One entry with its sync, where the record before it was read.
#[divan::bench(sample_count = 50)]
fn enter(bencher: Bencher) {
    let mut store = store(&LONG, Access::Write);
    let mut known = store.record().unwrap();
    let said = draft(1);
    bencher.bench_local(|| {
        store
            .enter(instant(ENTRIES), today(), &mut known, &|_| Ok(said.clone()))
            .unwrap()
    });
}

/// `record`, the whole command: from its start, with reading the office and the store, to its end, with its sync.
#[divan::bench(sample_count = 30)]
fn record_whole(bencher: Bencher) {
    let office = office_with(&LONG);
    let agreement = &OFFICE.agreements[0];
    let (id, obligation) = (&agreement.id, &agreement.obligations[0].id);
    bencher.bench_local(|| {
        command(
            office,
            &[
                "record",
                "noted",
                &format!("{id}/{obligation}"),
                "--note",
                "Said so in the meeting.",
            ],
        );
    });
}

/// `due --agreement`, the whole command.
#[divan::bench(sample_count = 10)]
fn due_of_one_whole(bencher: Bencher) {
    let office = office_with(&LONG);
    let id = OFFICE.agreements[0].id.as_str();
    bencher.bench_local(|| command(office, &["due", "--all", "--agreement", id]));
}

/// The program, on the day of all measurements.
fn command(office: &Path, arguments: &[&str]) {
    let ran = Command::new(env!("CARGO_BIN_EXE_sideletter"))
        .arg("-C")
        .arg(office)
        .args(arguments)
        .args(["--today", &today().to_string()])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

/// This repository's office, in the folder of a store.
fn office_with(folder: &Path) -> &Path {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir_all(folder.join("agreements")).unwrap();
    for file in std::fs::read_dir(from.join("agreements")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(
            file.path(),
            folder.join("agreements").join(file.file_name()),
        )
        .unwrap();
    }
    for file in ["sideletter.toml", "parties.toml"] {
        std::fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    folder
}

/// What `due` does beyond reading the store.
#[divan::bench(sample_count = 10)]
fn due(bencher: Bencher) {
    let record: Record = store(&LONG, Access::Read).record().unwrap();
    bencher.bench_local(|| schedule(&Question::new(&OFFICE, black_box(&record), today())));
}

/// A whole backup.
#[divan::bench(sample_count = 5)]
fn back_up(bencher: Bencher) {
    let store = store(&LONG, Access::Read);
    let file = LONG.join("backup.db");
    bencher.bench_local(|| backup::write(store.as_ref(), &file).unwrap());
}

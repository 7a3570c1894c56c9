//! A part of the record says what the whole says about the agreements that it covers, and no entry reaches beyond it.

use crate::office::Office;
use crate::states::{agreement, letter, owed};
use chrono::{DateTime, Days, NaiveDate};
use insta::assert_snapshot;
use proptest::prelude::*;
use sideletter::ids::{AgreementId, PartyId};
use sideletter::office::Office as Agreements;
use sideletter::record::{Draft, Entry, EntryKind, Extent, Record};
use sideletter::schedule::{Occurrence, Question, needed, schedule, touched};

/// `contract` counts what is missed under it and under what amends it; `amending` ends with it; `following` hangs on the signing
/// of `amending`, and `last` on the end of `following`; `beside` amends the contract and has nothing to do with the others; `changing`
/// takes effect one day and changes `changed`; `alone` stands by itself.
fn office() -> Office {
    let all = [
        (
            "contract",
            "expires = \"2 years after ratification\"",
            "",
            owed(
                "grievance",
                "owed_by = [\"upe\"]\ndue = \"within 15 days after a missed commitment\"",
            ),
        ),
        (
            "amending",
            "amends = [\"contract\"]\nexpires = \"expiration of contract\"",
            "start",
            owed(
                "training",
                "owed_by = [\"dha\"]\ndue = \"30 days after start\"",
            ) + &owed("monthly", "every = \"every month\"\nfirst = 2014-01-15"),
        ),
        (
            "following",
            "expires = \"1 year after signing of amending\"",
            "",
            owed("report", "due = \"10 days after signing of amending\""),
        ),
        (
            "last",
            "",
            "",
            owed(
                "review",
                "due = \"within 60 days after expiration of following\"",
            ) + &owed(
                "kept",
                "lasts = \"3 months from expiration of following\"\n[obligations.renewal]\nhow = \"by_agreement\"\nuntil = \"9 months after signing of amending\"",
            ),
        ),
        (
            "beside",
            "amends = [\"contract\"]",
            "start",
            owed("other", "due = \"30 days after start\""),
        ),
        (
            "alone",
            "",
            "start",
            owed("own", "due = \"30 days after start\""),
        ),
        (
            "changed",
            "",
            "start",
            owed("review", "due = \"30 days after start\"")
                + &owed("report", "due = \"10 days after start\""),
        ),
        (
            "changing",
            "effective = \"30 days after start\"",
            "start",
            "\n[changes]\n\"changed/report\" = \"60 days after start\"\n".to_owned()
                + &owed(
                    "restated",
                    "replaces = \"changed/review\"\ndue = \"90 days after start\"",
                ),
        ),
    ];
    let mut office = letter("").without("agreements/letter.md");
    for (id, own, event, owed) in all {
        let event = if event.is_empty() {
            String::new()
        } else {
            format!("\n[events.{event}]\ntitle = \"The {event}\"\n")
        };
        let text = agreement(
            id,
            &format!("{own}\ntracked_from = 2014-01-01\n{event}{owed}"),
        );
        office = office.file(&format!("agreements/{id}.md"), text);
    }
    office
}

fn agreements() -> &'static Agreements {
    static OFFICE: std::sync::OnceLock<Agreements> = std::sync::OnceLock::new();
    OFFICE.get_or_init(|| {
        let folder = office();
        let office = Agreements::load(folder.root()).unwrap();
        assert!(
            office
                .diagnostics
                .iter()
                .all(|fault| fault.message.is_empty()),
            "{:?}",
            office
                .diagnostics
                .iter()
                .map(|fault| &fault.message)
                .collect::<Vec<_>>()
        );
        office
    })
}

const SAID: [(&str, &str, EntryKind); 16] = [
    ("contract", "ratification", EntryKind::Happened),
    ("contract", "grievance", EntryKind::Met),
    ("contract", "expiration", EntryKind::Renewed),
    ("amending", "start", EntryKind::Happened),
    ("amending", "training", EntryKind::Met),
    ("amending", "training", EntryKind::Moved),
    ("amending", "signing", EntryKind::Happened),
    ("last", "review", EntryKind::Met),
    ("last", "kept", EntryKind::Renewed),
    ("beside", "start", EntryKind::Happened),
    ("beside", "other", EntryKind::Met),
    ("alone", "start", EntryKind::Happened),
    ("changed", "start", EntryKind::Happened),
    ("changed", "review", EntryKind::Met),
    ("changing", "start", EntryKind::Happened),
    ("changing", "restated", EntryKind::Met),
];

fn begin() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 1, 1).unwrap()
}

prop_compose! {
    fn said()(said in 0..SAID.len(), day in 0_u64..300, to in 300_u64..900, by_dha in any::<bool>()) -> Draft {
        let (of, subject, kind) = SAID[said];
        let mut draft = Draft::new(kind, AgreementId::new(of), "");
        draft.subject = Some(subject.to_owned());
        draft.by = Some(PartyId::new(if by_dha { "dha" } else { "upe" }));
        draft.on = (!kind.is_act()).then(|| begin() + Days::new(day));
        draft.to = kind.is_act().then(|| begin() + Days::new(to));
        draft
    }
}

fn record(drafts: Vec<Draft>) -> Record {
    Record {
        entries: (1..)
            .zip(drafts)
            .map(|(number, draft)| draft.into_entry(number, DateTime::UNIX_EPOCH, String::new()))
            .collect(),
        ..Record::default()
    }
}

fn part(whole: &Record, extent: Extent) -> Record {
    let covered = |entry: &&Entry| extent.covers(&entry.agreement);
    Record {
        entries: whole.entries.iter().filter(covered).cloned().collect(),
        extent,
        ..Record::default()
    }
}

fn occurrences(record: &Record, today: NaiveDate) -> Vec<Occurrence> {
    schedule(&Question::new(agreements(), record, today)).occurrences
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_of_the_record_says_what_the_whole_says(drafts in proptest::collection::vec(said(), 0..10), days in 0_u64..900) {
        let today = begin() + Days::new(days);
        let whole = record(drafts);
        let all = occurrences(&whole, today);
        for agreement in &agreements().agreements {
            for extent in [needed(agreements(), &agreement.id), touched(agreements(), &agreement.id, None)] {
                prop_assert!(extent.covers(&agreement.id));
                let expected: Vec<&Occurrence> = all.iter().filter(|o| extent.covers(&o.agreement)).collect();
                let found = occurrences(&part(&whole, extent), today);
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn no_entry_reaches_beyond_what_it_touches(drafts in proptest::collection::vec(said(), 1..10), days in 0_u64..900) {
        let today = begin() + Days::new(days);
        let newest = drafts.last().unwrap().agreement.clone();
        let extent = touched(agreements(), &newest, None);
        let beyond = |drafts: &[Draft]| {
            let mut all = occurrences(&record(drafts.to_vec()), today);
            all.retain(|o| !extent.covers(&o.agreement));
            all
        };
        prop_assert_eq!(beyond(&drafts), beyond(&drafts[..drafts.len() - 1]));
    }
}

#[test]
fn an_agreement_is_read_with_what_it_hangs_on_and_what_hangs_on_it() {
    let names = |extent: Extent| {
        let ids = extent.agreements().unwrap().iter();
        ids.map(AgreementId::as_str).collect::<Vec<_>>().join(" ")
    };
    let lines: Vec<String> = agreements()
        .agreements
        .iter()
        .map(|a| {
            format!(
                "{}: {}; an entry: {}",
                a.id,
                names(needed(agreements(), &a.id)),
                names(touched(agreements(), &a.id, None))
            )
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    alone: alone; an entry: alone
    amending: amending beside contract; an entry: amending beside contract following last
    beside: amending beside contract; an entry: amending beside contract following last
    changed: changed changing; an entry: changed changing
    changing: changed changing; an entry: changed changing
    contract: amending beside contract; an entry: amending beside contract following last
    following: amending beside contract following; an entry: amending beside contract following last
    last: amending beside contract following last; an entry: amending beside contract following last
    ");
}

#[test]
fn what_an_entry_changes_elsewhere_is_told_and_what_names_an_entry_elsewhere_is_refused() {
    let office = office().on("2014-02-10");
    office.prints("record happened alone/start --on 2014-02-01 --by upe");
    office.prints("record noted beside --note Wrong. --by upe");
    office.prints("record struck beside --entry 2 --erase --by upe");
    assert_snapshot!(office.prints("record happened amending/signing --on 2014-02-01 --by dha"), @r#"
    Entry 4: DHA says that the signing of "amending" happened on Saturday 1 February 2014.
    To strike it out: sideletter record struck amending --entry 4 --by dha
    UPE may answer: sideletter record confirmed amending --entry 4 --by upe, or `disputed` in its place

    What follows from it:
      Title of report: 11 February 2014 (open)
      Expiration of the agreement: 1 February 2015 (running)
      Title of review: 2 April 2015 (scheduled)
      Title of kept: 1 May 2015 (scheduled)
    "#);
    assert_snapshot!(office.fails(2, "record confirmed amending --entry 1 --by dha"), @"sideletter: entry 1 is about alone/start, not about amending; `sideletter log amending` lists the entries about that");
    assert_snapshot!(office.fails(2, "record struck amending --entry 1 --by upe"), @"sideletter: entry 1 is about alone/start, not about amending; `sideletter log amending` lists the entries about that");
    assert_snapshot!(office.fails(2, "record struck amending --entry 2 --by upe"), @"sideletter: entry 2 was struck out before, by entry 3; there is nothing left to strike");
    assert_snapshot!(office.fails(2, "record noted amending --entry 2 --note More --by upe"), @"sideletter: there is no entry 2; `sideletter log amending` lists them");
    assert_snapshot!(office.fails(2, "record noted amending --entry 9 --note More --by upe"), @"sideletter: there is no entry 9; `sideletter log amending` lists them");
    // A remark that is named is read.
    office.prints("record noted amending --note Right. --by upe");
    office.prints("record noted amending --entry 5 --note Really. --by dha");
    assert_snapshot!(office.fails(2, "record confirmed amending --entry 5 --by dha"), @"sideletter: entry 5 is `noted`, which claims nothing and proposes nothing; answer the entry that does: sideletter log amending");
    office.prints("record struck amending --entry 5 --by upe");
    assert_snapshot!(office.fails(2, "record struck amending --entry 5 --by upe"), @"sideletter: entry 5 was struck out before, by entry 7; there is nothing left to strike");
    office.prints("record struck alone --entry 1 --by upe");
    assert_snapshot!(office.fails(2, "record struck amending --entry 1 --by upe"), @"sideletter: entry 1 was struck out before, by entry 8; there is nothing left to strike");
    assert_snapshot!(office.prints("record noted last --note More --by upe --dry-run"), @r#"
    Entry 9 would say: a remark on "last", by UPE: More.
    Nothing was entered. Without --dry-run, it is.
    "#);
    assert_snapshot!(office.prints("log alone"), @"
    no.  entered           what                         day         by   remark
    1    2014-02-10 09:00  happened alone/start         2014-02-01  UPE  [struck out by entry 8]
    8    2014-02-10 09:00  struck entry 1, alone/start              UPE
    ");
}

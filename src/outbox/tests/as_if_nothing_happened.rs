//! Random letters, records and days of runs: an office whose runs are killed ends as one whose runs never were.

use super::super::send;
use super::killed::Dying;
use super::{day, files};
use crate::clock::Clock;
use crate::ids::{AgreementId, PartyId};
use crate::office::Office;
use crate::record::{Draft, EntryKind, Record};
use crate::store::outbox::MessageState;
use crate::store::{self, Access, Store};
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const PARTIES: &str = "\
[upe]\nname = \"United Public Employees\"\nshort = \"UPE\"\nside = \"union\"\n\
[[upe.contacts]]\nname = \"Agents\"\nemail = \"agents@upe.example\"\nlanguage = \"es\"\n\
[[upe.contacts]]\nname = \"Board\"\nemail = \"board@upe.example\"\nreceives = \"digest\"\n\
[dha]\nname = \"Human Assistance\"\nshort = \"DHA\"\nside = \"employer\"\n\
[[dha.contacts]]\nname = \"Labor\"\nemail = \"labor@dha.example\"\n\
[[dha.contacts]]\nname = \"Head\"\nemail = \"head@dha.example\"\nreceives = \"escalation\"\n";

/// Time limits of every sort.
const LIMITS: [&str; 9] = [
    "due = \"within 30 days after start\"",
    "due = \"no later than March 20, 2014\"",
    "due = \"from March 3, 2014 through March 28, 2014\"",
    "due = \"at least 5 days before expiration\"",
    "every = \"month\"",
    "lasts = \"6 weeks from start\"",
    "lasts = \"4 weeks from signing\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"4 weeks\"\nnotice = \"at least 1 week before expiration\"",
    "due = \"as soon as practicable\"\nreview_every = \"2 weeks\"",
    "when = \"DHA opts to\"\ndue = \"within 10 days after signing\"",
];

/// What somebody enters before a run.
#[derive(Clone, Copy, Debug)]
struct Said {
    kind: EntryKind,
    /// About which obligation, by its place; the event where there is none.
    about: usize,
    by: &'static str,
}

fn said() -> impl Strategy<Value = Option<Said>> {
    let kinds = [EntryKind::Happened, EntryKind::Met, EntryKind::Moved];
    let said = (
        select(kinds.to_vec()),
        0_usize..4,
        select(&["upe", "dha"][..]),
    );
    prop::option::of(said.prop_map(|(kind, about, by)| Said { kind, about, by }))
}

/// An office in a folder, with a letter of these limits.
fn office(folder: &Path, limits: &[&str], settings: &str) -> Office {
    let mut letter = String::from(
        "+++\ntitle = \"Letter\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nsigned = 2014-02-03\nexpires = \"April 30, 2014\"\n[events.start]\ntitle = \"Start\"\n",
    );
    for (place, limit) in limits.iter().enumerate() {
        let _ = write!(
            letter,
            "[[obligations]]\nid = \"duty_{place}\"\ntitle = \"Duty {place}\"\nowed_by = [\"dha\"]\n{limit}\n"
        );
    }
    letter.push_str("+++\n");
    std::fs::create_dir_all(folder.join("agreements")).unwrap();
    std::fs::write(folder.join("agreements/letter.md"), letter).unwrap();
    std::fs::write(folder.join("parties.toml"), PARTIES).unwrap();
    std::fs::write(folder.join("sideletter.toml"), settings).unwrap();
    Office::load(folder).unwrap()
}

fn open(folder: &Path, office: &Office) -> Box<dyn Store> {
    store::open(folder, &office.settings.store, Access::Write).unwrap()
}

fn enter(store: &mut dyn Store, said: Said, today: NaiveDate, at: DateTime<Utc>) {
    let mut draft = Draft::new(said.kind, AgreementId::new("letter"), "0".repeat(64));
    let is_of_the_event = said.kind == EntryKind::Happened;
    draft.subject = Some(if is_of_the_event {
        "start".to_owned()
    } else {
        format!("duty_{}", said.about)
    });
    draft.by = Some(PartyId::new(said.by));
    draft.on = (said.kind != EntryKind::Moved).then_some(today);
    draft.to = (said.kind == EntryKind::Moved).then(|| today + Days::new(20));
    let decide = |_: &Record| Ok(draft.clone());
    store
        .enter(at, today, &mut Record::default(), &decide)
        .unwrap();
}

/// What each key came to.
fn ends(store: &dyn Store) -> BTreeMap<String, MessageState> {
    let mut ends = BTreeMap::new();
    for message in store.messages(None).unwrap() {
        for part in store.parts(message.id).unwrap() {
            let before = ends.insert(part.key, message.state);
            assert!(before.is_none(), "decided twice");
        }
    }
    ends
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Each run is killed before its nth writing step, and then ends; its twin's runs just end.
    #[test]
    fn killed_runs_end_as_if_nothing_had_happened(
        limits in prop::collection::vec(select(&LIMITS[..]), 1..4),
        runs in prop::collection::vec((0_u64..12, 0_usize..8, said()), 1..7),
        keeper: bool,
    ) {
        let settings = if keeper { "[office]\nkeeper = \"upe\"\n" } else { "" };
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let killed = office(one.path(), &limits, settings);
        let twin = office(other.path(), &limits, settings);
        let mut today = day("2014-02-10");
        for (gap, steps_left, said) in runs {
            today = today + Days::new(gap);
            let clock = Clock::on(today, killed.settings.zone);
            for (folder, office) in [(one.path(), &killed), (other.path(), &twin)] {
                if let Some(said) = said.filter(|said| said.about < limits.len()) {
                    enter(open(folder, office).as_mut(), said, today, clock.now());
                }
            }
            let mut dying = Dying { store: open(one.path(), &killed), steps_left };
            let _killed = send(&killed, &mut dying, &clock);
            drop(dying);
            send(&killed, open(one.path(), &killed).as_mut(), &clock).unwrap();
            send(&twin, open(other.path(), &twin).as_mut(), &clock).unwrap();
        }
        let (killed, twin) = (open(one.path(), &killed), open(other.path(), &twin));
        let ends = ends(killed.as_ref());
        prop_assert_eq!(&ends, &self::ends(twin.as_ref()));
        let is_end = |state: &MessageState| matches!(
            state,
            MessageState::Sent | MessageState::Held | MessageState::Cancelled
        );
        prop_assert!(ends.values().all(is_end), "{:?}", ends);
        let new = |folder: &Path| files(&folder.join("outbox/new"));
        prop_assert_eq!(new(one.path()), new(other.path()));
        prop_assert_eq!(
            new(one.path()).len(),
            killed.messages(Some(MessageState::Sent)).unwrap().len()
        );
    }
}

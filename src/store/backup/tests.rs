//! Copies of both kinds of store, put into both kinds.

use super::{restore, write};
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asks, Draft, EntryKind, Record, Sealed, verify};
use crate::store::backup::Piece;
use crate::store::outbox::{Bounce, BounceAction, Claim, DecidedMessage, MessageState, PartRow};
use crate::store::{Access, Place, Store, cluster, open};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// An office's folder, with its store in it or on the server.
struct Office {
    folder: tempfile::TempDir,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Sqlite,
    Postgres,
}

const KINDS: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

impl Office {
    fn new(kind: Kind) -> Self {
        let place = match kind {
            Kind::Sqlite => Place::fresh(),
            Kind::Postgres => Place {
                url: cluster::shared().url(&cluster::shared().database()),
                password: None,
            },
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            place,
        }
    }

    /// One with entries, of which one is erased, and messages in every state.
    fn with_something_in_it(kind: Kind) -> Self {
        let office = Self::new(kind);
        let mut store = office.open(Access::Write);
        for n in 0..4 {
            note(
                store.as_mut(),
                &format!("remark {n} with — letters ñ 'and' \\ signs"),
            );
        }
        let mut strike = Draft::new(EntryKind::Struck, AgreementId::new("a"), "");
        (strike.entry, strike.erase) = (Some(2), true);
        store.append(&strike, now(), now().date_naive()).unwrap();
        let messages: Vec<DecidedMessage> = MessageState::ALL
            .iter()
            .enumerate()
            .map(|(n, &state)| message(n, state))
            .collect();
        store.decide(&messages).unwrap();
        for (row, state) in store.messages(None).unwrap().iter().zip(MessageState::ALL) {
            if row.state != state {
                let kept = store.shift(
                    &[(row.id, row.state)],
                    state,
                    Some("the relay's words"),
                    now(),
                );
                assert!(kept.unwrap());
            }
        }
        let claim = Claim {
            by: "a run".to_owned(),
            at: now(),
            until: now(),
            alone: true,
        };
        let mut taken = store.exchange(&[], &[1], &claim).unwrap();
        taken[0].state = MessageState::Deferred;
        taken[0].tries = 2;
        taken[0].unanswered = 1;
        taken[0].first_tried_at = Some(now());
        taken[0].next_at = Some(now());
        taken[0].detail = Some("451 later".to_owned());
        store.exchange(&taken, &[2], &claim).unwrap();
        let late = Bounce {
            message: 3,
            report: "a".repeat(64),
            action: BounceAction::Delayed,
            status: "4.4.1".to_owned(),
            said: Some("connection timed out".to_owned()),
            at: now(),
        };
        assert!(store.keep_bounce(&late).unwrap());
        store.set_last_run(now()).unwrap();
        drop(store);
        office
    }

    fn open(&self, access: Access) -> Box<dyn Store> {
        open(self.folder.path(), &self.place, access).unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn contents(&self) -> Vec<Piece> {
        contents(self.open(Access::Read).as_ref())
    }

    fn sealed(&self) -> Vec<Sealed> {
        self.open(Access::Read).sealed().unwrap()
    }

    /// Restores, and says what was refused.
    fn refuses(&self, file: &Path) -> String {
        let before = self.contents();
        let error = restore(self.open(Access::Write).as_mut(), file, None).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{error}");
        assert_eq!(self.contents(), before);
        error
            .to_string()
            .replace(&file.display().to_string(), "FILE")
    }
}

fn contents(store: &dyn Store) -> Vec<Piece> {
    let mut all = Vec::new();
    store
        .pieces(&mut |piece| {
            all.push(piece);
            Ok(())
        })
        .unwrap();
    all
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 4, 2).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_milli_opt(17, 0, 0, 9).unwrap().and_utc()
}

fn draft(words: &str) -> Draft {
    let mut draft = Draft::new(EntryKind::Noted, AgreementId::new("a"), "00");
    draft.note = Some(words.to_owned());
    draft
}

fn note(store: &mut dyn Store, words: &str) {
    store.append(&draft(words), now(), today()).unwrap();
}

fn message(n: usize, state: MessageState) -> DecidedMessage {
    let part = |which: &str| PartRow {
        key: format!("{n} {which}"),
        agreement: AgreementId::new("a"),
        obligation: (n.is_multiple_of(2)).then(|| "meeting".to_owned()),
        occurrence: (n.is_multiple_of(3)).then(today),
        stage: "before 30 days".to_owned(),
        recipient: "agents@upe.example".to_owned(),
        date: Some(today()),
        asks: (n.is_multiple_of(2)).then(|| Asks {
            about: 1,
            silent_from: today(),
        }),
    };
    DecidedMessage {
        agreement: (n > 0).then(|| AgreementId::new("a")),
        recipient: "agents@upe.example".to_owned(),
        party: PartyId::new("upe"),
        day: today(),
        subject: "Reunión de seguimiento".to_owned(),
        message_id: format!("<{n}@x.example>"),
        bytes: vec![0, 0xff, b'\r', b'\n', u8::try_from(n).unwrap()],
        state,
        detail: None,
        decided_at: now(),
        parts: vec![part("b"), part("a")],
    }
}

#[test]
fn a_store_moves_from_each_kind_to_each_with_its_outbox() {
    for from in KINDS {
        for to in KINDS {
            let old = Office::with_something_in_it(from);
            let file = old.file("backup.db");
            let copy = write(old.open(Access::Read).as_ref(), &file).unwrap();
            assert_eq!((copy.entries, copy.messages, copy.waiting), (5, 9, 3));
            let new = Office::new(to);
            let restored = restore(new.open(Access::Write).as_mut(), &file, None).unwrap();
            assert_eq!(restored, copy);
            assert_eq!(new.contents(), old.contents(), "{from:?} to {to:?}");
            // It goes on where it was: the next entry and the next message.
            let mut store = new.open(Access::Write);
            note(store.as_mut(), "after");
            assert_eq!(
                store.decide(&[message(20, MessageState::Queued)]).unwrap(),
                1
            );
            let sealed = new.sealed();
            assert_eq!((sealed.len(), verify(&sealed)), (6, vec![]));
            assert_eq!(store.messages(None).unwrap().last().unwrap().id, 10);
            // The same backup, made of the new store, has the same in it.
            let again = new.file("again.db");
            write(store.as_ref(), &again).unwrap();
            let moved_back = Office::new(from);
            restore(moved_back.open(Access::Write).as_mut(), &again, None).unwrap();
            assert_eq!(moved_back.contents(), new.contents());
        }
    }
}

#[test]
fn what_the_backup_lacks_is_not_overwritten_unless_it_is_kept_aside() {
    for kind in KINDS {
        let office = Office::with_something_in_it(kind);
        let file = office.file("backup.db");
        write(office.open(Access::Read).as_ref(), &file).unwrap();
        // Nothing new: it may be restored over itself.
        restore(office.open(Access::Write).as_mut(), &file, None).unwrap();

        let mut store = office.open(Access::Write);
        let later = now() + TimeDelta::hours(1);
        let sent = store.shift(
            &[(1, MessageState::Deferred)],
            MessageState::Sent,
            None,
            later,
        );
        assert!(sent.unwrap());
        insta::allow_duplicates! {
            insta::assert_snapshot!(office.refuses(&file), @"the store has what the backup FILE lacks: what has become of 1 message; to restore all the same, and have what is there now kept as a backup of its own: sideletter restore FILE --aside OTHER");
        }
        note(store.as_mut(), "later");
        store.decide(&[message(20, MessageState::Queued)]).unwrap();
        store
            .begin_tracking(&[AgreementId::new("b")], today())
            .unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(office.refuses(&file), @"the store has what the backup FILE lacks: 1 entry (from number 6), 1 message, what has become of 1 message and the first day of tracking of 1 agreement; to restore all the same, and have what is there now kept as a backup of its own: sideletter restore FILE --aside OTHER");
        }
        drop(store);
        let before = office.contents();
        let aside = office.file("aside.db");
        restore(office.open(Access::Write).as_mut(), &file, Some(&aside)).unwrap();
        assert_eq!(office.sealed().len(), 5);
        // And back: nothing was lost.
        restore(office.open(Access::Write).as_mut(), &aside, None).unwrap();
        assert_eq!(office.contents(), before);
    }
}

#[test]
fn a_backup_that_was_altered_is_not_restored() {
    for kind in KINDS {
        for (alter, expected) in [
            (
                "DROP TRIGGER entries_never_change; UPDATE entries SET text = replace(text, 'remark 3', 'remark 9')",
                "entry 4: its text is not the one that was sealed",
            ),
            (
                "UPDATE entries SET text = NULL WHERE number = 1",
                "entry 1: its text is gone, and no strike erased it",
            ),
        ] {
            let office = Office::with_something_in_it(kind);
            let file = office.file("backup.db");
            write(office.open(Access::Read).as_ref(), &file).unwrap();
            rusqlite::Connection::open(&file)
                .unwrap()
                .execute_batch(alter)
                .unwrap();
            let before = office.contents();
            let error = restore(office.open(Access::Write).as_mut(), &file, None).unwrap_err();
            assert_eq!(error.exit_code(), 1);
            let said = error.to_string();
            assert!(said.contains(expected), "{said}");
            assert_eq!(office.contents(), before);
        }
    }
}

#[test]
fn a_backup_replaces_an_older_one_and_nothing_else() {
    let office = Office::with_something_in_it(Kind::Sqlite);
    let store = || office.open(Access::Write);
    let file = office.file("backup.db");
    write(store().as_ref(), &file).unwrap();
    note(store().as_mut(), "later");
    assert_eq!(write(store().as_ref(), &file).unwrap().entries, 6);
    let refused = |store: &dyn Store, file: &Path| {
        let before = std::fs::read(file).ok();
        let error = write(store, file).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{error}");
        assert_eq!(std::fs::read(file).ok(), before);
    };
    // A store that was lost and begun anew does not take the place of what is left of it.
    let other = Office::new(Kind::Sqlite);
    refused(other.open(Access::Read).as_ref(), &file);
    let letter = office.file("letter.md");
    std::fs::write(&letter, "Dear colleague").unwrap();
    refused(store().as_ref(), &letter);
    refused(store().as_ref(), &office.file(".sideletter/store.db"));
    refused(store().as_ref(), office.folder.path());
    let nowhere = write(store().as_ref(), &office.file("gone/backup.db")).unwrap_err();
    assert_eq!(nowhere.exit_code(), 3);
    // Nothing is left of a failure, and a backup is one file for its owner alone.
    let mut names: Vec<String> = std::fs::read_dir(office.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".sideletter", "backup.db", "letter.md"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_backup_is_of_one_instant_while_others_write() {
    for kind in KINDS {
        let office = Office::new(kind);
        note(office.open(Access::Write).as_mut(), "first");
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for writer in 0..2 {
                let (office, done) = (&office, &done);
                scope.spawn(move || {
                    let mut store = office.open(Access::Write);
                    let mut known = Record::default();
                    for n in 0.. {
                        if done.load(Ordering::Relaxed) {
                            break;
                        }
                        let said = draft(&format!("{writer} {n}"));
                        store
                            .enter(now(), today(), &mut known, &|_| Ok(said.clone()))
                            .unwrap();
                        store
                            .decide(&[message(
                                usize::try_from(n).unwrap() % 200,
                                MessageState::Queued,
                            )])
                            .unwrap();
                    }
                });
            }
            let mut newest = 0;
            for n in 0..10 {
                let file = office.file(&format!("backup-{n}.db"));
                let copy = write(office.open(Access::Read).as_ref(), &file).unwrap();
                let place = Place {
                    url: format!("sqlite:backup-{n}.db"),
                    password: None,
                };
                let backup = open(office.folder.path(), &place, Access::Read).unwrap();
                let sealed = backup.sealed().unwrap();
                assert_eq!((sealed.len(), verify(&sealed)), (copy.entries, vec![]));
                assert!(copy.entries >= newest);
                newest = copy.entries;
            }
            done.store(true, Ordering::Relaxed);
        });
        assert_eq!(verify(&office.sealed()), []);
    }
}

#[test]
fn more_than_one_piece_is_copied_whole() {
    for kind in KINDS {
        let office = Office::new(kind);
        let mut store = office.open(Access::Write);
        let messages: Vec<DecidedMessage> =
            (0..201).map(|n| message(n, MessageState::Held)).collect();
        let messages: Vec<DecidedMessage> = messages
            .into_iter()
            .map(|m| DecidedMessage {
                bytes: vec![1; 10],
                ..m
            })
            .collect();
        store.decide(&messages).unwrap();
        let file = office.file("backup.db");
        assert_eq!(write(store.as_ref(), &file).unwrap().messages, 201);
        let other = Office::new(kind);
        restore(other.open(Access::Write).as_mut(), &file, None).unwrap();
        assert_eq!(other.contents(), office.contents());
    }
}

//! What every kind of store does: one suite, run for each.

use super::cluster;
use super::outbox::{Bounce, BounceAction, Claim, DecidedMessage, MessageState, PartRow};
use super::refusal::Failure;
use super::{Access, Place, Store, open};
use crate::error::Error;
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asked, Asking, Asks, Draft, Entry, EntryKind, Extent, Record, verify};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

#[test]
fn sqlite_behaves() {
    behaves(&Place::fresh());
}

#[test]
fn postgresql_behaves() {
    let url = cluster::shared().url(&cluster::shared().database());
    behaves(&Place {
        url,
        password: None,
    });
}

/// The whole suite, where there is no store yet.
fn behaves(place: &Place) {
    let office = tempfile::tempdir().unwrap();
    let open = |access| open(office.path(), place, access).unwrap();
    reading_makes_no_store(&open);
    let mut store = open(Access::Write);
    keeps_entries_sealed(store.as_mut());
    refuses_and_enters_nothing(store.as_mut());
    brings_what_is_known_up_to_date(store.as_mut());
    begins_tracking_once(store.as_mut());
    remembers_the_last_run(store.as_mut());
    decides_once(store.as_mut());
    moves_messages_along(store.as_mut());
    reads_what_is_about_some_agreements(store.as_mut());
    knows_who_was_asked(store.as_mut());
    keeps_what_came_back_once(store.as_mut());
    erases_a_text_and_keeps_its_seal(store.as_mut());
    readers_cannot_write(&open);
}

fn reading_makes_no_store(open: &dyn Fn(Access) -> Box<dyn Store>) {
    for _ in 0..2 {
        let mut store = open(Access::Read);
        assert_eq!(store.record().unwrap().entries, []);
        assert_eq!(store.messages(None).unwrap(), []);
        assert_eq!(store.newest().unwrap(), 0);
        assert_eq!(store.last_run().unwrap(), None);
        let lost = store.append(&note("a", "lost"), noon(3), day(3));
        assert_eq!(lost.unwrap_err().exit_code(), 3);
    }
}

fn readers_cannot_write(open: &dyn Fn(Access) -> Box<dyn Store>) {
    let mut store = open(Access::Read);
    let before = store.sealed().unwrap();
    assert!(!before.is_empty());
    let refused = store.append(&note("a", "lost"), noon(9), day(9));
    assert_eq!(refused.unwrap_err().exit_code(), 3);
    assert_eq!(store.set_last_run(noon(9)).unwrap_err().exit_code(), 3);
    assert_eq!(open(Access::Read).sealed().unwrap(), before);
}

fn brings_what_is_known_up_to_date(store: &mut dyn Store) {
    let mut known = store.record().unwrap();
    let had = known.entries.len();
    let others = store.append(&note("a", "by another"), noon(6), day(6));
    let mut enter = |known: &mut Record| {
        store
            .enter(noon(6), day(6), known, &|record| {
                assert_eq!(
                    record.entries.last().and_then(|e| e.note.as_deref()),
                    Some("by another")
                );
                Err(Error::refused("not this"))
            })
            .unwrap_err();
    };
    enter(&mut known);
    assert_eq!(known.entries.len(), had + 1);
    assert_eq!(known.entries.last(), Some(&others.unwrap()));
    // What is known is of another store: it is read anew.
    let whole = known.clone();
    known.entries.pop();
    known.entries.last_mut().unwrap().seal = "0".repeat(64);
    enter(&mut known);
    assert_eq!(known.entries, whole.entries);
    assert_eq!(known.tracking, whole.tracking);
}

#[test]
fn eight_writers_make_one_chain_in_sqlite() {
    many_make_one_chain(&Place::fresh());
}

#[test]
fn eight_writers_make_one_chain_in_postgresql() {
    let url = cluster::shared().url(&cluster::shared().database());
    many_make_one_chain(&Place {
        url,
        password: None,
    });
}

/// Eight who write at once, 2,000 entries in all.
fn many_make_one_chain(place: &Place) {
    const WRITERS: usize = 8;
    const EACH: usize = 250;
    let office = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let folder = office.path();
            scope.spawn(move || {
                let mut store = open(folder, place, Access::Write).unwrap();
                let mut known = Record::default();
                for n in 0..EACH {
                    let said = note("a", &format!("{writer} {n}"));
                    store
                        .enter(noon(3), day(3), &mut known, &|_| Ok(said.clone()))
                        .unwrap();
                }
            });
        }
    });
    let store = open(office.path(), place, Access::Read).unwrap();
    let sealed = store.sealed().unwrap();
    assert_eq!(verify(&sealed), []);
    assert_eq!(sealed.len(), WRITERS * EACH);
    // Each writer's own are in the order in which it wrote them, and all are there.
    let notes: Vec<String> = store
        .entries()
        .unwrap()
        .into_iter()
        .filter_map(|entry| entry.note)
        .collect();
    for writer in 0..WRITERS {
        let own = notes
            .iter()
            .filter(|note| note.starts_with(&format!("{writer} ")));
        assert!(own.cloned().eq((0..EACH).map(|n| format!("{writer} {n}"))));
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 3, day).unwrap()
}

fn noon(of: u32) -> DateTime<Utc> {
    day(of).and_hms_milli_opt(12, 0, 0, 7).unwrap().and_utc()
}

fn note(agreement: &str, words: &str) -> Draft {
    let mut draft = Draft::new(
        EntryKind::Noted,
        AgreementId::new(agreement),
        "0".repeat(64),
    );
    draft.note = Some(words.to_owned());
    draft
}

fn keeps_entries_sealed(store: &mut dyn Store) {
    assert_eq!(store.entries().unwrap(), []);
    let first = store.append(&note("a", "one"), noon(3), day(3)).unwrap();
    assert_eq!((first.number, first.at), (1, noon(3)));
    // The clock went backwards: the record does not.
    let second = store.append(&note("b", "two"), noon(2), day(2)).unwrap();
    assert_eq!((second.number, second.at), (2, noon(3)));
    // Finer than a millisecond is not kept, and so is not sealed.
    let third = store
        .append(
            &note("a", "three"),
            noon(4) + TimeDelta::nanoseconds(123),
            day(4),
        )
        .unwrap();
    assert_eq!(third.at, noon(4));
    assert_eq!(store.entries().unwrap(), [first, second, third]);
    let sealed = store.sealed().unwrap();
    assert_eq!(verify(&sealed), []);
    assert_eq!(store.newest().unwrap(), 3);
    // The same words twice have different digests: a text that is withheld cannot be guessed at.
    let again = store.append(&note("a", "one"), noon(5), day(5)).unwrap();
    let sealed = store.sealed().unwrap();
    assert_ne!(sealed[0].digest, sealed[3].digest);
    assert_eq!(again.seal, sealed[3].seal);
}

fn reads_what_is_about_some_agreements(store: &mut dyn Store) {
    let [a, b, nobody] = ["a", "b", "nobody"].map(AgreementId::new);
    // What looks like another agreement's line is none.
    let mut tricky = note("b", "agreement: a");
    tricky.subject = Some("agreement: a".to_owned());
    store.append(&tricky, noon(7), day(7)).unwrap();
    let all = store.entries().unwrap();
    for agreements in [vec![], vec![&a], vec![&b], vec![&b, &a], vec![&nobody]] {
        let extent = Extent::About(agreements.iter().map(|id| (*id).clone()).collect());
        let expected = all
            .iter()
            .filter(|entry| agreements.contains(&&entry.agreement));
        let read = store.record_of(&extent).unwrap();
        assert!(read.entries.iter().eq(expected), "{agreements:?}");
        assert_eq!(read.tracking, store.tracking().unwrap());
    }
    // Remarks may be left out.
    let mut met = note("b", "kind: noted");
    met.kind = EntryKind::Met;
    let met = store.append(&met, noon(7), day(7)).unwrap();
    let of_b = Extent::WithoutRemarks(vec![b.clone()]);
    assert_eq!(store.record_of(&of_b).unwrap().entries, [met]);
    let third = store.sealed_entry(3).unwrap();
    assert_eq!(third.as_ref(), store.sealed().unwrap().get(2));
    assert_eq!(store.sealed_entry(1_000_000).unwrap(), None);
    let now = store.entries().unwrap();
    for (number, about) in (1..).zip([&a, &b, &nobody].into_iter().cycle()).take(15) {
        let of_it = |entry: &&Entry| entry.agreement == *about && entry.number < number;
        let last = now.iter().rfind(of_it).map(|entry| entry.number);
        let found = store.sealed_before(number, about).unwrap();
        assert_eq!(found.map(|entry| entry.number), last);
    }
    // Who enters is given no more, and what others have entered since.
    let of_b = Extent::About(vec![b.clone()]);
    let mut known = store.record_of(&of_b).unwrap();
    store
        .append(&note("a", "not read"), noon(7), day(7))
        .unwrap();
    store.append(&note("b", "read"), noon(7), day(7)).unwrap();
    let entered = store
        .enter(noon(7), day(7), &mut known, &|record| {
            assert!(record.entries.iter().all(|entry| entry.agreement == b));
            let newest = record
                .entries
                .last()
                .and_then(|entry| entry.note.as_deref());
            assert_eq!(newest, Some("read"));
            Ok(note("b", "last"))
        })
        .unwrap();
    assert_eq!(entered.number, u64::try_from(all.len()).unwrap() + 4);
    assert_eq!(verify(&store.sealed().unwrap()), []);
}

fn knows_who_was_asked(store: &mut dyn Store) {
    assert_eq!(store.asked(&Extent::Whole).unwrap(), Asked::new());
    let asking = |id: &str, at: u32, from: u32| DecidedMessage {
        decided_at: noon(at),
        parts: vec![PartRow {
            asks: Some(Asks {
                about: 3,
                silent_from: day(from),
            }),
            ..part(id)
        }],
        ..message(&format!("<{id}@x.example>"), &[])
    };
    let before = store.messages(None).unwrap().len();
    store
        .decide(&[
            asking("late", 9, 25),
            asking("soon", 8, 24),
            message("<plain@x.example>", &["plain"]),
        ])
        .unwrap();
    let ids: Vec<i64> = store.messages(None).unwrap()[before..]
        .iter()
        .map(|m| m.id)
        .collect();
    assert_eq!(store.asked(&Extent::Whole).unwrap(), Asked::new());
    for (id, at) in ids.iter().zip([9, 8, 8]) {
        let sent = store.shift(
            &[(*id, MessageState::Queued)],
            MessageState::Sent,
            None,
            noon(at),
        );
        assert!(sent.unwrap());
    }
    let of = |message: i64, at: u32, from: u32| Asking {
        message,
        left_at: noon(at),
        from: day(from),
    };
    let asked = Asked::from([(
        (3, PartyId::new("upe")),
        vec![of(ids[1], 8, 24), of(ids[0], 9, 25)],
    )]);
    assert_eq!(store.asked(&Extent::Whole).unwrap(), asked);
    let about = |id: &str| Extent::About(vec![AgreementId::new(id)]);
    assert_eq!(store.asked(&about("a")).unwrap(), asked);
    assert_eq!(store.record_of(&about("a")).unwrap().asked, asked);
    assert_eq!(store.asked(&about("b")).unwrap(), Asked::new());
    let parts = store.parts(ids[0]).unwrap();
    assert_eq!(parts[0].asks, asking("late", 9, 25).parts[0].asks);
    // One that came back has asked nobody.
    for (id, state) in [
        (ids[1], MessageState::Rejected),
        (ids[0], MessageState::Cancelled),
    ] {
        let came_back = store.shift(&[(id, MessageState::Sent)], state, None, noon(10));
        assert!(came_back.unwrap());
    }
    assert_eq!(store.asked(&Extent::Whole).unwrap(), Asked::new());
}

fn keeps_what_came_back_once(store: &mut dyn Store) {
    use MessageState::{GaveUp, Queued, Rejected, Sent, Unknown};
    let token = "0123456789abcdef0123456789abcdef";
    store
        .decide(&[message(&format!("<{token}@upe.example>"), &["came back"])])
        .unwrap();
    let id = store.message_of(token).unwrap().unwrap();
    assert_eq!(store.messages(None).unwrap().last().unwrap().id, id);
    for other in [
        "0123456789abcdef0123456789abcde",
        "f123456789abcdef0123456789abcdef",
        "",
    ] {
        assert_eq!(store.message_of(other).unwrap(), None, "{other}");
    }
    let bounce = |report: char, action: BounceAction| Bounce {
        message: id,
        report: report.to_string().repeat(64),
        action,
        status: "5.1.1".to_owned(),
        said: Some("550 5.1.1 no\u{0}body".to_owned()),
        at: noon(9),
    };
    let refused_before = store.not_delivered().unwrap().len();
    let shift = |store: &mut dyn Store, from, to| {
        assert!(store.shift(&[(id, from)], to, None, noon(8)).unwrap());
    };
    shift(store, Queued, Sent);
    // What is late is a note.
    let late = Bounce {
        said: None,
        ..bounce('a', BounceAction::Delayed)
    };
    assert!(store.keep_bounce(&late).unwrap());
    assert_eq!(store.message(id).unwrap().unwrap().state, Sent);
    // What is refused is that, once.
    let refused = bounce('b', BounceAction::Refused);
    assert!(store.keep_bounce(&refused).unwrap());
    let row = store.message(id).unwrap().unwrap();
    let came_back = row.detail.unwrap();
    assert!(
        came_back.starts_with("came back: 550 5.1.1 no"),
        "{came_back}"
    );
    assert_eq!((row.state, row.changed_at), (Rejected, noon(9)));
    let found = store.not_delivered().unwrap();
    assert_eq!(found.len(), refused_before + 1);
    let last = found.last().unwrap();
    assert_eq!((last.id, last.at), (id, noon(9)));
    assert_eq!(last.failure, Failure::Address);
    assert_eq!(last.parts, [part("came back")]);
    shift(store, Rejected, Queued);
    assert!(!store.keep_bounce(&refused).unwrap(), "kept twice");
    // A message that is to be sent again is not kept from it by an older report.
    assert!(
        store
            .keep_bounce(&bounce('c', BounceAction::Refused))
            .unwrap()
    );
    assert_eq!(store.message(id).unwrap().unwrap().state, Queued);
    shift(store, Queued, Unknown);
    assert!(
        store
            .keep_bounce(&bounce('d', BounceAction::GivenUp))
            .unwrap()
    );
    assert_eq!(store.message(id).unwrap().unwrap().state, GaveUp);
    let of_none = Bounce {
        message: 999,
        ..bounce('e', BounceAction::Refused)
    };
    assert!(!store.keep_bounce(&of_none).unwrap());
    let all = store.bounces(None).unwrap();
    assert_eq!(all.len(), 4);
    assert_eq!(store.bounces(Some(id)).unwrap(), all);
    assert_eq!(store.bounces(Some(1)).unwrap(), []);
    assert_eq!(all[0], late);
}

fn erases_a_text_and_keeps_its_seal(store: &mut dyn Store) {
    let said = store
        .append(&note("a", "a person"), noon(7), day(7))
        .unwrap();
    let before = store.sealed().unwrap();
    let mut strike = Draft::new(EntryKind::Struck, AgreementId::new("a"), "");
    strike.entry = Some(said.number);
    strike.erase = true;
    let strike = store.append(&strike, noon(8), day(8)).unwrap();
    let sealed = store.sealed().unwrap();
    assert_eq!(verify(&sealed), []);
    let [.., erased, last] = sealed.as_slice() else {
        panic!("two entries at least")
    };
    assert_eq!((erased.number, &erased.text), (said.number, &None));
    assert_eq!(erased.seal, said.seal);
    assert_eq!(last.seal, strike.seal);
    let others = before.iter().filter(|entry| entry.number != said.number);
    assert!(others.eq(&sealed[..before.len() - 1]));
    let numbers: Vec<u64> = store.entries().unwrap().iter().map(|e| e.number).collect();
    assert!(!numbers.contains(&said.number) && numbers.contains(&strike.number));
}

fn refuses_and_enters_nothing(store: &mut dyn Store) {
    let before = store.sealed().unwrap();
    let tracked = store.tracking().unwrap();
    let seen = std::cell::Cell::new(0);
    let refusal = store
        .enter(noon(6), day(6), &mut Record::default(), &|record| {
            seen.set(record.entries.len());
            Err(Error::refused("not this"))
        })
        .unwrap_err();
    assert_eq!(refusal.exit_code(), 2);
    assert_eq!(seen.get(), before.len());
    assert_eq!(store.sealed().unwrap(), before);
    assert_eq!(store.tracking().unwrap(), tracked);
}

fn begins_tracking_once(store: &mut dyn Store) {
    let [a, b, c] = ["a", "b", "c"].map(AgreementId::new);
    // The entries above began it for two.
    let expected = [(a.clone(), day(3)), (b.clone(), day(2))];
    assert!(store.tracking().unwrap().into_iter().eq(expected.clone()));
    store.begin_tracking(&[a, b, c.clone()], day(9)).unwrap();
    let mut with_c = expected.to_vec();
    with_c.push((c, day(9)));
    assert!(store.tracking().unwrap().into_iter().eq(with_c));
    assert_eq!(store.record().unwrap().tracking, store.tracking().unwrap());
}

fn remembers_the_last_run(store: &mut dyn Store) {
    store.turn().unwrap();
    assert_eq!(store.last_run().unwrap(), None);
    store.set_last_run(noon(3)).unwrap();
    store.set_last_run(noon(4)).unwrap();
    assert_eq!(store.last_run().unwrap(), Some(noon(4)));
}

fn part(key: &str) -> PartRow {
    PartRow {
        key: key.to_owned(),
        agreement: AgreementId::new("a"),
        obligation: Some("follow_up_meeting".to_owned()),
        occurrence: Some(day(30)),
        stage: "before 30 days".to_owned(),
        recipient: "agents@upe.example".to_owned(),
        date: Some(day(30)),
        asks: None,
    }
}

fn message(message_id: &str, keys: &[&str]) -> DecidedMessage {
    DecidedMessage {
        agreement: Some(AgreementId::new("a")),
        recipient: "agents@upe.example".to_owned(),
        party: PartyId::new("upe"),
        day: day(3),
        subject: "Follow-up meeting".to_owned(),
        message_id: message_id.to_owned(),
        bytes: b"Subject: Follow-up meeting\r\n\r\n\xe9\r\n".to_vec(),
        state: MessageState::Queued,
        detail: None,
        decided_at: noon(3),
        parts: keys.iter().map(|key| part(key)).collect(),
    }
}

fn decides_once(store: &mut dyn Store) {
    assert_eq!(store.decided_keys().unwrap().len(), 0);
    let mut held = message("<2@x.example>", &["three"]);
    held.state = MessageState::Held;
    held.detail = Some("no contact has agreed".to_owned());
    let messages = [message("<1@x.example>", &["one", "two"]), held];
    assert_eq!(store.decide(&messages).unwrap(), 2);
    assert_eq!(store.decide(&messages).unwrap(), 0);
    // Of a message that is partly new, only the new part is its own.
    let partly = [message("<3@x.example>", &["two", "four"])];
    assert_eq!(store.decide(&partly).unwrap(), 1);
    let keys = store.decided_keys().unwrap();
    assert_eq!(keys, ["one", "two", "three", "four"]);
    let all = store.messages(None).unwrap();
    let ids: Vec<_> = all.iter().map(|m| m.message_id.as_str()).collect();
    assert_eq!(ids, ["<1@x.example>", "<2@x.example>", "<3@x.example>"]);
    assert_eq!(all[0].bytes, messages[0].bytes);
    assert_eq!(all[0].sha256.len(), 64);
    assert_eq!(store.parts(all[0].id).unwrap(), [part("one"), part("two")]);
    assert_eq!(store.parts(all[2].id).unwrap(), [part("four")]);
    assert_eq!(
        store.messages_about(&part("one").agreement).unwrap(),
        all,
        "of another there are none"
    );
    let other = AgreementId::new("another");
    assert_eq!(store.messages_about(&other).unwrap(), []);
    // One that cannot be kept takes the others of its batch with it.
    let batch = [
        message("<4@x.example>", &["five"]),
        message("<1@x.example>", &["six"]),
    ];
    assert!(store.decide(&batch).is_err());
    assert_eq!(store.messages(None).unwrap(), all);
    assert_eq!(store.decided_keys().unwrap(), keys);
}

/// A run's claim, from an instant for an hour.
fn claim(by: &str, at: DateTime<Utc>) -> Claim {
    Claim {
        by: by.to_owned(),
        at,
        until: at + TimeDelta::hours(1),
        alone: false,
    }
}

fn moves_messages_along(store: &mut dyn Store) {
    use MessageState::{Cancelled, Deferred, Held, Queued, Sending, Sent, Unknown};
    let queued = store.messages(Some(Queued)).unwrap();
    let (id, other) = (queued[0].id, queued[1].id);
    assert_eq!((queued.len(), queued[0].tries), (2, 0));
    let pending = store.pending(&[Queued, Held], 0, 9).unwrap();
    assert_eq!(pending.len(), 3);
    assert_eq!(pending[0].keys, ["one", "two"]);
    let after_the_first = store.pending(&[Queued, Held], pending[0].id, 1).unwrap();
    assert_eq!(after_the_first, pending[1..2]);

    let (one, two) = (claim("one", noon(4)), claim("two", noon(4)));
    let mut taken = store.exchange(&[], &[id], &one).unwrap();
    assert_eq!(taken, queued[..1], "as it was before");
    let row = store.message(id).unwrap().unwrap();
    assert_eq!((row.state, row.claimed_until), (Sending, Some(one.until)));
    assert_eq!(store.exchange(&[], &[id], &two).unwrap(), [], "taken twice");
    assert!(
        !store
            .shift(&[(id, Queued)], Cancelled, None, noon(4))
            .unwrap()
    );

    // What became of it is kept for whoever has it, with the next in one step.
    taken[0].state = Deferred;
    taken[0].tries = 1;
    taken[0].first_tried_at = Some(noon(4));
    taken[0].next_at = Some(noon(4) + TimeDelta::hours(8));
    taken[0].detail = Some("451 try again later".to_owned());
    store.exchange(&taken, &[], &two).unwrap();
    assert_eq!(store.message(id).unwrap().unwrap().state, Sending);
    let next = store.exchange(&taken, &[other, 99], &one).unwrap();
    assert_eq!(next, queued[1..]);
    let deferred = store.message(id).unwrap().unwrap();
    taken[0].changed_at = noon(4);
    assert_eq!(deferred, taken[0]);

    // It waits for its time; what a run left in hand, for the end of its claim, or for one that is alone.
    assert_eq!(store.exchange(&[], &[id, other], &two).unwrap(), []);
    let later = claim("later", noon(5));
    let taken = store.exchange(&[], &[id, other], &later).unwrap();
    assert_eq!([taken[0].state, taken[1].state], [Deferred, Sending]);
    let mut alone = claim("alone", noon(5));
    assert_eq!(store.exchange(&[], &[id], &alone).unwrap(), []);
    alone.alone = true;
    assert_eq!(store.exchange(&[], &[id], &alone).unwrap().len(), 1);
    // A run that comes back from a long sleep no longer says what became of it.
    store.exchange(&taken, &[], &later).unwrap();
    assert_eq!(store.message(id).unwrap().unwrap().state, Sending);

    // By hand, all or none.
    let both = [(id, Sending), (other, Held)];
    assert!(!store.shift(&both, Sent, None, noon(6)).unwrap());
    assert_eq!(store.message(id).unwrap().unwrap().state, Sending);
    for (from, to) in [Sending, Unknown, Held, Queued, Sent]
        .iter()
        .zip([Unknown, Held, Queued, Sent, Sending])
    {
        assert!(
            store
                .shift(&[(id, *from)], to, Some("by hand"), noon(6))
                .unwrap()
        );
        assert_eq!(store.message(id).unwrap().unwrap().state, to);
    }
    let row = store.message(id).unwrap().unwrap();
    assert_eq!((row.next_at, row.first_tried_at), (None, None));
    assert_eq!(store.message(99).unwrap(), None);
    assert!(!store.shift(&[(99, Queued)], Sent, None, noon(6)).unwrap());
}

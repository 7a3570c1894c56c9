//! A run that is killed at any step loses nothing and doubles nothing.

use super::super::BY_HAND;
use super::{Place, day, meeting, schedule};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ids::{AgreementId, PartyId};
use crate::record::{Asked, Draft, Entry, Extent, Record, Sealed};
use crate::reminder::fixture::hold;
use crate::store::backup::{Consent, Holdings, Taking};
use crate::store::outbox::{
    Bounce, Claim, Deciding, MessageRow, MessageState, Outbox, PartRow, Pending, SentKey,
    Withdrawal,
};
use crate::store::{Copied, Store};
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A store whose process dies before its nth writing step.
pub(super) struct Dying {
    pub(super) store: Box<dyn Store>,
    pub(super) steps_left: usize,
}

impl Dying {
    fn step(&mut self) -> Result<&mut dyn Store> {
        self.steps_left = self
            .steps_left
            .checked_sub(1)
            .ok_or_else(|| Error::failed("killed"))?;
        Ok(self.store.as_mut())
    }
}

impl Store for Dying {
    fn sealed_of(&self, extent: &Extent) -> Result<Vec<Sealed>> {
        self.store.sealed_of(extent)
    }
    fn sealed_entry(&self, number: u64) -> Result<Option<Sealed>> {
        self.store.sealed_entry(number)
    }
    fn sealed_before(&self, number: u64, agreement: &AgreementId) -> Result<Option<Sealed>> {
        self.store.sealed_before(number, agreement)
    }
    fn newest(&self) -> Result<u64> {
        self.store.newest()
    }
    fn tracking(&self) -> Result<BTreeMap<AgreementId, NaiveDate>> {
        self.store.tracking()
    }
    fn begin_tracking(&mut self, agreements: &[AgreementId], day: NaiveDate) -> Result<()> {
        self.step()?.begin_tracking(agreements, day)
    }
    fn enter(
        &mut self,
        at: DateTime<Utc>,
        today: NaiveDate,
        known: &mut Record,
        decide: &dyn Fn(&Record) -> Result<Draft>,
    ) -> Result<Entry> {
        self.step()?.enter(at, today, known, decide)
    }
    fn turn(&mut self) -> Result<()> {
        self.step()?.turn()
    }
    fn last_run(&self) -> Result<Option<DateTime<Utc>>> {
        self.store.last_run()
    }
    fn set_last_run(&mut self, at: DateTime<Utc>) -> Result<()> {
        self.step()?.set_last_run(at)
    }
}

impl Copied for Dying {
    fn pieces(&self, take: &mut Taking<'_>) -> Result<()> {
        self.store.pieces(take)
    }
    fn holdings(&self) -> Result<Holdings> {
        self.store.holdings()
    }
    fn replace(&mut self, source: &dyn Store, consent: &Consent<'_>) -> Result<()> {
        self.step()?.replace(source, consent)
    }
    fn file(&self) -> Option<&Path> {
        self.store.file()
    }
}

impl Outbox for Dying {
    fn decided_keys(&self) -> Result<Vec<String>> {
        self.store.decided_keys()
    }
    fn sent_keys(&self) -> Result<Vec<SentKey>> {
        self.store.sent_keys()
    }
    fn decide_each(&mut self, write: Deciding<'_>) -> Result<usize> {
        self.step()?.decide_each(write)
    }
    fn messages(&self, state: Option<MessageState>) -> Result<Vec<MessageRow>> {
        self.store.messages(state)
    }
    fn messages_about(&self, agreement: &AgreementId) -> Result<Vec<MessageRow>> {
        self.store.messages_about(agreement)
    }
    fn message(&self, id: i64) -> Result<Option<MessageRow>> {
        self.store.message(id)
    }
    fn parts(&self, message: i64) -> Result<Vec<PartRow>> {
        self.store.parts(message)
    }
    fn subject_of(&self, key: &str) -> Result<Option<String>> {
        self.store.subject_of(key)
    }
    fn decided_at(&self, key: &str) -> Result<Option<DateTime<Utc>>> {
        self.store.decided_at(key)
    }
    fn asked(&self, of: &Extent) -> Result<Asked> {
        self.store.asked(of)
    }
    fn pending(&self, states: &[MessageState], after: i64, most: usize) -> Result<Vec<Pending>> {
        self.store.pending(states, after, most)
    }
    fn exchange(
        &mut self,
        became: &[MessageRow],
        wanted: &[i64],
        claim: &Claim,
    ) -> Result<Vec<MessageRow>> {
        self.step()?.exchange(became, wanted, claim)
    }
    fn shift(
        &mut self,
        messages: &[(i64, MessageState)],
        to: MessageState,
        detail: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        self.step()?.shift(messages, to, detail, at)
    }
    fn withdraw(&mut self, withdrawal: &Withdrawal<'_>) -> Result<bool> {
        self.step()?.withdraw(withdrawal)
    }
    fn use_up_releases(&mut self, keys: &[String]) -> Result<()> {
        self.step()?.use_up_releases(keys)
    }
    fn message_of(&self, token: &str) -> Result<Option<i64>> {
        self.store.message_of(token)
    }
    fn keep_bounce(&mut self, bounce: &Bounce) -> Result<bool> {
        self.step()?.keep_bounce(bounce)
    }
    fn bounces(&self, message: Option<i64>) -> Result<Vec<Bounce>> {
        self.store.bounces(message)
    }
}

/// Another party's message waits for a person, who lets it go; the run of the next day decides it anew, and is killed before
/// each of its steps. The next lets it go in its new words all the same, once.
#[test]
fn what_a_person_has_let_go_leaves_whenever_the_run_that_decides_it_anew_is_killed() {
    for steps_left in 0..12 {
        let mut place = Place::new();
        place.office.settings.keeper = Some(PartyId::new("upe"));
        place.run("2014-03-23");
        let mut store = place.store();
        let held = store.messages(Some(MessageState::Held)).unwrap();
        let [message] = held.as_slice() else {
            panic!("{held:?}");
        };
        let (is_held, by_hand) = (vec![(message.id, MessageState::Held)], Some(BY_HAND));
        let at = message.decided_at;
        store
            .shift(&is_held, MessageState::Queued, by_hand, at)
            .unwrap();
        let clock = Clock::on(day("2014-03-24"), place.office.settings.zone);
        let now = schedule(vec![meeting(day("2014-03-30"), clock.today())]);
        let mut dying = Dying { store, steps_left };
        let _killed = place.run_with(&mut dying, &now, &clock);
        drop(dying);
        place.run("2014-03-24");
        let to_dha: Vec<MessageState> = place
            .store()
            .messages(None)
            .unwrap()
            .iter()
            .filter(|row| row.recipient == "labor@dha.example")
            .map(|row| row.state)
            .collect();
        let expected = [MessageState::Cancelled, MessageState::Sent];
        assert_eq!(to_dha, expected, "after {steps_left} steps");
        assert_eq!(place.mails().len(), 2, "after {steps_left} steps");
        // A later stage is for a person again.
        place.run("2014-03-29");
        let held = place.store().messages(Some(MessageState::Held)).unwrap();
        assert_eq!(held.len(), 1, "after {steps_left} steps");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Days of runs, each killed before its nth step; then one that ends. Every message is sent or given up for a reason,
    /// every sent one stands in the Maildir once, and nothing else stands there.
    #[test]
    fn each_message_ends_in_the_maildir_once_or_visibly_not(
        runs in prop::collection::vec((0_u64..20, 0_usize..9), 1..8),
        cap in 1_u32..4,
    ) {
        let mut place = Place::new();
        place.office.settings.most_per_run = cap;
        let mut today = day("2014-03-01");
        let due = day("2014-03-30");
        let last = runs.len();
        for (run, (gap, steps_left)) in runs.into_iter().chain([(0, usize::MAX)]).enumerate() {
            if run == last {
                place.office.settings.most_per_run = 200;
            }
            today = today + Days::new(gap);
            let clock = Clock::on(today, place.office.settings.zone);
            let now = schedule(vec![meeting(due, today), hold(due, today)]);
            let mut store = Dying { store: place.store(), steps_left };
            let _killed = place.run_with(&mut store, &now, &clock);
        }
        let store = place.store();
        let mut sent = BTreeSet::new();
        for message in store.messages(None).unwrap() {
            match message.state {
                MessageState::Sent => {
                    let id = message.message_id.trim_matches(['<', '>']).replace('@', ".");
                    let file = place.folder.path().join("outbox/new").join(&id);
                    prop_assert_eq!(std::fs::read(file).unwrap(), message.bytes);
                    sent.insert(id);
                }
                MessageState::Cancelled => prop_assert!(message.detail.is_some()),
                other => prop_assert!(false, "left {other:?}"),
            }
        }
        prop_assert_eq!(place.mails(), sent.into_iter().collect::<Vec<_>>());
    }
}

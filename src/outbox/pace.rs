//! How soon one message may follow another: pure, from instants alone.

use std::time::{Duration, Instant};

/// Keeps a run to so many messages a minute, over all its sessions.
#[derive(Debug)]
pub(super) struct Pace {
    between: Duration,
    free_at: Option<Instant>,
}

impl Pace {
    /// `between`: the shortest time between one message and the next; zero: none is waited for.
    pub(super) fn new(between: Duration) -> Self {
        Self {
            between,
            free_at: None,
        }
    }

    /// How long until the next message may be begun; zero: it may be now.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        self.free_at
            .map_or(Duration::ZERO, |at| at.saturating_duration_since(now))
    }

    /// How many of `ready` may be begun now.
    pub(super) fn most(&self, ready: usize, now: Instant) -> usize {
        match (self.between.is_zero(), self.wait(now).is_zero()) {
            (true, _) => ready,
            (false, true) => ready.min(1),
            (false, false) => 0,
        }
    }

    /// A message is begun.
    pub(super) fn begun(&mut self, now: Instant) {
        self.free_at = now
            .checked_add(self.between)
            .filter(|_| !self.between.is_zero());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use proptest::prelude::*;

    const MINUTE: Duration = Duration::from_mins(1);

    /// When messages are begun, in time since the first, where at each of these times so many sessions are ready; as the
    /// delivery does it.
    fn begun(between: Duration, asked: &[(Duration, usize)]) -> Vec<Duration> {
        let first = clock::moment();
        let mut pace = Pace::new(between);
        let mut begun = Vec::new();
        for &(since, ready) in asked {
            let now = first + since;
            for _ in 0..pace.most(ready, now) {
                pace.begun(now);
                begun.push(since);
            }
        }
        begun
    }

    #[test]
    fn twenty_a_minute_are_one_every_three_seconds() {
        let seconds: Vec<(Duration, usize)> =
            (0..60).map(|n| (Duration::from_secs(n), 4)).collect();
        let at: Vec<u64> = begun(Duration::from_secs(3), &seconds)
            .iter()
            .map(Duration::as_secs)
            .collect();
        assert_eq!(at, (0..20).map(|n| n * 3).collect::<Vec<_>>());
        // Without a pace all that are ready begin at once.
        assert_eq!(begun(Duration::ZERO, &seconds).len(), 60 * 4);
    }

    #[test]
    fn the_next_is_waited_for_as_long_as_is_left() {
        let now = clock::moment();
        let mut pace = Pace::new(Duration::from_secs(3));
        assert_eq!(pace.wait(now), Duration::ZERO);
        pace.begun(now);
        let later = now + Duration::from_secs(1);
        assert_eq!(pace.wait(later), Duration::from_secs(2));
        assert_eq!(pace.most(9, later), 0);
        assert_eq!(pace.most(9, now + Duration::from_secs(3)), 1);
    }

    proptest! {
        #[test]
        fn no_minute_has_more_than_are_allowed(
            per_minute in 1_u32..200,
            steps in prop::collection::vec((0_u64..20_000, 0_usize..65), 1..300),
        ) {
            let between = Duration::from_nanos(60_000_000_000_u64.div_ceil(u64::from(per_minute)));
            let mut since = Duration::ZERO;
            let asked: Vec<(Duration, usize)> = steps
                .into_iter()
                .map(|(step, ready)| {
                    since += Duration::from_millis(step);
                    (since, ready)
                })
                .collect();
            let begun = begun(between, &asked);
            for (place, first) in begun.iter().enumerate() {
                let in_a_minute = begun[place..].iter().take_while(|at| **at < *first + MINUTE);
                prop_assert!(in_a_minute.count() <= usize::try_from(per_minute).unwrap());
            }
        }
    }
}

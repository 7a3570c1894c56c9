//! Chance that is the same each time.

use chrono::{Days, NaiveDate};

/// Numbers drawn by `SplitMix64`.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new() -> Self {
        Self(20_261_122)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From the one to the other, both included.
    pub(super) fn number(&mut self, from: u32, to: u32) -> u32 {
        from + u32::try_from(self.next() % u64::from(to - from + 1)).unwrap()
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let index = self.number(0, u32::try_from(all.len()).unwrap() - 1);
        all[usize::try_from(index).unwrap()]
    }

    /// A day of these years; one in three is at the end of its month, where months differ.
    pub(super) fn day(&mut self, from: i32, to: i32) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(from, 1, 1).unwrap();
        let days = u32::try_from((to + 1 - from) * 365).unwrap() - 1;
        let day = first + Days::new(u64::from(self.number(0, days)));
        if self.number(0, 2) > 0 {
            return day;
        }
        let month = day.format("%Y-%m-01").to_string();
        let month: NaiveDate = month.parse().unwrap();
        month + chrono::Months::new(1) - Days::new(u64::from(self.number(1, 3)))
    }
}

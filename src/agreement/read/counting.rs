//! `[counting]`: how an agreement's days are counted.

use super::Reader;
use crate::counting::Counting;
use crate::table::Table;

impl Reader<'_> {
    /// What the table under `counting` says; plain counting where it is not there.
    pub(super) fn counting(&self, table: &Table<'_>) -> Counting {
        let mut counting = Counting::plain();
        let Some(inner) = table.table("counting", "the table of counting") else {
            return counting;
        };
        counting.preset = inner.text("preset").map(|preset| preset.value.to_owned());
        counting.authority = inner.text("authority").map(|text| text.value.to_owned());
        let _ = (inner.texts("days_off"), self.around.calendars);
        inner.finish();
        counting
    }
}

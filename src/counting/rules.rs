//! The parameters of counting: what each key of `[counting]` may be, and what it means.

/// Every parameter. The presets are values of this; an agreement overrides single keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether the day of the trigger is the first of a count forward.
    pub trigger_day: TriggerDay,
    /// Where `N days before` a day ends.
    pub before: Before,
    /// Whether `at least N days` are clear days.
    pub at_least: AtLeast,
    /// Whether `until` a day includes it.
    pub until: Until,
    /// What happens to a last day counted forward that is off.
    pub roll_forward: RollForward,
    /// What happens to a last day counted backward that is off.
    pub roll_backward: RollBackward,
    /// What rolls at all.
    pub roll_applies: RollApplies,
    /// Whether the holidays of a calendar of level `state` are off in a count backward. Federal Rule 6(a)(6)(C): they are not.
    pub state_holidays_backward: bool,
    /// How short periods differ.
    pub short_period: ShortPeriod,
    /// What becomes of a day that a month lacks.
    pub months: Months,
    /// How long six months are.
    pub six_months: SixMonths,
    /// How long a year is.
    pub year: Year,
}

impl Rules {
    /// Every day counts, nothing rolls.
    pub const PLAIN: Self = Self {
        trigger_day: TriggerDay::Excluded,
        before: Before::Plain,
        at_least: AtLeast::Plain,
        until: Until::Through,
        roll_forward: RollForward::None,
        roll_backward: RollBackward::None,
        roll_applies: RollApplies {
            act: true,
            date_certain: true,
        },
        state_holidays_backward: true,
        short_period: ShortPeriod {
            under: 0,
            working_days: 0,
        },
        months: Months::Clamp,
        six_months: SixMonths::Calendar,
        year: Year::Anniversary,
    };
}

/// Whether the day of the trigger is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerDay {
    /// 30 days after the 3rd end on the 2nd.
    Excluded,
    /// 30 days after the 3rd end on the 1st.
    Counted,
}

/// Where `N days before X` ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// X - N: X is not counted.
    Plain,
    /// X - (N - 1): X is counted.
    Inclusive,
    /// X - (N + 1): N whole days lie between.
    Clear,
}

/// What `at least` and `not less than` do to a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtLeast {
    /// Nothing.
    Plain,
    /// N whole days lie between: Interpretation Act (Canada), section 27(1). Weeks and months are not touched.
    Clear,
}

/// Whether `until X` includes X.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It does.
    Through,
    /// It ends the day before.
    Before,
}

/// What happens to a last day counted forward that is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollForward {
    /// It stays.
    None,
    /// It moves to the next open day.
    NextOpen,
    /// It stays, and the act may still be done on the next open day.
    Grace,
}

/// What happens to a last day counted backward that is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollBackward {
    /// It stays.
    None,
    /// It moves to the open day before: never late.
    Earlier,
    /// It moves to the next open day.
    Later,
}

/// What rolls. The end of a term, an effective date and an opening never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollApplies {
    /// Something to be done within a period.
    pub act: bool,
    /// Something to be done by a named day, or on each day of a series.
    pub date_certain: bool,
}

/// How short periods differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortPeriod {
    /// A number of days smaller than this is counted over business days alone; 0: none is.
    pub under: u32,
    /// A period of two days or more holds at least as many working days; 0: no matter.
    pub working_days: u32,
}

/// What becomes of a day that a month lacks. The end of a month is never sticky: 28 February and 3 months is 28 May.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Months {
    /// The month's last day.
    Clamp,
    /// The first day of the next month.
    Spill,
}

/// How long six months are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SixMonths {
    /// Six calendar months.
    Calendar,
    /// Six calendar months or 182 days, whichever is longer: *Gonzales v. County of Los Angeles*, 199 Cal.App.3d 601 (1988).
    LongerOf182Days,
}

/// How long a year is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// To the same day of the next year.
    Anniversary,
    /// 365 days, 28 and 29 February reckoned together as one: California Government Code 6803.
    Folded365,
}

//! Wordings that have two lawful readings: which was taken, why, and who reads it otherwise.

use super::Tree;

/// Another lawful reading of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// The wording that may be read so.
    pub wording: Wording,
    /// What the phrase would then say.
    pub tree: Tree,
}

/// A wording with two lawful readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// `within 90 days of expiration`: after it, or before it.
    OfADayAhead,
    /// `bimonthly`: every two months, or twice a month.
    Bimonthly,
    /// `biweekly`: every two weeks, or twice a week.
    Biweekly,
    /// `biannually`: twice a year, or every two years.
    Biannually,
    /// `A or B` without `whichever`: the earlier, or the later.
    EitherOfTwo,
    /// `upon signing and ratification`: from the later, or from the earlier.
    BothOfTwo,
    /// `by March 2027`: its last day, or its first.
    WholeMonth,
    /// `the second week of May`: the 8th to the 14th, or Monday to Sunday.
    WeekOfMonth,
    /// `7 calendar days excluding weekends`: over open days, or over all.
    ExcludingSomeDays,
    /// `quarterly by the 10th`: of each running period, or of each calendar quarter.
    DayOfEachPeriod,
    /// `every 3 months after ratification`: the first on that day, or one period later.
    FirstOfSeries,
    /// `quarterly`: periods that run from the anchor, or those of the calendar.
    RunningPeriods,
    /// `within 36 hours`: two days, or one.
    PartOfADay,
    /// `fiscal year 2027`, where no calendar says which: the one that ends in 2027, or that begins in it.
    FiscalYearCalled,
    /// `12/9/99`: the month first, or the day.
    DateOrder,
    /// `6/30/70`: this century, or another.
    Century,
    /// `30 days beginning on`: the first day counted, or not.
    BeginningOn,
    /// A term of months or years `from` a day: that day not counted, or counted as its first.
    TermFrom,
    /// `every third Thursday`: every three weeks, or the third of each month.
    NthWeekday,
}

impl Otherwise {
    /// The reading, in words that could be written instead where there are such: "read as `twice a month`".
    pub fn reading(&self) -> String {
        match self.wording {
            // No tree says it: each of its weeks holds two.
            Wording::Biweekly => "read as `twice a week`".to_owned(),
            Wording::BeginningOn => "the first day is not counted, as in `after`".to_owned(),
            Wording::TermFrom => "the first day is counted, as in `beginning on`".to_owned(),
            _ => format!("read as `{}`", self.tree),
        }
    }
}

impl Wording {
    /// Why the other reading was not taken, in a clause.
    pub fn why_not(self) -> &'static str {
        match self {
            Self::OfADayAhead => {
                "a time `of` a day is read as after it, unless the words say before"
            }
            Self::Bimonthly => "`bimonthly` is read as every two months",
            Self::Biweekly => "`biweekly` is read as every two weeks",
            Self::Biannually => "`biannually` is read as twice a year",
            Self::EitherOfTwo => "the earlier of two days is never late",
            Self::BothOfTwo => "two things that are both named have both to come about",
            Self::WholeMonth => "a month that is named as a limit is read as the whole of it",
            Self::WeekOfMonth => "the weeks of a month are read as sevens of its days",
            Self::ExcludingSomeDays => "words that leave days out say more than `calendar`",
            Self::DayOfEachPeriod => "the words name no calendar quarter",
            Self::FirstOfSeries => "a series counts from its anchor, which is its first day",
            Self::RunningPeriods => {
                "the words do not say `calendar`: the periods run from the anchor"
            }
            Self::PartOfADay => "hours that are no whole days are counted up to the next one",
            Self::FiscalYearCalled => {
                "a fiscal year is called by its last day, where no calendar says otherwise"
            }
            Self::DateOrder => "the office's `date_order` says which number is the month",
            Self::Century => "a year of two digits is the one nearest to the agreement's own days",
            Self::BeginningOn => "`beginning on` a day counts that day as the first",
            Self::NthWeekday => "`every` before a number counts the weeks between",
            Self::TermFrom => "a time `from` or `after` a day does not count that day",
        }
    }

    /// Who reads it so.
    pub fn source(self) -> &'static str {
        match self {
            Self::OfADayAhead => {
                "the sense of `within N days of` that looks to both sides of a day"
            }
            Self::Bimonthly | Self::Biweekly | Self::Biannually => {
                "the other sense in the dictionaries"
            }
            Self::EitherOfTwo | Self::BothOfTwo | Self::NthWeekday => {
                "the other sense of the words"
            }
            Self::WholeMonth => "the sense of `by` that means before it begins",
            Self::WeekOfMonth => "weeks from Monday to Sunday",
            Self::ExcludingSomeDays => "the word `calendar` taken by itself",
            Self::DayOfEachPeriod | Self::RunningPeriods => "the periods of the calendar",
            Self::FirstOfSeries => "the sense of `after` that leaves that day out",
            Self::PartOfADay => "the hour at which the time began",
            Self::FiscalYearCalled => "offices that call a fiscal year by its first day",
            Self::DateOrder => "the order of the numbers in other countries",
            Self::Century => "the other century",
            Self::BeginningOn => "the usual count, which leaves the first day out",
            Self::TermFrom => "the custom by which a year from July 1 ends on June 30",
        }
    }
}

//! The arithmetic of a count, part by part, each with its step: years and months, then weeks and days, then open days.

use super::{Bound, CountingFault, Ends};
use crate::counting::days_off::Purpose;
use crate::counting::passed::steps_over;
use crate::counting::rules::{Months, SixMonths, Year};
use crate::counting::{Counting, DayKind, Direction, Length, Step, Unit, civil};
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::{Datelike, NaiveDate};

/// The most open days that are counted one by one: a working life.
const MOST_OPEN_DAYS: u64 = 20_000;
/// The longest run of days off inside a count of open days: a school's summer, and more.
const LONGEST_CLOSURE: usize = 366;

/// A length, its units put together: the largest are counted first.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) years: u64,
    pub(super) months: u64,
    pub(super) weeks: u64,
    pub(super) days: u64,
    pub(super) half_months: u64,
    /// The hours among the days, as they were written.
    pub(super) hours: u64,
    pub(super) open: Vec<(u64, DayKind)>,
}

impl Parts {
    pub(super) fn of(length: &Length) -> Result<Self, CountingFault> {
        let mut parts = Self::default();
        for &(number, unit) in &length.0 {
            let number = u64::from(number);
            let (place, number) = match unit {
                Unit::Year => (&mut parts.years, number),
                Unit::Quarter => (&mut parts.months, number.saturating_mul(3)),
                Unit::Month => (&mut parts.months, number),
                Unit::Week => (&mut parts.weeks, number),
                Unit::Day => (&mut parts.days, number),
                Unit::Hour => {
                    parts.hours = parts.hours.saturating_add(number);
                    (&mut parts.days, number.div_ceil(24))
                }
                Unit::HalfMonth => (&mut parts.half_months, number),
                Unit::Open(kind) => {
                    parts.open.push((number, kind));
                    continue;
                }
            };
            *place = place.checked_add(number).ok_or(CountingFault::OutOfRange)?;
        }
        Ok(parts)
    }

    pub(super) fn is_calendar(&self) -> bool {
        self.years + self.months > 0
    }

    pub(super) fn is_six_months(&self) -> bool {
        self.months == 6 && self.years == 0 && self.all_days() == 0
    }

    pub(super) fn all_days(&self) -> u64 {
        self.weeks
            .saturating_mul(7)
            .saturating_add(self.days)
            .saturating_add(self.half_months.saturating_mul(15))
    }

    pub(super) fn is_nothing(&self) -> bool {
        !self.is_calendar() && self.all_days() == 0 && self.open.iter().all(|(n, _)| *n == 0)
    }
}

/// A count under way.
pub(super) struct Walk<'a> {
    pub(super) counting: &'a Counting,
    pub(super) direction: Direction,
    pub(super) from: NaiveDate,
    pub(super) day: NaiveDate,
    pub(super) steps: Vec<Step>,
    pub(super) ends: Ends,
    pub(super) bound: Bound,
    /// Whether the last months led to a day that the month lacks, and nothing was counted since.
    pub(super) clamped: bool,
    /// Whether months led to a day that a month lacks.
    pub(super) lacked_a_day: bool,
    /// The words of the last step, without the day that it led to, where that step is a count.
    pub(super) said: Option<Sentence>,
}

impl Walk<'_> {
    pub(super) fn years_and_months(&mut self, parts: &Parts) -> Result<(), CountingFault> {
        if !parts.is_calendar() {
            return Ok(());
        }
        let rules = &self.counting.rules;
        let parts_told = [(parts.years, Noun::Year), (parts.months, Noun::Month)];
        let words = Sentence::when_read(move |language| {
            let parts = parts_told;
            let parts = parts.iter().filter(|(number, _)| *number > 0);
            language.list(parts.map(|(number, noun)| language.count(*number, *noun)))
        });
        let folded = rules.year == Year::Folded365 && parts.years > 0;
        let months = if folded {
            self.day = civil::add_folded_years(self.day, parts.years, self.direction)?;
            parts.months
        } else {
            parts
                .years
                .checked_mul(12)
                .and_then(|months| months.checked_add(parts.months))
                .ok_or(CountingFault::OutOfRange)?
        };
        let reached = civil::add_months(self.day, months, self.direction, rules.months)?;
        self.day = reached.day;
        self.clamped = reached.missing.is_some() && rules.months == Months::Clamp;
        self.say(&words, if folded { "year" } else { self.ends_key() });
        if let Some((day, month)) = reached.missing {
            self.lacked_a_day = true;
            self.said = None;
            let reached = self.day;
            self.steps.push(Step {
                text: Sentence::when_read(move |language| {
                    let reached = language.day(reached);
                    match language {
                        English => format!("no {day} {}: {reached}", language.month(month)),
                        Spanish => {
                            format!("{} no tiene día {day}: {reached}", language.month(month))
                        }
                    }
                }),
                date: Some(self.day),
                source: self.counting.source("months"),
            });
        }
        if parts.is_six_months() && rules.six_months == SixMonths::LongerOf182Days {
            let days = civil::add_days(self.from, 182, self.direction)?;
            let longer = match self.direction {
                Direction::Forward => days > self.day,
                Direction::Backward => days < self.day,
            };
            if longer {
                self.day = days;
                self.clamped = false;
                self.said = None;
                self.steps.push(Step {
                    text: Sentence::when_read(move |language| {
                        let days = language.weekday_and_day(days);
                        match language {
                            English => format!("six months are at least 182 days: {days}"),
                            Spanish => format!("seis meses son al menos 182 días: {days}"),
                        }
                    }),
                    date: Some(days),
                    source: self.counting.source("six_months"),
                });
            }
        }
        Ok(())
    }

    pub(super) fn days(&mut self, parts: &Parts) -> Result<(), CountingFault> {
        let all = [
            (parts.weeks, 7, Noun::Week),
            (parts.days, 1, Noun::Day),
            (parts.half_months, 15, Noun::HalfMonth),
        ];
        for (number, length, noun) in all {
            if number == 0 {
                continue;
            }
            let days = number.saturating_mul(length);
            self.day = civil::add_days(self.day, days, self.direction)?;
            self.clamped = false;
            let from_hours = parts.hours;
            let words = Sentence::when_read(move |language| {
                let counted = language.count(number, noun);
                let hours = language.count(from_hours, Noun::Hour);
                match (noun, language) {
                    (Noun::Day, English) if from_hours > 0 => {
                        format!("{hours}, counted as {counted},")
                    }
                    (Noun::Day, Spanish) if from_hours > 0 => {
                        format!("{hours}, contadas como {counted},")
                    }
                    (Noun::HalfMonth, English) if number == 1 => {
                        "half a month, which is 15 days,".to_owned()
                    }
                    (Noun::HalfMonth, Spanish) if number == 1 => {
                        "medio mes, que son 15 días,".to_owned()
                    }
                    _ => counted,
                }
            });
            self.say(&words, self.ends_key());
        }
        Ok(())
    }

    /// Puts the ends of a count of all days right, before open days are stepped through.
    pub(super) fn close(&mut self, parts: &Parts) -> Result<(), CountingFault> {
        if !parts.open.is_empty() || parts.is_nothing() {
            return Ok(());
        }
        let by_one = match self.ends {
            Ends::Last => return Ok(()),
            // Where the month lacks the day, its last day already is the day before the one that would correspond.
            Ends::Both if self.clamped && self.direction == Direction::Forward => return Ok(()),
            Ends::Both => opposite(self.direction),
            Ends::Neither => self.direction,
        };
        // Months that end with the last day of one are whole: the month that ends with the 30th begins on the 1st.
        if self.direction == Direction::Backward
            && self.ends == Ends::Both
            && parts.all_days() == 0
            && civil::is_last_of_month(self.from)
            && let Some(last) = civil::last_of_month(self.day.year(), self.day.month())
        {
            self.day = last;
        }
        self.day = civil::add_days(self.day, 1, by_one)?;
        let reached = self.day;
        // The count itself says where it ends, unless something was said since.
        if let (Some(step), Some(said)) = (self.steps.last_mut(), self.said.take()) {
            step.text = reaches(&said, reached);
            step.date = Some(self.day);
            return Ok(());
        }
        let ends = self.ends;
        let text = Sentence::when_read(move |language| {
            match (ends, language) {
                (Ends::Both, English) => "the first day is counted",
                (Ends::Both, Spanish) => "el primer día se cuenta",
                (_, English) => "neither the first day nor the last is counted",
                (_, Spanish) => "no se cuentan ni el primer día ni el último",
            }
            .to_owned()
        });
        self.steps.push(Step {
            text: reaches(&text, reached),
            date: Some(self.day),
            source: self.counting.source(self.ends_key()),
        });
        Ok(())
    }

    pub(super) fn open_days(
        &mut self,
        parts: &Parts,
        length: &Length,
    ) -> Result<(), CountingFault> {
        if parts.open.is_empty() {
            return Ok(());
        }
        for &(_, kind) in &parts.open {
            self.counting.can_count(kind)?;
        }
        if self.ends == Ends::Both && !parts.is_nothing() {
            self.day = civil::add_days(self.day, 1, opposite(self.direction))?;
        }
        for (index, &(number, kind)) in parts.open.iter().enumerate() {
            let clear = self.ends == Ends::Neither && index + 1 == parts.open.len() && number > 0;
            let number = number + u64::from(clear);
            self.step_through(number, kind)?;
            let words = Sentence::when_read(move |language| {
                language.count(number - u64::from(clear), kind.noun())
            });
            if self.counting.is_short(length) {
                let under = self.counting.rules.short_period.under;
                self.steps.push(Step {
                    text: Sentence::when_read(move |language| match language {
                        English => format!(
                            "a period of less than {under} days runs over business days alone"
                        ),
                        Spanish => format!(
                            "un plazo de menos de {under} días corre solo sobre días hábiles"
                        ),
                    }),
                    date: None,
                    source: self.counting.source("short_period"),
                });
            }
            self.say(&words, self.ends_key());
        }
        Ok(())
    }

    fn step_through(&mut self, number: u64, kind: DayKind) -> Result<(), CountingFault> {
        if number > MOST_OPEN_DAYS {
            return Err(CountingFault::OutOfRange);
        }
        let mut passed = Vec::new();
        let mut left = number;
        let mut run = 0;
        while left > 0 {
            self.day = civil::add_days(self.day, 1, self.direction)?;
            if kind == DayKind::School && self.counting.is_past_the_school_years(self.day) {
                return Err(CountingFault::NoSchoolYear(self.day));
            }
            let purpose = Purpose::Step(kind, self.direction);
            if let Some(off) = self.counting.day_off_for(self.day, purpose) {
                passed.push((self.day, off));
                run += 1;
                if run > LONGEST_CLOSURE {
                    return Err(CountingFault::OutOfRange);
                }
            } else {
                left -= 1;
                run = 0;
            }
        }
        self.clamped = false;
        self.steps.extend(steps_over(&passed));
        Ok(())
    }

    /// Lengthens a period of two days or more until it holds as many working days as the rules ask for.
    pub(super) fn working_days_within(&mut self, parts: &Parts) -> Result<(), CountingFault> {
        let wanted = self.counting.rules.short_period.working_days;
        let two_days = parts.is_calendar() || parts.all_days() >= 2;
        let purpose = Purpose::Step(DayKind::Working, self.direction);
        if wanted == 0 || !two_days || !self.counting.closes_a_weekday(DayKind::Working) {
            return Ok(());
        }
        let (mut day, mut found) = (self.from, 0);
        let mut run = 0;
        let mut passed = Vec::new();
        if self.ends == Ends::Both && self.counting.day_off_for(day, purpose).is_none() {
            found += 1;
        }
        while found < wanted {
            day = civil::add_days(day, 1, self.direction)?;
            run += 1;
            match self.counting.day_off_for(day, purpose) {
                Some(off) => passed.push((day, off)),
                None => found += 1,
            }
            if run > LONGEST_CLOSURE {
                return Err(CountingFault::OutOfRange);
            }
        }
        let beyond = match self.direction {
            Direction::Forward => day > self.day,
            Direction::Backward => day < self.day,
        };
        if beyond {
            self.day = day;
            self.steps.extend(steps_over(&passed));
            self.steps.push(Step {
                text: Sentence::when_read(move |language| {
                    let wanted = language.count(wanted, Noun::WorkingDay);
                    let day = language.weekday_and_day(day);
                    match language {
                        English => {
                            format!("a period of two days or more holds at least {wanted}: {day}")
                        }
                        Spanish => {
                            format!("un plazo de dos días o más contiene al menos {wanted}: {day}")
                        }
                    }
                }),
                date: Some(day),
                source: self.counting.source("short_period"),
            });
        }
        Ok(())
    }

    /// Tells one part: the first names the trigger, the others go on from there.
    fn say(&mut self, length: &Sentence, key: &str) {
        let first = self.steps.iter().all(|step| step.date.is_none());
        let (from, ends, direction) = (self.from, self.ends, self.direction);
        let length = length.clone();
        let said = Sentence::when_read(move |language| {
            let length = length.of(language);
            if first {
                return count_from_the_trigger(language, length, from, ends, direction);
            }
            let length = length.trim_end_matches(',');
            match language {
                English => format!("and {length}"),
                Spanish => format!("y {length}"),
            }
        });
        self.steps.push(Step {
            text: reaches(&said, self.day),
            date: Some(self.day),
            source: self.counting.source(key),
        });
        self.said = Some(said);
    }

    fn ends_key(&self) -> &'static str {
        match (self.direction, self.bound, self.ends) {
            (_, Bound::Minimum, Ends::Neither) => "at_least",
            (Direction::Forward, ..) => "trigger_day",
            (Direction::Backward, ..) => "before",
        }
    }
}

fn count_from_the_trigger(
    language: Language,
    length: &str,
    from: NaiveDate,
    ends: Ends,
    direction: Direction,
) -> String {
    let from = language.day(from);
    match (ends, direction, language) {
        (Ends::Last, Direction::Forward, English) => {
            format!("{length} after {from} (the day itself is not counted)")
        }
        (Ends::Last, Direction::Forward, Spanish) => {
            format!("{length} después del {from} (ese día no se cuenta)")
        }
        (Ends::Last, Direction::Backward, English) => {
            format!("{length} before {from} (the day itself is not counted)")
        }
        (Ends::Last, Direction::Backward, Spanish) => {
            format!("{length} antes del {from} (ese día no se cuenta)")
        }
        (Ends::Both, Direction::Forward, English) => {
            format!("{length} beginning on {from} (that day is the first)")
        }
        (Ends::Both, Direction::Forward, Spanish) => {
            format!("{length} a partir del {from} (ese día es el primero)")
        }
        (Ends::Both, Direction::Backward, English) => {
            format!("{length} preceding and including {from}")
        }
        (Ends::Both, Direction::Backward, Spanish) => {
            format!("{length} hacia atrás desde el {from}, ese día incluido")
        }
        (Ends::Neither, Direction::Forward, English) => {
            format!("{length} after {from}, clear days (neither it nor the last is counted)")
        }
        (Ends::Neither, Direction::Forward, Spanish) => format!(
            "{length} después del {from}, días completos (no se cuentan ni ese día ni el último)"
        ),
        (Ends::Neither, Direction::Backward, English) => {
            format!("{length} before {from}, clear days (neither it nor the last is counted)")
        }
        (Ends::Neither, Direction::Backward, Spanish) => format!(
            "{length} antes del {from}, días completos (no se cuentan ni ese día ni el último)"
        ),
    }
}

/// A count, and the day that it led to.
fn reaches(said: &Sentence, day: NaiveDate) -> Sentence {
    let said = said.clone();
    Sentence::when_read(move |language| {
        format!("{}: {}", said.of(language), language.weekday_and_day(day))
    })
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Forward => Direction::Backward,
        Direction::Backward => Direction::Forward,
    }
}

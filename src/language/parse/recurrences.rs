//! What recurs: `every 3 months`, `quarterly`, `once each fiscal year`, `the last Friday of each month`.

use super::core::Parser;
use super::dates::weekday;
use super::merge::how_long;
use super::occasions::BesideSeries;
use super::pieces::{Clause, Piece};
use super::spans::first_of;
use crate::counting::{Direction, Length, Unit};
use crate::language::token::Kind;
use crate::language::token::Token;
use crate::language::tree::{DayIn, Edge, Ends, Every, Period, Point, Recurrence, Years};
use crate::language::{Refusal, Wording};
use crate::rules::phrase_not_understood;

impl Parser<'_> {
    /// Something that recurs.
    pub(super) fn recurrence(&mut self) -> Option<Clause> {
        let start = self.at;
        // Beside a limit that is counted from a series, the same days are where they end.
        if self.occasion.is_some() {
            return None;
        }
        if let Some(anniversaries) = self
            .attempt(Self::every_so_many_anniversaries)
            .or_else(|| self.attempt(Self::anniversaries))
        {
            return Some(Clause::Recurs(vec![anniversaries]));
        }
        if let Some(clause) = self.attempt(Self::of_its_period) {
            return Some(clause);
        }
        let every = self
            .attempt(Self::yearly_words)
            .or_else(|| self.attempt(Self::own_recurrence))
            .or_else(|| self.attempt(Self::day_of_each))
            .or_else(|| self.attempt(Self::how_often))?;
        if let Found::Clause(clause) = every {
            return Some(clause);
        }
        let Found::Every(every) = every else {
            return None;
        };
        self.eat_any(&[words!("meeting|meetings|basis|thereafter|intervals")]);
        let before_from = self.at;
        let mut from = self.attempt(|p| {
            p.comma();
            p.eat(words!("thereafter"));
            let named = p.eat(words!("from|after|following|since"))
                || p.eat(words!("starting|beginning|commencing on|with|from|in?"));
            if !named || p.sees(words!("year to year")) {
                return None;
            }
            p.eat(words!("on"));
            let first_of = p.attempt(|p| {
                let span = p.span()?;
                Some(first_of(span))
            });
            let from = first_of.or_else(|| p.point())?;
            // `from X through Y` has its second end among the clauses; a day of another series begins none.
            p.occasion.is_none().then_some(from)
        });
        let on_the_day = every.iter().any(|every| matches!(every, Every::On(_)));
        let after = self.tokens.get(before_from).is_some_and(
            |token| matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "after" | "following")),
        );
        if from.is_some() && on_the_day && after {
            self.warn(
                before_from,
                "the first may be that day itself or one period after it: read as that day itself",
                "write `from` and the day of the first",
            );
            if self.in_doubt(Wording::FirstOfSeries) {
                from = one_period_later(from, &every);
            }
        }
        self.eat(words!("thereafter"));
        let said = self.tokens.get(start..self.at).unwrap_or_default();
        let thereafter = said
            .iter()
            .any(|token| token.kind == Kind::Word("thereafter".to_owned()));
        self.thereafter |= thereafter;
        let mut every = every;
        if from.is_none()
            && !thereafter
            && let [Every::Within(length)] = every.as_slice()
            && let Some(period) = of_the_calendar(length, said)
            && self.in_doubt(Wording::RunningPeriods)
        {
            every = vec![Every::Each(period)];
        }
        // `once a month throughout the school year`.
        let mut until = None;
        if from.is_none()
            && every.iter().all(is_shorter_than_a_year)
            && let Some((first, last)) = self.attempt(Self::throughout_year)
        {
            from = Some(first);
            until = Some(Edge::On(last));
        }
        let all = every.into_iter().map(|every| Recurrence {
            every,
            from: from.clone(),
            until: until.clone(),
        });
        Some(Clause::Recurs(all.collect()))
    }

    /// `annually by June 30`, `biannually in April and October of each year`, `every March 15`: days of a year.
    fn yearly_words(&mut self) -> Option<Found> {
        let start = self.at;
        self.at_least();
        // `every six months on January 1` runs from that day; several days are those of each year.
        let mut several = false;
        let times = if self.eat_any(&[
            words!("on semiannual basis"),
            words!("on semi annual basis"),
            words!("at? least? biannually|semiannually"),
            words!("semi|bi annually"),
            words!("twice a? per|each|every? year|annually"),
        ]) {
            Some(2)
        } else if self.eat_any(&[
            words!("on annual|yearly basis"),
            words!("at? least? once? annually|yearly"),
            words!("once? a? each|every|per calendar|contract|fiscal|school|academic? year"),
            words!("every|each|any calendar|contract|fiscal|school|academic? year"),
            words!("annually"),
        ]) {
            None
        } else if self.eat(words!("quarterly")) {
            Some(4)
        } else if let Some(times) = self.attempt(Self::parts_of_a_year) {
            several = true;
            Some(times)
        } else {
            Some(self.number_times_a_year()?)
        };
        let said = self.range_from(start);
        self.say_in_other_words(start);
        self.comma();
        // `each year from October 1 through October 31`.
        if let Some(pieces) = self.attempt(|p| {
            p.sees(words!("from")).then_some(())?;
            let pieces = p.pair()?;
            let both = |piece: &Piece| {
                matches!(piece, Piece::Ends { opens: Some(opens), due: Some(due), .. }
                if [opens, due].iter().all(|edge| matches!(edge.point(), Point::Yearless { .. })))
            };
            pieces.iter().all(both).then_some(pieces)
        }) {
            self.yearly = self.yearly.or(Some(Years::All));
            return Some(Found::Clause(Clause::Pieces(pieces)));
        }
        if self.sees(words!(
            "from|starting|beginning|commencing|thereafter|through|thru|until|to|before|and"
        )) {
            return None;
        }
        let before = self.beside.replace(BesideSeries::OnDaysOfAYear);
        let clause = self.clause();
        self.beside = before;
        let Clause::Pieces(pieces) = clause? else {
            return None;
        };
        let days = super::years::names_yearless(&pieces);
        if !days || (several && pieces.len() < 2) {
            return None;
        }
        self.yearly = self.yearly.or(Some(Years::All));
        if let Some(times) = times.filter(|times| *times > 1 || !several)
            && usize::try_from(times).is_ok_and(|times| times != pieces.len())
        {
            let written = self.words.get(said.clone()).unwrap_or_default();
            self.refusals.push(Refusal {
                rule: &phrase_not_understood::RULE,
                message: format!(
                    "`{written}` wants {times} days in a year, and {} named",
                    match pieces.len() {
                        1 => "one is".to_owned(),
                        count => format!("{count} are"),
                    }
                ),
                range: said,
                help: Some("name as many days, or write `every` before the day alone".to_owned()),
            });
        }
        Some(Found::Clause(Clause::Pieces(pieces)))
    }

    /// `every six months`, `once each fiscal year`: how many of them make a year.
    fn parts_of_a_year(&mut self) -> Option<u32> {
        self.eat(words!("once")).then(|| self.eat(words!("in")));
        self.eat(words!("each|every")).then_some(())?;
        let months = match self.length()?.length.0.as_slice() {
            [(count, Unit::Month)] => *count,
            [(count, Unit::Quarter)] => count.checked_mul(3)?,
            [(1, Unit::Year)] => 12,
            _ => return None,
        };
        (months > 0 && 12 % months == 0).then(|| 12 / months)
    }

    fn number_times_a_year(&mut self) -> Option<u32> {
        self.attempt(|p| {
            let Kind::Number { value, .. } = p.kind(0)? else {
                return None;
            };
            p.advance(1);
            p.eat(words!("times per|each|every? calendar? year"))
                .then_some(*value)
        })
    }

    /// `every other Friday`, `on alternate Mondays`.
    fn each_weekday(&mut self) -> Option<Every> {
        if !self.eat(words!("each|every")) && !self.sees(words!("alternate|alternating")) {
            return None;
        }
        let start = self.at.saturating_sub(1);
        let first = self.eat_ordinal(1);
        let nth = matches!(self.kind(0), Some(Kind::Ordinal(2..=5)));
        let weeks = self.interval().unwrap_or(1);
        let weekday = self.weekday_name()?;
        // `every first Monday` of something is the first of each.
        if first && !self.sees(words!("of each|every? calendar? month")) {
            return None;
        }
        if self.eat(words!("of each|every? calendar? month"))
            || (nth && self.may_be_of_each_month(start, weeks))
        {
            return Some(Every::DayOfMonths {
                day: DayIn::Weekday(weeks, weekday),
                months: 1,
            });
        }
        Some(Every::Weekday { weekday, weeks })
    }

    /// `the last Friday of each month`, `the 15th of every third month`, `every other Friday`, `each Friday`.
    pub(super) fn day_of_each(&mut self) -> Option<Found> {
        self.eat_any(&[
            words!("on or before|by"),
            words!("on or prior to"),
            words!("prior to or on"),
            words!("on|by"),
        ]);
        self.eat(words!("no|not later than"));
        if let Some(found) = self.attempt(Self::each_weekday) {
            return Some(Found::Every(self.and_other_weekdays(found)));
        }
        // `by Friday of each week`.
        if let Some(weekday) = self.attempt(|p| {
            let weekday = p.weekday_name()?;
            p.eat(words!("of|in")).then_some(())?;
            p.eat(words!("each|every calendar|work? week|workweek"))
                .then_some(weekday)
        }) {
            let every = Every::Weekday { weekday, weeks: 1 };
            return Some(Found::Every(vec![every]));
        }
        // `on Mondays`.
        if let Some(weekday) = self.attempt(|p| {
            p.word(0).ends_with("days").then_some(())?;
            p.weekday_name()
        }) {
            let every = Every::Weekday { weekday, weeks: 1 };
            return Some(Found::Every(self.and_other_weekdays(every)));
        }
        // `the end of each month`, `the 1st and 15th of each month`.
        let whole = self.attempt(|p| {
            let day = if p.eat(words!("end|close|conclusion")) {
                DayIn::Last
            } else {
                p.eat(words!("beginning|start|commencement"))
                    .then_some(DayIn::Nth(1))?
            };
            p.sees(words!("of each|every|any")).then_some((day, false))
        });
        let mut days = vec![match whole {
            Some(day) => day,
            None => self.day_or_bare_number()?,
        }];
        while let Some(day) = self.attempt(|p| {
            let comma = p.comma();
            let and = p.eat(words!("and"));
            (comma || and).then(|| p.day_or_bare_number())?
        }) {
            days.push(day);
        }
        // `the first and third Mondays`: of each month, where nothing else is said.
        let plural = self
            .tokens
            .get(self.at.saturating_sub(1))
            .is_some_and(|token| matches!(&token.kind, Kind::Word(word) if word.ends_with("days") && weekday(word).is_some()));
        let several = days.len() > 1;
        let days = of_one_kind(&days);
        let each = self.eat(words!("of|in each|every|any")) || self.eat(words!("each|every"));
        if !each && (plural || several) && days.iter().all(|day| matches!(day, DayIn::Weekday(..)))
        {
            let monthly = self.eat(words!("of|in calendar? month"));
            if monthly
                || (plural
                    && !self.sees(words!(
                        "of|in|after|before|following|preceding|on|closest|nearest"
                    )))
            {
                return Some(Found::Every(
                    days.into_iter()
                        .map(|day| Every::DayOfMonths { day, months: 1 })
                        .collect(),
                ));
            }
        }
        if !each {
            return None;
        }
        let period = self.at;
        let mut all = Vec::new();
        for day in days {
            self.at = period;
            all.push(self.each_period_of(day)?);
        }
        Some(Found::Every(all))
    }

    /// `every third Thursday`: says that it may be the third of each month, and whether it is to be read so.
    fn may_be_of_each_month(&mut self, start: usize, weeks: u32) -> bool {
        self.warn(
            start,
            format!("it may be one in each month: read as every {weeks} weeks"),
            format!(
                "write `every {weeks} weeks on` and the weekday, or name the day `of each month`"
            ),
        );
        self.in_doubt(Wording::NthWeekday)
    }

    /// `every Monday and Wednesday`.
    pub(super) fn and_other_weekdays(&mut self, first: Every) -> Vec<Every> {
        let mut all = vec![first];
        if let Some(Every::Weekday { weeks, .. }) = all.first().cloned() {
            while let Some(weekday) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat(words!("and"));
                (comma || and).then(|| p.weekday_name())?
            }) {
                all.push(Every::Weekday { weekday, weeks });
            }
        }
        // `monthly on the 1st and 15th`.
        if let Some(Every::DayOfMonths {
            day: DayIn::Nth(_),
            months,
        }) = all.first().cloned()
        {
            while let Some(nth) = self.attempt(|p| {
                let comma = p.comma();
                let and = p.eat(words!("and"));
                (comma || and).then_some(())?;
                let Some(Kind::Ordinal(nth @ 1..=31)) = p.kind(0) else {
                    return None;
                };
                p.advance(1);
                let ends =
                    p.done() || p.sees(words!("and")) || p.sees(words!("of|in each|every month"));
                (ends || p.kind(0) == Some(&Kind::Comma)).then_some(*nth)
            }) {
                let day = DayIn::Nth(nth);
                all.push(Every::DayOfMonths { day, months });
            }
            if all.len() > 1 {
                self.eat(words!("of|in each|every month"));
            }
        }
        all
    }

    /// A day of a period, and whether it is a number alone.
    pub(super) fn day_or_bare_number(&mut self) -> Option<(DayIn, bool)> {
        let start = self.at;
        let day = self.day_in()?;
        Some((day, self.at == start + 1))
    }

    fn each_period_of(&mut self, day: DayIn) -> Option<Every> {
        let start = self.at.saturating_sub(1);
        let interval = self.interval();
        if self.eat(words!("calendar? month|months")) {
            if let (Some(months), DayIn::Last) = (interval, day) {
                self.warn(
                    start,
                    format!(
                        "it may be the end of each {months} months that run: read as the last day of the month, every {months} months"
                    ),
                    format!(
                        "write `once every {months} months`, or `the last day of every {months} months` with `from` and the first"
                    ),
                );
            }
            return Some(Every::DayOfMonths {
                day,
                months: interval.unwrap_or(1),
            });
        }
        if interval.is_some() {
            return None;
        }
        let period = self.period()?;
        Some(Every::DayOfEach { day, period })
    }

    /// `other`, `second`, `third`, `3`.
    fn interval(&mut self) -> Option<u32> {
        if self.eat(words!("other|alternate|alternating")) {
            return Some(2);
        }
        match self.kind(0)? {
            Kind::Ordinal(value @ 2..=12)
            | Kind::Number {
                value: value @ 2..=12,
                ..
            } => {
                self.advance(1);
                Some(*value)
            }
            _ => None,
        }
    }
}

/// In `the first and third Monday` the weekday belongs to both.
pub(super) fn of_one_kind(days: &[(DayIn, bool)]) -> Vec<DayIn> {
    let last = days.last().map(|(day, _)| *day);
    let like = |day: DayIn| match (day, last) {
        (DayIn::Nth(nth), Some(DayIn::Weekday(_, weekday))) => DayIn::Weekday(nth, weekday),
        (DayIn::Nth(nth), Some(DayIn::Open(_, kind))) => DayIn::Open(nth, kind),
        (DayIn::Last, Some(DayIn::Weekday(_, weekday))) => DayIn::Weekday(0, weekday),
        (DayIn::Last, Some(DayIn::Open(_, kind))) => DayIn::Open(0, kind),
        _ => day,
    };
    days.iter()
        .map(|(day, bare)| if *bare { like(*day) } else { *day })
        .collect()
}

/// What was found: a way to recur, or days of a year that recur.
pub(super) enum Found {
    Every(Vec<Every>),
    Clause(Clause),
}

/// The period of the calendar that a running one may be taken for: of `quarterly`, not of `once every 3 months`.
fn of_the_calendar(length: &Length, said: &[Token]) -> Option<Period> {
    let counted = said.iter().any(|token| match &token.kind {
        Kind::Number { .. } | Kind::Ordinal(_) => true,
        Kind::Word(word) => word == "other" || word == "alternate",
        _ => false,
    });
    if counted {
        return None;
    }
    match length.0.as_slice() {
        [(1, Unit::Month)] => Some(Period::Month),
        [(1, Unit::Quarter) | (3, Unit::Month)] => Some(Period::Quarter),
        [(6, Unit::Month)] => Some(Period::HalfYear),
        [(1, Unit::Year)] => Some(Period::Year),
        _ => None,
    }
}

/// The first of a series one period after its anchor.
fn one_period_later(from: Option<Point>, every: &[Every]) -> Option<Point> {
    let [Every::On(length)] = every else {
        return from;
    };
    Some(Point::Offset {
        length: length.clone(),
        direction: Direction::Forward,
        ends: Ends::Plain,
        from: Box::new(from?),
    })
}

/// Whether something recurs within a year, so that it may do so throughout one.
fn is_shorter_than_a_year(every: &Every) -> bool {
    !matches!(how_long(every), Some((Unit::Month, 12..)))
}

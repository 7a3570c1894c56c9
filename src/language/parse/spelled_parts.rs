//! The parts of the spelled-out form: lengths, numbers, days of a stretch, and stretches.

use super::core::Parser;
use super::dates::weekday;
use super::lengths::day_kind;
use crate::counting::{DayKind, Direction, Length, Season, Unit};
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Part, Period, Place, Span, WhichTerm};

impl Parser<'_> {
    pub(super) fn spelled_way(&mut self) -> Option<Direction> {
        if self.eat(words!("after")) {
            Some(Direction::Forward)
        } else {
            self.eat(words!("before")).then_some(Direction::Backward)
        }
    }

    pub(super) fn spelled_length(&mut self) -> Option<Length> {
        self.eat(words!("count")).then_some(())?;
        let mut parts = Vec::new();
        while let Some(count) = self.spelled_number() {
            let unit = match self.word(0) {
                "halves" => Unit::HalfMonth,
                "hours" => Unit::Hour,
                "days" => Unit::Day,
                "weeks" => Unit::Week,
                "months" => Unit::Month,
                "quarters" => Unit::Quarter,
                "years" => Unit::Year,
                kind => {
                    let kind = day_kind(kind)?;
                    self.advance(1);
                    (self.word(0) == "days").then_some(Unit::Open(kind))?
                }
            };
            self.advance(1);
            parts.push((count, unit));
        }
        (!parts.is_empty()).then_some(Length(parts))
    }

    pub(super) fn spelled_day_in(&mut self) -> Option<DayIn> {
        self.eat(words!("day")).then_some(())?;
        let nth = self.spelled_nth()?;
        if let Some(weekday) = weekday(self.word(0)) {
            self.advance(1);
            return Some(DayIn::Weekday(nth, weekday));
        }
        if let Some(kind) = DayKind::ALL
            .into_iter()
            .find(|kind| kind.word() == self.word(0))
        {
            self.advance(1);
            return Some(DayIn::Open(nth, kind));
        }
        Some(if nth == 0 {
            DayIn::Last
        } else {
            DayIn::Nth(nth)
        })
    }

    pub(super) fn spelled_span(&mut self) -> Option<Span> {
        self.angled(|p| {
            if p.eat(words!("about")) {
                return p.angled_point().map(Span::About);
            }
            if p.eat(words!("month")) {
                let month = p.spelled_month()?;
                let part = p.spelled_part()?;
                let year = p.spelled_year();
                return Some(Span::Month { part, month, year });
            }
            if p.eat(words!("quarter")) {
                let nth = p.spelled_number().filter(|nth| (1..=4).contains(nth))?;
                let year = p.spelled_year();
                return Some(Span::Quarter { nth, year });
            }
            if p.eat(words!("half")) {
                let nth = p.spelled_number().filter(|nth| (1..=2).contains(nth))?;
                let year = p.spelled_year();
                return Some(Span::HalfYear { nth, year });
            }
            if p.eat(words!("year")) {
                let year = p.spelled_year()?;
                return p.spelled_unit().map(|unit| Span::Year(unit, year));
            }
            if p.eat(words!("week")) {
                let nth = p.spelled_number().filter(|nth| *nth <= 5)?;
                p.eat(words!("of")).then_some(())?;
                let month = p.spelled_month()?;
                let year = p.spelled_year();
                return Some(Span::WeekOf { nth, month, year });
            }
            if p.eat(words!("fiscal")) {
                return p.spelled_year().map(Span::FiscalYearCalled);
            }
            if p.eat(words!("period")) {
                return p.spelled_period();
            }
            if p.eat(words!("part")) {
                return p.spelled_term();
            }
            if p.eat(words!("pay")) {
                let number = p.spelled_number()?;
                let year = p.spelled_year();
                return Some(Span::PayPeriodNumber { number, year });
            }
            if p.eat(words!("named")) {
                let Some(Span::Named { name, year }) = p.named(|_| true) else {
                    return None;
                };
                // A year that no letter would name is read all the same.
                let year = year.or_else(|| p.spelled_year());
                return Some(Span::Named { name, year });
            }
            p.eat(words!("holding")).then_some(())?;
            let unit: Period = p.spelled_unit()?;
            let shift = match p.spelled_way() {
                None => 0,
                Some(way) => {
                    let shift = i32::try_from(p.spelled_number()?).ok()?;
                    match way {
                        Direction::Forward => shift,
                        Direction::Backward => -shift,
                    }
                }
            };
            let of = p.angled_point()?;
            Some(Span::Holding { unit, shift, of })
        })
    }

    /// The nth of an office's own periods.
    pub(super) fn spelled_period(&mut self) -> Option<Span> {
        let nth = self.spelled_nth()?;
        let whole = self.eat(words!("full"));
        let unit = self.spelled_unit()?;
        let place = if self.eat(words!("in")) {
            Place::In(Box::new(self.spelled_span()?))
        } else if self.eat(words!("after")) {
            Place::After(self.angled_point()?)
        } else if self.eat(words!("onward")) {
            Place::OnOrAfter(self.angled_point()?)
        } else if self.eat(words!("before")) {
            Place::Before(self.angled_point()?)
        } else {
            self.eat(words!("nearest")).then_some(())?;
            Place::Nearest(self.angled_point()?)
        };
        Some(Span::NthPeriod {
            nth,
            unit,
            whole,
            place,
        })
    }

    /// A part of a school year.
    pub(super) fn spelled_term(&mut self) -> Option<Span> {
        let season = Season::ALL
            .into_iter()
            .find(|season| self.word(0) == season.word());
        let which = if let Some(season) = season {
            self.advance(1);
            WhichTerm::Season(season)
        } else {
            WhichTerm::Nth(self.spelled_nth()?)
        };
        let Some(Period::Term(kind)) = self.spelled_unit() else {
            return None;
        };
        let of = if self.eat(words!("of")) {
            Some(Box::new(self.spelled_span()?))
        } else {
            None
        };
        Some(Span::Term { which, kind, of })
    }

    pub(super) fn spelled_unit(&mut self) -> Option<Period> {
        if self.eat(words!("biennium")) {
            return Some(Period::Biennium);
        }
        self.period()
    }

    /// `number 3`, `last`.
    pub(super) fn spelled_nth(&mut self) -> Option<u32> {
        if self.eat(words!("last")) {
            return Some(0);
        }
        self.eat(words!("number")).then_some(())?;
        self.spelled_number()
    }

    pub(super) fn spelled_part(&mut self) -> Option<Part> {
        Some(if self.eat(words!("whole")) {
            Part::Whole
        } else if self.eat(words!("early")) {
            Part::Early
        } else if self.eat(words!("middle")) {
            Part::Mid
        } else if self.eat(words!("late")) {
            Part::Late
        } else {
            self.eat(words!("half")).then_some(())?;
            match self.spelled_number()? {
                1 => Part::FirstHalf,
                2 => Part::SecondHalf,
                _ => return None,
            }
        })
    }

    pub(super) fn spelled_number(&mut self) -> Option<u32> {
        let Some(Kind::Number {
            value,
            spelled: false,
        }) = self.kind(0)
        else {
            return None;
        };
        self.advance(1);
        Some(*value)
    }

    pub(super) fn spelled_month(&mut self) -> Option<u32> {
        self.spelled_number()
            .filter(|month| (1..=12).contains(month))
    }

    pub(super) fn spelled_year(&mut self) -> Option<i32> {
        let year = self.spelled_number()?;
        i32::try_from(year)
            .ok()
            .filter(|year| (1..=9999).contains(year))
    }
}

//! The spelled-out form of a tree, in angle brackets; and a day in its own words in them, where they keep together what
//! belongs together: `30 days after <the later of signing and ratification>`.
//!
//! Whatever `print/spelled.rs` writes is read here, to the same tree.

use super::core::Parser;
use super::dates::weekday;
use super::lengths::day_kind;
use crate::counting::{DayKind, Direction, Length, Season, Unit};
use crate::language::token::Kind;
use crate::language::tree::{
    DayIn, Edge, Ends, Every, Limit, Part, Period, Place, Point, Recurrence, Sort, Span, WhichTerm,
    Years,
};

impl Parser<'_> {
    /// A whole phrase that is spelled out, with a condition after a colon in its own words.
    pub(super) fn spelled_phrase(&mut self) -> Option<Limit> {
        let limit = self.spelled_limit()?;
        if self.eat_kind(&Kind::Mark(':')) {
            self.keep_the_rest();
        }
        self.done().then_some(limit)
    }

    /// A day in angle brackets: spelled out, or in its own words.
    pub(super) fn angled_point(&mut self) -> Option<Point> {
        self.angled(Self::spelled_point).or_else(|| {
            self.angled(|p| {
                // What is said inside reaches no further than the angle brackets.
                let (yearly, counted_from) = (p.yearly, p.counted_from.clone());
                let point = p.point()?;
                p.yearly = yearly;
                p.counted_from = counted_from;
                Some(point)
            })
        })
    }

    fn angled<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        (self.kind(0) == Some(&Kind::Mark('<'))).then_some(())?;
        self.attempt(|p| {
            p.advance(1);
            let inside = read(p)?;
            p.eat_kind(&Kind::Mark('>')).then_some(inside)
        })
    }

    fn spelled_limit(&mut self) -> Option<Limit> {
        self.angled(|p| {
            if p.eat("on") {
                return p.angled_point().map(Limit::On);
            }
            if p.eat("all") {
                return p.spelled_limits().map(Limit::Several);
            }
            if p.eat("recurs") {
                return p.spelled_recurrence().map(Limit::Recurs);
            }
            if p.eat("undated") {
                let wording = p.undated_words()?;
                let after = p.eat("after").then(|| p.trigger());
                return Some(Limit::Undated {
                    wording,
                    after: match after {
                        Some(trigger) => Some(trigger?),
                        None => None,
                    },
                });
            }
            let sort = if p.eat("window") {
                Sort::Act
            } else if p.eat("begin") {
                Sort::ToBegin
            } else if p.eat("term") {
                Sort::Term
            } else {
                return None;
            };
            if p.eat("in") {
                let span = p.spelled_span()?;
                return Some(Limit::During { span, sort });
            }
            let opens = p.eat("opens").then(|| p.spelled_edge());
            let due = p.eat("due").then(|| p.spelled_edge());
            (opens.is_some() || due.is_some()).then_some(())?;
            Some(Limit::Window {
                opens: match opens {
                    Some(edge) => Some(edge?),
                    None => None,
                },
                due: match due {
                    Some(edge) => Some(edge?),
                    None => None,
                },
                sort,
            })
        })
    }

    fn spelled_limits(&mut self) -> Option<Vec<Limit>> {
        let mut limits = vec![self.spelled_limit()?];
        while let Some(next) = self.spelled_limit() {
            limits.push(next);
        }
        Some(limits)
    }

    fn spelled_edge(&mut self) -> Option<Edge> {
        if self.eat("on") {
            self.angled_point().map(Edge::On)
        } else if self.eat("beyond") {
            self.angled_point().map(Edge::Beyond)
        } else if self.eat("until") {
            self.angled_point().map(Edge::Until)
        } else {
            None
        }
    }

    fn spelled_recurrence(&mut self) -> Option<Recurrence> {
        let every = self.spelled_every()?;
        let from = self.eat("from").then(|| self.angled_point());
        let until = self.eat("until").then(|| self.spelled_edge());
        Some(Recurrence {
            every,
            from: match from {
                Some(point) => Some(point?),
                None => None,
            },
            until: match until {
                Some(edge) => Some(edge?),
                None => None,
            },
        })
    }

    fn spelled_every(&mut self) -> Option<Every> {
        if self.eat("every") {
            return self.spelled_length().map(Every::On);
        }
        if self.eat("once") {
            return self.spelled_length().map(Every::Within);
        }
        if self.eat("each") {
            return self.spelled_unit().map(Every::Each);
        }
        if self.eat("twice month") {
            return Some(Every::HalfMonth);
        }
        if self.eat("anniversary") {
            return Some(Every::Anniversary);
        }
        if self.eat("around") {
            let of = self.angled(|p| {
                p.eat("recurs").then_some(())?;
                p.spelled_recurrence()
            })?;
            return Some(Every::Around {
                each: self.spelled_limits()?,
                of: Box::new(of),
            });
        }
        if self.eat("years") {
            let years = if self.eat("every") {
                Years::All
            } else if self.eat("odd") {
                Years::Odd
            } else if self.eat("even") {
                Years::Even
            } else {
                self.eat("from").then_some(())?;
                Years::From(self.spelled_year()?)
            };
            let each = self.spelled_limits()?;
            return Some(Every::Yearly { each, years });
        }
        if let Some(weekday) = self.weekday_name() {
            self.eat("weeks").then_some(())?;
            let weeks = self.spelled_number()?;
            return Some(Every::Weekday { weekday, weeks });
        }
        let day = self.spelled_day_in()?;
        if self.eat("months") {
            let months = self.spelled_number()?;
            return Some(Every::DayOfMonths { day, months });
        }
        self.eat("each").then_some(())?;
        let period = self.spelled_unit()?;
        Some(Every::DayOfEach { day, period })
    }

    fn spelled_point(&mut self) -> Option<Point> {
        if let Some(Kind::Date(day)) = self.kind(0) {
            self.advance(1);
            return Some(Point::Day(*day));
        }
        if self.eat("anchor") {
            return Some(Point::Anchor);
        }
        if self.eat("occasion") {
            return Some(Point::Occasion);
        }
        if self.eat("at") {
            return self.trigger().map(Point::At);
        }
        if self.eat("yearless") {
            let (month, day) = (self.spelled_month()?, self.spelled_number()?);
            return Some(match self.spelled_way() {
                Some(direction) => Point::DayToward {
                    month,
                    day,
                    direction,
                    from: Box::new(self.angled_point()?),
                },
                None => Point::Yearless { month, day },
            });
        }
        if self.eat("nearest") {
            let weekday = self.weekday_name()?;
            let to = Box::new(self.angled_point()?);
            return Some(Point::Nearest { weekday, to });
        }
        if self.eat("number") {
            let nth = self.spelled_number()?;
            let weekday = self.weekday_name()?;
            let direction = self.spelled_way()?;
            let from = Box::new(self.angled_point()?);
            return Some(Point::NthWeekday {
                nth,
                weekday,
                direction,
                from,
            });
        }
        if self.sees("earlier|later") {
            let which = self.which()?;
            let mut of = vec![self.angled_point()?];
            while let Some(next) = self.angled_point() {
                of.push(next);
            }
            return (of.len() > 1).then(|| Point::extreme(which, of));
        }
        if self.sees("day") {
            let day = self.spelled_day_in()?;
            self.eat("of").then_some(())?;
            let span = Box::new(self.spelled_span()?);
            return Some(Point::DayOf { day, span });
        }
        let ends = if self.eat("minimum") {
            Ends::Minimum
        } else if self.eat("clear") {
            Ends::Clear
        } else if self.eat("including") {
            Ends::Including
        } else {
            Ends::Plain
        };
        let length = self.spelled_length()?;
        let direction = self.spelled_way()?;
        let from = Box::new(self.angled_point()?);
        Some(Point::Offset {
            length,
            direction,
            ends,
            from,
        })
    }

    fn spelled_way(&mut self) -> Option<Direction> {
        if self.eat("after") {
            Some(Direction::Forward)
        } else {
            self.eat("before").then_some(Direction::Backward)
        }
    }

    fn spelled_length(&mut self) -> Option<Length> {
        self.eat("count").then_some(())?;
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

    fn spelled_day_in(&mut self) -> Option<DayIn> {
        self.eat("day").then_some(())?;
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

    fn spelled_span(&mut self) -> Option<Span> {
        self.angled(|p| {
            if p.eat("about") {
                return p.angled_point().map(Span::About);
            }
            if p.eat("month") {
                let month = p.spelled_month()?;
                let part = p.spelled_part()?;
                let year = p.spelled_year();
                return Some(Span::Month { part, month, year });
            }
            if p.eat("quarter") {
                let nth = p.spelled_number().filter(|nth| (1..=4).contains(nth))?;
                let year = p.spelled_year();
                return Some(Span::Quarter { nth, year });
            }
            if p.eat("half") {
                let nth = p.spelled_number().filter(|nth| (1..=2).contains(nth))?;
                let year = p.spelled_year();
                return Some(Span::HalfYear { nth, year });
            }
            if p.eat("year") {
                let year = p.spelled_year()?;
                return p.spelled_unit().map(|unit| Span::Year(unit, year));
            }
            if p.eat("week") {
                let nth = p.spelled_number().filter(|nth| *nth <= 5)?;
                p.eat("of").then_some(())?;
                let month = p.spelled_month()?;
                let year = p.spelled_year();
                return Some(Span::WeekOf { nth, month, year });
            }
            if p.eat("fiscal") {
                return p.spelled_year().map(Span::FiscalYearCalled);
            }
            if p.eat("period") {
                return p.spelled_period();
            }
            if p.eat("part") {
                return p.spelled_term();
            }
            if p.eat("pay") {
                let number = p.spelled_number()?;
                let year = p.spelled_year();
                return Some(Span::PayPeriodNumber { number, year });
            }
            if p.eat("named") {
                let Some(Span::Named { name, year }) = p.named(|_| true) else {
                    return None;
                };
                // A year that no letter would name is read all the same.
                let year = year.or_else(|| p.spelled_year());
                return Some(Span::Named { name, year });
            }
            p.eat("holding").then_some(())?;
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
    fn spelled_period(&mut self) -> Option<Span> {
        let nth = self.spelled_nth()?;
        let whole = self.eat("full");
        let unit = self.spelled_unit()?;
        let place = if self.eat("in") {
            Place::In(Box::new(self.spelled_span()?))
        } else if self.eat("after") {
            Place::After(self.angled_point()?)
        } else if self.eat("onward") {
            Place::OnOrAfter(self.angled_point()?)
        } else if self.eat("before") {
            Place::Before(self.angled_point()?)
        } else {
            self.eat("nearest").then_some(())?;
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
    fn spelled_term(&mut self) -> Option<Span> {
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
        let of = if self.eat("of") {
            Some(Box::new(self.spelled_span()?))
        } else {
            None
        };
        Some(Span::Term { which, kind, of })
    }

    fn spelled_unit(&mut self) -> Option<Period> {
        if self.eat("biennium") {
            return Some(Period::Biennium);
        }
        self.period()
    }

    /// `number 3`, `last`.
    fn spelled_nth(&mut self) -> Option<u32> {
        if self.eat("last") {
            return Some(0);
        }
        self.eat("number").then_some(())?;
        self.spelled_number()
    }

    fn spelled_part(&mut self) -> Option<Part> {
        Some(if self.eat("whole") {
            Part::Whole
        } else if self.eat("early") {
            Part::Early
        } else if self.eat("middle") {
            Part::Mid
        } else if self.eat("late") {
            Part::Late
        } else {
            self.eat("half").then_some(())?;
            match self.spelled_number()? {
                1 => Part::FirstHalf,
                2 => Part::SecondHalf,
                _ => return None,
            }
        })
    }

    fn spelled_number(&mut self) -> Option<u32> {
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

    fn spelled_month(&mut self) -> Option<u32> {
        self.spelled_number()
            .filter(|month| (1..=12).contains(month))
    }

    fn spelled_year(&mut self) -> Option<i32> {
        let year = self.spelled_number()?;
        i32::try_from(year)
            .ok()
            .filter(|year| (1..=9999).contains(year))
    }
}

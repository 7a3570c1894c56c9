//! The spelled-out form of a tree, in angle brackets; and a day in its own words in them, where they keep together what
//! belongs together: `30 days after <the later of signing and ratification>`.
//!
//! Whatever `print/spelled.rs` writes is read here, to the same tree.

use super::core::Parser;
use crate::language::token::Kind;
use crate::language::tree::{Edge, Ends, Every, Limit, Point, Recurrence, Sort, Years};

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

    pub(super) fn angled<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        (self.kind(0) == Some(&Kind::Mark('<'))).then_some(())?;
        self.attempt(|p| {
            p.advance(1);
            let inside = read(p)?;
            p.eat_kind(&Kind::Mark('>')).then_some(inside)
        })
    }

    fn spelled_limit(&mut self) -> Option<Limit> {
        self.angled(|p| {
            if p.eat(words!("on")) {
                return p.angled_point().map(Limit::On);
            }
            if p.eat(words!("all")) {
                return p.spelled_limits().map(Limit::Several);
            }
            if p.eat(words!("recurs")) {
                return p.spelled_recurrence().map(Limit::Recurs);
            }
            if p.eat(words!("undated")) {
                let wording = p.undated_words()?;
                let after = p.eat(words!("after")).then(|| p.trigger());
                return Some(Limit::Undated {
                    wording,
                    after: match after {
                        Some(trigger) => Some(trigger?),
                        None => None,
                    },
                });
            }
            let sort = if p.eat(words!("window")) {
                Sort::Act
            } else if p.eat(words!("begin")) {
                Sort::ToBegin
            } else if p.eat(words!("term")) {
                Sort::Term
            } else {
                return None;
            };
            if p.eat(words!("in")) {
                let span = p.spelled_span()?;
                return Some(Limit::During { span, sort });
            }
            let opens = p.eat(words!("opens")).then(|| p.spelled_edge());
            let due = p.eat(words!("due")).then(|| p.spelled_edge());
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
        if self.eat(words!("on")) {
            self.angled_point().map(Edge::On)
        } else if self.eat(words!("beyond")) {
            self.angled_point().map(Edge::Beyond)
        } else if self.eat(words!("until")) {
            self.angled_point().map(Edge::Until)
        } else {
            None
        }
    }

    fn spelled_recurrence(&mut self) -> Option<Recurrence> {
        let every = self.spelled_every()?;
        let from = self.eat(words!("from")).then(|| self.angled_point());
        let until = self.eat(words!("until")).then(|| self.spelled_edge());
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
        if self.eat(words!("every")) {
            return self.spelled_length().map(Every::On);
        }
        if self.eat(words!("once")) {
            return self.spelled_length().map(Every::Within);
        }
        if self.eat(words!("each")) {
            return self.spelled_unit().map(Every::Each);
        }
        if self.eat(words!("twice month")) {
            return Some(Every::HalfMonth);
        }
        if self.eat(words!("anniversary")) {
            return Some(Every::Anniversary);
        }
        if self.eat(words!("around")) {
            let of = self.angled(|p| {
                p.eat(words!("recurs")).then_some(())?;
                p.spelled_recurrence()
            })?;
            return Some(Every::Around {
                each: self.spelled_limits()?,
                of: Box::new(of),
            });
        }
        if self.eat(words!("years")) {
            let years = if self.eat(words!("every")) {
                Years::All
            } else if self.eat(words!("odd")) {
                Years::Odd
            } else if self.eat(words!("even")) {
                Years::Even
            } else {
                self.eat(words!("from")).then_some(())?;
                Years::From(self.spelled_year()?)
            };
            let each = self.spelled_limits()?;
            return Some(Every::Yearly { each, years });
        }
        if let Some(weekday) = self.weekday_name() {
            self.eat(words!("weeks")).then_some(())?;
            let weeks = self.spelled_number()?;
            return Some(Every::Weekday { weekday, weeks });
        }
        let day = self.spelled_day_in()?;
        if self.eat(words!("months")) {
            let months = self.spelled_number()?;
            return Some(Every::DayOfMonths { day, months });
        }
        self.eat(words!("each")).then_some(())?;
        let period = self.spelled_unit()?;
        Some(Every::DayOfEach { day, period })
    }

    fn spelled_point(&mut self) -> Option<Point> {
        if let Some(Kind::Date(day)) = self.kind(0) {
            self.advance(1);
            return Some(Point::Day(*day));
        }
        if self.eat(words!("anchor")) {
            return Some(Point::Anchor);
        }
        if self.eat(words!("occasion")) {
            return Some(Point::Occasion);
        }
        if self.eat(words!("at")) {
            return self.trigger().map(Point::At);
        }
        if self.eat(words!("yearless")) {
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
        if self.eat(words!("nearest")) {
            let weekday = self.weekday_name()?;
            let to = Box::new(self.angled_point()?);
            return Some(Point::Nearest { weekday, to });
        }
        if self.eat(words!("number")) {
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
        if self.sees(words!("earlier|later")) {
            let which = self.which()?;
            let mut of = vec![self.angled_point()?];
            while let Some(next) = self.angled_point() {
                of.push(next);
            }
            return (of.len() > 1).then(|| Point::extreme(which, of));
        }
        if self.sees(words!("day")) {
            let day = self.spelled_day_in()?;
            self.eat(words!("of")).then_some(())?;
            let span = Box::new(self.spelled_span()?);
            return Some(Point::DayOf { day, span });
        }
        let ends = if self.eat(words!("minimum")) {
            Ends::Minimum
        } else if self.eat(words!("clear")) {
            Ends::Clear
        } else if self.eat(words!("including")) {
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
}

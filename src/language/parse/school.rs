//! School years and fiscal years, the terms within them, and the first day of school.

use super::core::Parser;
use super::pieces::Piece;
use crate::counting::{Season, TermKind};
use crate::language::Wording;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Period, Point, Sort, Span, WhichTerm};

/// The years that a year's name says.
struct YearsSaid {
    first: i32,
    /// How many years after the first the second one is.
    span: Option<i32>,
}

impl Parser<'_> {
    /// `2026`, `calendar year 2026`, `the 2026-27 school year`, `fiscal year 2025-26`, `FY22`, `the 2025-2027 biennium`.
    pub(super) fn named_year(&mut self) -> Option<Span> {
        let start = self.at;
        if let Some((period, years)) = self.attempt(Self::year_in_a_word) {
            return self.year_said(start, period, &years);
        }
        if self.eat(words!("biennium|biennia")) {
            let years = self.years_said(true)?;
            return (years.span == Some(2)).then_some(Span::Year(Period::Biennium, years.first));
        }
        if let Some(period) = self.year_period() {
            let years = self.years_said(period != Period::Year)?;
            return self.year_said(start, period, &years);
        }
        let years = self.years_said(false)?;
        if self.eat(words!("biennium|biennia")) {
            return (years.span == Some(2)).then_some(Span::Year(Period::Biennium, years.first));
        }
        match self.year_period() {
            Some(period) => self.year_said(start, period, &years),
            None if years.first < 1600 => None,
            None => self.year_said(start, Period::Year, &years),
        }
    }

    /// Several years of one sort: `the 2024-25 and 2025-26 school years`.
    pub(super) fn named_years(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat(words!("in|during|for|within|over"));
        let before = self.year_period();
        // `in years 2 and 3` numbers the years of an agreement.
        let short = before.is_some_and(|period| period != Period::Year);
        let mut all = vec![self.years_said(short)?];
        while let Some(next) = self.attempt(|p| {
            let comma = p.comma();
            let and = p.eat(words!("and"));
            (comma || and).then(|| p.years_said(short))?
        }) {
            all.push(next);
        }
        (all.len() > 1).then_some(())?;
        let period = before.or_else(|| self.year_period())?;
        all.into_iter()
            .map(|years| {
                Some(Piece::Span(
                    self.year_said(start, period, &years)?,
                    Sort::Act,
                ))
            })
            .collect()
    }

    /// `for the 2025-26 through 2027-28 school years`, `for the duration of the 2026-27 school year`, `for the remainder of the
    /// school year`.
    pub(super) fn whole_years(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        self.eat(words!("for|during|throughout|over|in|from"));
        let day = |day, span| Edge::On(Point::in_span(day, span));
        if self.eat(words!("remainder|rest|balance of")) {
            let span = self.own_year()?;
            return Some(vec![Piece::due(day(DayIn::Last, span), Sort::Term)]);
        }
        if self.eat(words!("duration|course|length|entirety|whole|entire of?")) {
            let span = self.own_year()?;
            let window = Piece::window(
                day(DayIn::Nth(1), span.clone()),
                day(DayIn::Last, span),
                Sort::Term,
            );
            return Some(vec![window]);
        }
        let before = self.year_period().filter(|period| *period != Period::Year);
        let first = self.years_said(before.is_some())?;
        self.eat(words!("up? to|through|thru and? including?"))
            .then_some(())?;
        let last = self.years_said(before.is_some())?;
        let period = before.or_else(|| self.year_period())?;
        let first = self.year_said(start, period, &first)?;
        let last = self.year_said(start, period, &last)?;
        let window = Piece::window(
            day(DayIn::Nth(1), first),
            day(DayIn::Last, last),
            Sort::Term,
        );
        Some(vec![window])
    }

    /// A year of an office's own calendar, or a part of one; without a name, the one that runs.
    fn own_year(&mut self) -> Option<Span> {
        if let Some(span) = self.own_span() {
            return Some(span);
        }
        if let Some(year) = self.attempt(Self::named_year) {
            return (!matches!(year, Span::Year(Period::Year, _))).then_some(year);
        }
        self.eat(words!("current|this|that|present"));
        let unit = self.year_period()?;
        (unit != Period::Year).then_some(Span::Holding {
            unit,
            shift: 0,
            of: Point::Anchor,
        })
    }

    /// A year of some sort, named as such.
    pub(super) fn year_period(&mut self) -> Option<Period> {
        if self.eat_any(&[
            words!("school|academic|instructional year|years"),
            words!("sy"),
        ]) {
            Some(Period::SchoolYear)
        } else if self.eat_any(&[words!("fiscal|budget year|years"), words!("fy")]) {
            Some(Period::FiscalYear)
        } else if self.eat(words!("calendar? year|years")) {
            Some(Period::Year)
        } else {
            None
        }
    }

    /// `FY22`, `FY2022-23`, `SY26-27`.
    fn year_in_a_word(&mut self) -> Option<(Period, YearsSaid)> {
        let word = self.word(0);
        let (period, digits) = match (word.strip_prefix("fy"), word.strip_prefix("sy")) {
            (Some(digits), _) => (Period::FiscalYear, digits),
            (None, Some(digits)) => (Period::SchoolYear, digits),
            (None, None) => return None,
        };
        let short = digits.len() == 2;
        (short || digits.len() == 4).then_some(())?;
        let first: i32 = digits.parse().ok()?;
        self.advance(1);
        let first = if short { 2000 + first } else { first };
        let span = self.second_year(first);
        Some((period, YearsSaid { first, span }))
    }

    /// `2026`, `2026-27`, `2026 – 2027`; of two digits where two stand together or a year's sort was named before.
    fn years_said(&mut self, named: bool) -> Option<YearsSaid> {
        if let Some(first) = self.year() {
            let span = self.second_year(first);
            return Some(YearsSaid { first, span });
        }
        let digits = self
            .attempt(Self::digits)
            .filter(|digits| digits.len() == 2)?;
        let first = 2000 + digits.parse::<i32>().ok()?;
        let span = self.second_year(first);
        (named || span == Some(1)).then_some(YearsSaid { first, span })
    }

    /// The `-27` of `2026-27`, as the years between the two.
    fn second_year(&mut self, first: i32) -> Option<i32> {
        self.attempt(|p| {
            let joined = p.eat_kind(&Kind::Dash) || p.eat_kind(&Kind::Mark('/'));
            joined.then_some(())?;
            let Kind::Number {
                value,
                spelled: false,
            } = p.kind(0)?
            else {
                return None;
            };
            let second = i32::try_from(*value).ok()?;
            let span = match second {
                0..=99 => (second - first).rem_euclid(100),
                1600..=2999 => second.checked_sub(first)?,
                _ => return None,
            };
            p.advance(1);
            Some(span)
        })
    }

    fn year_said(&mut self, start: usize, period: Period, years: &YearsSaid) -> Option<Span> {
        let first = years.first;
        match (period, years.span) {
            (Period::FiscalYear | Period::SchoolYear, Some(1)) | (Period::Year, None) => {
                Some(Span::Year(period, first))
            }
            (Period::FiscalYear, None) => Some(if self.in_doubt(Wording::FiscalYearCalled) {
                Span::Year(Period::FiscalYear, first)
            } else {
                Span::FiscalYearCalled(first)
            }),
            (Period::SchoolYear, None) => {
                self.warn(
                    start,
                    format!("a school year has two years: read as the one that begins in {first}"),
                    format!(
                        "write `{first}-{:02} school year`",
                        (first + 1).rem_euclid(100)
                    ),
                );
                Some(Span::Year(period, first))
            }
            _ => {
                let written = self.words.get(self.range_from(start)).unwrap_or_default();
                self.complain(
                    start,
                    format!("`{written}` is no one year"),
                    "write the year, as in `the 2026-27 school year`, or its first and its last day",
                )
            }
        }
    }

    /// What a part of a school year is called. `term` and `quarter` alone are something else.
    pub(super) fn term_kind(&mut self) -> Option<TermKind> {
        if self.eat(words!("semester|semesters")) {
            Some(TermKind::Semester)
        } else if self.eat(words!("trimester|trimesters")) {
            Some(TermKind::Trimester)
        } else {
            self.attempt(|p| {
                p.eat(words!("school|academic|instructional"))
                    .then_some(())?;
                p.any_term_kind()
            })
        }
    }

    /// The same beside a season, where every name is one.
    fn any_term_kind(&mut self) -> Option<TermKind> {
        TermKind::ALL.into_iter().find(|kind| {
            let word = kind.word();
            let found = self.word(0).trim_end_matches('s') == word;
            if found {
                self.advance(1);
            }
            found
        })
    }

    pub(super) fn season(&mut self) -> Option<Season> {
        let season = match self.word(0) {
            "fall" | "autumn" => Season::Fall,
            "winter" => Season::Winter,
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            _ => return None,
        };
        self.advance(1);
        Some(season)
    }

    /// `the fall semester`, `the Spring 2026 semester`, `the first semester of the 2026-27 school year`.
    pub(super) fn term_of_school(&mut self) -> Option<Span> {
        let mut year = self.attempt(Self::year);
        let which = match self.season() {
            Some(season) => WhichTerm::Season(season),
            None => match self.kind(0)? {
                Kind::Ordinal(nth @ 1..=8) if year.is_none() => {
                    self.advance(1);
                    WhichTerm::Nth(*nth)
                }
                _ => return None,
            },
        };
        let season = matches!(which, WhichTerm::Season(_));
        if season && year.is_none() {
            year = self.attempt(Self::year);
        }
        let kind = if season {
            self.eat(words!("academic|school|instructional"));
            self.any_term_kind()?
        } else if let Some(kind) = self.term_kind() {
            kind
        } else {
            // The first quarter of a calendar year is another.
            let kind = self.any_term_kind()?;
            let after = self.at;
            let of_school = self.attempt(|p| {
                p.eat(words!("of|in|during")).then_some(())?;
                p.eat(words!("each|every|next|following|current"));
                let year = p.attempt(Self::named_year);
                let school = year.is_none() && p.year_period() == Some(Period::SchoolYear);
                (school || matches!(year, Some(Span::Year(Period::SchoolYear, _)))).then_some(())
            });
            of_school?;
            self.at = after;
            kind
        };
        let of = match year {
            Some(year) => Some(Span::Year(Period::Year, year)),
            None => self.attempt(|p| {
                p.comma();
                p.eat(words!("of|in|for|during")).then_some(())?;
                // `the fall semester of each year` is said of calendar years.
                if p.sees(words!("each|every calendar? year")) {
                    return None;
                }
                if let Some(each) = p.attempt(Self::each_as_span) {
                    return Some(each);
                }
                if let Some(year) = p.attempt(Self::named_year) {
                    return Some(year);
                }
                p.holding(false)
            }),
        };
        let year_alone = self.attempt(|p| {
            of.is_none().then_some(())?;
            p.comma();
            p.year()
        });
        let of = of.or(year_alone.map(|year| Span::Year(Period::Year, year)));
        // `of the school year` says no more than the term does.
        let _: Option<()> = self.attempt(|p| {
            of.is_none().then_some(())?;
            p.eat(words!("of|in|during school|academic year"))
                .then_some(())
        });
        Some(Span::Term {
            which,
            kind,
            of: of.map(Box::new),
        })
    }

    /// `fall and spring semesters`, after `each`.
    pub(super) fn seasons(&mut self) -> Option<Vec<Span>> {
        let mut seasons = vec![self.season()?];
        while let Some(next) = self.attempt(|p| {
            let comma = p.comma();
            (p.eat(words!("and")) || comma).then_some(())?;
            p.season()
        }) {
            seasons.push(next);
        }
        let kind = self.any_term_kind()?;
        Some(
            seasons
                .into_iter()
                .map(|season| Span::Term {
                    which: WhichTerm::Season(season),
                    kind,
                    of: None,
                })
                .collect(),
        )
    }

    /// `the first day of school`, `the end of classes`, with the year that it is of.
    pub(super) fn day_of_school(&mut self) -> Option<Point> {
        let day = if self.eat_any(&[
            words!("beginning|start|commencement|opening of"),
            words!("first day of"),
        ]) || (self.eat_ordinal(1) && self.eat(words!("day of")))
        {
            DayIn::Nth(1)
        } else if self.eat_any(&[
            words!("end|close|conclusion of"),
            words!("last|final day of"),
        ]) {
            DayIn::Last
        } else {
            return None;
        };
        self.eat(words!("school|classes|instruction"))
            .then_some(())?;
        if self.sees(words!(
            "year|years|day|days|quarter|term|session|semester|board|district"
        )) {
            return None;
        }
        self.eat(words!("for all? students|pupils|teachers"));
        let span = self
            .attempt(|p| {
                p.comma();
                p.eat(words!("of|in|for|during"));
                p.attempt(|p| {
                    p.eat(words!("each|every school|academic|calendar? year"))
                        .then_some(())?;
                    p.of_each(Period::SchoolYear)
                })
                .or_else(|| p.attempt(Self::named_year))
                .or_else(|| p.attempt(|p| p.holding(false)))
            })
            .map(|span| match span {
                // The day of school in a calendar year.
                Span::Year(Period::Year, year) if day == DayIn::Nth(1) => {
                    Span::Year(Period::SchoolYear, year)
                }
                Span::Year(Period::Year, year) => Span::Year(Period::SchoolYear, year - 1),
                span => span,
            });
        let span = match span {
            Some(span) => span,
            // Without a year, the next to begin, or the one that runs.
            None => Span::Holding {
                unit: Period::SchoolYear,
                shift: i32::from(day == DayIn::Nth(1)),
                of: Point::Anchor,
            },
        };
        Some(Point::DayOf {
            day,
            span: Box::new(span),
        })
    }
}

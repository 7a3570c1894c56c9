//! Clauses: one limit each, and how they are strung together.

use super::core::Parser;
use super::merge;
use super::spans::first_of;
use crate::counting::Length;
use crate::ids::EventId;
use crate::language::Trigger;
use crate::language::token::Kind;
use crate::language::tree::{
    DayIn, Edge, Limit, Period, Point, Recurrence, Sort, Span, Undated, Years,
};

/// One limit of a phrase, before the clauses are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A first day, a last day, or both.
    Ends {
        opens: Option<Edge>,
        due: Option<Edge>,
        /// Just that day, not a limit.
        exact: bool,
        sort: Sort,
    },
    /// A stretch that has a name.
    Span(Span, Sort),
    /// A length after the limit before it: `within an additional 30 days`.
    After(Length, usize),
}

impl Piece {
    pub(super) fn opening(opens: Option<Edge>) -> Self {
        Self::Ends {
            opens,
            due: None,
            exact: false,
            sort: Sort::Act,
        }
    }

    pub(super) fn due(edge: Edge, sort: Sort) -> Self {
        Self::Ends {
            opens: None,
            due: Some(edge),
            exact: false,
            sort,
        }
    }

    pub(super) fn exact(point: Point) -> Self {
        Self::Ends {
            opens: None,
            due: Some(Edge::On(point)),
            exact: true,
            sort: Sort::Act,
        }
    }

    pub(super) fn window(opens: Edge, due: Edge, sort: Sort) -> Self {
        Self::Ends {
            opens: Some(opens),
            due: Some(due),
            exact: false,
            sort,
        }
    }

    pub(super) fn after_the_one_before(length: Length, at: usize) -> Self {
        Self::After(length, at)
    }
}

/// A clause: what it says.
#[derive(Clone, Debug)]
pub(super) enum Clause {
    Pieces(Vec<Piece>),
    /// One way of recurring, or several at once: the 1st and the 15th of each month.
    Recurs(Vec<Recurrence>),
    Undated(Undated, Option<Trigger>),
}

/// How a clause is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    But,
    Or,
    /// `as well as`: owed besides, whatever the first says.
    Also,
    None,
}

impl Parser<'_> {
    /// The whole phrase.
    pub(super) fn phrase(&mut self) -> Option<Limit> {
        if self.renews() {
            return None;
        }
        self.lead_in();
        self.begins_within();
        let mut clauses = vec![(Joint::None, self.clause()?)];
        loop {
            self.trailing_hour();
            if self.done() {
                break;
            }
            if self.renews() {
                return None;
            }
            if self.tail() || self.whichever(&mut clauses) {
                continue;
            }
            let joint = self.joint();
            if self.done() || self.tail() {
                break;
            }
            if self.renews() {
                return None;
            }
            self.go_on();
            // Beside a limit a wording without a date adds no limit: it is kept as a condition.
            let soft = self.attempt(|p| {
                let start = p.at;
                if p.attempt(Self::soft_lead).is_some() {
                    return None;
                }
                p.undated_words()?;
                p.at = start;
                Some(())
            });
            if soft.is_some() && joint != Joint::None {
                self.keep_the_rest();
                break;
            }
            let said = self.yearly;
            if let Some(years) = self.attempt(|p| p.again_each_year(&mut clauses)) {
                self.yearly = Some(years);
                continue;
            }
            let Some(clause) = self.attempt(Self::clause) else {
                self.yearly = said;
                if joint == Joint::Or && self.loose_tail() {
                    break;
                }
                return None;
            };
            clauses.push((joint, clause));
        }
        merge::limit(self, clauses)
    }

    /// Words before the limit that say nothing about time.
    fn lead_in(&mut self) {
        loop {
            let at = self.at;
            let subject = self.attempt(|p| {
                p.document()?;
                (p.sees("shall|will|must|is|may|to|remains|continues|expires|terminates|ends")
                    || p.sees("becomes|takes|begins"))
                .then_some(())
            });
            if subject.is_none() {
                self.eat_any(&["it|they|which|that", "and|but"]);
            }
            self.eat("shall|will|must");
            // Before anything else it is the month.
            if self.sees("may be|not|only|begin|start|commence|last|run|remain|continue|extend|end")
            {
                self.eat("may");
            }
            self.eat("be|is|are");
            // `effective each July 1` recurs.
            if self.sees("effective each|every") {
                self.eat("effective");
            }
            let effect = self.at;
            if self.eat_any(&[
                "remain|remains|continue|continues|be|stay|is in full? force? and? effect",
                "in full? force and effect",
                "in effect",
                "remain|remains effective",
            ]) {
                // `in effect unless modified` has no date, and says so with these words.
                if self.done() || self.sees("unless") {
                    self.at = effect;
                    break;
                }
            }
            self.eat_any(&[
                "due",
                "completed|held|provided|submitted|given|made|paid|implemented|scheduled|filed|issued|delivered",
                "to take|takes|take place",
                "to occur|occurs|occur",
                "take|takes effect",
            ]);
            if self.at == at || self.done() {
                break;
            }
        }
        if self.done() {
            self.at = 0;
        }
    }

    /// `commence no later than`: the limit is for the beginning alone, unless an end is named as well.
    fn begins_within(&mut self) {
        let ends = self.tokens.iter().any(|token| {
            matches!(&token.kind, Kind::Word(word) if ["complet", "end", "finish", "conclu", "clos"].iter().any(|end| word.starts_with(end)))
        });
        if !ends
            && self.sees("to? begin|begins|start|starts|commence|commences|starting|commencing|beginning within|by|no|not")
        {
            self.eat("to");
            self.advance(1);
        }
    }

    /// `and shall`, `but in no case`, between clauses.
    fn go_on(&mut self) {
        self.eat("in any event|case");
        self.lead_in_between();
    }

    fn lead_in_between(&mut self) {
        let at = self.at;
        self.eat("then|also");
        self.lead_in();
        if self.done() {
            self.at = at;
        }
    }

    fn joint(&mut self) -> Joint {
        let mut joint = Joint::None;
        loop {
            if self.comma() || self.eat_kind(&Kind::Semicolon) {
                joint = if joint == Joint::None {
                    Joint::And
                } else {
                    joint
                };
            } else if self.eat("as well as") {
                joint = Joint::Also;
            } else if self.eat("but") {
                joint = Joint::But;
            } else if self.eat("or") {
                joint = Joint::Or;
            } else if self.eat("and") {
                joint = Joint::And;
            } else {
                return joint;
            }
        }
    }

    /// `of each year`, after a day or a month that names none.
    pub(super) fn each_year(&mut self) {
        let _: Option<()> = self.attempt(|p| {
            p.comma();
            let years = p.each_year_words()?;
            p.yearly = Some(years);
            Some(())
        });
    }

    fn each_year_words(&mut self) -> Option<Years> {
        if self.eat("annually|yearly thereafter?") || self.eat("per year|annum") {
            return Some(Years::All);
        }
        if self.eat("of|on any|each|every subsequent|successive|succeeding|following? anniversary thereof|date?") {
            return Some(Years::All);
        }
        self.attempt(|p| {
            p.eat("of|in|for|during");
            if !p.eat("each|every|any|all|such") {
                return None;
            }
            p.eat("subsequent|succeeding|successive|following|and|future?");
            p.eat("calendar|contract|agreement|fiscal");
            let years = if p.eat("odd numbered?") {
                Years::Odd
            } else if p.eat("even numbered?") {
                Years::Even
            } else {
                Years::All
            };
            p.eat("calendar");
            if !p.eat("year|years") {
                return None;
            }
            let _: Option<()> = p.attempt(|p| {
                if !p.eat("of|during|covered by?") {
                    return None;
                }
                p.eat("term|duration|life of");
                p.document()
            });
            let from = p.attempt(|p| {
                p.eat("from").then_some(())?;
                let year = p.year()?;
                p.eat("on|onward|onwards").then_some(Years::From(year))
            });
            p.eat("thereafter");
            Some(from.unwrap_or(years))
        })
    }

    /// One clause.
    pub(super) fn clause(&mut self) -> Option<Clause> {
        // `as early as possible, but no later than D` is D.
        let _: Option<()> = self.attempt(Self::soft_lead);
        if let Some((wording, after)) = self.attempt(Self::undated) {
            return Some(Clause::Undated(wording, after));
        }
        if let Some(recurrence) = self.attempt(Self::recurrence) {
            return Some(recurrence);
        }
        self.attempt(Self::measures)
            .or_else(|| self.attempt(Self::pair))
            .or_else(|| self.attempt(Self::life))
            .or_else(|| self.attempt(Self::limited))
            .or_else(|| self.attempt(Self::spans))
            .or_else(|| self.attempt(Self::bare))
            .or_else(|| self.attempt(Self::bare_length))
            .map(|pieces| {
                self.each_year();
                Clause::Pieces(pieces)
            })
    }

    /// `between A and B`, `from A through B`, `A – B`.
    fn pair(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        let period = self.eat_any(&[
            "for|during|over? period|term of|from|between?",
            "for|during from",
        ]);
        let between = self.eat("between");
        let during = self
            .tokens
            .get(start)
            .is_some_and(|t| t.kind == Kind::Word("during".to_owned()));
        let from = self.eat("from");
        let sort = if between || during || !(from || period) {
            Sort::Act
        } else {
            Sort::Term
        };
        self.eat("any|each|every successive|subsequent");
        let first = self.attempt(Self::start_of_pair)?;
        self.each_year();
        self.comma();
        let (last, beyond) = if between {
            self.eat("and").then_some(())?;
            (self.attempt(Self::end_of_pair)?, false)
        } else {
            self.second_end(&first)?
        };
        self.trailing_hour();
        // `from July 1 through December 31, 2026`: the year belongs to both.
        let first = merge::of_the_same_year(first, &last);
        let due = if beyond {
            Edge::Beyond(last)
        } else {
            Edge::On(last)
        };
        Some(vec![Piece::window(Edge::On(first), due, sort)])
    }

    /// A day, or the first day of a stretch.
    fn start_of_pair(&mut self) -> Option<Point> {
        self.attempt(|p| {
            let span = p.attempt(Self::part_of_month)?;
            Some(first_of(span))
        })
        .or_else(|| self.point())
    }

    fn end_of_pair(&mut self) -> Option<Point> {
        self.eat("on|upon");
        self.attempt(|p| {
            let span = p.attempt(Self::part_of_month)?;
            Some(Point::DayOf {
                day: DayIn::Last,
                span: Box::new(span),
            })
        })
        .or_else(|| self.point())
        .inspect(|_| {
            self.eat("of following|next|same|that|succeeding year");
        })
    }

    /// The far end of `from A ...`, and whether its day is left out.
    fn second_end(&mut self, first: &Point) -> Option<(Point, bool)> {
        let start = self.at;
        if self.eat("up? to and including")
            || self.eat("through|thru and? including?")
            || self.eat_kind(&Kind::Dash)
        {
            let last = self.attempt(Self::end_of_pair);
            return Some((last.or_else(|| self.day_of_the_same_month(first))?, false));
        }
        if self.eat_any(&["and? up? until|till|til such? time? as|that?", "up? to"]) {
            let last = self
                .until_point()
                .or_else(|| self.day_of_the_same_month(first))?;
            self.warn_of_until(start);
            return Some((last, false));
        }
        None
    }

    /// The `31, 2026` of `July 1-31, 2026`.
    fn day_of_the_same_month(&mut self, first: &Point) -> Option<Point> {
        let Point::Yearless { month, .. } = first else {
            return None;
        };
        self.attempt(|p| {
            let start = p.at;
            let day = p.day_number()?;
            let year = p.attempt(|p| {
                p.comma();
                p.eat("of|in");
                p.year()
            });
            p.real_day(start, year, *month, day)
        })
    }

    pub(super) fn warn_of_until(&mut self, start: usize) {
        let certain = self
            .tokens
            .get(start)
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if matches!(w.as_str(), "until" | "to" | "till" | "til" | "up" | "and")));
        let inclusive = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|t| matches!(&t.kind, Kind::Word(w) if w == "inclusive"));
        if certain && !inclusive {
            self.warn(
                start,
                "law differs on whether the last day is included: read as through that day",
                "write `through` or `before`",
            );
        }
    }

    fn until_point(&mut self) -> Option<Point> {
        self.attempt(Self::end_of_pair)
    }

    /// `during the life of this agreement`, `with the contract`.
    fn life(&mut self) -> Option<Vec<Piece>> {
        let during = self.eat("for|during|throughout|over entire? life|term|duration of");
        let with = !during
            && (self.eat("coterminous|concurrent|coextensive|concurrently? with")
                || self.eat("with"));
        if !during && !with {
            return None;
        }
        let agreement = self.attempt(|p| {
            p.eat("its");
            p.agreement_name()
        });
        if agreement.is_none() {
            self.document()?;
        }
        let own = |event: &str| {
            Point::At(Trigger::Event {
                agreement: agreement.clone(),
                event: EventId::new(event),
            })
        };
        Some(vec![if during {
            Piece::window(
                Edge::On(own("effective")),
                Edge::On(own("expiration")),
                Sort::Term,
            )
        } else {
            Piece::due(Edge::On(own("expiration")), Sort::Term)
        }])
    }

    /// A modifier and what it limits: `no later than D`, `before D`, `starting D`, `until D`.
    fn limited(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        if self.eat("each|every|any") {
            // `each January`.
            if let Some(span) = self.attempt(Self::part_of_month) {
                self.yearly = Some(Years::All);
                return Some(vec![Piece::Span(span, Sort::Act)]);
            }
            // `each July 1`.
            let points = self.attempt(Self::dates)?;
            if points.iter().any(|p| matches!(p, Point::Yearless { .. })) {
                self.yearly = Some(Years::All);
            }
            return Some(points.into_iter().map(Piece::exact).collect());
        }
        if self.eat_any(&[
            "to begin|start|commence",
            "begin|start|commence|begins|starts in|during|on?",
        ]) {
            self.eat("in|during|on");
            let span = self.span()?;
            return Some(vec![Piece::Span(span, Sort::ToBegin)]);
        }
        if self.eat_any(&[
            "up to and including",
            "to and including",
            "through|thru and? including?",
            "and? ending|terminating|expiring|concluding|ends|expires|expire|terminate|terminates|end on|at?",
            "no longer than until",
        ]) {
            return self.last_day(start, Sort::Term, false);
        }
        if self.eat_any(&[
            "no earlier|sooner than",
            "not earlier|sooner than",
            "on or after|following",
            "not before|until",
            "in? no event|case before",
            "in? no event|case earlier|sooner than",
            "only? beginning|starting|commencing|begins|commences|effective on|with|from|upon|as? of?",
            "retroactive|retroactively to",
            "in effect from",
            "on and after",
        ]) {
            self.eat("on|upon|as of");
            return self.first_day_of(false);
        }
        if self.eat_any(&[
            "by? no|not later than",
            "not after|beyond|past",
            "in? no event|case after|beyond",
            "later than",
            "on or before|at",
            "by end|close of day on",
            "by on?",
            "prior to or on",
            "within",
        ]) {
            self.eat("on|by");
            return self.last_day(start, Sort::Act, false);
        }
        if self.eat_any(&["before|preceding", "prior to", "in advance of", "ahead of"]) {
            // `prior to midnight on D` is D.
            let hours = self.asides.len();
            let mut pieces = self.last_day(start, Sort::Act, true)?;
            if self.asides.len() > hours
                && self
                    .asides
                    .get(hours)
                    .is_some_and(|a| a.to_ascii_lowercase().replace(['-', ' '], "") == "midnight")
            {
                for piece in &mut pieces {
                    if let Piece::Ends {
                        due: Some(edge), ..
                    } = piece
                    {
                        *edge = Edge::On(edge.point().clone());
                    }
                }
            }
            return Some(pieces);
        }
        if self.eat_any(&["and? up? until|till|til such? time? as|that?", "up? to"]) {
            self.eat("on|upon|at");
            let pieces = self.last_day(start, Sort::Term, false)?;
            let certain = pieces.iter().any(|piece| {
                matches!(piece, Piece::Ends { due: Some(edge), .. } if edge.point().is_certain())
            });
            if certain {
                self.warn_of_until(start);
            }
            return Some(pieces);
        }
        if self.eat("after|following|from") {
            let strict = self
                .tokens
                .get(self.at - 1)
                .is_some_and(|t| t.kind != Kind::Word("from".to_owned()));
            return self.first_day_of(strict);
        }
        None
    }

    /// The days that a deadline ends on.
    fn last_day(&mut self, start: usize, sort: Sort, strict: bool) -> Option<Vec<Piece>> {
        let edge = |point: Point| {
            if strict {
                Edge::Beyond(point)
            } else {
                Edge::On(point)
            }
        };
        if let Some(span) = self.attempt(Self::deadline_span) {
            let whole_month = matches!(span, Span::Month { .. });
            let day = if strict { DayIn::Nth(1) } else { DayIn::Last };
            if whole_month && !strict {
                self.warn(
                    start,
                    "a deadline that names a month is read as its last day",
                    "write the day, or `by the end of`",
                );
            }
            let point = Point::DayOf {
                day,
                span: Box::new(span),
            };
            return Some(vec![Piece::due(edge(point), sort)]);
        }
        let points = self.points()?;
        Some(
            points
                .into_iter()
                .map(|point| Piece::due(edge(point), sort))
                .collect(),
        )
    }

    /// A month, a year or a pay period that a deadline names as a whole.
    fn deadline_span(&mut self) -> Option<Span> {
        if let Some(span) = self.attempt(Self::part_of_month) {
            return Some(span);
        }
        self.span().filter(|span| !matches!(span, Span::About(_)))
    }

    fn first_day_of(&mut self, strict: bool) -> Option<Vec<Piece>> {
        let edge = |point: Point| {
            if strict {
                Edge::Beyond(point)
            } else {
                Edge::On(point)
            }
        };
        if let Some(span) = self.attempt(Self::span) {
            let point = if strict {
                Point::DayOf {
                    day: DayIn::Last,
                    span: Box::new(span),
                }
            } else {
                first_of(span)
            };
            return Some(vec![Piece::opening(Some(edge(point)))]);
        }
        let points = self.points()?;
        Some(
            points
                .into_iter()
                .map(|point| Piece::opening(Some(edge(point))))
                .collect(),
        )
    }

    /// `in September 2026`, `early February`, `in April and October of each year`.
    fn spans(&mut self) -> Option<Vec<Piece>> {
        let about = self.sees("on or about|around|approximately|before_");
        let during = !about && self.eat("in|during|for|within|over|on|with");
        let span = self.span()?;
        if during && matches!(span, Span::Year(Period::Year, _)) && self.word(0) == "days" {
            return None;
        }
        let mut spans = vec![span];
        while let Some(next) = self.attempt(|p| {
            let joined = p.comma();
            let and = p.eat("and");
            (joined || and).then(|| p.attempt(Self::part_of_month))?
        }) {
            spans.push(next);
        }
        // In `April and May 2026` the year belongs to both.
        let year = spans.last().and_then(|span| match span {
            Span::Month { year, .. } => *year,
            _ => None,
        });
        for span in &mut spans {
            if let Span::Month { year: own, .. } = span {
                *own = own.or(year);
            }
        }
        Some(
            spans
                .into_iter()
                .map(|s| Piece::Span(s, Sort::Act))
                .collect(),
        )
    }

    /// A day with nothing before it but `on`, `upon`, `at`, `as of`.
    fn bare(&mut self) -> Option<Vec<Piece>> {
        self.eat("effective? immediately? upon|on|at|with|as of?");
        self.eat("of");
        self.eat("time of");
        let points = self.points()?;
        self.eat("inclusive");
        Some(points.into_iter().map(Piece::exact).collect())
    }

    /// `for a period of 90 days`, `a six-month pilot`.
    fn bare_length(&mut self) -> Option<Vec<Piece>> {
        self.eat("for|during");
        self.eat_any(&[
            "maximum|total? period|term|duration|pilot of?",
            "period|term|duration of?",
        ]);
        let at = self.at;
        let measured = self.measures()?;
        self.eat("pilot|trial|probationary|program|project|period|term|time");
        self.eat("program|project|period|agreement");
        let anchored = measured.iter().all(|piece| {
            matches!(piece, Piece::Ends { due, opens, .. }
            if due.as_ref().or(opens.as_ref()).is_some_and(|edge| {
                matches!(edge.point(), Point::Offset { from, .. } if **from == Point::Anchor)
            }))
        });
        (anchored || self.at > at).then_some(measured)
    }

    /// `or any anniversary thereof`, `or June 30 of any year thereafter`: the same, each year.
    fn again_each_year(&mut self, clauses: &mut [(Joint, Clause)]) -> Option<Years> {
        let (_, Clause::Pieces(pieces)) = clauses.last_mut()? else {
            return None;
        };
        let first = merge::first_year(pieces);
        let again = self
            .attempt(|p| {
                let plain = p.eat_any(&[
                    "on? any|each|every subsequent|successive|succeeding? anniversary|anniversaries thereof|thereafter|date?",
                    "on? any|each|every year|anniversary thereafter",
                    "annually|yearly thereafter",
                    "on? its anniversary|anniversaries",
                ]);
                plain.then_some(None)
            })
            .or_else(|| {
                self.attempt(|p| {
                    let successive = p.eat("any|each|every successive|subsequent|succeeding");
                    let before = p.yearly;
                    p.yearly = successive.then_some(Years::All);
                    let Clause::Pieces(again) = p.clause()? else {
                        return None;
                    };
                    let yearly = p.yearly.is_some();
                    p.yearly = before;
                    yearly.then_some(Some(again))
                })
            })?;
        if let Some(again) = again {
            let wanted = merge::yearless_days(&again);
            let known = merge::yearless_days(pieces);
            if first.is_none() || !wanted.iter().all(|day| known.contains(day)) {
                return None;
            }
        }
        let first = first?;
        merge::forget_years(pieces);
        Some(Years::From(first))
    }
}

//! A modifier and what it limits: `no later than D`, `before D`, `starting D`; a stretch, a day or a length by itself.

use super::core::Parser;
use super::pieces::Piece;
use super::spans::first_of;
use crate::language::Wording;
use crate::language::pattern::Pattern;
use crate::language::token::Kind;
use crate::language::tree::{DayIn, Edge, Part, Period, Point, Sort, Span, Years};

/// What stands before a first day.
const NO_EARLIER: [&Pattern; 15] = [
    words!("nor earlier|sooner than"),
    words!("no earlier|sooner than"),
    words!("not earlier|sooner than"),
    words!("on or after|following"),
    words!("on or subsequent to"),
    words!("from? and after"),
    words!("not prior to"),
    words!("not before|until"),
    words!("in? no event|case before"),
    words!("in? no event|case earlier|sooner than"),
    words!("effective? retroactive|retroactively to|from"),
    words!("effective as of? and? retroactive to"),
    words!(
        "only? beginning|starting|commencing|begins|commences|effective on|in|with|from|upon|at|as? of?"
    ),
    words!("in effect from"),
    words!("on and after"),
];

/// What stands before a last day.
const NO_LATER: [&Pattern; 13] = [
    words!("nor later than"),
    words!("by? no|not later than"),
    words!("not after|beyond|past"),
    words!("in? no event|case after|beyond"),
    words!("in? no event|case shall|will|may|must? it|this|that|they? be|occur? later than"),
    words!("under no circumstances later than"),
    words!("on or before|at|by"),
    words!("on or prior to"),
    words!("at latest by?"),
    words!("by end|close of day on"),
    words!("by on?"),
    words!("prior to or on"),
    words!("within"),
];

impl Parser<'_> {
    /// A modifier and what it limits: `no later than D`, `before D`, `starting D`, `until D`.
    pub(super) fn limited(&mut self) -> Option<Vec<Piece>> {
        let start = self.at;
        if self.eat(words!("on? each|every|any")) {
            // `each January`.
            if let Some(span) = self.attempt(Self::part_of_month) {
                self.yearly = Some(Years::All);
                return Some(vec![Piece::Span(span, Sort::Act)]);
            }
            // `each July 1`.
            let points = self.attempt(Self::dates)?;
            if points.iter().any(|p| matches!(p, Point::Yearless { .. })) {
                self.yearly = Some(Years::All);
                self.eat(words!("thereafter"));
            }
            return Some(points.into_iter().map(Piece::exact).collect());
        }
        if let Some(span) = self.attempt(|p| {
            p.eat_any(&[
                words!("to begin|start|commence"),
                words!("begin|start|commence|begins|starts in|during|on?"),
            ])
            .then_some(())?;
            p.eat(words!("in|during|on"));
            p.span()
        }) {
            return Some(vec![Piece::Span(span, Sort::ToBegin)]);
        }
        if self.attempt(Self::up_to_but_not).is_some() {
            return self.last_day(start, Sort::Term, true);
        }
        if self.attempt(Self::ends_with).is_some()
            || self.attempt(Self::up_to_and_including).is_some()
            || self.eat_any(&[
            words!("up to and including"),
            words!("to|until|till and including"),
            words!("through|thru and? including?"),
            words!("and? ending|terminating|expiring|concluding|ends|expires|expire|terminate|terminates|end|sunset|sunsets|sunsetting|lapse|lapses on|at?"),
            words!("no longer than until"),
        ])
        {
            // `commencing on ratification and ending ninety days thereafter`.
            if let Some(length) = self.attempt(|p| {
                let written = p.length()?;
                p.eat(words!("thereafter|later|afterwards|afterward"))
                    .then_some(written.length)
            }) {
                return Some(vec![Piece::after_the_one_before(length, start, true)]);
            }
            return self.last_day(start, Sort::Term, false);
        }
        // `the beginning of the school year` is a day of it.
        let a_beginning = self.sees(words!("beginning of"));
        if !a_beginning && self.eat_any(&NO_EARLIER) {
            self.eat(words!("on|upon|as of"));
            let strict = self.eat(words!("after|following"));
            return self.first_day_of(strict);
        }
        if self.eat_any(&NO_LATER) {
            self.eat(words!("on|by"));
            return self.last_day(start, Sort::Act, false);
        }
        if self.sees(words!("later than")) && self.at > 0 {
            self.advance(2);
            if !self.is_denied(start) {
                return self.complain(
                    start,
                    "`later than` names a day on which it may begin or a day by which it is done",
                    "write `after`, or `no later than`",
                );
            }
            self.eat(words!("on|by"));
            return self.last_day(start, Sort::Act, false);
        }
        if self.eat_any(&[
            words!("before|preceding"),
            words!("prior to"),
            words!("in advance of"),
            words!("ahead of"),
        ]) {
            return self.before_a_day(start);
        }
        if self.eat_any(&[
            words!("and? up? until|till|til such? time? as|that?"),
            words!("up? to"),
        ]) {
            return self.until_a_day(start);
        }
        if self.eat(words!("only? after|following|from")) || self.eat(words!("subsequent to")) {
            let strict = self
                .tokens
                .get(self.at - 1)
                .is_some_and(|t| t.kind != Kind::Word("from".to_owned()));
            return self.first_day_of(strict);
        }
        None
    }

    /// `set to expire on June 30, 2027`, `ending with the expiration of this agreement`; `terminating upon 30 days' notice` names no day.
    fn ends_with(&mut self) -> Option<()> {
        if self.eat(words!(
            "set|scheduled? to expire|end|terminate|sunset|lapse"
        )) {
            // `to the end of July` is until that day.
            let a_day = self.sees(words!("of"));
            self.eat(words!("on|at"));
            return (!a_day).then_some(());
        }
        self.eat(words!(
            "and? ending|expiring|terminating|concluding with|upon"
        ))
        .then_some(())?;
        (!matches!(self.kind(0), Some(Kind::Number { .. }))).then_some(())
    }

    /// `up to but not including`, `through, but excluding`: the day that is named is left out.
    pub(super) fn up_to_but_not(&mut self) -> Option<()> {
        self.eat(words!("and? up? to|until|till|through|thru"))
            .then_some(())?;
        self.comma();
        self.eat(words!("but"));
        self.comma();
        self.eat_any(&[words!("not including|counting"), words!("excluding")])
            .then_some(())?;
        self.comma();
        Some(())
    }

    /// `up to, and including,`.
    fn up_to_and_including(&mut self) -> Option<()> {
        self.eat(words!("up? to|until|till|through|thru"))
            .then_some(())?;
        self.comma();
        self.eat(words!("and including")).then_some(())?;
        self.comma();
        Some(())
    }

    /// Whether a denial stands before a token, a few words back: `in no event shall it be later than`.
    fn is_denied(&self, at: usize) -> bool {
        self.tokens
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(6)
            .any(|token| {
                matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "no" | "not" | "nor"))
            })
    }

    /// What `before` leaves: the day before, but for an end and a midnight, which the day itself precedes.
    fn before_a_day(&mut self, start: usize) -> Option<Vec<Piece>> {
        // `before the end of July` is no later than its last day.
        if self.sees(words!("end|close|conclusion|expiration|expiry|lapse of"))
            && let Some(pieces) = self.attempt(|p| {
                let point = p
                    .attempt(Self::day_of)
                    .or_else(|| p.attempt(Self::end_of_count))
                    .or_else(|| p.occasion())?;
                Some(vec![Piece::due(Edge::On(point), Sort::Act)])
            })
        {
            self.warn(
                start,
                "before the end of a stretch is read as no later than its last day",
                "write `no later than`, or the day before",
            );
            return Some(pieces);
        }
        // `before 5 p.m. on D` and `prior to midnight on D` are D: only its first minute leaves none of it.
        let hours = self.asides.len();
        let mut pieces = self.last_day(start, Sort::Act, true)?;
        let inclusive = Kind::Word("inclusive".to_owned());
        let said = self.tokens.get(start..self.at).unwrap_or_default();
        if said.iter().any(|token| token.kind == inclusive) {
            return self.complain(
                start,
                "`before` leaves the day out, and `inclusive` takes it in",
                "write `through` and the day, or `before` alone",
            );
        }
        if self
            .asides
            .get(hours)
            .is_some_and(|hour| !is_first_minute(hour))
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
        Some(pieces)
    }

    fn until_a_day(&mut self, start: usize) -> Option<Vec<Piece>> {
        self.eat(words!("on|upon|at"));
        let hours = self.asides.len();
        let mut pieces = self.last_day(start, Sort::Term, false)?;
        let certain = pieces.iter().any(|piece| {
                matches!(piece, Piece::Ends { due: Some(edge), .. } if edge.point().is_certain())
            });
        // `until 11:59 pm on D` says that D is included.
        if certain && self.warn_of_until(start) && self.asides.len() == hours {
            for piece in &mut pieces {
                leave_open(piece);
            }
        }
        Some(pieces)
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
        if let Some(spans) = self.attempt(|p| p.nth_periods().filter(|spans| spans.len() > 1)) {
            let day = if strict { DayIn::Nth(1) } else { DayIn::Last };
            return Some(
                spans
                    .into_iter()
                    .map(|span| Piece::due(edge(Point::in_span(day, span)), sort))
                    .collect(),
            );
        }
        if self.sees(words!("on or about"))
            || self.sees(words!("approximately|about|around|roughly"))
        {
            return self.complain(
                self.at,
                "a day that is left open is no last day",
                "write `on or about` and the day alone, or the limit that was agreed",
            );
        }
        if let Some(span) = self.attempt(Self::deadline_span) {
            let whole_month = matches!(
                span,
                Span::Month { .. }
                    | Span::Holding {
                        unit: Period::Month,
                        of: Point::DayToward { .. },
                        ..
                    }
            );
            let mut first = strict;
            if whole_month && !strict {
                self.warn(
                    start,
                    "a deadline that names a month is read as its last day",
                    "write the day, or `by the end of`",
                );
                first = self.in_doubt(Wording::WholeMonth);
            }
            let point = if first {
                first_of(span)
            } else {
                Point::in_span(DayIn::Last, span)
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
        if let Some(span) = self
            .attempt(Self::month_beside)
            .or_else(|| self.attempt(Self::part_of_month))
        {
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
        if let Some(point) = self.attempt(Self::pay_period_ending) {
            return Some(vec![Piece::opening(Some(edge(point)))]);
        }
        if let Some(spans) = self.attempt(|p| p.nth_periods().filter(|spans| spans.len() > 1)) {
            return Some(
                spans
                    .into_iter()
                    .map(|span| Piece::opening(Some(edge(first_of(span)))))
                    .collect(),
            );
        }
        if let Some(span) = self.attempt(Self::span) {
            let point = if strict {
                Point::in_span(DayIn::Last, span)
            } else {
                first_of(span)
            };
            return Some(vec![Piece::opening(Some(edge(point)))]);
        }
        let points = self.counted_from_points()?;
        Some(
            points
                .into_iter()
                .map(|point| Piece::opening(Some(edge(point))))
                .collect(),
        )
    }

    /// `in September 2026`, `early February`, `in April and October of each year`.
    pub(super) fn spans(&mut self) -> Option<Vec<Piece>> {
        self.eat(words!("sometime|anytime"));
        let about = self.sees(words!("on or about|around|approximately|before_"));
        let start = self.at;
        let within = self.sees(words!("within"));
        let during = !about && self.eat(words!("in|during|for|within|over|on|with|throughout"));
        if during {
            self.eat(words!("duration|entirety|course|whole of"));
        }
        if within && self.sees(words!("approximately|about|around|roughly|circa")) {
            return self.complain(
                start,
                "a limit that is left open is no last day",
                "write the length that was agreed alone",
            );
        }
        let span = self.span()?;
        if during && matches!(span, Span::Year(Period::Year, _)) && self.word(0) == "days" {
            return None;
        }
        let part = |span: &Span| matches!(span, Span::Month { part, .. } if *part != Part::Whole);
        let mut spans = vec![span];
        while let Some(next) = self.attempt(|p| {
            let joined = p.comma();
            let and = p.eat(words!("and"));
            (joined || and).then(|| p.attempt(Self::part_of_month))?
        }) {
            // `the first half of June and July 2026`.
            if spans.iter().any(part) && !part(&next) {
                return self.complain(
                    start,
                    "a part of a month stands beside a month, and it is not said whether it is that part of both",
                    "write the part of each month, or the days that are meant",
                );
            }
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
    pub(super) fn bare(&mut self) -> Option<Vec<Piece>> {
        if self.eat(words!(
            "effective? immediately? upon|on|at|with|as|when|once of?"
        )) {
            self.eat(words!("of"));
            self.eat(words!("time of"));
        }
        self.eat(words!("same day|date as|of|that"));
        let points = self.points()?;
        self.eat(words!("inclusive"));
        Some(points.into_iter().map(Piece::exact).collect())
    }

    /// `for a period of 90 days`, `a six-month pilot`.
    pub(super) fn bare_length(&mut self) -> Option<Vec<Piece>> {
        let during = self.eat(words!("for|during"));
        // `for the first year`.
        if during && !matches!(self.kind(2), Some(Kind::Word(word)) if word == "of") {
            let _: bool = self.eat_ordinal(1) || self.eat(words!("initial"));
        }
        self.eat_any(&[
            words!("on trial|pilot|interim basis for"),
            words!("maximum|total|trial|pilot|probationary|interim|initial? period|term|duration|pilot of?"),
            words!("period|term|duration of?"),
        ]);
        let at = self.at;
        let measured = self.measures()?;
        self.eat(words!(
            "pilot|trial|probationary|program|project|period|term|time"
        ));
        self.eat(words!("program|project|period|agreement|only"));
        let anchored = measured.iter().all(|piece| {
            matches!(piece, Piece::Ends { due, opens, .. }
            if due.as_ref().or(opens.as_ref()).is_some_and(|edge| {
                matches!(edge.point(), Point::Offset { from, .. } if **from == Point::Anchor)
            }))
        });
        (anchored || self.at > at).then_some(measured)
    }
}

/// Whether an hour is the one at which a day begins: `12:01 a.m.`, `00:00`.
fn is_first_minute(hour: &str) -> bool {
    let hour: String = hour
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ':')
        .flat_map(char::to_lowercase)
        .collect();
    if matches!(
        hour.trim_end_matches("hours").trim_end_matches("hrs"),
        "0000" | "0001"
    ) {
        return true;
    }
    let clock = hour.trim_end_matches("am");
    let morning = clock.len() < hour.len();
    (morning && matches!(clock, "12" | "12:00" | "12:01" | "0:01" | "00:01"))
        || matches!(clock, "0:00" | "00:00" | "0:01" | "00:01")
}

/// Leaves it to the counting whether a named last day is included. `until the end of June` includes it.
fn leave_open(piece: &mut Piece) {
    if let Piece::Ends {
        due: Some(edge), ..
    } = piece
        && matches!(edge.point(), Point::Day(_) | Point::Yearless { .. })
    {
        *edge = Edge::Until(edge.point().clone());
    }
}

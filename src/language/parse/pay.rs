//! Pay periods and pay dates that are named by their number or their day: `pay period 2507`, `the June 30, 2026 paycheck`.

use super::core::Parser;
use super::own_periods::first_of_own;
use crate::language::token::Kind;
use crate::language::tree::{Period, Point, Span};

impl Parser<'_> {
    /// `pay period 2507`, `PP 25-07`, `pay period 7 of 2026`.
    pub(super) fn pay_period_number(&mut self) -> Option<Span> {
        self.eat_any(&[words!("pay|payroll period"), words!("pp")])
            .then_some(())?;
        self.eat(words!("number|no|num"));
        self.eat_kind(&Kind::Mark('#'));
        let mut digits = self.digits()?;
        if let Some(more) = self.attempt(|p| {
            (p.eat_kind(&Kind::Dash) || p.eat_kind(&Kind::Mark('/'))).then_some(())?;
            p.digits()
        }) {
            digits.push_str(&more);
        }
        let number = digits.parse().ok()?;
        let year = self.attempt(|p| {
            p.comma();
            p.eat(words!("of|in calendar? year?")).then(|| p.year())?
        });
        Some(Span::PayPeriodNumber { number, year })
    }

    /// A number's digits, as they were written.
    pub(super) fn digits(&mut self) -> Option<String> {
        let token = self.tokens.get(self.at)?;
        let Kind::Number { spelled: false, .. } = token.kind else {
            return None;
        };
        let written = self.words.get(token.range.clone())?;
        let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
        self.advance(1);
        (digits.len() <= 6).then_some(digits)
    }

    /// `the June 30, 2026 paycheck`.
    pub(super) fn dated_pay(&mut self) -> Option<Span> {
        let of = self.date()?;
        self.comma();
        (self.own_period()? == Period::PayDate).then_some(Span::Holding {
            unit: Period::PayDate,
            shift: 0,
            of,
        })
    }

    /// The day on which such a stretch is a day certain: `the pay date of D`, and the `pay period beginning D` or `ending D`.
    pub(super) fn pay_day(&mut self) -> Option<Point> {
        let pay_date = self.attempt(|p| {
            let span = p.own_span().or_else(|| p.holding(false))?;
            span.is_one_day().then_some(span)
        });
        if let Some(span) = pay_date {
            return Some(first_of_own(span));
        }
        let unit = self.own_period()?;
        if unit == Period::PayDate {
            // `the paycheck issued on March 6, 2026`.
            self.eat_any(&[words!("issued|dated|paid|distributed on?"), words!("on")])
                .then_some(())?;
            let of = self.date()?;
            return Some(first_of_own(Span::Holding { unit, shift: 0, of }));
        }
        (unit == Period::PayPeriod).then_some(())?;
        self.attempt(|p| {
            p.eat(words!("that|which"));
            p.eat(words!(
                "beginning|starting|commencing|begins|starts|commences|ending|ends|concluding on?"
            ))
            .then_some(())?;
            p.date()
        })
    }

    /// `the pay period ending D`, where its first day is asked for.
    pub(super) fn pay_period_ending(&mut self) -> Option<Point> {
        (self.own_period()? == Period::PayPeriod).then_some(())?;
        self.eat(words!("that|which"));
        self.eat(words!("ending|ends|concluding on?"))
            .then_some(())?;
        Some(first_of_own(Span::Holding {
            unit: Period::PayPeriod,
            shift: 0,
            of: self.date()?,
        }))
    }
}

/// Whether it is a pay period or a pay date, which is a day where nothing else is said.
pub(super) fn is_pay(span: &Span) -> bool {
    matches!(
        span,
        Span::PayPeriodNumber { .. }
            | Span::NthPeriod {
                unit: Period::PayPeriod | Period::PayDate,
                ..
            }
            | Span::Holding {
                unit: Period::PayPeriod | Period::PayDate,
                ..
            }
    )
}

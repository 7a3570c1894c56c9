//! Phrases: the agreement's own words, given to the language at their place in the file.

mod written;

use super::Reader;
use crate::agreement::When;
use crate::counting::Counting;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::{self, Phrase, Refusal, Remark};
use crate::rules::phrase_not_understood;
use crate::source::Span;
use crate::table::{DayOrWords, Place, Table, Value};
use std::ops::Range;

impl Reader<'_> {
    /// The phrase under a key; `None` where there is none, or none that is understood.
    pub(super) fn phrase(&self, table: &Table<'_>, key: &'static str) -> Option<Phrase> {
        self.words(table.place(), table.text(key)?)
    }

    /// A day or a phrase under a key.
    pub(super) fn when(&self, table: &Table<'_>, key: &'static str) -> Option<When> {
        self.one_day(table.place(), key, table.day_or_words(key)?)
    }

    /// What stands under `key` as one day, or words that name one.
    pub(super) fn one_day(
        &self,
        place: Place<'_>,
        key: &str,
        found: Value<DayOrWords<'_>>,
    ) -> Option<When> {
        match found.value {
            DayOrWords::Day(day) => Some(When::On(day, found.span)),
            DayOrWords::Words(words) => {
                let words = found.map(|_| words);
                let phrase = self.words(place, words)?;
                if phrase.tree.recurs() {
                    let refusal = Refusal {
                        rule: &phrase_not_understood::RULE,
                        range: 0..phrase.words.len(),
                        message: format!("`{key}` is one day, and this names several"),
                        help: Some("write the day, such as `June 30, 2028`".to_owned()),
                    };
                    self.refuse(place, words, &[refusal]);
                    return None;
                }
                Some(When::Phrase(Box::new(phrase)))
            }
        }
    }

    /// Reports what a phrase asks of the counting and the counting does not have: `10 working days` without a calendar.
    pub(super) fn check_counted(&self, place: Place<'_>, phrase: &Phrase, counting: &Counting) {
        let words = Value {
            value: phrase.words.as_str(),
            span: phrase.span,
        };
        self.refuse(place, words, &language::check_counting(phrase, counting));
        for remark in language::check_listed(phrase, counting) {
            self.remark(place, words, &remark);
        }
    }

    /// The same of a day or a phrase, such as an agreement's own end.
    pub(super) fn check_when(&self, place: Place<'_>, when: Option<&When>, counting: &Counting) {
        if let Some(When::Phrase(phrase)) = when {
            self.check_counted(place, phrase, counting);
        }
    }

    /// Reads words as a phrase, and reports what the language says of them.
    pub(super) fn words(&self, place: Place<'_>, words: Value<&str>) -> Option<Phrase> {
        match language::parse(words.value, words.span, &self.names) {
            Ok(phrase) => {
                for remark in &phrase.remarks {
                    self.remark(place, words, remark);
                }
                Some(phrase)
            }
            Err(refusals) => {
                self.refuse(place, words, &refusals);
                None
            }
        }
    }

    fn remark(&self, place: Place<'_>, words: Value<&str>, remark: &Remark) {
        let span = within(place, words, &remark.range);
        let said = Diagnostic::new(remark.rule, span, &*remark.message);
        self.findings
            .report(with_help(said, remark.help.as_deref()));
    }

    /// Reports why words are refused.
    pub(super) fn refuse(&self, place: Place<'_>, words: Value<&str>, refusals: &[Refusal]) {
        for refusal in refusals {
            let span = within(place, words, &refusal.range);
            let mut said = Diagnostic::new(refusal.rule, span, &*refusal.message);
            // Whatever the rule usually is: a phrase that is refused is not computed.
            said.severity = Severity::Error;
            self.findings
                .report(with_help(said, refusal.help.as_deref()));
        }
    }
}

fn with_help(said: Diagnostic, help: Option<&str>) -> Diagnostic {
    match help {
        Some(help) => said.help(help),
        None => said,
    }
}

/// The span in the file of bytes of a TOML string's value, whatever escapes and line breaks it is written with; the whole
/// string, where it is not found in it.
fn within(place: Place<'_>, words: Value<&str>, range: &Range<usize>) -> Span {
    let written = words.span.start - place.base..words.span.end - place.base;
    let written = place.text.get(written).unwrap_or_default();
    let ends = written::places(written, words.value)
        .and_then(|places| Some((*places.get(range.start)?, *places.get(range.end)?)));
    match ends {
        Some((first, last)) => Span::new(
            words.span.file,
            words.span.start + first..words.span.start + last.max(first),
        ),
        None => words.span,
    }
}

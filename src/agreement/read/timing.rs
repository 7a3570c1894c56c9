//! When an obligation is owed: exactly one of `due`, `every`, `lasts`, or none.

use super::Reader;
use crate::agreement::{Renewal, Timing, When};
use crate::language::{self, Phrase, Refusal};
use crate::rules::{misplaced_key, more_than_one_timing, phrase_not_understood};
use crate::source::Span;
use crate::table::{Table, Value};

/// More occurrences than this are no series that anybody agreed to.
const MOST_TIMES: u32 = 10_000;

impl Reader<'_> {
    /// The timing; `None` where its phrase is not understood.
    pub(super) fn timing(&self, table: &Table<'_>) -> Option<Timing> {
        self.only_one(table);
        self.belongs(table, &["first"], "every");
        // They end a series, and a term that renews itself.
        if !(table.has("lasts") && table.has("renewal")) {
            self.belongs(table, &["until", "times"], "every");
        }
        self.belongs(table, &["renewal"], "lasts");
        let due = table.has("due").then(|| self.phrase(table, "due"));
        let every = table.has("every").then(|| self.series(table));
        let lasts = table.has("lasts").then(|| self.phrase(table, "lasts"));
        let first = table.day("first").map(|first| first.value);
        let until = self.when(table, "until");
        let times = table.number("times", 1..=MOST_TIMES).map(|n| n.value);
        let renewal = table
            .table("renewal", "a renewal")
            .and_then(|inner| self.renewal(inner));
        match (due, every, lasts) {
            (Some(phrase), _, _) => Some(Timing::Due(phrase?)),
            (_, Some(phrase), _) => Some(Timing::Every {
                phrase: phrase?,
                first,
                until,
                times,
            }),
            (_, _, Some(phrase)) => {
                let phrase = phrase?.of_a_term();
                let renewal = renewal.map(|renewal| Box::new(ended(renewal, until, times)));
                if let Some(renewal) = &renewal {
                    self.check_until(renewal, &When::Phrase(Box::new(phrase.clone())));
                }
                Some(Timing::Lasts { phrase, renewal })
            }
            (None, None, None) => Some(Timing::Standing),
        }
    }

    /// The phrase under `every`. Where it names no series by itself, the key is its first word: `every = "3 months"`.
    fn series(&self, table: &Table<'_>) -> Option<Phrase> {
        let words = table.text("every")?;
        let alone = language::parse(words.value, words.span, &self.names);
        if alone.as_ref().is_ok_and(|phrase| phrase.tree.recurs()) {
            return self.words(table.place(), words);
        }
        let with_its_key = format!("every {}", words.value);
        let phrase = language::parse(&with_its_key, words.span, &self.names);
        if phrase.is_ok_and(|phrase| phrase.tree.recurs()) {
            let words = Value {
                value: with_its_key.as_str(),
                span: words.span,
            };
            return self.words(table.place(), words);
        }
        if alone.is_ok() {
            let refusal = Refusal {
                rule: &phrase_not_understood::RULE,
                range: 0..words.value.len(),
                message: "`every` recurs, and this names one time alone".to_owned(),
                help: Some(
                    "write how often, such as `every 3 months` or `quarterly`, or `due` in the place of `every`".to_owned(),
                ),
            };
            self.refuse(table.place(), words, &[refusal]);
            return None;
        }
        self.words(table.place(), words)
    }

    fn only_one(&self, table: &Table<'_>) {
        let mut found: Vec<(Span, &str)> = ["due", "every", "lasts"]
            .into_iter()
            .filter_map(|key| Some((table.key_span(key)?, key)))
            .collect();
        found.sort_unstable();
        let mut found = found.into_iter();
        if let Some((first, first_key)) = found.next() {
            for (span, key) in found {
                self.findings
                    .report(more_than_one_timing::fault(span, key, first, first_key));
            }
        }
    }

    /// Reports keys that stand without the one that they belong to.
    fn belongs(&self, table: &Table<'_>, keys: &[&'static str], wanted: &'static str) {
        if table.has(wanted) {
            return;
        }
        for key in keys {
            if let Some(span) = table.key_span(key) {
                self.findings
                    .report(misplaced_key::fault(span, key, wanted));
            }
        }
    }
}

/// A renewal with the end that stands on its term: `until`, and `times`, of which the first is the term itself.
fn ended(renewal: Renewal, until: Option<When>, times: Option<u32>) -> Renewal {
    Renewal {
        until: renewal.until.or(until),
        times: renewal.times.or(times.map(|n| n.saturating_sub(1))),
        ..renewal
    }
}

//! The duty's own words round a limit: `the parties shall meet within 30 days of ratification`.
//!
//! They are set aside where they say who does what and nothing about time, and what was set aside is said in a warning.

use super::core::Parser;
use super::dates::{month_number, weekday};
use super::duty_words::{FIRM, is_deed, is_shall, is_unit_word};
use super::join::two_duties;
use super::parties::is_party;
use super::vocabulary::nearest_word;
use crate::language::token::{Kind, tokenise};
use crate::language::tree::Limit;
use crate::language::{Names, Refusal};
use crate::rules::phrase_not_understood;

/// The most words of a duty that are set aside on one side of a limit.
const MOST_WORDS: usize = 24;

impl Parser<'_> {
    /// A limit with a duty's words before it; where none is read, the words that got furthest are kept for the refusal.
    pub(super) fn after_duty(&mut self) -> Option<Limit> {
        let words = self
            .tokens
            .iter()
            .take(MOST_WORDS)
            .enumerate()
            .take_while(|(at, token)| is_duty_word(&token.kind) || self.numbers_a_part(*at))
            .count();
        let starts: Vec<usize> = (1..=words)
            .filter(|at| {
                self.tokens
                    .get(*at)
                    .is_some_and(|token| begins_limit(&token.kind))
                    && !self.is_after_a_hyphen(*at)
                    && !self.numbers_a_part(*at)
                    && self.says_a_duty(0, *at)
                    && !(0..self.without_a_comma(*at)).any(|before| self.is_firm(before))
            })
            .collect();
        let found = starts.into_iter().find_map(|start| {
            self.attempt(|p| {
                p.advance(start);
                let limit = p.whole_limit()?;
                let end = std::mem::replace(&mut p.at, start);
                p.set_aside(0);
                p.at = end;
                if p.deeds > 1 {
                    return two_duties(p);
                }
                Some(limit)
            })
        });
        if found.is_none() && self.says_a_duty(0, words) {
            self.complain_of_a_slip(words);
        }
        found
    }

    /// Where the words before a token end, without the comma of `the Union shall, within 10 days`.
    fn without_a_comma(&self, at: usize) -> usize {
        let Some(comma) = at.checked_sub(1) else {
            return at;
        };
        let is_comma = self
            .tokens
            .get(comma)
            .is_some_and(|token| token.kind == Kind::Comma);
        if is_comma && self.ends_in_shall(comma) {
            comma
        } else {
            at
        }
    }

    /// Whether the words before a token end in `shall`, so that what is done comes after the limit.
    fn ends_in_shall(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.is_some_and(|token| matches!(&token.kind, Kind::Word(word) if is_shall(word)))
    }

    /// A duty's words between what a time is counted from and the time: `upon receipt, the County shall respond within 10
    /// days`.
    pub(super) fn duty_before_a_length(&mut self) -> Option<()> {
        self.comma();
        let first = self.at;
        let words = self
            .tokens
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take(MOST_WORDS)
            .take_while(|token| matches!(token.kind, Kind::Word(_) | Kind::Comma))
            .count();
        let length = (first + 1..first + words).find(|at| {
            matches!(&self.tokens.get(*at).map(|t| &t.kind), Some(Kind::Word(word)) if matches!(word.as_str(), "within" | "no" | "not"))
        })?;
        let end = self.without_a_comma(length);
        let duty = self.says_a_duty(first, end)
            && self.names_who(first)
            && !(first..end).any(|at| self.is_firm(at));
        duty.then_some(())?;
        self.advance(end - first);
        self.set_aside(first);
        self.advance(length - end);
        Some(())
    }

    /// `the County shall pay withn 30 days`: the slip is what was not understood.
    fn complain_of_a_slip(&mut self, words: usize) {
        let slip = self.tokens.iter().take(words).find_map(|token| {
            let Kind::Word(word) = &token.kind else {
                return None;
            };
            Some((token.range.clone(), word.clone(), slip_of(word)?))
        });
        if let Some((range, word, meant)) = slip {
            self.complaint.get_or_insert(Refusal {
                rule: &phrase_not_understood::RULE,
                range,
                message: format!("`{word}` is not understood here"),
                help: Some(format!("did you mean `{meant}`?")),
            });
        }
    }

    /// A duty's words after a limit, to the end: `within 30 days of ratification, the parties shall meet`.
    pub(super) fn duty_to_the_end(&mut self) -> bool {
        let start = self.at;
        let comma = self.comma();
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let duty = !rest.is_empty()
            && rest.len() <= MOST_WORDS
            && (self.at..self.tokens.len()).all(|at| {
                self.numbers_a_part(at)
                    || self
                        .tokens
                        .get(at)
                        .is_some_and(|token| is_duty_word(&token.kind))
            })
            && (0..rest.len()).all(|ahead| !self.is_firm(self.at + ahead))
            && self.says_a_duty(self.at, self.tokens.len())
            && (comma || self.names_who(self.at) || self.is_purpose());
        if !duty {
            self.at = start;
            return false;
        }
        let first = self.at;
        // What is done `to discuss the results` is one duty with that.
        let deeds = self.deeds + usize::from(!self.is_purpose());
        self.advance(self.tokens.len());
        self.set_aside(first);
        self.deeds = self.deeds.min(deeds);
        true
    }

    /// Whether what for stands next: `to discuss the results`; what is declared may be the far end of a stretch.
    fn is_purpose(&mut self) -> bool {
        let start = self.at;
        if self.word(0) != "to" || !is_deed(self.word(1)) {
            return false;
        }
        let declared = self.attempt(|p| {
            p.eat(words!("to")).then_some(())?;
            p.declared_trigger()
        });
        self.at = start;
        declared.is_none()
    }

    /// Keeps the words from a token to here beside the limit, and says so.
    fn set_aside(&mut self, start: usize) {
        let range = self.range_from(start);
        let words = self.words.get(range).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.warn(
            start,
            format!("`{words}` says who does what, and was not read as a time"),
            "write the time words alone, and the duty in `title`",
        );
        // `the Union shall, within 10 days, notify`: what is done stands on the other side, and is counted there.
        self.deeds += usize::from(!self.ends_in_shall(self.without_a_comma(self.at)));
        self.asides
            .push(words.replace(['(', ')', '[', ']', '{', '}'], ""));
    }

    /// Whether the words between two tokens are what somebody shall do: there is a `shall`, or they begin with what is done.
    fn says_a_duty(&self, start: usize, end: usize) -> bool {
        let mut words = self
            .tokens
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .filter_map(|token| match &token.kind {
                Kind::Word(word) => Some(word.as_str()),
                _ => None,
            });
        let Some(first) = words.next() else {
            return false;
        };
        is_shall(first)
            // `a post-ratification period` posts nothing.
            || (is_deed(first) && !self.is_hyphened(start))
            || (first == "to" && end > start + 1)
            || words.any(is_shall)
    }

    /// Whether the words name somebody before they say what is done: `the parties shall`.
    fn names_who(&self, start: usize) -> bool {
        self.tokens
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|token| !matches!(&token.kind, Kind::Word(word) if is_shall(word)))
            .any(|token| matches!(&token.kind, Kind::Word(word) if is_party(word)))
    }

    /// The number of `Article 10`.
    fn numbers_a_part(&self, at: usize) -> bool {
        let word = |at: Option<usize>| {
            at.and_then(|at| self.tokens.get(at))
                .is_some_and(|token| matches!(&token.kind, Kind::Word(word) if matches!(word.as_str(), "article" | "section" | "step" | "appendix" | "exhibit" | "paragraph" | "clause" | "articles" | "sections" | "level" | "tier")))
        };
        matches!(
            self.tokens.get(at).map(|token| &token.kind),
            Some(Kind::Number { .. })
        ) && word(at.checked_sub(1))
    }

    fn is_number(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| matches!(token.kind, Kind::Number { .. } | Kind::Ordinal(_)))
    }

    fn is_after_a_hyphen(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.is_hyphened(before))
    }

    /// Whether a hyphen joins a token to the next: `bi-weekly` is one word, of which no part is set aside.
    fn is_hyphened(&self, at: usize) -> bool {
        let (Some(this), Some(next)) = (self.tokens.get(at), self.tokens.get(at + 1)) else {
            return false;
        };
        let between = self.words.get(this.range.end..next.range.start);
        matches!(between, Some("-" | "\u{2010}" | "\u{2011}"))
    }

    /// Whether a token is the `of` of `the date of signing`.
    fn says_of(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| matches!(&token.kind, Kind::Word(word) if word == "of"))
    }

    /// Whether a token only ever begins a limit, or denies or bounds one: such a word is never set aside.
    fn is_firm(&self, at: usize) -> bool {
        if self.numbers_a_part(at) {
            return false;
        }
        let Some(Kind::Word(word)) = self.tokens.get(at).map(|token| &token.kind) else {
            return true;
        };
        // `each employee shall` says who, and `each quarter` when.
        let of_each_party = matches!(word.as_str(), "each" | "every")
            && self
                .tokens
                .get(at + 1)
                .is_some_and(|next| matches!(&next.kind, Kind::Word(next) if is_party(next)));
        // `early to mid May`; an `early retirement` may be what is offered.
        let part_of_month = matches!(word.as_str(), "early" | "late")
            && self.tokens.get(at + 1).is_some_and(
                |next| matches!(&next.kind, Kind::Word(next) if matches!(next.as_str(), "to" | "or" | "and")),
            );
        (FIRM.contains(&word.as_str()) && !of_each_party)
            || part_of_month
            || is_unit_word(word)
            || month_number(word).is_some_and(|_| {
                let is_verb = matches!(word.as_str(), "may" | "march");
                // `mid-May 2026`.
                !is_verb || self.is_number(at + 1) || self.is_after_a_hyphen(at)
            })
            || weekday(word).is_some()
            || (word == "date" && self.says_of(at + 1))
            // A slip of the pen may be a word of time.
            || slip_of(word).is_some()
    }
}

/// Whether words are a duty's alone, as they are set aside: nothing about time is in them.
pub(super) fn is_duty(text: &str, names: &Names) -> bool {
    let tokens = tokenise(text, names.date_order, names.near);
    let parser = Parser::new(text, &tokens.list, names);
    let end = match tokens.list.split_last() {
        Some((last, before)) if last.kind == Kind::Comma => before.len(),
        _ => tokens.list.len(),
    };
    parser.says_a_duty(0, end) && !(0..end).any(|at| parser.is_firm(at))
}

/// The word of time that a word is a slip for.
fn slip_of(word: &str) -> Option<&'static str> {
    if is_deed(word) || is_party(word) || word.len() < 4 {
        return None;
    }
    nearest_word(word).filter(|meant| {
        let meant = meant.to_lowercase();
        meant != word && strsim::normalized_damerau_levenshtein(word, &meant) >= 0.8
    })
}

fn is_duty_word(kind: &Kind) -> bool {
    matches!(kind, Kind::Word(_) | Kind::Comma)
}

/// Words that may begin a limit after a duty's words.
fn begins_limit(kind: &Kind) -> bool {
    match kind {
        Kind::Word(word) => {
            FIRM.contains(&word.as_str())
                || matches!(
                    word.as_str(),
                    "by" | "on"
                        | "upon"
                        | "at"
                        | "for"
                        | "in"
                        | "from"
                        | "as"
                        | "promptly"
                        | "forthwith"
                        | "effective"
                        | "during"
                )
        }
        Kind::Number { .. } | Kind::Ordinal(_) => true,
        _ => false,
    }
}

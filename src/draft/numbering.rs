//! Numbers of clauses as letters write them: `1.`, `A.`, `(a)`, `iv.`, `3.2`, `Section 3.2`.

/// What sort of number stands there; one deeper in a letter has another sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `Article 7`, `Section 3.2`.
    Named,
    /// `IV.`
    UpperRoman,
    /// `4.`, `(4)`, `4)`: what stands around it.
    Digits(&'static str),
    /// `3.2`, by how many points.
    Parts(usize),
    /// `A.`
    Upper(&'static str),
    /// `a.`, `(a)`, `a)`
    Lower(&'static str),
    /// `iv.`, `(iv)`
    LowerRoman(&'static str),
}

/// A number found at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// How long it is, in bytes.
    pub length: usize,
    /// What sort of number it is.
    pub sort: Sort,
    /// It without points and brackets at its ends.
    pub name: String,
}

/// The number that a text begins with, where something follows it.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    if rest.trim().is_empty() {
        return None;
    }
    marker_word(word).or_else(|| named(text, word, rest))
}

/// The number that a word is.
pub(super) fn marker_word(word: &str) -> Option<Marker> {
    if word.len() > 12 {
        return None;
    }
    let (inner, around) = if let Some(inner) = word.strip_prefix('(') {
        (
            inner
                .strip_suffix(')')
                .or_else(|| inner.strip_suffix(")."))?,
            "()",
        )
    } else if let Some(inner) = word.strip_suffix(')') {
        (inner, ")")
    } else if let Some(inner) = word.strip_suffix('.') {
        (inner, ".")
    } else {
        (word, "")
    };
    let sort = sort(inner, around)?;
    Some(Marker {
        length: word.len(),
        sort,
        name: inner.to_owned(),
    })
}

fn sort(inner: &str, around: &'static str) -> Option<Sort> {
    let all = |test: fn(&char) -> bool| inner.chars().all(|c| test(&c));
    if inner.is_empty() {
        return None;
    }
    if all(char::is_ascii_digit) {
        return (inner.len() <= 3 && !around.is_empty()).then_some(Sort::Digits(around));
    }
    let parts: Vec<&str> = inner.split('.').collect();
    if parts.len() > 1 {
        let small =
            |part: &&str| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        // `2.0` and `10.5` are amounts as often as numbers: the first part of a number of a clause is no zero, and the
        // last begins with none.
        let sound = parts
            .iter()
            .all(|part| small(part) && !part.starts_with('0'));
        return (sound && (around == "." || parts.len() > 1)).then_some(Sort::Parts(parts.len()));
    }
    if around.is_empty() {
        return None;
    }
    if inner.len() <= 5 && all(|c| "IVX".contains(*c)) && inner.len() > 1
        || inner == "I"
        || inner == "V"
    {
        return Some(Sort::UpperRoman);
    }
    if inner.len() <= 5 && inner.len() > 1 && all(|c| "ivx".contains(*c)) {
        return Some(Sort::LowerRoman(around));
    }
    match (inner.len(), inner.chars().next()?) {
        (1, 'i' | 'v' | 'x') if around == "()" => Some(Sort::LowerRoman(around)),
        (1, c) if c.is_ascii_uppercase() => Some(Sort::Upper(around)),
        (1, c) if c.is_ascii_lowercase() => Some(Sort::Lower(around)),
        _ => None,
    }
}

/// `Section 3.2` where it heads a clause: a point, a dash or a colon stands behind it, or nothing but a short name.
fn named(text: &str, word: &str, rest: &str) -> Option<Marker> {
    let is_name = ["section", "article", "step", "paragraph", "clause", "item"]
        .contains(&word.to_lowercase().as_str());
    let number = rest.split_whitespace().next()?;
    let inner = number.trim_end_matches(['.', ':', ')', ',']);
    let sound = inner.len() <= 8
        && inner.starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c))
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    let after = rest
        .split_once(char::is_whitespace)
        .map_or("", |(_, after)| after.trim_start());
    let heads = number.ends_with(['.', ':']) || after.starts_with(['-', '–', '—', '~', ':']);
    if !(is_name && sound && heads) {
        return None;
    }
    let at = text.find(number)?;
    Some(Marker {
        length: at + number.len(),
        sort: Sort::Named,
        name: format!("{word} {inner}"),
    })
}

/// The number that comes right after another of the same sort: `1.` to `2.`, `a.` to `b.`.
pub(super) fn follows(before: Option<&str>, name: &str) -> bool {
    match before {
        None => matches!(name, "1" | "a" | "A" | "i" | "I"),
        Some(before) => match (before.parse::<u32>(), name.parse::<u32>()) {
            (Ok(before), Ok(now)) => now == before + 1,
            _ => false,
        },
    }
}

/// Whether one letter comes right before another.
fn is_letter_before(before: &str, letter: &str) -> bool {
    matches!((before.as_bytes(), letter.as_bytes()), ([before], [letter]) if before + 1 == *letter)
}

/// Whether a number comes right after another: `G.` after `F.`, `3.` after `2.`.
pub(super) fn comes_after(before: &str, name: &str) -> bool {
    follows(Some(before), name) || is_letter_before(before, name)
}

/// The numbers that a block stands under.
#[derive(Debug, Default)]
pub(super) struct Path(Vec<(Sort, String, String)>);

impl Path {
    /// Takes the next number, as it is written.
    pub(super) fn enter(&mut self, written: &str) {
        let found = marker_word(written).or_else(|| marker(&format!("{written} x")));
        let Some(mut found) = found else { return };
        if found.sort == Sort::UpperRoman
            && let Some((upper, ..)) = self.0.iter().find(|(sort, name, _)| {
                matches!(sort, Sort::Upper(_)) && is_letter_before(name, &found.name)
            })
        {
            found.sort = upper.clone();
        }
        // `(i)` may be the ninth letter; under `(h)` it is.
        if let Sort::LowerRoman(around) = found.sort
            && self.0.iter().any(|(sort, name, _)| {
                *sort == Sort::Lower(around) && is_letter_before(name, &found.name)
            })
        {
            found.sort = Sort::Lower(around);
        }
        let same = self.0.iter().position(|(sort, _, _)| *sort == found.sort);
        if let Some(at) = same {
            self.0.truncate(at);
        }
        self.0.push((
            found.sort,
            found.name,
            written.trim_end_matches(['.', ':']).to_owned(),
        ));
        // No letter has more levels than this.
        if self.0.len() > 8 {
            self.0.remove(0);
        }
    }

    /// Under how many numbers it stands.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The clause as the letter numbers it: from the innermost digits on.
    pub(super) fn clause(&self) -> Option<String> {
        let from = self
            .0
            .iter()
            .rposition(|(sort, _, _)| {
                matches!(sort, Sort::Digits(_) | Sort::Parts(_) | Sort::Named)
            })
            .or_else(|| self.0.len().checked_sub(1))?;
        // Digits under a letter begin anew under the next one.
        let under_a_letter = |at: &usize| {
            matches!(self.0.get(*at), Some((Sort::Upper(_), ..)))
                && !matches!(self.0.get(from), Some((Sort::Parts(_) | Sort::Named, ..)))
        };
        let from = from.checked_sub(1).filter(under_a_letter).unwrap_or(from);
        let mut parts = self.0.iter().skip(from);
        let first = parts.next().map(|(_, name, _)| name.clone())?;
        Some(parts.fold(first, |clause, (_, name, written)| {
            if written.starts_with('(') {
                format!("{clause}({name})")
            } else {
                format!("{clause}.{name}")
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_clauses_are_known() {
        for (text, name) in [
            ("1. The County", "1"),
            ("(a) The County", "a"),
            ("A. Pay", "A"),
            ("iv. Pay", "iv"),
            ("3.2 Pay", "3.2"),
            ("12) Pay", "12"),
            ("Section 3.2. Pay", "Section 3.2"),
            ("Article 7 – Vacation", "Article 7"),
        ] {
            assert_eq!(
                marker(text).map(|m| m.name).as_deref(),
                Some(name),
                "{text}"
            );
        }
        for text in [
            "2024 was",
            "The County",
            "1.",
            "3.05 hours",
            "Section 3.2 of the agreement",
            "a pilot",
            "I agree",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn a_clause_is_called_by_its_path() {
        let mut path = Path::default();
        for (written, clause) in [
            ("III.", "III"),
            ("1.", "1"),
            ("a.", "1.a"),
            ("b.", "1.b"),
            ("2.", "2"),
            ("(a)", "2(a)"),
            ("(ii)", "2(a)(ii)"),
            ("Section 4.", "Section 4"),
        ] {
            path.enter(written);
            assert_eq!(path.clause().as_deref(), Some(clause), "{written}");
        }
        let mut path = Path::default();
        for (written, clause) in [("H.", "H"), ("1.", "H.1"), ("I.", "I"), ("1.", "I.1")] {
            path.enter(written);
            assert_eq!(path.clause().as_deref(), Some(clause), "{written}");
        }
    }
}

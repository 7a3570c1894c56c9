//! Wording that a letter quotes because it is what stood there before: `Article 12 currently reads: "The County shall ..."`.

/// Whether sentences stand in quoted wording that is no more than what stood there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Quoted {
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// The wording is announced and has to begin.
    Announced,
    /// It has begun.
    Within,
}

/// Words that announce old wording.
const OLD: &[&str] = &[
    "currently reads",
    "currently read",
    "currently states",
    "currently state",
    "currently provides",
    "presently reads",
    "presently states",
    "previously read",
    "previously stated",
    "formerly read",
    "now reads",
    "states as follows",
    "provides as follows",
    "current language reads",
    "current language states",
    "existing language reads",
];

impl Quoted {
    /// Whether a sentence is old wording, or announces it; `lower` is its text in small letters.
    pub(super) fn is_old(&mut self, lower: &str, text: &str) -> bool {
        let announced = OLD
            .iter()
            .filter_map(|words| lower.find(words).map(|at| at + words.len()))
            .min();
        let from = match (announced, self.state) {
            (Some(at), _) => at,
            (None, State::Outside) => return false,
            (None, _) => 0,
        };
        let rest = text.get(from..).unwrap_or_default();
        let begun = self.state == State::Within && announced.is_none();
        let marks = |open: bool| {
            let any = rest.matches(if open { '“' } else { '”' }).count();
            any + rest.matches('"').count()
        };
        let begins = marks(true) > 0;
        self.state = if begun {
            if marks(false) > 0 {
                State::Outside
            } else {
                State::Within
            }
        } else if begins {
            let even = rest.matches('"').count() % 2 == 0;
            let closed = rest.matches('“').count() <= rest.matches('”').count();
            if even && closed {
                State::Outside
            } else {
                State::Within
            }
        } else if announced.is_some() && rest.trim_end().ends_with(':') {
            State::Announced
        } else {
            State::Outside
        };
        announced.is_some() || begun || begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_wording_ends_with_its_quotation_marks() {
        let mut quoted = Quoted::default();
        let old: Vec<bool> = [
            "Article 1 currently reads:",
            "“The County shall meet.",
            "It shall report.”",
            "It is amended to read: “It shall pay.”",
            "Article 2 currently states \"It may.\"",
            "The County shall post.",
        ]
        .iter()
        .map(|text| quoted.is_old(&text.to_ascii_lowercase(), text))
        .collect();
        assert_eq!(old, [true, true, true, false, true, false]);
    }
}

//! What a relay answered, and what follows from it: the stage of the conversation first, the code second.

use super::{Fate, Trouble};
use lettre::transport::smtp::response::Response;
use std::fmt;

/// Longer than any relay's reason; what is longer is cut.
const LONGEST: usize = 500;

/// RFC 4954: who asks is to log in first. It says nothing of whom it was to go to.
const LOGIN_WANTED: u16 = 530;

/// A relay's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    /// The enhanced code that it begins with: `5.7.1`.
    enhanced: Option<String>,
    text: String,
}

impl Reply {
    pub(super) fn new(code: u16, text: &str) -> Self {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(LONGEST)
            .collect();
        let enhanced = text
            .split_whitespace()
            .next()
            .filter(|word| is_enhanced(word))
            .map(ToOwned::to_owned);
        Self {
            code,
            enhanced,
            text,
        }
    }

    pub(super) fn of(response: &Response) -> Self {
        let text: Vec<&str> = response.message().collect();
        Self::new(response.code().into(), &text.join(" "))
    }

    /// The codes alone: what may stand in a log.
    pub(super) fn codes(&self) -> String {
        match &self.enhanced {
            Some(enhanced) => format!("{} {enhanced}", self.code),
            None => self.code.to_string(),
        }
    }

    pub(super) fn code(&self) -> u16 {
        self.code
    }

    /// What becomes of a message whose recipient was refused.
    pub(super) fn at_the_recipient(&self) -> Fate {
        if self.code == LOGIN_WANTED {
            return Fate::NotTried(self.trouble("every recipient without a login"));
        }
        // RFC 5321, 4.5.3.1.10: a bare 552 at RCPT means 452.
        let as_if_temporary = self.code == 552 && self.enhanced.is_none();
        self.fate(as_if_temporary, false)
    }

    /// What becomes of a message that was refused after its recipient was accepted, before or after all of it was sent.
    pub(super) fn at_the_message(&self) -> Fate {
        self.fate(false, true)
    }

    fn fate(&self, as_if_temporary: bool, as_a_message: bool) -> Fate {
        let mailbox_is_full = self
            .enhanced
            .as_ref()
            .is_some_and(|enhanced| enhanced.ends_with(".2.2"));
        if self.code < 500 || as_if_temporary || mailbox_is_full {
            Fate::Deferred(self.to_string())
        } else {
            Fate::Rejected {
                why: self.to_string(),
                as_a_message,
            }
        }
    }

    /// What keeps every message from leaving, where the relay refused `what`.
    pub(super) fn trouble(&self, what: &str) -> Trouble {
        Trouble {
            what: format!("the relay refuses {what} ({})", self.codes()),
            lasting: self.code >= 500,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)?;
        Ok(())
    }
}

fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3
        && matches!(parts.first(), Some(&("2" | "4" | "5")))
        && parts
            .iter()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_decides_first_and_the_code_second() {
        use Fate::{Deferred, Rejected};
        let before = |code, text| Reply::new(code, text).at_the_recipient();
        let after = |code, text| Reply::new(code, text).at_the_message();
        for (fate, deferred) in [
            (before(451, "4.7.1 greylisted"), true),
            (before(550, "5.1.1 no such user"), false),
            (before(552, "5.2.2 mailbox full"), true),
            (before(552, "too much"), true),
            (before(552, "5.3.4 too large"), false),
            (before(452, "4.2.2 full"), true),
            (after(451, "later"), true),
            (after(552, "too much"), false),
            (after(552, "5.2.2 mailbox full"), true),
            (after(554, "5.7.1 policy"), false),
        ] {
            match (fate, deferred) {
                (Deferred(_), true) | (Rejected { .. }, false) => {}
                (other, _) => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn an_answer_is_one_line_and_its_codes_alone_are_for_a_log() {
        let reply = Reply::new(550, "5.7.1 <bob@upe.example>\r\n\u{1b}[31m refused");
        assert_eq!(
            reply.to_string(),
            "550 5.7.1 <bob@upe.example>   [31m refused"
        );
        assert_eq!(reply.codes(), "550 5.7.1");
        assert_eq!(Reply::new(550, "5.7 no").codes(), "550");
        assert!(Reply::new(550, &"x".repeat(9000)).to_string().len() < 600);
    }
}

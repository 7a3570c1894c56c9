//! Other people's words on their way into a message: one line, nothing invisible, no addresses.

use crate::shown::shown;

/// The longest subject line, in characters.
const LONGEST_SUBJECT: usize = 150;

/// One line: runs of white space become one space, control characters are shown as such, and an e-mail address is
/// withheld. Addresses live in `parties.toml` alone; a title or a clause must not carry one to others.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shown(&words.join(" "))
}

/// A line that fits a subject.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST_SUBJECT {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST_SUBJECT - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_line() {
        assert_eq!(
            line("Meeting\r\nBcc: all@upe.example\u{7}\u{202e}\t x"),
            "Meeting Bcc: [address withheld]\u{fffd}\u{fffd} x"
        );
        assert_eq!(short(&"x".repeat(500)).chars().count(), LONGEST_SUBJECT);
    }
}

//! Other people's words on their way into a message: one line, nothing invisible, no addresses.

use crate::shown::shown;

/// The most characters of a line in a message: a title of a hundred thousand would hide everything else.
const LONGEST_LINE: usize = 4000;

/// One line: runs of white space become one space, control characters are shown as such, and an e-mail address is
/// withheld. Addresses live in `parties.toml` alone; a title or a clause must not carry one to others.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    short(&shown(&words.join(" ")), LONGEST_LINE)
}

/// The first words of a line, where it has more than `most` characters.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    // Between words, unless the last of them is longer than half of what is kept.
    let whole = kept
        .rsplit_once(' ')
        .map(|(words, _)| words)
        .filter(|words| words.chars().count() * 2 > most);
    let kept = whole.unwrap_or(&kept);
    format!("{}…", kept.trim_end_matches([' ', ',', ':', ';', '.']))
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
        assert_eq!(short(&"x".repeat(500), 64).chars().count(), 64);
        assert_eq!(line(&"x".repeat(100_000)).chars().count(), LONGEST_LINE);
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(
            short("Meeting of the committee", 24),
            "Meeting of the committee"
        );
        assert_eq!(short("Meeting of the committee", 20), "Meeting of the…");
    }
}

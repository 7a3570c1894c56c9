//! Other people's words on their way into a message: one line, no control characters, no addresses.

/// The longest subject line, in characters.
const LONGEST_SUBJECT: usize = 150;

/// One line: control characters and direction overrides go, runs of white space become one space, and an e-mail
/// address is withheld. Addresses live in `parties.toml` alone; a title or a clause must not carry one to others.
pub(super) fn line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !steers_direction(*c))
        .collect();
    let words: Vec<&str> = plain.split_whitespace().map(withheld).collect();
    words.join(" ")
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

fn withheld(word: &str) -> &str {
    match word.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') => "[address withheld]",
        _ => word,
    }
}

/// Characters that change the order in which others are shown, and so could make a day read as another.
fn steers_direction(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_line() {
        assert_eq!(
            line("Meeting\r\nBcc: all@upe.example\u{202e}\t x"),
            "Meeting Bcc: [address withheld] x"
        );
        assert_eq!(short(&"x".repeat(500)).chars().count(), LONGEST_SUBJECT);
    }
}

//! Where the characters of a TOML string stand in the file: its quotes, its escapes, the line breaks that it leaves out.

/// For each byte of `value`, and for its end, the byte of the string as `written`, quotes included, at which it begins.
/// `None` where the two do not belong together.
pub(super) fn places(written: &str, value: &str) -> Option<Vec<usize>> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let tripled: String = std::iter::repeat_n(quote, 3).collect();
    let multiline = written.starts_with(&tripled) && written.len() >= 6;
    let quotes = if multiline { 3 } else { 1 };
    let escapes = quote == '"';
    let end = written.len().checked_sub(quotes)?;
    let mut at = quotes;
    if multiline {
        // A line break right after the opening quotes is none of the string.
        at += line_break(written.get(at..)?);
    }
    let mut places = Vec::with_capacity(value.len() + 1);
    let mut wanted = value.chars().peekable();
    while at < end {
        let rest = written.get(at..end)?;
        let breaks = line_break(rest);
        let (length, stands_for) = if escapes && rest.starts_with('\\') {
            escape(rest)?
        } else if breaks > 0 {
            // A reader may keep `\r\n` or make it one `\n`.
            if wanted.next_if_eq(&'\r').is_some() {
                places.push(at);
            }
            (breaks, Some('\n'))
        } else {
            let c = rest.chars().next()?;
            (c.len_utf8(), Some(c))
        };
        if let Some(c) = stands_for {
            wanted.next_if_eq(&c)?;
            places.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        at += length;
    }
    places.push(at);
    wanted.next().is_none().then_some(places)
}

/// The length of a line break that a text begins with.
fn line_break(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        usize::from(text.starts_with('\n'))
    }
}

/// An escape: how long it is, and which character it stands for; none for the end of a line that goes on.
fn escape(text: &str) -> Option<(usize, Option<char>)> {
    let letter = text.chars().nth(1)?;
    let plain = |c| Some((2, Some(c)));
    let by_number = |digits: usize| {
        let number = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
        Some((2 + digits, Some(char::from_u32(number)?)))
    };
    match letter {
        'b' => plain('\u{8}'),
        't' => plain('\t'),
        'n' => plain('\n'),
        'f' => plain('\u{c}'),
        'r' => plain('\r'),
        'e' => plain('\u{1b}'),
        '"' => plain('"'),
        '\\' => plain('\\'),
        'x' => by_number(2),
        'u' => by_number(4),
        'U' => by_number(8),
        c if c.is_whitespace() => {
            let blank = text.get(1..)?;
            Some((1 + blank.len() - blank.trim_start().len(), None))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[track_caller]
    fn stands(written: &str, value: &str, word: &str, shown: &str) {
        let places = places(written, value).unwrap();
        let start = value.find(word).unwrap();
        let found = written.get(places[start]..places[start + word.len()]);
        assert_eq!(found, Some(shown), "{written}");
    }

    #[test]
    fn a_word_is_found_behind_escapes_and_line_breaks() {
        let quotes = "'''";
        for (written, value) in [
            ("\"30 dyas\"".to_owned(), "30 dyas"),
            ("'30 dyas'".to_owned(), "30 dyas"),
            (
                "\"\\u201cthirty\\u201d\\tdyas\"".to_owned(),
                "“thirty”\tdyas",
            ),
            ("\"“thirty” dyas\"".to_owned(), "“thirty” dyas"),
            ("\"\"\"\n30\n  dyas\"\"\"".to_owned(), "30\n  dyas"),
            ("\"\"\"\r\n30\r\ndyas\"\"\"".to_owned(), "30\ndyas"),
            ("\"\"\"\r\n30\r\ndyas\"\"\"".to_owned(), "30\r\ndyas"),
            (
                "\"\"\"30 \\\n     dyas after\"\"\"".to_owned(),
                "30 dyas after",
            ),
            (format!("{quotes}\n30 dyas{quotes}"), "30 dyas"),
        ] {
            stands(&written, value, "dyas", "dyas");
        }
        stands("\"\\u0064yas x\"", "dyas x", "dyas", "\\u0064yas");
    }

    #[test]
    fn what_does_not_belong_together_has_no_places() {
        assert_eq!(places("\"a\"", "b"), None);
        assert_eq!(places("x", "x"), None);
        assert_eq!(places("\"\\q\"", "q"), None);
        assert_eq!(places("", ""), None);
    }
}

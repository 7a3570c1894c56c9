//! The text of a letter, whatever its office writes in.

use super::MOST_TEXT;
use super::letter::Unreadable;
use crate::encoding;

/// The text, without its byte-order mark, and what to know of how it was read.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), Unreadable> {
    if bytes.len() > MOST_TEXT {
        return Err(Unreadable::too_long());
    }
    let no_text = || {
        Unreadable::new(
            "is no text",
            "name a letter: a .docx, .pdf, .txt or .md file",
        )
    };
    let (text, encoding) = encoding::decode(bytes).ok_or_else(no_text)?;
    let warnings = encoding.map(|called| {
        format!("it is not UTF-8, and was read as {called}; look at its quotes and accents")
    });
    // A picture is full of control characters.
    let strange = text.chars().filter(|c| is_strange(*c)).count();
    if strange * 20 > text.chars().count() {
        return Err(no_text());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok((text, warnings.into_iter().collect()))
}

fn is_strange(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_and_windows_1252_are_read() {
        assert_eq!(decode("\u{feff}“a”\r\nb".as_bytes()).unwrap().0, "“a”\nb");
        let (text, warnings) = decode(b"\x93a\x94 caf\xe9").unwrap();
        assert_eq!(text, "“a” café");
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(
            decode(b"\x89PNG\0\0\0\rIHDR").unwrap_err().why,
            "is no text"
        );
        let long = vec![b'a'; MOST_TEXT + 1];
        assert_eq!(decode(&long).unwrap_err().why, "has more than 1 MB of text");
    }
}

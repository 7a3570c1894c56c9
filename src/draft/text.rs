//! From bytes to characters: UTF-8, else what Windows wrote.

use super::MOST_TEXT;
use super::letter::Unreadable;

/// What the bytes 0x80 to 0x9F are in Windows-1252; those that are nothing there stay what they are.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text, without its byte-order mark, and what to know of how it was read.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), Unreadable> {
    if bytes.len() > MOST_TEXT {
        return Err(Unreadable::too_long());
    }
    let (text, warnings) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Vec::new()),
        Err(_) => (
            bytes.iter().map(|byte| windows(*byte)).collect(),
            vec![
                "it is not UTF-8, and was read as Windows-1252; look at its quotes and accents"
                    .to_owned(),
            ],
        ),
    };
    // A NUL stands in no text; a picture is full of control characters.
    let strange = text.chars().filter(|c| is_strange(*c)).count();
    if text.contains('\0') || strange * 20 > text.chars().count() {
        return Err(Unreadable::new(
            "is no text",
            "name a letter: a .docx, .pdf, .txt or .md file",
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok((text.replace("\r\n", "\n").replace('\r', "\n"), warnings))
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
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

//! From the bytes of a text that others wrote to its text: UTF-8, UTF-16 with or without its mark, or what Windows of a
//! western country writes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text, and what it was read as where that is not UTF-8; `None` where it is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<&'static str>)> {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((guess(bytes), 0));
    let body = bytes.get(skip..).unwrap_or_default();
    let (text, malformed) = encoding.decode_without_bom_handling(body);
    let is_text = !malformed && !text.contains('\0');
    is_text.then(|| (text, (encoding != UTF_8).then(|| encoding.name())))
}

/// What bytes without a mark are most likely in.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // In UTF-16 every other byte of plain letters is nought.
    let begin = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let noughts = |odd: usize| {
        begin
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let many = begin.len() / 4;
    if begin.len() > 3 && noughts(1) > many {
        UTF_16LE
    } else if begin.len() > 3 && noughts(0) > many {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_offices_write_is_read() {
        let read = |bytes: &[u8]| {
            let (text, called) = decode(bytes).unwrap();
            (text.into_owned(), called)
        };
        assert_eq!(read("Señal".as_bytes()), ("Señal".to_owned(), None));
        assert_eq!(read(b"\xef\xbb\xbfA,B"), ("A,B".to_owned(), None));
        assert_eq!(
            read(b"Se\xf1al \x96 \x80"),
            ("Señal – €".to_owned(), Some("windows-1252"))
        );
        let wide: Vec<u8> = "A,B".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), ("A,B".to_owned(), Some("UTF-16LE")));
        let marked: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("ñ".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        assert_eq!(read(&marked), ("ñ".to_owned(), Some("UTF-16BE")));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"\x7fELF\x00\x00\x01\x02\xff"[..], b"\xff\xfe\x00\xd8"] {
            assert_eq!(decode(bytes), None);
        }
    }
}

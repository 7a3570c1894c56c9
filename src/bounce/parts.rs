//! The parts of a mail, cut at its boundary.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use std::borrow::Cow;

/// The headers with the empty line behind them, and what comes after it.
pub(super) fn head_and_body(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        end += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
    }
    bytes.split_at(end)
}

/// The parts between the lines that are the boundary. A mail that ends in the middle has all that is there of its last.
pub(super) fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut begun: Option<usize> = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let text = line.trim_ascii_end();
        let rest = text
            .strip_prefix(b"--")
            .and_then(|rest| rest.strip_prefix(boundary.as_bytes()));
        if let Some(rest) = rest.filter(|rest| rest.is_empty() || *rest == b"--") {
            let ended = begun.and_then(|begun| body.get(begun..at));
            parts.extend(ended);
            begun = rest.is_empty().then_some(at + line.len());
            if begun.is_none() {
                return parts;
            }
        }
        at += line.len();
    }
    parts.extend(begun.and_then(|begun| body.get(begun..)));
    parts
}

/// A part's content, as it was before it was made fit for its way. What cannot be decoded stays as it is.
pub(super) fn decoded<'a>(content: &'a [u8], encoding: Option<&str>) -> Cow<'a, [u8]> {
    let found = match encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => base64_decode(content),
        Some("quoted-printable") => quoted_printable_decode(content),
        _ => None,
    };
    found.map_or(Cow::Borrowed(content), Cow::Owned)
}

//! A message as it goes over the wire: lines that end as RFC 5321 wants them, and a dot alone behind the last.

/// The message with its end, so that it can be written at once: in two pieces, the second would wait for the network's answer
/// to the first, which comes 40 ms late.
///
/// A line ends with a carriage return and a line feed, whatever it ended with; a single one of them would be the end of a
/// message to some relays, and what follows another message.
pub(super) fn data(message: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(message.len() + message.len() / 32 + 8);
    for line in lines(message) {
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

/// The message as a program of this machine reads it: lines that end with a line feed.
pub(super) fn text(message: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(message.len());
    for line in lines(message) {
        text.extend_from_slice(line);
        text.push(b'\n');
    }
    text
}

/// The lines, without their ends.
fn lines(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|byte| b"\r\n".contains(byte));
        let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after
            .strip_prefix(b"\r\n")
            .or_else(|| after.get(1..))
            .unwrap_or_default();
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a relay makes of it.
    fn received(wire: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let end = wire
            .windows(5)
            .position(|bytes| bytes == b"\r\n.\r\n")
            .map_or(0, |at| at + 2);
        let (message, rest) = wire.split_at(end);
        let mut lines = Vec::new();
        for line in message.split_inclusive(|&byte| byte == b'\n') {
            lines.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        }
        (lines, rest.to_vec())
    }

    #[test]
    fn nothing_in_a_message_ends_it() {
        let message = b"Subject: x\r\n\r\n.\r\n\n.\n\r.\rMAIL FROM:<x@y>\r\n..\r\n";
        let (message, rest) = received(&data(message));
        assert_eq!(rest, b".\r\n");
        let expected = "Subject: x\r\n\r\n.\r\n\r\n.\r\n\r\n.\r\nMAIL FROM:<x@y>\r\n..\r\n";
        assert_eq!(String::from_utf8_lossy(&message), expected);
    }

    proptest! {
        #[test]
        fn what_is_sent_is_what_is_received(lines in prop::collection::vec("[.a\u{e9}=]{0,5}", 1..9)) {
            let message = lines.join("\r\n") + "\r\n";
            let (got, rest) = received(&data(message.as_bytes()));
            prop_assert_eq!(got, message.as_bytes());
            prop_assert_eq!(rest, b".\r\n");
            prop_assert_eq!(text(message.as_bytes()), message.replace("\r\n", "\n").into_bytes());
        }
    }
}

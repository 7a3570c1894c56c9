//! Reading a message of ours back: its header lines and its text part, for showing it in a terminal.
//!
//! Only for bytes that [`write`](super::write) made: one header a line or folded, quoted-printable text first.

/// The text part of a message, decoded; empty where there is none.
pub fn text_of(bytes: &[u8]) -> String {
    let message = String::from_utf8_lossy(bytes);
    let mut lines = message.lines();
    let is_text = |line: &&str| {
        line.to_ascii_lowercase()
            .starts_with("content-type: text/plain")
    };
    // A line of the text may begin with the same dashes: it is what stood before the part that ends it.
    let mut delimiter = "";
    loop {
        match lines.next() {
            None => return String::new(),
            Some(line) if is_text(&line) => break,
            Some(line) if line.starts_with("--") => delimiter = line,
            Some(_) => {}
        }
    }
    let body: Vec<&str> = lines
        .skip_while(|line| !line.is_empty())
        .skip(1)
        .take_while(|line| *line != delimiter)
        .collect();
    String::from_utf8_lossy(&decoded(&body)).into_owned()
}

fn decoded(lines: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        let (line, goes_on) = match line.strip_suffix('=') {
            Some(line) => (line, true),
            None => (*line, false),
        };
        let mut bytes = line.bytes();
        while let Some(byte) = bytes.next() {
            let octet = (byte == b'=')
                .then(|| hex(bytes.clone().next(), bytes.clone().nth(1)))
                .flatten();
            match octet {
                Some(octet) => {
                    out.push(octet);
                    bytes.nth(1);
                }
                None => out.push(byte),
            }
        }
        if !goes_on {
            out.push(b'\n');
        }
    }
    out
}

fn hex(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high?)? * 16 + digit(low?)?).ok()
}

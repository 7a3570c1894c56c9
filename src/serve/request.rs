//! What a browser asks for, read within limits.

use std::io::{ErrorKind, Read};

/// The most bytes of a request's head, and how many fields it may have.
const MOST_BYTES: usize = 16 * 1_024;
const MOST_FIELDS: usize = 100;

/// In how many pieces it may come: who sends it byte by byte is not a browser.
const MOST_PIECES: usize = 64;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether the head of the answer is enough.
    pub(super) head_alone: bool,
    /// The path, from the root, decoded; what follows a `?` is nothing to us.
    pub(super) path: String,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is answered with this alone.
    Refused(Refusal),
    /// Nobody is there any more.
    Gone,
}

/// An answer that is a status and one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: &'static str,
    pub(super) why: &'static str,
}

const MALFORMED: Refusal = Refusal {
    status: "400 Bad Request",
    why: "this is no request of HTTP/1.1 for a path of this site",
};

const TOO_LONG: Refusal = Refusal {
    status: "431 Request Header Fields Too Large",
    why: "the head of a request may be 16 kB and 100 fields long, and comes in one piece",
};

const ANOTHER_HOST: Refusal = Refusal {
    status: "403 Forbidden",
    why: "this server answers to 127.0.0.1 and localhost alone, with the port that it printed",
};

const NOT_TO_READ: Refusal = Refusal {
    status: "405 Method Not Allowed",
    why: "the pages are read with GET and HEAD; what is written goes into the office's files",
};

/// Reads a request for the server at `port`.
pub(super) fn read(stream: &mut impl Read, port: u16) -> Result<Request, Unread> {
    let mut head = Vec::new();
    let mut piece = [0; 4_096];
    for _ in 0..MOST_PIECES {
        let length = match stream.read(&mut piece) {
            Ok(0) => return Err(Unread::Gone),
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(Unread::Gone),
        };
        head.extend_from_slice(piece.get(..length).unwrap_or_default());
        if let Some(request) = understood(&head, port).map_err(Unread::Refused)? {
            return Ok(request);
        }
        if head.len() > MOST_BYTES {
            break;
        }
    }
    Err(Unread::Refused(TOO_LONG))
}

/// The request, once its head is whole.
fn understood(head: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut parsed = httparse::Request::new(&mut fields);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LONG),
        Err(_) => return Err(MALFORMED),
    }
    let mut hosts = parsed
        .headers
        .iter()
        .filter(|field| field.name.eq_ignore_ascii_case("host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(MALFORMED);
    };
    // A name of somebody else that leads to this machine would let that somebody's pages read these.
    if !is_ours(host.value, port) {
        return Err(ANOTHER_HOST);
    }
    let head_alone = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(NOT_TO_READ),
    };
    let target = parsed.path.unwrap_or_default();
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    let path = decoded(path).filter(|path| path.starts_with('/'));
    let path = path.ok_or(MALFORMED)?;
    Ok(Some(Request { head_alone, path }))
}

/// Whether that is how this server is called.
fn is_ours(host: &[u8], port: u16) -> bool {
    let Ok(host) = std::str::from_utf8(host) else {
        return false;
    };
    let (name, at) = host.trim().rsplit_once(':').unwrap_or((host.trim(), "80"));
    at == port.to_string() && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

/// A path without its percent signs; `None` where they are followed by no bytes of a text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
            bytes.push(u8::try_from(high? * 16 + low?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(head: &str) -> Result<Request, Unread> {
        read(&mut head.as_bytes(), 8014)
    }

    #[test]
    fn a_request_is_read_whatever_its_pieces() {
        let whole = ask("GET /es/index.html?x=1 HTTP/1.1\r\nHost: LocalHost:8014\r\n\r\n").unwrap();
        assert_eq!(
            (whole.head_alone, whole.path.as_str()),
            (false, "/es/index.html")
        );
        let head = ask("HEAD /a%20b HTTP/1.1\r\nhost: 127.0.0.1:8014\r\n\r\n").unwrap();
        assert_eq!((head.head_alone, head.path.as_str()), (true, "/a b"));
        assert_eq!(ask("GET / HTTP/1.1\r\nHost: 127"), Err(Unread::Gone));
    }

    #[test]
    fn whatever_else_is_asked_is_refused() {
        for (head, refusal) in [
            ("GET / HTTP/1.1\r\n\r\n", MALFORMED),
            (
                "GET / HTTP/1.1\r\nHost: localhost:8014\r\nHost: localhost:8014\r\n\r\n",
                MALFORMED,
            ),
            ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", ANOTHER_HOST),
            ("GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n", ANOTHER_HOST),
            (
                "GET / HTTP/1.1\r\nHost: evil.example:8014\r\n\r\n",
                ANOTHER_HOST,
            ),
            (
                "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example:8014\r\n\r\n",
                ANOTHER_HOST,
            ),
            ("GET / HTTP/1.1\r\nHost: \r\n\r\n", ANOTHER_HOST),
            (
                "POST / HTTP/1.1\r\nHost: localhost:8014\r\n\r\n",
                NOT_TO_READ,
            ),
            (
                "GET http://localhost:8014/ HTTP/1.1\r\nHost: localhost:8014\r\n\r\n",
                MALFORMED,
            ),
            (
                "GET /%f HTTP/1.1\r\nHost: localhost:8014\r\n\r\n",
                MALFORMED,
            ),
            (
                "GET /%ff HTTP/1.1\r\nHost: localhost:8014\r\n\r\n",
                MALFORMED,
            ),
            ("\u{16}\u{3}\u{1}", MALFORMED),
        ] {
            assert_eq!(ask(head), Err(Unread::Refused(refusal)), "{head}");
        }
        let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(20_000));
        assert_eq!(ask(&long), Err(Unread::Refused(TOO_LONG)));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(101));
        assert_eq!(ask(&many), Err(Unread::Refused(TOO_LONG)));
    }
}

//! A connection to a relay. A command goes out whole, and its answer is taken within one limit of time and up to one length,
//! however slowly the relay speaks; what it says without being asked is no answer to anything.
//!
//! lettre's own connection bounds each read alone, reads an answer again from its beginning at every line, and keeps what
//! came in the clear before STARTTLS. Its commands and its reading of a whole answer are used here.

use crate::clock;
use lettre::transport::smtp::commands::{Ehlo, Quit, Starttls};
use lettre::transport::smtp::extension::{ClientId, ServerInfo};
use lettre::transport::smtp::response::Response;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::reply::Reply;

/// The longest answer that is read. RFC 5321 (4.5.3.1.5) has lines of 512 octets, and a greeting has a few dozen.
const LONGEST: usize = 64 * 1024;

/// How long a relay may take for its goodbye, which changes nothing.
const GOODBYE: Duration = Duration::from_secs(2);

/// Why something was not taken.
#[derive(Debug)]
pub(super) enum Failure {
    /// The relay said no.
    Refused(Reply),
    /// No answer came, or one that is none; in words.
    Broke(String),
    /// The way cannot be made safe; in words.
    Unsafe(String),
}

/// A connection, from the greeting on.
pub(super) struct Connection {
    stream: Stream,
    /// What came and was not taken yet.
    unread: Vec<u8>,
    timeout: Duration,
    offers: ServerInfo,
    /// It takes several commands at once (RFC 2920); lettre does not know that.
    takes_several: bool,
}

enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

/// How the way is made safe: the authorities, and the name that the relay's certificate has to have.
#[derive(Clone)]
pub(super) struct Tls {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
}

impl Connection {
    /// Connects to the first address that answers and greets it; by TLS from the first byte on where `tls` is given.
    pub(super) fn open(
        addresses: &[SocketAddr],
        timeout: Duration,
        hello: &ClientId,
        tls: Option<&Tls>,
    ) -> Result<Self, Failure> {
        let until = clock::moment() + timeout;
        let mut connected = Err(Failure::Broke("it has no address".to_owned()));
        for address in addresses {
            connected =
                TcpStream::connect_timeout(address, left(until).map_err(|error| broke(&error))?)
                    .and_then(|tcp| tcp.set_nodelay(true).map(|()| tcp))
                    .map_err(|error| broke(&error));
            if connected.is_ok() {
                break;
            }
        }
        let mut stream = Stream::Plain(Timed {
            tcp: connected?,
            until,
            read_limit: Duration::ZERO,
            write_limit: Duration::ZERO,
        });
        if let Some(tls) = tls {
            stream = stream.made_safe(tls)?;
        }
        let mut connection = Self {
            stream,
            unread: Vec::new(),
            timeout,
            offers: ServerInfo::default(),
            takes_several: false,
        };
        connection.answer()?;
        connection.greet(hello)?;
        Ok(connection)
    }

    /// Makes a way safe that was open so far, and greets the relay anew: nothing that it said before counts.
    pub(super) fn start_tls(mut self, tls: &Tls, hello: &ClientId) -> Result<Self, Failure> {
        self.command(Starttls)?;
        if !self.unread.is_empty() {
            return Err(Failure::Unsafe(
                "more came in the clear after the answer to STARTTLS, which somebody on the way may have put there".to_owned(),
            ));
        }
        self.begin();
        let stream = self.stream.made_safe(tls)?;
        let mut connection = Self { stream, ..self };
        connection.greet(hello)?;
        Ok(connection)
    }

    fn greet(&mut self, hello: &ClientId) -> Result<(), Failure> {
        let response = self.command(Ehlo::new(hello.clone()))?;
        self.offers = ServerInfo::from_response(&response)
            .map_err(|error| Failure::Broke(format!("its greeting is none: {error}")))?;
        self.takes_several = response
            .message()
            .skip(1)
            .any(|line| line.trim_end().eq_ignore_ascii_case("PIPELINING"));
        Ok(())
    }

    /// What the relay offers.
    pub(super) fn offers(&self) -> &ServerInfo {
        &self.offers
    }

    /// Sends a command and takes its answer, which is one that goes on.
    pub(super) fn command(&mut self, command: impl Display) -> Result<Response, Failure> {
        self.exchange(command.to_string().as_bytes())
    }

    /// Sends bytes and takes the answer to them.
    pub(super) fn exchange(&mut self, bytes: &[u8]) -> Result<Response, Failure> {
        self.begin();
        if !self.unread.is_empty() {
            // A relay may say by itself that it ends the connection, and nothing else.
            return match self.answer() {
                Err(Failure::Refused(reply)) if reply.code() == 421 => Err(Failure::Refused(reply)),
                _ => Err(Failure::Broke(
                    "the relay said something that it was not asked".to_owned(),
                )),
            };
        }
        self.stream
            .write_all(bytes)
            .map_err(|error| broke(&error))?;
        self.stream.flush().map_err(|error| broke(&error))?;
        self.answer()
    }

    /// Sends commands and takes the answers to them, in that order; at once where the relay offers that, which spares a way
    /// there and back for each. There are fewer answers than commands where one of them is the last that comes, or the relay
    /// does not take several at once and one of them is no.
    pub(super) fn commands(&mut self, commands: &[String]) -> Vec<Result<Response, Failure>> {
        let mut answers = Vec::with_capacity(commands.len());
        if self.takes_several {
            answers.push(self.exchange(commands.concat().as_bytes()));
            while answers.len() < commands.len()
                && matches!(answers.last(), Some(Ok(_) | Err(Failure::Refused(_))))
            {
                self.begin();
                answers.push(self.answer());
            }
        } else {
            for command in commands {
                answers.push(self.exchange(command.as_bytes()));
                if !matches!(answers.last(), Some(Ok(_))) {
                    break;
                }
            }
        }
        answers
    }

    /// Ends a connection on which nothing more is said or waited for.
    pub(super) fn hang_up(mut self) {
        self.stream.timed().until = clock::moment() + GOODBYE;
        // Whether the goodbye arrives makes no difference to what follows.
        let _ = self.stream.write_all(Quit.to_string().as_bytes());
        let _ = self.stream.flush();
    }

    /// From now on an exchange may take as long as is allowed.
    fn begin(&mut self) {
        self.stream.timed().until = clock::moment() + self.timeout;
    }

    /// Takes one whole answer.
    fn answer(&mut self) -> Result<Response, Failure> {
        let mut seen = 0;
        let end = loop {
            match end_of_answer(&self.unread, &mut seen) {
                Some(end) => break end,
                None if self.unread.len() >= LONGEST => {
                    return Err(Failure::Broke(format!(
                        "its answer is longer than {LONGEST} bytes"
                    )));
                }
                None => {}
            }
            let mut piece = [0; 4096];
            let length = self
                .stream
                .read(&mut piece)
                .map_err(|error| broke(&error))?;
            if length == 0 {
                return Err(Failure::Broke("the relay ended the connection".to_owned()));
            }
            self.unread
                .extend_from_slice(piece.get(..length).unwrap_or_default());
        };
        let answer: Vec<u8> = self.unread.drain(..end).collect();
        let text = String::from_utf8_lossy(&answer);
        let response: Response = text
            .parse()
            .map_err(|_| Failure::Broke("its answer is none of SMTP's".to_owned()))?;
        if response.is_positive() {
            Ok(response)
        } else {
            Err(Failure::Refused(Reply::of(&response)))
        }
    }
}

/// Where the first answer ends: behind the first line with no hyphen after its code. `seen`: where the first line begins that
/// was not looked at.
fn end_of_answer(bytes: &[u8], seen: &mut usize) -> Option<usize> {
    loop {
        let rest = bytes.get(*seen..)?;
        let length = rest.iter().position(|byte| *byte == b'\n')? + 1;
        *seen += length;
        if rest.get(3) != Some(&b'-') {
            return Some(*seen);
        }
    }
}

fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(clock::moment());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    Ok(left)
}

fn broke(error: &io::Error) -> Failure {
    Failure::Broke(match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "no answer in time".to_owned(),
        _ => error.to_string(),
    })
}

impl Stream {
    fn made_safe(self, tls: &Tls) -> Result<Self, Failure> {
        let Self::Plain(mut timed) = self else {
            return Err(Failure::Unsafe("it is by TLS already".to_owned()));
        };
        let mut session = ClientConnection::new(Arc::clone(&tls.config), tls.name.clone())
            .map_err(|error| Failure::Unsafe(error.to_string()))?;
        while session.is_handshaking() {
            session.complete_io(&mut timed).map_err(|error| {
                let is_of_tls = error
                    .get_ref()
                    .is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>);
                if is_of_tls {
                    Failure::Unsafe(error.to_string())
                } else {
                    broke(&error)
                }
            })?;
        }
        Ok(Self::Tls(Box::new(StreamOwned::new(session, timed))))
    }

    fn timed(&mut self) -> &mut Timed {
        match self {
            Self::Plain(timed) => timed,
            Self::Tls(tls) => &mut tls.sock,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(timed) => timed.read(bytes),
            Self::Tls(tls) => tls.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(timed) => timed.write(bytes),
            Self::Tls(tls) => tls.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(timed) => timed.flush(),
            Self::Tls(tls) => tls.flush(),
        }
    }
}

/// The bare connection, on which nothing takes longer than until a moment, in however many pieces it comes.
struct Timed {
    tcp: TcpStream,
    until: Instant,
    /// How long the system lets one read and one write take.
    read_limit: Duration,
    write_limit: Duration,
}

/// By so much a read or a write may take longer than is left: the system is told of a limit only where it differs, and not
/// twice for every command.
const CLOSE_ENOUGH: Duration = Duration::from_millis(20);

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = left(self.until)?;
        if left.abs_diff(self.read_limit) > CLOSE_ENOUGH {
            self.tcp.set_read_timeout(Some(left))?;
            self.read_limit = left;
        }
        self.tcp.read(bytes)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = left(self.until)?;
        if left.abs_diff(self.write_limit) > CLOSE_ENOUGH {
            self.tcp.set_write_timeout(Some(left))?;
            self.write_limit = left;
        }
        self.tcp.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_answer;

    #[test]
    fn an_answer_ends_with_its_first_line_without_a_hyphen() {
        let end = |text: &str| end_of_answer(text.as_bytes(), &mut 0);
        assert_eq!(end("250-a\r\n250 b\r\n250 c\r\n"), Some(14));
        assert_eq!(end("250\r\n"), Some(5));
        assert_eq!(end("250-a\r\n250 b"), None);
        assert_eq!(end(""), None);
    }
}

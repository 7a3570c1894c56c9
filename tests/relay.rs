//! A relay of the tests' own: it answers what it is told to answer at each stage of the conversation, and keeps what it took.

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Connected,
    Ehlo,
    Starttls,
    Auth(String),
    Mail,
    Rcpt(String),
    Data,
    Message(Vec<u8>),
    Quit,
}

/// What the relay does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// What a relay that works says.
    Fine,
    /// This, and then as usual.
    Say(&'static str),
    /// It says this and ends the connection.
    SayAndHangUp(&'static str),
    /// It ends the connection without a word.
    HangUp,
    /// It says nothing for three seconds.
    Silence,
    /// It says these bytes, and then as usual.
    SayBytes(&'static [u8]),
    /// It says this line five times a second, and never ends its answer.
    Drip(&'static str),
}

/// How the way to it is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Plain,
    Starttls,
    Tls,
}

/// A message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) bytes: Vec<u8>,
    /// On which connection.
    pub(crate) connection: usize,
}

type Script = dyn Fn(&Stage) -> Answer + Send + Sync;

struct Shared {
    script: Mutex<Arc<Script>>,
    taken: Mutex<Vec<Taken>>,
    lines: Mutex<Vec<String>>,
    way: Way,
    /// Whether it offers to take several commands at once.
    pipelining: bool,
    tls: Option<Arc<ServerConfig>>,
}

/// The relay; it ends with the tests.
pub(crate) struct Relay {
    port: u16,
    shared: Arc<Shared>,
    folder: TempDir,
}

impl Relay {
    /// One that takes everything.
    pub(crate) fn new(way: Way) -> Self {
        Self::of(way, false)
    }

    /// One that takes everything, and several commands at once.
    pub(crate) fn pipelining(way: Way) -> Self {
        Self::of(way, true)
    }

    fn of(way: Way, pipelining: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tls = (way != Way::Plain).then(|| {
            certificates(folder.path(), "DNS:localhost");
            tls(folder.path())
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            script: Mutex::new(Arc::new(|_: &Stage| Answer::Fine)),
            taken: Mutex::default(),
            lines: Mutex::default(),
            way,
            pipelining,
            tls,
        });
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let shared = Arc::clone(&of_thread);
                // A conversation that breaks is what most of these tests are about.
                std::thread::spawn(move || converse(&shared, stream.ok()?, number));
            }
        });
        Self {
            port,
            shared,
            folder,
        }
    }

    /// Where it listens, on the loopback address.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// From now on it answers so.
    pub(crate) fn answers(&self, script: impl Fn(&Stage) -> Answer + Send + Sync + 'static) {
        *self.shared.script.lock().unwrap() = Arc::new(script);
    }

    /// What it took, in that order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }

    /// Every command that it was given, logins and messages aside.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.shared.lines.lock().unwrap().clone()
    }

    /// `[mail]` of an office that uses it, with more keys of `[mail.smtp]`.
    pub(crate) fn settings(&self, more: &str) -> String {
        let security = match self.shared.way {
            Way::Plain => "security = \"none\"".to_owned(),
            Way::Starttls => format!("security = \"starttls\"\n{}", self.authorities()),
            Way::Tls => format!("security = \"tls\"\n{}", self.authorities()),
        };
        format!(
            "[mail]\nfrom = \"Office <office@upe.example>\"\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"localhost\"\nport = {}\n{security}\n{more}\n",
            self.port
        )
    }

    fn authorities(&self) -> String {
        format!(
            "authorities = \"{}\"",
            self.folder.path().join("ca.pem").display()
        )
    }
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<rustls::StreamOwned<rustls::ServerConnection, TcpStream>>),
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(bytes),
            Self::Tls(stream) => stream.read(bytes),
        }
    }
}

impl Stream {
    fn say(&mut self, words: &str) -> Option<()> {
        self.say_bytes(format!("{words}\r\n").as_bytes())
    }

    fn say_bytes(&mut self, bytes: &[u8]) -> Option<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes),
            Self::Tls(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
        .ok()
    }

    fn secured(self, config: &Arc<ServerConfig>) -> Option<Self> {
        let Self::Plain(stream) = self else {
            return None;
        };
        let connection = rustls::ServerConnection::new(Arc::clone(config)).ok()?;
        Some(Self::Tls(Box::new(rustls::StreamOwned::new(
            connection, stream,
        ))))
    }
}

/// One conversation; `None` once it has ended.
fn converse(shared: &Shared, stream: TcpStream, number: usize) -> Option<()> {
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    stream.set_nodelay(true).ok()?;
    let mut stream = Stream::Plain(stream);
    if let (Way::Tls, Some(tls)) = (shared.way, &shared.tls) {
        stream = stream.secured(tls)?;
    }
    let mut reader = BufReader::new(stream);
    answer(shared, &mut reader, &Stage::Connected, "220 relay ready")?;
    let mut to = String::new();
    loop {
        let line = line(&mut reader)?;
        let word = line.split(' ').next()?.to_ascii_uppercase();
        if word != "AUTH" {
            shared.lines.lock().unwrap().push(line.clone());
        }
        match word.as_str() {
            "EHLO" => {
                let offers = match (&reader.get_ref(), shared.way) {
                    (Stream::Plain(_), Way::Starttls) => "250-relay\r\n250 STARTTLS",
                    _ if shared.pipelining => {
                        "250-relay\r\n250-Pipelining\r\n250 AUTH PLAIN LOGIN XOAUTH2"
                    }
                    _ => "250-relay\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN XOAUTH2",
                };
                answer(shared, &mut reader, &Stage::Ehlo, offers)?;
            }
            "STARTTLS" => {
                answer(shared, &mut reader, &Stage::Starttls, "220 go ahead")?;
                let stream = reader.into_inner().secured(shared.tls.as_ref()?)?;
                reader = BufReader::new(stream);
            }
            "AUTH" => answer(shared, &mut reader, &Stage::Auth(line), "235 2.7.0 welcome")?,
            "MAIL" => answer(shared, &mut reader, &Stage::Mail, "250 2.1.0 sender ok")?,
            "RCPT" => {
                to = line.trim_start_matches("RCPT TO:<").replace('>', "");
                let stage = Stage::Rcpt(to.clone());
                if !answer_is_fine(shared, &mut reader, &stage, "250 2.1.5 ok")? {
                    to.clear();
                }
            }
            "DATA" => {
                let usual = if to.is_empty() {
                    "554 5.5.1 no valid recipients"
                } else {
                    "354 go on"
                };
                let is_fine = answer_is_fine(shared, &mut reader, &Stage::Data, usual)?;
                if !is_fine || to.is_empty() {
                    continue;
                }
                let bytes = message(&mut reader)?;
                let taken = Taken {
                    to: to.clone(),
                    bytes: bytes.clone(),
                    connection: number,
                };
                let script = Arc::clone(&shared.script.lock().unwrap());
                // Taken before the answer: if that is lost, the message is not.
                let stage = Stage::Message(bytes);
                let kept = match script(&stage) {
                    Answer::Say(code) | Answer::SayAndHangUp(code) => !code.starts_with(['4', '5']),
                    _ => true,
                };
                if kept {
                    shared.taken.lock().unwrap().push(taken);
                }
                answer(shared, &mut reader, &stage, "250 2.0.0 queued as 4711")?;
            }
            "QUIT" => {
                answer(shared, &mut reader, &Stage::Quit, "221 bye")?;
                return None;
            }
            _ => reader.get_mut().say("250 ok")?,
        }
    }
}

fn answer(
    shared: &Shared,
    reader: &mut BufReader<Stream>,
    stage: &Stage,
    usual: &str,
) -> Option<()> {
    answer_is_fine(shared, reader, stage, usual).map(drop)
}

/// Answers; whether as usual. `None`: the connection has ended.
fn answer_is_fine(
    shared: &Shared,
    reader: &mut BufReader<Stream>,
    stage: &Stage,
    usual: &str,
) -> Option<bool> {
    let script = Arc::clone(&shared.script.lock().unwrap());
    match script(stage) {
        Answer::Fine => reader.get_mut().say(usual)?,
        Answer::Say(words) => {
            reader.get_mut().say(words)?;
            return Some(false);
        }
        Answer::SayAndHangUp(words) => {
            reader.get_mut().say(words)?;
            return None;
        }
        Answer::SayBytes(bytes) => {
            reader.get_mut().say_bytes(bytes)?;
            return Some(false);
        }
        Answer::Drip(line) => {
            while reader.get_mut().say(line).is_some() {
                std::thread::sleep(Duration::from_millis(200));
            }
            return None;
        }
        Answer::HangUp => return None,
        Answer::Silence => {
            std::thread::sleep(Duration::from_secs(3));
            return None;
        }
    }
    Some(true)
}

fn line(reader: &mut BufReader<Stream>) -> Option<String> {
    let mut line = String::new();
    (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
}

/// A message, without what keeps a dot from ending it.
fn message(reader: &mut BufReader<Stream>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn tls(folder: &Path) -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_file(folder.join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}

/// Makes an authority, `ca.pem`, and a certificate of it for some names, `server.pem` with `server.key`, in a folder.
pub(crate) fn certificates(folder: &Path, names: &str) {
    let run = |line: &str| {
        let ran = Command::new("openssl")
            .args(line.split_whitespace())
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    };
    std::fs::write(folder.join("names"), format!("subjectAltName={names}")).unwrap();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    run(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority"
    ));
    run(&format!(
        "req {key} -keyout server.key -out server.csr -subj /CN=server"
    ));
    run(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    );
}

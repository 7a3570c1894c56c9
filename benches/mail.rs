//! What it costs to send: 10,000 messages over 10 sessions with the durable outbox, beside postfix's own `smtp-source`, and a
//! run that decides over 100,000 keys and finds nothing to send.
//!
//! `SIDELETTER_BENCH_POSTFIX=FOLDER cargo bench --bench mail`, where `FOLDER` holds an unpacked package of postfix, so that no
//! server of it is installed: `apt-get download postfix; dpkg -x postfix_*.deb FOLDER`. The store is made anew each time, in
//! the folder for temporary files; where that is in memory, `TMPDIR` names one on a disk, so that a commit waits for it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on has failed, and it measures time and prints it"
)]

use chrono::NaiveDate;
use sideletter::clock::Clock;
use sideletter::ids::{AgreementId, PartyId};
use sideletter::office::Office;
use sideletter::outbox;
use sideletter::record::{Draft, EntryKind};
use sideletter::store::outbox::MessageState;
use sideletter::store::{Access, Place, open};
use std::fmt::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const MESSAGES: usize = 10_000;
const SESSIONS: usize = 10;
const PAIRS: usize = 5;

fn main() {
    let postfix = std::env::var_os("SIDELETTER_BENCH_POSTFIX").map(PathBuf::from);
    match &postfix {
        Some(postfix) => sending(postfix),
        None => println!(
            "SIDELETTER_BENCH_POSTFIX is not set: sending is not measured; see benches/mail.rs"
        ),
    }
    deciding();
}

fn clock() -> Clock {
    let day = NaiveDate::from_ymd_opt(2014, 3, 12).unwrap();
    Clock::on(day, chrono_tz::UTC)
}

/// An office in which so many events were recorded that so many contacts are told of.
fn office(contacts: usize, events: usize, settings: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut parties =
        "[upe]\nname = \"UPE\"\nside = \"union\"\n[dha]\nname = \"DHA\"\nside = \"employer\"\n"
            .to_owned();
    for n in 0..contacts {
        let _ = writeln!(
            parties,
            "[[dha.contacts]]\nname = \"Contact {n}\"\nemail = \"c{n}@dha.example\""
        );
    }
    let mut letter = "+++\ntitle = \"Time clocks\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n[counting]\npreset = \"plain\"\n".to_owned();
    for n in 0..events {
        let _ = writeln!(letter, "[events.event_{n}]\ntitle = \"Installation {n}\"");
    }
    letter.push_str("+++\n\nText.\n");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    std::fs::create_dir(folder.path().join("agreements")).unwrap();
    write("parties.toml", &parties);
    write("agreements/time_clocks.md", &letter);
    write("sideletter.toml", settings);
    let mut store = open(folder.path(), &Place::fresh(), Access::Write).unwrap();
    for n in 0..events {
        let mut happened = Draft::new(
            EntryKind::Happened,
            AgreementId::new("time_clocks"),
            "0".repeat(64),
        );
        happened.by = Some(PartyId::new("upe"));
        happened.subject = Some(format!("event_{n}"));
        happened.on = NaiveDate::from_ymd_opt(2014, 3, 10);
        store
            .append(&happened, clock().now(), clock().today())
            .unwrap();
    }
    folder
}

fn settings(port: u16) -> String {
    format!(
        "[remind]\nmost_per_run = 1000000\n[mail]\nfrom = \"office@upe.example\"\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nsessions = {SESSIONS}\n"
    )
}

/// A run, and how long it took; reading the office is part of it.
fn run(folder: &Path) -> (outbox::Sent, Duration) {
    let began = Instant::now();
    let office = Office::load(folder).unwrap();
    let mut store = open(folder, &office.settings.store, Access::Write).unwrap();
    let sent = outbox::send(&office, store.as_mut(), &clock()).unwrap();
    (sent, began.elapsed())
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port()
}

fn postfixes(postfix: &Path, program: &str) -> Command {
    let mut command = Command::new(postfix.join("usr/sbin").join(program));
    command
        .env("LD_LIBRARY_PATH", postfix.join("usr/lib/postfix"))
        .stdout(Stdio::null());
    command
}

struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start(postfix: &Path) -> Self {
        let port = free_port();
        let mut command = postfixes(postfix, "smtp-sink");
        // It does not serve as root.
        if std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            command.args(["-u", "nobody"]);
        }
        let mut child = command
            .args([&format!("127.0.0.1:{port}"), "200"])
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none()
            && TcpStream::connect(("127.0.0.1", port)).is_err()
        {
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { child, port }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // It has nothing more to do, whether it can be ended or has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn sending(postfix: &Path) {
    let sink = Sink::start(postfix);
    let mut ratios = Vec::new();
    for _ in 0..PAIRS {
        let began = Instant::now();
        let source = postfixes(postfix, "smtp-source")
            .args([
                "-d",
                "-s",
                &SESSIONS.to_string(),
                "-m",
                &MESSAGES.to_string(),
            ])
            .args([
                "-l",
                "4096",
                "-f",
                "office@upe.example",
                "-t",
                "c@dha.example",
            ])
            .arg(format!("127.0.0.1:{}", sink.port))
            .status()
            .unwrap();
        assert!(source.success());
        let theirs = began.elapsed();

        // Decided while no relay is there, so that what is measured is sending.
        let folder = office(MESSAGES, 1, &settings(free_port()));
        let (none, deciding) = run(folder.path());
        assert_eq!(none.left, MESSAGES);
        std::fs::write(folder.path().join("sideletter.toml"), settings(sink.port)).unwrap();
        let (sent, ours) = run(folder.path());
        assert_eq!(
            sent.in_state(&[MessageState::Sent]).len(),
            MESSAGES,
            "{:?}",
            sent.trouble
        );
        let store = open(folder.path(), &Place::fresh(), Access::Read).unwrap();
        let size = store.message(1).unwrap().unwrap().bytes.len();
        let rate = |took: Duration| 10_000.0 / took.as_secs_f64();
        let ratio = rate(ours) / rate(theirs);
        println!(
            "smtp-source {:.0}/s, sideletter {:.0}/s of {size} bytes (and {:.1} s to decide them): {ratio:.2}",
            rate(theirs),
            rate(ours),
            deciding.as_secs_f64()
        );
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    println!("ratio, median of {PAIRS} pairs: {:.2}", ratios[PAIRS / 2]);
}

fn deciding() {
    let folder = office(10_000, 10, &settings(free_port()));
    let (decided, took) = run(folder.path());
    println!(
        "100,000 keys decided into {} messages: {:.2} s",
        decided.left,
        took.as_secs_f64()
    );
    rusqlite::Connection::open(folder.path().join(".sideletter/store.db"))
        .and_then(|store| store.execute("UPDATE messages SET state = 'sent'", []))
        .unwrap();
    let mut took: Vec<Duration> = (0..PAIRS)
        .map(|_| {
            let (sent, took) = run(folder.path());
            assert!(sent.messages.is_empty() && sent.left == 0);
            took
        })
        .collect();
    took.sort();
    println!(
        "100,000 keys and nothing to send: {:.2} s, median of {PAIRS}",
        took[PAIRS / 2].as_secs_f64()
    );
}

//! Mail by a relay that is not ours: aiosmtpd, which wants STARTTLS and a login.
//!
//! `tests/run` installs it and names its Python in `SIDELETTER_TEST_PYTHON`; then this test fails where it is not there.
//! Otherwise `python3` is asked whether it has it, and else nothing is tested.

use crate::office::{Office, repository};
use crate::relay::certificates;
use crate::smtp::{office, secret, states};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The Python that has aiosmtpd.
#[expect(
    clippy::disallowed_methods,
    reason = "where the relay is is no matter of an office"
)]
fn python() -> Option<String> {
    let named = std::env::var("SIDELETTER_TEST_PYTHON").ok();
    let python = named.clone().unwrap_or_else(|| "python3".to_owned());
    let has_it = Command::new(&python)
        .args(["-c", "import aiosmtpd"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    assert!(
        has_it || named.is_none(),
        "SIDELETTER_TEST_PYTHON is set, and {python} has no aiosmtpd; tests/run installs it"
    );
    has_it.then_some(python)
}

struct Relay {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl Relay {
    fn start(python: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        certificates(folder.path(), "DNS:localhost");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let mut child = Command::new(python)
            .arg(repository().join("tests/oracle/relay.py"))
            .arg(folder.path())
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut ready)
            .unwrap();
        assert_eq!(ready, "ready\n");
        Self {
            child,
            folder,
            port,
        }
    }

    fn office(&self, login: &str) -> Office {
        let settings = format!(
            "[mail]\nfrom = \"Office <office@upe.example>\"\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"localhost\"\nport = {}\nauthorities = \"{}\"\nsessions = 2\ntimeout = 60\n{login}\n",
            self.port,
            self.folder.path().join("ca.pem").display()
        );
        secret(office(&settings, 5), "open sesame")
    }

    fn taken(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("taken"))
            .unwrap()
            .count()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It ends with its input, and here in any case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes of a message as the outbox keeps them.
fn kept(office: &Path, id: i64) -> Vec<u8> {
    rusqlite::Connection::open(office.join(".sideletter/store.db"))
        .unwrap()
        .query_row("SELECT bytes FROM messages WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .unwrap()
}

/// What the relay took is signed as a relay signs it, changed as a hop may change it, and read by an implementation of DKIM
/// that is not ours.
fn signatures_hold(python: &str, folder: &Path) {
    let openssl = |arguments: &[&str]| {
        let ran = Command::new("openssl")
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    openssl(&["genrsa", "-traditional", "-out", "dkim.key", "2048"]);
    openssl(&["rsa", "-in", "dkim.key", "-pubout", "-out", "dkim.pub"]);
    let ran = Command::new(python)
        .arg(repository().join("tests/oracle/signed.py"))
        .args(["taken", "dkim.key", "dkim.pub"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert_eq!(ran.stdout, b"5 signatures hold\n");
}

#[test]
fn a_relay_that_is_not_ours_takes_what_is_sent_byte_for_byte() {
    let Some(python) = python() else { return };
    let relay = Relay::start(&python);
    let password = "username = \"office\"\npassword_file = \"secret\"";
    let sent = relay.office(password);
    sent.prints("remind --send");
    assert_eq!(relay.taken(), 5);
    assert!(states(&sent).iter().all(|(_, state, _)| state == "sent"));
    let shown = sent.prints("outbox show 1");
    assert!(
        shown.contains("State: sent (250 2.0.0 queued as "),
        "{shown}"
    );
    let mut taken: Vec<Vec<u8>> = (0..5)
        .map(|n| std::fs::read(relay.folder.path().join(format!("taken/{n}.eml"))).unwrap())
        .collect();
    let mut ours: Vec<Vec<u8>> = (1..=5).map(|id| kept(sent.root(), id)).collect();
    taken.sort();
    ours.sort();
    assert!(taken == ours);
    signatures_hold(&python, relay.folder.path());

    relay
        .office("username = \"office\"\ntoken_command = \"echo open-token\"")
        .prints("remind --send");
    assert_eq!(relay.taken(), 10);
    for (login, said) in [
        (
            "username = \"other\"\npassword_file = \"secret\"",
            "refuses this `username` with its password (535",
        ),
        (
            "username = \"office\"\ntoken_command = \"echo wrong\"",
            "refuses this `username` with its token",
        ),
        ("", "refuses the sender"),
    ] {
        let ran = relay.office(login).types("remind --send");
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.stderr.contains(said), "{ran:?}");
    }
    assert_eq!(relay.taken(), 10);
}

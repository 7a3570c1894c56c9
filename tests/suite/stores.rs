//! Whole commands on a store that fails: the server that crashes, the disk that is full, the password that is wrong; and on
//! two kinds of store that say the same.

use crate::cluster::{self, Cluster};
use crate::office::{Office, Outcome, fixtures};
use crate::record_kept::{notes, office};
use crate::relay::certificates;
use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The office, on a database of its own.
fn on_a_server() -> Office {
    let url = cluster::shared().url(&cluster::shared().database());
    on(&url)
}

fn on(url: &str) -> Office {
    office().file("sideletter.toml", format!("[store]\nurl = \"{url}\"\n"))
}

#[test]
fn an_office_on_a_server_says_what_one_on_a_file_says() {
    let said = [office(), on_a_server()].map(|office| {
        [
            "log",
            "record noted letter --note one --by upe",
            "record met letter/meeting --on 2014-04-01 --by dha --speaker Labor",
            "record met letter/meeting --on 2014-04-01 --by dha",
            "record struck letter --entry 2 --by dha",
            "log",
            "due",
            "remind --send",
            "remind --send",
            "outbox",
            "run",
        ]
        .map(|line| {
            let ran = office.types(line);
            (line, ran.code, ran.stdout, ran.stderr)
        })
    });
    let [file, server] = said;
    assert_eq!(file, server);
}

#[test]
fn the_record_moves_to_a_server_and_back_byte_for_byte() {
    let old = office();
    old.prints("record met letter/meeting --on 2014-04-01 --by dha");
    old.prints("record noted letter --by upe --note ¿Quién?");
    old.types("run");
    let backup = old.prints("backup backup.db");
    let log = old.prints("log --format json");
    let outbox = old.prints("outbox --format json");

    let new = on_a_server();
    let file = old.root().join("backup.db");
    let restored = new.prints(&format!("restore {}", file.display()));
    assert_eq!(
        restored.lines().next().unwrap().split(": ").nth(1),
        backup.trim_end().split(": ").nth(1)
    );
    assert_eq!(new.prints("log --format json"), log);
    assert_eq!(new.prints("outbox --format json"), outbox);
    assert_eq!(new.prints("log --verify"), old.prints("log --verify"));
    // Nothing is mailed again.
    assert_eq!(new.prints("remind --format json"), "[]\n");

    new.prints("record noted letter --by dha --note later");
    new.prints("backup back.db");
    let file = new.root().join("back.db");
    old.prints(&format!("restore {}", file.display()));
    assert_eq!(
        old.prints("log --format json"),
        new.prints("log --format json")
    );
}

#[test]
fn a_writer_that_is_killed_on_a_server_loses_nothing_that_it_said_to_have_entered() {
    crate::record_kept::kill_writers(&on_a_server(), 20);
}

#[test]
fn writers_on_several_hosts_make_one_chain() {
    let url = cluster::shared().url(&cluster::shared().database());
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let host = on(&url);
            scope.spawn(move || {
                for n in 0..5 {
                    host.prints(&format!("record noted letter --note {writer}-{n}"));
                }
            });
        }
    });
    let kept: BTreeSet<String> = notes(&on(&url)).into_iter().collect();
    assert_eq!(kept.len(), 40);
}

#[test]
fn a_server_that_crashes_loses_nothing_and_works_again() {
    // This one writes to the disk as it would in earnest.
    let mut server = Cluster::start(&["fsync=on"]);
    let url = server.url(&server.database());
    let office = on(&url);
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..3)
                .map(|writer| {
                    let (office, stop) = (&office, &stop);
                    scope.spawn(move || {
                        let mut done = Vec::new();
                        for n in 0.. {
                            let note = format!("{round}-{writer}-{n}");
                            let ran = office.types(&format!("record noted letter --note {note}"));
                            match ran.code {
                                0 => done.push(note),
                                3 => assert!(
                                    ran.stdout.is_empty() && ran.stderr.contains("the store"),
                                    "{ran:?}"
                                ),
                                _ => panic!("{ran:?}"),
                            }
                            if stop.load(Ordering::Relaxed) {
                                break;
                            }
                        }
                        done
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(300));
            server.crash(|| {
                let ran = office.types("log");
                assert_eq!(ran.code, 3, "{ran:?}");
                assert!(ran.stderr.contains("cannot reach the store"), "{ran:?}");
            });
            stop.store(true, Ordering::Relaxed);
            for writer in writers {
                acknowledged.extend(writer.join().unwrap());
            }
        });
        let kept: BTreeSet<String> = notes(&office).into_iter().collect();
        assert!(
            acknowledged.is_subset(&kept),
            "lost: {:?}",
            acknowledged.difference(&kept).collect::<Vec<_>>()
        );
    }
    assert!(acknowledged.len() >= 3);
}

/// The store that the first version of the program wrote: four entries, of which one was erased, and two messages that left.
fn of_version_1() -> Office {
    let store = fs::read(fixtures().join("stores/version_1.db")).unwrap();
    crate::record_mails::office(
        "",
        crate::record_mails::PARTIES,
        "confirmation = \"silence\"",
    )
    .file(".sideletter/store.db", store)
    .on("2014-07-01")
}

fn version(office: &Office) -> i64 {
    rusqlite::Connection::open(office.root().join(".sideletter/store.db"))
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn a_store_of_the_first_version_is_read_as_it_is_and_brought_up_to_date_by_who_writes() {
    let office = of_version_1();
    let file = fs::read(office.root().join(".sideletter/store.db")).unwrap();
    let report = |office: &Office| {
        let due = office.json("due --all");
        let rows = due.as_array().unwrap().iter();
        let of = rows.filter(|row| row["obligation"] == "report");
        of.map(|row| row["state"].clone()).collect::<Vec<_>>()
    };
    // Its messages said nothing about silence, so they have asked nobody.
    assert_eq!(report(&office), ["reported"]);
    let verified = office.prints("log --verify");
    assert!(verified.starts_with("4 entries (1 erased"), "{verified}");
    let mails = office.prints("outbox");
    assert_eq!(
        fs::read(office.root().join(".sideletter/store.db")).unwrap(),
        file
    );

    let log = office.prints("log");
    office.prints("record noted time_clocks --note more --by upe");
    assert_eq!(version(&office), 4);
    assert!(
        office
            .prints("log --verify")
            .starts_with("5 entries (1 erased")
    );
    assert!(office.prints("log").starts_with(&log));
    assert_eq!(office.prints("outbox"), mails);
    assert_eq!(report(&office), ["reported"]);

    // A backup that the first version wrote is restored, too.
    let other = of_version_1()
        .without(".sideletter/store.db")
        .file("old.db", &file);
    other.prints("restore old.db");
    assert_eq!(other.prints("log"), log);
    assert_eq!(other.prints("outbox"), mails);
}

/// A command in the office, of which no file may grow beyond so many blocks of 512 bytes.
fn with_little_room(office: &Office, blocks: u32, line: &str) -> Outcome {
    let output = Command::new("bash")
        .arg("-c")
        // The signal that comes with it is what a disk does not send.
        .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""))
        .args(["bash", env!("CARGO_BIN_EXE_sideletter")])
        .args(["--today", "2014-04-02"])
        .args(line.split_whitespace())
        .current_dir(office.root())
        .output()
        .unwrap();
    Outcome::of(output)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let office = office();
    let mut entered = 0;
    let refused = loop {
        // With the log's own room gone, the store cannot grow any more.
        let ran = with_little_room(
            &office,
            100,
            &format!("record noted letter --note n{entered} --evidence agreements/letter.md"),
        );
        match ran.code {
            0 => entered += 1,
            _ => break ran,
        }
        assert!(entered < 500);
    };
    assert_eq!(
        (refused.code, refused.stdout.as_str()),
        (3, ""),
        "{refused:?}"
    );
    assert!(refused.stderr.contains("room"), "{refused:?}");
    assert!(entered > 10);
    let kept: Vec<String> = (0..entered).map(|n| format!("n{n}")).collect();
    assert_eq!(notes(&office), kept);
    // With room again it goes on.
    office.prints("record noted letter --note more");
    assert_eq!(notes(&office).len(), entered + 1);
}

/// A server on the network, with a certificate for `db.example` and a role `agent` that needs a password.
#[cfg(unix)]
struct Network {
    folder: tempfile::TempDir,
    _server: Cluster,
    database: String,
    port: u16,
}

#[cfg(unix)]
impl Network {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        certificates(folder.path(), "DNS:db.example");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let server = Cluster::start_with(
            &[
                "fsync=off",
                &format!("port={port}"),
                "listen_addresses=127.0.0.1",
                "ssl=on",
                "ssl_cert_file=server.pem",
                "ssl_key_file=server.key",
            ],
            &["server.pem", "server.key"].map(|name| folder.path().join(name)),
        );
        let database = server.database();
        let mut owner = server.connect("postgres");
        owner
            .batch_execute("CREATE ROLE agent LOGIN PASSWORD 'open sesame'")
            .unwrap();
        owner
            .batch_execute(&format!("ALTER DATABASE {database} OWNER TO agent"))
            .unwrap();
        let network = Self {
            folder,
            _server: server,
            database,
            port,
        };
        network.secret("right", "open sesame");
        network.secret("wrong", "sesame open");
        network
    }

    fn secret(&self, name: &str, password: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.path().join(name);
        fs::write(&path, format!("{password}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The office, that calls the server `host` and knows its password by `secret`.
    fn office(&self, host: &str, more: &str, secret: &str) -> Office {
        let (port, database) = (self.port, &self.database);
        office().file(
            "sideletter.toml",
            format!(
                "[store]\nurl = \"postgres://agent@{host}:{port}/{database}?hostaddr=127.0.0.1{more}\"\n{secret}\n"
            ),
        )
    }
}

#[cfg(unix)]
#[test]
fn a_server_on_the_network_is_spoken_to_by_tls_alone_and_asks_for_its_password() {
    let network = Network::new();
    let trusted = format!("&sslrootcert={}", network.path("ca.pem"));
    let right = format!("password_file = \"{}\"", network.path("right"));
    let wrong = format!("password_file = \"{}\"", network.path("wrong"));
    let command = format!("password_command = \"cat {}\"", network.path("right"));
    let credential = "password_credential = \"right\"";

    let sound = network.office("db.example", &trusted, &right);
    sound.prints("record noted letter --note one");
    assert_eq!(notes(&sound), ["one"]);
    let office = network.office("db.example", &trusted, &command);
    assert_eq!(notes(&office), ["one"]);
    let given = network
        .office("db.example", &trusted, credential)
        .command(&["log"])
        .env("CREDENTIALS_DIRECTORY", network.folder.path())
        .output()
        .unwrap();
    assert_eq!(Outcome::of(given).code, 0);
    // On loopback a plain connection is allowed.
    assert_eq!(notes(&network.office("localhost", "", &right)), ["one"]);

    let cases = [
        // Another name than the certificate's, and an authority that nobody knows.
        (
            "other.example",
            trusted.as_str(),
            right.as_str(),
            "cannot be made safe",
        ),
        ("db.example", "", &right, "cannot be made safe"),
        ("db.example", &trusted, "", "password_file ="),
        ("db.example", &trusted, &wrong, "does not let this role in"),
        ("db.example", &trusted, credential, "LoadCredential"),
        (
            "db.example",
            "&sslmode=disable",
            &right,
            "loopback address alone",
        ),
    ];
    for (host, more, secret, expected) in cases {
        let ran = network.office(host, more, secret).types("log");
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{ran:?}");
        assert!(ran.stderr.contains(expected), "{expected}: {ran:?}");
        assert!(!ran.stderr.contains("sesame"), "{ran:?}");
    }
}

#[test]
fn an_address_that_cannot_be_used_is_a_fault_and_no_other_store_takes_its_place() {
    let office = on("postgres://agent:sesame@db.example/letters");
    let ran = office.types("check");
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.starts_with(
            "error[malformed-setting]: `url` cannot be `postgres://...`\n --> sideletter.toml:2:7"
        ),
        "{ran:?}"
    );
    for line in [
        "log",
        "record noted letter --note one",
        "run",
        "backup x.db",
    ] {
        let ran = office.types(line);
        assert_eq!(ran.code, 3, "{line}: {ran:?}");
        assert!(ran.stderr.contains("password_file"), "{line}: {ran:?}");
        assert!(!format!("{ran:?}").contains("sesame"), "{line}: {ran:?}");
    }
    assert!(!office.root().join(".sideletter").exists());
}

#[test]
fn a_restore_that_is_killed_leaves_the_old_store_or_the_new_one() {
    for office in [office(), on_a_server()] {
        for n in 0..30 {
            office.prints(&format!("record noted letter --note n{n}"));
        }
        office.prints("backup full.db");
        let full = office.prints("log --verify");
        for round in 0..10_u64 {
            let mut restoring = office
                .command(&["restore", "full.db"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(2 * round));
            restoring.kill().unwrap();
            restoring.wait().unwrap();
            assert_eq!(office.prints("log --verify"), full);
        }
    }
}

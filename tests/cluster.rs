//! A PostgreSQL server for tests: made in a temporary folder, spoken to by a Unix socket in it, and gone with the process
//! that asked for it, however that ends.
//!
//! Everybody who tests a store has this file for a module: the unit tests, the tests of whole commands.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

/// A server. It runs for as long as this is kept, and is ended by a shell that watches for the end of this process too.
#[derive(Debug)]
pub(crate) struct Cluster {
    folder: PathBuf,
    settings: Vec<String>,
    port: u16,
    watcher: Child,
    /// While it is open, the server runs.
    stay: Option<ChildStdin>,
    /// Databases are copies of one that nobody else may be using meanwhile.
    making: Mutex<()>,
    made: AtomicUsize,
}

/// The role that the tests use; it may do everything.
pub(crate) const ROLE: &str = "office";

/// The server that all tests of this process share, each with a database of its own.
pub(crate) fn shared() -> &'static Cluster {
    static SHARED: LazyLock<Cluster> = LazyLock::new(|| Cluster::start(&["fsync=off"]));
    &SHARED
}

/// What the shell does that runs the server: starts it, waits for the end of its own input, which comes with the end of the
/// test's process, and ends the server that it started.
const WATCH: &str = r#"
"$@" >>"$FOLDER/log" 2>&1 &
server=$!
echo started
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$FOLDER"
"#;

impl Cluster {
    /// Makes a server with these settings beside the tests' own, and starts it.
    pub(crate) fn start(settings: &[&str]) -> Self {
        Self::start_with(settings, &[])
    }

    /// Makes a server with files of its own in its folder.
    pub(crate) fn start_with(settings: &[&str], files: &[PathBuf]) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("sl-pg-")
            .tempdir()
            .unwrap()
            .keep();
        let data = folder.join("data");
        let made = as_its_user(&folder, &program("initdb"))
            .args([
                "--no-sync",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
            ])
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--username", ROLE])
            .arg("--pgdata")
            .arg(&data)
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        for file in files {
            let name = file.file_name().unwrap();
            let copied = as_its_user(&folder, Path::new("sh"))
                .args(["-c", "umask 077; cat >\"$1\"", "sh"])
                .arg(data.join(name))
                .stdin(fs::File::open(file).unwrap())
                .status();
            assert!(copied.unwrap().success());
        }
        let settings = settings.iter().map(|&setting| setting.to_owned()).collect();
        Self::run(folder, settings)
    }

    fn run(folder: PathBuf, settings: Vec<String>) -> Self {
        let mut server = as_its_user(&folder, &program("postgres"));
        server
            .arg("-D")
            .arg(folder.join("data"))
            .arg("-k")
            .arg(&folder);
        let own = [
            "listen_addresses=",
            "shared_buffers=16MB",
            "max_connections=60",
            "log_min_messages=fatal",
        ];
        for setting in own.into_iter().chain(settings.iter().map(String::as_str)) {
            server.args(["-c", setting]);
        }
        let port = settings
            .iter()
            .find_map(|setting| setting.strip_prefix("port="))
            .map_or(5432, |port| port.parse().unwrap());
        let mut watcher = Command::new("sh")
            .args(["-c", WATCH, "sh"])
            .arg(server.get_program())
            .args(server.get_args())
            .env("FOLDER", &folder)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(watcher.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        let cluster = Self {
            folder,
            settings,
            port,
            stay: watcher.stdin.take(),
            watcher,
            making: Mutex::new(()),
            made: AtomicUsize::new(0),
        };
        cluster.wait_until_it_answers();
        cluster
    }

    fn wait_until_it_answers(&self) {
        for _ in 0..600 {
            if postgres::Client::connect(&self.url("postgres"), postgres::NoTls).is_ok() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("the server does not answer: {log}");
    }

    /// Its folder, which has the socket in it.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database, for `store.url`.
    pub(crate) fn url(&self, database: &str) -> String {
        let folder = self.folder.display();
        format!(
            "postgres:///{database}?host={folder}&user={ROLE}&port={}",
            self.port
        )
    }

    /// A connection to a database.
    pub(crate) fn connect(&self, database: &str) -> postgres::Client {
        postgres::Client::connect(&self.url(database), postgres::NoTls).unwrap()
    }

    /// A new database without anything in it; its name.
    pub(crate) fn database(&self) -> String {
        let _alone = self.making.lock().unwrap();
        let name = format!("db{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.connect("postgres")
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .unwrap();
        name
    }

    /// Ends the server at once, as a crash would, and starts it again when `meanwhile` is done.
    pub(crate) fn crash(&mut self, meanwhile: impl FnOnce()) {
        let pid = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap();
        // This one server, by the number that it wrote down itself.
        let ended = Command::new("kill").args(["-QUIT", pid]).status().unwrap();
        assert!(ended.success());
        for _ in 0..200 {
            if !self.folder.join("data/postmaster.pid").exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        meanwhile();
        let fresh = Self::run(self.folder.clone(), self.settings.clone());
        let old = std::mem::replace(self, fresh);
        old.forget();
    }

    /// Ends the watcher of a server that has ended, and leaves the folder to the next.
    fn forget(mut self) {
        // Without its input it would take the folder away; killed, it does nothing more.
        self.watcher.kill().unwrap();
        self.watcher.wait().unwrap();
        self.stay = None;
        self.folder = PathBuf::new();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stay = None;
        let _ = self.watcher.wait();
    }
}

/// A program of the server, the newest that is installed.
fn program(name: &str) -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            let program = path.join("bin").join(name);
            program.is_file().then_some((version, program))
        })
        .collect();
    found.sort();
    let on_the_path = || {
        let line = format!("command -v {name}");
        let asked = Command::new("sh").args(["-c", &line]).output().ok()?;
        let path = String::from_utf8(asked.stdout).ok()?;
        (!path.is_empty()).then(|| PathBuf::from(path.trim_end()))
    };
    found
        .pop()
        .map(|(_, program)| program)
        .or_else(on_the_path)
        .unwrap_or_else(|| {
            panic!("PostgreSQL's server is not installed, and the stores are tested on one; type: tests/run, or apt-get install postgresql")
        })
}

/// A command as a user that the server runs as: it refuses to run as root.
fn as_its_user(folder: &Path, program: &Path) -> Command {
    if Command::new("id").arg("-u").output().unwrap().stdout != b"0\n" {
        return Command::new(program);
    }
    // Debian's own user for it where there is one, else nobody.
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let id = |name: &str| {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            (fields.next() == Some(name))
                .then(|| fields.nth(1).map(str::to_owned))
                .flatten()
        })
    };
    let user = id("postgres")
        .or_else(|| id("nobody"))
        .unwrap_or_else(|| "65534".to_owned());
    let owned = Command::new("chown").arg(&user).arg(folder).status();
    assert!(owned.unwrap().success());
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", &user, "--regid", "65534", "--clear-groups"])
        .arg(program);
    command
}

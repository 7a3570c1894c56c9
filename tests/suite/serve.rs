//! `serve`: asked over a socket, as a browser asks it, while files change.

use crate::office::Office;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PARTIES: &str = "[upe]\nname = \"United Public Employees\"\nside = \"union\"\n[dha]\nname = \"Human Assistance\"\nside = \"employer\"\n";

fn letter(title: &str, due: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\n[counting]\npreset = \"plain\"\n\
         [[obligations]]\nid = \"a_meeting\"\ntitle = \"Meeting\"\ndue = \"{due}\"\n+++\nThey meet. [a_meeting]\n"
    )
}

fn office() -> Office {
    Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/hours.md", letter("Phone hours", "2026-04-01"))
        .on("2026-03-01")
}

/// The program that serves an office, ended with the test.
struct Served {
    program: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn of(office: &Office) -> Self {
        let mut program = office
            .command(&["serve"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(program.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let (_, after) = line.split_once("http://127.0.0.1:").unwrap();
        let port = after.split_once('/').unwrap().0.parse().unwrap();
        Self { program, port }
    }

    /// Sends a request as it is written.
    fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn asks(&self, request: &str) -> Answer {
        let mut text = String::new();
        self.send(request).read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn gets(&self, path: &str) -> Answer {
        let port = self.port;
        self.asks(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        ))
    }

    /// Listens for changes, as the script of a page does.
    fn listens(&self) -> Events {
        let port = self.port;
        let stream = self.send(&format!(
            "GET /~live/changes HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        ));
        Events(BufReader::new(stream))
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next version that is told.
    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "it ended");
            if let Some(version) = line.strip_prefix("data: ") {
                return version.trim_end().to_owned();
            }
        }
    }
}

#[test]
fn a_page_follows_the_letter_and_says_what_is_wrong_with_it() {
    let office = office();
    let before = office.files();
    let served = Served::of(&office);
    let mut events = served.listens();
    let first = events.next();

    let page = served.gets("/agreements/hours.html");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1>Phone hours</h1>"), "{}", page.body);
    assert!(page.body.contains(&format!("data-version=\"{first}\"")));
    assert!(!page.body.contains("live-faults"));

    // Another title: the page is told, and has it.
    let office = office.file(
        "agreements/hours.md",
        letter("Hours at night", "2026-04-01"),
    );
    let second = events.next();
    assert_ne!(first, second);
    let page = served.gets("/agreements/hours.html").body;
    assert!(page.contains("<h1>Hours at night</h1>"), "{page}");
    assert!(page.contains(&format!("data-version=\"{second}\"")));

    // A fault: on top of every page, with its place, in both languages' pages; what is sound is still there.
    let office = office.file(
        "agreements/hours.md",
        letter("Hours <i>", "sometime soonish"),
    );
    events.next();
    for path in ["/", "/es/agreements/hours.html", "/nothing"] {
        let page = served.gets(path).body;
        let faults = page.split_once("live-faults").unwrap().1;
        let faults = faults.split_once("</details>").unwrap().0;
        assert!(faults.contains("<summary>1 fault"), "{path}: {faults}");
        assert!(
            faults.contains("agreements/hours.md:10:"),
            "{path}: {faults}"
        );
        assert!(faults.contains("sometime soonish"), "{path}: {faults}");
    }

    // A template that cannot be filled: the pages from before, and why.
    let office = office
        .file("agreements/hours.md", letter("Hours", "2026-04-01"))
        .file("templates/site/day.hbs", "{{when}}");
    events.next();
    let page = served.gets("/").body;
    assert!(page.contains("no new pages could be made"), "{page}");
    assert!(page.contains("templates/site/day.hbs:1:"), "{page}");
    let office = office.without("templates/site/day.hbs");
    events.next();
    assert!(!served.gets("/").body.contains("live-faults"));

    // What is recorded meanwhile shows too.
    office.prints("record met hours/a_meeting --on 2026-02-27 --by dha");
    events.next();
    let page = served.gets("/").body;
    assert!(page.contains("27 February 2026"), "{page}");

    // It has written nothing: the folder is as before but for the record.
    let written: Vec<String> = office
        .files()
        .into_iter()
        .filter(|path| !before.contains(path))
        .collect();
    assert!(
        written.iter().all(|path| path.starts_with(".sideletter/")),
        "{written:?}"
    );
}

#[test]
fn each_file_is_answered_as_what_it_is() {
    let office = office();
    let served = Served::of(&office);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/es/", "text/html; charset=utf-8"),
        ("/search.html?words=x", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/search.js", "text/javascript; charset=utf-8"),
        ("/~live/reload.js", "text/javascript; charset=utf-8"),
        ("/data.json", "application/json"),
        ("/all.ics", "text/calendar; charset=utf-8"),
        ("/feed.atom", "application/atom+xml"),
    ] {
        let answer = served.gets(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer
                .head
                .contains(&format!("\r\nContent-Type: {kind}\r\n")),
            "{path}: {}",
            answer.head
        );
        assert!(
            answer
                .head
                .contains("\r\nX-Content-Type-Options: nosniff\r\n")
        );
        let length = format!("\r\nContent-Length: {}\r\n", answer.body.len());
        assert!(answer.head.contains(&length), "{path}: {}", answer.head);
    }
    // The page's own policy admits the script, and no more.
    let page = served.gets("/").body;
    let (_, policy) = page
        .split_once("content=\"default-src 'none'; style-src 'sha256-")
        .unwrap();
    assert!(
        policy.split_once("=' ").unwrap().1.starts_with(
            "'self'; base-uri 'none'; form-action 'none'; script-src 'self'; connect-src 'self'\""
        ),
        "{page}"
    );
    office.prints("build");
    assert!(!office.read("site/index.html").contains("~live"));

    let folder = served.gets("/es");
    assert_eq!(folder.status, 308);
    assert!(
        folder.head.contains("\r\nLocation: /es/\r\n"),
        "{}",
        folder.head
    );
    let port = served.port;
    let head = served.asks(&format!(
        "HEAD / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
    ));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn whoever_is_not_on_this_machine_or_asks_for_more_is_refused() {
    let office = office();
    let served = Served::of(&office);
    let port = served.port;
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        "127.0.0.1.evil.example",
        "0.0.0.0",
    ] {
        let answer = served.asks(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains("Phone"));
    }
    let rebound = served.asks(&format!(
        "GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"
    ));
    assert_eq!(rebound.status, 403);
    assert_eq!(served.asks("GET / HTTP/1.1\r\n\r\n").status, 400);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
        let answer = served.asks(&format!(
            "{method} / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        ));
        assert_eq!(answer.status, 405, "{method}");
    }
    for path in [
        "/../parties.toml",
        "/%2e%2e/parties.toml",
        "/agreements/../../parties.toml",
        "/..%2fparties.toml",
        "/..%5cparties.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/parties.toml",
        "/.sideletter/store.db",
        "/index.html%00.css",
        "/agreements",
        "/<script>alert(1)</script>",
    ] {
        let answer = served.gets(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.body.contains("side = ") && !answer.body.contains("root:"),
            "{path}"
        );
        assert!(!answer.body.contains("<script>"), "{}", answer.body);
    }
    // Whatever comes, the next is answered.
    let long = format!("GET /{}", "x".repeat(16_380));
    assert_eq!(served.asks(&long).status, 431);
    drop(served.send("\u{0}\u{1}\u{2}"));
    assert_eq!(served.gets("/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    let office = office();
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::of(&office);
        let mut events = served.listens();
        events.next();
        let id = served.program.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(served.program.wait().unwrap().code(), Some(0));
    }
    let served = Served::of(&office);
    let taken = office.run(&["serve", "--port", &served.port.to_string()]);
    assert_eq!(taken.code, 3);
    assert!(
        taken.stderr.contains("name another port with --port"),
        "{}",
        taken.stderr
    );
}

//! What a browser is answered: a file of the site, or word of a change as soon as there is one.

use super::page;
use super::request::{Refusal, Request};
use super::{Live, Shown};
use crate::site::Contents;
use std::io::{Result, Write};
use std::time::Duration;

/// Where what makes a page live is; no file of a site is called so.
const SCRIPT: &str = "/~live/reload.js";
const STYLE: &str = "/~live/style.css";
const CHANGES: &str = "/~live/changes";

/// How often a page that waits is told that the server is still there, so that one that is gone is noticed.
const STILL_THERE: Duration = Duration::from_secs(10);

/// What every answer says: nothing is kept, nothing is guessed, and no other site may show it.
const ALWAYS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
                      Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n";

/// Answers a request.
pub(super) fn answer(stream: &mut impl Write, request: &Request, live: &Live) -> Result<()> {
    let (number, shown) = live.now();
    let mut send = |status: &str, kind: &str, more: &str, body: &[u8]| {
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}{ALWAYS}\r\n"
        )?;
        if !request.head_alone {
            stream.write_all(body)?;
        }
        stream.flush()
    };
    let found = "200 OK";
    match request.path.as_str() {
        SCRIPT => send(found, kind(SCRIPT), "", include_bytes!("reload.js")),
        STYLE => send(found, kind(STYLE), "", include_bytes!("style.css")),
        CHANGES if request.head_alone => send(found, EVENTS, "", b""),
        CHANGES => changes(stream, live, number),
        path => match file(&shown, path) {
            Found::File(path, contents) if kind(path) == HTML => {
                let bytes = contents.whole();
                let text = String::from_utf8_lossy(&bytes);
                let text = page::live(&text, &version(number), &shown);
                send(found, HTML, "", text.as_bytes())
            }
            Found::File(path, contents) => send(found, kind(path), "", &contents.whole()),
            Found::Folder(path) => {
                let there = format!("Location: {path}/\r\n");
                send("308 Permanent Redirect", PLAIN, &there, b"")
            }
            Found::Nothing => {
                let text = page::live(&page::absent(path), &version(number), &shown);
                send("404 Not Found", HTML, "", text.as_bytes())
            }
        },
    }
}

/// Answers with a status and one line.
pub(super) fn refuse(stream: &mut impl Write, refusal: Refusal) -> Result<()> {
    let Refusal { status, why } = refusal;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {PLAIN}\r\nContent-Length: {}\r\nAllow: GET, HEAD\r\n{ALWAYS}\r\n{why}\n",
        why.len() + 1
    )?;
    stream.flush()
}

/// Tells a page what is shown now, and again whenever that changes, for as long as it listens.
fn changes(stream: &mut impl Write, live: &Live, mut number: u64) -> Result<()> {
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {EVENTS}\r\n{ALWAYS}\r\nretry: 500\ndata: {}\n\n",
        version(number)
    )?;
    loop {
        stream.flush()?;
        let now = live.after(number, STILL_THERE);
        if now == number {
            write!(stream, ":\n\n")?;
        } else {
            number = now;
            write!(stream, "data: {}\n\n", version(number))?;
        }
    }
}

/// What is shown, told from what another process showed at the same address.
fn version(number: u64) -> String {
    format!("{}-{number}", std::process::id())
}

/// What stands at a path.
enum Found<'a> {
    /// A file of the site, by its path within it.
    File(&'a str, &'a Contents),
    /// A folder with a first page, which is named with a `/` at its end.
    Folder(&'a str),
    Nothing,
}

fn file<'a>(shown: &'a Shown, path: &'a str) -> Found<'a> {
    let Some(site) = &shown.site else {
        return Found::Nothing;
    };
    let within = path.strip_prefix('/').unwrap_or(path);
    let first = if within.is_empty() || within.ends_with('/') {
        format!("{within}index.html")
    } else {
        within.to_owned()
    };
    if let Some((path, contents)) = site.get_key_value(&first) {
        return Found::File(path, contents);
    }
    if site.contains_key(&format!("{within}/index.html")) {
        return Found::Folder(path);
    }
    Found::Nothing
}

const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";
const EVENTS: &str = "text/event-stream; charset=utf-8";

/// What a file is, by its name.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("atom") => "application/atom+xml",
        _ => "application/octet-stream",
    }
}

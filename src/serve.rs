//! The pages on this machine alone, live while one writes: a small server on loopback, and what it has to show.
//!
//! It answers `GET` and `HEAD` for the files of a site that is held in memory, so no path leads anywhere else. A page of
//! another site that a browser shows cannot read it: what a request calls this machine must be an address of loopback.

mod answer;
mod page;
mod request;

use crate::error::{Error, Result};
use crate::site::Contents;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How many requests are answered at once; a page that waits for a change is one. More are told to come again.
const MOST_AT_ONCE: usize = 64;

/// How long a browser may take to send a piece of its request, or to take a piece of the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The files of a site, by their paths.
pub type Files = BTreeMap<String, Contents>;

/// What browsers are shown.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The pages of the last build that went well; none before the first.
    pub site: Option<Arc<Files>>,
    /// What is wrong now, and how many in words; empty where nothing is.
    pub summary: String,
    /// Each finding as text.
    pub findings: Vec<String>,
    /// Whether one of them is more than a warning.
    pub faulty: bool,
}

/// What is shown now, and who waits for it to change.
#[derive(Debug, Default)]
pub struct Live {
    shown: Mutex<(u64, Arc<Shown>)>,
    changed: Condvar,
}

impl Live {
    /// Shows something else.
    pub fn show(&self, shown: Shown) {
        let mut now = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (now.0 + 1, Arc::new(shown));
        self.changed.notify_all();
    }

    /// What is shown now, and its number.
    fn now(&self) -> (u64, Arc<Shown>) {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits until something else than that number is shown, at most so long; the number that is.
    fn after(&self, known: u64, at_most: Duration) -> u64 {
        let now = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, _) = self
            .changed
            .wait_timeout_while(now, at_most, |(number, _)| *number == known)
            .unwrap_or_else(PoisonError::into_inner);
        now.0
    }
}

/// A server that listens on loopback.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Listens on a port of 127.0.0.1; 0: on one that is free.
    ///
    /// # Errors
    /// When the port is taken, or not for this user.
    pub fn bind(port: u16) -> Result<Self> {
        let cannot = |cause| {
            Error::failed(format!(
                "cannot listen on 127.0.0.1:{port}; name another port with --port, or none for a free one"
            ))
            .because(cause)
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(cannot)?;
        let port = listener.local_addr().map_err(cannot)?.port();
        Ok(Self { listener, port })
    }

    /// Where it is found.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers from now on, until the process ends.
    pub fn start(self, live: Arc<Live>) {
        thread::spawn(move || {
            let at_once = Arc::new(AtomicUsize::new(0));
            for stream in self.listener.incoming() {
                // A connection that broke before it was taken is its browser's matter; one that cannot be taken for want
                // of something is tried again a little later.
                let Ok(stream) = stream else {
                    thread::sleep(Duration::from_millis(50));
                    continue;
                };
                let (live, at_once, port) = (Arc::clone(&live), Arc::clone(&at_once), self.port);
                if at_once.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
                    at_once.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                thread::spawn(move || {
                    converse(stream, &live, port);
                    at_once.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
    }
}

/// Reads one request and answers it. A browser that goes away meanwhile is no error.
fn converse(mut stream: TcpStream, live: &Live, port: u16) {
    let timed = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
    if timed.is_err() {
        return;
    }
    let _ = match request::read(&mut stream, port) {
        Ok(request) => answer::answer(&mut stream, &request, live),
        Err(request::Unread::Refused(refusal)) => answer::refuse(&mut stream, refusal),
        Err(request::Unread::Gone) => Ok(()),
    };
}

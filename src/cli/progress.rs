//! What a command is at, while it works for over a second: on standard error, and on a terminal alone. It is gone before
//! anything is printed.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a command works before it says what it is at.
const UNSAID: Duration = Duration::from_secs(1);
/// How often the time that has passed is shown anew.
const TICK: Duration = Duration::from_millis(200);
/// No colours: none has to be asked whether it is wanted.
const LOOKS: &str = "[{bar:20}] {pos}/{len} {msg}, {elapsed}";

/// The steps of a command, as far as they are done.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    /// Dropped when the work is over; the other end waits until it is time to be seen.
    over: Option<Sender<()>>,
    shows: Option<JoinHandle<()>>,
}

impl Progress {
    /// Work of so many steps begins.
    pub(super) fn of(steps: u64) -> Self {
        Self::after(UNSAID, steps)
    }

    fn after(unsaid: Duration, steps: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(LOOKS) {
            bar.set_style(style.progress_chars("=> "));
        }
        let (over, until) = mpsc::channel();
        let seen = bar.clone();
        let shows = thread::Builder::new().spawn(move || {
            if until.recv_timeout(unsaid) == Err(RecvTimeoutError::Timeout) {
                // Where standard error is no terminal, nothing is drawn.
                seen.set_draw_target(ProgressDrawTarget::stderr());
                seen.tick();
                seen.enable_steady_tick(TICK);
            }
        });
        Self {
            bar,
            over: Some(over),
            // A machine that gives no thread works without being seen.
            shows: shows.ok(),
        }
    }

    /// The next step begins; the one before is done.
    pub(super) fn at(&self, what: &'static str) {
        if !self.bar.message().is_empty() {
            self.bar.inc(1);
        }
        self.bar.set_message(what);
    }

    /// Does what may print.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.over = None;
        if let Some(shows) = self.shows.take() {
            // It only draws; what became of it changes nothing.
            let _ = shows.join();
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    /// Works past a threshold of nothing, and waits until it would be seen.
    #[test]
    #[ignore = "it is run by another test, on a terminal and without one"]
    fn works_for_long() {
        let mut progress = Progress::after(Duration::ZERO, 2);
        progress.at("reading the agreements");
        if let Some(shows) = progress.shows.take() {
            shows.join().unwrap();
        }
        progress.at("writing the pages");
    }

    /// Works for less than the threshold.
    #[test]
    #[ignore = "it is run by another test, on a terminal"]
    fn works_for_a_moment() {
        let progress = Progress::after(Duration::from_hours(24), 2);
        progress.at("reading the agreements");
        progress.at("writing the pages");
    }

    fn this(test: &str) -> String {
        let program = std::env::current_exe().unwrap();
        let program = program.display();
        format!("{program} --ignored --nocapture --exact cli::progress::tests::{test}")
    }

    /// What a command prints on a terminal of its own.
    fn on_a_terminal(line: &str) -> String {
        let ran = Command::new("script")
            .args(["-qec", line, "/dev/null"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    #[test]
    fn long_work_is_seen_on_a_terminal_and_nowhere_else() {
        let line = this("works_for_long");
        let seen = on_a_terminal(&line);
        assert!(
            seen.contains("1/2 reading") || seen.contains("0/2 reading"),
            "{seen}"
        );
        let ran = Command::new("sh").args(["-c", &line]).output().unwrap();
        assert!(ran.status.success() && ran.stderr.is_empty(), "{ran:?}");
        assert!(!String::from_utf8_lossy(&ran.stdout).contains("reading"));
    }

    #[test]
    fn short_work_is_not_seen() {
        let seen = on_a_terminal(&this("works_for_a_moment"));
        assert!(!seen.contains("reading"), "{seen}");
    }
}

//! Whether reminders run: when they last did, and what will begin them next.

use super::{Context, Line};
use crate::cli::status;
use crate::clock::Clock;
use crate::error::Result;
use crate::store::Store;
use chrono::TimeDelta;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How old the last run may be where it is made on working days: a weekend with a day off beside it.
const OLDEST: TimeDelta = TimeDelta::days(4);

/// How often the program that knows the timers is asked whether it has ended, and how long between: 5 seconds.
const ASKED: (u32, Duration) = (100, Duration::from_millis(50));

pub(super) fn last(store: &dyn Store, clock: &Clock, context: &Context) -> Result<Line> {
    let now = clock.now();
    let last = store.last_run()?;
    let said = status::words(last, now, &context.program);
    Ok(match last {
        None => Line::warning("last run", said),
        Some(last) if now - last > OLDEST || last - now > status::AHEAD => Line::fault(
            "last run", said,
        )
        .remedy("see why the timer or cron did not begin one, or what kept it from being complete"),
        Some(_) => Line::ok("last run", said),
    })
}

/// Whether systemd has a timer for it. What cron does cannot be seen from here.
pub(super) fn timer() -> Line {
    const UNIT: &str = "sideletter.timer";
    match is_active(UNIT) {
        Some(true) => Line::ok("timer", format!("{UNIT} of systemd is active")),
        Some(false) | None => Line::warning(
            "timer",
            format!(
                "{UNIT} of systemd is not active here; another timer, or cron, is not looked for"
            ),
        )
        .remedy("where nothing else runs `sideletter run` on working mornings: docs/office.md"),
    }
}

/// `None` where there is no systemd, or it does not answer.
fn is_active(unit: &str) -> Option<bool> {
    let mut child = Command::new("systemctl")
        .args(["is-active", "--quiet", unit])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    for _ in 0..ASKED.0 {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status.success());
        }
        std::thread::sleep(ASKED.1);
    }
    // Whether it could be ended or had just ended by itself makes no difference to what is said.
    let _ = child.kill();
    let _ = child.wait();
    None
}

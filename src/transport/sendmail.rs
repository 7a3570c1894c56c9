//! A program of this machine that takes mail, as `sendmail` does: the queue, the tries and the signatures are its own.

use super::{Fate, Sender, Session, Trouble, wire};
use crate::store::outbox::MessageRow;
use lettre::Address;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long the program may take: asked 1,000 times after 2 ms, then every 50 ms for ten minutes.
const QUICK: (u32, Duration) = (1_000, Duration::from_millis(2));
const SLOW: (u32, Duration) = (12_000, Duration::from_millis(50));

/// The most that is kept of what it says.
const LONGEST: u64 = 500;

/// The program.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    sender: Sender,
}

impl Program {
    pub(super) fn new(path: &Path, sender: Sender) -> Self {
        Self {
            path: path.to_owned(),
            sender,
        }
    }

    /// Sees that it is there and may be run, and does not run it.
    pub(super) fn look(&self) -> Result<String, Trouble> {
        let shown = self.path.display();
        let may_run = std::fs::metadata(&self.path).is_ok_and(|file| {
            #[cfg(unix)]
            let runs = std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o111 != 0;
            #[cfg(not(unix))]
            let runs = true;
            file.is_file() && runs
        });
        if may_run {
            Ok(format!(
                "{shown} is there; whether it takes mail shows with the first message"
            ))
        } else {
            Err(Trouble {
                what: format!(
                    "{shown} is no program that can be run; name one under `sendmail` in [mail]"
                ),
                lasting: true,
            })
        }
    }

    /// Runs it with one message; what it complains of goes to a file, because a program that it leaves behind might keep a
    /// pipe open for ever.
    fn run(&self, to: &Address, message: &MessageRow) -> std::io::Result<(Ended, String)> {
        let mut complaints = tempfile::tempfile()?;
        let sender = self.sender.for_message(message);
        let mut child = Command::new(&self.path)
            .args(["-i", "-f", sender.as_ref(), "--", to.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(complaints.try_clone()?)
            .spawn()?;
        let text = wire::text(&message.bytes);
        if let Some(mut stdin) = child.stdin.take() {
            // How it ends says whether it has read all; a program that reads nothing must not keep this one waiting.
            std::thread::spawn(move || stdin.write_all(&text));
        }
        let mut ended = Ended::NotInTime;
        for (times, pause) in [QUICK, SLOW] {
            for _ in 0..times {
                if let Some(status) = child.try_wait()? {
                    ended = Ended::With(status);
                    break;
                }
                std::thread::sleep(pause);
            }
            if matches!(ended, Ended::With(_)) {
                break;
            }
        }
        if matches!(ended, Ended::NotInTime) {
            // Whether it could be ended or had just ended makes no difference to what is known.
            let _ = child.kill();
            let _ = child.wait();
        }
        let mut said = Vec::new();
        complaints.rewind()?;
        complaints.take(LONGEST).read_to_end(&mut said)?;
        let said: String = String::from_utf8_lossy(&said)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        Ok((ended, said.trim().to_owned()))
    }
}

enum Ended {
    With(ExitStatus),
    NotInTime,
}

impl Session for Program {
    fn send(&mut self, message: &MessageRow) -> Fate {
        let Ok(to) = message.recipient.parse::<Address>() else {
            return Fate::Rejected {
                why: "its address is none".to_owned(),
                as_a_message: false,
            };
        };
        let shown = self.path.display();
        let (ended, said) = match self.run(&to, message) {
            Ok(ran) => ran,
            Err(cause) => {
                return Fate::NotTried(Trouble {
                    what: format!(
                        "cannot run {shown}: {cause}; name the program under `sendmail` in [mail]"
                    ),
                    lasting: true,
                });
            }
        };
        let Ended::With(status) = ended else {
            return Fate::Unknown("the program did not end for ten minutes".to_owned());
        };
        let words = |code: i32| {
            let colon = if said.is_empty() { "" } else { ": " };
            format!("exit code {code}{colon}{said}")
        };
        // The codes of sysexits.h.
        match status.code() {
            Some(0) => Fate::Sent((!said.is_empty()).then_some(said)),
            Some(75) => Fate::Deferred(words(75)),
            Some(code @ (65 | 67 | 68)) => Fate::Rejected {
                why: words(code),
                as_a_message: code == 65,
            },
            Some(code) => Fate::NotTried(Trouble {
                what: format!(
                    "{shown} takes no mail: it ended with exit code {code}; try it by hand, as the user that runs sideletter"
                ),
                lasting: true,
            }),
            None => Fate::Unknown(format!("the program was killed ({status})")),
        }
    }
}

//! A program of this machine that takes mail, as `sendmail` does: the queue, the tries and the signatures are its own.

use super::{Fate, Sender, Session, Trouble, wire};
use crate::clock;
use crate::store::outbox::MessageRow;
use lettre::Address;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long to wait before asking again whether the program has ended: at first, and once it has taken longer than most.
const QUICK: Duration = Duration::from_millis(2);
const SLOW: Duration = Duration::from_millis(50);

/// What is quick.
const SOON: Duration = Duration::from_secs(2);

/// The most that is kept of what it says.
const LONGEST: u64 = 500;

/// The program.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    sender: Sender,
    /// How long it may take.
    timeout: Duration,
}

impl Program {
    pub(super) fn new(path: &Path, sender: Sender, seconds: u32) -> Self {
        Self {
            path: path.to_owned(),
            sender,
            timeout: Duration::from_secs(seconds.into()),
        }
    }

    /// The longest that one message can take, with what is done before and after it.
    pub(super) fn longest(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::seconds(self.timeout.as_secs().cast_signed() * 2 + 60)
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
        let begun = clock::moment();
        let ended = loop {
            if let Some(status) = child.try_wait()? {
                break Ended::With(status);
            }
            let taken = clock::moment() - begun;
            if taken >= self.timeout {
                // Whether it could be ended or had just ended makes no difference to what is known.
                let _ = child.kill();
                let _ = child.wait();
                break Ended::NotInTime;
            }
            std::thread::sleep(if taken < SOON { QUICK } else { SLOW });
        };
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
            return Fate::Unknown(format!(
                "the program did not end within the {} s of `sendmail_timeout` and was ended",
                self.timeout.as_secs()
            ));
        };
        let words = |code: i32| {
            let colon = if said.is_empty() { "" } else { ": " };
            // No such mailbox and no such host, as a relay would say them (RFC 3463).
            let status = match code {
                67 => " (5.1.1)",
                68 => " (5.1.2)",
                _ => "",
            };
            format!("exit code {code}{status}{colon}{said}")
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

//! A password that the office needs and does not hold: a file, a command or a credential of systemd gives it.
//!
//! Never the command line and never the office's own files, which are read by many and kept under version control.

use crate::error::{Error, Result};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Where a password comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The first line of a file that nobody else may read; a relative path begins at the office's folder.
    File(PathBuf),
    /// The first line that a command prints; the shell runs it in the office's folder.
    Command(String),
    /// The first line of a credential that systemd gives to the service: `LoadCredential=NAME:...`.
    Credential(String),
}

/// More than any password: what is longer is some other file.
const LONGEST: u64 = 4096;

/// How often a command is asked whether it has ended, and how long between: 30 seconds.
const ASKED: (usize, Duration) = (600, Duration::from_millis(50));

impl Secret {
    /// Fetches it, in the office whose folder is `office`.
    ///
    /// # Errors
    /// When it is not there, is empty or too long, or others may read its file. Nothing of it is in the message.
    pub fn read(&self, office: &Path) -> Result<String> {
        let (from, text) = match self {
            Self::File(path) => {
                let path = office.join(path);
                (format!("the file {}", path.display()), of_file(&path)?)
            }
            Self::Credential(name) => {
                let path = credentials()?.join(name);
                (format!("the credential `{name}`"), of_file(&path)?)
            }
            Self::Command(command) => (
                format!("the command `{command}`"),
                of_command(command, office)?,
            ),
        };
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(line.to_owned()),
            _ => Err(Error::failed(format!(
                "{from} gives no password; its first line is the password"
            ))),
        }
    }
}

fn of_file(path: &Path) -> Result<String> {
    let shown = path.display();
    let failed = |cause: std::io::Error| {
        Error::failed(format!(
            "cannot read the password in {shown}; see that it is there and that this user may read it"
        ))
        .because(cause)
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if file.metadata().map_err(failed)?.mode() & 0o007 != 0 {
            return Err(Error::failed(format!(
                "everybody on this machine may read the password in {shown}; type: chmod 600 {shown}"
            )));
        }
    }
    text_of(file).map_err(failed)
}

/// The folder in which systemd puts a service's credentials.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment: systemd names the folder of a service's credentials nowhere else"
)]
fn credentials() -> Result<PathBuf> {
    std::env::var_os("CREDENTIALS_DIRECTORY")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Error::failed(
                "no credential is given to this process; run it as a service of systemd with LoadCredential=, or name a `password_file`",
            )
        })
}

fn of_command(command: &str, office: &Path) -> Result<String> {
    let failed = |cause: std::io::Error| {
        Error::failed(format!("cannot run the command `{command}`")).because(cause)
    };
    let mut child = Command::new("sh")
        .args(["-c", command])
        .current_dir(office)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let reading = child
        .stdout
        .take()
        .map(|stdout| std::thread::spawn(move || text_of(stdout)));
    for _ in 0..ASKED.0 {
        if let Some(status) = child.try_wait().map_err(failed)? {
            if !status.success() {
                return Err(Error::failed(format!(
                    "the command `{command}` gives no password: it ended with {status}; try it by hand"
                )));
            }
            return reading
                .and_then(|reading| reading.join().ok())
                .unwrap_or_else(|| Ok(String::new()))
                .map_err(failed);
        }
        std::thread::sleep(ASKED.1);
    }
    // Whether it could be ended or had just ended by itself makes no difference to what is said.
    let _ = child.kill();
    let _ = child.wait();
    Err(Error::failed(format!(
        "the command `{command}` has given no password for 30 seconds; try it by hand"
    )))
}

fn text_of(from: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    let read = from.take(LONGEST + 1).read_to_string(&mut text)?;
    if read as u64 > LONGEST {
        return Err(std::io::Error::other("it is longer than 4096 bytes"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_password_is_the_first_line_of_a_file_that_others_may_not_read() {
        use std::os::unix::fs::PermissionsExt;
        let office = tempfile::tempdir().unwrap();
        let path = office.path().join("password");
        std::fs::write(&path, "open sesame\nand a remark\n").unwrap();
        let mode = |mode| {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        let secret = Secret::File(PathBuf::from("password"));
        mode(0o600);
        assert_eq!(secret.read(office.path()).unwrap(), "open sesame");
        mode(0o644);
        let said = secret.read(office.path()).unwrap_err().to_string();
        assert!(said.contains("chmod 600"), "{said}");
        mode(0o600);
        for bad in ["", "\nlater\n", &"x".repeat(5000)] {
            std::fs::write(&path, bad).unwrap();
            assert!(secret.read(office.path()).is_err(), "{bad}");
        }
        std::fs::remove_file(&path).unwrap();
        assert_eq!(secret.read(office.path()).unwrap_err().exit_code(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_password_is_the_first_line_that_a_command_prints() {
        let office = tempfile::tempdir().unwrap();
        let read = |command: &str| Secret::Command(command.to_owned()).read(office.path());
        assert_eq!(read("printf 'open sesame\\nmore'").unwrap(), "open sesame");
        for bad in ["false", "true", "no-such-command-here 2>/dev/null"] {
            assert_eq!(read(bad).unwrap_err().exit_code(), 3, "{bad}");
        }
    }
}

//! The Python that has the engines.

use super::asks::Ask;
use crate::office::repository;
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

/// What names the Python that has the engines; set by `tests/run`.
const NAMED: &str = "SIDELETTER_TEST_PYTHON";

pub(super) struct Engine {
    python: String,
}

impl Engine {
    /// The Python that is named, which must have the engines; else the one at hand, if it has them.
    #[expect(
        clippy::disallowed_methods,
        reason = "where the engines are is no matter of an office"
    )]
    pub(super) fn find() -> Option<Self> {
        let (python, named) = match std::env::var(NAMED) {
            Ok(python) => (python, true),
            Err(_) => ("python3".to_owned(), false),
        };
        let engine = Self { python };
        match engine.lacks() {
            None => Some(engine),
            Some(lack) if named => panic!("{NAMED} is set: {lack}"),
            Some(lack) => {
                say(&format!(
                    "no day was compared with an independent engine: {lack}. tests/run installs what is needed"
                ));
                None
            }
        }
    }

    /// What is missing, if anything is.
    fn lacks(&self) -> Option<String> {
        let Ok(output) = self.command().stdin(Stdio::null()).output() else {
            return Some(format!("there is no `{}`", self.python));
        };
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Some(said.lines().last().unwrap_or_default().to_owned());
        }
        let versions: Value = serde_json::from_slice(&output.stdout).unwrap();
        let wanted = repository().join("tests/oracle/requirements.txt");
        let wanted = fs::read_to_string(wanted).unwrap();
        wanted
            .lines()
            .filter_map(|line| line.split_once("=="))
            .find(|(name, version)| versions.get(name).is_some_and(|had| had != version))
            .map(|(name, version)| format!("it has {name} {}, not {version}", versions[name]))
    }

    /// Their days for each ask, in the order of the asks.
    pub(super) fn answer(&self, asks: &[Ask]) -> Vec<Vec<String>> {
        let lines: Vec<String> = asks.iter().map(|ask| ask.theirs.to_string()).collect();
        let lines = lines.join("\n") + "\n";
        // Written to a file: a pipe holds less than there is to say before anything is read.
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), lines).unwrap();
        let output = self
            .command()
            .stdin(fs::File::open(file.path()).unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the engine failed: {said}");
        String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .skip(1)
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command
            .arg("-B")
            .arg(repository().join("tests/oracle/oracle.py"));
        command
    }
}

#[expect(clippy::print_stderr, reason = "a test that did not ask says so")]
fn say(line: &str) {
    eprintln!("{line}");
}

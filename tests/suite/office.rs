//! [`Office`]: a temporary office folder, and the built program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder that is gone when the test is.
#[derive(Debug)]
pub(crate) struct Office {
    folder: TempDir,
    today: Option<String>,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Office {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            folder: TempDir::with_prefix("office-").unwrap(),
            today: None,
        }
    }

    /// A copy of a folder of `tests/fixtures`.
    pub(crate) fn fixture(name: &str) -> Self {
        Self::empty().with(&fixtures().join(name))
    }

    /// A copy of the repository's own office: its agreements, parties, settings, calendars and templates.
    pub(crate) fn repository() -> Self {
        let office = Self::empty();
        for part in [
            "agreements",
            "calendars",
            "templates",
            "parties.toml",
            "sideletter.toml",
        ] {
            let path = repository().join(part);
            if path.exists() {
                copy(&path, &office.root().join(part));
            }
        }
        office
    }

    /// Adds a copy of all that is in a folder.
    pub(crate) fn with(self, folder: &Path) -> Self {
        copy(folder, self.root());
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Takes a file away.
    pub(crate) fn without(self, path: &str) -> Self {
        fs::remove_file(self.root().join(path)).unwrap();
        self
    }

    /// Sets the day on which the program works from now on.
    pub(crate) fn on(mut self, today: &str) -> Self {
        self.today = Some(today.to_owned());
        self
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The program, about to run in the folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sideletter"));
        command.current_dir(self.root()).args(arguments);
        if let Some(today) = &self.today {
            command.args(["--today", today]);
        }
        command
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command line, cut at its spaces.
    pub(crate) fn types(&self, line: &str) -> Outcome {
        self.run(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// What a command line prints that goes well.
    #[track_caller]
    pub(crate) fn prints(&self, line: &str) -> String {
        let ran = self.types(line);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{line}: {ran:?}");
        ran.stdout
    }

    /// What a command line says that prints no data and ends with `code`.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, line: &str) -> String {
        let ran = self.types(line);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (code, ""),
            "{line}: {ran:?}"
        );
        ran.stderr
    }

    /// The JSON that a command line prints.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.prints(&format!("{line} --format json"))).unwrap()
    }

    /// The text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Every file in the folder, by its path within it.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut paths: Vec<String> = walkdir::WalkDir::new(self.root())
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| {
                let path = entry.path().strip_prefix(self.root()).unwrap();
                path.to_str().unwrap().to_owned()
            })
            .collect();
        paths.sort();
        paths
    }
}

impl Outcome {
    /// What a program that has ended left behind; the code of one that was killed is -1.
    pub(crate) fn of(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// The repository's root.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the tests' input.
pub(crate) fn fixtures() -> PathBuf {
    repository().join("tests/fixtures")
}

/// Copies a file or a folder. A link is copied as a link.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let within = entry.path().strip_prefix(from).unwrap();
        let target = if within.as_os_str().is_empty() {
            to.to_owned()
        } else {
            to.join(within)
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else if entry.file_type().is_symlink() {
            link(&fs::read_link(entry.path()).unwrap(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(windows)]
fn link(to: &Path, at: &Path) {
    std::os::windows::fs::symlink_file(to, at).unwrap();
}

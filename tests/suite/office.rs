//! An office in a temporary folder, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An office that lasts as long as its test.
pub(crate) struct Office {
    folder: tempfile::TempDir,
    today: String,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Office {
    /// An office with these files, by path and text, on 2 April 2014.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let office = Self {
            folder: tempfile::tempdir().unwrap(),
            today: "2014-04-02".to_owned(),
        };
        for (path, text) in files {
            office.write(path, text);
        }
        office
    }

    /// The same on another day, YYYY-MM-DD.
    pub(crate) fn on(mut self, today: &str) -> Self {
        today.clone_into(&mut self.today);
        self
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The program, about to run here. A word of the command line is what stands between spaces.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sideletter"));
        command
            .current_dir(self.root())
            .args(["--today", &self.today])
            .args(line.split_whitespace());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Ran {
        self.ran(&self.command(line).output().unwrap())
    }

    /// What came out, with the temporary folder shown as OFFICE.
    pub(crate) fn ran(&self, output: &Output) -> Ran {
        let text = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replace(&self.root().display().to_string(), "OFFICE")
        };
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// What a command that goes well prints.
    #[track_caller]
    pub(crate) fn prints(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        assert_eq!(ran.stderr, "", "{line}");
        ran.stdout
    }

    /// What a command that ends with `code` says.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, code, "{line}: {ran:?}");
        assert_eq!(ran.stdout, "", "{line}");
        ran.stderr
    }

    /// The JSON that a command prints.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.prints(&format!("{line} --format json"))).unwrap()
    }
}

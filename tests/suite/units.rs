//! What is handed out beside the program: systemd reads its units, the program has what they and cron type, and git runs the
//! hook for commits.
//!
//! `tests/run` installs systemd's own reader and names it in `SIDELETTER_TEST_SYSTEMD_ANALYZE`; then the test fails where it
//! is not there. Otherwise it is looked for, and where there is none only the rest is tested.

use crate::office::{Office, repository};
use std::fs;
use std::process::{Command, Stdio};

/// The folder of the units, each with what it runs.
const UNITS: [&str; 4] = [
    "sideletter.service",
    "sideletter.timer",
    "sideletter-status.service",
    "sideletter-status.timer",
];

#[expect(
    clippy::disallowed_methods,
    reason = "where systemd's reader is is no matter of an office"
)]
fn systemd_analyze() -> Option<String> {
    let named = std::env::var("SIDELETTER_TEST_SYSTEMD_ANALYZE").ok();
    let tool = named
        .clone()
        .unwrap_or_else(|| "systemd-analyze".to_owned());
    let runs = Command::new(&tool)
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    assert!(
        runs || named.is_none(),
        "SIDELETTER_TEST_SYSTEMD_ANALYZE is set, and {tool} does not run; tests/run installs it"
    );
    runs.then_some(tool)
}

fn unit(name: &str) -> String {
    fs::read_to_string(repository().join("contrib/systemd").join(name)).unwrap()
}

#[test]
fn systemd_finds_nothing_wrong_with_the_units() {
    let Some(tool) = systemd_analyze() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut verify = Command::new(&tool);
    verify.arg("verify");
    for name in UNITS {
        // The program that was built stands for the one that is installed.
        let text = unit(name).replace(
            "ExecStart=sideletter",
            concat!("ExecStart=", env!("CARGO_BIN_EXE_sideletter")),
        );
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        verify.arg(path);
    }
    let output = verify.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    // Units of the machine's own may have something; of ours nothing is said.
    let ours: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("sideletter"))
        .collect();
    assert_eq!(ours, [""; 0], "{output:?}");
    assert!(output.status.success(), "{output:?}");

    let timer = unit("sideletter.timer");
    assert!(timer.contains("\nPersistent=true\n"));
    let calendar = timer
        .lines()
        .find_map(|line| line.strip_prefix("OnCalendar="))
        .unwrap();
    let output = Command::new(&tool)
        .args([
            "calendar",
            "--iterations=1",
            "--base-time=2026-03-07 12:00:00 UTC",
            calendar,
        ])
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    // A Saturday: the next working morning is on Monday, after the clocks were put forward.
    assert!(said.contains("2026-03-09 14:30:00 UTC"), "{output:?}");
}

#[test]
fn what_the_units_and_cron_type_is_there() {
    let cron = fs::read_to_string(repository().join("contrib/crontab")).unwrap();
    let typed = |text: &str, program: &str| -> Vec<String> {
        text.split(program)
            .skip(1)
            .map(|rest| rest.split(['\n', '>']).next().unwrap().trim().to_owned())
            .collect()
    };
    let commands: Vec<String> = UNITS
        .iter()
        .map(|name| typed(&unit(name), "ExecStart=sideletter "))
        .chain([typed(&cron, "/usr/local/bin/sideletter ")])
        .flatten()
        .collect();
    assert_eq!(
        commands,
        ["run", "status --max-age 4d", "run", "status --max-age 4d"]
    );
    let office = Office::repository().on("2026-11-23");
    for command in commands {
        assert_eq!(office.types(&command).code, 0, "{command}");
    }
}

#[test]
fn the_hook_for_commits_lets_no_fault_in() {
    let office = Office::repository();
    let hook = fs::read(repository().join("contrib/pre-commit")).unwrap();
    let git = |arguments: &[&str]| {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_sideletter"));
        let path = format!(
            "{}:/usr/local/bin:/usr/bin:/bin",
            program.parent().unwrap().display()
        );
        let mut git = Command::new("git");
        git.args([
            "-c",
            "user.name=Office",
            "-c",
            "user.email=office@upe.example",
        ])
        .args(arguments)
        .current_dir(office.root())
        .env("PATH", path);
        crate::office::Outcome::of(git.output().unwrap())
    };
    assert_eq!(git(&["init", "-q"]).code, 0);
    let path = office.root().join(".git/hooks/pre-commit");
    fs::write(&path, hook).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&path, mode).unwrap();
    git(&["add", "."]);
    let sound = git(&["commit", "-q", "-m", "An office"]);
    assert_eq!(sound.code, 0, "{sound:?}");

    let letter = office.root().join("agreements/sdr_phase_ii.md");
    let text = fs::read_to_string(&letter).unwrap();
    fs::write(&letter, text.replace("kind = ", "kynd = ")).unwrap();
    git(&["add", "."]);
    // What is mended and not added is not what would be committed.
    fs::write(&letter, &text).unwrap();
    let faulty = git(&["commit", "-q", "-m", "A fault"]);
    assert_eq!(faulty.code, 1, "{faulty:?}");
    assert!(faulty.stderr.contains("Not committed."), "{faulty:?}");
    git(&["add", "."]);
    assert_eq!(git(&["status", "--porcelain"]).stdout, "");
}

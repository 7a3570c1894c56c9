//! What the documents say is run: every command in README and `docs/`, from top to bottom, with the output that they show.
//!
//! In a block of `console`, `$ ` begins a command and what follows is its output: `...` stands for any lines, `[..]` for
//! anything within a line, and `? 1` for an exit code other than 0. A block of `sh` is run, and its output not compared.

use crate::office::{Office, repository};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    walk("README.md");
}

#[test]
fn every_command_of_the_docs_does_what_it_says() {
    let mut documents: Vec<PathBuf> = fs::read_dir(repository().join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    documents.sort();
    for document in documents {
        walk(
            document
                .strip_prefix(repository())
                .unwrap()
                .to_str()
                .unwrap(),
        );
    }
}

#[test]
fn every_command_and_flag_is_in_the_documents() {
    let all: String = ["README.md", "docs/commands.md"]
        .iter()
        .map(|path| fs::read_to_string(repository().join(path)).unwrap())
        .collect();
    let office = Office::empty();
    for command in commands(&office.run(&["--help"]).stdout) {
        assert!(
            all.contains(&format!("sideletter {command}")),
            "`{command}` is in no document"
        );
        let help = office.run(&[&command, "--help"]).stdout;
        for flag in help
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
        {
            let flag = flag.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
            assert!(
                flag == "--help" || all.contains(flag),
                "`{flag}` of `{command}` is in no document"
            );
        }
    }
}

#[test]
fn links_between_documents_resolve() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ] {
        let text = fs::read_to_string(repository().join(document)).unwrap();
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next())
        {
            let elsewhere = target.is_empty() || target.contains("://");
            assert!(
                elsewhere || repository().join(target).exists(),
                "{document} links to {target}"
            );
        }
    }
}

#[test]
fn every_test_and_file_that_the_architecture_names_is_there() {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let code: String = ["src", "tests/suite"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(repository().join(folder)))
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"))
        .map(|entry| fs::read_to_string(entry.path()).unwrap())
        .collect();
    let (map, invariants) = text.split_once("## What must stay true").unwrap();
    let invariants = invariants.split("\n## ").next().unwrap();
    for name in ticked(invariants).filter(|name| !name.contains('.') && name.contains('_')) {
        assert!(
            code.contains(&format!("fn {name}(")),
            "there is no test {name}"
        );
    }
    for path in ticked(map).filter(|name| name.contains('/') && !name.contains('*')) {
        assert!(repository().join(path).exists(), "there is no {path}");
    }
}

#[test]
fn every_room_of_the_code_is_on_the_map() {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    for room in fs::read_dir(repository().join("src")).unwrap() {
        let name = room.unwrap().file_name().into_string().unwrap();
        let path = format!("src/{name}");
        assert!(
            text.contains(&format!("`{path}`")) || text.contains(&format!("`{path}/")),
            "{path} is not on the map"
        );
    }
}

/// What stands between backticks.
fn ticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn commands(help: &str) -> Vec<String> {
    let listed = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    let names = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// A command, what the document shows of its output (`None`: it is not compared), and its exit code.
struct Step {
    line: usize,
    command: String,
    output: Option<Vec<String>>,
    code: i32,
}

fn walk(document: &str) {
    let text = fs::read_to_string(repository().join(document)).unwrap();
    let office = Office::repository();
    let checkout = office.root().join("checkout");
    fs::create_dir(&checkout).unwrap();
    for part in ["agreements", "templates", "parties.toml", "sideletter.toml"] {
        fs::rename(office.root().join(part), checkout.join(part)).unwrap();
    }
    let mut folder = checkout;
    for step in steps(&text) {
        let (output, code) = run(&step.command, &mut folder, office.root());
        let shown = step.output.unwrap_or_default().join("\n");
        assert_eq!(
            code, step.code,
            "{document}:{}: {}\n{output}",
            step.line, step.command
        );
        assert!(
            shown.is_empty() || matches(&shown, &output),
            "{document}:{}: {}\nshows:\n{shown}\nis:\n{output}",
            step.line,
            step.command
        );
    }
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut block = "";
    for (index, line) in text.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_empty() && !language.is_empty() {
                language
            } else {
                ""
            };
            continue;
        }
        let command = match block {
            "console" => line.strip_prefix("$ "),
            "sh" => Some(line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#')),
            _ => continue,
        };
        if let Some(command) = command {
            let output = (block == "console").then(Vec::new);
            steps.push(Step {
                line: index + 1,
                command: command.to_owned(),
                output,
                code: 0,
            });
        } else if let Some(step) = steps.last_mut() {
            if let Some(code) = line.strip_prefix("? ") {
                step.code = code.parse().unwrap();
            } else if let Some(output) = &mut step.output {
                output.push(line.to_owned());
            }
        }
    }
    // The tests do not begin themselves again, and a checkout, the program and an alias are there already.
    let given = [
        "tests/run",
        "git clone",
        "alias ",
        "cargo test",
        "cargo install",
        "INSTA_UPDATE",
    ];
    steps.retain(|step| !given.iter().any(|given| step.command.starts_with(given)));
    steps
}

/// Runs a command with the built program as `sideletter`, in a folder that `cd` changes.
fn run(command: &str, folder: &mut PathBuf, home: &Path) -> (String, i32) {
    let program = Path::new(env!("CARGO_BIN_EXE_sideletter"));
    let command = command.replace("cargo run --release --", "sideletter");
    let after = folder.join(".folder-after");
    let script = format!(
        "{{ {command}\n}} 2>&1; code=$?; pwd > {}; exit $code",
        after.display()
    );
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().unwrap().display()
    );
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(&folder)
        .env("PATH", path)
        // What a page writes into its reader's home stays in the walk.
        .env("HOME", home)
        .output()
        .unwrap();
    if let Ok(now) = fs::read_to_string(&after) {
        fs::remove_file(&after).unwrap();
        *folder = PathBuf::from(now.trim_end());
    }
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code().unwrap(),
    )
}

/// Whether `output` is what a document shows of it.
fn matches(shown: &str, output: &str) -> bool {
    let mut pattern = String::from("^");
    for line in shown.trim_end().lines() {
        if line.trim() == "..." {
            pattern.push_str("(?:[^\n]*\n)*?");
            continue;
        }
        let parts: Vec<String> = line.trim_end().split("[..]").map(regex::escape).collect();
        let _ = writeln!(pattern, "{}", parts.join("[^\n]*"));
    }
    pattern.push('$');
    let trimmed: String = output
        .trim_end()
        .lines()
        .fold(String::new(), |mut text, line| {
            text.push_str(line.trim_end());
            text.push('\n');
            text
        });
    regex::Regex::new(&pattern).unwrap().is_match(&trimmed)
}

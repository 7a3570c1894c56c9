//! For the shell: completions, manual pages, the help with its examples, and colour only where it is wanted.

use crate::office::{Office, Outcome};
use insta::assert_snapshot;
use std::process::Command;

/// The program's commands, as its help lists them.
fn commands() -> Vec<String> {
    let help = Office::empty().prints("--help");
    let listed = help.split("Commands:\n").nth(1).unwrap();
    listed
        .split("\n\n")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_shell_gets_completions_of_every_command() {
    let office = Office::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = office.prints(&format!("completions {shell}"));
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
    assert_snapshot!("completions_refused", office.fails(2, "completions csh"));
}

#[test]
fn bash_completes_commands_flags_and_kinds() {
    let office = Office::empty();
    let script = office.prints("completions bash");
    let office = office.file("completions", script);
    let complete = |words: &str| {
        let script = format!(
            "source ./completions; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _sideletter sideletter \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[*]}}\""
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", &script]).current_dir(office.root());
        Outcome::of(bash.output().unwrap()).stdout
    };
    assert_eq!(complete("sideletter rem"), "remind\n");
    assert_eq!(complete("sideletter due --wi"), "--within\n");
    assert_eq!(
        complete("sideletter new letter --kind c"),
        "contract commitment\n"
    );
}

#[test]
fn every_command_has_a_manual_page() {
    let office = Office::empty();
    assert_snapshot!("man_wrote", office.prints("man --out pages"));
    for command in commands() {
        let page = office.read(&format!("pages/sideletter-{command}.1"));
        assert!(
            page.contains(&format!(".TH sideletter-{command} 1")),
            "{page}"
        );
        assert!(page.contains(".SH EXAMPLES\n"), "{command}: {page}");
        assert_eq!(office.prints(&format!("man {command}")), page);
    }
    assert!(
        office
            .files()
            .contains(&"pages/sideletter-outbox-show.1".to_owned())
    );
    assert_eq!(office.prints("man"), office.read("pages/sideletter.1"));
    assert_snapshot!("man_new", office.prints("man new"));
    assert_snapshot!("man_refused", office.fails(2, "man remnid"));
}

#[test]
fn every_command_has_examples_that_work() {
    let office = Office::repository()
        .on("2026-11-23")
        .file("Maildir/new/1", "Subject: no report\n\nWords.\n")
        .file(
            "letters.csv",
            "Side letter,Parties,Task,Follow up by\nTime clocks,UPE / DHA,Report,2026-12-31\n",
        )
        .file(
            "letter.txt",
            "DHA shall meet with UPE by January 15, 2026.\n",
        );
    assert_snapshot!("help", office.run(&["--help"]).stdout);
    assert_snapshot!("help_new", office.run(&["new", "--help"]).stdout);
    let whole = (office.run(&["--help"]).stdout, String::new());
    let helps = commands()
        .into_iter()
        .map(|command| (office.run(&[&command, "--help"]).stdout, command));
    let helps = std::iter::once(whole).chain(helps);
    for (help, command) in helps {
        let (_, examples) = help
            .split_once("Examples:\n")
            .unwrap_or_else(|| panic!("`{command}` has no examples"));
        let lines = examples
            .lines()
            .filter_map(|line| line.strip_prefix("    sideletter "));
        for line in lines {
            assert!(line.contains(&command), "an example of `{command}`: {line}");
            // It goes on until it is interrupted; `serve.rs` runs it.
            if command == "serve" {
                continue;
            }
            let day = if line.contains("--today") {
                ""
            } else {
                "--today 2026-11-23"
            };
            let script = format!("{} {line} {day}", env!("CARGO_BIN_EXE_sideletter"));
            let mut bash = Command::new("bash");
            bash.args(["-c", &script]).current_dir(office.root());
            let ran = Outcome::of(bash.output().unwrap());
            assert_eq!(ran.code, 0, "{line}: {ran:?}");
        }
    }
}

#[test]
fn colour_is_left_out_where_nobody_wants_it() {
    let office = Office::repository().file("agreements/odd.md", "no front matter");
    let printed = |variables: &[(&str, &str)]| {
        let mut command = office.command(&["check"]);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.envs(variables.iter().copied());
        Outcome::of(command.output().unwrap()).stdout
    };
    let forced = ("CLICOLOR_FORCE", "1");
    let plain = printed(&[]);
    assert!(plain.contains("error[no-front-matter]") && !plain.contains('\u{1b}'));
    assert!(printed(&[forced]).contains('\u{1b}'));
    assert_eq!(printed(&[forced, ("NO_COLOR", "1")]), plain);
}

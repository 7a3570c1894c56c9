//! What to type: the examples at the end of each command's help and manual page. A test types them all, in this order.

use clap::Command;
use std::fmt::Write as _;

/// A command, and examples of it: what for, and what to type after the program's name.
type Examples = (&'static str, &'static [(&'static str, &'static str)]);

const WHOLE: &[(&str, &str)] = &[
    (
        "an office with a sample, in a folder of its own",
        "init letters --sample",
    ),
    ("one pass: mails, pages, and what is due", "-C letters run"),
    ("the examples of a command", "due --help"),
];

const EXAMPLES: &[Examples] = &[
    (
        "init",
        &[
            ("an office in a folder of its own", "init office"),
            (
                "one with a letter to look around with",
                "init letters --sample",
            ),
        ],
    ),
    (
        "new",
        &[
            ("start a side letter", "new pay_notice_2026"),
            ("start a plan", "new training_plan --kind plan"),
        ],
    ),
    (
        "import",
        &[
            (
                "see what is understood of a spreadsheet",
                "import letters.csv --dry-run",
            ),
            (
                "where a heading does not say what its column is",
                "import letters.csv --dry-run --column due=\"Follow up by\"",
            ),
            ("write the agreements", "import letters.csv"),
        ],
    ),
    (
        "draft",
        &[
            (
                "what is found in a letter, writing nothing",
                "draft letter.txt --dry-run",
            ),
            (
                "the agreement's file, under an id",
                "draft letter.txt --id overtime_pilot",
            ),
        ],
    ),
    (
        "run",
        &[
            ("what the timer does each morning", "run"),
            ("as if it were another day", "run --today 2026-11-23"),
        ],
    ),
    (
        "check",
        &[
            ("all files", "check"),
            (
                "one file, for an editor",
                "check agreements/sdr_phase_ii.md --format json",
            ),
            ("what a finding means", "check --explain unknown-event"),
        ],
    ),
    (
        "due",
        &[
            ("the next two weeks", "due --within 14d"),
            ("what one party owes or is owed", "due --party dha"),
            ("what waits for somebody to say a day", "due --waiting"),
        ],
    ),
    ("show", &[("a letter with its dates", "show sdr_phase_ii")]),
    (
        "why",
        &[
            (
                "how a date was reached",
                "why sdr_phase_ii/follow_up_meeting",
            ),
            (
                "one of a series",
                "why san_leandro_wellness/quarterly_meeting --on 2026-12-31",
            ),
        ],
    ),
    (
        "when",
        &[
            (
                "a deadline",
                "when \"no later than 30 days after ratification\" --event ratification=2026-02-05",
            ),
            (
                "one in working days",
                "when \"10 working days after receipt\" --event receipt=2026-02-05 --days-off weekends",
            ),
        ],
    ),
    (
        "record",
        &[
            (
                "an event has taken place",
                "record happened sdr_phase_ii/implementation --on 2026-11-16 --by dha",
            ),
            (
                "something was done",
                "record met sdr_phase_ii/follow_up_meeting --on 2026-11-20 --by upe",
            ),
            (
                "the other side says the same",
                "record confirmed sdr_phase_ii --entry 2 --by dha",
            ),
            (
                "see what would be entered",
                "record struck sdr_phase_ii --entry 1 --by dha --dry-run",
            ),
        ],
    ),
    (
        "log",
        &[
            ("what was recorded about an agreement", "log sdr_phase_ii"),
            ("whether all of it is as it was written", "log --verify"),
            (
                "what a party may see, to hand out",
                "log --export --for upe",
            ),
        ],
    ),
    (
        "remind",
        &[
            ("what would be mailed, and why", "remind"),
            ("mail it", "remind --send"),
        ],
    ),
    (
        "outbox",
        &[
            ("every message and what became of it", "outbox"),
            ("one message's text", "outbox show 1"),
        ],
    ),
    (
        "bounces",
        &[("read the mails of a Maildir", "bounces import Maildir")],
    ),
    ("doctor", &[("before the first mail leaves", "doctor")]),
    (
        "status",
        &[
            ("when reminders last ran", "status"),
            (
                "for a watcher: ends with 1 where that is too long ago",
                "status --max-age 26h",
            ),
        ],
    ),
    (
        "build",
        &[
            ("the pages", "build"),
            ("into another folder", "build --out preview"),
        ],
    ),
    (
        "serve",
        &[
            ("the pages, until Ctrl-C", "serve"),
            ("at an address that stays", "serve --port 8080"),
        ],
    ),
    (
        "feed",
        &[
            ("all days", "feed"),
            ("one agreement's", "feed sdr_phase_ii"),
        ],
    ),
    (
        "backup",
        &[("a copy of the store", "backup letters.backup")],
    ),
    ("restore", &[("on a new machine", "restore letters.backup")]),
    (
        "completions",
        &[(
            "for bash, in ~/.local/share/bash-completion/completions/sideletter",
            "completions bash",
        )],
    ),
    (
        "man",
        &[
            ("the page of a command", "man due"),
            ("all pages, into a folder", "man --out man"),
        ],
    ),
];

/// Gives the program and each of its commands their examples.
pub(super) fn add(program: Command) -> Command {
    EXAMPLES.iter().fold(
        program.after_help(text(WHOLE)),
        |program, (name, examples)| {
            program.mut_subcommand(name, |command| command.after_help(text(examples)))
        },
    )
}

fn text(examples: &[(&str, &str)]) -> String {
    examples
        .iter()
        .fold("Examples:".to_owned(), |mut text, (what, line)| {
            let _ = write!(text, "\n  {what}:\n    sideletter {line}");
            text
        })
}

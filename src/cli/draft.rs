//! `draft`: an agreement proposed from a letter.

mod json;

use super::progress::Progress;
use super::{Context, Format, Outcome, shown};
use crate::begin;
use crate::draft::{self, Form, Known, Lack, Letter, MOST_BYTES, Proposal, Unreadable, pdf};
use crate::error::{Error, Result};
use crate::ids::{AgreementId, LONGEST, is_snake_case, snake_case};
use crate::office::Office;
use crate::words::{count, day, list};
use crate::write_whole::{Readers, write_new};
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Which.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The letter: a .docx, .pdf, .txt or .md file; `-` for plain text on standard input
    #[arg(value_name = "LETTER")]
    letter: PathBuf,

    /// The agreement's id, in `snake_case`; left out: from the letter's name
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Show what is found, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Print the agreement's file instead of writing it
    #[arg(long, conflicts_with = "dry_run")]
    print: bool,
}

/// Reads the letter, writes the agreement's file and says what was found and what was not.
///
/// # Errors
/// When the letter cannot be read or the file not be written; refused, where there is no office or there is such an agreement.
pub fn run(arguments: &Arguments, context: &Context) -> Result<Outcome> {
    if arguments.print && context.format == Format::Json {
        return Err(Error::refused(
            "--print prints the agreement's file, which is no JSON; leave --print out, or --format json",
        ));
    }
    let progress = Progress::of(2);
    progress.at("reading the agreements");
    let office = context.office()?;
    let id = id(arguments)?;
    progress.at("reading the letter");
    let letter = read(&arguments.letter)?;
    let agreements: Vec<(AgreementId, String)> = office
        .agreements
        .iter()
        .map(|a| (a.id.clone(), a.title.clone()))
        .collect();
    let proposal = draft::propose(
        &letter,
        Known {
            parties: &office.parties,
            agreements: &agreements,
            date_order: office.settings.date_order,
        },
    );
    drop(progress);
    let text = draft::written(&letter, &proposal);
    let path = format!("{}/{id}.md", begin::AGREEMENTS);
    let said = said(&letter, &proposal, &office);
    if arguments.print {
        context.output.complain(&said);
        context.output.print_as_is(&text)?;
        return Ok(Outcome::Fine);
    }
    let program = &context.program;
    let data =
        |written: bool| super::json(&json::proposals((&id, &path), written, &letter, &proposal));
    if arguments.dry_run {
        context.output.print(&match context.format {
            Format::Json => data(false)?,
            Format::Text => {
                format!("{said}\nNothing was written; without --dry-run it is {path}.\n")
            }
        })?;
        return Ok(Outcome::Fine);
    }
    if let Some(there) = super::new::file_of(&office, &id) {
        return Err(Error::refused(format!(
            "{there} is there already, and is left as it is; take another id: {program} draft {} --id ID",
            arguments.letter.display()
        )));
    }
    super::new::make_folder(&office)?;
    write_new(
        &office.root.join(&path),
        text.as_bytes(),
        Readers::Everybody,
    )?;
    context.output.print(&match context.format {
        Format::Json => data(true)?,
        Format::Text => format!(
            "Wrote {path}: a draft, of which every proposal waits for a person.\n\n{said}{}",
            next(&path, program)
        ),
    })?;
    Ok(Outcome::Fine)
}

/// The id: the one that was given, or one from the letter's name.
fn id(arguments: &Arguments) -> Result<String> {
    if let Some(id) = &arguments.id {
        return if is_snake_case(id) {
            Ok(id.clone())
        } else {
            let better = snake_case(id).unwrap_or_else(|| "pay_notice_2026".to_owned());
            Err(Error::refused(format!(
                "`{}` cannot be the id of an agreement; write it in snake_case: --id {better}",
                id.chars().take(LONGEST).collect::<String>()
            )))
        };
    }
    let stem = arguments
        .letter
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let words: Vec<String> = stem
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut id = String::new();
    for word in words {
        if id.len() + word.len() >= 60 {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.push_str(&word);
    }
    if !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        id = if id.is_empty() {
            "letter".to_owned()
        } else {
            format!("letter_{id}")
        };
    }
    Ok(id)
}

fn read(path: &Path) -> Result<Letter> {
    let name = shown(path);
    let unreadable =
        |fault: Unreadable| Error::refused(format!("{name} {}; {}", fault.why, fault.help));
    if path == Path::new("-") {
        let bytes = limited(std::io::stdin().lock(), "standard input")?;
        return draft::read(&bytes, Form::Text).map_err(|fault| {
            Error::refused(format!("standard input {}; {}", fault.why, fault.help))
        });
    }
    if path.is_dir() {
        return Err(Error::refused(format!(
            "{} is no file; name the letter",
            path.display()
        )));
    }
    let form = path.extension().and_then(|end| Form::of(&end.to_string_lossy())).ok_or_else(|| {
        Error::refused(format!("{name} is no letter that can be read: its name has to end with .docx, .pdf, .txt or .md; an old .doc is saved as .docx first"))
    })?;
    let file = std::fs::File::open(path).map_err(|cause| {
        Error::failed(format!(
            "cannot read {name}; see that it is there and may be read"
        ))
        .because(cause)
    })?;
    if file.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(Error::refused(format!(
            "{name} is no file; name the letter"
        )));
    }
    let bytes = if form == Form::Pdf {
        pdf::text(Path::new("pdftotext"), path).map_err(unreadable)?
    } else {
        limited(file, &name)?
    };
    draft::read(&bytes, form).map_err(unreadable)
}

fn limited(from: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| Error::failed(format!("cannot read {name}")).because(cause))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::refused(format!(
            "{name} has more than {} MB; draft the letter alone",
            MOST_BYTES / 1_048_576
        )));
    }
    Ok(bytes)
}

/// What was found, with the words, and what was not.
fn said(letter: &Letter, proposal: &Proposal, office: &Office) -> String {
    let mut text = String::new();
    for warning in &letter.warnings {
        let _ = writeln!(text, "Note: {warning}.");
    }
    if proposal.gave_up {
        text.push_str(
            "Note: it is so long that only a part of it was searched for words of time.\n",
        );
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str("Proposed, with the words that each comes from\n");
    let line = |text: &mut String, key: &str, value: &str, words: &str| {
        let _ = writeln!(text, "  {key}: {}", short(value, 100));
        if words != value && !words.is_empty() {
            let _ = writeln!(text, "    “{}”", short(words, 160));
        }
    };
    if let Some(title) = &proposal.title {
        line(&mut text, "title", &title.value, &title.words);
    }
    line(&mut text, "kind", begin::word_of(proposal.kind.value), "");
    if !proposal.parties.is_empty() {
        let parties: Vec<String> = proposal
            .parties
            .iter()
            .map(|party| office.short_name(&party.id).to_owned())
            .collect();
        line(&mut text, "parties", &list(parties), "");
    }
    if let Some(signed) = &proposal.signed {
        line(&mut text, "signed", &day(signed.value), &signed.words);
    }
    for (key, date) in [
        ("effective", &proposal.effective),
        ("expires", &proposal.expires),
    ] {
        if let Some(date) = date {
            line(&mut text, key, &date.value, &date.words);
        }
    }
    for amended in &proposal.amends {
        line(&mut text, "amends", amended.value.as_str(), &amended.words);
    }
    if let Some(days_off) = &proposal.days_off {
        let off = if days_off.calendars.len() > 1 {
            "weekends and federal holidays are off"
        } else {
            "weekends are off; other holidays need a calendar"
        };
        line(&mut text, "counting", off, &days_off.words);
    }
    for (id, event) in &proposal.events {
        line(
            &mut text,
            &format!("event {id}"),
            &event.value,
            &event.words,
        );
    }
    for obligation in &proposal.obligations {
        let clause = obligation
            .clause
            .as_ref()
            .map_or_else(String::new, |clause| format!("clause {clause}, "));
        let needs = match obligation.needs {
            None => "",
            Some(Lack::Calendar(_)) => " (once a calendar has it)",
            Some(Lack::Start) => " (once it says after what)",
        };
        line(&mut text, &obligation.id, &obligation.title, "");
        let _ = writeln!(
            text,
            "    {clause}{} {}{needs}",
            obligation.timing.key(),
            short(&obligation.phrase, 90)
        );
        let _ = writeln!(text, "    “{}”", short(&obligation.words, 160));
    }
    open(&mut text, proposal);
    if !proposal.seen.is_empty() {
        let _ = writeln!(
            text,
            "\nSeen and not proposed: {} with words of time",
            count(proposal.seen.len(), "sentence")
        );
        for (clause, words) in &proposal.seen {
            let clause = clause
                .as_ref()
                .map_or_else(String::new, |clause| format!("{clause}: "));
            let _ = writeln!(text, "  {clause}{}", short(words, 140));
        }
    }
    text
}

/// What the letter does not say, or not in a way that is certain.
fn open(text: &mut String, proposal: &Proposal) {
    let mut lines: Vec<String> = Vec::new();
    if proposal.parties.len() < 2 {
        let named: Vec<String> = proposal
            .parties_named
            .iter()
            .map(|n| format!("{} ({})", n.name, n.called))
            .collect();
        let named = if named.is_empty() {
            String::new()
        } else {
            format!("; the letter names {}", list(named))
        };
        lines.push(format!("parties: it names no two parties of parties.toml{named}; add them there, and their keys here"));
    }
    if proposal.signed.is_none() {
        let days: Vec<String> = proposal
            .signed_unclear
            .iter()
            .map(|(on, _)| day(*on))
            .collect();
        lines.push(if days.is_empty() {
            "signed: the day of the last signature is not in the text".to_owned()
        } else {
            format!(
                "signed: the text has several dates of signatures, or one that cannot be read, and the last signature's counts: {}",
                list(days)
            )
        });
    }
    if proposal.effective.is_none() {
        lines.push("effective: nothing found; left out, it is the signing".to_owned());
    }
    if proposal.expires.is_none() {
        lines.push("expires: nothing found; left out, it has no end of its own".to_owned());
    }
    if let (true, Some(named)) = (proposal.amends.is_empty(), &proposal.amends_named) {
        lines.push(format!(
            "amends: it names another agreement, which is not in this office: {}",
            short(named, 110)
        ));
    }
    if !lines.is_empty() {
        text.push_str("\nLeft open\n");
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
}

/// Words on one line, at most so many characters.
fn short(words: &str, most: usize) -> String {
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most {
        return words;
    }
    let mut short: String = words.chars().take(most).collect();
    short.push('…');
    short
}

fn next(path: &str, program: &str) -> String {
    format!(
        "\nNext\n  \
         read {path}: compare each proposal with its words, correct what is wrong, add what was only seen, and take its line `proposed` out.\n  \
         What nobody has confirmed yet:\n    \
         {program} check {path}\n  \
         Once all is confirmed and the letter is signed, write the day under `signed`, take the line `status = \"draft\"` out, and make a pass:\n    \
         {program} run\n"
    )
}

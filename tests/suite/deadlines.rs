//! `docs/deadlines.md`: that every wording gives the days that it shows, and that the tables of presets and calendars
//! say what their files say.

use crate::office::{Office, repository};
use serde_json::Value;
use std::fs;
use std::path::Path;

pub(crate) fn manual() -> String {
    fs::read_to_string(repository().join("docs/deadlines.md")).unwrap()
}

/// The cells of the rows that follow a table's head.
pub(crate) fn tables<'a>(text: &'a str, head: &'a str) -> impl Iterator<Item = Vec<&'a str>> {
    let mut inside = false;
    text.lines().filter_map(move |line| {
        let row = line
            .strip_prefix("| ")
            .and_then(|row| row.strip_suffix(" |"));
        let starts = line == head;
        inside = starts || (inside && row.is_some());
        let cells: Vec<&str> = row?.split('|').map(str::trim).collect();
        (inside && !starts && !line.contains("---")).then_some(cells)
    })
}

/// The calendars of an office that the manual shows, each with its path.
fn calendars(manual: &str) -> Vec<(&str, &str)> {
    let calendars: Vec<(&str, &str)> = manual
        .split("```toml\n# ")
        .skip(1)
        .filter_map(|block| block.split("```").next()?.split_once('\n'))
        .filter(|(path, _)| path.starts_with("calendars/"))
        .collect();
    assert_eq!(calendars.len(), 2);
    calendars
}

#[test]
fn every_wording_of_the_manual_gives_the_days_that_it_shows() {
    let manual = manual();
    let office = calendars(&manual)
        .into_iter()
        .fold(Office::empty().on("2026-01-01"), |office, (path, text)| {
            office.file(path, text)
        });
    let mut wrong = Vec::new();
    let mut read = 0;
    for cells in tables(&manual, "| written | with | gives |") {
        let [written, with, gives] = cells.as_slice() else {
            panic!("three cells: {cells:?}");
        };
        let written = written.trim_matches('`');
        let flags = flags(with.trim_matches('`'));
        let mut arguments = vec!["--format", "json", "when", written];
        arguments.extend(flags.iter().map(String::as_str));
        let said = said(&office.run(&arguments).stdout);
        read += 1;
        if said != *gives {
            wrong.push(format!("{written}: {said}, not {gives}"));
        }
    }
    assert!(read > 120, "only {read} wordings were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_manual_names_every_preset_as_its_file_does() {
    let rows = rows_of("src/counting/presets", |name, file| {
        format!(
            "| `{name}` | {} | {} | {} |",
            text(file, "title"),
            text(file, "authority"),
            list(file, "days_off", "`")
        )
    });
    assert_all_stand_in_the_manual(&rows);
}

#[test]
fn the_manual_names_every_built_in_calendar_as_its_file_does() {
    let rows = rows_of("src/counting/calendars", |name, file| {
        format!(
            "| `{name}` | {} | {} | {} | {} |",
            text(file, "title"),
            text(file, "authority"),
            list(file, "weekdays_off", ""),
            list(file, "names", "")
        )
    });
    assert_all_stand_in_the_manual(&rows);
}

#[test]
fn the_offices_own_calendar_of_the_manual_names_school_days() {
    let manual = manual();
    let (path, calendar) = calendars(&manual)
        .into_iter()
        .find(|(path, _)| path.ends_with("school_days.toml"))
        .unwrap();
    let letter = "+++\ntitle = \"A letter\"\nkind = \"side_letter\"\nparties = [\"union\"]\nsigned = 2026-03-27\n\
        [counting]\npreset = \"plain\"\ndays_off = [\"school_days\"]\n\
        [[obligations]]\nid = \"reply\"\ntitle = \"A reply\"\ndue = \"within 5 school days after signing\"\n+++\n\n\
        A reply in five school days. [reply]\n";
    let office = Office::empty()
        .file(path, calendar)
        .file(
            "parties.toml",
            "[union]\nname = \"A union\"\nside = \"union\"\n",
        )
        .file("agreements/letter.md", letter)
        .on("2026-03-28");
    let shown = office.run(&["--format", "json", "why", "letter/reply"]);
    let answer: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(answer["due"], "2026-04-13", "{}", shown.stderr);
    assert!(manual.contains("is 13 April 2026 for a letter signed on 27 March 2026"));
}

/// The words of a command line; double quotes hold several together.
fn flags(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts.fold(Vec::new(), |mut words, (index, part)| {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
        words
    })
}

/// What an answer gives, as the manual writes it.
fn said(json: &str) -> String {
    let answer: Value = serde_json::from_str(json).unwrap();
    if let Some(fault) = answer["faults"].get(0) {
        return format!("refused: {}", fault["code"].as_str().unwrap());
    }
    let waiting = answer["waiting_on"].as_array().unwrap();
    let mut said = if answer["kind"] == "undated" {
        "no date".to_owned()
    } else if !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().filter_map(Value::as_str).collect();
        format!("waits for {}", names.join(", "))
    } else if answer["kind"] == "recurrence" {
        let dates = answer["dates"].as_array().unwrap();
        let mut days: Vec<String> = dates.iter().take(3).map(days).collect();
        if dates.len() > 3 {
            days.push("...".to_owned());
        }
        days.join(", ")
    } else {
        days(&answer)
    };
    if let Some(grace) = answer["grace"].as_str() {
        said.push_str(", grace ");
        said.push_str(grace);
    }
    if !answer["warnings"].as_array().unwrap().is_empty() {
        said.push_str("; warns");
    }
    said
}

fn days(of: &Value) -> String {
    match (of["opens"].as_str(), of["due"].as_str()) {
        (Some(opens), Some(due)) => format!("{opens} to {due}"),
        (Some(opens), None) => format!("from {opens}"),
        (None, Some(due)) => due.to_owned(),
        (None, None) => "nothing".to_owned(),
    }
}

/// The row of the manual for each file of a folder.
fn rows_of(folder: &str, row: impl Fn(&str, &toml::Table) -> String) -> Vec<String> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(repository().join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap();
        if path.extension() == Some(Path::new("toml").as_os_str()) {
            rows.push(row(name, &file));
        }
    }
    rows
}

fn text<'a>(file: &'a toml::Table, key: &str) -> &'a str {
    file[key].as_str().unwrap()
}

/// The words of a list, each between `quotes`.
fn list(file: &toml::Table, key: &str, quotes: &str) -> String {
    let words: Vec<String> = file
        .get(key)
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .map(|word| format!("{quotes}{word}{quotes}"))
        .collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}

fn assert_all_stand_in_the_manual(rows: &[String]) {
    let manual = manual();
    assert!(rows.len() > 5);
    for row in rows {
        assert!(
            manual.lines().any(|line| line == row),
            "docs/deadlines.md lacks\n{row}"
        );
    }
}

//! The file of an agreement that is proposed: front matter, each proposal beside its words, and the letter's text.

use super::days_off::DaysOff;
use super::letter::Letter;
use super::markdown;
use super::propose::{Lack, Obligation, Proposal};
use crate::begin;
use std::fmt::Write as _;

/// The most sentences that are listed as seen in the file itself.
const MOST_SEEN: usize = 100;

/// The text of the file.
pub fn written(letter: &Letter, proposal: &Proposal) -> String {
    let mut text = "+++\n".to_owned();
    head(&mut text, proposal);
    let marks: Vec<(usize, usize, &str)> = proposal
        .obligations
        .iter()
        .map(|o| (o.place.0, o.place.1, o.id.as_str()))
        .collect();
    for (id, event) in &proposal.events {
        let _ = writeln!(
            text,
            "\n[events.{id}]\ntitle = {}\nproposed = {}",
            quoted(&event.value),
            quoted(&event.words)
        );
    }
    for obligation in &proposal.obligations {
        self::obligation(&mut text, obligation);
    }
    if !proposal.seen.is_empty() {
        text.push_str("\n# Seen and not proposed: sentences with words of time. Write what of them is owed.\n");
        for (clause, words) in proposal.seen.iter().take(MOST_SEEN) {
            let clause = clause
                .as_ref()
                .map_or_else(String::new, |clause| format!("{}: ", remark(clause)));
            let _ = writeln!(text, "# - {clause}{}", remark(words));
        }
        if let Some(more @ 1..) = proposal.seen.len().checked_sub(MOST_SEEN) {
            let _ = writeln!(text, "# - and {more} more");
        }
    }
    text.push_str("+++\n\n");
    text.push_str(&markdown::body(letter, &marks));
    text
}

fn head(text: &mut String, proposal: &Proposal) {
    let title = proposal
        .title
        .as_ref()
        .map_or("A letter", |title| title.value.as_str());
    let title = if title.trim().is_empty() {
        "A letter"
    } else {
        title
    };
    let kind = begin::word_of(proposal.kind.value);
    let parties: Vec<String> = proposal
        .parties
        .iter()
        .map(|party| quoted(party.id.as_str()))
        .collect();
    let _ = writeln!(text, "title = {}\nkind = {}", quoted(title), quoted(kind));
    if proposal.parties.len() < 2 {
        text.push_str("# Who made it, by their keys in parties.toml. A party that is not there yet is added to that file first.\n");
        for named in &proposal.parties_named {
            let _ = writeln!(
                text,
                "#   the letter calls {} {}",
                remark(&named.name),
                quoted_remark(&named.called)
            );
        }
    }
    let _ = writeln!(text, "parties = [{}]", parties.join(", "));
    text.push_str("# Proposed from the letter's text, and a draft until a person has compared each proposal with its words.\nstatus = \"draft\"\n");
    if let Some(signed) = &proposal.signed {
        let _ = writeln!(text, "signed = {}", signed.value);
    } else {
        text.push_str("# signed = 2026-01-31\n");
        for (day, words) in &proposal.signed_unclear {
            let _ = writeln!(text, "#   {day}: {}", remark(words));
        }
    }
    for (key, value) in [
        ("effective", &proposal.effective),
        ("expires", &proposal.expires),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(&value.value));
        }
    }
    if proposal.amends.is_empty() {
        if let Some(named) = &proposal.amends_named {
            let _ = writeln!(
                text,
                "# amends = [\"ID\"]\n#   the letter names: {}",
                remark(named)
            );
        }
    } else {
        let amends: Vec<String> = proposal
            .amends
            .iter()
            .map(|one| quoted(one.value.as_str()))
            .collect();
        let _ = writeln!(text, "amends = [{}]", amends.join(", "));
    }
    words_of_head(text, proposal);
    text.push_str("\n[counting]\n");
    if let Some(DaysOff {
        calendars, defined, ..
    }) = &proposal.days_off
    {
        text.push_str(if *defined {
            "# The letter says itself which days it counts; a holiday that no calendar here has goes into one under calendars/.\n"
        } else {
            "# The letter counts working days and does not say which days are none.\n"
        });
        let days: Vec<String> = calendars.iter().map(|day| quoted(day)).collect();
        let _ = writeln!(text, "preset = \"plain\"\ndays_off = [{}]", days.join(", "));
    } else {
        text.push_str("# Plain calendar days, unless the letter or the contract says otherwise.\npreset = \"plain\"\n");
    }
}

/// Each key of the agreement itself with the words that it comes from.
fn words_of_head(text: &mut String, proposal: &Proposal) {
    text.push_str("\n# Each of the keys above with the words that it comes from. Compare them, correct what is wrong, and take the line out.\n[proposed]\n");
    let mut line = |key: &str, words: &str| {
        if !words.trim().is_empty() {
            let _ = writeln!(text, "{key} = {}", quoted(words));
        }
    };
    if let Some(title) = &proposal.title {
        line("title", &title.words);
    }
    line("kind", &proposal.kind.words);
    let words: Vec<&str> = proposal
        .parties
        .iter()
        .map(|party| party.words.as_str())
        .collect();
    let none = "the letter names no two parties of this office";
    line(
        "parties",
        &if words.len() < 2 {
            none.to_owned()
        } else {
            words.join(", ")
        },
    );
    if let Some(signed) = &proposal.signed {
        line("signed", &signed.words);
    }
    for (key, value) in [
        ("effective", &proposal.effective),
        ("expires", &proposal.expires),
    ] {
        if let Some(value) = value {
            line(key, &value.words);
        }
    }
    let amends: Vec<&str> = proposal
        .amends
        .iter()
        .map(|one| one.words.as_str())
        .collect();
    line("amends", &amends.join(", "));
    if let Some(days_off) = &proposal.days_off {
        line("counting", &days_off.words);
    }
}

fn obligation(text: &mut String, obligation: &Obligation) {
    let _ = writeln!(text, "\n[[obligations]]\nid = {}", quoted(&obligation.id));
    if let Some(clause) = &obligation.clause {
        let _ = writeln!(text, "clause = {}", quoted(clause));
    }
    let _ = writeln!(text, "title = {}", quoted(&obligation.title));
    if !obligation.owed_by.is_empty() {
        let owed_by: Vec<String> = obligation
            .owed_by
            .iter()
            .map(|party| quoted(party.as_str()))
            .collect();
        let _ = writeln!(text, "owed_by = [{}]", owed_by.join(", "));
    }
    match obligation.owed_by_words.as_deref() {
        None => {}
        Some("") => text.push_str("# owed_by: the sentence does not say who\n"),
        Some(words) => {
            let _ = writeln!(text, "# owed_by: the letter says {}", quoted_remark(words));
        }
    }
    let key = obligation.timing.key();
    match &obligation.needs {
        None => {
            let _ = writeln!(text, "{key} = {}", quoted(&obligation.phrase));
        }
        Some(lack) => {
            let once = match lack {
                Lack::Calendar(why) => {
                    format!("once there is such a calendar: {}", remark(why))
                }
                Lack::Start => {
                    "once it says after what, such as `within 10 days after receipt`".to_owned()
                }
            };
            let _ = writeln!(
                text,
                "# Can be counted {once}\n# {key} = {}",
                quoted_remark(&obligation.phrase)
            );
        }
    }
    if let Some(when) = &obligation.when {
        let _ = writeln!(text, "when = {}", quoted(when));
    }
    let _ = writeln!(text, "proposed = {}", quoted(&obligation.words));
}

/// Words of the letter as a string of TOML, on one line as they are read.
fn quoted(words: &str) -> String {
    begin::quoted(&words.replace(['\n', '\t'], " "))
}

/// Words as a remark: on one line, and without control characters, which TOML refuses.
fn remark(words: &str) -> String {
    let words: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(400).collect()
}

fn quoted_remark(words: &str) -> String {
    format!("\"{}\"", remark(words))
}

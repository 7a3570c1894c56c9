//! The last look before pages are shown: every file that was written is searched for what may stand on none.
//!
//! What is searched for, whatever the letter case, the spacing or the way of escaping:
//!
//! - every contact's address, always;
//! - the title of whatever the pages' readers may not see, and its id where that has an underscore. A title of a single
//!   word (`Training`) is an ordinary word of many letters, and is searched for outside what the pages rightly show;
//! - contacts' names and roles, notes, the comments of the texts, and the names, remarks and `for` words of the record,
//!   where they are not part of what the pages rightly show: the letters' own words, their titles, the parties' names.
//!   A `for` of a word or two without a number, and words of the record in the style sheet, are there by chance.
//!   A contact called `Business agent` cannot be told from a letter that speaks of business agents.

use super::body::comments;
use super::contents::Contents;
use super::labels::Labels;
use super::text::is_unseen;
use super::theme::Theme;
use super::visible::Visible;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::record::Entry;
use crate::words::Language;
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// The one file of a site that is made of nothing but the theme.
pub(super) const STYLE: &str = "style.css";

/// Stands between pieces of text that do not belong together.
const APART: &str = " \u{1} ";

/// Words that may stand on no page.
struct Secret {
    /// In the form of [`normal`].
    words: String,
    /// What they are.
    what: &'static str,
    /// Where the same words may stand all the same.
    rightly: Rightly,
    /// Whether they are from the record.
    is_recorded: bool,
}

/// Where words that are kept back may stand all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rightly {
    Nowhere,
    /// In the titles and names that the pages show, and the program's own words.
    InTitles,
    /// In anything that the pages rightly show.
    InTheLetters,
}

/// What must not be found.
pub(super) struct Secrets {
    all: Finder,
    /// Titles and ids of what is hidden.
    hidden: Finder,
}

impl Secrets {
    /// Gathers them. `letters` is the text of the letters as the pages show it, and `entries` those whose words they do not.
    ///
    /// # Errors
    /// When there are more of them than can be searched for.
    pub(super) fn of<'a>(
        office: &Office,
        visible: &Visible<'_>,
        entries: impl IntoIterator<Item = &'a Entry>,
        letters: &[String],
    ) -> Result<Self> {
        let mut secrets = hidden(office, visible);
        let number_hidden = secrets.len();
        secrets.extend(kept_back(office, entries));
        secrets.extend(addresses(office));

        let titles = titles(office, visible);
        let candidates = Finder::new(secrets)?;
        let in_titles: BTreeSet<usize> =
            candidates.found_in(&normal(&titles.join(APART))).collect();
        let in_letters: BTreeSet<usize> = letters
            .par_iter()
            .flat_map_iter(|letter| candidates.found_in(&normal(letter)).collect::<Vec<_>>())
            .collect();
        let (mut all, mut hidden) = (Vec::new(), Vec::new());
        for (index, secret) in candidates.secrets.into_iter().enumerate() {
            let rightly = match secret.rightly {
                Rightly::Nowhere => false,
                Rightly::InTitles => in_titles.contains(&index),
                Rightly::InTheLetters => in_titles.contains(&index) || in_letters.contains(&index),
            };
            if rightly || !secret.words.chars().any(char::is_alphanumeric) {
                continue;
            }
            if index < number_hidden {
                hidden.push(Secret {
                    words: secret.words.clone(),
                    ..secret
                });
            }
            all.push(secret);
        }
        Ok(Self {
            all: Finder::new(all)?,
            hidden: Finder::new(hidden)?,
        })
    }

    /// Whether words that the program puts together name something hidden.
    pub(super) fn betrayed_by(&self, words: &str) -> bool {
        !self.hidden.secrets.is_empty() && self.hidden.found_in(&normal(words)).next().is_some()
    }

    /// What kind of thing is found in a page's readable text.
    pub(super) fn shown_in(&self, text: &str) -> Option<&'static str> {
        let text = normal(text);
        let mut found = self.all.found_in(&text);
        found.find_map(|i| Some(self.all.secrets.get(i)?.what))
    }

    /// Searches a file, but for the style that stands in each page.
    ///
    /// # Errors
    /// When something is found: the file, and what kind of thing, never the thing itself.
    pub(super) fn search(&self, path: &str, contents: &Contents) -> Result<()> {
        let raw = contents.own_text();
        if Path::new(path).extension().is_some_and(|e| e == "html") {
            self.search_words(path, &readable(&raw))
        } else {
            self.search_words(path, &unfolded(&raw))
        }
    }

    /// Searches words that a file has, and its path.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub(super) fn search_words(&self, path: &str, words: &str) -> Result<()> {
        let text = normal(&format!("{words}{APART}{path}"));
        let mut found = self.all.found_in(&text);
        let what = found.find_map(|i| {
            let secret = self.all.secrets.get(i)?;
            // Nothing of the record goes into the style sheet, which is full of ordinary words.
            let is_chance = secret.is_recorded && path == STYLE;
            (!is_chance).then_some(secret.what)
        });
        match what {
            None => Ok(()),
            Some(what) => Err(Error::failed(format!(
                "the pages were not written: {path} would show {what}: take it out of the text or the template that shows it, or give it other words"
            ))),
        }
    }
}

/// Finds many words in one pass.
struct Finder {
    secrets: Vec<Secret>,
    engine: Option<AhoCorasick>,
}

impl Finder {
    fn new(secrets: Vec<Secret>) -> Result<Self> {
        let engine = if secrets.is_empty() {
            None
        } else {
            let words = secrets.iter().map(|secret| secret.words.as_bytes());
            Some(AhoCorasick::new(words).map_err(|error| {
                Error::failed("cannot search the pages for what may stand on none").because(error)
            })?)
        };
        Ok(Self { secrets, engine })
    }

    /// The secrets that stand in `text`: addresses anywhere, all else as whole words.
    fn found_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        self.engine
            .iter()
            .flat_map(move |engine| engine.find_overlapping_iter(text))
            .filter(move |found| {
                let whole = self
                    .secrets
                    .get(found.pattern().as_usize())
                    .is_some_and(|secret| secret.rightly == Rightly::Nowhere);
                let inside = text.get(found.range()).unwrap_or_default();
                let before = text
                    .get(..found.start())
                    .and_then(|t| t.chars().next_back());
                let after = text.get(found.end()..).and_then(|t| t.chars().next());
                let cut = (is_part(before) && is_part(inside.chars().next()))
                    || (is_part(after) && is_part(inside.chars().next_back()));
                !inside.is_empty() && (whole || !cut)
            })
            .map(|found| found.pattern().as_usize())
    }
}

/// Whether a remark says so much that finding its words on a page means something: `Done on Monday` stands anywhere. Days
/// and numbers, of which the pages are full, are not counted.
pub(super) fn says_much(remark: &str) -> bool {
    let is_of_a_date = |word: &str| {
        word.parse::<chrono::Month>().is_ok()
            || word.parse::<chrono::Weekday>().is_ok()
            || word.chars().all(|c| c.is_ascii_digit())
    };
    let words = remark.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !is_of_a_date(word));
    words.count() > 2
}

/// Whether a `for` is found on a page only where it was put there: it says much, or has a number beside a word. `Table` and
/// `old` stand anywhere.
fn says_which(words: &str) -> bool {
    let is_numbered =
        words.chars().any(|c| c.is_ascii_digit()) && words.chars().any(char::is_alphabetic);
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let is_a_day = words.parse::<chrono::NaiveDate>().is_ok();
    says_much(words) || is_numbered || (digits > 4 && !is_a_day)
}

/// Titles and names that the pages show, and the program's own words.
fn titles(office: &Office, visible: &Visible<'_>) -> Vec<String> {
    let mut titles: Vec<String> = vec![office.settings.name.clone()];
    titles.extend(Theme::built_in_words().map(readable));
    for language in Language::ALL {
        titles.extend(super::letter::kinds(language).map(str::to_owned));
        titles.push(Labels::of(language).in_one());
    }
    for of in &visible.agreements {
        titles.push(of.agreement.title.clone());
        titles.push(of.agreement.id.to_string());
        for event in &of.events {
            titles.extend([event.title.clone(), event.id.to_string()]);
        }
        for obligation in &of.obligations {
            titles.extend([obligation.title.clone(), obligation.id.to_string()]);
        }
    }
    for party in visible.parties() {
        titles.extend([party.name.clone(), party.short.clone()]);
    }
    titles
}

/// The addresses that mail goes to or comes from.
fn addresses(office: &Office) -> Vec<Secret> {
    let contacts = office.parties.iter().flat_map(|p| &p.contacts);
    let mut found: Vec<&str> = contacts.map(|c| c.email.as_str()).collect();
    found.extend(office.settings.digest.as_deref());
    found.push(&office.settings.mail.from);
    found.extend(office.settings.mail.reply_to.as_deref());
    found
        .into_iter()
        .flat_map(|words| {
            let ranges = super::text::addresses(words);
            ranges.into_iter().filter_map(|range| words.get(range))
        })
        .map(|address| Secret {
            words: normal(address),
            what: "an e-mail address",
            rightly: Rightly::Nowhere,
            is_recorded: false,
        })
        .collect()
}

/// Titles and ids of what the pages' readers may not see.
fn hidden(office: &Office, visible: &Visible<'_>) -> Vec<Secret> {
    let mut found: Vec<(&str, &'static str)> = Vec::new();
    for agreement in &office.agreements {
        let page = visible.agreement(agreement.id.as_str());
        if page.is_none() {
            found.push((
                agreement.title.as_str(),
                "the title of an agreement that is not shown",
            ));
            found.push((
                agreement.id.as_str(),
                "the name of an agreement that is not shown",
            ));
        }
        for o in &agreement.obligations {
            if page.is_none_or(|page| page.hides(o.id.as_str())) {
                found.push((
                    o.title.as_str(),
                    "the title of an obligation that is not shown",
                ));
                found.push((o.id.as_str(), "the name of an obligation that is not shown"));
            }
        }
        for e in &agreement.events {
            if page.is_none_or(|page| page.hides(e.id.as_str())) {
                found.push((e.title.as_str(), "the title of an event that is not shown"));
                found.push((e.id.as_str(), "the name of an event that is not shown"));
            }
        }
    }
    // An id of one word is a word of many letters.
    found.retain(|(words, what)| !what.starts_with("the name") || words.contains('_'));
    found
        .into_iter()
        .flat_map(|(words, what)| {
            let words = pieces(&normal(words));
            words.into_iter().map(move |words| (words, what))
        })
        .map(|(words, what)| {
            let rightly = if words.contains([' ', '_']) {
                Rightly::InTitles
            } else {
                Rightly::InTheLetters
            };
            Secret {
                words,
                what,
                rightly,
                is_recorded: false,
            }
        })
        .collect()
}

/// Contacts, notes, comments, and what the record says besides its facts.
fn kept_back<'a>(office: &Office, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Secret> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for contact in office.parties.iter().flat_map(|p| &p.contacts) {
        found.push((contact.name.clone(), "a contact's name"));
        found.extend(contact.role.clone().map(|role| (role, "a contact's role")));
    }
    for agreement in &office.agreements {
        let notes =
            std::iter::once(&agreement.notes).chain(agreement.obligations.iter().map(|o| &o.notes));
        found.extend(notes.flatten().map(|note| (note.clone(), "a note")));
        let body = office
            .sources
            .get(agreement.body.file)
            .text
            .get(agreement.body.range())
            .unwrap_or_default();
        found.extend(
            comments(body)
                .into_iter()
                .map(|c| (c, "a comment of a text")),
        );
    }
    let of_files = found.len();
    for entry in entries {
        let remark = entry.note.as_ref().filter(|note| says_much(note));
        found.extend(remark.map(|note| (note.clone(), "a remark of the record")));
        found.extend(
            entry
                .speaker
                .clone()
                .map(|name| (name, "a name from the record")),
        );
        found.extend(
            entry
                .for_words
                .clone()
                .filter(|words| says_which(words))
                .map(|words| (words, "whom an entry is about")),
        );
    }
    (0..)
        .zip(found)
        .flat_map(|(place, (words, what))| {
            // A long note is found by any of its lines too.
            let lines: BTreeSet<String> = std::iter::once(words.as_str())
                .chain(words.lines())
                .flat_map(|words| pieces(&normal(words)))
                .collect();
            lines.into_iter().map(move |words| Secret {
                words,
                what,
                rightly: Rightly::InTheLetters,
                is_recorded: place >= of_files,
            })
        })
        .collect()
}

/// The most characters that are searched for at once: the search grows with the square of what repeats itself.
const LONGEST: usize = 200;

/// Words in pieces that are short enough to search for, cut between words where that is possible.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut length = 0;
    for word in words.split_inclusive(' ') {
        let more = word.chars().count();
        if length + more > LONGEST {
            pieces.push(std::mem::take(&mut piece));
            length = 0;
        }
        // Of a word that is too long for any piece its beginning is left out: nobody reads it.
        piece.extend(word.chars().skip(more.saturating_sub(LONGEST)));
        length += more.min(LONGEST);
    }
    // What is left over may be a word or two, which stand anywhere.
    if pieces.is_empty() || length >= LONGEST / 4 {
        pieces.push(piece);
    }
    pieces
        .iter()
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Lower case, one space between words, straight quotation marks, nothing unseen.
fn normal(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut space = false;
    for c in words.chars() {
        // Nearly all there is; the slow ways are for the rest.
        if c.is_ascii_graphic() && !space {
            text.push(c.to_ascii_lowercase());
            continue;
        }
        if is_unseen(c) {
            continue;
        }
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) && !text.is_empty() {
            text.push(' ');
        }
        match c {
            '\u{2018}' | '\u{2019}' => text.push('\''),
            '\u{201c}' | '\u{201d}' => text.push('"'),
            _ => text.extend(c.to_lowercase()),
        }
    }
    text
}

/// What somebody may read in a page: its text, then its comments and the values of its attributes; without escapes.
pub(super) fn readable(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut aside = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        if let Some(comment) = tag.strip_prefix("!--") {
            let (comment, after) = comment.split_once("-->").unwrap_or((comment, ""));
            aside.push_str(APART);
            aside.push_str(comment);
            rest = after;
        } else {
            rest = attributes(tag, &mut aside);
            if sets_apart(tag) {
                text.push_str(APART);
            }
        }
    }
    text.push_str(rest);
    text.push_str(&aside);
    unescaped(&text)
}

/// Whether the text before a tag and the text after it do not belong together.
fn sets_apart(tag: &str) -> bool {
    const INLINE: [&str; 18] = [
        "a", "abbr", "b", "bdi", "bdo", "code", "em", "font", "i", "mark", "q", "s", "small",
        "span", "strong", "sub", "time", "u",
    ];
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    !INLINE.contains(&name.to_ascii_lowercase().as_str())
}

/// Keeps the values of a tag's attributes, and gives what follows the tag.
fn attributes<'a>(tag: &'a str, kept: &mut String) -> &'a str {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => kept.push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                kept.push_str(APART);
            }
            None if c == '>' => return tag.get(at + 1..).unwrap_or_default(),
            None => {}
        }
    }
    ""
}

/// HTML's character references as the characters.
fn unescaped(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, reference)) = rest.split_once('&') {
        text.push_str(before);
        let end = reference.find(';').filter(|end| *end <= 10);
        let found = end.and_then(|end| {
            let name = reference.get(..end)?;
            let after = reference.get(end + 1..)?;
            Some((character(name)?, after))
        });
        if let Some((c, after)) = found {
            text.push(c);
            rest = after;
        } else {
            text.push('&');
            rest = reference;
        }
    }
    text.push_str(rest);
    text
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "commat" => Some('@'),
        "period" => Some('.'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// An iCalendar file's lines made whole, its escapes undone.
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
        .replace("\n ", "")
        .replace("\\n", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
}

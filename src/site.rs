//! The pages that members read: made whole in memory from the office, the record, the schedule and the day; searched for
//! what may stand on none; then written aside and switched.

mod amended;
mod body;
mod case;
mod feeds;
mod leaks;
mod letter;
mod overview;
mod publish;
mod row;
mod theme;
mod timeline;
mod visible;
mod wording;

pub use case::{Case, case_file};
pub use publish::publish;
pub use theme::Theme;

use crate::agreement::Agreement;
use crate::error::Result;
use crate::office::Office;
use crate::record::Record;
use crate::schedule::Schedule;
use crate::shown as text;
use crate::withheld::names_hidden_agreement;
use crate::words;
use chrono::NaiveDate;
use leaks::Secrets;
use overview::Made;
use rayon::prelude::*;
use row::Material;
use std::collections::BTreeMap;
use theme::Templates;
use visible::Visible;
use wording::Day;

/// Every file of a site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Paths with forward slashes, relative to the site's folder, and what each file holds.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many agreements have a page.
    pub agreements: usize,
    /// How many could not be read.
    pub left_out: usize,
}

/// What the frame of every page is given, beside the page's own data.
#[derive(serde::Serialize)]
struct Page<'a, T> {
    lang: &'a str,
    office: String,
    courtesy: String,
    made: Day,
    /// The way to the site's own folder: empty, or `../`.
    root: &'a str,
    #[serde(flatten)]
    own: &'a T,
}

/// Makes the site. Pure: the same input and the same day give the same bytes.
///
/// # Errors
/// When a template cannot be filled, or a page would show what may stand on none.
pub fn build(
    office: &Office,
    record: &Record,
    schedule: &Schedule,
    today: NaiveDate,
    theme: &Theme,
) -> Result<Site> {
    let templates = theme.compile()?;
    let visible = Visible::of(office);
    let letters: Vec<String> = visible
        .agreements
        .par_iter()
        .map(|of| rightly_shown(office, of))
        .collect();
    let secrets = Secrets::of(office, &visible, &record.entries, &letters)?;
    let may_read = |other: &Agreement, part: Option<&str>| {
        let shown = visible.agreement(other.id.as_str());
        shown.is_some_and(|shown| part.is_none_or(|part| !shown.hides(part)))
    };
    let betrays =
        |words: &str| secrets.betrayed_by(words) || names_hidden_agreement(office, words, may_read);
    let material = Material::new(&visible, record, schedule, &betrays);
    let made: Vec<Result<Made<'_>>> = visible
        .agreements
        .par_iter()
        .map(|of| {
            Ok(Made {
                of,
                letter: letter::letter(of, office, &material, &templates, today)?,
                awaited: letter::awaited(of, &material),
            })
        })
        .collect();
    let made = made.into_iter().collect::<Result<Vec<_>>>()?;
    let left_out = office
        .left_out
        .iter()
        .filter(|left| left.what.is_none())
        .count();
    let mut site = Site {
        files: BTreeMap::new(),
        agreements: made.len(),
        left_out,
    };
    let frame = Frame {
        office,
        templates: &templates,
        today,
    };
    let overview = overview::overview(&visible, &made, left_out, today);
    site.put("index.html", frame.fill("index", "", &overview)?);
    // Each is given up once its page is there: together they are larger than the pages.
    let pages: Vec<Result<(String, String)>> = made
        .into_par_iter()
        .map(|page| {
            let path = format!("agreements/{}.html", page.letter.id);
            Ok((path, frame.fill("agreement", "../", &page.letter)?))
        })
        .collect();
    for page in pages {
        let (path, text) = page?;
        site.put(&path, text);
    }
    site.put(leaks::STYLE, theme.style().to_owned());
    for (path, text) in feeds::feeds(office, &material) {
        site.put(&path, text);
    }
    secrets.search(&site)?;
    Ok(site)
}

impl Site {
    fn put(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text.into_bytes());
    }
}

/// What every page has in common.
struct Frame<'a> {
    office: &'a Office,
    templates: &'a Templates<'a>,
    today: NaiveDate,
}

impl Frame<'_> {
    fn fill<T: serde::Serialize>(&self, template: &str, root: &str, own: &T) -> Result<String> {
        let page = Page {
            lang: "en",
            office: text::shown(&self.office.settings.name),
            courtesy: words::courtesy(&text::shown(&self.office.settings.name)),
            made: self.today.into(),
            root,
            own,
        };
        self.templates.fill(template, &page)
    }
}

/// The words of an agreement that its page shows by right: its text and what the file says of it, for whoever searches
/// the pages for other people's words.
fn rightly_shown(office: &Office, of: &visible::VisibleAgreement<'_>) -> String {
    struct Unmarked<'a>(&'a Office, &'a visible::VisibleAgreement<'a>);
    impl body::Marks for Unmarked<'_> {
        fn names_obligation(&self, word: &str) -> bool {
            letter::names_obligation(self.0, self.1, word)
        }
        fn at(&mut self, name: &str) -> body::Mark {
            if self.1.obligation(name).is_some() {
                body::Mark::Nothing
            } else {
                body::Mark::Hidden
            }
        }
    }
    let mut words = leaks::readable(&body::render(
        letter::text(office, of),
        &mut Unmarked(office, of),
    ));
    for o in &of.obligations {
        let more = [&o.clause, &o.when, &o.reading, &o.afterwards, &o.purpose];
        for text in more.into_iter().flatten().chain(&o.products).chain(&o.who) {
            words.push_str(" \u{1} ");
            words.push_str(text);
        }
    }
    words
}

//! The pages that members read, from the office, the record, the schedule and the day: each is made, searched for what may
//! stand on none and written aside; when all are there they are switched.

mod amended;
mod basis;
mod body;
mod case;
mod contents;
mod data;
mod feeds;
mod labels;
mod leaks;
mod letter;
mod lists;
mod looks;
mod months;
mod news;
mod overview;
mod pages;
mod party;
mod policy;
mod publish;
mod row;
mod search;
mod stands;
mod theme;
mod timeline;
mod unread;
mod visible;
mod wording;

pub use basis::Basis;
pub use case::{Case, case_file};
pub use contents::Contents;
pub use pages::{InMemory, Shelf};
pub use publish::publish;
pub use theme::Theme;

use crate::error::Result;
use crate::office::Office;
use crate::reader::{record_for, says_less};
use crate::record::Record;
use crate::schedule::{Question, Schedule};
use crate::shown as text;
use crate::withheld::names_hidden_agreement;
use crate::words::Language;
use chrono::NaiveDate;
use labels::Labels;
use leaks::Secrets;
use months::Calendar;
use overview::Made;
use pages::Pages;
use party::Shares;
use policy::policy;
use rayon::prelude::*;
use row::Material;
use std::sync::Arc;
use theme::Templates;
use visible::Visible;
use wording::Day;

/// What a site was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// How many agreements have a page.
    pub agreements: usize,
    /// How many could not be read.
    pub left_out: usize,
    /// Whether they stood there already, made from the same and as they were made.
    pub unchanged: bool,
}

impl Built {
    /// What the pages of an office that stand there already were made of.
    pub fn already(office: &Office) -> Self {
        Self {
            unchanged: true,
            ..Self::of(office, &Visible::of(office))
        }
    }

    fn of(office: &Office, visible: &Visible<'_>) -> Self {
        let left_out = office.left_out.iter().filter(|left| left.what.is_none());
        Self {
            agreements: visible.agreements.len(),
            left_out: left_out.count(),
            unchanged: false,
        }
    }
}

/// What the frame of every page is given, beside the page's own data.
#[derive(serde::Serialize)]
struct Page<'a, T> {
    lang: &'static str,
    /// The words of the templates.
    w: Labels,
    office: String,
    courtesy: String,
    made: Day,
    reminders: &'a Reminders,
    /// The way to the site's own folder: empty, or `../`.
    root: String,
    /// The way to the folder of the pages in this language.
    home: &'static str,
    /// The way to the same page in the other language.
    other: String,
    /// What a browser is told that the page may do.
    policy: &'a str,
    /// The style, which stands in the page, so that it is shown without a second request.
    style: &'a str,
    /// The script of the page, where it has one.
    script: Option<&'static str>,
    #[serde(flatten)]
    own: &'a T,
}

/// When reminders last ran, as the foot of every page says it. A run that lies after the pages' day is none of theirs, and
/// nothing is said of it.
#[derive(Clone, Debug, serde::Serialize)]
struct Reminders {
    last_ran: Option<Day>,
    never_ran: bool,
}

impl Reminders {
    fn new(language: Language, last_run: Option<NaiveDate>, today: NaiveDate) -> Self {
        let known = last_run.filter(|day| *day <= today);
        Self {
            last_ran: known.map(|day| Day::new(language, day)),
            never_ran: last_run.is_none(),
        }
    }
}

/// Makes the site, and puts each file on the shelf as soon as it is there. `last_run` is the day on which reminders last
/// ran. The same input and the same day give the same bytes.
///
/// # Errors
/// When a template cannot be filled, a page would show what may stand on none, or the shelf takes a file no more. What is on
/// the shelf is then no site.
pub fn build(
    office: &Office,
    record: &Record,
    schedule: &Schedule,
    today: NaiveDate,
    last_run: Option<NaiveDate>,
    theme: &Theme,
    shelf: &dyn Shelf,
) -> Result<Built> {
    let templates = theme.compile()?;
    let visible = Visible::of(office);
    let letters: Vec<String> = visible
        .agreements
        .par_iter()
        .map(|of| rightly_shown(office, of))
        .collect();
    let secrets = Secrets::of(office, &visible, &record.entries, &letters)?;
    let betrays = |words: &str| {
        secrets.betrayed_by(words)
            || names_hidden_agreement(office, words, |of, part| visible.may_name(of, part))
    };
    // What is for fewer than the pages' readers moves no day and shows nowhere, not even by what follows from it.
    let whole = record;
    let record = record_for(whole, &office.settings.site_visibility);
    let record = record.as_ref();
    let theirs = says_less(record, whole)
        .then(|| crate::schedule::schedule(&Question::new(office, record, today)));
    let schedule = theirs.as_ref().unwrap_or(schedule);
    let material = Material::new(
        &visible,
        Question::new(office, record, today),
        schedule,
        &betrays,
    );
    let built = Built::of(office, &visible);
    let looks = Looks::of(theme);
    let pages = Pages {
        shelf,
        secrets: &secrets,
        style: Arc::clone(&looks.style),
    };
    for language in Language::ALL {
        let frame = Frame {
            office,
            templates: &templates,
            looks: &looks,
            pages: &pages,
            today,
            reminders: Reminders::new(language, last_run, today),
            language,
        };
        frame.build(&material.in_language(language))?;
    }
    for (path, text) in search::index(&visible, &letters) {
        pages.put(&path, text)?;
    }
    pages.put(search::SCRIPT, theme.script().to_owned())?;
    pages.put(leaks::STYLE, theme.style().to_owned())?;
    let [data, schema] = data::PATHS;
    pages.put(data, data::data(office, &material, today)?)?;
    pages.put(schema, data::SCHEMA.to_owned())?;
    Ok(built)
}

/// The style that stands in every page, and the policies of the pages with and without a script.
struct Looks {
    style: Arc<str>,
    policy: String,
    policy_with_script: String,
}

impl Looks {
    fn of(theme: &Theme) -> Self {
        let style = theme.inline(leaks::STYLE);
        Self {
            policy: policy(&style, false),
            policy_with_script: policy(&style, true),
            style: style.into(),
        }
    }
}

/// What the pages in one language have in common.
struct Frame<'a> {
    office: &'a Office,
    templates: &'a Templates<'a>,
    looks: &'a Looks,
    pages: &'a Pages<'a>,
    today: NaiveDate,
    reminders: Reminders,
    language: Language,
}

impl Frame<'_> {
    /// Makes every page and feed in this language.
    fn build(&self, material: &Material<'_>) -> Result<()> {
        let (office, today, language) = (self.office, self.today, self.language);
        let visible = material.visible;
        let made: Vec<Result<Made<'_>>> = visible
            .agreements
            .par_iter()
            .map(|of| {
                let mut letter = letter::letter(of, office, material, self.templates, today)?;
                let path = format!("agreements/{}.html", letter.id);
                self.put("agreement", &path, &letter)?;
                letter.keep_what_is_listed();
                Ok(Made {
                    of,
                    letter,
                    awaited: letter::awaited(of, material),
                })
            })
            .collect();
        let made = made.into_iter().collect::<Result<Vec<_>>>()?;
        let shares = Shares::of_all(&made);
        let left_out = unread::agreements(office);
        let overview = overview::overview(language, visible, &made, &shares, left_out, today);
        self.put("index", "index.html", &overview)?;
        let search = search::page(language, visible, &made);
        self.put("search", "search.html", &search)?;
        each(visible.parties(), |party| {
            let page = party::party(language, party, shares.of(&party.id), today);
            self.put("party", &format!("parties/{}.html", party.id), &page)
        })?;
        drop(shares);
        drop(made);

        let days = feeds::days(office, material);
        let calendar = Calendar::of(language, &days, today);
        self.put("months", "calendar/index.html", &calendar.list())?;
        each(calendar.firsts(), |first| {
            let page = calendar.month(first);
            self.put("month", &format!("calendar/{}", page.file), &page)
        })?;
        let news = news::news(office, material, &days, today);
        self.put("feed", "feed.atom", &news)?;
        drop(calendar);
        feeds::put(self.pages, office, material, days)
    }

    /// Fills a template for the page that stands at a path in the folder of this language, and puts it there.
    fn put(&self, template: &str, path: &str, own: &impl serde::Serialize) -> Result<()> {
        let text = self.page(template, path, own)?;
        let path = format!("{}{path}", self.language.folder());
        self.pages.put(&path, text)
    }

    fn page(&self, template: &str, path: &str, own: &impl serde::Serialize) -> Result<String> {
        let language = self.language;
        let home = if path.contains('/') { "../" } else { "" };
        let up = if language.folder().is_empty() {
            ""
        } else {
            "../"
        };
        let other = match language {
            Language::English => Language::Spanish,
            Language::Spanish => Language::English,
        };
        let script = (template == "search").then_some(search::SCRIPT);
        let page = Page {
            lang: language.code(),
            w: Labels::of(language),
            office: text::shown(&self.office.settings.name),
            courtesy: language.courtesy(&text::shown(&self.office.settings.name)),
            made: Day::new(language, self.today),
            reminders: &self.reminders,
            root: format!("{home}{up}"),
            home,
            other: format!("{home}{up}{}{path}", other.folder()),
            policy: match script {
                Some(_) => &self.looks.policy_with_script,
                None => &self.looks.policy,
            },
            style: &self.looks.style,
            script,
            own,
        };
        self.templates.fill(template, &page)
    }
}

/// Does something for each of many, on all processors. Of what goes wrong the first is told, whichever came first in time.
fn each<T: Send>(
    all: impl IntoParallelIterator<Item = T>,
    make: impl Fn(T) -> Result<()> + Sync + Send,
) -> Result<()> {
    let results: Vec<Result<()>> = all.into_par_iter().map(make).collect();
    results.into_iter().collect()
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
        body::Words::of(of.language, of.language),
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

//! The pages' templates and style: built in, and replaceable file by file from the office's `templates/site/`.

mod parts;

use crate::error::{Error, Result};
use crate::strict::Condition;
use handlebars::{Handlebars, RenderError, RenderErrorReason, Template, TemplateError};
use std::collections::BTreeMap;
use std::path::Path;

/// Where an office keeps its own.
const FOLDER: &str = "templates/site";

/// The largest template that is read.
const MOST_BYTES: u64 = 1 << 20;

/// The files that are built in; each may be replaced by one of the same name.
const BUILT_IN: [(&str, &str); 24] = [
    (
        "agreement.hbs",
        include_str!("../../templates/site/agreement.hbs"),
    ),
    ("case.css", include_str!("../../templates/site/case.css")),
    ("case.hbs", include_str!("../../templates/site/case.hbs")),
    (
        "counted.hbs",
        include_str!("../../templates/site/counted.hbs"),
    ),
    ("day.hbs", include_str!("../../templates/site/day.hbs")),
    ("feed.hbs", include_str!("../../templates/site/feed.hbs")),
    ("index.hbs", include_str!("../../templates/site/index.hbs")),
    ("key.hbs", include_str!("../../templates/site/key.hbs")),
    ("list.hbs", include_str!("../../templates/site/list.hbs")),
    ("mark.hbs", include_str!("../../templates/site/mark.hbs")),
    ("month.hbs", include_str!("../../templates/site/month.hbs")),
    (
        "months.hbs",
        include_str!("../../templates/site/months.hbs"),
    ),
    ("own.hbs", include_str!("../../templates/site/own.hbs")),
    ("page.hbs", include_str!("../../templates/site/page.hbs")),
    ("party.hbs", include_str!("../../templates/site/party.hbs")),
    (
        "quarters.hbs",
        include_str!("../../templates/site/quarters.hbs"),
    ),
    ("said.hbs", include_str!("../../templates/site/said.hbs")),
    (
        "search.hbs",
        include_str!("../../templates/site/search.hbs"),
    ),
    ("search.js", include_str!("../../templates/site/search.js")),
    (
        "shapes.hbs",
        include_str!("../../templates/site/shapes.hbs"),
    ),
    (
        "standing.hbs",
        include_str!("../../templates/site/standing.hbs"),
    ),
    ("steps.hbs", include_str!("../../templates/site/steps.hbs")),
    ("style.css", include_str!("../../templates/site/style.css")),
    (
        "timeline.hbs",
        include_str!("../../templates/site/timeline.hbs"),
    ),
];

/// Templates and style, by the names of their files.
#[derive(Clone, Debug)]
pub struct Theme {
    files: BTreeMap<String, String>,
}

impl Theme {
    /// The built-in files alone.
    pub fn built_in() -> Self {
        Self {
            files: BUILT_IN
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    /// The built-in files, and the office's own in their place. A template of another name is a partial for the others.
    ///
    /// # Errors
    /// When a file of the office cannot be read.
    pub fn of_office(root: &Path) -> Result<Self> {
        let mut theme = Self::built_in();
        let folder = root.join(FOLDER);
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(theme),
            Err(error) => return Err(Error::failed(format!("cannot read {FOLDER}")).because(error)),
        };
        for entry in entries {
            let entry = entry
                .map_err(|error| Error::failed(format!("cannot read {FOLDER}")).because(error))?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            let path = entry.path();
            if !(is_template(&path) || theme.files.contains_key(&name)) {
                continue;
            }
            let cannot = || Error::failed(format!("cannot read {FOLDER}/{name}"));
            let size = std::fs::metadata(&path)
                .map_err(|error| cannot().because(error))?
                .len();
            if size > MOST_BYTES {
                return Err(Error::failed(format!(
                    "{FOLDER}/{name} is larger than 1 MB: make it smaller, or take it away to use the built-in one"
                )));
            }
            let text = std::fs::read_to_string(&path).map_err(|error| cannot().because(error))?;
            theme.files.insert(name, text);
        }
        Ok(theme)
    }

    /// Puts one file in the place of another.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// The pages' style sheet.
    pub(super) fn style(&self) -> &str {
        self.files.get("style.css").map_or("", String::as_str)
    }

    /// The script of the page of all agreements.
    pub(super) fn script(&self) -> &str {
        self.files
            .get(super::search::SCRIPT)
            .map_or("", String::as_str)
    }

    /// A style sheet as it stands in a page itself: nothing in it ends it early, and it is what a browser reads there, so that
    /// its digest is the one that the browser works out.
    pub(super) fn inline(&self, name: &str) -> String {
        let style = self.files.get(name).map_or("", String::as_str);
        style
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "\u{fffd}")
            .replace("</", "<\\/")
    }

    /// The words of the built-in templates.
    pub(super) fn built_in_words() -> impl Iterator<Item = &'static str> {
        BUILT_IN
            .iter()
            .filter(|(name, _)| is_template(Path::new(name)))
            .map(|(_, text)| *text)
    }

    /// Makes the templates ready.
    ///
    /// # Errors
    /// When one cannot be read as a template: its name, line and column.
    pub(super) fn compile(&self) -> Result<Templates<'static>> {
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.register_escape_fn(super::text::escaped);
        engine.register_helper("if", Box::new(Condition::If));
        engine.register_helper("unless", Box::new(Condition::Unless));
        engine.register_helper(parts::PART, Box::new(parts::Part));
        let files = self.files.iter();
        let files = files.filter_map(|(name, text)| Some((name.strip_suffix(".hbs")?, text)));
        let names = files.clone().map(|(stem, _)| stem).collect();
        let mut parts_of = BTreeMap::new();
        for (stem, text) in files {
            let mut template = Template::compile_with_name(text.trim_end(), stem.to_owned())
                .map_err(|error| unreadable(stem, &error))?;
            parts_of.insert(stem, parts::fill_in_place(&mut template, &names));
            engine.register_template(stem, template);
        }
        parts::end_somewhere(&parts_of)?;
        Ok(Templates { engine })
    }
}

/// Templates that are ready to be filled.
pub(super) struct Templates<'a> {
    engine: Handlebars<'a>,
}

impl Templates<'_> {
    /// Fills a template.
    ///
    /// # Errors
    /// When it asks for something that is not there: the template's name, line and column.
    pub(super) fn fill(&self, name: &str, data: &impl serde::Serialize) -> Result<String> {
        self.engine
            .render(name, data)
            .map_err(|error| unfilled(name, &error))
    }
}

fn unreadable(name: &str, error: &TemplateError) -> Error {
    let (line, column) = error.pos().unwrap_or((1, 1));
    Error::failed(format!(
        "{FOLDER}/{name}.hbs:{line}:{column}: {}: correct it, or take it away to use the built-in one",
        in_one_line(&error.reason().to_string())
    ))
}

fn unfilled(name: &str, error: &RenderError) -> Error {
    let name = error.template_name.as_deref().unwrap_or(name);
    let line = error.line_no.unwrap_or(1);
    let column = error.column_no.unwrap_or(1);
    let reason = match error.reason() {
        RenderErrorReason::MissingVariable(Some(variable)) => {
            format!("there is no `{variable}` to show here")
        }
        other => in_one_line(&other.to_string()),
    };
    Error::failed(format!(
        "{FOLDER}/{name}.hbs:{line}:{column}: {reason}: correct it, or take it away to use the built-in one"
    ))
}

fn is_template(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "hbs")
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

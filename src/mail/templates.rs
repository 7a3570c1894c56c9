//! The templates of a reminder: built in, and replaceable file by file from the office's `templates/mail/reminder`.

use crate::error::{Error, Result};
use crate::reminder::letter::Letter;
use crate::strict::Condition;
use handlebars::{Handlebars, RenderError, html_escape, no_escape};
use std::path::Path;

/// A file of templates: where it stands in an office, and what is used where the office has none.
struct Template {
    path: &'static str,
    built_in: &'static str,
}

const SUBJECT: Template = Template {
    path: "templates/mail/reminder/subject.txt.hbs",
    built_in: include_str!("../../templates/mail/reminder/subject.txt.hbs"),
};
const TEXT: Template = Template {
    path: "templates/mail/reminder/body.txt.hbs",
    built_in: include_str!("../../templates/mail/reminder/body.txt.hbs"),
};
const HTML: Template = Template {
    path: "templates/mail/reminder/body.html.hbs",
    built_in: include_str!("../../templates/mail/reminder/body.html.hbs"),
};

/// The templates of one office, read.
pub struct Templates {
    plain: Handlebars<'static>,
    html: Handlebars<'static>,
}

/// The parts of a message, rendered.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Complete in itself.
    pub text: String,
    /// The same, for mail programs that show it.
    pub html: String,
}

impl Templates {
    /// Reads the office's own templates, and takes the built-in one for each that is not there.
    ///
    /// # Errors
    /// When one is there and cannot be read, or is no template.
    pub fn load(root: &Path) -> Result<Self> {
        let mut plain = strict();
        plain.register_escape_fn(no_escape);
        let mut html = strict();
        html.register_escape_fn(html_escape);
        for template in [&SUBJECT, &TEXT] {
            register(&mut plain, root, template)?;
        }
        register(&mut html, root, &HTML)?;
        Ok(Self { plain, html })
    }

    /// Lays out a letter.
    ///
    /// # Errors
    /// When a template of the office names a field that there is none of.
    pub fn render(&self, letter: &Letter) -> Result<Rendered> {
        let subject = self.plain.render(SUBJECT.path, letter);
        let text = self.plain.render(TEXT.path, letter);
        let html = self.html.render(HTML.path, letter);
        Ok(Rendered {
            // Whatever a template does, a subject is one line.
            subject: subject
                .map_err(unusable)?
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            text: text.map_err(unusable)?,
            html: html.map_err(unusable)?,
        })
    }
}

/// An engine that refuses a name which is not there, in conditions too.
fn strict() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_helper("if", Box::new(Condition::If));
    engine.register_helper("unless", Box::new(Condition::Unless));
    engine
}

fn register(registry: &mut Handlebars<'static>, root: &Path, template: &Template) -> Result<()> {
    let own = root.join(template.path);
    let text = match std::fs::read_to_string(&own) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => template.built_in.to_owned(),
        Err(error) => {
            return Err(Error::failed(format!("cannot read {}", template.path)).because(error));
        }
    };
    registry
        .register_template_string(template.path, text)
        .map_err(|error| {
            Error::failed(format!(
                "{} is no template; remove it to use the built-in one",
                template.path
            ))
            .because(error)
        })
}

fn unusable(error: RenderError) -> Error {
    Error::failed("a template under templates/mail/reminder cannot be filled; remove it to use the built-in one")
        .because(error)
}

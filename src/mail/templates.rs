//! The templates of reminders and of weekly overviews: built in, and replaceable file by file from the office's
//! `templates/mail`.

use crate::error::{Error, Result};
use crate::reminder::letter::Letter;
use crate::reminder::letter::digest::Digest;
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

const DIGEST_SUBJECT: Template = Template {
    path: "templates/mail/digest/subject.txt.hbs",
    built_in: include_str!("../../templates/mail/digest/subject.txt.hbs"),
};
const DIGEST_TEXT: Template = Template {
    path: "templates/mail/digest/body.txt.hbs",
    built_in: include_str!("../../templates/mail/digest/body.txt.hbs"),
};
const DIGEST_HTML: Template = Template {
    path: "templates/mail/digest/body.html.hbs",
    built_in: include_str!("../../templates/mail/digest/body.html.hbs"),
};

/// The templates of one kind of message.
struct Kind {
    subject: &'static Template,
    text: &'static Template,
    html: &'static Template,
}

const REMINDER: Kind = Kind {
    subject: &SUBJECT,
    text: &TEXT,
    html: &HTML,
};
const DIGEST: Kind = Kind {
    subject: &DIGEST_SUBJECT,
    text: &DIGEST_TEXT,
    html: &DIGEST_HTML,
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
        for kind in [&REMINDER, &DIGEST] {
            register(&mut plain, root, kind.subject)?;
            register(&mut plain, root, kind.text)?;
            register(&mut html, root, kind.html)?;
        }
        Ok(Self { plain, html })
    }

    /// Lays out a letter.
    ///
    /// # Errors
    /// When a template of the office names a field that there is none of.
    pub fn render(&self, letter: &Letter) -> Result<Rendered> {
        self.render_as(&REMINDER, letter)
    }

    /// Lays out a weekly overview.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn render_digest(&self, digest: &Digest) -> Result<Rendered> {
        self.render_as(&DIGEST, digest)
    }

    fn render_as(&self, kind: &Kind, words: &impl serde::Serialize) -> Result<Rendered> {
        let subject = self.plain.render(kind.subject.path, words);
        let text = self.plain.render(kind.text.path, words);
        let html = self.html.render(kind.html.path, words);
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
    Error::failed("a template under templates/mail/reminder or templates/mail/digest cannot be filled; remove it to use the built-in one")
        .because(error)
}

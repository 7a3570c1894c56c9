//! One agreement's file on its way to an [`Agreement`]: front matter found and parsed, then read.

use super::LeftOut;
use super::files::Text;
use crate::agreement::{self, Agreement, Declared, Surroundings, body};
use crate::counting::Calendars;
use crate::diagnostic::Findings;
use crate::front_matter::{self, FrontMatter, NoFrontMatter};
use crate::ids::{AgreementId, is_snake_case};
use crate::rules::{counting_not_stated, malformed_id, missing_key, no_front_matter};
use crate::source::{Sources, Span};
use crate::table::{self, Place, Table};
use toml::Spanned;
use toml::de::DeTable;

/// TOML, parsed.
pub(super) struct Toml<'a> {
    place: Place<'a>,
    entries: Spanned<DeTable<'a>>,
    /// Where its spelling is at fault, as bytes of the file.
    malformed: Vec<usize>,
}

impl<'a> Toml<'a> {
    /// Parses it as far as it can be.
    pub(super) fn parse(place: Place<'a>, findings: &Findings) -> Self {
        let faults = Findings::default();
        let entries = table::parse(place, &faults);
        let faults = faults.into_vec();
        let malformed = faults.iter().map(|f| f.primary.span.start).collect();
        for fault in faults {
            findings.report(fault);
        }
        Self {
            place,
            entries,
            malformed,
        }
    }

    /// Whether it was parsed without a fault.
    pub(super) fn is_sound(&self) -> bool {
        self.malformed.is_empty()
    }

    /// The whole of it as a table; `noun` is what it describes.
    pub(super) fn root<'b>(&'b self, findings: &'b Findings, noun: &'static str) -> Table<'b> {
        let header = self.place.span(0..0);
        Table::root(self.place, findings, self.entries.get_ref(), header, noun)
    }
}

/// An agreement's file whose front matter was found.
pub(super) struct Draft<'a> {
    /// The file's stem.
    pub id: AgreementId,
    path: &'a str,
    digest: &'a str,
    /// The first `+++`.
    pub fence: Span,
    body: Span,
    text: &'a str,
    toml: Toml<'a>,
}

impl<'a> Draft<'a> {
    /// Finds the front matter and parses it; `None` where there is none, or no id.
    pub(super) fn begin(
        path: &'a str,
        file: &'a Text,
        sources: &'a Sources,
        findings: &Findings,
    ) -> Option<Self> {
        let text = sources.get(file.file).text.as_str();
        let span = |range| Span::new(file.file, range);
        let id = stem(path);
        if !is_snake_case(id) {
            findings.report(malformed_id::fault(span(0..0), id, "an agreement"));
        }
        let FrontMatter { fence, toml, body } = front_matter::split(text)
            .map_err(|missing| {
                let at = match &missing {
                    NoFrontMatter::Empty => 0..0,
                    NoFrontMatter::NotOpened(range) | NoFrontMatter::NotClosed(range) => {
                        range.clone()
                    }
                };
                // A photograph in the folder has one fault, not two.
                if file.is_utf8 {
                    findings.report(no_front_matter::fault(span(at), &missing));
                }
            })
            .ok()?;
        let place = Place {
            file: file.file,
            base: toml.start,
            text: text.get(toml)?,
        };
        is_snake_case(id).then(|| Self {
            id: AgreementId::new(id),
            path,
            digest: &file.digest,
            fence: span(fence),
            body: span(body),
            text,
            toml: Toml::parse(place, findings),
        })
    }

    /// What it is to other agreements.
    pub(super) fn declared(&self, calendars: &Calendars) -> Declared {
        Declared::collect(self.id.clone(), self.toml.entries.get_ref(), calendars)
    }

    /// What the agreement says, and what is left out for its faults. `None` where its TOML is malformed.
    pub(super) fn read(
        &self,
        around: Surroundings<'_>,
        findings: &Findings,
    ) -> (Option<Agreement>, Vec<LeftOut>) {
        let Some(declared) = around.declared(self.id.as_str()) else {
            return (None, Vec::new());
        };
        let out = |agreement: Option<&AgreementId>, what: Option<String>| LeftOut {
            file: self.path.to_owned(),
            agreement: agreement.cloned(),
            what,
        };
        if !self.toml.is_sound() {
            self.read_malformed(declared, around, findings);
            return (None, vec![out(None, None)]);
        }
        let reading = self.read_with(declared, around, findings);
        let text = self.text.get(self.body.range()).unwrap_or_default();
        body::check(&reading.agreement, declared, text, findings);
        let id = &reading.agreement.id;
        let left_out = reading
            .left_out
            .into_iter()
            .map(|what| out(Some(id), Some(what)))
            .collect();
        (Some(reading.agreement), left_out)
    }

    fn read_with(
        &self,
        declared: &Declared,
        around: Surroundings<'_>,
        findings: &Findings,
    ) -> agreement::Reading {
        let table = Table::root(
            self.toml.place,
            findings,
            self.toml.entries.get_ref(),
            self.fence,
            "an agreement",
        );
        agreement::read(
            table,
            declared,
            around,
            findings,
            self.body,
            self.digest.to_owned(),
        )
    }

    /// Reads what can be recovered of malformed TOML, so that its other faults need no second run. What may only follow
    /// from the malformed lines is not said.
    fn read_malformed(&self, declared: &Declared, around: Surroundings<'_>, findings: &Findings) {
        let others = Findings::default();
        self.read_with(declared, around, &others);
        let line_of = |offset: usize| {
            let before = self.text.get(..offset).unwrap_or_default();
            before.bytes().filter(|&b| b == b'\n').count()
        };
        let malformed_lines: Vec<usize> =
            self.toml.malformed.iter().copied().map(line_of).collect();
        let header_is_malformed = malformed_lines.iter().any(|&line| {
            let line = self.text.lines().nth(line).unwrap_or_default();
            line.trim_start().starts_with('[')
        });
        if header_is_malformed {
            return;
        }
        for other in others.into_vec() {
            let follows = other.rule == &missing_key::RULE
                || other.rule == &counting_not_stated::RULE
                || malformed_lines.contains(&line_of(other.primary.span.start));
            if !follows {
                findings.report(other);
            }
        }
    }
}

/// The name of a file without its folder and its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

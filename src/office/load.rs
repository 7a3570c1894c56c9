//! From a folder to an [`Office`], in passes: the files; the names that they declare; then what they say.

use super::calendars;
use super::draft::{Draft, Toml};
use super::files::{self, Text};
use super::{LeftOut, Office, Parties, Proposal, Settings, amendments, circle, parties, settings};
use crate::agreement::{Agreement, Declared, Surroundings};
use crate::diagnostic::{Diagnostic, Findings};
use crate::error::{Error, Result};
use crate::ids::AgreementId;
use crate::language::DateOrder;
use crate::rules::{duplicate_agreement, missing_key, no_agreements, no_parties, too_many_faults};
use crate::source::{SourceId, Sources, Span};
use crate::table::Place;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// The most findings that are kept of one file.
const MOST_FINDINGS: usize = 200;

const SETTINGS: &str = "sideletter.toml";
const PARTIES: &str = "parties.toml";
const AGREEMENTS: &str = "agreements";

impl Office {
    /// Reads the office in a folder. Every fault in its files is in the office's diagnostics, and whatever is sound is read.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn load(root: &Path) -> Result<Self> {
        Self::load_with(root, &[])
    }

    /// The same, as if files were in it that are not written yet.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn load_with(root: &Path, proposals: &[Proposal]) -> Result<Self> {
        std::fs::read_dir(root).map_err(|cause| {
            Error::failed(format!(
                "cannot read the office's folder {}; name another with -C DIR",
                root.display()
            ))
            .because(cause)
        })?;
        let findings = Findings::default();
        let mut sources = Sources::default();
        let files = Files::read(root, proposals, &mut sources, &findings);
        let read = files.understand(&sources, &findings);
        let diagnostics = in_order(findings.into_vec(), &sources);
        Ok(Self {
            root: root.to_owned(),
            settings: read.settings,
            parties: read.parties,
            agreements: read.agreements,
            sources,
            diagnostics,
            left_out: read.left_out,
        })
    }

    /// The place of a file that is not there, to say something of it.
    pub fn place(&mut self, path: &str) -> Span {
        files::begin(path, &mut self.sources)
    }

    /// Takes up what was found in its files by another part of the program, among its own findings.
    pub fn report(&mut self, found: Vec<Diagnostic>) {
        self.diagnostics.extend(found);
        sort(&mut self.diagnostics, &self.sources);
    }
}

/// The office's files, before anything in them is understood.
struct Files {
    settings: Option<SourceId>,
    parties: Option<SourceId>,
    calendars: Vec<(String, SourceId)>,
    agreements: Vec<(String, Option<Text>)>,
}

/// What the files say.
struct Understood {
    settings: Settings,
    parties: Parties,
    agreements: Vec<Agreement>,
    left_out: Vec<LeftOut>,
}

impl Files {
    fn read(
        root: &Path,
        proposals: &[Proposal],
        sources: &mut Sources,
        findings: &Findings,
    ) -> Self {
        let settings = files::read(root, SETTINGS, sources, findings).map(|text| text.file);
        let parties = files::read(root, PARTIES, sources, findings).map(|text| text.file);
        let calendars = calendars::files(root, sources, findings);
        let paths = files::list(root, AGREEMENTS, "md", sources, findings);
        let mut agreements = files::read_all(root, paths, sources, findings);
        agreements.extend(files::propose(proposals, sources, findings));
        if agreements.is_empty() {
            let span = files::begin(AGREEMENTS, sources);
            findings.report(no_agreements::fault(span));
        } else if parties.is_none() && !root.join(PARTIES).exists() {
            let span = files::begin(PARTIES, sources);
            findings.report(no_parties::fault(span));
        }
        Self {
            settings,
            parties,
            calendars,
            agreements,
        }
    }

    fn understand(&self, sources: &Sources, findings: &Findings) -> Understood {
        let mut left_out = Vec::new();
        let calendars = calendars::understand(&self.calendars, sources, findings);
        let drafts = self.drafts(sources, findings, &mut left_out);
        let declared: BTreeMap<AgreementId, Declared> = drafts
            .par_iter()
            .map(|draft| (draft.id.clone(), draft.declared(&calendars)))
            .collect();
        let ids: Vec<&str> = declared.keys().map(AgreementId::as_str).collect();
        let toml = |file: SourceId| Toml::parse(Place::whole(file, sources), findings);
        let settings = self.settings.map(toml);
        let settings = settings
            .as_ref()
            .map_or_else(settings::Read::fresh, |toml| {
                settings::read(toml.root(findings, "the settings"), findings)
            });
        let parties_toml = self.parties.map(toml);
        let parties = parties_toml.as_ref().map_or_else(Parties::default, |toml| {
            let said = Findings::default();
            let table = toml.root(&said, "the parties");
            let parties = parties::read(&table, settings.language(), &ids, &said);
            drop(table);
            for diagnostic in said.into_vec() {
                // What a malformed line was to say is not missing.
                if toml.is_sound() || diagnostic.rule != &missing_key::RULE {
                    findings.report(diagnostic);
                }
            }
            parties.into()
        });
        let around = Surroundings {
            parties: parties_toml
                .is_some_and(|toml| toml.is_sound())
                .then_some(&parties),
            keeper: None,
            date_order: DateOrder::MonthDayYear,
            declared: &declared,
            calendars: &calendars,
        };
        let settings = settings.settle(around, findings);
        let around = Surroundings {
            keeper: settings.keeper.as_ref(),
            date_order: settings.date_order,
            ..around
        };
        let read = at_once(drafts, findings, |draft, findings| {
            draft.read(around, findings)
        });
        let mut agreements = Vec::new();
        for (agreement, out) in read {
            agreements.extend(agreement);
            left_out.extend(out);
        }
        let in_circles = circle::check(&agreements, findings);
        for agreement in &mut agreements {
            let names = circle::take_out(agreement, &in_circles);
            left_out.extend(names.into_iter().map(|name| LeftOut {
                file: sources.get(agreement.file).path.clone(),
                agreement: Some(agreement.id.clone()),
                what: Some(name),
            }));
        }
        agreements.sort_by(|a, b| a.id.cmp(&b.id));
        for (id, what) in amendments::check(&mut agreements, findings) {
            let file = agreements.iter().find(|a| a.id == id).map(|a| a.file);
            left_out.extend(file.map(|file| LeftOut {
                file: sources.get(file).path.clone(),
                agreement: Some(id),
                what: Some(what),
            }));
        }
        left_out.sort_by(|a, b| a.file.cmp(&b.file));
        Understood {
            settings,
            parties,
            agreements,
            left_out,
        }
    }

    /// The agreements' files with their front matter parsed; those without one are left out.
    fn drafts<'a>(
        &'a self,
        sources: &'a Sources,
        findings: &Findings,
        left_out: &mut Vec<LeftOut>,
    ) -> Vec<Draft<'a>> {
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        let mut begun: BTreeMap<AgreementId, Span> = BTreeMap::new();
        let begun_at_once = at_once(
            self.agreements.iter().collect(),
            findings,
            |(path, text), findings| Draft::begin(path, text.as_ref()?, sources, findings),
        );
        for ((path, _), draft) in self.agreements.iter().zip(begun_at_once) {
            let draft = draft.filter(|draft| {
                let first = begun.get(&draft.id);
                if let Some(first) = first {
                    findings.report(duplicate_agreement::fault(
                        draft.fence,
                        *first,
                        draft.id.as_str(),
                    ));
                }
                first.is_none()
            });
            if let Some(draft) = &draft {
                begun.insert(draft.id.clone(), draft.fence);
            }
            match draft {
                Some(draft) => drafts.push(draft),
                None => left_out.push(LeftOut {
                    file: path.clone(),
                    agreement: None,
                    what: None,
                }),
            }
        }
        drafts
    }
}

/// What `read` makes of each thing, on every core there is: in their order, with what was found in theirs.
fn at_once<T: Send, U: Send>(
    things: Vec<T>,
    findings: &Findings,
    read: impl Fn(T, &Findings) -> U + Sync,
) -> Vec<U> {
    let read: Vec<(U, Findings)> = things
        .into_par_iter()
        .map(|thing| {
            let own = Findings::default();
            (read(thing, &own), own)
        })
        .collect();
    read.into_iter()
        .map(|(made, own)| {
            findings.absorb(own);
            made
        })
        .collect()
}

/// The findings by file and place, at most so many of a file.
fn in_order(mut diagnostics: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    sort(&mut diagnostics, sources);
    diagnostics.dedup_by(|a, b| {
        a.rule == b.rule && a.primary.span == b.primary.span && a.message == b.message
    });
    let mut of_file: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut last: BTreeMap<SourceId, Span> = BTreeMap::new();
    let mut kept = Vec::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let count = of_file.entry(span.file).or_default();
        *count += 1;
        if *count <= MOST_FINDINGS {
            last.insert(span.file, span);
            kept.push(diagnostic);
        }
    }
    for (file, count) in of_file {
        if let (Some(more @ 1..), Some(span)) = (count.checked_sub(MOST_FINDINGS), last.get(&file))
        {
            let after = kept
                .iter()
                .rposition(|d| d.primary.span.file == file)
                .map_or(kept.len(), |i| i + 1);
            kept.insert(after, too_many_faults::fault(*span, MOST_FINDINGS, more));
        }
    }
    kept
}

fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    let path = |d: &Diagnostic| sources.get(d.primary.span.file).path.as_str();
    diagnostics.sort_by(|a, b| {
        (path(a), a.primary.span, a.rule.code).cmp(&(path(b), b.primary.span, b.rule.code))
    });
}

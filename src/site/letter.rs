//! The page of one agreement.

use super::amended::{AmendedBy, Done, by_a_later_agreement};
use super::body::{self, Mark, Marks};
use super::looks::{Tally, tally};
use super::row::{Counted, Material, Row, not_shown};
use super::text::shown;
use super::theme::Templates;
use super::timeline::{self, Start, Timeline};
use super::unread;
use super::visible::VisibleAgreement;
use super::wording::{Day, Said, decided, either};
use crate::agreement::{AgreementKind, When};
use crate::error::Result;
use crate::office::{Office, Side};
use crate::record::EntryKind;
use crate::schedule::{AgreementDay, AgreementDays, Amendment, AmendmentStage};
use crate::titles;
use crate::words::Language::{self, English, Spanish};
use crate::words::{Noun, Sentence};
use chrono::NaiveDate;

/// What the template of an agreement is given, besides the frame of every page.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Letter {
    pub(super) id: String,
    pub(super) title: String,
    /// The language of its own words, where the page is in another.
    pub(super) its_lang: Option<&'static str>,
    pub(super) kind: &'static str,
    parties: Vec<Party>,
    signed: Said,
    effective: Said,
    /// How its first day was counted.
    effective_counted: Counted,
    expires: Said,
    /// How its end was counted, and when that may be put off.
    expires_counted: Counted,
    /// Where it has ended, the day.
    ended_on: Option<Day>,
    amends: Vec<Amended>,
    amended_by: Vec<AmendedBy>,
    does_to_others: Vec<Done>,
    /// Whether and since when it is void; empty where it is not.
    void: Said,
    counting: String,
    /// `15 obligations: ...`
    pub(super) about: String,
    pub(super) tally: Vec<Tally>,
    awaited: Vec<Awaited>,
    body: String,
    pub(super) rows: Vec<Row>,
    /// Its own term, as lists show it.
    #[serde(skip)]
    pub(super) own_term: Option<Row>,
    /// How many obligations are left out because they could not be read.
    left_out: Option<String>,
    timeline: Option<Timeline>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Party {
    id: String,
    name: String,
    short: Option<String>,
    side: &'static str,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Amended {
    title: String,
    its_lang: Option<&'static str>,
    id: String,
}

/// An event without a date.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Awaited {
    pub(super) title: String,
    pub(super) its_lang: Option<&'static str>,
    pub(super) hanging: String,
    pub(super) expected: Option<Said>,
}

/// From when a later agreement has made it void.
fn void(days: Option<&AgreementDays>, material: &Material<'_>) -> Said {
    let amended = days.map(|days| days.amended.as_slice());
    let mut amended = amended.unwrap_or_default().iter();
    let void = amended.find(|a| a.stage == AmendmentStage::Holds);
    match void.and_then(|void| void.from) {
        None => Said::nothing(material.language),
        Some(from) => material
            .words(
                "made void by a later agreement, from ",
                "sin efecto por un acuerdo posterior, desde el ",
            )
            .day(from),
    }
}

/// Makes the page of an agreement.
///
/// # Errors
/// When a template cannot be filled.
pub(super) fn letter(
    of: &VisibleAgreement<'_>,
    office: &Office,
    material: &Material<'_>,
    templates: &Templates<'_>,
    today: NaiveDate,
) -> Result<Letter> {
    let language = material.language;
    let agreement = of.agreement;
    let mut rows = material.rows(of);
    let mut margin = Margin {
        of,
        rows: &mut rows,
        templates,
        language,
        hide_unknown: hides_unknown_marks(of, office),
        error: None,
        office,
    };
    let words = body::Words::of(language, of.language);
    let body = body::render(text(office, of), &mut margin, words);
    if let Some(error) = margin.error {
        return Err(error);
    }
    let lanes = timeline::dated(of, material);
    let left_out = unread::parts(office, of);
    let days = material.days.get(&agreement.id);
    let own_term = material.own_term(of);
    Ok(Letter {
        id: agreement.id.to_string(),
        title: shown(&agreement.title),
        its_lang: of.lang_on(language),
        kind: kind(language, agreement.kind),
        parties: parties(of, office, material),
        signed: match agreement.signed {
            Some(day) => Said::on(language, day.value),
            None => not_stated(language),
        },
        effective: match &agreement.effective {
            None if agreement.signed.is_some() => material.words("on signing", "al firmarse"),
            when => of_the_agreement(
                of,
                when.as_ref(),
                days.and_then(|days| days.effective.as_ref())
                    .filter(|_| days.is_some_and(|d| !is_changed(&d.effective_amended))),
                not_stated(language),
                material,
            ),
        }
        .join(days.map_or_else(
            || Said::nothing(language),
            |days| by_a_later_agreement(language, &days.effective_amended),
        ))
        .join(claimed(
            language,
            days.and_then(|days| days.effective_claimed.as_ref()),
        )),
        effective_counted: effective_counted(of, days, material),
        expires_counted: own_term
            .as_ref()
            .map(|term| term.counted.clone())
            .unwrap_or_default(),
        expires: ends(of, days, material)
            .join(days.map_or_else(
                || Said::nothing(language),
                |days| {
                    let own = material.ahead(&days.expires_amended);
                    own.join(material.ahead(&days.amended))
                },
            ))
            .join(claimed(
                language,
                days.and_then(|days| days.expires_claimed.as_ref()),
            )),
        ended_on: material
            .ended_on(&agreement.id)
            .map(|day| Day::new(language, day)),
        amends: agreement
            .amends
            .iter()
            .filter_map(|id| material.visible.agreement(id.as_str()))
            .map(|a| Amended {
                title: shown(&a.agreement.title),
                its_lang: a.lang_on(language),
                id: a.agreement.id.to_string(),
            })
            .collect(),
        amended_by: material.amended_by(of),
        does_to_others: material.does_to_others(of),
        void: void(days, material),
        counting: counting(language, of),
        about: language.count(rows.len(), Noun::Obligation),
        tally: tally(language, rows.iter().map(|row| row.look)),
        awaited: awaited(of, material),
        timeline: timeline::draw(language, &starts(of, material), &lanes, today),
        body,
        rows,
        own_term,
        left_out: not_read(language, left_out),
    })
}

impl Letter {
    /// Its obligations and its own term.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&Self, &Row)> {
        let rows = self.rows.iter().chain(&self.own_term);
        rows.map(move |row| (self, row))
    }

    /// Gives up what only its own page shows, for which there is no room when there are many.
    pub(super) fn keep_what_is_listed(&mut self) {
        self.body = String::new();
        self.timeline = None;
        self.effective_counted = Counted::default();
        self.expires_counted = Counted::default();
        for row in self.rows.iter_mut().chain(&mut self.own_term) {
            row.keep_what_is_listed();
        }
    }
}

/// Whether a word is the id of an obligation of an agreement, also of one that could not be read.
pub(super) fn names_obligation(office: &Office, of: &VisibleAgreement<'_>, word: &str) -> bool {
    of.agreement.obligation(word).is_some() || unread::is_left_out(office, of, word)
}

/// The text of an agreement.
pub(super) fn text<'a>(office: &'a Office, of: &VisibleAgreement<'_>) -> &'a str {
    office
        .sources
        .get(of.agreement.body.file)
        .text
        .get(of.agreement.body.range())
        .unwrap_or_default()
}

/// The days from which this agreement's clocks run, as far as they are known.
fn starts(of: &VisibleAgreement<'_>, material: &Material<'_>) -> Vec<Start> {
    let days = material.days.get(&of.agreement.id);
    let mut starts: Vec<Start> = of
        .agreement
        .signed
        .map(|day| Start {
            title: material.either("Signed", "Firma").to_owned(),
            its_lang: None,
            day: day.value,
            others: Vec::new(),
        })
        .into_iter()
        .collect();
    for event in of.events.iter().filter(|e| !e.repeats) {
        let in_file = event.date.map(|day| day.value);
        let shown_days: Vec<NaiveDate> = material
            .entries_of
            .get(&of.agreement.id)
            .into_iter()
            .flatten()
            .filter(|e| e.kind == EntryKind::Happened)
            .filter(|e| e.subject.as_deref() == Some(event.id.as_str()))
            .filter_map(|e| e.on)
            .chain(in_file)
            .collect();
        // A day that only an entry of a narrower visibility names is not shown.
        let claimed = days.and_then(|days| days.claimed.get(&event.id));
        let claimed = claimed.into_iter().flatten().copied();
        let mut claimed = claimed.filter(|day| shown_days.contains(day));
        if let Some(day) = claimed.next() {
            starts.push(Start {
                title: shown(&event.title),
                its_lang: of.lang_on(material.language),
                day,
                others: claimed.collect(),
            });
        }
    }
    starts.sort_by_key(|start| start.day);
    starts
}

/// The events without a date on which something shown hangs.
pub(super) fn awaited(of: &VisibleAgreement<'_>, material: &Material<'_>) -> Vec<Awaited> {
    material
        .awaited
        .get(&of.agreement.id)
        .into_iter()
        .flatten()
        .filter(|a| !of.hides(a.event.as_str()) && !(material.betrays)(&a.title))
        .filter_map(|a| {
            let hanging = a
                .hanging
                .iter()
                .filter(|id| of.obligation(id.as_str()).is_some())
                .count();
            let event = of.events.iter().find(|e| e.id == a.event);
            (hanging > 0).then(|| Awaited {
                title: match event {
                    Some(event) => shown(&event.title),
                    None => titles::of_own_day(material.language, a.event.as_str())
                        .map_or_else(|| shown(&a.title), str::to_owned),
                },
                its_lang: event.and_then(|_| of.lang_on(material.language)),
                hanging: match (hanging, material.language) {
                    (1, English) => "1 obligation waits for it".to_owned(),
                    (1, Spanish) => "1 obligación depende de ello".to_owned(),
                    (_, English) => format!("{hanging} obligations wait for it"),
                    (_, Spanish) => format!("{hanging} obligaciones dependen de ello"),
                },
                expected: event
                    .and_then(|e| e.expected)
                    .map(|day| Said::on(material.language, day)),
            })
        })
        .collect()
}

/// The notes in the margin of a text.
struct Margin<'a> {
    of: &'a VisibleAgreement<'a>,
    office: &'a Office,
    rows: &'a mut Vec<Row>,
    templates: &'a Templates<'a>,
    language: Language,
    /// Whether the block of a mark that names nothing stays hidden.
    hide_unknown: bool,
    error: Option<crate::error::Error>,
}

#[derive(serde::Serialize)]
struct MarkData<'a> {
    row: &'a Row,
    first: bool,
    /// The language of the page, where the text around the note is in another.
    page_lang: Option<&'static str>,
}

impl Marks for Margin<'_> {
    fn names_obligation(&self, word: &str) -> bool {
        names_obligation(self.office, self.of, word)
    }

    fn at(&mut self, name: &str) -> Mark {
        let Some(row) = self.rows.iter_mut().find(|row| row.id == name) else {
            let hidden = self.of.agreement.obligation(name).is_some()
                || (self.hide_unknown && !unread::is_left_out(self.office, self.of, name))
                || unread::may_be_narrower(self.office, self.of, name);
            return if hidden { Mark::Hidden } else { Mark::Nothing };
        };
        let first = !std::mem::replace(&mut row.marked, true);
        let page_lang = row.its_lang.map(|_| self.language.code());
        match self.templates.fill(
            "mark",
            &MarkData {
                row,
                first,
                page_lang,
            },
        ) {
            Ok(html) => Mark::Shown(html.trim_end().to_owned()),
            Err(error) => {
                self.error.get_or_insert(error);
                Mark::Nothing
            }
        }
    }
}

/// Whether a mark that names nothing may be a misspelled one of a hidden obligation: then some hidden obligation is marked
/// nowhere.
fn hides_unknown_marks(of: &VisibleAgreement<'_>, office: &Office) -> bool {
    let text = text(office, of);
    of.agreement
        .obligations
        .iter()
        .filter(|o| of.hides(o.id.as_str()))
        .any(|o| !text.contains(&format!("[{}]", o.id)))
}

/// How many of its obligations could not be read.
fn not_read(language: Language, number: usize) -> Option<String> {
    let obligations = language.count(number, Noun::Obligation);
    let said = match (number, language) {
        (0, _) => return None,
        (1, English) => {
            format!("Besides, {obligations} could not be read and stands on no list here.")
        }
        (1, Spanish) => {
            format!("Además, {obligations} no pudo leerse y no figura aquí en ninguna lista.")
        }
        (_, English) => {
            format!("Besides, {obligations} could not be read and stand on no list here.")
        }
        (_, Spanish) => {
            format!("Además, {obligations} no pudieron leerse y no figuran aquí en ninguna lista.")
        }
    };
    Some(said)
}

/// That other days are claimed for one of its own.
fn claimed(language: Language, claimed: Option<&Sentence>) -> Said {
    claimed.map_or_else(
        || Said::nothing(language),
        |claimed| Said::words(language, format!("; {}", claimed.of(language))),
    )
}

fn not_stated(language: Language) -> Said {
    Said::words(language, either(language, "not stated", "no indicado"))
}

/// A day of the agreement itself: what the file says, and beside words the day that they come to.
fn of_the_agreement(
    of: &VisibleAgreement<'_>,
    when: Option<&When>,
    day: Option<&AgreementDay>,
    otherwise: Said,
    material: &Material<'_>,
) -> Said {
    match (when, day) {
        (Some(when @ When::Phrase(_)), Some(day)) => {
            let comes_to = if day.projected {
                material.either(": expected on ", ": previsto para el ")
            } else {
                ": "
            };
            stated(of, when, material).and(comes_to).day(day.day)
        }
        // What all have confirmed or agreed on since stands in no file.
        (Some(when @ When::On(in_file, _)), Some(day)) if day.day != *in_file => {
            stated(of, when, material)
                .and(material.either("; by the record, ", "; según el registro, "))
                .day(day.day)
        }
        (Some(when), _) => stated(of, when, material),
        (None, Some(day)) => Said::on(material.language, day.day),
        (None, None) => otherwise,
    }
}

/// Who made it.
fn parties(of: &VisibleAgreement<'_>, office: &Office, material: &Material<'_>) -> Vec<Party> {
    let language = material.language;
    let each = of.agreement.parties.iter().map(|id| {
        let (name, short) = (material.visible.name(id), material.visible.short(id));
        Party {
            id: id.to_string(),
            short: (short != name).then_some(short),
            name,
            side: office
                .party(id.as_str())
                .map_or(Noun::Party.one(language), |p| side(language, p.side)),
        }
    });
    each.collect()
}

/// How its first day was counted, where its words were.
fn effective_counted(
    of: &VisibleAgreement<'_>,
    days: Option<&AgreementDays>,
    material: &Material<'_>,
) -> Counted {
    let day = days.and_then(|days| days.effective.as_ref());
    match (&of.agreement.effective, day) {
        (Some(When::Phrase(words)), Some(_)) if material.hides_limit(of, words) => {
            material.account_withheld()
        }
        (Some(When::Phrase(_)), Some(day)) => material.account(of, &day.steps, &[], &[], None),
        _ => Counted::default(),
    }
}

/// When it ends; where it has been renewed, until when, and how long that may still be decided.
fn ends(of: &VisibleAgreement<'_>, days: Option<&AgreementDays>, material: &Material<'_>) -> Said {
    let language = material.language;
    let no_end = || material.words("no end stated", "sin fin indicado");
    let day = days.and_then(|days| days.expires.as_ref());
    let when = of.agreement.expires.as_ref();
    if let Some(days) = days.filter(|days| is_changed(&days.expires_amended)) {
        let stated = match when {
            Some(when) => stated(of, when, material),
            None => no_end(),
        };
        return stated
            .join(by_a_later_agreement(language, &days.expires_amended))
            .join(decided(
                language,
                days.renewal.as_ref(),
                days.renewed_until,
                material.question.today,
            ));
    }
    let said = match day.filter(|_| days.is_some_and(|days| days.was_renewed)) {
        Some(now) => {
            let first = when.map_or_else(
                || Said::nothing(language),
                |when| stated(of, when, material),
            );
            let until = if now.day < material.question.today {
                material.either("; renewed, last until ", "; renovado, por último hasta el ")
            } else {
                material.either("; renewed, now until ", "; renovado, ahora hasta el ")
            };
            first.and(until).day(now.day)
        }
        None => of_the_agreement(of, when, day, no_end(), material),
    };
    match days {
        Some(days) => said.join(decided(
            language,
            days.renewal.as_ref(),
            days.renewed_until,
            material.question.today,
        )),
        None => said,
    }
}

/// Whether a later agreement has given it another day, or none.
fn is_changed(amended: &[Amendment]) -> bool {
    amended.iter().any(|a| a.stage == AmendmentStage::Holds)
}

fn stated(of: &VisibleAgreement<'_>, when: &When, material: &Material<'_>) -> Said {
    match when {
        When::On(day, _) => Said::on(material.language, *day),
        When::Phrase(phrase) if material.hides_limit(of, phrase) => {
            Said::words(material.language, not_shown(material.language))
        }
        When::Phrase(phrase) => {
            if let Some(day) = titles::days_written_out(material.language, &phrase.words) {
                return Said::words(material.language, material.told(of, &day));
            }
            let words = material.told(of, &phrase.words);
            Said::words(material.language, format!("\u{201c}{words}\u{201d}"))
        }
    }
}

fn counting(language: Language, of: &VisibleAgreement<'_>) -> String {
    let words = |english: &str, spanish: &str| either(language, english, spanish).to_owned();
    let counting = &of.agreement.counting;
    match (&counting.authority, counting.preset.as_deref()) {
        (Some(authority), _) => match language {
            English => format!("by {}", shown(authority)),
            Spanish => format!("según {}", shown(authority)),
        },
        (None, None) => words(
            "the agreement does not say; every day is counted",
            "el acuerdo no lo dice; se cuentan todos los días",
        ),
        (None, Some("plain")) if counting.days_off().next().is_some() => words(
            "every day is counted, but for what asks for working days",
            "se cuentan todos los días, salvo donde se piden días laborables",
        ),
        (None, Some("plain")) => words("every day is counted", "se cuentan todos los días"),
        (None, Some(preset)) => {
            let preset = preset_in_words(language, preset);
            match language {
                English => format!("by the rules of {preset}"),
                Spanish => format!("según las reglas {}", Language::de(&preset)),
            }
        }
    }
}

/// Whose rules a preset has.
fn preset_in_words(language: Language, preset: &str) -> String {
    let words = |english: &str, spanish: &str| either(language, english, spanish).to_owned();
    match preset {
        "california_contract" => words("contracts in California", "los contratos en California"),
        "california_statute" => words("Californian statutes", "las leyes de California"),
        "california_perb" => words("PERB, in California", "la PERB, en California"),
        "us_federal" => words(
            "the federal courts of the United States",
            "los tribunales federales de Estados Unidos",
        ),
        "us_nlrb" => words("the NLRB", "la NLRB"),
        "eu" => words("European Union law", "el Derecho de la Unión Europea"),
        "canada" => words("Canadian federal law", "las leyes federales de Canadá"),
        other => shown(&other.replace('_', " ")),
    }
}

/// What a kind of document is called.
pub(super) fn kind(language: Language, kind: AgreementKind) -> &'static str {
    match kind {
        AgreementKind::SideLetter => either(language, "Side letter", "Carta de acuerdo"),
        AgreementKind::Memorandum => either(language, "Memorandum", "Memorando"),
        AgreementKind::Contract => either(language, "Contract", "Contrato"),
        AgreementKind::GroundRules => either(language, "Ground rules", "Reglas básicas"),
        AgreementKind::Plan => "Plan",
        AgreementKind::Commitment => either(language, "Commitment", "Compromiso"),
    }
}

/// What the kinds of documents are called.
pub(super) fn kinds(language: Language) -> [&'static str; 6] {
    [
        AgreementKind::SideLetter,
        AgreementKind::Memorandum,
        AgreementKind::Contract,
        AgreementKind::GroundRules,
        AgreementKind::Plan,
        AgreementKind::Commitment,
    ]
    .map(|of| kind(language, of))
}

/// What a side of the table is called.
pub(super) fn side(language: Language, side: Side) -> &'static str {
    match side {
        Side::Union => either(language, "union", "sindicato"),
        Side::Employer => either(language, "employer", "empleador"),
        Side::Joint => either(language, "joint", "conjunta"),
        Side::Other => either(language, "other", "otra"),
    }
}

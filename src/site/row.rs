//! An obligation as the pages show it: what, who owes it whom, in which words, and where it stands.

use super::amended::{ByAmended, Place, by_amended};
use super::looks::Look;
use super::text::shown;
use super::visible::{Visible, VisibleAgreement};
use super::wording::{Day, Said, either, in_a_certain_case};
use crate::agreement::{Obligation, Timing};
use crate::counting::Step;
use crate::deadline::OtherReading;
use crate::ics::Changes;
use crate::ids::{AgreementId, PartyId};
use crate::language::Phrase;
use crate::record::Entry;
use crate::schedule::{
    AgreementDays, AwaitedEvent, Occurrence, OccurrenceKind, Question, RenewalAct, Schedule, State,
};
use crate::titles;
use crate::withheld::hangs_on_hidden;
use crate::words::Language::{self, English, Spanish};
use crate::words::Sentence;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The most days of one obligation that a page lists, and how many of them are past, where others are ahead.
const MOST_DAYS: usize = 8;
const MOST_PAST_DAYS: usize = 3;

/// Said in the place of anything that hangs on what the pages' readers may not see.
pub(super) fn not_shown(language: Language) -> &'static str {
    either(language, "not shown here", "no se muestra aquí")
}

/// An obligation, for a template.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Row {
    /// Its place among the agreement's obligations, from 1.
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) clause: Option<String>,
    pub(super) title: String,
    /// The language of its own words, where the page is in another.
    pub(super) its_lang: Option<&'static str>,
    /// `DHA`, `DHA and UPE`.
    pub(super) owed_by: String,
    /// `UPE`; empty where all owe it jointly.
    pub(super) owed_to: String,
    /// The time limit in the agreement's own words.
    pub(super) words: Option<String>,
    /// The time limit where the file says it in days of its own, which no letter writes so.
    pub(super) limit: Option<String>,
    pub(super) when: Option<String>,
    pub(super) reading: Option<String>,
    pub(super) afterwards: Option<String>,
    pub(super) who: Option<String>,
    pub(super) purpose: Option<String>,
    pub(super) products: Vec<String>,
    /// Whether its words are marked in the text.
    pub(super) marked: bool,
    pub(super) look: Look,
    pub(super) said: Said,
    /// Whether its day lay before anything was recorded here.
    #[serde(skip)]
    pub(super) early: bool,
    /// Every occurrence; where there is none, how it stands without one.
    #[serde(skip)]
    pub(super) each: Vec<OneDay>,
    /// What comes next of something that recurs, where the row shows another.
    coming: Option<OneDay>,
    /// What a later agreement has put in its place, or the one that made it void.
    in_its_place: Option<Place>,
    /// What it takes the place of.
    in_the_place_of: Vec<Place>,
    /// How its date was counted.
    pub(super) counted: Counted,
    /// Every day of something that recurs; empty where there is one.
    pub(super) days: Vec<OneDay>,
    /// How many more days there are.
    pub(super) more_days: usize,
    /// `3 of 4 are recorded as done`, for something that recurs.
    pub(super) recorded: Option<String>,
}

/// One occurrence, as lists show it.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct OneDay {
    pub(super) look: Look,
    pub(super) said: Said,
    /// Whether it is a term that has begun and not ended, or may be done from a day on without end.
    #[serde(skip)]
    pub(super) runs: bool,
    /// Whether a party has said how it was done, or that it was not kept.
    #[serde(skip)]
    pub(super) is_told: bool,
    /// The day that it is sorted by.
    #[serde(skip)]
    pub(super) day: Option<NaiveDate>,
    /// The last day on which it is still in time.
    #[serde(skip)]
    pub(super) until: Option<NaiveDate>,
}

impl OneDay {
    /// Whether it may be done now, or lies ahead.
    pub(super) fn is_coming(&self) -> bool {
        matches!(self.look, Look::Now | Look::Ahead)
    }
}

impl Row {
    /// Gives up what only the agreement's own page shows.
    pub(super) fn keep_what_is_listed(&mut self) {
        self.counted = Counted::default();
        self.days = Vec::new();
        self.products = Vec::new();
        for words in [
            &mut self.words,
            &mut self.when,
            &mut self.reading,
            &mut self.afterwards,
            &mut self.who,
            &mut self.purpose,
        ] {
            *words = None;
        }
    }
}

/// How a date was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(super) struct Counted {
    steps: Vec<Counting>,
    /// How the days were reached in which its renewal is decided.
    window: Vec<Counting>,
    others: Vec<Counting>,
    remarks: Vec<String>,
    /// A later day on which the law lets it be done.
    grace: Option<Day>,
    /// Whether there is anything to tell.
    pub(super) any: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
struct Counting {
    text: String,
    day: Option<Day>,
    source: String,
}

impl Counted {
    /// What is told of it after `before` was told: the steps from which on they differ, and other readings and remarks
    /// where those do. `None` where the first steps are not the same.
    pub(super) fn after(&self, before: &Self) -> Option<Self> {
        let pairs = self.steps.iter().zip(&before.steps);
        let same = pairs.take_while(|(one, other)| one == other).count();
        (same > 0).then(|| Self {
            steps: self.steps.iter().skip(same).cloned().collect(),
            window: if self.window == before.window {
                Vec::new()
            } else {
                self.window.clone()
            },
            others: if self.others == before.others {
                Vec::new()
            } else {
                self.others.clone()
            },
            remarks: if self.remarks == before.remarks {
                Vec::new()
            } else {
                self.remarks.clone()
            },
            ..self.clone()
        })
    }
}

/// Occurrences, by agreement and obligation.
#[derive(Clone)]
pub(super) struct ByObligation<'a>(BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Occurrence>>>);

impl<'a> ByObligation<'a> {
    /// Sorts a schedule once, for all pages.
    pub(super) fn of(schedule: &'a Schedule) -> Self {
        let mut found: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for o in &schedule.occurrences {
            let of = found.entry(o.agreement.as_str()).or_default();
            of.entry(o.obligation.as_str()).or_default().push(o);
        }
        Self(found)
    }

    /// The occurrences of one obligation.
    pub(super) fn get(&self, agreement: &str, obligation: &str) -> &[&'a Occurrence] {
        self.0
            .get(agreement)
            .and_then(|of| of.get(obligation))
            .map_or(&[], Vec::as_slice)
    }
}

/// What rows are made from.
#[derive(Clone)]
pub(super) struct Material<'a> {
    /// The language of the pages.
    pub(super) language: Language,
    /// The office, the record and the day.
    pub(super) question: Question<'a>,
    pub(super) visible: &'a Visible<'a>,
    /// When the record of each agreement has changed.
    pub(super) changes: Changes,
    /// The entries that stand, by number.
    pub(super) entries: BTreeMap<u64, &'a Entry>,
    /// The same by agreement, in order.
    pub(super) entries_of: BTreeMap<&'a AgreementId, Vec<&'a Entry>>,
    /// The events without a day, by agreement.
    pub(super) awaited: BTreeMap<&'a AgreementId, Vec<&'a AwaitedEvent>>,
    /// The days of the agreements themselves.
    pub(super) days: &'a BTreeMap<AgreementId, AgreementDays>,
    /// The occurrences, by agreement and obligation.
    pub(super) occurrences: ByObligation<'a>,
    /// The agreements that have a page and add to or change each other one.
    pub(super) by_amended: ByAmended<'a>,
    /// Whether words name something that the pages' readers may not see.
    pub(super) betrays: &'a (dyn Fn(&str) -> bool + Sync),
}

impl<'a> Material<'a> {
    /// Sorts what there is once, for all pages.
    pub(super) fn new(
        visible: &'a Visible<'a>,
        question: Question<'a>,
        schedule: &'a Schedule,
        betrays: &'a (dyn Fn(&str) -> bool + Sync),
    ) -> Self {
        let mut entries_of: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let record = question.record;
        let shown: Vec<&Entry> = record.standing().filter(|e| visible.shows(e)).collect();
        for entry in shown.iter().copied() {
            entries_of.entry(&entry.agreement).or_default().push(entry);
        }
        let mut awaited: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for event in &schedule.awaited {
            awaited.entry(&event.agreement).or_default().push(event);
        }
        Self {
            language: English,
            question,
            days: &schedule.agreements,
            visible,
            changes: Changes::of(record),
            entries: shown.into_iter().map(|e| (e.number, e)).collect(),
            entries_of,
            awaited,
            occurrences: ByObligation::of(schedule),
            by_amended: by_amended(visible),
            betrays,
        }
    }
}

impl Material<'_> {
    /// The same for pages in a language.
    pub(super) fn in_language(&self, language: Language) -> Self {
        Self {
            language,
            ..self.clone()
        }
    }

    /// The words of the pages' language.
    pub(super) fn either(&self, english: &'static str, spanish: &'static str) -> &'static str {
        either(self.language, english, spanish)
    }

    /// A sentence in the pages' language.
    pub(super) fn words(&self, english: &'static str, spanish: &'static str) -> Said {
        Said::words(self.language, self.either(english, spanish))
    }

    /// The rows of an agreement, in the order of the file.
    pub(super) fn rows(&self, of: &VisibleAgreement<'_>) -> Vec<Row> {
        of.obligations
            .iter()
            .enumerate()
            .map(|(index, obligation)| self.row(of, index + 1, obligation))
            .collect()
    }

    fn row(&self, of: &VisibleAgreement<'_>, number: usize, obligation: &Obligation) -> Row {
        let occurrences = self
            .occurrences
            .get(of.agreement.id.as_str(), obligation.id.as_str());
        let featured = featured(occurrences);
        let (look, said) = featured.map_or_else(
            || (Look::Always, self.without_date(obligation)),
            |o| (self.look(of, obligation, o), self.said(of, obligation, o)),
        );
        let series = occurrences.len() > 1;
        let mut each: Vec<OneDay> = occurrences
            .iter()
            .map(|o| OneDay {
                look: self.look(of, obligation, o),
                said: if series {
                    self.one_day(of, obligation, o)
                } else {
                    self.said(of, obligation, o)
                },
                runs: runs(o),
                is_told: self.is_told(o),
                day: o.due.or(o.opens).or(o.begins),
                until: o.last_day().or(o.opens).or(o.begins),
            })
            .collect();
        let days = if series {
            around_now(&each).to_vec()
        } else {
            Vec::new()
        };
        let more_days = if series {
            each.len().saturating_sub(MOST_DAYS)
        } else {
            0
        };
        let coming = each
            .iter()
            .find(|day| day.is_coming())
            .filter(|_| !matches!(look, Look::Now | Look::Ahead))
            .cloned();
        if each.is_empty() {
            each.push(OneDay {
                look,
                said: said.clone(),
                runs: false,
                is_told: false,
                day: None,
                until: None,
            });
        }
        each.extend(
            occurrences
                .iter()
                .filter_map(|o| self.last_day_to_decide(o)),
        );
        let names = |parties: &[PartyId]| {
            self.language
                .list(parties.iter().map(|p| self.visible.short(p)))
        };
        let limit = obligation.timing.phrase();
        Row {
            number,
            id: obligation.id.to_string(),
            clause: obligation
                .clause
                .as_deref()
                .map(|c| shown(&self.language.clause(c))),
            title: shown(&obligation.title),
            its_lang: of.lang_on(self.language),
            owed_by: names(&obligation.owed_by),
            owed_to: names(&obligation.owed_to),
            words: limit.and_then(|limit| self.own_words(of, limit)),
            limit: limit.and_then(|limit| self.own_days(of, limit)),
            when: obligation.when.as_deref().map(shown),
            reading: obligation.reading.as_deref().map(shown),
            afterwards: obligation.afterwards.as_deref().map(shown),
            who: obligation.who.as_deref().map(shown),
            purpose: obligation.purpose.as_deref().map(shown),
            products: obligation.products.iter().map(|p| shown(p)).collect(),
            marked: false,
            look,
            said,
            early: look == Look::Early,
            each,
            coming,
            in_its_place: featured.and_then(|o| self.in_its_place(o)),
            in_the_place_of: self.in_the_place_of(of, obligation),
            counted: featured.map(|o| self.counted(of, o)).unwrap_or_default(),
            days,
            more_days,
            recorded: self
                .recorded(of, obligation, occurrences)
                .filter(|_| series),
        }
    }

    /// A time limit in the agreement's own words.
    fn own_words(&self, of: &VisibleAgreement<'_>, limit: &Phrase) -> Option<String> {
        let is_shown = titles::is_of_the_letter(&limit.words) && !self.hides_limit(of, limit);
        is_shown.then(|| self.told(of, &limit.words))
    }

    /// A time limit that the file says in days of its own, or that one is not shown.
    fn own_days(&self, of: &VisibleAgreement<'_>, limit: &Phrase) -> Option<String> {
        if self.hides_limit(of, limit) {
            return Some(not_shown(self.language).to_owned());
        }
        let words = titles::days_written_out(self.language, &limit.words)?;
        Some(self.told(of, &words))
    }

    /// The agreement's own term, where it has one, as lists show it.
    pub(super) fn own_term(&self, of: &VisibleAgreement<'_>) -> Option<Row> {
        let term = &of.agreement.term;
        let all = self
            .occurrences
            .get(of.agreement.id.as_str(), term.id.as_str());
        (!all.is_empty()).then(|| Row {
            title: titles::own_term(self.language).to_owned(),
            its_lang: None,
            ..self.row(of, 0, term)
        })
    }

    /// The last day on which it may still be decided whether a term goes on.
    fn last_day_to_decide(&self, o: &Occurrence) -> Option<OneDay> {
        let is_asked = matches!(o.state, State::Running | State::Deciding | State::Scheduled);
        let window = o.undecided_renewal().filter(|_| is_asked)?;
        let last = window.closes.filter(|day| *day >= self.question.today)?;
        let said = match window.what {
            RenewalAct::Notice => {
                self.words("last day for notice: ", "último día para dar aviso: el ")
            }
            RenewalAct::Request => {
                self.words("last day to renew: ", "último día para renovar: el ")
            }
        };
        Some(OneDay {
            look: if o.state == State::Deciding {
                Look::Now
            } else {
                Look::Ahead
            },
            said: said.day(last),
            runs: false,
            is_told: false,
            day: Some(last),
            until: Some(last),
        })
    }

    /// How the dates of an occurrence were reached.
    pub(super) fn counted(&self, of: &VisibleAgreement<'_>, occurrence: &Occurrence) -> Counted {
        let owed = of.agreement.owed(occurrence.obligation.as_str());
        let limit = owed.and_then(|owed| owed.timing.phrase());
        if limit.is_some_and(|limit| self.hides_limit(of, limit)) {
            return self.account_withheld();
        }
        let mut counted = self.account(
            of,
            &occurrence.steps,
            &occurrence.other_readings,
            &occurrence.warnings,
            occurrence.grace,
        );
        if let Some(window) = &occurrence.renewal {
            let decided = self.account(of, &window.steps, &window.other_readings, &[], None);
            counted.any |= decided.any;
            counted.window = decided.steps;
            counted.others.extend(decided.others);
        }
        counted
    }

    /// How a date was reached.
    pub(super) fn account(
        &self,
        of: &VisibleAgreement<'_>,
        steps: &[Step],
        others: &[OtherReading],
        warnings: &[Sentence],
        grace: Option<NaiveDate>,
    ) -> Counted {
        let language = self.language;
        let counting = |text: &str, date: Option<NaiveDate>, source: &str| Counting {
            text: quoted(&self.told(of, text)),
            // Most steps name their day themselves.
            day: date
                .filter(|date| !self.language.names_day(text, *date))
                .map(|date| Day::new(self.language, date)),
            source: quoted(&self.told(of, source)),
        };
        let hides =
            |text: &str, source: &str| self.hides_words(of, text) || self.hides_words(of, source);
        // From a step about something hidden on, each would tell its day: the steps after it count from there.
        let shown = steps
            .iter()
            .take_while(|s| !hides(s.text.of(language), s.source.of(language)));
        let mut told: Vec<_> = shown
            .map(|s| counting(s.text.of(language), s.date, s.source.of(language)))
            .collect();
        let is_cut = told.len() < steps.len();
        if is_cut {
            told.extend(self.account_withheld().steps);
        }
        let others = others
            .iter()
            .filter(|r| !is_cut && !hides(r.text.of(language), r.source.of(language)));
        let others: Vec<_> = others
            .map(|r| counting(r.text.of(language), r.date, r.source.of(language)))
            .collect();
        let remarks = warnings.iter().map(|w| w.of(language));
        let remarks: Vec<_> = remarks
            .filter(|words| !is_cut && !self.hides_words(of, words))
            .map(|words| self.told(of, words))
            .collect();
        Counted {
            any: !(told.is_empty() && others.is_empty() && remarks.is_empty()),
            steps: told,
            window: Vec::new(),
            others,
            remarks,
            grace: grace.map(|day| Day::new(self.language, day)),
        }
    }

    /// Said in the place of how a date was reached from what may not be shown.
    pub(super) fn account_withheld(&self) -> Counted {
        Counted {
            steps: vec![Counting {
                text: not_shown(self.language).to_owned(),
                day: None,
                source: String::new(),
            }],
            any: true,
            ..Counted::default()
        }
    }

    /// Whether a time limit names what the pages' readers may not see.
    pub(super) fn hides_limit(&self, of: &VisibleAgreement<'_>, limit: &Phrase) -> bool {
        self.hides_words(of, &limit.words)
            || hangs_on_hidden(self.question.office, of.agreement, limit, |of, part| {
                self.visible.may_name(of, part)
            })
    }

    /// Whether words of the program about an agreement name what the pages' readers may not see.
    fn hides_words(&self, of: &VisibleAgreement<'_>, words: &str) -> bool {
        let others = |id: &str| self.visible.agreement(id).map(|of| of.agreement);
        (self.betrays)(words)
            || (self.betrays)(&titles::in_words(others, of.agreement, words))
            || words
                .split('`')
                .skip(1)
                .step_by(2)
                .any(|name| of.hides(name))
    }

    fn without_date(&self, obligation: &Obligation) -> Said {
        match (&obligation.timing, &obligation.when) {
            (_, Some(_)) => Said::words(self.language, in_a_certain_case(self.language)),
            (Timing::Standing, None) => self.words("has no date", "no tiene fecha"),
            _ => self.words("no date worked out", "sin fecha calculada"),
        }
    }

    /// How many of those whose day has come are recorded, and how many had it before there was a record.
    fn recorded(
        &self,
        of: &VisibleAgreement<'_>,
        obligation: &Obligation,
        occurrences: &[&Occurrence],
    ) -> Option<String> {
        // A term ends by itself; nobody records it as done.
        if occurrences.iter().any(|o| o.kind == OccurrenceKind::Term) {
            return None;
        }
        let (mut past, mut recorded, mut earlier) = (0_usize, 0_usize, 0_usize);
        for o in occurrences {
            match o.state {
                State::Met | State::MetLate | State::Reported | State::Disputed | State::Waived => {
                    past += 1;
                    recorded += 1;
                }
                State::Unrecorded if self.is_early(of, obligation, o) => earlier += 1,
                State::Unrecorded | State::Overdue | State::NotStarted => past += 1,
                _ => {}
            }
        }
        let of_the_past = (past > 0).then(|| match self.language {
            English => format!("{recorded} of {past} recorded so far"),
            Spanish => format!("{recorded} de {past} registrados hasta ahora"),
        });
        let before = (earlier > 0).then(|| match self.language {
            English => format!("{earlier} from before a record was kept"),
            Spanish => format!("{earlier} de antes de que se llevara un registro"),
        });
        match (of_the_past, before) {
            (Some(past), Some(before)) => Some(format!("{past}; {before}")),
            (past, before) => past.or(before),
        }
    }

    /// Words about an agreement with titles in the place of ids, unless they name something that the pages' readers may not
    /// see.
    pub(super) fn told(&self, of: &VisibleAgreement<'_>, words: &str) -> String {
        if self.hides_words(of, words) {
            return not_shown(self.language).to_owned();
        }
        let others = |id: &str| self.visible.agreement(id).map(|of| of.agreement);
        shown(&titles::in_words(others, of.agreement, words))
    }

    /// Words of the program, unless they name something that the pages' readers may not see.
    pub(super) fn unless_hidden(&self, words: &str) -> String {
        if (self.betrays)(words) {
            not_shown(self.language).to_owned()
        } else {
            shown(words)
        }
    }
}

/// Words between quotation marks that a terminal has between backticks.
fn quoted(words: &str) -> String {
    let pairs = words.matches('`').count() / 2;
    let mut out = String::with_capacity(words.len());
    for (index, part) in words.split('`').enumerate() {
        if index > 0 {
            let is_of_a_pair = index <= pairs * 2;
            out.push(match (is_of_a_pair, index % 2) {
                (false, _) => '`',
                (true, 1) => '\u{201c}',
                (true, _) => '\u{201d}',
            });
        }
        out.push_str(part);
    }
    out
}

/// Whether something has begun and has no last day yet to come, or is a state that lasts.
fn runs(o: &Occurrence) -> bool {
    matches!(o.state, State::Running | State::Deciding)
        || (o.state == State::Open && o.due.is_none())
}

/// The days of a series that a page lists: the last few that are past, and those that come next.
fn around_now(all: &[OneDay]) -> &[OneDay] {
    let coming = all.iter().position(OneDay::is_coming);
    let begin = coming
        .unwrap_or(all.len())
        .saturating_sub(MOST_PAST_DAYS)
        .min(all.len().saturating_sub(MOST_DAYS));
    let end = all.len().min(begin + MOST_DAYS);
    all.get(begin..end).unwrap_or_default()
}

/// The occurrence that an obligation is shown by: what is asked for now, else what comes next, else the last.
pub(super) fn featured<'a>(occurrences: &[&'a Occurrence]) -> Option<&'a Occurrence> {
    let rank = |o: &Occurrence| match o.state {
        State::Overdue | State::NotStarted => 0,
        State::Open | State::Running | State::Deciding => 1,
        State::Reported | State::Disputed => 2,
        State::Scheduled => 3,
        State::Waiting => 4,
        State::Undated | State::Standing => 5,
        _ => 6,
    };
    let best = occurrences.iter().map(|o| rank(o)).min()?;
    let mut found = occurrences.iter().filter(|o| rank(o) == best);
    // Of what lies ahead the first is next; of what lies behind the last is the newest.
    if matches!(best, 0 | 6) {
        found.next_back()
    } else {
        found.next()
    }
    .copied()
}

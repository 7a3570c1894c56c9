//! What readers are told: the day and what is recorded, never a verdict. No name of a state is printed.

use crate::coming;
use crate::ids::PartyId;
use crate::record::EntryKind;
use crate::record::answers::{Act, ActStage, Silence};
use crate::schedule::{
    AmendedTo, Amendment, Occurrence, OccurrenceKind, RenewalAct, RenewalDays, State,
};
use crate::words;
use crate::words::Language::{self, English, Spanish};
use chrono::NaiveDate;

/// A day, for a `<time>`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Day {
    /// `2014-03-30`.
    iso: String,
    /// `30 March 2014`.
    text: String,
}

impl Day {
    /// A day as a reader of that language reads it.
    pub(super) fn new(language: Language, day: NaiveDate) -> Self {
        Self {
            iso: day.format("%Y-%m-%d").to_string(),
            text: language.day(day),
        }
    }
}

/// A sentence with days in it, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    language: Language,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
struct Part {
    /// The day as `YYYY-MM-DD`, where the part is one.
    iso: Option<String>,
    text: String,
}

impl Said {
    /// Nothing.
    pub(super) fn nothing(language: Language) -> Self {
        Self {
            language,
            parts: Vec::new(),
        }
    }

    /// Words alone.
    pub(super) fn words(language: Language, text: impl Into<String>) -> Self {
        Self::nothing(language).and(text)
    }

    /// A day alone.
    pub(super) fn on(language: Language, day: NaiveDate) -> Self {
        Self::nothing(language).day(day)
    }

    /// Goes on with words.
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part {
            iso: None,
            text: text.into(),
        });
        self
    }

    /// Goes on with a day.
    pub(super) fn day(mut self, day: NaiveDate) -> Self {
        self.parts.push(Part {
            iso: Some(day.format("%Y-%m-%d").to_string()),
            text: self.language.day(day),
        });
        self
    }

    /// Goes on with another sentence.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The sentence as plain text.
    pub(super) fn plain(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }
}

impl serde::Serialize for Said {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}

/// What the words about an occurrence are taken from besides itself.
pub(super) struct Known<'a> {
    /// The reader's language.
    pub(super) language: Language,
    /// The names of what it waits for, as readers know them: `implementation`.
    pub(super) waiting_for: Vec<String>,
    /// Whether all parties have agreed to skip what it waits for.
    pub(super) skipped: bool,
    /// Whether it is owed only under a condition.
    pub(super) conditional: bool,
    /// The day on which somebody says that this condition came about, and who says so.
    pub(super) case: Option<(NaiveDate, Option<String>)>,
    /// What later agreements will do to it.
    pub(super) coming: Vec<&'a Amendment>,
    /// Who says that it was done.
    pub(super) by: Option<&'a PartyId>,
    /// How that party is called.
    pub(super) by_name: String,
    /// Whose silence has accepted that it was done, by name.
    pub(super) by_silence: Vec<(String, &'a Silence)>,
    /// When it is said not to have been kept.
    pub(super) not_kept: Vec<NotKept>,
    /// The day on which its agreement ended, where it does not survive that.
    pub(super) ended_on: Option<NaiveDate>,
    /// The day of the pages.
    pub(super) today: NaiveDate,
}

/// That something was not kept on a day, and who says what to that, by name.
pub(super) struct NotKept {
    pub(super) on: Option<NaiveDate>,
    pub(super) said_by: Vec<String>,
    pub(super) against: Vec<String>,
    pub(super) waits_for: Vec<String>,
}

/// The most days that are told on which something is said not to have been kept; of the others the number is.
const MOST_NOT_KEPT: usize = 3;

/// Where an occurrence stands, in words, and what is proposed about it: until all have agreed, the old date runs.
pub(super) fn standing(occurrence: &Occurrence, known: &Known<'_>) -> Said {
    let mut said = as_it_is(occurrence, known);
    if is_by_a_later_agreement(occurrence) {
        said = said.and(either(
            known.language,
            "; that day is by a later agreement",
            "; esa fecha es de un acuerdo posterior",
        ));
    }
    for change in &known.coming {
        said = said.and(format!("; {}", coming::in_words(known.language, change)));
    }
    if let Some((day, by)) = &known.case {
        said = in_its_case(said, known.language, *day, by.as_deref());
    }
    if let Some(claimed) = occurrence.two_days_claimed() {
        said = said.and(format!("; {}", claimed.of(known.language)));
    }
    // Of later periods it is not said once more.
    let is_later = matches!(occurrence.state, State::Scheduled | State::Renewed);
    let is_told = matches!(occurrence.state, State::Running | State::Deciding)
        && occurrence.renewed_until.is_none();
    if !is_later
        && !is_told
        && occurrence
            .renewal
            .as_ref()
            .is_some_and(|days| days.is_disputed)
    {
        said = said.and(either(
            known.language,
            "; the parties have recorded different things about the notice",
            "; las partes han registrado cosas distintas sobre el aviso",
        ));
    }
    let earlier = known.not_kept.len().saturating_sub(MOST_NOT_KEPT);
    for told in known.not_kept.iter().skip(earlier) {
        said = said_not_kept(said, known.language, told);
    }
    if earlier > 0 {
        said = said.and(match known.language {
            English => format!("; {earlier} earlier days are named too"),
            Spanish => format!("; también se indican {earlier} días anteriores"),
        });
    }
    if matches!(occurrence.state, State::Met | State::MetLate) {
        for (party, silence) in &known.by_silence {
            said = accepted_by_silence(said, known.language, party, silence);
        }
        return said;
    }
    let proposed = |act: &&Act| act.stage == ActStage::Proposed;
    for act in occurrence.acts.iter().filter(proposed) {
        said = said_of_a_proposal(said, known.language, act);
    }
    said
}

/// Whether the day that is told of it is one that a later agreement has given it.
fn is_by_a_later_agreement(o: &Occurrence) -> bool {
    use State::{Deciding, Ended, NotStarted, Open, Overdue, Running, Scheduled};
    let tells_its_day = matches!(
        o.state,
        Deciding | Ended | NotStarted | Open | Overdue | Running | Scheduled
    );
    let is_its_day = |by: &Amendment| matches!(&by.to, AmendedTo::Day(day) if *day == o.due);
    tells_its_day && o.due.is_some() && o.amended().is_some_and(is_its_day)
}

/// `; its case came about on 16 November 2026, UPE says`
fn in_its_case(before: Said, language: Language, day: NaiveDate, by: Option<&str>) -> Said {
    let said = before
        .and(either(
            language,
            "; its case came about on ",
            "; su caso se dio el ",
        ))
        .day(day);
    match (by, language) {
        (None, _) => said,
        (Some(by), English) => said.and(format!(", {by} {}", words::verb(by, "says", "say"))),
        (Some(by), Spanish) => said.and(format!(", según {by}")),
    }
}

/// `UPE says it was not kept on 10 February 2027; DHA has not answered`.
fn said_not_kept(before: Said, language: Language, told: &NotKept) -> Said {
    let of_number = |who: &[String], one: &'static str, several: &'static str| match who {
        [party] => words::verb(party, one, several),
        _ => several,
    };
    let list = |who: &[String]| language.list(who);
    let (by, against, silent) = (&told.said_by, &told.against, &told.waits_for);
    let mut said = if before.is_empty() {
        before
    } else {
        before.and("; ")
    };
    said = said.and(match language {
        English => format!(
            "{} {} it was not kept",
            list(by),
            of_number(by, "says", "say")
        ),
        Spanish => format!(
            "{} {} que no se cumplió",
            list(by),
            of_number(by, "indica", "indican")
        ),
    });
    if let Some(on) = told.on {
        said = said.and(either(language, " on ", " el ")).day(on);
    }
    if !against.is_empty() {
        said = said.and(match language {
            English => format!(
                "; {} {} otherwise",
                list(against),
                of_number(against, "says", "say")
            ),
            Spanish => format!(
                "; {} {} otra cosa",
                list(against),
                of_number(against, "indica", "indican")
            ),
        });
    }
    if !silent.is_empty() {
        said = said.and(match language {
            English => format!(
                "; {} {} not answered",
                list(silent),
                of_number(silent, "has", "have")
            ),
            Spanish => format!(
                "; {} no {} respondido",
                list(silent),
                of_number(silent, "ha", "han")
            ),
        });
    }
    said
}

fn accepted_by_silence(said: Said, language: Language, party: &str, silence: &Silence) -> Said {
    let message = silence.message;
    match language {
        English => said
            .and(format!("; accepted by {party}'s silence from "))
            .day(silence.from)
            .and(format!(" on, asked by message {message}")),
        Spanish => said
            .and(format!("; aceptado por el silencio de {party} desde el "))
            .day(silence.from)
            .and(format!(", a la pregunta del mensaje {message}")),
    }
}

fn said_of_a_proposal(said: Said, language: Language, act: &Act) -> Said {
    let (words, day) = match (act.kind, act.to.or(act.on), language) {
        (EntryKind::Waived, _, English) => ("; to skip it this time is proposed", None),
        (EntryKind::Waived, _, Spanish) => ("; se propone omitirlo esta vez", None),
        (EntryKind::Moved, day @ Some(_), English) => ("; another day is proposed: ", day),
        (EntryKind::Moved, day @ Some(_), Spanish) => ("; se propone otra fecha: el ", day),
        (EntryKind::Renewed, day @ Some(_), English) => ("; to go on is proposed, to ", day),
        (EntryKind::Renewed, day @ Some(_), Spanish) => {
            ("; se propone que continúe, hasta el ", day)
        }
        (EntryKind::Renewed, None, English) => ("; to go on is proposed", None),
        (EntryKind::Renewed, None, Spanish) => ("; se propone que continúe", None),
        (EntryKind::Ended, day @ Some(_), English) => ("; another end is proposed: ", day),
        (EntryKind::Ended, day @ Some(_), Spanish) => ("; se propone otro fin: el ", day),
        _ => return said,
    };
    let said = said.and(words);
    let said = match day {
        Some(day) => said.day(day),
        None => said,
    };
    said.and(match language {
        English => ", not agreed by all yet",
        Spanish => ", todavía sin el acuerdo de todas las partes",
    })
}

fn as_it_is(occurrence: &Occurrence, known: &Known<'_>) -> Said {
    let o = occurrence;
    let language = known.language;
    let words =
        |english: &str, spanish: &str| Said::words(language, either(language, english, spanish));
    match o.state {
        State::Overdue | State::NotStarted => dated(language, o, Tense::Is).and(either(
            language,
            "; nothing recorded yet",
            "; todavía no hay nada registrado",
        )),
        State::Unrecorded if o.due.is_some() || o.opens.is_some() => dated(language, o, Tense::Was)
            .and(either(
                language,
                "; nothing recorded",
                "; no hay nada registrado",
            )),
        State::Unrecorded => words("nothing recorded", "no hay nada registrado"),
        State::Open | State::Scheduled => dated(language, o, Tense::Is),
        State::Running | State::Deciding => term(language, o).join(decided(
            language,
            o.renewal.as_ref(),
            o.renewed_until,
            known.today,
        )),
        State::Reported => {
            let by = match (known.by, language) {
                (None, _) => String::new(),
                (Some(_), English) => format!(" by {}", known.by_name),
                (Some(_), Spanish) => format!(" por {}", known.by_name),
            };
            match o.met_on {
                Some(day) => words("reported done on ", "comunicado como hecho el ")
                    .day(day)
                    .and(by),
                None => words("reported done", "comunicado como hecho").and(by),
            }
        }
        // That it is said not to have been kept is all that there is to tell of it.
        State::Disputed if !known.not_kept.is_empty() => Said::nothing(language),
        State::Disputed | State::Standing if o.kind == OccurrenceKind::Standing => {
            if known.conditional && known.case.is_none() {
                Said::words(language, in_a_certain_case(language))
            } else {
                words("has no date", "no tiene fecha")
            }
        }
        State::Disputed => words(
            "the parties have recorded different things",
            "las partes han registrado cosas distintas",
        ),
        State::Waiting => waiting(o, known),
        State::Undated => {
            let said = words("no date stated", "sin fecha indicada");
            match known.ended_on {
                Some(end) => said
                    .and(either(
                        language,
                        "; its agreement ended on ",
                        "; su acuerdo terminó el ",
                    ))
                    .day(end),
                None => said,
            }
        }
        State::Standing => words("has no date", "no tiene fecha"),
        State::Met | State::MetLate => match o.met_on {
            Some(day) => words("recorded as done on ", "registrado como hecho el ").day(day),
            None => words("recorded as done", "registrado como hecho"),
        },
        State::Waived => words(
            "skipped this time, by agreement",
            "omitido esta vez, de común acuerdo",
        ),
        State::Superseded => taken_over(language, o),
        State::Renewed => match o.due {
            Some(day) => words("its term until ", "su período hasta el ")
                .day(day)
                .and(either(language, " was renewed", " se renovó")),
            None => words("renewed", "renovado"),
        },
        // What has no term of its own.
        State::Ended if o.kind == OccurrenceKind::Standing => match known.ended_on {
            Some(day) => words(
                "ended with the agreement, on ",
                "terminó con el acuerdo, el ",
            )
            .day(day),
            None => words("ended", "terminó"),
        },
        State::Ended => match o.due {
            Some(day) => words(
                "its stated term ended on ",
                "su período indicado terminó el ",
            )
            .day(day),
            None => words("its stated term ended", "su período indicado terminó"),
        },
    }
}

fn taken_over(language: Language, o: &Occurrence) -> Said {
    let words =
        |english: &str, spanish: &str| Said::words(language, either(language, english, spanish));
    let by = o.amended();
    let said = match by.map(|by| &by.to) {
        Some(AmendedTo::Void) => words(
            "made void by a later agreement",
            "sin efecto por un acuerdo posterior",
        ),
        _ => words(
            "replaced by a later agreement",
            "reemplazado por un acuerdo posterior",
        ),
    };
    match by.and_then(|by| by.from) {
        Some(from) => said
            .and(either(language, ", from ", ", desde el "))
            .day(from),
        None => said,
    }
}

/// Whether something is due or, where it was before a record was kept, was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Is,
    Was,
}

/// When an occurrence is owed, whatever is recorded: `between 1 and 10 February 2000`.
pub(super) fn dated(language: Language, o: &Occurrence, tense: Tense) -> Said {
    if o.kind == OccurrenceKind::Term {
        return term(language, o);
    }
    let said = its_days(language, o, tense);
    match o.moved_from {
        Some(from) => said
            .and(either(
                language,
                ", moved by agreement from ",
                ", trasladado por acuerdo desde el ",
            ))
            .day(from),
        None => said,
    }
}

/// The same, with the later day on which the law lets it be done.
fn its_days(language: Language, o: &Occurrence, tense: Tense) -> Said {
    let said = its_last_day(language, o, tense);
    match o
        .grace
        .filter(|grace| o.due.is_some_and(|due| due < *grace))
    {
        Some(grace) => said
            .and(either(language, " (or ", " (o el "))
            .day(grace)
            .and(")"),
        None => said,
    }
}

fn its_last_day(language: Language, o: &Occurrence, tense: Tense) -> Said {
    let nothing = || Said::nothing(language);
    match (o.opens, o.due, language) {
        (Some(opens), Some(last), English) if opens < last => {
            let expected = if o.projected { "expected " } else { "" };
            let begin = if o.to_begin { "to begin " } else { "" };
            Said::words(language, format!("{expected}{begin}between "))
                .day(opens)
                .and(" and ")
                .day(last)
        }
        (Some(opens), Some(last), Spanish) if opens < last => {
            let expected = if o.projected { "previsto: " } else { "" };
            let begin = if o.to_begin { "debe comenzar " } else { "" };
            Said::words(language, format!("{expected}{begin}entre el "))
                .day(opens)
                .and(" y el ")
                .day(last)
        }
        (_, Some(last), English) => {
            let due = match (o.to_begin, o.projected, tense) {
                (true, true, _) => "expected to begin by ",
                (true, false, _) => "to begin by ",
                (false, true, _) => "expected by ",
                (false, false, Tense::Is) => "due ",
                (false, false, Tense::Was) => "was due ",
            };
            nothing().and(due).day(last)
        }
        (_, Some(last), Spanish) => {
            let due = match (o.to_begin, o.projected, tense) {
                (true, true, _) => "previsto: debe comenzar a más tardar el ",
                (true, false, _) => "debe comenzar a más tardar el ",
                (false, true, _) => "previsto a más tardar el ",
                (false, false, Tense::Is) => "vence el ",
                (false, false, Tense::Was) => "vencía el ",
            };
            nothing().and(due).day(last)
        }
        (Some(opens), None, English) => {
            let expected = if o.projected {
                "expected from "
            } else {
                "from "
            };
            nothing().and(expected).day(opens).and(" on")
        }
        (Some(opens), None, Spanish) => {
            let expected = if o.projected {
                "previsto desde el "
            } else {
                "desde el "
            };
            nothing().and(expected).day(opens)
        }
        (None, None, _) => nothing().and(either(language, "no date stated", "sin fecha indicada")),
    }
}

fn term(language: Language, o: &Occurrence) -> Said {
    let said = its_time(language, o);
    match (o.begins, o.opens) {
        // Of a least length it is the earliest end.
        (Some(begins), Some(opens)) if begins < opens => said
            .and(either(
                language,
                "; it may end from ",
                "; puede terminar desde el ",
            ))
            .day(opens)
            .and(either(language, " on", "")),
        _ => said,
    }
}

fn its_time(language: Language, o: &Occurrence) -> Said {
    let words =
        |english: &str, spanish: &str| Said::words(language, either(language, english, spanish));
    let begins = o.begins.or(o.opens);
    match (begins, o.due) {
        (Some(begins), Some(last)) if o.state == State::Scheduled => {
            let said = if o.projected {
                words("expected to run from ", "previsto: corre desde el ")
            } else {
                words("runs from ", "corre desde el ")
            };
            said.day(begins)
                .and(either(language, " until ", " hasta el "))
                .day(last)
        }
        (_, Some(last)) if o.projected && (o.state != State::Scheduled || begins.is_some()) => {
            words("expected to run until ", "previsto: corre hasta el ").day(last)
        }
        (_, Some(last)) => words("runs until ", "corre hasta el ").day(last),
        (Some(begins), None) if o.state == State::Scheduled => {
            words("runs from ", "corre desde el ")
                .day(begins)
                .and(either(
                    language,
                    " on; no last day stated",
                    "; sin último día indicado",
                ))
        }
        (Some(begins), None) => words("runs since ", "corre desde el ")
            .day(begins)
            .and(either(
                language,
                "; no last day stated",
                "; sin último día indicado",
            )),
        (None, None) => words(
            "runs; no last day stated",
            "en curso; sin último día indicado",
        ),
    }
}

/// How it is decided whether a term goes on, and when.
pub(super) fn decided(
    language: Language,
    window: Option<&RenewalDays>,
    renewed_until: Option<NaiveDate>,
    today: NaiveDate,
) -> Said {
    let words =
        |english: &str, spanish: &str| Said::words(language, either(language, english, spanish));
    let Some(window) = window else {
        return Said::nothing(language);
    };
    let passed = window.closes.filter(|closes| *closes < today);
    let said = match (window.what, renewed_until) {
        (RenewalAct::Notice, Some(_)) if passed.is_some() => words(
            "; renewed then: no notice is recorded, and its last day was ",
            "; entonces se renueva: no consta ningún aviso, y su último día fue el ",
        ),
        (RenewalAct::Request, None) if passed.is_some() => words(
            "; no renewal is recorded, and the last day to ask for it was ",
            "; no consta ninguna renovación, y el último día para pedirla fue el ",
        ),
        (RenewalAct::Notice, Some(_)) => words(
            "; renewed then, unless notice is given",
            "; entonces se renueva, salvo que se dé aviso",
        ),
        (RenewalAct::Request, None) => words("; may be renewed", "; puede renovarse"),
        // It is decided.
        (RenewalAct::Notice, None) if window.is_disputed => {
            return words(
                "; not renewed then, by a notice about which the parties have recorded different things",
                "; entonces no se renueva, por un aviso sobre el cual las partes han registrado cosas distintas",
            );
        }
        (RenewalAct::Notice, None) => {
            return words("; not renewed then", "; entonces no se renueva");
        }
        (RenewalAct::Request, Some(next)) => {
            return words("; renewed until ", "; renovado hasta el ").day(next);
        }
    };
    if let Some(closed) = passed {
        return said.day(closed);
    }
    match (window.opens, window.closes) {
        (Some(opens), Some(closes)) => said
            .and(either(language, " between ", " entre el "))
            .day(opens)
            .and(either(language, " and ", " y el "))
            .day(closes),
        (None, Some(closes)) => said
            .and(either(language, " by ", " a más tardar el "))
            .day(closes),
        (Some(opens), None) => {
            let said = said
                .and(either(language, " from ", " desde el "))
                .day(opens);
            match language {
                English => said.and(" on"),
                Spanish => said,
            }
        }
        (None, None) => said,
    }
}

fn waiting(o: &Occurrence, known: &Known<'_>) -> Said {
    let language = known.language;
    let waits = if known.waiting_for.is_empty() {
        if known.conditional && known.case.is_none() {
            return Said::words(language, in_a_certain_case(language));
        }
        either(language, "waiting for a date", "a la espera de una fecha").to_owned()
    } else {
        let events = language.list(&known.waiting_for);
        match language {
            English if known.skipped => format!("not owed: all agreed to skip {events}"),
            Spanish if known.skipped => {
                format!("no se debe: todas las partes acordaron omitir {events}")
            }
            English => format!("waiting for the date of {events}"),
            Spanish => format!("a la espera de la fecha {}", Language::de(&events)),
        }
    };
    let waits = Said::words(language, waits);
    // An expectation that is past says nothing any more.
    let is_past = o.due.or(o.opens).is_some_and(|day| day < known.today);
    match (o.opens, o.due) {
        (None, None) => waits,
        _ if is_past => waits,
        _ => waits.and("; ").join(dated(
            language,
            &Occurrence {
                projected: true,
                state: State::Scheduled,
                ..o.clone()
            },
            Tense::Is,
        )),
    }
}

/// Said of what is owed under a condition of which nobody has recorded that it came about.
pub(super) fn in_a_certain_case(language: Language) -> &'static str {
    either(
        language,
        "owed only in a certain case",
        "se debe solo en un caso determinado",
    )
}

/// The words of one language.
pub(super) fn either<'a>(language: Language, english: &'a str, spanish: &'a str) -> &'a str {
    match language {
        English => english,
        Spanish => spanish,
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Tense, dated, standing};
    use crate::ids::{AgreementId, ObligationId, PartyId};
    use crate::schedule::{Occurrence, OccurrenceKind, State};
    use crate::words::Language;
    use chrono::NaiveDate;

    fn day(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    fn occurrence(kind: OccurrenceKind, state: State) -> Occurrence {
        let agreement = AgreementId::new("sdr_phase_ii");
        let obligation = ObligationId::new("follow_up_meeting");
        Occurrence {
            state,
            due: day("2014-03-30"),
            nominal: day("2014-03-30"),
            ..Occurrence::without_days(&agreement, &obligation, kind)
        }
    }

    #[track_caller]
    fn case(occurrence: &Occurrence, expected: &str) {
        let upe = PartyId::new("upe");
        let waiting = occurrence.state == State::Waiting;
        let known = Known {
            language: Language::English,
            waiting_for: waiting
                .then(|| "implementation".to_owned())
                .into_iter()
                .collect(),
            skipped: false,
            conditional: false,
            case: None,
            coming: Vec::new(),
            by: Some(&upe),
            by_name: "UPE".to_owned(),
            by_silence: Vec::new(),
            not_kept: Vec::new(),
            ended_on: None,
            today: day("2014-03-20").unwrap(),
        };
        assert_eq!(standing(occurrence, &known).plain(), expected);
    }

    #[test]
    fn readers_are_told_what_is_recorded_and_never_a_verdict() {
        use OccurrenceKind::{Deadline, Term};
        let met = |state| Occurrence {
            met_on: day("2014-04-05"),
            ..occurrence(Deadline, state)
        };
        let runs = |state| Occurrence {
            begins: day("2014-03-03"),
            ..occurrence(Term, state)
        };
        case(
            &occurrence(Deadline, State::Overdue),
            "due 30 March 2014; nothing recorded yet",
        );
        case(
            &occurrence(Deadline, State::Unrecorded),
            "was due 30 March 2014; nothing recorded",
        );
        case(
            &met(State::Reported),
            "reported done on 5 April 2014 by UPE",
        );
        case(&met(State::MetLate), "recorded as done on 5 April 2014");
        case(
            &occurrence(Deadline, State::Waived),
            "skipped this time, by agreement",
        );
        case(&runs(State::Running), "runs until 30 March 2014");
        case(
            &runs(State::Ended),
            "its stated term ended on 30 March 2014",
        );
        case(
            &runs(State::Scheduled),
            "runs from 3 March 2014 until 30 March 2014",
        );
    }

    #[test]
    fn a_date_that_hangs_on_an_expected_one_is_said_to_be_expected() {
        let projected = Occurrence {
            projected: true,
            ..occurrence(OccurrenceKind::Deadline, State::Waiting)
        };
        case(
            &projected,
            "waiting for the date of implementation; expected by 30 March 2014",
        );
        let window = Occurrence {
            opens: day("2014-03-11"),
            ..projected
        };
        assert_eq!(
            dated(Language::English, &window, Tense::Is).plain(),
            "expected between 11 March 2014 and 30 March 2014"
        );
        case(
            &Occurrence {
                due: None,
                nominal: None,
                ..occurrence(OccurrenceKind::Deadline, State::Waiting)
            },
            "waiting for the date of implementation",
        );
    }

    #[test]
    fn a_window_to_start_in_says_so() {
        let begin = Occurrence {
            opens: day("2014-03-01"),
            to_begin: true,
            ..occurrence(OccurrenceKind::Window, State::NotStarted)
        };
        case(
            &begin,
            "to begin between 1 March 2014 and 30 March 2014; nothing recorded yet",
        );
    }
}

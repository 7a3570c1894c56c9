//! The other lawful readings of a phrase: each worked out whole, and told where it leads to another day.

use super::limits::Evaluation;
use super::{Answer, Dates, Kind, OtherReading, Question};
use crate::counting::{Counting, Direction, OtherRules, OwnUnit, Step, the_words};
use crate::language::{Ends, Limit, Phrase, Point, Tree, Wording};
use crate::words::Language::{English, Spanish};
use crate::words::Sentence;
use chrono::{Months, NaiveDate};

/// How much further the days of another reading are worked out.
const FURTHER: Months = Months::new(36);

/// Works out the days of a phrase, and what its other lawful readings would give.
pub fn explain(phrase: &Phrase, question: &Question<'_>) -> Answer {
    let tree = &phrase.tree;
    let (mut answer, turned_on) = Evaluation::new(question).answer(&tree.limit);
    if answer.dates.is_empty() {
        return answer;
    }
    lengths_that_disagree(phrase, question, &mut answer);
    names_that_disagree(phrase, question, &mut answer);
    // What recurs more seldom under another reading is looked for further ahead.
    let further = Question {
        until: question
            .until
            .checked_add_months(FURTHER)
            .unwrap_or(question.until),
        ..*question
    };
    for other in readings(phrase, question.counting) {
        let (otherwise, _) = Evaluation::new(&further).answer(&other.tree.limit);
        compare(
            &mut answer,
            &otherwise,
            Beside::Next,
            &other.text,
            &other.source,
        );
    }
    let turned_on: Vec<_> = turned_on.into_iter().collect();
    for OtherRules {
        counting,
        text,
        source,
    } in question.counting.other_rules(&turned_on)
    {
        let question = Question {
            counting: &counting,
            ..*question
        };
        let (otherwise, _) = Evaluation::new(&question).answer(&tree.limit);
        compare(&mut answer, &otherwise, Beside::Nearest, &text, &source);
    }
    brackets_that_disagree(phrase, &mut answer);
    if let Some(condition) = &tree.condition {
        for dates in &mut answer.dates {
            dates.steps.push(Step {
                text: Sentence::in_each(|language| match language {
                    English => format!(
                        "`{condition}` is a condition and changes no day: what becomes of it is for the record"
                    ),
                    Spanish => format!(
                        "`{condition}` es una condición y no cambia ninguna fecha: lo que resulte de ella queda para el registro"
                    ),
                }),
                date: None,
                source: the_words(),
            });
        }
    }
    answer
}

/// A bracket that names a day which the words beside it do not come to, neither as their day nor on the way. What another
/// lawful reading gives is no contradiction, and the reading to ask about.
fn brackets_that_disagree(phrase: &Phrase, answer: &mut Answer) {
    let [dates] = answer.dates.as_slice() else {
        return;
    };
    let ends = [
        dates.opens,
        dates.due,
        dates.grace,
        dates.nominal,
        dates.begins,
    ];
    let known = |day: NaiveDate| {
        ends.contains(&Some(day)) || dates.steps.iter().any(|step| step.date == Some(day))
    };
    let otherwise = |day: NaiveDate| {
        let mut readings = dates.other_readings.iter();
        readings.any(|other| other.date == Some(day))
    };
    let comes_to = dates.due.or(dates.opens);
    let said = |text: &str| {
        Sentence::in_each(|language| {
            let day = comes_to.map(|day| format!(", {}", language.day(day)));
            let day = day.unwrap_or_default();
            match language {
                English => format!(
                    "the bracket `({text})` names another day than the words beside it come to{day}: ask which was agreed"
                ),
                Spanish => format!(
                    "el paréntesis `({text})` indica otro día que el que resulta del texto que lo acompaña{day}: pregunte cuál se acordó"
                ),
            }
        })
    };
    let (asked, contradicted): (Vec<_>, Vec<_>) = phrase
        .bracketed
        .iter()
        .filter(|(_, day)| !dates.projected && !known(*day))
        .partition(|(_, day)| otherwise(*day));
    answer
        .contradictions
        .extend(contradicted.iter().map(|(text, _)| said(text)));
    answer
        .warnings
        .extend(asked.iter().map(|(text, _)| said(text)));
}

/// What a day is called beside it, where that is another day: `June 12, 2026, the last day of school`.
fn names_that_disagree(phrase: &Phrase, question: &Question<'_>, answer: &mut Answer) {
    for called in &phrase.called {
        let known = called.points.iter().find_map(|point| {
            let (found, _) = Evaluation::new(question).answer(&Limit::On(point.clone()));
            match found.dates.as_slice() {
                [dates] if found.warnings.is_empty() && !dates.projected => dates.nominal,
                _ => None,
            }
        });
        let (words, day) = (called.words.clone(), called.day);
        let Some(named) = known else {
            answer.warnings.push(Sentence::in_each(|language| {
                let day = language.day(day);
                match language {
                    English => format!("`{words}` is what {day} is called, and was not compared with it: no calendar here says which day it is"),
                    Spanish => format!("`{words}` es como se llama al {day}, y no se comparó: ningún calendario indica aquí qué día es"),
                }
            }));
            continue;
        };
        if named != day {
            answer.contradictions.push(Sentence::in_each(|language| {
                let (day, named) = (language.day(day), language.day(named));
                match language {
                    English => format!("`{words}` is {named}, and the words beside it name {day}: ask which was agreed"),
                    Spanish => format!("`{words}` es el {named}, y el texto que lo acompaña indica el {day}: pregunte cuál se acordó"),
                }
            }));
        }
    }
}

/// A length that comes to another last day than the one that stands beside it: `for 60 working days, ending May 29, 2026`. It
/// may end on the day that is so far from its beginning, or count that as its first. Where nothing says from when it runs, it
/// is no contradiction, and told.
fn lengths_that_disagree(phrase: &Phrase, question: &Question<'_>, answer: &mut Answer) {
    let [dates] = answer.dates.as_slice() else {
        return;
    };
    let Some(last) = dates.nominal.filter(|_| !dates.projected) else {
        return;
    };
    let opens = dates.opens;
    let nominal = |point: Point| {
        let (found, _) = Evaluation::new(question).answer(&Limit::On(point));
        let [found] = found.dates.as_slice() else {
            return None;
        };
        found.nominal.filter(|_| !found.projected)
    };
    for (length, from) in &phrase.said_twice {
        // `effective for 4 years, from July 1, 2022`: the length runs from the day that is named after it.
        if opens.is_some() && nominal(from.clone()) != opens {
            continue;
        }
        let from_the_anchor = *from == Point::Anchor;
        let end = |ends| {
            nominal(Point::Offset {
                length: length.clone(),
                direction: Direction::Forward,
                ends,
                from: Box::new(from.clone()),
            })
        };
        let (Some(plain), Some(including)) = (end(Ends::Plain), end(Ends::Including)) else {
            if from_the_anchor {
                answer.warnings.push(Sentence::in_each(|language| {
                    let length = length.in_words(language);
                    match language {
                        English => format!(
                            "{length} stand beside a last day, and from which day they run is not known here: read as that last day alone"
                        ),
                        Spanish => format!(
                            "{length} figuran junto a un último día, y aquí no se sabe desde qué día corren: se lee solo ese último día"
                        ),
                    }
                }));
            }
            continue;
        };
        if last == plain || last == including {
            continue;
        }
        let said = Sentence::in_each(|language| {
            let (plain, last) = (language.day(plain), language.day(last));
            let length = length.in_words(language);
            match (from_the_anchor, language) {
                (true, English) => format!(
                    "{length} from the day on which the agreement takes effect end on {plain}, and the words name {last} as the last day: ask which was agreed"
                ),
                (false, English) => format!(
                    "{length} end on {plain}, and the words name {last} as the last day: ask which was agreed"
                ),
                (true, Spanish) => format!(
                    "{length} desde el día en que el acuerdo entra en vigor terminan el {plain}, y el texto indica el {last} como último día: pregunte cuál se acordó"
                ),
                (false, Spanish) => format!(
                    "{length} terminan el {plain}, y el texto indica el {last} como último día: pregunte cuál se acordó"
                ),
            }
        });
        if from_the_anchor {
            answer.warnings.push(said);
        } else {
            answer.contradictions.push(said);
        }
    }
}

/// Which day of another reading is told beside a day of a series.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// The next one from the day on which this one begins: the words make another series.
    Next,
    /// The nearest: it is the same series, counted otherwise.
    Nearest,
}

/// A reading of the words that was not taken.
struct Reading<'a> {
    tree: &'a Tree,
    text: Sentence,
    source: Sentence,
}

fn readings<'a>(phrase: &'a Phrase, counting: &Counting) -> impl Iterator<Item = Reading<'a>> {
    // What a calendar settles is not open.
    let called = counting.calendar_of(OwnUnit::FiscalYear).is_some();
    let open = move |wording| wording != Wording::FiscalYearCalled || !called;
    let otherwise = phrase.otherwise.iter();
    otherwise
        .filter(move |other| open(other.wording))
        .map(|other| Reading {
            tree: &other.tree,
            text: Sentence::in_each(|language| {
                let (reading, why_not) = (other.reading(), other.wording.why_not());
                let (reading, why_not) = (reading.of(language), why_not.of(language));
                match language {
                    English => format!("{reading}; not taken, because {why_not}"),
                    Spanish => format!("{reading}; no se adopta, porque {why_not}"),
                }
            }),
            source: other.wording.source(),
        })
}

/// Adds a reading to each of the dates for which it gives another day.
fn compare(
    answer: &mut Answer,
    otherwise: &Answer,
    beside: Beside,
    text: &Sentence,
    source: &Sentence,
) {
    let recurs = answer.kind == Kind::Recurrence || otherwise.kind == Kind::Recurrence;
    let day = |dates: &Dates| dates.due.or(dates.opens);
    let mut before: Option<NaiveDate> = None;
    for (index, taken) in answer.dates.iter_mut().enumerate() {
        let first = taken.opens.or_else(|| before?.succ_opt()).or(taken.due);
        before = taken.due.or(before);
        let other = match (recurs, beside) {
            (false, _) => otherwise.dates.get(index),
            (true, Beside::Next) => otherwise.dates.iter().find(|other| day(other) >= first),
            (true, Beside::Nearest) => otherwise
                .dates
                .iter()
                .min_by_key(|other| day(other).zip(day(taken)).map(|(a, b)| (a - b).abs())),
        };
        let Some(other) = other else { continue };
        let told = told(taken, other, text, source, recurs && beside == Beside::Next);
        taken.other_readings.extend(told.filter(|told| {
            taken
                .other_readings
                .iter()
                .all(|known| (known.date, &known.text) != (told.date, &told.text))
        }));
    }
}

/// What a reading gives in the place of some dates; nothing where that is the same.
fn told(
    taken: &Dates,
    other: &Dates,
    text: &Sentence,
    source: &Sentence,
    last_days_alone: bool,
) -> Option<OtherReading> {
    let (due, grace) = (other.due, other.grace);
    let opens_elsewhere = other
        .opens
        .filter(|opens| taken.opens != Some(*opens) && !last_days_alone);
    let same_end = (due, grace) == (taken.due, taken.grace);
    if same_end && opens_elsewhere.is_none() {
        return None;
    }
    let (date, more) = match (opens_elsewhere, same_end) {
        (Some(opens), true) => (
            Some(opens),
            Sentence::written(&["; it would open that day", "; se abriría ese día"]),
        ),
        (Some(opens), false) if due.is_some() => (
            due,
            Sentence::in_each(|language| match language {
                English => format!("; it would open on {}", language.day(opens)),
                Spanish => format!("; se abriría el {}", language.day(opens)),
            }),
        ),
        _ => (due.or(other.opens), Sentence::verbatim("")),
    };
    Some(OtherReading {
        text: Sentence::in_each(|language| format!("{}{}", text.of(language), more.of(language))),
        date,
        source: source.clone(),
        is_claimed: false,
        claimed_by: Vec::new(),
    })
}

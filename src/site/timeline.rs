//! An agreement's days as a picture: one lane for each obligation that has a date. The template draws it.

use super::looks::{Key, Look, key};
use super::row::{Material, featured};
use super::text::shown;
use super::visible::VisibleAgreement;
use super::wording::{Said, either};
use crate::agreement::Obligation;
use crate::schedule::{Occurrence, OccurrenceKind};
use crate::titles;
use crate::words::Language::{self, English, Spanish};
use crate::words::Noun;
use chrono::{Datelike, Days, Months, NaiveDate};

/// The picture's measures, in its own units.
const WIDTH: f64 = 720.0;
const MARGIN: f64 = 14.0;
const TOP: f64 = 46.0;
const LANE: f64 = 42.0;

/// The most lanes, and the most days in one lane, that are drawn.
const MOST_LANES: usize = 80;
const MOST_DAYS: usize = 60;

/// The longest label, in characters.
const LONGEST_LABEL: usize = 84;

/// A picture, for the template.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Timeline {
    width: String,
    height: String,
    foot: String,
    label_y: String,
    described: String,
    ticks: Vec<Tick>,
    today: Option<Tick>,
    /// Where today is not in the picture: `is later than all of these`.
    today_outside: Option<&'static str>,
    lanes: Vec<Lane>,
    more_lanes: usize,
    any_expected: bool,
    /// Whether there is a bracket over the days in which it is decided if something goes on.
    any_window: bool,
    key: Vec<Key>,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Tick {
    x: String,
    label: String,
    anchor: &'static str,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Lane {
    y: String,
    text_y: String,
    label: String,
    bars: Vec<Bar>,
    /// The shapes that say how each stands: at the day of what has one, at the beginning of what lasts.
    points: Vec<Point>,
    /// The days on which clocks started.
    starts: Vec<String>,
    /// The brackets over the days in which it is decided if a term goes on.
    windows: Vec<String>,
    /// The same in words.
    title: String,
    its_lang: Option<&'static str>,
    said: Said,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Bar {
    x: String,
    y: String,
    width: String,
    look: Look,
    expected: bool,
}

#[derive(Clone, Debug, serde::Serialize)]
struct Point {
    x: String,
    y: String,
    /// Where the shape of its look begins, which is drawn around that place.
    left: String,
    top: String,
    look: Look,
    expected: bool,
}

impl Point {
    fn at(x: f64, y: f64, look: Look, expected: bool) -> Self {
        Self {
            x: number(x),
            y: number(y),
            left: number(x - 7.5),
            top: number(y - 7.5),
            look,
            expected,
        }
    }
}

/// What one lane is drawn from.
pub(super) struct Dated<'a> {
    title: String,
    /// The language of that title, where the page is in another.
    its_lang: Option<&'static str>,
    said: Said,
    /// Whether it is what the agreement itself lasts.
    is_own_term: bool,
    occurrences: Vec<(Look, &'a Occurrence)>,
}

impl Dated<'_> {
    /// Those that are drawn.
    fn drawn(&self) -> impl Iterator<Item = &(Look, &Occurrence)> {
        self.occurrences.iter().take(MOST_DAYS)
    }
}

/// A day on which a clock started: signing, or an event.
pub(super) struct Start {
    pub(super) title: String,
    /// The language of that title, where the page is in another.
    pub(super) its_lang: Option<&'static str>,
    /// The day to go by.
    pub(super) day: NaiveDate,
    /// Those that other parties claim.
    pub(super) others: Vec<NaiveDate>,
}

/// The lanes of an agreement: what it lasts itself, then its obligations, soonest first. What was only expected, and for a day
/// that is past, is not drawn.
pub(super) fn dated<'a>(of: &'a VisibleAgreement<'_>, material: &Material<'a>) -> Vec<Dated<'a>> {
    let today = material.question.today;
    let is_drawn = |o: &Occurrence| {
        let last = o.due.or(o.opens);
        first_day(o).is_some() && !(o.projected && last.is_some_and(|day| day < today))
    };
    let lane = |obligation: &'a Obligation, title: String| {
        let all = material
            .occurrences
            .get(of.agreement.id.as_str(), obligation.id.as_str());
        let drawn = all.iter().copied().filter(|o| is_drawn(o));
        let occurrences: Vec<_> = drawn
            .map(|o| (material.look(of, obligation, o), o))
            .collect();
        let shown = featured(all)?;
        (!occurrences.is_empty()).then(|| Dated {
            title,
            its_lang: (!of.agreement.is_own_term(obligation))
                .then(|| of.lang_on(material.language))
                .flatten(),
            said: material.said(of, obligation, shown),
            is_own_term: of.agreement.is_own_term(obligation),
            occurrences,
        })
    };
    let own = lane(
        &of.agreement.term,
        titles::own_term(material.language).to_owned(),
    );
    let obligations = of.obligations.iter().copied();
    let mut dated: Vec<Dated<'a>> = obligations
        .filter_map(|obligation| lane(obligation, shown(&obligation.title)))
        .collect();
    dated.sort_by_key(|lane| {
        let occurrences: Vec<&Occurrence> = lane.occurrences.iter().map(|(_, o)| *o).collect();
        featured(&occurrences).and_then(first_day)
    });
    own.into_iter().chain(dated).collect()
}

/// Draws the picture; `None` where nothing has a date.
pub(super) fn draw(
    language: Language,
    starts: &[Start],
    dated: &[Dated<'_>],
    today: NaiveDate,
) -> Option<Timeline> {
    if dated.is_empty() {
        return None;
    }
    let drawn = dated.get(..MOST_LANES).unwrap_or(dated);
    let days = || {
        drawn
            .iter()
            .flat_map(Dated::drawn)
            .flat_map(|(_, o)| {
                let window = o.renewal.as_ref();
                let opens = window.and_then(|window| window.opens);
                let closes = window.and_then(|window| window.closes);
                [o.opens, o.begins, o.due, o.grace, opens, closes]
            })
            .flatten()
            .chain(starts.iter().map(|s| s.day))
    };
    let (first, last) = (days().min()?, days().max()?);
    let scale = Scale::over(first, last, today);
    let mut lanes = Vec::new();
    for start in starts {
        let y = lane_y(lanes.len());
        lanes.push(Lane {
            y: number(y),
            text_y: number(y + 13.0),
            label: cut(&start.title),
            bars: Vec::new(),
            points: Vec::new(),
            starts: vec![triangle(scale.x(start.day), y + 26.0)],
            windows: Vec::new(),
            title: start.title.clone(),
            its_lang: start.its_lang,
            said: start
                .others
                .iter()
                .fold(Said::on(language, start.day), |said, other| {
                    said.and(either(
                        language,
                        "; another day is claimed: ",
                        "; se afirma otra fecha: el ",
                    ))
                    .day(*other)
                }),
        });
    }
    for lane in drawn {
        lanes.push(draw_lane(lane, lane_y(lanes.len()), &scale));
    }
    let foot = lane_y(lanes.len());
    Some(Timeline {
        width: number(WIDTH),
        height: number(foot + 12.0),
        foot: number(foot + 4.0),
        label_y: number(31.0),
        described: described(
            language,
            drawn.iter().filter(|lane| !lane.is_own_term).count(),
            first,
            last,
        ),
        ticks: scale.ticks(language),
        today: scale.holds(today).then(|| {
            let x = scale.x(today);
            Tick {
                x: number(x),
                label: either(language, "today", "hoy").to_owned(),
                anchor: if x > WIDTH / 2.0 { "end" } else { "start" },
            }
        }),
        today_outside: match today {
            _ if scale.holds(today) => None,
            _ if today < first => Some(either(
                language,
                "is earlier than all of these",
                "es anterior a todas estas fechas",
            )),
            _ => Some(either(
                language,
                "is later than all of these",
                "es posterior a todas estas fechas",
            )),
        },
        any_expected: drawn
            .iter()
            .flat_map(Dated::drawn)
            .any(|(_, o)| o.projected),
        any_window: lanes.iter().any(|lane| !lane.windows.is_empty()),
        key: key(
            language,
            drawn.iter().flat_map(Dated::drawn).map(|(look, _)| *look),
        ),
        more_lanes: dated.len() - drawn.len(),
        lanes,
    })
}

/// The picture in a sentence.
fn described(language: Language, lanes: usize, first: NaiveDate, last: NaiveDate) -> String {
    let (first, last) = (language.day(first), language.day(last));
    let obligations = language.count(lanes, Noun::Obligation);
    match language {
        English if lanes == 0 => format!("The days of this agreement, from {first} to {last}."),
        Spanish if lanes == 0 => format!("Las fechas de este acuerdo, del {first} al {last}."),
        English => format!(
            "{obligations} of this agreement, from {first} to {last}, one below the other, soonest first."
        ),
        Spanish => format!(
            "{obligations} de este acuerdo, del {first} al {last}, una debajo de otra, la más próxima primero."
        ),
    }
}

/// `Mar 2014`, `mar 2014`.
fn month_and_year(language: Language, day: NaiveDate) -> String {
    let month: String = language.month(day.month()).chars().take(3).collect();
    format!("{month} {}", day.year())
}

/// The day on which something is drawn first.
fn first_day(o: &Occurrence) -> Option<NaiveDate> {
    o.begins.or(o.opens).or(o.due)
}

fn lane_y(index: usize) -> f64 {
    TOP + LANE * f64::from(u32::try_from(index).unwrap_or(u32::MAX))
}

fn draw_lane(lane: &Dated<'_>, y: f64, scale: &Scale) -> Lane {
    let mut bars = Vec::new();
    let mut points = Vec::new();
    let mut windows = Vec::new();
    for (look, o) in lane.drawn() {
        let look = *look;
        let from = match o.kind {
            OccurrenceKind::Term => o.begins.or(o.opens),
            _ => o.opens,
        };
        let to = o.due.unwrap_or(scale.last);
        if let Some(from) = from.filter(|from| *from < to) {
            let (x, end) = (scale.x(from), scale.x(to));
            bars.push(Bar {
                x: number(x),
                y: number(y + 20.0),
                width: number((end - x).max(2.0)),
                look,
                expected: o.projected,
            });
            if o.kind == OccurrenceKind::Term {
                points.push(Point::at(x, y + 26.0, look, o.projected));
            }
        }
        let closes = o.renewal.as_ref().and_then(|window| window.closes);
        if let Some(closes) = closes {
            let opens = o.renewal.as_ref().and_then(|window| window.opens);
            windows.push(bracket(
                opens.map(|opens| scale.x(opens)),
                scale.x(closes),
                y + 19.0,
            ));
        }
        // A term that has no first day yet has its last alone.
        if (o.kind != OccurrenceKind::Term || from.is_none())
            && let Some(day) = o.due.or(o.opens)
        {
            points.push(Point::at(scale.x(day), y + 26.0, look, o.projected));
        }
    }
    Lane {
        y: number(y),
        text_y: number(y + 13.0),
        label: cut(&lane.title),
        bars,
        points,
        starts: Vec::new(),
        windows,
        title: lane.title.clone(),
        its_lang: lane.its_lang,
        said: lane.said.clone(),
    }
}

fn cut(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    let mut cut: String = label.chars().take(LONGEST_LABEL - 1).collect();
    cut.push('\u{2026}');
    cut
}

/// A bracket that ends at `to`; without a beginning a hook.
fn bracket(from: Option<f64>, to: f64, y: f64) -> String {
    let top = number(y - 4.0);
    let start = match from {
        Some(from) => format!("M{} {}V{top}", number(from.min(to - 3.0)), number(y)),
        None => format!("M{} {top}", number(to - 8.0)),
    };
    format!("{start}H{}V{}", number(to), number(y))
}

fn triangle(x: f64, y: f64) -> String {
    format!(
        "M{} {}L{} {}L{} {}Z",
        number(x - 6.0),
        number(y - 6.0),
        number(x + 7.0),
        number(y),
        number(x - 6.0),
        number(y + 6.0)
    )
}

/// A measure with at most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// From days to places.
struct Scale {
    first: NaiveDate,
    last: NaiveDate,
}

impl Scale {
    /// Today belongs to the picture where that does not press the rest together.
    fn over(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Self {
        let span = (last - first).num_days().max(92);
        let (mut from, mut to) = (first, last);
        if today < first && (first - today).num_days() <= span {
            from = today;
        }
        if today > last && (today - last).num_days() <= span {
            to = today;
        }
        let pad = Days::new(u64::try_from((to - from).num_days() / 40).unwrap_or(0) + 2);
        Self {
            first: from.checked_sub_days(pad).unwrap_or(from),
            last: to.checked_add_days(pad).unwrap_or(to),
        }
    }

    fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let days =
            |d: NaiveDate| f64::from(i32::try_from((d - self.first).num_days()).unwrap_or(0));
        MARGIN + (WIDTH - 2.0 * MARGIN) * days(day) / days(self.last).max(1.0)
    }

    /// Months or years, at most eight of them.
    fn ticks(&self, language: Language) -> Vec<Tick> {
        let months = (self.last.year() - self.first.year()) * 12
            + i32::try_from(self.last.month()).unwrap_or(0)
            - i32::try_from(self.first.month()).unwrap_or(0);
        let step: u32 = match months {
            ..=8 => 1,
            9..=16 => 2,
            17..=24 => 3,
            25..=48 => 6,
            49..=96 => 12,
            97..=192 => 24,
            193..=480 => 60,
            _ => u32::try_from(months / 96).unwrap_or(1) * 12,
        };
        let start = NaiveDate::from_ymd_opt(self.first.year(), 1, 1).unwrap_or(self.first);
        let mut ticks = Vec::new();
        let mut month = 0;
        while let Some(day) = start.checked_add_months(Months::new(month)) {
            if day > self.last || ticks.len() > 24 {
                break;
            }
            if day >= self.first && self.x(day) < WIDTH - 60.0 {
                ticks.push(Tick {
                    x: number(self.x(day)),
                    label: if step >= 12 {
                        day.year().to_string()
                    } else {
                        month_and_year(language, day)
                    },
                    anchor: "start",
                });
            }
            month += step;
        }
        ticks
    }
}

//! What is asked: phrases of every shape that the engines know, on days drawn by chance that is the same each time.

mod draw;
mod presets;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use draw::Draw;
use serde_json::{Value, json};
use sideletter::counting::{Calendars, Counting, DayOffKind, HolidayCalendar};
use sideletter::deadline::{Dates, Ending, Fact, Facts, Question, evaluate};
use sideletter::ids::EventId;
use sideletter::language::{DateOrder, KnownNames, Names, Trigger, parse};
use sideletter::source::{SourceId, Span};

/// One question, and our days for it.
pub(crate) struct Ask {
    /// The question as the script reads it.
    pub(crate) theirs: Value,
    /// Our days, as the script writes them.
    pub(crate) ours: Vec<String>,
    /// The question for people.
    pub(crate) said: String,
}

pub(crate) fn all() -> Vec<Ask> {
    let mut draw = Draw::new();
    let mut asks = Vec::new();
    for _ in 0..400 {
        asks.push(offset(&mut draw));
        asks.push(open_days(&mut draw));
        asks.push(roll(&mut draw));
        asks.push(federal_rules(&mut draw));
        asks.push(nlrb(&mut draw));
        asks.push(european(&mut draw));
        asks.push(canadian(&mut draw));
        asks.push(six_months(&mut draw));
        asks.push(nth_weekday(&mut draw));
        asks.push(weekday_of_month(&mut draw));
        asks.push(every(&mut draw));
    }
    for _ in 0..1500 {
        asks.push(presets::limit(&mut draw));
    }
    for _ in 0..300 {
        asks.push(presets::named(&mut draw));
        asks.push(presets::window(&mut draw));
        asks.push(presets::named_series(&mut draw));
    }
    for _ in 0..120 {
        asks.push(periods(&mut draw));
        asks.push(monthly_weekday(&mut draw));
        asks.push(monthly_day(&mut draw));
    }
    asks.extend((1971..=2035).map(|year| holidays("us_federal", "year_of_holidays", year)));
    asks.extend(
        (2001..=2025).map(|year| holidays("us_federal_closings", "year_of_closings", year)),
    );
    asks.extend(presets::CALIFORNIAN.into_iter().flat_map(|id| {
        (2000..=2030).map(move |year| {
            let mut ask = holidays(id, "year_of_californian", year);
            ask.theirs["list"] = json!(id);
            ask
        })
    }));
    asks.extend((1600..=2299).map(easter));
    asks
}

/// The day of every trigger.
struct Day(NaiveDate);

impl Facts for Day {
    fn day(&self, _: &Trigger) -> Fact {
        Fact::Known {
            day: self.0,
            source: sideletter::words::Sentence::verbatim("given"),
        }
    }
}

fn counting(preset: &str, keys: &str, days_off: &[&str]) -> Counting {
    let table = toml::de::DeTable::parse(keys).unwrap();
    let calendars = Calendars::built_in();
    let (mut counting, faults) = Counting::preset(preset)
        .unwrap()
        .read(table.get_ref(), &calendars);
    assert!(faults.is_empty(), "{faults:?}");
    for id in days_off {
        counting.add_days_off(calendars.get(id).unwrap());
    }
    counting
}

/// A phrase worked out by us, beside the question for them.
fn ask(words: &str, from: NaiveDate, until: NaiveDate, counting: &Counting, theirs: Value) -> Ask {
    let told = |dates: &Dates| match (dates.opens, dates.due) {
        (Some(opens), Some(due)) => format!("{opens}..{due}"),
        (opens, due) => due.or(opens).unwrap().to_string(),
    };
    ask_for(words, from, until, counting, theirs, &told)
}

/// The same, with what is told of each of our days.
fn ask_for(
    words: &str,
    from: NaiveDate,
    until: NaiveDate,
    counting: &Counting,
    mut theirs: Value,
    told: &dyn Fn(&Dates) -> String,
) -> Ask {
    let names = Names {
        known: KnownNames::default(),
        events: vec![(EventId::new("event"), "event".to_owned())],
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: None,
    };
    let phrase = parse(words, Span::new(SourceId(0), 0..0), &names)
        .unwrap_or_else(|refusals| panic!("{words}: {}", refusals[0].message));
    let question = Question {
        facts: &Day(from),
        counting,
        from,
        until,
        first: None,
        ending: Ending::MayRoll,
    };
    let answer = evaluate(&phrase.tree, &question);
    theirs["from"] = json!(from.to_string());
    theirs["until"] = json!(until.to_string());
    Ask {
        said: format!("`{words}`, event on {from}: {theirs}"),
        theirs,
        ours: answer.dates.iter().map(told).collect(),
    }
}

/// Its parts as words, the largest first: `2 years, 1 month and 10 days`.
fn in_words(parts: &[(u32, &str)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|(number, unit)| {
            let unit = if *number == 1 {
                unit.trim_end_matches('s')
            } else {
                unit
            };
            format!("{number} {unit}")
        })
        .collect();
    parts.join(" and ")
}

fn direction(draw: &mut Draw) -> (&'static str, i32) {
    draw.one_of(&[("after", 1), ("before", -1)])
}

fn offset(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let mut parts = vec![
        (draw.number(1, 12), "years"),
        (draw.number(1, 30), "months"),
        (draw.number(1, 60), "weeks"),
        (draw.number(1, 400), "days"),
    ];
    parts.retain(|_| draw.number(0, 2) > 0);
    if parts.is_empty() {
        parts.push((draw.number(1, 48), "months"));
    }
    let (way, step) = direction(draw);
    ask(
        &format!("{} {way} the event", in_words(&parts)),
        from,
        from,
        &Counting::plain(),
        json!({"ask": "offset", "parts": parts, "step": step}),
    )
}

fn open_days(draw: &mut Draw) -> Ask {
    let from = draw.day(1972, 2034);
    let number = draw.number(1, 120);
    let (way, step) = direction(draw);
    let kind = draw.one_of(&["business", "working"]);
    let (calendars, off): (&[&str], _) = draw.one_of(&[
        (&["weekends"][..], &["weekends"][..]),
        (&["weekends", "us_federal"], &["weekends", "federal"]),
    ]);
    ask(
        &format!("{number} {kind} days {way} the event"),
        from,
        from,
        &counting("plain", "", calendars),
        json!({"ask": "open_days", "number": number, "step": step, "off": off}),
    )
}

fn roll(draw: &mut Draw) -> Ask {
    let from = draw.day(1972, 2034);
    let unit = draw.one_of(&["days", "weeks", "months"]);
    let parts = [(draw.number(1, 40), unit)];
    let (way, step) = direction(draw);
    ask(
        &format!("{} {way} the event", in_words(&parts)),
        from,
        from,
        &counting(
            "plain",
            "roll_forward = \"next_open\"\nroll_backward = \"earlier\"",
            &["weekends", "us_federal"],
        ),
        json!({"ask": "roll", "parts": parts, "step": step, "off": ["weekends", "federal"]}),
    )
}

fn federal_rules(draw: &mut Draw) -> Ask {
    let from = draw.day(2001, 2030);
    let parts = [(draw.number(1, 200), "days")];
    let (limit, step) = draw.one_of(&[
        ("within", 1),
        ("no later than", 1),
        ("at least", -1),
        ("not less than", -1),
    ]);
    let way = if step > 0 { "after" } else { "before" };
    ask(
        &format!("{limit} {} {way} the event", in_words(&parts)),
        from,
        from,
        &counting("us_federal", "", &[]),
        json!({"ask": "roll", "parts": parts, "step": step, "off": ["weekends", "federal", "closings"]}),
    )
}

fn nlrb(draw: &mut Draw) -> Ask {
    let from = draw.day(2001, 2030);
    let number = draw.number(1, 14);
    ask(
        &format!("within {} of the event", in_words(&[(number, "days")])),
        from,
        from,
        &counting("us_nlrb", "", &[]),
        json!({"ask": "nlrb", "number": number}),
    )
}

fn european(draw: &mut Draw) -> Ask {
    let from = draw.day(1972, 2060);
    let number = draw.number(1, 30);
    ask(
        &format!("within {} after the event", in_words(&[(number, "days")])),
        from,
        from,
        &counting("eu", "", &[]),
        json!({"ask": "european", "number": number}),
    )
}

fn canadian(draw: &mut Draw) -> Ask {
    let from = draw.day(1972, 2060);
    let number = draw.number(1, 200);
    let (way, step) = direction(draw);
    let at_least = draw.one_of(&["at least", "not less than", "no fewer than"]);
    ask(
        &format!(
            "{at_least} {} {way} the event",
            in_words(&[(number, "days")])
        ),
        from,
        from,
        &counting("canada", "", &[]),
        json!({"ask": "canadian", "number": number, "step": step}),
    )
}

fn six_months(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    ask(
        "within six months after the event",
        from,
        from,
        &counting("plain", "six_months = \"longer_of_182_days\"", &[]),
        json!({"ask": "six_months"}),
    )
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const ORDINALS: [&str; 5] = ["last", "first", "second", "third", "fourth"];

fn weekday(draw: &mut Draw) -> (u32, &'static str) {
    let index = draw.number(0, 6);
    let weekday = Weekday::try_from(u8::try_from(index).unwrap()).unwrap();
    assert_eq!(weekday.num_days_from_monday(), index);
    (index, WEEKDAYS[usize::try_from(index).unwrap()])
}

fn nth(draw: &mut Draw, from: u32) -> (u32, &'static str) {
    let nth = draw.number(from, 4);
    (nth, ORDINALS[usize::try_from(nth).unwrap()])
}

fn nth_weekday(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let (index, weekday) = weekday(draw);
    let (nth, ordinal) = nth(draw, 1);
    let (way, step) = direction(draw);
    ask(
        &format!("the {ordinal} {weekday} {way} the event"),
        from,
        from,
        &Counting::plain(),
        json!({"ask": "nth_weekday", "nth": nth, "weekday": index, "step": step}),
    )
}

fn weekday_of_month(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let (index, weekday) = weekday(draw);
    let (nth, ordinal) = nth(draw, 0);
    ask(
        &format!("the {ordinal} {weekday} of {}", from.format("%B %Y")),
        from,
        from,
        &Counting::plain(),
        json!({"ask": "weekday_of_month", "nth": nth, "weekday": index}),
    )
}

fn every(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let (unit, most, years) = draw.one_of(&[
        ("days", 90, 2),
        ("weeks", 12, 3),
        ("months", 18, 12),
        ("years", 4, 40),
    ]);
    let parts = [(draw.number(2, most), unit)];
    ask(
        &format!("every {} from the event", in_words(&parts)),
        from,
        from + Days::new(years * 366),
        &Counting::plain(),
        json!({"ask": "every", "parts": parts}),
    )
}

fn periods(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let (word, number, unit) = draw.one_of(&[
        ("weekly", 1, "weeks"),
        ("monthly", 1, "months"),
        ("quarterly", 3, "months"),
        ("semi-annually", 6, "months"),
        ("annually", 1, "years"),
    ]);
    ask(
        word,
        from,
        from + Days::new(5 * 366),
        &Counting::plain(),
        json!({"ask": "periods", "parts": [(number, unit)]}),
    )
}

fn monthly_weekday(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let (index, weekday) = weekday(draw);
    let (nth, ordinal) = nth(draw, 0);
    ask(
        &format!("monthly on the {ordinal} {weekday}"),
        from,
        from + Days::new(5 * 366),
        &Counting::plain(),
        json!({"ask": "monthly_weekday", "nth": nth, "weekday": index}),
    )
}

fn monthly_day(draw: &mut Draw) -> Ask {
    let from = draw.day(1950, 2060);
    let day = draw.number(1, 31);
    let ending = match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    ask(
        &format!("the {day}{ending} of each month"),
        from,
        from + Days::new(5 * 366),
        &Counting::plain(),
        json!({"ask": "monthly_day", "day": day}),
    )
}

/// The holidays that a calendar has in a year.
fn holidays(id: &str, name: &str, year: i32) -> Ask {
    let calendar = Calendars::built_in().get(id).unwrap();
    year_of(&calendar, name, year)
}

fn easter(year: i32) -> Ask {
    let text = "authority = \"the Gregorian calendar\"\nreviewed_to = 9999\n\
        [[holidays]]\nname = \"Easter\"\nday = \"Easter\"\n";
    let calendar = HolidayCalendar::read("easter", text).unwrap();
    year_of(&calendar, "easter_sunday", year)
}

fn year_of(calendar: &HolidayCalendar, name: &str, year: i32) -> Ask {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    Ask {
        theirs: json!({"ask": name, "from": first.to_string()}),
        ours: first
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| {
                let off = calendar.day_off(*day);
                off.is_some_and(|off| off.kind == DayOffKind::Holiday)
            })
            .map(|day| day.to_string())
            .collect(),
        said: format!("{} in {year}", calendar.id),
    }
}

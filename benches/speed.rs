//! What it costs to read a phrase, to work its days out, to read an agreement, and to say where a thousand occurrences
//! stand: `cargo bench`.

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use sideletter::counting::{Calendars, Counting};
use sideletter::deadline::{Ending, Fact, Facts, Question, evaluate};
use sideletter::language::{DateOrder, KnownNames, Names, Tree, Trigger, parse};
use sideletter::office::Office;
use sideletter::record::Record;
use sideletter::schedule::{self, schedule};
use sideletter::source::{SourceId, Span};
use std::fs;
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIGNED: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();

/// Every trigger has the same day.
struct Signed;

impl Facts for Signed {
    fn day(&self, _: &Trigger) -> Fact {
        Fact::Known {
            day: SIGNED,
            source: sideletter::words::Sentence::verbatim("signed in the file"),
        }
    }
}

fn names() -> Names {
    Names {
        known: KnownNames::default(),
        events: Vec::new(),
        repeating: Vec::new(),
        obligations: Vec::new(),
        agreements: Vec::new(),
        date_order: DateOrder::MonthDayYear,
        near: Some(SIGNED),
    }
}

fn tree(words: &str, names: &Names) -> Tree {
    let phrase = parse(words, Span::new(SourceId(0), 0..0), names);
    phrase.expect("a phrase of the manual").tree
}

fn counting(calendars: &[&str]) -> Counting {
    let mut counting = Counting::preset("california_contract").expect("a preset");
    for calendar in calendars {
        let calendar = Calendars::built_in().get(calendar);
        counting.add_days_off(calendar.expect("a built-in calendar"));
    }
    counting
}

#[divan::bench(args = [
    "no later than 30 days after signing",
    "the last Friday of each month",
    "not less than sixty (60) nor more than ninety (90) calendar days prior to the expiration of this Agreement, unless extended",
    "the earlier of 10 working days after the last day of the month in which ratification occurs and July 1, 2026",
])]
fn read_a_phrase(bencher: Bencher, words: &str) {
    let names = names();
    bencher.bench_local(|| tree(black_box(words), &names));
}

/// A phrase, the calendars of its counting, and the years that are worked out.
const EVALUATED: [(&str, &[&str], i32); 5] = [
    ("no later than 30 days after signing", &["weekends"], 1),
    (
        "10 working days after signing",
        &["weekends", "us_ca_courts"],
        1,
    ),
    ("quarterly", &["weekends", "us_ca_courts"], 10),
    (
        "every working day from signing",
        &["weekends", "us_ca_courts"],
        1,
    ),
    (
        "every working day from signing",
        &["weekends", "us_ca_courts"],
        10,
    ),
];

#[divan::bench(args = 0..EVALUATED.len())]
fn evaluate_a_phrase(bencher: Bencher, which: usize) {
    let (words, calendars, years) = EVALUATED[which];
    let tree = tree(words, &names());
    let counting = counting(calendars);
    let until = SIGNED.checked_add_months(chrono::Months::new(12 * years.unsigned_abs()));
    let question = Question {
        facts: &Signed,
        counting: &counting,
        from: SIGNED,
        until: until.expect("a day of this century"),
        first: None,
        ending: Ending::MayRoll,
    };
    bencher.bench_local(|| evaluate(black_box(&tree), &question));
}

/// An office with the parties of this repository and one agreement.
fn office(agreement: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("agreements")).expect("a folder in it");
    let parties = include_str!("../parties.toml");
    fs::write(folder.path().join("parties.toml"), parties).expect("the parties");
    fs::write(folder.path().join("agreements/letter.md"), agreement).expect("the agreement");
    folder
}

#[divan::bench]
fn read_an_agreement(bencher: Bencher) {
    let folder = office(include_str!("../agreements/san_jose_milestone_2.md"));
    bencher.bench_local(|| Office::load(black_box(folder.path())).expect("an office"));
}

#[divan::bench]
fn schedule_a_thousand_occurrences(bencher: Bencher) {
    let folder = office(
        "+++\ntitle = \"Weekly\"\nkind = \"side_letter\"\nparties = [\"upe\", \"dha\"]\nsigned = 2026-01-05\n\n\
         [counting]\npreset = \"california_contract\"\ndays_off = [\"weekends\", \"us_ca_courts\"]\n\n\
         [[obligations]]\nid = \"meeting\"\ntitle = \"Weekly meeting\"\nevery = \"every week\"\n\
         times = 1000\n+++\n\nThe parties meet weekly. [meeting]\n",
    );
    let office = Office::load(folder.path()).expect("an office");
    let record = Record::default();
    let until = NaiveDate::from_ymd_opt(2046, 1, 1).expect("a day");
    let question = schedule::Question::new(&office, &record, SIGNED).reaching(until);
    assert!(schedule(&question).occurrences.len() >= 1000);
    bencher.bench_local(|| schedule(black_box(&question)));
}

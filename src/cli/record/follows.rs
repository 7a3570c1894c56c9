//! What follows from an entry: where it stands, who may answer it and how, and which days it changed.

use super::beside::same_words;
use crate::agreement::{Agreement, Obligation, Renewal};
use crate::disagreement::{loose, of_an_occurrence};
use crate::ids::PartyId;
use crate::office::Office;
use crate::record::answers::{Act, Index, Rule, Standing, Stands, acts, stands};
use crate::record::entering;
use crate::record::told;
use crate::record::{Entry, EntryKind, Record};
use crate::schedule::{self, Occurrence, Question, Schedule};
use crate::words;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How many changed occurrences are shown.
const MOST: usize = 15;

/// How things stood before an entry, and the record with it, on a day.
pub(super) struct Change<'a> {
    pub(super) office: &'a Office,
    pub(super) agreement: &'a Agreement,
    pub(super) was: Schedule,
    pub(super) after: &'a Record,
    pub(super) entry: &'a Entry,
    pub(super) today: NaiveDate,
    /// How the program is called again.
    pub(super) program: &'a str,
}

impl Change<'_> {
    /// Where the entry stands, or the one that it answers, and who may answer it; and which strikes had waited for it alone.
    pub(super) fn standing(&self) -> String {
        let strikes = if self.entry.kind == EntryKind::Struck {
            self.missing_strikes()
        } else {
            self.where_it_stands()
        };
        strikes + &self.strikes_in_effect()
    }

    fn where_it_stands(&self) -> String {
        let about = match (self.entry.kind, self.entry.entry) {
            (EntryKind::Confirmed | EntryKind::Disputed, Some(number)) => {
                self.after.entry(number).unwrap_or(self.entry)
            }
            _ => self.entry,
        };
        let rule = Rule::new(self.office, self.agreement, &self.after.asked, self.today);
        let index = Index::new(self.after);
        let Some(standing) = stands(about, &index, &rule) else {
            return String::new();
        };
        let it = if about.number == self.entry.number {
            "It".to_owned()
        } else {
            format!("Entry {}", about.number)
        };
        let mut text = match standing.stands {
            Stands::Proposed => format!(
                "{it} is proposed and waits for {}; until all have agreed, the old date runs.\n",
                self.names(&standing.waits_for)
            ),
            Stands::Agreed if !self.is_by_all(&standing) => format!(
                "{it} holds: the agreement leaves it to the option of {}.\n",
                self.holders(about, &standing)
            ),
            Stands::Agreed => format!(
                "All parties have agreed{}.\n",
                if it == "It" { " to it" } else { "" }
            ),
            Stands::Confirmed if !standing.by_silence.is_empty() => {
                let silences = standing.by_silence.iter();
                let how = words::list(silences.map(|silence| silence.in_words(self.office)));
                let too_late = if self.entry.kind == EntryKind::Disputed {
                    " An objection after that is kept and changes nothing."
                } else {
                    ""
                };
                format!("{it} is {how}.{too_late}\n")
            }
            Stands::Confirmed
                if let Some(with) = told::settled_before(self.entry, &index, &rule) =>
            {
                format!(
                    "{it} was settled for all parties with entry {with}, and stays so: this is kept and changes nothing. Another day takes them all, as with: {} record ended {} --on DATE\n",
                    self.program, self.agreement.id
                )
            }
            Stands::Confirmed if about.number != self.entry.number => {
                format!("{it} is confirmed.\n")
            }
            Stands::Disputed if standing.against.is_empty() => format!(
                "{it} is disputed: another day is claimed, too. It stays so until one of them is confirmed or struck out.\n"
            ),
            Stands::Disputed => format!(
                "{it} is disputed: {} {} otherwise. It stays so until one side confirms the other's word or strikes out its own.\n",
                self.names(&standing.against),
                if standing.against.len() == 1 {
                    "says"
                } else {
                    "say"
                }
            ),
            _ => String::new(),
        };
        text.push_str(&self.own_word_is_missing(about, &standing));
        text.push_str(&self.beside_the_file(about, &standing));
        text.push_str(&self.overtaken_later(about, &standing));
        text.push_str(&same_words(about, &standing));
        text.push_str(&self.second_case());
        if let Some(otherwise) =
            told::answered_otherwise(self.office, self.entry, index.about(self.entry))
        {
            let counts = if told::settled_before(self.entry, &index, &rule).is_some() {
                ""
            } else {
                "; of its answers the last counts"
            };
            let _ = writeln!(text, "{otherwise}{counts}.");
        }
        text.push_str(&self.why_waits(about, &standing, &index, &rule));
        if let Some(holds) = told::holds_meanwhile(self.office, about, &standing) {
            let _ = writeln!(
                text,
                "{} until every other party confirms this day.",
                words::capitalized(&holds)
            );
        }
        if about.number == self.entry.number {
            text.push_str(&self.who_may_answer(&standing));
        }
        text
    }

    /// Why a renewal waits for others, though the agreement leaves one to its party.
    fn why_waits(
        &self,
        about: &Entry,
        standing: &Standing,
        index: &Index<'_>,
        rule: &Rule<'_>,
    ) -> String {
        let option = rule
            .option_beyond(about)
            .filter(|_| standing.stands == Stands::Proposed);
        let Some(option) = option else {
            return String::new();
        };
        let mut before: Vec<Act> = acts(&index.about_the_same_end(about), rule)
            .into_iter()
            .filter(|act| act.agreed_with().is_some_and(|with| with < about.number))
            .collect();
        before.sort_by_key(Act::agreed_with);
        let last = before.last().filter(|act| act.kind == EntryKind::Ended);
        if let Some(end) = last.and_then(|last| last.on) {
            return format!(
                "All parties agreed that it ends on {}; a renewal after that is for all to agree on.\n",
                words::day(end)
            );
        }
        let is_renewal = |act: &&Act| act.kind == EntryKind::Renewed;
        let so_often = before.iter().filter(is_renewal).count();
        format!("{}\n", self.why_for_all(option, so_often))
    }

    /// Why a renewal is none that its words leave to one party, which renewed it `so_often` before.
    fn why_for_all(&self, option: &Renewal, so_often: usize) -> String {
        let is_used_up = |times: u32| usize::try_from(times).is_ok_and(|times| so_often >= times);
        if option.times.is_some_and(is_used_up) {
            return "It was renewed as often as its words leave to one party; once more is for all to agree on.".to_owned();
        }
        let subject = self.entry.subject.as_deref().unwrap_or_default();
        let term = self.agreement.obligation(subject);
        let term = term.unwrap_or(&self.agreement.term);
        let of_case = self.entry.for_words.as_deref();
        let periods = self.was.of_case(&self.agreement.id, &term.id, of_case);
        let last = periods.max_by_key(|period| period.due);
        if let Some(why) = last.and_then(|last| entering::why_closed(last, self.today)) {
            return format!("{why}; outside of that a renewal is for all to agree on.");
        }
        match &option.length {
            Some(length) if entering::leaves_less(&length.words) => format!(
                "Its words leave \"{}\" to one party; a later day is for all to agree on.",
                length.words
            ),
            Some(length) => format!(
                "Its words leave \"{}\" to one party; another day is for all to agree on.",
                length.words
            ),
            None => "Its words leave no such renewal to one party; it is for all to agree on."
                .to_owned(),
        }
    }

    /// Which earlier entries say what became of an occurrence that there is no more since.
    fn loose(&self, is: &Schedule) -> String {
        let of_it = self.after.standing().filter(|entry| {
            entry.agreement == self.agreement.id
                && entry.number != self.entry.number
                && of_an_occurrence(entry)
        });
        let said: Vec<&Entry> = of_it.collect();
        let before = loose(self.agreement, &self.was, &said);
        let mut numbers = loose(self.agreement, is, &said);
        numbers.retain(|number| !before.contains(number));
        let (entries, speak, them) = match numbers.as_slice() {
            [] => return String::new(),
            [_] => ("Entry", "speaks of an occurrence", "it"),
            _ => ("Entries", "speak of occurrences", "them"),
        };
        format!(
            "{entries} {} {speak} that there is no more, and what was said counts for nothing as it stands: where another is meant, strike {them} out and enter {them} anew for that one.\n",
            words::list(numbers.iter().map(u64::to_string))
        )
    }

    /// What is asked of the record with the entry.
    pub(super) fn question(&self) -> Question<'_> {
        let question = Question::new(self.office, self.after, self.today);
        super::reaching_back(question, self.entry)
    }

    pub(super) fn standing_of(&self, entry: &Entry) -> Option<Standing> {
        let rule = Rule::new(self.office, self.agreement, &self.after.asked, self.today);
        stands(entry, &Index::new(self.after), &rule)
    }

    pub(super) fn is_by_all(&self, standing: &Standing) -> bool {
        let mut parties = self.agreement.parties.iter();
        parties.all(|party| standing.said_by.contains(party))
    }

    pub(super) fn names<'b>(&self, parties: impl IntoIterator<Item = &'b PartyId>) -> String {
        let names = parties.into_iter();
        words::list(names.map(|party| self.office.short_name(party)))
    }

    /// By name, whose option an act used.
    pub(super) fn holders(&self, act: &Entry, standing: &Standing) -> String {
        self.names(entering::used_by(act, &standing.said_by, self.agreement))
    }

    /// The occurrences whose dates or state the entry changed, and whether notice came in its time.
    pub(super) fn days(&self) -> String {
        if self.entry.kind == EntryKind::Noted {
            return String::new();
        }
        let is = schedule::schedule(&self.question());
        let mut text = String::new();
        if self.entry.kind == EntryKind::Notice
            && let Some(flag) = self.notice()
        {
            text.push_str(&flag);
        }
        let is_settled = |schedule: &Schedule| {
            let days = schedule.agreements.get(&self.agreement.id);
            days.is_some_and(|days| days.is_settled)
        };
        if is_settled(&is) && !is_settled(&self.was) {
            let file = &self.office.sources.get(self.agreement.file).path;
            let _ = writeln!(
                text,
                "Nothing is awaited any more, but its file says that it is tentative, so no date of it runs: once it is in force, write `status = \"in_force\"` in {file}."
            );
        }
        match self.entry.kind {
            EntryKind::Met => text.push_str(&self.early(&is)),
            EntryKind::Happened => text.push_str(&self.after_its_last_day(&is)),
            _ => {}
        }
        text.push_str(&self.skipped(&is));
        text.push_str(&self.stands_in_its_place(&is));
        text.push_str(&self.loose(&is));
        let mut lines = self.changed(&is);
        lines.extend(self.owed_no_more(&is));
        if lines.is_empty() {
            return text + &self.disputes_notice_in_time() + &self.no_day(&is);
        }
        text.push_str("\nWhat follows from it:\n");
        for line in lines.iter().take(MOST) {
            let _ = writeln!(text, "  {line}");
        }
        if lines.len() > MOST {
            let _ = writeln!(
                text,
                "  ... and {} more; see: {} due --all --agreement {}",
                lines.len() - MOST,
                self.program,
                self.agreement.id
            );
        }
        text
    }

    fn changed(&self, is: &Schedule) -> Vec<String> {
        let facts = |o: &Occurrence| (o.opens, o.due, o.state, o.projected, o.met_on);
        is.occurrences
            .iter()
            .filter_map(|o| {
                let before = self
                    .was
                    .of_obligation(&o.agreement, &o.obligation)
                    .find(|w| (w.occurrence, &w.for_words) == (o.occurrence, &o.for_words));
                let changed =
                    before.is_none_or(|before| facts(before) != facts(o) || has_stopped(o, before));
                changed.then(|| line(self.office, o, before))
            })
            .collect()
    }

    /// The occurrences of each obligation that there are no more, where none came in their place.
    fn owed_no_more(&self, is: &Schedule) -> Vec<String> {
        let name = |o: &Occurrence| (o.occurrence, o.for_words.clone());
        let named = |of: &Schedule, obligation: &Obligation| -> BTreeSet<_> {
            let all = of.of_obligation(&self.agreement.id, &obligation.id);
            all.map(name).collect()
        };
        let of_one = |obligation: &Obligation| {
            let (was, is) = (named(&self.was, obligation), named(is, obligation));
            if !is.is_subset(&was) {
                return None;
            }
            let all = self.was.of_obligation(&self.agreement.id, &obligation.id);
            let mut gone = all.filter(|o| !is.contains(&name(o)));
            let first = gone.next()?;
            let of = first.for_words.as_ref().map(|words| format!(" ({words})"));
            let (title, of, first) = (&obligation.title, of.unwrap_or_default(), days(first)?);
            Some(match gone.count() {
                0 => format!("{title}{of}: {first} (owed no more)"),
                later => format!("{title}{of}: {first} and {later} more (owed no more)"),
            })
        };
        self.agreement
            .obligations
            .iter()
            .filter_map(of_one)
            .collect()
    }

    /// Whether notice lies in its window.
    fn notice(&self) -> Option<String> {
        let on = self.entry.on?;
        let subject = self.entry.subject.as_deref();
        let of_case = self.entry.for_words.as_deref();
        let window = self
            .was
            .notice_window(&self.agreement.id, subject, of_case, on)?;
        let days = |from: NaiveDate, to: NaiveDate| words::count((to - from).num_days(), "day");
        let flag = match (window.opens, window.closes) {
            (_, Some(closes)) if on > closes => format!(
                "The last day for notice was {}: this is {} late.\n",
                words::weekday_and_day(closes),
                days(closes, on)
            ),
            (Some(opens), _) if on < opens => format!(
                "Notice may be given from {}: this is {} early.\n",
                words::weekday_and_day(opens),
                days(on, opens)
            ),
            (_, Some(closes)) if self.today > closes => format!(
                "It is entered {} after the last day for notice, {}: it counts as long as nobody disputes it; once the term has gone on, only when it is accepted.\n",
                days(closes, self.today),
                words::weekday_and_day(closes)
            ),
            _ => return None,
        };
        Some(flag)
    }
}

fn line(office: &Office, o: &Occurrence, before: Option<&Occurrence>) -> String {
    let title = office
        .agreement(o.agreement.as_str())
        .and_then(|a| a.owed(o.obligation.as_str()))
        .map_or(o.obligation.as_str(), |b| b.title.as_str());
    let of = o.for_words.as_ref().map(|words| format!(" ({words})"));
    let of = of.unwrap_or_default();
    let expected = if o.projected { "expected, " } else { "" };
    let state = o.state.as_str();
    let old = before
        .filter(|before| (before.opens, before.due) != (o.opens, o.due))
        .and_then(days)
        .map(|days| format!("{days} -> "))
        .unwrap_or_default();
    let goes_on = goes_on(o, before);
    match days(o) {
        Some(days) => format!("{title}{of}: {old}{days} ({expected}{state}){goes_on}"),
        // What had a day, and waits for one now, is told from what never had any.
        None => match before.and_then(days) {
            Some(old) => format!("{title}{of}: {old} -> no day ({state})"),
            None => format!("{title}{of}: {state}"),
        },
    }
}

/// That no period follows on one any more, where nothing else of it has changed.
fn goes_on(o: &Occurrence, before: Option<&Occurrence>) -> &'static str {
    let is_all = |before: &Occurrence| {
        (before.opens, before.due, before.state) == (o.opens, o.due, o.state)
            && has_stopped(o, before)
    };
    if before.is_some_and(is_all) {
        ", and does not go on after that"
    } else {
        ""
    }
}

/// Whether a period followed before, and none does now. One that follows since is listed itself.
fn has_stopped(o: &Occurrence, before: &Occurrence) -> bool {
    before.renewed_until.is_some() && o.renewed_until.is_none()
}

fn days(o: &Occurrence) -> Option<String> {
    match (o.opens, o.due) {
        (Some(opens), Some(due)) => Some(format!("{} to {}", words::day(opens), words::day(due))),
        (None, Some(due)) => Some(words::day(due)),
        (Some(opens), None) => Some(format!("from {}", words::day(opens))),
        (None, None) => None,
    }
}

//! What leaves: read back by a reader that is not ours, and looked for in the Maildir.

mod as_if_nothing_happened;
mod killed;
#[expect(dead_code, reason = "the tests of whole commands use the rest")]
#[path = "../../tests/relay.rs"]
mod relay;
mod relayed;

use super::{Day, Draft, Sent, Threads, drafts, send};
use crate::agreement::{Confirmation, Visibility};
use crate::clock::Clock;
use crate::error::Result;
use crate::ids::PartyId;
use crate::mail::text_of;
use crate::office::{Office, Transport};
use crate::record::{EntryKind, Evidence, Record};
use crate::reminder::digest::digests;
use crate::reminder::fixture::{
    contact, day, entry, hold, meeting, office, schedule, tracked_from, waiting,
};
use crate::reminder::{Failures, Plan, Told, Vanished, plan};
use crate::schedule::{Occurrence, Schedule, State};
use crate::store::outbox::MessageState;
use crate::store::refusal::OVERTAKEN;
use crate::store::{self, Access, Store};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::path::Path;

fn written(office: &Office, record: &Record, schedule: &Schedule, today: &str) -> Vec<Draft> {
    let clock = Clock::on(day(today), office.settings.zone);
    let at = Day {
        office,
        record,
        schedule,
        clock: &clock,
    };
    let (told, failures) = (Told::default(), Failures::default());
    let vanished = Vanished::default();
    let today = clock.today();
    let plan = Plan {
        messages: plan(office, record, schedule, &told, &failures, &vanished, today),
        digests: digests(office, record, schedule, &told, &failures, today),
    };
    let mut all = Vec::new();
    let known = (&told, &Threads::default());
    drafts(&at, known, &plan, &mut Vec::new(), |write| {
        write(&mut |draft| {
            all.push(draft);
            Ok(())
        })
    })
    .unwrap();
    all
}

/// The headers and the text part, and the HTML part from its body on, as mail-parser reads them.
fn read(draft: &Draft) -> (String, String) {
    let bytes = &draft.message.bytes;
    let mail = MessageParser::default().parse(bytes).unwrap();
    let html = mail.body_html(0).unwrap().into_owned();
    let (_, html) = html.split_once("<body>").unwrap();
    let headers: String = String::from_utf8_lossy(bytes)
        .split("\r\n\r\n")
        .next()
        .unwrap()
        .replace("\r\n", "\n");
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text_of(bytes).trim_end(), text.trim_end());
    (format!("{headers}\n\n{text}"), html.replace("\r\n", "\n"))
}

fn snapshot(name: &str, draft: &Draft) {
    let (text, html) = read(draft);
    insta::assert_snapshot!(format!("{name}_text"), text);
    insta::assert_snapshot!(format!("{name}_html"), html);
}

fn about_meeting(today: &str) -> Vec<Draft> {
    let now = schedule(vec![meeting(day("2014-03-30"), day(today))]);
    written(&office(), &tracked_from("2014-01-01"), &now, today)
}

#[test]
fn asked() {
    let record = tracked_from("2014-01-31");
    snapshot(
        "asked",
        &written(&office(), &record, &waiting(), "2014-01-31")[0],
    );
}

#[test]
fn before_the_day() {
    // To the one who owes; the one who is owed reads another first line and the same facts.
    let drafts = about_meeting("2014-02-28");
    snapshot("before", &drafts[1]);
    let (union, _) = read(&drafts[0]);
    let (employer, _) = read(&drafts[1]);
    assert!(employer.contains("This is for DHA to do; it is owed to UPE."));
    assert!(union.contains("This is owed to UPE by DHA."));
    let fact = "Due Sunday 30 March 2014; nothing recorded yet.";
    assert!(employer.contains(fact) && union.contains(fact));
}

#[test]
fn on_the_day() {
    snapshot("due", &about_meeting("2014-03-30")[0]);
}

#[test]
fn after_the_day() {
    let drafts = about_meeting("2014-04-07");
    snapshot("overdue", &drafts[0]);
    let (text, html) = read(&drafts[0]);
    for verdict in ["overdue", "missed", "violated", " late "] {
        assert!(!text.to_lowercase().contains(verdict), "{verdict}");
        assert!(!html.to_lowercase().contains(verdict), "{verdict}");
    }
}

#[test]
fn what_was_reported() {
    let mut record = tracked_from("2014-01-01");
    let mut said = entry(
        1,
        EntryKind::Happened,
        "implementation",
        "2014-02-28",
        "dha",
    );
    said.speaker = Some("J. Doe".to_owned());
    said.note = Some("All three bureaus went live".to_owned());
    record.entries.push(said);
    let today = day("2014-02-28");
    let now = schedule(vec![
        hold(day("2014-08-30"), today),
        meeting(day("2014-06-30"), today),
    ]);
    snapshot(
        "reported",
        &written(&office(), &record, &now, "2014-02-28")[0],
    );
}

#[test]
fn what_is_asked_with_what_silence_means() {
    let mut office = office();
    office.settings.confirmation = Confirmation::Silence;
    office.settings.mail.transport = Transport::Sendmail("/usr/sbin/sendmail".into());
    let mut record = tracked_from("2014-01-01");
    let mut said = entry(1, EntryKind::Met, "follow_up_meeting", "2014-02-28", "dha");
    said.speaker = Some("J. Doe".to_owned());
    said.evidence.push(Evidence {
        name: "minutes.pdf".to_owned(),
        sha256: "ab".repeat(32),
    });
    record.entries.push(said);
    let today = day("2014-02-28");
    let now = schedule(vec![Occurrence {
        state: State::Reported,
        entries: vec![1],
        ..meeting(day("2014-03-30"), today)
    }]);
    snapshot("silence", &written(&office, &record, &now, "2014-02-28")[0]);
}

#[test]
fn what_is_proposed() {
    let mut record = tracked_from("2014-01-01");
    let mut said = entry(
        1,
        EntryKind::Moved,
        "follow_up_meeting",
        "2014-02-28",
        "dha",
    );
    said.on = None;
    said.to = Some(day("2014-04-15"));
    record.entries.push(said);
    let now = schedule(vec![Occurrence {
        state: State::Scheduled,
        ..meeting(day("2014-04-10"), day("2014-02-28"))
    }]);
    snapshot(
        "proposed",
        &written(&office(), &record, &now, "2014-02-28")[0],
    );
}

#[test]
fn several_things_at_once() {
    let today = day("2014-06-03");
    let now = schedule(vec![
        meeting(day("2014-06-10"), today),
        hold(day("2014-06-02"), today),
    ]);
    let record = tracked_from("2014-01-01");
    snapshot(
        "several",
        &written(&office(), &record, &now, "2014-06-03")[0],
    );
}

#[test]
fn the_days_are_attached_as_a_calendar_that_asks_nobody_to_accept() {
    let draft = &about_meeting("2014-03-30")[0];
    let mail = MessageParser::default()
        .parse(&draft.message.bytes)
        .unwrap();
    let attached = mail.attachment(0).unwrap();
    assert_eq!(attached.attachment_name(), Some("deadlines.ics"));
    let kind = attached.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
    assert_eq!(kind.attribute("method"), Some("PUBLISH"));
    let PartType::Text(file) = &attached.body else {
        panic!("no text: {:?}", attached.body);
    };
    assert!(file.contains("METHOD:PUBLISH\r\n"), "{file}");
    assert!(file.contains("DTSTART;VALUE=DATE:20140330\r\n"), "{file}");
    // Where there is no day, there is no file.
    let asked = &written(
        &office(),
        &tracked_from("2014-01-31"),
        &waiting(),
        "2014-01-31",
    )[0];
    let mail = MessageParser::default()
        .parse(&asked.message.bytes)
        .unwrap();
    assert_eq!(mail.attachment_count(), 0);
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    let (one, two) = (about_meeting("2014-03-30"), about_meeting("2014-03-30"));
    assert_eq!(one[0].message, two[0].message);
    // Another stage of the same thing is another message in the same thread, under the same subject.
    let later = about_meeting("2014-04-07");
    assert_ne!(one[0].message.message_id, later[0].message.message_id);
    assert_eq!(one[0].message.subject, later[0].message.subject);
    let root = |draft: &Draft| {
        let mail = MessageParser::default()
            .parse(&draft.message.bytes)
            .unwrap();
        mail.references().as_text().unwrap().to_owned()
    };
    assert_eq!(root(&one[0]), root(&later[0]));
    assert_eq!(root(&one[0]), root(&one[1]));
}

#[test]
fn no_title_name_or_note_breaks_out_of_its_place() {
    let mut office = office();
    let bad = "x\r\nBcc: all@upe.example\r\n\r\n<script>alert(1)</script>\u{202e}{{office}}";
    office.agreements[0].title = bad.to_owned();
    office.agreements[0].obligations[0].title = bad.to_owned();
    office.parties[0].short = bad.to_owned();
    office.parties[0].contacts[0].name = bad.to_owned();
    let now = schedule(vec![meeting(day("2014-03-30"), day("2014-03-30"))]);
    for draft in written(&office, &tracked_from("2014-01-01"), &now, "2014-03-30") {
        let mail = MessageParser::default()
            .parse(&draft.message.bytes)
            .unwrap();
        assert!(mail.bcc().is_none());
        assert_eq!(mail.to().unwrap().iter().count(), 1);
        let html = mail.body_html(0).unwrap();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains('\u{202e}'));
        assert!(html.contains("{{office}}"), "{html}");
    }
}

#[test]
fn nobody_reads_a_note_a_comment_or_another_address() {
    let mut office = office();
    office.settings.keeper = Some(PartyId::new("upe"));
    office.parties[0]
        .contacts
        .push(contact("Other", "other@upe.example"));
    office.agreements[0].obligations[0].reading = Some("Ask other@upe.example.".to_owned());
    let now = schedule(vec![meeting(day("2014-03-30"), day("2014-03-30"))]);
    for draft in written(&office, &tracked_from("2014-01-01"), &now, "2014-03-30") {
        let (text, html) = read(&draft);
        let mail = MessageParser::default()
            .parse(&draft.message.bytes)
            .unwrap();
        let attached = mail.attachment(0).unwrap().text_contents().unwrap();
        assert!(attached.contains("[address withheld]"), "{attached}");
        for secret in ["SECRET", "Kim", "agents@upe", "other@upe", "labor@dha"] {
            let to = draft.message.recipient.contains(secret);
            let body = text.split_once("\n\n").unwrap().1;
            assert!(!body.contains(secret), "{secret} in {body}");
            assert!(!html.contains(secret), "{secret}");
            assert!(!attached.contains(secret), "{secret}");
            assert!(to || !text.contains(secret), "{secret} in the headers");
        }
        // Only who keeps the record is told the command.
        assert_eq!(
            text.contains("sideletter record"),
            draft.message.party.as_str() == "upe"
        );
    }
}

#[test]
fn a_step_that_names_what_the_reader_may_not_see_is_withheld() {
    let mut office = office();
    let hidden = &mut office.agreements[0].events[0];
    hidden.visibility = Visibility::Keeper(PartyId::new("upe"));
    let now = schedule(vec![meeting(day("2014-03-30"), day("2014-03-30"))]);
    for draft in written(&office, &tracked_from("2014-01-01"), &now, "2014-03-30") {
        let all = String::from_utf8_lossy(&draft.message.bytes).replace("=\r\n", "");
        let sees = draft.message.party.as_str() == "upe";
        assert_eq!(all.contains("Implementation of SDR"), sees, "{all}");
    }
}

/// An office in a folder of its own, whose letter says the days that `schedule` gives it.
struct Place {
    folder: tempfile::TempDir,
    office: Office,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut office = office();
        office.root = folder.path().to_owned();
        Self { folder, office }
    }

    fn store(&self) -> Box<dyn Store> {
        store::open(
            self.folder.path(),
            &self.office.settings.store,
            Access::Write,
        )
        .unwrap()
    }

    /// One run about the follow-up meeting, due 30 March 2014.
    fn run(&self, today: &str) -> Sent {
        let clock = Clock::on(day(today), self.office.settings.zone);
        let now = schedule(vec![meeting(day("2014-03-30"), clock.today())]);
        self.run_about(&now, &clock).unwrap()
    }

    fn run_about(&self, schedule: &Schedule, clock: &Clock) -> Result<Sent> {
        self.run_with(self.store().as_mut(), schedule, clock)
    }

    fn run_with(&self, store: &mut dyn Store, schedule: &Schedule, clock: &Clock) -> Result<Sent> {
        let mut record = store.record()?;
        record.tracking = tracked_from("2014-01-01").tracking;
        let day = Day {
            office: &self.office,
            record: &record,
            schedule,
            clock,
        };
        let mut sent = Sent::default();
        super::send_owed(&day, store, true, &mut sent)?;
        Ok(sent)
    }

    fn mails(&self) -> Vec<String> {
        files(&self.folder.path().join("outbox/new"))
    }
}

fn files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_second_run_of_one_day_writes_nothing_new() {
    let place = Place::new();
    assert_eq!(place.run("2014-03-29").messages.len(), 2);
    let mails = place.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(place.run("2014-03-29").messages.len(), 0);
    assert_eq!(place.mails(), mails);
    assert_eq!(place.run("2014-03-30").messages.len(), 2);
    assert_eq!(place.mails().len(), 4);
}

#[test]
fn a_run_that_died_in_between_is_finished_by_the_next_with_the_same_bytes() {
    let place = Place::new();
    place.run("2014-03-29");
    let folder = place.folder.path().join("outbox/new");
    let mails = place.mails();
    let bytes = std::fs::read(folder.join(&mails[0])).unwrap();
    let mut store = place.store();
    let all = store.messages(None).unwrap();
    // As if it was killed before one file was written, and after another but before that was noted.
    std::fs::remove_file(folder.join(&mails[0])).unwrap();
    let at = "2014-03-29T17:00:00Z".parse().unwrap();
    for message in all {
        let moved = [(message.id, MessageState::Sent)];
        assert!(
            store
                .shift(&moved, MessageState::Sending, None, at)
                .unwrap()
        );
    }
    assert_eq!(place.run("2014-03-29").messages.len(), 2);
    assert_eq!(place.mails(), mails);
    assert_eq!(std::fs::read(folder.join(&mails[0])).unwrap(), bytes);
    assert!(
        store
            .messages(Some(MessageState::Sending))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn over_the_cap_the_rest_stays_for_the_next_run() {
    let mut place = Place::new();
    place.office.settings.most_per_run = 1;
    let first = place.run("2014-03-29");
    assert_eq!((first.messages.len(), first.left), (1, 1));
    let second = place.run("2014-03-29");
    assert_eq!((second.messages.len(), second.left), (1, 0));
    assert_eq!(place.mails().len(), 2);
}

#[test]
fn what_waits_and_no_longer_holds_is_cancelled() {
    let mut place = Place::new();
    place.office.settings.most_per_run = 0;
    assert_eq!(place.run("2014-03-29").left, 2);
    place.office.settings.most_per_run = 200;
    let clock = Clock::on(day("2014-03-30"), place.office.settings.zone);
    let done = schedule(Vec::new());
    let sent = place.run_about(&done, &clock).unwrap();
    assert_eq!((sent.cancelled, sent.messages.len()), (2, 0));
    assert!(place.mails().is_empty());
}

#[test]
fn a_held_message_is_given_up_for_a_later_stage() {
    let mut place = Place::new();
    place.office.settings.keeper = Some(PartyId::new("upe"));
    let first = place.run("2014-03-29");
    assert_eq!((first.messages.len(), first.held.len()), (1, 1));
    let second = place.run("2014-03-30");
    assert_eq!((second.held.len(), second.cancelled), (1, 1));
    assert_eq!(place.mails().len(), 2);
}

#[test]
fn what_a_killed_run_has_not_given_up_is_given_up_by_the_next() {
    for keeper in [true, false] {
        let mut place = Place::new();
        if keeper {
            place.office.settings.keeper = Some(PartyId::new("upe"));
        } else {
            place.office.settings.most_per_run = 0;
        }
        place.run("2014-03-29");
        let clock = Clock::on(day("2014-03-30"), place.office.settings.zone);
        let now = schedule(vec![meeting(day("2014-03-30"), clock.today())]);
        // It decides the later stage and dies.
        let mut dying = killed::Dying {
            store: place.store(),
            steps_left: 1,
        };
        place.run_with(&mut dying, &now, &clock).unwrap_err();
        place.office.settings.most_per_run = 200;
        place.run("2014-03-30");
        let rows = place.store().messages(None).unwrap();
        let states: Vec<MessageState> = rows.iter().map(|row| row.state).collect();
        let expected = if keeper {
            vec![
                MessageState::Sent,
                MessageState::Cancelled,
                MessageState::Sent,
                MessageState::Held,
            ]
        } else {
            vec![
                MessageState::Cancelled,
                MessageState::Cancelled,
                MessageState::Sent,
                MessageState::Sent,
            ]
        };
        assert_eq!(states, expected);
    }
}

#[test]
fn what_was_queued_again_after_a_later_stage_is_given_up() {
    let mut place = Place::new();
    place.office.settings.keeper = Some(PartyId::new("upe"));
    place.run("2014-03-29");
    place.run("2014-03-30");
    let mut store = place.store();
    let cancelled = store.messages(Some(MessageState::Cancelled)).unwrap();
    let at = "2014-03-31T08:00:00Z".parse().unwrap();
    let moved = [(cancelled[0].id, MessageState::Cancelled)];
    let by_hand = Some(super::BY_HAND);
    assert!(
        store
            .shift(&moved, MessageState::Queued, by_hand, at)
            .unwrap()
    );
    let sent = place.run("2014-03-31");
    assert_eq!((sent.messages.len(), sent.cancelled), (0, 1));
    let given_up = place.store().message(cancelled[0].id).unwrap().unwrap();
    assert_eq!(given_up.state, MessageState::Cancelled);
    assert_eq!(given_up.detail.as_deref(), Some(OVERTAKEN));
}

#[test]
fn what_the_cap_left_is_given_up_for_a_later_stage() {
    let mut place = Place::new();
    place.office.settings.most_per_run = 1;
    assert_eq!(place.run("2014-03-29").left, 1);
    place.office.settings.most_per_run = 200;
    let next = place.run("2014-03-30");
    assert_eq!((next.messages.len(), next.withdrawn), (2, 1));
}

#[test]
fn a_contact_without_a_sound_address_keeps_nobody_else_waiting() {
    let mut place = Place::new();
    place.office.parties[0].contacts[0].email = "no address".to_owned();
    let sent = place.run("2014-03-29");
    assert_eq!(sent.no_address, [PartyId::new("upe")]);
    assert_eq!(sent.messages.len(), 1);
}

#[test]
fn an_office_may_use_its_own_templates_file_by_file() {
    let place = Place::new();
    let folder = place.folder.path().join("templates/mail/reminder");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("subject.txt.hbs"), "Own: {{subject}}\n").unwrap();
    assert!(
        place.run("2014-03-29").messages[0]
            .subject
            .starts_with("Own: SDR")
    );
    std::fs::write(folder.join("body.txt.hbs"), "{{no_such_field}}").unwrap();
    let clock = Clock::on(day("2014-03-30"), place.office.settings.zone);
    let now = schedule(vec![meeting(day("2014-03-30"), clock.today())]);
    let refused = place.run_about(&now, &clock);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("templates/mail/reminder")
    );
}

#[test]
fn the_first_run_begins_tracking() {
    let place = Place::new();
    let clock = Clock::on(day("2014-03-29"), place.office.settings.zone);
    send(&place.office, place.store().as_mut(), &clock).unwrap();
    let tracking = place.store().tracking().unwrap();
    assert_eq!(tracking.values().collect::<Vec<_>>(), [&day("2014-03-29")]);
}

//! What is read of an office in which every key stands that there is.

use crate::office::Office;
use chrono::NaiveDate;
use sideletter::agreement::{
    AgreementKind, Confirmation, RenewalKind, Status, Timing, Visibility, When,
};
use sideletter::office::{Language, Receives};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn every_key() -> sideletter::office::Office {
    let office = Office::fixture("offices/every_key");
    let outcome = office.run(&["check"]);
    assert_eq!(
        outcome.stdout, "2 agreements read; no faults\n",
        "every key is known"
    );
    sideletter::office::Office::load(office.root()).unwrap()
}

#[test]
fn the_settings_are_read() {
    let office = every_key();
    let settings = &office.settings;
    assert_eq!(settings.name, "UPE and DHA side letters");
    assert_eq!(settings.keeper.as_ref().unwrap().as_str(), "upe");
    assert_eq!(settings.zone, chrono_tz::America::Los_Angeles);
    assert_eq!(settings.confirmation, Confirmation::Silence);
    assert_eq!(settings.remind.before, Some(vec![14, 1]));
    assert_eq!(settings.remind.overdue_every, Some(5));
    assert_eq!(settings.most_per_run, 50);
    assert_eq!(settings.site_out, "pages");
    assert_eq!(
        settings.site_url.as_deref(),
        Some("https://letters.upe.example/")
    );
}

#[test]
fn an_office_without_settings_has_the_defaults() {
    let office = Office::fixture("offices/two_parties");
    let read = sideletter::office::Office::load(office.root()).unwrap();
    assert_eq!(read.settings.confirmation, Confirmation::Silence);
    assert_eq!(read.settings.remind.before, Some(vec![30, 7, 1]));
    assert_eq!(read.settings.store.url, "sqlite:.sideletter/store.db");
    let kept = office.file("sideletter.toml", "[office]\nkeeper = \"upe\"\n");
    let read = sideletter::office::Office::load(kept.root()).unwrap();
    assert_eq!(read.settings.confirmation, Confirmation::Required);
}

#[test]
fn the_parties_are_read_in_the_order_of_the_file() {
    let office = every_key();
    let keys: Vec<&str> = office.parties.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(keys, ["upe", "dha"]);
    let dha = office.party("dha").unwrap();
    assert_eq!(dha.short, "Department of Health Administration");
    assert!(dha.contacts.is_empty());
    let [agent, board] = office.party("upe").unwrap().contacts.as_slice() else {
        panic!("UPE has two contacts");
    };
    assert_eq!(agent.language, Language::Spanish);
    assert_eq!(agent.agreed, Some(day(2026, 11, 1)));
    assert_eq!(agent.agreements.as_ref().unwrap().len(), 1);
    assert_eq!(board.receives, Receives::Escalation);
    assert_eq!(board.agreements, None);
}

#[test]
fn an_agreement_is_read() {
    let office = every_key();
    let letter = office.agreement("sdr_phase_ii").unwrap();
    assert_eq!(letter.kind, AgreementKind::SideLetter);
    assert_eq!(letter.status, Status::InForce);
    assert_eq!(letter.signed.map(|day| day.value), Some(day(2014, 2, 20)));
    assert!(matches!(letter.effective, Some(When::Phrase(_))));
    assert_eq!(letter.remind.before, Some(vec![10]));
    assert_eq!(letter.confirmation, Some(Confirmation::Required));
    assert_eq!(letter.digest.len(), 64);
    let text = &office.sources.get(letter.file).text;
    let body = text.get(letter.body.range()).unwrap();
    assert!(
        body.starts_with("\n1. Ongoing") && body.ends_with("[training_plan]\n"),
        "{body}"
    );
    let events: Vec<&str> = letter.events.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(events, ["implementation", "review_request", "rollout"]);
    let request = letter.event("review_request").unwrap();
    assert!(request.repeats);
    assert_eq!(request.visibility, Visibility::Parties);
    assert_eq!(
        letter.event("rollout").unwrap().date.map(|day| day.value),
        Some(day(2014, 3, 10))
    );
}

#[test]
fn counting_comes_from_what_an_agreement_amends() {
    let office = every_key();
    let letter = office.agreement("sdr_phase_ii").unwrap();
    assert_eq!(
        letter.counting.preset.as_deref(),
        Some("california_contract")
    );
    assert_eq!(
        letter.counting.authority.as_deref(),
        Some("MOU article 8.3")
    );
    let own = letter.obligation("answer").unwrap().counting.as_ref();
    assert_eq!(own.unwrap().preset.as_deref(), Some("california_contract"));
    assert_ne!(own.unwrap().rules, letter.counting.rules);
}

#[test]
fn obligations_are_read() {
    let office = every_key();
    let letter = office.agreement("sdr_phase_ii").unwrap();
    let meeting = letter.obligation("follow_up_meeting").unwrap();
    assert_eq!(
        meeting.timing.words(),
        Some("no later than 30 days after implementation")
    );
    assert_eq!(meeting.who.as_deref(), Some("Analysts, stewards"));
    assert_eq!(meeting.owed_to, []);
    assert_eq!(meeting.remind.before, Some(vec![3]));
    assert_eq!(meeting.remind.to.as_ref().unwrap().len(), 1);

    let harmless = letter.obligation("hold_harmless").unwrap();
    assert_eq!(harmless.owed_to.len(), 1);
    assert!(harmless.survives);
    let Timing::Lasts {
        renewal: Some(renewal),
        ..
    } = &harmless.timing
    else {
        panic!("it is a term with a renewal");
    };
    assert_eq!(renewal.how, RenewalKind::ByAgreement);
    assert_eq!(renewal.times, Some(1));
    assert!(renewal.window.is_some() && renewal.notice.is_none());

    let notice = letter.obligation("quota_notice").unwrap();
    assert!(matches!(notice.timing, Timing::Standing));

    let committee = letter.obligation("committee").unwrap();
    let Timing::Every {
        first,
        until,
        times,
        ..
    } = &committee.timing
    else {
        panic!("it recurs");
    };
    assert_eq!((*first, *times), (Some(day(2014, 4, 8)), Some(30)));
    assert!(matches!(until, Some(When::On(until, _)) if *until == day(2016, 12, 31)));

    let answer = letter.obligation("answer").unwrap();
    assert!(matches!(&answer.visibility, Visibility::Keeper(p) if p.as_str() == "upe"));
}

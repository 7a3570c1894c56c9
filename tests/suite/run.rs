//! `run`: one pass over the whole way, on the repository's own office.

use crate::office::Office;
use insta::assert_snapshot;

#[test]
fn the_first_pass_tells_a_business_agent_what_there_is_to_know() {
    let office = Office::repository().on("2026-11-23");
    assert_snapshot!("first_pass", office.prints("run"));
    let mail = office
        .files()
        .into_iter()
        .filter(|path| path.starts_with("outbox/new/"));
    assert_eq!(mail.count(), 10);
    for page in [
        "site/index.html",
        "site/agreements/sdr_phase_ii.html",
        "site/all.ics",
    ] {
        assert!(!office.read(page).is_empty());
    }
}

#[test]
fn a_second_pass_on_one_day_writes_nothing_new_and_the_same_pages() {
    let office = Office::repository().on("2026-11-23");
    office.prints("run");
    let (mail, page) = (
        office.files(),
        office.read("site/agreements/sdr_phase_ii.html"),
    );
    let second = office.prints("run");
    assert!(
        second.contains("Mail: nothing new to write today."),
        "{second}"
    );
    assert_eq!(office.files(), mail);
    assert_eq!(office.read("site/agreements/sdr_phase_ii.html"), page);
}

#[test]
fn an_event_that_is_recorded_dates_what_hangs_on_it_everywhere() {
    let office = Office::repository().on("2014-03-10");
    office.prints("run");
    office.prints("record happened sdr_phase_ii/implementation --on 2014-03-03 --by dha");
    let due = office.prints("due --agreement sdr_phase_ii");
    for (day, what) in [
        ("2014-04-02, in 23 days", "follow_up_meeting"),
        ("2014-04-02, in 23 days", "training_survey"),
        ("2014-03-03 to 2014-06-03, in 85 days", "hold_harmless"),
        ("2014-03-03 to 2014-06-03, in 85 days", "schedules_honored"),
        ("2014-03-03 to 2015-03-03, in 358 days", "learning_curve"),
        ("2014-04-02, expected", "rotation_plan"),
    ] {
        let id = format!("sdr_phase_ii/{what}");
        let row = due
            .lines()
            .zip(due.lines().skip(1))
            .find(|(_, below)| below.trim_end().ends_with(&id));
        assert!(
            row.is_some_and(|(row, _)| row.contains(day)),
            "{what} is not {day} in\n{due}"
        );
    }
    office.prints("run");
    let page = office.read("site/agreements/sdr_phase_ii.html");
    assert!(page.contains(r#"<time datetime="2014-04-02">2 April 2014</time>"#));
    let mails: Vec<String> = office
        .files()
        .iter()
        .filter(|path| path.starts_with("outbox/new/"))
        .map(|path| office.read(path))
        .filter(|mail| mail.contains("Wednesday 2 April 2014"))
        .collect();
    let to = |address: &str| {
        let header = |line: &str| line.starts_with("To: ") && line.contains(address);
        mails.iter().filter(|mail| mail.lines().any(header)).count()
    };
    assert_eq!(
        (
            to("<agents@upe.example>"),
            to("<labor-relations@dha.example>")
        ),
        (1, 1)
    );
}

#[test]
fn one_faulty_agreement_stops_no_other() {
    let office = Office::repository()
        .on("2026-11-23")
        .file("agreements/sdr_phase_ii.md", "+++\ntitle = \"SDR\n+++\n");
    let pass = office.run(&["run"]);
    assert_eq!(pass.code, 1);
    assert!(
        pass.stdout.contains("Read: 5 agreements"),
        "{}",
        pass.stdout
    );
    assert!(pass.stdout.contains("Mail: 8 messages"), "{}", pass.stdout);
    assert!(
        pass.stderr.contains("left out: agreements/sdr_phase_ii.md"),
        "{}",
        pass.stderr
    );
    assert!(
        !office
            .files()
            .contains(&"site/agreements/sdr_phase_ii.html".to_owned())
    );
    assert!(office.read("site/index.html").contains("could not be read"));
}

#[test]
fn a_store_that_cannot_be_used_stops_the_pass_before_anything_is_written() {
    let office = Office::repository()
        .on("2026-11-23")
        .file(".sideletter/store.db", "no database at all, but a text");
    let pass = office.run(&["run"]);
    assert_eq!(pass.code, 3, "{}", pass.stdout);
    assert!(pass.stdout.is_empty());
    assert!(
        !office
            .files()
            .iter()
            .any(|path| path.starts_with("outbox") || path.starts_with("site"))
    );
}

#[test]
fn an_empty_folder_is_no_fault_and_is_told_what_goes_into_it() {
    let office = Office::empty().on("2026-11-23");
    let pass = office.prints("run");
    assert!(
        pass.contains("There is no agreement here. Is this the office's folder?"),
        "{pass}"
    );
}

#[test]
fn what_to_type_next_names_the_office_as_it_was_named() {
    let office = Office::repository().on("2026-11-23");
    let folder = office.root().join("an office's folder");
    std::fs::create_dir(&folder).unwrap();
    for part in ["agreements", "parties.toml", "sideletter.toml"] {
        std::fs::rename(office.root().join(part), folder.join(part)).unwrap();
    }
    let pass = office.run(&["-C", "an office's folder", "run"]);
    assert_eq!(pass.code, 0, "{pass:?}");
    assert!(
        pass.stdout
            .contains(r"sideletter -C 'an office'\''s folder' due"),
        "{}",
        pass.stdout
    );
}

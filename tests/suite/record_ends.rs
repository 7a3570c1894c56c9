//! When an agreement, and what lasts or recurs under it, ends by the record, and what hangs on that: docs/record.md and
//! docs/renewals.md.

use crate::office::Office;
use crate::states::{agreement, letter, listed, owed};

pub(crate) const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Business agent"
email = "agents@upe.example"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor Relations"
email = "labor.relations@dha.example"
"#;

/// A letter in effect since 5 January 2026, with a standing duty, a series and what hangs on its end.
fn letter_with(own: &str, tables: &str) -> Office {
    letter(&format!(
        "signed = 2026-01-05\ntracked_from = 2026-01-05\n{own}{}{}{}{tables}",
        owed("duty", "owed_by = [\"dha\"]"),
        owed("talks", "every = \"monthly on the 15th\""),
        owed(
            "accounts",
            "owed_by = [\"dha\"]\ndue = \"30 days after expiration\""
        ),
    ))
    .file("parties.toml", PARTIES)
}

/// Both parties record the same.
fn both(office: &Office, act: &str, today: &str) -> String {
    office.prints(&format!("record {act} --by upe --today {today}"));
    office.prints(&format!("record {act} --by dha --today {today}"))
}

#[test]
fn one_sides_word_ends_no_agreement_that_has_no_end_of_its_own() {
    let office = letter_with("confirmation = \"required\"\n", "");
    let before = listed(&office, "due --all --today 2026-03-20");
    let said = office
        .prints("record happened letter/expiration --on 2026-02-05 --by dha --today 2026-02-10");
    assert!(
        said.contains("The agreement goes on until every other party confirms this day."),
        "{said}"
    );
    let claimed = format!("{before}\nexpiration waiting waits for expiration");
    assert_eq!(listed(&office, "due --all --today 2026-03-20"), claimed);
    let why = office.prints("why letter/expiration --today 2026-02-11");
    assert!(
        why.contains("if it ended on 5 February 2026 (entry 1 of the record, by DHA)")
            && why.contains("one side's word ends no agreement"),
        "{why}"
    );
    let mails = office.prints("remind --today 2026-02-11");
    assert!(
        mails.contains("letter/expiration: reported: entry 1 of the record")
            && !mails.contains("letter/expiration: asked"),
        "{mails}"
    );
    let log = office.prints("log --today 2026-02-11");
    assert!(
        log.contains("[claimed; the agreement goes on until every other party confirms this day]"),
        "{log}"
    );
    office.prints("record disputed letter --entry 1 --by upe --today 2026-02-18");
    assert_eq!(listed(&office, "due --all --today 2026-03-20"), claimed);
    office.prints("record confirmed letter --entry 1 --by upe --today 2026-02-19");
    assert_eq!(
        listed(&office, "due --all --today 2026-03-20"),
        "talks overdue due 2026-01-15\n\
         expiration ended due 2026-02-05\n\
         accounts overdue due 2026-03-07\n\
         duty ended"
    );
    // Where one side's word is enough, it is.
    let office = letter_with("confirmation = \"none\"\n", "");
    office.prints("record happened letter/expiration --on 2026-02-05 --by dha --today 2026-02-10");
    let all = listed(&office, "due --all --today 2026-03-20");
    assert!(all.contains("expiration ended due 2026-02-05"), "{all}");
}

#[test]
fn what_hangs_on_an_end_that_all_agreed_on_follows_it_and_no_one_sides_word_moves_it() {
    let successor = "\n[events.successor]\ntitle = \"Successor agreement\"\n";
    for (own, claim) in [
        ("", "expiration --on 2026-02-15"),
        ("expires = \"at successor\"\n", "successor --on 2026-03-01"),
        ("expires = \"at successor\"\n", "expiration --on 2026-03-01"),
    ] {
        for how in ["required", "none"] {
            let office = letter_with(
                &format!("confirmation = \"{how}\"\n{own}"),
                if own.is_empty() { "" } else { successor },
            );
            both(&office, "ended letter --on 2026-03-20", "2026-02-10");
            let agreed = listed(&office, "due --all --today 2026-03-26");
            assert!(
                agreed.contains("duty ended")
                    && agreed.contains("talks overdue due 2026-03-15")
                    && !agreed.contains("2026-04-15")
                    && agreed.contains("accounts open due 2026-04-19")
                    && agreed.contains("expiration ended due 2026-03-20"),
                "{agreed}"
            );
            let ahead = listed(&office, "due --all --today 2026-02-11");
            assert!(
                ahead.contains("duty standing")
                    && ahead.contains("accounts scheduled due 2026-04-19")
                    && ahead.contains("expiration running due 2026-03-20"),
                "{ahead}"
            );
            office.prints(&format!(
                "record happened letter/{claim} --by dha --today 2026-03-26"
            ));
            assert_eq!(
                listed(&office, "due --all --today 2026-03-26"),
                agreed,
                "{claim}"
            );
        }
    }
}

#[test]
fn an_end_that_all_say_has_taken_place_takes_the_place_of_what_they_had_agreed_on_before() {
    let office = letter_with("confirmation = \"required\"\n", "");
    both(&office, "ended letter --on 2026-03-20", "2026-02-10");
    both(
        &office,
        "happened letter/expiration --on 2026-03-01",
        "2026-03-05",
    );
    let all = listed(&office, "due --all --today 2026-03-26");
    assert!(all.contains("expiration ended due 2026-03-01"), "{all}");
    assert!(all.contains("accounts open due 2026-03-31"), "{all}");
    // And what they agree on after that the place of what they had said.
    both(&office, "ended letter --on 2026-04-30", "2026-03-06");
    let all = listed(&office, "due --all --today 2026-03-26");
    assert!(all.contains("expiration running due 2026-04-30"), "{all}");
    assert!(all.contains("duty standing"), "{all}");
}

/// A contract until 30 June 2026 with what hangs on its end, and a letter that ends with it.
fn contract_and_letter(renewal: &str) -> Office {
    let contract = format!(
        "effective = 2026-01-01\nexpires = 2026-06-30\ntracked_from = 2026-01-01\n[renewal]\n{renewal}\n{}{}{}",
        owed(
            "final_accounts",
            "owed_by = [\"dha\"]\ndue = \"5 days after expiration\""
        ),
        owed("proposals", "due = \"at least 45 days before expiration\""),
        owed("hold", "owed_by = [\"dha\"]\nlasts = \"with the contract\""),
    );
    letter(&format!(
        "signed = 2026-01-05\ntracked_from = 2026-01-05\nexpires = \"with expiration of contract\"\namends = [\"contract\"]\n{}{}{}",
        owed("talks", "every = \"monthly on the 15th\""),
        owed("pay", "owed_by = [\"dha\"]\ndue = \"10 days after expiration of contract\""),
        owed("term", "owed_by = [\"dha\"]\nlasts = \"9 months from effective\""),
    ))
    .file("parties.toml", PARTIES)
    .file("agreements/contract.md", agreement("Contract", &contract))
}

#[test]
fn what_hangs_on_an_end_goes_by_a_renewal_as_soon_as_all_have_agreed_to_it() {
    let office = contract_and_letter("how = \"by_agreement\"");
    both(&office, "renewed contract --to 2026-12-31", "2026-01-10");
    let all = listed(&office, "due --all --today 2026-06-16");
    for row in [
        "final_accounts scheduled due 2027-01-05",
        "proposals scheduled due 2026-11-16",
        "hold running due 2026-12-31",
        "expiration running due 2026-12-31",
        "talks open due 2026-07-15",
        "pay scheduled due 2027-01-10",
        "term running due 2026-10-05",
    ] {
        assert!(all.contains(row), "{row}\n{all}");
    }
    let mails = office.prints("remind --today 2026-06-16");
    assert!(mails.contains("letter/talks"), "{mails}");
    assert!(
        !mails.contains("letter/expiration") && !mails.contains("letter/term"),
        "{mails}"
    );
    assert!(!mails.contains("letter/pay"), "{mails}");
}

#[test]
fn what_hangs_on_an_end_that_may_be_put_off_is_expected_until_notice_or_its_time_has_settled_it() {
    let renewal = "how = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"";
    let office = contract_and_letter(renewal);
    let open = listed(&office, "due --all --today 2026-04-20");
    for row in [
        "final_accounts waiting due 2026-07-05 projected waits for expiration",
        "hold running due 2026-06-30 projected waits for contract/expiration",
        "expiration running due 2026-06-30 projected waits for contract/expiration",
        "pay waiting due 2026-07-10 projected waits for contract/expiration",
        "term running due 2026-10-05",
        "talks scheduled due 2026-07-15",
    ] {
        assert!(open.contains(row), "{row}\n{open}");
    }
    // Nobody gave notice in time: it goes on.
    let gone_on = listed(&office, "due --all --today 2026-05-02");
    for row in [
        "final_accounts waiting due 2027-07-05 projected waits for expiration",
        "hold running due 2027-06-30 projected waits for contract/expiration",
        "expiration running due 2027-06-30 projected waits for contract/expiration",
        "pay waiting due 2027-07-10 projected waits for contract/expiration",
        "term running due 2026-10-05",
        "talks scheduled due 2026-07-15",
    ] {
        assert!(gone_on.contains(row), "{row}\n{gone_on}");
    }
    assert!(!gone_on.contains("due 2026-07-05"), "{gone_on}");
    let mails = office.prints("remind --today 2026-05-31");
    assert!(mails.contains("letter/talks"), "{mails}");
    assert!(
        !mails.contains("letter/expiration") && !mails.contains("letter/term"),
        "{mails}"
    );
    // Nobody is asked for a day that only time tells.
    assert!(!mails.contains("asked"), "{mails}");
    // Notice in time: it ends, and what hangs on it with it.
    office.prints("record notice contract --on 2026-04-21 --by dha --today 2026-04-21");
    let ends = listed(&office, "due --all --today 2026-04-22");
    for row in [
        "final_accounts scheduled due 2026-07-05",
        "hold running due 2026-06-30\n",
        "expiration running due 2026-06-30",
        "pay scheduled due 2026-07-10",
        "term running due 2026-06-30",
    ] {
        assert!(ends.contains(row), "{row}\n{ends}");
    }
    assert!(!ends.contains("2026-07-15"), "{ends}");
}

/// A contract that renews itself, and a letter that gives it another end from a day on.
fn with_another_end_from(day: &str) -> Office {
    letter(&format!(
        "signed = 2026-02-01\neffective = {day}\namends = [\"mou\"]\n[changes]\n\"mou/expiration\" = \"March 31, 2027\"\n"
    ))
    .file(
        "agreements/mou.md",
        agreement(
            "Memorandum",
            "effective = 2026-01-01\nexpires = 2026-12-31\ntracked_from = 2026-01-01\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n",
        ),
    )
}

#[test]
fn an_end_that_all_agree_on_says_which_later_agreement_takes_its_place() {
    let office = with_another_end_from("2026-06-01");
    let said = both(&office, "ended mou --on 2026-09-30", "2026-06-01");
    assert!(
        said.contains(
            "`letter` takes effect on the same day, 1 June 2026, and its day holds: 31 March 2027."
        ),
        "{said}"
    );
    let office = with_another_end_from("2026-06-01");
    let said = both(&office, "ended mou --on 2026-09-30", "2026-03-01");
    assert!(
        said.contains("`letter` takes its place from 1 June 2026 on: its day is 31 March 2027."),
        "{said}"
    );
    // What is agreed on after that day takes the place of what the letter says.
    let said = both(&office, "ended mou --on 2026-10-31", "2026-06-02");
    assert!(!said.contains("`letter`"), "{said}");
    assert!(listed(&office, "due --all --today 2026-06-03").contains("due 2026-10-31"));
}

#[test]
fn an_option_is_used_in_its_window_also_where_its_party_had_proposed_a_renewal_before() {
    let office = letter(
        "effective = 2026-01-01\nexpires = 2026-06-30\ntracked_from = 2026-01-01\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"up to 6 months\"\ntimes = 2\nwindow = \"between 90 and 30 days before expiration\"\n",
    );
    let said = office.prints("record renewed letter --by upe --today 2026-03-01");
    assert!(said.contains("It is proposed and waits for DHA"), "{said}");
    let again = office.fails(2, "record renewed letter --by upe --today 2026-03-02");
    assert!(
        again.contains("entry 1 proposes to renew it already"),
        "{again}"
    );
    let said = office.prints("record renewed letter --by upe --today 2026-04-10");
    assert!(
        said.contains("It holds: the agreement leaves it to the option of UPE."),
        "{said}"
    );
    let all = listed(&office, "due --all --today 2026-07-02");
    assert!(all.contains("expiration running due 2026-12-30"), "{all}");
    let log = office.prints("log --today 2026-07-02");
    assert!(log.contains("[overtaken by entry 2]"), "{log}");
}

#[test]
fn a_series_that_has_not_begun_waits_until_the_day_on_which_all_agreed_that_it_ends() {
    let office = letter(&format!(
        "signed = 2026-01-05\nexpires = 2026-12-31\ntracked_from = 2026-01-05\n{}\n[events.launch]\ntitle = \"Launch\"\n",
        owed("talks", "every = \"every month from launch\""),
    ));
    both(&office, "ended letter/talks --on 2026-03-31", "2026-01-12");
    let on = |today: &str| listed(&office, &format!("due --all --today {today}"));
    assert!(
        on("2026-01-13").contains("talks waiting waits for launch"),
        "{}",
        on("2026-01-13")
    );
    assert!(on("2026-03-31").contains("talks waiting waits for launch"));
    assert!(
        on("2026-04-01").contains("talks ended"),
        "{}",
        on("2026-04-01")
    );
    let why = office.prints("why letter/talks --today 2026-01-13");
    assert!(
        why.contains("all parties agreed that it ends on Tuesday 31 March 2026"),
        "{why}"
    );
    office.prints("record happened letter/launch --on 2026-02-01 --by dha --today 2026-02-02");
    let begun = on("2026-02-03");
    assert!(
        begun.contains("talks scheduled due 2026-03-01")
            || begun.contains("talks open due 2026-03-01"),
        "{begun}"
    );
    assert!(!begun.contains("2026-04-01"), "{begun}");
}

#[test]
fn notice_that_is_an_event_is_recorded_as_one() {
    let office = letter(&format!(
        "signed = 2026-01-05\nexpires = \"60 days after notice\"\n{}",
        owed("boards", "owed_by = [\"dha\"]"),
    ));
    let refused = office.fails(
        2,
        "record notice letter --on 2026-02-10 --by dha --today 2026-02-12",
    );
    assert!(
        refused.contains("sideletter record happened letter/notice --on 2026-02-10"),
        "{refused}"
    );
    office.prints("record happened letter/notice --on 2026-02-10 --by dha --today 2026-02-12");
    let all = listed(&office, "due --all --today 2026-02-13");
    assert!(all.contains("expiration running due 2026-04-11"), "{all}");
    // Where nothing hangs on notice there is nothing that it would do.
    let office = letter("signed = 2026-01-05\nexpires = 2026-12-31\n");
    let refused = office.fails(
        2,
        "record notice letter --on 2026-02-10 --by dha --today 2026-02-12",
    );
    assert!(!refused.contains("record happened"), "{refused}");
}

#[test]
fn no_option_undoes_an_end_that_all_agreed_on() {
    let office = letter(&format!(
        "signed = 2025-12-01\neffective = 2026-01-01\nexpires = 2026-06-30\n[renewal]\nhow = \"at_option\"\nby = [\"upe\"]\nfor = \"up to 6 months\"\ntimes = 2\nuntil = 2027-04-30\nwindow = \"between 90 and 30 days before expiration\"\n{}",
        owed("duty", "owed_by = [\"dha\"]"),
    ));
    let on = |today: &str| listed(&office, &format!("due --all --today {today}"));
    // Before it all have agreed on nothing, and the option is its party's.
    office.prints("record renewed letter --by upe --today 2026-04-02");
    both(&office, "ended letter --on 2026-08-31", "2026-04-04");
    let agreed = on("2026-07-10");
    assert!(
        agreed.contains("expiration running due 2026-08-31"),
        "{agreed}"
    );
    let said = office.prints("record renewed letter --to 2027-04-30 --by upe --today 2026-07-10");
    assert!(
        said.contains("It is proposed and waits for DHA")
            && said.contains(
                "All parties agreed that it ends on 31 August 2026; a renewal after that is for all to agree on."
            ),
        "{said}"
    );
    assert_eq!(on("2026-07-10"), agreed);
    office.prints("record confirmed letter --entry 4 --by dha --today 2026-07-11");
    let all = on("2026-07-11");
    assert!(all.contains("due 2027-04-30"), "{all}");
    let log = office.prints("log --today 2026-07-11");
    assert!(log.contains("overtaken by entry 5"), "{log}");
}

#[test]
fn an_end_that_every_party_has_confirmed_is_no_ones_alone_to_put_off() {
    for second in [
        "confirmed letter --entry 1",
        "happened letter/expiration --on 2026-02-20",
    ] {
        let office = letter_with("confirmation = \"required\"\n", "");
        office.prints(
            "record happened letter/expiration --on 2026-02-20 --by upe --today 2026-02-21",
        );
        office.prints(&format!("record {second} --by dha --today 2026-02-22"));
        let on = |today: &str| listed(&office, &format!("due --all --today {today}"));
        let ended = on("2026-03-20");
        assert!(ended.contains("expiration ended due 2026-02-20"), "{ended}");
        // A party's own half of it stands until all strike it out.
        let said = office.prints("record struck letter --entry 2 --by dha --today 2026-03-05");
        assert!(
            said.contains("All parties agreed to entry 2, so it stands until each of them"),
            "{said}"
        );
        assert_eq!(on("2026-03-20"), ended, "{second}");
        office.prints("record struck letter --entry 2 --by upe --today 2026-03-06");
        let open = on("2026-03-20");
        assert!(open.contains("duty standing"), "{open}");
    }
}

#[test]
fn another_day_than_the_end_that_every_party_has_confirmed_waits_for_all() {
    let office = letter_with("confirmation = \"required\"\n", "");
    office.prints("record happened letter/expiration --on 2026-02-20 --by upe --today 2026-02-21");
    office.prints("record confirmed letter --entry 1 --by dha --today 2026-02-22");
    let on = |today: &str| listed(&office, &format!("due --all --today {today}"));
    let ended = on("2026-03-20");
    let said = office
        .prints("record happened letter/expiration --on 2026-02-25 --by dha --today 2026-03-04");
    assert!(
        said.contains(
            "The end that all parties have confirmed holds until every other party confirms this day."
        ) && !said.contains("is disputed"),
        "{said}"
    );
    assert_eq!(on("2026-03-20"), ended);
    office.prints("record confirmed letter --entry 3 --by upe --today 2026-03-06");
    let all = on("2026-03-20");
    assert!(all.contains("expiration ended due 2026-02-25"), "{all}");
}

#[test]
fn who_would_put_off_an_end_that_may_not_be_renewed_reads_what_gives_a_later_one() {
    let office = letter_with("expires = 2026-06-30\n", "");
    let refused = office.fails(
        2,
        "record ended letter --on 2026-09-30 --by dha --today 2026-02-10",
    );
    assert!(
        refused.contains("a later one is for a later agreement to give, with [changes] in its file: \"letter/expiration\" = \"2026-09-30\""),
        "{refused}"
    );
}

#[test]
fn what_renews_itself_goes_on_doing_so_where_all_renew_it_after_they_had_ended_it() {
    for (to, next) in [("2026-06-30", "2027-06-30"), ("2026-05-31", "2027-05-31")] {
        let office = letter(
            "effective = 2025-07-01\nexpires = 2026-06-30\ntracked_from = 2026-01-01\n\n[renewal]\nhow = \"automatic\"\nfor = \"1 year\"\nnotice = \"between 90 and 60 days before expiration\"\n",
        )
        .file("parties.toml", PARTIES);
        both(&office, "ended letter --on 2026-02-28", "2026-01-10");
        both(&office, &format!("renewed letter --to {to}"), "2026-01-12");
        let ends = listed(&office, "due --all --today 2026-07-05 --within 400d");
        assert_eq!(
            ends,
            format!("expiration renewed due {to}\nexpiration running due {next}")
        );
    }
}

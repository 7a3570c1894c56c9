//! What the others are told of what a party has said: who hears it, what follows if nobody answers, and how to answer.

use crate::office::Office;
use crate::states::{agreement, owed};
use crate::undelivered::{answering, handed_to};
use insta::assert_snapshot;

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
name = "Labor relations"
email = "labor@dha.example"
"#;

/// Settings by which mail is handed over, and by which silence can accept something: nobody is asked by a file in a folder.
pub(crate) const HANDED_OVER: &str = "[mail]\nfrom = \"Side letter office <office@localhost>\"\ntransport = \"sendmail\"\nsendmail = \"/bin/true\"\n";

/// An office with one letter: a deadline on an event, a term, and one that renews itself unless notice is given.
pub(crate) fn office(settings: &str, parties: &str, top: &str) -> Office {
    let letter = agreement(
        "Time clocks",
        &format!(
            "tracked_from = 2014-01-01\n{top}\n[events.installation]\ntitle = \"Installation of the clocks\"\n{}{}{}",
            owed(
                "training",
                "clause = \"3\"\nowed_by = [\"dha\"]\ndue = \"30 days after installation\""
            ),
            owed(
                "report",
                "clause = \"4\"\nowed_by = [\"dha\"]\ndue = \"May 30, 2014\""
            ),
            owed(
                "pilot",
                "clause = \"5\"\nlasts = \"from January 1, 2014 through June 30, 2014\"\n[obligations.renewal]\nhow = \"automatic\"\nfor = \"6 months\"\nnotice = \"at least 30 days before expiration\""
            ),
        ),
    );
    Office::empty()
        .file("sideletter.toml", settings)
        .file("parties.toml", parties)
        .file("agreements/time_clocks.md", letter)
}

/// Kept by both.
fn joint(confirmation: &str) -> Office {
    begun(office(
        HANDED_OVER,
        PARTIES,
        &format!("confirmation = \"{confirmation}\""),
    ))
}

/// Kept by UPE, with what DHA's contact has agreed to.
fn kept_by_upe(confirmation: &str, agreed: &str) -> Office {
    begun(office(
        &format!("[office]\nkeeper = \"upe\"\n{HANDED_OVER}"),
        &format!("{PARTIES}{agreed}\n"),
        &format!("confirmation = \"{confirmation}\""),
    ))
}

/// With what is owed without anybody's word sent already.
fn begun(office: Office) -> Office {
    office.prints("remind --send --today 2014-05-01");
    office.on("2014-05-02")
}

/// Sends what is owed, and gives the newest message that tells of an entry as it reads, without what every message bears.
#[track_caller]
fn mail(office: &Office) -> String {
    office.prints("remind --send");
    let messages = office.json("outbox").as_array().unwrap().len();
    let shown = (1..=messages)
        .rev()
        .map(|number| office.prints(&format!("outbox show {number}")))
        .find(|shown| shown.contains("This is entry"))
        .unwrap();
    let head: Vec<&str> = shown
        .lines()
        .filter(|line| {
            ["To: ", "Subject: ", "State: "]
                .iter()
                .any(|key| line.starts_with(key))
        })
        .collect();
    let (_, body) = shown.split_once("\n\n").unwrap();
    let (body, _) = body.split_once("\nTo answer, reply").unwrap();
    format!("{}\n\n{body}", head.join("\n"))
}

/// What follows, in the newest message.
#[track_caller]
fn follows(office: &Office) -> String {
    let mail = mail(office);
    let (_, rest) = mail.split_once("What follows:\n").unwrap();
    let (follows, _) = rest.split_once("\n\n").unwrap();
    follows.to_owned()
}

/// To whom what was sent, at which stage, after the first day.
fn told(office: &Office) -> String {
    office.prints("remind --send");
    let rows = office.json("outbox");
    let rows = rows.as_array().unwrap().iter();
    let words = |row: &serde_json::Value| {
        let words = ["to", "stage", "state"].map(|key| row[key].as_str().unwrap());
        words.join(" ")
    };
    rows.skip(2).map(words).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_report_says_what_follows_under_each_rule_of_confirmation() {
    let report = "record met time_clocks/report --on 2014-04-30 --by dha";
    let office = joint("silence");
    office.prints(report);
    assert_snapshot!("silence", mail(&office));
    let office = joint("required");
    office.prints(report);
    assert_snapshot!("required", mail(&office));
    let office = joint("none");
    office.prints(report);
    assert_snapshot!("none", mail(&office));
}

#[test]
fn a_report_to_another_party_than_the_keeper_names_no_command() {
    let report = "record met time_clocks/report --on 2014-04-30 --by upe";
    let office = kept_by_upe("silence", "agreed = 2014-01-01");
    office.prints(report);
    assert_snapshot!("to_another_party", mail(&office));
    // A party that has not agreed to it is bound by no silence, and its message waits for a person.
    let office = kept_by_upe("silence", "");
    office.prints(report);
    assert_snapshot!(follows(&office), @"- If nobody answers, it stays in the record as what one party said, confirmed by no other, and no more reminders of it are sent. DHA's silence accepts nothing.");
    assert_snapshot!(told(&office), @"labor@dha.example reported held");
    // Nor is the keeper, who keeps the office alone.
    let office = kept_by_upe("silence", "agreed = 2014-01-01");
    office.prints("record happened time_clocks/installation --on 2014-04-28 --by dha");
    assert_snapshot!("entered_for_it", mail(&office));
}

#[test]
fn a_proposal_waits_for_every_party_and_each_answer_is_told() {
    let office = joint("silence");
    office.prints("record moved time_clocks/report --to 2014-06-15 --by dha --speaker Labor");
    assert_snapshot!("proposed", mail(&office));
    office.prints("record disputed time_clocks --entry 1 --by upe");
    assert_snapshot!("not_agreed", mail(&office));
    office.prints("record confirmed time_clocks --entry 1 --by upe");
    assert_snapshot!("agreed", mail(&office));
    assert_snapshot!(told(&office), @"
    agents@upe.example proposed sent
    labor@dha.example disputed sent
    labor@dha.example confirmed sent
    agents@upe.example moved sent
    ");
    // Taking back what all agreed to takes everybody's strike.
    office.prints("record struck time_clocks --entry 1 --by dha");
    assert_snapshot!("to_be_struck", mail(&office));
    // Who made it hears of the strike that was missing, too.
    office.prints("record struck time_clocks --entry 1 --by upe");
    assert!(told(&office).contains("labor@dha.example reported sent"));
}

#[test]
fn an_answer_to_a_claim_is_told_to_who_made_it() {
    let office = joint("required");
    office.prints("record happened time_clocks/installation --on 2014-04-28 --by dha");
    office.prints("remind --send");
    office.prints("record disputed time_clocks --entry 1 --by upe");
    assert_snapshot!("disputed", mail(&office));
    office.prints("record happened time_clocks/installation --on 2014-04-25 --by upe");
    office.prints("remind --send");
    office.prints("record confirmed time_clocks --entry 3 --by dha");
    assert_snapshot!("confirmed", mail(&office));
}

#[test]
fn notice_is_told_with_its_window_and_what_it_stops() {
    let office = joint("required");
    office.prints("record notice time_clocks/pilot --on 2014-05-01 --by upe");
    assert_snapshot!("notice", mail(&office));
}

#[test]
fn a_strike_is_told_where_what_it_strikes_was() {
    let office = joint("required");
    office.prints("record met time_clocks/report --on 2014-04-30 --by dha");
    office.prints("record struck time_clocks --entry 1 --by dha");
    assert_eq!(told(&office), "");
    office.prints("record met time_clocks/report --on 2014-04-29 --by dha");
    office.prints("remind --send");
    office.prints("record struck time_clocks --entry 3 --by dha");
    assert_snapshot!("struck", mail(&office));
}

#[test]
fn a_remark_is_told_to_the_party_for_which_the_keeper_entered_it_and_to_no_other() {
    let office = kept_by_upe("required", "agreed = 2014-01-01");
    office.prints("record noted time_clocks/report --note Done --by upe");
    assert_eq!(told(&office), "");
    office.prints("record noted time_clocks/report --note Ready --by dha");
    assert_snapshot!("remark", mail(&office));
}

/// What waits for DHA or was given up, oldest first.
fn for_dha(office: &Office) -> Vec<(String, String)> {
    let rows = office.json("outbox");
    let rows = rows.as_array().unwrap().iter();
    rows.filter(|row| row["to"] == "labor@dha.example")
        .map(|row| {
            let shown = office.prints(&format!("outbox show {}", row["id"]));
            (row["state"].as_str().unwrap().to_owned(), shown)
        })
        .collect()
}

#[test]
fn a_message_of_which_a_part_no_longer_holds_is_decided_anew_before_it_leaves() {
    let office = kept_by_upe("required", "");
    let before = for_dha(&office);
    assert_eq!(before.len(), 1);
    assert!(before[0].1.contains("Title of report"), "{}", before[0].1);
    office.prints("record met time_clocks/report --on 2014-05-02 --by dha");
    office.prints("remind --send");
    let after = for_dha(&office);
    let states: Vec<&str> = after.iter().map(|(state, _)| state.as_str()).collect();
    assert_eq!(states, ["cancelled", "held"]);
    assert!(
        after[1].1.contains("Installation of the clocks"),
        "{}",
        after[1].1
    );
    // Decided once.
    office.prints("remind --send");
    assert_eq!(for_dha(&office).len(), 2);
}

#[test]
fn what_waits_with_erased_words_never_leaves() {
    let office = kept_by_upe("required", "");
    office.prints("record met time_clocks/report --on 2014-05-02 --note Secret-words");
    office.prints("remind --send");
    let waits_with_it = |office: &Office| {
        let waiting = for_dha(office);
        waiting
            .iter()
            .filter(|(state, shown)| state == "held" && shown.contains("Secret-words"))
            .count()
    };
    assert_eq!(waits_with_it(&office), 1);
    office.prints("record struck time_clocks --entry 1 --erase");
    assert_eq!(waits_with_it(&office), 0);
    office.prints("remind --send");
    assert_eq!(waits_with_it(&office), 0);
    // What was not owed while the entry stood is owed again, and said again.
    let waiting = for_dha(&office);
    assert!(
        waiting
            .iter()
            .any(|(state, shown)| state == "held" && shown.contains("Title of report")),
        "{waiting:#?}"
    );
}

#[test]
fn what_the_keeper_enters_for_another_party_is_told_to_both() {
    let office = kept_by_upe("required", "agreed = 2014-01-01");
    office.prints("record met time_clocks/report --on 2014-04-30 --by dha");
    assert_snapshot!(told(&office), @"
    agents@upe.example reported sent
    labor@dha.example reported sent
    ");
    let to_upe = office.prints("outbox show 3");
    assert!(
        to_upe.contains("DHA says that this was done on Wednesday 30 April 2014."),
        "{to_upe}"
    );
    assert!(
        to_upe.contains("sideletter record confirmed time_clocks --entry 1"),
        "{to_upe}"
    );
    // A remark that it entered for that party is that party's alone.
    office.prints("record noted time_clocks/report --note Settled --by dha");
    assert_eq!(told(&office).lines().count(), 3, "{}", told(&office));
}

#[test]
fn a_day_stands_under_the_claim_that_gives_it() {
    let office = joint("required");
    office.prints("record happened time_clocks/installation --on 2014-04-28 --by upe");
    office.prints("remind --send");
    office.prints("record happened time_clocks/installation --on 2014-04-25 --by dha");
    office.prints("remind --send");
    office.prints("record disputed time_clocks --entry 1 --by dha");
    assert_snapshot!(follows(&office), @"
    - Title of training: 28 May 2014 by this word; meanwhile it goes by the other, 25 May 2014.
    - DHA says otherwise. If nobody answers, it stays so until one side confirms the other's word or strikes out its own. Where two days are named, the earlier is reminded of meanwhile, or the later where the earlier leaves nothing.
    ");
}

#[test]
fn late_notice_is_told_with_the_last_day_for_it() {
    let office = joint("required").on("2014-06-10");
    office.prints("record notice time_clocks/pilot --on 2014-06-09 --by upe");
    let follows = follows(&office);
    assert!(
        follows.contains(
            "The last day to give notice was Saturday 31 May 2014; the day named here is after it."
        ),
        "{follows}"
    );
    assert!(
        follows.contains("the term that ends on Monday 30 June 2014 goes on through"),
        "{follows}"
    );
}

#[test]
fn what_happened_twice_on_one_day_is_told_apart_and_its_commands_are_taken() {
    let letter = agreement(
        "Cuts",
        &format!(
            "tracked_from = 2014-01-01\n[events.cut]\ntitle = \"Cut\"\nrepeats = true\n{}",
            owed(
                "meet",
                "owed_by = [\"dha\"]\ndue = \"within 20 days after cut\""
            )
        ),
    );
    let office = Office::empty()
        .file("sideletter.toml", HANDED_OVER)
        .file("parties.toml", PARTIES)
        .file("agreements/cuts.md", letter)
        .on("2014-05-02");
    for site in ["Main St", "Elm \"north\"", "Oak@site.example"] {
        let cut = ["record", "happened", "cuts/cut", "--on", "2014-05-01"];
        let ran = office.run(&[&cut[..], &["--by", "dha", "--for", site]].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let mail = mail(&office);
    let listed: Vec<&str> = mail.lines().filter(|line| line.starts_with("- ")).collect();
    assert_snapshot!(listed[..6].join("\n"), @r#"
    - Date of "Cut": Main St: DHA says it took place; to answer
    - Date of "Cut": Elm "north": DHA says it took place; to answer
    - Date of "Cut": [address withheld]: DHA says it took place; to answer
    - Title of meet: Elm "north", due 21 May 2014: due in 19 days
    - Title of meet: Main St, due 21 May 2014: due in 19 days
    - Title of meet: [address withheld], due 21 May 2014: due in 19 days
    "#);
    let commands: Vec<&str> = mail
        .lines()
        .filter(|line| line.contains("record met"))
        .collect();
    assert_snapshot!(commands.join("\n"), @r#"
    sideletter record met cuts/meet --occurrence 2014-05-21 --for 'Elm "north"' --on YYYY-MM-DD --by upe
    sideletter record met cuts/meet --occurrence 2014-05-21 --for "Main St" --on YYYY-MM-DD --by upe
    sideletter record met cuts/meet --occurrence 2014-05-21 --for WORDS --on YYYY-MM-DD --by upe
    "#);
    let met = ["record", "met", "cuts/meet", "--occurrence", "2014-05-21"];
    let ran = office.run(
        &[
            &met[..],
            &["--for", "Main St", "--on", "2014-05-02", "--by", "upe"],
        ]
        .concat(),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn an_overview_says_of_silence_what_the_mail_of_its_own_run_says() {
    let overviews = "[[upe.contacts]]\nname = \"Office\"\nemail = \"digest@upe.example\"\nreceives = \"digest\"\n";
    let overview = |parties: &str| {
        let office = office(HANDED_OVER, parties, "confirmation = \"silence\"");
        office.prints("record met time_clocks/report --on 2014-04-30 --by dha --today 2014-05-05");
        office.prints("remind --send --today 2014-05-05");
        let rows = office.json("outbox");
        let row = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["stage"] == "digest");
        let shown = office.prints(&format!("outbox show {}", row.unwrap()["id"]));
        let line = shown.lines().find(|line| line.contains("silence"));
        let (_, silence) = line.unwrap().split_once("are sent. ").unwrap();
        silence.to_owned()
    };
    assert_snapshot!(overview(&format!("{PARTIES}{overviews}")), @"For now UPE's silence accepts nothing: a message that names a day for that may still come.");
    // Whom overviews alone are sent to, nobody asks.
    let alone = PARTIES.replace(
        "email = \"agents@upe.example\"",
        "email = \"agents@upe.example\"\nreceives = \"digest\"",
    );
    assert_snapshot!(overview(&alone), @"UPE's silence accepts nothing.");
}

#[test]
fn a_proposal_that_waits_for_a_person_is_told_no_more_once_all_have_agreed() {
    let office = kept_by_upe("required", "").file("letter.pdf", "agreed");
    let before = for_dha(&office).len();
    office.prints("record moved time_clocks/report --to 2014-06-15 --by upe");
    office.prints("remind --send");
    let proposed = for_dha(&office).pop().unwrap();
    assert_eq!(proposed.0, "held");
    assert!(proposed.1.contains("UPE proposes"), "{}", proposed.1);
    office.prints("record confirmed time_clocks --entry 1 --by dha --evidence letter.pdf");
    office.prints("remind --send");
    let after = for_dha(&office).split_off(before);
    assert_eq!(after[0].0, "cancelled");
    let told: Vec<&str> = after[1..].iter().map(|(_, shown)| shown.as_str()).collect();
    let told = told.concat();
    assert!(told.contains("DHA agrees"), "{told}");
    assert!(!told.contains("UPE proposes this;"), "{told}");
}

#[test]
fn who_came_after_an_entry_was_told_is_not_told_that_it_is_struck_out() {
    let office = joint("required");
    office.prints("record met time_clocks/report --on 2014-04-30 --by upe");
    office.prints("remind --send");
    let newcomer = "[[dha.contacts]]\nname = \"Amy\"\nemail = \"amy@dha.example\"\n";
    let office = office.file("parties.toml", format!("{PARTIES}{newcomer}"));
    office.prints("record struck time_clocks --entry 1 --by upe");
    office.prints("remind --send");
    let rows = office.json("outbox");
    let of_entries = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["stage"] == "reported");
    let to: Vec<&str> = of_entries.map(|row| row["to"].as_str().unwrap()).collect();
    assert_eq!(to, ["labor@dha.example", "labor@dha.example"]);
}

#[test]
fn what_is_put_off_is_decided_anew_once_a_party_has_answered_it() {
    let letter = agreement(
        "Plans",
        &format!(
            "tracked_from = 2014-01-01\n{}",
            owed("report", "owed_by = [\"dha\"]\ndue = \"May 30, 2014\"")
        ),
    );
    let office = handed_to("exit 75", &letter);
    let at = |office: &Office, time: &str, line: &str| {
        office.types(&format!("{line} --now 2014-03-03T{time}:00-08:00"))
    };
    at(
        &office,
        "09:00",
        "record moved plans/report --to 2014-06-20 --by upe",
    );
    assert_eq!(at(&office, "09:05", "remind --send").code, 75);
    let office = answering(office, "exit 0");
    at(&office, "10:00", "record disputed plans --entry 1 --by dha");
    let planned = at(&office, "11:00", "remind");
    assert!(
        planned.stdout.contains("a party has answered"),
        "{planned:?}"
    );
    let sent = at(&office, "11:00", "remind --send");
    assert_eq!(sent.code, 0, "{sent:?}");
    let rows = office.json("outbox");
    let to_dha = rows.as_array().unwrap().iter();
    let to_dha: Vec<String> = to_dha
        .filter(|row| row["to"] == "labor@dha.example")
        .map(|row| format!("{} {}", row["stage"], row["state"]).replace('"', ""))
        .collect();
    assert_eq!(to_dha, ["proposed cancelled", "proposed sent"]);
    let mut all = rows.as_array().unwrap().iter();
    let last = all.rfind(|row| row["to"] == "labor@dha.example");
    let shown = office.prints(&format!("outbox show {}", last.unwrap()["id"]));
    let (_, body) = shown.split_once("What follows:").unwrap();
    let (body, _) = body.split_once("Time limit:").unwrap();
    assert_snapshot!(body);
}

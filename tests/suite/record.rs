//! What `record` takes and refuses, and how `log` shows it.

use crate::office::{Office, Outcome};

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[slta]
name = "San Leandro Teachers Association"
short = "SLTA"
side = "union"
"#;

const LETTER: &str = r#"+++
title = "Letter on the new system"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2014-02-20
[counting]
preset = "plain"
[events.implementation]
title = "Implementation of the new system"
[events.request]
title = "A request to review"
repeats = true
[[obligations]]
id = "follow_up_meeting"
title = "Follow-up meeting"
due = "no later than 30 days after implementation"
[[obligations]]
id = "answer"
title = "Answer to a request"
due = "within 10 days after request"
[[obligations]]
id = "committee"
title = "Meeting of the committee"
every = "monthly on the second Tuesday"
[[obligations]]
id = "quota_notice"
title = "Notice of a quota"
when = "DHA opts to set a quota"
[[obligations]]
id = "hold_harmless"
title = "Held harmless"
lasts = "3 months from implementation"
[[obligations]]
id = "no_quota"
title = "No quota"
+++
Meet [follow_up_meeting], answer [answer], convene [committee], tell [quota_notice], hold [hold_harmless], [no_quota].
"#;

const OTHER: &str = r#"+++
title = "Other"
kind = "plan"
parties = ["upe", "slta"]
[counting]
preset = "plain"
+++
Nothing yet.
"#;

fn office() -> Office {
    Office::empty()
        .file("parties.toml", PARTIES)
        .file("agreements/letter.md", LETTER)
        .file("agreements/other.md", OTHER)
        .on("2014-04-02")
}

fn kept_by_upe() -> Office {
    office().file("sideletter.toml", "[office]\nkeeper = \"upe\"\n")
}

/// What is refused says why and what to type, ends with 2 and leaves no store.
#[track_caller]
fn refused(line: &str) -> String {
    let office = office();
    let said = office.fails(2, line);
    assert!(
        !office.root().join(".sideletter").exists(),
        "a refusal made a store"
    );
    said
}

#[test]
fn an_event_is_recorded_and_the_command_that_strikes_it_works() {
    let office = office();
    let said = office.prints("record happened letter/implementation --on 2014-03-03");
    assert!(
        said.starts_with(
            "Entry 1: \"Implementation of the new system\" happened on Monday 3 March 2014.\nTo strike it out: sideletter record struck letter --entry 1 --by PARTY\n"
        ),
        "{said}"
    );
    office.prints("record struck letter --entry 1 --by upe");
    office.prints("record struck letter --entry 1 --by dha");
    insta::assert_snapshot!(office.prints("log"), @"
    no.  entered           what                                   day         by   remark
    1    2014-04-02 09:00  happened letter/implementation         2014-03-03       [struck out by entry 3]
    2    2014-04-02 09:00  struck entry 1, letter/implementation              UPE
    3    2014-04-02 09:00  struck entry 1, letter/implementation              DHA
    ");
}

#[test]
fn an_entry_is_printed_as_json_and_read_back_by_log() {
    let office = office().file("minutes.pdf", "They met.");
    let line = "record met letter/follow_up_meeting --on 2014-03-28 --by dha --evidence minutes.pdf --format json";
    let output = office
        .command(&line.split(' ').collect::<Vec<_>>())
        .args(["--note", "Held in the\nboard room."])
        .args(["--speaker", "Labor Relations"])
        .output()
        .unwrap();
    let ran = Outcome::of(output);
    assert_eq!(ran.code, 0, "{ran:?}");
    let entry: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    insta::assert_json_snapshot!(entry, {".seal" => "SEAL", ".text" => "DIGEST"}, @r#"
    {
      "agreement": "letter",
      "at": "2014-04-02T09:00:00Z",
      "by": "dha",
      "entered_by": null,
      "entry": null,
      "erase": false,
      "evidence": [
        {
          "name": "minutes.pdf",
          "sha256": "ab226026642c9001f40223f6e7948b96f1d470fc0a362d6a94834bd235bc9e07"
        }
      ],
      "for": null,
      "kind": "met",
      "note": "Held in the board room.",
      "number": 1,
      "occurrence": null,
      "on": "2014-03-28",
      "proposed": false,
      "seal": "SEAL",
      "speaker": "Labor Relations",
      "standing": {
        "against": [],
        "by_silence": [],
        "said_by": [
          "dha"
        ],
        "stands": "claimed",
        "waits_for": [
          "upe"
        ]
      },
      "struck_by": null,
      "subject": "follow_up_meeting",
      "text": "DIGEST",
      "to": null,
      "visibility": null
    }
    "#);
    assert_eq!(entry["seal"].as_str().unwrap().len(), 64);
    assert_eq!(entry["text"].as_str().unwrap().len(), 64);
    assert_eq!(office.json("log"), serde_json::json!([entry]));
    assert_eq!(office.json("log letter"), serde_json::json!([entry]));
    assert_eq!(office.json("log other"), serde_json::json!([]));
}

#[test]
fn a_dry_run_enters_nothing() {
    let office = office();
    let line = "record happened letter/implementation --on 2014-03-03 --dry-run";
    let said = office.prints(line);
    assert!(said.starts_with("Entry 1 would say: "), "{said}");
    let entry = office.json(line);
    assert_eq!(
        (&entry["number"], &entry["seal"]),
        (&1.into(), &serde_json::Value::Null)
    );
    assert!(!office.root().join(".sideletter").exists());
    assert_eq!(office.json("log"), serde_json::json!([]));
}

#[test]
fn names_that_are_not_known_are_refused_with_the_nearest() {
    insta::assert_snapshot!(refused("record happened leter/implementation --on 2014-03-03"), @"sideletter: no agreement `leter`; did you mean `letter`?");
    insta::assert_snapshot!(refused("record happened letter/implementaton --on 2014-03-03"), @"sideletter: letter has no obligation or event `implementaton`; did you mean `implementation`?");
    insta::assert_snapshot!(refused("record met letter/zzz --on 2014-03-03"), @"sideletter: letter has no obligation or event `zzz`; its events: implementation, request, signing, ratification, effective, expiration; its obligations: follow_up_meeting, answer, committee, quota_notice, hold_harmless, no_quota");
    insta::assert_snapshot!(refused("record hapened letter/implementation --on 2014-03-03"), @"sideletter: no kind of entry `hapened`; did you mean `happened`?");
    insta::assert_snapshot!(refused("record happened letter/implementation --on 2014-03-03 --by uep"), @"sideletter: `uep` is no party to letter; did you mean `upe`?");
    insta::assert_snapshot!(refused("record happened letter/implementation --on 2014-03-03 --by slta"), @"sideletter: `slta` is no party to letter; type --by upe or --by dha");
    insta::assert_snapshot!(office().fails(2, "log leter"), @"sideletter: no agreement `leter`; did you mean `letter`?");
}

#[test]
fn an_entry_must_fit_what_it_is_about() {
    insta::assert_snapshot!(refused("record happened letter/follow_up_meeting --on 2014-03-03"), @"sideletter: `follow_up_meeting` is an obligation without a condition, so it cannot come about; to say that it was done: sideletter record met letter/follow_up_meeting --on 2014-03-03");
    insta::assert_snapshot!(refused("record happened letter --on 2014-03-03"), @"sideletter: what happened? Type letter/EVENT, where EVENT is implementation, request, signing, ratification, effective or expiration");
    insta::assert_snapshot!(refused("record happened letter/renewal --on 2014-03-03"), @"sideletter: the renewal of an agreement is an act of all sides: sideletter record renewed letter");
    insta::assert_snapshot!(refused("record met letter/implementation --on 2014-03-03 --by upe"), @"sideletter: `implementation` is an event, which happens; type: sideletter record happened letter/implementation --on 2014-03-03");
    insta::assert_snapshot!(refused("record met letter --on 2014-03-03 --by upe"), @"sideletter: what was done? Type letter/OBLIGATION, where OBLIGATION is follow_up_meeting, answer or committee");
    insta::assert_snapshot!(refused("record met letter/no_quota --on 2014-03-03 --by upe"), @r#"sideletter: `no_quota` is a standing duty, which is never done once and for all; to keep a remark: sideletter record noted letter/no_quota --note "...""#);
    insta::assert_snapshot!(refused("record met letter/hold_harmless --on 2014-03-03 --by upe"), @r#"sideletter: `hold_harmless` is a term, which ends by itself; to keep a remark: sideletter record noted letter/hold_harmless --note "...""#);
    insta::assert_snapshot!(refused("record happened letter/implementation --on 2014-03-03 --for nights"), @"sideletter: `implementation` happens once, so there is no --for; leave it out, or write `repeats = true` under [events.implementation] if it can happen again");
    insta::assert_snapshot!(refused("record happened letter/implementation --on 2014-03-03 --occurrence 2014-03-03"), @"sideletter: --occurrence is for obligations; leave it out: an event is told by its day alone");
    insta::assert_snapshot!(refused("record noted letter"), @r#"sideletter: there is nothing to note; write the remark as --note "...", or name a file as --evidence FILE"#);
}

#[test]
fn a_day_is_asked_for_and_has_come() {
    insta::assert_snapshot!(refused("record happened letter/implementation"), @"sideletter: on which day? Say it as --on YYYY-MM-DD; for today: --on 2014-04-02");
    insta::assert_snapshot!(refused("record met letter/follow_up_meeting --by upe"), @"sideletter: on which day? Say it as --on YYYY-MM-DD; for today: --on 2014-04-02");
    insta::assert_snapshot!(refused("record happened letter/implementation --on 2014-04-03"), @"sideletter: 3 April 2014 has not come yet: today is 2 April 2014; record what happened once it has");
    assert_eq!(
        office()
            .types("record happened letter/signing --on 2014-04-02")
            .code,
        0
    );
}

#[test]
fn a_party_is_asked_for_where_nobody_keeps_the_office() {
    insta::assert_snapshot!(refused("record met letter/follow_up_meeting --on 2014-03-28"), @"sideletter: which party says so? Type --by upe or --by dha");
    insta::assert_snapshot!(refused("record noted letter --note x --speaker Ann"), @"sideletter: --speaker speaks for a party; say for which: --by upe or --by dha");
    let kept = kept_by_upe();
    let met = kept.json("record met letter/follow_up_meeting --on 2014-03-28");
    assert_eq!(
        (&met["by"], &met["entered_by"]),
        (&"upe".into(), &serde_json::Value::Null)
    );
    let for_dha = kept.json("record happened letter/implementation --on 2014-03-03 --by dha");
    assert_eq!(
        (&for_dha["by"], &for_dha["entered_by"]),
        (&"dha".into(), &"upe".into())
    );
    assert!(kept.prints("log").contains("DHA, entered by UPE"));
}

#[test]
fn a_party_says_a_thing_once_and_another_party_may_differ() {
    let office = office();
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    insta::assert_snapshot!(office.fails(2, "record happened letter/implementation --on 2014-03-10 --by dha"), @"sideletter: entry 1 says so already (3 March 2014); if it is wrong, strike it out first: sideletter record struck letter --entry 1 --by dha");
    office.prints("record happened letter/implementation --on 2014-03-10 --by upe");
    office.prints("record met letter/follow_up_meeting --on 2014-03-28 --by upe");
    insta::assert_snapshot!(office.fails(2, "record met letter/follow_up_meeting --on 2014-03-29 --by upe"), @"sideletter: entry 3 says so already (28 March 2014); if it is wrong, strike it out first: sideletter record struck letter --entry 3 --by upe");
    office.prints("record met letter/follow_up_meeting --on 2014-03-28 --by dha");
    // Struck out, it may be said anew.
    office.prints("record struck letter --entry 1 --by dha");
    office.prints("record happened letter/implementation --on 2014-03-10 --by dha");
}

#[test]
fn an_event_that_repeats_is_recorded_each_time() {
    let office = office();
    office.prints("record happened letter/request --on 2014-03-03 --for Station-4");
    office.prints("record happened letter/request --on 2014-03-03 --for Station-5");
    office.prints("record happened letter/request --on 2014-03-04 --for Station-4");
    office.fails(
        2,
        "record happened letter/request --on 2014-03-04 --for Station-4",
    );
    assert_eq!(office.json("log")[1]["for"], "Station-5");
}

#[test]
fn the_condition_of_a_when_comes_about() {
    let office = office();
    let said = office.prints("record happened letter/quota_notice --on 2014-03-03");
    assert!(
        said.contains("the condition of \"Notice of a quota\" came about"),
        "{said}"
    );
}

#[test]
fn only_who_made_an_entry_strikes_it_out_and_only_once() {
    let office = office();
    office.prints("record happened letter/implementation --on 2014-03-03 --by dha");
    office.prints("record noted other --note elsewhere");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by upe"), @"sideletter: entry 1 was made by dha, and only who made it may strike it out; if dha does: sideletter record struck letter --entry 1 --by dha");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 1"), @"sideletter: which party says so? Type --by upe or --by dha");
    insta::assert_snapshot!(office.fails(2, "record struck letter --by dha"), @"sideletter: which entry is to be struck out? Say its number: sideletter record struck letter --entry N; `sideletter log letter` lists them");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 2 --by dha"), @"sideletter: entry 2 is about other, not about letter; `sideletter log letter` lists the entries about that");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 9 --by dha"), @"sideletter: there is no entry 9; `sideletter log letter` lists them");
    insta::assert_snapshot!(office.fails(2, "record struck letter/follow_up_meeting --entry 1 --by dha"), @"sideletter: entry 1 is about letter/implementation; if it is that one: sideletter record struck letter --entry 1 --by dha");
    office.prints("record struck letter --entry 1 --by dha");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 1 --by dha"), @"sideletter: entry 1 was struck out before, by entry 3; there is nothing left to strike");
    insta::assert_snapshot!(office.fails(2, "record struck letter --entry 3 --by dha"), @"sideletter: entry 3 is itself a strike, which stays; enter anew what it struck out");
    assert_eq!(office.json("log").as_array().unwrap().len(), 3);
}

#[test]
fn evidence_must_be_a_file_that_is_there() {
    insta::assert_snapshot!(refused("record noted letter --evidence gone.pdf"), @"sideletter: cannot find the evidence gone.pdf; name a file that is there: No such file or directory (os error 2)");
    insta::assert_snapshot!(refused("record noted letter --evidence agreements"), @"sideletter: the evidence agreements is no file; name one, or put several into an archive");
    let twenty_one = " --evidence parties.toml".repeat(21);
    insta::assert_snapshot!(refused(&format!("record noted letter{twenty_one}")), @"sideletter: an entry names at most 20 papers; note the others in further entries");
}

#[test]
fn recording_begins_tracking() {
    let office = office();
    office.prints("record noted letter --note begun");
    let store = sideletter::store::open(
        office.root(),
        &sideletter::store::Place::fresh(),
        sideletter::store::Access::Read,
    )
    .unwrap();
    let tracked: Vec<String> = store
        .tracking()
        .unwrap()
        .iter()
        .map(|(agreement, day)| format!("{agreement} {day}"))
        .collect();
    assert_eq!(tracked, ["letter 2014-04-02"]);
}

#[test]
fn faults_of_the_agreement_are_said_and_the_entry_is_made() {
    // An obligation without its title.
    let letter = LETTER.replace("title = \"Follow-up meeting\"\n", "");
    let office = office().file("agreements/letter.md", letter);
    let ran = office.types("record happened letter/implementation --on 2014-03-03");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.starts_with("Entry 1: "), "{ran:?}");
    assert_eq!(office.json("log").as_array().unwrap().len(), 1);
    // What was left out for a fault is no unknown name.
    let left_out = office.fails(
        1,
        "record met letter/follow_up_meeting --on 2014-03-28 --by upe",
    );
    assert!(
        left_out.contains("has a fault and was left out"),
        "{left_out}"
    );
    // Another agreement's faults are not this one's.
    assert_eq!(office.types("record noted other --note fine").code, 0);
}

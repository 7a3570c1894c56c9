//! What a contact reads whose language is Spanish: every stage, as text. An agreement's own words, and the commands, stay.

use crate::office::Office;
use insta::assert_snapshot;

const PARTIES: &str = r#"
[upe]
name = "United Public Employees"
short = "UPE"
side = "union"
[[upe.contacts]]
name = "Rosa Díaz"
email = "rosa@upe.example"
language = "es"
[[upe.contacts]]
name = "Luis Peña"
email = "luis@upe.example"
receives = "escalation"
language = "es"

[dha]
name = "Department of Human Assistance"
short = "DHA"
side = "employer"
[[dha.contacts]]
name = "Labor relations"
email = "labor@dha.example"
"#;

const LETTER: &str = r#"+++
title = "SDR Phase II agreements"
kind = "side_letter"
parties = ["upe", "dha"]
signed = 2014-02-20
tracked_from = 2014-02-20
confirmation = "silence"

[counting]
preset = "california_contract"
days_off = ["weekends", "us_ca_state_employees"]

[events.implementation]
title = "Implementation of SDR Phase II"

[[obligations]]
id = "follow_up_meeting"
clause = "1"
title = "Follow-up meeting"
owed_by = ["dha"]
due = "no later than 30 days after implementation"

[[obligations]]
id = "staff_survey"
clause = "2"
title = "Survey of the staff"
owed_by = ["dha", "upe"]
due = "no earlier than 5 working days and no later than 20 working days after implementation"

[[obligations]]
id = "hold_harmless"
clause = "3"
title = "Held harmless for errors"
owed_by = ["dha"]
lasts = "2 months from implementation"
afterwards = "Clause 3 no longer applies unless a further period was agreed."
[obligations.renewal]
how = "by_agreement"
for = "up to 1 month"

[[obligations]]
id = "report_on_errors"
clause = "4"
title = "Report on errors"
owed_by = ["dha"]
every = "last Friday of each month"
first = 2014-04-25

[[obligations]]
id = "training_plan"
clause = "5"
title = "Training plan"
owed_by = ["upe"]
due = "as soon as administratively possible after implementation"
review_every = "2 months"
+++

1. A meeting [follow_up_meeting] no later than 30 days after implementation.
2. A survey [staff_survey].
3. Held harmless [hold_harmless].
4. A report [report_on_errors].
5. A plan [training_plan].
"#;

fn office() -> Office {
    Office::empty()
        .file("sideletter.toml", crate::record_mails::HANDED_OVER)
        .file("parties.toml", PARTIES)
        .file("agreements/sdr_phase_ii.md", LETTER)
}

/// Runs on a day, and gives what was newly written to UPE, as it reads.
fn mails(office: &Office, today: &str) -> String {
    let before = office.json("outbox").as_array().unwrap().len();
    office.prints(&format!("remind --send --today {today}"));
    let rows = office.json("outbox");
    let mut all = format!("======== {today}\n");
    for row in rows.as_array().unwrap() {
        let id = row["id"].as_i64().unwrap();
        let is_new = usize::try_from(id).unwrap() > before;
        if is_new && row["to"].as_str().unwrap().ends_with("@upe.example") {
            let shown = office.prints(&format!("outbox show {id}"));
            let (head, body) = shown.split_once("\n\n").unwrap();
            // The seal differs from run to run.
            let body: String = body
                .lines()
                .map(|line| match line.split_once("Comprobante: ") {
                    Some((_, receipt)) => {
                        let (_, rest) = receipt.split_once(',').unwrap();
                        format!("Comprobante: [..],{rest}\n")
                    }
                    None => format!("{line}\n"),
                })
                .collect();
            let subject = head.lines().find(|line| line.starts_with("Subject: "));
            let mail = format!("{}\n\n{body}\n", subject.unwrap());
            all.push_str(&mail);
        }
    }
    all
}

#[test]
fn every_stage_is_written_in_spanish() {
    let office = office();
    let mut all = mails(&office, "2014-02-20");
    office.prints("record happened sdr_phase_ii/implementation --on 2014-03-03 --by dha --speaker J.Doe --note Live --today 2014-03-03");
    all += &mails(&office, "2014-03-03");
    all += &mails(&office, "2014-03-10");
    all += &mails(&office, "2014-03-26");
    office.prints(
        "record moved sdr_phase_ii/follow_up_meeting --to 2014-04-15 --by dha --today 2014-03-27",
    );
    all += &mails(&office, "2014-03-27");
    office.prints("record confirmed sdr_phase_ii --entry 2 --by upe --today 2014-03-28");
    all += &mails(&office, "2014-03-28");
    all += &mails(&office, "2014-04-02");
    office
        .prints("record met sdr_phase_ii/staff_survey --on 2014-04-02 --by dha --today 2014-04-03");
    all += &mails(&office, "2014-04-03");
    office
        .prints("record met sdr_phase_ii/staff_survey --on 2014-04-01 --by upe --today 2014-04-03");
    office.prints("record disputed sdr_phase_ii --entry 1 --by upe --note Late --today 2014-04-03");
    office.prints("record struck sdr_phase_ii --entry 4 --by dha --today 2014-04-04");
    all += &mails(&office, "2014-04-04");
    all += &mails(&office, "2014-04-15");
    all += &mails(&office, "2014-04-30");
    all += &mails(&office, "2014-05-05");
    assert_snapshot!(all);
}

//! `draft` where a letter's words sound like a limit, a day of signing or an owner and are another: nothing is proposed that is
//! not sure, and what is left out is listed.

use crate::office::Office;
use serde_json::Value;

const HEAD: &str = "Side Letter Regarding Overtime\n\nAlder County (\"County\") and the Alder County Clerks Association (\"Union\") agree as follows:\n\n";

/// What is proposed of a letter with these paragraphs, a line for each, and how many sentences are listed as seen.
fn proposed(body: &str) -> Vec<String> {
    let office = Office::empty().on("2026-01-05").file(
        "parties.toml",
        "[county]\nname = \"Alder County\"\nside = \"employer\"\n\n[union]\nname = \"Alder County Clerks Association\"\nside = \"union\"\n",
    );
    let office = office.file(
        "letter.txt",
        format!("{HEAD}{}\n", body.replace(" / ", "\n\n")),
    );
    let said = office.json("draft letter.txt --dry-run");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |key: &str| said[key].as_array().cloned().unwrap_or_default();
    let mut lines = Vec::new();
    for key in ["signed", "effective", "expires"] {
        if !said[key].is_null() {
            lines.push(format!("{key}: {}", text(&said[key]["value"])));
        }
    }
    for day in list("signed_unclear") {
        lines.push(format!("signed, perhaps: {}", text(&day["value"])));
    }
    for event in list("events") {
        lines.push(format!("event: {}", text(&event["title"])));
    }
    for owed in list("obligations") {
        let by: Vec<String> = owed["owed_by"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect();
        let key = ["due", "every", "lasts"]
            .into_iter()
            .find(|key| !owed[key].is_null())
            .unwrap();
        let mut line = format!(
            "{} ({}): {key} {}",
            text(&owed["title"]),
            by.join(", "),
            text(&owed[key])
        );
        for (name, key) in [("needs", "needs"), ("when", "when")] {
            if !owed[key].is_null() {
                line = format!("{line} [{name} {}]", text(&owed[key]));
            }
        }
        lines.push(line);
    }
    let seen = list("seen");
    if !seen.is_empty() {
        lines.push(format!("seen: {}", seen.len()));
    }
    lines
}

#[track_caller]
fn reads(body: &str, wanted: &[&str]) {
    assert_eq!(proposed(body), wanted, "{body}");
}

#[test]
fn a_day_of_another_document_is_no_day_of_signing() {
    reads(
        "1. This letter amends the Collective Bargaining Agreement dated July 1, 2024.",
        &["seen: 1"],
    );
    reads(
        "1. This letter amends the memorandum of the parties signed on March 3, 2023.",
        &["seen: 1"],
    );
    reads(
        "1. The grievance dated August 11, 2025 is withdrawn.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall remove the letter dated March 1, 2026 from the file.",
        &["seen: 1"],
    );
    reads(
        "1. Per the letter agreed to on March 3, 2023, shifts stay as they are.",
        &["seen: 1"],
    );
    reads("1. The MOU dated March 1, 2024 is extended.", &["seen: 1"]);
    reads(
        "1. This Side Letter, dated March 20, 2026, adds to the CBA dated July 1, 2024.",
        &["signed: 2026-03-20", "seen: 1"],
    );
    reads(
        "1. The MOU dated March 1, 2024 is extended. / Dated: March 20, 2026",
        &["signed: 2026-03-20", "seen: 1"],
    );
}

#[test]
fn a_label_of_another_day_is_none_of_signing() {
    reads(
        "Effective date: March 1, 2026",
        &["effective: March 1, 2026"],
    );
    reads("1. Terms of hire. Hire date: March 3, 2019.", &["seen: 1"]);
    reads("Due Date: June 1, 2026", &["seen: 1"]);
    reads("Meeting Date: June 1, 2026", &["seen: 1"]);
    reads("Expiration date: June 1, 2026", &["seen: 1"]);
    reads("Date: March 20, 2026 / TO: All staff", &["seen: 1"]);
    reads(
        "1. The County posts shifts. / Approved as to form: / Date: April 2, 2026 / Signed March 20, 2026",
        &["signed: 2026-03-20", "seen: 2"],
    );
    reads(
        "1. The County posts shifts. / For the County: ____ Date: April 2, 2026 / For the Union: ____ Date: April 2, 2026",
        &["signed: 2026-04-02"],
    );
}

#[test]
fn days_of_signing_that_cannot_be_read_or_are_not_called_so_are_listed() {
    reads(
        "Signed this #k day of Aveust, 2026. / date: 2026.08.06 19:44:25",
        &["signed, perhaps: 2026-08-06"],
    );
    reads(
        "1. The County posts shifts. / Agreed to on this S vty of March, 2023 / For the County: 3-3-2023",
        &["signed, perhaps: 2023-03-03"],
    );
    reads(
        "1. The County posts shifts. / For the County   3/20/26",
        &["signed, perhaps: 2026-03-20"],
    );
    reads(
        "1. The County posts shifts. / Signed at Capitol City on March 20, 2026.",
        &["signed: 2026-03-20", "seen: 1"],
    );
    reads(
        "1. The County posts shifts. / IN WITNESS WHEREOF, the parties have executed this letter on March 20, 2026.",
        &["signed: 2026-03-20"],
    );
    reads(
        "1. The County posts shifts. / Entered into this 20th day of March, 2026",
        &["signed: 2026-03-20", "seen: 1"],
    );
    reads(
        "1. The County posts shifts. / Agreed to this day, March 20, 2026",
        &["signed: 2026-03-20"],
    );
}

#[test]
fn a_limit_without_a_start_runs_from_what_its_sentence_begins_with() {
    reads(
        "1. Upon execution of this MOU, the County shall pay each employee within 30 days.",
        &["Pay each employee (county): due within 30 days of execution of this MOU"],
    );
    reads(
        "1. Upon ratification the County shall post the roster within 10 days.",
        &["Post the roster (county): due within 10 days of ratification"],
    );
    reads(
        "1. Following ratification, the County shall post the roster within 30 days.",
        &["Post the roster (county): due within 30 days of ratification"],
    );
    reads(
        "1. After ratification, the County shall post the roster within 30 days.",
        &["Post the roster (county): due within 30 days of ratification"],
    );
    reads(
        "1. Upon such notice the parties shall commence bargaining within 15 days.",
        &["Commence bargaining (): due within 15 days of such notice"],
    );
    reads(
        "1. Upon ratification, the County shall pay each employee no later than 30 days thereafter.",
        &[
            "Pay each employee (county): due no later than 30 days after ratification",
            "seen: 1",
        ],
    );
    reads(
        "1. Upon ratification, the County shall pay each employee no later than May 1, 2026.",
        &["seen: 1"],
    );
    reads(
        "1. Upon receipt of a written request, the County shall meet within ten (10) days.",
        &[
            "event: Receipt of a written request",
            "Meet within ten (10) days of receipt of a written request (county): due within ten (10) days of receipt of a written request",
        ],
    );
    reads(
        "1. Upon request of the Union, the County shall meet within ten (10) days.",
        &[
            "event: Request of the Union",
            "Meet within ten (10) days of request of the Union (county): due within ten (10) days of request of the Union",
        ],
    );
    reads(
        "1. Once the Board approves, the County shall meet within ten (10) days.",
        &[
            "Meet within ten (10) days (county): due within ten (10) days [needs start] [when Once the Board approves]",
        ],
    );
    reads(
        "1. When the Union requests a meeting, the County shall meet within ten (10) days.",
        &[
            "Meet within ten (10) days (county): due within ten (10) days [needs start] [when When the Union requests a meeting]",
        ],
    );
    reads(
        "1. If a grievance is filed, the County shall meet within ten (10) days.",
        &[
            "Meet within ten (10) days (county): due within ten (10) days [needs start] [when If a grievance is filed]",
        ],
    );
}

#[test]
fn a_duty_that_takes_effect_upon_ratification_is_no_day_of_the_letter() {
    reads(
        "1. Effective upon ratification, all employees shall receive 3%. / 2. This letter is effective July 1, 2026.",
        &[
            "effective: July 1, 2026",
            "All employees shall receive 3% (): due Effective upon ratification",
        ],
    );
    reads(
        "1. Effective 30 days after ratification, the County will add a step.",
        &["Add a step (county): due Effective 30 days after ratification"],
    );
    reads(
        "1. Effective the first day of the month following ratification, premiums will increase.",
        &[
            "Premiums will increase (): due Effective the first day of the month following ratification",
        ],
    );
    reads(
        "1. Effective the first full pay period following ratification, the County shall pay $500.",
        &[
            "Pay $500 (county): due Effective the first full pay period following ratification [needs calendar]",
        ],
    );
    reads(
        "1. The parties agree to the following, effective upon execution of this letter.",
        &["effective: upon execution of this letter"],
    );
    reads(
        "1. Effective upon ratification, this letter shall replace the letter of 2023.",
        &["effective: upon ratification"],
    );
}

#[test]
fn the_end_of_another_agreement_is_not_the_letters() {
    reads(
        "1. This letter expires on December 31, 2026. / 2. No later than ninety (90) days prior to the expiration of the CBA, the parties shall meet.",
        &[
            "expires: December 31, 2026",
            "event: Expiration of the CBA",
            "Meet No later than ninety (90) days prior to the expiration (): due No later than ninety (90) days prior to the expiration of the CBA",
        ],
    );
    reads(
        "1. This letter expires upon expiration of the CBA.",
        &["seen: 1"],
    );
    reads(
        "1. This letter is effective July 1, 2026. / 2. Article 12.3 is amended to read: \"The County shall give notice of layoff at least forty-five (45) days before its effective date.\"",
        &["effective: July 1, 2026", "seen: 1"],
    );
    reads(
        "1. The County shall reply within 10 days of notice of a grievance.",
        &[
            "event: Notice of a grievance",
            "Reply within 10 days of notice of a grievance (county): due within 10 days of notice of a grievance",
        ],
    );
    reads(
        "1. Upon notice of resignation, the County shall pay out leave.",
        &["seen: 1"],
    );
}

#[test]
fn notice_and_half_of_a_choice_are_no_end() {
    reads(
        "1. This Agreement shall expire on June 30, 2027, and shall continue from year to year thereafter unless either party gives written notice of termination at least ninety (90) days before its expiration.",
        &["expires: June 30, 2027", "seen: 1"],
    );
    reads(
        "1. This letter may be terminated by either party upon thirty (30) days' notice. Otherwise it ends June 30, 2027.",
        &["seen: 2"],
    );
    reads(
        "1. This letter shall expire upon ratification of a successor agreement or on June 30, 2027, whichever comes first.",
        &["seen: 1"],
    );
    reads(
        "1. This letter shall expire on June 30, 2027 or upon ratification of a successor agreement, whichever comes first.",
        &["seen: 1"],
    );
}

#[test]
fn a_term_of_each_person_does_not_run_from_the_letter() {
    reads(
        "1. If an employee dies on duty, the County will provide coverage for a period of forty-eight (48) months.",
        &[
            "Provide coverage (county): lasts for a period of forty-eight (48) months [needs start] [when If an employee dies on duty]",
        ],
    );
    reads(
        "1. An employee who is promoted shall serve a trial period of six (6) months.",
        &["An employee shall serve (): lasts a trial period of six (6) months [needs start]"],
    );
    reads(
        "1. The employee shall be placed on a performance plan for a period of 90 days.",
        &[
            "The employee shall be placed on a performance plan (): lasts for a period of 90 days [needs start]",
        ],
    );
    reads(
        "1. New employees shall serve a probationary period of six (6) continuous months.",
        &[
            "New employees shall serve (): lasts a probationary period of six (6) continuous months [needs start]",
        ],
    );
    reads(
        "1. The County will pay premiums of a widow for a period of 48 months or until she is eligible for Medicare, whichever is earlier.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall lend two desks for six months.",
        &["Lend two desks (county): lasts for six months"],
    );
}

#[test]
fn a_limit_is_not_cut_before_what_says_from_when() {
    reads(
        "1. The County shall inspect the line weekly during the first month of operation.",
        &["seen: 1"],
    );
    reads(
        "1. The parties shall meet monthly for the first six months of the program.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall pay $75 per month to each account beginning January 1, 2027.",
        &["Pay $75 (county): every per month beginning January 1, 2027"],
    );
    reads(
        "1. The County shall pay $75 per month to each account beginning the first full pay period after ratification.",
        &[
            "Pay $75 (county): every per month beginning the first full pay period after ratification [needs calendar]",
        ],
    );
    reads(
        "1. The County shall reply within 30 days of the above date.",
        &["seen: 1"],
    );
}

#[test]
fn a_school_year_has_no_days_of_its_own() {
    reads(
        "1. This letter shall be effective for the 2026-27 school year only.",
        &["seen: 1"],
    );
}

#[test]
fn a_day_that_belongs_to_a_noun_is_no_limit() {
    reads(
        "1. The County will apply the rates in effect on June 30, 2026.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall restore leave taken between March 1, 2026 and April 1, 2026.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall pay a stipend of $500 to employees on the payroll as of July 1, 2026.",
        &["seen: 1"],
    );
}

#[test]
fn the_rest_of_a_longer_limit_is_none() {
    reads(
        "1. The bonus will be paid in full on the first available, regularly scheduled pay date after the date of full ratification of the CBA.",
        &["seen: 1"],
    );
    reads(
        "1. The bonus is to be paid on the December 10, 2025 supplemental payroll.",
        &["seen: 1"],
    );
}

#[test]
fn who_owes_it_is_left_open_where_somebody_else_is_named() {
    reads(
        "1. The County, the Union and the Hospital shall meet by May 1, 2026.",
        &["The Hospital shall meet (): due by May 1, 2026"],
    );
    reads(
        "1. The County and MCAT will schedule a class by May 1, 2026.",
        &["Schedule a class (): due by May 1, 2026"],
    );
    reads(
        "1. The County and the Union shall meet by May 1, 2026.",
        &["Meet by May 1, 2026 (): due by May 1, 2026"],
    );
    reads(
        "1. The County shall receive from the Union a list of stewards by May 1, 2026.",
        &["Receive from the Union a list of stewards (union): due by May 1, 2026"],
    );
    reads(
        "1. The Union shall receive notice at least 30 days before any layoff.",
        &[
            "event: Layoff",
            "Receive notice (): due at least 30 days before any layoff",
        ],
    );
}

#[test]
fn old_wording_is_no_duty() {
    reads(
        "1. Article 12.3 currently reads: \"The County shall give notice at least thirty (30) days before layoff.\"",
        &["seen: 1"],
    );
    reads(
        "1. Article 12.3 currently reads: / \"The County shall give notice at least thirty (30) days before layoff. The County shall reply by May 1, 2026.\" / 2. The County shall pay by June 1, 2026.",
        &[
            "Pay by June 1, 2026 (county): due by June 1, 2026",
            "seen: 2",
        ],
    );
    reads(
        "1. Article 12.3 currently states: \"The County shall reply by May 1, 2026.\" It is amended to read: \"The County shall reply by June 1, 2026.\"",
        &[
            "Reply by June 1, 2026 (county): due by June 1, 2026",
            "seen: 1",
        ],
    );
}

#[test]
fn what_becomes_of_a_provision_is_no_duty() {
    reads(
        "1. Upon execution of this MOU, Section 3.c. of the MOU Regarding Incentives, Document #DC-2021-711, shall become null and void.",
        &["seen: 1"],
    );
    reads(
        "1. Upon execution of this MOU the provision in Article 9, Section G. requiring the County to provide at least 90 days' notice shall become ineffective.",
        &["seen: 1"],
    );
    reads(
        "1. The parties acknowledge they have bargained the policy and hereby agree to its addition in full force as of June 15, 2022.",
        &["seen: 1"],
    );
}

#[test]
fn how_long_the_letter_is_in_force_is_its_end() {
    reads(
        "1. This Agreement shall be in full force and effect for eighteen (18) months from the date of execution.",
        &["expires: for eighteen (18) months from the date of execution"],
    );
    reads(
        "1. This Agreement shall be in full force and effect through June 30, 2027.",
        &["expires: June 30, 2027"],
    );
    reads(
        "1. The term of this Agreement shall be eighteen (18) months from the date of execution, and the parties may extend it.",
        &["expires: eighteen (18) months from the date of execution"],
    );
    reads(
        "1. The pilot program shall sunset on August 16, 2027.",
        &["expires: August 16, 2027"],
    );
    reads(
        "1. The Agreement shall remain in effect until June 30, 2027.",
        &["expires: until June 30, 2027"],
    );
}

#[test]
fn the_letters_own_days_are_read_without_on() {
    reads(
        "1. This letter expires December 31, 2026.",
        &["expires: December 31, 2026"],
    );
    reads(
        "1. This letter shall expire June 30, 2027.",
        &["expires: June 30, 2027"],
    );
    reads(
        "1. This letter terminates May 31, 2026.",
        &["expires: May 31, 2026"],
    );
    reads(
        "1. This MOU will sunset June 30, 2027.",
        &["expires: June 30, 2027"],
    );
    reads(
        "1. This letter takes effect March 1, 2026.",
        &["effective: March 1, 2026"],
    );
    reads(
        "1. This letter goes into effect March 1, 2026.",
        &["effective: March 1, 2026"],
    );
    reads(
        "1. This letter is effective March 1, 2026 and expires December 31, 2026.",
        &["effective: March 1, 2026", "expires: December 31, 2026"],
    );
    reads(
        "1. This letter is effective March 1, 2026 and will expire June 30, 2027.",
        &["effective: March 1, 2026", "expires: June 30, 2027"],
    );
    reads(
        "1. This letter takes effect upon signing and ends on June 30, 2027.",
        &["effective: upon signing", "expires: June 30, 2027"],
    );
}

#[test]
fn clauses_end_recitals() {
    reads(
        "WHEREAS the County has a new system, / The parties agree: / 1. The County shall train employees by August 1, 2026.",
        &["Train employees (county): due by August 1, 2026"],
    );
    reads(
        "WHEREAS the County has a new system, / 1. The County shall train employees by August 1, 2026.",
        &["Train employees (county): due by August 1, 2026"],
    );
}

#[test]
fn occasions_that_are_not_read_are_listed() {
    reads(
        "1. The bonus will be paid upon successful completion of the probationary period.",
        &["seen: 1"],
    );
    reads(
        "1. The payday will remain the last working day of the month.",
        &["seen: 1"],
    );
    reads(
        "1. Changes will be effective the first (1st) pay period of the month following the date of eligibility.",
        &[
            "event: Date of eligibility",
            "Changes will be effective the first (1st) pay period of the month (): due effective the first (1st) pay period of the month following the date of eligibility [needs calendar]",
        ],
    );
    reads(
        "1. Upon completion of the training, the County shall issue a certificate.",
        &["seen: 1"],
    );
    reads(
        "1. At the end of the probation period the County shall decide.",
        &["seen: 1"],
    );
    reads(
        "1. The Union will be notified by the Friday following the close of the posting.",
        &["seen: 1"],
    );
    reads(
        "1. The change needs approval by the Board and ratification by the Union, whichever occurs later.",
        &["seen: 1"],
    );
    reads(
        "1. Effective immediately, the County will pay a premium.",
        &["seen: 1"],
    );
    reads(
        "1. Leads send the list by noon on Thursday for the following week.",
        &["seen: 1"],
    );
}

#[test]
fn further_limits_of_a_sentence_are_listed() {
    reads(
        "1. The County shall post the list by May 1, 2026 and notify the Union by June 1, 2026.",
        &["Post the list (county): due by May 1, 2026", "seen: 1"],
    );
    reads(
        "1. Effective July 1, 2026, and again July 1, 2027, the County shall increase wages by 3%.",
        &["seen: 1"],
    );
    reads(
        "1. The County shall post the list by May 1, 2026 (June 1, 2026 for the Library).",
        &["Post the list (county): due by May 1, 2026", "seen: 1"],
    );
    reads(
        "1. The County shall hold a hearing within fourteen (14) days of the appeal and shall issue a decision ten (10) days thereafter.",
        &[
            "event: Appeal",
            "Hold a hearing (county): due within fourteen (14) days of the appeal",
            "seen: 1",
        ],
    );
}

#[test]
fn titles_end_where_their_words_do() {
    reads(
        "1. Each clerk shall receive a one-time, off-schedule payment of $1,000 by May 1, 2026.",
        &[
            "Each clerk shall receive a one-time, off-schedule payment of $1,000 (): due by May 1, 2026",
        ],
    );
    reads(
        "1. The Union shall withdraw Grievance No. 25-118 within ten (10) days of execution.",
        &["Withdraw Grievance No. 25-118 (union): due within ten (10) days of execution"],
    );
    reads(
        "1. Effective January 1, 2023, the contribution by the County to the VEBA account of each employee will increase to $85 per month.",
        &[
            "The contribution by the County will increase to $85 per month (county): due Effective January 1, 2023",
            "seen: 1",
        ],
    );
    reads(
        "1. The October 31, 2025, pay date will be pushed to November 7, 2025.",
        &["The October 31, 2025, pay date will be pushed (): due November 7, 2025"],
    );
    reads(
        "1. The County shall, upon request by the Union and no later than May 1, 2026, provide the list.",
        &[
            "Provide the list (county): due no later than May 1, 2026",
            "seen: 1",
        ],
    );
}

#[test]
fn a_condition_behind_a_comma_is_kept() {
    reads(
        "1. As a way to share savings, if, as of January 1, 2024, at least 20% of clerks elect the plan, then the County will provide $500 by March 1, 2024.",
        &[
            "Provide $500 (county): due by March 1, 2024 [when if, as of January 1, 2024, at least 20% of clerks elect the plan]",
        ],
    );
}

#[test]
fn a_day_that_needs_a_calendar_is_left_open() {
    reads(
        "1. This letter is effective the first full pay period following ratification.",
        &["seen: 1"],
    );
}

#[test]
fn what_is_sure_is_proposed() {
    reads(
        "1. Effective July 1, 2026, the County shall pay a premium of $1.",
        &["Pay a premium of $1 (county): due Effective July 1, 2026"],
    );
    reads(
        "1. The County shall meet with the Union no later than 30 days after receipt of a written request.",
        &[
            "event: Receipt of a written request",
            "Meet with the Union (county): due no later than 30 days after receipt of a written request",
        ],
    );
    reads(
        "1. The County shall report overtime monthly beginning July 1, 2026.",
        &["Report overtime (county): every monthly beginning July 1, 2026"],
    );
}

#[test]
fn notices_steps_and_other_verbs_are_read() {
    reads(
        "1. The County may modify these procedures, provided that 14 days prior notice of such changes is provided.",
        &[
            "event: Changes",
            "Prior notice of such changes (): due 14 days prior notice of such changes [when The County may modify these procedures]",
        ],
    );
    reads(
        "1. The County shall answer within seven (7) days after the Step 1 meeting.",
        &[
            "event: Step 1 meeting",
            "Answer within seven (7) days after the Step 1 meeting (county): due within seven (7) days after the Step 1 meeting",
        ],
    );
    reads(
        "1. The County shall answer within ten (10) days after receipt of the Step 2 response.",
        &[
            "event: Receipt of the Step 2 response",
            "Answer within ten (10) days after receipt of the Step 2 response (county): due within ten (10) days after receipt_step_2_response",
        ],
    );
    reads(
        "1. The County shall answer within ten (10) days after receiving it.",
        &["seen: 1"],
    );
    reads(
        "1. The County commits to post the list by May 1, 2026.",
        &["Post the list (county): due by May 1, 2026"],
    );
    reads(
        "1. The Union is required to reply by May 1, 2026.",
        &["Reply by May 1, 2026 (union): due by May 1, 2026"],
    );
    reads(
        "1. The County shall do the following by May 1, 2026: / (a) post the list; and / (b) train the leads.",
        &["seen: 1"],
    );
}

#[test]
fn spanish_is_listed() {
    reads(
        "1. A más tardar el 15 de abril de 2026, la Ciudad entregará la lista.",
        &["seen: 1"],
    );
    reads(
        "1. La Ciudad pagará dentro de los treinta (30) días siguientes a la firma.",
        &["seen: 1"],
    );
}

#[test]
fn the_later_of_two_days_is_no_window() {
    reads(
        "1. This letter is effective upon ratification, and in any case not before April 1, 2026.",
        &["seen: 1"],
    );
}

#[test]
fn what_changes_the_contract_and_what_hangs_on_its_days() {
    reads(
        "1. Effective June 7, 2026, Article 10, Section (B)(2) shall be amended to read: \"Clerks may sell up to sixty hours of leave.\"",
        &["seen: 1"],
    );
    reads(
        "1. Effective upon signing below, and with regard to the CBA of 2022, the County and the Union each agree to waive Article 13.",
        &["effective: upon signing below"],
    );
    reads(
        "1. The bonus will be offered for a period of thirty (30) days following full ratification of the CBA.",
        &[
            "event: Full ratification of the CBA",
            "The bonus will be offered (): lasts for a period of thirty (30) days following full ratification of the CBA",
        ],
    );
    reads(
        "1. The bonus will be offered for a period of thirty (30) days following approval of the plan.",
        &[
            "event: Approval of the plan",
            "The bonus will be offered (): lasts for a period of thirty (30) days following approval of the plan",
        ],
    );
}

/// The title and the kind that are proposed of a letter that begins so, and whom it is said to name.
#[track_caller]
fn is_called(letter: &str, title: &str, kind: &str, named: Option<&str>) {
    let office = Office::empty().on("2026-01-05").file(
        "letter.txt",
        format!("{letter}\n\nThe County shall pay by May 1, 2026.\n"),
    );
    let said = office.json("draft letter.txt --dry-run");
    assert_eq!(said["title"]["value"], title);
    assert_eq!(said["kind"], kind);
    let named = named.map_or_else(String::new, |named| format!("; the letter names {named}"));
    let open = format!("parties: it names no two parties of parties.toml{named}; add them there");
    let said = office.prints("draft letter.txt --dry-run");
    assert!(said.contains(&open), "{said}");
}

#[test]
fn a_title_ends_where_the_letter_begins_and_a_fund_is_no_party() {
    is_called(
        "LETTER OF AGREEMENT REGARDING OVERTIME 1",
        "LETTER OF AGREEMENT REGARDING OVERTIME",
        "side_letter",
        None,
    );
    is_called(
        "SIDE LETTER: SHIFT PAY I",
        "SIDE LETTER: SHIFT PAY",
        "side_letter",
        None,
    );
    is_called(
        "LETTER OF INTENT No. 4",
        "LETTER OF INTENT No. 4",
        "side_letter",
        None,
    );
    is_called(
        "SIDE LETTER FOR CLERKS--",
        "SIDE LETTER FOR CLERKS",
        "side_letter",
        None,
    );
    is_called(
        "ACCA Collective Bargaining Agreement Extension Letter of Agreement",
        "ACCA Collective Bargaining Agreement Extension Letter of Agreement",
        "side_letter",
        None,
    );
    is_called(
        "SIDE LETTER\n\nThe parties are Elm County (\"County\") pays into 7.2 Elm Health Fund (\"EHF\") by the Consumer Price Index (\"CPI\").",
        "SIDE LETTER",
        "side_letter",
        Some("Elm County (County)"),
    );
}

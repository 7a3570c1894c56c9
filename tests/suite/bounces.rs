//! Failed deliveries: what a mail system reports is read, kept with its message, and seen at the obligation.

use crate::office::{Office, fixtures};
use crate::relay::{Relay, Way};
use crate::smtp::{office, states};

/// The Message-ID of a message, without its brackets.
pub(crate) fn message_id(office: &Office, id: usize) -> String {
    let listed = office.json("outbox");
    let found = listed[id - 1]["message_id"].as_str().unwrap();
    found.trim_matches(['<', '>']).to_owned()
}

/// A report of a mail system about a message.
pub(crate) fn report(to: &str, message_id: &str, action: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b1\n\n\
         --b1\nContent-Type: text/plain\n\nI'm sorry.\n\n\
         --b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; c1@dha.example\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; 550 {status} no such user here\n\n\
         --b1\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{message_id}>\nSubject: Time clocks\n\n--b1--\n"
    )
}

/// A report of which the message went to another address.
pub(crate) fn about(recipient: &str, report: &str) -> String {
    report.replace("c1@dha.example", recipient)
}

/// An office of which two messages have left by a relay.
fn sent() -> (Relay, Office) {
    let relay = Relay::new(Way::Plain);
    let office = office(&relay.settings(""), 2);
    office.prints("remind --send");
    (relay, office)
}

/// The lines of what is printed that do not hang on a folder's name.
fn shown(office: &Office, line: &str) -> String {
    let ran = office.types(line);
    format!(
        "$ sideletter {line}\n{}{}? {}\n",
        ran.stdout, ran.stderr, ran.code
    )
}

#[test]
fn a_failed_delivery_is_seen_at_the_message_and_at_what_it_told() {
    let (_relay, office) = sent();
    let id = message_id(&office, 1);
    let office = office.file(
        "bounce.eml",
        report("office@upe.example", &id, "failed", "5.1.1"),
    );
    let said: String = [
        "bounces import bounce.eml",
        "outbox",
        "outbox show 1",
        "check",
        // A second time nothing changes.
        "bounces import bounce.eml",
    ]
    .iter()
    .map(|line| {
        let shown = shown(&office, line);
        if line.starts_with("outbox show") {
            let head = shown.split("\n\n").next().unwrap();
            return format!("{head}\n").replace(&id, "[message-id]");
        }
        shown
    })
    .collect();
    insta::assert_snapshot!("a_failed_delivery", said);
    assert_eq!(
        states(&office),
        [(1, "rejected".to_owned(), 1), (2, "sent".to_owned(), 1)]
    );

    // Nothing stops by it: the address is written to as before, until somebody corrects it, or says that it is settled.
    office.prints("outbox retry 1");
    office.prints("remind --send");
    assert_eq!(states(&office)[0], (1, "sent".to_owned(), 2));
    office.prints("bounces import bounce.eml");
    assert_eq!(
        states(&office)[0].1,
        "sent",
        "an old report says nothing of a new try"
    );
    assert!(office.prints("check").ends_with("no faults\n"));
}

#[test]
fn what_a_party_was_not_told_stands_beside_the_date() {
    let office = Office::fixture("offices/two_parties")
        .with(&fixtures().join("faults/not-delivered"))
        .on("2014-03-12");
    office.prints("remind --send");
    let mail = report(
        "office@upe.example",
        &message_id(&office, 2),
        "failed",
        "5.1.1",
    );
    let office = office.file("bounce.eml", about("labor@dha.example", &mail));
    office.prints("bounces import bounce.eml");
    insta::assert_snapshot!("not_told_beside_its_date", shown(&office, "due"));
    let said = office.types("due --format json").stderr;
    assert_eq!(
        said,
        "letter/follow_up_meeting: DHA was not told: message 2 was refused for good; see: sideletter outbox show 2\n"
    );
    let ran = office.types("run");
    assert!(
        ran.stdout.contains("DHA was not told: message 2"),
        "{ran:?}"
    );
}

#[test]
fn a_report_of_a_policy_says_nothing_against_the_address() {
    let (_relay, office) = sent();
    let id = message_id(&office, 1);
    let mail = report("office@upe.example", &id, "failed", "5.7.1");
    let office = office.file("bounce.eml", mail);
    office.prints("bounces import bounce.eml");
    let said = office.prints("check");
    assert!(
        said.contains("message 1 was refused for good, but not for the address"),
        "{said}"
    );
    let shown = office.prints("outbox show 1");
    assert!(
        shown.contains("came back, but not for its address: "),
        "{shown}"
    );
}

#[test]
fn a_report_about_another_address_marks_nobody_as_refused() {
    let (_relay, office) = sent();
    let id = message_id(&office, 1);
    let mail = report("office@upe.example", &id, "failed", "5.1.1");
    let office = office.file("bounce.eml", about("somebody@else.example", &mail));
    insta::assert_snapshot!(office.prints("bounces import bounce.eml"), @r"
    1 mail about another address than its message went to, of which nothing is kept; if mail is passed on to there, ask the party for the right address:
      bounce.eml: it is about somebody@else.example, and message 1 went to c1@dha.example
    ");
    let rows = office.json("bounces import bounce.eml");
    assert_eq!(
        (&rows[0]["result"], &rows[0]["message"]),
        (&"elsewhere".into(), &1.into())
    );
    assert_eq!(states(&office)[0].1, "sent");
    assert!(!office.prints("check").contains("not-delivered"));

    // Passed on from the message's own address, it is about that; and of several it is the one of the message that counts.
    let both = mail.replace(
        "Final-Recipient: rfc822; c1@dha.example",
        "Original-Recipient: RFC822;C1@dha.example\nFinal-Recipient: rfc822; somebody@else.example",
    );
    let several = about("somebody@else.example", &mail).replace(
        "Final-Recipient",
        "Final-Recipient: rfc822; c1@dha.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient",
    );
    let office = office.file("bounce.eml", several);
    assert_eq!(
        office.json("bounces import bounce.eml")[0]["result"],
        "delayed"
    );
    assert_eq!(states(&office)[0].1, "sent");
    let office = office.file("bounce.eml", both);
    office.prints("bounces import bounce.eml");
    assert_eq!(states(&office)[0].1, "rejected");
}

#[test]
fn a_corrected_address_and_a_settled_message_are_no_finding() {
    for settle in [true, false] {
        let (_relay, office) = sent();
        let id = message_id(&office, 1);
        let mail = report("office@upe.example", &id, "failed", "5.1.1");
        let mut office = office.file("bounce.eml", mail);
        office.prints("bounces import bounce.eml");
        assert!(office.prints("check").contains("warning[not-delivered]"));
        if settle {
            office.prints("outbox cancel 1");
        } else {
            let parties = office.read("parties.toml").replace("c1@dha", "labor@dha");
            office = office.file("parties.toml", parties);
        }
        assert!(!office.prints("check").contains("not-delivered"));
    }
}

#[test]
fn each_message_has_a_sender_of_its_own_where_the_settings_say_where_failures_come_back() {
    let relay = Relay::new(Way::Plain);
    let settings = relay
        .settings("")
        .replace("[mail]\n", "[mail]\nbounces = \"bounces@upe.example\"\n");
    let office = office(&settings, 2);
    office.prints("remind --send");
    let ids = [1, 2].map(|id| message_id(&office, id));
    let senders: Vec<String> = relay
        .lines()
        .into_iter()
        .filter(|line| line.starts_with("MAIL"))
        .collect();
    let verp = |id: &str| format!("bounces+{}@upe.example", id.split('@').next().unwrap());
    assert_eq!(
        senders,
        ids.clone().map(|id| format!("MAIL FROM:<{}>", verp(&id)))
    );
    // What names the message by its sender alone is known by it.
    let mail = report(&verp(&ids[1]), "other@elsewhere.example", "failed", "5.1.1");
    let office = office.file("bounce.eml", about("c2@dha.example", &mail));
    office.prints("bounces import bounce.eml");
    assert_eq!(states(&office)[1].1, "rejected");
    for bad in [
        "nobody",
        "bounces+x@upe.example",
        &format!("{}@upe.example", "x".repeat(32)),
    ] {
        let faulty = settings.replace("bounces@upe.example", bad);
        let ran = Office::empty()
            .file("sideletter.toml", faulty)
            .types("check");
        assert!(ran.stdout.contains("error[malformed-"), "{bad}: {ran:?}");
    }
}

#[test]
fn what_is_no_report_names_the_message_to_whose_sender_it_came() {
    let (_relay, office) = sent();
    let token = message_id(&office, 2);
    let to = format!("bounces+{}@upe.example", token.split('@').next().unwrap());
    let office = office.file(
        "bounce.eml",
        format!("Return-Path: <>\nFrom: postmaster@dha.example\nTo: {to}\nSubject: Not delivered\n\nNobody of that name.\n"),
    );
    let said = office.prints("bounces import bounce.eml");
    assert!(
        said.contains("it came to the sender of message 2"),
        "{said}"
    );
    assert!(states(&office).iter().all(|of| of.1 == "sent"));
}

#[test]
fn mailboxes_of_every_kind_are_read_and_what_is_no_report_is_left_and_said() {
    let (_relay, office) = sent();
    let [one, two] = [1, 2].map(|id| message_id(&office, id));
    let failed = report("office@upe.example", &one, "failed", "5.7.1");
    let late = report("office@upe.example", &two, "delayed", "4.4.1");
    let late = about("c2@dha.example", &late);
    let stranger = report("office@upe.example", &"f".repeat(32), "failed", "5.1.1");
    let away = "From: c1@dha.example\nAuto-Submitted: auto-replied\n\nI am away.\nFrom me\n";
    let mbox = [
        &failed,
        away,
        &late,
        &stranger,
        "\u{0}\u{1}\n",
        "Subject: hello\n\nwords\n",
    ]
    .map(|mail| format!("From MAILER-DAEMON Mon Mar  3 12:00:00 2014\n{mail}\n"))
    .concat();
    let office = office
        .file("mails.mbox", &mbox)
        .file("Maildir/new/1.mx", failed.replace('\n', "\r\n"))
        .file("Maildir/cur/2.mx:2,S", away)
        .file("folder/note.txt", "nothing");
    insta::assert_snapshot!("a_mailbox", shown(&office, "bounces import mails.mbox"));
    assert_eq!(states(&office)[0].1, "rejected");
    assert_eq!(states(&office)[1].1, "sent", "late is a note");
    assert!(
        office
            .prints("outbox show 2")
            .contains("Reported: 2014-03-12T09:00:00Z: late, and still tried (550 4.4.1")
    );
    insta::assert_snapshot!(
        "a_maildir",
        shown(&office, "bounces import Maildir --format json")
    );
    assert_eq!(
        office
            .prints("bounces import mails.mbox")
            .lines()
            .next()
            .unwrap(),
        "2 reports read before."
    );
    for (line, says) in [
        ("bounces import nothing.mbox", "there is no nothing.mbox"),
        ("bounces import folder", "folder is a folder and no Maildir"),
    ] {
        let said = office.fails(2, line);
        assert!(said.contains(says), "{said}");
    }
    let mut command = office.command(&["bounces", "import", "-"]);
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), mbox.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("2 reports read before.\n"), "{said}");
}

#[test]
fn mails_of_any_size_and_shape_keep_nobody_waiting() {
    let (_relay, office) = sent();
    let id = message_id(&office, 1);
    let long = "x".repeat(11 * 1024 * 1024);
    let good = report("office@upe.example", &id, "failed", "5.1.1");
    let mbox =
        format!("From a\n{long}\n\nFrom b\nSubject: {long}\n\nFrom c\n\u{0}\n\nFrom d\n{good}");
    let office = office.file("mails.mbox", mbox).file("empty", "");
    let said = office.prints("bounces import mails.mbox");
    assert!(said.starts_with("1 message refused for good:\n"), "{said}");
    for mail in [
        "mail 1: it is longer than 10 MB",
        "mail 2: it is longer",
        "mail 3: it is no mail",
    ] {
        assert!(said.contains(mail), "{said}");
    }
    assert!(
        office
            .prints("bounces import empty")
            .contains("it is no mail")
    );
}

#[test]
fn a_report_of_a_transient_status_is_a_finding_too() {
    let (_relay, office) = sent();
    let id = message_id(&office, 1);
    let mail = report("office@upe.example", &id, "failed", "4.4.7");
    let office = office.file("bounce.eml", mail);
    office.prints("bounces import bounce.eml");
    assert_eq!(states(&office)[0].1, "gave_up");
    for line in ["check", "doctor"] {
        let said = office.types(line).stdout;
        assert!(
            said.contains("message 1 was given up, because each try was put off")
                || said.contains("message 1 given up, because each try was put off"),
            "{line}: {said}"
        );
    }
    office.prints("outbox cancel 1");
    assert!(!office.prints("check").contains("not-delivered"));
}

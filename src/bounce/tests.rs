//! Reports of mail systems, and what is none.

use super::{Mail, Report, read};
use crate::store::outbox::BounceAction::{Delayed, GivenUp, Refused};
use proptest::prelude::*;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// A report as postfix writes it.
fn report(fields: &str) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: office@upe.example\r\nSubject: Undelivered Mail\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b/1\"\r\n\r\n\
         --b/1\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\
         --b/1\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\nArrival-Date: Mon, 3 Mar 2014\r\n\r\n{fields}\r\n\
         --b/1\r\nContent-Type: message/rfc822\r\n\r\n\
         From: office@upe.example\r\nMessage-ID: <{TOKEN}@upe.example>\r\n\r\nWords\r\n\r\n--b/1--\r\n"
    )
}

const FAILED: &str = "Final-Recipient: rfc822; labor@dha.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
    Diagnostic-Code: smtp; 550 5.1.1 <labor@dha.example>:\r\n  no such user\r\n";

fn reported(mail: &str) -> Report {
    match read(mail.as_bytes()) {
        Mail::Report(report) => report,
        Mail::Other(other) => panic!("{other:?}: {mail}"),
    }
}

fn other(mail: &[u8]) -> &'static str {
    match read(mail) {
        Mail::Other(other) => other.what,
        Mail::Report(report) => panic!("{report:?}"),
    }
}

#[test]
fn a_report_says_whose_message_failed_and_why() {
    let found = reported(&report(FAILED));
    assert_eq!(found.tokens, [TOKEN]);
    assert_eq!((found.action, found.status.as_str()), (Refused, "5.1.1"));
    let said = found.said.unwrap();
    assert_eq!(said, "550 5.1.1 <labor@dha.example>: no such user");
}

/// A report as a real mail system writes it.
fn of_system(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bounces");
    std::fs::read(format!("{folder}/{name}.eml")).unwrap()
}

#[test]
fn reports_in_the_forms_of_several_mail_systems_are_read() {
    for (name, action, status, tokens) in [
        ("postfix", Refused, "5.1.1", vec![TOKEN]),
        ("exchange", Refused, "5.1.10", vec![TOKEN]),
        ("delayed", Delayed, "4.4.1", vec![TOKEN]),
    ] {
        let Mail::Report(found) = read(&of_system(name)) else {
            panic!("{name}")
        };
        assert_eq!(
            (found.action, found.status.as_str()),
            (action, status),
            "{name}"
        );
        assert_eq!(found.tokens, tokens, "{name}");
    }
    assert_eq!(other(&of_system("away")), "an automatic answer");
}

#[test]
fn the_token_of_the_envelope_comes_first() {
    let mail = report(FAILED)
        .replace(
            "office@upe.example\r\nSub",
            "bounces+ffffffffffffffffffffffffffffffff@upe.example\r\nSub",
        )
        .replace(
            "Arrival-Date",
            "Original-Envelope-Id: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\r\nArrival-Date",
        );
    assert_eq!(
        reported(&mail).tokens,
        ["f".repeat(32), "e".repeat(32), TOKEN.to_owned()]
    );
}

#[test]
fn what_failed_for_a_time_was_given_up_and_what_is_late_is_a_note() {
    for (action, status, expected) in [
        ("failed", "5.7.1", Refused),
        ("Failed", "", Refused),
        ("failed", "4.4.7", GivenUp),
        ("delayed", "4.4.1", Delayed),
    ] {
        let fields = FAILED
            .replace("Action: failed", &format!("Action: {action}"))
            .replace("5.1.1\r\nDiag", &format!("{status}\r\nDiag"));
        assert_eq!(
            reported(&report(&fields)).action,
            expected,
            "{action} {status}"
        );
    }
    for action in ["delivered", "relayed", "expanded", ""] {
        let fields = FAILED.replace("Action: failed", &format!("Action: {action}"));
        assert!(other(report(&fields).as_bytes()).contains("does not say that anything failed"));
    }
    // Behind one address there were several: the worst counts.
    let several = format!("{}\r\n{FAILED}", FAILED.replace("failed", "delivered"));
    assert_eq!(reported(&report(&several)).action, Refused);
}

#[test]
fn what_is_no_report_is_said_in_a_few_words() {
    for (mail, what) in [
        (String::new(), "no mail"),
        (
            "From: a@b.example\n\nHello\n".to_owned(),
            "an ordinary mail",
        ),
        (
            "From: a@b.example\nAuto-Submitted: auto-replied\n\nI am away\n".to_owned(),
            "an automatic answer",
        ),
        (
            report(FAILED).replace(
                "report-type=delivery-status",
                "report-type=disposition-notification",
            ),
            "a report of something else",
        ),
        (
            report(FAILED).replace("boundary=", "bound="),
            "one that is not whole",
        ),
        (
            report(FAILED).replace("<>", "<boss@dha.example>"),
            "a sender in its envelope",
        ),
    ] {
        assert!(other(mail.as_bytes()).contains(what), "{what}: {mail}");
    }
}

#[test]
fn parts_in_any_encoding_and_of_other_systems_are_read() {
    let quoted = report(FAILED).replace(
        "message/delivery-status\r\n",
        "message/delivery-status\r\nContent-Transfer-Encoding: quoted-printable\r\n",
    );
    assert_eq!(
        reported(&quoted.replace("Action:", "Acti=\r\non:")).tokens,
        [TOKEN]
    );
    let headers = report(FAILED).replace("message/rfc822", "TEXT/RFC822-Headers");
    assert_eq!(reported(&headers).tokens, [TOKEN]);
    let global = report(FAILED)
        .replace("message/delivery-status", "message/global-delivery-status")
        .replace("message/rfc822", "message/global-headers");
    assert_eq!(reported(&global.replace("\r\n", "\n")).tokens, [TOKEN]);
}

#[test]
fn foreign_bytes_of_any_size_end_and_say_something() {
    let whole = report(FAILED);
    // Cut at every byte.
    for end in 0..whole.len() {
        read(&whole.as_bytes()[..end]);
    }
    let long = report(&FAILED.replace("no such user", &"x".repeat(10_000_000)));
    assert!(reported(&long).said.unwrap().len() <= 500);
    let wild = report(FAILED).replace("no such user", "\u{1b}[31m");
    let mut bytes = wild.into_bytes();
    for byte in &mut bytes {
        if *byte == b'I' {
            *byte = 0xff;
        }
    }
    read(&bytes);
    // Mails in mails, and parts in parts, as deep as there is room.
    let deep = report(FAILED).replace(
        "From: office@upe.example\r\nMessage",
        &format!(
            "{}Message",
            "Content-Type: message/rfc822\r\n\r\n".repeat(100_000)
        ),
    );
    read(deep.as_bytes());
    read(
        "Content-Type: message/rfc822\n\n"
            .repeat(100_000)
            .as_bytes(),
    );
    read(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
            .repeat(100_000)
            .as_bytes(),
    );
    read(format!("To: {}\n\n", "+".repeat(1_000_000)).as_bytes());
    let many = format!("To: {}", format!("x+{TOKEN}@upe.example, ").repeat(10_000));
    let many = report(FAILED).replace("To: office@upe.example", &many);
    assert!(reported(&many).tokens.len() < 20);
    read(format!("Content-Type: {}\n\n", "(".repeat(1_000_000)).as_bytes());
}

proptest! {
    #[test]
    fn a_report_with_a_slip_is_read(at: prop::sample::Index, taken in 0_usize..30, put in prop::collection::vec(any::<u8>(), 0..9)) {
        let mut bytes = report(FAILED).into_bytes();
        let at = at.index(bytes.len());
        let end = (at + taken).min(bytes.len());
        bytes.splice(at..end, put);
        if let Mail::Report(report) = read(&bytes) {
            prop_assert!(report.said.is_none_or(|said| !said.contains(char::is_control)));
        }
    }
}

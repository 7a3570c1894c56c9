//! Settings of mail: each that cannot be used is a fault at its place, and mail waits until it is mended.

use crate::smtp::{office, states};

/// The fault's first two lines and its help.
fn fault(settings: &str) -> String {
    let office = office("", 1).file("sideletter.toml", settings);
    let ran = office.types("check");
    assert_eq!(ran.code, 1, "{settings}: {ran:?}");
    let shown: Vec<&str> = ran
        .stdout
        .lines()
        .filter(|line| line.starts_with("error") || line.contains("-->") || line.contains("help:"))
        .map(str::trim)
        .collect();
    let sent = office.types("remind --send");
    assert!(
        sent.stderr
            .contains("mail does not leave: [mail] in sideletter.toml has a fault"),
        "{settings}: {sent:?}"
    );
    assert_eq!(sent.code, 3, "{settings}: {sent:?}");
    assert_eq!(
        states(&office),
        [],
        "{settings}: nothing is decided under a wrong name"
    );
    assert!(!office.root().join("outbox").exists(), "{settings}");
    shown.join("\n")
}

#[test]
fn every_setting_that_cannot_be_used_is_a_fault_and_nothing_leaves() {
    let smtp = |keys: &str| {
        format!("[mail]\nfrom = \"office@upe.example\"\ntransport = \"smtp\"\n[mail.smtp]\n{keys}")
    };
    let host = "host = \"mail.upe.example\"\n";
    let said: Vec<String> = [
        "[mail]\ntransport = \"pigeon\"".to_owned(),
        "[mail]\ntransport = \"sendmail\"".to_owned(),
        "[mail]\nfrom = \"nobody\"\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"mail.upe.example\""
            .to_owned(),
        "[mail]\nfrom = \"office@upe.example\"\ntransport = \"smtp\"".to_owned(),
        "[mail]\nfrom = \"office@upe.example\"\ntransport = \"sendmail\"\nsendmail = \"sendmail -t\"".to_owned(),
        "[mail]\nfrom = \"office@upe.example\"\ntransport = \"sendmail\"\non_unknown = \"resend\"".to_owned(),
        smtp("port = 587"),
        smtp("host = \"mail.upe.example:587\""),
        smtp("host = \"smtp://mail.upe.example\""),
        smtp(&format!("{host}port = 0")),
        smtp(&format!("{host}security = \"none\"")),
        smtp(&format!("{host}security = \"ssl\"")),
        smtp(&format!("{host}securty = \"tls\"")),
        smtp(&format!("{host}sessions = 0")),
        smtp(&format!("{host}per_minute = \"20\"")),
        smtp(&format!("{host}timeout = 0")),
        smtp(&format!("{host}username = \"office\"")),
        smtp(&format!("{host}password_command = \"pass show office\"")),
        smtp(&format!(
            "{host}username = \"office\"\npassword = \"sesame\""
        )),
        smtp(&format!(
            "{host}username = \"office\"\npassword_file = \"a\"\npassword_credential = \"b\""
        )),
        smtp(&format!(
            "{host}username = \"office\"\npassword_file = \"a\"\ntoken_command = \"b\""
        )),
        smtp("host = \"localhost\"\nsecurity = \"none\"\nauthorities = \"ca.pem\""),
    ]
    .iter()
    .map(|settings| fault(settings))
    .collect();
    insta::assert_snapshot!("settings_of_mail_that_cannot_be_used", said.join("\n\n"));
}

#[test]
fn what_is_missing_or_cannot_be_read_is_said_before_anybody_is_called() {
    let settings = "[mail]\nfrom = \"office@upe.example\"\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"localhost\"\nport = 1\nauthorities = \"ca.pem\"\n";
    let office = office(settings, 1);
    let ran = office.types("remind --send");
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains("which `authorities` under [mail.smtp] names"),
        "{ran:?}"
    );
    // Nobody listens there.
    let plain = settings.replace("authorities = \"ca.pem\"", "security = \"none\"");
    let ran = office.file("sideletter.toml", plain).types("run");
    assert_eq!(ran.code, 75, "{ran:?}");
    assert!(ran.stderr.contains("mail does not leave: the connection to the relay at localhost:1 failed at its beginning: "), "{ran:?}");
    assert!(
        ran.stderr.contains("1 message left for the next run"),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains("Pages: "),
        "the rest of the pass is done: {ran:?}"
    );
}

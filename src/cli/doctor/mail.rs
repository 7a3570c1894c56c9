//! How mail leaves: the relay, the sender, and what the domain's records should say.

use super::Line;
use crate::agreement::{Agreement, Confirmation};
use crate::office::{Mail, Office, Transport};
use crate::transport::Way;

/// Relays of many offices, and what the domain's SPF record names for each.
const PROVIDERS: [(&str, &str); 3] = [
    ("smtp.office365.com", "include:spf.protection.outlook.com"),
    ("smtp.gmail.com", "include:_spf.google.com"),
    ("smtp-relay.gmail.com", "include:_spf.google.com"),
];

/// Ends of domains that nobody outside this machine or this network can answer to.
const NOWHERE: [&str; 7] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "invalid",
    "test",
    "example",
];

/// What stands before the `@` where nobody reads.
const NOBODY: [&str; 5] = [
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
];

pub(super) fn all(office: &Office) -> Vec<Line> {
    let mail = &office.settings.mail;
    let mut found = vec![relay(office)];
    found.extend(silence(office));
    if matches!(mail.transport, Transport::Smtp(_) | Transport::Sendmail(_)) {
        found.push(sender(mail));
        found.push(answers(mail));
        found.extend(records(mail));
    }
    found
}

/// That silence accepts nothing while mail is handed to nobody.
fn silence(office: &Office) -> Option<Line> {
    let mail = &office.settings.mail;
    let is_accepted = |agreement: &Agreement| {
        let of = |id| office.confirmation(agreement, id) == Confirmation::Silence;
        let mut obligations = agreement.obligations.iter();
        of(None) || obligations.any(|o| of(Some(o.id.as_str())))
    };
    let is_in_doubt =
        mail.transport == Transport::Maildir && office.agreements.iter().any(is_accepted);
    is_in_doubt.then(|| {
        Line::advice(
            "silence",
            format!(
                "silence accepts nothing now: mail is written into {}/new and handed to nobody, so no party was asked; it does once `transport` under [mail] is smtp or sendmail",
                mail.outbox
            ),
        )
    })
}

/// Whether mail would be taken: everything that comes before a message is done, and no message is sent.
fn relay(office: &Office) -> Line {
    let way = match Way::of(office) {
        Ok(way) => way,
        Err(error) => return Line::fault("relay", error.to_string()),
    };
    match way.look() {
        Ok(said) => Line::ok("relay", said),
        Err(trouble) if trouble.lasting => Line::fault("relay", trouble.what),
        Err(trouble) => Line::fault("relay", trouble.what).remedy(
            "see that `host` and `port` under [mail.smtp] are right and that this machine may connect there; mail waits until then",
        ),
    }
}

fn sender(mail: &Mail) -> Line {
    let address = address(&mail.from);
    let domain = domain(address);
    let last = domain.rsplit('.').next().unwrap_or_default();
    if NOWHERE.contains(&last) || !domain.contains('.') {
        return Line::warning(
            "sender",
            format!("mail comes from {address}, and no other mail system knows {domain}"),
        )
        .remedy("write an address of the office's own domain: `from` under [mail]");
    }
    match &mail.bounces {
        Some(bounces) => Line::ok(
            "sender",
            format!("mail comes from {address}, and failed deliveries come back to {bounces}"),
        ),
        None => Line::ok(
            "sender",
            format!("mail comes from {address}, and failed deliveries come back there"),
        ),
    }
}

fn answers(mail: &Mail) -> Line {
    let to = address(mail.reply_to.as_deref().unwrap_or(&mail.from));
    let local = to.split('@').next().unwrap_or_default();
    let local = local.to_ascii_lowercase();
    if NOBODY.iter().any(|nobody| local.contains(nobody)) {
        return Line::warning(
            "answers",
            format!("answers go to {to}, which looks as if nobody reads it"),
        )
        .remedy("parties answer these mails: name a person's address, `reply_to` under [mail]");
    }
    Line::ok("answers", format!("answers go to {to}"))
}

/// The records that the domain should have, so that its mail is believed. They are looked at nowhere: that is for whoever
/// keeps the domain.
fn records(mail: &Mail) -> Vec<Line> {
    let from = domain(address(&mail.from));
    let envelope = mail.bounces.as_deref().map_or(from, domain);
    let sends = match &mail.transport {
        Transport::Smtp(smtp) => PROVIDERS
            .iter()
            .find(|(host, _)| smtp.host.eq_ignore_ascii_case(host))
            .map_or("what the relay's keeper names", |(_, names)| *names),
        _ => "what the keeper of this machine's relay names",
    };
    let spf = format!("{envelope} TXT \"v=spf1 ... -all\", with {sends}");
    // DMARC takes a part of a domain for the whole.
    let within = |one: &str, other: &str| {
        one.strip_suffix(other)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let spf = if within(envelope, from) || within(from, envelope) {
        spf
    } else {
        format!(
            "{spf}; it does not speak for {from}, because failed deliveries come back elsewhere, so DKIM has to"
        )
    };
    vec![
        Line::advice("SPF", spf),
        Line::advice(
            "DKIM",
            format!(
                "SELECTOR._domainkey.{from} TXT, as the relay's keeper says; the relay signs with d={from}"
            ),
        ),
        Line::advice(
            "DMARC",
            format!(
                "_dmarc.{from} TXT \"v=DMARC1; p=none; rua=mailto:...\", then p=quarantine once the reports are clean"
            ),
        ),
    ]
}

/// The address of a mailbox.
fn address(mailbox: &str) -> &str {
    mailbox
        .rsplit_once('<')
        .map_or(mailbox, |(_, address)| address)
        .trim_end_matches('>')
        .trim()
}

fn domain(address: &str) -> &str {
    address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain)
}

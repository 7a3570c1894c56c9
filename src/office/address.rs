//! Whether a text is a mail address. Asked of the library that later writes the mails, so that what is accepted here can
//! be written there.

use lettre::Address;
use lettre::message::Mailbox;

/// One address alone: `agents@upe.example`.
pub(super) fn is_address(text: &str) -> bool {
    text.is_ascii() && text.parse::<Address>().is_ok()
}

/// One address, with or without a name before it: `Office <office@upe.example>`.
pub(super) fn is_mailbox(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok() && !text.contains(['\r', '\n'])
}

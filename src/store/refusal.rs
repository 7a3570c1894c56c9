//! Why a message did not arrive and will not by itself: its address was refused for good, or the message for what it is, or it
//! was tried for long enough. The first is nobody's to be reached at; of the others the address may be as good as any.

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// The address takes no mail.
    Address,
    /// The message was refused for what it is.
    Message,
    /// It was put off, each time that it was tried, until it was given up.
    Time,
}

/// What stands in the detail of a message that was given up because a later one tells the same: that one is to arrive.
pub const OVERTAKEN: &str = "a later message about the same was decided";

/// What stands in the detail of a refusal that says nothing against the address.
pub(super) const NOT_THE_ADDRESS: &str = "not for its address";

/// The detail to keep with a message that was refused for good. `as_a_message`: all of it had been sent by then.
pub fn in_words(why: &str, as_a_message: bool) -> String {
    if is_of_the_address(why, as_a_message) {
        why.to_owned()
    } else {
        format!("refused, but {NOT_THE_ADDRESS}: {why}")
    }
}

/// The same of a report that came back.
pub(super) fn that_came_back(why: &str) -> String {
    if is_of_the_address(why, false) {
        format!("came back: {why}")
    } else {
        format!("came back, but {NOT_THE_ADDRESS}: {why}")
    }
}

/// Whether an answer names the address as what it refuses, rather than leave open whether it would refuse any.
pub fn names_the_address(why: &str) -> bool {
    is_of_the_address(why, true)
}

/// Whether it is the address that takes no mail, by the status of RFC 3463 that an answer names: `5.1.1` is an address,
/// `5.3.4` a message that is too large, `5.7.1` what a policy forbids. Where it names none that tells, the stage does.
pub fn is_of_the_address(why: &str, as_a_message: bool) -> bool {
    match why.split_whitespace().find_map(status) {
        Some((2, 3) | (3, 4) | (6 | 7, _)) => false,
        Some((1 | 2, _)) => true,
        _ => !as_a_message,
    }
}

/// The subject and the detail of `5.1.1`.
fn status(word: &str) -> Option<(u16, u16)> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let (subject, detail) = word.strip_prefix("5.")?.split_once('.')?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_tells_and_else_the_stage() {
        for (why, as_a_message, of_the_address) in [
            ("550 5.1.1 no such user", false, true),
            ("550 5.1.1 no such user", true, true),
            ("550 5.2.1 mailbox disabled", true, true),
            ("552 5.2.3 too long for this mailbox", false, false),
            ("552 5.3.4 message too large", false, false),
            ("554 5.6.0 no such charset", true, false),
            ("550 5.7.1 refused by policy", false, false),
            ("550 5.5.0 mailbox unavailable", false, true),
            ("554 no thanks", false, true),
            ("554 no thanks", true, false),
            ("exit code 67 (5.1.1): no such mailbox", false, true),
            ("exit code 65: headers", true, false),
        ] {
            assert_eq!(
                is_of_the_address(why, as_a_message),
                of_the_address,
                "{why}"
            );
            assert_eq!(
                names_the_address(why),
                why.contains("5.1.1") || why.contains("5.2.1")
            );
            let kept = in_words(why, as_a_message);
            assert_eq!(!kept.contains(NOT_THE_ADDRESS), of_the_address, "{kept}");
        }
        assert!(that_came_back("5.7.1 policy").contains(NOT_THE_ADDRESS));
    }
}

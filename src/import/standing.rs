//! What an office writes beside an agreement or a task to say how it stands. Words that are none of these are never taken to
//! say that something is in force: who reads them holds it until a person has seen to it.

use super::tidy::compared;

/// What a status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was done; the rest of the words may say when.
    Done(String),
    /// It is not done yet, or not yet so far.
    Open,
    /// The agreement is a draft.
    Draft,
    /// It is settled, and not signed or not ratified.
    Tentative,
    /// It is in force.
    InForce,
    /// It holds no more.
    Ended,
    /// Anything else.
    Unknown,
}

/// Words that say that something was done, longest first.
const DONE: [&str; 18] = [
    "completed",
    "completado",
    "completada",
    "fulfilled",
    "satisfied",
    "complete",
    "finished",
    "cumplido",
    "cumplida",
    "resolved",
    "closed",
    "hecho",
    "hecha",
    "done",
    "met",
    "yes",
    "x",
    "✓",
];

/// Words that begin what is said of a draft.
const DRAFT: [&str; 12] = [
    "draft",
    "in draft",
    "drafting",
    "proposed",
    "proposal",
    "in negotiation",
    "in negotiations",
    "under negotiation",
    "negotiating",
    "in bargaining",
    "borrador",
    "en negociación",
];

/// Words that begin what is said of an agreement that is settled, and not by all.
const TENTATIVE: [&str; 11] = [
    "tentative",
    "tentatively",
    "ta",
    "not signed",
    "not yet signed",
    "unsigned",
    "not ratified",
    "unratified",
    "not executed",
    "sin firmar",
    "tentativo",
];

/// What waits, by how it begins, for what makes an agreement.
const WAITS: [&str; 8] = [
    "pending",
    "awaiting",
    "waiting for",
    "waiting on",
    "needs",
    "subject to",
    "pendiente de",
    "out for",
];
const FOR: [&str; 7] = [
    "sign", "ratif", "approv", "adopt", "execut", "firma", "aproba",
];

/// Words that begin what is said of what holds no more.
const ENDED: [&str; 30] = [
    "expired",
    "superseded",
    "superceded",
    "replaced",
    "terminated",
    "cancelled",
    "canceled",
    "void",
    "voided",
    "withdrawn",
    "rescinded",
    "repealed",
    "revoked",
    "lapsed",
    "ended",
    "inactive",
    "not active",
    "not in force",
    "no longer",
    "archived",
    "obsolete",
    "sunset",
    "rejected",
    "vencido",
    "vencida",
    "caducado",
    "terminado",
    "cancelado",
    "anulado",
    "reemplazado",
];

/// All that is said of what is in force; a day may stand behind it.
const IN_FORCE: [&str; 13] = [
    "in force",
    "in effect",
    "active",
    "current",
    "signed",
    "fully executed",
    "executed",
    "ratified",
    "approved",
    "adopted",
    "vigente",
    "activo",
    "firmado",
];

/// All that is said of what is not done yet; a day may stand behind it.
const OPEN: [&str; 35] = [
    "open",
    "pending",
    "in progress",
    "in process",
    "ongoing",
    "on going",
    "on track",
    "under way",
    "underway",
    "started",
    "not started",
    "not done",
    "not complete",
    "not completed",
    "not met",
    "not yet",
    "incomplete",
    "no",
    "n",
    "to do",
    "todo",
    "new",
    "upcoming",
    "scheduled",
    "outstanding",
    "due",
    "overdue",
    "past due",
    "late",
    "delayed",
    "waiting",
    "pendiente",
    "abierto",
    "en curso",
    "en proceso",
];

/// Words between `done` and its day.
const BEFORE_A_DAY: [&str; 7] = ["on", "by", "as of", "-", "–", ":", ","];

/// Reads a status.
pub(super) fn standing(words: &str) -> Standing {
    let words = compared(words);
    let words = words.as_str();
    let begins = |with: &[&str]| with.iter().any(|known| after(words, known).is_some());
    if begins(&DRAFT) {
        return Standing::Draft;
    }
    let waits = begins(&WAITS) && FOR.iter().any(|what| words.contains(what));
    if waits || begins(&TENTATIVE) {
        return Standing::Tentative;
    }
    if begins(&ENDED) {
        return Standing::Ended;
    }
    if is_all(words, &IN_FORCE) {
        return Standing::InForce;
    }
    if is_all(words, &OPEN) {
        return Standing::Open;
    }
    if let Some(rest) = DONE.iter().find_map(|known| after(words, known)) {
        let mut rest =
            rest.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '!') || c.is_whitespace());
        while let Some(shorter) = BEFORE_A_DAY.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = shorter.trim_start();
        }
        return Standing::Done(rest.to_owned());
    }
    Standing::Unknown
}

/// Whether a cell that should say when an agreement was signed says that it is not.
pub(super) fn is_not_signed(words: &str) -> bool {
    let plain = compared(words);
    matches!(
        standing(words),
        Standing::Tentative | Standing::Draft | Standing::Open
    ) || matches!(
        plain.trim_end_matches('.'),
        "tbd"
            | "tba"
            | "t.b.d"
            | "to be determined"
            | "to be announced"
            | "unknown"
            | "not known"
            | "por determinar"
    )
}

/// What stands behind words at the beginning of a text: `metal` is not `met`.
fn after<'a>(words: &'a str, known: &str) -> Option<&'a str> {
    let rest = words.strip_prefix(known)?;
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then_some(rest)
}

/// Whether a text is one of these and nothing more but a day: `signed, awaiting ratification` says something else.
fn is_all(words: &str, known: &[&str]) -> bool {
    let mut rests = known.iter().filter_map(|known| after(words, known));
    rests.any(|rest| !rest.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_told_apart() {
        assert_eq!(standing("Done"), Standing::Done(String::new()));
        assert_eq!(
            standing("Completed on 3/4/2026"),
            Standing::Done("3/4/2026".to_owned())
        );
        assert_eq!(
            standing("Closed (3/4/2026)"),
            Standing::Done("3/4/2026".to_owned())
        );
    }

    #[test]
    fn what_is_not_understood_is_nothing_else() {
        for (words, meant) in [
            ("Metal shop", Standing::Unknown),
            ("not done", Standing::Open),
            ("Pending", Standing::Open),
            ("Pending board approval", Standing::Tentative),
            ("Tentative agreement", Standing::Tentative),
            ("Draft - with HR", Standing::Draft),
            ("Expired 6/30/2024", Standing::Ended),
            ("Superseded by the 2025 MOU", Standing::Ended),
            ("Not expired", Standing::Unknown),
            ("Active", Standing::InForce),
            ("Signed 3/4/2026", Standing::InForce),
            ("Signed, not in use", Standing::Unknown),
            ("Vigente", Standing::InForce),
        ] {
            assert_eq!(standing(words), meant, "{words}");
        }
        assert!(is_not_signed("unsigned") && is_not_signed("TBD") && is_not_signed("Pending"));
        assert!(!is_not_signed("March 4, 2026"));
    }
}

//! Words of a duty: what binds somebody, what is done, and the words that are never set aside with them.

/// What binds somebody, before what is done.
pub(super) fn is_shall(word: &str) -> bool {
    matches!(word, "shall" | "will" | "must" | "may" | "agree" | "agrees")
}

/// What is done, where it begins the words of a duty.
pub(super) fn is_deed(word: &str) -> bool {
    DEEDS.contains(&word)
}

pub(super) fn is_unit_word(word: &str) -> bool {
    matches!(
        word,
        "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "hour"
            | "hours"
            | "quarter"
            | "minutes"
    )
}

/// Words of time, of denial and of condition.
pub(super) const FIRM: [&str; 80] = [
    "within",
    "no",
    "not",
    "never",
    "neither",
    "nor",
    "none",
    "nobody",
    "nothing",
    "cannot",
    "refrain",
    "prohibited",
    "forbidden",
    "barred",
    "but",
    "without",
    "unless",
    "if",
    "when",
    "whenever",
    "where",
    "except",
    "excluding",
    "until",
    "till",
    "before",
    "after",
    "following",
    "prior",
    "preceding",
    "through",
    "thru",
    "between",
    "every",
    "each",
    "annually",
    "monthly",
    "weekly",
    "quarterly",
    "daily",
    "yearly",
    "semiannually",
    "biannually",
    "bimonthly",
    "biweekly",
    "twice",
    "once",
    "least",
    "most",
    "more",
    "less",
    "later",
    "earlier",
    "than",
    "beginning",
    "starting",
    "commencing",
    "retroactive",
    "retroactively",
    "only",
    "immediately",
    "semi",
    "bi",
    "half",
    "thrice",
    "biennially",
    "fortnightly",
    "alternate",
    "alternating",
    "mid",
    "roughly",
    "about",
    "approximately",
    "nearly",
    "almost",
    // What is put off is not owed by the day, but from it on.
    "wait",
    "delay",
    "postpone",
    "defer",
    "provided",
];

/// Verbs that a duty begins with, where nobody is named.
const DEEDS: [&str; 56] = [
    "address",
    "agree",
    "appoint",
    "assess",
    "bargain",
    "complete",
    "conduct",
    "confer",
    "consider",
    "convene",
    "deliver",
    "determine",
    "develop",
    "discuss",
    "distribute",
    "establish",
    "evaluate",
    "exchange",
    "explore",
    "file",
    "finalize",
    "finish",
    "give",
    "hold",
    "implement",
    "inform",
    "issue",
    "meet",
    "mail",
    "make",
    "negotiate",
    "notify",
    "offer",
    "pay",
    "post",
    "prepare",
    "present",
    "provide",
    "reconvene",
    "remit",
    "reopen",
    "reply",
    "report",
    "request",
    "resolve",
    "respond",
    "return",
    "review",
    "schedule",
    "select",
    "send",
    "serve",
    "submit",
    "train",
    "transmit",
    "update",
];

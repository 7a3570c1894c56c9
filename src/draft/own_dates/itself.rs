//! Where a letter speaks of itself, and not of another agreement.

/// What a letter calls itself after `this` or `the`.
const ITSELF: &[&str] = &[
    "moa",
    "mou",
    "loa",
    "memorandum",
    "agreement",
    "letter",
    "side letter",
    "sideletter",
    "extension",
    "pilot",
    "amendment",
    "addendum",
    "understanding",
    "settlement",
    "program",
    "provision",
];

/// What an agreement that is not called `this` does when it is the letter itself.
const VERBS: &[&str] = &[
    "is effective",
    "shall be effective",
    "will be effective",
    "shall become effective",
    "will become effective",
    "will expire",
    "shall expire",
    "expires",
    "shall remain in",
    "will remain in",
    "remains in",
    "shall be in",
    "will be in",
    "is in effect",
    "is in full",
    "shall sunset",
    "will sunset",
    "shall terminate",
    "will terminate",
    "terminates",
    "shall end",
    "will end",
    "runs from",
    "will run from",
    "shall run from",
];

/// Where the letter speaks of itself: `this MOA`, or of all that it changes.
pub(in crate::draft) fn speaks_of_itself(lower: &str) -> Option<usize> {
    let this = lower.match_indices("this ").filter_map(|(at, word)| {
        let rest = lower.get(at + word.len()..)?;
        let alone = lower
            .get(..at)?
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        (alone && ITSELF.iter().any(|name| rest.starts_with(name))).then_some(at)
    });
    let the = lower.starts_with("the term of the ").then_some(0);
    let the = the.or_else(|| {
        [
            "the agreement ",
            "the contract ",
            "the moa ",
            "the mou ",
            "the loa ",
            "the memorandum ",
            "the pilot ",
            "the pilot program ",
        ]
        .iter()
        .filter_map(|name| {
            lower.match_indices(name).map(|(at, _)| at).find(|at| {
                let rest = lower.get(at + name.len()..).unwrap_or_default();
                VERBS.iter().any(|verb| rest.starts_with(verb))
            })
        })
        .min()
    });
    // What a letter is for is not what it does.
    this.min()
        .or(the)
        .filter(|_| !lower.contains("purpose of this"))
}

/// Whether another agreement stands between the letter's own name and a place: `amends the MOU in effect from`.
pub(super) fn speaks_of_another(before: &str, own: usize) -> bool {
    let between = before.get(own..).unwrap_or_default();
    ["amends", "amending", "modifies", "supplements"]
        .iter()
        .any(|verb| between.contains(verb))
}

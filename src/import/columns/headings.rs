//! The wordings in which offices head their columns.

use super::Meaning;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of a heading that do not change what it means.
const FILLERS: [&str; 13] = [
    "the", "an", "of", "for", "is", "in", "s", "de", "del", "la", "el", "our", "full",
];

/// Headings by what they mean, without accents, capitals, punctuation and [`FILLERS`].
const HEADINGS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Agreement,
        &[
            "agreement",
            "agreements",
            "agreement title",
            "agreement name",
            "title",
            "name agreement",
            "title agreement",
            "side letter",
            "side letters",
            "side letter title",
            "side letter name",
            "sideletter",
            "letter",
            "letter agreement",
            "letter understanding",
            "contract",
            "contract name",
            "contract title",
            "mou",
            "mous",
            "moa",
            "loa",
            "lou",
            "memorandum",
            "memorandum understanding",
            "memorandum agreement",
            "mou title",
            "mou name",
            "mou side letter",
            "agreement side letter",
            "side letter agreement",
            "agreement mou",
            "side letter mou",
            "document",
            "document title",
            "document name",
            "subject",
            "acuerdo",
            "convenio",
            "contrato",
            "carta",
            "titulo",
            "nombre acuerdo",
        ],
    ),
    (
        Meaning::Kind,
        &[
            "kind",
            "type",
            "agreement type",
            "type agreement",
            "document type",
            "type document",
            "category",
            "contract type",
            "tipo",
        ],
    ),
    (
        Meaning::Union,
        &[
            "union",
            "unions",
            "union name",
            "local",
            "local union",
            "association",
            "labor organization",
            "employee organization",
            "bargaining agent",
            "sindicato",
        ],
    ),
    (
        Meaning::Employer,
        &[
            "employer",
            "employers",
            "employer name",
            "agency",
            "agencies",
            "company",
            "department",
            "management",
            "district",
            "county",
            "city",
            "jurisdiction",
            "employer agency",
            "agency employer",
            "agency department",
            "employing agency",
            "empleador",
            "patron",
            "empresa",
            "agencia",
        ],
    ),
    (
        Meaning::Parties,
        &[
            "parties",
            "party",
            "unit",
            "units",
            "bargaining unit",
            "unit name",
            "between",
            "signatories",
            "signatory",
            "counterparty",
            "other party",
            "parties agreement",
            "partes",
            "unidad",
        ],
    ),
    (
        Meaning::Signed,
        &[
            "signed",
            "date signed",
            "signed date",
            "signed on",
            "signature date",
            "date signature",
            "signature",
            "signing date",
            "date signing",
            "executed",
            "date executed",
            "execution date",
            "date execution",
            "executed on",
            "agreement date",
            "date agreement",
            "firmado",
            "firma",
            "fecha firma",
            "fecha firmado",
        ],
    ),
    (
        Meaning::Effective,
        &[
            "effective",
            "effective date",
            "date effective",
            "effective from",
            "start",
            "start date",
            "starts",
            "begins",
            "begin date",
            "beginning",
            "beginning date",
            "from",
            "effect from",
            "commencement",
            "commencement date",
            "vigente desde",
            "vigencia",
            "inicio",
            "fecha inicio",
        ],
    ),
    (
        Meaning::Expires,
        &[
            "expires",
            "expiry",
            "expiration",
            "expiration date",
            "expiry date",
            "date expires",
            "expires on",
            "expire",
            "exp date",
            "end",
            "ends",
            "end date",
            "ending",
            "ending date",
            "term",
            "term end",
            "end term",
            "duration",
            "termination",
            "termination date",
            "sunset",
            "sunset date",
            "until",
            "through",
            "valid until",
            "vence",
            "vencimiento",
            "fecha vencimiento",
            "termino",
            "fin",
            "fecha fin",
            "plazo vigencia",
        ],
    ),
    (
        Meaning::Obligation,
        &[
            "obligation",
            "obligations",
            "task",
            "tasks",
            "deliverable",
            "deliverables",
            "what",
            "what owed",
            "action",
            "actions",
            "action item",
            "action items",
            "action required",
            "required action",
            "to do",
            "todo",
            "commitment",
            "commitments",
            "duty",
            "duties",
            "requirement",
            "requirements",
            "item",
            "items",
            "follow up",
            "follow up item",
            "follow up action",
            "next step",
            "next steps",
            "activity",
            "milestone",
            "description",
            "obligation description",
            "task description",
            "provision",
            "obligacion",
            "obligaciones",
            "tarea",
            "compromiso",
            "que",
            "accion",
            "descripcion",
        ],
    ),
    (
        Meaning::OwedBy,
        &[
            "owed by",
            "responsible",
            "responsible party",
            "party responsible",
            "responsible parties",
            "responsibility",
            "who",
            "who owes",
            "owner",
            "owners",
            "task owner",
            "assigned",
            "assigned to",
            "assignee",
            "accountable",
            "lead",
            "by whom",
            "due from",
            "obligor",
            "responsable",
            "quien",
            "a cargo",
        ],
    ),
    (
        Meaning::OwedTo,
        &[
            "owed to",
            "to whom",
            "recipient",
            "recipients",
            "beneficiary",
            "due to",
            "obligee",
            "a quien",
            "destinatario",
        ],
    ),
    (
        Meaning::Due,
        &[
            "due",
            "due date",
            "date due",
            "due by",
            "due on",
            "deadline",
            "deadlines",
            "deadline date",
            "when",
            "when due",
            "by when",
            "time limit",
            "timeline",
            "time frame",
            "timeframe",
            "target date",
            "complete by",
            "completion due",
            "next due",
            "due when",
            "frequency",
            "how often",
            "follow up date",
            "fecha limite",
            "plazo",
            "cuando",
            "fecha entrega",
        ],
    ),
    (
        Meaning::Clause,
        &[
            "clause",
            "clauses",
            "section",
            "section no",
            "article",
            "article section",
            "paragraph",
            "clause no",
            "clause number",
            "article no",
            "sec",
            "art",
            "clausula",
            "articulo",
            "seccion",
        ],
    ),
    (
        Meaning::Participants,
        &[
            "participants",
            "attendees",
            "people",
            "persons",
            "staff",
            "participantes",
        ],
    ),
    (
        Meaning::Status,
        &[
            "status",
            "state",
            "progress",
            "current status",
            "status update",
            "estado",
            "situacion",
        ],
    ),
    (
        Meaning::Done,
        &[
            "done",
            "done on",
            "completed",
            "completed on",
            "complete",
            "date completed",
            "completed date",
            "completion date",
            "date completion",
            "date done",
            "met",
            "met on",
            "closed",
            "closed on",
            "date closed",
            "fulfilled",
            "finished",
            "actual date",
            "hecho",
            "cumplido",
            "completado",
            "fecha cumplimiento",
        ],
    ),
    (
        Meaning::Notes,
        &[
            "notes",
            "note",
            "comment",
            "comments",
            "remarks",
            "remark",
            "memo",
            "notas",
            "nota",
            "comentarios",
            "observaciones",
        ],
    ),
];

/// What a heading means; `None` where it is none of the wordings.
pub(super) fn meaning(heading: &str) -> Option<Meaning> {
    let plain = plain(heading);
    // What stands in brackets explains the rest: `Due (per clause)`.
    let outside = heading
        .split(['(', '['])
        .next()
        .map(self::plain)
        .unwrap_or_default();
    [plain, outside]
        .iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| {
            HEADINGS
                .iter()
                .find(|(_, known)| known.contains(&words.as_str()))
                .map(|(meaning, _)| *meaning)
        })
}

/// The known heading that a heading is spelled most like: `deadine`.
pub(super) fn near(heading: &str) -> Option<(Meaning, &'static str)> {
    let words = plain(heading);
    if words.chars().count() < 5 {
        return None;
    }
    HEADINGS
        .iter()
        .flat_map(|(meaning, known)| known.iter().map(move |known| (*meaning, *known)))
        .filter(|(_, known)| known.len() >= 5)
        .map(|(meaning, known)| (strsim::damerau_levenshtein(&words, known), meaning, known))
        .filter(|(distance, ..)| *distance <= 1)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, meaning, known)| (meaning, known))
}

/// A heading's words alone: small letters without accents, one blank between.
pub(super) fn plain(heading: &str) -> String {
    // A heading is a few words; what is longer is none.
    let letters: String = heading
        .chars()
        .take(200)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let letters = letters.to_lowercase();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let telling: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    if telling.is_empty() {
        words.join(" ")
    } else {
        telling.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_fillers_do_not_matter() {
        for (heading, meant) in [
            ("DUE DATE:", Meaning::Due),
            ("Name of the agreement", Meaning::Agreement),
            ("Side-letter", Meaning::Agreement),
            ("Due (per clause)", Meaning::Due),
            ("Responsible party", Meaning::OwedBy),
            ("Owed to", Meaning::OwedTo),
            ("Fecha límite", Meaning::Due),
            ("What is owed?", Meaning::Obligation),
            ("Date\nsigned", Meaning::Signed),
        ] {
            assert_eq!(meaning(heading), Some(meant), "{heading}");
        }
        assert_eq!(meaning("Colour"), None);
        assert_eq!(near("Deadlne"), Some((Meaning::Due, "deadline")));
        assert_eq!(near("Colour"), None);
    }

    #[test]
    fn every_wording_is_written_as_it_is_looked_for_and_means_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for wording in HEADINGS.iter().flat_map(|(_, known)| known.iter()) {
            assert!(seen.insert(wording), "`{wording}` stands twice");
            let found = meaning(wording);
            assert!(found.is_some(), "`{wording}` is never found");
        }
    }
}

//! What a letter calls itself, and what sort of document it is.

use super::letter::{BlockKind, Letter};
use crate::agreement::AgreementKind;

/// A title with the words that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// As the file has it.
    pub text: String,
    /// The words.
    pub words: String,
    /// The kind that it names.
    pub kind: Option<AgreementKind>,
}

/// What documents call themselves, the longer first.
const NAMES: &[(&str, AgreementKind)] = &[
    ("memorandum of understanding", AgreementKind::Memorandum),
    ("memorandum of agreement", AgreementKind::Memorandum),
    ("memorandum ofagreement", AgreementKind::Memorandum),
    ("letter of understanding", AgreementKind::SideLetter),
    ("letter of agreement", AgreementKind::SideLetter),
    ("letter of intent", AgreementKind::SideLetter),
    ("side letter", AgreementKind::SideLetter),
    ("sideletter", AgreementKind::SideLetter),
    ("ground rules", AgreementKind::GroundRules),
    ("settlement agreement", AgreementKind::SideLetter),
    ("supplemental agreement", AgreementKind::SideLetter),
    ("collective bargaining agreement", AgreementKind::Contract),
    ("implementation plan", AgreementKind::Plan),
    ("memorandum", AgreementKind::Memorandum),
];

/// How far into a letter its name is looked for, and how long a title is.
const HEAD: usize = 1500;
const LONGEST: usize = 90;

/// The title: the line that names the document, with what it is about.
pub(super) fn title(letter: &Letter) -> Option<Title> {
    let mut seen = 0;
    let mut first: Option<&str> = None;
    for (index, block) in letter.blocks.iter().enumerate() {
        if seen > HEAD {
            break;
        }
        seen += block.text.len();
        let lower = block.text.to_ascii_lowercase();
        let named = NAMES
            .iter()
            .filter_map(|(name, kind)| Some((lower.find(name)?, *kind)))
            .min_by_key(|(at, _)| *at);
        // `Collective Bargaining Agreement Extension Letter of Agreement` is a letter about a contract.
        let of_letter = NAMES.iter().find(|(name, kind)| {
            *kind != AgreementKind::Contract
                && *name != "memorandum"
                && lower
                    .get(..200.min(lower.len()))
                    .is_some_and(|head| head.contains(name))
        });
        let named = named.map(|(at, kind)| match of_letter {
            Some((_, of_letter)) if kind == AgreementKind::Contract => (at, *of_letter),
            _ => (at, kind),
        });
        if let Some((at, kind)) = named {
            let words = block.text.get(at..).or(Some(block.text.as_str()))?;
            let whole = block.text.chars().count() <= LONGEST && !block.text.ends_with('.');
            let words = if whole { block.text.as_str() } else { words };
            let mut title = cut(words);
            // What it is about may stand some lines below.
            let below = letter.blocks.iter().skip(index + 1).take(6).find(|block| {
                let lower = block.text.to_ascii_lowercase();
                block.text.chars().count() <= LONGEST
                    && (lower.starts_with("regarding") || lower.starts_with("re:"))
            });
            if let Some(below) = below.filter(|_| !title.to_ascii_lowercase().contains("regarding"))
            {
                title = limited(&format!("{title} {}", below.text));
            }
            return Some(Title {
                text: title,
                words: shortened(words),
                kind: Some(kind),
            });
        }
        if first.is_none() && matches!(block.kind, BlockKind::Heading(_)) {
            first = Some(&block.text);
        }
    }
    let first = first.or_else(|| {
        letter
            .blocks
            .iter()
            .map(|b| b.text.as_str())
            .find(|text| text.chars().count() <= LONGEST && !text.trim().is_empty())
    })?;
    Some(Title {
        text: cut(first),
        words: shortened(first),
        kind: None,
    })
}

/// The words up to where the text of the letter begins.
fn cut(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let ends = [
        " is entered",
        " this ",
        " between ",
        " by and between",
        " (hereinafter",
        " document #",
        " | ",
        " i. ",
        " background",
        " the parties",
        " delivered via",
    ];
    let about = about(words, &lower);
    let from = 8.min(lower.len());
    let end = ends
        .iter()
        .filter_map(|word| lower.get(from..)?.find(word).map(|at| at + from))
        .min()
        .unwrap_or(words.len());
    let mut title = limited(words.get(..end).unwrap_or(words));
    if let Some(about) = about
        && !title.contains(&about)
    {
        title = limited(&format!("{title} {about}"));
    }
    title
}

/// `Regarding Section 16.G.1`, `Re: overtime`.
fn about(words: &str, lower: &str) -> Option<String> {
    let at = [" regarding ", " re: "]
        .iter()
        .filter_map(|word| {
            lower
                .get(..600.min(lower.len()))
                .or(Some(lower))?
                .find(word)
        })
        .min()?;
    let text = words.get(at + 1..)?;
    let low = text.to_ascii_lowercase();
    let end = [
        " document #",
        " this ",
        " the parties",
        ". ",
        " which ",
        " as it ",
    ]
    .iter()
    .filter_map(|word| low.find(word))
    .min()
    .unwrap_or(text.len());
    let about = without_a_rest(text.get(..end)?.trim());
    (about.split_whitespace().count() <= 14).then(|| about.to_owned())
}

fn limited(words: &str) -> String {
    let words = words
        .trim()
        .trim_end_matches([',', ':', ';', '-', '–', '.', '(', '|'])
        .trim();
    let lower = words.to_ascii_lowercase();
    let tie = [" by and between", " between"]
        .iter()
        .find(|tie| lower.ends_with(*tie));
    let words = tie
        .and_then(|tie| words.get(..words.len() - tie.len()))
        .unwrap_or(words);
    let mut title = String::new();
    for word in words.split_whitespace() {
        if title.chars().count() + word.chars().count() > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    without_a_rest(&title).to_owned()
}

/// A title without what of the next line or clause stands at its end: `Overtime 1`, `Pay I`, `IN THE`.
fn without_a_rest(title: &str) -> &str {
    const COUNTED: &[&str] = &[
        "amendment",
        "appendix",
        "article",
        "council",
        "exhibit",
        "level",
        "local",
        "no",
        "nos",
        "number",
        "part",
        "phase",
        "section",
        "step",
        "tier",
        "unit",
        "vol",
    ];
    const WEAK: &[&str] = &[
        "date", "a", "an", "and", "by", "for", "in", "of", "on", "or", "re", "the", "to", "with",
    ];
    let mut title = title;
    while let Some((before, last)) = title.rsplit_once(' ') {
        let plain: String = last
            .to_ascii_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let previous = before.rsplit(' ').next().unwrap_or_default();
        let previous: String = previous
            .to_ascii_lowercase()
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect();
        let number = last.len() == 1
            && (plain.chars().all(|c| c.is_ascii_digit()) || plain == "i" || plain == "l");
        let counted = number && COUNTED.contains(&previous.as_str());
        if !(plain.is_empty() || WEAK.contains(&plain.as_str()) || number && !counted) {
            break;
        }
        title = before.trim_end();
    }
    title.trim_end_matches(['-', '–', ' ', ':', ','])
}

fn shortened(words: &str) -> String {
    words
        .chars()
        .take(160)
        .collect::<String>()
        .trim()
        .to_owned()
}

//! Whether an agreement goes on by itself when its term ends.

use super::{Group, Letter, Reader, Saying, cells};
use crate::import::Finding;
use crate::import::columns::Meaning;
use crate::import::sheet::Cell;
use crate::import::tidy::{compared, short};

/// How an agreement that goes on by itself is written of, where the cell does not say for how long.
const RENEWS: &str =
    "write for how long each time, such as `1 year`, or `no` where it ends by itself";

impl Reader<'_> {
    /// By how much the agreement renews itself.
    pub(super) fn renews(&self, group: &Group<'_>, letter: &mut Letter, said: &mut Saying) {
        let read = |cell: &Cell| {
            let words = compared(&cell.words().unwrap_or_default());
            let fault = |said: String| cells::Fault {
                said,
                help: Some(RENEWS.to_owned()),
                code: None,
            };
            let value = match renewal(&words) {
                Renewal::None => None,
                Renewal::For(length) => Some(length),
                Renewal::Unsaid => {
                    return Err(fault(
                        "it renews itself, and the sheet does not say for how long".to_owned(),
                    ));
                }
                Renewal::Unknown => {
                    return Err(fault(format!(
                        "`{}` does not say whether it renews itself",
                        short(&words)
                    )));
                }
            };
            Ok(cells::Said {
                value,
                remark: None,
            })
        };
        if let Some((length, place)) = self.one(group, Meaning::Renews, said, read) {
            if letter.expires.is_none() {
                said.findings.push(
                    Finding::new(
                        place,
                        "it renews itself, and the sheet does not say when it ends",
                    )
                    .help("write when its term ends; what has no end needs no renewal: write `no`"),
                );
                return;
            }
            letter.renews = Some(length);
            letter.places.insert("renewal", place);
        }
    }
}

/// What a cell says about renewal.
enum Renewal {
    None,
    For(String),
    /// It renews itself, by nobody knows how much.
    Unsaid,
    Unknown,
}

fn renewal(words: &str) -> Renewal {
    let length = words
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    let length = ["yes", "automatic", "automatically", "sí", "si"]
        .iter()
        .find_map(|yes| {
            length
                .strip_prefix(yes)?
                .strip_prefix([' ', ',', ';', ':', '-'])
        })
        .map_or(length, |rest| {
            rest.trim_matches(|c: char| !c.is_alphanumeric())
        });
    match length {
        "" | "no" | "n" | "false" | "never" | "does not renew" | "not" => return Renewal::None,
        "yes" | "y" | "x" | "sí" | "si" | "true" | "auto" | "automatic" | "automatically"
        | "evergreen" | "auto-renews" | "auto renews" => return Renewal::Unsaid,
        "annual" | "annually" | "yearly" | "year to year" | "year-to-year" | "every year"
        | "each year" | "anual" => return Renewal::For("1 year".to_owned()),
        "monthly" | "month to month" | "month-to-month" => {
            return Renewal::For("1 month".to_owned());
        }
        _ => {}
    }
    let length = length.strip_prefix("for ").unwrap_or(length);
    match cells::length(length) {
        Some(length) => Renewal::For(length),
        None => Renewal::Unknown,
    }
}

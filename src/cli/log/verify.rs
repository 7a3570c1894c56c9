//! `log --verify`: whether the record is as it was written, and as those have it who kept a receipt.

use crate::cli::{Context, Format, Outcome, json};
use crate::error::{Error, Result};
use crate::record::compare::{Difference, DifferenceKind};
use crate::record::receipt::{self, Checked, Receipt};
use crate::record::{SealFault, Sealed, export, verify};
use crate::store::Store;
use crate::words;
use std::path::Path;

/// The largest export that is read back.
const LARGEST_EXPORT: u64 = 1 << 30;

/// The most differences that are told one by one.
const MOST_TOLD: usize = 20;

/// What `--verify --format json` says.
#[derive(serde::Serialize)]
struct Verified<'a> {
    entries: usize,
    not_shown: usize,
    newest_seal: Option<&'a str>,
    faults: &'a [SealFault],
    receipts: &'a [Checked],
}

/// What somebody kept.
enum Kept {
    Seal(Receipt),
    Export(String, Vec<Sealed>),
}

/// Checks the record, and each receipt against it.
pub(super) fn run(receipts: &[String], store: &dyn Store, context: &Context) -> Result<Outcome> {
    let kept: Vec<Kept> = receipts
        .iter()
        .map(|typed| read(typed))
        .collect::<Result<_>>()?;
    let sealed = store.sealed()?;
    let faults = verify(&sealed);
    let checked: Vec<Checked> = kept
        .iter()
        .map(|kept| match kept {
            Kept::Seal(receipt) => receipt.check(&sealed, &faults),
            Kept::Export(name, entries) => receipt::check_export(name, entries, &sealed, &faults),
        })
        .collect();
    let newest = sealed.last().map(|entry| entry.seal.as_str());
    let not_shown = sealed.iter().filter(|entry| entry.text.is_none()).count();
    context.output.print(&match context.format {
        Format::Json => json(&Verified {
            entries: sealed.len(),
            not_shown,
            newest_seal: newest,
            faults: &faults,
            receipts: &checked,
        })?,
        Format::Text => {
            let told = Told {
                sealed: &sealed,
                sound_until: if faults.is_empty() {
                    sound_until(&checked)
                } else {
                    0
                },
            };
            verdict(&sealed, not_shown, &faults) + &told.receipts(&checked)
        }
    })?;
    let sound = faults.is_empty() && checked.iter().all(|checked| checked.faults.is_empty());
    Ok(Outcome::faults_if(!sound))
}

fn read(typed: &str) -> Result<Kept> {
    let refused = |why: &str| Error::refused(format!("--receipt `{typed}` {why}"));
    if let Some(read) = Receipt::read(typed) {
        return read.map(Kept::Seal).map_err(|why| refused(&why));
    }
    let path = Path::new(typed);
    let Ok(size) = std::fs::metadata(path).map(|metadata| metadata.len()) else {
        return Err(refused(
            "is neither a seal (64 hexadecimal digits, with or without its number before it: 412:9f86...) nor the file of an earlier `sideletter log --export`",
        ));
    };
    if !path.is_file() || size > LARGEST_EXPORT {
        return Err(refused(
            "is no file of at most 1 GiB; name the file of an earlier export",
        ));
    }
    let text = std::fs::read(path).map_err(|cause| {
        Error::failed(format!("cannot read `{typed}`; see that this user may")).because(cause)
    })?;
    let entries = String::from_utf8(text)
        .map_err(|_| "it is not UTF-8".to_owned())
        .and_then(|text| export::read(&text));
    match entries {
        Ok(entries) => Ok(Kept::Export(typed.to_owned(), entries)),
        Err(why) => Err(refused(&format!(
            "proves nothing, for it is no export as it was written: {why}; take the file as it was handed out"
        ))),
    }
}

/// The newest entry of which a receipt shows that nothing up to it was altered.
fn sound_until(checked: &[Checked]) -> u64 {
    let sound = checked.iter().filter(|checked| checked.faults.is_empty());
    sound.filter_map(|checked| checked.entry).max().unwrap_or(0)
}

fn verdict(sealed: &[Sealed], not_shown: usize, faults: &[SealFault]) -> String {
    let Some(newest) = sealed.last() else {
        return "Nothing is recorded yet, so there is no seal.\n".to_owned();
    };
    let entries = words::count(sealed.len(), "entry");
    if !faults.is_empty() {
        let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "{entries}, {}; compare with a backup, and with the seals in reminders that were sent",
            words::count(faults.len(), "fault")
        ));
        return lines.join("\n") + "\n";
    }
    let hidden = match not_shown {
        0 => String::new(),
        n => format!(" ({n} erased, whose digests stand)"),
    };
    format!(
        "{entries}{hidden}, each sealed to the one before; newest seal {}\n",
        receipt::of(newest.number, &newest.seal)
    )
}

/// What the words about a receipt are drawn from.
struct Told<'a> {
    sealed: &'a [Sealed],
    /// The newest entry that some receipt vouches for.
    sound_until: u64,
}

impl Told<'_> {
    /// What the receipts show, a line or more for each.
    fn receipts(&self, checked: &[Checked]) -> String {
        let mut lines = Vec::new();
        for checked in checked {
            let mut told: Vec<String> = match (checked.entry, checked.faults.as_slice()) {
                (Some(entry), []) => vec![sound(entry, checked.after.unwrap_or_default())],
                (_, faults) => {
                    let faults = faults.iter().take(MOST_TOLD);
                    faults
                        .map(|fault| self.difference(fault, checked))
                        .collect()
                }
            };
            let more = checked.faults.len().saturating_sub(MOST_TOLD);
            if more > 0 {
                told.push(format!("and {more} more; --format json has all"));
            }
            let receipt = &checked.receipt;
            lines.extend(told.iter().map(|told| format!("receipt {receipt}: {told}")));
        }
        if checked.iter().any(|checked| !checked.faults.is_empty()) {
            lines.push(
                "The record at hand is not the one that was receipted. To see what differs, compare it with an earlier export (--receipt FILE) or a backup."
                    .to_owned(),
            );
        }
        lines.into_iter().map(|line| line + "\n").collect()
    }

    fn difference(&self, difference: &Difference, checked: &Checked) -> String {
        let entry = difference.entry.unwrap_or_default();
        let now = difference.now.unwrap_or_default();
        let place = if now == entry {
            String::new()
        } else {
            format!(" (entry {now} now)")
        };
        match difference.what {
            DifferenceKind::Changed => {
                let fields = difference.fields.iter().map(|field| format!("`{field}`"));
                let fields = words::list(fields);
                let what = match difference.fields.as_slice() {
                    [] => "it is not the entry that it was".to_owned(),
                    [_] => format!("its {fields} was changed"),
                    _ => format!("its {fields} were changed"),
                };
                format!("entry {entry}{place}: {what}")
            }
            DifferenceKind::DatedAnew => format!("entry {entry}{place}: its instant was changed"),
            DifferenceKind::TextGone => {
                format!("entry {entry}{place}: its text is gone, and no strike erased it")
            }
            DifferenceKind::Removed => format!("entry {entry}: it was taken out"),
            DifferenceKind::Inserted => format!("entry {now} of the record at hand: it was put in"),
            DifferenceKind::Moved => format!("entry {entry}{place}: it was moved"),
            DifferenceKind::CutOff => format!("entry {entry}: it was cut off; {}", self.ends()),
            DifferenceKind::NotThere => self.not_there(difference.entry),
            DifferenceKind::NotAsSealed => format!(
                "the seal of entry {} stands, but entry {entry} was altered since; what was found is told above",
                checked.entry.unwrap_or_default()
            ),
            DifferenceKind::OtherNumber => format!(
                "this is the seal of entry {}, not of entry {entry}; see that it was copied rightly",
                checked.entry.unwrap_or_default()
            ),
        }
    }

    fn ends(&self) -> String {
        match self.sealed.last() {
            None => "nothing is recorded here".to_owned(),
            Some(last) => format!("the record at hand ends with entry {}", last.number),
        }
    }

    fn not_there(&self, number: Option<u64>) -> String {
        let Some(number) = number else {
            return format!(
                "no entry has this seal, so the entry that had it, or one before it, was changed, taken out, put in or moved since, or the newest entries were cut off ({}); the number before the seal, as the mail has it, would tell more",
                self.ends()
            );
        };
        let first = self.sound_until + 1;
        let which = if self.sound_until == 0 {
            "it or one before it".to_owned()
        } else if first >= number {
            "it".to_owned()
        } else {
            format!("one of the entries {first} to {number}")
        };
        format!(
            "entry {number} has another seal, so {which} was changed, taken out, put in or moved since"
        )
    }
}

fn sound(entry: u64, after: usize) -> String {
    let after = match after {
        0 => "it is the newest entry".to_owned(),
        1 => "1 entry came after it".to_owned(),
        after => format!("{after} entries came after it"),
    };
    format!("the seal of entry {entry}, so nothing up to it was altered since; {after}")
}

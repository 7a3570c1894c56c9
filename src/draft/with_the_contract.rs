//! The end of a letter that ends with the contract that it belongs to.

use super::finder::{Found, Reader};
use super::own_dates::{OwnDates, date, in_words, speaks_of_itself};
use super::sentences::Sentence;
use chrono::NaiveDate;

/// `will remain in effect for the duration of the current Collective Bargaining Agreement`: its end, where the letter says it
/// once.
pub(super) fn with_the_contract(
    sentences: &[Sentence],
    all: &[Vec<Found>],
    reader: &Reader<'_>,
    dates: &mut OwnDates,
) {
    if dates.expires.is_some() {
        return;
    }
    let tied = sentences.iter().position(|sentence| {
        let lower = sentence.text.to_ascii_lowercase();
        speaks_of_itself(&lower).is_some()
            && [
                "duration of the current",
                "duration of the collective",
                "duration of the cba",
                "term of the current",
                "life of the current",
                "term of the collective",
                "expiration of the current",
                "expiration of the cba",
                "expiration of the collective",
            ]
            .iter()
            .any(|words| lower.contains(words))
    });
    let Some(tied) = tied else { return };
    let mut ends: Vec<(NaiveDate, String)> = Vec::new();
    for (sentence, found) in sentences.iter().zip(all) {
        let lower = sentence.text.to_ascii_lowercase();
        let contract = [
            "collective bargaining agreement",
            "cba",
            "contract",
            "labor agreement",
        ]
        .iter()
        .any(|name| lower.contains(name));
        if !contract {
            continue;
        }
        for one in found {
            let through = one.words.to_ascii_lowercase().starts_with("through");
            let end = reader
                .days(&one.phrase)
                .filter(|_| {
                    through
                        || ["through", "until", " to ", "–", "-", "—"]
                            .iter()
                            .any(|word| one.words.contains(word))
                })
                .filter(|(from, to)| through || from.is_some_and(|from| from != *to))
                .map(|(_, to)| to);
            if let Some(end) = end
                && !ends.iter().any(|(known, _)| *known == end)
            {
                ends.push((end, sentence.text.clone()));
            }
        }
    }
    if let ([(end, said)], Some(sentence)) = (ends.as_slice(), sentences.get(tied)) {
        let mut date = date(in_words(*end), sentence);
        date.words = format!("{} … {said}", date.words);
        date.remark = Some("the letter ends with the contract, whose last day is this".to_owned());
        dates.expires = Some(date);
        dates.sentences.push(tied);
    }
}

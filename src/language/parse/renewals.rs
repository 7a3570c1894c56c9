//! Renewal wordings, which are no time limit.

use super::core::Parser;
use crate::language::Refusal;
use crate::language::pattern::Pattern;
use crate::rules::renewal_in_a_phrase;

impl Parser<'_> {
    /// Renewal wordings are refused with the keys to write; says whether one stands here.
    pub(super) fn renews(&mut self) -> bool {
        const RENEWALS: [&Pattern; 13] = [
            words!("from year to year"),
            words!("year to year"),
            words!("and? from? month to month"),
            words!("on? day to day basis?"),
            words!(
                "for? successive|additional|further year|month|term|terms|period|periods|renewal"
            ),
            words!("shall|will|be|is? automatically renew|renews|renewed|extend|extended|continue"),
            words!("shall|will|be|is? renewed|renews|renew"),
            words!("for additional|successive periods|terms"),
            words!("and shall automatically renew"),
            words!("automatically renew|renewed|renews|renewing|extended"),
            words!("be renewed"),
            words!("renewable"),
            words!("in successive"),
        ];
        let start = self.at;
        self.comma();
        let year_terms = matches!((self.word(0), self.word(1)), ("for", "successive"))
            || (self.word(0) == "successive");
        if !year_terms && !RENEWALS.iter().any(|words| self.sees(words)) {
            self.at = start;
            return false;
        }
        let first = self.at;
        self.advance(self.tokens.len());
        let range = self.range_from(first);
        self.refusals.push(Refusal {
            rule: &renewal_in_a_phrase::RULE,
            range,
            message: "a renewal is no part of a time limit".to_owned(),
            help: Some(
                "write the end alone, and `[renewal]` with `how = \"automatic\"`, `for = \"1 year\"` and `notice = \"...\"`"
                    .to_owned(),
            ),
        });
        true
    }
}

//! Who does it, beside what starts a clock: `receipt by the County`, `notice to the other party`.

use super::core::Parser;

impl Parser<'_> {
    /// `by both parties`, `from the Employer`, `to the other party`, `of both parties`; whose act it is does not change the day.
    pub(super) fn by_whom(&mut self) -> bool {
        self.attempt(|p| {
            let of_all = p.sees(words!("of both|all|each")) || p.sees(words!("of parties"));
            (p.eat(words!("by|from|to|with")) || (of_all && p.eat(words!("of")))).then_some(())?;
            p.party()?;
            while p
                .attempt(|p| {
                    p.comma();
                    p.eat(words!("and|or")).then_some(())?;
                    p.party()
                })
                .is_some()
            {}
            Some(())
        })
        .is_some()
    }

    pub(super) fn party(&mut self) -> Option<()> {
        self.eat(words!("both|all|each|either|every|other|one|last"));
        self.eat(words!("of"));
        self.eat(words!(
            "other|final|respective|affected|involved|appropriate|designated"
        ));
        let mut found = false;
        // `the County Board of Supervisors`, `the District Human Resources Department`.
        while is_party(self.word(0)) || (found && self.sees(words!("human resources|relations"))) {
            self.advance(if is_party(self.word(0)) { 1 } else { 2 });
            found = true;
            self.eat_any(&[
                words!("of supervisors|commissioners|education|trustees|directors|regents|governors|party|parties"),
                words!("or|and his|her|their designee|designees"),
            ]);
        }
        found.then_some(())
    }
}

/// Whether a word names one who signs, gives or receives.
pub(super) fn is_party(word: &str) -> bool {
    const PARTIES: [&str; 62] = [
        "agency",
        "appellant",
        "arbitrator",
        "association",
        "authority",
        "board",
        "bargaining",
        "cabinet",
        "chancellor",
        "chapter",
        "chief",
        "city",
        "college",
        "commission",
        "committee",
        "company",
        "contractor",
        "council",
        "county",
        "court",
        "dean",
        "department",
        "director",
        "district",
        "division",
        "employee",
        "employees",
        "employer",
        "faculty",
        "federation",
        "grantee",
        "grantor",
        "grievant",
        "guild",
        "hospital",
        "human",
        "landlord",
        "legislature",
        "lessee",
        "lessor",
        "local",
        "management",
        "manager",
        "mediator",
        "member",
        "members",
        "membership",
        "parties",
        "party",
        "perb",
        "president",
        "principal",
        "sheriff",
        "side",
        "sides",
        "state",
        "superintendent",
        "supervisor",
        "tenant",
        "union",
        "unit",
        "university",
    ];
    const SIGNERS: [&str; 4] = ["signatories", "signatory", "trustees", "representatives"];
    PARTIES.contains(&word) || SIGNERS.contains(&word)
}

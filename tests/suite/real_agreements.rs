//! The repository's own agreements.

use crate::office::Office;

#[test]
fn the_repositorys_own_agreements_have_no_faults() {
    let office = Office::repository();
    let outcome = office.run(&["check"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
}

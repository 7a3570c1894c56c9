//! Days compared with independent engines: python-dateutil, and the federal holidays of the United States of python-holidays.
//!
//! `tests/run` installs them and names their Python in `SIDELETTER_TEST_PYTHON`; then this test fails where it cannot ask.
//! Otherwise it asks `python3` if that has them, and else says that it did not.

mod asks;
mod engine;

use engine::Engine;

#[test]
fn independent_engines_give_the_same_days() {
    let Some(engine) = Engine::find() else { return };
    let asks = asks::all();
    assert!(asks.len() > 8000, "only {} were asked", asks.len());
    let answers = engine.answer(&asks);
    let wrong: Vec<String> = asks
        .iter()
        .zip(&answers)
        .filter(|(ask, answer)| ask.ours != **answer)
        .map(|(ask, answer)| {
            format!(
                "{}\n  ours   {}\n  theirs {}",
                ask.said,
                ask.ours.join(" "),
                answer.join(" ")
            )
        })
        .collect();
    assert_eq!(answers.len(), asks.len());
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        asks.len(),
        wrong
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

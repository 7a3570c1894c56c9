//! The keys of `[counting]`.

use super::*;

#[track_caller]
fn read(text: &str, base: &Counting) -> (Counting, Vec<String>) {
    let table = DeTable::parse(text).unwrap();
    let (counting, faults) = base.read(table.get_ref(), &Calendars::built_in());
    let faults = faults
        .into_iter()
        .map(|(key, fault)| {
            format!(
                "{key}: {}; {}",
                fault.message,
                fault.help.unwrap_or_default()
            )
        })
        .collect();
    (counting, faults)
}

#[test]
fn an_obligation_overrides_single_keys_of_its_agreement() {
    let (agreement, faults) = read(
        "preset = \"california_contract\"\ndays_off = [\"weekends\"]\nauthority = \"MOU article 8\"",
        &Counting::plain(),
    );
    assert_eq!(faults, Vec::<String>::new());
    let (obligation, faults) = read("roll_forward = \"next_open\"", &agreement);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(obligation.preset.as_deref(), Some("california_contract"));
    let rolled = obligation.roll(day("2026-03-07"), Direction::Forward, Act::Act);
    assert_eq!((rolled.due, rolled.grace), (day("2026-03-09"), None));
    assert_eq!(rolled.steps[1].source, "MOU article 8");
}

#[test]
fn a_wrong_key_is_left_out_and_says_what_to_write() {
    let (counting, faults) = read(
        "preset = \"us_federl\"\nroll_foward = \"none\"\nservice = { mail = 5 }\ndays_off = [\"weekend\"]\nmonths = \"spil\"\nyear = \"folded_365\"",
        &Counting::plain(),
    );
    assert_eq!(counting.rules.year, rules::Year::Folded365);
    insta::assert_snapshot!(faults.join("\n"), @r#"
    days_off: there is no calendar `weekend`; did you mean `weekends`?
    months: expected `clamp` or `spill`; did you mean `spill`?
    preset: there is no preset `us_federl`; did you mean `us_federal`?
    roll_foward: there is no key `roll_foward` here; did you mean `roll_forward`?
    service: `service` is not built yet; leave it out, and write the days that service adds into the time limit: "within 25 days after"
    "#);
}

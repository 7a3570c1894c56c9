//! Rules by which another lawful reading would count, and who counts so.

use super::Counting;
use super::rules::{AtLeast, Before, Months, TriggerDay, Until};
use super::setting::Setting;
use crate::words::Sentence;

/// The rules of another reading.
#[derive(Clone, Debug)]
pub struct OtherRules {
    /// How it counts.
    pub counting: Counting,
    /// What it does, and why it was not taken.
    pub text: Sentence,
    /// Who counts so.
    pub source: Sentence,
}

/// What a count or a roll turned on: a key of `[counting]`, or `ORDER`.
pub type TurnedOn = &'static str;

/// The order in which the parts of a length are counted: no key, as no preset and no agreement has been seen to set it.
pub(super) const ORDER: TurnedOn = "order";

impl Counting {
    /// The other lawful rules for what a result turned on: those that the preset knows of, and the neighbours of a count back.
    pub fn other_rules(&self, turned_on: &[TurnedOn]) -> Vec<OtherRules> {
        let mut all = Vec::new();
        if turned_on.contains(&"before") {
            all.extend([
                self.with(
                    &[Setting::Before(Before::Plain), Setting::AtLeast(AtLeast::Plain)],
                    Sentence::written(&["the named day is not counted and the last day is; not taken, because the rules here ask for clear days", "el día indicado no se cuenta y el último sí; no se adopta, porque las reglas de aquí piden días completos intermedios"]),
                    Sentence::written(&["the usual count", "la cuenta habitual"]),
                ),
                self.with(
                    &[Setting::Before(Before::Clear)],
                    Sentence::written(&["clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them", "días completos intermedios: no se cuentan ni el día indicado ni el último; no se adopta, porque las reglas de aquí no los piden"]),
                    Sentence::verbatim("Interpretation Act (Canada), section 27(1)"),
                ),
                self.with(
                    &[Setting::Before(Before::Inclusive), Setting::AtLeast(AtLeast::Plain)],
                    Sentence::written(&["the named day itself is counted; not taken, because the words do not include it", "el propio día indicado se cuenta; no se adopta, porque el texto no lo incluye"]),
                    Sentence::written(&["the NLRB, for `preceding and including`", "la NLRB, para `preceding and including`"]),
                ),
            ]);
        } else if turned_on.contains(&"at_least") {
            all.extend([
                self.with(
                    &[Setting::AtLeast(AtLeast::Plain)],
                    Sentence::written(&["the last day is counted; not taken, because the rules here ask for clear days", "el último día se cuenta; no se adopta, porque las reglas de aquí piden días completos intermedios"]),
                    Sentence::written(&["the usual count", "la cuenta habitual"]),
                ),
                self.with(
                    &[Setting::AtLeast(AtLeast::Clear)],
                    Sentence::written(&["clear days: neither the named day nor the last is counted; not taken, because the rules here do not ask for them", "días completos intermedios: no se cuentan ni el día indicado ni el último; no se adopta, porque las reglas de aquí no los piden"]),
                    Sentence::verbatim("Interpretation Act (Canada), section 27(1)"),
                ),
            ]);
        }
        if turned_on.contains(&"trigger_day") && self.rules.trigger_day == TriggerDay::Counted {
            all.push(self.with(
                &[Setting::TriggerDay(TriggerDay::Excluded)],
                Sentence::written(&["the first day is not counted; not taken, because `counting.trigger_day` counts it", "el primer día no se cuenta; no se adopta, porque `counting.trigger_day` lo cuenta"]),
                Sentence::written(&["the usual count", "la cuenta habitual"]),
            ));
        }
        if turned_on.contains(&"months") && self.rules.months == Months::Spill {
            all.push(self.with(
                &[Setting::Months(Months::Clamp)],
                Sentence::written(&["the month's last day; not taken, because `counting.months` goes on to the next month", "el último día del mes; no se adopta, porque `counting.months` pasa al mes siguiente"]),
                Sentence::written(&["the usual count of months", "la cuenta habitual de meses"]),
            ));
        }
        if turned_on.contains(&"until") {
            all.extend([
                self.with(
                    &[Setting::Until(Until::Before)],
                    Sentence::written(&["`until` a day leaves that day out; not taken, because `counting.until` does not say `before`", "«hasta» un día (`until`) deja fuera ese día; no se adopta, porque `counting.until` no dice `before`"]),
                    Sentence::verbatim("Hemisphere Steel, 131 NLRB 56 (1961)"),
                ),
                self.with(
                    &[Setting::Until(Until::Through)],
                    Sentence::written(&["`until` a day includes that day; not taken, because `counting.until` says `before`", "«hasta» un día (`until`) incluye ese día; no se adopta, porque `counting.until` dice `before`"]),
                    Sentence::verbatim("Interpretation Act (Canada), section 27(3)"),
                ),
            ]);
        }
        if turned_on.contains(&ORDER) {
            let mut counting = self.clone();
            counting.as_written = true;
            all.push(OtherRules {
                counting,
                text: Sentence::written(&["each part counted in the order written; not taken: years and months come first, then weeks, then days", "cada parte se cuenta en el orden en que está escrita; no se adopta: primero van los años y los meses, después las semanas y después los días"]),
                source: Sentence::verbatim("XML Schema 1.0 part 2, appendix E"),
            });
        }
        all.extend(self.of_the_preset(turned_on));
        all
    }

    /// The readings that the preset knows of, for keys that the agreement leaves as they are.
    fn of_the_preset(&self, turned_on: &[TurnedOn]) -> impl Iterator<Item = OtherRules> {
        self.began_from()
            .into_iter()
            .flat_map(|preset| &preset.also_read)
            .filter(|other| {
                let key = other.setting.key();
                turned_on.contains(&key) && !self.own.iter().any(|own| own.key() == key)
            })
            .map(|other| {
                self.with(
                    std::slice::from_ref(&other.setting),
                    other.text.clone(),
                    other.source.clone(),
                )
            })
    }

    fn with(&self, settings: &[Setting], text: Sentence, source: Sentence) -> OtherRules {
        let mut counting = self.clone();
        for setting in settings {
            setting.put(&mut counting.rules);
        }
        OtherRules {
            counting,
            text,
            source,
        }
    }
}

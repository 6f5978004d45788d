//! The made-up numbers: visitors who never were, each with their chances, drawn the same way every time.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use say_so::feedback::Step;

use crate::{secret::sha256, site_file::Experiment, store::Counter};

/// How many days the past has: six weeks.
pub const DAYS: u32 = 42;

/// How many openings a working day has, and how many of a hundred a day of a weekend has of them.
const OPENINGS: u32 = 220;
const WEEKEND_PERCENT: u32 = 60;
/// How many of a hundred openings read the second language.
const GERMAN_PERCENT: f64 = 0.2;

/// How many of all openings bring words, by the variant's place: the second one does better, the others are alike.
const SENT: [f64; 3] = [0.21, 0.28, 0.22];
/// How many of those who don't send words have begun some, or have chosen a kind at least.
const STARTED: f64 = 0.18;
const CHOSEN: f64 = 0.35;

/// The counts of an experiment on the days up to that one.
pub fn past(site: &str, experiment: &Experiment, until: Date) -> Vec<(Counter, u32)> {
    let mut counts: BTreeMap<(i64, usize, bool, Step), u32> = BTreeMap::new();
    for ago in 0..i64::from(DAYS) {
        let day = until - ago.days();
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let busy = if weekend { OPENINGS * WEEKEND_PERCENT / 100 } else { OPENINGS };
        // Some days are busier than others.
        let openings = f64::from(busy) * (0.85 + 0.3 * chance(&[experiment.id.as_str(), "day", &ago.to_string()]));
        for visitor in 0..openings as u32 {
            let draw = |what: &str| chance(&[&experiment.id, &ago.to_string(), &visitor.to_string(), what]);
            let Some(variant) = drawn(experiment, draw("variant")) else { continue };
            let german = draw("locale") < GERMAN_PERCENT;
            for step in steps(SENT[variant % SENT.len()], draw("sent"), draw("far")) {
                *counts.entry((ago, variant, german, step)).or_default() += 1;
            }
        }
    }
    let counter = |(ago, variant, german, step): (i64, usize, bool, Step)| Counter {
        site: site.to_owned(),
        experiment: experiment.id.clone(),
        variant: experiment.variants[variant].id.clone(),
        locale: if german { "de" } else { "en" }.to_owned(),
        day: (until - ago.days()).to_string(),
        step,
    };
    counts.into_iter().map(|(key, count)| (counter(key), count)).collect()
}

/// How far one visitor comes who sends words with that probability.
fn steps(probability: f64, sent: f64, far: f64) -> Vec<Step> {
    if sent < probability {
        return vec![Step::Opened, Step::Chosen, Step::Started, Step::Sent];
    }
    let mut steps = vec![Step::Opened, Step::Left];
    if far < CHOSEN {
        steps.push(Step::Chosen);
    }
    if far < STARTED {
        steps.push(Step::Started);
    }
    steps
}

/// The variant that chance gives, by the shares.
fn drawn(experiment: &Experiment, chance: f64) -> Option<usize> {
    let mut upto = 0.0;
    experiment.variants.iter().position(|variant| {
        upto += variant.share;
        chance < upto
    })
}

/// A number from 0 to below 1 that is always the same for these words, and else as random as a hash is.
pub(super) fn chance(words: &[&str]) -> f64 {
    let hash = sha256(&words.join("/"));
    let digits = hash.get(..13).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    digits as f64 / (1_u64 << 52) as f64
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::site_file::Variant;

    fn experiment() -> Experiment {
        let variant = |id: &str, share| Variant { id: id.to_owned(), share, words: BTreeMap::new() };
        let variants = vec![variant("as-ever", 0.25), variant("better", 0.25), variant("same", 0.5)];
        Experiment { id: "titles".to_owned(), start: None, end: None, variants }
    }

    fn sum(counts: &[(Counter, u32)], variant: &str, step: Step) -> f64 {
        let of = counts.iter().filter(|(counter, _)| counter.variant == variant && counter.step == step);
        f64::from(of.map(|(_, count)| count).sum::<u32>())
    }

    #[test]
    fn the_past_is_always_the_same_and_ends_on_its_day() {
        let counts = past("127.0.0.1", &experiment(), date(2026, 11, 25));
        assert_eq!(counts, past("127.0.0.1", &experiment(), date(2026, 11, 25)));
        let days: Vec<&str> = counts.iter().map(|(counter, _)| counter.day.as_str()).collect();
        assert_eq!((days.iter().min(), days.iter().max()), (Some(&"2026-10-15"), Some(&"2026-11-25")));
    }

    #[test]
    fn there_is_a_difference_and_the_shares_are_kept() {
        let counts = past("127.0.0.1", &experiment(), date(2026, 11, 25));
        let rate = |variant| sum(&counts, variant, Step::Sent) / sum(&counts, variant, Step::Opened);
        let (plain, better, same) = (rate("as-ever"), rate("better"), rate("same"));
        assert!((0.18..0.24).contains(&plain) && (0.19..0.25).contains(&same), "{plain} {same}");
        assert!(better - plain > 0.04, "{better} {plain}");
        let whole: f64 = experiment().variants.iter().map(|variant| sum(&counts, &variant.id, Step::Opened)).sum();
        assert!((6_500.0..10_000.0).contains(&whole), "{whole}");
        for variant in experiment().variants {
            // Five standard deviations.
            let off = sum(&counts, &variant.id, Step::Opened) - whole * variant.share;
            assert!(off.abs() < 5.0 * (whole * variant.share * (1.0 - variant.share)).sqrt(), "{off}");
        }
    }

    #[test]
    fn nobody_comes_further_than_they_went() {
        let counts = past("127.0.0.1", &experiment(), date(2026, 11, 25));
        for (counter, count) in &counts {
            let of = |step| {
                let same = Counter { step, ..counter.clone() };
                counts.iter().find(|(counter, _)| *counter == same).map_or(0, |(_, count)| *count)
            };
            assert_eq!(of(Step::Opened), of(Step::Sent) + of(Step::Left), "{counter:?}");
            assert!(of(Step::Opened) >= of(Step::Chosen) && of(Step::Chosen) >= of(Step::Started), "{counter:?}");
            assert!(of(Step::Started) >= of(Step::Sent) && *count > 0, "{counter:?}");
        }
    }
}

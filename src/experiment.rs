//! Which wording a visitor reads, where a site tries several.
//!
//! A wording is drawn by a hash of the experiment's id and of what is drawn for: the message that could be written, or
//! the visitor. It is GrowthBook's, version 2, with its ranges (its SDKs' documentation has both), so that everything
//! else that draws so gives the same answer. Ids are ASCII, since SDKs differ in what a unit of text is.

use std::ops::RangeInclusive;

use crate::feedback::{TAG_MAX, request::decimal};

/// How many wordings an experiment has at least, and at most.
pub const VARIANTS: RangeInclusive<usize> = 2..=20;
/// The largest weight of a wording.
pub const WEIGHT_MAX: u16 = 1_000;

/// Of how many parts a hash names one.
const PARTS: u32 = 10_000;
/// Which of the experiments that run takes an opening is drawn as a wording is, with this in place of its id.
pub const AMONG: &str = "say-so";

/// The place of something between 0 and below 1, in steps of 1/10,000: GrowthBook's hash, version 2, which is FNV-1a of
/// 32 bits, over the decimal digits of FNV-1a of the seed and the value.
///
/// ```
/// assert_eq!(say_so::experiment::hash("seed", "a"), 0.0505);
/// ```
pub fn hash(seed: &str, value: &str) -> f64 {
    let once = fnv1a(seed.bytes().chain(value.bytes()));
    f64::from(fnv1a(decimal(once).bytes()) % PARTS) / f64::from(PARTS)
}

/// FNV-1a of 32 bits.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One part of 0 to 1 for each of `count`, beside each other: as wide as their weights say, of which the part `coverage`
/// counts, from its start on. Weights that are not as many, or don't sum up to 1 within a hundredth, count as equal ones;
/// a coverage outside of 0 to 1 as the nearer of these.
///
/// ```
/// use say_so::experiment::ranges;
///
/// assert_eq!(ranges(2, 1.0, &[]), [(0.0, 0.5), (0.5, 1.0)]);
/// assert_eq!(ranges(2, 0.5, &[0.4, 0.6]), [(0.0, 0.2), (0.4, 0.7)]);
/// ```
pub fn ranges(count: usize, coverage: f64, weights: &[f64]) -> Vec<(f64, f64)> {
    let coverage = coverage.clamp(0.0, 1.0);
    let sum: f64 = weights.iter().sum();
    let equal = 1.0 / count as f64;
    let is_whole = weights.len() == count && (0.99..=1.01).contains(&sum);
    let mut start = 0.0;
    let range = |at: usize| {
        let weight = if is_whole { weights[at] } else { equal };
        let range = (start, start + coverage * weight);
        start += weight;
        range
    };
    (0..count).map(range).collect()
}

/// The first range that holds the place; its end is not in it.
pub fn choose(place: f64, ranges: &[(f64, f64)]) -> Option<usize> {
    ranges.iter().position(|(start, end)| (*start..*end).contains(&place))
}

/// Which of the wordings of an experiment is read, by their weights: whole numbers, of any sum.
///
/// None where there is none that can be drawn.
pub fn variant(experiment: &str, unit: &str, weights: &[f64]) -> Option<usize> {
    let sum: f64 = weights.iter().sum();
    let shares: Vec<_> = weights.iter().map(|weight| weight / sum).collect();
    choose(hash(experiment, unit), &ranges(weights.len(), 1.0, &shares)).filter(|_| sum > 0.0)
}

/// Whether the text can be an id of an experiment or of a variant: 1 to 64 of `A-Z a-z 0-9 _ . -`.
pub fn is_id(text: &str) -> bool {
    (1..=TAG_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// The weight that a number is: whole, and from 0 to [`WEIGHT_MAX`]. Where numbers are read, `3.0` is the same as `3`.
///
/// ```
/// use say_so::experiment::weight;
///
/// assert_eq!([0.0, 3.0, 1.5, 1_001.0].map(weight), [Some(0), Some(3), None, None]);
/// ```
pub fn weight(number: f64) -> Option<u16> {
    let is_one = number.trunc() == number && (0.0..=f64::from(WEIGHT_MAX)).contains(&number);
    is_one.then_some(number as u16)
}

/// Whether an instant lies in an experiment's time. A start or an end that there is not is no number.
pub fn runs(start: f64, end: f64, now: f64) -> bool {
    !(now < start || now >= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_growthbook_s() {
        for (seed, value, place) in [
            ("seed", "a", 0.0505),
            ("seed", "b", 0.2696),
            ("foo", "ab", 0.2575),
            ("foo", "def", 0.2019),
            ("90850943850283058242805", "123", 0.7516),
            ("()**(%$##$%#$#", "___)((*\":&", 0.0128),
        ] {
            assert_eq!(hash(seed, value), place, "{seed} {value}");
        }
    }

    fn rounded(ranges: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        let round = |number: f64| (number * 1e6).round() / 1e6;
        ranges.into_iter().map(|(start, end)| (round(start), round(end))).collect()
    }

    #[test]
    fn the_ranges_are_growthbook_s() {
        for (count, coverage, weights, expected) in [
            (2, 1.0, vec![], vec![(0.0, 0.5), (0.5, 1.0)]),
            (2, 0.5, vec![], vec![(0.0, 0.25), (0.5, 0.75)]),
            (2, 0.0, vec![], vec![(0.0, 0.0), (0.5, 0.5)]),
            (4, 1.0, vec![], vec![(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)]),
            (2, 1.0, vec![0.4, 0.6], vec![(0.0, 0.4), (0.4, 1.0)]),
            (3, 1.0, vec![0.2, 0.3, 0.5], vec![(0.0, 0.2), (0.2, 0.5), (0.5, 1.0)]),
            (3, 0.2, vec![0.2, 0.3, 0.5], vec![(0.0, 0.04), (0.2, 0.26), (0.5, 0.6)]),
            (2, -0.2, vec![], vec![(0.0, 0.0), (0.5, 0.5)]),
            (2, 1.5, vec![], vec![(0.0, 0.5), (0.5, 1.0)]),
            (2, 1.0, vec![0.4, 0.1], vec![(0.0, 0.5), (0.5, 1.0)]),
            (2, 1.0, vec![0.7, 0.6], vec![(0.0, 0.5), (0.5, 1.0)]),
            (4, 1.0, vec![0.4, 0.4, 0.2], vec![(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)]),
        ] {
            assert_eq!(rounded(ranges(count, coverage, &weights)), expected, "{count} {coverage} {weights:?}");
        }
        let nearly = rounded(ranges(2, 1.0, &[0.4, 0.5999]));
        assert_eq!(nearly, [(0.0, 0.4), (0.4, 0.9999)]);
    }

    #[test]
    fn the_first_range_that_holds_it_is_chosen() {
        let halves = [(0.0, 0.5), (0.5, 1.0)];
        for (place, chosen) in [(0.0, Some(0)), (0.2, Some(0)), (0.4999, Some(0)), (0.5, Some(1)), (0.9999, Some(1))] {
            assert_eq!(choose(place, &halves), chosen, "{place}");
        }
        assert_eq!(choose(0.4, &[(0.0, 0.25), (0.5, 0.75)]), None);
        assert_eq!(choose(0.0, &[(0.0, 0.0), (0.5, 0.5)]), None);
        assert_eq!(choose(f64::NAN, &halves), None);
    }

    /// By five sigma: 2,000 draws of weights 1, 2 and 1.
    #[test]
    fn a_wording_is_read_as_often_as_its_weight_says() {
        let mut drawn = [0.0; 3];
        for id in 0..2_000_u32 {
            drawn[variant("titles", &format!("{id:032x}"), &[1.0, 2.0, 1.0]).unwrap()] += 1.0;
        }
        for (count, share) in drawn.into_iter().zip([0.25, 0.5, 0.25]) {
            let sigma = f64::sqrt(2_000.0 * share * (1.0 - share));
            assert!(f64::abs(count - 2_000.0 * share) < 5.0 * sigma, "{drawn:?}");
        }
    }

    #[test]
    fn a_weight_is_a_whole_number() {
        for whole in 0..=WEIGHT_MAX {
            assert_eq!(weight(whole.into()), Some(whole));
        }
        for other in [-1.0, -0.5, 0.1, 1.5, 999.999, 1_001.0, 65_536.0, 65_537.0, f64::NAN, f64::INFINITY] {
            assert_eq!(weight(other), None, "{other}");
        }
    }

    #[test]
    fn what_has_no_weight_is_not_drawn() {
        assert!((0..500).all(|id: u32| variant("a", &id.to_string(), &[0.0, 1.0]) == Some(1)));
        assert_eq!(variant("a", "1", &[0.0, 0.0]), None);
        assert_eq!(variant("a", "1", &[]), None);
    }

    #[test]
    fn an_id_is_short_and_plain() {
        for id in ["a", "As-ever_2.1", &"x".repeat(64)] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "as ever", "größer", "a:b", &"x".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
    }

    #[test]
    fn an_experiment_ends_with_its_last_instant() {
        assert!(runs(f64::NAN, f64::NAN, 5.0));
        assert!(runs(5.0, 6.0, 5.0) && !runs(5.0, 6.0, 4.9) && !runs(5.0, 6.0, 6.0));
    }
}

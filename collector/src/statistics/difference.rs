//! Between which bounds two rates differ, at every moment at once.
//!
//! Of n = n_A + n_B openings, with SE² = p_A (1 − p_A) / n_A + p_B (1 − p_B) / n_B, the half-width is
//!
//! SE · √n · √( 2 (n ρ² + 1) · ln(√(n ρ² + 1) / α) / (n² ρ²) ),  ρ² = (−2 ln α + ln(−2 ln α + 1)) / N*
//!
//! where N* = 5,000 is the number of openings after which it is narrowest against its best. It holds
//! for large numbers: so it is not shown before both wordings have [`OPENED`] openings, and [`SENT`]
//! each with words and without.
//!
//! Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, “Time-uniform central limit theory and
//! asymptotic confidence sequences”, arXiv 2103.06476v7, equations 9, 155 and 161, in the form that
//! GrowthBook uses (`gbstats`, `frequentist/tests.py`).

use super::{Cell, Interval};

/// From how many openings on, of each wording, a difference is shown.
pub const OPENED: u64 = 100;
/// From how many openings with words on, and how many without them.
pub const SENT: u64 = 10;
/// N*: after how many openings the sequence is tuned to be narrow.
const TUNED: f64 = 5_000.0;

/// How much higher the rate of one wording is than that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// What was seen: 0.03 is three percentage points.
    pub seen: f64,
    /// Its standard error.
    pub error: f64,
    /// The differences that can't be ruled out, from −1 to 1.
    pub interval: Interval,
    /// The always-valid p-value of no difference.
    pub p: f64,
}

impl Difference {
    /// The difference of `to` from `from`. None while there is too little of either.
    ///
    /// `alpha` is the chance, above 0 and below 1, that the true difference is ever outside. Where
    /// several pairs are compared, each gets its part of it.
    ///
    /// ```
    /// use say_so_collector::statistics::{Cell, difference::Difference};
    ///
    /// let difference = Difference::of(Cell::new(3_000, 1_396), Cell::new(3_461, 2_422), 0.05).unwrap();
    /// assert!(difference.interval.low > 0.19 && difference.interval.high < 0.28);
    /// ```
    pub fn of(from: Cell, to: Cell, alpha: f64) -> Option<Self> {
        let enough = |cell: Cell| cell.opened() >= OPENED && cell.sent() >= SENT && cell.unsent() >= SENT;
        if !enough(from) || !enough(to) {
            return None;
        }
        let (seen, openings) = (to.rate()? - from.rate()?, from.opened() as f64 + to.opened() as f64);
        let error = (variance(from) + variance(to)).sqrt();
        let radius = radius(error, openings, alpha);
        Some(Self {
            seen,
            error,
            interval: Interval { low: (seen - radius).max(-1.0), high: (seen + radius).min(1.0) },
            p: p(seen / error, openings, alpha),
        })
    }

    /// Whether the second wording has the higher rate, beyond doubt.
    pub fn is_above(&self) -> bool {
        self.interval.low > 0.0
    }

    /// The same, seen from the other wording.
    pub fn reversed(self) -> Self {
        let Interval { low, high } = self.interval;
        Self { seen: -self.seen, interval: Interval { low: -high, high: -low }, ..self }
    }
}

/// The variance of a rate: p (1 − p) / n.
fn variance(cell: Cell) -> f64 {
    let opened = cell.opened() as f64;
    cell.sent() as f64 / opened * (cell.unsent() as f64 / opened) / opened
}

/// n ρ²: the openings, in units of the number that the sequence is tuned to.
fn tuned(openings: f64, alpha: f64) -> f64 {
    let two = -2.0 * alpha.ln();
    openings * (two + two.ln_1p()) / TUNED
}

/// Half the width of the sequence after so many openings, for that standard error.
fn radius(error: f64, openings: f64, alpha: f64) -> f64 {
    let tuned = tuned(openings, alpha);
    // √n · √(… / (n² ρ²)), with one n taken out of the root.
    error * (2.0 * (tuned + 1.0) * ((tuned + 1.0).sqrt() / alpha).ln() / tuned).sqrt()
}

/// min(1, √(n ρ² + 1) · exp(−n ρ² z² / (2 (n ρ² + 1)))).
fn p(z: f64, openings: f64, alpha: f64) -> f64 {
    let tuned = tuned(openings, alpha);
    ((tuned + 1.0).sqrt() * (-tuned * z * z / (2.0 * (tuned + 1.0))).exp()).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::near;

    #[test]
    fn the_vectors() {
        let large = Difference::of(Cell::new(3_000, 1_396), Cell::new(3_461, 2_422), 0.05).unwrap();
        near(large.seen, 0.234464, 6e-7);
        near(large.interval.low, 0.198049, 6e-7);
        near(large.interval.high, 0.270880, 6e-7);
        near(large.error, 0.0119847, 6e-8);
        near(large.p / 6.3e-76, 1.0, 0.01);
        let small = Difference::of(Cell::new(1_000, 50), Cell::new(1_000, 80), 0.05).unwrap();
        near(small.interval.low, -0.004376, 6e-7);
        near(small.interval.high, 0.064376, 6e-7);
        near(small.p, 0.121082, 6e-7);
        assert!(large.is_above() && !small.is_above());
    }

    /// GrowthBook publishes the relative uplift: the same sequence around another number and its error.
    #[test]
    fn the_published_vector_of_the_relative_form() {
        let (from, to) = (Cell::new(3_000, 1_396), Cell::new(3_461, 2_422));
        let (a, b) = (from.rate().unwrap(), to.rate().unwrap());
        let uplift = (b - a) / a;
        let error = (variance(to) / (a * a) + variance(from) * b * b / a.powi(4)).sqrt();
        let radius = radius(error, 6_461.0, 0.05);
        near(uplift, 0.50386, 6e-6);
        near(error, 0.03386, 6e-6);
        near(uplift - radius, 0.40098, 6e-6);
        near(uplift + radius, 0.60675, 6e-6);
    }

    #[test]
    fn too_little_is_not_compared() {
        let enough = Cell::new(100, 10);
        assert!(Difference::of(enough, enough, 0.05).is_some());
        for little in [Cell::default(), Cell::new(99, 50), Cell::new(1_000, 9), Cell::new(100, 91), Cell::new(100, 100)]
        {
            assert_eq!(Difference::of(enough, little, 0.05), None, "{little:?}");
            assert_eq!(Difference::of(little, enough, 0.05), None, "{little:?}");
        }
    }

    #[test]
    fn huge_counts_stay_numbers() {
        for most in [1_000_000_000, u64::MAX / 2] {
            let found = Difference::of(Cell::new(most, most / 5), Cell::new(most, most / 4), 0.05 / 190.0).unwrap();
            near(found.seen, 0.05, 1e-9);
            assert!(found.is_above() && found.p == 0.0 && found.error > 0.0, "{found:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_same_from_either_side(
            a in (100u64..100_000, 0.2f64..0.8), b in (100u64..100_000, 0.2f64..0.8), alpha in 0.0001f64..0.2,
        ) {
            let cell = |(opened, part): (u64, f64)| Cell::new(opened, (opened as f64 * part) as u64);
            let there = Difference::of(cell(a), cell(b), alpha).unwrap();
            let back = Difference::of(cell(b), cell(a), alpha).unwrap().reversed();
            prop_assert!((there.seen - back.seen).abs() < 1e-12 && (there.interval.low - back.interval.low).abs() < 1e-12);
            // The p-value and the interval say the same.
            prop_assert_eq!(there.interval.contains(0.0), there.p >= alpha);
        }
    }
}

//! How many openings it takes to see a difference.
//!
//! A test of fixed size needs, for each of two wordings with the rates p₁ and p₂,
//!
//! n = (z_{α/2} · √(2 p̄ q̄) + z_β · √(p₁ q₁ + p₂ q₂))² / (p₂ − p₁)²,  p̄ = (p₁ + p₂) / 2, q = 1 − p
//!
//! openings to find the difference in 80 of 100 cases. Who may look at any time pays for it: with
//! [`FACTOR`] times as many it is found nearly as surely, in 77 to 80 of 100. Half of those that find it
//! do so by 1.0 to 1.3 times the fixed size. (`cargo xtask simulate` measures both; the table is in
//! docs/wordings.md.)
//!
//! Source of the formula: Fleiss, Levin and Paik, “Statistical methods for rates and proportions”, third
//! edition (2003), section 4.

use statrs::distribution::{ContinuousCDF, Normal};

use super::{ALPHA, Cell, Shares};

/// How often a test of fixed size finds a difference that is there.
pub const POWER: f64 = 0.8;
/// How many times the openings of a test of fixed size are planned.
pub const FACTOR: f64 = 2.1;
/// Before so many openings in all, the rate is not known well enough to plan with.
pub const KNOWN: u64 = 100;

/// What it takes to see a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The difference: 0.05 is five percentage points.
    pub points: f64,
    /// How many openings are needed, of all wordings together.
    pub openings: u64,
    /// How many of them are still to come.
    pub more: u64,
    /// In how many days they come, if as many come as of late; none if none come.
    pub days: Option<u64>,
}

impl Plan {
    /// The plan for a difference of so many points, above 0 and below 1, from the rate of all wordings
    /// so far. None before [`KNOWN`] openings.
    ///
    /// `daily` is how many openings a day has had of late.
    pub fn of(total: &[Cell], shares: &Shares, points: f64, daily: f64) -> Option<Self> {
        let mut all = Cell::default();
        total.iter().for_each(|cell| all += *cell);
        let rate = all.rate().filter(|_| all.opened() >= KNOWN)?;
        // Where there is no room above, the difference is one below.
        let other = if rate + points <= 1.0 { rate + points } else { (rate - points).max(0.0) };
        let pairs = total.len() * (total.len() - 1) / 2;
        let each = fixed(rate, other, ALPHA / pairs as f64, POWER);
        let openings = (FACTOR * each / shares.least()).ceil() as u64;
        let more = openings.saturating_sub(all.opened());
        let days = (daily > 0.0).then(|| (more as f64 / daily).ceil() as u64);
        Some(Self { points, openings, more, days })
    }
}

/// The openings that a test of fixed size needs of each of two wordings, not rounded.
///
/// `alpha` is for both sides together, `power` how often a difference that is there is found; both are
/// above 0 and below 1, and the rates are from 0 to 1 and differ.
///
/// ```
/// use say_so_collector::statistics::plan::fixed;
///
/// assert_eq!(fixed(0.20, 0.24, 0.05, 0.8).ceil(), 1_683.0);
/// ```
pub fn fixed(from: f64, to: f64, alpha: f64, power: f64) -> f64 {
    let normal = Normal::standard();
    let mean = f64::midpoint(from, to);
    let variance = |rate: f64| rate * (1.0 - rate);
    let doubt = normal.inverse_cdf(1.0 - alpha / 2.0) * (2.0 * variance(mean)).sqrt();
    let miss = normal.inverse_cdf(power) * (variance(from) + variance(to)).sqrt();
    ((doubt + miss) / (to - from)).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors() {
        for (from, to, openings) in [(0.05, 0.06, 8_158.0), (0.20, 0.24, 1_683.0), (0.40, 0.44, 2_389.0)] {
            assert_eq!(fixed(from, to, 0.05, 0.8).ceil(), openings);
        }
    }

    #[test]
    fn a_plan_counts_what_is_there() {
        let shares = Shares::even(2).unwrap();
        let plan = Plan::of(&[Cell::new(500, 100); 2], &shares, 0.04, 100.0).unwrap();
        // 2.1 × 2 × 1,682.5, less the 1,000 that are there.
        assert_eq!((plan.openings, plan.more, plan.days), (7_067, 6_067, Some(61)));
        let plan = Plan::of(&[Cell::new(50_000, 10_000); 2], &shares, 0.04, 100.0).unwrap();
        assert_eq!((plan.more, plan.days), (0, Some(0)));
        assert_eq!(Plan::of(&[Cell::new(500, 100); 2], &shares, 0.04, 0.0).unwrap().days, None);
    }

    #[test]
    fn a_wording_that_is_drawn_seldom_takes_longer() {
        let total = [Cell::new(500, 100); 2];
        let openings = |weights| Plan::of(&total, &Shares::of(weights).unwrap(), 0.04, 1.0).unwrap().openings;
        assert!(openings(&[1.0, 9.0]) > 4 * openings(&[1.0, 1.0]));
    }

    #[test]
    fn at_the_edges() {
        let shares = Shares::even(2).unwrap();
        assert_eq!(Plan::of(&[Cell::new(49, 10), Cell::new(50, 10)], &shares, 0.05, 1.0), None);
        for (opened, sent) in [(100, 0), (100, 100), (1_000_000_000, 500_000_000)] {
            let plan = Plan::of(&[Cell::new(opened, sent); 2], &shares, 0.05, 1.0).unwrap();
            assert!((100..10_000).contains(&plan.openings), "{plan:?}");
        }
    }
}

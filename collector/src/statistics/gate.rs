//! Whether the wordings were drawn as often as they should be: the test for a sample ratio mismatch, for
//! any number of looks.
//!
//! Shares θ of the wordings are set against all others, which are weighted by a Dirichlet distribution
//! around θ with a = 10,000 · θ. After n_i openings, n in all,
//!
//! ln BF = ln Γ(Σ a) − ln Γ(Σ a + n) + Σ [ln Γ(a_i + n_i) − ln Γ(a_i)] − Σ n_i ln θ_i
//!
//! and p is the least 1 / BF so far. If the shares are right, p ever falls below 1 % with a chance of
//! 1 % at most. Then no figure of the experiment can be trusted, since what went wrong need not strike
//! the answers alike. A small imbalance needs many openings to be seen, as it should: the weights lie
//! close to θ.
//!
//! Source: Lindon and Malek, “Anytime-valid inference for multinomial count data”, NeurIPS 2022, arXiv
//! 2011.03567, with the concentration of the package `ssrm`.

use statrs::function::gamma::ln_gamma;

use super::{Cell, Shares};

/// Σ a: how close to the shares the alternatives lie.
const CONCENTRATION: f64 = 10_000.0;
/// Below which p the alarm is raised.
const ALARM: f64 = 0.01;

/// What was drawn so far, beside what should have been.
#[derive(Clone, Debug)]
pub struct Gate {
    shares: Shares,
    opened: Vec<u64>,
    peak: f64,
}

impl Gate {
    /// Nothing was drawn.
    pub fn new(shares: Shares) -> Self {
        let opened = vec![0; shares.all().len()];
        Self { shares, opened, peak: 0.0 }
    }

    /// Adds a batch, with a cell for each of the shares in their order.
    pub fn add(&mut self, batch: &[Cell]) {
        for (opened, cell) in self.opened.iter_mut().zip(batch) {
            *opened = opened.saturating_add(cell.opened());
        }
        self.peak = self.peak.max(self.log());
    }

    /// The natural logarithm of BF by now.
    fn log(&self) -> f64 {
        let all: f64 = self.opened.iter().map(|opened| *opened as f64).sum();
        let parts = self.shares.all().iter().zip(&self.opened).map(|(share, opened)| {
            let (a, opened) = (CONCENTRATION * share, *opened as f64);
            ln_gamma(a + opened) - ln_gamma(a) - opened * share.ln()
        });
        ln_gamma(CONCENTRATION) - ln_gamma(CONCENTRATION + all) + parts.sum::<f64>()
    }

    /// The anytime-valid p-value of the shares being right.
    pub fn p(&self) -> f64 {
        (-self.peak).exp()
    }

    /// Whether the shares are wrong, as good as certainly: no wording may then be said to be better.
    pub fn is_alarmed(&self) -> bool {
        self.p() < ALARM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(weights: &[f64], opened: &[u64]) -> Gate {
        let mut gate = Gate::new(Shares::of(weights).unwrap());
        gate.add(&opened.iter().map(|opened| Cell::new(*opened, 0)).collect::<Vec<_>>());
        gate
    }

    #[test]
    fn the_vector() {
        let gate = gate(&[0.5, 0.5], &[820, 1_180]);
        assert!((gate.peak.exp() - 202.3696).abs() < 1e-4, "{}", gate.peak.exp());
        assert!((gate.p() - 0.0049415).abs() < 6e-8, "{}", gate.p());
        assert!(gate.is_alarmed());
    }

    #[test]
    fn what_a_test_of_fixed_size_finds_it_finds_later_or_not() {
        // χ² gives p = .899, 2.54e-10 and 2.2e-16. The second is too small a sample for this one.
        assert!(!gate(&[1.0, 1.0], &[502, 498]).is_alarmed());
        assert!(!gate(&[1.0, 1.0], &[600, 400]).is_alarmed());
        assert!(gate(&[1.0, 1.0], &[1_200, 800]).is_alarmed());
        assert!(gate(&[1.0, 1.0], &[9_463, 7_681]).is_alarmed());
        // With other weights it is the first two that are wrong.
        assert!(gate(&[3.0, 2.0], &[5_020, 4_980]).is_alarmed());
        assert!(!gate(&[3.0, 2.0], &[6_000, 4_000]).is_alarmed());
    }

    #[test]
    fn an_alarm_stays() {
        let mut gate = gate(&[1.0, 1.0], &[820, 1_180]);
        gate.add(&[Cell::new(360_000, 0), Cell::new(359_640, 0)]);
        assert!(gate.log() < 0.0 && gate.is_alarmed());
    }

    #[test]
    fn nothing_raises_no_alarm() {
        assert!((gate(&[1.0, 1.0, 1.0], &[0, 0, 0]).p() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn huge_counts_stay_numbers() {
        let billion = 1_000_000_000;
        assert!(!gate(&[1.0, 1.0], &[billion, billion]).is_alarmed());
        assert!(gate(&[1.0, 1.0], &[billion, billion + billion / 1_000]).is_alarmed());
        for most in [billion, u64::MAX / 2] {
            assert!((0.0..=1.0).contains(&gate(&[1.0, 1_000.0], &[most, 0]).p()));
        }
    }
}

//! Whether any wording differs from the others: exact for any number of wordings, and for any number of looks.
//!
//! Before each batch (a day) every wording g has a bet on its rate, from what was seen before:
//! p̂_g = (S_g + ½) / (N_g + 1), of S_g words in N_g openings; and p̄ = Σ ρ_g p̂_g, with the shares ρ_g
//! in which the wordings are drawn. A batch of s_g words in n_g openings then adds
//!
//! Σ_g [ s_g · ln(p̂_g / p̄) + (n_g − s_g) · ln((1 − p̂_g) / (1 − p̄)) ]
//!
//! to ln E. Where all rates are the same, each opening multiplies E by 1 on average, whatever came
//! before. So E is a test martingale, and by Ville's inequality it ever reaches 1/α with a chance of α
//! at most: nobody is misled by looking often. This rests on the wordings being drawn by chance, with
//! the shares ρ_g; [`gate`](super::gate) watches over that.
//!
//! Source: Turner, Ly and Grünwald, “Generic E-variables for exact sequential k-sample tests that allow
//! for optional stopping”, Journal of Statistical Planning and Inference 230 (2024), arXiv 2106.02693.

use super::{ALPHA, Cell, Shares};

/// The evidence so far that not all wordings have the same rate.
#[derive(Clone, Debug)]
pub struct Evidence {
    shares: Shares,
    seen: Vec<Cell>,
    log: f64,
    peak: f64,
}

impl Evidence {
    /// No evidence: nothing was seen.
    pub fn new(shares: Shares) -> Self {
        let seen = vec![Cell::default(); shares.all().len()];
        Self { shares, seen, log: 0.0, peak: 0.0 }
    }

    /// Adds a batch, with a cell for each of the shares in their order.
    ///
    /// The last batch may be one that still grows, such as today's.
    pub fn add(&mut self, batch: &[Cell]) {
        let bets: Vec<[f64; 2]> = self.seen.iter().map(|seen| bet(*seen)).collect();
        let [mean, rest] = self
            .shares
            .all()
            .iter()
            .zip(&bets)
            .fold([0.0; 2], |[mean, rest], (share, [sent, unsent])| [mean + share * sent, rest + share * unsent]);
        for ((seen, cell), [sent, unsent]) in self.seen.iter_mut().zip(batch).zip(bets) {
            self.log += cell.sent() as f64 * (sent / mean).ln() + cell.unsent() as f64 * (unsent / rest).ln();
            *seen += *cell;
        }
        self.peak = self.peak.max(self.log);
    }

    /// The natural logarithm of E by now.
    pub fn log(&self) -> f64 {
        self.log
    }

    /// The greatest logarithm of E at the end of any batch; 0 before the first.
    pub fn peak(&self) -> f64 {
        self.peak
    }

    /// The anytime-valid p-value: 1 / max E, at most 1.
    pub fn p(&self) -> f64 {
        (-self.peak).exp()
    }

    /// Whether E ever reached 1/α: 20 for α = 5 %.
    pub fn is_strong(&self) -> bool {
        self.peak >= -ALPHA.ln()
    }
}

/// The bet on a wording: which share ends in words, and which does not. Both are counted, since one
/// minus the other would be 0 after very many openings.
fn bet(seen: Cell) -> [f64; 2] {
    let all = seen.opened() as f64 + 1.0;
    [(seen.sent() as f64 + 0.5) / all, (seen.unsent() as f64 + 0.5) / all]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn two(first: (u64, u64), second: (u64, u64)) -> [Cell; 2] {
        [Cell::new(first.0, first.1), Cell::new(second.0, second.1)]
    }

    #[test]
    fn the_vector() {
        let mut evidence = Evidence::new(Shares::even(2).unwrap());
        for (batch, log) in [
            (two((10, 4), (10, 6)), 0.0),
            (two((50, 20), (50, 31)), 2.364142),
            (two((200, 80), (200, 118)), 9.510390),
            (two((500, 201), (500, 262)), 14.205713),
        ] {
            evidence.add(&batch);
            assert!((evidence.log() - log).abs() < 6e-7, "{} is not {log}", evidence.log());
        }
        assert!(evidence.is_strong() && evidence.peak() == evidence.log());
        assert!((evidence.p() - (-14.205713f64).exp()).abs() < 1e-11);
    }

    #[test]
    fn what_was_strong_stays_so() {
        let mut evidence = Evidence::new(Shares::even(2).unwrap());
        evidence.add(&two((100, 20), (100, 40)));
        evidence.add(&two((100, 20), (100, 40)));
        let (peak, p) = (evidence.peak(), evidence.p());
        assert!(evidence.is_strong() && p < 0.05);
        evidence.add(&two((100, 40), (100, 20)));
        assert!(evidence.log() < peak && evidence.peak() == peak && evidence.p() == p && evidence.is_strong());
    }

    #[test]
    fn nothing_is_evidence_of_nothing() {
        let mut evidence = Evidence::new(Shares::even(3).unwrap());
        evidence.add(&[Cell::default(); 3]);
        assert_eq!((evidence.log(), evidence.p(), evidence.is_strong()), (0.0, 1.0, false));
    }

    #[test]
    fn huge_counts_stay_numbers() {
        let huge = 1_000_000_000;
        for most in [huge, u64::MAX / 4] {
            let mut evidence = Evidence::new(Shares::of(&[1.0, 999.0]).unwrap());
            for batch in [two((most, 0), (most, most)), two((most, most), (most, 0)), two((most, 1), (most, most / 2))]
            {
                evidence.add(&batch);
                assert!(!evidence.log().is_nan() && (0.0..=1.0).contains(&evidence.p()), "{evidence:?}");
            }
        }
    }

    proptest! {
        /// The heart of it: with equal rates one more opening multiplies E by 1 on average, whatever was seen.
        #[test]
        fn without_a_difference_nothing_is_won_on_average(
            seen in prop::collection::vec((0u64..500, 0u64..500), 2..6),
            weights in prop::collection::vec(1u16..1000, 6),
            rate in 0.0f64..1.0,
        ) {
            let weights: Vec<f64> = weights[..seen.len()].iter().map(|weight| f64::from(*weight)).collect();
            let shares = Shares::of(&weights).unwrap();
            let mut before = Evidence::new(shares.clone());
            before.add(&seen.iter().map(|(opened, sent)| Cell::new(*opened, *sent)).collect::<Vec<_>>());
            let mut mean = 0.0;
            for (drawn, share) in shares.all().iter().enumerate() {
                for (sent, chance) in [(1, rate), (0, 1.0 - rate)] {
                    let mut batch = vec![Cell::default(); seen.len()];
                    batch[drawn] = Cell::new(1, sent);
                    let mut after = before.clone();
                    after.add(&batch);
                    mean += share * chance * (after.log() - before.log()).exp();
                }
            }
            prop_assert!((mean - 1.0).abs() < 1e-9, "{}", mean);
        }
    }
}

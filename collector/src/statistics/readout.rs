//! Chances in the manner of Bayes: how likely each wording is the best, and what is lost if it is chosen.
//!
//! Beforehand every rate is held to be as likely, Beta(1, 1); then it is Beta(α, β) with α = 1 + s and
//! β = 1 + n − s. **This is no rule for stopping.** Who stops an experiment without a difference as soon
//! as a chance is above 97.5 % is wrong in a third of all cases, not in one of forty.
//!
//! For two wordings, with B(·, ·) the beta function,
//!
//! P(B > A) = Σ_{i=0}^{α_B − 1} B(α_A + i, β_A + β_B) / ((β_B + i) · B(1 + i, β_B) · B(α_A, β_A))
//!
//! and the expected loss of B is α_A / (α_A + β_A) · P(A' > B) − α_B / (α_B + β_B) · P(A > B'), where A'
//! and B' have one α more. More wordings, or very many words, are integrated over a table:
//! ∫ f_i · Π F_j.
//!
//! Sources: Evan Miller, “Formulas for Bayesian A/B testing” (evanmiller.org, 2013); Chris Stucchio,
//! “Easy evaluation of decision rules in Bayesian A/B testing” (chrisstucchio.com, 2014).

use statrs::function::beta::ln_beta;

use super::{Cell, posterior::Posterior};

/// Up to how many terms are summed, before a table is quicker.
const TERMS: u64 = 10_000;

/// What is believed of one wording, beside the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// How likely its rate is the highest: from 0 to 1.
    pub best: f64,
    /// By how much the best rate is higher on average, as a share of the openings: 0.01 is one point.
    pub loss: f64,
}

/// What is believed of each wording. Fewer than two are not compared: then it is empty.
///
/// ```
/// use say_so_collector::statistics::{Cell, readout::readout};
///
/// let [a, b] = readout(&[Cell::new(1_000, 50), Cell::new(1_000, 80)])[..] else { panic!() };
/// assert!(b.best > 0.99 && b.loss < 0.0001 && a.loss > 0.02);
/// ```
pub fn readout(cells: &[Cell]) -> Vec<Chance> {
    match cells {
        [] | [_] => Vec::new(),
        [a, b] if a.sent().min(b.sent()) < TERMS => {
            let best = beats(*b, *a);
            let loss = |chosen, other| Chance { best: 0.0, loss: loss(chosen, other) };
            vec![Chance { best: 1.0 - best, ..loss(*a, *b) }, Chance { best, ..loss(*b, *a) }]
        }
        _ => tabled(cells),
    }
}

/// α and β of what is believed.
fn beliefs(cell: Cell) -> [f64; 2] {
    [cell.sent() as f64 + 1.0, cell.unsent() as f64 + 1.0]
}

/// The chance that the rate of the one is above that of the other.
fn beats(one: Cell, other: Cell) -> f64 {
    above(beliefs(one), beliefs(other))
}

/// P(B > A) for B = Beta(`b`) and A = Beta(`a`).
fn above(b: [f64; 2], a: [f64; 2]) -> f64 {
    if b[0] > a[0] {
        return 1.0 - above_by_sum(a, b);
    }
    above_by_sum(b, a)
}

fn above_by_sum(b: [f64; 2], a: [f64; 2]) -> f64 {
    let unsent = a[1] + b[1];
    let mut term = ln_beta(a[0], unsent) - ln_beta(a[0], a[1]);
    let mut sum = term.exp();
    // The next term is this one times (α_A + i) / (α_A + i + β_A + β_B) · (β_B + i) / (1 + i).
    for i in 0..(b[0] as u64 - 1) {
        let i = i as f64;
        term += ((a[0] + i) / (a[0] + i + unsent) * ((b[1] + i) / (1.0 + i))).ln();
        sum += term.exp();
    }
    sum.clamp(0.0, 1.0)
}

/// The expected loss of choosing one of two.
fn loss(chosen: Cell, other: Cell) -> f64 {
    let (chosen, other) = (beliefs(chosen), beliefs(other));
    let mean = |beliefs: [f64; 2]| beliefs[0] / (beliefs[0] + beliefs[1]);
    let more = |beliefs: [f64; 2]| [beliefs[0] + 1.0, beliefs[1]];
    (mean(other) * above(more(other), chosen) - mean(chosen) * above(other, more(chosen))).max(0.0)
}

/// The same for any number of wordings, from tables. Where one wording has more than a thousand times
/// the openings of another, it is off by some tenths of a percent.
fn tabled(cells: &[Cell]) -> Vec<Chance> {
    let posteriors: Vec<Posterior> = cells.iter().map(|cell| Posterior::after(*cell)).collect();
    let above: Vec<(f64, f64)> = (0..cells.len())
        .map(|this| {
            let others: Vec<&Posterior> =
                posteriors.iter().enumerate().filter(|(other, _)| *other != this).map(|(_, other)| other).collect();
            posteriors[this].above(&others)
        })
        .collect();
    let (all, highest) = above.iter().fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
    let chances = above.iter().zip(cells).map(|((best, _), cell)| {
        let [a, b] = beliefs(*cell);
        Chance { best: best / all, loss: (highest / all - a / (a + b)).max(0.0) }
    });
    chances.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::near;

    #[test]
    fn the_vectors() {
        let small = readout(&[Cell::new(1_000, 50), Cell::new(1_000, 80)]);
        near(small[1].best, 0.996746, 6e-7);
        near(small[1].loss, 1.101e-5, 6e-9);
        near(small[0].loss, 0.02995113, 6e-9);
        let even = readout(&[Cell::new(100, 49), Cell::new(100, 51)]);
        near(even[1].best, 0.610771, 6e-7);
        near(even[1].loss, 0.01911646, 6e-9);
        near(even[0].loss, 0.0387243, 6e-8);
    }

    #[test]
    fn tables_say_the_same_as_the_sum() {
        for cells in [
            [Cell::new(1_000, 50), Cell::new(1_000, 80)],
            [Cell::new(100, 49), Cell::new(100, 51)],
            [Cell::new(0, 0), Cell::new(0, 0)],
            [Cell::new(3, 0), Cell::new(400, 100)],
            [Cell::new(20_000, 4_000), Cell::new(20_000, 4_100)],
        ] {
            for (sum, table) in readout(&cells).iter().zip(tabled(&cells)) {
                near(table.best, sum.best, 1e-6);
                near(table.loss, sum.loss, 1e-6);
            }
        }
        let apart = [Cell::new(10, 3), Cell::new(1_000_000_000, 300_000_000)];
        near(tabled(&apart)[0].best, readout(&apart)[0].best, 5e-3);
    }

    #[test]
    fn fewer_than_two_are_not_compared() {
        assert_eq!(readout(&[]), []);
        assert_eq!(readout(&[Cell::new(10, 5)]), []);
    }

    #[test]
    fn nothing_is_believed_of_nothing() {
        for count in 2..=20 {
            for chance in readout(&vec![Cell::default(); count]) {
                near(chance.best, 1.0 / count as f64, 1e-6);
                // The highest of k even numbers from 0 to 1 is k / (k + 1) on average.
                near(chance.loss, count as f64 / (count as f64 + 1.0) - 0.5, 1e-6);
            }
        }
    }

    #[test]
    fn huge_counts_stay_numbers() {
        let billion = 1_000_000_000;
        let found = readout(&[Cell::new(billion, billion / 5), Cell::new(billion, billion / 4), Cell::new(billion, 1)]);
        near(found[1].best, 1.0, 1e-9);
        near(found[0].loss, 0.05, 1e-6);
        near(found[2].loss, 0.25, 1e-6);
        for cells in [[Cell::new(u64::MAX, 0), Cell::new(u64::MAX, u64::MAX)], [Cell::new(u64::MAX, u64::MAX / 2); 2]] {
            for chance in readout(&cells) {
                assert!((0.0..=1.0).contains(&chance.best) && (0.0..=1.0).contains(&chance.loss), "{chance:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn chances_add_up(seen in prop::collection::vec((0u64..3_000, 0u64..3_000), 2..6)) {
            let cells: Vec<Cell> = seen.iter().map(|(opened, sent)| Cell::new(*opened, *sent)).collect();
            let chances = readout(&cells);
            prop_assert!((chances.iter().map(|chance| chance.best).sum::<f64>() - 1.0).abs() < 1e-6);
            for chance in chances {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&chance.best) && (0.0..=1.0).contains(&chance.loss));
            }
        }
    }
}

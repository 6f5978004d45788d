//! What is believed of a rate after openings and words: a beta distribution, as a table.

use super::Cell;

/// How many cells a table has.
const CELLS: usize = 1_024;
/// How far it reaches to either side, in standard deviations: for the slow end of a wording without words.
const REACH: f64 = 18.0;

/// The distribution of the log-odds θ = ln(p / (1 − p)) for Beta(1 + s, 1 + n − s).
///
/// On that scale it is smooth and falls off on both sides, however near the rate is to 0 or 1.
#[derive(Debug)]
pub struct Posterior {
    start: f64,
    step: f64,
    /// The density at the ends of the cells and in their middles, in turn.
    density: Vec<f64>,
    /// The chance to lie below each end of a cell.
    below: Vec<f64>,
}

impl Posterior {
    /// What is believed after so much was seen, where nothing was before.
    pub fn after(cell: Cell) -> Self {
        let (a, b) = (cell.sent() as f64 + 1.0, cell.unsent() as f64 + 1.0);
        let mode = (a / b).ln();
        let step = 2.0 * REACH * (1.0 / a + 1.0 / b).sqrt() / CELLS as f64;
        let start = mode - step * (CELLS / 2) as f64;
        let log = |odds: f64| -a * softplus(-odds) - b * softplus(odds);
        let highest = log(mode);
        let raw: Vec<f64> = (0..=2 * CELLS)
            // Rounding may not lift anything above the highest.
            .map(|half| (log(start + step / 2.0 * half as f64) - highest).min(0.0).exp())
            .collect();
        let mut below = vec![0.0];
        let mut sum = 0.0;
        for cell in raw.windows(3).step_by(2) {
            sum += simpson(step, cell[0], cell[1], cell[2]);
            below.push(sum);
        }
        below.iter_mut().for_each(|chance| *chance /= sum);
        Self { start, step, density: raw.iter().map(|density| density / sum).collect(), below }
    }

    /// The chance that the log-odds are below a number.
    fn below(&self, odds: f64) -> f64 {
        let place = (odds - self.start) / self.step;
        if place <= 0.0 {
            return 0.0;
        }
        let (cell, part) = (place as usize, place.fract());
        let (Some(from), Some(to)) = (self.below.get(cell), self.below.get(cell + 1)) else { return 1.0 };
        // A cubic through both ends, with the density as its slope there.
        let slope = |half: usize| self.density.get(half).copied().unwrap_or(0.0) * self.step;
        let (square, cube) = (part * part, part * part * part);
        (2.0 * cube - 3.0 * square + 1.0) * from
            + (cube - 2.0 * square + part) * slope(2 * cell)
            + (3.0 * square - 2.0 * cube) * to
            + (cube - square) * slope(2 * cell + 2)
    }

    /// The chance to be above all the others; and the mean rate, where it is, times that chance.
    pub fn above(&self, others: &[&Self]) -> (f64, f64) {
        let highest: Vec<[f64; 2]> = (0..=2 * CELLS)
            .map(|half| {
                let odds = self.start + self.step / 2.0 * half as f64;
                let density = others.iter().fold(self.density[half], |product, other| product * other.below(odds));
                [density, density * (-softplus(-odds)).exp()]
            })
            .collect();
        highest.windows(3).step_by(2).fold((0.0, 0.0), |(chance, mean), cell| {
            let part = |which: usize| simpson(self.step, cell[0][which], cell[1][which], cell[2][which]);
            (chance + part(0), mean + part(1))
        })
    }
}

/// ln(1 + e^x), for any x.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn simpson(width: f64, from: f64, middle: f64, to: f64) -> f64 {
    width / 6.0 * (from + 4.0 * middle + to)
}

#[cfg(test)]
mod tests {
    use statrs::function::beta::beta_reg;

    use super::*;

    #[test]
    fn the_table_is_the_incomplete_beta_function() {
        for (opened, sent) in [(0, 0), (1, 1), (10, 3), (1_000, 4), (2_000, 1_999), (5_000, 2_000)] {
            let cell = Cell::new(opened, sent);
            let posterior = Posterior::after(cell);
            for rate in [1e-4f64, 0.001, 0.004, 0.01, 0.1, 0.3, 0.39, 0.4, 0.41, 0.5, 0.9, 0.999, 0.9999] {
                let exact = beta_reg(cell.sent() as f64 + 1.0, cell.unsent() as f64 + 1.0, rate);
                let found = posterior.below((rate / (1.0 - rate)).ln());
                assert!((found - exact).abs() < 1e-7, "{cell:?} below {rate}: {found}, {exact}");
            }
        }
    }
}

//! Between which bounds the rate of one wording lies: exact, and at every moment at once.
//!
//! Kept is every rate p for which, after s words in n openings,
//!
//! ln B(a + s, b + n − s) − ln B(a, b) − s · ln p − (n − s) · ln(1 − p) < ln(1/α)
//!
//! with a = b = ½. The left side is the logarithm of a test martingale for p: what a mixture of all
//! rates, weighted by a beta distribution, foretold against what p did. So the true rate is ever left
//! out with a chance of α at most, however often somebody looks.
//!
//! Source: Robbins, “Statistical methods related to the law of the iterated logarithm”, Annals of
//! Mathematical Statistics 41 (1970); Howard, Ramdas, McAuliffe and Sekhon, “Time-uniform, nonparametric,
//! nonasymptotic confidence sequences”, Annals of Statistics 49 (2021), arXiv 1810.08240.

use statrs::function::beta::ln_beta;

use super::{Cell, Interval};

/// How often an interval of rates is halved: less than 1e-15 is left of it.
const HALVINGS: u32 = 50;

/// The rates that can't be ruled out, from 0 to 1; all of them before the first opening.
///
/// `alpha` is the chance, above 0 and below 1, that the true rate is ever outside. Where several
/// wordings are shown together, each gets its part of it.
///
/// ```
/// use say_so_collector::statistics::{Cell, rate};
///
/// let interval = rate::interval(Cell::new(1_000, 120), 0.05);
/// assert!((interval.low - 0.0859).abs() < 1e-4 && (interval.high - 0.1609).abs() < 1e-4);
/// ```
pub fn interval(cell: Cell, alpha: f64) -> Interval {
    let Some(centre) = cell.rate() else { return Interval { low: 0.0, high: 1.0 } };
    let prior = 0.5;
    // All that does not hang on the rate, once.
    let foretold = mixture(cell, prior, prior);
    let kept = |rate: f64| wealth(cell, foretold, rate) < -alpha.ln();
    Interval {
        low: if cell.sent() == 0 { 0.0 } else { end(centre, 0.0, kept) },
        high: if cell.unsent() == 0 { 1.0 } else { end(centre, 1.0, kept) },
    }
}

/// ln B(a + s, b + n − s) − ln B(a, b): what the mixture foretold.
fn mixture(cell: Cell, a: f64, b: f64) -> f64 {
    ln_beta(a + cell.sent() as f64, b + cell.unsent() as f64) - ln_beta(a, b)
}

/// What a gambler has won by now who bet on the mixture against that rate: a logarithm.
fn wealth(cell: Cell, foretold: f64, rate: f64) -> f64 {
    // Nothing times the logarithm of nothing is nothing.
    let part = |count: u64, log: f64| if count == 0 { 0.0 } else { count as f64 * log };
    foretold - part(cell.sent(), rate.ln()) - part(cell.unsent(), (-rate).ln_1p())
}

/// The last rate that is kept, between one that is and one that is not.
fn end(mut inside: f64, mut outside: f64, kept: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        *(if kept(middle) { &mut inside } else { &mut outside }) = middle;
    }
    outside
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(interval: Interval, low: f64, high: f64, off: f64) {
        assert!((interval.low - low).abs() < off && (interval.high - high).abs() < off, "{interval:?}");
    }

    #[test]
    fn the_vectors() {
        check(interval(Cell::new(100, 12), 0.05), 0.039988, 0.253855, 6e-7);
        check(interval(Cell::new(1_000, 120), 0.05), 0.085866, 0.160867, 6e-7);
    }

    /// The published vector of the package confseq: the same mixture, but for each rate p its own
    /// weights with the mean p, tuned to be narrow after `best` openings. Its six digits are cut, not rounded.
    #[test]
    fn the_published_vector_of_the_tuned_form() {
        let (cell, alpha, best) = (Cell::new(1_000, 700), 0.05f64, 100.0);
        let kept = |rate: f64| {
            let variance = rate * (1.0 - rate);
            let two = 2.0 * -alpha.ln();
            let tuned = variance * best / (two + two.ln_1p()) - variance;
            let weight = tuned.max(variance / 1_000.0);
            wealth(cell, mixture(cell, weight / (1.0 - rate), weight / rate), rate) < -alpha.ln()
        };
        let found = Interval { low: end(0.7, 0.0, kept), high: end(0.7, 1.0, kept) };
        check(found, 0.651629, 0.745949, 1e-6);
    }

    #[test]
    fn at_the_edges() {
        check(interval(Cell::default(), 0.05), 0.0, 1.0, 1e-300);
        let (none, all) = (interval(Cell::new(50, 0), 0.05), interval(Cell::new(50, 50), 0.05));
        assert!(none.low == 0.0 && none.high < 0.2 && all.high == 1.0 && all.low > 0.8, "{none:?} {all:?}");
        let huge = interval(Cell::new(1_000_000_000, 200_000_000), 0.05);
        assert!(huge.contains(0.2) && huge.high - huge.low < 2e-4, "{huge:?}");
        let most = interval(Cell::new(u64::MAX, u64::MAX / 2), 0.05);
        assert!((0.0..=0.5).contains(&most.low) && (0.5..=1.0).contains(&most.high), "{most:?}");
    }

    proptest! {
        #[test]
        fn it_holds_what_was_seen_and_narrows_with_alpha(
            opened in 1u64..100_000, part in 0.0f64..=1.0, alpha in 0.001f64..0.4,
        ) {
            let cell = Cell::new(opened, (opened as f64 * part) as u64);
            let (wide, narrow) = (interval(cell, alpha), interval(cell, alpha * 2.0));
            prop_assert!(narrow.contains(cell.rate().unwrap()));
            prop_assert!(0.0 <= wide.low && wide.low <= narrow.low && narrow.high <= wide.high && wide.high <= 1.0);
            // Rates and the rest are the same thing, seen from the other side.
            let other = interval(Cell::new(cell.opened(), cell.unsent()), alpha);
            prop_assert!((other.low - (1.0 - wide.high)).abs() < 1e-9 && (other.high - (1.0 - wide.low)).abs() < 1e-9);
        }
    }
}

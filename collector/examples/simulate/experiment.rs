//! An experiment that never was: openings drawn by chance, looked at again and again.

use fastrand::Rng;
use say_so_collector::statistics::{ALPHA, Cell, Shares, rate, standing::Standing, verdict::Verdict};

/// What an experiment is made of.
pub struct Made<'a> {
    /// The true rate of each wording; each is as likely to be drawn.
    pub rates: &'a [f64],
    /// How many openings there are between two looks.
    pub batch: u64,
    /// How often somebody looks.
    pub looks: u64,
}

/// What was seen at any of the looks.
#[derive(Default)]
pub struct Seen {
    /// After how many openings the evidence first was strong, if ever.
    pub strong: Option<u64>,
    /// After how many openings a wording was first said to be better than another, if ever.
    pub named: Option<u64>,
    /// Whether the gate was ever alarmed.
    pub alarmed: bool,
    /// Whether the true rate of any wording was ever outside its interval.
    pub missed: bool,
    /// Whether the sequence of any difference ever excluded the true one.
    pub astray: bool,
    /// Whether a plain z-test ever found the first two wordings to differ, at 5 %.
    pub plain: bool,
}

/// Runs one experiment. Intervals are looked at only if `thorough`: they take the most time.
pub fn run(made: &Made, random: &mut Rng, thorough: bool) -> Seen {
    let count = made.rates.len();
    let mut standing = Standing::new(&Shares::even(count).expect("there are two wordings at least"));
    let mut seen = Seen::default();
    for look in 1..=made.looks {
        standing.add(&batch(made, random));
        let opened = look * made.batch;
        if standing.evidence.is_strong() {
            seen.strong.get_or_insert(opened);
        }
        if matches!(Verdict::of(&standing), Verdict::Better { .. }) {
            seen.named.get_or_insert(opened);
        }
        seen.alarmed |= standing.gate.is_alarmed();
        seen.plain |= plain(standing.total[0], standing.total[1]);
        for (from, rate) in made.rates.iter().enumerate() {
            for (to, other) in made.rates.iter().enumerate().skip(from + 1) {
                let difference = standing.difference(from, to);
                seen.astray |= difference.is_some_and(|found| !found.interval.contains(other - rate));
            }
            let interval = || rate::interval(standing.total[from], ALPHA / count as f64);
            seen.missed |= thorough && !interval().contains(*rate);
        }
    }
    seen
}

fn batch(made: &Made, random: &mut Rng) -> Vec<Cell> {
    let mut counted = vec![(0, 0); made.rates.len()];
    for _ in 0..made.batch {
        let drawn = random.usize(..made.rates.len());
        counted[drawn].0 += 1;
        counted[drawn].1 += u64::from(random.f64() < made.rates[drawn]);
    }
    counted.into_iter().map(|(opened, sent)| Cell::new(opened, sent)).collect()
}

/// What a test of fixed size says that is not meant to be looked at twice.
fn plain(a: Cell, b: Cell) -> bool {
    let (Some(p), Some(q)) = (a.rate(), b.rate()) else { return false };
    let mut both = a;
    both += b;
    let rate = both.rate().unwrap_or_default();
    let error = (rate * (1.0 - rate) * (1.0 / a.opened() as f64 + 1.0 / b.opened() as f64)).sqrt();
    error > 0.0 && ((p - q) / error).abs() > 1.96
}

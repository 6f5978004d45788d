//! How often the statistics are wrong, and how soon they are right, over thousands of made-up experiments.
//!
//! `cargo xtask simulate` runs this and prints two tables for docs/wordings.md.

use fastrand::Rng;
use say_so_collector::statistics::{ALPHA, plan};

use crate::experiment::{Made, Seen, run};

mod experiment;

/// How many experiments without a difference each row has.
const WITHOUT: usize = 10_000;
/// How many experiments with one.
const WITH: usize = 2_000;
/// How often each is looked at.
const LOOKS: u64 = 100;
/// So that every run prints the same.
const SEED: u64 = 13;

fn main() {
    println!("{WITHOUT} experiments without a difference, each looked at {LOOKS} times, every 100 openings.");
    println!("How many of them ever, at one of those looks:\n");
    println!(
        "| true rates | evidence ≥ 20 | a better one named | gate alarmed | a rate outside | a difference outside \
         | plain z-test |"
    );
    println!("|---|---|---|---|---|---|---|");
    for rates in [&[0.01; 2][..], &[0.05; 2], &[0.3; 2], &[0.05; 4], &[0.3; 4]] {
        without(rates);
    }
    println!("\n{WITH} experiments with a difference, looked at {LOOKS} times up to the plan’s openings:\n");
    println!(
        "| true rates | fixed size | plan | evidence ≥ 20 | a better one named | half of those that do, by (of the fixed size) |"
    );
    println!("|---|---|---|---|---|---|");
    for rates in
        [&[0.05, 0.065][..], &[0.2, 0.24], &[0.3, 0.34], &[0.4, 0.5], &[0.3, 0.3, 0.3, 0.36], &[0.1, 0.12, 0.1, 0.15]]
    {
        with(rates);
    }
}

fn without(rates: &[f64]) {
    let seen = all(WITHOUT, &Made { rates, batch: 100, looks: LOOKS }, true);
    let share = |is: fn(&Seen) -> bool| percent(seen.iter().filter(|seen| is(seen)).count(), seen.len());
    println!(
        "| {} | {} | {} | {} | {} | {} | {} |",
        names(rates),
        share(|seen| seen.strong.is_some()),
        share(|seen| seen.named.is_some()),
        share(|seen| seen.alarmed),
        share(|seen| seen.missed),
        share(|seen| seen.astray),
        share(|seen| seen.plain),
    );
}

fn with(rates: &[f64]) {
    let (low, high) = rates.iter().fold((1.0f64, 0.0f64), |(low, high), rate| (low.min(*rate), high.max(*rate)));
    let pairs = rates.len() * (rates.len() - 1) / 2;
    let fixed = plan::fixed(low, high, ALPHA / pairs as f64, plan::POWER) * rates.len() as f64;
    let planned = fixed * plan::FACTOR;
    let batch = (planned / LOOKS as f64).ceil() as u64;
    let seen = all(WITH, &Made { rates, batch, looks: LOOKS }, false);
    let mut named: Vec<u64> = seen.iter().filter_map(|seen| seen.named).collect();
    named.sort_unstable();
    let median = named.get(named.len() / 2).map_or(f64::NAN, |median| *median as f64);
    println!(
        "| {} | {:.0} | {:.0} | {} | {} | {:.0} (× {:.2}) |",
        names(rates),
        fixed,
        planned,
        percent(seen.iter().filter(|seen| seen.strong.is_some()).count(), seen.len()),
        percent(named.len(), seen.len()),
        median,
        median / fixed,
    );
}

fn all(count: usize, made: &Made, thorough: bool) -> Vec<Seen> {
    let mut random = Rng::with_seed(SEED);
    (0..count).map(|_| run(made, &mut random, thorough)).collect()
}

fn names(rates: &[f64]) -> String {
    let names: Vec<String> = rates.iter().map(|rate| format!("{:.1} %", rate * 100.0).replace(".0", "")).collect();
    names.join(", ")
}

fn percent(part: usize, all: usize) -> String {
    format!("{:.1} %", part as f64 / all as f64 * 100.0)
}

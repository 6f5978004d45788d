//! Counters by day, as the statistics take them.

use std::collections::BTreeMap;

use super::funnel::Funnel;
use crate::{
    moment,
    statistics::{Cell, settle},
    store::Tally,
};

/// Over how many whole days the traffic is told: two weeks.
const TRAFFIC: i64 = 14;

/// What was counted of some variants, day by day.
#[derive(Debug)]
pub struct Days {
    /// The days on which something was counted: `YYYY-MM-DD`.
    pub names: Vec<String>,
    /// Of each day, a cell for each variant.
    pub cells: Vec<Vec<Cell>>,
    /// Of each variant, the words that belong to no counted opening.
    pub left_over: Vec<u64>,
    /// Of each variant, how far visitors came.
    pub funnels: Vec<Funnel>,
}

impl Days {
    /// Sorts tallies by day and by those variants. Others are left out.
    pub fn of<'a>(tallies: impl Iterator<Item = &'a Tally>, variants: &[String]) -> Self {
        let mut days: BTreeMap<&str, Vec<(u64, u64)>> = BTreeMap::new();
        let mut funnels = vec![Funnel::default(); variants.len()];
        for tally in tallies {
            let Some(at) = variants.iter().position(|variant| *variant == tally.variant) else { continue };
            funnels[at].add(tally);
            let day = days.entry(&tally.day).or_insert_with(|| vec![(0, 0); variants.len()]);
            day[at].0 += positive(tally.opened);
            day[at].1 += positive(tally.sent);
        }
        let settled: Vec<(Vec<Cell>, u64)> =
            (0..variants.len()).map(|at| settle(days.values().map(|day| day[at]))).collect();
        let cells = (0..days.len()).map(|day| settled.iter().map(|(cells, _)| cells[day]).collect()).collect();
        let left_over = settled.iter().map(|(_, left)| *left).collect();
        Self { names: days.keys().map(|day| (*day).to_owned()).collect(), cells, left_over, funnels }
    }

    /// How many openings a day has had in the two weeks before today, or since the first day.
    pub fn daily(&self, today: &str) -> f64 {
        let number = |day: &str| moment::day(day).map(|day| i64::from(moment::number(day)));
        let Some(today) = number(today) else { return 0.0 };
        let ago = |name: &String| number(name).map_or(i64::MAX, |day| today - day);
        let opened = |cells: &Vec<Cell>| cells.iter().map(|cell| cell.opened() as f64).sum::<f64>();
        let Some(first) = self.names.first().map(ago) else { return 0.0 };
        if first < 1 {
            // The first day isn't over: it has this many at least.
            return self.cells.last().map_or(0.0, opened);
        }
        let days = self.names.iter().zip(&self.cells).filter(|(name, _)| (1..=TRAFFIC).contains(&ago(name)));
        days.map(|(_, cells)| opened(cells)).sum::<f64>() / first.min(TRAFFIC) as f64
    }
}

/// A number of the store. Counters are never below 0.
pub fn positive(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

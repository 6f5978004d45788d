//! An experiment, from its first day to its last.

use super::{ALPHA, Cell, Interval, Shares, difference::Difference, gate::Gate, omnibus::Evidence, rate};

/// How many points the course of an experiment has at most.
const COURSE: usize = 60;

/// All that the days of an experiment say.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What was counted of each wording by now.
    pub total: Vec<Cell>,
    /// The evidence that any of them differs.
    pub evidence: Evidence,
    /// Whether they were drawn as often as they should be.
    pub gate: Gate,
    /// Between which bounds each rate lies: all of them together are right at all times with a chance
    /// of 1 − [`ALPHA`] at least.
    pub rates: Vec<Interval>,
    /// Every two wordings beside each other.
    pub pairs: Vec<Pair>,
    /// How it came to that, at most 60 points.
    pub course: Vec<Point>,
}

/// Two wordings beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The one that comes first.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// How much higher the rate of `to` is, all pairs together being right with a chance of 1 − [`ALPHA`];
    /// none while there is too little.
    pub difference: Option<Difference>,
}

/// How things stood at the end of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Which day: its place among those that were given.
    pub day: usize,
    /// What was counted of each wording until then.
    pub total: Vec<Cell>,
    /// Between which bounds each rate lay.
    pub rates: Vec<Interval>,
}

impl Analysis {
    /// Goes through the days in their order; each has a cell for every wording.
    ///
    /// ```
    /// use say_so_collector::statistics::{Cell, Shares, analysis::Analysis};
    ///
    /// let days = vec![vec![Cell::new(100, 20), Cell::new(100, 30)]; 7];
    /// let analysis = Analysis::of(&Shares::even(2).unwrap(), &days);
    /// assert_eq!(analysis.total, [Cell::new(700, 140), Cell::new(700, 210)]);
    /// assert!(analysis.pairs[0].difference.unwrap().is_above());
    /// ```
    pub fn of(shares: &Shares, days: &[Vec<Cell>]) -> Self {
        let count = shares.all().len();
        let (mut evidence, mut gate) = (Evidence::new(shares.clone()), Gate::new(shares.clone()));
        let (mut total, mut course) = (vec![Cell::default(); count], Vec::new());
        for (day, cells) in days.iter().enumerate() {
            evidence.add(cells);
            gate.add(cells);
            total.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += *cell);
            if is_shown(day, days.len()) {
                course.push(Point { day, total: total.clone(), rates: rates(&total) });
            }
        }
        let rates = rates(&total);
        let each = ALPHA / (count * (count - 1) / 2) as f64;
        let pairs = (0..count).flat_map(|from| (from + 1..count).map(move |to| (from, to)));
        let pairs = pairs.map(|(from, to)| Pair { from, to, difference: Difference::of(total[from], total[to], each) });
        let pairs = pairs.collect();
        Self { total, evidence, gate, rates, pairs, course }
    }

    /// How much higher the rate of one wording is than that of another, if both can be compared yet.
    pub fn difference(&self, from: usize, to: usize) -> Option<Difference> {
        self.pairs.iter().find_map(|pair| {
            match (pair.from == from && pair.to == to, pair.from == to && pair.to == from) {
                (true, _) => pair.difference,
                (_, true) => pair.difference.map(Difference::reversed),
                _ => None,
            }
        })
    }
}

/// Whether a day stands in the course: every so many, and the last.
fn is_shown(day: usize, days: usize) -> bool {
    (days - 1 - day).is_multiple_of(days.div_ceil(COURSE))
}

fn rates(total: &[Cell]) -> Vec<Interval> {
    total.iter().map(|cell| rate::interval(*cell, ALPHA / total.len() as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_course_is_short_and_ends_today() {
        for days in [1, 2, 59, 60, 61, 120, 121, 366, 4_000] {
            let shown: Vec<usize> = (0..days).filter(|day| is_shown(*day, days)).collect();
            assert!(shown.len() <= COURSE && (days <= COURSE) == (shown.len() == days), "{days}: {}", shown.len());
            assert_eq!(shown.last(), Some(&(days - 1)));
        }
    }

    #[test]
    fn without_a_day_there_is_nothing_to_say() {
        let analysis = Analysis::of(&Shares::even(3).unwrap(), &[]);
        assert_eq!((analysis.total, analysis.pairs.len(), analysis.course.len()), (vec![Cell::default(); 3], 3, 0));
        assert_eq!(analysis.rates, [Interval { low: 0.0, high: 1.0 }; 3]);
    }

    #[test]
    fn a_difference_has_two_sides() {
        let days = [vec![Cell::new(1_000, 100), Cell::new(1_000, 200), Cell::new(1_000, 300)]];
        let analysis = Analysis::of(&Shares::even(3).unwrap(), &days);
        assert!(analysis.difference(0, 2).unwrap().is_above());
        assert_eq!(analysis.difference(2, 0).unwrap().seen, -analysis.difference(0, 2).unwrap().seen);
        assert_eq!(analysis.difference(1, 1), None);
    }
}

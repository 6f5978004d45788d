//! An experiment, from its first day to its last.

use super::{ALPHA, Cell, Interval, Shares, rate, standing::Standing};

/// How many points the course of an experiment has at most.
const COURSE: usize = 60;

/// All that the days of an experiment say.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// How it stands now.
    pub standing: Standing,
    /// Between which bounds each rate lies: all of them together are right at all times with a chance
    /// of 1 − [`ALPHA`].
    pub rates: Vec<Interval>,
    /// How it came to that, in at most 60 points.
    pub course: Vec<Point>,
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
    /// let standing = Analysis::of(&Shares::even(2).unwrap(), &days).standing;
    /// assert_eq!(standing.total, [Cell::new(700, 140), Cell::new(700, 210)]);
    /// assert!(standing.difference(0, 1).unwrap().is_above());
    /// ```
    pub fn of(shares: &Shares, days: &[Vec<Cell>]) -> Self {
        let (mut standing, mut course) = (Standing::new(shares), Vec::new());
        for (day, cells) in days.iter().enumerate() {
            standing.add(cells);
            if is_shown(day, days.len()) {
                course.push(Point { day, total: standing.total.clone(), rates: rates(&standing.total) });
            }
        }
        let rates = rates(&standing.total);
        Self { standing, rates, course }
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
    fn the_course_ends_where_things_stand() {
        let days = vec![vec![Cell::new(10, 2), Cell::new(10, 3)]; 100];
        let analysis = Analysis::of(&Shares::even(2).unwrap(), &days);
        let last = analysis.course.last().unwrap();
        assert_eq!((&last.total, &last.rates, last.day), (&analysis.standing.total, &analysis.rates, 99));
        assert_eq!(analysis.course[0].total[1], Cell::new(20, 6), "every second day");
    }

    #[test]
    fn without_a_day_there_is_nothing_to_say() {
        let analysis = Analysis::of(&Shares::even(3).unwrap(), &[]);
        assert_eq!((analysis.standing.total, analysis.course.len()), (vec![Cell::default(); 3], 0));
        assert_eq!(analysis.rates, [Interval { low: 0.0, high: 1.0 }; 3]);
    }
}

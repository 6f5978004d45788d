//! What was counted of one wording.

use std::ops::AddAssign;

/// Openings of one wording, and how many of them ended in words that arrived.
///
/// It never holds more words than openings: see [`settle`].
///
/// ```
/// use say_so_collector::statistics::Cell;
///
/// let cell = Cell::new(200, 30);
/// assert_eq!((cell.opened(), cell.sent(), cell.unsent(), cell.rate()), (200, 30, 170, Some(0.15)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    opened: u64,
    sent: u64,
}

impl Cell {
    /// So many openings, of which so many ended in words: at most all of them.
    pub fn new(opened: u64, sent: u64) -> Self {
        Self { opened, sent: sent.min(opened) }
    }

    /// How many openings.
    pub fn opened(self) -> u64 {
        self.opened
    }

    /// How many of them ended in words.
    pub fn sent(self) -> u64 {
        self.sent
    }

    /// How many did not.
    pub fn unsent(self) -> u64 {
        self.opened - self.sent
    }

    /// The share that ended in words, from 0 to 1. None without an opening.
    pub fn rate(self) -> Option<f64> {
        (self.opened > 0).then(|| self.sent as f64 / self.opened as f64)
    }
}

impl AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.opened = self.opened.saturating_add(other.opened);
        self.sent = self.sent.saturating_add(other.sent).min(self.opened);
    }
}

/// The days of one wording, each as openings and words, made into cells; and how many words were left
/// over in the end.
///
/// Words may arrive on the day after their opening, and the step of an opening may get lost on its
/// way. So a day may have more words than openings. What is too many goes over to the next day. What
/// is left after the last one belongs to openings that nobody has counted.
///
/// ```
/// use say_so_collector::statistics::{Cell, settle};
///
/// let (days, left) = settle([(10, 4), (0, 1), (3, 1), (1, 5)]);
/// assert_eq!(days, [Cell::new(10, 4), Cell::new(0, 0), Cell::new(3, 2), Cell::new(1, 1)]);
/// assert_eq!(left, 4);
/// ```
pub fn settle(days: impl IntoIterator<Item = (u64, u64)>) -> (Vec<Cell>, u64) {
    let mut left = 0u64;
    let cells = days.into_iter().map(|(opened, sent)| {
        let waiting = sent.saturating_add(left);
        let cell = Cell::new(opened, waiting);
        left = waiting - cell.sent;
        cell
    });
    let cells = cells.collect();
    (cells, left)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cell_has_no_more_words_than_openings() {
        assert_eq!(Cell::new(3, 5), Cell::new(3, 3));
        assert_eq!(Cell::default().rate(), None);
        let mut most = Cell::new(u64::MAX, u64::MAX);
        most += Cell::new(5, 5);
        assert_eq!(most, Cell::new(u64::MAX, u64::MAX));
    }

    proptest! {
        #[test]
        fn no_words_get_lost_and_none_are_made(days in prop::collection::vec((0u64..50, 0u64..50), 0..40)) {
            let (cells, left) = settle(days.clone());
            let sum = |number: fn(&Cell) -> u64| cells.iter().map(number).sum::<u64>();
            prop_assert_eq!(sum(|cell| cell.opened()), days.iter().map(|day| day.0).sum::<u64>());
            prop_assert_eq!(sum(|cell| cell.sent()) + left, days.iter().map(|day| day.1).sum::<u64>());
            // What is left has found no room on the last day.
            prop_assert!(left == 0 || cells.last().unwrap().unsent() == 0);
        }
    }
}

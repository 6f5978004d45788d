//! Counts on their way to the database.

use std::collections::HashMap;

use crate::store::Counter;

/// How many counters one batch holds at most. It bounds the memory, and how long writing it may keep others waiting.
const COUNTERS_MAX: usize = 2_000;

/// Numbers to be added to counters.
#[derive(Debug, Default)]
pub struct Batch(HashMap<Counter, u32>);

impl Batch {
    /// Adds to a counter. Returns false if it would be one too many.
    pub fn add(&mut self, counter: Counter, count: u32) -> bool {
        if self.0.len() >= COUNTERS_MAX && !self.0.contains_key(&counter) {
            return false;
        }
        let sum = self.0.entry(counter).or_default();
        *sum = sum.saturating_add(count);
        true
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each counter, and what is to be added to it.
    pub fn iter(&self) -> impl Iterator<Item = (&Counter, u32)> {
        self.0.iter().map(|(counter, count)| (counter, *count))
    }
}

#[cfg(test)]
mod tests {
    use say_so::feedback::Step;

    use super::*;

    #[test]
    fn a_batch_is_bounded_in_counters_and_not_in_what_they_count() {
        let counter = |number: usize| Counter {
            site: "shop.example".to_owned(),
            experiment: format!("{number}"),
            variant: "b".to_owned(),
            locale: "en".to_owned(),
            day: "2026-11-26".to_owned(),
            step: Step::Opened,
        };
        let mut batch = Batch::default();
        assert!(batch.is_empty());
        assert!((0..COUNTERS_MAX).all(|number| batch.add(counter(number), 1)));
        assert!(!batch.add(counter(COUNTERS_MAX), 1));
        assert!(batch.add(counter(7), 3));
        assert_eq!(batch.iter().find(|(key, _)| **key == counter(7)).unwrap().1, 4);
        assert_eq!(batch.iter().count(), COUNTERS_MAX);
    }
}

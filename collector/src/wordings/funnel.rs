//! How far visitors came.

use std::{cmp::Reverse, collections::BTreeMap};

use super::days::positive;
use crate::store::Tally;

/// How far visitors came, in numbers of openings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// The panel was opened.
    pub opened: u64,
    /// A kind was chosen.
    pub chosen: u64,
    /// Words were begun.
    pub started: u64,
    /// Words have arrived.
    pub sent: u64,
    /// The panel was closed, or the page left, without.
    pub left: u64,
}

impl Funnel {
    /// Adds what was counted on a day.
    pub fn add(&mut self, tally: &Tally) {
        for (sum, number) in [
            (&mut self.opened, tally.opened),
            (&mut self.chosen, tally.chosen),
            (&mut self.started, tally.started),
            (&mut self.sent, tally.sent),
            (&mut self.left, tally.left),
        ] {
            *sum = sum.saturating_add(positive(number));
        }
    }

    /// The steps in their order, each with its name.
    pub fn steps(&self) -> [(&'static str, u64); 5] {
        [
            ("opened", self.opened),
            ("chosen", self.chosen),
            ("started", self.started),
            ("sent", self.sent),
            ("left", self.left),
        ]
    }
}

/// What was counted under each name, the one with the most openings first.
pub fn sums<'a>(tallies: impl Iterator<Item = &'a Tally>, name: fn(&Tally) -> &String) -> Vec<(String, Funnel)> {
    let mut sums: BTreeMap<&str, Funnel> = BTreeMap::new();
    tallies.for_each(|tally| sums.entry(name(tally)).or_default().add(tally));
    let mut sums: Vec<_> = sums.into_iter().map(|(name, funnel)| (name.to_owned(), funnel)).collect();
    sums.sort_by_key(|(_, funnel)| Reverse(funnel.opened));
    sums
}

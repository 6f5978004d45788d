//! How an experiment stands after the batches so far.

use super::{ALPHA, Cell, Shares, difference::Difference, gate::Gate, omnibus::Evidence};

/// How an experiment stands after the batches so far.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What was counted of each wording.
    pub total: Vec<Cell>,
    /// The evidence that any of them differs.
    pub evidence: Evidence,
    /// Whether they were drawn as often as they should be.
    pub gate: Gate,
}

impl Standing {
    /// Before the first batch.
    pub fn new(shares: &Shares) -> Self {
        Self {
            total: vec![Cell::default(); shares.all().len()],
            evidence: Evidence::new(shares.clone()),
            gate: Gate::new(shares.clone()),
        }
    }

    /// Adds a batch, with a cell for each of the shares in their order.
    pub fn add(&mut self, batch: &[Cell]) {
        self.evidence.add(batch);
        self.gate.add(batch);
        self.total.iter_mut().zip(batch).for_each(|(sum, cell)| *sum += *cell);
    }

    /// How many pairs of wordings are compared.
    pub fn pairs(&self) -> usize {
        self.total.len() * (self.total.len() - 1) / 2
    }

    /// How much higher the rate of `to` is than that of `from`. None while there is too little of either,
    /// and if they are the same wording or none.
    ///
    /// All pairs together are right at all times with a chance of 1 − [`ALPHA`].
    pub fn difference(&self, from: usize, to: usize) -> Option<Difference> {
        let pair = Some((*self.total.get(from)?, *self.total.get(to)?)).filter(|_| from != to);
        pair.and_then(|(from, to)| Difference::of(from, to, ALPHA / self.pairs() as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_two_sides() {
        let mut standing = Standing::new(&Shares::even(3).unwrap());
        standing.add(&[Cell::new(1_000, 100), Cell::new(1_000, 200), Cell::new(1_000, 300)]);
        let there = standing.difference(0, 2).unwrap();
        assert!(there.is_above());
        assert_eq!(standing.difference(2, 0).unwrap().interval.high, -there.interval.low);
        assert_eq!((standing.difference(1, 1), standing.difference(0, 3)), (None, None));
        let alone = Difference::of(Cell::new(1_000, 100), Cell::new(1_000, 300), ALPHA).unwrap();
        assert!(there.interval.low < alone.interval.low, "three pairs share what two wordings have alone");
    }
}

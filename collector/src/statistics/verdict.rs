//! What follows from the numbers.

use super::{difference::Difference, standing::Standing};

/// What can be said of an experiment, at any time.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing was counted yet.
    Empty,
    /// The wordings were not drawn as often as they should be: no figure can be trusted.
    Uneven {
        /// How likely that is by chance, at most.
        p: f64,
    },
    /// No wording is known to bring more answers than another.
    Open {
        /// Whether some wording differs all the same, only not yet which one from which.
        differs: bool,
    },
    /// A wording brings more answers than others.
    Better {
        /// Which one.
        best: usize,
        /// Than which others, and by how much.
        than: Vec<(usize, Difference)>,
        /// Of which others that is not known yet.
        open: Vec<usize>,
    },
}

impl Verdict {
    /// What follows from how things stand.
    ///
    /// A wording is named only if three tests agree: the evidence reached 20, the sequence of the
    /// difference excludes 0, and the gate is quiet. If several could be named, it is the one that is
    /// better than most others, and of those the one with the highest rate.
    pub fn of(standing: &Standing) -> Self {
        if standing.total.iter().all(|cell| cell.opened() == 0) {
            return Self::Empty;
        }
        if standing.gate.is_alarmed() {
            return Self::Uneven { p: standing.gate.p() };
        }
        let differs = standing.evidence.is_strong();
        let count = standing.total.len();
        let than = |best: usize| -> Vec<(usize, Difference)> {
            let others = (0..count).filter_map(|other| Some((other, standing.difference(other, best)?)));
            others.filter(|(_, difference)| difference.is_above()).collect()
        };
        let rate = |which: usize| standing.total[which].rate().unwrap_or_default();
        let best = (0..count)
            .map(|best| (best, than(best)))
            .filter(|(_, than)| !than.is_empty())
            .max_by(|(a, less), (b, more)| less.len().cmp(&more.len()).then(rate(*a).total_cmp(&rate(*b))));
        match best {
            Some((best, than)) if differs => {
                let is_open = |other: &usize| *other != best && than.iter().all(|(beaten, _)| beaten != other);
                let open = (0..count).filter(is_open).collect();
                Self::Better { best, than, open }
            }
            _ => Self::Open { differs },
        }
    }

    /// Whether the experiment has its answer: one wording is better than every other.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Better { open, .. } if open.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Cell, Shares, analysis::Analysis};

    /// A verdict after ten even days.
    fn verdict(weights: &[f64], total: &[(u64, u64)]) -> Verdict {
        let day: Vec<Cell> = total.iter().map(|(opened, sent)| Cell::new(opened / 10, sent / 10)).collect();
        Verdict::of(&Analysis::of(&Shares::of(weights).unwrap(), &vec![day; 10]).standing)
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(verdict(&[1.0, 1.0], &[(0, 0), (0, 0)]), Verdict::Empty);
        assert_eq!(verdict(&[1.0, 1.0], &[(100, 20), (100, 30)]), Verdict::Open { differs: false });
    }

    #[test]
    fn the_better_one_is_named() {
        let Verdict::Better { best, than, open } = verdict(&[1.0, 1.0], &[(1_000, 300), (1_000, 200)]) else {
            panic!()
        };
        assert_eq!((best, than[0].0, open.len()), (0, 1, 0));
        assert!(than[0].1.interval.low > 0.0 && than[0].1.interval.high < 0.2);
    }

    #[test]
    fn of_several_it_is_said_which_are_open() {
        let found = verdict(&[1.0; 4], &[(2_000, 200), (2_000, 500), (2_000, 520), (2_000, 200)]);
        let Verdict::Better { best, than, open } = &found else { panic!("{found:?}") };
        assert_eq!(
            (*best, than.iter().map(|(than, _)| *than).collect::<Vec<_>>(), &open[..]),
            (2, vec![0, 3], &[1][..])
        );
        assert!(!found.is_final());
        assert!(verdict(&[1.0, 1.0], &[(1_000, 300), (1_000, 200)]).is_final());
        // The last one has the highest rate, but was drawn too seldom to be known to be better than the second.
        let seldom = [(40_000, 4_000), (40_000, 9_200), (40_000, 10_400), (400, 120)];
        assert!(matches!(verdict(&[100.0, 100.0, 100.0, 1.0], &seldom), Verdict::Better { best: 2, .. }));
    }

    #[test]
    fn wordings_that_were_drawn_wrongly_have_no_winner() {
        let Verdict::Uneven { p } = verdict(&[1.0, 1.0], &[(2_400, 720), (1_600, 320)]) else { panic!() };
        assert!(p < 0.01);
        // The same is right where the one was to be drawn more often.
        assert!(matches!(verdict(&[3.0, 2.0], &[(2_400, 720), (1_600, 320)]), Verdict::Better { best: 0, .. }));
    }

    #[test]
    fn one_test_alone_names_nobody() {
        // Too few openings of each for the sequence, and enough for the evidence.
        assert_eq!(verdict(&[1.0, 1.0], &[(90, 80), (90, 10)]), Verdict::Open { differs: true });
        // All on one day: nothing was bet on before, so there is no evidence, whatever the difference says.
        let day = [vec![Cell::new(1_000, 300), Cell::new(1_000, 200)]];
        let standing = Analysis::of(&Shares::even(2).unwrap(), &day).standing;
        assert!(standing.difference(1, 0).unwrap().is_above());
        assert_eq!(Verdict::of(&standing), Verdict::Open { differs: false });
    }
}

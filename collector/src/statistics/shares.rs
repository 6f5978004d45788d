//! How often each wording is to be drawn.

/// The chance of each wording to be drawn: two or more, each above 0, together 1.
///
/// A wording that is not drawn takes no part. Leaving it out is sound even if it was drawn before: of
/// the others, each is as likely against the rest as ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares(Vec<f64>);

/// Weights make no shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Uneven {
    /// There are fewer than two wordings.
    #[error("there are fewer than two wordings to compare")]
    Alone,
    /// A weight is 0, below, or no number.
    #[error("a wording that is compared has no weight")]
    Weightless,
}

impl Shares {
    /// The shares of wordings with those weights.
    ///
    /// # Errors
    /// There are fewer than two, or one has no weight: see [`Uneven`].
    pub fn of(weights: &[f64]) -> Result<Self, Uneven> {
        if weights.len() < 2 {
            return Err(Uneven::Alone);
        }
        let sum: f64 = weights.iter().sum();
        let shares: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
        let usable = shares.iter().all(|share| *share > 0.0);
        if usable { Ok(Self(shares)) } else { Err(Uneven::Weightless) }
    }

    /// The same share for each of so many wordings.
    ///
    /// # Errors
    /// There are fewer than two.
    pub fn even(count: usize) -> Result<Self, Uneven> {
        Self::of(&vec![1.0; count])
    }

    /// The share of each, from 0 to 1.
    pub fn all(&self) -> &[f64] {
        &self.0
    }

    /// The smallest of them.
    pub fn least(&self) -> f64 {
        self.0.iter().copied().fold(1.0, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_become_shares() {
        assert_eq!(Shares::of(&[1.0, 3.0]).unwrap().all(), [0.25, 0.75]);
        assert_eq!(Shares::even(4).unwrap().all(), [0.25; 4]);
        assert_eq!(Shares::of(&[1.0, 3.0]).unwrap().least(), 0.25);
    }

    #[test]
    fn what_can_t_be_compared_is_refused() {
        assert_eq!(Shares::of(&[]), Err(Uneven::Alone));
        assert_eq!(Shares::of(&[1.0]), Err(Uneven::Alone));
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Shares::of(&[1.0, weight]), Err(Uneven::Weightless), "{weight}");
        }
    }
}

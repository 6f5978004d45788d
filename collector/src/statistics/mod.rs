//! Which wording works: statistics that may be looked at any time.
//!
//! The unit is an opening of the panel, and a success is words that have arrived. Everything here is
//! pure: it knows of numbers alone, not of the store and not of the pages. One family of formulas
//! stands in each file, with its source:
//!
//! - [`omnibus`]: whether any wording differs, exactly, however often somebody looks;
//! - [`rate`]: between which bounds the rate of one wording lies, at every moment at once;
//! - [`difference`]: between which bounds two rates differ, likewise;
//! - [`gate`]: whether the wordings were drawn as often as they should be;
//! - [`readout`]: chances in the manner of Bayes, which are no reason to stop;
//! - [`plan`]: how many openings it takes;
//! - [`quality`]: whether the answers that a wording brings are worth as much.
//!
//! [`standing`] adds up the batches of an experiment, [`analysis`] goes through its days, and [`verdict`]
//! says what follows.

pub mod analysis;
mod cell;
pub mod difference;
pub mod gate;
pub mod omnibus;
pub mod plan;
mod posterior;
pub mod quality;
pub mod rate;
pub mod readout;
mod shares;
pub mod standing;
pub mod verdict;

pub use self::{
    cell::{Cell, settle},
    shares::{Shares, Uneven},
};

/// How often, at most, an experiment without any difference may be said to have one: one in twenty.
pub const ALPHA: f64 = 0.05;

/// An interval of rates, or of differences of rates: 0.25 is 25 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Whether that number lies in it, the ends included.
    pub fn contains(self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }
}

/// Holds what was found to a published figure, given to so many digits.
#[cfg(test)]
fn near(found: f64, expected: f64, off: f64) {
    assert!((found - expected).abs() < off, "{found} is not {expected}");
}

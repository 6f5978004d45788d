//! Where days and rates stand in the drawing.

use std::fmt::Write as _;

use crate::{
    moment,
    statistics::Interval,
    wordings::report::{Compared, Report},
};

/// The width of the drawing.
pub const WIDTH: f64 = 720.0;
/// Its height.
pub const HEIGHT: f64 = 320.0;
/// What is left at its left edge, for numbers.
pub const LEFT: f64 = 78.0;
/// What is left at its right edge, for letters.
pub const RIGHT: f64 = 32.0;
/// What is left at its upper edge.
pub const TOP: f64 = 12.0;
/// What is left at its lower edge, for days.
pub const BOTTOM: f64 = 32.0;

/// Where days and rates stand in the drawing.
pub struct Scale {
    days: Vec<f64>,
    /// The rates at the lower and at the upper edge.
    pub rates: Interval,
    step: f64,
}

impl Scale {
    /// The scale of a report: from the bounds of today, with some room.
    pub fn of(report: &Report, compared: &Compared) -> Self {
        let number = |name: &String| moment::day(name).map_or(0.0, |day| f64::from(moment::number(day)));
        let days: Vec<f64> = report.days.iter().map(number).collect();
        // The bounds of today, and some room: at the beginning they are as wide as can be.
        let rates = &compared.analysis.rates;
        let low = rates.iter().map(|rate| rate.low).fold(1.0, f64::min);
        let high = rates.iter().map(|rate| rate.high).fold(0.0, f64::max);
        let room = ((high - low) * 0.4).max(0.01);
        let (low, high) = ((low - room).max(0.0), (high + room).min(1.0));
        let steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
        let step = steps.into_iter().find(|step| (high - low) / step <= 6.0).unwrap_or(0.2);
        let rates = Interval { low: (low / step).floor() * step, high: ((high / step).ceil() * step).min(1.0) };
        Self { days, rates, step }
    }

    /// The rates at which a line is drawn.
    pub fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.rates.high - self.rates.low) / self.step).round() as u32;
        (0..=count).map(|tick| self.rates.low + f64::from(tick) * self.step)
    }

    /// Where a day stands, by its place among the report's.
    pub fn x(&self, day: usize) -> f64 {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return LEFT };
        let at = self.days.get(day).map_or(0.0, |day| (day - first) / (last - first).max(1.0));
        LEFT + at * (WIDTH - LEFT - RIGHT)
    }

    /// Where a rate stands; what lies outside is drawn at the edge.
    pub fn y(&self, rate: f64) -> f64 {
        let Interval { low, high } = self.rates;
        let at = ((rate - low) / (high - low)).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM)
    }

    /// A line through days and rates.
    pub fn path(&self, points: impl Iterator<Item = (usize, f64)>) -> String {
        points.enumerate().fold(String::new(), |mut path, (at, (day, rate))| {
            let _ = write!(path, "{}{:.1} {:.1}", if at == 0 { 'M' } else { 'L' }, self.x(day), self.y(rate));
            path
        })
    }
}

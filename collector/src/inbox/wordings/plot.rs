//! The plot: how the rates and their bounds came about, day by day.
//!
//! Every line has a letter, a dash and a mark of its own beside its colour. The same numbers stand in a
//! table beneath it.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use super::page::{letter, name};
use crate::{
    statistics::Interval,
    wordings::{
        numbers::{count, date, day, percent, percent_or_dash, short_day},
        report::{Compared, Report},
        sentence,
    },
};

/// The size of the drawing, and what is left beside it for letters and numbers.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 68.0;
const RIGHT: f64 = 32.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 32.0;
/// The distance of two letters at the end of lines, at least.
const APART: f64 = 18.0;

/// The figure, its legend and its table.
pub fn figure(report: &Report, compared: &Compared) -> Markup {
    let course = &compared.analysis.course;
    html! {
        @if course.len() > 1 {
            section.part aria-labelledby="course" {
                h2 #course { "Over time" }
                p.hint {
                    "The line is the share of openings that ended in an answer until that day; the tinted band is \
                     where the true share surely lies."
                }
                figure {
                    (PreEscaped(svg(report, compared)))
                    figcaption {
                        ul.legend {
                            @for at in 0..report.variants.len() {
                                li { (name(report, at)) " " span.count { (now(compared, at)) } }
                            }
                        }
                    }
                }
                details {
                    summary { "The same as a table" }
                    div.wide role="region" tabindex="0" aria-label="The rates by day" {
                        table {
                            thead {
                                tr {
                                    th scope="col" { "Until" }
                                    @for at in 0..report.variants.len() { th scope="col" { (name(report, at)) } }
                                }
                            }
                            tbody {
                                @for point in course {
                                    tr {
                                        th scope="row" { (report.days.get(point.day).map(|name| day(name)).unwrap_or_default()) }
                                        @for (cell, rate) in point.total.iter().zip(&point.rates) {
                                            td {
                                                (percent_or_dash(cell.rate())) " "
                                                span.count { (percent(rate.low)) " to " (percent(rate.high)) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn now(compared: &Compared, at: usize) -> String {
    let cell = compared.cell(at);
    format!("{} of {}", percent_or_dash(cell.rate()), count(cell.opened()))
}

/// The drawing. All that stands in it is numbers, letters, days and our own words.
fn svg(report: &Report, compared: &Compared) -> String {
    let course = &compared.analysis.course;
    let scale = Scale::of(report, compared);
    let mut svg = format!(
        "<svg class=\"plot\" role=\"img\" aria-labelledby=\"plot-title plot-text\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
         <title id=\"plot-title\">Share of openings that end in an answer, over time</title>\
         <desc id=\"plot-text\">{}</desc>",
        described(report, compared)
    );
    for tick in scale.ticks() {
        let y = scale.y(tick);
        let _ = write!(
            svg,
            "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{}\"/><text class=\"tick end\" x=\"{}\" y=\"{:.1}\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            y + 4.0,
            percent(tick).replace(".0 %", " %")
        );
    }
    for (at, anchor) in [(0, "start"), (course.len() / 2, "middle"), (course.len() - 1, "end")] {
        let name = report.days.get(course[at].day).map(|day| short_day(day)).unwrap_or_default();
        let (x, y) = (scale.x(course[at].day), HEIGHT - 8.0);
        let _ = write!(svg, "<text class=\"tick {anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{name}</text>");
    }
    for variant in 0..report.variants.len() {
        let band = |end: fn(&Interval) -> f64| course.iter().map(move |point| (point.day, end(&point.rates[variant])));
        let there: Vec<_> = band(|rate| rate.high).collect();
        let back: Vec<_> = band(|rate| rate.low).collect();
        let area = scale.path(there.into_iter().chain(back.into_iter().rev()));
        let _ = write!(svg, "<path class=\"band of-{}\" d=\"{area}Z\"/>", variant % 6);
    }
    let ends = ends(compared, &scale);
    for (variant, end) in ends.iter().enumerate() {
        let rates = course.iter().filter_map(|point| Some((point.day, point.total[variant].rate()?)));
        let line = scale.path(rates.clone());
        let (of, dash) = (variant % 6, variant % 5);
        let _ = write!(svg, "<path class=\"line of-{of} dash-{dash}\" d=\"{line}\"/>");
        if let Some((day, rate)) = rates.last() {
            let _ = write!(svg, "{}", mark(variant, scale.x(day), scale.y(rate)));
        }
        let (x, y) = (WIDTH - RIGHT + 10.0, end + 5.0);
        let _ = write!(svg, "<text class=\"letter of-{of}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", letter(variant));
    }
    svg.push_str("</svg>");
    svg
}

/// The plot in words.
fn described(report: &Report, compared: &Compared) -> String {
    let ends = (0..report.variants.len()).map(|at| {
        let interval = compared.interval(at);
        let rate = percent_or_dash(compared.cell(at).rate());
        format!("{} ends at {rate}, between {} and {}.", letter(at), percent(interval.low), percent(interval.high))
    });
    let first = if compared.verdict.is_final() {
        "One wording is ahead of all others."
    } else {
        "No wording is ahead of all others."
    };
    let plan = sentence::plan(compared).unwrap_or_default();
    format!("{first} {} {plan} The table beneath has every number.", ends.collect::<Vec<_>>().join(" "))
}

/// The mark at the end of a line: a circle, a square, a triangle or a diamond.
fn mark(variant: usize, x: f64, y: f64) -> String {
    let d = match variant % 4 {
        0 => format!("M{:.1} {y:.1}a5 5 0 1 0 10 0a5 5 0 1 0-10 0", x - 5.0),
        1 => format!("M{:.1} {:.1}h9v9h-9z", x - 4.5, y - 4.5),
        2 => format!("M{x:.1} {:.1}l6 10h-12z", y - 6.0),
        _ => format!("M{x:.1} {:.1}l6 6-6 6-6-6z", y - 6.0),
    };
    format!("<path class=\"mark of-{}\" d=\"{d}\"/>", variant % 6)
}

/// Where the letters stand, at the ends of the lines but never one upon the other.
fn ends(compared: &Compared, scale: &Scale) -> Vec<f64> {
    let total = &compared.analysis.standing.total;
    let mut order: Vec<(usize, f64)> =
        total.iter().map(|cell| scale.y(cell.rate().unwrap_or(scale.rates.low))).enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut lowest = f64::NEG_INFINITY;
    let mut ends = vec![0.0; total.len()];
    for (variant, y) in order {
        lowest = y.max(lowest + APART);
        ends[variant] = lowest;
    }
    let over = (lowest - (HEIGHT - BOTTOM)).max(0.0);
    ends.iter().map(|end| (end - over).max(TOP)).collect()
}

/// Where days and rates stand in the drawing.
struct Scale {
    days: Vec<f64>,
    rates: Interval,
    step: f64,
}

impl Scale {
    fn of(report: &Report, compared: &Compared) -> Self {
        let number = |name: &String| date(name).map_or(0.0, |day| f64::from(day.to_julian_day()));
        let days: Vec<f64> = report.days.iter().map(number).collect();
        // The bounds of today, and some room: at the beginning they are as wide as can be.
        let rates = &compared.analysis.rates;
        let low = rates.iter().map(|rate| rate.low).fold(1.0, f64::min);
        let high = rates.iter().map(|rate| rate.high).fold(0.0, f64::max);
        let room = ((high - low) * 0.6).max(0.01);
        let (low, high) = ((low - room).max(0.0), (high + room).min(1.0));
        let steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
        let step = steps.into_iter().find(|step| (high - low) / step <= 6.0).unwrap_or(0.2);
        let rates = Interval { low: (low / step).floor() * step, high: ((high / step).ceil() * step).min(1.0) };
        Self { days, rates, step }
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.rates.high - self.rates.low) / self.step).round() as u32;
        (0..=count).map(|tick| self.rates.low + f64::from(tick) * self.step)
    }

    fn x(&self, day: usize) -> f64 {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return LEFT };
        let at = self.days.get(day).map_or(0.0, |day| (day - first) / (last - first).max(1.0));
        LEFT + at * (WIDTH - LEFT - RIGHT)
    }

    /// What lies outside is drawn at the edge.
    fn y(&self, rate: f64) -> f64 {
        let Interval { low, high } = self.rates;
        let at = ((rate - low) / (high - low)).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM)
    }

    fn path(&self, points: impl Iterator<Item = (usize, f64)>) -> String {
        points.enumerate().fold(String::new(), |mut path, (at, (day, rate))| {
            let _ = write!(path, "{}{:.1} {:.1}", if at == 0 { 'M' } else { 'L' }, self.x(day), self.y(rate));
            path
        })
    }
}

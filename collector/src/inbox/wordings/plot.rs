//! The plot: how the rates and their bounds came about, day by day.
//!
//! Every line has a letter, a dash and a mark of its own beside its colour. The same numbers stand in a
//! table beneath it.

mod scale;

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use self::scale::{BOTTOM, HEIGHT, LEFT, RIGHT, Scale, TOP, WIDTH};
use super::page::{letter, name};
use crate::{
    statistics::Interval,
    wordings::{
        numbers::{count, day, percent, percent_or_dash, short_day},
        report::{Compared, Report},
    },
};

/// The distance of two letters at the end of lines, at least.
const APART: f64 = 26.0;

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
        let mut rates = course.iter().filter_map(|point| Some((point.day, point.total[variant].rate()?)));
        let line = scale.path(rates.clone());
        let (of, dash) = (variant % 6, variant % 5);
        let _ = write!(svg, "<path class=\"line of-{of} dash-{dash}\" d=\"{line}\"/>");
        if let Some((day, rate)) = rates.next_back() {
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
    format!("{first} {} The table beneath has every number.", ends.collect::<Vec<_>>().join(" "))
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

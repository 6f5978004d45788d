//! The tables of the report.

use maud::{Markup, html};

use super::page::name;
use crate::wordings::{
    numbers::{about, count, percent, percent_or_dash, points},
    report::{Compared, Funnel, Report},
};

/// A table with its title, which can be scrolled sideways where it is too wide.
fn table(id: &str, title: &str, about: Markup, head: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        // Not a region itself, since the one that can be scrolled bears the name.
        div.part {
            h2 #(id) { (title) }
            p.hint { (about) }
            div.wide role="region" tabindex="0" aria-labelledby=(id) {
                table {
                    thead { tr { @for name in head { th scope="col" { (name) } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                @for (at, cell) in row.iter().enumerate() {
                                    @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rows(report: &Report, row: impl Fn(usize) -> Vec<Markup>) -> Vec<Vec<Markup>> {
    let rows = (0..report.variants.len()).map(|at| std::iter::once(name(report, at)).chain(row(at)).collect());
    rows.collect()
}

fn cell(text: impl Into<String>) -> Markup {
    html! { (text.into()) }
}

/// How many openings end in an answer.
pub fn rates(report: &Report, compared: &Compared) -> Markup {
    let rows = rows(report, |at| {
        let (counted, interval) = (compared.cell(at), compared.interval(at));
        vec![
            html! { strong { (percent_or_dash(counted.rate())) } },
            cell(format!("{} to {}", percent(interval.low), percent(interval.high))),
            cell(count(counted.sent())),
            cell(count(counted.opened())),
            cell(percent(report.variants[at].share)),
        ]
    });
    let about = html! {
        "How many openings of the panel end in an answer. With a chance of 95 %, the bounds hold the true rates \
         of all wordings at every moment at once: so you may look at any time."
    };
    table("rates", "Answers", about, &["Wording", "Rate", "Surely between", "Answers", "Opened", "Drawn"], &rows)
}

/// How far visitors come.
pub fn funnel(report: &Report) -> Markup {
    let rows = rows(report, |at| {
        let Funnel { opened, .. } = report.variants[at].funnel;
        let step = |(_, number): (&str, u64)| {
            html! {
                (count(number))
                @if opened > 0 { " " span.count { (format!("{:.0} %", number as f64 / opened as f64 * 100.0)) } }
            }
        };
        let [(_, opened), rest @ ..] = report.variants[at].funnel.steps();
        std::iter::once(cell(count(opened))).chain(rest.map(step)).collect()
    });
    let about = html! {
        "From opening the panel over a kind and the first letter to words that arrive; and who left without. The \
         shares are those of the openings."
    };
    table(
        "funnel",
        "How far they come",
        about,
        &["Wording", "Opened", "Chose a kind", "Began to write", "Sent", "Left"],
        &rows,
    )
}

/// What the answers are like.
pub fn quality(report: &Report) -> Markup {
    let rows = rows(report, |at| {
        let variant = &report.variants[at];
        let quality = &variant.quality;
        let median = if quality.messages > 0 { format!("{:.0}", quality.median) } else { "–".to_owned() };
        vec![
            cell(count(quality.messages)),
            cell(median),
            cell(percent_or_dash(quality.with_address())),
            cell(percent_or_dash(quality.marked_useful())),
            cell(count(variant.flagged)),
        ]
    });
    let about = html! {
        "More answers aren’t better ones. Marking messages as useful in the inbox shows which wording brings answers \
         that help. The length is that of the median message, in characters; flagged messages seem to come from \
         programs and count nowhere."
    };
    table(
        "quality",
        "What the answers are like",
        about,
        &["Wording", "Kept", "Length", "Left an address", "Useful", "Flagged"],
        &rows,
    )
}

/// Every two wordings beside each other.
pub fn differences(report: &Report, compared: &Compared) -> Markup {
    let standing = &compared.analysis.standing;
    let count = report.variants.len();
    let pairs = (0..count).flat_map(|from| (from + 1..count).map(move |to| (from, to)));
    let row = |(from, to): (usize, usize)| {
        let said = standing.difference(from, to).map(|difference| {
            let (low, high) = points(difference.interval.low, difference.interval.high);
            vec![cell(format!("{:+.1} points", difference.seen * 100.0)), cell(format!("{low} to {high} points"))]
        });
        let cells = said.unwrap_or_else(|| vec![cell("–"), cell("too few openings yet")]);
        std::iter::once(html! { (name(report, to)) " against " (name(report, from)) }).chain(cells).collect()
    };
    let rows: Vec<Vec<Markup>> = pairs.take(45).map(row).collect();
    let about = html! {
        "How many percentage points more of the openings end in an answer. Where the second column has no 0 in it, and \
         the first sentence agrees, the difference is real."
    };
    table("differences", "Beside each other", about, &["Wordings", "Seen", "Surely between"], &rows)
}

/// What it takes to see a difference.
pub fn plans(compared: &Compared) -> Markup {
    let row = |plan: &crate::statistics::plan::Plan| {
        let days = match (plan.more, plan.days) {
            (0, _) => "–".to_owned(),
            (_, Some(days)) => about(days),
            (_, None) => "nobody came of late".to_owned(),
        };
        let points = format!("{:.0} {}", plan.points * 100.0, if plan.points < 0.015 { "point" } else { "points" });
        let more = if plan.more == 0 { "none".to_owned() } else { about(plan.more) };
        vec![cell(points), cell(about(plan.openings)), cell(more), cell(days)]
    };
    let rows: Vec<Vec<Markup>> = compared.plans.iter().map(row).collect();
    let said = html! {
        "With so many openings a difference of that size is found in four of five experiments. Half of those that \
         find it need half as many. There is no need to wait for the plan: look any time."
    };
    html! {
        @if !rows.is_empty() {
            (table("plan", "The plan", said, &["To see", "Openings in all", "Still to come", "Days"], &rows))
        }
    }
}

/// Chances in the manner of Bayes.
pub fn chances(report: &Report, compared: &Compared) -> Markup {
    let rows = rows(report, |at| {
        let Some(chance) = compared.chances.get(at) else { return vec![cell("–"), cell("–")] };
        vec![cell(percent(chance.best)), cell(format!("{:.2} points", chance.loss * 100.0))]
    });
    let about = html! {
        strong { "Not for stopping. " }
        "Who stops as soon as a chance is high is wrong in a third of all cases. This is for a choice that has to be \
         made today: how likely each wording is the best, and what choosing it costs on average if it isn’t."
    };
    table("chances", "If you had to choose today", about, &["Wording", "Chance to be best", "Expected loss"], &rows)
}

//! A report as text, for the command.

use std::fmt::Write as _;

use super::{
    numbers::{count, day, percent, percent_or_dash},
    report::{Compared, Report, Variant},
    sentence,
};
use crate::inbox::text::plain;

/// The report, with its sentence first. It ends with a line end.
pub fn text(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        let _ = writeln!(text, "{}", words.trim_end());
    };
    let language = report.locale.as_deref().map(|locale| format!(", language {}", plain(locale))).unwrap_or_default();
    line(format!("{}, experiment {}{language}", plain(&report.site), plain(&report.experiment)));
    if let [first, .., last] = &report.days[..] {
        line(format!("counted from {} to {}", day(first), day(last)));
    }
    line(String::new());
    line(sentence::first(report).text());
    for note in sentence::notes(report) {
        line(note.text());
    }
    let tables = [
        Some(rates(report)),
        Some(funnel(report)),
        Some(quality(report)),
        report.compared.as_ref().map(|compared| chances(report, compared)),
    ];
    for table in tables.into_iter().flatten() {
        line(String::new());
        aligned(&table).into_iter().for_each(&mut line);
    }
    if let Some(compared) = report.compared.as_ref().filter(|compared| !compared.plans.is_empty() && compared.is_open())
    {
        line(String::new());
        compared.plans.iter().for_each(|plan| line(sentence::planned(plan)));
    }
    text
}

type Table = Vec<Vec<String>>;

fn table(report: &Report, head: &[&str], row: impl Fn(usize, &Variant) -> Vec<String>) -> Table {
    let head = head.iter().map(|name| (*name).to_owned()).collect();
    let rows = report.variants.iter().enumerate().map(|(at, variant)| {
        let mut cells = vec![plain(&variant.id)];
        cells.extend(row(at, variant));
        cells
    });
    std::iter::once(head).chain(rows).collect()
}

fn rates(report: &Report) -> Table {
    table(report, &["wording", "drawn", "opened", "answers", "rate", "surely between"], |at, variant| {
        let Some(compared) = &report.compared else { return vec![percent(variant.share)] };
        let (cell, interval) = (compared.cell(at), compared.interval(at));
        vec![
            percent(variant.share),
            count(cell.opened()),
            count(cell.sent()),
            percent_or_dash(cell.rate()),
            format!("{} and {}", percent(interval.low), percent(interval.high)),
        ]
    })
}

fn funnel(report: &Report) -> Table {
    table(report, &["how far", "opened", "chosen", "started", "sent", "left"], |_, variant| {
        variant.funnel.steps().map(|(_, number)| count(number)).into()
    })
}

fn quality(report: &Report) -> Table {
    table(report, &["answers", "kept", "median length", "address", "useful", "flagged"], |_, variant| {
        let quality = &variant.quality;
        vec![
            count(quality.messages),
            format!("{:.0}", quality.median),
            percent_or_dash(quality.with_address()),
            percent_or_dash(quality.marked_useful()),
            count(variant.flagged),
        ]
    })
}

fn chances(report: &Report, compared: &Compared) -> Table {
    table(report, &["not for stopping", "chance to be best", "expected loss"], |at, _| {
        let chance = compared.chances.get(at);
        chance.map_or_else(Vec::new, |chance| vec![percent(chance.best), format!("{:.2} points", chance.loss * 100.0)])
    })
}

/// The rows of a table as lines, the first column to the left and all others to the right.
fn aligned(table: &Table) -> Vec<String> {
    let width = |column: usize| {
        let cells = table.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let lines = table.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(column, cell)| match column {
            0 => format!("{cell:<0$}", width(0)),
            _ => format!("  {cell:>0$}", width(column)),
        });
        cells.collect()
    });
    lines.collect()
}

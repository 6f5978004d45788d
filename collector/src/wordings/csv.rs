//! Reports for programs, as CSV. docs/wordings.md names every column.

use super::{json, report::Report};

/// The columns of the CSV.
const COLUMNS: [&str; 22] = [
    "site",
    "experiment",
    "locale",
    "verdict",
    "variant",
    "best",
    "share",
    "opened",
    "chosen",
    "started",
    "sent",
    "left",
    "rate",
    "low",
    "high",
    "chance_best",
    "expected_loss",
    "messages",
    "median_length",
    "addresses",
    "useful",
    "flagged",
];

/// Reports as CSV (RFC 4180): a line of names, then one for each variant. Shares and rates are from 0 to 1.
pub fn csv(reports: &[Report]) -> String {
    let mut csv = line(COLUMNS.map(str::to_owned));
    for report in reports {
        for (at, variant) in report.variants.iter().enumerate() {
            let (funnel, quality, compared) = (&variant.funnel, &variant.quality, report.compared.as_ref());
            let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            let interval = compared.map(|compared| compared.interval(at));
            let chance = compared.and_then(|compared| compared.chances.get(at));
            let is_best = compared.and_then(json::best) == Some(at);
            csv += &line([
                name(&report.site),
                name(&report.experiment),
                name(report.locale.as_deref().unwrap_or_default()),
                json::verdict(report).to_owned(),
                name(&variant.id),
                is_best.to_string(),
                variant.share.to_string(),
                funnel.opened.to_string(),
                funnel.chosen.to_string(),
                funnel.started.to_string(),
                funnel.sent.to_string(),
                funnel.left.to_string(),
                number(compared.and_then(|compared| compared.cell(at).rate())),
                number(interval.map(|interval| interval.low)),
                number(interval.map(|interval| interval.high)),
                number(chance.map(|chance| chance.best)),
                number(chance.map(|chance| chance.loss)),
                quality.messages.to_string(),
                quality.median.to_string(),
                quality.addresses.to_string(),
                quality.useful.to_string(),
                variant.flagged.to_string(),
            ]);
        }
    }
    csv
}

fn line(cells: [String; 22]) -> String {
    format!("{}\r\n", cells.join(","))
}

/// A name as a cell. One that a spreadsheet would take for a formula gets an apostrophe in front.
fn name(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    let text = format!("{guard}{text}");
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_cell_and_does_nothing() {
        for (text, cell) in [
            ("short", "short"),
            ("a,b", "\"a,b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@a\n", "\"'@a\n\""),
        ] {
            assert_eq!(name(text), cell);
        }
    }
}

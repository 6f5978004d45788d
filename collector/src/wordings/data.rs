//! Reports for programs: JSON and CSV. docs/wordings.md names every field.

use serde_json::{Value, json};

use super::{
    report::{Compared, Report, Source},
    sentence,
};
use crate::statistics::{quality::Doubt, verdict::Verdict};

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

/// Reports as JSON: an array, with an object for each.
pub fn json(reports: &[Report]) -> Value {
    reports.iter().map(object).collect()
}

fn object(report: &Report) -> Value {
    let compared = report.compared.as_ref();
    let name = |which: usize| report.variants.get(which).map(|variant| variant.id.as_str());
    let variants: Vec<Value> = report
        .variants
        .iter()
        .enumerate()
        .map(|(at, variant)| {
            let (funnel, quality) = (&variant.funnel, &variant.quality);
            let (interval, chance) = (
                compared.map(|compared| compared.interval(at)),
                compared.and_then(|compared| compared.chances.get(at)),
            );
            json!({
                "id": variant.id, "share": variant.share,
                "opened": funnel.opened, "chosen": funnel.chosen, "started": funnel.started,
                "sent": funnel.sent, "left": funnel.left, "left_over": variant.left_over,
                "rate": compared.and_then(|compared| compared.cell(at).rate()),
                "low": interval.map(|interval| interval.low), "high": interval.map(|interval| interval.high),
                "chance_best": chance.map(|chance| chance.best), "expected_loss": chance.map(|chance| chance.loss),
                "quality": {
                    "messages": quality.messages, "median_length": quality.median, "addresses": quality.addresses,
                    "useful": quality.useful, "flagged": variant.flagged,
                },
            })
        })
        .collect();
    json!({
        "site": report.site, "experiment": report.experiment, "locale": report.locale,
        "first": report.days.first(), "last": report.days.last(), "made_up_until": report.made_up,
        "shares": match report.source { Source::File => "file", Source::Assumed | Source::Missing => "assumed" },
        "problems": report.problems,
        "sentence": sentence::first(report).text(),
        "notes": sentence::notes(report).iter().map(sentence::Sentence::text).collect::<Vec<_>>(),
        "verdict": verdict(report), "best": compared.and_then(best).and_then(name),
        "final": compared.is_some_and(|compared| compared.verdict.is_final() && compared.doubts.is_empty()),
        "evidence": compared.map(evidence),
        "differences": compared.map(|compared| differences(report, compared)),
        "doubts": compared.map(|compared| doubts(report, compared)),
        "variants": variants,
        "left_out": report.apart.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        "plans": compared.map(|compared| compared.plans.iter().map(|plan| json!({
            "points": plan.points, "openings": plan.openings, "more": plan.more, "days": plan.days,
        })).collect::<Vec<_>>()),
    })
}

fn verdict(report: &Report) -> &'static str {
    match report.compared.as_ref().map(|compared| &compared.verdict) {
        None | Some(Verdict::Empty) => "empty",
        Some(Verdict::Uneven { .. }) => "uneven",
        Some(Verdict::Open { .. }) => "open",
        Some(Verdict::Better { .. }) => "better",
    }
}

fn best(compared: &Compared) -> Option<usize> {
    match compared.verdict {
        Verdict::Better { best, .. } => Some(best),
        _ => None,
    }
}

fn evidence(compared: &Compared) -> Value {
    let standing = &compared.analysis.standing;
    json!({
        "log_e": standing.evidence.log(), "log_e_max": standing.evidence.peak(), "p": standing.evidence.p(),
        "shares_p": standing.gate.p(),
    })
}

fn differences(report: &Report, compared: &Compared) -> Vec<Value> {
    let standing = &compared.analysis.standing;
    let count = report.variants.len();
    let pairs = (0..count).flat_map(|from| (from + 1..count).map(move |to| (from, to)));
    let known = pairs.filter_map(|(from, to)| Some((from, to, standing.difference(from, to)?)));
    known
        .map(|(from, to, difference)| {
            json!({
                "from": report.variants[from].id, "to": report.variants[to].id, "seen": difference.seen,
                "low": difference.interval.low, "high": difference.interval.high, "p": difference.p,
            })
        })
        .collect()
}

fn doubts(report: &Report, compared: &Compared) -> Vec<Value> {
    let name = |doubt: &Doubt| match doubt {
        Doubt::Useful => "useful",
        Doubt::Addresses => "addresses",
        Doubt::Length => "length",
    };
    let doubts = compared.doubts.iter().map(|(than, doubts)| {
        json!({ "than": report.variants[*than].id, "fewer": doubts.iter().map(name).collect::<Vec<_>>() })
    });
    doubts.collect()
}

/// Reports as CSV (RFC 4180): a line of names, then one for each variant. Shares and rates are from 0 to 1.
pub fn csv(reports: &[Report]) -> String {
    let mut csv = line(COLUMNS.map(str::to_owned));
    for report in reports {
        for (at, variant) in report.variants.iter().enumerate() {
            let (funnel, quality, compared) = (&variant.funnel, &variant.quality, report.compared.as_ref());
            let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            let interval = compared.map(|compared| compared.interval(at));
            let chance = compared.and_then(|compared| compared.chances.get(at));
            let is_best = compared.and_then(best) == Some(at);
            csv += &line([
                name(&report.site),
                name(&report.experiment),
                name(report.locale.as_deref().unwrap_or_default()),
                verdict(report).to_owned(),
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

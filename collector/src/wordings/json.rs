//! Reports for programs, as JSON. docs/wordings.md names every field.

use serde_json::{Value, json};

use super::{
    report::{Compared, Report, Source},
    sentence,
};
use crate::statistics::{quality::Doubt, verdict::Verdict};

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
        "shares": match report.source { Source::File => "file", _ => "assumed" },
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

/// A verdict, by its name for programs.
pub fn verdict(report: &Report) -> &'static str {
    match report.compared.as_ref().map(|compared| &compared.verdict) {
        None | Some(Verdict::Empty) => "empty",
        Some(Verdict::Uneven { .. }) if report.source == Source::File => "uneven",
        Some(Verdict::Uneven { .. }) => "unknown",
        Some(Verdict::Open { .. }) => "open",
        Some(Verdict::Better { .. }) => "better",
    }
}

/// The wording that is better than others, if one is.
pub fn best(compared: &Compared) -> Option<usize> {
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

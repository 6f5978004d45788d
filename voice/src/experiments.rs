//! The experiments of a site's file: ids, weights, and when they run.

use std::collections::BTreeSet;

use say_so::{
    experiment::{self, VARIANTS, WEIGHT_MAX, is_id},
    feedback::TAG_MAX,
};
use serde_json::{Map, Value};

use crate::{
    place::index,
    rule::{Remark, Rule},
    site::Found,
    times::instant,
};

/// What is wrong with the experiments beside their members' types and their wording.
pub(crate) fn check(file: &Map<String, Value>) -> Vec<Found> {
    let mut found = Vec::new();
    let experiments = objects(file.get("experiments"));
    ids(&experiments, &["experiments".to_owned()], "experiment", &mut found);
    for (at, experiment) in experiments {
        let path = ["experiments".to_owned(), index(at)];
        let mut add = |member: &str, remark| found.push((member_of(&path, member), remark));
        times(experiment, &mut add);
        match experiment.get("variants") {
            None => found.push((path.to_vec(), no_variants(0))),
            Some(Value::Array(list)) => {
                let path = member_of(&path, "variants");
                if !VARIANTS.contains(&list.len()) {
                    found.push((path.clone(), no_variants(list.len())));
                }
                variants(list, &path, &mut found);
            }
            // It is of another type, which has been said.
            Some(_) => {}
        }
    }
    found
}

fn variants(list: &[Value], path: &[String], found: &mut Vec<Found>) {
    let variants: Vec<_> = list.iter().enumerate().filter_map(|(at, it)| Some((at, it.as_object()?))).collect();
    ids(&variants, path, "variant", found);
    let mut weights = Vec::new();
    for (at, variant) in variants {
        let weight = match variant.get("weight") {
            None | Some(Value::Null) => Some(1),
            Some(weight) => weight.as_f64().and_then(experiment::weight),
        };
        if weight.is_none() {
            let remark = Remark::error(
                Rule::Type,
                "it is no weight",
                format!("Write a whole number from 0 to {WEIGHT_MAX}, or leave it out, which is 1."),
            );
            found.push((member_of(&member_of(path, &index(at)), "weight"), remark));
        }
        weights.push(weight);
    }
    if !weights.is_empty() && weights.iter().all(|weight| *weight == Some(0)) {
        let remark = Remark::error(Rule::Type, "every weight is 0, so nothing is drawn", "Give one of them 1 or more.");
        found.push((path.to_vec(), remark));
    }
}

/// Ids that can't be counted under, and those that are there already.
fn ids(items: &[(usize, &Map<String, Value>)], path: &[String], what: &str, found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    for (at, item) in items {
        let path = member_of(path, &index(*at));
        let remark = match item.get("id") {
            None => {
                let remark = Remark::error(Rule::Missing, "it has no id", "Give it one; it is counted under it.");
                found.push((path, remark));
                continue;
            }
            Some(Value::String(id)) if !is_id(id) => {
                let why = format!("“{id}” is no id");
                Remark::error(Rule::Type, why, format!("Write 1 to {TAG_MAX} of A-Z a-z 0-9 _ . and -, no blanks."))
            }
            Some(Value::String(id)) if !seen.insert(id) => {
                let why = format!("another {what} has the id “{id}”");
                Remark::error(Rule::Key, why, "Give each its own.")
            }
            Some(_) => continue,
        };
        found.push((member_of(&path, "id"), remark));
    }
}

/// When an experiment begins and ends, if that can't be read or is out of order.
fn times(experiment: &Map<String, Value>, add: &mut impl FnMut(&str, Remark)) {
    let [start, end] = ["start", "end"].map(|member| {
        let text = experiment.get(member)?.as_str()?;
        let instant = instant(text);
        if instant.is_none() {
            let why = format!("“{text}” is no day and no instant that there is");
            add(member, Remark::error(Rule::Type, why, "Write 2026-12-01, or 2026-12-01T09:00:00Z."));
        }
        instant
    });
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        add("end", Remark::error(Rule::Type, "it ends before it begins", "Write a day after its start."));
    }
}

fn no_variants(count: usize) -> Remark {
    let why = match count {
        0 => "it has no variants".to_owned(),
        1 => "one variant has nothing to be tried against".to_owned(),
        count => format!("it has {count} variants"),
    };
    Remark::error(Rule::Type, why, format!("Write {} to {} of them.", VARIANTS.start(), VARIANTS.end()))
}

fn objects(list: Option<&Value>) -> Vec<(usize, &Map<String, Value>)> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.enumerate().filter_map(|(at, item)| Some((at, item.as_object()?))).collect()
}

fn member_of(path: &[String], member: &str) -> Vec<String> {
    [path, &[member.to_owned()]].concat()
}

//! A site's file beside its wording: members that exist, of their types, and hours that can be read.

use std::sync::LazyLock;

use say_so::{
    config::site::{Experiment, Site, Variant},
    feedback::{TAG_MAX, within},
    promise::Hours,
};
use serde_json::{Map, Value};

use crate::{
    experiments,
    keys::{KNOWN, nearest},
    place::index,
    rule::{Remark, Rule},
};

/// A file with nothing in it, which is the shape of all: `""` is a text, `false` a yes or no, `[]` a list of texts, and
/// a list of one object the shape of each of its items; `{}` and `null` are read elsewhere.
static SHAPE: LazyLock<Value> = LazyLock::new(|| {
    let experiment = Experiment { variants: vec![Variant::default()], ..Experiment::default() };
    serde_json::to_value(Site { experiments: vec![experiment], ..Site::default() }).unwrap_or_default()
});

/// Where something is wrong, as the members from the outside in, and what.
pub(crate) type Found = (Vec<String>, Remark);

/// Whether an object is a site's file, and no catalog: a member of its is one of a site's.
pub(crate) fn is_site(object: &Map<String, Value>) -> bool {
    let is_member = |(name, value): (&String, &Value)| {
        SHAPE.get(name).is_some() && (value.is_object() || !KNOWN.contains_key(name))
    };
    object.iter().any(is_member)
}

/// What is wrong beside the wording.
pub(crate) fn check(object: &Map<String, Value>) -> Vec<Found> {
    let mut found = Vec::new();
    if let Value::Object(shape) = &*SHAPE {
        members(object, shape, &[], &mut found);
    }
    if let Some(Value::Object(object)) = object.get("hours") {
        for (name, value) in object {
            found.extend(unreadable(name, value).map(|remark| (vec!["hours".to_owned(), name.clone()], remark)));
        }
    }
    found.extend(unnamed(object));
    found.extend(experiments::check(object));
    found.extend(counts(object));
    found
}

/// Where the steps are counted, if that is no address: a whole one is http or https, any other is relative to the page.
fn counts(object: &Map<String, Value>) -> Option<Found> {
    let address = object.get("counts")?.as_str()?;
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    let known = match scheme {
        Some(scheme) => {
            let host = address.get(scheme.len() + 1..).and_then(|rest| rest.strip_prefix("//")).unwrap_or_default();
            matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
                && !host.starts_with(['/', '?', '#'])
                && !host.is_empty()
        }
        None => !address.is_empty(),
    };
    let fits = known && !address.contains(|char: char| char.is_whitespace() || char.is_control());
    let remark = || {
        let why = format!("“{address}” is no address that can be posted to");
        Remark::error(
            Rule::Type,
            why,
            "Write an http or https address, or one relative to the page, such as /v1/counts.",
        )
    };
    (!fits).then(|| (vec!["counts".to_owned()], remark()))
}

/// What of an experiment has no name that could travel.
fn unnamed(object: &Map<String, Value>) -> Vec<Found> {
    let Some(Value::Object(experiment)) = object.get("experiment") else { return Vec::new() };
    let Some(Value::Object(variants)) = experiment.get("variants") else { return Vec::new() };
    let fits = |name: &str| within(Some(name), TAG_MAX);
    let name = experiment.get("name").and_then(Value::as_str).unwrap_or_default();
    let own = (!fits(name)).then_some(vec!["experiment", "name"]);
    let variants = variants.keys().filter(|name| !fits(name)).map(|name| vec!["experiment", "variants", name]);
    let remark = |path: Vec<&str>| {
        let path = path.into_iter().map(String::from).collect();
        (path, Remark::error(Rule::Type, "it has no name that can travel", "Name it in 1 to 64 characters."))
    };
    own.into_iter().chain(variants).map(remark).collect()
}

fn members(object: &Map<String, Value>, shape: &Map<String, Value>, path: &[String], found: &mut Vec<Found>) {
    for (name, value) in object {
        let path = [path, std::slice::from_ref(name)].concat();
        let remark = match (shape.get(name), value) {
            (None, _) => Remark::error(Rule::Key, "there is no such member", nearest(name, shape.keys())),
            (Some(Value::Null), _) => continue,
            (Some(Value::Object(shape)), _) if shape.is_empty() => continue,
            (Some(Value::Object(shape)), Value::Object(object)) => {
                members(object, shape, &path, found);
                continue;
            }
            (Some(Value::Object(_)), _) => Remark::wrong_type(value, "an object"),
            (Some(Value::Array(shape)), Value::Array(list)) if !shape.is_empty() => {
                let Some(Value::Object(shape)) = shape.first() else { continue };
                for (at, item) in list.iter().enumerate() {
                    let path = [path.as_slice(), &[index(at)]].concat();
                    match item {
                        Value::Object(object) => members(object, shape, &path, found),
                        _ => found.push((path, Remark::wrong_type(item, "an object"))),
                    }
                }
                continue;
            }
            (Some(Value::Array(shape)), _) if !shape.is_empty() => Remark::wrong_type(value, "a list of objects"),
            (Some(Value::Array(_)), Value::Array(list)) => match list.iter().find(|item| !item.is_string()) {
                Some(_) => Remark::error(Rule::Type, "not all of it is text", "Write a list of texts."),
                None => continue,
            },
            (Some(Value::Array(_)), _) => Remark::wrong_type(value, "a list of texts"),
            (Some(Value::Bool(_)), Value::Bool(_)) => continue,
            (Some(Value::Bool(_)), _) => Remark::wrong_type(value, "true or false"),
            (Some(_), Value::String(_)) => continue,
            (Some(_), _) => Remark::wrong_type(value, "a text"),
        };
        found.push((path, remark));
    }
}

/// What can't be read of a member of the hours. Time zones are left to the browser, which knows them.
fn unreadable(name: &str, value: &Value) -> Option<Remark> {
    let texts: Vec<_> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let (none, some): ([&[&str]; 7], _) = ([&[]; 7], "1 day");
    let read = match name {
        "zone" => return None,
        "reply" => Hours::read(none, &[], value.as_str().filter(|text| !text.is_empty()).unwrap_or(some)),
        "holidays" => Hours::read(none, &texts, some),
        _ => Hours::read([&texts, &[], &[], &[], &[], &[], &[]], &[], some),
    };
    let unreadable = read.err()?;
    let (why, instead) = (format!("“{}” can’t be read", unreadable.what), format!("It must be {}.", unreadable.must));
    Some(Remark::error(Rule::Type, why, instead))
}

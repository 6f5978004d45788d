//! A site's file beside its wording: members that exist, of their types, and hours that can be read.

use std::sync::LazyLock;

use say_so::{
    config::site::Site,
    feedback::{TAG_MAX, within},
    promise::Hours,
};
use serde_json::{Map, Value};

use crate::{
    keys::{KNOWN, nearest},
    rule::{Remark, Rule},
};

/// An empty file, which is the shape of all: `""` a text, `[]` a list of texts, `{}` what is read elsewhere.
static SHAPE: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(Site::default()).unwrap_or_default());

/// Where something is wrong, as the members from the outside in, and what.
type Found = (Vec<String>, Remark);

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
    found
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
            (Some(Value::Object(shape)), _) if shape.is_empty() => continue,
            (Some(Value::Object(shape)), Value::Object(object)) => {
                members(object, shape, &path, found);
                continue;
            }
            (Some(Value::Object(_)), _) => Remark::wrong_type(value, "an object"),
            (Some(Value::Array(_)), Value::Array(list)) => match list.iter().find(|item| !item.is_string()) {
                Some(_) => Remark::error(Rule::Type, "not all of it is text", "Write a list of texts."),
                None => continue,
            },
            (Some(Value::Array(_)), _) => Remark::wrong_type(value, "a list of texts"),
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

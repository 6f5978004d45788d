//! Values as they stand in JavaScript, and JSON, which the browser reads and writes.
//!
//! The page's own `toJSON` has no say in it: the glue's `JSON` is the one of `globals.js`.

use js_sys::{Array, JSON, Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Error, Serializer};
use wasm_bindgen::{JsCast, JsValue};

use crate::feedback::{Custom, Submission, request::Endpoint};

/// The value of a text in JSON, if it is any.
pub fn parse(text: &str) -> Option<JsValue> {
    JSON::parse(text).ok()
}

/// The JSON of a value; empty if there is none.
pub fn write(value: &impl Serialize) -> String {
    value.serialize(&Serializer::json_compatible()).map_or_else(|_| String::new(), |value| text(&value))
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).map_or_else(|_| String::new(), String::from)
}

/// The body of a submission.
///
/// The pairs from the site are put in as properties of their own: a key such as `__proto__` would set something else.
pub fn body(submission: &Submission) -> String {
    let Ok(value) = submission.serialize(&Serializer::json_compatible()) else { return String::new() };
    if let Some(Custom(pairs)) = &submission.custom {
        let pairs = pairs.iter().map(|(key, text)| (key.as_str(), text.as_str().into()));
        // Fails on no object that has just been made.
        let _ = Reflect::set(&value, &"custom".into(), &object_of(pairs));
    }
    text(&value)
}

/// A body whose outermost members have other names, or are left out.
pub fn renamed(body: &str, endpoint: &Endpoint) -> String {
    let members = members(&parse(body).unwrap_or(JsValue::UNDEFINED));
    text(&object_of(members.iter().filter_map(|(field, value)| Some((endpoint.name(field)?, value.clone())))))
}

/// An object with these members, whatever they are called.
fn object_of<'a>(members: impl Iterator<Item = (&'a str, JsValue)>) -> JsValue {
    let entries: Array = members.map(|(name, value)| Array::of2(&name.into(), &value)).collect();
    Object::from_entries(&entries).map_or(JsValue::UNDEFINED, JsValue::from)
}

/// A value of first aid's, read as one of ours. Nothing else may be read so: a release traps where it is malformed.
///
/// # Errors
/// What is wrong with it; a release has no words for that.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value)
}

/// A member of an object; undefined if there is none.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The members of an object; none of anything else.
pub fn members(value: &JsValue) -> Vec<(String, JsValue)> {
    let Some(object) = object(value) else { return Vec::new() };
    let member = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), entry.get(1))
    };
    Object::entries(object).iter().map(member).collect()
}

/// The value as an object, unless it is a list or something else.
pub fn object(value: &JsValue) -> Option<&Object> {
    value.dyn_ref().filter(|_| !Array::is_array(value))
}

/// The texts of a list; none if it is no list, or holds anything else.
pub fn texts(value: &JsValue) -> Option<Vec<String>> {
    let list: &Array = value.dyn_ref().filter(|_| Array::is_array(value))?;
    list.iter().map(|text| text.as_string()).collect()
}

/// The pairs of a setting in JSON. A value that is no text counts as none.
pub fn pairs(setting: &str) -> Vec<(String, Option<String>)> {
    let value = parse(setting).unwrap_or(JsValue::UNDEFINED);
    members(&value).into_iter().map(|(key, value)| (key, value.as_string())).collect()
}

//! A file's text, taken apart: what is wrong with one experiment costs no other.

use std::mem;

use say_so::config::site::{Experiment, Single, Site, Variant};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::Words;

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The site's own sentences.
    pub words: Words,
    /// The experiments as they are written, the one in the old form last.
    pub experiments: Vec<Part>,
    /// What is wrong beside the experiments, as half a sentence.
    pub problem: Option<String>,
}

/// An experiment as it is written.
#[derive(Debug)]
pub(super) struct Part {
    /// What to call it: its id in quotes, cut to 80 characters, or its place in the list, such as `[2]`.
    pub name: String,
    /// The experiment, or why it can't be read.
    pub experiment: Result<Experiment, String>,
}

impl Parts {
    /// Takes a file's text apart.
    ///
    /// # Errors
    /// It is not JSON, or no object; what is wrong, as half a sentence.
    pub fn of(json: &str) -> Result<Self, String> {
        let mut file: Map<String, Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        // What is no list, or no object, is left to be found beside all else.
        let listed = match file.get_mut("experiments") {
            Some(Value::Array(list)) => mem::take(list),
            _ => Vec::new(),
        };
        let single = file.get("experiment").is_some_and(Value::is_object).then(|| file.remove("experiment")).flatten();
        let words = file.get("wording").and_then(|words| Words::deserialize(words).ok()).unwrap_or_default();
        let listed = listed.into_iter().enumerate().map(|(at, value)| {
            let name = quoted(&value, "id").unwrap_or_else(|| format!("[{at}]"));
            Part { name, experiment: read(value) }
        });
        let single = single.into_iter().filter_map(|value| {
            let name = quoted(&value, "name").unwrap_or_else(|| "in the old form".to_owned());
            Some(Part { name, experiment: read(value).map(listed_form).transpose()? })
        });
        let experiments = listed.chain(single).collect();
        Ok(Self { words, experiments, problem: read::<Site>(Value::Object(file)).err() })
    }
}

/// The one in the old form, in that of the list; none if there is nothing in it.
fn listed_form(single: Single) -> Option<Experiment> {
    let Single { name, variants } = single;
    let is_there = !name.is_empty() || !variants.is_empty();
    let variants = variants.into_iter().map(|(id, wording)| Variant { id, weight: None, wording }).collect();
    is_there.then(|| Experiment { id: name, variants, ..Experiment::default() })
}

/// An id as it stands in a file, in quotes and cut to 80 characters; none if it has none that could be read.
fn quoted(value: &Value, member: &str) -> Option<String> {
    let id = value.get(member)?.as_str()?;
    Some(format!("{:?}", id.chars().take(80).collect::<String>()))
}

/// Reads a value; or says what is wrong, and where unless the words for it say that.
fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error: serde_path_to_error::Error<serde_json::Error>| {
        let whole = error.to_string();
        let (place, why) = (error.path().to_string(), error.into_inner().to_string());
        if why.starts_with(&format!("unknown field `{place}`")) { why } else { whole }
    })
}

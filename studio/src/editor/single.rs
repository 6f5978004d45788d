//! One experiment in the old form: it can be turned into one of the list.

use std::collections::BTreeSet;

use leptos::prelude::*;
use say_so::{experiment::is_id, feedback::TAG_MAX};
use serde_json::{Map, Value, json};

use super::experiments::{item, place};
use crate::{
    checks::Findings,
    file::{File, path},
    state::Studio,
};

/// The experiment in the old form, if the file has one.
#[component]
pub fn Single() -> impl IntoView {
    let studio = Studio::here();
    let there = move || studio.file.with(|file| file.value(&path(["experiment"])).is_some());
    let fits = move || studio.file.with(|file| listed(file).is_some());
    let turn = move |_| {
        if let Some(Listed { file, renamed }) = studio.file.with_untracked(listed) {
            let said = match renamed {
                false => "It stands in the list now.",
                true => "It stands in the list now. Some of its names had to change, and are counted anew.",
            };
            studio.replace(file, said);
        }
    };
    view! {
        <div class="note" hidden=move || !there()>
            <p>"This file has an experiment in the old form. It works as ever, and can be edited once it stands in the list."</p>
            <Findings path=path(["experiment"]) id="experiment-findings".into() within=true />
            <p hidden=move || !fits()>
                <button type="button" class="plain" data-do="list-single" on:click=turn>"Put it into the list"</button>
            </p>
        </div>
    }
}

/// A file whose experiment stands in the list.
#[derive(Debug, PartialEq)]
struct Listed {
    file: File,
    /// Whether its id, or one of a wording's, had to become another.
    renamed: bool,
}

/// The file with the experiment of the old form as the last one of its list; none if there is none, or it is no
/// experiment. What of it is unknown stays.
fn listed(file: &File) -> Option<Listed> {
    let mut single = file.value(&path(["experiment"]))?.as_object()?.clone();
    let Some(Value::Object(variants)) = single.shift_remove("variants") else { return None };
    let name = single.shift_remove("name")?.as_str()?.to_owned();
    if !matches!(file.value(&place()), None | Some(Value::Array(_))) {
        return None;
    }
    let count = file.count(&place());
    let others = (0..count).map(|at| file.text(&[place(), vec![item(at), "id".into()]].concat())).collect();
    let id = plain(&name, &others);
    let mut renamed = id != name;
    let mut taken = BTreeSet::new();
    let mut list = Vec::new();
    for (name, wording) in variants {
        let id = plain(&name, &taken);
        renamed |= id != name;
        let is_empty = wording.as_object().is_some_and(Map::is_empty);
        list.push(if is_empty { json!({ "id": id }) } else { json!({ "id": id, "wording": wording }) });
        taken.insert(id);
    }
    let mut new = Map::new();
    new.insert("id".into(), id.into());
    new.insert("variants".into(), list.into());
    new.extend(single);
    let mut file = file.clone();
    file.set(&path(["experiment"]), None);
    file.set(&[place(), vec![item(count)]].concat(), Some(new.into()));
    Some(Listed { file, renamed })
}

/// A name as an id that none of the others has: the same where it can be one.
fn plain(name: &str, others: &BTreeSet<String>) -> String {
    let fits = |id: &String| is_id(id) && !others.contains(id);
    if fits(&name.to_owned()) {
        return name.to_owned();
    }
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-');
    // Room for a number behind it.
    let id: String = name.chars().map(|it| if known(it) { it } else { '-' }).take(TAG_MAX - 4).collect();
    let id = if id.is_empty() { "titles".to_owned() } else { id };
    let mut ids = std::iter::once(id.clone()).chain((2..).map(|number| format!("{id}-{number}")));
    ids.find(fits).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(json: &str) -> Option<(Value, bool)> {
        let Listed { file, renamed } = listed(&File::read(json).unwrap())?;
        Some((serde_json::from_str(&file.json()).unwrap(), renamed))
    }

    #[test]
    fn it_keeps_its_names_its_words_and_what_is_unknown() {
        let json = r#"{ "reader": { "person": "Dana" }, "experiments": [{ "id": "a" }], "experiment": {
            "name": "titles", "variants": { "as-ever": {}, "short": { "en": { "title": "Well?" } } }, "owner": "Kim" } }"#;
        let list = json!([{ "id": "a" }, {
            "id": "titles",
            "variants": [{ "id": "as-ever" }, { "id": "short", "wording": { "en": { "title": "Well?" } } }],
            "owner": "Kim",
        }]);
        let expected = json!({ "reader": { "person": "Dana" }, "experiments": list });
        assert_eq!(turned(json), Some((expected, false)));
    }

    #[test]
    fn what_is_no_id_becomes_one_of_its_own() {
        let json = r#"{ "experiments": [{ "id": "Titel-2" }, { "id": "Titel" }], "experiment": {
            "name": "Titel", "variants": { "as ever": {}, "as-ever": {}, "größer": {} } } }"#;
        let (file, renamed) = turned(json).unwrap();
        assert!(renamed);
        let new = &file["experiments"][2];
        assert_eq!(new["id"], "Titel-3");
        assert_eq!(new["variants"], json!([{ "id": "as-ever" }, { "id": "as-ever-2" }, { "id": "gr--er" }]));
        let long = format!(r#"{{ "experiment": {{ "name": "{}", "variants": {{}} }} }}"#, "ü".repeat(64));
        let (file, _) = turned(&long).unwrap();
        assert!(is_id(file["experiments"][0]["id"].as_str().unwrap()), "{file}");
    }

    #[test]
    fn what_is_no_experiment_stays() {
        for json in [
            "{}",
            r#"{ "experiment": 5 }"#,
            r#"{ "experiment": { "name": "a", "variants": [] } }"#,
            r#"{ "experiment": { "variants": {} } }"#,
            r#"{ "experiments": {}, "experiment": { "name": "a", "variants": {} } }"#,
        ] {
            assert_eq!(turned(json), None, "{json}");
        }
    }
}

//! The variants of the file's experiments, and which one is shown.

use leptos::{ev, prelude::*};
use serde_json::Value;

use crate::{
    editor::{item, place},
    file::{File, Path, path},
    state::Studio,
};

/// A variant, and where its sentences stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The experiment's id.
    pub experiment: String,
    /// Its own id.
    pub id: String,
    /// Where its sentences stand.
    pub wording: Path,
}

impl Variant {
    /// How it is named in the preview: `experiment:variant`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.experiment, self.id)
    }
}

/// All variants of a file, also of an experiment in the old form.
pub fn all(file: &File) -> Vec<Variant> {
    let mut found = Vec::new();
    for at in 0..file.count(&place()) {
        let experiment = [place(), vec![item(at)]].concat();
        let variants = [experiment.as_slice(), &["variants".into()]].concat();
        for of in 0..file.count(&variants) {
            let variant = [variants.as_slice(), &[item(of)]].concat();
            let text = |of: &Path| file.text(&[of.as_slice(), &["id".into()]].concat());
            let (experiment, id) = (text(&experiment), text(&variant));
            found.push(Variant { experiment, id, wording: [variant.as_slice(), &["wording".into()]].concat() });
        }
    }
    let single = path(["experiment", "variants"]);
    for id in file.keys(&single) {
        let wording = [single.as_slice(), std::slice::from_ref(&id)].concat();
        found.push(Variant { experiment: file.text(&path(["experiment", "name"])), id, wording });
    }
    found
}

/// The file as a visitor reads it to whom a variant has fallen: its sentences over the site's own, and no experiment.
/// Nothing is counted.
pub fn told(file: &File, variant: Option<&str>) -> File {
    let mut told = file.clone();
    for member in ["experiments", "experiment", "counts", "remember"] {
        told.set(&path([member]), None);
    }
    let Some(variant) = all(file).into_iter().find(|it| Some(it.name().as_str()) == variant) else { return told };
    for locale in file.keys(&variant.wording) {
        let texts = [variant.wording.as_slice(), std::slice::from_ref(&locale)].concat();
        for key in file.keys(&texts) {
            let text = file.text(&[texts.as_slice(), std::slice::from_ref(&key)].concat());
            told.set(&path(["wording", &locale, &key]), Some(Value::String(text)));
        }
    }
    told
}

/// Which variant stands on one side.
#[component]
pub fn Side(
    /// Its name; none is what the site says anyway.
    side: RwSignal<Option<String>>,
) -> impl IntoView {
    let studio = Studio::here();
    let variants = Memo::new(move |_| studio.file.with(all));
    let choose = move |event: ev::Event| side.set(Some(event_target_value(&event)).filter(|name| !name.is_empty()));
    let option = move |variant: Variant| {
        let name = variant.name();
        let selected = {
            let name = name.clone();
            move || side.get().as_deref() == Some(&name)
        };
        view! { <option value=name selected=selected>{format!("{}: {}", variant.experiment, variant.id)}</option> }
    };
    view! {
        <label class="switch" hidden=move || variants.with(Vec::is_empty)>
            "Wording "
            <select on:change=choose>
                <option value="" selected=move || side.get().is_none()>"Without an experiment"</option>
                {move || variants.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
        "wording": { "en": { "title": "Ours?", "more": "More" } },
        "experiments": [{ "id": "t", "variants": [{ "id": "a" }, { "id": "b", "wording": { "en": { "title": "Theirs?" } } }] }],
        "experiment": { "name": "old", "variants": { "x y": { "de": { "title": "Na?" } } } },
        "counts": "/v1/counts", "remember": true
    }"#;

    #[test]
    fn a_variant_stands_over_the_sites_words() {
        let file = File::read(FILE).unwrap();
        let names: Vec<_> = all(&file).iter().map(Variant::name).collect();
        assert_eq!(names, ["t:a", "t:b", "old:x y"]);
        let title = |name: Option<&str>, locale: &str| told(&file, name).text(&path(["wording", locale, "title"]));
        assert_eq!(title(None, "en"), "Ours?");
        assert_eq!(title(Some("t:a"), "en"), "Ours?");
        assert_eq!(title(Some("t:b"), "en"), "Theirs?");
        assert_eq!(title(Some("old:x y"), "de"), "Na?");
        assert_eq!(title(Some("gone:b"), "en"), "Ours?");
    }

    #[test]
    fn nothing_is_counted_and_nobody_takes_part() {
        let told = told(&File::read(FILE).unwrap(), Some("t:b"));
        let expected = r#"{ "wording": { "en": { "title": "Theirs?", "more": "More" } } }"#;
        assert_eq!(told, File::read(expected).unwrap());
    }
}

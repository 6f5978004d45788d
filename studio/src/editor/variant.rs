//! One of the wordings of an experiment.

use leptos::{ev, html, prelude::*};
use say_so::wording::english;
use serde_json::Value;

use super::experiments::{item, place};
use crate::{
    checks::{Findings, is_wrong},
    field::{Field, id},
    file::Path,
    state::Studio,
    words,
};

/// A wording, with a field for each sentence that is tried.
#[component]
pub fn Variant(
    /// Of which experiment, from 0.
    at: usize,
    /// Which wording of it, from 0.
    of: usize,
    /// The keys of the sentences.
    keys: Vec<String>,
    /// Whether it can be taken out.
    removable: bool,
) -> impl IntoView {
    let studio = Studio::here();
    let variants = [place(), vec![item(at), "variants".into()]].concat();
    let here = [variants.as_slice(), &[item(of)]].concat();
    let member = |name: &str| [here.as_slice(), &[name.to_owned()]].concat();
    let wording = member("wording");
    let id = id(&here);
    let sentences = move || {
        let locale = studio.locale.get();
        let sentence = |key: &String| {
            let place = [wording.as_slice(), &[locale.clone(), key.clone()]].concat();
            let holds = words::holds(english(key));
            let hint = if holds.is_empty() { String::new() } else { format!("It has to hold {holds}.") };
            let ever = {
                let (locale, key) = (locale.clone(), key.clone());
                Signal::derive(move || {
                    let own = studio.file.with(|file| file.text(&Studio::sentence(&locale, &key)));
                    if own.is_empty() { studio.catalogs.text(&locale, &key) } else { own }
                })
            };
            view! { <Field path=place label=words::what(key) hint placeholder=ever lang=locale.clone() lines=true /> }
        };
        keys.iter().map(sentence).collect_view()
    };
    let remove = move |_| studio.file.update(|file| file.remove(&variants, of));
    let letter = char::from(b'A' + u8::try_from(of).unwrap_or_default().min(25));
    view! {
        <fieldset class="variant">
            <legend>{format!("Wording {letter}")}</legend>
            <Field path=member("id") label="Its name" />
            {sentences}
            <Weight path=member("weight") id />
            <Findings path=here.clone() id=format!("{}-findings", crate::field::id(&here)) />
            {removable.then(|| view! { <button type="button" class="quiet" on:click=remove>"Take this wording out"</button> })}
        </fieldset>
    }
}

/// How often a wording is drawn beside the others.
#[component]
fn Weight(
    /// The place in the file.
    path: Path,
    /// What its id begins with.
    id: String,
) -> impl IntoView {
    let studio = Studio::here();
    let (id, findings) = (format!("{id}-weight"), format!("{id}-weight-findings"));
    let (field, focused) = (NodeRef::<html::Input>::new(), RwSignal::new(false));
    Effect::new({
        let path = path.clone();
        move |_| {
            let text = studio.file.with(|file| file.value(&path).map(shown).unwrap_or_default());
            // While it is typed in, writing would move the caret.
            if !focused.get()
                && let Some(field) = field.get()
            {
                field.set_value(&text);
            }
        }
    });
    let write = {
        let path = path.clone();
        move |event: ev::Event| {
            let text = event_target_value(&event);
            // What is no whole number is kept as it is written, for the check to say so.
            let value = text.parse::<u32>().map_or_else(|_| Value::String(text.clone()), Value::from);
            studio.set(&path, (!text.is_empty()).then_some(value));
        }
    };
    let wrong = {
        let path = path.clone();
        move || is_wrong(studio, &path).to_string()
    };
    view! {
        <div class="field field--short">
            <label for=id.clone()>"How often, beside the others"</label>
            <input id=id type="number" min="0" max="1000" step="1" placeholder="1" node_ref=field on:focus=move |_| focused.set(true) on:blur=move |_| focused.set(false) on:input=write aria-invalid=wrong aria-describedby=findings.clone() />
            <Findings path id=findings />
        </div>
    }
}

/// How a value stands in a field: a text without its quotes.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_in_its_field_without_quotes() {
        assert_eq!(shown(&Value::from("1.5")), "1.5");
        assert_eq!(shown(&Value::from(3)), "3");
    }
}

//! One experiment: its name, when it runs, and its wordings side by side.

use leptos::{ev, prelude::*};
use serde_json::json;

use super::{
    experiments::{free_id, item, place},
    variant::Variant,
};
use crate::{
    checks::Findings,
    field::{Field, id},
    file::{File, Path},
    state::Studio,
    words,
};

/// The sentences that are tried: those that any variant has, in any language.
fn tried(file: &File, variants: &Path) -> Vec<String> {
    let mut keys = Vec::new();
    for at in 0..file.count(variants) {
        let wording = [variants.as_slice(), &[item(at), "wording".into()]].concat();
        for locale in file.keys(&wording) {
            keys.extend(file.keys(&[wording.as_slice(), &[locale]].concat()));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// An experiment.
#[component]
pub fn Experiment(
    /// Which one, from 0.
    at: usize,
) -> impl IntoView {
    let studio = Studio::here();
    let here = [place(), vec![item(at)]].concat();
    let member = |name: &str| [here.as_slice(), &[name.to_owned()]].concat();
    let variants = member("variants");
    let id = id(&here);
    let name = studio.text(member("id"));
    // A sentence that was chosen is there before anything is written in it.
    let first = studio.file.with_untracked(|file| tried(file, &variants));
    let chosen = RwSignal::new(if first.is_empty() { vec!["title".to_owned()] } else { first });
    let count = {
        let variants = variants.clone();
        Memo::new(move |_| studio.file.with(|file| file.count(&variants)))
    };
    let add = {
        let variants = variants.clone();
        move |_: ev::MouseEvent| {
            studio.file.update(|file| {
                let id = free_id(file, &variants, "new");
                let at = file.count(&variants);
                file.set(&[variants.as_slice(), &[item(at)]].concat(), Some(json!({ "id": id })));
            })
        }
    };
    let remove = move |_| {
        studio.file.update(|file| file.remove(&place(), at));
        studio.said.set("The experiment is taken out.".into());
    };
    let full = move || count.get() >= 20;
    let columns = move || {
        let keys = chosen.get();
        let removable = count.get() > 2;
        let variant = |of: usize| view! { <Variant at of keys=keys.clone() removable /> };
        (0..count.get()).map(variant).collect_view()
    };
    view! {
        <section class="experiment" aria-labelledby=format!("{id}-title")>
            <h3 id=format!("{id}-title")>"Experiment “" {name} "”"</h3>
            <div class="triple">
                <Field path=member("id") label="Its name" hint="Letters, digits, _ . and -" />
                <Moment path=member("start") label="It begins" />
                <Moment path=member("end") label="It ends" />
            </div>
            <Findings path=here.clone() id=format!("{id}-findings") />
            <Findings path=variants id=format!("{id}-variants-findings") />
            <Choice id=id.clone() chosen />
            <div class="variants">{columns}</div>
            <p class="row">
                <button type="button" class="plain" data-do="add-variant" hidden=full on:click=add>"Add a wording"</button>
                <button type="button" class="quiet" data-do="remove-experiment" on:click=remove>"Take the experiment out"</button>
            </p>
        </section>
    }
}

/// A day; what is written more exactly in the file stays a text.
#[component]
fn Moment(
    /// The place in the file.
    path: Path,
    /// What it is.
    label: &'static str,
) -> impl IntoView {
    let studio = Studio::here();
    let exact = studio.file.with_untracked(|file| file.text(&path).len() > 10);
    if exact {
        view! { <Field path label hint="A day or an instant, in UTC" /> }
    } else {
        view! { <Field path label hint="At midnight, UTC" kind="date" /> }
    }
}

/// Which sentences are tried.
#[component]
fn Choice(
    /// What the ids in here begin with.
    id: String,
    /// The keys.
    chosen: RwSignal<Vec<String>>,
) -> impl IntoView {
    let add = move |event: ev::Event| {
        let key = event_target_value(&event);
        if !key.is_empty() {
            chosen.update(|keys| {
                if !keys.contains(&key) {
                    keys.push(key)
                }
            });
        }
    };
    let option = |key: &'static str| view! { <option value=key>{words::what(key)}</option> };
    let all = move || {
        let keys = chosen.get();
        let free = |key: &&str| !keys.iter().any(|known| known == key);
        words::described().filter(free).map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=format!("{id}-choice")>"Try another sentence too"</label>
            <select id=format!("{id}-choice") on:change=add>
                <option value="">"Choose a sentence"</option>
                {all}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sentences_that_are_tried_are_found() {
        let json = r#"{"experiments":[{"variants":[{},{"wording":{"en":{"title":"a"},"de":{"more":"b"}}},{"wording":{"en":{"title":"c"}}}]}]}"#;
        let file = File::read(json).unwrap();
        assert_eq!(tried(&file, &[place(), vec![item(0), "variants".into()]].concat()), ["more", "title"]);
    }
}

//! Wordings that are tried out against each other: a list of experiments, and how they are counted.

use leptos::{ev, prelude::*};
use serde_json::{Value, json};

use super::{experiment::Experiment, single::Single};
use crate::{
    checks::Findings,
    field::Field,
    file::{File, Path, path},
    state::Studio,
};

/// How an item stands in a path.
pub fn item(at: usize) -> String {
    format!("[{at}]")
}

/// Where the experiments stand.
pub fn place() -> Path {
    path(["experiments"])
}

/// The first id of that name that no item of a list has: `titles`, `titles-2`.
pub fn free_id(file: &File, list: &Path, name: &str) -> String {
    let taken: Vec<_> =
        (0..file.count(list)).map(|at| file.text(&[list.as_slice(), &[item(at), "id".into()]].concat())).collect();
    let mut ids = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}-{number}")));
    ids.find(|id| !taken.contains(id)).unwrap_or_default()
}

/// The fourth step.
#[component]
pub fn Experiments() -> impl IntoView {
    let studio = Studio::here();
    let count = Memo::new(move |_| studio.file.with(|file| file.count(&place())));
    let add = move |_| {
        studio.file.update(|file| {
            let id = free_id(file, &place(), "titles");
            let at = file.count(&place());
            let new = json!({ "id": id, "variants": [{ "id": "as-ever" }, { "id": "new" }] });
            file.set(&[place(), vec![item(at)]].concat(), Some(new));
        });
        studio.said.set("There is a new experiment, with two wordings.".into());
    };
    view! {
        <p class="lead">
            "Which words bring more answers? Write a sentence in two ways. Each opening of the panel reads one of them, drawn by chance, and the report says when the difference is real."
        </p>
        <Single />
        {move || (0..count.get()).map(|at| view! { <Experiment at /> }).collect_view()}
        <Findings path=place() id="experiments-findings".into() />
        <p><button type="button" class="plain" data-do="add-experiment" on:click=add>
            {move || if count.get() == 0 { "Try two wordings" } else { "Add another experiment" }}
        </button></p>
        <div hidden=move || count.get() == 0>
            <h3>"How it is counted"</h3>
            <Field path=path(["counts"]) label="Where the steps are counted" hint="The address of your collector’s /v1/counts. Without it, only the messages that arrive are counted: there is no rate then, and no result." />
            <Remember />
        </div>
    }
}

/// Whether somebody who comes back reads the same words.
#[component]
fn Remember() -> impl IntoView {
    let studio = Studio::here();
    let checked = move || studio.file.with(|file| file.value(&path(["remember"])) == Some(&Value::Bool(true)));
    let write = move |event: ev::Event| {
        studio.set(&path(["remember"]), event_target_checked(&event).then_some(Value::Bool(true)));
    };
    view! {
        <div class="check">
            <input type="checkbox" id="remember" prop:checked=checked on:change=write aria-describedby="remember-hint" />
            <div>
                <label for="remember">"Who comes back reads the same words"</label>
                <p class="hint" id="remember-hint">"For that a random id is kept in the visitor’s browser, which may need their consent. Left out, nothing is kept."</p>
                <Findings path=path(["remember"]) id="remember-findings".into() />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_experiment_has_an_id_of_its_own() {
        let mut file = File::default();
        assert_eq!(free_id(&file, &place(), "titles"), "titles");
        for id in ["titles", "titles-2"] {
            let at = file.count(&place());
            file.set(&[place(), vec![item(at)]].concat(), Some(json!({ "id": id })));
        }
        assert_eq!(free_id(&file, &place(), "titles"), "titles-3");
    }
}

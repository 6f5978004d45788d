//! A field that edits a text of the file: its label, a hint, and what is found in it.

use leptos::{ev, prelude::*};

use crate::{
    checks::{Findings, is_wrong},
    file::Path,
    state::Studio,
};

/// The id of what edits a place.
pub fn id(path: &Path) -> String {
    let name: String = path.join("-");
    name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect()
}

/// A line, or a box of lines, of text.
#[component]
pub fn Field(
    /// The place in the file.
    path: Path,
    /// What it is, in plain words.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to fill it in; nothing is shown for an empty one.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What holds if nothing is written.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// The language of the text, if it is one for visitors.
    #[prop(optional, into)]
    lang: Signal<String>,
    /// Whether it has room for several lines.
    #[prop(optional)]
    lines: bool,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// The id of the list that it offers.
    #[prop(optional)]
    list: &'static str,
) -> impl IntoView {
    let studio = Studio::here();
    let id = id(&path);
    let (hint_id, findings) = (format!("{id}-hint"), format!("{id}-findings"));
    let described = format!("{hint_id} {findings}");
    let text = studio.text(path.clone());
    let name = path.join(".");
    let wrong = {
        let path = path.clone();
        move || is_wrong(studio, &path).to_string()
    };
    let write = {
        let path = path.clone();
        move |event: ev::Event| studio.write(&path, event_target_value(&event))
    };
    let spoken = move || Some(lang.get()).filter(|lang| !lang.is_empty());
    let own_direction = move || spoken().map(|lang| crate::catalogs::direction(&lang));
    let input = if lines {
        view! {
            <textarea id=id.clone() rows="2" lang=spoken dir=own_direction placeholder=placeholder prop:value=text aria-describedby=described aria-invalid=wrong on:input=write></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() type=kind list=(!list.is_empty()).then_some(list) lang=spoken dir=own_direction placeholder=placeholder prop:value=text aria-describedby=described aria-invalid=wrong on:input=write />
        }
        .into_any()
    };
    view! {
        <div class="field" data-path=name>
            <label for=id>{label}</label>
            <p class="hint" id=hint_id hidden=move || hint.with(String::is_empty)>{hint}</p>
            {input}
            <Findings path id=findings />
        </div>
    }
}

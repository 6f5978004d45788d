//! The way in: a file that is there already, chosen or pasted.

use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use crate::{file::Unreadable, state::Studio};

/// Takes a file, or says where it can't be read. Until it is read, nothing of the work changes.
#[component]
pub fn Import() -> impl IntoView {
    let studio = Studio::here();
    let wrong = RwSignal::new(String::new());
    let pasted = NodeRef::<html::Textarea>::new();
    let take = move |json: &str| match studio.import(json) {
        Ok(()) => {
            wrong.set(String::new());
            if let Some(pasted) = pasted.get_untracked() {
                pasted.set_value("");
            }
        }
        Err(Unreadable { line, column, why }) => {
            wrong.set(format!("This can’t be read: line {line}, column {column}. {why} Your work here is as it was."));
        }
    };
    let choose = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // So that the same file can be chosen again.
        input.set_value("");
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            take(&text.unwrap_or_default());
        });
    };
    let paste = move |_| take(&pasted.get_untracked().map(|pasted| pasted.value()).unwrap_or_default());
    view! {
        <details class="fold" id="import">
            <summary>"Do you have a say-so.json already?"</summary>
            <div class="field">
                <label for="import-file">"Choose the file"</label>
                <input id="import-file" type="file" accept=".json,application/json" on:change=choose aria-describedby="import-wrong" />
            </div>
            <div class="field">
                <label for="import-text">"Or paste its text"</label>
                <textarea id="import-text" class="code" rows="4" spellcheck="false" dir="ltr" node_ref=pasted aria-describedby="import-wrong"></textarea>
            </div>
            <p class="finding finding--error" id="import-wrong" role="alert" hidden=move || wrong.with(String::is_empty)>{wrong}</p>
            <button type="button" class="plain" data-do="import" on:click=paste>"Read it in"</button>
        </details>
    }
}

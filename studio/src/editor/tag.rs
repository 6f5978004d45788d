//! The tag that a web team pastes.

use leptos::{ev, prelude::*};
use say_so::config::SETTINGS;

use crate::{outgoing::Copy, storage};

/// The names under which the tag's addresses are kept.
pub const KEPT: [&str; 3] = ["source", "endpoint", "config"];

/// Where the files stand, until somebody says otherwise.
const EXAMPLES: [&str; 3] =
    ["https://feedback.example/embed.js", "https://feedback.example/v1/feedback", "/say-so.json"];

/// The addresses, and the tag with them.
#[component]
pub fn Tag() -> impl IntoView {
    let [source, endpoint, config] = KEPT.map(|name| RwSignal::new(storage::text(name).unwrap_or_default()));
    let launcher = RwSignal::new(String::new());
    let said = move |signal: RwSignal<String>, example: &str| {
        Some(signal.get()).filter(|it| !it.is_empty()).unwrap_or_else(|| example.into())
    };
    let tag = Signal::derive(move || {
        let [source, endpoint, config] = [(source, EXAMPLES[0]), (endpoint, EXAMPLES[1]), (config, EXAMPLES[2])]
            .map(|(signal, example)| escaped(&said(signal, example)));
        let launcher = launcher.get();
        let launcher = if launcher.is_empty() { String::new() } else { format!(" data-launcher=\"{launcher}\"") };
        format!(
            "<script async crossorigin src=\"{source}\"\n        data-endpoint=\"{endpoint}\"\n        data-config=\"{config}\"{launcher}></script>"
        )
    });
    let address = |signal: RwSignal<String>, name: &'static str, label: &'static str, example: &'static str| {
        let write = move |event: ev::Event| {
            signal.set(event_target_value(&event).trim().to_owned());
            storage::keep_text(name, &signal.get_untracked());
        };
        view! {
            <div class="field">
                <label for=format!("tag-{name}")>{label}</label>
                <input id=format!("tag-{name}") type="text" inputmode="url" dir="ltr" placeholder=example prop:value=signal on:input=write />
            </div>
        }
    };
    let doc = SETTINGS.iter().find(|setting| setting.name == "launcher").map(|setting| setting.doc).unwrap_or_default();
    view! {
        {address(source, KEPT[0], "Where embed.js stands", EXAMPLES[0])}
        {address(endpoint, KEPT[1], "Where feedback is posted", EXAMPLES[1])}
        {address(config, KEPT[2], "Where your file stands", EXAMPLES[2])}
        <div class="field">
            <label for="tag-launcher">"How the panel opens"</label>
            <p class="hint" id="tag-launcher-hint">{doc.replace('`', "")}</p>
            <select id="tag-launcher" aria-describedby="tag-launcher-hint" on:change=move |event: ev::Event| launcher.set(event_target_value(&event))>
                <option value="">"A button in the corner"</option>
                <option value="inline">"In the page, where the tag stands"</option>
                <option value="none">"By elements of your own"</option>
            </select>
        </div>
        <pre class="code" tabindex="0" id="tag" aria-label="The tag">{tag}</pre>
        <p class="row"><Copy label="Copy the tag" text=tag name="copy-tag" /></p>
    }
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

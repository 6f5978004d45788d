//! The sentences: a language, and in it those of the first screen and of each kind.

use leptos::{ev, prelude::*};
use say_so::{feedback::Kind, wording::english};

use crate::{
    catalogs::LANGUAGES,
    field::Field,
    file::path,
    state::Studio,
    words::{self, Sentence},
};

/// The third step.
#[component]
pub fn Words() -> impl IntoView {
    let studio = Studio::here();
    let first = |kind: Option<Kind>| kind.map_or("First screen", words::kind_name);
    let tab = move |kind: Option<Kind>| {
        view! {
            <button type="button" class="tab" data-kind=kind.map_or("first", Kind::name) aria-pressed=move || (studio.kind.get() == kind).to_string() on:click=move |_| studio.kind.set(kind)>
                {first(kind)}
            </button>
        }
    };
    let sentences = move || {
        let list: &[Sentence] = studio.kind.get().map_or(&words::FIRST, words::of);
        let locale = studio.locale.get();
        list.iter().map(|(key, what)| sentence(&locale, key, (*what).to_owned())).collect_view()
    };
    let answer = move || {
        let locale = studio.locale.get();
        words::ANSWER.iter().map(|(key, what)| sentence(&locale, key, (*what).to_owned())).collect_view()
    };
    view! {
        <p class="lead">"Every sentence has good words already. Change those that should sound like you; leave the others empty."</p>
        <div class="field">
            <label for="locale">"Language"</label>
            <select id="locale" on:change=move |event: ev::Event| studio.locale.set(event_target_value(&event))>
                {LANGUAGES.map(|(tag, name)| view! {
                    <option value=tag lang=tag selected=move || studio.locale.get() == tag>{name}</option>
                })}
            </select>
        </div>
        <div class="tabs" role="group" aria-label="Whose sentences">
            {tab(None)} {Kind::ALL.map(|kind| tab(Some(kind)))}
        </div>
        {sentences}
        <details class="fold">
            <summary>"What is said of an answer"</summary>
            {answer}
        </details>
        <Others />
    }
}

/// A sentence's field.
fn sentence(locale: &str, key: &str, what: String) -> impl IntoView + use<> {
    let studio = Studio::here();
    let (locale, key) = (locale.to_owned(), key.to_owned());
    let holds = words::holds(english(&key));
    let hint = if holds.is_empty() { String::new() } else { format!("It has to hold {holds}.") };
    let ours = {
        let (locale, key) = (locale.clone(), key.clone());
        Signal::derive(move || studio.catalogs.text(&locale, &key))
    };
    view! { <Field path=path(["wording", &locale, &key]) label=what hint placeholder=ours lang=locale lines=true /> }
}

/// All other sentences, of which a search shows a few.
#[component]
fn Others() -> impl IntoView {
    let studio = Studio::here();
    let sought = RwSignal::new(String::new());
    let found = move || {
        let (sought, locale) = (sought.get().to_lowercase(), studio.locale.get());
        let own = studio.file.with_untracked(|file| file.keys(&path(["wording", &locale])));
        let fits = |key: &&str| {
            if sought.is_empty() {
                return own.iter().any(|known| known == key);
            }
            key.contains(&sought) || studio.catalogs.text(&locale, key).to_lowercase().contains(&sought)
        };
        words::others().filter(fits).take(12).map(|key| sentence(&locale, key, key.to_owned())).collect_view()
    };
    view! {
        <details class="fold">
            <summary>"All other sentences"</summary>
            <div class="field">
                <label for="sought">"Search, such as “delete” or “error”"</label>
                <input id="sought" type="search" on:input=move |event: ev::Event| sought.set(event_target_value(&event)) />
            </div>
            {found}
        </details>
    }
}

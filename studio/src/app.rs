//! The page: the way on top, the editor, and beside it what visitors see.

use leptos::{ev, prelude::*};

use crate::{
    file::File,
    preview::Preview,
    state::Studio,
    steps::{Current, Way},
    storage,
};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let studio = Studio::new();
    provide_context(studio);
    let pasted = window_event_listener(ev::hashchange, move |_| studio.follow_link());
    on_cleanup(move || pasted.remove());
    let kept = RwSignal::new(true);
    Effect::new(move |_| kept.set(studio.file.with(storage::keep)));
    Effect::new(move |_| studio.before.with(|before| storage::keep_before(before.as_ref())));
    let has_before = move || studio.before.with(Option::is_some);
    view! {
        <header class="top">
            <a class="skip" href="#step">
                "Skip to the editor"
            </a>
            <h1><Mark /> "Say-so" <span class="top__what">"studio"</span></h1>
            <p class="top__kept">
                {move || if kept.get() {
                    "Kept in this browser only. Nothing is uploaded."
                } else {
                    "This browser keeps nothing: download your file before you leave."
                }}
            </p>
            <StartOver />
        </header>
        <Way />
        <div class="said" role="status">
            <p hidden=move || studio.said.with(String::is_empty)>{studio.said}</p>
            <p hidden=move || !has_before()>
                <button type="button" class="quiet" data-do="go-back" on:click=move |_| studio.go_back()>
                    "Go back to the file from before"
                </button>
            </p>
        </div>
        <main class="rooms">
            <div class="editor"><Current /></div>
            <Preview />
        </main>
    }
}

/// Deletes what is kept, after asking.
#[component]
fn StartOver() -> impl IntoView {
    let studio = Studio::here();
    let asked = RwSignal::new(false);
    let clear = move |_| {
        studio.file.set(File::default());
        studio.before.set(None);
        storage::clear();
        studio.said.set("All is empty, and nothing is kept in this browser.".into());
        asked.set(false);
    };
    let empty = move || studio.file.with(File::is_empty) && studio.before.with(Option::is_none);
    view! {
        <div class="top__over" hidden=empty>
            <button type="button" class="quiet" data-do="over" hidden=asked on:click=move |_| asked.set(true)>
                "Start over"
            </button>
            <span hidden=move || !asked.get()>
                "Empty everything? "
                <button type="button" class="quiet" data-do="over-yes" on:click=clear>"Yes, empty it"</button>
                <button type="button" class="quiet" on:click=move |_| asked.set(false)>"No"</button>
            </span>
        </div>
    }
}

/// The sign of Say-so: words that somebody has heard.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" class="mark">
            <path d="M4 5h16v11H12l-5 4v-4H4z" />
            <path d="M8.5 10.5l2.5 2.5 4.5-5" />
        </svg>
    }
}

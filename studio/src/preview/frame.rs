//! A page of its own with the real widget on it, which says what the file says.

use gloo_timers::callback::Timeout;
use leptos::{html, prelude::*};
use serde::Serialize;
use serde_wasm_bindgen::to_value;
use wasm_bindgen::JsValue;
use web_sys::MessageEvent;

use super::{look::Look, variants::told};
use crate::state::Studio;

/// How long nothing is typed before the page is made anew, in milliseconds.
const PAUSE: u32 = 350;

/// What the page is made of: preview.js reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Made {
    /// The file's text.
    file: String,
    /// The language.
    lang: String,
    /// `light` or `dark`.
    theme: &'static str,
    /// The kind that is chosen when it opens; empty if none is.
    kind: &'static str,
    /// What becomes of what is sent.
    answer: &'static str,
}

/// The page, in a frame. It asks for what it is made of when it has loaded, and loads anew when that has changed.
#[component]
pub fn Frame(
    /// The variant that is shown.
    side: RwSignal<Option<String>>,
    /// What the frame is called.
    title: &'static str,
) -> impl IntoView {
    let (studio, look) = (Studio::here(), Look::here());
    let frame = NodeRef::<html::Iframe>::new();
    let made = Memo::new(move |_| Made {
        file: studio.file.with(|file| told(file, side.get().as_deref()).json()),
        lang: studio.locale.get(),
        theme: if look.dark.get() { "dark" } else { "light" },
        kind: studio.kind.get().map_or("", say_so::feedback::Kind::name),
        answer: look.answer.get(),
    });
    let page = move || frame.get_untracked().and_then(|frame| frame.content_window());
    // What the page was made of last; none before it has asked.
    let given = StoredValue::new(None::<Made>);
    let listener = window_event_listener(leptos::ev::message, move |event: MessageEvent| {
        let now = made.get_untracked();
        let (Some(page), Ok(message)) = (page(), to_value(&now)) else { return };
        let is_its = event.source().is_some_and(|source| JsValue::from(source) == JsValue::from(page.clone()));
        if is_its && event.data() == "ready" {
            let _ = page.post_message(&message, &window().location().origin().unwrap_or_default());
            given.set_value(Some(now));
        }
    });
    on_cleanup(move || listener.remove());
    let pause = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        made.track();
        pause.set_value(Some(Timeout::new(PAUSE, move || {
            let is_other = given.with_value(|given| given.as_ref().is_some_and(|given| *given != made.get_untracked()));
            if let (true, Some(page)) = (is_other, page()) {
                let _ = page.location().reload();
            }
        })));
    });
    view! { <iframe class="frame" node_ref=frame src="studio/preview.html" title=title></iframe> }
}

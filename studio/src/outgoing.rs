//! The ways out: a download, and the clipboard.

use js_sys::Array;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::state::Studio;

/// Has the browser save a text under that name.
pub fn download(name: &str, text: &str) {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// A button that copies a text, and says whether that worked.
#[component]
pub fn Copy(
    /// What it says.
    label: &'static str,
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// Its name in the page.
    name: &'static str,
) -> impl IntoView {
    let studio = Studio::here();
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            // Without a secure context there is no clipboard.
            let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or_default();
            let copied = match clipboard.dyn_into::<web_sys::Clipboard>() {
                Ok(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
                Err(_) => false,
            };
            let said = if copied {
                "Copied."
            } else {
                "This browser doesn’t let a page copy: select the text and press Ctrl+C or ⌘C."
            };
            studio.said.try_set(said.into());
        });
    };
    view! { <button type="button" class="plain" data-do=name on:click=copy>{label}</button> }
}

//! Say-so: a feedback widget for any website.
//!
//! Without features this is what the widget and the collector share: what travels
//! ([`feedback`]), what a visitor writes ([`draft`]), until when they are promised a reply
//! ([`promise`]) and what a web team sets ([`config`]).
//! Feature `csr` adds the panel as it runs in a browser, `ssr` the same panel rendered natively.

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("`csr` and `ssr` exclude each other: together they panic at the first effect");

#[cfg(feature = "csr")]
mod browser;
pub mod config;
pub mod draft;
pub mod feedback;
#[cfg(feature = "panel")]
pub mod panel;
pub mod promise;
pub mod revisions;
pub mod wording;

/// Puts the panel into `root`, in the state that the shell hands over, and answers
/// with warnings for the web team. Called by shell.js of the same version.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn mount(
    root: web_sys::HtmlElement,
    context: &wasm_bindgen::JsValue,
    carried: &wasm_bindgen::JsValue,
    post: js_sys::Function,
) -> Vec<String> {
    // Only where it is looked for: the release has no words for a panic.
    #[cfg(feature = "diagnostic")]
    console_error_panic_hook::set_once();
    browser::mount(root, context, carried, post)
}

/// Does one of four parts of what [`mount`] does where nobody sees it, so that the browser has compiled
/// it by then. Called by shell.js.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn rehearse(context: &wasm_bindgen::JsValue, part: u8) {
    browser::rehearse(context, part);
}

/// Goes back from the confirmation to the words that were sent. Called by shell.js.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn reopen() {
    browser::reopen();
}

/// Lets go of the panel. Called by shell.js, which takes its elements off the page.
#[cfg(feature = "csr")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn unmount() {
    browser::unmount();
}

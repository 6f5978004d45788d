//! What the web team is told, on the console.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn error_of_five(name: &str, address: &str, failure: &str, status: &JsValue, detail: &JsValue, hint: &str);
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn warn_of(text: &str);
}

/// Tells of a post that failed.
pub fn error(address: &str, failure: &str, status: &JsValue, detail: &JsValue, hint: &str) {
    error_of_five("say-so:", address, failure, status, detail, hint);
}

/// Warns of what a site has set.
pub fn warn(text: &str) {
    warn_of(&["say-so: ", text].concat());
}

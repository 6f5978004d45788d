//! What this browser keeps of the work. Where storage is blocked, nothing is kept, and nothing breaks.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

use crate::file::File;

/// The name under which the file is kept.
const FILE: &str = "say-so.studio";

/// The name under which the file is kept that stood here before.
const BEFORE: &str = "before";

/// The name under which a text beside the file is kept, such as the tag's address.
fn beside(name: &str) -> String {
    format!("{FILE}.{name}")
}

/// The file that was kept.
pub fn kept() -> Option<File> {
    let json: String = LocalStorage::get(FILE).ok()?;
    File::read(&json).ok()
}

/// Keeps the file; says whether that worked.
pub fn keep(file: &File) -> bool {
    if file.is_empty() {
        LocalStorage::delete(FILE);
        return true;
    }
    LocalStorage::set(FILE, file.json()).is_ok()
}

/// The file that stood here before the one that is kept.
pub fn kept_before() -> Option<File> {
    File::read(&text(BEFORE)?).ok()
}

/// Keeps the file that stood here before, or deletes it.
pub fn keep_before(file: Option<&File>) {
    match file {
        Some(file) => keep_text(BEFORE, &file.json()),
        None => LocalStorage::delete(beside(BEFORE)),
    }
}

/// A text that was kept beside the file.
pub fn text(name: &str) -> Option<String> {
    LocalStorage::get(beside(name)).ok()
}

/// Keeps a text beside the file.
pub fn keep_text(name: &str, text: &str) {
    let _ = LocalStorage::set(beside(name), text);
}

/// Deletes all that is kept here.
pub fn clear() {
    LocalStorage::delete(FILE);
    for name in crate::editor::KEPT.into_iter().chain([BEFORE]) {
        LocalStorage::delete(beside(name));
    }
}

/// The fragment of the page's address, which is taken out of it: a file in it is edited from here on.
pub fn fragment() -> String {
    let window = window();
    let fragment = window.location().hash().unwrap_or_default();
    if fragment.starts_with("#file=")
        && let (Ok(history), Ok(here)) = (window.history(), window.location().pathname())
    {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
    }
    fragment
}

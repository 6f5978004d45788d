//! Timers that are cancelled when they are dropped.

use std::time::Duration;

use js_sys::Promise;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use wasm_bindgen_futures::JsFuture;

/// A timer that runs.
#[must_use = "a timer that is dropped is cancelled"]
pub struct Timer(Option<TimeoutHandle>);

/// Does something after that many milliseconds.
pub fn after(ms: i32, act: impl FnOnce() + 'static) -> Timer {
    Timer(set_timeout_with_handle(act, Duration::from_millis(ms.unsigned_abs().into())).ok())
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(handle) = self.0 {
            handle.clear();
        }
    }
}

/// Waits that many milliseconds.
pub async fn sleep(ms: i32) {
    let mut timer = None;
    let promise = Promise::new(&mut |resolve, _| {
        timer = Some(after(ms, move || drop(resolve.call0(&wasm_bindgen::JsValue::UNDEFINED))));
    });
    // A timer's promise never rejects.
    let _ = JsFuture::from(promise).await;
    drop(timer);
}

//! Stands in for the crate `wasm-streams`, with what Leptos's server functions name of it.
//!
//! The widget has no server functions, and nothing here is ever called. The real crate exports classes
//! to JavaScript, so that neither linker nor wasm-opt can leave it out: 10 KB of every Leptos wasm.

use futures_util::stream::{self, Stream};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ReadableStream as Raw;

/// A stream of JavaScript's.
pub struct ReadableStream(Raw);

impl ReadableStream {
    /// Wraps a stream.
    pub fn from_raw(raw: Raw) -> Self {
        Self(raw)
    }

    /// The wrapped stream.
    pub fn into_raw(self) -> Raw {
        self.0
    }

    /// Nothing, instead of a stream of what Rust's stream gives.
    pub fn from_stream<S>(_: S) -> Self {
        Self(JsValue::UNDEFINED.unchecked_into())
    }

    /// An empty stream, instead of what is in this one.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        stream::empty()
    }
}

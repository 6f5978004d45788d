//! Say-so: a feedback widget for any website.
//!
//! Without features this is what the widget and the collector share: what travels
//! ([`feedback`]), what a visitor writes ([`draft`]) and which revision it is ([`message`]), until when
//! they are promised a reply ([`promise`]) and what a web team sets ([`config`]).
//! Feature `csr` adds the panel as it runs in a browser, `ssr` the same panel rendered natively.

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("`csr` and `ssr` exclude each other: together they panic at the first effect");

#[cfg(feature = "csr")]
mod browser;
mod civil;
pub mod config;
pub mod draft;
pub mod experiment;
pub mod feedback;
pub mod message;
#[cfg(feature = "panel")]
pub mod panel;
pub mod promise;
pub mod wording;

#[cfg(feature = "csr")]
pub use browser::{adopt, closed, language, opened, refused};

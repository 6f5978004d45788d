//! Say-so: a feedback widget for any website.
//!
//! Without features this is what the widget and the collector share: what travels
//! ([`feedback`]), what a visitor writes ([`draft`]) and what a web team sets ([`config`]).
//! Feature `csr` adds the panel as it runs in a browser, `ssr` the same panel rendered natively.
#![no_std]
extern crate alloc;

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("`csr` and `ssr` exclude each other: together they panic at the first effect");

pub mod config;
pub mod draft;
pub mod feedback;
pub mod revisions;
pub mod wording;

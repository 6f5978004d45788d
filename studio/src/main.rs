//! The studio: a page in which the sentences of a site's file are written, checked and tried.
//!
//! Nothing is uploaded. The file stays in the browser until it is downloaded, copied, or put into a link.

mod app;
mod catalogs;
mod checks;
#[allow(dead_code, reason = "the widget's own room, of which the studio needs the days and zones")]
#[path = "../../src/browser/clock.rs"]
mod clock;
mod editor;
mod field;
mod file;
mod go;
mod link;
mod moment;
mod outgoing;
mod preview;
mod state;
mod steps;
mod storage;
mod words;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}

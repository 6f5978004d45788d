//! The drawn signs: 24 px, `currentColor`, at most two strokes.

use leptos::prelude::*;

use crate::feedback::Kind;

/// The sign of a kind; its word stands beside it.
#[component]
pub fn Sign(
    /// Whose sign it is.
    kind: Kind,
) -> impl IntoView {
    let path = match kind {
        Kind::Complaint => "M4 5v11h5l3 4 3-4h5V5H4zM12 8v3m0 2v1",
        Kind::Praise => "M12 20C7 16 4 13 4 9.5a4 4 0 0 1 8-1.5 4 4 0 0 1 8 1.5c0 3.5-3 6.5-8 10.5z",
        Kind::Suggestion => "M9 17c0-2.5-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5-3 7.5zM10 21h4",
    };
    drawn(path)
}

/// The cross that closes.
#[component]
pub fn Close() -> impl IntoView {
    drawn("M6 6l12 12M18 6L6 18")
}

fn drawn(path: &'static str) -> impl IntoView {
    view! { class="",
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}

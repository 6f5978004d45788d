//! The way back from a click on a kind.

use leptos::prelude::*;

use super::{Act, Session, State};
use crate::wording::Key;

/// Takes the click back. It stands in the quiet line, and is read out with it.
#[component]
pub fn Undo(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    view! { class="",
        <button
            type="button"
            class="undo"
            data-do="undo"
            hidden=session.when(|state| !state.offers_undo())
            on:click=session.on(Act::Undo)
        >
            {session.text_of(Key::Undo, State::say)}
        </button>
    }
}

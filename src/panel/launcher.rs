//! The floating button. Only the loader draws it, from this markup rendered natively.

use leptos::prelude::*;

use super::sign;
use crate::wording::text;

/// The button that opens the panel, and beside it the one that takes it out of the way.
#[component]
pub fn Launcher() -> impl IntoView {
    view! { class="",
        <div class="launcher">
            <button part="launcher" class="open" data-do="open" aria-haspopup="dialog">
                {text("launcher")}
            </button>
            <button class="dismiss" data-do="dismiss" aria-label=text("launcher.hide")>
                <sign::Close />
            </button>
        </div>
    }
}

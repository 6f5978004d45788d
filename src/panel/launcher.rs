//! The floating button. Only the loader draws it, from this markup rendered natively.

use leptos::prelude::*;

use super::{Session, sign};
use crate::wording::Key;

/// The button that opens the panel, and beside it the one that takes it out of the way.
#[component]
pub fn Launcher(
    /// In whose words it is written.
    session: Session,
) -> impl IntoView {
    view! { class="",
        <div class="launcher">
            <button part="launcher" class="open" data-do="open" aria-haspopup="dialog">
                {session.drawn(Key::Launcher)}
            </button>
            <button class="dismiss" data-do="dismiss" aria-label=session.drawn(Key::LauncherHide)>
                <sign::Close />
            </button>
        </div>
    }
}

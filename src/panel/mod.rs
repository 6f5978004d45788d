//! The panel: one component a screen.
//!
//! All of it is rendered at once, and what a phase does not show is `hidden`. So the same markup,
//! rendered natively, is the shell that the loader paints before the wasm is there, and what the
//! shell has to fill is marked with `data-fill`. The launcher and the confirmation change with nothing
//! that happens here: they are rendered natively only, and drawn by embed.js and shell.js.
//!
//! Every `view!` names a global class (an empty one): without it, Leptos would put static
//! markup in through `innerHTML`, which Trusted Types forbid.

mod choose;
mod context;
mod field;
#[cfg(feature = "ssr")]
mod launcher;
mod phase;
mod problem;
#[cfg(feature = "ssr")]
mod sends;
#[cfg(feature = "ssr")]
mod sent;
mod session;
mod sign;
mod write;

use leptos::prelude::*;

pub use choose::Choose;
pub use context::{Context, Optional};
#[cfg(feature = "ssr")]
pub use launcher::Launcher;
pub use phase::{Failure, Phase};
pub use problem::Problem;
#[cfg(feature = "ssr")]
pub use sent::{Confirmed, Sent};
pub use session::{Act, Outside, Session};
pub use write::Write;

use crate::wording::Key;

/// The whole panel, in the phase of its session.
#[component]
pub fn Panel(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    view! { class="",
        <section
            part="panel"
            class="panel"
            role=if session.context().inline { "group" } else { "dialog" }
            aria-labelledby="title"
            data-phase=session.text(|session| session.phase.with(Phase::name).into())
        >
            <header class="head">
                <h2 id="title" class="title" tabindex="-1" data-fill="heading">
                    {session.say(Key::Title)}
                </h2>
                <button class="close" data-do="close" aria-label=session.say(Key::Close)>
                    <sign::Close />
                </button>
            </header>
            <Choose session />
            <p class="note" role="status" data-fill="note">
                {session.text(|session| session.note.get().map(|key| session.say(key)).unwrap_or_default())}
            </p>
            <Write session />
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

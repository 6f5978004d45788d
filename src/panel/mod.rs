//! The panel: one component a screen.
//!
//! The first screens are rendered at once, and the style sheet hides by `data-phase` what a phase does not show:
//! rendered natively, they are what the loader draws before the wasm is there, and in the browser Leptos hydrates
//! the very elements that were drawn. So the tree is the same in both, to the last text. What first aid has to
//! fill until then is marked with `data-fill`. The launcher is the loader's alone.
//!
//! They are hydrated in the state that first aid has brought them to: what they say then is not written again.
//!
//! For that, in what is drawn: no two texts stand side by side, and nothing is there in one build only.
//! A sentence that never changes with the session is [`drawn`](Session::drawn); the loader fills it anew
//! where the language changes.
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
mod reach;
mod sends;
mod sent;
mod session;
mod sign;
mod steps;
mod undo;
mod write;

use leptos::prelude::*;
use session::aria;

pub use choose::Choose;
pub use context::{Context, Optional};
#[cfg(feature = "ssr")]
pub use launcher::Launcher;
pub use phase::{Phase, reason};
pub use problem::Problem;
pub use reach::Reached;
pub use sent::{Confirmed, Sent};
pub use session::{Act, Begun, Outside, Session, Source, State};
pub use steps::{Offer, Steps, TakeBack};
pub use undo::Undo;
pub use write::Write;

use crate::wording::Key;

/// The panel, in the phase of its session. A confirmation is put in behind its last element as long as it stands,
/// [`Undo`] into the quiet line, and the ways to [reach](Reached) a person behind the fields: these are not
/// hydrated, and only what is built need have the code for that.
#[component]
pub fn Panel(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let inline = session.read(|state| state.context.inline).unwrap_or_default();
    let owner = session.text(|state| if state.adopted { "panel" } else { "aid" }.into());
    view! { class="",
        <section
            part="panel"
            class="panel"
            role=if inline { "group" } else { "dialog" }
            aria-labelledby="title"
            data-by=owner
            data-phase=session.text(|state| state.phase.name().into())
        >
            <div class="head">
                <h2 id="title" tabindex="-1">
                    {session.text(State::heading)}
                </h2>
                <button class="close" data-do="close" aria-label=session.drawn(Key::Close)>
                    <sign::Close />
                </button>
            </div>
            <div class="body">
                <Choose session />
                <p class="note" role="status">
                    {session.text(|state| state.say_any(state.note))}
                </p>
                <Write session />
            </div>
            <div class="foot">
                <button
                    part="send"
                    class="send"
                    data-do="send"
                    aria-disabled=session.text(|state| aria(state.is_sending()))
                    on:click=session.on(Act::Send)
                >
                    {session.text(State::send_label)}
                </button>
            </div>
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

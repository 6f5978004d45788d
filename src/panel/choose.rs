//! The first screen: three kinds, side by side.

use leptos::prelude::*;

use super::{Session, sign::Sign};
use crate::{
    feedback::Kind,
    wording::{text, text_of},
};

/// The kinds. Choosing one is feedback already; they stay, to change one's mind, while writing.
#[component]
pub fn Choose(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let promise = if session.one_click { "click.on" } else { "click.off" };
    view! { class="",
        <div class="choose" hidden=session.when(|session| !session.is_writable())>
            <p class="about" data-fill="click" hidden=session.when(|session| session.kind.get().is_some())>
                {text(promise)}
            </p>
            <div class="kinds" role="group" aria-label=text("kinds")>
                {Kind::ALL.map(|kind| choice(session, kind))}
            </div>
        </div>
    }
}

fn choice(session: Session, kind: Kind) -> impl IntoView {
    view! { class="",
        <button
            part="kind"
            class="kind"
            name="kind"
            value=kind.name()
            aria-pressed=session.text(move |session| if session.kind.get() == Some(kind) { "true" } else { "false" }.into())
            on:click=move |_| session.choose(kind)
        >
            <Sign kind />
            <b class="word">{text(kind.name())}</b>
            <span class="about">{text_of(kind.name(), ".about")}</span>
        </button>
    }
}

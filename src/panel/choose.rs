//! The first screen: three kinds, side by side.

use leptos::prelude::*;

use super::{Session, sign::Sign};
use crate::{feedback::Kind, wording::Key};

/// The kinds. Choosing one is feedback already; they stay, to change one's mind, while writing.
#[component]
pub fn Choose(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let promise = if session.one_click { Key::ClickOn } else { Key::ClickOff };
    view! { class="",
        <div class="choose" hidden=session.when(|session| !session.is_writable())>
            <p class="about" data-fill="click" hidden=session.when(|session| session.kind.get().is_some())>
                {session.say(promise)}
            </p>
            <div class="kinds" role="group" aria-label=session.say(Key::Kinds)>
                {Kind::ALL.map(|kind| choice(session, kind))}
            </div>
        </div>
    }
}

fn choice(session: Session, kind: Kind) -> impl IntoView {
    let word = Key::of(kind, [Key::Complaint, Key::Praise, Key::Suggestion]);
    let about = Key::of(kind, [Key::ComplaintAbout, Key::PraiseAbout, Key::SuggestionAbout]);
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
            <b class="word">{session.say(word)}</b>
            <span class="about">{session.say(about)}</span>
        </button>
    }
}

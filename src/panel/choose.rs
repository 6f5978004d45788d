//! The first screen: three kinds, side by side.

use leptos::prelude::*;

use super::{Act, Session, aria, sign::Sign};
use crate::{feedback::Kind, wording::Key};

/// The kinds. Choosing one is feedback already; they stay, to change one's mind, while writing.
#[component]
pub fn Choose(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let one_click = session.read(|state| state.context.one_click).unwrap_or_default();
    view! { class="",
        <div class="choose">
            <p class="about" id="click">
                {session.drawn(if one_click { Key::ClickOn } else { Key::ClickOff })}
            </p>
            <div class="kinds" role="group" aria-label=session.drawn(Key::Kinds)>
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
            aria-describedby="click"
            aria-pressed=session.text_of(kind, |state, kind| aria(state.kind == Some(kind)))
            on:click=session.on(Act::Choose(kind))
        >
            <Sign kind />
            <b>{session.drawn(word)}</b>
            <span class="about">{session.drawn(about)}</span>
        </button>
    }
}

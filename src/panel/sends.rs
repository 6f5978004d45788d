//! What we send: every item named, and what is optional can be taken out.

use leptos::{either::Either, prelude::*};

use super::{Context, Optional, Session};
use crate::wording::Key;

/// What travels with the words: a list, or a line if nothing of it is optional.
#[component]
pub fn Sends(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let context = session.context();
    if context.is_plain() {
        let line = view! { class="", <p class="about">{session.say(Key::SendsPlain)}</p> };
        return Either::Left(line);
    }
    Either::Right(list(session, &context))
}

fn list(session: Session, context: &Context) -> impl IntoView + use<> {
    let item = |key| view! { class="", <li>{session.say(key)}</li> };
    view! { class="",
        <details class="sends">
            <summary>{session.say(Key::Sends)}</summary>
            <ul class="sends-list">
                {item(Key::SendsWords)} {item(Key::SendsContact)}
                <li>
                    {session.say(Key::SendsPage)} " " <bdi class="value">{context.page.url.clone()}</bdi>
                </li>
                {Optional::ALL.map(|optional| choice(session, optional, context.shown(optional)))}
                {item(Key::SendsTime)}
            </ul>
        </details>
    }
}

fn choice(session: Session, optional: Optional, value: String) -> impl IntoView {
    let nothing = value.is_empty();
    view! { class="",
        <li hidden=nothing>
            <label class="check">
                <input type="checkbox" name=optional.name() checked=true />
                <span>{session.say(optional.key())} " " <bdi class="value">{value}</bdi></span>
            </label>
        </li>
    }
}

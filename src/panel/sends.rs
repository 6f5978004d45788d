//! What we receive: every item named, and what is optional can be taken out.

use leptos::prelude::*;

use super::{Optional, Session, State};
use crate::wording::Key;

/// What travels with the words. An item without a value is not shown.
#[component]
pub fn Sends(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let item = |key| view! { class="", <li>{session.drawn(key)}</li> };
    view! { class="",
        <details class="sends">
            <summary>{session.drawn(Key::Sends)}</summary>
            <ul class="sends-list">
                {item(Key::SendsWords)} {item(Key::SendsContact)}
                <li>
                    {session.drawn_before(Key::SendsPage)}
                    <bdi class="value" data-fill="sends-url">{session.text_of(None, shown)}</bdi>
                </li>
                {Optional::ALL.map(|optional| choice(session, optional))}
                {item(Key::SendsTime)}
            </ul>
        </details>
    }
}

fn choice(session: Session, optional: Optional) -> impl IntoView {
    let slot = ["sends-", optional.name()].concat();
    let nothing = session.when_of(optional, |state, optional| state.adopted && shown(state, Some(optional)).is_empty());
    view! { class="",
        <li hidden=nothing>
            <label class="check">
                <input type="checkbox" name=optional.name() checked="checked" />
                <span>
                    {session.drawn_before(optional.key())}
                    <bdi class="value" data-fill=slot>
                        {session.text_of(Some(optional), shown)}
                    </bdi>
                </span>
            </label>
        </li>
    }
}

/// What is shown of something optional, or of the page's address; first aid shows it until the panel does.
fn shown(state: &State, optional: Option<Optional>) -> String {
    match optional {
        _ if !state.adopted => String::new(),
        Some(optional) => state.context.shown(optional),
        None => state.context.page.url.clone(),
    }
}

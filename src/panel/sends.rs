//! What we send: every item named, and what is optional can be taken out.
//!
//! Rendered natively only: shell.js fills it with the page's facts and puts it into the panel's form.

use leptos::prelude::*;

use super::{Optional, Session};
use crate::wording::Key;

/// What travels with the words. An item without a value is not shown.
#[component]
pub fn Sends(
    /// In whose words it is written.
    session: Session,
) -> impl IntoView {
    let item = |key| view! { class="", <li>{session.say(key)}</li> };
    view! { class="",
        <details class="sends">
            <summary>{session.say(Key::Sends)}</summary>
            <ul class="sends-list">
                {item(Key::SendsWords)} {item(Key::SendsContact)}
                <li>
                    {session.say(Key::SendsPage)} " " <bdi class="value" data-fill="sends-url"></bdi>
                </li>
                {Optional::ALL.map(|optional| choice(session, optional))}
                {item(Key::SendsTime)}
            </ul>
        </details>
    }
}

fn choice(session: Session, optional: Optional) -> impl IntoView {
    let slot = ["sends-", optional.name()].concat();
    view! { class="",
        <li>
            <label class="check">
                <input type="checkbox" name=optional.name() checked="checked" />
                <span>{session.say(optional.key())} " " <bdi class="value" data-fill=slot></bdi></span>
            </label>
        </li>
    }
}

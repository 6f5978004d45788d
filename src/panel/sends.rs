//! What we send: every item named, and what is optional can be taken out.

use leptos::prelude::*;

use super::{Optional, Session};
use crate::wording::{text, text_of};

/// The list of what travels with the words.
#[component]
pub fn Sends(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let context = session.context();
    let item = |key| view! { class="", <li>{text(key)}</li> };
    view! { class="",
        <details class="sends">
            <summary>{text("sends")}</summary>
            <ul class="sends-list">
                {item("sends.words")} {item("sends.contact")}
                <li>
                    {text("sends.page")} " " <bdi class="value" data-fill="page">{context.page.url.clone()}</bdi>
                </li>
                {Optional::ALL.map(|optional| choice(optional, context.shown(optional)))}
                {item("sends.time")}
            </ul>
        </details>
    }
}

fn choice(optional: Optional, value: String) -> impl IntoView {
    let nothing = value.is_empty();
    view! { class="",
        <li hidden=nothing>
            <label class="check">
                <input type="checkbox" name=optional.name() checked=true />
                <span>
                    {text_of("sends.", optional.name())} " " <bdi class="value" data-fill=optional.name()>{value}</bdi>
                </span>
            </label>
        </li>
    }
}

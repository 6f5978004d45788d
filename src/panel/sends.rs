//! What we send: every item named, and what is optional can be taken out.

use leptos::{either::Either, prelude::*};

use super::{Context, Optional, Session};
use crate::wording::{text, text_of};

/// What travels with the words: a list, or a line if nothing of it is optional.
#[component]
pub fn Sends(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let context = session.context();
    if context.is_plain() {
        let line = view! { class="", <p class="about">{text("sends.plain")}</p> };
        return Either::Left(line);
    }
    Either::Right(list(&context))
}

fn list(context: &Context) -> impl IntoView + use<> {
    let item = |key| view! { class="", <li>{text(key)}</li> };
    view! { class="",
        <details class="sends">
            <summary>{text("sends")}</summary>
            <ul class="sends-list">
                {item("sends.words")} {item("sends.contact")}
                <li>
                    {text("sends.page")} " " <bdi class="value">{context.page.url.clone()}</bdi>
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
                <span>{text_of("sends.", optional.name())} " " <bdi class="value">{value}</bdi></span>
            </label>
        </li>
    }
}

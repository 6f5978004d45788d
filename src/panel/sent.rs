//! The confirmation: their words, what happens to them, and the reference.

use leptos::prelude::*;

use super::Session;
use crate::wording::text;

/// Stands until the visitor closes it.
#[component]
pub fn Sent<V: IntoView + 'static>(
    /// What the visitor is doing.
    session: Session,
    /// What the visitor can do next.
    children: TypedChildren<V>,
) -> impl IntoView {
    view! { class="",
        <div part="confirmation" class="sent" hidden=session.when(|session| session.sent().is_none())>
            <p class="about">{text("wrote")}</p>
            <blockquote class="quote" dir="auto" data-fill="words">
                {session.text(|session| session.sent().map(|sent| sent.words).unwrap_or_default())}
            </blockquote>
            <p data-fill="next">{session.text(|session| session.sent_text(".next"))}</p>
            <p data-fill="reply">{session.text(|session| session.reply_line())}</p>
            <p class="receipt" hidden=session.when(|session| session.reference().is_empty())>
                <span>
                    {text("reference")} " "
                    <b part="reference" class="reference" data-fill="reference">{session.text(|session| session.reference())}</b>
                </span>
                <button class="quiet" data-copy="reference">{text("reference.copy")}</button>
            </p>
            {children.into_inner()()}
        </div>
    }
}

/// What the visitor can do next: add to their words, or close the panel.
#[component]
pub fn More(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    view! { class="",
        <div class="steps">
            <button class="quiet" data-do="more" on:click=move |_| session.reopen()>
                {text("more")}
            </button>
            <button class="send" data-do="close">
                {text("done")}
            </button>
        </div>
    }
}

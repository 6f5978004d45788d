//! The second screen: the words, and who wrote them if they like to say.

use leptos::prelude::*;

use super::{Session, field::FieldError, problem::Problem};
use crate::{draft::Field, wording::Key};

/// The form. Its fields are read when it is sent; until then they are the browser's own business,
/// so that typing, undo and autofill work as everywhere.
#[component]
pub fn Write(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let invalid =
        move |field| session.text(move |session| if session.error(field).is_empty() { "false" } else { "true" }.into());
    let sending = session.text(|session| if session.is_sending() { "true" } else { "false" }.into());
    view! { class="",
        <form
            class="write"
            novalidate=true
            hidden=session.when(|session| session.kind.get().is_none() || !session.is_writable())
            on:submit=move |event| {
                event.prevent_default();
                session.send();
            }
        >
            <Problem session />
            <label for="message" data-fill="prompt">
                {session.text(|session| session.of_kind([Key::ComplaintPrompt, Key::PraisePrompt, Key::SuggestionPrompt]))}
            </label>
            <FieldError session field=Field::Message />
            <textarea
                part="message"
                class="text"
                id="message"
                name="message"
                rows="4"
                dir="auto"
                aria-describedby="message-error"
                aria-invalid=invalid(Field::Message)
            ></textarea>
            <label for="name">{session.say(Key::Name)} " " <span class="about">{session.say(Key::Optional)}</span></label>
            <FieldError session field=Field::Name />
            <input
                part="name"
                class="text"
                id="name"
                name="name"
                autocomplete="name"
                dir="auto"
                aria-describedby="name-error"
                aria-invalid=invalid(Field::Name)
            />
            <label for="email">{session.say(Key::Email)} " " <span class="about">{session.say(Key::Optional)}</span></label>
            <FieldError session field=Field::Email />
            <input
                part="email"
                class="text"
                id="email"
                name="email"
                type="email"
                autocomplete="email"
                dir="auto"
                aria-describedby="email-error"
                aria-invalid=invalid(Field::Email)
            />
            <label class="check">
                <input part="reply" type="checkbox" name="reply" />
                <span>{session.say(Key::Reply)}</span>
            </label>
            <input class="unseen" name="trap" tabindex="-1" autocomplete="off" aria-hidden="true" />
            <div class="along">{along(session)}</div>
            <button part="send" class="send" data-fill="send" aria-disabled=sending>
                {session.text(|session| session.send_label())}
            </button>
        </form>
    }
}

/// What we send, and who else can be reached where that fails: in the browser shell.js puts it here.
#[cfg(feature = "ssr")]
fn along(session: Session) -> impl IntoView {
    view! { class="", <super::sends::Sends session /> {super::sent::reach(session, Default::default())} }
}

#[cfg(not(feature = "ssr"))]
fn along(_: Session) {}

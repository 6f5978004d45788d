//! The second screen: the words, and who wrote them if they like to say.

use leptos::prelude::*;

use super::{Act, Session, State, aria, field::FieldError, problem::Problem, reach, sends::Sends};
use crate::{feedback::Field, wording::Key};

/// The form. Its fields are read when it is sent; until then they are the browser's own business,
/// so that typing, undo and autofill work as everywhere.
#[component]
pub fn Write(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let invalid = move |field| session.text_of(field, |state, field| aria(!state.error(field).is_empty()));
    let held = move || session.when(State::is_sending);
    view! { class="",
        <form
            class="write"
            novalidate=true
            hidden=session.when(|state| state.kind.is_none() || state.is_sent())
            on:submit=move |event| {
                event.prevent_default();
                session.act(Act::Send);
            }
        >
            <Problem session />
            <label for="message">
                {session.text(|state| state.of_kind([Key::ComplaintPrompt, Key::PraisePrompt, Key::SuggestionPrompt]))}
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
                readonly=held()
            ></textarea>
            <label for="name">{session.drawn_before(Key::Name)} <span class="about">{session.drawn(Key::Optional)}</span></label>
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
                readonly=held()
            />
            <label for="email">{session.drawn_before(Key::Email)} <span class="about">{session.drawn(Key::Optional)}</span></label>
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
                readonly=held()
            />
            <label class="check">
                <input part="reply" type="checkbox" name="reply" />
                <span>{session.drawn(Key::Reply)}</span>
            </label>
            <input class="unseen" name="trap" tabindex="-1" autocomplete="off" aria-hidden="true" />
            <Sends session />
            {reach::line(session, |state| state.failure().is_some())}
            <button part="send" class="send" aria-disabled=session.text(|state| aria(state.is_sending()))>
                {session.text(State::send_label)}
            </button>
        </form>
    }
}

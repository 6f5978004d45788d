//! The second screen: the words, and who wrote them if they would like an answer.

use leptos::prelude::*;

use super::{Act, Session, State, aria, field::FieldError, problem::Problem, sends::Sends};
use crate::{feedback::Field, wording::Key};

/// The fields. They are read when they are sent; until then they are the browser's own business, so that typing, undo
/// and autofill work as everywhere. Ticking that an answer is wanted shows the fields for it: the style sheet does that.
/// The button that sends stands below, outside of what scrolls. It is no `form`: a sandbox may forbid these.
#[component]
pub fn Write(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let invalid = move |field| session.text_of(field, |state, field| aria(!state.error(field).is_empty()));
    let held = move || session.when(State::is_sending);
    view! { class="",
        <div class="write">
            <Problem session />
            <label for="message">
                {session.text(|state| state.of_kind([Key::ComplaintPrompt, Key::PraisePrompt, Key::SuggestionPrompt]))}
            </label>
            <FieldError session field=Field::Message />
            <textarea
                part="message"
                id="message"
                name="message"
                rows="3"
                dir="auto"
                aria-describedby="message-error"
                aria-invalid=invalid(Field::Message)
                readonly=held()
            ></textarea>
            <input part="reply" type="checkbox" id="reply" name="reply" on:click=session.on(Act::Reply) />
            <label class="reply" for="reply">{session.drawn(Key::Reply)}</label>
            <div class="contact">
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
                <label for="email">{session.drawn(Key::Email)}</label>
                <FieldError session field=Field::Email />
                <input
                    part="email"
                    class="text"
                    id="email"
                    name="email"
                    type="email"
                    required=true
                    autocomplete="email"
                    dir="auto"
                    aria-describedby="email-error"
                    aria-invalid=invalid(Field::Email)
                    readonly=held()
                />
            </div>
            <input class="unseen" name="trap" tabindex="-1" autocomplete="off" aria-hidden="true" />
            <Sends session />
        </div>
    }
}

//! What stands in the way of sending: rules the draft breaks, or a delivery that failed.

use leptos::prelude::*;

use super::{Act, Session, Source, State, field::error_id};
use crate::feedback::Field;

/// The box that takes the focus when something has to be mended.
///
/// It lists each error with a link to its field, or says truthfully why the words have not
/// arrived; the words themselves stay in their box below.
#[component]
pub fn Problem(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    view! { class="",
        <div
            part="problem"
            class="problem"
            role="group"
            aria-labelledby="problem-title"
            aria-describedby="problem-reason"
            tabindex="-1"
            hidden=session.when(|state| state.problem_title().is_empty())
        >
            <h3 id="problem-title" class="problem-title" data-fill="problem-title">
                {session.text(State::problem_title)}
            </h3>
            <ul class="problem-list" hidden=session.when(State::is_failed)>
                {[Field::Message, Field::Name, Field::Email].map(|field| link(session, field))}
            </ul>
            <p class="problem-reason" hidden=session.when(|state| !state.is_failed())>
                <span id="problem-reason" data-fill="problem-reason">{session.text(State::reason)}</span>
                <button type="button" class="quiet" data-copy="message" on:click=session.on(Act::Copy(Source::Message))>
                    {session.text_of(Source::Message, State::copy_label)}
                </button>
            </p>
        </div>
    }
}

fn link(session: Session, field: Field) -> impl IntoView {
    view! { class="",
        <li hidden=session.when_of(field, |state, field| state.error(field).is_empty())>
            <a
                href="#"
                data-go=field.name()
                data-fill=error_id(field)
                on:click=session.on(Act::Go(field))
            >
                {session.text_of(field, State::error)}
            </a>
        </li>
    }
}

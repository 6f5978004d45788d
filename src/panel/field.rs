//! A field's label and error: what stands around every field alike.

use leptos::prelude::*;

use super::{Session, State};
use crate::feedback::Field;

/// The error at a field, in the words of the summary. The field names it by `aria-describedby`.
#[component]
pub fn FieldError(
    /// What the visitor is doing.
    session: Session,
    /// The field.
    field: Field,
) -> impl IntoView {
    let id = error_id(field);
    view! { class="",
        <p id=id class="error" data-fill=id hidden=session.when_of(field, |state, field| state.error(field).is_empty())>
            {session.text_of(field, State::error)}
        </p>
    }
}

/// The id of a field's error.
pub const fn error_id(field: Field) -> &'static str {
    match field {
        Field::Message => "message-error",
        Field::Name => "name-error",
        Field::Email => "email-error",
    }
}

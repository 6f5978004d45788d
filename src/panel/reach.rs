//! Other ways to reach a person, where the site names any.

use leptos::prelude::*;

use super::{Session, State};
use crate::{config::site::Reach, wording::Key};

/// The ways, below the fields: where the words have not arrived, or can't be typed.
#[component]
pub fn Reached(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    line(session, |state| state.is_failed() || state.note == Some(Key::ProblemTyping))
}

/// The line with the ways; hidden unless `holds`, and where the site names none.
pub(super) fn line(session: Session, holds: fn(&State) -> bool) -> impl IntoView {
    let text = move |read: fn(&Reach) -> String| session.text_of(read, |state, read| read(&state.reach));
    let missing = move |read: fn(&Reach) -> String| session.when_of(read, |state, read| read(&state.reach).is_empty());
    let none = session.when_of(holds, |state, holds| state.reach == Reach::default() || !holds(state));
    view! { class="",
        <p class="reach" hidden=none>
            <span class="about">{session.text_of(Key::Reach, State::say)}</span>
            <a class="way" data-way="phone" dir="ltr" href=text(dial) hidden=missing(phone)>
                {text(phone)}
            </a>
            <a class="way" data-way="email" dir="ltr" href=text(write) hidden=missing(email)>
                {text(email)}
            </a>
            <bdi class="way" data-way="address" hidden=missing(address)>
                {text(address)}
            </bdi>
        </p>
    }
}

fn phone(reach: &Reach) -> String {
    reach.phone.clone()
}

fn email(reach: &Reach) -> String {
    reach.email.clone()
}

fn address(reach: &Reach) -> String {
    reach.address.clone()
}

/// The address that dials the number: without what is in it for the eye.
fn dial(reach: &Reach) -> String {
    let digits: String = reach.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    ["tel:", &digits].concat()
}

/// The address that writes to the e-mail address.
fn write(reach: &Reach) -> String {
    ["mailto:", &reach.email].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_without_what_is_for_the_eye() {
        assert_eq!(dial(&Reach { phone: "+49 (30) 12-34".into(), ..Reach::default() }), "tel:+49301234");
    }
}

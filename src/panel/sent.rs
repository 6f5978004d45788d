//! The confirmation: their words, what happens to them, the reference, and what the visitor can do next.
//!
//! Copying, saving, taking back and passing on are carried out by shell.js, for the shell as well.

use leptos::prelude::*;

use super::{Reach, Session};
use crate::{feedback::Kind, wording::Key};

/// Stands until the visitor closes it.
#[component]
pub fn Confirmed<V: IntoView + 'static>(
    /// What the visitor is doing.
    session: Session,
    /// What the visitor can do next.
    children: TypedChildren<V>,
) -> impl IntoView {
    view! { class="",
        <div part="confirmation" class="sent" hidden=session.when(|session| session.sent().is_none())>
            <p class="about">{session.say(Key::Wrote)}</p>
            <blockquote class="quote" dir="auto" data-fill="words">
                {session.of_sent(|sent| sent.words)}
            </blockquote>
            <p data-fill="own">{session.of_sent(|sent| sent.said.own)}</p>
            <p data-fill="reads">{session.of_sent(|sent| sent.said.reads)}</p>
            <p class="receipt" hidden=session.when(|session| session.sent().is_none_or(|sent| sent.reference.is_empty()))>
                <span>
                    {session.say(Key::Reference)} " "
                    <b part="reference" class="reference" dir="ltr" data-fill="reference">
                        {session.of_sent(|sent| sent.reference)}
                    </b>
                </span>
                <button class="quiet" data-copy="reference">{session.say(Key::ReferenceCopy)}</button>
            </p>
            {children.into_inner()()}
        </div>
    }
}

/// What the visitor can do next: pass praise on, add to their words, keep them, take them back, reach a person, or close the panel.
#[component]
pub fn Next(
    /// What the visitor is doing.
    session: Session,
) -> impl IntoView {
    let context = session.context();
    let merges = context.merges;
    let praised = move |session: Session| merges && session.sent().is_some_and(|sent| sent.kind == Kind::Praise);
    let act = |action: &'static str, key| view! { class="", <button class="quiet" data-do=action>{session.say(key)}</button> };
    view! { class="",
        <div class="praised" hidden=session.when(move |session| !praised(session))>
            <label class="check">
                <input type="checkbox" name="quote" />
                <span>{session.say(Key::Quote)}</span>
            </label>
            <label for="for">{session.say(Key::QuoteFor)}</label>
            <input class="text" id="for" name="for" dir="auto" maxlength="200" />
            {act("quote", Key::QuoteSend)}
        </div>
        <p class="about">{session.say(Key::MoreHint)}</p>
        <div class="steps">
            <button class="quiet" data-do="more" on:click=move |_| session.reopen()>
                {session.say(Key::More)}
            </button>
            {act("save", Key::Save)}
            <button class="quiet" data-copy="confirmation">{session.say(Key::CopyWords)}</button>
            <button
                class="quiet"
                data-do="take-back"
                hidden=session.when(|session| session.sent().is_none_or(|sent| !sent.withdraw))
            >
                {session.say(Key::TakeBack)}
            </button>
        </div>
        <p class="about" role="status" data-fill="said"></p>
        {reach(session, &context.reach)}
        <button class="send" data-do="close">
            {session.say(Key::Done)}
        </button>
    }
}

fn reach(session: Session, reach: &Reach) -> impl IntoView + use<> {
    let digits: String = reach.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let link = |name: &'static str, scheme: &str, target: &str, shown: &str| {
        view! { class="", <a class="way" data-way=name href=[scheme, target].concat() dir="ltr" hidden=shown.is_empty()>{String::from(shown)}</a> }
    };
    view! { class="",
        <p class="reach" hidden=*reach == Reach::default()>
            <span class="about">{session.say(Key::Reach)}</span>
            {link("phone", "tel:", &digits, &reach.phone)}
            {link("email", "mailto:", &reach.email, &reach.email)}
            <bdi class="way" data-way="address" hidden=reach.address.is_empty()>{reach.address.clone()}</bdi>
        </p>
    }
}

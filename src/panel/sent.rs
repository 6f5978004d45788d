//! The confirmation: their words, what happens to them, the reference, and what the visitor can do next.
//!
//! Rendered natively only. shell.js puts it into the panel once the words have arrived, fills it, and
//! carries out what its buttons say, whether the wasm runs or not.

use leptos::prelude::*;

use super::Session;
use crate::{
    config::site::Reach,
    wording::{Confirmation, Key},
};

/// What a confirmation shows. What is empty is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The visitor's words, trimmed.
    pub words: String,
    /// What is said of them.
    pub said: Confirmation,
    /// What the visitor can quote.
    pub reference: String,
    /// Whether it is praise that can be passed on.
    pub praised: bool,
    /// Whether the endpoint takes words back.
    pub withdraw: bool,
    /// Other ways to reach a person.
    pub reach: Reach,
}

/// Stands until the visitor closes it.
#[component]
pub fn Confirmed(
    /// In whose words it is written.
    session: Session,
    /// What it shows.
    sent: Sent,
) -> impl IntoView {
    let nowhere = sent.reference.is_empty();
    let act = |action: &'static str, key, hidden| view! { class="", <button class="quiet" data-do=action hidden=hidden>{session.say(key)}</button> };
    view! { class="",
        <div part="confirmation" class="sent">
            <p class="about">{session.say(Key::Wrote)}</p>
            <blockquote class="quote" dir="auto" data-fill="words">{sent.words}</blockquote>
            <p data-fill="own">{sent.said.own}</p>
            <p data-fill="reads">{sent.said.reads}</p>
            <p class="receipt" hidden=nowhere>
                <span>
                    {session.say(Key::Reference)} " "
                    <b part="reference" class="reference" dir="ltr" data-fill="reference">{sent.reference}</b>
                </span>
                <button class="quiet" data-copy="reference">{session.say(Key::ReferenceCopy)}</button>
            </p>
            <div class="praised" hidden=!sent.praised>
                <label class="check">
                    <input type="checkbox" name="quote" />
                    <span>{session.say(Key::Quote)}</span>
                </label>
                <label for="for">{session.say(Key::QuoteFor)}</label>
                <input class="text" id="for" name="for" dir="auto" maxlength="200" />
                {act("quote", Key::QuoteSend, false)}
            </div>
            <p class="about">{session.say(Key::MoreHint)}</p>
            <div class="steps">
                {act("more", Key::More, false)} {act("save", Key::Save, false)}
                <button class="quiet" data-copy="confirmation">{session.say(Key::CopyWords)}</button>
                {act("take-back", Key::TakeBack, !sent.withdraw)}
            </div>
            <p class="about" role="status" data-fill="said"></p>
            <p class="unseen" role="status" data-fill="aloud"></p>
            {reach(session, sent.reach)}
            <button class="send" data-do="close">{session.say(Key::Done)}</button>
        </div>
    }
}

/// Other ways to reach a person; hidden where the site names none.
pub fn reach(session: Session, reach: Reach) -> impl IntoView {
    let digits: String = reach.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let (nothing, unsettled) = (reach == Reach::default(), reach.address.is_empty());
    let link = |name: &'static str, target: String, shown: String| {
        let nothing = shown.is_empty();
        view! { class="", <a class="way" data-way=name href=target dir="ltr" hidden=nothing>{shown}</a> }
    };
    view! { class="",
        <p class="reach" hidden=nothing>
            <span class="about">{session.say(Key::Reach)}</span>
            {link("phone", ["tel:", &digits].concat(), reach.phone)}
            {link("email", ["mailto:", &reach.email].concat(), reach.email)}
            <bdi class="way" data-way="address" hidden=unsettled>{reach.address}</bdi>
        </p>
    }
}

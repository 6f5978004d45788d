//! The confirmation: what happens to their words and until when, the reference, and what the visitor can do next.

use leptos::prelude::*;

use super::{Act, Session, Source, State, reach, sign::Sign, steps::Offer};
use crate::{
    feedback::Kind,
    wording::{Confirmation, Key},
};

/// What a confirmation shows. What is empty is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Complaint, praise or suggestion.
    pub kind: Kind,
    /// The visitor's words, trimmed.
    pub words: String,
    /// What is said of them.
    pub said: Confirmation,
    /// What the visitor can quote.
    pub reference: String,
    /// Whether the endpoint takes words back.
    pub withdraw: bool,
}

/// Stands until the visitor closes it. It gets the focus, so that all that has been said is read out in one go.
///
/// What closes it stands above the links, not where Send stood; and the links keep their places when the visitor is
/// asked whether the message is to be deleted, with the way back where that was asked for.
#[component]
pub fn Confirmed(
    /// In whose words it is written.
    session: Session,
    /// What it shows.
    sent: Sent,
) -> impl IntoView {
    let say = move |key: Key| session.text_of(key, State::say);
    let line = |id: &'static str, text: Signal<String>| view! { class="", <p id=id class=id>{text}</p> };
    let button = move |name: &'static str, act: Act, label: Signal<String>| {
        view! { class="",
            <button type="button" class="quiet" data-do=name on:click=session.on(act)>
                {label}
            </button>
        }
    };
    let Sent { kind, words, reference, withdraw, .. } = sent;
    let nowhere = session.when_of(reference.is_empty(), |_, nowhere| nowhere);
    let copy = session.text_of(Source::Reference, State::copy_label);
    view! { class="",
        <div class="badge"><Sign kind /></div>
        <div
            part="confirmation"
            class="sent"
            role="group"
            tabindex="-1"
            aria-labelledby="title"
            aria-describedby=session.text(|state| if state.steps.is_deleted() { "" } else { "own reads receipt wrote words" }.into())
        >
            <div hidden=session.when(|state| state.steps.is_deleted())>
                {line("own", session.text(State::own))}
                {line("reads", session.text(State::reads))}
                <p class="receipt" hidden=nowhere>
                    <span id="receipt">
                        {session.drawn_before(Key::Reference)}
                        <b part="reference" class="reference" dir="ltr">{reference}</b>
                    </span>
                    {button("copy-reference", Act::Copy(Source::Reference), copy)}
                </p>
                <p id="wrote" class="about">{say(Key::Wrote)}</p>
                <blockquote id="words" class="quote" dir="auto">{words}</blockquote>
                <Answer session />
                <div class="praised" hidden=session.when(|state| state.steps.quote == Offer::None)>
                    <span>{say(Key::Quote)}</span>
                    {button("quote", Act::Quote, session.text(|state| state.offer_label(state.steps.quote, Key::QuoteSend)))}
                </div>
            </div>
            <p class="about" role="status" data-fill="said">
                {session.text(|state| state.say_any(state.steps.said))}
            </p>
            <p class="unseen" role="status">{session.text(State::aloud)}</p>
            <button type="button" class="send" data-do="close">{say(Key::Done)}</button>
            <div hidden=session.when(|state| state.steps.is_deleted())>
                <div class="steps" hidden=session.when(|state| state.steps.is_asked())>
                    {button("more", Act::Reopen, say(Key::More))}
                    {button("save", Act::Save, say(Key::Save))}
                    <span class="step" hidden=session.when_of(withdraw, |_, withdraw| !withdraw)>
                        {button("take-back", Act::TakeBack, say(Key::TakeBack))}
                    </span>
                </div>
                <div
                    class="steps"
                    role="group"
                    aria-labelledby="ask"
                    hidden=session.when(|state| !state.steps.is_asked())
                >
                    <b id="ask" class="ask">{say(Key::TakeBackAsk)}</b>
                    {button("keep", Act::Keep, say(Key::TakeBackKeep))}
                    {button("delete", Act::Delete, say(Key::TakeBackSure))}
                </div>
                {reach::line(session, |_| true)}
            </div>
        </div>
    }
}

/// A field for the address that was not left, and what sends it: then an answer is promised after all.
#[component]
fn Answer(
    /// In whose words it is written.
    session: Session,
) -> impl IntoView {
    let say = move |key: Key| session.text_of(key, State::say);
    view! { class="",
        <details class="answer" hidden=session.when(|state| state.steps.answer == Offer::None)>
            <summary>{say(Key::Answer)}</summary>
            <label for="answer">{say(Key::Email)}</label>
            <p id="answer-error" class="error" hidden=session.when(|state| state.steps.wrong.is_none())>
                {session.text(State::wrong)}
            </p>
            <input
                class="text"
                id="answer"
                name="answer"
                type="email"
                required=true
                autocomplete="email"
                dir="auto"
                aria-describedby="answer-error"
                aria-invalid=session.text(|state| super::aria(state.steps.wrong.is_some()))
            />
            <button type="button" class="quiet" data-do="answer" on:click=session.on(Act::Answer)>
                {session.text(|state| state.offer_label(state.steps.answer, Key::AnswerSend))}
            </button>
        </details>
    }
}

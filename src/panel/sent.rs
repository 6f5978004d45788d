//! The confirmation: their words, what happens to them, the reference, and what the visitor can do next.

use leptos::prelude::*;

use super::{Act, Phase, Session, Source, State, reach};
use crate::wording::{Confirmation, Key};

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
}

/// How far taking the words back has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TakeBack {
    /// It can be asked for.
    #[default]
    Offered,
    /// It was asked for once: the second time it happens.
    Asked,
    /// The endpoint is being asked.
    UnderWay,
    /// The words are deleted.
    Done,
}

/// What the visitor has done with a confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// What became of the last step, if there is something to say.
    pub said: Option<Key>,
    /// What has been copied, and whether that had to be by selecting it.
    pub copied: Option<(Source, Key)>,
    /// Who reads it and until when, where that is no longer what it was at first.
    pub reads: Option<String>,
    /// How far taking the words back has come.
    pub take_back: TakeBack,
    /// Whether the praise has been passed on; a failure to do so can be tried again.
    pub quoted: Option<bool>,
}

impl Steps {
    /// Whether the words are deleted.
    pub fn is_deleted(&self) -> bool {
        self.take_back == TakeBack::Done
    }
}

impl State {
    /// What the button says that copies.
    pub(super) fn copy_label(&self, source: Source) -> String {
        let copied = self.steps.copied.filter(|(copied, _)| *copied == source).map(|(_, key)| key);
        let offered = if source == Source::Reference { Key::ReferenceCopy } else { Key::CopyWords };
        self.say(copied.unwrap_or(offered))
    }

    /// What the button says that passes praise on.
    fn quote_label(&self) -> String {
        self.say(if self.steps.quoted == Some(false) { Key::Again } else { Key::QuoteSend })
    }

    /// What the button says that deletes.
    fn take_back_label(&self) -> String {
        self.say(if self.steps.take_back == TakeBack::Offered { Key::TakeBack } else { Key::TakeBackSure })
    }

    /// What is said aloud of a button that has changed its word.
    fn aloud(&self) -> String {
        let sure = (self.steps.take_back == TakeBack::Asked).then_some(Key::TakeBackSure);
        self.say_any(sure.or(self.steps.copied.map(|(_, key)| key)))
    }

    /// What the words mean to us.
    fn own(&self) -> String {
        if let Phase::Sent(sent) = &self.phase { sent.said.own.clone() } else { String::new() }
    }

    /// Who reads the words, and until when.
    pub fn reads(&self) -> String {
        match (&self.steps.reads, &self.phase) {
            (Some(reads), _) => reads.clone(),
            (None, Phase::Sent(sent)) => sent.said.reads.clone(),
            (None, _) => String::new(),
        }
    }
}

/// Stands until the visitor closes it.
#[component]
pub fn Confirmed(
    /// In whose words it is written.
    session: Session,
    /// What it shows.
    sent: Sent,
) -> impl IntoView {
    let never = session.when(|_| false);
    let button = move |name: &'static str, act: Act, hidden: Signal<bool>, label: Signal<String>| {
        view! { class="",
            <button class="quiet" data-do=name hidden=hidden on:click=session.on(act)>
                {label}
            </button>
        }
    };
    let say = move |key: Key| session.text_of(key, State::say);
    let copied = move |source: Source| session.text_of(source, State::copy_label);
    let line = |name: &'static str, text: Signal<String>| view! { class="", <p data-fill=name>{text}</p> };
    let Sent { words, reference, praised, withdraw, .. } = sent;
    let nowhere = session.when_of(reference.is_empty(), |_, nowhere| nowhere);
    view! { class="",
        <div part="confirmation" class="sent">
            <div hidden=session.when(|state| state.steps.is_deleted())>
                <p class="about">{say(Key::Wrote)}</p>
                <blockquote class="quote" dir="auto" data-fill="words">{words}</blockquote>
                {line("own", session.text(State::own))}
                {line("reads", session.text(State::reads))}
                <p class="receipt" hidden=nowhere>
                    <span>
                        {session.drawn_before(Key::Reference)}
                        <b part="reference" class="reference" dir="ltr" data-fill="reference">{reference}</b>
                    </span>
                    {button("copy-reference", Act::Copy(Source::Reference), never, copied(Source::Reference))}
                </p>
                <div class="praised" hidden=session.when_of(praised, |state, praised| !praised || state.steps.quoted == Some(true))>
                    <label class="check">
                        <input type="checkbox" name="quote" />
                        <span>{say(Key::Quote)}</span>
                    </label>
                    <label for="for">{say(Key::QuoteFor)}</label>
                    <input class="text" id="for" name="for" dir="auto" maxlength="200" />
                    {button("quote", Act::Quote, never, session.text(State::quote_label))}
                </div>
                <p class="about">{say(Key::MoreHint)}</p>
                <div class="steps">
                    {button(
                        "more",
                        Act::Reopen,
                        session.when(|state| state.steps.take_back == TakeBack::UnderWay),
                        say(Key::More),
                    )}
                    {button("save", Act::Save, never, say(Key::Save))}
                    {button("copy", Act::Copy(Source::Confirmation), never, copied(Source::Confirmation))}
                    {button("take-back", Act::TakeBack, session.when_of(!withdraw, |_, kept| kept), session.text(State::take_back_label))}
                </div>
                <p class="about" role="status" data-fill="said">
                    {session.text(|state| state.say_any(state.steps.said))}
                </p>
                <p class="unseen" role="status" data-fill="aloud">
                    {session.text(State::aloud)}
                </p>
                {reach::line(session, |_| true)}
            </div>
            <button class="send" data-do="close">
                {say(Key::Done)}
            </button>
        </div>
    }
}

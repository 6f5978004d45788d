//! From the visitor's fields to the endpoint, and its answer to the screen.

use js_sys::{Date, Promise};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    Mounted,
    fields::{self, Fields},
    focus,
    handed::{Handed, Receipt},
    with_mounted,
};
use crate::{
    draft::{Draft, trimmed},
    feedback::{BODY_MAX, Kind, Submission},
    panel::{Act, Failure, Phase, Sent, Session},
    wording::{Confirmation, Delivery, Facts, Key},
};

/// Carries out what the visitor does.
pub fn act(session: Session, act: Act) {
    match act {
        Act::Choose(kind) => note(session, kind),
        Act::Send => send(session),
        Act::Reopen => focus("#message"),
    }
}

/// Posts the click on a kind, and says quietly what became of it.
fn note(session: Session, kind: Kind) {
    if !session.one_click {
        return;
    }
    let body = with_mounted(|mounted| {
        let revision = mounted.revisions.bare(kind)?;
        Some(Submission { sent_at: now(), ..session.context().bare(kind, revision) }.body())
    });
    let Some(body) = body.flatten() else { return };
    session.note.set(Some(Key::Noting));
    spawn_local(async move {
        let posted = Handed(&post(body).await).receipt().is_some();
        // The visitor may have sent words, or closed the panel for good, in the meantime.
        if session.kind.try_get_untracked() == Some(Some(kind))
            && session.note.try_get_untracked() == Some(Some(Key::Noting))
        {
            session.note.try_set(Some(if posted { noted(kind) } else { Key::NotedNot }));
        }
    });
}

/// The key of the line that a click has been noted.
pub const fn noted(kind: Kind) -> Key {
    Key::of(kind, [Key::NotedComplaint, Key::NotedPraise, Key::NotedSuggestion])
}

/// Checks the fields and posts them, or says what has to be mended.
fn send(session: Session) {
    let Some(kind) = session.kind.get_untracked() else { return };
    let Some(fields) = with_mounted(|mounted| Fields::read(&mounted.root)) else { return };
    let draft = fields.draft(kind);
    let problems = draft.check();
    let stands = !problems.is_empty();
    session.problems.set(problems);
    if stands {
        session.phase.set(Phase::Write);
        focus("[part=problem]");
        return;
    }
    let submission = session.context().words(&draft, &fields.trap, |optional| fields.takes(optional));
    let Some(body) = with_mounted(|mounted| words(mounted, submission)) else { return };
    session.phase.set(Phase::Sending);
    session.note.set(Some(Key::Sending));
    with_mounted(|mounted| fields::hold(&mounted.root, true));
    spawn_local(async move {
        let answer = post(body).await;
        let (phase, next) = match Handed(&answer).receipt() {
            Some(receipt) => (Phase::Sent(sent(session, &draft, receipt)), "#title"),
            None => (Phase::NotKept(Handed(&answer).failure().unwrap_or(Failure::Fault)), "[part=problem]"),
        };
        with_mounted(|mounted| fields::hold(&mounted.root, false));
        session.note.try_set(None);
        session.phase.try_set(phase);
        focus(next);
    });
}

/// What the visitor is told of words that have arrived.
fn sent(session: Session, draft: &Draft, receipt: Receipt) -> Sent {
    let mut catalog = session.catalog();
    for (key, text) in receipt.sentences {
        catalog.set(key, text);
    }
    let facts = Facts {
        kind: draft.kind,
        delivery: Delivery::Sent,
        words: true,
        name: trimmed(&draft.name),
        email: trimmed(&draft.email),
        reply: draft.reply,
        reader: &session.context().reader,
        by: "",
    };
    Sent {
        kind: draft.kind,
        words: trimmed(&draft.message).into(),
        said: Confirmation::compose(&catalog, &facts),
        reference: receipt.reference,
        withdraw: receipt.withdraw,
    }
}

/// The body for these words. What the site adds is left out where it would make the body too long for an endpoint.
fn words(mounted: &mut Mounted, submission: Submission) -> String {
    // Whole milliseconds; a clock that was set back in the meantime gives 0.
    let took_ms = Some((Date::now() - mounted.opened) as u32);
    mounted.revisions.words(&submission.clone(), |revision| {
        let submission = Submission { revision, sent_at: now(), took_ms, ..submission };
        let body = submission.body();
        if body.len() <= BODY_MAX { body } else { Submission { custom: None, ..submission }.body() }
    })
}

fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// Hands a body to shell.js and waits for its answer; null if there can be none.
async fn post(body: String) -> JsValue {
    let promise = with_mounted(|mounted| mounted.post.clone())
        .and_then(|post| post.call1(&JsValue::UNDEFINED, &body.into()).ok())
        .and_then(|value| value.dyn_into::<Promise>().ok());
    let Some(promise) = promise else { return JsValue::NULL };
    JsFuture::from(promise).await.unwrap_or(JsValue::NULL)
}

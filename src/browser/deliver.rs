//! From the visitor's fields to the endpoint, and its answer to the screen.

use js_sys::{Date, JSON, Promise};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Mounted, fields::Fields, focus, with_mounted};
use crate::{
    draft::trimmed,
    feedback::{BODY_MAX, Kind, Receipt, Submission},
    panel::{Act, Failure, Phase, Session, Words},
};

/// What the loader's `post` answers: one of the two.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    receipt: Option<Receipt>,
    failure: Option<Failure>,
}

/// Carries out what the visitor does.
pub fn act(session: Session, act: Act) {
    match act {
        Act::Choose(kind) => note(session, kind),
        Act::Send => send(session),
    }
}

/// Posts the click on a kind, and says quietly what became of it.
fn note(session: Session, kind: Kind) {
    if !session.one_click {
        return;
    }
    let body = with_mounted(|mounted| {
        let revision = mounted.revisions.bare(kind)?;
        let submission = session.context().bare(kind, revision);
        Some(write(&Submission { sent_at: now(), ..submission }))
    });
    let Some(body) = body.flatten() else { return };
    session.note.set("noting");
    spawn_local(async move {
        let posted = post(body).await.receipt.is_some();
        // The visitor may have sent words, or closed the panel for good, in the meantime.
        if session.kind.try_get_untracked() == Some(Some(kind)) && session.note.try_get_untracked() == Some("noting") {
            session.note.try_set(if posted { noted(kind) } else { "not-noted" });
        }
    });
}

/// The key of the line that a click has been noted.
pub const fn noted(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "complaint.noted",
        Kind::Praise => "praise.noted",
        Kind::Suggestion => "suggestion.noted",
    }
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
    spawn_local(async move {
        let outcome = post(body).await;
        let (phase, next) = match outcome.receipt {
            Some(receipt) => {
                let sent = Words {
                    kind,
                    words: trimmed(&draft.message).into(),
                    name: trimmed(&draft.name).into(),
                    email: trimmed(&draft.email).into(),
                    reply: draft.reply,
                    reference: receipt.reference.unwrap_or_default(),
                };
                (Phase::Sent(sent), "#title")
            }
            None => (Phase::NotKept(outcome.failure.unwrap_or(Failure::Fault)), "[part=problem]"),
        };
        session.note.try_set("");
        session.phase.try_set(phase);
        focus(next);
    });
}

/// The body for these words. What the site adds is left out where it would make the body too long for an endpoint.
fn words(mounted: &mut Mounted, submission: Submission) -> String {
    let opened = mounted.opened;
    mounted.revisions.words(submission, |submission| {
        // Whole milliseconds; a clock that was set back in the meantime gives 0.
        let took_ms = Some((Date::now() - opened) as u32);
        let submission = Submission { sent_at: now(), took_ms, ..submission.clone() };
        let body = write(&submission);
        if body.len() <= BODY_MAX { body } else { write(&Submission { custom: None, ..submission }) }
    })
}

fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// The submission as JSON, its fields in their order.
fn write(submission: &Submission) -> String {
    let value = submission.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    value.ok().and_then(|value| JSON::stringify(&value).ok()).map(String::from).unwrap_or_default()
}

/// Hands a body to the loader and waits for the outcome.
async fn post(body: String) -> Outcome {
    let promise = with_mounted(|mounted| mounted.post.clone())
        .and_then(|post| post.call1(&JsValue::UNDEFINED, &body.into()).ok())
        .and_then(|value| value.dyn_into::<Promise>().ok());
    let Some(promise) = promise else { return Outcome::default() };
    let value = JsFuture::from(promise).await.unwrap_or(JsValue::NULL);
    serde_wasm_bindgen::from_value(value).unwrap_or_default()
}

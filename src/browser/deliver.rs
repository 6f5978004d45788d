//! From the visitor's fields to the endpoint, and its answer to the screen.

use js_sys::{Date, Promise as Later};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    Mounted,
    fields::{self, Fields},
    focus,
    handed::Handed,
    with_mounted,
};
use crate::{
    feedback::{BODY_MAX, Kind, Promise, Submission},
    panel::{Act, Failure, Phase, Session},
    promise,
    wording::Key,
};

/// Differences between two clocks up to this are none, in seconds.
const CLOCK_ERROR_MIN: i64 = 60;

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
        let posted = Handed(&post(body).await).is_received();
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
    let promised = if draft.reply { due(None) } else { None };
    let Some(body) = with_mounted(|mounted| words(mounted, session, &submission, promised)) else { return };
    session.phase.set(Phase::Sending);
    session.note.set(Some(Key::Sending));
    with_mounted(|mounted| fields::hold(&mounted.root, true));
    spawn_local(async move {
        let answer = post(body).await;
        // The endpoint's clock is right: where the device's is not, the promise is made anew.
        let promised = with_mounted(|mounted| mounted.promised).flatten();
        let right = Handed(&answer).received().and_then(|received| due(Some(received)));
        if let (Some(promised), Some(right)) = (promised, right)
            && (promised - right).abs() > CLOCK_ERROR_MIN
        {
            let body = with_mounted(|mounted| {
                mounted.revisions.thaw();
                words(mounted, session, &submission, Some(right))
            });
            post(body.unwrap_or_default()).await;
        }
        let received = Handed(&answer).is_received();
        with_mounted(|mounted| fields::hold(&mounted.root, false));
        session.note.try_set(None);
        if received {
            // The panel may have been taken off the page in the meantime.
            if session.phase.try_set(Phase::Sent).is_some() {
                return;
            }
            leptos::task::tick().await;
            if let Some(confirm) = with_mounted(|mounted| mounted.confirm.clone()) {
                // It says on the console what it can't do.
                let _ = confirm.call0(&JsValue::UNDEFINED);
            }
        } else {
            session.phase.try_set(Phase::NotKept(Handed(&answer).failure().unwrap_or(Failure::Fault)));
            focus("[part=problem]");
        }
    });
}

/// The instant by which a reply is due, to words that arrive now or at an instant by the endpoint's clock.
fn due(received: Option<i64>) -> Option<i64> {
    with_mounted(|mounted| {
        let (hours, offset) = mounted.hours.as_ref()?;
        let now = received.unwrap_or_else(|| {
            (Date::now() / 1000.0 + Handed(&mounted.state).number("skew").unwrap_or_default()) as i64
        });
        let offset = |instant: i64| {
            let seconds = offset.call1(&JsValue::UNDEFINED, &(instant as f64).into()).ok().and_then(|it| it.as_f64());
            seconds.unwrap_or_default() as i32
        };
        promise::due(hours, now, offset)
    })?
}

/// The body for these words, with what the visitor is promised. What the site adds is left out where it
/// would make the body too long for an endpoint.
fn words(mounted: &mut Mounted, session: Session, submission: &Submission, promised: Option<i64>) -> String {
    // Whole milliseconds; a clock that was set back in the meantime gives 0.
    let took_ms = Some((Date::now() - mounted.opened) as u32);
    let promise = promised.map(|by| Promise {
        by: Date::new(&(by as f64 * 1000.0).into()).to_iso_string().into(),
        person: Some(session.context().person).filter(|person| !person.is_empty()),
    });
    let kept = &mut mounted.promised;
    mounted.revisions.words(submission, |revision| {
        *kept = promised;
        let submission = Submission { revision, sent_at: now(), took_ms, promise, ..submission.clone() };
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
        .and_then(|value| value.dyn_into::<Later>().ok());
    let Some(promise) = promise else { return JsValue::NULL };
    JsFuture::from(promise).await.unwrap_or(JsValue::NULL)
}

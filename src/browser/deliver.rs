//! From the visitor's fields to the endpoint, and its answer to the screen.

use std::any::Any;

use js_sys::{Date, Promise as Later};
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    Live, behind, clock,
    fields::Fields,
    focus,
    hand_over::noted,
    is_current, json, page, receipt,
    sender::{self, Posted, Receipt},
    site, timer, with_live, withdraw,
};
use crate::{
    feedback::{Failure, Kind, Outcome, Step, Submission},
    message::{Frozen, Message},
    panel::{Act, Confirmed, Offer, Phase, Sent, Session, Steps},
    wording::{Confirmation, Delivery, Facts, Key},
};

/// Differences between two instants that are promised up to this are none, in seconds.
const DIFFERENCE_MIN: i64 = 60;
/// How long to wait before a corrected promise is posted once more, in milliseconds.
const CORRECTIONS: [i32; 4] = [1_000, 3_000, 9_000, 27_000];
/// From then on, who is to wait before they post again is told until when, in seconds.
const WAIT_LONG: i32 = 600;
/// The confirmation.
const CONFIRMATION: &str = "[part=confirmation]";

/// Carries out what the visitor does.
pub fn act(session: Session, act: Act) {
    if let Act::Choose(_) = act {
        with_live(|live| live.reach(Step::Chosen));
    }
    match act {
        Act::Choose(kind) => choose(session, kind),
        Act::Send => send(session),
        Act::Reply => {}
        Act::Go(field) => focus(field.selector()),
        Act::Copy(source) => spawn_local(receipt::copy(session, source)),
        Act::Save => drop(receipt::save(session)),
        Act::Reopen => {
            with_live(Live::reopen);
            focus("#message");
        }
        Act::Undo => spawn_local(withdraw::undo(session)),
        Act::Answer => spawn_local(behind::answer(session)),
        Act::Quote => spawn_local(behind::quote(session)),
        Act::TakeBack => withdraw::ask(),
        Act::Keep => withdraw::keep(session),
        Act::Delete => spawn_local(withdraw::delete(session)),
    }
}

/// Posts the click on a kind, and says quietly what became of it.
fn choose(session: Session, kind: Kind) {
    let bare = with_live(|live| {
        // In a page that changes by script: it begins on the page as it is now.
        if live.message == Message::default() && !Fields::read(&live.root).is_typed() {
            session.update(|state| state.context.page = page::facts());
        }
        // Nothing that could mark a click as somebody's who only looks travels with it.
        if !live.one_click || !live.preview.is_empty() {
            return None;
        }
        let revision = live.message.bare(kind)?;
        let bare = session.read(|state| state.context.bare(kind, revision))?;
        Some(Submission { sent_at: clock::now(), ..bare })
    });
    let Some(bare) = bare.flatten() else { return };
    session.update(|state| state.note = Some(Key::Noting));
    spawn_local(async move {
        let posted = post(session, &bare, Frozen::of(&bare)).await;
        if is_current(session, &bare.id) {
            note(session, kind, posted.outcome == Outcome::Received);
        }
    });
}

/// Says what became of a click on a kind, unless the visitor has sent words or begun anew in the meantime.
fn note(session: Session, kind: Kind, is_received: bool) {
    session.update(|state| {
        if state.kind == Some(kind) && state.note == Some(Key::Noting) {
            state.note = Some(if is_received { noted(kind) } else { Key::NotedNot });
        }
    });
    with_live(Live::offer_undo);
}

/// Waits for the answer to a click that first aid has posted.
pub fn await_click(session: Session, kind: Kind, click: Later) {
    let id = session.read(|state| state.context.id.clone()).unwrap_or_default();
    spawn_local(async move {
        let answer = JsFuture::from(click).await;
        if !is_current(session, &id) {
            return;
        }
        let receipt = answer.map_or(JsValue::UNDEFINED, |answer| json::member(&answer, "receipt"));
        let text = |name| json::member(&receipt, name).as_string();
        with_live(|live| {
            if let (true, Some(key)) = (live.posts == 0, text("key")) {
                (live.receipt.key, live.receipt.withdraw) = (key, text("withdraw"));
            }
        });
        note(session, kind, receipt.is_truthy());
    });
}

/// Sends the words that first aid has handed over with Send pressed, unless that has been done.
pub fn send_held(session: Session) {
    if with_live(|live| std::mem::take(&mut live.held)) == Some(true) {
        send(session);
    }
}

/// Checks the fields and posts them, or says what has to be mended.
fn send(session: Session) {
    let Some(kind) = session.read(|state| state.kind).flatten() else { return };
    let Some(fields) = with_live(|live| Fields::read(&live.root)) else { return };
    let draft = fields.draft(kind);
    let problems = draft.check();
    let stands = !problems.is_empty();
    session.update(|state| {
        state.problems = problems;
        if stands {
            state.phase = Phase::Write;
        }
    });
    if stands {
        return focus("[part=problem]");
    }
    // What is taken back is not written to: the words are another message's.
    if session.read(|state| state.undoing) == Some(true) {
        with_live(|live| live.held = true);
        return session.update(|state| state.phase = Phase::Sending);
    }
    let is_unsure = session.read(|state| matches!(state.phase, Phase::Unsure(_))) == Some(true);
    let posting = with_live(|live| {
        let words = live.written(&fields, &draft)?;
        if let Some(unedited) = live.unedited(&words) {
            // First aid may have been the one who sent them.
            live.last = Some(unedited.0.clone());
            return Some((unedited, live.arrived, is_unsure));
        }
        let promised = if draft.reply { live.due(None) } else { None };
        Some((live.freeze(words, promised), false, false))
    });
    let Some(((submission, frozen), arrived, is_unsure)) = posting.flatten() else { return };
    // Where nothing was added, nothing is posted again: some endpoints would have it twice.
    if arrived {
        with_live(|live| live.confirm(&submission, live.promised, live.receipt.clone()));
        return focus(CONFIRMATION);
    }
    session.update(|state| {
        state.phase = Phase::Sending;
        state.note = Some(Key::Sending);
    });
    spawn_local(deliver(session, submission, frozen, is_unsure));
}

/// Posts words, and says what has become of them. What may have arrived before may have so still, whatever becomes of
/// trying again.
async fn deliver(session: Session, mut submission: Submission, mut frozen: Frozen, is_unsure: bool) {
    let promised = with_live(|live| live.promised).flatten();
    let mut is_anew = false;
    let Posted { outcome, receipt, wait, .. } = loop {
        let posted = post(session, &submission, frozen).await;
        if is_anew || !posted.is_gone || !is_current(session, &submission.id) {
            break posted;
        }
        let Some(anew) = with_live(|live| live.anew(submission.clone())) else { break posted };
        (submission, frozen) = anew;
        is_anew = true;
    };
    if !is_current(session, &submission.id) {
        return;
    }
    session.update(|state| state.note = None);
    if let Some(failure) = outcome.failure() {
        let is_unsure = is_unsure || matches!(outcome, Outcome::Unsure(_));
        with_live(|live| {
            let format = live.endpoint.format;
            let phase = if is_unsure { Phase::Unsure(format) } else { Phase::NotKept(failure) };
            let until =
                (wait >= WAIT_LONG).then(|| clock::day(Date::now() as i64 / 1_000 + i64::from(wait), &live.region()));
            session.update(|state| (state.phase, state.blocked) = (phase, until.unwrap_or_default()));
            live.change();
        });
        return focus("[part=problem]");
    }
    let (by, wrong) = settle(promised, &receipt);
    with_live(|live| {
        live.reach(Step::Sent);
        live.confirm(&submission, by, receipt);
    });
    focus(CONFIRMATION);
    if wrong {
        correct(session, submission, by).await;
    }
}

/// What to tell the visitor of a promise, now that the endpoint has it, and whether it has to be posted anew: the
/// endpoint's clock is right, and where the device's is not, the promise is another one.
pub fn settle(promised: Option<i64>, receipt: &Receipt) -> (Option<i64>, bool) {
    let right =
        receipt.received.filter(|_| promised.is_some()).and_then(|it| with_live(|live| live.due(Some(it as i64)))?);
    let wrong = promised.zip(right).is_some_and(|(promised, right)| (promised - right).abs() > DIFFERENCE_MIN);
    (if wrong { right } else { promised }, wrong)
}

/// Posts the right promise behind the words, until it arrives; where it doesn't, no day is promised any more.
pub async fn correct(session: Session, submission: Submission, right: Option<i64>) {
    let Some((submission, frozen)) = with_live(|live| live.freeze(submission, right)) else { return };
    for wait in CORRECTIONS {
        if post_with(session, &submission, frozen.clone(), false).await.outcome == Outcome::Received {
            return;
        }
        timer::sleep(wait).await;
    }
    // Of words that were added since, their own confirmation speaks.
    if with_live(|live| live.is_last(&submission)) == Some(true) {
        let reads = with_live(|live| live.said(&submission, None).reads);
        session.update(|state| state.steps.reads = reads);
    }
}

/// Posts a body, and takes up what the answer says of the message and of the clocks. Where nothing says what became of
/// it, and it can't arrive twice, it is posted twice more.
pub fn post(session: Session, submission: &Submission, frozen: Frozen) -> impl Future<Output = Posted> {
    post_with(session, submission, frozen, true)
}

async fn post_with(session: Session, submission: &Submission, frozen: Frozen, again: bool) -> Posted {
    let ways = with_live(|live| {
        live.posting += 1;
        // What follows a message that has been left is no business of who takes up the one on the screen.
        let note = is_current(session, &submission.id).then(|| live.note.clone());
        if let Some(note) = &note {
            live.posts += 1;
            note.begin(submission, &frozen.body);
        }
        (live.endpoint.clone(), note, live.posts)
    });
    let Some((endpoint, note, number)) = ways else {
        let outcome = Outcome::NotSent(Failure::Fault);
        return Posted { outcome, receipt: Receipt::default(), is_gone: false, wait: 0 };
    };
    let sent = Date::parse(&submission.sent_at) / 1e3;
    let posted = sender::post(&endpoint, submission, &frozen.body, note.as_ref(), again).await;
    let is_received = posted.outcome == Outcome::Received;
    with_live(|live| {
        live.posting = live.posting.saturating_sub(1);
        // An older post says nothing of what is noted since.
        let is_current = is_current(session, &submission.id);
        if live.posts == number && is_current {
            live.note.end(posted.outcome, &posted.receipt.reference);
        }
        if is_received && is_current {
            if let Some(received) = posted.receipt.received {
                live.skew = clock::skew(sent, received, Date::now() / 1e3);
            }
            live.receipt = posted.receipt.clone();
            live.arrived |= live.is_last(submission);
        }
        live.change();
    });
    posted
}

impl Live {
    /// What the visitor is told of words that have arrived.
    pub(super) fn said(&self, words: &Submission, promised: Option<i64>) -> Confirmation {
        let day = promised.map(|by| clock::day(by, &self.region())).unwrap_or_default();
        let contact = words.contact.clone().unwrap_or_default();
        let facts = Facts {
            kind: words.kind,
            delivery: Delivery::Sent,
            words: true,
            name: contact.name.as_deref().unwrap_or_default(),
            email: contact.email.as_deref().unwrap_or_default(),
            reader: &self.site.reader,
            by: &day,
        };
        self.session.read(|state| Confirmation::compose(&state.catalog, &facts)).unwrap_or_default()
    }

    /// Shows the confirmation, in the endpoint's own sentences where it has any.
    fn confirm(&mut self, words: &Submission, by: Option<i64>, receipt: Receipt) {
        let mut catalog = self.catalog.clone();
        site::lay(&mut catalog, &receipt.confirmation, "the endpoint's confirmation: ");
        self.session.update(|state| state.catalog = catalog);
        let sent = Sent {
            kind: words.kind,
            words: words.message.clone().unwrap_or_default(),
            said: self.said(words, by),
            reference: receipt.reference,
            withdraw: receipt.withdraw.is_some(),
        };
        let session = self.session;
        // What is said behind the words is a revision of theirs.
        let offered = |holds: bool| if holds && self.endpoint.format.merges() { Offer::Open } else { Offer::None };
        let is_named = words.contact.as_ref().is_some_and(|contact| contact.name.is_some());
        let steps = Steps {
            answer: offered(words.contact.is_none()),
            quote: offered(words.kind == Kind::Praise && is_named && !self.quotable),
            ..Steps::default()
        };
        session.confirm(sent.clone(), steps);
        let panel = self.find(".panel").map(JsCast::unchecked_into);
        let confirmed = move || view! { class="", <Confirmed session sent /> };
        self.confirmation = panel.map(|panel| Box::new(mount_to(panel, confirmed)) as Box<dyn Any>);
    }
}

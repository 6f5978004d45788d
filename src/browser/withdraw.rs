//! Taking back: a click on a kind, at once; or words that have arrived, once the visitor has said that they mean it.

use wasm_bindgen::JsValue;
use web_sys::Url;

use super::{Live, console, deliver, focus, is_current, json, page, sender, timer, with_live};
use crate::{
    feedback::{Answer, Failure, VERSION, Withdrawal},
    message::Message,
    panel::{Context, Phase, Session, TakeBack},
    wording::Key,
};

/// How long the visitor is asked whether the message is to be deleted, in milliseconds.
const QUESTION: i32 = 20_000;

/// What the endpoint has done with what was to be taken back.
enum Withdrawn {
    /// It is deleted.
    Done,
    /// It is out of the inbox, and deleted as soon as can be.
    Pending,
    /// It is still there.
    Failed,
}

/// Takes a click on a kind back. What follows is a new message, on the page as it is now, with the words that are being
/// written.
pub async fn undo(session: Session) {
    let Some(id) = session.read(|state| state.context.id.clone()) else { return };
    session.update(|state| state.undoing = true);
    let withdrawn = withdraw(session).await;
    session.update(|state| state.undoing = false);
    if !is_current(session, &id) {
        return;
    }
    let note = match withdrawn {
        Withdrawn::Done => Key::UndoDone,
        Withdrawn::Pending => Key::TakeBackPending,
        Withdrawn::Failed => Key::UndoFailed,
    };
    if note != Key::UndoFailed {
        with_live(Live::forget_click);
        focus("#title");
    }
    session.update(|state| state.note = Some(note));
    deliver::send_held(session);
}

/// Asks whether the message is to be deleted, for a while.
pub fn ask() {
    with_live(Live::ask);
    focus("[data-do=keep]");
}

/// The message is not to be deleted, or the question was left alone.
pub fn keep(session: Session) {
    let is_asked = session.read(|state| state.steps.take_back == TakeBack::Asked);
    let has_focus = with_live(|live| {
        let question = live.question.take();
        // Not while its own call is running.
        leptos::task::spawn_local(async move { drop(question) });
        live.find("[data-do=keep]:focus, [data-do=delete]:focus").is_some()
    });
    if is_asked == Some(true) {
        session.update(|state| state.steps.take_back = TakeBack::Offered);
        if has_focus == Some(true) {
            focus("[data-do=take-back]");
        }
    }
}

/// Deletes the message.
pub async fn delete(session: Session) {
    let Some(id) = session.read(|state| state.context.id.clone()) else { return };
    let set = |take_back, said| {
        session.update(|state| {
            state.steps.take_back = take_back;
            state.steps.said = said;
        });
    };
    set(TakeBack::UnderWay, None);
    let withdrawn = withdraw(session).await;
    if !is_current(session, &id) {
        return;
    }
    match withdrawn {
        Withdrawn::Failed => {
            set(TakeBack::Asked, Some(Key::TakeBackFailed));
            with_live(Live::ask);
            return;
        }
        Withdrawn::Pending => set(TakeBack::Pending, None),
        Withdrawn::Done => set(TakeBack::Done, None),
    }
    focus("#title");
}

/// Asks the endpoint to delete the message, at an address relative to its own; says on the console why it has not.
async fn withdraw(session: Session) -> Withdrawn {
    let named = session.read(|state| (state.context.id.clone(), state.context.site.clone()));
    let known = with_live(|live| (live.endpoint.address.clone(), live.receipt.clone()));
    let (Some((id, site)), Some((endpoint, receipt))) = (named, known) else { return Withdrawn::Failed };
    let here = page::window().location().href().unwrap_or_default();
    let base = Url::new_with_base(&endpoint, &here);
    let address = receipt.withdraw.unwrap_or_default();
    let at = base.as_ref().ok().and_then(|base| Url::new_with_base(&address, &base.href()).ok());
    let (Ok(base), Some(at)) = (base, at) else { return Withdrawn::Failed };
    if at.origin() != base.origin() {
        console::error(&address, "", &JsValue::from(""), &"its address is on another server".into(), "");
        return Withdrawn::Failed;
    }
    let withdrawal = Withdrawal { v: VERSION, site, id, key: receipt.key };
    let exchange = sender::send(&at.href(), &[], &json::write(&withdrawal).into(), None).await;
    match exchange.answer {
        Answer::Status { status: 202, ok: true, .. } => Withdrawn::Pending,
        Answer::Status { status: 200..=299, ok: true, .. } => Withdrawn::Done,
        _ => {
            exchange.complain(&at.href(), Failure::Refused);
            Withdrawn::Failed
        }
    }
}

impl Live {
    /// The question stands from now on, for a while.
    fn ask(&mut self) {
        let session = self.session;
        self.question = Some(timer::after(QUESTION, move || keep(session)));
    }

    /// Lets the click on a kind be taken back, if the endpoint can do that.
    pub(super) fn offer_undo(&mut self) {
        let offered = self.receipt.withdraw.is_some() && self.posting == 0;
        self.session.update(|state| state.can_undo = offered);
    }

    /// The message that the click began is no more; words that wait to be sent are another one's.
    fn forget_click(&mut self) {
        self.message = Message::default();
        self.receipt = sender::Receipt::default();
        let is_held = self.held;
        self.session.update(|state| {
            state.problems.clear();
            state.context = Context { id: page::id(), page: page::facts(), ..state.context.clone() };
            state.can_undo = false;
            if !is_held {
                state.kind = None;
                state.phase = Phase::Choose;
            }
        });
        self.renew_note();
    }
}

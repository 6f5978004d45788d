//! What is posted behind words that have arrived, as their next revision: an address for an answer, the permission to
//! quote them.

use super::{
    Live,
    deliver::{correct, post, settle},
    fields::Fields,
    focus, is_current,
    sender::Posted,
    with_live,
};
use crate::{
    draft::Draft,
    feedback::{Contact, Field, Outcome, Problem, Submission, trimmed},
    message::Frozen,
    panel::{Offer, Session, State, reason},
    wording::Key,
};

/// The visitor leaves an address after all: from then on an answer is promised.
pub async fn answer(session: Session) {
    let Some(email) = with_live(|live| trimmed(&Fields::read(&live.root).answer).to_owned()) else { return };
    let Some(last) = with_live(|live| live.last.clone()).flatten() else { return };
    let wrong = wrong_address(&last, &email);
    session.update(|state| state.steps.wrong = wrong);
    if wrong.is_some() {
        return focus("#answer");
    }
    let contact = Some(Contact { name: None, email: Some(email.clone()), reply: true });
    let words = Submission { contact, ..last };
    let Some((submission, frozen)) = with_live(|live| live.next(words, live.due(None))).flatten() else { return };
    let promised = with_live(|live| live.promised).flatten();
    // Words that are added keep the address.
    with_live(|live| Fields::ask_reply(&live.root, &email));
    let Posted { outcome, receipt, .. } = post(session, &submission, frozen).await;
    // Words that were added since have a confirmation of their own.
    let stands = with_live(|live| live.is_last(&submission) && live.session.read(State::is_sent) == Some(true));
    if stands != Some(true) {
        return;
    }
    if outcome != Outcome::Received {
        return session.update(|state| {
            state.steps.answer = Offer::Failed;
            state.steps.said = outcome.failure().map(reason);
        });
    }
    let (by, wrong) = settle(promised, &receipt);
    let reads = with_live(|live| live.said(&submission, by).reads);
    session.update(|state| {
        state.steps.answer = Offer::None;
        state.steps.said = None;
        state.steps.reads = reads;
    });
    focus("[data-do=more]");
    if wrong {
        correct(session, submission, by).await;
    }
}

/// What is wrong with an address to which an answer is to go.
fn wrong_address(words: &Submission, email: &str) -> Option<Problem> {
    let draft = Draft {
        kind: words.kind,
        message: words.message.clone().unwrap_or_default(),
        name: String::new(),
        email: email.into(),
        reply: true,
    };
    draft.check().into_iter().find(|problem| problem.field() == Field::Email)
}

/// The visitor lets their praise be quoted: this goes along with every later revision, too.
pub async fn quote(session: Session) {
    let asked = with_live(|live| {
        live.quotable = true;
        let words = live.with_own(live.last.clone()?);
        live.next(words, live.promised)
    });
    let Some((submission, frozen)) = asked.flatten() else { return };
    let outcome = post(session, &submission, frozen).await.outcome;
    if !is_current(session, &submission.id) {
        return;
    }
    let is_received = outcome == Outcome::Received;
    session.update(|state| {
        state.steps.quote = if is_received { Offer::None } else { Offer::Failed };
        state.steps.said = Some(outcome.failure().map_or(Key::QuoteSent, reason));
    });
    if is_received {
        focus("[data-do=more]");
    }
}

impl Live {
    /// Words to be posted behind those that have arrived: what was tried already is tried again as it was; none while
    /// that is on its way.
    fn next(&mut self, words: Submission, promised: Option<i64>) -> Option<(Submission, Frozen)> {
        match self.unedited(&words) {
            Some(_) if self.posting > 0 => None,
            Some(unedited) => Some(unedited),
            None => Some(self.freeze(words, promised)),
        }
    }
}

//! What the visitor has done with a confirmation, and what its buttons say.

use super::{Phase, Source, State};
use crate::{feedback::Problem, wording::Key};

/// How far taking the words back has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TakeBack {
    /// It can be asked for.
    #[default]
    Offered,
    /// It was asked for: the visitor is asked whether they mean it.
    Asked,
    /// The endpoint is being asked.
    UnderWay,
    /// The words are out of the inbox, and are deleted as soon as can be.
    Pending,
    /// The words are deleted.
    Done,
}

/// How far something that is offered once has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offer {
    /// It is not offered.
    #[default]
    None,
    /// It can be taken.
    Open,
    /// It was taken, and that has not arrived: it can be tried again.
    Failed,
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
    /// Asking for an answer after all: offered to who left no address.
    pub answer: Offer,
    /// What is wrong with the address that was given then.
    pub wrong: Option<Problem>,
    /// Letting praise be quoted: offered to who gave a name.
    pub quote: Offer,
}

impl Steps {
    /// Whether the words are out of the inbox.
    pub fn is_deleted(&self) -> bool {
        matches!(self.take_back, TakeBack::Pending | TakeBack::Done)
    }

    /// Whether the visitor is asked if the message is to be deleted, or that is being done.
    pub fn is_asked(&self) -> bool {
        matches!(self.take_back, TakeBack::Asked | TakeBack::UnderWay)
    }
}

impl State {
    /// What the button says that copies.
    pub(super) fn copy_label(&self, source: Source) -> String {
        let copied = self.steps.copied.filter(|(copied, _)| *copied == source).map(|(_, key)| key);
        let offered = if source == Source::Reference { Key::ReferenceCopy } else { Key::CopyWords };
        self.say(copied.unwrap_or(offered))
    }

    /// What a button says that does something once, or tries that again.
    pub(super) fn offer_label(&self, offer: Offer, key: Key) -> String {
        self.say(if offer == Offer::Failed { Key::Again } else { key })
    }

    /// What is said aloud where something has changed its words: a promise, or a button.
    pub(super) fn aloud(&self) -> String {
        let copied = self.say_any(self.steps.copied.map(|(_, key)| key));
        if copied.is_empty() { self.steps.reads.clone().unwrap_or_default() } else { copied }
    }

    /// What is wrong with the address for an answer. There is nothing to untick here where it is missing.
    pub(super) fn wrong(&self) -> String {
        let problem = self.steps.wrong.map(|problem| match problem {
            Problem::EmailMissing => Problem::EmailWrong,
            problem => problem,
        });
        problem.map(|problem| self.sentence(problem)).unwrap_or_default()
    }

    /// What the words mean to us.
    pub(super) fn own(&self) -> String {
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

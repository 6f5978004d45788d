//! The screens, and what each of them holds.

use crate::{
    feedback::Kind,
    wording::{Confirmation, Key},
};

/// Which screen is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Three kinds to choose from.
    Choose,
    /// A kind is chosen; the words are being written.
    Write,
    /// The words are on their way.
    Sending,
    /// The endpoint has them.
    Sent(Sent),
    /// They did not arrive, and nobody keeps them but the box they stand in.
    NotKept(Failure),
}

impl Phase {
    /// The phase's name, for the attribute `data-phase`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Write => "write",
            Self::Sending => "sending",
            Self::Sent(_) => "sent",
            Self::NotKept(_) => "not-kept",
        }
    }
}

/// What was sent, and what the visitor is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Complaint, praise or suggestion.
    pub kind: Kind,
    /// The visitor's words, trimmed.
    pub words: String,
    /// What is said of them.
    pub said: Confirmation,
    /// What the visitor can quote; empty if the endpoint gives none.
    pub reference: String,
    /// Whether the endpoint takes words back.
    pub withdraw: bool,
}

/// Why a delivery failed: the cases in which a visitor can do something different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The network, a blocker or the page's policy let nothing through.
    Unreachable,
    /// No answer within 15 s.
    Timeout,
    /// The endpoint answered 429 or 503.
    Busy,
    /// The endpoint answered another 4xx: something on the site has to be mended.
    Refused,
    /// The endpoint answered another 5xx, or what no endpoint answers, such as a page.
    Fault,
}

impl Failure {
    /// Every failure.
    pub const ALL: [Self; 5] = [Self::Unreachable, Self::Timeout, Self::Busy, Self::Refused, Self::Fault];

    /// The failure of that name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.name() == name)
    }

    /// Why, and what the visitor can do, in the catalog.
    pub const fn key(self) -> Key {
        match self {
            Self::Unreachable => Key::ProblemUnreachable,
            Self::Timeout => Key::ProblemTimeout,
            Self::Busy => Key::ProblemBusy,
            Self::Refused => Key::ProblemRefused,
            Self::Fault => Key::ProblemFault,
        }
    }

    /// The failure's name, as shell.js says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Refused => "refused",
            Self::Fault => "fault",
        }
    }
}

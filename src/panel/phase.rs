//! The screens, and what each of them holds.

use super::Sent;
use crate::{
    feedback::{Failure, request::Format},
    wording::Key,
};

/// Which screen is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Three kinds to choose from.
    #[default]
    Choose,
    /// A kind is chosen; the words are being written.
    Write,
    /// The words are on their way.
    Sending,
    /// The endpoint has them.
    Sent(Sent),
    /// They were handed over, and nobody can say whether they arrived; they still stand in their box. By the format,
    /// trying again may bring them twice.
    Unsure(Format),
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
            Self::Unsure(_) => "unsure",
            Self::NotKept(_) => "not-kept",
        }
    }
}

/// Why words have not arrived, and what the visitor can do, in the catalog.
pub const fn reason(failure: Failure) -> Key {
    match failure {
        Failure::Unreachable => Key::ProblemUnreachable,
        // Only said where the same is never there twice.
        Failure::Timeout => Key::UnsureAgain,
        Failure::Busy => Key::ProblemBusy,
        Failure::Refused => Key::ProblemRefused,
        Failure::Fault => Key::ProblemFault,
    }
}

//! The screens, and what each of them holds.

use crate::wording::Key;

/// Which screen is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Three kinds to choose from.
    Choose,
    /// A kind is chosen; the words are being written.
    Write,
    /// The words are on their way.
    Sending,
    /// The endpoint has them; shell.js shows the confirmation.
    Sent,
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
            Self::Sent => "sent",
            Self::NotKept(_) => "not-kept",
        }
    }
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

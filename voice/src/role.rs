//! What a text is for, which says what rules it has to pass.

use say_so::feedback::Kind;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A whole confirmation, for a complaint, praise or an idea.
    Confirmation(Kind),
    /// The thanks it begins with (`thanks.*`).
    Thanks(Option<Kind>),
    /// The first words while it is only on the device (`kept.*`).
    Kept(Option<Kind>),
    /// The first words after one click (`noted.*`).
    Noted(Option<Kind>),
    /// What we make of it: ownership, whom it is passed on to, what happens to ideas (`own.*`).
    Own(Kind),
    /// Who reads it, and what then (`reads.*`).
    Reads,
    /// What is wrong in a field, and what to do (`error.*`).
    Error,
    /// Why it has not been sent (`problem.*`).
    Problem,
    /// A promise to write or do something, standing alone.
    Promise,
    /// An apology, standing alone.
    Apology,
    /// The reference and what introduces it (`reference.*`).
    Reference,
    /// A text that stands alone and has no key: asked what holds for any sentence.
    Any,
    /// Everything else: buttons, questions, headings.
    Label,
}

impl Role {
    /// What the text of that key is for.
    pub fn of(key: &str) -> Self {
        let (family, rest) = key.split_once('.').unwrap_or((key, ""));
        let name = rest.split('.').next().unwrap_or(rest);
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        match (family, kind) {
            ("thanks", kind) => Self::Thanks(kind),
            ("kept", kind) => Self::Kept(kind),
            ("noted", kind) => Self::Noted(kind),
            ("own", Some(kind)) => Self::Own(kind),
            ("reads", _) => Self::Reads,
            ("error", _) => Self::Error,
            ("problem" | "unsure", _) => Self::Problem,
            ("reference", _) => Self::Reference,
            _ => Self::Label,
        }
    }

    /// The kind it answers, if it answers only one.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::Confirmation(kind) | Self::Own(kind) => Some(kind),
            Self::Thanks(kind) | Self::Kept(kind) | Self::Noted(kind) => kind,
            _ => None,
        }
    }

    /// Whether it opens a confirmation, so that its first sentence is short (rule 2).
    pub(crate) fn opens(self) -> bool {
        matches!(self, Self::Thanks(_) | Self::Kept(Some(_)) | Self::Noted(Some(_)) | Self::Confirmation(_))
    }

    /// Whether it says who does something (rule 4).
    pub(crate) fn acts(self) -> bool {
        matches!(self, Self::Reads | Self::Own(_) | Self::Confirmation(_) | Self::Promise | Self::Apology | Self::Any)
    }
}

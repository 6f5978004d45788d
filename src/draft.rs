//! What the visitor is writing, and the rules it must pass before it can be sent.

use crate::{
    feedback::{Breach, Contact, EMAIL_MAX, Kind, MESSAGE_MAX, NAME_MAX, length},
    wording::Key,
};

/// What stands in the panel's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Complaint, praise or suggestion.
    pub kind: Kind,
    /// The words.
    pub message: String,
    /// The visitor's name; empty if they don't say.
    pub name: String,
    /// The visitor's e-mail address; empty if they don't say.
    pub email: String,
    /// Whether they want a reply.
    pub reply: bool,
}

/// A field of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The words.
    Message,
    /// The visitor's name.
    Name,
    /// The visitor's e-mail address.
    Email,
}

impl Field {
    /// The field's name in the panel, in the catalog and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

/// A rule that the draft breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There are no words.
    MessageEmpty,
    /// The words are `length` scalar values long, more than [`MESSAGE_MAX`].
    MessageTooLong {
        /// How long they are, in Unicode scalar values.
        length: usize,
    },
    /// The name is `length` scalar values long, more than [`NAME_MAX`].
    NameTooLong {
        /// How long it is, in Unicode scalar values.
        length: usize,
    },
    /// A reply is wanted, and there is no address for it.
    EmailMissing,
    /// The address is not one; [`is_email`] says what is.
    EmailWrong,
    /// The address is `length` scalar values long, more than [`EMAIL_MAX`].
    EmailTooLong {
        /// How long it is, in Unicode scalar values.
        length: usize,
    },
}

impl Problem {
    /// The field at fault.
    pub const fn field(self) -> Field {
        match self {
            Self::MessageEmpty | Self::MessageTooLong { .. } => Field::Message,
            Self::NameTooLong { .. } => Field::Name,
            Self::EmailMissing | Self::EmailWrong | Self::EmailTooLong { .. } => Field::Email,
        }
    }

    /// The problem's name at its field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MessageEmpty => "empty",
            Self::MessageTooLong { .. } | Self::NameTooLong { .. } | Self::EmailTooLong { .. } => "long",
            Self::EmailMissing => "missing",
            Self::EmailWrong => "wrong",
        }
    }

    /// What the visitor is told, in the catalog.
    pub const fn key(self) -> Key {
        match self {
            Self::MessageEmpty => Key::ErrorMessageEmpty,
            Self::MessageTooLong { .. } => Key::ErrorMessageLong,
            Self::NameTooLong { .. } => Key::ErrorNameLong,
            Self::EmailMissing => Key::ErrorEmailMissing,
            Self::EmailWrong => Key::ErrorEmailWrong,
            Self::EmailTooLong { .. } => Key::ErrorEmailLong,
        }
    }

    /// The most characters that its field takes, in Unicode scalar values.
    pub const fn max(self) -> usize {
        match self.field() {
            Field::Message => MESSAGE_MAX,
            Field::Name => NAME_MAX,
            Field::Email => EMAIL_MAX,
        }
    }

    /// How long the field's text is, in Unicode scalar values, where that is the problem.
    pub const fn length(self) -> Option<usize> {
        match self {
            Self::MessageTooLong { length } | Self::NameTooLong { length } | Self::EmailTooLong { length } => {
                Some(length)
            }
            Self::MessageEmpty | Self::EmailMissing | Self::EmailWrong => None,
        }
    }

    /// The same problem in the words of the contract.
    pub const fn breach(self) -> Breach {
        match self {
            Self::MessageEmpty | Self::MessageTooLong { .. } => {
                Breach { field: "message", must: "1 to 4,000 characters after trimming" }
            }
            Self::NameTooLong { .. } => Breach { field: "contact.name", must: "at most 100 characters" },
            Self::EmailMissing => Breach { field: "contact.email", must: "there if a reply is wanted" },
            Self::EmailWrong => Breach { field: "contact.email", must: "an e-mail address, such as ada@example.com" },
            Self::EmailTooLong { .. } => Breach { field: "contact.email", must: "at most 254 characters" },
        }
    }
}

impl Draft {
    /// Every rule that the draft breaks, in the order of the fields; none if it can be sent.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        match length(trimmed(&self.message)) {
            0 => problems.push(Problem::MessageEmpty),
            length if length > MESSAGE_MAX => problems.push(Problem::MessageTooLong { length }),
            _ => {}
        }
        let name = length(trimmed(&self.name));
        if name > NAME_MAX {
            problems.push(Problem::NameTooLong { length: name });
        }
        let email = trimmed(&self.email);
        match length(email) {
            0 if self.reply => problems.push(Problem::EmailMissing),
            0 => {}
            length if length > EMAIL_MAX => problems.push(Problem::EmailTooLong { length }),
            _ if !is_email(email) => problems.push(Problem::EmailWrong),
            _ => {}
        }
        problems
    }

    /// The contact as it travels: trimmed, and none if all of it is empty.
    pub fn contact(&self) -> Option<Contact> {
        let text = |text: &str| Some(trimmed(text)).filter(|text| !text.is_empty()).map(String::from);
        let contact = Contact { name: text(&self.name), email: text(&self.email), reply: self.reply };
        (contact != Contact::default()).then_some(contact)
    }
}

/// The text without white space around it.
///
/// White space is what Unicode calls so, and U+FEFF, which JavaScript's `trim` takes too: the
/// shell and the panel have to agree on every character.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Whether the text has the form of an e-mail address: one `@`, something before it, and after
/// it one or more labels with dots between.
///
/// White space, control characters and `<>()[],;:"\` stand nowhere in it. Letters of every script are
/// taken (RFC 6531). No address that the HTML standard calls valid is refused.
pub fn is_email(text: &str) -> bool {
    let plain = |c: char| !is_space(c) && !c.is_control() && !"@<>()[],;:\"\\".contains(c);
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && local.chars().all(plain)
        && domain.split('.').all(|label| !label.is_empty() && label.chars().all(plain))
}

#[cfg(test)]
mod tests;

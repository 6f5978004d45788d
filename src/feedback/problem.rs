//! What stands in the way of sending: the rules that a visitor can mend.
//!
//! The panel asks them before it posts, and the endpoint asks them again.

use super::{Breach, EMAIL_MAX, MESSAGE_MAX, NAME_MAX, length};

/// A field that a visitor fills in.
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

    /// What selects the field in the panel.
    pub const fn selector(self) -> &'static str {
        match self {
            Self::Message => "#message",
            Self::Name => "#name",
            Self::Email => "#email",
        }
    }
}

/// A rule that what a visitor filled in breaks.
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

/// Every rule that these texts break, in the order of the fields; none if they can be sent.
///
/// White space around them doesn't count. `reply` says whether a reply is wanted.
pub fn problems(message: &str, name: &str, email: &str, reply: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    match length(trimmed(message)) {
        0 => problems.push(Problem::MessageEmpty),
        length if length > MESSAGE_MAX => problems.push(Problem::MessageTooLong { length }),
        _ => {}
    }
    let name = length(trimmed(name));
    if name > NAME_MAX {
        problems.push(Problem::NameTooLong { length: name });
    }
    let email = trimmed(email);
    match length(email) {
        0 if reply => problems.push(Problem::EmailMissing),
        0 => {}
        length if length > EMAIL_MAX => problems.push(Problem::EmailTooLong { length }),
        _ if !is_email(email) => problems.push(Problem::EmailWrong),
        _ => {}
    }
    problems
}

/// The text without white space around it.
///
/// White space is what Unicode calls so, and U+FEFF, which JavaScript’s `trim` takes too:
/// first aid and the panel have to agree on every character.
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
    // A search in a text would bring one that is made for long texts.
    let special = |c| matches!(c, '@' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\\');
    let plain = |c: char| !is_space(c) && !c.is_control() && !special(c);
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && local.chars().all(plain)
        && domain.split('.').all(|label| !label.is_empty() && label.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_is_told_at_its_field_with_its_limit() {
        let length = 5_000;
        for (problem, field, name, max, long) in [
            (Problem::MessageEmpty, Field::Message, "empty", 4_000, None),
            (Problem::MessageTooLong { length }, Field::Message, "long", 4_000, Some(length)),
            (Problem::NameTooLong { length }, Field::Name, "long", 100, Some(length)),
            (Problem::EmailMissing, Field::Email, "missing", 254, None),
            (Problem::EmailWrong, Field::Email, "wrong", 254, None),
            (Problem::EmailTooLong { length }, Field::Email, "long", 254, Some(length)),
        ] {
            let told = (problem.field(), problem.name(), problem.max(), problem.length());
            assert_eq!(told, (field, name, max, long), "{problem:?}");
        }
    }

    #[test]
    fn an_endpoint_is_told_the_field_and_the_rule() {
        for (problem, breach) in [
            (Problem::MessageEmpty, "message must be 1 to 4,000 characters after trimming"),
            (Problem::MessageTooLong { length: 4_001 }, "message must be 1 to 4,000 characters after trimming"),
            (Problem::NameTooLong { length: 101 }, "contact.name must be at most 100 characters"),
            (Problem::EmailMissing, "contact.email must be there if a reply is wanted"),
            (Problem::EmailWrong, "contact.email must be an e-mail address, such as ada@example.com"),
            (Problem::EmailTooLong { length: 255 }, "contact.email must be at most 254 characters"),
        ] {
            assert_eq!(problem.breach().to_string(), breach);
        }
    }

    #[test]
    fn a_field_goes_by_its_name_in_the_panel() {
        for field in [Field::Message, Field::Name, Field::Email] {
            assert_eq!(field.selector(), format!("#{}", field.name()));
        }
        assert_eq!([Field::Message, Field::Name, Field::Email].map(Field::name), ["message", "name", "email"]);
    }

    #[test]
    fn the_longest_name_can_be_sent() {
        assert_eq!(problems("Hi", &format!(" {} ", "é".repeat(100)), "", false), []);
        assert_eq!(problems("Hi", &"é".repeat(101), "", false), [Problem::NameTooLong { length: 101 }]);
    }
}

//! What the visitor is writing.

use crate::feedback::{Contact, Kind, Problem, problems, trimmed};

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

impl Draft {
    /// Every rule that the draft breaks, in the order of the fields; none if it can be sent.
    pub fn check(&self) -> Vec<Problem> {
        let (name, email) = if self.reply { (&*self.name, &*self.email) } else { ("", "") };
        problems(&self.message, name, email, self.reply)
    }

    /// The contact as it travels, trimmed; none unless a reply is wanted, whatever stands in its fields.
    pub fn contact(&self) -> Option<Contact> {
        let text = |text: &str| Some(trimmed(text)).filter(|text| !text.is_empty()).map(String::from);
        self.reply.then(|| Contact { name: text(&self.name), email: text(&self.email), reply: true })
    }
}

#[cfg(test)]
mod tests;

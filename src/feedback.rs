//! What travels from a visitor's browser to the endpoint and back, and its limits.
//!
//! One *message* is named by its `site` and `id`; each posted body of it is a *revision*.
//! The collector reads and checks submissions with the very types and rules the browser
//! builds them from.

mod count;
mod custom;
mod outcome;
mod problem;
pub mod request;
mod rules;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use count::{Count, Step};
pub use custom::Custom;
pub use outcome::{Answer, Failure, Interruption, Outcome, outcome};
pub use problem::{Field, Problem, is_email, problems, trimmed};
pub use rules::{Breach, cut, is_custom_key, is_site, is_tag, length, within};

/// The version of the contract that this crate speaks.
pub const VERSION: u8 = 1;
/// The longest body an endpoint has to take, in bytes (32 KiB).
pub const BODY_MAX: usize = 32 * 1024;
/// The highest revision of one message.
pub const REVISION_MAX: u8 = 99;
/// The longest message after trimming, in Unicode scalar values.
pub const MESSAGE_MAX: usize = 4_000;
/// The longest name, in Unicode scalar values.
pub const NAME_MAX: usize = 100;
/// The longest e-mail address, in Unicode scalar values (the limit of RFC 5321's path).
pub const EMAIL_MAX: usize = 254;
/// The longest site name, in characters.
pub const SITE_MAX: usize = 64;
/// The longest page address, in Unicode scalar values.
pub const URL_MAX: usize = 2_048;
/// The longest page title, in Unicode scalar values.
pub const TITLE_MAX: usize = 300;
/// The longest language tag and the longest name of an experiment or variant, in characters.
pub const TAG_MAX: usize = 64;
/// How many custom pairs a site may send along.
pub const CUSTOM_MAX: usize = 20;
/// The longest key of a custom pair, in characters.
pub const CUSTOM_KEY_MAX: usize = 40;
/// The longest text of a custom pair, in Unicode scalar values.
pub const CUSTOM_TEXT_MAX: usize = 500;

/// The length of a receipt's key, in characters: 256 bits in base64url.
pub const KEY_LENGTH: usize = 43;

/// What a visitor has to say: the three kinds stand side by side, none above another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something went wrong.
    Complaint,
    /// Something was good.
    Praise,
    /// Something could be better.
    Suggestion,
}

impl Kind {
    /// Every kind, in the order in which a visitor sees them.
    pub const ALL: [Self; 3] = [Self::Complaint, Self::Praise, Self::Suggestion];

    /// The kind's name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Praise => "praise",
            Self::Suggestion => "suggestion",
        }
    }

    /// The kind of that name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One posted body: a revision of a message.
///
/// The fields stand in the order in which they are written; a body is frozen when it is
/// first sent, so an unedited retry posts the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The version of the contract: [`VERSION`].
    pub v: u8,
    /// The site the feedback is for: 1 to [`SITE_MAX`] of `a-z 0-9 . -`.
    pub site: String,
    /// The message: 32 lower-case hexadecimal digits, made when the panel opens.
    pub id: String,
    /// Which body of the message this is, at most [`REVISION_MAX`]; 0 is the bare click on a kind.
    pub revision: u8,
    /// Complaint, praise or suggestion.
    pub kind: Kind,
    /// The visitor's words, 1 to [`MESSAGE_MAX`] scalar values after trimming; none for a bare click.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Who wrote, if they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What the visitor was told about a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// In which words they were asked.
    pub wording: Wording,
    /// Where they were.
    pub page: Page,
    /// What the site sends along: at most [`CUSTOM_MAX`] pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom: Option<Custom>,
    /// When the body was made, by the device's clock: RFC 3339.
    pub sent_at: String,
    /// Milliseconds since the panel was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u32>,
    /// What was typed into a field that people don't see. A flag, never a reason to refuse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trap: Option<String>,
}

/// How to reach the visitor. Left out when all of it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their name, at most [`NAME_MAX`] scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their e-mail address, at most [`EMAIL_MAX`] scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether they want a reply.
    pub reply: bool,
}

/// The reply the visitor was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The latest instant of the reply: RFC 3339, UTC.
    pub by: String,
    /// Who replies, at most [`NAME_MAX`] scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// The words in which the visitor was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// A BCP 47 language tag.
    pub locale: String,
    /// The experiment that chose the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<String>,
    /// The variant the visitor saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// The page on which the visitor was. A bare click carries the address alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its address without query and fragment, at most [`URL_MAX`] scalar values.
    pub url: String,
    /// Its title, at most [`TITLE_MAX`] scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The origin of the page before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// The browser's language: a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Width and height of the window's content, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewport: Option<[u32; 2]>,
}

/// An author takes a message back: every revision of it.
///
/// The fields stand in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The version of the contract: [`VERSION`].
    pub v: u8,
    /// The site the message is for.
    pub site: String,
    /// The message.
    pub id: String,
    /// The key of its receipt, which shows that its author asks: [`KEY_LENGTH`] of base64url.
    pub key: String,
}

/// The endpoint's answer to a submission that it keeps.
///
/// Everything beyond `ok` is optional here, since an endpoint of another make gives what it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// True if the submission is kept.
    #[serde(default)]
    pub ok: bool,
    /// What the visitor can quote: `XXX-XXXX` in Crockford's base 32.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What opens the message for its author later, the same for every revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where a [`Withdrawal`] is posted, relative to the endpoint's address; none if it takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdraw: Option<String>,
    /// When the endpoint received it: RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// Sentences that replace those of the catalog, by key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<BTreeMap<String, String>>,
}

/// The endpoint's answer to a submission that it does not keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Always false.
    pub ok: bool,
    /// Why.
    pub error: Reason,
}

/// Why a submission was refused, in words for the site's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A word for programs, such as `origin_not_allowed`.
    pub code: String,
    /// The field at fault, as a path such as `contact.email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong and what to change.
    pub message: String,
}

#[cfg(test)]
pub(crate) mod tests;

//! What travels from a visitor's browser to the endpoint and back, and its limits.
//!
//! One *message* is named by its `site` and `id`; each posted body of it is a *revision*.
//! The collector reads and checks submissions with the very types and rules the browser
//! builds them from.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::draft::{self, Draft};

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
    pub custom: Option<BTreeMap<String, String>>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A rule of the contract that a submission breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The field, as a path such as `contact.email`.
    pub field: &'static str,
    /// What the field must be.
    pub must: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field)?;
        f.write_str(" must be ")?;
        f.write_str(self.must)
    }
}

impl std::error::Error for Breach {}

impl Submission {
    /// Whether this is a click on a kind without words.
    pub fn is_bare(&self) -> bool {
        self.message.is_none()
    }

    /// Checks every rule of the contract.
    ///
    /// # Errors
    /// The first [`Breach`], in the order of the fields.
    pub fn check(&self) -> Result<(), Breach> {
        rule("v", "1", self.v == VERSION)?;
        rule("site", "1 to 64 of a-z, 0-9, dot and hyphen", is_site(&self.site))?;
        rule("id", "32 lower-case hexadecimal digits", is_id(&self.id))?;
        rule("revision", "0 to 99", self.revision <= REVISION_MAX)?;
        self.check_words()?;
        if let Some(promise) = &self.promise {
            rule("promise.by", "an RFC 3339 time in UTC", is_time(&promise.by) && promise.by.ends_with('Z'))?;
            rule("promise.person", "1 to 100 characters", within(promise.person.as_deref(), NAME_MAX))?;
        }
        rule("wording.locale", "a BCP 47 language tag", is_tag(&self.wording.locale))?;
        rule("wording.experiment", "1 to 64 characters", within(self.wording.experiment.as_deref(), TAG_MAX))?;
        rule("wording.variant", "1 to 64 characters", within(self.wording.variant.as_deref(), TAG_MAX))?;
        self.page.check()?;
        if let Some(custom) = &self.custom {
            check_custom(custom)?;
        }
        rule("sent_at", "an RFC 3339 time", is_time(&self.sent_at))?;
        rule("trap", "at most 500 characters", self.trap.as_deref().is_none_or(|trap| length(trap) <= CUSTOM_TEXT_MAX))
    }

    fn check_words(&self) -> Result<(), Breach> {
        let Some(message) = &self.message else {
            let alone =
                self.contact.is_none() && self.promise.is_none() && self.custom.is_none() && self.page.is_bare();
            return rule("message", "there, or only the fields of a bare click", alone);
        };
        rule("message", "absent in revision 0", self.revision > 0)?;
        rule("message", "trimmed", draft::trimmed(message) == message)?;
        let contact = self.contact.as_ref();
        let draft = Draft {
            kind: self.kind,
            message: message.clone(),
            name: contact.and_then(|contact| contact.name.clone()).unwrap_or_default(),
            email: contact.and_then(|contact| contact.email.clone()).unwrap_or_default(),
            reply: contact.is_some_and(|contact| contact.reply),
        };
        match draft.check().first() {
            Some(problem) => Err(problem.breach()),
            None => Ok(()),
        }
    }
}

impl Page {
    fn is_bare(&self) -> bool {
        self.title.is_none() && self.referrer.is_none() && self.language.is_none() && self.viewport.is_none()
    }

    fn check(&self) -> Result<(), Breach> {
        let address = !self.url.is_empty() && length(&self.url) <= URL_MAX && !self.url.contains(['?', '#']);
        rule("page.url", "1 to 2,048 characters without query and fragment", address)?;
        rule("page.title", "1 to 300 characters", within(self.title.as_deref(), TITLE_MAX))?;
        let origin = self.referrer.as_deref().is_none_or(|referrer| {
            let host = referrer.split_once("://").map(|(_, host)| host);
            length(referrer) <= URL_MAX && host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#']))
        });
        rule("page.referrer", "an origin, such as https://example.com", origin)?;
        rule("page.language", "a BCP 47 language tag", self.language.as_deref().is_none_or(is_tag))
    }
}

fn check_custom(custom: &BTreeMap<String, String>) -> Result<(), Breach> {
    rule("custom", "at most 20 pairs", custom.len() <= CUSTOM_MAX)?;
    rule("custom", "made of keys of 1 to 40 of A-Z, a-z, 0-9, _ . -", custom.keys().all(|key| is_custom_key(key)))?;
    rule(
        "custom",
        "made of texts of at most 500 characters",
        custom.values().all(|text| length(text) <= CUSTOM_TEXT_MAX),
    )
}

fn rule(field: &'static str, must: &'static str, holds: bool) -> Result<(), Breach> {
    if holds { Ok(()) } else { Err(Breach { field, must }) }
}

/// The length of a text as the contract counts it: in Unicode scalar values.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// The text without what stands beyond `max` scalar values.
pub fn cut(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn within(text: Option<&str>, max: usize) -> bool {
    text.is_none_or(|text| !text.is_empty() && length(text) <= max)
}

/// Whether the text can name a site.
pub fn is_site(text: &str) -> bool {
    (1..=SITE_MAX).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
}

/// Whether the text can be the key of a custom pair.
pub fn is_custom_key(text: &str) -> bool {
    (1..=CUSTOM_KEY_MAX).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether the text has the form of a BCP 47 tag: subtags of 1 to 8 letters or digits.
pub fn is_tag(text: &str) -> bool {
    text.len() <= TAG_MAX
        && text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether the text has the form of an RFC 3339 time, such as `2026-11-21T09:30:00.000Z`.
fn is_time(text: &str) -> bool {
    let form = |part: &str, form: &str| {
        part.len() == form.len()
            && part.bytes().zip(form.bytes()).all(|(b, f)| if f == b'0' { b.is_ascii_digit() } else { b == f })
    };
    let number = |at: usize| text.get(at..at + 2).and_then(|two| two.parse::<u8>().ok()).unwrap_or(u8::MAX);
    let Some((start, rest)) = text.split_at_checked(19) else { return false };
    if !form(start, "0000-00-00T00:00:00") {
        return false;
    }
    let calendar = (1..=12).contains(&number(5)) && (1..=31).contains(&number(8));
    let clock = number(11) <= 23 && number(14) <= 59 && number(17) <= 60;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = fraction.len() - zone.len();
            if (1..=9).contains(&digits) { zone } else { "" }
        }
        None => rest,
    };
    let offset = |zone: &str| {
        let two = |at: usize| zone.get(at..at + 2).and_then(|two| two.parse::<u8>().ok()).unwrap_or(u8::MAX);
        (form(zone, "+00:00") || form(zone, "-00:00")) && two(1) <= 23 && two(4) <= 59
    };
    calendar && clock && (zone == "Z" || offset(zone))
}

#[cfg(test)]
pub(crate) mod tests;

//! The rules of the contract: what every field must be.

use std::fmt;

use super::{
    CUSTOM_KEY_MAX, CUSTOM_MAX, CUSTOM_TEXT_MAX, Contact, Custom, KEY_LENGTH, NAME_MAX, Page, REVISION_MAX, SITE_MAX,
    Submission, TAG_MAX, TITLE_MAX, URL_MAX, VERSION, Withdrawal, problems, trimmed,
};
use crate::civil::Day;

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
    /// Checks every rule of the contract.
    ///
    /// # Errors
    /// The first [`Breach`], in the order of the fields.
    pub fn check(&self) -> Result<(), Breach> {
        check_name(self.v, &self.site, &self.id)?;
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

    /// Takes away the white space around what the visitor wrote. No rule counts it, and nobody needs to keep it.
    pub fn trim(&mut self) {
        let contact = self.contact.iter_mut().flat_map(|contact| [&mut contact.name, &mut contact.email]);
        for text in [&mut self.message].into_iter().chain(contact).flatten() {
            if trimmed(text).len() < text.len() {
                *text = trimmed(text).into();
            }
        }
    }

    fn check_words(&self) -> Result<(), Breach> {
        let Some(message) = &self.message else {
            let alone =
                self.contact.is_none() && self.promise.is_none() && self.custom.is_none() && self.page.is_bare();
            return rule("message", "there, or only the fields of a bare click", alone);
        };
        rule("message", "absent in revision 0", self.revision > 0)?;
        let contact = self.contact.as_ref();
        let text =
            |text: fn(&Contact) -> &Option<String>| contact.and_then(|it| text(it).as_deref()).unwrap_or_default();
        let (name, email) = (text(|it| &it.name), text(|it| &it.email));
        match problems(message, name, email, contact.is_some_and(|contact| contact.reply)).first() {
            Some(problem) => Err(problem.breach()),
            None => Ok(()),
        }
    }
}

impl Withdrawal {
    /// Checks every rule of the contract. Whether the key fits is the endpoint's to say.
    ///
    /// # Errors
    /// The first [`Breach`], in the order of the fields.
    pub fn check(&self) -> Result<(), Breach> {
        check_name(self.v, &self.site, &self.id)?;
        rule("key", "43 of A-Z, a-z, 0-9, - and _", is_key(&self.key))
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

/// What names a message.
pub(super) fn check_name(v: u8, site: &str, id: &str) -> Result<(), Breach> {
    rule("v", "1", v == VERSION)?;
    rule("site", "1 to 64 of a-z, 0-9, dot and hyphen", is_site(site))?;
    rule("id", "32 lower-case hexadecimal digits", is_id(id))
}

fn check_custom(Custom(custom): &Custom) -> Result<(), Breach> {
    rule("custom", "at most 20 pairs", custom.len() <= CUSTOM_MAX)?;
    rule(
        "custom",
        "made of keys of 1 to 40 of A-Z, a-z, 0-9, _ . -",
        custom.iter().all(|(key, _)| is_custom_key(key)),
    )?;
    rule(
        "custom",
        "made of texts of at most 500 characters",
        custom.iter().all(|(_, text)| length(text) <= CUSTOM_TEXT_MAX),
    )
}

pub(super) fn rule(field: &'static str, must: &'static str, holds: bool) -> Result<(), Breach> {
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

/// Whether a text that may be missing has 1 to `max` characters.
pub fn within(text: Option<&str>, max: usize) -> bool {
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

fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether the text has the form of a BCP 47 tag: subtags of 1 to 8 letters or digits.
pub fn is_tag(text: &str) -> bool {
    text.len() <= TAG_MAX
        && text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether the text is an RFC 3339 time, such as `2026-11-21T09:30:00.000Z`, of a day that there is.
pub(crate) fn is_time(text: &str) -> bool {
    let form = |part: &str, form: &str| {
        part.len() == form.len()
            && part.bytes().zip(form.bytes()).all(|(b, f)| if f == b'0' { b.is_ascii_digit() } else { b == f })
    };
    let number = |at: usize| text.get(at..at + 2).and_then(|two| two.parse::<u8>().ok()).unwrap_or(u8::MAX);
    let Some((start, rest)) = text.split_at_checked(19) else { return false };
    if !form(start, "0000-00-00T00:00:00") {
        return false;
    }
    let year = i64::from(number(0)) * 100 + i64::from(number(2));
    let calendar = Day::on(year, number(5).into(), number(8).into()).is_some();
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
mod tests;

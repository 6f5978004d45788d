//! The voice check: whether a text sounds like a person who has read, or like a machine.
//!
//! The fifteen rules stand in docs/voice.md, with their sources. [`file()`] checks a catalog, an
//! overlay or a site's file; [`text`] checks one sentence; [`Confirmation`] checks what a visitor
//! reads at the end, as a whole. The phrases to find are data, one list a language, in the folder
//! `lists/`; a language without a list is checked for lengths and marks only. What no phrase gives away
//! is weighed: the folder `signs/` has the signs of a machine and of a person, `words/` the lean of words.
//!
//! For the collector's command line and for the tests of our own catalogs: nothing of it runs in a
//! visitor's browser.

mod absent;
mod check;
mod confirmation;
mod count;
mod experiments;
mod file;
mod keys;
mod lean;
mod list;
mod pattern;
mod people;
mod phrase;
mod place;
mod reading;
pub mod report;
mod role;
mod rule;
pub mod sarif;
mod signs;
mod site;
#[cfg(test)]
mod tests;
mod times;

pub use check::{FIRST, SENTENCE, TEXT, text};
pub use confirmation::{Confirmation, ECHO};
pub use file::{Finding, Read, counts, file};
pub use role::Role;
pub use rule::{Level, Remark, Rule};
pub use times::{day, instant, moment};

/// The locale that a file is named after: `pt-BR` for `texts/pt-BR.json`, nothing for `site.json`.
///
/// A name counts if it is a language tag whose language has two letters, or is one that has a list.
pub fn locale_of(path: &std::path::Path) -> Option<&str> {
    let stem = path.file_stem()?.to_str()?;
    let mut parts = stem.split('-');
    let language = parts.next()?;
    let letters = language.bytes().all(|byte| byte.is_ascii_lowercase());
    let known = language.len() == 2 || list::FILES.iter().any(|(known, _)| *known == language);
    let rest = parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    (letters && known && rest).then_some(stem)
}

//! The phrases of each language: data, one file a locale.

use std::sync::LazyLock;

use say_so::feedback::Kind;
use serde::Deserialize;

use crate::{phrase::Language, reading::Formula};

/// The lists there are, by locale. A test sees to it that every file of the folder is among them.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("ar", include_str!("../lists/ar.json")),
    ("de", include_str!("../lists/de.json")),
    ("en", include_str!("../lists/en.json")),
    ("es", include_str!("../lists/es.json")),
    ("fr", include_str!("../lists/fr.json")),
    ("he", include_str!("../lists/he.json")),
    ("hi", include_str!("../lists/hi.json")),
    ("it", include_str!("../lists/it.json")),
    ("ja", include_str!("../lists/ja.json")),
    ("ko", include_str!("../lists/ko.json")),
    ("nl", include_str!("../lists/nl.json")),
    ("pl", include_str!("../lists/pl.json")),
    ("pt-BR", include_str!("../lists/pt-BR.json")),
    ("sv", include_str!("../lists/sv.json")),
    ("tr", include_str!("../lists/tr.json")),
    ("zh-Hans", include_str!("../lists/zh-Hans.json")),
];

static LISTS: LazyLock<Vec<(&str, List)>> = LazyLock::new(|| {
    // The files are ours and the tests read each of them: a bad one is a list that finds nothing.
    FILES.iter().map(|(locale, text)| (*locale, serde_json::from_str(text).unwrap_or_default())).collect()
});

/// What a language says when it sounds like a machine, and what it calls the three kinds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct List {
    /// Phrases that no text may have (rule 14).
    pub forbidden: Vec<Phrase>,
    /// Phrases that give a time without a date (rule 5).
    pub vague: Vec<Phrase>,
    /// The words for the three kinds (rule 2).
    pub kinds: Kinds,
    /// Words for any of them, such as “feedback” (rule 2).
    pub generic: Vec<Phrase>,
    /// Other words for the reference (rule 7).
    pub ticket: Vec<Phrase>,
    /// Apologies that doubt the complaint (rule 8).
    pub conditional: Vec<Phrase>,
    /// Advertising (rule 9).
    pub marketing: Vec<Phrase>,
    /// Polite phrases that have no place in an error (rule 15).
    pub polite: Vec<Phrase>,
    /// Passive phrases, which do not say who acts (rule 4).
    pub passive: Vec<Phrase>,
    /// How plainness is measured (rule 12), where the language has a formula.
    pub reading: Option<Formula>,
}

/// A phrase to find. “…” in it stands for a few words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Phrase {
    /// The phrase alone.
    Bare(String),
    /// The phrase, and what to say instead.
    Pair { phrase: String, instead: String },
}

impl Phrase {
    /// What to find.
    pub fn text(&self) -> &str {
        match self {
            Self::Bare(phrase) | Self::Pair { phrase, .. } => phrase,
        }
    }

    /// What to say instead, if the list knows.
    pub fn instead(&self) -> Option<&str> {
        match self {
            Self::Bare(_) => None,
            Self::Pair { instead, .. } => Some(instead),
        }
    }
}

/// The words for each kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Kinds {
    complaint: Vec<Phrase>,
    praise: Vec<Phrase>,
    suggestion: Vec<Phrase>,
}

impl Kinds {
    /// The words for that kind.
    pub fn of(&self, kind: Kind) -> &[Phrase] {
        match kind {
            Kind::Complaint => &self.complaint,
            Kind::Praise => &self.praise,
            Kind::Suggestion => &self.suggestion,
        }
    }
}

/// The list for that locale: its own, that of its language, or one of the language in another place.
///
/// So `de-AT` has the list of `de`, and `pt` that of `pt-BR`. Where the tag names a script, only its own will do.
pub(crate) fn of(locale: &str) -> Option<&'static List> {
    let own = LISTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(locale));
    let scripted =
        locale.split('-').skip(1).any(|part| part.len() == 4 && !part.starts_with(|c: char| c.is_ascii_digit()));
    let language = Language::of(locale);
    let near = LISTS.iter().filter(|_| !scripted).find(|(known, _)| language.is(&[Language::of(known).0]));
    own.or(near).map(|(_, list)| list)
}

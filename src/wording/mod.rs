//! Every sentence a visitor reads: data, looked up by key.
//!
//! The English catalog, `locales/en.json`, names the keys; every other one has the same keys in the
//! same order. In the browser no sentence is part of the wasm: the catalog of the visitor's language is
//! a file of its own.

mod confirmation;
pub mod overlay;

pub use confirmation::{Confirmation, Delivery, Facts};

use crate::feedback::Kind;

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

impl Key {
    /// One of three sentences, each for a kind.
    pub const fn of(kind: Kind, keys: [Self; 3]) -> Self {
        let [complaint, praise, suggestion] = keys;
        match kind {
            Kind::Complaint => complaint,
            Kind::Praise => praise,
            Kind::Suggestion => suggestion,
        }
    }

    /// The key as it is written in catalogs.
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The key of that name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        let at = NAMES.iter().position(|known| *known == name)?;
        KEYS.get(at).copied()
    }
}

/// The English sentence of the key of that name; empty if there is no such key.
#[cfg(not(feature = "csr"))]
pub fn english(name: &str) -> &'static str {
    NAMES.iter().position(|known| *known == name).and_then(|at| ENGLISH.get(at)).map_or("", |text| text)
}

/// The BCP 47 tag of a language's catalog: some catalogs' names are more than their language.
#[cfg(any(feature = "csr", test))]
pub fn locale(language: &str) -> &str {
    match language {
        "pt" => "pt-BR",
        "zh" => "zh-Hans",
        language => language,
    }
}

/// A language's sentences, with their placeholders unfilled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    texts: Vec<String>,
}

impl Catalog {
    /// The English catalog.
    #[cfg(not(feature = "csr"))]
    pub fn english() -> Self {
        Self::new(ENGLISH.map(String::from).into())
    }

    /// Our catalog of that locale.
    #[cfg(test)]
    pub fn of(locale: &str) -> Self {
        let path = format!("{}/src/wording/locales/{locale}.json", env!("CARGO_MANIFEST_DIR"));
        let json = std::fs::read_to_string(path).unwrap();
        let texts: std::collections::HashMap<String, String> = serde_json::from_str(&json).unwrap();
        Self::new(NAMES.iter().map(|name| texts[*name].clone()).collect())
    }

    /// A catalog of these sentences, in the order of [`Key`].
    pub const fn new(texts: Vec<String>) -> Self {
        Self { texts }
    }

    /// Puts another sentence in the place of a key's.
    pub fn set(&mut self, key: Key, sentence: String) {
        if let Some(text) = self.texts.get_mut(key as usize) {
            *text = sentence;
        }
    }

    /// The sentences, in the order of [`Key`].
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The sentence of that key; empty if the catalog lacks it.
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key as usize).map_or("", |text| text)
    }

    /// The sentence of that key, its placeholder `{name}` replaced by `value`.
    pub fn fill(&self, key: Key, name: &str, value: &str) -> String {
        fill(self.text(key), name, value)
    }
}

/// The sentence with the placeholder `{name}` replaced by `value`, verbatim.
///
/// A value written from right to left is isolated, so that it can't turn the sentence around it.
pub fn fill(sentence: &str, name: &str, value: &str) -> String {
    fill_all(sentence, &[(name, value)])
}

/// The sentence with each of these placeholders replaced by its value, as [`fill`] does.
///
/// They are replaced at once: nothing in a value is taken for a placeholder, and no value decides
/// whether another one is isolated.
pub fn fill_all(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(placeholder, after)| {
            let (_, value) = values.iter().find(|(name, _)| *name == placeholder)?;
            Some((*value, after))
        });
        if let Some((value, after)) = value {
            isolate(&mut filled, sentence, value);
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Appends the value; between U+2068 and U+2069 if it and the sentence may run in different directions.
fn isolate(filled: &mut String, sentence: &str, value: &str) {
    let mixed = is_right_to_left(sentence) || is_right_to_left(value);
    if mixed {
        filled.push('\u{2068}');
    }
    filled.push_str(value);
    if mixed {
        filled.push('\u{2069}');
    }
}

/// Whether a text has letters that are written from right to left.
///
/// These are the blocks from Hebrew to Arabic Extended-A and the Hebrew and Arabic presentation forms;
/// the rarer scripts beyond U+FFFF are not looked for.
fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalog_is_found_by_its_language() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/wording/locales");
        let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        assert!(files.len() > 10, "{files:?}");
        for file in files {
            let tag = file.file_stem().unwrap().to_str().unwrap();
            assert_eq!(locale(tag.split('-').next().unwrap()), tag);
        }
    }

    #[test]
    fn every_key_has_its_sentence() {
        let catalog = Catalog::english();
        assert_eq!(catalog.text(Key::Close), "Close");
        assert_eq!(Key::TakeBackSure.name(), "take-back.sure");
        assert_eq!(catalog.text(Key::Done), ENGLISH[COUNT - 1]);
        assert_eq!(Catalog::default().text(Key::Done), "");
        assert_eq!(catalog.texts(), ENGLISH);
        for (key, name) in KEYS.into_iter().zip(NAMES) {
            assert_eq!((Key::named(name), english(name)), (Some(key), catalog.text(key)));
        }
        assert_eq!((Key::named("titel"), english("titel")), (None, ""));
    }

    #[test]
    fn the_button_and_what_closes_come_first() {
        // Before there are words, embed/language.js names these four by what the button says.
        let first = [Key::Launcher, Key::LauncherHide, Key::Close, Key::Title];
        assert_eq!(first.map(|key| key as usize), [0, 1, 2, 3]);
    }

    #[test]
    fn a_site_s_sentence_stands_in_the_place_of_ours() {
        let mut catalog = Catalog::english();
        catalog.set(Key::ReaderTeam, "Somebody in {team}".into());
        assert_eq!(catalog.fill(Key::ReaderTeam, "team", "Care"), "Somebody in Care");
        assert_eq!(catalog.text(Key::ReaderUs), "Someone on our team");
        let mut short = Catalog::default();
        short.set(Key::Title, "Well?".into());
        assert_eq!(short, Catalog::default(), "there is no such place");
    }

    #[test]
    fn each_kind_has_its_sentence() {
        let keys = [Key::Complaint, Key::Praise, Key::Suggestion];
        assert_eq!(Kind::ALL.map(|kind| Key::of(kind, keys)), keys);
    }

    #[test]
    fn a_value_is_never_read_as_a_placeholder() {
        assert_eq!(fill("Hi {name}, {greeting}!", "name", "{greeting}{name}"), "Hi {greeting}{name}, {greeting}!");
        assert_eq!(fill("a { b {name}", "name", "c"), "a { b c");
        assert_eq!(fill_all("{a} and {b} {c}", &[("b", "{a}"), ("a", "{b}")]), "{b} and {a} {c}");
    }

    #[test]
    fn a_value_of_another_direction_is_isolated() {
        assert_eq!(fill("Thank you, {name}.", "name", "ליאת"), "Thank you, \u{2068}ליאת\u{2069}.");
        assert_eq!(fill("תודה, {name}.", "name", "Liat"), "תודה, \u{2068}Liat\u{2069}.");
        assert_eq!(fill("Danke, {name}.", "name", "Zoë"), "Danke, Zoë.");
        let values = [("reader", "דנה"), ("email", "zoe@shop.example")];
        let isolated = "\u{2068}דנה\u{2069} writes to zoe@shop.example.";
        assert_eq!(fill_all("{reader} writes to {email}.", &values), isolated, "each value for itself");
    }
}

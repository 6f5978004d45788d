//! What the panel says in each of its languages if nobody says otherwise.

use std::{collections::BTreeMap, sync::LazyLock};

/// A catalog: its tag, and its sentences by key.
type Catalog = (&'static str, BTreeMap<String, String>);

macro_rules! catalogs {
    ($($tag:literal)*) => {
        [$(($tag, include_str!(concat!("../../../../src/wording/locales/", $tag, ".json")))),*]
    };
}

/// The catalogs as they are written.
const FILES: [(&str, &str); 16] = catalogs![
    "ar" "de" "en" "es" "fr" "he" "hi" "it" "ja" "ko" "nl" "pl" "pt-BR" "sv" "tr" "zh-Hans"
];

static CATALOGS: LazyLock<Vec<Catalog>> = LazyLock::new(|| {
    let read = |(tag, json)| (tag, serde_json::from_str(json).unwrap_or_default());
    FILES.into_iter().map(read).collect()
});

/// The tag of the catalog that is spoken to visitors of a locale: `de` for `de-AT`, `pt-BR` for `pt`. None where the
/// panel doesn't speak their language.
pub fn tag(locale: &str) -> Option<&'static str> {
    let same = |tag: &&'static str| *tag == locale;
    let near = |tag: &&'static str| language(tag) == language(locale);
    let tags = || FILES.iter().map(|(tag, _)| *tag);
    tags().find(same).or_else(|| tags().find(near))
}

/// What the panel says there under a key; none if there is no such catalog, or no such key.
pub fn text(locale: &str, key: &str) -> Option<&'static str> {
    let tag = tag(locale)?;
    let (_, texts) = CATALOGS.iter().find(|(known, _)| *known == tag)?;
    texts.get(key).map(String::as_str)
}

/// In which direction a language is written, as HTML names it.
pub fn direction(locale: &str) -> &'static str {
    if matches!(language(locale), "ar" | "dv" | "fa" | "he" | "ps" | "ur" | "yi") { "rtl" } else { "ltr" }
}

fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_catalog_is_there_and_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/wording/locales");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let tags: BTreeSet<_> = files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        assert_eq!(tags, FILES.iter().map(|(tag, _)| (*tag).to_owned()).collect());
        for (tag, texts) in CATALOGS.iter() {
            assert_eq!(texts.len(), say_so::wording::COUNT, "{tag}");
        }
    }

    #[test]
    fn a_locale_is_spoken_to_in_its_language() {
        assert_eq!(["de-AT", "pt", "zh-Hans", "da"].map(tag), [Some("de"), Some("pt-BR"), Some("zh-Hans"), None]);
        assert_eq!(
            (text("de-AT", "close"), text("de", "clothes"), text("da", "close")),
            (Some("Schließen"), None, None)
        );
        assert_eq!(["he", "ar-EG", "de"].map(direction), ["rtl", "rtl", "ltr"]);
    }
}

//! The sentences of our catalogs: the English ones are here, the others are fetched once, at the start.

use std::collections::BTreeMap;

use gloo_net::http::Request;
use leptos::{prelude::*, task::spawn_local};
use say_so::wording::{Catalog, NAMES, english};

use crate::file::{File, path};

/// The languages of the panel: the tag of the catalog, and what its speakers call it.
pub const LANGUAGES: [(&str, &str); 16] = [
    ("en", "English"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt-BR", "Português (Brasil)"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("zh-Hans", "简体中文"),
];

/// The catalogs that are there.
#[derive(Clone, Copy)]
pub struct Catalogs {
    texts: RwSignal<BTreeMap<String, BTreeMap<String, String>>>,
}

impl Catalogs {
    /// The English one, and the others as soon as they are fetched.
    pub fn new() -> Self {
        let texts = RwSignal::new(BTreeMap::new());
        spawn_local(async move {
            for (locale, _) in LANGUAGES {
                let answer = Request::get(&format!("studio/{locale}.json")).send().await;
                let Ok(answer) = answer else { continue };
                let Ok(fetched) = answer.json::<BTreeMap<String, String>>().await else { continue };
                texts.update(|texts| drop(texts.insert(locale.to_owned(), fetched)));
            }
        });
        Self { texts }
    }

    /// What the panel says in a language if the site says nothing; in English while the catalog is not there.
    pub fn text(self, locale: &str, key: &str) -> String {
        let ours = |texts: &BTreeMap<String, BTreeMap<String, String>>| texts.get(locale)?.get(key).cloned();
        self.texts.with(ours).unwrap_or_else(|| english(key).to_owned())
    }

    /// The sentences that a panel says: the catalog's, over them the site's own, over these a variant's.
    pub fn spoken(self, file: &File, locale: &str, variant: Option<&[String]>) -> Catalog {
        let own = path(["wording", locale]);
        let tried = variant.map(|variant| [variant, &[locale.to_owned()]].concat());
        let sentence = |key: &&str| {
            let said = |place: &[String]| {
                Some(file.text(&[place, &[(*key).to_owned()]].concat())).filter(|it| !it.trim().is_empty())
            };
            let tried = tried.as_deref().and_then(said);
            tried.or_else(|| said(&own)).unwrap_or_else(|| self.text(locale, key))
        };
        Catalog::new(NAMES.iter().map(sentence).collect())
    }
}

/// Whether a language is written from right to left.
pub fn direction(locale: &str) -> &'static str {
    if matches!(locale, "ar" | "he") { "rtl" } else { "ltr" }
}

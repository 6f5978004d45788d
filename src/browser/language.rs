//! Which words are spoken: those of the page's language, with the site's own in them.

use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;

use super::{Embed, Live, console, json, site, with_live};
use crate::wording::{self, COUNT, Catalog};

/// The words of a language.
#[derive(Clone)]
pub struct Words {
    /// The language, as its file is named: without script or region.
    pub lang: String,
    /// The catalog, without what a site has of its own.
    pub catalog: Catalog,
}

impl Words {
    /// The BCP 47 tag of their locale.
    pub fn locale(&self) -> &str {
        wording::locale(&self.lang)
    }

    /// Reads a language's file.
    pub async fn read(lang: String, file: Promise) -> Option<Self> {
        let words = match site::answered(file).await {
            Ok(text) => json::parse(&text).and_then(|list| json::texts(&list)),
            Err(error) => {
                console::warn(&["the words in \"", &lang, "\" are missing: ", &error].concat());
                return None;
            }
        };
        let catalog = words.filter(|words| words.len() == COUNT).map(Catalog::new);
        if catalog.is_none() {
            console::warn(&["the words in \"", &lang, "\" are missing: the file is broken"].concat());
        }
        Some(Self { lang, catalog: catalog? })
    }
}

impl Live {
    /// Speaks these words from now on, with what the site has of its own in them.
    pub fn speak(&mut self, words: Words) {
        let mut catalog = words.catalog.clone();
        let wording = self.draw(&mut catalog, words.locale());
        say(&self.embed, &catalog, &words.lang);
        self.session.update(|state| {
            state.catalog = catalog.clone();
            state.context.wording = wording;
        });
        (self.catalog, self.words) = (catalog, words);
    }

    /// Takes up another language where that disturbs nothing: not while words are on their way, nor while a failure or
    /// a confirmation is read.
    pub fn change(&mut self) {
        let is_read = self.session.read(|state| state.is_sending() || state.is_sent() || state.is_failed());
        if self.posting == 0
            && is_read == Some(false)
            && let Some(words) = self.pending.take()
        {
            self.speak(words);
        }
    }
}

/// Has the loader fill the sentences that it drew.
fn say(embed: &Embed, catalog: &Catalog, lang: &str) {
    let list: Array = catalog.texts().iter().map(|text| JsValue::from_str(text)).collect();
    embed.speak(&list, lang);
}

/// The page has changed its language.
pub async fn change(lang: String, file: Promise) {
    let Some(words) = Words::read(lang, file).await else { return };
    with_live(|live| {
        // It may have changed again, and these have come late.
        if words.lang == live.wanted {
            live.pending = Some(words);
        }
        live.change();
    });
}

//! What shell.js hands over: JavaScript objects, read by hand, since a deserialiser would weigh on every visitor.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Carried;
use crate::{
    config::{Pair, Pairs},
    feedback::{Custom, Kind, Page},
    panel::{Context, Failure, Reach},
    revisions::Frozen,
    wording::{Catalog, Reader},
};

/// An object of shell.js's. What is missing or of another type reads as nothing.
pub struct Handed<'a>(pub &'a JsValue);

/// What the endpoint answers, as far as the panel shows it.
pub struct Receipt {
    /// What the visitor can quote; empty if there is none.
    pub reference: String,
    /// Whether the endpoint takes words back.
    pub withdraw: bool,
    /// Sentences in place of the catalog's, by the number of their keys.
    pub sentences: Vec<(usize, String)>,
}

impl Handed<'_> {
    fn get(&self, key: &str) -> JsValue {
        Reflect::get(self.0, &key.into()).unwrap_or(JsValue::UNDEFINED)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).as_string()
    }

    /// A text, or an empty one.
    fn plain(&self, key: &str) -> String {
        self.text(key).unwrap_or_default()
    }

    /// Whether there is anything under that key.
    fn has(&self, key: &str) -> bool {
        self.get(key).is_truthy()
    }

    /// The sentences of the visitor's language, in the order of the keys.
    pub fn catalog(&self) -> Catalog {
        let texts = Array::from(&self.get("words"));
        Catalog::new(texts.iter().map(|text| text.as_string().unwrap_or_default()).collect())
    }

    /// A yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).as_bool()
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key).as_f64()
    }

    fn pairs(&self, key: &str) -> Vec<Pair> {
        let value = self.get(key);
        let Some(object) = value.dyn_ref::<Object>() else { return Vec::new() };
        let pair = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), entry.get(1).as_string())
        };
        Object::entries(object).iter().map(pair).collect()
    }

    /// The context of a panel that is opened.
    pub fn context(&self) -> Context {
        let [page, pairs, reader, reach] = ["page", "pairs", "reader", "reach"].map(|key| self.get(key));
        let (page, pairs, reader, reach) = (Handed(&page), Handed(&pairs), Handed(&reader), Handed(&reach));
        let custom: Custom =
            self.pairs("custom").into_iter().map(|(key, text)| (key, text.unwrap_or_default())).collect();
        Context {
            site: self.plain("site"),
            id: self.plain("id"),
            page: page.page(),
            pairs: Pairs {
                headers: pairs.pairs("headers"),
                fields: pairs.pairs("fields"),
                custom: pairs.pairs("custom"),
            },
            custom: Some(custom).filter(|custom| !custom.0.is_empty()),
            locale: self.plain("locale"),
            one_click: self.has("one_click"),
            inline: self.has("inline"),
            merges: self.has("merges"),
            reader: Reader { person: reader.plain("person"), team: reader.plain("team") },
            reach: Reach { phone: reach.plain("phone"), email: reach.plain("email"), address: reach.plain("address") },
        }
    }

    fn page(&self) -> Page {
        let viewport: Option<Array> = self.get("viewport").dyn_into().ok();
        let side = |viewport: &Array, at| viewport.get(at).as_f64().unwrap_or_default() as u32;
        Page {
            url: self.plain("url"),
            title: self.text("title"),
            referrer: self.text("referrer"),
            language: self.text("language"),
            viewport: viewport.map(|viewport| [side(&viewport, 0), side(&viewport, 1)]),
        }
    }

    /// The state in which the shell leaves the message.
    pub fn carried(&self) -> Carried {
        let frozen = self.text("content").zip(self.text("frozen"));
        Carried {
            kind: self.text("kind").and_then(|name| Kind::named(&name)),
            noted: self.flag("noted"),
            next: self.number("next").unwrap_or_default() as u8,
            frozen: frozen.map(|(content, body)| Frozen { content, body }),
            failure: self.failure(),
        }
    }

    /// Why a delivery failed.
    pub fn failure(&self) -> Option<Failure> {
        self.text("failure").and_then(|name| Failure::named(&name))
    }

    /// The endpoint's receipt, if it took what was posted.
    pub fn receipt(&self) -> Option<Receipt> {
        let receipt = self.get("receipt");
        let handed = Handed(&receipt);
        let sentence = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            (entry.get(0).as_f64().unwrap_or_default() as usize, entry.get(1).as_string().unwrap_or_default())
        };
        receipt.is_object().then(|| Receipt {
            reference: handed.plain("reference"),
            withdraw: handed.has("withdraw"),
            sentences: Array::from(&handed.get("sentences")).iter().map(sentence).collect(),
        })
    }
}

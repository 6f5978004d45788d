//! What shell.js hands over: JavaScript objects, read by hand, since a deserialiser would weigh on every visitor.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Carried;
use crate::{
    config::{Pair, Pairs},
    feedback::{Custom, Kind, Page},
    panel::{Context, Failure},
    revisions::Frozen,
};

/// An object of shell.js's. What is missing or of another type reads as nothing.
pub struct Handed<'a>(pub &'a JsValue);

impl Handed<'_> {
    fn get(&self, key: &str) -> JsValue {
        Reflect::get(self.0, &key.into()).unwrap_or(JsValue::UNDEFINED)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).as_string()
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
        let (page, pairs) = (self.get("page"), self.get("pairs"));
        let (page, pairs) = (Handed(&page), Handed(&pairs));
        let custom: Custom =
            self.pairs("custom").into_iter().map(|(key, text)| (key, text.unwrap_or_default())).collect();
        Context {
            site: self.text("site").unwrap_or_default(),
            id: self.text("id").unwrap_or_default(),
            page: page.page(),
            pairs: Pairs {
                headers: pairs.pairs("headers"),
                fields: pairs.pairs("fields"),
                custom: pairs.pairs("custom"),
            },
            custom: Some(custom).filter(|custom| !custom.0.is_empty()),
            locale: self.text("locale").unwrap_or_default(),
            one_click: self.flag("one_click").unwrap_or_default(),
            inline: self.flag("inline").unwrap_or_default(),
        }
    }

    fn page(&self) -> Page {
        let viewport: Option<Array> = self.get("viewport").dyn_into().ok();
        let side = |viewport: &Array, at| viewport.get(at).as_f64().unwrap_or_default() as u32;
        Page {
            url: self.text("url").unwrap_or_default(),
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

    /// The reference of a receipt; nothing if there is no receipt, an empty one if it has none.
    pub fn reference(&self) -> Option<String> {
        let receipt = self.get("receipt");
        receipt.is_object().then(|| Handed(&receipt).text("reference").unwrap_or_default())
    }
}

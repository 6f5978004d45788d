//! What shell.js hands over: JavaScript objects, read by hand, since a deserialiser would weigh on every visitor.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Carried;
use crate::{
    feedback::{Custom, Kind, Page, Wording},
    panel::{Context, Failure},
    promise::{Hours, Unreadable},
    revisions::Frozen,
    wording::Catalog,
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
        Catalog::new(self.texts("words"))
    }

    /// A function.
    pub fn function(&self, key: &str) -> Option<Function> {
        self.get(key).dyn_into().ok()
    }

    /// A yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).as_bool()
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key).as_f64()
    }

    fn pairs(&self, key: &str) -> Vec<(String, String)> {
        let value = self.get(key);
        let Some(object) = value.dyn_ref::<Object>() else { return Vec::new() };
        let pair = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), entry.get(1).as_string().unwrap_or_default())
        };
        Object::entries(object).iter().map(pair).collect()
    }

    /// The context of a panel that is opened.
    pub fn context(&self) -> Context {
        let page = self.get("page");
        let page = Handed(&page);
        let wording = self.get("wording");
        let wording = Handed(&wording);
        let custom: Custom = self.pairs("custom").into_iter().collect();
        Context {
            site: self.plain("site"),
            id: self.plain("id"),
            page: page.page(),
            custom: Some(custom).filter(|custom| !custom.0.is_empty()),
            wording: Wording {
                locale: wording.plain("locale"),
                experiment: wording.text("experiment"),
                variant: wording.text("variant"),
            },
            one_click: self.has("one_click"),
            inline: self.has("inline"),
            person: self.plain("person"),
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
            posted: self.text("posted").and_then(|name| Kind::named(&name)),
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

    /// Whether the endpoint took what was posted.
    pub fn is_received(&self) -> bool {
        self.has("receipt")
    }

    /// When the endpoint received it, in seconds since 1970, if it says so.
    pub fn received(&self) -> Option<i64> {
        let receipt = self.get("receipt");
        Handed(&receipt).number("received").map(|seconds| seconds as i64)
    }

    /// When the site's people work, if it says so; a warning if that can't be read.
    pub fn hours(&self) -> Result<Option<Hours>, String> {
        let value = self.get("hours");
        let handed = Handed(&value);
        if !handed.has("reply") || !handed.has("zone") {
            return Ok(None);
        }
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let days = days.map(|day| handed.texts(day));
        let days = days.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let holidays = handed.texts("holidays");
        let holidays: Vec<_> = holidays.iter().map(String::as_str).collect();
        let reply = handed.plain("reply");
        let hours = Hours::read(days.each_ref().map(Vec::as_slice), &holidays, &reply);
        hours.map(Some).map_err(|unreadable: Unreadable| ["data-config: ", &unreadable.warning()].concat())
    }

    fn texts(&self, key: &str) -> Vec<String> {
        let list: Option<Array> = self.get(key).dyn_into().ok();
        list.iter().flat_map(|list| list.iter()).filter_map(|text| text.as_string()).collect()
    }
}

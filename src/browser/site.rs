//! The site's file, `say-so.json`: read member by member, so that one that is wrong costs that member alone.

use std::cell::Cell;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use super::{
    Embed,
    clock::Zone,
    console,
    json::{member, members, object},
    page, tried,
    tried::Draw,
};
use crate::{
    config::site::{Reach, Reader},
    feedback::{Wording, request::decimal},
    promise::Hours,
    wording::{Catalog, overlay},
};

/// The members that a file may have.
const MEMBERS: [&str; 9] =
    ["$schema", "reader", "hours", "reach", "wording", "experiments", "counts", "remember", "experiment"];

/// What the hours may hold; from the fourth on the days, Monday first.
const HOURS: [&str; 10] =
    ["zone", "reply", "holidays", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What a site says in its file. What it doesn't say, or says wrongly, is nothing.
#[derive(Default)]
pub struct Site {
    /// Who reads.
    pub reader: Reader,
    /// When they work, and where; none if no day can be promised.
    pub hours: Option<(Hours, Zone)>,
    /// Other ways to reach a person.
    pub reach: Reach,
    /// Where steps are counted, in full; empty if nowhere.
    pub counts: String,
    /// Whether an id may be kept in the visitor's browser.
    pub remember: bool,
    /// What to call the file in warnings.
    path: String,
    wording: JsValue,
    experiments: Vec<tried::Experiment>,
    /// The locale whose sentences have been warned of.
    warned: String,
}

impl Site {
    /// Reads the file's text, and warns of what can't be used.
    pub fn read(embed: &Embed, config: &str, text: Result<String, String>) -> Self {
        let path = ["data-config=\"", config, "\": "].concat();
        let warn = |text: &str| console::warn(&[&path, text].concat());
        let value = match text.and_then(|text| parsed(&text)) {
            Ok(value) => value,
            Err(error) => {
                warn(&["it is not used: ", &error].concat());
                return Self { path, ..Self::default() };
            }
        };
        if object(&value).is_none() {
            warn("it must be an object");
            return Self { path, ..Self::default() };
        }
        for (name, _) in members(&value) {
            if !MEMBERS.contains(&name.as_str()) {
                warn(&[&name, " is unknown; the nearest is ", overlay::nearest(&name, &MEMBERS)].concat());
            }
        }
        let wording = member(&value, "wording");
        if !wording.is_undefined() && object(&wording).is_none() {
            warn("wording must be an object");
        }
        let remember = member(&value, "remember");
        if !remember.is_undefined() && remember.as_bool().is_none() {
            warn("remember must be true or false");
        }
        let (experiments, sound) = tried::read(&value);
        if !sound {
            embed.advise(&value, &path);
        }
        Self {
            reader: Member::read(&value, "reader", &warn).map(|it| it.reader()).unwrap_or_default(),
            hours: Member::read(&value, "hours", &warn).and_then(|it| it.hours()),
            reach: Member::read(&value, "reach", &warn).map(|it| it.reach()).unwrap_or_default(),
            counts: address(&member(&value, "counts"), &warn),
            remember: remember.as_bool().unwrap_or_default(),
            wording,
            experiments,
            path,
            warned: String::new(),
        }
    }

    /// Whether wordings are tried out.
    pub fn tries(&self) -> bool {
        !self.experiments.is_empty()
    }

    /// Puts the site's own sentences for a locale into a catalog, and on top those of the variant that is drawn; answers
    /// in which words it speaks then.
    pub fn speak(&mut self, catalog: &mut Catalog, locale: &str, draw: &Draw<'_>) -> Wording {
        // Each locale's are warned of once.
        let path = if self.warned == locale { "" } else { &self.path };
        let own = if path.is_empty() { "" } else { &[path, "wording.", locale, "."].concat() };
        lay(catalog, &member(&self.wording, locale), own);
        let wording = tried::speak(&self.experiments, catalog, locale, &Draw { path, ..*draw });
        self.warned = locale.into();
        wording
    }
}

/// A web address in full; empty if there is none.
fn address(value: &JsValue, warn: &dyn Fn(&str)) -> String {
    if value.is_undefined() {
        return String::new();
    }
    let request = value.as_string().filter(|text| !text.is_empty()).and_then(|text| Request::new_with_str(&text).ok());
    let url = request.map(|request| request.url()).filter(|url| url.starts_with("http:") || url.starts_with("https:"));
    if url.is_none() {
        warn("counts must be a web address");
    }
    url.unwrap_or_default()
}

/// Puts the sentences that can be said into a catalog, and warns of the others, if it is said where they stand. Says
/// whether there were none of these.
pub fn lay(catalog: &mut Catalog, own: &JsValue, path: &str) -> bool {
    if own.is_undefined() {
        return true;
    }
    let warn = |text: &[&str]| {
        if !path.is_empty() {
            console::warn(&text.concat());
        }
    };
    if object(own).is_none() {
        warn(&[path.trim_end_matches(['.', ':', ' ']), " must be an object"]);
        return false;
    }
    let mut sound = true;
    for (name, value) in members(own) {
        match overlay::key_of(&name, &value.as_string().unwrap_or_default(), catalog) {
            Ok(key) => catalog.set(key, value.as_string().unwrap_or_default()),
            Err(wrong) => {
                sound = false;
                warn(&[path, &name, " ", &wrong]);
            }
        }
    }
    sound
}

/// A member of the file that is an object of texts and lists of texts.
struct Member<'a> {
    name: &'static str,
    value: JsValue,
    warn: &'a dyn Fn(&str),
    /// Whether all that was read so far was right.
    sound: Cell<bool>,
}

impl<'a> Member<'a> {
    /// The member of that name, if it is there.
    fn read(file: &JsValue, name: &'static str, warn: &'a dyn Fn(&str)) -> Option<Self> {
        let it = Self { name, value: member(file, name), warn, sound: Cell::new(true) };
        if it.value.is_undefined() {
            return None;
        }
        if object(&it.value).is_none() {
            it.complain("", "must be an object");
            return None;
        }
        Some(it)
    }

    fn complain(&self, name: &str, must: &str) {
        self.sound.set(false);
        let dot = if name.is_empty() { "" } else { "." };
        (self.warn)(&[self.name, dot, name, " ", must].concat());
    }

    /// Warns of what the member can't have.
    fn know(&self, known: &[&str]) {
        for (name, _) in members(&self.value) {
            if !known.contains(&name.as_str()) {
                self.complain(&name, &["is unknown; the nearest is ", overlay::nearest(&name, known)].concat());
            }
        }
    }

    fn text(&self, name: &str) -> String {
        let value = member(&self.value, name);
        if !value.is_undefined() && !value.is_string() {
            self.complain(name, "must be a text");
        }
        value.as_string().unwrap_or_default()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let value = member(&self.value, name);
        if value.is_undefined() {
            return Vec::new();
        }
        let list: Option<Vec<_>> = Array::is_array(&value)
            .then(|| value.unchecked_ref::<Array>().iter().map(|text| text.as_string()).collect())
            .flatten();
        if list.is_none() {
            self.complain(name, "must be a list of texts");
        }
        list.unwrap_or_default()
    }

    fn reader(&self) -> Reader {
        self.know(&["person", "team"]);
        Reader { person: self.text("person"), team: self.text("team") }
    }

    fn reach(&self) -> Reach {
        self.know(&["phone", "email", "address"]);
        Reach { phone: self.text("phone"), email: self.text("email"), address: self.text("address") }
    }

    /// The hours, if a day can be promised by them: of hours that are right in part only, no day follows.
    fn hours(&self) -> Option<(Hours, Zone)> {
        self.know(&HOURS);
        let [zone, reply, holidays, days @ ..] = HOURS;
        let (zone, reply, holidays) = (self.text(zone), self.text(reply), self.texts(holidays));
        let days = days.map(|day| self.texts(day));
        if !self.sound.get() || zone.is_empty() || reply.is_empty() {
            return None;
        }
        let days = days.each_ref().map(|texts| self::texts(texts));
        let read = Hours::read(days.each_ref().map(Vec::as_slice), &texts(&holidays), &reply);
        let known = Zone::named(&zone);
        if known.is_none() {
            self.complain("zone", &["must be a time zone, not ", &zone].concat());
        }
        let read = read.map_err(|unreadable| (self.warn)(&unreadable.warning())).ok();
        read.zip(known)
    }
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// The text of a site's file: from the answer to the request for it, or from the element that holds it.
pub async fn text(config: &str, file: Option<Promise>) -> Result<String, String> {
    match (config.starts_with('#'), file) {
        (true, _) => element(config),
        (false, Some(file)) => answered(file).await,
        (false, None) => Err("it was not asked for".into()),
    }
}

/// The text of an element of the page.
fn element(selector: &str) -> Result<String, String> {
    let found = page::document().query_selector(selector).ok().flatten();
    found.and_then(|element| element.text_content()).ok_or_else(|| "there is no such element".into())
}

/// The text of an answer.
pub async fn answered(answer: Promise) -> Result<String, String> {
    let unreachable = |_| "the server can not be reached".to_owned();
    let response = JsFuture::from(answer).await.map_err(unreachable)?.dyn_into::<Response>().map_err(unreachable)?;
    if !response.ok() {
        return Err(["the server answered ", &decimal(response.status().into())].concat());
    }
    let text = response.text().map_err(unreachable)?;
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).ok_or_else(|| "its answer broke off".into())
}

/// The value of a text in JSON.
fn parsed(text: &str) -> Result<JsValue, String> {
    js_sys::JSON::parse(text).map_err(|error| {
        let error: js_sys::Object = error.unchecked_into();
        error.to_string().into()
    })
}

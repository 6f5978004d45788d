//! What is known of the page: where it is, what it is called, and who looks at it.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, UrlSearchParams, Window};

use super::json::member;
use crate::feedback::{Page, TITLE_MAX, URL_MAX, cut, is_tag};

/// The page's window.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The page.
pub fn document() -> Document {
    member(&js_sys::global(), "document").unchecked_into()
}

/// The page's address, without what may be private in it.
pub fn address() -> String {
    let address = window().location().href().unwrap_or_default();
    let end = address.find(['?', '#']).unwrap_or(address.len());
    cut(address.get(..end).unwrap_or_default(), URL_MAX).into()
}

/// What goes along with the words unless the visitor takes it out.
pub fn facts() -> Page {
    let (document, window) = (document(), window());
    // An element of that name stands in its place.
    let text = |name| member(&document, name).as_string();
    let side = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default() as u32;
    Page {
        url: address(),
        title: text("title").map(|title| cut(&title, TITLE_MAX).into()).filter(|title: &String| !title.is_empty()),
        referrer: text("referrer").and_then(|address| origin(&address)),
        language: window.navigator().language().filter(|language| is_tag(language)),
        viewport: Some([side(window.inner_width()), side(window.inner_height())]),
    }
}

/// The wording that somebody wants to look at: what `say-so-variant` says in the page's address; empty if it says
/// nothing.
pub fn preview() -> String {
    let search = window().location().search().unwrap_or_default();
    let asked = UrlSearchParams::new_with_str(&search).ok().and_then(|asked| asked.get("say-so-variant"));
    asked.unwrap_or_default()
}

/// The origin of a web address.
fn origin(address: &str) -> Option<String> {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let length = host.find('/').unwrap_or(host.len());
    (length > 0).then(|| address[..address.len() - host.len() + length].into())
}

/// A new message's name: 128 random bits in hexadecimal.
pub fn id() -> String {
    let bytes = Uint8Array::new_with_length(16);
    if let Ok(crypto) = window().crypto() {
        // Fails for no array of that length.
        let _ = crypto.get_random_values_with_js_u8_array(&bytes);
    }
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes.to_vec().into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The visitor's own way of writing dates, if it is of the language that is spoken: that and a country. By what else
/// a page says, which may be no tag at all, nothing can be written.
pub fn region(setting: &str, lang: &str, locale: &str) -> String {
    let root = document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    let known: Array = window().navigator().languages();
    let mut tags = [setting.to_owned(), root].into_iter().chain(known.iter().filter_map(|tag| tag.as_string()));
    let is_regional = |tag: &String| {
        tag.split_once('-').is_some_and(|(language, country)| {
            language.eq_ignore_ascii_case(lang)
                && country.len() == 2
                && country.bytes().all(|letter| letter.is_ascii_alphabetic())
        })
    };
    tags.find(is_regional).unwrap_or_else(|| locale.into())
}

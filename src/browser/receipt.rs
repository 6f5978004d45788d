//! Copies that a visitor keeps: of the confirmation, of its reference, of their words.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlTextAreaElement, Url};

use super::{clock, json, page, timer, with_live};
use crate::{
    panel::{Phase, Session, Source, State},
    wording::{Confirmation, Key},
};

#[wasm_bindgen]
extern "C" {
    type Clipboard;
    #[wasm_bindgen(catch, method, js_name = writeText)]
    fn write_text(this: &Clipboard, text: &str) -> Result<Promise, JsValue>;
}

/// The confirmation as plain text, with the page's address and the time.
fn text(session: Session) -> String {
    let region = with_live(|live| live.region()).unwrap_or_default();
    let text = session.read(|state| {
        let Phase::Sent(sent) = &state.phase else { return String::new() };
        let mut reference = sent.reference.clone();
        if !reference.is_empty() {
            reference = [&state.say(Key::Reference), " ", &reference].concat();
        }
        let Confirmation { heading, own, .. } = sent.said.clone();
        let (words, address) = (sent.words.clone(), state.context.page.url.clone());
        let lines = [heading, words, own, state.reads(), reference, address, clock::written_now(&region)];
        lines.iter().filter(|line| !line.is_empty()).flat_map(|line| [line, "\n\n"]).collect()
    });
    text.unwrap_or_default()
}

/// The reference, if the endpoint gave one.
fn reference(session: Session) -> String {
    let reference =
        |state: &State| if let Phase::Sent(sent) = &state.phase { sent.reference.clone() } else { String::new() };
    session.read(reference).unwrap_or_default()
}

/// Copies something; where that is not allowed, selects it.
pub async fn copy(session: Session, source: Source) {
    let (selector, copied) = match source {
        Source::Message => ("[name=message]", value("[name=message]")),
        Source::Reference => ("[part=reference]", reference(session)),
    };
    let clipboard = json::member(&page::window().navigator(), "clipboard");
    let written = match clipboard.is_object() {
        true => clipboard.unchecked_ref::<Clipboard>().write_text(&copied),
        false => Err(clipboard),
    };
    let is_copied = match written {
        Ok(written) => JsFuture::from(written).await.is_ok(),
        Err(_) => false,
    };
    if !is_copied {
        select(selector);
    }
    session.update(|state| state.steps.copied = Some((source, if is_copied { Key::Copied } else { Key::Selected })));
}

fn value(selector: &str) -> String {
    let field = with_live(|live| live.find(selector)).flatten();
    field.and_then(|field| json::member(&field, "value").as_string()).unwrap_or_default()
}

fn select(selector: &str) {
    let Some(element) = with_live(|live| live.find(selector)).flatten() else { return };
    if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
        field.select();
    } else if let Ok(Some(selection)) = page::window().get_selection() {
        // What can't be selected either is still on the screen.
        let _ = selection.select_all_children(&element);
    }
}

/// Saves the confirmation as a text file.
pub fn save(session: Session) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text(session).into()), &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = page::document().create_element("a").ok()?.unchecked_into();
    let reference = reference(session);
    let site = session.read(|state| state.context.site.clone())?;
    let name = if reference.is_empty() { site } else { [&site, " ", &reference].concat() };
    link.set_href(&address);
    link.set_download(&[&name, ".txt"].concat());
    link.click();
    leptos::task::spawn_local(async move {
        // The browser has to have read it by then.
        timer::sleep(10_000).await;
        let _ = Url::revoke_object_url(&address);
    });
    Some(())
}

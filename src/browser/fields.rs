//! The panel's fields, read when they are needed: what stands in them is the browser's own business till then.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};

use crate::{draft::Draft, feedback::Kind, panel::Optional};

/// What stands in every field.
pub struct Fields {
    message: String,
    name: String,
    email: String,
    reply: bool,
    /// What was typed where nobody looks.
    pub trap: String,
    /// Which of [`Optional::ALL`] are to be sent.
    takes: [bool; Optional::ALL.len()],
}

impl Fields {
    /// Reads the fields below `root`. A field that is missing is empty, and what is optional is sent.
    ///
    /// The text is well-formed: a lone surrogate becomes U+FFFD on its way into Rust.
    pub fn read(root: &HtmlElement) -> Self {
        let text = |name| value(root, name, "value").and_then(|value| value.as_string()).unwrap_or_default();
        let ticked =
            |name, otherwise| value(root, name, "checked").and_then(|value| value.as_bool()).unwrap_or(otherwise);
        Self {
            message: text("message"),
            name: text("name"),
            email: text("email"),
            reply: ticked("reply", false),
            trap: text("trap"),
            takes: Optional::ALL.map(|optional| ticked(optional.name(), true)),
        }
    }

    /// The fields as a draft of that kind.
    pub fn draft(&self, kind: Kind) -> Draft {
        Draft {
            kind,
            message: self.message.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            reply: self.reply,
        }
    }

    /// Whether something optional is to be sent.
    pub fn takes(&self, optional: Optional) -> bool {
        Optional::ALL.into_iter().zip(self.takes).any(|(each, takes)| each == optional && takes)
    }
}

fn named(root: &HtmlElement, name: &str) -> Option<Element> {
    root.query_selector(&format!("[name={name}]")).ok().flatten()
}

fn value(root: &HtmlElement, name: &str, property: &str) -> Option<JsValue> {
    Reflect::get(named(root, name)?.as_ref(), &property.into()).ok()
}

/// Holds the texts as they are, while they are on their way, or lets them go.
pub fn hold(root: &HtmlElement, held: bool) {
    for field in ["message", "name", "email"] {
        if let Some(element) = named(root, field) {
            // Fails only where the page has frozen our element; then a later edit is not part of what was sent.
            let _ = Reflect::set(element.as_ref(), &"readOnly".into(), &held.into());
        }
    }
}

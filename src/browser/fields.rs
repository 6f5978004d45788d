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
    /// The address that was left at the confirmation.
    pub answer: String,
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
            answer: text("answer"),
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

    /// Whether the visitor has written anything.
    pub fn is_typed(&self) -> bool {
        !self.message.is_empty()
    }

    /// Empties the fields below `root`, and sends again what is optional.
    pub fn clear(root: &HtmlElement) {
        for name in ["message", "name", "email", "trap"] {
            set(root, name, "value", "".into());
        }
        set(root, "reply", "checked", false.into());
        Optional::ALL.iter().for_each(|optional| set(root, optional.name(), "checked", true.into()));
    }

    /// Asks for a reply to that address, in the form's own fields.
    pub fn ask_reply(root: &HtmlElement, email: &str) {
        set(root, "email", "value", email.into());
        set(root, "reply", "checked", true.into());
    }

    /// Whether something optional is to be sent.
    pub fn takes(&self, optional: Optional) -> bool {
        Optional::ALL.into_iter().zip(self.takes).any(|(each, takes)| each == optional && takes)
    }
}

fn set(root: &HtmlElement, name: &str, property: &str, value: JsValue) {
    if let Some(element) = named(root, name) {
        // Fails only where the page has frozen our element; then what stood there stays.
        let _ = Reflect::set(element.as_ref(), &property.into(), &value);
    }
}

fn named(root: &HtmlElement, name: &str) -> Option<Element> {
    root.query_selector(&["[name=", name, "]"].concat()).ok().flatten()
}

fn value(root: &HtmlElement, name: &str, property: &str) -> Option<JsValue> {
    Reflect::get(named(root, name)?.as_ref(), &property.into()).ok()
}

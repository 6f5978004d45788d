//! The bytes of what is posted: JSON as every browser's `JSON.stringify` writes it.
//!
//! Written by hand, since a serialiser would weigh on every visitor; the tests hold it against one.

use super::{Contact, Custom, Page, Promise, Submission, Withdrawal, Wording};

/// An object that is being written.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self(String::from("{"))
    }

    fn key(&mut self, key: &str) -> &mut String {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, key);
        self.0.push(':');
        &mut self.0
    }

    fn text(mut self, key: &str, text: &str) -> Self {
        quote(self.key(key), text);
        self
    }

    fn optional(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    fn raw(mut self, key: &str, json: Option<String>) -> Self {
        if let Some(json) = json {
            self.key(key).push_str(&json);
        }
        self
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn quote(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '\0'..='\u{1f}' => {
                json.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                json.extend(char::from_digit(u32::from(c) % 16, 16));
            }
            _ => json.push(c),
        }
    }
    json.push('"');
}

/// The number in decimal digits, without the weight of `format!`.
pub(crate) fn decimal(number: u32) -> String {
    let mut digits = String::new();
    if number > 9 {
        digits = decimal(number / 10);
    }
    digits.extend(char::from_digit(number % 10, 10));
    digits
}

impl Submission {
    /// The body, its fields in the order of the contract and what is absent left out.
    pub fn body(&self) -> String {
        Object::new()
            .raw("v", Some(decimal(self.v.into())))
            .text("site", &self.site)
            .text("id", &self.id)
            .raw("revision", Some(decimal(self.revision.into())))
            .text("kind", self.kind.name())
            .optional("message", self.message.as_deref())
            .raw("contact", self.contact.as_ref().map(Contact::json))
            .raw("promise", self.promise.as_ref().map(Promise::json))
            .raw("wording", Some(self.wording.json()))
            .raw("page", Some(self.page.json()))
            .raw("custom", self.custom.as_ref().map(Custom::json))
            .text("sent_at", &self.sent_at)
            .raw("took_ms", self.took_ms.map(decimal))
            .optional("trap", self.trap.as_deref())
            .end()
    }
}

impl Withdrawal {
    /// The body, its fields in the order of the contract.
    pub fn body(&self) -> String {
        Object::new()
            .raw("v", Some(decimal(self.v.into())))
            .text("site", &self.site)
            .text("id", &self.id)
            .text("key", &self.key)
            .end()
    }
}

impl Contact {
    fn json(&self) -> String {
        Object::new()
            .optional("name", self.name.as_deref())
            .optional("email", self.email.as_deref())
            .raw("reply", Some(if self.reply { "true" } else { "false" }.into()))
            .end()
    }
}

impl Promise {
    fn json(&self) -> String {
        Object::new().text("by", &self.by).optional("person", self.person.as_deref()).end()
    }
}

impl Wording {
    fn json(&self) -> String {
        Object::new()
            .text("locale", &self.locale)
            .optional("experiment", self.experiment.as_deref())
            .optional("variant", self.variant.as_deref())
            .end()
    }
}

impl Page {
    fn json(&self) -> String {
        let viewport = self.viewport.map(|[width, height]| ["[", &decimal(width), ",", &decimal(height), "]"].concat());
        Object::new()
            .text("url", &self.url)
            .optional("title", self.title.as_deref())
            .optional("referrer", self.referrer.as_deref())
            .optional("language", self.language.as_deref())
            .raw("viewport", viewport)
            .end()
    }
}

impl Custom {
    fn json(&self) -> String {
        self.0.iter().fold(Object::new(), |object, (key, text)| object.text(key, text)).end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::feedback::{Kind, VERSION};

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[\\x00-\\x1f\"\\\\ -~]{0,40}"]
    }

    prop_compose! {
        fn submission()(
            texts in prop::collection::vec(text(), 14),
            present in any::<[bool; 12]>(),
            (revision, took_ms, viewport, kind) in (any::<u8>(), any::<u32>(), any::<[u32; 2]>(), 0..3usize),
            pairs in prop::collection::btree_map(text(), text(), 0..4),
        ) -> Submission {
            let some = |at: usize| present[at % 12].then(|| texts[at].clone());
            Submission {
                v: VERSION,
                site: texts[0].clone(),
                id: texts[1].clone(),
                revision,
                kind: Kind::ALL[kind],
                message: some(2),
                contact: present[0].then(|| Contact { name: some(3), email: some(4), reply: present[1] }),
                promise: present[2].then(|| Promise { by: texts[5].clone(), person: some(6) }),
                wording: Wording { locale: texts[7].clone(), experiment: some(8), variant: some(9) },
                page: Page {
                    url: texts[10].clone(),
                    title: some(11),
                    referrer: some(12),
                    language: some(13),
                    viewport: present[3].then_some(viewport),
                },
                custom: present[4].then(|| pairs.into_iter().collect()),
                sent_at: texts[5].clone(),
                took_ms: present[5].then_some(took_ms),
                trap: some(1),
            }
        }
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_a_serialiser(submission in submission()) {
            prop_assert_eq!(submission.body(), serde_json::to_string(&submission).unwrap());
        }

        #[test]
        fn a_withdrawal_s_bytes_are_those_of_a_serialiser(v in any::<u8>(), texts in prop::array::uniform3(text())) {
            let [site, id, key] = texts;
            let withdrawal = Withdrawal { v, site, id, key };
            prop_assert_eq!(withdrawal.body(), serde_json::to_string(&withdrawal).unwrap());
        }

        #[test]
        fn numbers_have_their_digits(number in any::<u32>()) {
            prop_assert_eq!(decimal(number), number.to_string());
        }
    }
}

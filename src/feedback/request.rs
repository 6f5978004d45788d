//! A submission as it is posted: where, with which headers, and in which form.

use super::Submission;

/// How an endpoint takes feedback: the setting `data-format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON sent as `text/plain`, which needs no preflight: for a Say-so collector.
    #[default]
    SaySo,
    /// JSON for a webhook, with headers and names of the site's choice.
    Json,
    /// A form post with flat names.
    Form,
}

impl Format {
    /// The format of that name in the tag; the default for any other.
    pub fn named(name: &str) -> Self {
        match name {
            "json" => Self::Json,
            "form" => Self::Form,
            _ => Self::SaySo,
        }
    }

    /// Whether a later revision of a message replaces an earlier one there.
    pub const fn merges(self) -> bool {
        matches!(self, Self::SaySo)
    }
}

/// Where feedback is posted, as the tag says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address, as the tag has it.
    pub address: String,
    /// How it takes feedback.
    pub format: Format,
    /// For [`Format::Json`], headers of the site's choice.
    pub headers: Vec<(String, String)>,
    /// For other formats than [`Format::SaySo`]: another name for a field, or none to leave it out.
    pub fields: Vec<(String, Option<String>)>,
}

/// What is posted.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Where to.
    pub address: &'a str,
    /// The headers, beside those that every post has.
    pub headers: Vec<(&'a str, &'a str)>,
    /// What becomes the body.
    pub value: Value,
}

/// What becomes a request's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The bytes that were frozen.
    Frozen,
    /// The frozen JSON, its outermost members under the names that [`Endpoint::name`] gives them.
    Renamed,
    /// The fields of a form, with their names.
    Form(Vec<(String, String)>),
}

impl Endpoint {
    /// The request for a submission.
    ///
    /// ```
    /// use say_so::feedback::{Kind, Page, Submission, VERSION, Wording};
    /// use say_so::feedback::request::{Endpoint, Format, Value};
    ///
    /// let submission = Submission {
    ///     v: VERSION, site: "shop.example".into(), id: "0".repeat(32), revision: 1, kind: Kind::Praise,
    ///     message: Some("A lovely jug.".into()), contact: None, promise: None,
    ///     wording: Wording { locale: "en".into(), ..Wording::default() },
    ///     page: Page { url: "https://shop.example/".into(), ..Page::default() },
    ///     custom: None, sent_at: "2026-11-26T09:00:00Z".into(), took_ms: None, trap: None,
    /// };
    /// let endpoint = Endpoint {
    ///     format: Format::Form,
    ///     fields: vec![("message".into(), Some("text".into()))],
    ///     ..Endpoint::default()
    /// };
    /// let Value::Form(fields) = endpoint.request(&submission).value else { panic!("a form was asked for") };
    /// assert!(fields.contains(&("text".into(), "A lovely jug.".into())));
    /// ```
    pub fn request<'a>(&'a self, submission: &'a Submission) -> Request<'a> {
        let mut headers = vec![("Accept", "application/json")];
        let value = match self.format {
            Format::SaySo => Value::Frozen,
            Format::Json => {
                // A header that can't be sent would keep back the words; advice.js warns of it.
                headers.extend(
                    self.headers
                        .iter()
                        .filter(|(name, text)| is_header(name, text))
                        .map(|(name, text)| (name.as_str(), text.as_str())),
                );
                headers.push(("Content-Type", "application/json"));
                Value::Renamed
            }
            Format::Form => Value::Form(self.form(submission)),
        };
        Request { address: &self.address, headers, value }
    }

    /// The name under which a field is posted; none if it is left out.
    pub fn name<'a>(&'a self, field: &'a str) -> Option<&'a str> {
        match self.fields.iter().find(|(known, _)| known == field) {
            Some((_, name)) => name.as_deref(),
            None => Some(field),
        }
    }

    fn form(&self, submission: &Submission) -> Vec<(String, String)> {
        let Submission { contact, promise, wording, page, custom, .. } = submission;
        let mut fields = Vec::new();
        let mut add = |field: &str, text: Option<&str>| {
            if let (Some(name), Some(text)) = (self.name(field), text) {
                fields.push((name.to_owned(), text.to_owned()));
            }
        };
        add("v", Some(&decimal(submission.v.into())));
        add("site", Some(&submission.site));
        add("id", Some(&submission.id));
        add("revision", Some(&decimal(submission.revision.into())));
        add("kind", Some(submission.kind.name()));
        add("message", submission.message.as_deref());
        if let Some(contact) = contact {
            add("name", contact.name.as_deref());
            add("email", contact.email.as_deref());
            add("reply", Some(if contact.reply { "true" } else { "false" }));
        }
        add("promise", promise.as_ref().map(|promise| promise.by.as_str()));
        add("page", Some(&page.url));
        add("title", page.title.as_deref());
        add("referrer", page.referrer.as_deref());
        add("language", page.language.as_deref());
        let sides = |[width, height]: [u32; 2]| [&*decimal(width), "x", &decimal(height)].concat();
        add("viewport", page.viewport.map(sides).as_deref());
        add("locale", Some(&wording.locale));
        add("experiment", wording.experiment.as_deref());
        add("variant", wording.variant.as_deref());
        add("sent_at", Some(&submission.sent_at));
        add("took_ms", submission.took_ms.map(decimal).as_deref());
        add("trap", submission.trap.as_deref());
        for (key, text) in custom.iter().flatten() {
            add(&["custom.", key].concat(), Some(text));
        }
        fields
    }
}

/// A number in decimal digits, without the weight of `format!`.
pub fn decimal(number: u32) -> String {
    let mut digits = if number > 9 { decimal(number / 10) } else { String::new() };
    digits.push((b'0' + (number % 10) as u8) as char);
    digits
}

/// Whether that can be a request's header: a token, and a text in Latin-1 without line breaks (RFC 9110, 5.1 and 5.5).
pub fn is_header(name: &str, text: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && text.chars().all(|c| matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{ff}'))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value as Json, json};

    use super::*;
    use crate::feedback::{
        Contact,
        tests::{whole, words},
    };

    fn endpoint(format: Format, fields: &[(&str, Option<&str>)]) -> Endpoint {
        let fields = fields.iter().map(|(field, name)| ((*field).into(), name.map(String::from))).collect();
        Endpoint { address: "/hook?a=b".into(), format, fields, headers: vec![("X-Team".into(), "care".into())] }
    }

    #[test]
    fn a_collector_gets_the_frozen_bytes() {
        let endpoint = endpoint(Format::SaySo, &[("message", None)]);
        let submission = whole();
        let request = endpoint.request(&submission);
        assert_eq!(request.value, Value::Frozen);
        assert_eq!((request.address, request.headers.as_slice()), ("/hook?a=b", &[("Accept", "application/json")][..]));
    }

    #[test]
    fn a_webhook_gets_the_fields_under_its_names() {
        let submission = whole();
        let named = endpoint(Format::Json, &[("message", Some("text")), ("page", None), ("name", Some("who"))]);
        let request = named.request(&submission);
        let headers = [("Accept", "application/json"), ("X-Team", "care"), ("Content-Type", "application/json")];
        assert_eq!((request.headers.as_slice(), request.value), (&headers[..], Value::Renamed));
        assert_eq!(
            ["message", "page", "name", "kind", "__proto__"].map(|field| named.name(field)),
            [Some("text"), None, Some("who"), Some("kind"), Some("__proto__")]
        );
    }

    #[test]
    fn what_is_absent_is_absent_in_a_form() {
        let submission = words();
        let form = endpoint(Format::Form, &[]);
        let Value::Form(fields) = form.request(&submission).value else { panic!("no form") };
        let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["v", "site", "id", "revision", "kind", "message", "page", "locale", "sent_at"]);
    }

    proptest::proptest! {
        #[test]
        fn numbers_have_their_digits(number in proptest::prelude::any::<u32>()) {
            proptest::prop_assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn a_number_has_no_zero_before_it() {
        assert_eq!([0, 9, 10, 99, 100].map(decimal), ["0", "9", "10", "99", "100"]);
    }

    #[test]
    fn a_visitor_who_wants_no_reply_says_so_in_a_form() {
        let submission = Submission { contact: Some(Contact::default()), ..words() };
        let form = endpoint(Format::Form, &[]).form(&submission);
        assert!(form.contains(&("reply".into(), "false".into())));
    }

    #[test]
    fn a_form_gets_flat_names() {
        let submission = whole();
        let form = endpoint(Format::Form, &[("name", Some("your-name")), ("custom.plan", None), ("trap", None)]);
        let request = form.request(&submission);
        assert_eq!(request.headers, [("Accept", "application/json")]);
        let Value::Form(fields) = request.value else { panic!("no form") };
        let fields: Map<String, Json> = fields.into_iter().map(|(name, text)| (name, text.into())).collect();
        let expected = json!({
            "v": "1", "site": "shop.example", "id": "00112233445566778899aabbccddeeff", "revision": "1",
            "kind": "complaint", "message": "Five days late.", "your-name": "Ada Ö.", "email": "ada@shop.example",
            "reply": "true", "promise": "2026-11-24T17:00:00Z", "page": "https://shop.example/cart", "title": "Cart",
            "referrer": "https://search.example", "language": "de-AT", "viewport": "390x700", "locale": "de",
            "experiment": "titles", "variant": "b", "sent_at": "2026-11-21T09:30:00.000Z", "took_ms": "4200",
            "custom.__proto__": "x",
        });
        assert_eq!(Json::Object(fields), expected);
    }

    #[test]
    fn a_header_that_can_not_be_sent_is_left_out() {
        for (name, text) in
            [("", "x"), ("X Team", "x"), ("X-Team", "a\nb"), ("X-Team", "“"), ("X-Team:", "x"), ("Ü", "x")]
        {
            assert!(!is_header(name, text), "{name}: {text}");
            let mut endpoint = endpoint(Format::Json, &[]);
            endpoint.headers = vec![(name.into(), text.into())];
            let submission = words();
            assert_eq!(endpoint.request(&submission).headers.len(), 2);
        }
        assert!(is_header("X-Team", "Zoë\t~"));
    }

    #[test]
    fn a_format_has_one_name() {
        assert_eq!(Format::named("json"), Format::Json);
        assert_eq!(Format::named("form"), Format::Form);
        assert_eq!(Format::named("say-so"), Format::SaySo);
        assert_eq!(Format::named(""), Format::SaySo);
        assert!(Format::SaySo.merges() && !Format::Json.merges() && !Format::Form.merges());
    }
}

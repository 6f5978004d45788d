//! Services that web teams post feedback to, as they answer: what is public of that, in a few lines each.
//!
//! None of them is asked here. Each says in its comment where what it does is described.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use crate::Received;

/// An answer to its last header: none is added.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

/// What a service answers to a request: a post, or the preflight before it.
pub type Service = fn(&Method, &Received) -> Reply;

impl Reply {
    /// An answer that no page can read.
    pub fn new(status: u16, mime: &'static str, body: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: body.into() }.with("content-type", mime)
    }

    /// An answer that leads to another address.
    pub fn redirect(status: u16, to: &'static str) -> Self {
        Self::new(status, "text/html;charset=utf-8", "<p>Moved.").with("location", to)
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    /// The same for pages of every origin.
    #[must_use]
    pub fn open(self) -> Self {
        self.with("access-control-allow-origin", "*")
    }

    fn page(status: u16, text: &str) -> Self {
        Self::new(status, "text/html;charset=utf-8", format!("<!doctype html><title>{text}</title><p>{text}"))
    }

    fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }
}

/// Lets a page of any origin post with any header.
fn preflight() -> Reply {
    Reply::new(204, "text/plain", "").open().with("access-control-allow-headers", "content-type, accept")
}

/// Formspree: JSON for whoever accepts that, else a way to a page of thanks, which has no CORS headers.
///
/// Its help on posting by script, and okkur/syna#718 on GitHub, where the redirect could not be read.
pub fn formspree(method: &Method, post: &Received) -> Reply {
    if method == Method::OPTIONS {
        return preflight();
    }
    if method == Method::GET {
        return Reply::page(200, "Thanks!");
    }
    let fields = post.form().unwrap_or_default();
    let address = fields.get("email").map_or("a@b", String::as_str);
    let wants_json = post.header("accept").contains("application/json");
    match (wants_json, address.contains('@')) {
        (true, true) => Reply::json(200, &json!({ "next": "/thanks?language=en", "ok": true })).open(),
        (true, false) => {
            let error = json!({ "code": "TYPE_EMAIL", "field": "email", "message": "should be an email" });
            Reply::json(422, &json!({ "error": "Validation errors", "errors": [error] })).open()
        }
        (false, _) => Reply::redirect(302, "/thanks?language=en").open(),
    }
}

/// Netlify’s forms, for pages of the same site: they take a form post with the name of a form that they know, and answer
/// with a page; any other post meets a page that says 404. To tests, which have the site on another port, it is open.
///
/// Its guide to forms that are sent by script, and imorente/gatsby-netlify-form-example#1 and #17 on GitHub.
pub fn netlify(_: &Method, post: &Received) -> Reply {
    let fields = post.form().unwrap_or_default();
    let is_known = fields.get("form-name").is_some_and(|name| name == "feedback");
    if is_known { Reply::page(200, "Thank you!").open() } else { Reply::page(404, "Page not found").open() }
}

/// Apps Script: what a script answers is fetched from another host, to which every answer leads. It does not know of
/// preflights.
///
/// Google’s guide to the Content service; what it makes of preflights is at knmts.com/become-engineer-31.
pub fn apps_script(method: &Method, _: &Received) -> Reply {
    match *method {
        Method::OPTIONS => Reply::page(405, "Method Not Allowed"),
        // The other host, for a browser that follows.
        Method::GET => Reply::json(200, &json!({ "ok": true })).open(),
        _ => Reply::redirect(302, "/echo?user_content_key=a").open(),
    }
}

/// Slack’s incoming webhooks: JSON with a text, whatever it is said to be, or a form with that as `payload`. Every page
/// may read the answer, but a preflight allows no header.
///
/// Slack’s reference of incoming webhooks. The headers are at integrations/slack#770, the preflight at
/// TheAppleFreak/winston-slack-webhook-transport#20, the types at mattermost/mattermost#2972, all on GitHub.
pub fn slack(method: &Method, post: &Received) -> Reply {
    if method == Method::OPTIONS {
        return Reply::new(200, "text/html", "").open();
    }
    let payload = post.form().ok().and_then(|mut fields| fields.remove("payload"));
    let payload: Option<Value> = match payload {
        Some(payload) => serde_json::from_str(&payload).ok(),
        None => post.json().ok(),
    };
    match payload {
        None => Reply::new(400, "text/html", "invalid_payload").open(),
        Some(payload) if payload["text"].as_str().is_none_or(str::is_empty) => {
            Reply::new(400, "text/html", "no_text").open()
        }
        Some(_) => Reply::new(200, "text/html", "ok").open(),
    }
}

/// Discord’s webhooks: JSON with a content of at most 2,000 characters, and nothing is answered.
///
/// Discord’s reference of webhooks; that pages may post is at fluxerapp/fluxer#549 on GitHub.
pub fn discord(method: &Method, post: &Received) -> Reply {
    if method == Method::OPTIONS {
        return preflight();
    }
    let message = post.json().ok().filter(|_| post.header("content-type").starts_with("application/json"));
    let length = message.and_then(|message| Some(message["content"].as_str()?.chars().count())).unwrap_or_default();
    match length {
        0 => Reply::json(400, &json!({ "message": "Cannot send an empty message", "code": 50006 })).open(),
        1..=2000 => Reply::new(204, "text/html", "").open(),
        _ => Reply::json(400, &json!({ "content": ["Must be 2000 or fewer in length."] })).open(),
    }
}

/// An endpoint that takes everything, and lets no page know.
pub fn silent(_: &Method, _: &Received) -> Reply {
    Reply::new(200, "text/plain", "ok").with("cache-control", "no-store")
}

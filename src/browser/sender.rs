//! The way to the endpoint.

use gloo_net::http;
use js_sys::{Date, JSON};
use wasm_bindgen::JsValue;
use web_sys::{
    AbortController, Headers, RequestCredentials, RequestInit, RequestRedirect, ResponseType, UrlSearchParams,
};

use super::{
    console,
    json::{self, member},
    note::Note,
    timer,
};
use crate::feedback::{
    Answer, Failure, Interruption, Outcome, Submission, outcome,
    request::{Endpoint, Value},
};

/// How long an endpoint may take to answer, in milliseconds.
const TIMEOUT: i32 = 15_000;
/// How long to wait before a body that may have arrived is posted again, in milliseconds; each time three times as long.
const WAIT: i32 = 1_000;
/// From then on, it is not posted again.
const WAIT_MAX: i32 = 9_000;

/// What a post came to.
pub struct Posted {
    /// Whether it has arrived.
    pub outcome: Outcome,
    /// What the endpoint says of it; nothing unless it has arrived.
    pub receipt: Receipt,
    /// Whether the endpoint says that its message was taken back.
    pub is_gone: bool,
    /// For how many seconds the endpoint takes nothing more from this visitor; 0 if it does not say.
    pub wait: i32,
}

/// What an endpoint says of what it has received. What it doesn't say is empty.
#[derive(Clone, Default)]
pub struct Receipt {
    /// What the visitor can quote.
    pub reference: String,
    /// What opens the message for its author.
    pub key: String,
    /// Where a withdrawal is posted, relative to the endpoint; none if it takes none.
    pub withdraw: Option<String>,
    /// When the endpoint received it, in seconds since 1970 by its clock; none unless this is the first answer to it.
    pub received: Option<f64>,
    /// Sentences in place of the catalog's.
    pub confirmation: JsValue,
}

/// Posts a body, as the endpoint takes it. Where nothing says what became of it, and it can't arrive twice, it is posted
/// twice more if `again` says so.
pub async fn post(
    endpoint: &Endpoint,
    submission: &Submission,
    body: &str,
    note: Option<&Note>,
    again: bool,
) -> Posted {
    let request = endpoint.request(submission);
    let body = match &request.value {
        Value::Frozen => body.into(),
        Value::Renamed => json::renamed(body, endpoint).into(),
        Value::Form(fields) => form(fields).unwrap_or(JsValue::NULL),
    };
    let mut wait = if again && endpoint.format.merges() { WAIT } else { 0 };
    // What else is posted in the meantime has the note then.
    let mut first_note = Some(note);
    let (exchange, outcome) = loop {
        let is_first = first_note.is_some();
        let exchange = send(request.address, &request.headers, &body, first_note.take().flatten()).await;
        match outcome(endpoint.format, exchange.answer) {
            Outcome::Unsure(_) if (1..WAIT_MAX).contains(&wait) => {
                timer::sleep(wait).await;
                wait *= 3;
            }
            // The first time it may have arrived.
            Outcome::NotSent(failure) if !is_first => break (exchange, Outcome::Unsure(failure)),
            outcome => break (exchange, outcome),
        }
    };
    let is_gone = matches!(exchange.answer, Answer::Status { status: 410, .. });
    let receipt = match outcome.failure() {
        None => exchange.receipt(),
        Some(failure) => {
            exchange.complain(request.address, failure);
            Receipt::default()
        }
    };
    Posted { outcome, receipt, is_gone, wait: exchange.wait }
}

fn form(fields: &[(String, String)]) -> Option<JsValue> {
    let form = UrlSearchParams::new().ok()?;
    fields.iter().for_each(|(name, text)| form.append(name, text));
    Some(form.into())
}

/// A request and what came of it.
pub struct Exchange {
    /// The answer, as far as it can be judged.
    pub answer: Answer,
    /// The answer's JSON, or what went wrong.
    pub content: JsValue,
    /// For how many seconds a visitor who has posted too much has to wait; 0 if nobody says so.
    wait: i32,
}

/// Posts a body, and waits for an answer for 15 s. A redirect is not followed.
///
/// gloo-net traps where `fetch` throws, or rejects with what is no `Error`; the glue's `fetch` does neither
/// (`globals.js`), and what can't become a request gets no further than here.
pub async fn send(address: &str, headers: &[(&str, &str)], body: &JsValue, note: Option<&Note>) -> Exchange {
    let not_handed_over = |content| Exchange { answer: Answer::None(Interruption::NotHandedOver), content, wait: 0 };
    let (Ok(abort), Ok(raw)) = (AbortController::new(), Headers::new()) else { return not_handed_over(JsValue::NULL) };
    for (name, text) in headers {
        if let Err(error) = raw.set(name, text) {
            return not_handed_over(error);
        }
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&raw);
    init.set_body(body);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.signal()));
    let request = match web_sys::Request::new_with_str_and_init(address, &init) {
        Ok(request) => request,
        Err(error) => return not_handed_over(error),
    };
    if let Some(note) = note {
        note.set_request(&request);
        note.watch(&request);
    }
    let timer = timer::after(TIMEOUT, {
        let abort = abort.clone();
        move || abort.abort()
    });
    let asked = AsRef::<JsValue>::as_ref(&request).clone();
    let answered = read(http::Request::from(request)).await;
    drop(timer);
    answered.unwrap_or_else(|content| {
        let why = if member(&asked, "unsent").is_truthy() {
            Interruption::NotHandedOver
        } else if abort.signal().aborted() {
            Interruption::Timeout
        } else {
            Interruption::Rejected
        };
        Exchange { answer: Answer::None(why), content, wait: 0 }
    })
}

/// Sends a request and reads the answer. Of one that breaks off, the status still counts.
async fn read(request: http::Request) -> Result<Exchange, JsValue> {
    let fault = |error| match error {
        gloo_net::Error::JsError(error) => JsValue::from(error.to_string()),
        _ => JsValue::NULL,
    };
    let response = request.send().await.map_err(fault)?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Ok(Exchange { answer: Answer::Redirect, content: JsValue::NULL, wait: 0 });
    }
    let text = response.text().await.unwrap_or_default();
    let mime = response.headers().get("Content-Type").unwrap_or_default();
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    // Some name a type where there is nothing.
    let page = response.status() != 204
        && (mime.as_bytes().windows(4).any(|part| part == b"html")
            || start.starts_with("<html")
            || start == "<!doctype");
    let content = json::parse(&text);
    let ok = content.as_ref().is_some_and(|content| member(content, "ok") == JsValue::TRUE);
    let secure = response.url().starts_with("https:");
    let full = content.as_ref().is_some_and(|content| member(&member(content, "error"), "code") == "full");
    let answer = Answer::Status { status: response.status(), ok, page, secure, full };
    let wait = if response.status() == 429 { response.headers().get("Retry-After") } else { None };
    let wait = wait.and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
    let content = if page { Some("a page, where a receipt was expected".into()) } else { content };
    Ok(Exchange { answer, content: content.unwrap_or_else(|| text.chars().take(500).collect::<String>().into()), wait })
}

impl Exchange {
    fn receipt(&self) -> Receipt {
        let text = |name| member(&self.content, name).as_string();
        let reference = member(&self.content, "reference");
        let is_new = matches!(self.answer, Answer::Status { status: 201, .. });
        Receipt {
            reference: reference.as_string().or_else(|| number(&reference)).unwrap_or_default(),
            key: text("key").unwrap_or_default(),
            withdraw: text("withdraw"),
            received: text("received").map(|time| Date::parse(&time) / 1e3).filter(|time| is_new && time.is_finite()),
            confirmation: member(&self.content, "confirmation"),
        }
    }

    /// Tells the web team what went wrong.
    pub fn complain(&self, address: &str, failure: Failure) {
        let error = member(&self.content, "error");
        let message = member(&error, "message");
        let content = if message.is_string() { &message } else { &self.content };
        let status = if let Answer::Status { status, .. } = self.answer { status.into() } else { JsValue::from("") };
        let hint = if failure == Failure::Unreachable {
            "(is it up, does connect-src allow it, and does it allow this origin?)"
        } else {
            ""
        };
        console::error(address, failure.name(), &status, content, hint);
    }
}

/// A number as it is written; some endpoints count.
fn number(value: &JsValue) -> Option<String> {
    value.as_f64().and_then(|_| JSON::stringify(value).ok()).map(String::from)
}

//! What holds for every answer of the inbox: other websites are kept out, and what went wrong is said in the form in
//! which it is read.

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use mime::Mime;
use say_so::feedback::Refusal;

use super::page::{self, Place};
use crate::error::Error;

/// Only the inbox's own sheet and forms; nothing runs, and nobody frames it.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Keeps other websites out: none may frame the inbox, open it with a handle to it, or post its forms. And writes what
/// went wrong as a page, or as JSON for whoever asks for that.
pub async fn guard(request: Request, next: Next) -> Response {
    let (json, place) = (asks_for_json(request.headers()), Place::of(request.uri().path()));
    let response = if is_foreign(request.headers()) && request.method() == Method::POST {
        Error::Foreign.into_response()
    } else {
        next.run(request).await
    };
    let mut response = if json { for_programs(response) } else { for_people(response, place) };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the browser says that another website sends the request. (The Origin header can't: it is
/// `null` under our own Referrer-Policy.)
fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

/// Whether JSON is asked for, and no page.
fn asks_for_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).into_iter().filter_map(|accepted| accepted.to_str().ok());
    let kinds = accepted.flat_map(|accepted| accepted.split(',')).filter_map(|kind| kind.trim().parse::<Mime>().ok());
    let (mut json, mut page) = (false, false);
    for kind in kinds {
        json |= kind.essence_str() == mime::APPLICATION_JSON.essence_str();
        page |= kind.essence_str() == mime::TEXT_HTML.essence_str();
    }
    json && !page
}

/// The answer with what went wrong as a page, where it is JSON. Who isn't signed in is asked for the token.
fn for_people(response: Response, place: Place) -> Response {
    let Some(refusal) = response.extensions().get::<Refusal>().filter(|_| !is_page(&response)) else { return response };
    let page = match response.status() {
        StatusCode::UNAUTHORIZED => page::sign_in(place, None),
        _ => page::problem(place, &refusal.error.message),
    };
    said_as(response, page)
}

/// The answer with what went wrong as JSON, where it is a page.
fn for_programs(response: Response) -> Response {
    let refusal = response.extensions().get::<Refusal>().filter(|_| is_page(&response)).cloned();
    match refusal {
        Some(refusal) => said_as(response, Json(refusal)),
        None => response,
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()?.parse::<Mime>().ok());
    kind.is_some_and(|kind| kind.essence_str() == mime::TEXT_HTML.essence_str())
}

/// What is refused, said in another form: its status, its headers and its reason stay.
pub(super) fn said_as(response: Response, form: impl IntoResponse) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut answer = (parts.status, form).into_response();
    answer.headers_mut().extend(parts.headers);
    answer.extensions_mut().extend(parts.extensions);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_json_alone_gets_it() {
        let asks = |accepted: &'static str| {
            asks_for_json(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accepted))]))
        };
        for accepted in ["application/json", "Application/JSON;q=0.9, */*", "text/plain, application/json"] {
            assert!(asks(accepted), "{accepted}");
        }
        for accepted in
            ["", "*/*", "text/html,application/xhtml+xml", "text/html, application/json", "application/jsonp"]
        {
            assert!(!asks(accepted), "{accepted}");
        }
        assert!(!asks_for_json(&HeaderMap::new()));
    }
}

//! Which pages may leave feedback, and how their browsers get to read the answer.
//!
//! Every answer under `/v1` can be read by the page that asked, refusals above all: the
//! console has to be able to say what to change. What the list decides is whether anything is kept.

use std::str::FromStr;

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, HOST, ORIGIN, VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

use crate::error::Error;

/// The methods of an address that takes feedback.
pub const METHODS: &str = "POST, OPTIONS";

/// A website, as browsers name it in the Origin header: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// A text names no website.
#[derive(Debug, thiserror::Error)]
#[error("an origin is a scheme and a host without a path, such as https://shop.example or http://localhost:3000")]
pub struct NotAnOrigin;

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let url = Url::parse(text).map_err(|_| NotAnOrigin)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let open = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !bare || !open {
            return Err(NotAnOrigin);
        }
        Ok(Self(url.origin().ascii_serialization()))
    }
}

/// Checks that the page which sends this request may.
///
/// A request without an Origin comes from no page and may; so may pages of the collector's own host.
///
/// # Errors
/// [`Error::OriginNotAllowed`].
pub fn check(headers: &HeaderMap, allowed: &[Origin]) -> Result<(), Error> {
    let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
    let text = origin.to_str().unwrap_or_default();
    if allowed.iter().any(|allowed| allowed.0 == text) || is_own(text, headers) {
        return Ok(());
    }
    let origin = text.parse::<Origin>().ok().map(|origin| origin.0);
    Err(Error::OriginNotAllowed { origin })
}

/// Whether the origin's host is the one that the request was sent to. The scheme may differ: a proxy
/// in front of the collector may speak TLS.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
}

/// Answers preflights, and lets the page that asks read whatever the answer is.
pub async fn readable(request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let mut response = if request.method() == Method::OPTIONS {
        let headers = [
            (ALLOW, METHODS),
            (ACCESS_CONTROL_ALLOW_METHODS, "POST"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
            (ACCESS_CONTROL_MAX_AGE, "600"),
        ];
        (StatusCode::NO_CONTENT, headers).into_response()
    } else {
        next.run(request).await
    };
    let_read(&mut response, origin);
    response
}

/// Lets the page of that origin read the answer.
pub fn let_read(response: &mut Response, origin: Option<HeaderValue>) {
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://shop.example", "https://shop.example"),
            ("https://Shop.Example/", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().0, origin);
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in ["", "*", "null", "shop.example", "https://shop.example/help", "https://a@b.example", "ftp://a.b"] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_own_host_counts_with_its_port() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8787"));
        assert!(is_own("http://127.0.0.1:8787", &headers));
        assert!(!is_own("http://127.0.0.1:9000", &headers));
        assert!(!is_own("null", &headers));
    }
}

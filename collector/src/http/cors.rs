//! Which pages may leave feedback, and how their browsers get to read the answer.
//!
//! Every answer under `/v1` can be read by the page that asked, refusals above all: the
//! console has to be able to say what to change. What the list decides is whether anything is kept. That is why this is
//! not tower-http's layer: whom that does not allow, it does not let read why.

use super::origin::{AllowedOrigin, Origin};
use crate::error::{Error, Stranger};
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

/// The methods of an address that takes feedback.
pub const METHODS: &str = "POST, OPTIONS";

/// The websites whose pages may post.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Those that are named.
    pub origins: Vec<AllowedOrigin>,
    /// Whether pages may that browsers name `null`: sandboxed frames, local files, `data:` addresses.
    pub opaque: bool,
}

impl Allowed {
    /// Checks that the page which sends this request may.
    ///
    /// A request without an Origin comes from no page and may; so may pages of the collector's own
    /// origin. (Browsers alone are held back by this: any other program can name any origin.)
    ///
    /// # Errors
    /// [`Error::OriginNotAllowed`].
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Error> {
        let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
        let text = origin.to_str().unwrap_or_default();
        if is_own(text, headers) {
            return Ok(());
        }
        if text == "null" {
            return if self.opaque { Ok(()) } else { Err(Error::OriginNotAllowed(Stranger::Opaque)) };
        }
        match Origin::sent(text) {
            Some(origin) if self.origins.iter().any(|allowed| allowed.includes(&origin)) => Ok(()),
            Some(origin) => Err(Error::OriginNotAllowed(Stranger::Site(origin.to_string()))),
            None => Err(Error::OriginNotAllowed(Stranger::Unreadable)),
        }
    }
}

/// Whether the page is of the collector's own origin: the browser says so, or its host is the one that
/// the request was sent to. What the browser says holds behind a proxy too, which may send the
/// request on to another host. Old browsers don't say it, nor any over plain http; then the scheme
/// may differ, since a proxy may speak TLS.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
        || matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
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
    fn the_own_host_counts_with_its_port() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8787"));
        assert!(is_own("http://127.0.0.1:8787", &headers));
        assert!(!is_own("http://127.0.0.1:9000", &headers));
        assert!(!is_own("null", &headers));
    }

    #[test]
    fn the_browser_says_whether_a_page_is_the_own_behind_a_proxy() {
        let own = |site: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8787"));
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            is_own("https://shop.example", &headers)
        };
        assert!(own("same-origin"));
        assert!(!own("same-site") && !own("cross-site") && !own("none") && !own(""));
    }
}

//! A browser that is signed in.
//!
//! Its cookie holds 160 random bits. The store has their hash, made together with that of the token with which the browser
//! signed in: with another token, none of the cookies before it is worth anything.

use std::{convert::Infallible, net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use cookie::{Cookie, SameSite};
use jiff::Timestamp;

use super::access::token_hash;
use crate::{
    app::App,
    error::Error,
    http::client,
    moment::text,
    secret::{sha256, token},
    store,
};

/// How long a sign-in lasts: 30 days.
const TOTAL: Duration = Duration::from_hours(30 * 24);
/// How long it lasts while the browser asks for nothing: 24 h.
const IDLE: Duration = Duration::from_hours(24);
/// How often it is noted that the browser was seen, at most: once a minute.
const SEEN_EVERY: Duration = Duration::from_mins(1);

/// The cookie, and its name behind TLS, where the browser holds it to this host.
const COOKIE: &str = "say-so-inbox";
const COOKIE_TLS: &str = "__Host-say-so-inbox";

/// The parts of a request that signing in needs.
pub struct Session {
    /// The value of the inbox's cookie, if the browser sends one.
    cookie: Option<String>,
    /// The client's address, for the limit on tries.
    pub(super) client: IpAddr,
    /// Whether the client speaks TLS, for the cookie's name.
    tls: bool,
}

impl FromRequestParts<Arc<App>> for Session {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let tls = client::is_tls(&parts.headers, &parts.extensions, &app.proxies);
        Ok(Self {
            cookie: cookie(&parts.headers, if tls { COOKIE_TLS } else { COOKIE }),
            client: client::address(&parts.headers, &parts.extensions, &app.proxies),
            tls,
        })
    }
}

impl Session {
    /// Under which mark the store knows the browser, if it sends a cookie.
    fn mark(&self, token_hash: &str) -> Option<String> {
        self.cookie.as_deref().map(|value| mark(token_hash, value))
    }
}

/// Signs a browser in who gave the token with that hash, and returns the cookie as a Set-Cookie header. What the browser
/// was signed in with before ends.
///
/// # Errors
/// The database fails, or there are no random bytes.
pub async fn begin(app: &App, session: &Session, token_hash: &str) -> Result<HeaderValue, Error> {
    let value = token().map_err(|error| {
        tracing::error!("the operating system gives no random bytes: {error}");
        Error::Internal
    })?;
    if let Some(before) = session.mark(token_hash) {
        app.store.end_session(&before).await?;
    }
    let now = Timestamp::now();
    let [begun, seen] = limits(now);
    app.store.begin_session(&mark(token_hash, &value), &text(now), [&begun, &seen]).await?;
    Ok(set_cookie(session, &value, TOTAL))
}

/// Whether the request comes from a browser that is signed in.
///
/// # Errors
/// The database fails.
async fn is_signed_in(app: &App, session: &Session) -> Result<bool, Error> {
    if session.cookie.is_none() {
        return Ok(false);
    }
    let Some(mark) = token_hash(app).await?.and_then(|hash| session.mark(&hash)) else { return Ok(false) };
    let now = Timestamp::now();
    let [begun, seen] = limits(now);
    let Some(seen) = app.store.session_seen(&mark, [&begun, &seen]).await? else { return Ok(false) };
    if seen < text(now - SEEN_EVERY) {
        // Who reads doesn't wait for who writes.
        let store = app.store.clone();
        tokio::spawn(async move {
            if let Err(error) = store.see_session(&mark, &text(now)).await {
                tracing::warn!("{error}");
            }
        });
    }
    Ok(true)
}

/// Lets only requests from a browser that is signed in go on.
///
/// # Errors
/// [`Error::NotSignedIn`], or the database fails.
pub async fn require(app: &App, session: &Session) -> Result<(), Error> {
    if is_signed_in(app, session).await? { Ok(()) } else { Err(Error::NotSignedIn) }
}

/// Signs a browser out, and returns the Set-Cookie header that takes its cookie away.
///
/// # Errors
/// The database fails; then it stays signed in.
pub async fn end(app: &App, session: &Session) -> Result<HeaderValue, Error> {
    if let Some(mark) = token_hash(app).await?.and_then(|hash| session.mark(&hash)) {
        app.store.end_session(&mark).await?;
        tracing::info!("somebody signed out of the inbox");
    }
    Ok(set_cookie(session, "", Duration::ZERO))
}

/// Signs every browser out, if this one is signed in, and returns the Set-Cookie header that takes its cookie away.
///
/// # Errors
/// The database fails; then all stay signed in.
pub async fn end_all(app: &App, session: &Session) -> Result<HeaderValue, Error> {
    if is_signed_in(app, session).await? {
        app.store.end_sessions().await.map_err(store::Error::from)?;
        tracing::info!("somebody signed out of the inbox everywhere");
    }
    Ok(set_cookie(session, "", Duration::ZERO))
}

fn mark(token_hash: &str, value: &str) -> String {
    sha256(&format!("{token_hash}\0{value}"))
}

/// Since when a sign-in must have begun and been seen to hold at that time.
fn limits(now: Timestamp) -> [String; 2] {
    [text(now - TOTAL), text(now - IDLE)]
}

/// The cookie is set and ended below `/inbox/`. Without TLS it names no path: the browser then takes
/// the one that it asked at, which a proxy may have put under another.
fn set_cookie(session: &Session, value: &str, lasts: Duration) -> HeaderValue {
    let mut cookie = Cookie::new(if session.tls { COOKIE_TLS } else { COOKIE }, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_max_age(cookie::time::Duration::seconds(lasts.as_secs().cast_signed()));
    if session.tls {
        cookie.set_path("/");
        cookie.set_secure(true);
    }
    HeaderValue::try_from(cookie.to_string()).expect("hexadecimal digits and the words above are valid in a header")
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|cookies| cookies.to_str().ok());
    let mut cookies = lines.flat_map(Cookie::split_parse).flatten();
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("x-say-so-inbox=1; say-so-inbox=2; say-so-inbox=3"));
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("2"));
        assert_eq!(cookie(&headers, COOKIE_TLS), None);
    }

    #[test]
    fn a_sign_in_holds_for_a_day_of_silence_and_thirty_in_all() {
        let limits = limits("2026-12-31T12:00:00.5Z".parse().unwrap());
        assert_eq!(limits, ["2026-12-01T12:00:00.500Z", "2026-12-30T12:00:00.500Z"]);
    }

    #[test]
    fn a_mark_is_the_token_s_and_the_cookie_s() {
        let marks = [mark("a", "b"), mark("a", "c"), mark("c", "b")];
        assert!(marks[0] != marks[1] && marks[0] != marks[2] && marks[0].len() == 64);
    }
}

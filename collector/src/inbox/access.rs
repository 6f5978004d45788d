//! Who may read the inbox: whoever has the token.
//!
//! The token is made at the first start, printed then, and stored as a hash only. Who gives it
//! gets a cookie that is valid for 30 days, or until the token is replaced.

use std::{convert::Infallible, net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use cookie::{Cookie, SameSite};
use jiff::Timestamp;
use subtle::ConstantTimeEq;

use crate::{
    app::App,
    error::Error,
    http::client,
    secret::{Secret, sha256, token},
    store::{self, OpenError, Store},
};

/// How long a sign-in lasts, in seconds: 30 days.
const SIGN_IN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// The shortest token that an owner may choose, in characters.
const TOKEN_MIN: usize = 16;
/// The cookie, and its name behind TLS, where the browser holds it to this host.
const COOKIE: &str = "say-so-inbox";
const COOKIE_TLS: &str = "__Host-say-so-inbox";

/// Makes a new token, in place of any before it, and returns it.
///
/// # Errors
/// The database fails, or there are no random bytes.
pub async fn renew(store: &Store) -> Result<String, OpenError> {
    let token = token()?;
    store.set_inbox_token_hash(&sha256(&token)).await?;
    Ok(token)
}

/// Checks a token that the owner has chosen.
///
/// # Errors
/// A sentence that says what it must be.
pub fn check_chosen(token: &str) -> Result<String, String> {
    if token.len() < TOKEN_MIN || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b)) {
        return Err(format!("a token has at least {TOKEN_MIN} of A-Z, a-z, 0-9 and -._~"));
    }
    Ok(token.to_owned())
}

/// The parts of a request that signing in needs.
pub struct Session {
    /// The value of the inbox's cookie, if the browser sends one.
    cookie: Option<String>,
    /// The client's address, for the limit on tries.
    client: IpAddr,
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

/// The outcome of a try to sign in.
pub enum SignIn {
    /// The token is right. The cookie keeps the browser signed in.
    Accepted {
        /// A Set-Cookie header.
        cookie: HeaderValue,
    },
    /// The token is wrong.
    Wrong,
    /// Too many tokens were tried from one address.
    Busy {
        /// When the next try is welcome.
        after: Duration,
    },
}

/// Signs in with a token.
///
/// # Errors
/// The database fails.
pub async fn sign_in(app: &App, session: &Session, token: &str) -> Result<SignIn, Error> {
    if let Err(after) = app.sign_ins.check(session.client) {
        return Ok(SignIn::Busy { after });
    }
    let Some(hash) = token_hash(app).await? else { return Ok(SignIn::Wrong) };
    if !bool::from(sha256(token).as_bytes().ct_eq(hash.as_bytes())) {
        tracing::warn!("a wrong inbox token was given");
        return Ok(SignIn::Wrong);
    }
    let expires = Timestamp::now().as_second() + SIGN_IN_SECONDS;
    let value = format!("{expires}.{}", app.secret.session(&hash, expires));
    Ok(SignIn::Accepted { cookie: set_cookie(session, &value, SIGN_IN_SECONDS) })
}

/// Whether the request comes from a browser that is signed in.
///
/// # Errors
/// The database fails.
pub async fn is_signed_in(app: &App, session: &Session) -> Result<bool, Error> {
    let Some(cookie) = &session.cookie else { return Ok(false) };
    let Some(hash) = token_hash(app).await? else { return Ok(false) };
    Ok(is_valid(cookie, &app.secret, &hash, Timestamp::now().as_second()))
}

/// Whether a cookie was made with that secret for the token with that hash, and has not expired by
/// `now` (Unix time, seconds).
fn is_valid(cookie: &str, secret: &Secret, hash: &str, now: i64) -> bool {
    let Some((expires, signature)) = cookie.split_once('.') else { return false };
    let Ok(expires) = expires.parse() else { return false };
    now < expires && bool::from(secret.session(hash, expires).as_bytes().ct_eq(signature.as_bytes()))
}

/// The Set-Cookie header that ends a sign-in.
pub fn sign_out(session: &Session) -> HeaderValue {
    set_cookie(session, "", 0)
}

/// The hash of the token that opens the inbox now. It is read each time: `say-so token` replaces it while the
/// collector runs.
async fn token_hash(app: &App) -> Result<Option<String>, Error> {
    if let Some(hash) = &app.inbox_token_hash {
        return Ok(Some(hash.clone()));
    }
    app.store.inbox_token_hash().await.map_err(|error| store::Error::from(error).into())
}

/// The cookie is set and ended below `/inbox/`. Without TLS it names no path: the browser then takes
/// the one that it asked at, which a proxy may have put under another.
fn set_cookie(session: &Session, value: &str, seconds: i64) -> HeaderValue {
    let mut cookie = Cookie::new(if session.tls { COOKIE_TLS } else { COOKIE }, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_max_age(cookie::time::Duration::seconds(seconds));
    if session.tls {
        cookie.set_path("/");
        cookie.set_secure(true);
    }
    HeaderValue::try_from(cookie.to_string()).expect("digits, base64url and the words above are valid in a header")
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
    fn a_chosen_token_is_long_and_plain() {
        assert!(check_chosen("0123456789abcdef").is_ok());
        for token in ["", "short", "0123456789abcde", "0123456789abcdef&x", "0123456789 abcdef"] {
            assert!(check_chosen(token).is_err(), "{token}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("x-say-so-inbox=1; say-so-inbox=2; say-so-inbox=3"));
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("2"));
        assert_eq!(cookie(&headers, COOKIE_TLS), None);
    }
    #[test]
    fn a_sign_in_ends_with_its_time_its_token_and_its_secret() {
        let secret = Secret::random().unwrap();
        let cookie = format!("1000.{}", secret.session("hash", 1000));
        assert!(is_valid(&cookie, &secret, "hash", 999));
        assert!(!is_valid(&cookie, &secret, "hash", 1000));
        assert!(!is_valid(&cookie, &secret, "other", 999));
        assert!(!is_valid(&cookie, &Secret::random().unwrap(), "hash", 999));
        assert!(!is_valid(&cookie.replace("1000.", "2000."), &secret, "hash", 999));
        assert!(!is_valid("1000.", &secret, "hash", 999) && !is_valid("", &secret, "hash", 999));
    }
}

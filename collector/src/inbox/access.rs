//! Who may read the inbox: whoever has the token.
//!
//! The token is made at the first start, printed then, and stored as a hash only. Who gives it
//! gets a cookie: see `session`.

use std::time::Duration;

use axum::http::HeaderValue;
use subtle::ConstantTimeEq;

use super::session::{self, Session};
use crate::{
    app::App,
    error::Error,
    secret::{sha256, token},
    store::{self, OpenError, Store},
};

/// The shortest token that an owner may choose, in characters.
const TOKEN_MIN: usize = 16;

/// Makes the first token and returns it; none if there is one.
///
/// # Errors
/// The database fails, or there are no random bytes.
pub async fn first(store: &Store) -> Result<Option<String>, OpenError> {
    if store.inbox_token_hash().await?.is_some() {
        return Ok(None);
    }
    let token = token()?;
    Ok(store.add_inbox_token_hash(&sha256(&token)).await?.then_some(token))
}

/// Makes a new token, in place of any before it, and returns it. Every sign-in ends.
///
/// # Errors
/// The database fails, or there are no random bytes.
pub async fn renew(store: &Store) -> Result<String, OpenError> {
    let token = token()?;
    store.set_inbox_token_hash(&sha256(&token)).await?;
    // A cookie holds for the token with which it was made, so they are worth nothing any more.
    store.end_sessions().await?;
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

/// The outcome of a try to sign in.
pub enum SignIn {
    /// The token is right. The cookie keeps the browser signed in.
    Accepted {
        /// A Set-Cookie header.
        cookie: HeaderValue,
    },
    /// The token is wrong.
    Wrong,
    /// The token is wrong, and too many wrong ones were tried.
    Busy {
        /// When the next wrong one is welcome.
        after: Duration,
    },
}

/// What opens the inbox.
#[derive(Clone, Copy)]
pub enum Key<'a> {
    /// The token.
    Token(&'a str),
    /// The code of a link: it works once.
    Code(&'a str),
}

/// Signs in. What is right always opens: nobody locks the owner out by trying.
///
/// # Errors
/// The database fails.
pub async fn sign_in(app: &App, session: &Session, key: Key<'_>) -> Result<SignIn, Error> {
    app.sign_ins.turn().await;
    let Some(hash) = token_hash(app).await? else { return Ok(SignIn::Wrong) };
    let is_right = match key {
        Key::Token(token) => sha256(token).as_bytes().ct_eq(hash.as_bytes()).into(),
        Key::Code(code) => app.sign_ins.take(code),
    };
    if is_right {
        let cookie = session::begin(app, session, &hash).await?;
        tracing::info!("somebody signed in to the inbox");
        return Ok(SignIn::Accepted { cookie });
    }
    Ok(match app.sign_ins.wrong(session.client) {
        Ok(()) => {
            tracing::warn!("a wrong inbox token was given");
            SignIn::Wrong
        }
        Err(after) => SignIn::Busy { after },
    })
}

/// The hash of the token that opens the inbox now. It is read each time: `say-so token` replaces it while the
/// collector runs.
pub(super) async fn token_hash(app: &App) -> Result<Option<String>, Error> {
    if let Some(hash) = &app.inbox_token_hash {
        return Ok(Some(hash.clone()));
    }
    app.store.inbox_token_hash().await.map_err(|error| store::Error::from(error).into())
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
}

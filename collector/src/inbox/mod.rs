//! The inbox: what came in, for the people it is meant for.

pub mod access;
mod message;
mod page;
pub mod text;
mod useful;
mod wordings;

use std::{sync::Arc, time::Duration};

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use say_so::feedback::Kind;
use serde::Deserialize;

use self::{
    access::{Session, SignIn},
    page::Place,
};
use crate::{app::App, error::Error, store::Filter};

/// Only the inbox's own sheet and forms; nothing runs, and nobody frames it.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The inbox, from the addresses below it. All links, forms and redirects are relative: a proxy may
/// show the collector under another path and not say so.
const TO_THE_INBOX: &str = "../inbox";

/// The largest form, in bytes: a token, or a reference.
const FORM_MAX: usize = 4 * 1024;
/// How long a form may take to arrive and be answered.
const PATIENCE: Duration = Duration::from_secs(10);

/// The addresses under `/inbox`.
pub fn router() -> Router<Arc<App>> {
    let routes = Router::new()
        .route("/inbox", get(show))
        .route("/inbox/", get(async || Redirect::permanent("../inbox")))
        .route("/inbox/inbox.css", get(sheet))
        .route("/inbox/sign-in", post(sign_in).get(follow_link))
        .route("/inbox/sign-out", post(sign_out))
        .route("/inbox/useful", post(useful::change))
        .route("/inbox/wordings", get(wordings::show))
        .route("/inbox/wordings.css", get(wordings::sheet));
    forms(routes).layer(middleware::from_fn(guard))
}

/// Holds what is posted to these routes to a size and a time: anybody can post there, also who can't sign in.
fn forms<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes.layer(DefaultBodyLimit::max(FORM_MAX)).layer(middleware::from_fn(async |request: Request, next: Next| {
        let answer = tokio::time::timeout(PATIENCE, next.run(request)).await;
        answer.unwrap_or_else(|_| Error::TooSlow.into_response())
    }))
}

/// What the address of the list asks for.
#[derive(Deserialize)]
struct Parameters {
    token: Option<String>,
    kind: Option<String>,
    before: Option<String>,
}

async fn show(
    State(app): State<Arc<App>>,
    session: Session,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Error> {
    if let Some(token) = parameters.token {
        return Ok(Redirect::to(&page::sign_in_address(&token)).into_response());
    }
    if !access::is_signed_in(&app, &session).await? {
        return Ok((StatusCode::UNAUTHORIZED, page::sign_in(Place::Inbox, None)).into_response());
    }
    let filter = Filter {
        kind: parameters.kind.as_deref().and_then(Kind::named),
        before: parameters.before.and_then(|mark| mark.parse().ok()),
    };
    let (list, counts) = (app.store.list(&filter).await?, app.store.total().await?.kinds);
    Ok(page::list(&list, &filter, counts).into_response())
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

async fn sign_in(State(app): State<Arc<App>>, session: Session, Form(form): Form<Token>) -> Result<Response, Error> {
    enter(&app, &session, form.token.trim()).await
}

/// Signs in with the token of a link. Its cookie is set here and not at `/inbox`, so that it is the
/// same one, for the same path, as that of the form.
async fn follow_link(
    State(app): State<Arc<App>>,
    session: Session,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Error> {
    match parameters.token {
        Some(token) => enter(&app, &session, &token).await,
        None => Ok(Redirect::to(TO_THE_INBOX).into_response()),
    }
}

/// Signs in, and sends the browser on to an address without the token.
async fn enter(app: &App, session: &Session, token: &str) -> Result<Response, Error> {
    Ok(match access::sign_in(app, session, token).await? {
        SignIn::Accepted { cookie } => ([(header::SET_COOKIE, cookie)], Redirect::to(TO_THE_INBOX)).into_response(),
        SignIn::Wrong => (StatusCode::FORBIDDEN, page::sign_in(Place::Below, Some(page::WRONG))).into_response(),
        SignIn::Busy { after } => {
            let retry = [(header::RETRY_AFTER, HeaderValue::from(after.as_secs() + 1))];
            (StatusCode::TOO_MANY_REQUESTS, retry, page::sign_in(Place::Below, Some(page::BUSY))).into_response()
        }
    })
}

async fn sign_out(session: Session) -> impl IntoResponse {
    ([(header::SET_COOKIE, access::sign_out(&session))], Redirect::to(TO_THE_INBOX))
}

async fn sheet() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("inbox.css"))
}

/// Keeps other websites out: none may frame the inbox, open it with a handle to it, or post its forms.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = if is_foreign(request.headers()) && request.method() == Method::POST {
        StatusCode::FORBIDDEN.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
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

#[cfg(test)]
mod tests {
    use axum::body::{Body, Bytes};
    use futures_util::stream;
    use tokio::time::{Instant, timeout};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_form_that_does_not_come_is_not_waited_for() {
        let routes: Router = forms(Router::new().route("/", post(async |_: Bytes| "read")));
        let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let (start, request) = (Instant::now(), Request::post("/").body(never).unwrap());
        let answer = timeout(PATIENCE * 2, routes.oneshot(request)).await.expect("it is waited for").unwrap();
        assert_eq!((answer.status(), start.elapsed()), (StatusCode::REQUEST_TIMEOUT, PATIENCE));
    }
}

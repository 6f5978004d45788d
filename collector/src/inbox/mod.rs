//! The inbox: what came in, for the people it is meant for.

pub mod access;
mod extent;
mod form;
mod guard;
mod history;
mod message;
mod page;
mod session;
pub mod text;
mod useful;
mod wordings;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use serde::Deserialize;

use self::{
    access::{Key, SignIn},
    form::{Asked, Form},
    page::Place,
    session::Session,
};
use crate::{
    app::App,
    error::Error,
    store::{Filter, Shown},
};

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
        .route(
            "/inbox/sign-in",
            post(sign_in).get(follow_link).fallback(async || Error::MethodNotAllowed { allow: "GET, HEAD, POST" }),
        )
        .route("/inbox/sign-out", post(sign_out).fallback(posts_only))
        .route("/inbox/sign-out-everywhere", post(sign_out_everywhere).fallback(posts_only))
        .route("/inbox/message", get(history::show))
        .route("/inbox/useful", post(useful::change).fallback(posts_only))
        .route("/inbox/wordings", get(wordings::show))
        .route("/inbox/wordings.css", get(wordings::sheet))
        .route("/inbox/{other}", any(async || Error::NotFound))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: "GET, HEAD" });
    forms(routes).layer(middleware::from_fn(guard::guard))
}

async fn posts_only() -> Error {
    Error::MethodNotAllowed { allow: "POST" }
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
    kind: Option<String>,
    before: Option<String>,
}

async fn show(
    State(app): State<Arc<App>>,
    session: Session,
    Asked(parameters): Asked<Parameters>,
) -> Result<Response, Error> {
    session::require(&app, &session).await?;
    let filter = Filter {
        shown: Shown::named(parameters.kind.as_deref()),
        before: parameters.before.and_then(|mark| mark.parse().ok()),
    };
    let (list, total) = (app.store.list(&filter).await?, app.store.total().await?);
    Ok(page::list(&list, &filter, &total).into_response())
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

async fn sign_in(State(app): State<Arc<App>>, session: Session, Form(form): Form<Token>) -> Result<Response, Error> {
    enter(&app, &session, Key::Token(form.token.trim()), page::WRONG).await
}

#[derive(Deserialize)]
struct Link {
    code: Option<String>,
}

/// Signs in with the code of a link. An address is written into logs: so it never holds the token, and the code works
/// once. Its cookie is set here and not at `/inbox`, so that it is the same one, for the same path, as that of the form.
async fn follow_link(
    State(app): State<Arc<App>>,
    session: Session,
    method: Method,
    Asked(link): Asked<Link>,
) -> Result<Response, Error> {
    match link.code {
        // Who asks for the head alone looks at the link, and doesn't follow it.
        Some(code) if method == Method::GET => enter(&app, &session, Key::Code(&code), page::SPENT).await,
        _ => Ok(Redirect::to(TO_THE_INBOX).into_response()),
    }
}

/// Signs in, and sends the browser on to the inbox; else says what is wrong.
async fn enter(app: &App, session: &Session, key: Key<'_>, wrong: &str) -> Result<Response, Error> {
    Ok(match access::sign_in(app, session, key).await? {
        SignIn::Accepted { cookie } => ([(header::SET_COOKIE, cookie)], Redirect::to(TO_THE_INBOX)).into_response(),
        SignIn::Wrong => ask_again(Error::WrongToken, wrong),
        SignIn::Busy { after } => ask_again(Error::TooMany { after }, page::BUSY),
    })
}

/// The form once more, with what was wrong.
fn ask_again(error: Error, why: &str) -> Response {
    guard::said_as(error.into_response(), page::sign_in(Place::Below, Some(why)))
}

async fn sign_out(State(app): State<Arc<App>>, session: Session) -> Result<impl IntoResponse, Error> {
    Ok(([(header::SET_COOKIE, session::end(&app, &session).await?)], Redirect::to(TO_THE_INBOX)))
}

async fn sign_out_everywhere(State(app): State<Arc<App>>, session: Session) -> Result<impl IntoResponse, Error> {
    Ok(([(header::SET_COOKIE, session::end_all(&app, &session).await?)], Redirect::to(TO_THE_INBOX)))
}

async fn sheet() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("inbox.css"))
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, Bytes},
        http::StatusCode,
    };
    use clap::Parser;
    use futures_util::stream;
    use tokio::time::{Instant, timeout};
    use tower::ServiceExt;

    use super::*;
    use crate::{Collector, databases::file_in, options::Options};

    #[derive(clap::Parser)]
    struct Cli {
        #[command(flatten)]
        options: Options,
    }

    #[tokio::test]
    async fn a_form_that_does_not_come_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let database = file_in(&folder);
        let collector = Collector::open(&Cli::parse_from(["serve", "--database", &database]).options).await.unwrap();
        tokio::time::pause();
        for path in ["/inbox/sign-in", "/inbox/useful"] {
            let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
            let (start, request) = (Instant::now(), request.body(never).unwrap());
            let answer = timeout(PATIENCE * 2, collector.router.clone().oneshot(request)).await;
            let answer = answer.expect("it is waited for").unwrap();
            let waited = start.elapsed().as_secs();
            assert_eq!((answer.status(), waited), (StatusCode::REQUEST_TIMEOUT, PATIENCE.as_secs()), "{path}");
        }
    }
}

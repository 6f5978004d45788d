//! `POST /v1/feedback`: reads a submission, checks it and keeps it.

mod body;
mod submission;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use say_so::feedback::Receipt;

use crate::{
    http::{App, Error, client, cors},
    store::Posted,
};

/// The addresses under `/v1`.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/feedback", post(feedback))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: cors::METHODS })
        .fallback(async || Error::NotFound)
        .layer(middleware::from_fn(cors::readable))
}

async fn feedback(State(app): State<Arc<App>>, request: Request) -> Result<Response, Error> {
    let (head, body) = request.into_parts();
    // First of all: a refusal sent while the browser still writes would reach it as a broken connection.
    let body = body::read(&head.headers, body).await?;
    app.posts
        .check(client::address(&head.headers, &head.extensions, &app.proxies))
        .map_err(|after| Error::TooMany { after })?;
    cors::check(&head.headers, &app.origins)?;
    body::check_type(&head.headers)?;
    let body = body::text(body)?;
    let submission = submission::read(&body)?;
    submission.check()?;

    let (status, kept) = match app.store.keep(&submission, &body).await? {
        Posted::New(kept) => (StatusCode::CREATED, kept),
        Posted::Again(kept) => (StatusCode::OK, kept),
        Posted::Conflict => return Err(Error::Conflict),
    };
    let receipt = Receipt {
        ok: true,
        reference: Some(kept.reference),
        key: Some(app.secret.message_key(&submission.site, &submission.id)),
        received: Some(kept.received),
        confirmation: None,
    };
    let uncached = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, uncached, Json(receipt)).into_response())
}

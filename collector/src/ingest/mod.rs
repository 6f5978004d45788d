//! `POST /v1/feedback`: reads a submission, checks it and keeps it. Its author can take it back. `POST /v1/counts` counts
//! how far visitors come.

mod body;
mod counts;
mod known;
mod object;
mod withdrawal;

pub use self::body::drain;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use jiff::Timestamp;
use say_so::feedback::{BODY_MAX, Receipt, Submission, Wording};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    app::App,
    error::Error,
    http::{client, cors},
    secret::sha256,
    store::{Post, Posted},
    unknown::Unknown,
};

/// The addresses under `/v1`.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/feedback", post(feedback))
        .route("/feedback/withdraw", post(withdrawal::withdraw))
        .route("/counts", post(counts::count))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: cors::METHODS })
        .fallback(async || Error::NotFound)
        .layer(CatchPanicLayer::custom(Error::of_panic))
        .layer(middleware::from_fn(cors::readable))
}

/// Reads what is posted, and what is kept of it, as the addresses above do; none if they refuse it. For `fuzz/`.
#[doc(hidden)]
pub fn read_posted<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, String)> {
    let text = body::text(bytes.to_vec()).ok()?;
    let (object, unknown) = object::read_and_drop(&text, &Unknown::default()).ok()?;
    Some((object, known::kept(&text, &unknown).into_owned()))
}

async fn feedback(State(app): State<Arc<App>>, request: Request) -> Result<Response, Error> {
    let start = Instant::now();
    let client = client::address(request.headers(), request.extensions(), &app.proxies);
    let body = body::receive(&app, &app.posts, BODY_MAX, request).await?;
    let (mut submission, unknown): (Submission, _) = object::read_and_drop(&body, &app.unknown)?;
    submission.trim();
    submission.check()?;
    if let Err(after) = app.site_posts.check_site(&submission.site) {
        if app.site_limit_said.is_due(Instant::now()) {
            tracing::warn!("more is posted for a site than may be, and refused: --site-rate-limit allows more");
        }
        return Err(Error::TooManyForSite { after });
    }

    let (kept, now) = (known::kept(&body, &unknown), Timestamp::now());
    let mut post = Post::new(&submission, &kept, &sha256(&body));
    let Wording { experiment, variant, .. } = &submission.wording;
    if experiment
        .as_ref()
        .zip(variant.as_ref())
        .is_some_and(|(experiment, variant)| !app.named.takes(&submission.site, experiment, variant))
    {
        post = post.untried();
    }
    let outcome = match app.quota.check(&submission.site, client, kept.len(), now) {
        Ok(()) => app.store.keep(post).await?,
        // Who was answered and hasn't heard it asks again.
        Err(over) => Posted::Again(app.store.again(&post).await?.ok_or(over)?),
    };
    app.metrics.posted(&outcome, start.elapsed());
    let (status, kept) = match outcome {
        Posted::New(new) => {
            app.quota.add(&submission.site, client, kept.len(), now);
            (StatusCode::CREATED, new)
        }
        Posted::Again(kept) => (StatusCode::OK, kept),
        Posted::Conflict => return Err(Error::Conflict),
        Posted::Withdrawn => return Err(Error::Withdrawn),
    };
    let receipt = Receipt {
        ok: true,
        reference: Some(kept.reference),
        key: Some(app.secret.message_key(&submission.site, &submission.id)),
        withdraw: Some(withdrawal::ADDRESS.to_owned()),
        received: Some(kept.received),
        confirmation: None,
    };
    let uncached = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, uncached, Json(receipt)).into_response())
}

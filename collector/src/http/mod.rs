//! What the collector answers to whom: the routes, and what they share.

pub mod client;
pub mod connection;
pub mod cors;
mod error;
mod health;
mod limit;

use std::{net::IpAddr, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
    routing::get,
};

pub use self::{error::Error, limit::Limiter};
use crate::{
    assets::{self, Folders},
    inbox, ingest,
    secret::Secret,
    store::Store,
};

/// What every request can reach.
pub struct App {
    /// The database.
    pub store: Store,
    /// The collector's secret.
    pub secret: Secret,
    /// The websites that may leave feedback.
    pub origins: Vec<cors::Origin>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// How many tokens one address may try at the inbox.
    pub sign_ins: Limiter,
    /// The hash of the token that its owner chose for this run. Without one, the stored hash holds.
    pub inbox_token_hash: Option<String>,
    /// Where the widget's files and the pages are.
    pub folders: Folders,
    /// How much one address may post.
    pub posts: Limiter,
}

/// Every route of the collector.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .nest("/v1", ingest::router())
        .merge(inbox::router())
        .route("/healthz", get(health::check))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: "GET, HEAD" })
        .fallback(assets::serve)
        .layer(middleware::from_fn(log))
        .with_state(app)
}

/// Writes one line per request: neither its address nor its query, headers or body.
async fn log(request: Request, next: Next) -> Response {
    let (method, path, start) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), ms = start.elapsed().as_millis());
    response
}

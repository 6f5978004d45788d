//! Every route of the collector.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
    routing::get,
};

use crate::{app::App, assets, error::Error, health, inbox, ingest};

/// The router that answers every request.
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

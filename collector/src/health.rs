//! Whether the collector is alive, and whether it can do its work: two questions with two answers, for whoever runs it.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde_json::json;

use crate::{app::App, error::Error};

/// `GET /livez`: answers 200 as long as the process answers at all. Where it doesn't, start it again.
pub async fn live() -> impl IntoResponse {
    well()
}

/// `GET /readyz` and `GET /healthz`: answers 200 if what is posted now can be kept, else 503. The log says why. Starting
/// the collector again helps nothing; let a balancer ask another one.
///
/// It is known from the last post, or from a row that is written for it once a minute when nobody posts.
pub async fn ready(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Error> {
    app.store.check().await?;
    Ok(well())
}

fn well() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(json!({ "ok": true })))
}

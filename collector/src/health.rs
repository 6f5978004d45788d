//! `GET /healthz`: whether the collector can do its work.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde_json::json;

use crate::{app::App, error::Error};

/// Answers 200 if the database does, else 503.
pub async fn check(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Error> {
    app.store.check().await?;
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(json!({ "ok": true }))))
}

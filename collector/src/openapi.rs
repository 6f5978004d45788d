//! `GET /openapi.json`: what programs can ask the collector, and what it answers.
//!
//! The document is written by hand; the tests hold it to every golden answer, and every golden answer to it.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse,
};

/// The document, in OpenAPI 3.1.
pub const DOCUMENT: &str = include_str!("openapi.json");

/// Shows the document, to any page.
pub async fn show() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, DOCUMENT)
}

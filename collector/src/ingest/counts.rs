//! `POST /v1/counts`: counts a step of an opening that takes part in an experiment.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use say_so::feedback::Count;

use super::{body, object};
use crate::{app::App, error::Error};

/// The largest body, in bytes: names of 64 characters, all of them escaped, take half of it.
const COUNT_MAX: usize = 2 * 1024;

/// Takes a step, and answers 204 whether it is counted or not: what was counted before, or is too much, is nothing that
/// a page could do anything about.
///
/// # Errors
/// As for a submission. Counting has a limit of its own, so that it takes nothing from what visitors may post.
pub async fn count(State(app): State<Arc<App>>, request: Request) -> Result<Response, Error> {
    let body = body::receive(&app, &app.steps, COUNT_MAX, request).await?;
    let count: Count = object::read(&body, &app.unknown)?;
    count.check()?;
    if app.named.takes(&count.site, &count.experiment, &count.variant) {
        app.counts.take(count);
    }
    Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]).into_response())
}

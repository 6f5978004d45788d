//! `POST /v1/feedback/withdraw`: takes a message back for its author.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use say_so::feedback::{BODY_MAX, Withdrawal};
use serde_json::json;

use super::{body, object};
use crate::{app::App, error::Error, store::Withdrawn};

/// Where this stands, relative to the address that takes feedback. So it also holds behind a proxy
/// that puts both under another path.
pub const ADDRESS: &str = "feedback/withdraw";

/// Deletes a message for whoever has its key, as often as asked. It answers 200 once the words are out of the database’s
/// files, or 202 where that takes longer because somebody reads them: nobody sees them any more either way.
///
/// # Errors
/// As for a submission, and [`Error::WrongKey`], which tells nothing of whether there is such a message.
pub async fn withdraw(State(app): State<Arc<App>>, request: Request) -> Result<Response, Error> {
    let body = body::receive(&app, &app.posts, BODY_MAX, request).await?;
    let withdrawal: Withdrawal = object::read(&body, &app.unknown)?;
    withdrawal.check()?;
    let Withdrawal { site, id, key, .. } = &withdrawal;
    // Before the database is asked: it would take longer over a message that is there.
    if !app.secret.opens(site, id, key) {
        return Err(Error::WrongKey);
    }
    let (status, answer) = match app.store.withdraw(site, id).await? {
        Withdrawn::Gone => (StatusCode::OK, json!({ "ok": true })),
        Withdrawn::Pending => (StatusCode::ACCEPTED, json!({ "ok": true, "state": "pending" })),
    };
    let uncached = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, uncached, Json(answer)).into_response())
}

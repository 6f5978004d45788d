//! What is posted to the inbox and asked of it, or why it can't be read.

use axum::{
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::FORM_MAX;
use crate::error::Error;

/// A form that was posted.
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let form = axum::Form::from_request(request, state).await;
        form.map(|axum::Form(form)| Self(form)).map_err(|rejection| unreadable(&rejection.into_response().status()))
    }
}

/// The part of an address behind its question mark.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let asked = Query::from_request_parts(parts, state).await;
        asked.map(|Query(asked)| Self(asked)).map_err(|rejection| unreadable(&rejection.status()))
    }
}

/// What is wrong, without quoting it: it may be a token.
fn unreadable(status: &StatusCode) -> Error {
    match *status {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { max: FORM_MAX },
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::NotAForm,
        _ => Error::Malformed {
            field: None,
            message: "A field of the form is missing, there twice, or not what it can be.".to_owned(),
        },
    }
}

//! Why a request can't be served, and the answer that says so.

use std::{any::Any, borrow::Cow, time::Duration};

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use say_so::feedback::{Breach, Reason, Refusal};

use crate::store;

/// When to try again after the database was not available.
const RETRY_UNAVAILABLE: Duration = Duration::from_secs(5);
/// When to try again after too many posts were waiting.
const RETRY_BUSY: Duration = Duration::from_secs(2);
/// When to try again where an address has as many connections or requests at once as it may.
const RETRY_CROWDED: Duration = Duration::from_secs(5);

/// Whose page may not post.
#[derive(Debug)]
pub enum Stranger {
    /// A website's that isn't on the list, by its origin.
    Site(String),
    /// One without an origin of its own.
    Opaque,
    /// The header names no website.
    Unreadable,
}

/// A request can't be served. The texts speak to the person who runs the site.
#[derive(Debug)]
pub enum Error {
    /// The body can't be read as what is posted here.
    Malformed {
        /// The field at fault, as a path, where there is one.
        field: Option<String>,
        /// What is wrong.
        message: String,
    },
    /// The page's origin is not on the list.
    OriginNotAllowed(Stranger),
    /// There is nothing under this address.
    NotFound,
    /// Feedback goes to this address, but for a path in front that the collector was told nothing of.
    UnderAnotherPath(String),
    /// The head of the request is no HTTP.
    HeadMalformed,
    /// The head of the request is too large.
    HeadTooLarge {
        /// How many bytes it may have.
        max: usize,
    },
    /// The file has no such part.
    RangeOutside,
    /// The address does not take this method.
    MethodNotAllowed {
        /// What it takes.
        allow: &'static str,
    },
    /// The head of the request or its body took too long to arrive.
    TooSlow,
    /// The body is too large.
    TooLarge {
        /// How many bytes are taken.
        max: usize,
    },
    /// The body is of a type that is not taken.
    UnsupportedType,
    /// What is posted to the inbox is no form.
    NotAForm,
    /// What is posted breaks a rule of the contract.
    RuleBroken {
        /// The field at fault, as a path.
        field: String,
        /// What it must be.
        message: String,
    },
    /// Another body is kept under the same site, id and revision.
    Conflict,
    /// The key opens no message of that site and id, whether there is one or not.
    WrongKey,
    /// The message was taken back by its author.
    Withdrawn,
    /// The inbox is open to whoever has signed in.
    NotSignedIn,
    /// The token is not the inbox's.
    WrongToken,
    /// Another website sends a form of the inbox.
    Foreign,
    /// Too many connections are open from one address, or too many of its requests under way through a proxy.
    Crowded,
    /// Too many requests from one address.
    TooMany {
        /// When the next one is welcome.
        after: Duration,
    },
    /// Too many posts for one site.
    TooManyForSite {
        /// When the next one is welcome.
        after: Duration,
    },
    /// The database is not available for now.
    Unavailable,
    /// More is posted than can be kept in time.
    Busy,
    /// As much was kept of one address today as may be.
    ShareUsed {
        /// When the next day begins.
        after: Duration,
    },
    /// As much was kept today as may be.
    Full {
        /// When the next day begins.
        after: Duration,
    },
    /// A fault of ours. Its details are in the log.
    Internal,
}

impl From<Breach> for Error {
    fn from(breach: Breach) -> Self {
        Self::RuleBroken { field: breach.field.to_owned(), message: format!("{breach}.") }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match &error {
            // The log says when that begins and ends, not each time.
            store::Error::Unavailable(_) | store::Error::Unfit(_) | store::Error::Busy => tracing::debug!("{error}"),
            _ => tracing::error!("{error}"),
        }
        match error {
            store::Error::Unavailable(_) | store::Error::Unfit(_) => Self::Unavailable,
            store::Error::Busy => Self::Busy,
            _ => Self::Internal,
        }
    }
}

impl Error {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Malformed { .. } | Self::HeadMalformed => StatusCode::BAD_REQUEST,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::OriginNotAllowed(_) | Self::WrongKey | Self::WrongToken | Self::Foreign => StatusCode::FORBIDDEN,
            Self::NotFound | Self::UnderAnotherPath(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::RangeOutside => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::UnsupportedType | Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RuleBroken { .. } | Self::Conflict => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Withdrawn => StatusCode::GONE,
            Self::TooMany { .. } | Self::TooManyForSite { .. } | Self::ShareUsed { .. } => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Unavailable | Self::Busy | Self::Full { .. } | Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word for programs that says which it is.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } | Self::HeadMalformed => "malformed",
            Self::OriginNotAllowed(_) => "origin_not_allowed",
            Self::NotFound | Self::UnderAnotherPath(_) => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::TooSlow => "too_slow",
            Self::TooLarge { .. } => "too_large",
            Self::HeadTooLarge { .. } => "head_too_large",
            Self::RangeOutside => "range_outside",
            Self::UnsupportedType | Self::NotAForm => "unsupported_type",
            Self::RuleBroken { .. } => "rule_broken",
            Self::Conflict => "conflict",
            Self::WrongKey => "wrong_key",
            Self::Withdrawn => "withdrawn",
            Self::NotSignedIn => "not_signed_in",
            Self::WrongToken => "wrong_token",
            Self::Foreign => "foreign",
            Self::Crowded => "crowded",
            Self::TooMany { .. } | Self::TooManyForSite { .. } | Self::ShareUsed { .. } => "too_many",
            Self::Unavailable => "unavailable",
            Self::Busy => "busy",
            Self::Full { .. } => "full",
            Self::Internal => "internal",
        }
    }

    fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Malformed { message, .. } | Self::RuleBroken { message, .. } => message.clone().into(),
            Self::OriginNotAllowed(Stranger::Site(origin)) => format!(
                "Pages of {origin} may not leave feedback here. To allow them, start the collector with \
                 --allow-origin {origin}"
            )
            .into(),
            Self::OriginNotAllowed(Stranger::Opaque) => {
                "This page has no origin: it is in a sandboxed frame, a local file or a data: address. Give the \
                 frame's sandbox the word allow-same-origin, or, to let every such page post, whoever made it, start \
                 the collector with --allow-opaque-origins"
                    .into()
            }
            Self::OriginNotAllowed(Stranger::Unreadable) => {
                "The Origin header names no website, such as https://shop.example.".into()
            }
            Self::NotFound => "There is nothing under this address. Feedback goes to /v1/feedback.".into(),
            Self::UnderAnotherPath(path) => format!(
                "The collector does not stand under {path}. Let the proxy in front take that path away, or start the \
                 collector with --base-path {path}"
            )
            .into(),
            Self::MethodNotAllowed { allow } => format!("This address takes {allow} only.").into(),
            Self::HeadMalformed => "The head of the request can't be read as HTTP.".into(),
            Self::HeadTooLarge { max } => format!("The head of the request must have at most {max} bytes.").into(),
            Self::RangeOutside => "The file has no such part.".into(),
            Self::TooSlow => "The request took too long to arrive.".into(),
            Self::TooLarge { max } => format!("The body must have at most {max} bytes.").into(),
            Self::UnsupportedType => {
                "The Content-Type must be text/plain or application/json, in UTF-8 and not compressed.".into()
            }
            Self::NotAForm => "The Content-Type must be application/x-www-form-urlencoded.".into(),
            Self::Conflict => {
                "Another body was kept under this site, id and revision. Post an edited one as the next revision."
                    .into()
            }
            Self::WrongKey => "The key is not the one of this site and id. It stands in the message's receipt.".into(),
            Self::Withdrawn => "This message was taken back by its author. Nothing was kept.".into(),
            Self::NotSignedIn => "Sign in with the inbox's token first.".into(),
            Self::WrongToken => "That is not the inbox's token. `say-so token` makes a new one.".into(),
            Self::Foreign => "The inbox takes its own forms only, not those of other websites.".into(),
            Self::Crowded => {
                format!("Too many requests at once from one address. Try again in {} s.", seconds(RETRY_CROWDED)).into()
            }
            Self::TooMany { after } => {
                format!("Too many requests from one address. Try again in {} s.", seconds(*after)).into()
            }
            Self::TooManyForSite { after } => {
                format!("Too many posts for this site. Try again in {} s.", seconds(*after)).into()
            }
            Self::Unavailable => "The database is not available just now. Nothing was changed; try again.".into(),
            Self::ShareUsed { .. } => {
                "As much was kept of one address today as may be. Nothing was kept; try again tomorrow.".into()
            }
            Self::Full { .. } => "As much was kept today as may be. Nothing was kept; try again tomorrow.".into(),
            Self::Busy => "More is posted just now than can be kept in time. Nothing was kept; try again.".into(),
            Self::Internal => "The collector failed, and its log says why. Nothing was changed.".into(),
        }
    }
}

impl Error {
    /// The answer where a fault of ours ended the request: what it said is in the log, and who asked gets no broken
    /// connection.
    pub fn of_panic(_: Box<dyn Any + Send>) -> Response {
        Self::Internal.into_response()
    }

    /// The answer in its parts: its status, its headers, and what its body says as JSON.
    pub fn answer(self) -> (StatusCode, HeaderMap, Refusal) {
        let (status, code, message) = (self.status(), self.code().to_owned(), self.message().into_owned());
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let retry = match self {
            Self::TooMany { after }
            | Self::TooManyForSite { after }
            | Self::ShareUsed { after }
            | Self::Full { after } => Some(after),
            Self::Unavailable => Some(RETRY_UNAVAILABLE),
            Self::Busy => Some(RETRY_BUSY),
            Self::Crowded => Some(RETRY_CROWDED),
            _ => None,
        };
        if let Some(after) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds(after)));
        }
        if let Self::MethodNotAllowed { allow } = self {
            headers.insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        let field = match self {
            Self::Malformed { field, .. } => field,
            Self::RuleBroken { field, .. } => Some(field),
            Self::Conflict => Some("revision".to_owned()),
            Self::WrongKey => Some("key".to_owned()),
            _ => None,
        };
        (status, headers, Refusal { ok: false, error: Reason { code, field, message } })
    }
}

impl IntoResponse for Error {
    /// The answer. What it says also stands in its extensions, for whoever writes it in another form.
    fn into_response(self) -> Response {
        let (status, headers, refusal) = self.answer();
        let mut response = (status, headers, Json(&refusal)).into_response();
        response.extensions_mut().insert(refusal);
        response
    }
}

/// Whole seconds, rounded up, at least one.
pub fn seconds(time: Duration) -> u64 {
    (time.as_secs() + u64::from(time.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::Request, routing::get};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    #[test]
    fn who_is_to_come_back_is_told_when() {
        let whole = Duration::from_secs(7);
        for (after, told) in [
            (Duration::ZERO, 1),
            (Duration::from_nanos(1), 1),
            (whole - Duration::from_nanos(1), 7),
            (whole, 7),
            (whole + Duration::from_nanos(1), 8),
        ] {
            assert_eq!(seconds(after), told, "{after:?}");
        }
        let (status, headers, refusal) = Error::from(store::Error::Busy).answer();
        assert_eq!((status, refusal.error.code.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "busy"));
        assert_eq!(headers[header::RETRY_AFTER], "2");
        let full = Error::Full { after: whole }.answer();
        assert_eq!((full.0, full.2.error.code.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "full"));
        assert_eq!(full.1[header::RETRY_AFTER], "7");
    }

    #[tokio::test]
    async fn a_fault_of_ours_is_an_answer() {
        let routes: Router = Router::new().route("/", get(async || -> &str { panic!("a fault, for the test") }));
        let routes = routes.layer(CatchPanicLayer::custom(Error::of_panic));
        let answer = routes.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        let said = answer.extensions().get::<Refusal>().map(|refusal| refusal.error.code.clone());
        assert_eq!((answer.status(), said.as_deref()), (StatusCode::INTERNAL_SERVER_ERROR, Some("internal")));
    }
}

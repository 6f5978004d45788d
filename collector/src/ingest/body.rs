//! The body of a request, on its way to being a submission.
//!
//! It is read here and not by axum's or tower-http's limit: those end with the byte that is too many, while the browser
//! still writes.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, header},
};
use http_body_util::BodyExt;
use mime::Mime;
use say_so::feedback::BODY_MAX;
use tokio::sync::Semaphore;

use crate::{
    app::App,
    error::Error,
    http::{client, limit::Limiter},
};

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a body that is too large is still read, in bytes, so that its sender is there
/// to hear the answer.
const DRAINED_MAX: usize = 8 * BODY_MAX;

/// For how long who is turned away is listened to, and how many of them at once: closed with something unread, a connection
/// breaks, and a proxy takes that for a fault.
const FAREWELL: Duration = Duration::from_secs(2);
static LISTENED: Semaphore = Semaphore::const_new(64);

/// Reads a while what nobody is going to use.
pub async fn drain(body: Body) {
    if let Ok(_place) = LISTENED.try_acquire() {
        // However it ends, there is nothing more to be said.
        let _ = tokio::time::timeout(FAREWELL, collect(body, 0)).await;
    }
}

/// The body of a post by someone who may post here, not too often, of the right type and of at most `max` bytes.
///
/// # Errors
/// Which of this does not hold, or the body took too long, broke off or is not UTF-8.
pub async fn receive(app: &App, limit: &Limiter, max: usize, request: Request) -> Result<String, Error> {
    let (head, body) = request.into_parts();
    // First of all: a refusal sent while the browser still writes would reach it as a broken connection.
    let body = read(&head.headers, body, max).await?;
    limit
        .check(client::address(&head.headers, &head.extensions, &app.proxies))
        .map_err(|after| Error::TooMany { after })?;
    app.allowed.check(&head.headers)?;
    check_type(&head.headers)?;
    text(body)
}

/// Reads a body of at most `max` bytes, whatever its Content-Length claims.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::TooSlow`], or [`Error::Malformed`] if it breaks off.
async fn read(headers: &HeaderMap, body: Body, max: usize) -> Result<Vec<u8>, Error> {
    let claimed = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if claimed.is_some_and(|length| length > DRAINED_MAX) {
        return Err(Error::TooLarge { max });
    }
    tokio::time::timeout(PATIENCE, collect(body, max)).await.map_err(|_| Error::TooSlow)?
}

async fn collect(mut body: Body, max: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::Malformed { field: None, message: "The body broke off.".to_owned() })?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > DRAINED_MAX {
            break;
        }
        if length <= max {
            bytes.extend_from_slice(&data);
        }
    }
    if length > max { Err(Error::TooLarge { max }) } else { Ok(bytes) }
}

/// Checks that the body says it is text or JSON, in UTF-8, and not compressed.
///
/// # Errors
/// [`Error::UnsupportedType`].
fn check_type(headers: &HeaderMap) -> Result<(), Error> {
    let plain = headers.get(header::CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()?.parse::<Mime>().ok());
    let known = kind.as_ref().is_some_and(|kind| {
        [mime::TEXT_PLAIN, mime::APPLICATION_JSON].iter().any(|known| known.essence_str() == kind.essence_str())
    });
    let charset = kind.as_ref().and_then(|kind| kind.get_param(mime::CHARSET));
    // Whether with its hyphen or without.
    let utf8 = charset.is_none_or(|charset| charset == mime::UTF_8 || charset == "utf8");
    if plain && known && utf8 { Ok(()) } else { Err(Error::UnsupportedType) }
}

/// The body as text.
///
/// # Errors
/// [`Error::Malformed`] if it is not UTF-8.
pub fn text(body: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(body).map_err(|_| Error::Malformed { field: None, message: "The body must be UTF-8.".to_owned() })
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        pin::Pin,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::{Context, Poll},
    };

    use futures_util::stream;
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_not_waited_for() {
        struct Never;
        impl axum::body::HttpBody for Never {
            type Data = axum::body::Bytes;
            type Error = Infallible;

            fn poll_frame(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, Infallible>>> {
                Poll::Pending
            }
        }
        let start = Instant::now();
        let read = read(&HeaderMap::new(), Body::new(Never), BODY_MAX).await;
        assert!(matches!(read, Err(Error::TooSlow)));
        assert_eq!(start.elapsed().as_secs(), PATIENCE.as_secs());
    }

    #[tokio::test]
    async fn of_a_body_without_an_end_so_much_is_read() {
        const FRAME: usize = 1_024;
        let frames = Arc::new(AtomicUsize::new(0));
        let counted = frames.clone();
        let endless = stream::repeat_with(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(vec![b' '; FRAME])
        });
        let read = collect(Body::from_stream(endless), BODY_MAX).await;
        assert!(matches!(read, Err(Error::TooLarge { max: BODY_MAX })));
        assert_eq!(frames.load(Ordering::Relaxed), DRAINED_MAX / FRAME + 1);
    }

    #[test]
    fn the_type_is_text_or_json() {
        let taken = |kind: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            check_type(&headers).is_ok()
        };
        for kind in ["text/plain", "text/plain;charset=UTF-8", "Application/JSON; charset=\"utf-8\"", "text/plain;"] {
            assert!(taken(kind), "{kind}");
        }
        for kind in ["", "text/html", "application/x-www-form-urlencoded", "text/plain; charset=utf-16", "text/plainer"]
        {
            assert!(!taken(kind), "{kind}");
        }
        assert!(check_type(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_compressed_body_is_not_taken() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
        headers.insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
        assert!(check_type(&headers).is_err());
    }
}

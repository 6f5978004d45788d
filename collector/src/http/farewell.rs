//! The last answer on a connection that nobody serves: written by hand, since hyper has no part in it.

use std::time::Duration;

use axum::http::{HeaderValue, header};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use crate::error::Error;

/// How long it may take the other end to take the answer, and how long it is listened to then.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// How much of what it still sends is read, in bytes.
const DRAINED_MAX: u64 = 256 * 1024;

/// Writes an answer and closes for writing. How that ends is the other end's affair.
pub async fn say(stream: impl AsyncWrite, error: Error) {
    let mut stream = std::pin::pin!(stream);
    let answer = async {
        stream.write_all(&bytes(error)).await?;
        stream.shutdown().await
    };
    let _ = timeout(PATIENCE, answer).await;
}

/// Writes an answer, and reads a while what the other end still sends: closed with something unread, a connection breaks,
/// and the answer may never be seen.
pub async fn say_and_listen(stream: impl AsyncRead + AsyncWrite, error: Error) {
    let mut stream = std::pin::pin!(stream);
    say(stream.as_mut(), error).await;
    let _ = timeout(PATIENCE, tokio::io::copy(&mut stream.take(DRAINED_MAX), &mut tokio::io::sink())).await;
}

/// The answer as it is written. Any page may read it: it holds nothing of anybody, and who asked is not known.
pub fn bytes(error: Error) -> Vec<u8> {
    let (status, mut headers, refusal) = error.answer();
    let body = serde_json::to_vec(&refusal).unwrap_or_default();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    if let Some(date) = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&Timestamp::now())
        .ok()
        .and_then(|date| HeaderValue::try_from(date).ok())
    {
        headers.insert(header::DATE, date);
    }
    let mut bytes = format!("HTTP/1.1 {status}\r\n").into_bytes();
    for (name, value) in &headers {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

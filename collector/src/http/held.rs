//! A body that holds something until it has gone out.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// The body of an answer, and what is dropped with its end.
#[derive(Debug)]
pub struct Held<T> {
    body: Body,
    _until_the_end: T,
}

impl<T> Held<T> {
    /// A body that holds that.
    pub fn new(body: Body, until_the_end: T) -> Self {
        Self { body, _until_the_end: until_the_end }
    }
}

impl<T: Unpin> HttpBody for Held<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    /// Whoever writes the head has to know that an answer such as 204 has no body.
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    /// The length that stands in the head.
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

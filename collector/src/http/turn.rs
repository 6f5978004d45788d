//! Whose turn it is on a connection, so that what hyper answers itself can be said in words.
//!
//! A head that can't be read never becomes a request: hyper answers it with a status and an empty body, and offers no way
//! to say more. But it does so when no answer of ours is under way, and then ends. So what it writes at such a moment is
//! kept back, all but the status, and the answer is written here once hyper is done.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use axum::body::Body;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::held::Held;
use crate::error::Error;

/// How much of a head is read, in bytes.
pub const HEAD_MAX: usize = 32 * 1024;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// The other end's, and nothing has come.
    #[default]
    Waiting,
    /// The other end's, and something of a head has come.
    Reading,
    /// Ours.
    Answering,
    /// Ours until the end of the answer, which is there, has gone out.
    Answered,
    /// Nobody's any more: hyper has refused the head with that status.
    Refused(u16),
}

/// Whose turn it is on a connection, as all who have to do with it see it.
#[derive(Clone, Debug, Default)]
pub struct Turn(Arc<Mutex<State>>);

impl Turn {
    /// A request is there. It is ours to answer until what is returned is dropped.
    pub fn begin(&self) -> Answering {
        self.set(State::Answering);
        Answering(self.clone())
    }

    /// The stream, as hyper reads and writes it.
    pub fn watch<S>(&self, stream: S) -> Watched<S> {
        Watched { stream, turn: self.clone() }
    }

    /// What is to be said on a connection that ended with that error, if there is a head to say it to.
    pub fn refusal(&self, error: &hyper::Error) -> Option<Error> {
        match self.get() {
            // An address is part of the head: 414 is only for one that is longer than a head may be.
            State::Refused(414 | 431) => Some(Error::HeadTooLarge { max: HEAD_MAX }),
            State::Refused(_) => Some(Error::HeadMalformed),
            State::Reading if error.is_timeout() => Some(Error::TooSlow),
            State::Reading if error.is_parse() || error.is_incomplete_message() => Some(Error::HeadMalformed),
            _ => None,
        }
    }

    fn get(&self) -> State {
        *self.0.lock().expect("nothing panics while it holds this")
    }

    fn set(&self, state: State) {
        *self.0.lock().expect("nothing panics while it holds this") = state;
    }
}

/// An answer of ours is under way.
#[derive(Debug)]
pub struct Answering(Turn);

impl Answering {
    /// The body of the answer, with whose end it is no longer ours.
    pub fn with(self, body: Body) -> Held<Self> {
        Held::new(body, self)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.set(State::Answered);
    }
}

/// A stream that keeps back what is written on it when it isn't our turn.
#[derive(Debug)]
pub struct Watched<S> {
    stream: S,
    turn: Turn,
}

impl<S> Watched<S> {
    /// Whether what begins with that is hyper's own answer. If so, its status is kept.
    fn keeps_back(&self, start: &[u8]) -> bool {
        match self.turn.get() {
            State::Answering | State::Answered => false,
            State::Refused(_) => true,
            State::Waiting | State::Reading => {
                // `HTTP/1.1 431 …`
                let status = start.get(9..12).and_then(|status| str::from_utf8(status).ok()?.parse().ok());
                self.turn.set(State::Refused(status.unwrap_or(400)));
                true
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before && self.turn.get() == State::Waiting {
            self.turn.set(State::Reading);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.keeps_back(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        // hyper flushes when it has written all that it has. Then an answer whose end it has is out.
        if flushed.is_ready() && self.turn.get() == State::Answered {
            self.turn.set(State::Waiting);
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if matches!(self.turn.get(), State::Refused(_)) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.keeps_back(parts.first().map_or(&[], |part| part)) {
            return Poll::Ready(Ok(parts.iter().map(|part| part.len()).sum()));
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

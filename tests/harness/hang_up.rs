//! An endpoint that closes the connection in place of an answer, or in the middle of one.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::origin;

/// When it closes the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before it has read anything.
    AtOnce,
    /// Once it has all of the post.
    AfterTheBody,
    /// In the middle of the answer, whose status is 200.
    InTheAnswer,
}

/// The endpoint.
pub struct HangUp {
    address: String,
    posts: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl HangUp {
    /// Starts it.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start(moment: Moment) -> Result<Self> {
        let listener = origin::listen().await?;
        let address = format!("http://{}/feedback", listener.local_addr()?);
        let posts = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(accept(listener, moment, Arc::clone(&posts)));
        Ok(Self { address, posts, task })
    }

    /// The address to post to.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How many posts have come as a whole.
    pub fn posts(&self) -> usize {
        self.posts.load(Ordering::Relaxed)
    }
}

impl Drop for HangUp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, moment: Moment, posts: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        if moment != Moment::AtOnce {
            // Whoever hangs up first, there is nobody to tell.
            let _ = hang_up(stream, moment, &posts).await;
        }
    }
}

/// The start of an answer that every page may read.
const START: &str =
    "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nok";

async fn hang_up(mut stream: TcpStream, moment: Moment, posts: &AtomicUsize) -> Result<()> {
    if read(&mut stream).await {
        posts.fetch_add(1, Ordering::Relaxed);
        if moment == Moment::InTheAnswer {
            stream.write_all(START.as_bytes()).await?;
            stream.shutdown().await?;
        }
    }
    Ok(())
}

/// Whether a post comes to its end.
async fn read(stream: &mut TcpStream) -> bool {
    let mut bytes = Vec::new();
    while let Ok(1..) = stream.read_buf(&mut bytes).await {
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if length.is_some_and(|length| body.len() >= length) {
            return true;
        }
    }
    false
}

//! One connection to a collector, which stays open from request to request, with as little around it as can be: whoever
//! posts shares the machine with the collector.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open connection.
pub struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Connection {
    pub async fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, bytes: Vec::with_capacity(4 * 1024) })
    }

    /// Posts a body as the widget does.
    pub async fn post(&mut self, body: &str) -> io::Result<Answer> {
        self.ask("POST /v1/feedback", "Content-Type: text/plain;charset=UTF-8\r\n", body).await
    }

    /// Sends a request with further lines of its head, each with its end, and reads the answer.
    ///
    /// # Errors
    /// The connection ends before the answer does, or that takes too long.
    pub async fn ask(&mut self, what: &str, lines: &str, body: &str) -> io::Result<Answer> {
        let length = body.len();
        let request = format!("{what} HTTP/1.1\r\nHost: localhost\r\n{lines}Content-Length: {length}\r\n\r\n{body}");
        timeout(PATIENCE, async {
            self.stream.write_all(request.as_bytes()).await?;
            self.read().await
        })
        .await?
    }

    async fn read(&mut self) -> io::Result<Answer> {
        self.bytes.clear();
        let end = loop {
            if self.stream.read_buf(&mut self.bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(end) = self.bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let head = String::from_utf8_lossy(&self.bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        while self.bytes.len() < end + length {
            if self.stream.read_buf(&mut self.bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Answer { status, head, body: String::from_utf8_lossy(&self.bytes[end..]).into_owned() })
    }
}

impl Answer {
    /// A header's value, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

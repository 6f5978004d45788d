//! Connections: taken, served, and ended without cutting off an answer.

use std::{convert::Infallible, io, net::IpAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::{
    cap::Cap,
    client::Peer,
    farewell,
    turn::{HEAD_MAX, Turn},
};
use crate::{error::Error, metrics::Metrics};

/// How long the head of a request may take to arrive. It also ends connections that stay idle.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long the other end may take nothing of an answer.
const ANSWER_PATIENCE: Duration = Duration::from_secs(30);
/// How long a connection is kept open for further requests, and so how long an answer may take whose reader takes a
/// little now and then.
const AGE: Duration = Duration::from_mins(5);
/// How long requests under way may take to finish once the collector is asked to stop, or the connection is too old.
const GRACE: Duration = Duration::from_secs(20);
/// The pause after a connection could not be taken, for example for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);
/// How many of those who are turned away are listened to at once, so that they hear why. They hold no place of others.
const TURNED_AWAY_MAX: usize = 32;

/// Serves connections until `shutdown` is ready; then takes no more, lets requests under way finish
/// (for at most 20 s) and closes idle connections at once.
///
/// Only whom `is_trusted` does not name is held to the cap per address: a proxy brings the connections of many, and the
/// router counts their requests.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    cap: Cap,
    metrics: &Metrics,
    is_trusted: impl Fn(IpAddr) -> bool,
    shutdown: impl Future<Output = ()>,
) {
    let turned_away = Arc::new(Semaphore::new(TURNED_AWAY_MAX));
    let (stop, stopped) = watch::channel(());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let taken = async {
            let place = cap.place().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            taken = taken => taken,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let ip = address.ip().to_canonical();
                let guest = if is_trusted(ip) {
                    None
                } else {
                    let Some(guest) = cap.admit(ip) else {
                        drop(place);
                        metrics.refused(Error::Crowded.code());
                        turn_away(stream, &turned_away);
                        continue;
                    };
                    Some(guest)
                };
                // Answers are small, and each is waited for.
                let _ = stream.set_nodelay(true);
                let attending = attend(stream, router.clone(), Peer(address), stopped.clone());
                let (metrics, open) = (metrics.clone(), metrics.connected());
                tokio::spawn(async move {
                    if let Some(code) = attending.await {
                        metrics.refused(code);
                    }
                    drop((guest, place, open));
                });
            }
            Err(error) if peer_gave_up(&error) => {}
            Err(error) => {
                tracing::error!("a connection could not be taken: {error}");
                sleep(PAUSE).await;
            }
        }
    }
    tracing::info!("stopping");
    drop((listener, stopped));
    stop.send_replace(());
    // Each connection holds the other end of this, and lets go of it in time.
    stop.closed().await;
}

/// Says to whom there is no room for that there is none.
fn turn_away(stream: TcpStream, turned_away: &Arc<Semaphore>) {
    if let Ok(place) = turned_away.clone().try_acquire_owned() {
        tokio::spawn(async move {
            // Most clients ask before they listen.
            let _ = timeout(farewell::PATIENCE, stream.readable()).await;
            farewell::say_and_listen(stream, Error::Crowded).await;
            drop(place);
        });
    } else {
        // There is room for it in the buffer of a new connection. Whether it arrives, nobody waits for.
        let _ = stream.try_write(&farewell::bytes(Error::Crowded));
    }
}

/// Serves one connection until it ends, is too old, or all are to stop. Returns with which code its last head was refused,
/// if it was.
async fn attend(
    stream: impl AsyncRead + AsyncWrite + Send + 'static,
    router: Router,
    peer: Peer,
    mut stopped: watch::Receiver<()>,
) -> Option<&'static str> {
    let turn = Turn::default();
    let asked = turn.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let answering = asked.begin();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move {
            let response = router.oneshot(request).await.map_err(|never: Infallible| never);
            response.map(|response| response.map(|body| answering.with(body)))
        }
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(ANSWER_PATIENCE));
    let mut stream = Box::pin(stream);
    let served = 'served: {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_PATIENCE)
            .max_buf_size(HEAD_MAX)
            .max_header_size(HEAD_MAX)
            .serve_connection(TokioIo::new(turn.watch(&mut stream)), service);
        let mut connection = std::pin::pin!(connection);
        let stopping = tokio::select! {
            served = &mut connection => break 'served served,
            _ = stopped.changed() => true,
            () = sleep(AGE) => false,
        };
        connection.as_mut().graceful_shutdown();
        let Ok(served) = timeout(GRACE, connection).await else {
            if stopping {
                tracing::warn!("a request was cut off that took longer than {} s to finish", GRACE.as_secs());
            }
            return None;
        };
        served
    };
    // Otherwise, how it ended is the other end's affair.
    let refusal = served.err().and_then(|error| turn.refusal(&error))?;
    let code = refusal.code();
    match refusal {
        // Who was not done in so long is not listened to any longer.
        Error::TooSlow => farewell::say(stream, Error::TooSlow).await,
        refusal => farewell::say_and_listen(stream, refusal).await,
    }
    Some(code)
}

/// Whether the other end gave up before its connection was taken.
fn peer_gave_up(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use std::{
        pin::Pin,
        task::{Context, Poll},
    };

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadBuf, duplex, join, sink},
        time::{Instant, interval},
    };

    use super::*;

    /// Attends a connection on which that was sent, for a day at most, and says for how many seconds it was open.
    async fn open(sent: &str, client: impl AsyncFnOnce(DuplexStream)) -> u64 {
        let (mut ours, theirs) = duplex(16 * 1024);
        let router = Router::new().route("/", get(async || "x".repeat(1024 * 1024)));
        let (_stop, stopped) = watch::channel(());
        ours.write_all(sent.as_bytes()).await.unwrap();
        let start = Instant::now();
        let attending = async {
            let attending = attend(theirs, router, Peer(([127, 0, 0, 1], 1).into()), stopped);
            timeout(Duration::from_hours(24), attending).await.expect("it is open for good");
            start.elapsed().as_secs()
        };
        tokio::join!(attending, client(ours)).0
    }

    const REQUEST: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    #[test]
    fn who_gave_up_is_no_fault_of_ours() {
        use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, OutOfMemory, PermissionDenied};
        let gave_up = |kind: io::ErrorKind| peer_gave_up(&kind.into());
        assert!([ConnectionAborted, ConnectionRefused, ConnectionReset].into_iter().all(gave_up));
        assert!(![OutOfMemory, PermissionDenied].into_iter().any(gave_up));
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_is_not_waited_for() {
        let seconds = open(&REQUEST[..20], async |mut stream| {
            // Some of it comes now and then.
            let mut now_and_then = interval(Duration::from_secs(9));
            while stream.write_all(b"x").await.is_ok() {
                now_and_then.tick().await;
            }
        });
        assert_eq!(seconds.await, HEAD_PATIENCE.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_is_answered_and_an_idle_connection_is_not() {
        for (sent, start) in [(&REQUEST[..20], "HTTP/1.1 408 Request Timeout\r\n"), ("", "")] {
            let mut said = String::new();
            open(sent, async |mut stream| {
                stream.read_to_string(&mut said).await.unwrap();
            })
            .await;
            assert!(said.starts_with(start) && said.is_empty() == start.is_empty(), "{said}");
            assert_eq!(said.contains("too_slow"), !start.is_empty(), "{said}");
        }
    }

    #[tokio::test]
    async fn who_breaks_off_is_not_refused_and_who_ends_half_way_is() {
        struct Reset;
        impl AsyncRead for Reset {
            fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
        }
        async fn code(stream: impl AsyncRead + Unpin + Send + 'static) -> Option<&'static str> {
            let (_stop, stopped) = watch::channel(());
            attend(join(stream, sink()), Router::new(), Peer(([127, 0, 0, 1], 1).into()), stopped).await
        }
        let half = &REQUEST.as_bytes()[..20];
        assert_eq!(code(half.chain(Reset)).await, None);
        assert_eq!(code(half).await, Some("malformed"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_can_not_be_read_is_answered_after_what_could() {
        for (before, between) in [(0, ""), (1, ""), (2, ""), (1, "\r\n")] {
            let mut said = String::new();
            let sent = REQUEST.replace("GET / ", "GET /x ").repeat(before) + between + "NO HTTP\r\n\r\n";
            open(&sent, async |mut stream| {
                stream.read_to_string(&mut said).await.unwrap();
            })
            .await;
            assert_eq!(said.matches("HTTP/1.1 ").count(), before + 1, "{said}");
            assert_eq!(said.matches("HTTP/1.1 404").count(), before, "{said}");
            assert_eq!(said.matches(r#""code":"malformed""#).count(), 1, "{said}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_read_is_not_waited_for() {
        // Kept open, and never read.
        let mut kept = None;
        let seconds = open(REQUEST, async |stream| kept = Some(stream));
        assert_eq!(seconds.await, ANSWER_PATIENCE.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_a_little_now_and_then_is_closed_in_the_end() {
        let seconds = open(REQUEST, async |mut stream| {
            let mut now_and_then = interval(ANSWER_PATIENCE / 2);
            while stream.read(&mut [0; 100]).await.is_ok_and(|read| read > 0) {
                now_and_then.tick().await;
            }
        });
        assert_eq!(seconds.await, (AGE + GRACE).as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn who_asks_again_and_again_is_let_go_between_two_answers() {
        let seconds = open("", async |mut stream| {
            let mut now_and_then = interval(HEAD_PATIENCE / 2);
            while stream.write_all(REQUEST.replace("GET / ", "GET /x ").as_bytes()).await.is_ok()
                && stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0)
            {
                now_and_then.tick().await;
            }
        });
        assert_eq!(seconds.await, AGE.as_secs());
    }
}

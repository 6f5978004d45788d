//! Connections: taken, served, and ended without cutting off an answer.

use std::{convert::Infallible, io, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use super::client::Peer;

/// How long the head of a request may take to arrive. It also ends connections that stay idle.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long requests under way may take to finish once the collector is asked to stop.
const GRACE: Duration = Duration::from_secs(20);
/// The pause after a connection could not be taken, for example for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves connections until `shutdown` is ready; then takes no more, lets requests under way finish
/// (for at most 20 s) and closes idle connections at once.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let connection = connection(stream, router.clone(), Peer(address));
                tokio::spawn(graceful.watch(connection));
            }
            Err(error) if peer_gave_up(&error) => {}
            Err(error) => {
                tracing::error!("a connection could not be taken: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    tracing::info!("stopping");
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were cut off that took longer than {} s to finish", GRACE.as_secs());
    }
}

fn connection(
    stream: TcpStream,
    router: Router,
    peer: Peer,
) -> impl hyper_util::server::graceful::GracefulConnection<Output = hyper::Result<()>> + Send + 'static {
    // Answers are small, and each is waited for.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move { router.oneshot(request).await.map_err(|never: Infallible| never) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
}

/// Whether the other end gave up before its connection was taken.
fn peer_gave_up(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

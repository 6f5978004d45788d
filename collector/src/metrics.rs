//! Numbers on how the collector is doing, as Prometheus reads them.
//!
//! No label holds anything that was posted: outcomes and reasons are words of ours.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus::{
    Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TEXT_FORMAT, TextEncoder,
    core::{Collector, Desc},
    proto::MetricFamily,
};
use tokio::net::TcpListener;

use crate::{
    error::Error,
    store::{Posted, Store},
};

/// Up to how many seconds an acknowledged post took, for each part of the histogram.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Numbers on how the collector is doing.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Registry,
    posts: IntCounterVec,
    refused: IntCounterVec,
    acknowledged: Histogram,
    connections: IntGauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new().expect("each has a name of its own, which the tests try")
    }
}

impl Metrics {
    /// All of them at nothing, but for when the process started.
    ///
    /// # Errors
    /// Two have the same name.
    pub fn new() -> Result<Self, prometheus::Error> {
        let posts =
            Opts::new("say_so_posts_total", "Posts of feedback that were answered with 2xx, 410 or as another body");
        let refused = Opts::new("say_so_refused_total", "Requests that were refused, by the code of the answer");
        let acknowledged = HistogramOpts::new("say_so_acknowledge_seconds", "From the head of a post to its receipt");
        let started = IntGauge::new("process_start_time_seconds", "When the process started, in seconds since 1970")?;
        started.set(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64));
        let metrics = Self {
            registry: Registry::new(),
            posts: IntCounterVec::new(posts, &["outcome"])?,
            refused: IntCounterVec::new(refused, &["reason"])?,
            acknowledged: Histogram::with_opts(acknowledged.buckets(SECONDS.to_vec()))?,
            connections: IntGauge::new("say_so_connections", "Connections that are open")?,
        };
        for outcome in ["new", "again", "conflict", "withdrawn"] {
            metrics.posts.with_label_values(&[outcome]);
        }
        metrics.register(started)?;
        metrics.register(metrics.posts.clone())?;
        metrics.register(metrics.refused.clone())?;
        metrics.register(metrics.acknowledged.clone())?;
        metrics.register(metrics.connections.clone())?;
        Ok(metrics)
    }

    /// Shows how busy the store's writer is as well.
    ///
    /// # Errors
    /// It is shown already.
    pub fn show_load(&self, store: Store) -> Result<(), prometheus::Error> {
        let waiting = IntGauge::new("say_so_waiting_posts", "Posts that wait to be kept")?;
        let batches = IntCounter::new("say_so_batches_total", "Batches of posts that were written or tried")?;
        self.register(Load { store, waiting, batches })
    }

    fn register(&self, number: impl Collector + 'static) -> Result<(), prometheus::Error> {
        self.registry.register(Box::new(number))
    }

    /// Counts a post that the store has decided on, so long after it began to come in.
    pub fn posted(&self, posted: &Posted, after: Duration) {
        let (outcome, kept) = match posted {
            Posted::New(_) => ("new", true),
            Posted::Again(_) => ("again", true),
            Posted::Conflict => ("conflict", false),
            Posted::Withdrawn => ("withdrawn", false),
        };
        self.posts.with_label_values(&[outcome]).inc();
        if kept {
            self.acknowledged.observe(after.as_secs_f64());
        }
    }

    /// Counts a request that was refused with that code.
    pub fn refused(&self, code: &str) {
        self.refused.with_label_values(&[code]).inc();
    }

    /// Counts a connection for as long as what is returned is kept.
    pub fn connected(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    /// Shows the numbers at `/metrics` of that address, and whatever else is asked there nothing, for as long as it is
    /// awaited.
    pub async fn show(self, listener: TcpListener) {
        let page = get(async move || self.page());
        let nosniff = async |mut response: Response| {
            response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        };
        let routes = Router::new().route("/metrics", page).fallback(async || Error::NotFound);
        let routes: Router = routes.layer(middleware::map_response(nosniff));
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!("the metrics can't be shown any longer: {error}");
        }
    }

    fn page(&self) -> Response {
        match TextEncoder::new().encode_to_string(&self.registry.gather()) {
            Ok(page) => ([(header::CONTENT_TYPE, TEXT_FORMAT)], page).into_response(),
            Err(error) => {
                tracing::error!("the metrics can't be written: {error}");
                Error::Internal.into_response()
            }
        }
    }
}

/// How busy the store's writer is, looked at when somebody asks.
struct Load {
    store: Store,
    waiting: IntGauge,
    batches: IntCounter,
}

impl Collector for Load {
    fn desc(&self) -> Vec<&Desc> {
        [self.waiting.desc(), self.batches.desc()].concat()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let (waiting, batches) = self.store.load();
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.batches.inc_by(batches.saturating_sub(self.batches.get()));
        [self.waiting.collect(), self.batches.collect()].concat()
    }
}

/// A connection that is open.
#[derive(Debug)]
pub struct Open(IntGauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

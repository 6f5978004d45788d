//! The collector: the listening end for sites that have none.
//!
//! It takes feedback at `/v1/feedback` ([`ingest`]), keeps it in a database ([`store`]) and shows
//! it in an inbox. It counts at `/v1/counts` how far visitors come ([`counts`]). It also serves the widget's files, and checks texts ([`voice`]).

pub mod app;
pub mod assets;
pub mod commands;
pub mod counts;
#[cfg(test)]
#[path = "../tests/collector/databases.rs"]
mod databases;
pub mod error;
pub mod flag;
mod health;
mod hourly;
pub mod http;
pub mod inbox;
pub mod ingest;
pub mod log;
pub mod metrics;
mod moment;
pub mod openapi;
pub mod options;
pub mod quota;
mod reference;
pub mod retention;
mod router;
pub mod sample;
mod secret;
pub mod sign_ins;
pub mod site_file;
pub mod statistics;
pub mod store;
pub mod unknown;
pub mod voice;
pub mod wordings;

use std::sync::Arc;

use axum::Router;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    app::App,
    counts::Counts,
    hourly::Hourly,
    http::{
        cap::{Cap, PerAddress},
        connection,
        cors::Allowed,
        limit::Limiter,
        proxies::Proxies,
    },
    inbox::access,
    metrics::Metrics,
    options::Options,
    quota::Quota,
    retention::Retention,
    secret::sha256,
    sign_ins::SignIns,
    site_file::Named,
    store::{OpenError, Store},
    unknown::Unknown,
};

/// How many steps of an opening are counted for each post of words that one address may send: opened, chosen, started
/// and left.
const STEPS: u32 = 4;

/// What the log says when a client behind a proxy is turned away.
const CROWDED: &str = "a client has as many requests under way through a proxy as it may: others of it are refused. \
                       --connections-per-address allows more";

/// A collector with its database open, ready to serve.
pub struct Collector {
    app: Arc<App>,
    router: Router,
    cap: Cap,
    inbox: Inbox,
    retention: Vec<Retention>,
}

/// How to get into the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inbox {
    /// With the token that its owner chose for this run.
    Chosen(String),
    /// With the token that was made just now. It can't be shown again.
    New(String),
    /// With the token that was made at an earlier start.
    Known,
}

impl Collector {
    /// Opens the database, and makes what is missing in it.
    ///
    /// # Errors
    /// The database can't be used; see [`OpenError`].
    pub async fn open(options: &Options) -> Result<Self, OpenError> {
        let floor = options.quotas.min_free_megabytes.saturating_mul(1_000_000);
        let store = Store::open_with(&options.database.url, options.database.patience, floor).await?;
        let inbox = match &options.inbox_token {
            Some(token) => Inbox::Chosen(token.clone()),
            None => access::first(&store).await?.map_or(Inbox::Known, Inbox::New),
        };
        site_file::look_at(&options.sites.files);
        let app = App {
            secret: store.secret().await?,
            store,
            allowed: Allowed { origins: options.origins.clone(), opaque: options.allow_opaque_origins },
            proxies: Proxies::new(options.proxies.clone(), options.forwarded_header),
            base_path: options.base_path.clone(),
            under_way: Arc::new(PerAddress::new(options.connections_per_address, CROWDED)),
            posts: Limiter::per_minute(options.rate_limit),
            site_posts: Limiter::per_minute(options.site_rate_limit),
            site_limit_said: Hourly::default(),
            steps: Limiter::per_minute(options.rate_limit.saturating_mul(STEPS)),
            quota: Quota::new(&options.quotas),
            unknown: Unknown::default(),
            counts: Counts::new(),
            metrics: Metrics::default(),
            sign_ins: SignIns::default(),
            inbox_token_hash: options.inbox_token.as_deref().map(sha256),
            assets: options.assets.clone(),
            pages: options.pages.clone(),
            site_files: options.sites.files.clone(),
            named: Named::of(options.sites.files.clone()),
        };
        if let Err(error) = app.metrics.show_load(app.store.clone()) {
            tracing::error!("what waits to be kept is not among the metrics: {error}");
        }
        let app = Arc::new(app);
        let cap = Cap::new(options.connections, options.connections_per_address);
        Ok(Self { router: router::router(app.clone()), app, cap, inbox, retention: options.retention.clone() })
    }

    /// How to get into the inbox.
    pub fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    /// Numbers on how the collector is doing.
    pub fn metrics(&self) -> Metrics {
        self.app.metrics.clone()
    }

    /// The path of a link that opens the inbox once, in the next ten minutes. It replaces the one before it.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn sign_in_path(&self) -> Result<String, OpenError> {
        Ok(format!("/inbox/sign-in?code={}", self.app.sign_ins.code()?))
    }

    /// Serves until `shutdown` is ready, finishes what is under way and closes the database.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let Self { app, router, cap, retention, .. } = self;
        let (stop, stopped) = oneshot::channel();
        let counting = app.clone();
        let writer = tokio::spawn(async move { counting.counts.write_until(&counting.store, stopped).await });
        let watched = app.store.clone();
        let watch = tokio::spawn(async move { watched.watch().await });
        let (end, ended) = oneshot::channel();
        let kept = app.store.clone();
        let keeping = tokio::spawn(async move { retention::keep_to(&retention, &kept, ended).await });
        let is_trusted = |address| app.proxies.trust(address);
        connection::serve(listener, router, cap, &app.metrics, is_trusted, shutdown).await;
        // What was counted until now is written once more.
        drop(stop);
        drop(end);
        watch.abort();
        if let Err(error) = keeping.await {
            tracing::error!("deleting what is too old ended too early: {error}");
        }
        if let Err(error) = writer.await {
            tracing::error!("what was counted last is lost: {error}");
        }
        app.store.close().await;
    }
}

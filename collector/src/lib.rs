//! The collector: the listening end for sites that have none.
//!
//! It takes feedback at `/v1/feedback` ([`ingest`]), keeps it in a database ([`store`]) and shows
//! it in an inbox. It also serves the widget's files.

pub mod assets;
pub mod http;
pub mod ingest;
mod moment;
pub mod options;
mod reference;
mod secret;
pub mod store;

use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::{
    assets::Folders,
    http::{App, Limiter, connection},
    options::Options,
    store::{OpenError, Store},
};

/// A collector with its database open, ready to serve.
pub struct Collector {
    store: Store,
    router: Router,
}

impl Collector {
    /// Opens the database, and makes what is missing in it.
    ///
    /// # Errors
    /// The database can't be used; see [`OpenError`].
    pub async fn open(options: &Options) -> Result<Self, OpenError> {
        let store = Store::open(&options.database.url, options.database.patience).await?;
        let app = App {
            secret: store.secret().await?,
            store: store.clone(),
            origins: options.origins.clone(),
            proxies: options.proxies.clone(),
            folders: Folders { assets: options.assets.clone(), pages: options.pages.clone() },
            posts: Limiter::per_minute(options.rate_limit),
        };
        Ok(Self { store, router: http::router(Arc::new(app)) })
    }

    /// Serves until `shutdown` is ready, finishes what is under way and closes the database.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        connection::serve(listener, self.router, shutdown).await;
        self.store.close().await;
    }
}

//! Ports on which nothing has listened yet: a browser that has seen many tests knows none of their origins.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use anyhow::Result;
use tokio::net::TcpListener;

static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Whether nothing in this run has had the port; from now on something has.
pub(crate) fn is_new(port: u16) -> bool {
    USED.lock().unwrap_or_else(PoisonError::into_inner).insert(port)
}

/// Listens on a port of the loopback that nothing in this run has had.
///
/// # Errors
/// If no port can be had.
pub(crate) async fn listen() -> Result<TcpListener> {
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        if is_new(listener.local_addr()?.port()) {
            return Ok(listener);
        }
    }
}

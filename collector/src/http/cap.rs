//! How many connections may be open at once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use super::limit::network;
use crate::hourly::Hourly;

/// A cap on connections, in all and from one address.
///
/// As with the [limit on requests](super::limit), what stands in memory of an address is a hash under a key that is new
/// at each start.
pub struct Cap {
    all: Arc<Semaphore>,
    per_address: usize,
    hash: RandomState,
    open: Mutex<HashMap<u64, usize>>,
    full: Hourly,
    crowded: Hourly,
}

impl Cap {
    /// A cap of so many connections; 0 is any number.
    pub fn new(all: usize, per_address: usize) -> Self {
        let most = |number: usize| if number == 0 { Semaphore::MAX_PERMITS } else { number };
        Self {
            all: Arc::new(Semaphore::new(most(all).min(Semaphore::MAX_PERMITS))),
            per_address: most(per_address),
            hash: RandomState::new(),
            open: Mutex::default(),
            full: Hourly::default(),
            crowded: Hourly::default(),
        }
    }

    /// Waits until another connection may be open, and keeps a place for it. Who comes meanwhile waits with the system.
    pub async fn place(&self) -> OwnedSemaphorePermit {
        if self.all.available_permits() == 0 && self.full.is_due(Instant::now()) {
            tracing::warn!("as many connections are open as may be: others wait. --connections allows more");
        }
        self.all.clone().acquire_owned().await.expect("nobody closes it")
    }

    /// Counts a connection of an address; none if it has as many as it may.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Guest> {
        let key = self.hash.hash_one(network(address));
        let mut open = self.open.lock().expect("nothing panics while it holds this");
        let connections = open.entry(key).or_default();
        if *connections < self.per_address {
            *connections += 1;
            return Some(Guest { cap: self.clone(), key });
        }
        drop(open);
        if self.crowded.is_due(Instant::now()) {
            tracing::warn!(
                "an address has as many connections open as it may: others of it are closed. If a proxy of yours stands \
                 in front, name it with --trust-proxy; --connections-per-address allows more"
            );
        }
        None
    }
}

/// A connection of an address, counted for as long as it is open.
pub struct Guest {
    cap: Arc<Cap>,
    key: u64,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut open = self.cap.open.lock().expect("nothing panics while it holds this");
        if let Some(connections) = open.get_mut(&self.key) {
            *connections -= 1;
            if *connections == 0 {
                open.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn places_are_kept_until_they_are_left() {
        let cap = Cap::new(2, 0);
        let place = || cap.place().now_or_never();
        let (first, second) = (place(), place());
        assert!(first.is_some() && second.is_some() && place().is_none());
        drop(first);
        assert!(place().is_some());
    }

    #[test]
    fn an_address_has_its_own_and_nothing_is_kept_of_who_has_gone() {
        let cap = Arc::new(Cap::new(0, 2));
        let admit = |address: &str| cap.admit(address.parse().unwrap());
        let (first, second) = (admit("192.0.2.1"), admit("192.0.2.1"));
        assert!(first.is_some() && second.is_some() && admit("192.0.2.1").is_none());
        assert!(admit("::ffff:192.0.2.1").is_none(), "the same address in another dress");
        let (third, fourth) = (admit("2001:db8::1"), admit("2001:db8::2"));
        assert!(third.is_some() && fourth.is_some() && admit("2001:db8::3").is_none());
        drop(first);
        assert!(admit("192.0.2.1").is_some());
        drop((second, third, fourth));
        assert!(cap.open.lock().unwrap().is_empty());
    }

    #[test]
    fn zero_is_any_number() {
        let cap = Arc::new(Cap::new(0, 0));
        let address = "192.0.2.1".parse().unwrap();
        let open: Vec<_> = (0..10_000).map(|_| (cap.place().now_or_never(), cap.admit(address))).collect();
        assert!(open.iter().all(|(place, guest)| place.is_some() && guest.is_some()));
    }
}

//! How many connections may be open, and how many requests of one client under way, at once.

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
pub struct Cap {
    all: Arc<Semaphore>,
    per_address: Arc<PerAddress>,
    full: Hourly,
}

impl Cap {
    /// A cap of so many connections; 0 is any number.
    pub fn new(all: usize, per_address: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(or_any(all).min(Semaphore::MAX_PERMITS))),
            per_address: Arc::new(PerAddress::new(
                per_address,
                "an address has as many connections open as it may: others of it are closed. If a proxy of yours stands \
                 in front, name it with --trust-proxy; --connections-per-address allows more",
            )),
            full: Hourly::default(),
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
    pub fn admit(&self, address: IpAddr) -> Option<Guest> {
        self.per_address.admit(address)
    }
}

/// A cap on what one address has at once: its connections, or its requests through a proxy.
///
/// As with the [limit on requests](super::limit), what stands in memory of an address is a hash under a key that is new
/// at each start.
pub struct PerAddress {
    most: usize,
    hash: RandomState,
    at_once: Mutex<HashMap<u64, usize>>,
    warning: &'static str,
    crowded: Hourly,
}

impl PerAddress {
    /// A cap of so many; 0 is any number. The log has the warning, once an hour at most, when an address is at it.
    pub fn new(most: usize, warning: &'static str) -> Self {
        let (hash, at_once) = (RandomState::new(), Mutex::default());
        Self { most: or_any(most), hash, at_once, warning, crowded: Hourly::default() }
    }

    /// Counts one more of an address; none if it has as many as it may.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Guest> {
        let key = self.hash.hash_one(network(address));
        let mut at_once = self.at_once.lock().expect("nothing panics while it holds this");
        let number = at_once.entry(key).or_default();
        if *number < self.most {
            *number += 1;
            return Some(Guest { cap: self.clone(), key });
        }
        drop(at_once);
        if self.crowded.is_due(Instant::now()) {
            tracing::warn!("{}", self.warning);
        }
        None
    }
}

/// One of an address, counted for as long as this is kept.
pub struct Guest {
    cap: Arc<PerAddress>,
    key: u64,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut at_once = self.cap.at_once.lock().expect("nothing panics while it holds this");
        if let Some(number) = at_once.get_mut(&self.key) {
            *number -= 1;
            if *number == 0 {
                at_once.remove(&self.key);
            }
        }
    }
}

fn or_any(number: usize) -> usize {
    if number == 0 { usize::MAX } else { number }
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
        let cap = Cap::new(0, 2);
        let admit = |address: &str| cap.admit(address.parse().unwrap());
        let (first, second) = (admit("192.0.2.1"), admit("192.0.2.1"));
        assert!(first.is_some() && second.is_some() && admit("192.0.2.1").is_none());
        assert!(admit("::ffff:192.0.2.1").is_none(), "the same address in another dress");
        let (third, fourth) = (admit("2001:db8::1"), admit("2001:db8::2"));
        assert!(third.is_some() && fourth.is_some() && admit("2001:db8::3").is_none());
        drop(first);
        assert!(admit("192.0.2.1").is_some());
        drop((second, third, fourth));
        assert!(cap.per_address.at_once.lock().unwrap().is_empty());
    }

    #[test]
    fn zero_is_any_number() {
        let cap = Cap::new(0, 0);
        let address = "192.0.2.1".parse().unwrap();
        let open: Vec<_> = (0..10_000).map(|_| (cap.place().now_or_never(), cap.admit(address))).collect();
        assert!(open.iter().all(|(place, guest)| place.is_some() && guest.is_some()));
    }
}

//! How many requests one address may send.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};

/// After how many requests the addresses that were quiet for long are forgotten.
const FORGET_EVERY: usize = 1_024;

/// A limit on requests per client address.
///
/// Addresses are neither stored nor logged: what stands in memory is a hash under a key that is
/// new at each start.
pub struct Limiter {
    hash: RandomState,
    buckets: Option<DefaultKeyedRateLimiter<u64>>,
    seen: AtomicUsize,
}

impl Limiter {
    /// A limit of so many requests a minute, which may come all at once; 0 is no limit.
    pub fn per_minute(requests: u32) -> Self {
        let buckets = NonZeroU32::new(requests).map(|most| DefaultKeyedRateLimiter::keyed(Quota::per_minute(most)));
        Self { hash: RandomState::new(), buckets, seen: AtomicUsize::new(0) }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// It is one too many; the next is welcome after the time given.
    pub fn check(&self, client: IpAddr) -> Result<(), Duration> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        if self.seen.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            buckets.retain_recent();
        }
        buckets
            .check_key(&self.hash.hash_one(network(client)))
            .map_err(|later| later.wait_time_from(DefaultClock::default().now()))
    }
}

/// The part of an address that its holder can't choose: all of IPv4, the first 64 bits of IPv6.
pub fn network(client: IpAddr) -> [u8; 8] {
    let mut network = [0; 8];
    match client.to_canonical() {
        IpAddr::V4(v4) => network[..4].copy_from_slice(&v4.octets()),
        IpAddr::V6(v6) => network.copy_from_slice(&v6.octets()[..8]),
    }
    network
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_per_network() {
        let limiter = Limiter::per_minute(2);
        let check = |client: &str| limiter.check(client.parse().unwrap()).is_ok();
        assert!(check("192.0.2.1") && check("192.0.2.1") && !check("192.0.2.1"));
        assert!(check("192.0.2.2"));
        assert!(check("2001:db8::1") && check("2001:db8::2") && !check("2001:db8::3"));
        assert!(check("2001:db8:0:1::1"));
        assert!(!check("::ffff:192.0.2.1"), "the same address in another dress");
    }

    #[test]
    fn zero_is_no_limit() {
        let limiter = Limiter::per_minute(0);
        assert!((0..10_000).all(|_| limiter.check("192.0.2.1".parse().unwrap()).is_ok()));
    }
}

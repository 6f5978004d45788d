//! How many requests one address may send, and how many may be sent for one site.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};
use jiff::{Timestamp, civil::Date};

use super::day_key::DayKey;
use crate::moment;

/// After how many requests those that were quiet for long are forgotten.
const FORGET_EVERY: usize = 1_024;

/// A limit on requests, for each client address or for each site.
///
/// Neither is stored or logged: what stands in memory is a name under the [key of the day](DayKey). So each limit begins
/// anew at midnight, of UTC.
pub struct Limiter {
    quota: Option<Quota>,
    today: Mutex<Arc<Day>>,
    seen: AtomicUsize,
}

/// What is remembered of a day.
struct Day {
    date: Date,
    key: DayKey,
    buckets: DefaultKeyedRateLimiter<u128>,
}

impl Day {
    fn new(date: Date, quota: Quota) -> Arc<Self> {
        Arc::new(Self { date, key: DayKey::random(), buckets: DefaultKeyedRateLimiter::keyed(quota) })
    }
}

impl Limiter {
    /// A limit of so many requests a minute, which may come all at once; 0 is no limit.
    pub fn per_minute(requests: u32) -> Self {
        let quota = NonZeroU32::new(requests).map(Quota::per_minute);
        let today = Day::new(today(), quota.unwrap_or(Quota::per_minute(NonZeroU32::MIN)));
        Self { quota, today: Mutex::new(today), seen: AtomicUsize::new(0) }
    }

    /// Counts a request of an address.
    ///
    /// # Errors
    /// It is one too many; the next is welcome after the time given.
    pub fn check(&self, client: IpAddr) -> Result<(), Duration> {
        self.check_on(today(), &network(client))
    }

    /// Counts a request for a site.
    ///
    /// # Errors
    /// It is one too many; the next is welcome after the time given.
    pub fn check_site(&self, site: &str) -> Result<(), Duration> {
        self.check_on(today(), site.as_bytes())
    }

    fn check_on(&self, day: Date, of: &[u8]) -> Result<(), Duration> {
        let Some(quota) = self.quota else { return Ok(()) };
        let today = {
            let mut today = self.today.lock().expect("nothing panics while it holds this but for want of random bytes");
            if today.date != day {
                *today = Day::new(day, quota);
            }
            today.clone()
        };
        if self.seen.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            today.buckets.retain_recent();
        }
        let counted = today.buckets.check_key(&today.key.name(of));
        counted.map_err(|later| later.wait_time_from(DefaultClock::default().now()))
    }
}

/// Today, in UTC.
fn today() -> Date {
    moment::day_of(Timestamp::now())
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
    use jiff::civil::date;

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
    fn a_day_knows_nothing_of_the_one_before() {
        let limiter = Limiter::per_minute(1);
        let (names, check) = (
            || limiter.today.lock().unwrap().key.name(b"x"),
            |day| limiter.check_on(date(2026, 11, day), b"x").is_ok(),
        );
        assert!(check(1) && !check(1));
        let before = names();
        assert_eq!(before, names(), "under the same name all day");
        assert!(check(2) && !check(2));
        assert_ne!(before, names());
        assert_eq!(limiter.today.lock().unwrap().buckets.len(), 1, "those of the day before are gone");
    }

    #[test]
    fn who_was_quiet_for_long_is_forgotten() {
        // Of so many a minute, one request is forgotten in a microsecond.
        let limiter = Limiter::per_minute(60_000_000);
        let known = || limiter.today.lock().unwrap().buckets.len();
        for round in 1..=3_u32 {
            let before = known();
            for client in 1..FORGET_EVERY as u32 {
                assert!(limiter.check(IpAddr::from((round * 10_000 + client).to_be_bytes())).is_ok());
            }
            assert_eq!(known(), before + FORGET_EVERY - 1, "it is not looked for them each time");
            assert!(limiter.check(IpAddr::from((round * 10_000).to_be_bytes())).is_ok());
            assert!(known() < FORGET_EVERY / 2, "{}", known());
        }
    }

    #[test]
    fn the_limit_is_per_site() {
        let limiter = Limiter::per_minute(1);
        assert!(limiter.check_site("shop.example").is_ok() && limiter.check_site("shop.example").is_err());
        assert!(limiter.check_site("blog.example").is_ok());
    }

    #[test]
    fn zero_is_no_limit() {
        let limiter = Limiter::per_minute(0);
        assert!((0..10_000).all(|_| limiter.check("192.0.2.1".parse().unwrap()).is_ok()));
    }
}

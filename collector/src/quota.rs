//! How much is kept in a day: a bound for whoever would fill the disk.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use clap::Args;
use jiff::{Timestamp, civil::Date};
use tokio::time::Instant;

use crate::{
    error::Error,
    hourly::Hourly,
    http::{day_key::DayKey, limit::network},
    moment,
};

/// All sites together may have so many times what one may have, since sites are only names.
const SITES: u64 = 5;
/// One address may have this part of what a site may have, so that nobody fills a day alone.
const SHARES: u64 = 10;
/// How many addresses are remembered before those are forgotten of which little was kept: less than this part of a share.
/// Many who posted more than that can't be there: all sites together would have no room left.
const ADDRESSES_MAX: usize = 100_000;
const LITTLE: u64 = 100;

/// Why nobody finds the lock poisoned.
const HELD: &str = "nothing panics while it holds this but for want of random bytes";

/// How much is taken in a day.
#[derive(Args, Clone, Debug, Default)]
pub struct Quotas {
    /// How many revisions are kept of one site in a day, UTC; 0 for any number. Of all sites together five times as
    /// many, of one address a tenth
    #[arg(long, value_name = "NUMBER", env = "SAY_SO_SITE_POSTS_PER_DAY", default_value_t = 50_000)]
    pub site_posts_per_day: u64,
    /// How many megabytes they may have; 0 for any number. All sites together five times as many, one address a tenth
    #[arg(long, value_name = "MB", env = "SAY_SO_SITE_MEGABYTES_PER_DAY", default_value_t = 100)]
    pub site_megabytes_per_day: u64,
    /// How many megabytes stay free on the disk of the database’s file: when less is left, nothing more is kept
    #[arg(long, value_name = "MB", env = "SAY_SO_MIN_FREE_MEGABYTES", default_value_t = 200)]
    pub min_free_megabytes: u64,
}

/// What was kept today by this collector; several of them count each for itself.
pub struct Quota {
    site: Bound,
    all: Bound,
    share: Bound,
    today: Mutex<Today>,
    said: Hourly,
    share_said: Hourly,
}

/// How much may be kept in a day.
#[derive(Clone, Copy, Debug)]
struct Bound {
    posts: u64,
    bytes: u64,
}

struct Today {
    day: Date,
    key: DayKey,
    sites: HashMap<String, Kept>,
    /// Under their names of the day.
    addresses: HashMap<u128, Kept>,
    all: Kept,
}

#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    posts: u64,
    bytes: u64,
}

/// As much was kept today as may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Of one address: others may still post.
    Share {
        /// When the next day begins.
        after: Duration,
    },
    /// Of the site, or of all sites together.
    Day {
        /// When the next day begins.
        after: Duration,
    },
}

impl From<Over> for Error {
    fn from(over: Over) -> Self {
        match over {
            Over::Share { after } => Self::ShareUsed { after },
            Over::Day { after } => Self::Full { after },
        }
    }
}

impl Quota {
    /// Nothing kept yet.
    pub fn new(quotas: &Quotas) -> Self {
        let site = Bound::of(quotas.site_posts_per_day, quotas.site_megabytes_per_day.saturating_mul(1_000_000));
        Self {
            site,
            all: site.map(|number| number.saturating_mul(SITES)),
            share: site.map(|number| (number / SHARES).max(1)),
            today: Mutex::new(Today::new(Date::MIN)),
            said: Hourly::default(),
            share_said: Hourly::default(),
        }
    }

    /// Checks that one more revision of so many bytes may be kept of that site, from that address, now.
    ///
    /// # Errors
    /// As much was kept today as may be.
    pub fn check(&self, site: &str, client: IpAddr, bytes: usize, now: Timestamp) -> Result<(), Over> {
        let after = moment::until_tomorrow(now);
        let today = self.today(now);
        let of_client = today.addresses.get(&today.name(client)).copied().unwrap_or_default();
        let of_site = today.sites.get(site).copied().unwrap_or_default();
        let all = today.all;
        drop(today);
        if !of_client.leaves_room(bytes, self.share) {
            if self.share_said.is_due(Instant::now()) {
                tracing::warn!(
                    "posts of an address are refused: as much of it was kept today as may be. If a proxy of yours stands \
                     in front, name it with --trust-proxy; --site-posts-per-day and --site-megabytes-per-day allow more"
                );
            }
            return Err(Over::Share { after });
        }
        if !of_site.leaves_room(bytes, self.site) || !all.leaves_room(bytes, self.all) {
            if self.said.is_due(Instant::now()) {
                tracing::error!(site, "posts are refused: as much was kept today as may be; see --site-posts-per-day");
            }
            return Err(Over::Day { after });
        }
        Ok(())
    }

    /// Counts a revision that was kept.
    pub fn add(&self, site: &str, client: IpAddr, bytes: usize, now: Timestamp) {
        let mut today = self.today.lock().expect(HELD);
        // It came before midnight, and was kept after it.
        if today.day > moment::day_of(now) {
            return;
        }
        today.begin_on(now);
        let name = today.name(client);
        if today.addresses.len() >= ADDRESSES_MAX {
            let little = self.share.map(|number| number / LITTLE);
            today.addresses.retain(|_, kept| kept.posts > little.posts || kept.bytes > little.bytes);
        }
        let Today { sites, addresses, all, .. } = &mut *today;
        for kept in [sites.entry(site.to_owned()).or_default(), addresses.entry(name).or_default(), all] {
            kept.posts += 1;
            kept.bytes += bytes as u64;
        }
    }

    /// What was kept on that day; nothing of another one.
    fn today(&self, now: Timestamp) -> MutexGuard<'_, Today> {
        let mut today = self.today.lock().expect(HELD);
        today.begin_on(now);
        today
    }
}

impl Bound {
    /// So much; 0 for any number.
    fn of(posts: u64, bytes: u64) -> Self {
        Self { posts, bytes }.map(|number| if number == 0 { u64::MAX } else { number })
    }

    fn map(self, change: impl Fn(u64) -> u64) -> Self {
        Self { posts: change(self.posts), bytes: change(self.bytes) }
    }
}

impl Kept {
    fn leaves_room(self, bytes: usize, bound: Bound) -> bool {
        self.posts < bound.posts && self.bytes.saturating_add(bytes as u64) <= bound.bytes
    }
}

impl Today {
    fn new(day: Date) -> Self {
        Self { day, key: DayKey::random(), sites: HashMap::new(), addresses: HashMap::new(), all: Kept::default() }
    }

    /// Forgets what was kept on another day.
    fn begin_on(&mut self, now: Timestamp) {
        let day = moment::day_of(now);
        if self.day != day {
            *self = Self::new(day);
        }
    }

    fn name(&self, client: IpAddr) -> u128 {
        self.key.name(&network(client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(posts: u64, megabytes: u64) -> Quota {
        Quota::new(&Quotas { site_posts_per_day: posts, site_megabytes_per_day: megabytes, min_free_megabytes: 0 })
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::from(number.to_be_bytes())
    }

    const AT_NIGHT: &str = "2026-11-26T23:59:50Z";
    const TEN_SECONDS: Duration = Duration::from_secs(10);

    #[test]
    fn a_site_has_its_own_room_and_a_day_its_own() {
        let (quota, now) = (quota(2, 0), AT_NIGHT.parse().unwrap());
        for client in [1, 2] {
            assert_eq!(quota.check("a", address(client), 9, now), Ok(()));
            quota.add("a", address(client), 9, now);
        }
        assert_eq!(quota.check("a", address(3), 9, now), Err(Over::Day { after: TEN_SECONDS }));
        assert_eq!(quota.check("b", address(3), 9, now), Ok(()));
        assert_eq!(quota.check("a", address(1), 9, now + TEN_SECONDS), Ok(()));
    }

    #[test]
    fn what_was_kept_after_midnight_begins_no_earlier_day() {
        let (quota, now) = (quota(1, 0), AT_NIGHT.parse::<Timestamp>().unwrap());
        let tomorrow = now + TEN_SECONDS;
        quota.add("a", address(1), 9, tomorrow);
        quota.add("a", address(2), 9, now);
        assert!(matches!(quota.check("a", address(3), 9, tomorrow), Err(Over::Day { .. })));
    }

    #[test]
    fn bytes_count_as_well() {
        let (quota, now) = (quota(0, 1), AT_NIGHT.parse().unwrap());
        quota.add("a", address(1), 999_999, now);
        assert_eq!(quota.check("a", address(2), 1, now), Ok(()));
        assert_eq!(quota.check("a", address(2), 2, now), Err(Over::Day { after: TEN_SECONDS }));
    }

    #[test]
    fn made_up_sites_have_an_end_together() {
        let (quota, now) = (quota(1, 0), AT_NIGHT.parse().unwrap());
        for (client, site) in (1..).zip(["a", "b", "c", "d", "e"]) {
            assert_eq!(quota.check(site, address(client), 1, now), Ok(()));
            quota.add(site, address(client), 1, now);
        }
        assert_eq!(quota.check("f", address(6), 1, now), Err(Over::Day { after: TEN_SECONDS }));
    }

    #[test]
    fn an_address_has_a_tenth_of_what_a_site_has_whatever_site_it_names() {
        let now = AT_NIGHT.parse().unwrap();
        for (quota, bytes) in [(quota(30, 0), 1), (quota(0, 1), 33_000)] {
            for site in ["a", "b", "c"] {
                assert_eq!(quota.check(site, address(1), bytes, now), Ok(()));
                quota.add(site, address(1), bytes, now);
            }
            assert_eq!(quota.check("d", address(1), bytes, now), Err(Over::Share { after: TEN_SECONDS }));
            assert_eq!(quota.check("a", address(2), bytes, now), Ok(()));
            assert_eq!(quota.check("a", address(1), bytes, now + TEN_SECONDS), Ok(()));
        }
    }

    #[test]
    fn where_any_number_is_kept_an_address_has_any_number() {
        let (quota, now) = (quota(0, 0), AT_NIGHT.parse().unwrap());
        for _ in 0..1_000 {
            quota.add("a", address(1), 1_000_000_000, now);
        }
        assert_eq!(quota.check("a", address(1), 1_000_000_000, now), Ok(()));
    }

    #[test]
    fn of_many_addresses_those_are_remembered_that_post_much() {
        let (quota, now) = (quota(1_000_000, 0), AT_NIGHT.parse().unwrap());
        for _ in 0..100_000 {
            quota.add("a", address(0), 1, now);
        }
        for number in 1..=ADDRESSES_MAX as u32 {
            quota.add("b", address(number), 1, now);
        }
        assert!(quota.today(now).addresses.len() < 10, "they have an end");
        assert_eq!(quota.check("a", address(0), 1, now), Err(Over::Share { after: TEN_SECONDS }));
    }

    #[test]
    fn a_hundredth_of_a_share_is_little() {
        let (quota, now) = (quota(1_000 * SHARES, SHARES), AT_NIGHT.parse().unwrap());
        let [little, posts, bytes] = [1, 2, 3].map(|number| address(u32::MAX - number));
        for (client, posts, bytes) in [(little, 10, 1_000), (posts, 11, 0), (bytes, 1, 10_001)] {
            for _ in 0..posts {
                quota.add("a", client, bytes, now);
            }
        }
        for number in 0..ADDRESSES_MAX as u32 {
            quota.add("b", address(number), 1, now);
        }
        let today = quota.today(now);
        let is_remembered = |client| today.addresses.contains_key(&today.name(client));
        assert_eq!([little, posts, bytes].map(is_remembered), [false, true, true]);
    }
}

//! How much is kept in a day: a bound for whoever would fill the disk.

use std::{collections::HashMap, sync::Mutex};

use clap::Args;
use tokio::time::Instant;

use crate::hourly::Hourly;

/// All sites together may have so many times what one may have, since sites are only names.
const SITES: u64 = 5;

/// How much is taken in a day.
#[derive(Args, Clone, Debug, Default)]
pub struct Quotas {
    /// How many revisions are kept of one site in a day, UTC; 0 for any number. Of all sites together five times as many
    #[arg(long, value_name = "NUMBER", env = "SAY_SO_SITE_POSTS_PER_DAY", default_value_t = 50_000)]
    pub site_posts_per_day: u64,
    /// How many megabytes they may have; 0 for any number. All sites together five times as many
    #[arg(long, value_name = "MB", env = "SAY_SO_SITE_MEGABYTES_PER_DAY", default_value_t = 100)]
    pub site_megabytes_per_day: u64,
    /// How many megabytes stay free on the disk of the database’s file: when less is left, nothing more is kept
    #[arg(long, value_name = "MB", env = "SAY_SO_MIN_FREE_MEGABYTES", default_value_t = 200)]
    pub min_free_megabytes: u64,
}

/// What was kept today by this collector; several of them count each for itself.
#[derive(Debug)]
pub struct Quota {
    posts: u64,
    bytes: u64,
    today: Mutex<Today>,
    said: Hourly,
}

#[derive(Debug, Default)]
struct Today {
    day: String,
    sites: HashMap<String, Kept>,
    all: Kept,
}

#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    posts: u64,
    bytes: u64,
}

impl Quota {
    /// Nothing kept yet.
    pub fn new(quotas: &Quotas) -> Self {
        let or_any = |number: u64| if number == 0 { u64::MAX / SITES } else { number };
        Self {
            posts: or_any(quotas.site_posts_per_day),
            bytes: or_any(quotas.site_megabytes_per_day.saturating_mul(1_000_000)),
            today: Mutex::default(),
            said: Hourly::default(),
        }
    }

    /// Whether one more revision of so many bytes may be kept of that site on that day (`YYYY-MM-DD`).
    pub fn has_room(&self, site: &str, bytes: usize, day: &str) -> bool {
        let mut today = self.today.lock().expect("nothing panics while it holds this");
        today.begin(day);
        let fits = |kept: Kept, times: u64| {
            kept.posts < self.posts * times
                && kept.bytes.saturating_add(bytes as u64) <= self.bytes.saturating_mul(times)
        };
        let room = fits(today.sites.get(site).copied().unwrap_or_default(), 1) && fits(today.all, SITES);
        drop(today);
        if !room && self.said.is_due(Instant::now()) {
            tracing::error!(site, "posts are refused: as much was kept today as may be; see --site-posts-per-day");
        }
        room
    }

    /// Counts a revision that was kept.
    pub fn add(&self, site: &str, bytes: usize, day: &str) {
        let mut today = self.today.lock().expect("nothing panics while it holds this");
        today.begin(day);
        let Today { sites, all, .. } = &mut *today;
        for kept in [sites.entry(site.to_owned()).or_default(), all] {
            kept.posts += 1;
            kept.bytes += bytes as u64;
        }
    }
}

impl Today {
    /// Forgets what was kept on another day.
    fn begin(&mut self, day: &str) {
        if self.day != day {
            *self = Self { day: day.to_owned(), ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(posts: u64, megabytes: u64) -> Quota {
        Quota::new(&Quotas { site_posts_per_day: posts, site_megabytes_per_day: megabytes, min_free_megabytes: 0 })
    }

    #[test]
    fn a_site_has_its_own_room_and_a_day_its_own() {
        let quota = quota(2, 0);
        for _ in 0..2 {
            assert!(quota.has_room("a", 9, "2026-11-26"));
            quota.add("a", 9, "2026-11-26");
        }
        assert!(!quota.has_room("a", 9, "2026-11-26"));
        assert!(quota.has_room("b", 9, "2026-11-26"));
        assert!(quota.has_room("a", 9, "2026-11-27"));
    }

    #[test]
    fn bytes_count_as_well() {
        let quota = quota(0, 1);
        quota.add("a", 999_999, "2026-11-26");
        assert!(quota.has_room("a", 1, "2026-11-26"));
        assert!(!quota.has_room("a", 2, "2026-11-26"));
    }

    #[test]
    fn made_up_sites_have_an_end_together() {
        let quota = quota(1, 0);
        for site in ["a", "b", "c", "d", "e"] {
            assert!(quota.has_room(site, 1, "2026-11-26"));
            quota.add(site, 1, "2026-11-26");
        }
        assert!(!quota.has_room("f", 1, "2026-11-26"));
    }
}

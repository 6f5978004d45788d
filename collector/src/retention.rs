//! How long messages are kept.

use std::{fmt, str::FromStr, time::Duration};

use jiff::{Timestamp, ToSpan};
use say_so::feedback::is_site;
use tokio::{sync::oneshot, time::timeout};

use crate::{moment, store::Store};

/// How often it is looked whether something is too old.
const EVERY: Duration = Duration::from_hours(1);

/// For how many days messages are kept after something came of them last, at one site or at all that have no such rule
/// of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The site; none for all others.
    pub site: Option<String>,
    /// The days, of 24 hours: 1 to 36,500.
    pub days: u16,
}

/// What is written is no such rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRetention;

impl fmt::Display for NoRetention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write the days, as in 365, or shop.example=365 for one site")
    }
}

impl std::error::Error for NoRetention {}

impl FromStr for Retention {
    type Err = NoRetention;

    fn from_str(text: &str) -> Result<Self, NoRetention> {
        let (site, days) = match text.split_once('=') {
            Some((site, days)) if is_site(site) => (Some(site.to_owned()), days),
            Some(_) => return Err(NoRetention),
            None => (None, text),
        };
        let days = days.parse().ok().filter(|days| (1..=36_500).contains(days)).ok_or(NoRetention)?;
        Ok(Self { site, days })
    }
}

/// Deletes what is too old, now and once an hour, until `stop` is ready or gone.
pub async fn keep_to(rules: &[Retention], store: &Store, mut stop: oneshot::Receiver<()>) {
    if rules.is_empty() {
        return;
    }
    loop {
        match expire(rules, store, Timestamp::now()).await {
            Ok(0) => {}
            Ok(deleted) => tracing::info!(deleted, "messages were deleted that are older than they may get"),
            Err(error) => tracing::error!("messages that are too old stay for now: {error}"),
        }
        if timeout(EVERY, &mut stop).await.is_ok() {
            return;
        }
    }
}

async fn expire(rules: &[Retention], store: &Store, now: Timestamp) -> Result<u64, crate::store::Error> {
    // Before that, nothing of a site with those days came.
    let limit = |days: u16| moment::text(now - (i64::from(days) * 24).hours());
    let limits: Vec<(Option<&str>, String)> =
        rules.iter().map(|rule| (rule.site.as_deref(), limit(rule.days))).collect();
    let latest = limits.iter().map(|(_, limit)| limit.as_str()).max().unwrap_or_default();
    let is_due = |site: &str, received: &str| {
        let own = limits.iter().find(|(named, _)| *named == Some(site));
        own.or_else(|| limits.iter().find(|(named, _)| named.is_none()))
            .is_some_and(|(_, limit)| received < limit.as_str())
    };
    store.expire(latest, is_due).await
}

#[cfg(test)]
mod tests {
    use say_so::feedback::Submission;

    use super::*;
    use crate::{databases::database, store::Post};

    #[tokio::test]
    async fn what_is_too_old_for_its_site_is_deleted_and_counted() {
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        for site in ["short.example", "long.example", "other.example"] {
            for number in 0..3 {
                let words = include_str!("../tests/golden/submissions/words.json");
                let words: Submission = serde_json::from_str(words).unwrap();
                let words = Submission { site: site.to_owned(), id: format!("{number:032x}"), ..words };
                store.keep(Post::new(&words, "{}", "")).await.unwrap();
            }
        }
        let rules: Vec<Retention> =
            ["2", "short.example=1", "long.example=3"].map(|rule| rule.parse().unwrap()).to_vec();
        let now = Timestamp::now();
        for (hours, deleted) in [(-1, 0), (23, 0), (25, 3), (47, 0), (49, 3), (71, 0), (73, 3), (1_000, 0)] {
            assert_eq!(expire(&rules, &store, now + hours.hours()).await.unwrap(), deleted, "{hours} h");
        }
        store.close().await;
    }

    #[test]
    fn a_rule_is_days_or_a_site_s_days() {
        assert_eq!("365".parse(), Ok(Retention { site: None, days: 365 }));
        assert_eq!("shop.example=30".parse(), Ok(Retention { site: Some("shop.example".to_owned()), days: 30 }));
        for wrong in ["", "0", "36501", "-1", "a year", "shop example=30", "shop.example=", "shop.example=0"] {
            assert_eq!(wrong.parse::<Retention>(), Err(NoRetention), "{wrong}");
        }
    }
}

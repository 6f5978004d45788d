//! The database as the writer knows it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::AnyPool;
use tokio::time::Instant;

use crate::{
    hourly::Hourly,
    store::{
        condition::Condition,
        engine::{Engine, ended},
        error::Error,
        keep::Posted,
        message::Post,
        transaction::{self, Written},
    },
};

/// From how many posts on a batch tells how long others take.
pub(super) const TELLING: u64 = 64;

/// Where posts are written.
pub(super) struct Target {
    engine: Engine,
    pool: AnyPool,
    condition: Condition,
    /// How many nanoseconds a post of the last batches took.
    pace: Arc<AtomicU64>,
    uncounted_said: Hourly,
}

impl Target {
    pub(super) fn new(engine: Engine, pool: AnyPool, condition: Condition, pace: Arc<AtomicU64>) -> Self {
        Self { engine, pool, condition, pace, uncounted_said: Hourly::default() }
    }

    /// How many batches are written at once.
    pub(super) fn at_once(&self) -> usize {
        match self.engine {
            Engine::Sqlite => 1,
            // While one waits for the server's disk, the server has time for another.
            Engine::Postgres => 2,
        }
    }

    /// Notes how long a batch took.
    pub(super) fn took(&self, time: Duration, posts: u64) {
        self.pace.store(pace(time, posts, self.at_once()), Ordering::Relaxed);
    }

    /// Writes posts, and notes whether that went well.
    pub(super) async fn write(&self, posts: &[Post]) -> Result<Vec<Posted>, Error> {
        self.condition.check()?;
        let outcomes = self.try_to_write(posts).await;
        // What was committed into a file that is gone meanwhile is not kept.
        let outcomes = outcomes.and_then(|outcomes| self.condition.is_there().map(|()| outcomes));
        self.condition.wrote(outcomes.as_ref().err());
        outcomes
    }

    async fn try_to_write(&self, posts: &[Post]) -> Result<Vec<Posted>, Error> {
        let mut connection = self.pool.acquire().await?;
        let written = transaction::write(&mut connection, self.engine, posts).await;
        let Written { outcomes, uncounted } = ended(&mut connection, written)?;
        if let Some(site) = uncounted.filter(|_| self.uncounted_said.is_due(Instant::now())) {
            tracing::warn!(site, "words arrived and are not counted as sent: the day has as many counters as it may");
        }
        Ok(outcomes)
    }
}

/// How many nanoseconds a post takes, as far as a batch tells that took so long while so many were written at once. A
/// small one takes little longer than the disk does, and says nothing of what many would take: 0.
fn pace(time: Duration, posts: u64, at_once: usize) -> u64 {
    if posts < TELLING { 0 } else { time.as_nanos() as u64 / posts / at_once as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_takes_its_part_of_a_large_batch() {
        let time = Duration::from_micros(64);
        assert_eq!([TELLING, 2 * TELLING].map(|posts| pace(time, posts, 1)), [1_000, 500]);
        assert_eq!(pace(time, TELLING, 2), 500, "another is written meanwhile");
        assert_eq!(pace(time, TELLING - 1, 1), 0);
    }
}

//! Any number of posters, each over a connection of its own, and how long they wait.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::{
    message::message,
    running::{Result, connection::Connection},
};

/// What became of posts.
#[derive(Default)]
pub struct Posted {
    /// How long each that was kept took.
    kept: Vec<Duration>,
    /// How many were turned away with 503.
    pub turned_away: usize,
}

impl Posted {
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Adds what became of others.
    pub fn add(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.turned_away += other.turned_away;
    }

    /// So many of a hundred were answered within this.
    pub fn percentile(&mut self, percent: usize) -> Duration {
        percentile(&mut self.kept, percent)
    }
}

/// So many of a hundred are at most this.
pub fn percentile(all: &mut [Duration], percent: usize) -> Duration {
    all.sort_unstable();
    all.get((all.len() * percent / 100).min(all.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Posts as fast as it is answered, until so many posts are done or that time is over.
///
/// # Errors
/// A connection ends, or an answer is neither 201 nor 503.
pub async fn post(address: &str, posters: usize, time: Duration, most: usize) -> Result<Posted> {
    let mut connections = Vec::new();
    for _ in 0..posters {
        connections.push(Connection::open(address).await?);
    }
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for mut connection in connections {
        tasks.spawn(async move {
            let mut posted = Posted::default();
            while start.elapsed() < time && posted.kept() < most.div_ceil(posters) {
                let (message, asked) = (message(), Instant::now());
                match connection.post(&message).await?.status {
                    201 => posted.kept.push(asked.elapsed()),
                    503 => posted.turned_away += 1,
                    status => return Err(format!("a post is answered with {status}").into()),
                }
            }
            Result::Ok(posted)
        });
    }
    let mut all = Posted::default();
    while let Some(posted) = tasks.join_next().await {
        all.add(posted??);
    }
    Ok(all)
}

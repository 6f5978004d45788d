//! Rounds: posters at work, and what happens meanwhile.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Semaphore, watch},
    task::JoinHandle,
    time::timeout,
};

use crate::{
    poster::{Phase, Poster},
    running::Result,
};

/// How many post at the same time, each over a connection of its own.
pub const POSTERS: u64 = 8;
/// After how many acknowledgements something happens.
const SOME: u32 = 30;
/// How long they may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Posters at work.
pub struct Round {
    phase: watch::Sender<Phase>,
    acknowledged: Arc<Semaphore>,
    tasks: Vec<JoinHandle<Result<Poster>>>,
}

impl Round {
    /// Has them post to an address.
    pub fn begin(posters: Vec<Poster>, address: &str) -> Self {
        let (phase, seen) = watch::channel(Phase::Going);
        let acknowledged = Arc::new(Semaphore::new(0));
        let begin = |poster: Poster| tokio::spawn(poster.post(address.to_owned(), seen.clone(), acknowledged.clone()));
        let tasks = posters.into_iter().map(begin).collect();
        Self { phase, acknowledged, tasks }
    }

    /// Waits until some more posts are acknowledged.
    ///
    /// # Errors
    /// They aren't, or a poster has ended with what is wrong.
    pub async fn go_on(&mut self) -> Result<()> {
        self.acknowledged.forget_permits(usize::MAX >> 3);
        let waited = timeout(PATIENCE, self.acknowledged.acquire_many(SOME)).await;
        if let Some(place) = self.tasks.iter().position(JoinHandle::is_finished) {
            let ended = self.tasks.swap_remove(place).await?;
            return Err(ended.err().unwrap_or_else(|| "a poster ended too early".into()));
        }
        waited.map_err(|_| "too few posts are acknowledged")??.forget();
        Ok(())
    }

    pub fn say(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Waits until all have ended.
    ///
    /// # Errors
    /// What one of them found wrong.
    pub async fn end(self) -> Result<Vec<Poster>> {
        let mut posters = Vec::new();
        for task in self.tasks {
            posters.push(task.await??);
        }
        Ok(posters)
    }
}

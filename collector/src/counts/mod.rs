//! Counting the steps of those who read a wording that is tried out.
//!
//! A step is added to numbers in memory, and these are written once a second, all in one transaction: so counting costs
//! posting next to nothing. They are written once more when the collector stops. If it is killed, what it counted since
//! the last second is lost, and nothing else.

mod batch;
mod seen;

use std::{sync::Mutex, time::Duration};

use say_so::feedback::Count;
use tokio::{sync::oneshot, time::Instant};

use self::{batch::Batch, seen::Seen};
use crate::{
    hourly::Hourly,
    moment,
    store::{Counter, Store, storable},
};

/// How long counts stand in memory before they are written.
const EVERY: Duration = Duration::from_secs(1);

/// What is counted, until it is written.
pub struct Counts {
    state: Mutex<State>,
    full: Hourly,
    failed: Hourly,
}

struct State {
    seen: Seen,
    batch: Batch,
}

impl Counts {
    /// Nothing counted, and nobody remembered.
    pub fn new() -> Self {
        let state = State { seen: Seen::new(Instant::now()), batch: Batch::default() };
        Self { state: Mutex::new(state), full: Hourly::default(), failed: Hourly::default() }
    }

    /// Counts a step, unless it was counted before or its message stood under another wording then, as far as that is
    /// remembered.
    ///
    /// Steps are counted in whatever order they come: two posts of a page may overtake each other, and one may get lost.
    pub fn take(&self, count: Count) {
        let mut state = self.state.lock().expect("nothing panics while it holds this");
        if !state.seen.is_first(&count, Instant::now()) {
            return;
        }
        let Count { site, experiment, variant, locale, step, .. } = count;
        let (experiment, variant) = (storable(&experiment), storable(&variant));
        let counter = Counter { site, experiment, variant, locale, day: moment::today(), step };
        if !state.batch.add(counter, 1) {
            drop(state);
            self.leave_out(1);
        }
    }

    /// Writes what was counted once a second, until `stop` is ready or gone, and then for the last time.
    pub async fn write_until(&self, store: &Store, mut stop: oneshot::Receiver<()>) {
        while tokio::time::timeout(EVERY, &mut stop).await.is_err() {
            self.write(store).await;
        }
        self.write(store).await;
    }

    /// Writes what was counted. What can't be written is tried again the next time.
    async fn write(&self, store: &Store) {
        let batch = {
            let mut state = self.state.lock().expect("nothing panics while it holds this");
            state.seen.forget(Instant::now());
            std::mem::take(&mut state.batch)
        };
        if batch.is_empty() {
            return;
        }
        match store.add(batch.iter()).await {
            Ok(0) => {}
            Ok(left_out) => self.leave_out(left_out),
            Err(error) => {
                if self.failed.is_due(Instant::now()) {
                    tracing::error!("{error}: what was counted of wordings waits to be written");
                }
                let mut state = self.state.lock().expect("nothing panics while it holds this");
                for (counter, count) in batch.iter() {
                    state.batch.add(counter.clone(), count);
                }
            }
        }
    }

    fn leave_out(&self, steps: u64) {
        if self.full.is_due(Instant::now()) {
            tracing::warn!(
                steps,
                "steps are not counted: too many different experiments, variants and languages were posted today"
            );
        }
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self::new()
    }
}

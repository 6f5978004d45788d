//! The one writer of posts.
//!
//! It takes whatever waits when its last commit ends, writes it all in one transaction, and then answers all. It never
//! waits for more to come: alone, a post takes one commit, and under load hundreds share one. On PostgreSQL two such
//! transactions are under way at once.

mod batch;
mod target;

use std::{
    io, mem,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use futures_util::FutureExt;
use sqlx::AnyPool;
use tokio::{
    runtime::Handle,
    sync::{Mutex, mpsc, oneshot},
    task::{JoinError, JoinSet},
};

use self::{
    batch::{Batch, Waiting},
    target::Target,
};
use super::{condition::Condition, engine::Engine, error::Error, keep::Posted, message::Post};

/// How many posts may wait, and for how long as far as can be told from the last batches. What comes then is turned away
/// at once: it would be answered too late.
const WAITING_MAX: usize = 1_024;
const WAITING_TIME_MAX: Duration = Duration::from_millis(400);

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Writing {
    waiting: mpsc::Sender<Job>,
    /// Comes when the writer has ended.
    ended: Arc<Mutex<Option<oneshot::Receiver<()>>>>,
    /// How many batches were begun.
    batches: Arc<AtomicU64>,
    /// How many nanoseconds a post of the last batches took.
    pace: Arc<AtomicU64>,
}

enum Job {
    Keep(Box<Waiting>),
    Stop,
}

impl Writing {
    /// Starts the writer.
    ///
    /// # Errors
    /// The system has no thread for it.
    pub(super) fn start(engine: Engine, pool: AnyPool, condition: Condition) -> io::Result<Self> {
        let (waiting, jobs) = mpsc::channel(WAITING_MAX);
        let batches = Arc::new(AtomicU64::new(0));
        let pace = Arc::new(AtomicU64::new(0));
        let target = Arc::new(Target::new(engine, pool, condition, pace.clone()));
        let (end, ended) = oneshot::channel();
        let begun = batches.clone();
        let writer = async move {
            let keep = |batch: Batch| {
                begun.fetch_add(1, Ordering::Relaxed);
                let target = target.clone();
                async move { batch.keep(&target).await }
            };
            run(jobs, target.at_once(), keep).await;
            let _ = end.send(());
        };
        match engine {
            // Its steps are short and many, and each would stand in line behind all who post. (A blocking task of the
            // runtime would do as well, but while one runs a clock that tests have stopped doesn't go on.)
            Engine::Sqlite => {
                let runtime = Handle::current();
                thread::Builder::new().name("writer".to_owned()).spawn(move || runtime.block_on(writer))?;
            }
            Engine::Postgres => drop(tokio::spawn(writer)),
        }
        Ok(Self { waiting, ended: Arc::new(Mutex::new(Some(ended))), batches, pace })
    }

    /// Keeps a post.
    ///
    /// # Errors
    /// [`Error::Busy`] at once where too many wait, and what the database says.
    pub(super) async fn keep(&self, post: Post) -> Result<Posted, Error> {
        let wait = self.waiting() as u64 * self.pace.load(Ordering::Relaxed);
        if Duration::from_nanos(wait) > WAITING_TIME_MAX {
            return Err(Error::Busy);
        }
        let (answer, answered) = oneshot::channel();
        self.waiting.try_send(Job::Keep(Box::new(Waiting { post, answer }))).map_err(|_| Error::Busy)?;
        // Without an answer the writer has ended, since the collector stops, or its batch came to no end.
        answered.await.unwrap_or(Err(Error::Busy))
    }

    /// How many posts wait.
    pub(super) fn waiting(&self) -> usize {
        WAITING_MAX - self.waiting.capacity()
    }

    /// How many batches were begun.
    pub(super) fn batches(&self) -> u64 {
        self.batches.load(Ordering::Relaxed)
    }

    /// Ends the writer, once all that waits is kept.
    pub(super) async fn stop(&self) {
        let ended = self.ended.lock().await.take();
        if let Some(ended) = ended {
            let _ = self.waiting.send(Job::Stop).await;
            if ended.await.is_err() {
                tracing::error!("the writer ended too early");
            }
        }
    }
}

/// Has batches kept, so many at once, until it is told to stop. One that panics takes no other with it.
async fn run<Keeping>(mut jobs: mpsc::Receiver<Job>, at_once: usize, keep: impl Fn(Batch) -> Keeping)
where
    Keeping: Future<Output = ()> + Send + 'static,
{
    let mut later: Vec<Box<Waiting>> = Vec::new();
    let mut under_way = JoinSet::new();
    let mut stopping = false;
    while !(stopping && later.is_empty()) {
        if under_way.len() >= at_once {
            note(under_way.join_next().await);
        }
        let mut batch = Batch::default();
        for waiting in mem::take(&mut later) {
            later.extend(batch.add(waiting));
        }
        if batch.is_empty() {
            match jobs.recv().await {
                Some(Job::Keep(waiting)) => later.extend(batch.add(waiting)),
                Some(Job::Stop) | None => break,
            }
        }
        while batch.has_room() {
            match jobs.try_recv() {
                Ok(Job::Keep(waiting)) => later.extend(batch.add(waiting)),
                Ok(Job::Stop) => stopping = true,
                Err(_) => break,
            }
        }
        if at_once == 1 {
            // On the writer's own thread.
            let kept = AssertUnwindSafe(keep(batch)).catch_unwind().await;
            if kept.is_err() {
                tracing::error!("a batch of posts ended too early");
            }
        } else {
            under_way.spawn(keep(batch));
        }
    }
    while let Some(outcome) = under_way.join_next().await {
        note(Some(outcome));
    }
}

/// Says so if a batch has come to no end.
fn note(outcome: Option<Result<(), JoinError>>) {
    if let Some(Err(error)) = outcome {
        tracing::error!("a batch of posts ended too early: {error}");
    }
}

#[cfg(test)]
mod tests;

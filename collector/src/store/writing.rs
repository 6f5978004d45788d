//! The one writer of posts.
//!
//! It takes whatever waits when its last commit ends, writes it all in one transaction, and then answers all. It never
//! waits for more to come: alone, a post takes one commit, and under load hundreds share one.

use std::{collections::HashSet, mem, sync::Arc};

use sqlx::AnyPool;
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};

use super::{batch, engine::Engine, error::Error, keep::Posted, message::Post};

/// The most posts of one transaction.
const BATCH_MAX: usize = 512;
/// How many posts may wait. What comes then is turned away at once: it would be answered too late.
const WAITING_MAX: usize = 1_024;

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Writing {
    waiting: mpsc::Sender<Job>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
}

enum Job {
    Keep(Box<Waiting>),
    Stop,
}

struct Waiting {
    post: Post,
    answer: oneshot::Sender<Result<Posted, Error>>,
}

impl Writing {
    /// Starts the writer.
    pub(super) fn start(engine: Engine, pool: AnyPool) -> Self {
        let (waiting, jobs) = mpsc::channel(WAITING_MAX);
        let task = tokio::spawn(run(engine, pool, jobs));
        Self { waiting, task: Arc::new(Mutex::new(Some(task))) }
    }

    /// Keeps a post.
    ///
    /// # Errors
    /// [`Error::Busy`] at once where too many wait, and what the database says.
    pub(super) async fn keep(&self, post: Post) -> Result<Posted, Error> {
        let (answer, answered) = oneshot::channel();
        self.waiting.try_send(Job::Keep(Box::new(Waiting { post, answer }))).map_err(|_| Error::Busy)?;
        // Without an answer the writer has ended: the collector stops.
        answered.await.unwrap_or(Err(Error::Busy))
    }

    /// Ends the writer, once all that waits is kept.
    pub(super) async fn stop(&self) {
        let task = self.task.lock().await.take();
        if let Some(task) = task {
            let _ = self.waiting.send(Job::Stop).await;
            if let Err(error) = task.await {
                tracing::error!("the writer ended too early: {error}");
            }
        }
    }
}

async fn run(engine: Engine, pool: AnyPool, mut jobs: mpsc::Receiver<Job>) {
    let mut later: Vec<Box<Waiting>> = Vec::new();
    let mut stopping = false;
    while !(stopping && later.is_empty()) {
        let mut batch = Batch::default();
        for waiting in mem::take(&mut later) {
            later.extend(batch.add(waiting));
        }
        if batch.posts.is_empty() {
            match jobs.recv().await {
                Some(Job::Keep(waiting)) => later.extend(batch.add(waiting)),
                Some(Job::Stop) | None => break,
            }
        }
        while batch.posts.len() < BATCH_MAX {
            match jobs.try_recv() {
                Ok(Job::Keep(waiting)) => later.extend(batch.add(waiting)),
                Ok(Job::Stop) => stopping = true,
                Err(_) => break,
            }
        }
        batch.keep(engine, &pool).await;
    }
}

/// Posts that are written together, each of another message.
#[derive(Default)]
struct Batch {
    messages: HashSet<(String, String)>,
    posts: Vec<Post>,
    answers: Vec<oneshot::Sender<Result<Posted, Error>>>,
}

impl Batch {
    /// Takes a post in. One of a message that it has already is given back, for the next batch.
    fn add(&mut self, waiting: Box<Waiting>) -> Option<Box<Waiting>> {
        if self.posts.len() >= BATCH_MAX || !self.messages.insert((waiting.post.site.clone(), waiting.post.id.clone()))
        {
            return Some(waiting);
        }
        self.posts.push(waiting.post);
        self.answers.push(waiting.answer);
        None
    }

    /// Writes all of it, and answers all.
    async fn keep(self, engine: Engine, pool: &AnyPool) {
        match write(engine, pool, &self.posts).await {
            Ok(outcomes) => {
                for (answer, posted) in self.answers.into_iter().zip(outcomes) {
                    // Whoever posted may have gone meanwhile; a retry gets the same answer.
                    let _ = answer.send(Ok(posted));
                }
            }
            // A post that the database refuses takes no other with it.
            Err(error) if self.posts.len() > 1 && !matches!(error, Error::Unavailable(_)) => {
                for (answer, post) in self.answers.into_iter().zip(self.posts) {
                    let outcome = write(engine, pool, &[post]).await;
                    let _ = answer.send(outcome.and_then(|mut outcome| outcome.pop().ok_or(Error::Busy)));
                }
            }
            Err(error) => {
                for answer in self.answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }
}

async fn write(engine: Engine, pool: &AnyPool, posts: &[Post]) -> Result<Vec<Posted>, Error> {
    let mut connection = pool.acquire().await?;
    let outcomes = batch::write(&mut connection, engine, posts).await;
    if outcomes.is_err() {
        // SQLite ends a transaction by itself when the disk fails, and sqlx goes on counting it:
        // the connection would refuse every later one.
        connection.close_on_drop();
    }
    outcomes
}

//! The one writer of posts.
//!
//! It takes whatever waits when its last commit ends, writes it all in one transaction, and then answers all. It never
//! waits for more to come: alone, a post takes one commit, and under load hundreds share one. On PostgreSQL two such
//! transactions are under way at once.

use std::{
    collections::HashSet,
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
    time::Instant,
};

use super::{
    batch::{self, Written},
    condition::Condition,
    engine::{Engine, ended},
    error::Error,
    keep::Posted,
    message::Post,
};
use crate::hourly::Hourly;

/// The most posts of one transaction.
const BATCH_MAX: usize = 512;
/// How many posts may wait, and for how long as far as can be told from the last batches. What comes then is turned away
/// at once: it would be answered too late.
const WAITING_MAX: usize = 1_024;
const WAITING_TIME_MAX: Duration = Duration::from_millis(400);
/// From how many posts on a batch tells how long others take.
const TELLING: u64 = 64;

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

struct Waiting {
    post: Post,
    answer: oneshot::Sender<Result<Posted, Error>>,
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
        let uncounted_said = Hourly::default();
        let target = Target { engine, pool, condition, batches: batches.clone(), pace: pace.clone(), uncounted_said };
        let target = Arc::new(target);
        let (end, ended) = oneshot::channel();
        let writer = async {
            run(target, jobs).await;
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
        // Without an answer the writer has ended: the collector stops.
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

/// Where posts are written.
struct Target {
    engine: Engine,
    pool: AnyPool,
    condition: Condition,
    batches: Arc<AtomicU64>,
    pace: Arc<AtomicU64>,
    uncounted_said: Hourly,
}

async fn run(target: Arc<Target>, mut jobs: mpsc::Receiver<Job>) {
    let mut later: Vec<Box<Waiting>> = Vec::new();
    let mut under_way = JoinSet::new();
    let mut stopping = false;
    while !(stopping && later.is_empty()) {
        if under_way.len() >= target.at_once() {
            note(under_way.join_next().await);
        }
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
        target.batches.fetch_add(1, Ordering::Relaxed);
        if target.at_once() == 1 {
            let kept = AssertUnwindSafe(batch.keep(&target)).catch_unwind().await;
            if kept.is_err() {
                tracing::error!("a batch of posts ended too early");
            }
        } else {
            let target = target.clone();
            under_way.spawn(async move { batch.keep(&target).await });
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
    async fn keep(self, target: &Target) {
        let (start, posts) = (Instant::now(), self.posts.len() as u64);
        let outcomes = target.write(&self.posts).await;
        target.took(start.elapsed(), posts);
        match outcomes {
            Ok(outcomes) => {
                for (answer, posted) in self.answers.into_iter().zip(outcomes) {
                    // Whoever posted may have gone meanwhile; a retry gets the same answer.
                    let _ = answer.send(Ok(posted));
                }
            }
            // A post that the database refuses takes no other with it.
            Err(error) if self.posts.len() > 1 && !matches!(error, Error::Unavailable(_) | Error::Unfit(_)) => {
                for (answer, post) in self.answers.into_iter().zip(self.posts) {
                    let outcome = target.write(&[post]).await;
                    let _ = answer.send(outcome.and_then(|mut outcome| outcome.pop().ok_or(Error::Busy)));
                }
                target.took(start.elapsed(), posts);
            }
            Err(error) => {
                for answer in self.answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }
}

impl Target {
    /// How many batches are written at once.
    fn at_once(&self) -> usize {
        match self.engine {
            Engine::Sqlite => 1,
            // While one waits for the server's disk, the server has time for another.
            Engine::Postgres => 2,
        }
    }

    /// Notes how long a batch took. A small one takes little longer than the disk does, and says nothing of what many
    /// would take.
    fn took(&self, time: Duration, posts: u64) {
        let pace = if posts < TELLING { 0 } else { time.as_nanos() as u64 / posts / self.at_once() as u64 };
        self.pace.store(pace, Ordering::Relaxed);
    }

    /// Writes posts, and notes whether that went well.
    async fn write(&self, posts: &[Post]) -> Result<Vec<Posted>, Error> {
        self.condition.check()?;
        let outcomes = self.try_to_write(posts).await;
        // What was committed into a file that is gone meanwhile is not kept.
        let outcomes = outcomes.and_then(|outcomes| self.condition.is_there().map(|()| outcomes));
        self.condition.wrote(outcomes.as_ref().err());
        outcomes
    }

    async fn try_to_write(&self, posts: &[Post]) -> Result<Vec<Posted>, Error> {
        let mut connection = self.pool.acquire().await?;
        let written = batch::write(&mut connection, self.engine, posts).await;
        let Written { outcomes, uncounted } = ended(&mut connection, written)?;
        if let Some(site) = uncounted.filter(|_| self.uncounted_said.is_due(Instant::now())) {
            tracing::warn!(site, "words arrived and are not counted as sent: the day has as many counters as it may");
        }
        Ok(outcomes)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::future::join_all;
    use say_so::feedback::Submission;
    use sqlx::Executor;
    use tempfile::{TempDir, tempdir};

    use super::*;
    use crate::store::{Fault, Store};

    async fn store() -> (TempDir, Store) {
        let folder = tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("say-so.db").display());
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        (folder, store)
    }

    fn post(number: usize, kind: &str) -> Post {
        let words = include_str!("../../tests/golden/submissions/words.json").replace("complaint", kind);
        let mut submission: Submission = serde_json::from_str(&words).unwrap();
        submission.id = format!("{number:032x}");
        Post::new(&submission, &words, "")
    }

    #[tokio::test]
    async fn what_waits_is_kept_together_and_more_is_turned_away_at_once() {
        let (_folder, store) = store().await;
        // Nothing can be written until this is given back.
        let held = store.writer.acquire().await.unwrap();
        // The writer takes a first batch, and waits with it.
        let first = tokio::spawn({
            let store = store.clone();
            async move { store.keep(post(0, "praise")).await }
        });
        while store.writing.batches() == 0 {
            tokio::task::yield_now().await;
        }
        let many = join_all((1..=WAITING_MAX).map(|number| store.keep(post(number, "praise"))));
        let many = async {
            tokio::pin!(many);
            // All of them wait, and so there is room for no other.
            tokio::select! {
                biased;
                _ = &mut many => panic!("nothing can be written"),
                outcome = store.keep(post(100_000, "praise")) => assert!(matches!(outcome, Err(Error::Busy)), "{outcome:?}"),
            }
            drop(held);
            many.await
        };
        let outcomes = many.await;
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Posted::New(_)))));
        assert!(matches!(first.await.unwrap(), Ok(Posted::New(_))));
        let moments: i64 =
            sqlx::query_scalar("select count(distinct received) from revision").fetch_one(&store.reader).await.unwrap();
        // One moment for each batch: the first, and then 512 at a time.
        assert_eq!(moments, 3);
        store.close().await;
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_turned_away_at_once() {
        let (_folder, store) = store().await;
        let held = store.writer.acquire().await.unwrap();
        let pace = |time: Duration| store.writing.pace.store(time.as_nanos() as u64, Ordering::Relaxed);
        // The writer takes the first one and waits with it, and the next two wait for the writer.
        let keep = |number: usize| {
            let store = store.clone();
            tokio::spawn(async move { store.keep(post(number, "praise")).await })
        };
        pace(WAITING_TIME_MAX * 10);
        let mut kept = vec![keep(0)];
        while store.writing.batches() == 0 {
            tokio::task::yield_now().await;
        }
        kept.push(keep(1));
        while store.writing.waiting() < 1 {
            tokio::task::yield_now().await;
        }
        pace(WAITING_TIME_MAX);
        kept.push(keep(2));
        while store.writing.waiting() < 2 {
            tokio::task::yield_now().await;
        }
        pace(WAITING_TIME_MAX / 2 + Duration::from_nanos(1));
        assert!(matches!(store.keep(post(3, "praise")).now_or_never(), Some(Err(Error::Busy))));
        drop(held);
        for kept in kept {
            assert!(matches!(kept.await.unwrap(), Ok(Posted::New(_))));
        }
        store.close().await;
    }

    #[tokio::test]
    async fn only_a_large_batch_tells_how_long_others_take() {
        let (_folder, store) = store().await;
        let pace = || store.writing.pace.load(Ordering::Relaxed);
        let held = store.writer.acquire().await.unwrap();
        let posts = TELLING * 4;
        let keeping = join_all((0..posts as usize).map(|number| store.keep(post(number, "praise"))));
        let start = Instant::now();
        let (outcomes, ()) = tokio::join!(keeping, async { drop(held) });
        assert!(outcomes.iter().all(Result::is_ok));
        // One post may take a moment, but not a few nanoseconds, nor as long as all of them.
        let all = start.elapsed().as_nanos() as u64;
        assert!((posts..all / (posts / 2)).contains(&pace()), "{} of {all}", pace());
        store.keep(post(1_000, "praise")).await.unwrap();
        assert_eq!(pace(), 0);
        store.close().await;
    }

    #[tokio::test]
    async fn a_post_that_the_database_refuses_takes_no_other_with_it() {
        let (_folder, store) = store().await;
        let trigger = "create trigger refuse before insert on revision when new.kind = 'suggestion'
                           begin select raise(abort, 'no'); end";
        store.writer.execute(trigger).await.unwrap();
        let held = store.writer.acquire().await.unwrap();
        let kinds = ["praise", "suggestion", "complaint", "praise"];
        let keeping = join_all((0..).zip(kinds).map(|(number, kind)| store.keep(post(number, kind))));
        let (outcomes, ()) = tokio::join!(keeping, async { drop(held) });
        let kept: Vec<bool> = outcomes.iter().map(|outcome| matches!(outcome, Ok(Posted::New(_)))).collect();
        assert_eq!(kept, [true, false, true, true]);
        store.close().await;
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn what_is_committed_into_a_file_that_is_gone_by_then_is_not_acknowledged() {
        for name in ["say-so.db", "say-so.db-wal"] {
            let (folder, store) = store().await;
            assert!(matches!(store.keep(post(0, "praise")).await, Ok(Posted::New(_))));
            let held = store.writer.acquire().await.unwrap();
            let begun = store.writing.batches();
            let keeping = tokio::spawn({
                let store = store.clone();
                async move { store.keep(post(1, "praise")).await }
            });
            // Then the file has been looked at, and was there.
            while store.writing.batches() == begun {
                tokio::task::yield_now().await;
            }
            std::fs::remove_file(folder.path().join(name)).unwrap();
            drop(held);
            let outcome = keeping.await.unwrap();
            assert!(matches!(outcome, Err(Error::Unfit(Fault::Gone))), "{name}: {outcome:?}");
            store.close().await;
        }
    }

    #[tokio::test]
    async fn what_waits_is_kept_before_the_end() {
        let (_folder, store) = store().await;
        let held = store.writer.acquire().await.unwrap();
        let keeping = join_all((0..5).map(|number| store.keep(post(number % 3, "praise"))));
        let (outcomes, ()) = tokio::join!(keeping, async {
            drop(held);
            store.writing.stop().await;
        });
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        assert!(matches!(store.keep(post(9, "praise")).await, Err(Error::Busy)));
        store.close().await;
    }
}

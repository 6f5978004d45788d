//! Emptying SQLite's write-ahead log after words were taken back, since it may still have them.
//!
//! The log can only be emptied while nobody reads from it: a backup may read for minutes. Nobody who posts waits for that.

use std::time::Duration;

use sqlx::{AnyConnection, AnyPool, Executor};
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};

use super::sqlite::{CheckpointError, checkpoint};

/// How often it is tried while somebody reads.
const EVERY: Duration = Duration::from_millis(25);

/// The way to what empties the log.
#[derive(Clone)]
pub(super) struct Cleaning {
    asked: mpsc::UnboundedSender<oneshot::Sender<()>>,
}

impl Cleaning {
    /// Starts it. It ends with the pool.
    pub(super) fn start(pool: AnyPool, patience: Duration) -> Self {
        let (asked, askers) = mpsc::unbounded_channel();
        tokio::spawn(run(pool, patience, askers));
        Self { asked }
    }

    /// Has the log emptied as soon as nobody reads. Nobody waits for it.
    pub(super) fn begin(&self) {
        let (done, _) = oneshot::channel();
        // Where it has ended, so has the collector.
        let _ = self.asked.send(done);
    }

    /// Ready once the log was emptied after this was called, which may take as long as somebody reads.
    ///
    /// Returns whether it was: not if the collector stops before.
    pub(super) async fn clean(&self) -> bool {
        let (done, cleaned) = oneshot::channel();
        self.asked.send(done).is_ok() && cleaned.await.is_ok()
    }
}

async fn run(pool: AnyPool, patience: Duration, mut askers: mpsc::UnboundedReceiver<oneshot::Sender<()>>) {
    while let Some(asker) = askers.recv().await {
        let mut waiting = vec![asker];
        loop {
            while let Ok(asker) = askers.try_recv() {
                waiting.push(asker);
            }
            match clean(&pool, patience).await {
                Ok(()) => break,
                Err(CheckpointError::Busy) => {}
                Err(CheckpointError::Database(error)) => {
                    if pool.is_closed() {
                        return;
                    }
                    tracing::debug!("the database can't empty its log: {error}");
                }
            }
            sleep(EVERY).await;
        }
        for asker in waiting {
            // Who asked may have gone, and has been told that it takes longer.
            let _ = asker.send(());
        }
    }
}

/// Tries once, and waits for nobody: whoever posts has to wait meanwhile.
async fn clean(pool: &AnyPool, patience: Duration) -> Result<(), CheckpointError> {
    let mut connection = pool.acquire().await?;
    let cleaned = match wait(&mut connection, Duration::ZERO).await {
        Ok(()) => checkpoint(&mut connection).await,
        Err(error) => Err(error.into()),
    };
    if wait(&mut connection, patience).await.is_err() {
        connection.close_on_drop();
    }
    cleaned
}

async fn wait(connection: &mut AnyConnection, patience: Duration) -> Result<(), sqlx::Error> {
    let setting = format!("pragma busy_timeout = {}", patience.as_millis());
    connection.execute(sqlx::AssertSqlSafe(setting)).await.map(drop)
}

#[cfg(test)]
mod tests {
    use say_so::feedback::Submission;
    use tokio::time::timeout;

    use crate::{
        databases::{file_in, look_into},
        store::{Post, Store, Withdrawn},
    };

    use super::*;

    #[tokio::test]
    async fn what_was_taken_back_before_the_start_leaves_the_log_once_nobody_reads() {
        let folder = tempfile::tempdir().unwrap();
        let address = file_in(&folder);
        // The second one waits as long for who reads.
        let open = || Store::open(&address, Duration::from_secs(2));
        let words = include_str!("../../tests/golden/submissions/words.json");
        let submission: Submission = serde_json::from_str(words).unwrap();

        let before = open().await.unwrap();
        before.keep(Post::new(&submission, words, "")).await.unwrap();
        let other = look_into(&address).await;
        let mut reading = other.begin().await.unwrap();
        sqlx::query("select count(*) from message").execute(&mut *reading).await.unwrap();
        assert_eq!(before.withdraw(&submission.site, &submission.id).await.unwrap(), Withdrawn::Pending);
        before.close().await;

        let store = open().await.unwrap();
        let log = folder.path().join("say-so.db-wal");
        let length = || std::fs::metadata(&log).unwrap().len();
        assert!(length() > 0, "somebody reads");
        reading.rollback().await.unwrap();
        let emptied = async {
            while length() > 0 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), emptied).await.expect("nobody empties it");
        other.close().await;
        store.close().await;
    }
}

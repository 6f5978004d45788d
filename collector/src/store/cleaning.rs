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

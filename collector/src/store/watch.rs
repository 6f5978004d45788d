//! Looks at the database again and again, and tries to write where nobody does, so that what is wrong is known before
//! somebody posts.

use std::time::Duration;

use sqlx::{AnyPool, Executor};
use tokio::time::{Instant, sleep};

use super::{
    condition::{Condition, Fault},
    engine::Engine,
    error::Error,
};
use crate::moment;

/// How often the file and its disk are looked at, and how often writing is tried while it fails.
const EVERY: Duration = Duration::from_secs(5);
/// How often writing is tried while all is well and nobody posts.
const QUIET: Duration = Duration::from_mins(1);
/// How often the whole file is read for damage, the first time at the start.
const THOROUGH: Duration = Duration::from_hours(24);

/// PostgreSQL counts its tables by itself, but a minute late, and plans for empty ones until then: so it is asked to when
/// something was written ten times as often as the last time.
const ANALYZE: &str = "analyze message, revision, body, withdrawn, total, counter";
const TENFOLD: u64 = 10;

/// Watches until the pool is closed.
pub(super) async fn watch(condition: &Condition, engine: Engine, writer: &AnyPool, reader: &AnyPool) {
    // A big file takes long to read, and is looked at meanwhile.
    tokio::select! {
        () = look_on(condition, engine, writer) => {}
        () = read_for_damage(condition, reader), if engine == Engine::Sqlite => {}
    }
}

/// Reads the whole file again and again, until the pool is closed.
async fn read_for_damage(condition: &Condition, reader: &AnyPool) {
    while !reader.is_closed() {
        if let Some(damage) = damage(reader).await {
            condition.note(Some(Fault::Damaged(damage)));
        }
        sleep(THOROUGH).await;
    }
}

/// Looks at the file and at writing again and again, until the pool is closed.
async fn look_on(condition: &Condition, engine: Engine, writer: &AnyPool) {
    let (mut trying, mut analyzing) = (Trying::new(Instant::now()), Analyzing::default());
    while !writer.is_closed() {
        condition.look();
        let writes = condition.writes();
        if engine == Engine::Postgres && analyzing.is_due(writes) {
            analyze(writer).await;
        }
        let is_failing = matches!(condition.fault(), Some(Fault::Failing(_)));
        if trying.is_due(writes, is_failing, Instant::now()) {
            condition.tried(probe(writer).await.as_ref().err());
        }
        sleep(EVERY).await;
    }
}

/// When writing is tried.
struct Trying {
    seen: u64,
    last: Instant,
}

impl Trying {
    fn new(now: Instant) -> Self {
        Self { seen: 0, last: now }
    }

    /// Whether that is now, after so many writes: when it fails, or nobody has written for long.
    fn is_due(&mut self, writes: u64, is_failing: bool, now: Instant) -> bool {
        let is_written = writes > self.seen;
        let is_due = !is_written && (is_failing || now - self.last >= QUIET);
        if is_written || is_due {
            (self.seen, self.last) = (writes, now);
        }
        is_due
    }
}

/// When PostgreSQL is asked to count its tables.
struct Analyzing {
    counted: u64,
}

impl Default for Analyzing {
    fn default() -> Self {
        Self { counted: 1 }
    }
}

impl Analyzing {
    /// Whether that is now, after so many writes.
    fn is_due(&mut self, writes: u64) -> bool {
        let is_due = writes >= self.counted * TENFOLD;
        if is_due {
            self.counted = writes;
        }
        is_due
    }
}

async fn analyze(writer: &AnyPool) {
    if let Err(error) = writer.execute(ANALYZE).await {
        tracing::debug!("PostgreSQL counts its tables later: {error}");
    }
}

/// What SQLite finds damaged in its file, if anything.
pub(super) async fn damage(reader: &AnyPool) -> Option<String> {
    match sqlx::query_scalar("pragma quick_check(1)").fetch_one(reader).await {
        Ok(found) => Some(found).filter(|found: &String| found != "ok"),
        Err(error) => super::error::is_damage(&error).then(|| error.to_string()),
    }
}

/// Writes the time into a row of its own, and waits for the disk.
pub(super) async fn probe(writer: &AnyPool) -> Result<(), Error> {
    let statement = "insert into secret (name, value) values ('probe', $1)
                         on conflict (name) do update set value = excluded.value";
    sqlx::query(statement).bind(moment::now()).execute(writer).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::*;
    use crate::{
        databases::{database, file_in},
        store::Store,
    };

    #[tokio::test]
    async fn a_file_is_looked_at_while_it_is_read_for_damage() {
        let folder = tempfile::tempdir().unwrap();
        let address = file_in(&folder);
        let store = Store::open_with(&address, Duration::from_secs(60), u64::MAX).await.unwrap();
        // Reading takes as long as these are held.
        let mut held = Vec::new();
        while held.len() < store.reader.options().get_max_connections() as usize {
            held.push(store.reader.acquire().await.unwrap());
        }
        let noticed = async {
            while !matches!(store.condition.fault(), Some(Fault::Full { .. })) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = store.watch() => panic!("it is watched no longer"),
            noticed = timeout(Duration::from_secs(20), noticed) => noticed.expect("it is not looked at"),
        }
        drop(held);
        store.close().await;
    }

    #[test]
    fn writing_is_tried_when_it_fails_and_when_it_is_quiet() {
        let start = Instant::now();
        let mut trying = Trying::new(start);
        let mut is_due =
            |seconds, writes, is_failing| trying.is_due(writes, is_failing, start + Duration::from_secs(seconds));
        assert!(!is_due(59, 0, false) && is_due(60, 0, false) && !is_due(65, 0, false));
        assert!(!is_due(110, 1, false), "somebody wrote");
        assert!(!is_due(169, 1, false) && is_due(170, 1, false));
        assert!(is_due(175, 1, true) && is_due(180, 1, true), "each time while it fails");
        assert!(!is_due(185, 2, true), "it was written into");
    }

    #[test]
    fn tables_are_counted_when_they_are_ten_times_as_full() {
        let mut analyzing = Analyzing::default();
        let counted: Vec<u64> = (0..=1_000).filter(|writes| analyzing.is_due(*writes)).collect();
        assert_eq!(counted, [10, 100, 1_000]);
    }

    #[tokio::test]
    async fn who_can_not_write_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&database(&folder), Duration::from_secs(20)).await.unwrap();
        probe(&store.writer).await.unwrap();
        store.writer.execute("drop table secret").await.unwrap();
        assert!(probe(&store.writer).await.is_err());
        store.close().await;
    }
}

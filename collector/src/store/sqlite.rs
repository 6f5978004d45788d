//! SQLite: a file of this machine, with one writer and any number of readers.

use std::{
    fs::OpenOptions,
    io,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{AnyConnection, AnyPool, Executor, any::AnyPoolOptions, migrate::Migrator, sqlite::SqliteConnectOptions};
use tokio::time::{Instant, sleep};

use super::{engine::Engine, error::OpenError, tables::Tables};

/// Everything that has become of the tables.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How many connections read at the same time.
const READERS: u32 = 4;
/// How long collectors that start at the same time wait for each other.
const START_PATIENCE: Duration = Duration::from_secs(30);
/// How long such a one pauses before it tries again.
const PAUSE: Duration = Duration::from_millis(20);

/// The file of an address such as `sqlite://say-so.db`.
///
/// # Errors
/// [`OpenError::Address`] if it names no file.
pub(super) fn file(address: &str) -> Result<PathBuf, OpenError> {
    if !address.starts_with("sqlite:") || address.contains(":memory:") || address.contains("mode=memory") {
        return Err(OpenError::Address);
    }
    Ok(SqliteConnectOptions::from_str(address)?.get_filename().to_owned())
}

/// A file that is open.
pub(super) struct Opened {
    pub(super) writer: AnyPool,
    pub(super) reader: AnyPool,
    /// Whether the log could not be emptied, since somebody reads.
    pub(super) log_is_read: bool,
}

/// Opens a file that is there, with the tables and the journal that it has.
///
/// # Errors
/// See [`OpenError`].
pub(super) async fn open_as_it_is(address: &str, patience: Duration) -> Result<(Opened, Tables), OpenError> {
    let writer = pool(1, patience, false).connect(address).await?;
    let tables = Tables::of(&mut *writer.acquire().await?, Engine::Sqlite, &MIGRATIONS).await?;
    let reader = pool(READERS, patience, false).connect(&read_only_address(address)).await?;
    Ok((Opened { writer, reader, log_is_read: false }, tables))
}

/// Opens a file to write into it, with one connection, and brings its tables up to date.
///
/// # Errors
/// See [`OpenError`].
pub(super) async fn open(address: &str, patience: Duration) -> Result<Opened, OpenError> {
    let file = file(address)?;
    let read_only = address.contains("mode=ro");
    if !read_only {
        touch(&file)?;
    }
    let start = Instant::now();
    let (writer, log_is_read) = loop {
        match open_writer(address, patience, read_only).await {
            // Another collector may be making the same tables.
            Err(error) if error.is_busy() && start.elapsed() < START_PATIENCE => sleep(PAUSE).await,
            opened => break opened?,
        }
    };
    let reading = if read_only { address.to_owned() } else { read_only_address(address) };
    let reader = pool(READERS, patience, false).connect(&reading).await?;
    Ok(Opened { writer, reader, log_is_read })
}

async fn open_writer(address: &str, patience: Duration, read_only: bool) -> Result<(AnyPool, bool), OpenError> {
    // A database that can only be read keeps the journal it has.
    let writer = pool(1, patience, !read_only).connect(address).await?;
    let updated = update(&writer).await;
    if updated.is_err() {
        writer.close().await;
    }
    updated.map(|log_is_read| (writer, log_is_read))
}

/// Brings the tables up to date, and empties the log: a collector may have been killed while it took a message back.
///
/// Returns whether the log is being read, and so couldn't be emptied.
///
/// # Errors
/// See [`OpenError`].
async fn update(writer: &AnyPool) -> Result<bool, OpenError> {
    let mut connection = writer.acquire().await?;
    let pending = sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations where success");
    let version: i64 = pending.fetch_one(&mut *connection).await.unwrap_or_default();
    let newest = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    if version == newest {
        // Checks them, and writes nothing.
        MIGRATIONS.run(&mut *connection).await?;
    } else {
        let mut transaction = Engine::Sqlite.begin(&mut connection).await?;
        MIGRATIONS.run(&mut *transaction).await?;
        transaction.commit().await?;
    }
    let emptied = checkpoint(&mut connection).await;
    if let Err(error) = &emptied {
        tracing::debug!("{error}");
    }
    Ok(matches!(emptied, Err(CheckpointError::Busy)))
}

fn pool(connections: u32, patience: Duration, wal: bool) -> AnyPoolOptions {
    let milliseconds = patience.as_millis();
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(patience);
    // Whoever closes the last one deletes the log, and the next has another: see the condition.
    let options = options.idle_timeout(None).max_lifetime(None);
    options.after_connect(move |connection, _| {
        Box::pin(async move {
            // What is deleted is overwritten. (Words need more than that: see their table.) And who has read once has the
            // log open.
            let settings = format!(
                "pragma busy_timeout = {milliseconds};
                 {}
                 pragma synchronous = full;
                 pragma foreign_keys = on;
                 pragma secure_delete = on;
                 select count(*) from sqlite_schema;",
                if wal { "pragma journal_mode = wal;" } else { "" },
            );
            connection.execute(sqlx::AssertSqlSafe(settings)).await.map(drop)
        })
    })
}

/// The same file, to be read alone.
fn read_only_address(address: &str) -> String {
    let (file, query) = address.split_once('?').unwrap_or((address, ""));
    let rest = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("mode="));
    let query: Vec<&str> = rest.chain(["mode=ro"]).collect();
    format!("{file}?{}", query.join("&"))
}

/// Makes the database file if it is missing. What visitors wrote is nobody's but its owner's.
fn touch(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Writes the whole write-ahead log back into the database file and empties it: the log may still have
/// what was deleted.
///
/// # Errors
/// The database fails, or [`CheckpointError::Busy`].
pub(super) async fn checkpoint(connection: &mut AnyConnection) -> Result<(), CheckpointError> {
    let (busy, ..): (i64, i64, i64) = sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(connection).await?;
    if busy == 0 { Ok(()) } else { Err(CheckpointError::Busy) }
}

/// The write-ahead log could not be emptied.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckpointError {
    /// Somebody, such as another process, reads the database.
    #[error("the database is being read")]
    Busy,
    /// The database answers with an error.
    #[error("the database can't empty its log: {0}")]
    Database(#[from] sqlx::Error),
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::{databases::file_in, store::Store};

    #[tokio::test]
    async fn a_commit_reaches_the_disk_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let address = file_in(&folder);
        let store = Store::open(&address, Duration::from_secs(1)).await.unwrap();
        let secure: i64 = sqlx::query_scalar("pragma secure_delete").fetch_one(&store.writer).await.unwrap();
        assert_eq!(secure, 1);
        let synchronous: i64 = sqlx::query_scalar("pragma synchronous").fetch_one(&store.writer).await.unwrap();
        let journal: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&store.writer).await.unwrap();
        assert_eq!((synchronous, journal.as_str()), (2, "wal"), "2 is FULL");
        store.close().await;
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_database_is_its_owner_s_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&file_in(&folder), Duration::from_secs(1)).await.unwrap();
        store.secret().await.unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{entry:?}");
        }
        store.close().await;
    }

    #[tokio::test]
    async fn a_database_is_a_file_or_a_server() {
        for address in ["say-so.db", "mysql://localhost/x", "sqlite::memory:", "sqlite://x?mode=memory"] {
            let opened = Store::open(address, Duration::from_secs(1)).await;
            assert!(matches!(opened, Err(OpenError::Address)), "{address}");
        }
    }

    #[test]
    fn a_file_is_read_at_its_own_address() {
        assert_eq!(read_only_address("sqlite://a.db"), "sqlite://a.db?mode=ro");
        assert_eq!(read_only_address("sqlite://a.db?mode=rwc&cache=private"), "sqlite://a.db?cache=private&mode=ro");
    }

    #[tokio::test]
    async fn a_file_that_another_collector_prepares_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let address = file_in(&folder);
        let patience = Duration::from_secs(1);
        let other = SqlitePool::connect(&format!("{address}?mode=rwc")).await.unwrap();
        sqlx::query("pragma journal_mode = wal").execute(&other).await.unwrap();
        let held = other.begin_with("begin immediate").await.unwrap();
        let mut opening = Box::pin(Store::open(&address, patience));
        tokio::select! {
            opened = &mut opening => panic!("it is prepared: {:?}", opened.err()),
            () = sleep(patience * 3 / 2) => {}
        }
        held.rollback().await.unwrap();
        other.close().await;
        opening.await.unwrap().close().await;
    }
}

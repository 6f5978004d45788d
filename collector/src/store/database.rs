//! The database file: opened, brought up to date, and closed; and the secrets that stand in it.

use std::{fs::OpenOptions, io, str::FromStr, time::Duration};

use sqlx::{
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::error::{Error, OpenError};
use crate::secret::Secret;

/// How many connections read at the same time.
const READERS: u32 = 4;

/// The database.
#[derive(Clone)]
pub struct Store {
    pub(super) writer: SqlitePool,
    pub(super) reader: SqlitePool,
}

impl Store {
    /// Opens the database at an address such as `sqlite://say-so.db`, makes it if it is missing
    /// (readable by its owner alone) and brings its tables up to date.
    ///
    /// A statement waits at most `patience` for another process that holds the database, and a
    /// request as long for its turn.
    ///
    /// # Errors
    /// The address is no file, or the database refuses; see [`OpenError`].
    pub async fn open(address: &str, patience: Duration) -> Result<Self, OpenError> {
        if !address.starts_with("sqlite:") || address.contains(":memory:") || address.contains("mode=memory") {
            return Err(OpenError::Address);
        }
        let read_only = address.contains("mode=ro");
        let options = SqliteConnectOptions::from_str(address)?
            .create_if_missing(!read_only)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten. (Words need more than that: see their table.)
            .pragma("secure_delete", "on")
            .busy_timeout(patience);
        if !read_only {
            touch(&options)?;
        }
        // A database that can only be read keeps the journal it has.
        let writing = if read_only { options.clone() } else { options.clone().journal_mode(SqliteJournalMode::Wal) };
        let pool = || SqlitePoolOptions::new().acquire_timeout(patience);
        let writer = pool().max_connections(1).connect_with(writing).await?;
        sqlx::migrate!().run(&writer).await?;
        // A collector may have been killed while it took a message back.
        if let Err(error) = checkpoint(&mut *writer.acquire().await?).await {
            tracing::debug!("{error}");
        }
        let reader = pool().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, reader })
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// It gives none.
    pub async fn check(&self) -> Result<(), Error> {
        sqlx::query("select 1 from message limit 1").fetch_optional(&self.reader).await?;
        Ok(())
    }

    /// The collector's secret, made if there is none.
    ///
    /// # Errors
    /// The database fails, or what it holds is no secret.
    pub async fn secret(&self) -> Result<Secret, OpenError> {
        if let Some(text) = self.secret_text("collector").await? {
            return Secret::from_text(&text).ok_or(OpenError::Secret);
        }
        let secret = Secret::random()?;
        // Two collectors may start on one new database at the same time: the first one's secret holds.
        sqlx::query("insert into secret (name, value) values ('collector', $1) on conflict (name) do nothing")
            .bind(secret.to_text())
            .execute(&self.writer)
            .await?;
        let text = self.secret_text("collector").await?.ok_or(OpenError::Secret)?;
        Secret::from_text(&text).ok_or(OpenError::Secret)
    }

    /// The hash of the inbox token; none before the first one is made.
    ///
    /// # Errors
    /// The database fails.
    pub async fn inbox_token_hash(&self) -> Result<Option<String>, sqlx::Error> {
        self.secret_text("inbox token").await
    }

    /// Replaces the hash of the inbox token.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_inbox_token_hash(&self, hash: &str) -> Result<(), sqlx::Error> {
        sqlx::query(
            "insert into secret (name, value) values ('inbox token', $1)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(hash)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    async fn secret_text(&self, name: &str) -> Result<Option<String>, sqlx::Error> {
        sqlx::query_scalar("select value from secret where name = $1").bind(name).fetch_optional(&self.reader).await
    }

    /// Closes the connections, so that the write-ahead log is written back into the database file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// Makes the database file if it is missing. What visitors wrote is nobody's but its owner's.
fn touch(options: &SqliteConnectOptions) -> io::Result<()> {
    let mut file = OpenOptions::new();
    file.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(options.get_filename()).map(drop)
}

/// Writes the whole write-ahead log back into the database file and empties it: the log may still have
/// what was deleted.
///
/// # Errors
/// The database fails, or [`CheckpointError::Busy`].
pub(super) async fn checkpoint(connection: &mut SqliteConnection) -> Result<(), CheckpointError> {
    let (busy, ..): (i64, i64, i64) = sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(connection).await?;
    if busy == 0 { Ok(()) } else { Err(CheckpointError::Busy) }
}

/// The write-ahead log could not be emptied.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckpointError {
    /// Somebody, such as another process, read the database for longer than was waited.
    #[error("the database is being read")]
    Busy,
    /// The database answers with an error.
    #[error("the database can't empty its log: {0}")]
    Database(#[from] sqlx::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_reaches_the_disk_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("say-so.db").display());
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
        let file = folder.path().join("say-so.db");
        let store = Store::open(&format!("sqlite://{}", file.display()), Duration::from_secs(1)).await.unwrap();
        store.secret().await.unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{entry:?}");
        }
        store.close().await;
    }

    #[tokio::test]
    async fn a_database_is_a_file() {
        for address in ["say-so.db", "postgres://localhost/x", "sqlite::memory:", "sqlite://x?mode=memory"] {
            let opened = Store::open(address, Duration::from_secs(1)).await;
            assert!(matches!(opened, Err(OpenError::Address)), "{address}");
        }
    }
}

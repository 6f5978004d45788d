//! Where messages are kept: an SQLite database, one writer, any number of readers.
//!
//! A message stands under its site and id, and each posted body of it is a revision. Nothing is
//! answered before its commit is on disk.

use std::{fs::OpenOptions, io, str::FromStr, time::Duration};

use say_so::feedback::Submission;
use sqlx::{
    SqlitePool,
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    moment, reference,
    secret::{Secret, sha256},
};

/// How many connections read at the same time.
const READERS: u32 = 4;
/// How often a reference may turn out to be taken before the store gives up. There are 34 thousand million.
const REFERENCE_TRIES: usize = 16;

/// The database.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    reader: SqlitePool,
}

/// What has become of a posted body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is a new revision, and kept.
    New(Kept),
    /// The same bytes were kept before.
    Again(Kept),
    /// Another body is kept under the same site, id and revision.
    Conflict,
}

/// A revision that stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The reference of its message.
    pub reference: String,
    /// When it came in first: RFC 3339, UTC.
    pub received: String,
}

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names no SQLite file.
    #[error("the database must be a file, such as sqlite://say-so.db")]
    Address,
    /// The file can't be made.
    #[error("the database file can't be made: {0}")]
    File(#[from] io::Error),
    /// The tables can't be brought up to date.
    #[error("the database can't be brought up to date: {0}")]
    Migrate(#[from] MigrateError),
    /// The database answers with an error.
    #[error("the database can't be used: {0}")]
    Database(#[from] sqlx::Error),
    /// The stored secret is not one.
    #[error("the secret in the database is damaged")]
    Secret,
    /// There are no random bytes for a secret.
    #[error("the operating system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

/// The database fails a request.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is busy, full, read-only or out of reach: the same request may succeed later.
    #[error("the database is not available: {0}")]
    Unavailable(sqlx::Error),
    /// Anything else, which is a fault of ours.
    #[error("the database refuses: {0}")]
    Database(sqlx::Error),
    /// There are no random bytes for a reference.
    #[error("the operating system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// No free reference was found.
    #[error("every reference that was tried is taken")]
    References,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        // SQLite's primary result codes, in the lower byte of the extended one.
        const BUSY: u32 = 5;
        const LOCKED: u32 = 6;
        const READONLY: u32 = 8;
        const IOERR: u32 = 10;
        const FULL: u32 = 13;
        const CANTOPEN: u32 = 14;
        let passing = match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default();
                matches!(code & 0xff, BUSY | LOCKED | READONLY | IOERR | FULL | CANTOPEN)
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                true
            }
            _ => false,
        };
        if passing { Self::Unavailable(error) } else { Self::Database(error) }
    }
}

impl Store {
    /// Opens the database at an address such as `sqlite://say-so.db`, makes it if it is missing
    /// (readable by its owner alone) and brings its tables up to date.
    ///
    /// A statement waits at most `patience` for another process that holds the database.
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
            .busy_timeout(patience);
        if !read_only {
            touch(&options)?;
        }
        // A database that can only be read keeps the journal it has.
        let writing = if read_only { options.clone() } else { options.clone().journal_mode(SqliteJournalMode::Wal) };
        let pool = || SqlitePoolOptions::new().acquire_timeout(patience * 2);
        let writer = pool().max_connections(1).connect_with(writing).await?;
        sqlx::migrate!().run(&writer).await?;
        let reader = pool().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, reader })
    }

    /// Keeps a posted body, unless it is kept already. When this returns, the commit is on disk.
    ///
    /// # Errors
    /// The database fails; then nothing is kept.
    pub async fn keep(&self, submission: &Submission, body: &str) -> Result<Posted, Error> {
        let Submission { site, id, kind, .. } = submission;
        let (number, kind) = (i64::from(submission.revision), kind.name());
        let fingerprint = sha256(body);
        let now = moment::now();

        let mut transaction = self.writer.begin_with("begin immediate").await?;
        let message: Option<(String, i64)> =
            sqlx::query_as("select reference, revision from message where site = $1 and id = $2")
                .bind(site)
                .bind(id)
                .fetch_optional(&mut *transaction)
                .await?;
        let (reference, shown) = match message {
            Some(message) => message,
            None => {
                let mut tries = 0;
                loop {
                    let reference = reference::random()?;
                    let made = sqlx::query(
                        "insert into message (site, id, reference, created, revision, kind, received)
                         values ($1, $2, $3, $4, $5, $6, $4)
                         on conflict (site, reference) do nothing",
                    )
                    .bind(site)
                    .bind(id)
                    .bind(&reference)
                    .bind(&now)
                    .bind(number)
                    .bind(kind)
                    .execute(&mut *transaction)
                    .await?;
                    if made.rows_affected() == 1 {
                        break (reference, number);
                    }
                    tries += 1;
                    if tries == REFERENCE_TRIES {
                        return Err(Error::References);
                    }
                }
            }
        };

        let made = sqlx::query(
            "insert into revision (site, id, revision, kind, message, body, fingerprint, received)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (site, id, revision) do nothing",
        )
        .bind(site)
        .bind(id)
        .bind(number)
        .bind(kind)
        // PostgreSQL's text holds no NUL. The body has it, escaped, as JSON wants it.
        .bind(submission.message.as_deref().map(|message| message.replace('\0', "\u{fffd}")))
        .bind(body)
        .bind(&fingerprint)
        .bind(&now)
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 0 {
            let (kept, received): (String, String) = sqlx::query_as(
                "select fingerprint, received from revision where site = $1 and id = $2 and revision = $3",
            )
            .bind(site)
            .bind(id)
            .bind(number)
            .fetch_one(&mut *transaction)
            .await?;
            let same = kept == fingerprint;
            return Ok(if same { Posted::Again(Kept { reference, received }) } else { Posted::Conflict });
        }
        if number > shown {
            sqlx::query("update message set revision = $3, kind = $4, received = $5 where site = $1 and id = $2")
                .bind(site)
                .bind(id)
                .bind(number)
                .bind(kind)
                .bind(&now)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(Posted::New(Kept { reference, received: now }))
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

    /// Closes the connections, so that the log is folded into the database file.
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

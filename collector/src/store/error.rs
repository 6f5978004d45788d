//! What goes wrong with the database.

use std::io;

use sqlx::migrate::MigrateError;

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
        let temporary = match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default();
                matches!(code & 0xff, BUSY | LOCKED | READONLY | IOERR | FULL | CANTOPEN)
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                true
            }
            _ => false,
        };
        if temporary { Self::Unavailable(error) } else { Self::Database(error) }
    }
}

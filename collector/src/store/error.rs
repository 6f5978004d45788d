//! What goes wrong with the database.

use std::{io, sync::Arc};

use sqlx::migrate::MigrateError;

use super::condition::Fault;

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names neither an SQLite file nor a PostgreSQL server.
    #[error(
        "the database must be a file, such as sqlite://say-so.db, or a server, such as postgres://user@host/say_so"
    )]
    Address,
    /// The file can't be made.
    #[error("the database file can't be made: {0}")]
    File(#[from] io::Error),
    /// The tables can't be brought up to date.
    #[error("the database can't be brought up to date: {0}")]
    Migrate(MigrateError),
    /// A newer program has brought the tables up to date.
    #[error("the database’s tables are those of a newer say-so (step {0}), which this one doesn't know: use that one")]
    Newer(i64),
    /// The tables are older than this program, which changes nothing of them beside a running collector.
    #[error(
        "the database’s tables are older than this say-so, or not there yet: start the collector once, which brings them \
         up to date, or use the say-so that it runs"
    )]
    Older,
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

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(step) => Self::Newer(step),
            error => Self::Migrate(error),
        }
    }
}

impl OpenError {
    /// Whether another process holds the database just now.
    pub(super) fn is_busy(&self) -> bool {
        match self {
            Self::Database(error) | Self::Migrate(MigrateError::Execute(error)) => {
                sqlite_code(error).is_some_and(|code| [BUSY, LOCKED].contains(&code))
            }
            _ => false,
        }
    }
}

/// The database fails a request.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// It is busy, full, read-only or out of reach: the same request may succeed later.
    #[error("the database is not available: {0}")]
    Unavailable(Arc<sqlx::Error>),
    /// More is waiting to be kept than can be kept in time: the same request may succeed later.
    #[error("too many posts are waiting to be kept")]
    Busy,
    /// Nothing can be kept until somebody mends it.
    #[error("{0}")]
    Unfit(Fault),
    /// Anything else, which is a fault of ours.
    #[error("the database refuses: {0}")]
    Database(Arc<sqlx::Error>),
    /// There are no random bytes for a reference.
    #[error("the operating system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// No free reference was found.
    #[error("every reference that was tried is taken")]
    References,
}

// SQLite’s primary result codes.
const BUSY: u32 = 5;
const LOCKED: u32 = 6;
const READONLY: u32 = 8;
const IOERR: u32 = 10;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const CANTOPEN: u32 = 14;
const NOTADB: u32 = 26;

/// The primary result code of an error of SQLite’s: the lower byte of the extended one.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    // PostgreSQL’s have five characters.
    let code = Some(code).filter(|code| code.len() < 5)?;
    code.parse().ok().map(|code: u32| code & 0xff)
}

/// Whether SQLite says that its file is damaged.
pub(super) fn is_damage(error: &sqlx::Error) -> bool {
    sqlite_code(error).is_some_and(|code| [CORRUPT, NOTADB].contains(&code))
}

/// Whether an error of PostgreSQL’s passes by itself: its classes of codes for a connection that is lost (08), too few
/// resources (53), an operator’s doing such as a restart (57), a fault of its system (58), a lock that was waited for too
/// long (55), a deadlock or another transaction in the way (40), and a server that only reads (25006).
fn passes(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
    code.is_some_and(|code| {
        code.len() == 5
            && (["08", "40", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class)) || code == "25006")
    })
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let temporary = match &error {
            sqlx::Error::Database(_) => {
                let code = sqlite_code(&error);
                code.is_some_and(|code| {
                    [BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB].contains(&code)
                }) || passes(&error)
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            _ => false,
        };
        let error = Arc::new(error);
        if temporary { Self::Unavailable(error) } else { Self::Database(error) }
    }
}

#[cfg(test)]
mod tests {
    use std::{borrow::Cow, error::Error as StdError, fmt};

    use sqlx::error::{DatabaseError, ErrorKind};

    use super::*;

    /// What a database says, by its code alone.
    #[derive(Debug)]
    struct Said(&'static str);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Said {}

    impl DatabaseError for Said {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    fn said(code: &'static str) -> sqlx::Error {
        sqlx::Error::Database(Box::new(Said(code)))
    }

    #[test]
    fn what_passes_or_can_be_mended_is_no_fault_of_ours() {
        let passing = ["5", "6", "8", "10", "11", "13", "14", "26", "261", "1032", "3338"];
        let of_a_server = ["08006", "25006", "40P01", "53300", "55P03", "57P01", "58030"];
        for code in passing.into_iter().chain(of_a_server) {
            assert!(matches!(Error::from(said(code)), Error::Unavailable(_)), "{code}");
        }
        // A constraint’s 531 is no class of PostgreSQL’s, and the five characters of one are no number of SQLite’s.
        for code in ["", "1", "19", "400", "531", "1555", "00005", "22021", "23505", "25001", "42601", "400001"] {
            assert!(matches!(Error::from(said(code)), Error::Database(_)), "{code}");
        }
        assert!(matches!(Error::from(sqlx::Error::PoolTimedOut), Error::Unavailable(_)));
        assert!(matches!(Error::from(sqlx::Error::RowNotFound), Error::Database(_)));
    }

    #[test]
    fn damage_is_what_sqlite_calls_so() {
        assert!(["11", "26", "267"].into_iter().all(|code| is_damage(&said(code))));
        assert!(!["5", "10", "XX001", "00011"].into_iter().any(|code| is_damage(&said(code))));
        assert!(!is_damage(&sqlx::Error::RowNotFound));
    }

    #[test]
    fn who_is_held_up_at_the_start_is_busy() {
        assert!(["5", "6", "517"].into_iter().all(|code| OpenError::Database(said(code)).is_busy()));
        assert!(OpenError::Migrate(MigrateError::Execute(said("5"))).is_busy());
        assert!(!OpenError::Database(said("11")).is_busy() && !OpenError::Address.is_busy());
    }
}

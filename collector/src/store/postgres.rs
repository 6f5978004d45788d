//! PostgreSQL: a server, for sites that outgrow one machine. Any number of collectors share it.

use std::time::Duration;

use sqlx::{AnyConnection, AnyPool, Connection, Executor, any::AnyPoolOptions, migrate::Migrator};

use super::{engine::Engine, error::OpenError, tables::Tables};

/// Everything that has become of the tables.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How many connections write at the same time: posts in batches, what was counted, who takes back, the inbox.
const WRITERS: u32 = 4;
/// How many connections read at the same time.
const READERS: u32 = 8;

/// Whoever writes looks for rows by their keys. Left to itself, the planner finds new tables small enough to be read whole,
/// and goes on with that plan when they aren't any more.
const BY_KEY: &str = "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

/// Whether an address is that of a server.
pub(super) fn is_address(address: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme))
}

/// Connects to a server, to write and to read, and brings its tables up to date. Collectors that start at the same time
/// do that one after another.
///
/// # Errors
/// See [`OpenError`].
pub(super) async fn open(address: &str, patience: Duration) -> Result<(AnyPool, AnyPool), OpenError> {
    let (writer, reader) = connect(address, patience).await?;
    MIGRATIONS.run(&writer).await?;
    Ok((writer, reader))
}

/// Connects to a server, with the tables that it has.
///
/// # Errors
/// See [`OpenError`].
pub(super) async fn open_as_it_is(
    address: &str,
    patience: Duration,
) -> Result<((AnyPool, AnyPool), Tables), OpenError> {
    let (writer, reader) = connect(address, patience).await?;
    let tables = Tables::of(&mut *reader.acquire().await?, Engine::Postgres, &MIGRATIONS).await?;
    Ok(((writer, reader), tables))
}

async fn connect(address: &str, patience: Duration) -> Result<(AnyPool, AnyPool), OpenError> {
    // A pool would try until its patience ends, and then say just that.
    AnyConnection::connect(address).await?.close().await?;
    let writer = pool(WRITERS, patience, BY_KEY).connect(address).await?;
    let reader = pool(READERS, patience, "").connect(address).await?;
    Ok((writer, reader))
}

fn pool(connections: u32, patience: Duration, planning: &'static str) -> AnyPoolOptions {
    let milliseconds = patience.as_millis();
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(patience);
    options.after_connect(move |connection, _| {
        Box::pin(async move {
            // Whatever the server’s default is: what is answered with yes is on its disk.
            let settings = format!("set synchronous_commit = on; set lock_timeout = {milliseconds}; {planning}");
            connection.execute(sqlx::AssertSqlSafe(settings)).await.map(drop)
        })
    })
}

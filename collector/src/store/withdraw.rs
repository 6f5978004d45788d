//! Taking back what was kept.

use std::time::Duration;

use sqlx::AnyConnection;
use tokio::time::timeout;

use super::{
    database::Store,
    engine::{Engine, Sql, ended},
    error::Error,
    message::{self, mark},
    total::{self, Totals},
    transaction::lock,
};

/// How long whoever takes back waits for the words to leave SQLite's log: 1 s. A backup may read for minutes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes the words of a message out of their table. In SQLite they are overwritten in their place, and their id with
/// them: see the migrations.
const BODIES: Sql = Sql {
    sqlite: "update body set text = cast(zeroblob(length(cast(text as blob))) as text), id = $3
                 where site = $1 and id = $2",
    postgres: "delete from body where site = $1 and id = $2 and $3 is not null",
};

/// What has become of words that were taken back. Either way nobody sees them any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// They are out of every file of an SQLite database, or out of every table of PostgreSQL.
    Gone,
    /// Somebody reads SQLite's file, such as a backup. As soon as that has ended they are overwritten in its log too.
    Pending,
}

impl Store {
    /// Deletes a message with every revision of it, and remembers that it is not to come back. When this returns, the
    /// commit is on disk.
    ///
    /// A message that is gone already stays gone; one that never came can't come any more.
    ///
    /// # Errors
    /// The database fails; then nothing is deleted.
    pub async fn withdraw(&self, site: &str, id: &str) -> Result<Withdrawn, Error> {
        self.delete(site, id, Leaving::Mark).await?;
        Ok(self.clean().await)
    }

    /// The messages that have a reference, each by its site and id: one for each site at most.
    ///
    /// # Errors
    /// The database fails.
    pub async fn named(&self, reference: &str) -> Result<Vec<(String, String)>, Error> {
        let named = sqlx::query_as("select site, id from message where reference = $1 order by site");
        Ok(named.bind(reference.to_owned()).fetch_all(&self.reader).await?)
    }

    /// Waits until nothing of what was deleted stands in a file any more, but not for long.
    pub async fn clean(&self) -> Withdrawn {
        let Some(cleaning) = &self.cleaning else { return Withdrawn::Gone };
        match timeout(PATIENCE, cleaning.clean()).await {
            Ok(true) => Withdrawn::Gone,
            Ok(false) | Err(_) => {
                tracing::warn!("words that were taken back still stand in the database’s log, which somebody reads");
                Withdrawn::Pending
            }
        }
    }

    /// Deletes a message.
    ///
    /// # Errors
    /// The database fails; then nothing is deleted.
    pub(super) async fn delete(&self, site: &str, id: &str, leaving: Leaving) -> Result<(), Error> {
        self.condition.is_there()?;
        let mut connection = self.writer.acquire().await?;
        let deleted = delete(&mut connection, self.engine, site, id, leaving).await;
        ended(&mut connection, deleted)?;
        self.condition.is_there()
    }
}

/// What is to stay of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Its mark, which keeps a late post of it out, and its reference, which no other gets.
    Mark,
    /// Nothing.
    Nothing,
}

/// Deletes a message in a transaction of its own.
///
/// # Errors
/// The database fails.
async fn delete(
    connection: &mut AnyConnection,
    engine: Engine,
    site: &str,
    id: &str,
    leaving: Leaving,
) -> Result<(), sqlx::Error> {
    let mut transaction = engine.begin(connection).await?;
    let mark = mark(site, id);
    if engine == Engine::Postgres {
        lock(&mut transaction, [&*mark].into_iter()).await?;
    }
    if leaving == Leaving::Mark {
        sqlx::query(
            "insert into withdrawn (site, mark, reference)
                 values ($1, $3, (select reference from message where site = $1 and id = $2))
                 on conflict (site, mark) do nothing",
        )
        .bind(site.to_owned())
        .bind(id.to_owned())
        .bind(mark.clone())
        .execute(&mut *transaction)
        .await?;
    }
    // As long as an id, so that the row stays in its place.
    let left = mark.get(..id.len()).unwrap_or(&mark).to_owned();
    let bodies = sqlx::query(BODIES.of(engine)).bind(site.to_owned()).bind(id.to_owned()).bind(left);
    bodies.execute(&mut *transaction).await?;
    sqlx::query("delete from revision where site = $1 and id = $2")
        .bind(site.to_owned())
        .bind(id.to_owned())
        .execute(&mut *transaction)
        .await?;
    let gone: Option<(String, Option<String>)> =
        sqlx::query_as("delete from message where site = $1 and id = $2 returning kind, flag")
            .bind(site.to_owned())
            .bind(id.to_owned())
            .fetch_optional(&mut *transaction)
            .await?;
    let mut totals = Totals::new();
    if let Some((kind, flag)) = gone {
        let left = message::totals(&kind, flag.as_deref()).map(|name| ((site.to_owned(), name.to_owned()), -1));
        totals.extend(left);
    }
    total::write(&mut transaction, &totals).await?;
    transaction.commit().await
}

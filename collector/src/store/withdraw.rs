//! Taking back what was kept.

use sqlx::{Connection, SqliteConnection};

use super::{
    database::{Store, checkpoint},
    error::Error,
};
use crate::secret::sha256;

/// Takes a message out of every table, its words first: see the migration for why they stay a row.
const DELETE: [&str; 3] = [
    "update body set text = cast(zeroblob(length(cast(text as blob))) as text)
         where number in (select body from revision where site = $1 and id = $2)",
    "delete from revision where site = $1 and id = $2",
    "delete from message where site = $1 and id = $2",
];

impl Store {
    /// Deletes a message with every revision of it, and remembers that it is not to come back. When
    /// this returns, the commit is on disk and the words are gone from the database's files.
    ///
    /// A message that is gone already stays gone; one that never came can't come any more.
    ///
    /// # Errors
    /// The database fails; then nothing is deleted.
    pub async fn withdraw(&self, site: &str, id: &str) -> Result<(), Error> {
        let mut connection = self.writer.acquire().await?;
        let deleted = delete(&mut connection, site, id).await;
        if deleted.is_err() {
            // As after a failed post: the connection may count a transaction that is no more.
            connection.close_on_drop();
        }
        deleted?;
        if let Err(error) = checkpoint(&mut connection).await {
            tracing::warn!("{error}: the words taken back may still stand in its log, until its next checkpoint");
        }
        Ok(())
    }
}

async fn delete(connection: &mut SqliteConnection, site: &str, id: &str) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    sqlx::query(
        "insert into withdrawn (mark, site, reference)
             values ($1, $2, (select reference from message where site = $2 and id = $3))
             on conflict (mark) do nothing",
    )
    .bind(mark(site, id))
    .bind(site)
    .bind(id)
    .execute(&mut *transaction)
    .await?;
    for statement in DELETE {
        sqlx::query(statement).bind(site).bind(id).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Whether the message was taken back.
///
/// # Errors
/// The database fails.
pub(super) async fn is_withdrawn(connection: &mut SqliteConnection, site: &str, id: &str) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from withdrawn where mark = $1")
        .bind(mark(site, id))
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// What a message leaves behind: its random id can’t be computed from it.
fn mark(site: &str, id: &str) -> String {
    sha256(&format!("{site}\0{id}"))
}

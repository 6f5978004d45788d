//! Counts that were never counted: a past for a demonstration, and marked as such.

use sqlx::AnyConnection;

use super::{
    counter::{Counter, add},
    database::Store,
    engine::{Engine, ended},
    error::Error,
    message::Post,
    transaction,
};

/// A message that nobody wrote, and when it is to have come.
#[derive(Clone, Debug)]
pub struct PastMessage {
    /// The message, of one revision.
    pub post: Post,
    /// When it came: RFC 3339, UTC, with milliseconds.
    pub received: String,
    /// Whether it is marked as useful.
    pub useful: bool,
}

impl Store {
    /// Writes made-up counts of an experiment and messages that they may have come from, all in one transaction, and that
    /// they are made up until that day (`YYYY-MM-DD`, that day included). Returns false, and writes nothing, if it has
    /// such a past already.
    ///
    /// # Errors
    /// The database fails; then nothing is written.
    pub async fn make_up<'a>(
        &self,
        site: &str,
        experiment: &str,
        until: &str,
        counts: impl Iterator<Item = (&'a Counter, u32)>,
        messages: &[PastMessage],
    ) -> Result<bool, Error> {
        let mut connection = self.writer.acquire().await?;
        let made = make_up(&mut connection, self.engine, [site, experiment, until], counts, messages).await;
        ended(&mut connection, made)
    }

    /// Until which day the counts of an experiment are made up, for a demonstration: `YYYY-MM-DD`, that day included.
    /// None if all of them were counted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn made_up_until(&self, site: &str, experiment: &str) -> Result<Option<String>, Error> {
        let until = sqlx::query_scalar("select until from made_up where site = $1 and experiment = $2");
        Ok(until.bind(site.to_owned()).bind(experiment.to_owned()).fetch_optional(&self.reader).await?)
    }
}

async fn make_up<'a>(
    connection: &mut AnyConnection,
    engine: Engine,
    [site, experiment, until]: [&str; 3],
    counts: impl Iterator<Item = (&'a Counter, u32)>,
    messages: &[PastMessage],
) -> Result<bool, Error> {
    let mut transaction = engine.begin(connection).await?;
    let marked = sqlx::query(
        "insert into made_up (site, experiment, until) values ($1, $2, $3) on conflict (site, experiment) do nothing",
    );
    let marked = marked
        .bind(site.to_owned())
        .bind(experiment.to_owned())
        .bind(until.to_owned())
        .execute(&mut *transaction)
        .await?;
    if marked.rows_affected() == 0 {
        return Ok(false);
    }
    for (counter, count) in counts {
        add(&mut transaction, counter, count).await?;
    }
    transaction::insert_past(&mut transaction, engine, messages).await?;
    for message in messages.iter().filter(|message| message.useful) {
        sqlx::query("update message set useful = 1 where site = $1 and id = $2")
            .bind(message.post.site.clone())
            .bind(message.post.id.clone())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(true)
}
